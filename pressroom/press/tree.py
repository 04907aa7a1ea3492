"""A tree of files as it lies on the disk, and which paths can stand in one."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from stat import S_ISREG

from pressroom.ground.problems import Fault, Problem
from pressroom.press.files import digest_of, make_folder, open_to_read, remove_file, remove_folder
from pressroom.press.ledger import Entries, Entry, Stamp


_PLAIN = re.compile(r"(?:[a-z0-9_-][a-z0-9_.-]*+(?:/(?!$)|$))++")
"""A path of names that are the same on every system and in every form."""


class Tree:
    """One scan of a folder beside what the ledger says of it; no file is read while its stamp stands.

    `files` are regular files by path, `others` links, pipes and sockets, `folders` all folders below, `bare` those with nothing in them.
    """

    def __init__(self, path: str, inode: int, entries: Entries) -> None:
        self.path, self.inode, self.entries = path, inode, entries
        self.files: dict[str, Stamp] = {}
        self.others: set[str] = set()
        self.folders: set[str] = set()
        self.bare: set[str] = set()
        self._read: dict[str, str | None] = {}
        if inode:
            self._scan()

    def _scan(self) -> None:
        waiting = [("", self.path)]
        while waiting:
            folder, place = waiting.pop()
            with os.scandir(place) as opened:
                found = list(opened)
            inside = f"{folder}/" if folder else ""
            for entry in found:
                path = inside + entry.name
                if entry.is_file(follow_symlinks=False):
                    self.files[path] = stamp_of(entry.stat(follow_symlinks=False))
                elif entry.is_dir(follow_symlinks=False):
                    self.folders.add(path)
                    waiting.append((path, entry.path))
                else:
                    self.others.add(path)
            if folder and not found:
                self.bare.add(folder)

    @property
    def stands(self) -> bool:
        """Whether no file had to be read to find out that it is as it was left."""
        return not self._read

    def place(self, path: str) -> str:
        """Where the file with this path lies."""
        return os.path.join(self.path, path)

    def digest(self, path: str) -> str | None:
        """The digest of the file's bytes, by the ledger while its stamp stands, else read; none where no file is that can be read."""
        stamp = self.files.get(path)
        if stamp is None:
            return None
        entry = self.entries.get(path)
        if entry is not None and entry.stamp == stamp:
            return entry.digest
        if path not in self._read:
            self._read[path] = self._hash(path)
        return self._read[path]

    def _hash(self, path: str) -> str | None:
        try:
            with open_to_read(self.place(path)) as file:
                found = os.fstat(file.fileno())
                self.files[path] = stamp_of(found)
                return digest_of(file) if S_ISREG(found.st_mode) else None
        except OSError:
            return None

    def renew(self, path: str) -> None:
        """Takes the stamp of a file anew, after its inode was touched and its bytes were not."""
        digest = self.digest(path)
        self.files[path] = stamp_of(os.lstat(self.place(path)))
        self._read[path] = digest

    def as_left(self) -> dict[str, Entry]:
        """The entries that still hold, each with its stamp of now."""
        return {
            path: Entry(entry.key, entry.digest, self.files[path])
            for path, entry in self.entries.items()
            if self.digest(path) == entry.digest
        }

    def remove(self, paths: Iterable[str], folders: Iterable[str]) -> None:
        """Removes files, links, pipes and sockets, then folders, which must be empty by then."""
        for path in paths:
            remove_file(self.place(path))
        for folder in sorted(folders, reverse=True):
            remove_folder(self.place(folder))

    def make_folders(self, needed: set[str]) -> None:
        for folder in sorted(needed - self.folders):
            make_folder(self.place(folder))


def stamp_of(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder that these paths lie in."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def above(path: str) -> Iterator[str]:
    """The folders that a path lies in, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def check_path(path: str) -> None:
    """A Fault for a path that does not lead to a file below the output."""
    try:
        path.encode()
        good = "\0" not in path and not {"", ".", ".."} & set(path.split("/"))
    except UnicodeEncodeError:
        good = False
    if not good:
        raise Fault(Problem("FT004", f"{path!r} is no path of a file below the output"))


def check_paths(paths: Set[str]) -> None:
    """A Fault for paths that cannot stand in one tree on any system: a file that is also a folder, names that differ by form only."""
    # A path of small letters is its own form, and nearly all are: only what is none is looked at beside them.
    by_form = {path: path for path in paths if _PLAIN.fullmatch(path)}
    problems = []
    for path in sorted(paths - by_form.keys()):
        check_path(path)
        form = _form(path)
        if form in by_form:
            first, second = sorted((by_form[form], path))
            message = f"/{first} and /{second} differ by case or Unicode form only"
            problems.append(Problem("FT001", message, hint="rename one of the two: on some machines they are one file"))
        by_form.setdefault(form, path)
    clashing: set[str] = by_form.keys() & folders_of(by_form)
    for form, path in by_form.items():
        if clashing and (folder := next((form for form in above(form) if form in clashing), "")):
            clashing.discard(folder)
            message = f"/{by_form[folder]} is a file and also the folder of /{path}"
            problems.append(Problem("FT001", message, hint="rename one of the two"))
    if problems:
        raise Fault(*problems)


def _form(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())

"""A tree of files as it lies on the disk, and which paths can stand in one."""

from __future__ import annotations

import os
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from stat import S_IMODE, S_ISREG

from pressroom.ground.problems import Fault, Problem
from pressroom.press.entries import Entries, Stamp, stamp_of
from pressroom.press.files import FILE_MODE, FOLDER_MODE, digest_of, make_folder, open_to_read, remove_file, remove_folder
from pressroom.press.scans import Found, folders_of


class Tree:
    """A folder as it was found beside what the ledger says of it; no file is read while its stamp stands."""

    def __init__(self, path: str, entries: Entries, found: Found) -> None:
        self.path, self.entries, self.found = path, entries, found
        self._changed = dict(found.changed)
        self._read: dict[str, str | None] = {}

    @property
    def inode(self) -> int:
        return self.found.inode

    @property
    def files(self) -> set[str]:
        """The paths of all files."""
        return (self.entries.digests.keys() - self.found.missing) | self._changed.keys()

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies there, a folder neither."""
        return not os.listdir(self.path)

    @property
    def stands(self) -> bool:
        """Whether no file had to be read to find out that it is as it was left."""
        return not self._read

    def has(self, path: str) -> bool:
        """Whether there is a file at a path."""
        return path in self._changed or (path in self.entries.digests and path not in self.found.missing)

    def place(self, path: str) -> str:
        """Where the file with this path lies."""
        return f"{self.path}{os.sep}{path}"

    def stamp(self, path: str) -> Stamp:
        """How a file stands now."""
        return self._changed[path] if path in self._changed else self.entries.stamp(path)

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """How all files stand, and how those stood that are missing."""
        return {**self.entries.stamps, **self._changed}

    @property
    def lately(self) -> Mapping[str, Stamp]:
        """The same of those that have changed, as far as it is at hand."""
        return {**self.entries.lately, **self._changed}

    def digest(self, path: str) -> str | None:
        """The digest of the file's bytes, by the ledger while its stamp stands, else read; none where no file is that can be read."""
        if path not in self._changed:
            return None if path in self.found.missing else self.entries.digests.get(path)
        if path not in self._read:
            self._read[path] = self._hash(path)
        return self._read[path]

    def _hash(self, path: str) -> str | None:
        try:
            with open_to_read(self.place(path)) as file:
                found = os.fstat(file.fileno())
                self._changed[path] = stamp_of(found)
                return digest_of(file) if S_ISREG(found.st_mode) else None
        except OSError:
            return None

    def renew(self, path: str) -> None:
        """Takes the stamp of a file anew, after its inode was touched and its bytes were not."""
        digest = self.digest(path)
        self._changed[path] = stamp_of(os.lstat(self.place(path)))
        self._read[path] = digest

    def reopen(self, wanted: Mapping[str, str]) -> None:
        """Lets a web server read what somebody has closed: files that have another stamp and still the `wanted` bytes, and the folders that they lie in.

        What is another user's, or a mount point, is left as it is.
        """
        right = [path for path in self._changed if path in wanted and self.digest(path) == wanted[path]]
        above_all = ("",) if right and not os.path.ismount(self.path) else ()
        for folder in (*above_all, *folders_of(right)):
            self._let(folder, FOLDER_MODE)
        for path in right:
            if self._let(path, FILE_MODE):
                self.renew(path)

    def _let(self, path: str, mode: int) -> bool:
        """Whether a file or folder had to be given its mode, and could."""
        place = self.place(path)
        with suppress(OSError):
            if S_IMODE(os.lstat(place).st_mode) != mode:
                os.chmod(place, mode)
                return True
        return False

    def left(self, without: Iterable[str] = ()) -> Entries:
        """The entries that still hold, but for some, each with its stamp of now."""
        other = {path for path in self._changed if self.entries.digests.get(path) != self.digest(path)}
        stamps = {path: stamp for path, stamp in self._changed.items() if path not in other}
        return self.entries.without({*without, *other, *self.found.missing}, stamps)

    def remove(self, paths: Iterable[str], folders: Iterable[str]) -> None:
        """Removes files, links, pipes and sockets, then those of some folders that are there, which must be empty by then."""
        for path in paths:
            remove_file(self.place(path))
        for folder in sorted(folders, reverse=True):
            if self._is_folder(folder):
                remove_folder(self.place(folder))

    def make_folders(self, needed: Iterable[str]) -> None:
        """Makes those of these folders that are not there."""
        for folder in sorted(needed):
            if not self._is_folder(folder):
                make_folder(self.place(folder))

    def _is_folder(self, path: str) -> bool:
        place = self.place(path)
        return os.path.isdir(place) and not os.path.islink(place)


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


def check_paths(paths: list[str], new: Set[str]) -> None:
    """A Fault for paths that cannot stand in one tree on any system: a file that is also a folder, names that differ by form only.

    The paths are sorted, and all but the `new` ones have been found to stand together before.
    """
    problems = []
    by_form: dict[str, str] = {}
    for path in sorted(_near(paths, new)):
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


def _near(paths: list[str], new: Set[str]) -> set[str]:
    """The new paths, and those of all that one of them could clash with."""
    if len(new) * 2 > len(paths):
        return set(paths)
    # A path of small letters is its own form, and nearly all are.
    near = {path for path in paths if not (path.isascii() and path.islower())} | new
    for form in map(_form, new):
        inside = f"{form}/"
        near.update(at for at in (form, *above(form)) if [at] == _from(paths, at))
        near.update(path for path in _from(paths, inside) if path.startswith(inside))
    return near


def _from(paths: list[str], path: str) -> list[str]:
    """The first of sorted paths that does not come before one, if there is any."""
    place = bisect_left(paths, path)
    return paths[place : place + 1]


def _form(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())

"""Files and folders of the content as the disk has them: what can be content is listed, what cannot is a problem; and how a file is read."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO

from pressroom.ground.disk import Disk, is_leftover
from pressroom.ground.problems import Fault, Problem


@dataclass(frozen=True, slots=True)
class File:
    """A regular file of the content. `path` opens it, `shown` names it to people; `stamp` changes when the file may have changed."""

    path: str
    shown: str
    size: int
    stamp: tuple[int, int, int, int]


@contextmanager
def open_file(file: File) -> Iterator[BinaryIO]:
    """A file of the tree, opened. One that went away or turned into something else since the scan is a Fault."""
    try:
        handle = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Fault(Problem("FT012", "the file turned into something else during the build", file.shown))
            yield opened
    except PermissionError:
        raise Fault(Problem("TX009", "the file cannot be read", file.shown, hint="give the build permission to read it")) from None
    except OSError as error:
        message = f"the file went away during the build ({error.strerror})"
        raise Fault(Problem("FT012", message, file.shown, hint="build again")) from None


def read_bytes(file: File) -> bytes:
    """The content of a file that is small enough to be held in memory."""
    with open_file(file) as opened:
        return opened.read()


@dataclass(frozen=True, slots=True)
class Survey:
    """One look at the content: what can be content is found, what cannot is a problem."""

    languages: tuple[str, ...]
    disk: Disk
    problems: list[Problem] = field(default_factory=list)

    def entries(self, path: str, shown: str) -> Iterator[os.DirEntry[str]]:
        """The entries of a folder in sorted order that can be content."""
        try:
            found = sorted(self.disk.last_entries(path), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            self.problems.append(Problem("TX009", f"the folder cannot be read ({error.strerror})", shown))
            return
        folded: dict[str, str] = {}
        for entry in found:
            name = entry.name
            here = f"{shown}/{name}"
            if is_leftover(name):
                if not name.startswith(".git"):
                    self.problems.append(Problem("TX012", f"{name} is left out", here))
                continue
            key = _form(name)
            if not key:
                self.problems.append(Problem("TX001", f"the name {ascii(name)} is not printable UTF-8", shown, hint="rename it"))
                continue
            if key in folded:
                self.problems.append(Problem("TX010", f"{name} and {folded[key]} differ by case or form only", here, hint="rename one of the two"))
                continue
            folded[key] = name
            if entry.is_symlink() or not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
                what = "a symbolic link" if entry.is_symlink() else "no regular file"
                self.problems.append(Problem("TX008", f"{name} is {what}", here, hint="put the file itself here"))
                continue
            yield entry

    def file(self, entry: os.DirEntry[str], shown: str) -> File | None:
        """A regular file; nothing where it cannot be looked at."""
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError as error:
            self.problems.append(Problem("TX009", f"the file cannot be read ({error.strerror})", shown))
            return None
        return File(entry.path, shown, found.st_size, (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))

    def add(self, files: dict[str, File], name: str, file: File | None) -> None:
        """Puts a file among others by its name there, which it must have alone."""
        if file is None:
            return
        if name in files:
            self.problems.append(Problem("TX011", f"{file.shown} stands in {files[name].shown} too", file.shown, hint="keep one of the two"))
            return
        files[name] = file


# The files of nearly all documents have the same few names.
@lru_cache(maxsize=4096)
def _form(name: str) -> str:
    """A name as it is compared with others; nothing for one that cannot be shown or written down."""
    return unicodedata.normalize("NFC", name).casefold() if name.isprintable() and encodes(name) else ""


def encodes(name: str) -> bool:
    """Whether it can be written: what the system gave, or somebody typed, in another encoding than UTF-8 stands in it as lone surrogates."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)

"""Files and folders of the content as the disk has them: what can be content is listed, what cannot is a problem; and how a file is read."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from pressroom.ground.problems import Fault, Problem

_LEFTOVER = re.compile(r"\.(?!well-known$).*|#.*#|.*~|.*\.(?:swp|swo|tmp|bak|orig)|Thumbs\.db|desktop\.ini", re.IGNORECASE)


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


def is_leftover(name: str) -> bool:
    """Whether a file is what an editor or a desktop leaves behind, never meant to be published."""
    return bool(_LEFTOVER.fullmatch(name))


def read_bytes(file: File) -> bytes:
    """The content of a file that is small enough to be held in memory."""
    with open_file(file) as opened:
        return opened.read()


def entries(path: str, shown: str, problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder in sorted order that can be content; what cannot is a problem."""
    try:
        with os.scandir(path) as opened:
            found = sorted(opened, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        problems.append(Problem("TX009", f"the folder cannot be read ({error.strerror})", shown))
        return
    folded: dict[str, str] = {}
    for entry in found:
        name = entry.name
        here = f"{shown}/{name}"
        if is_leftover(name):
            if not name.startswith(".git"):
                problems.append(Problem("TX012", f"{name} is left out", here))
            continue
        if not name.isprintable() or not _encodes(name):
            problems.append(Problem("TX001", f"the name {ascii(name)} is not printable UTF-8", shown, hint="rename it"))
            continue
        key = unicodedata.normalize("NFC", name).casefold()
        if key in folded:
            problems.append(Problem("TX010", f"{name} and {folded[key]} differ by case or form only", here, hint="rename one of the two"))
            continue
        folded[key] = name
        if entry.is_symlink() or not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
            what = "a symbolic link" if entry.is_symlink() else "no regular file"
            problems.append(Problem("TX008", f"{name} is {what}", here, hint="put the file itself here"))
            continue
        yield entry


def _encodes(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def regular_file(entry: os.DirEntry[str], shown: str, problems: list[Problem]) -> File | None:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError as error:
        problems.append(Problem("TX009", f"the file cannot be read ({error.strerror})", shown))
        return None
    return File(entry.path, shown, found.st_size, (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))


def add(files: dict[str, File], name: str, file: File | None, problems: list[Problem]) -> None:
    if file is None:
        return
    if name in files:
        problems.append(Problem("TX011", f"{file.shown} stands in {files[name].shown} too", file.shown, hint="keep one of the two"))
        return
    files[name] = file

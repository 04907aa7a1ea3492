"""The sources as the disk has them: every folder below the content roots with its files, each by its stamp. Nothing is opened here."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

import msgspec

from pressroom.ground import clock
from pressroom.ground.problems import Fault, Problem

Stamp = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, inode."""


class File(NamedTuple):
    """A regular file: its name in its folder, where it lies, how it stands."""

    name: str
    path: str
    stamp: Stamp


class Folder(NamedTuple):
    """A folder below a root, the root as it is shown and the folder as it lies inside, and its regular files by name. Links lead elsewhere."""

    root: str
    inside: str
    files: Sequence[File]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look has seen. What was written last before `settled` would have another stamp if it was changed since."""

    folders: Sequence[Folder]
    settled: int

    def is_settled(self, file: File) -> bool:
        return max(file.stamp[1:3]) < self.settled

    @property
    def digest(self) -> bytes:
        """The same as of any other look that sees the same."""
        return _digest(self.folders)


def look_below(roots: Iterable[tuple[str, str]]) -> Seen:
    """Every folder below some roots, each a path and the name shown for it."""
    settled = clock.settled()
    return Seen(list(_folders_below(roots)), settled)


def digest_below(roots: Iterable[tuple[str, str]]) -> bytes:
    """What stays the same while no file comes or goes below these roots, and each has its stamp; nothing where a name cannot be written down, being no UTF-8."""
    return _digest(_folders_below(roots))


def _digest(folders: Iterable[Folder]) -> bytes:
    found = hashlib.sha256()
    try:
        for folder in folders:
            found.update(msgspec.msgpack.encode(folder))
    except UnicodeEncodeError:
        return b""
    return found.digest()


def _folders_below(roots: Iterable[tuple[str, str]]) -> Iterator[Folder]:
    for path, shown in roots:
        yield from _folders(path, shown)


def _folders(root: str, shown: str) -> Iterator[Folder]:
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(os.path.join(root, inside)) as found:
                entries = sorted(found, key=attrgetter("name"))
        except OSError as error:
            raise Fault(Problem("TX009", f"the folder cannot be read ({error.strerror})", os.path.join(root, inside))) from None
        waiting += [f"{inside}/{entry.name}" if inside else entry.name for entry in entries if entry.is_dir(follow_symlinks=False) and entry.name != ".git"]
        folder = f"{shown}/{inside}" if inside else shown
        yield Folder(shown, inside, [_file(entry, folder) for entry in entries if entry.is_file(follow_symlinks=False)])


def _file(entry: os.DirEntry[str], folder: str) -> File:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError as error:
        raise unreadable(error, f"{folder}/{entry.name}") from None
    return File(entry.name, entry.path, (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))


def unreadable(error: OSError, shown: str) -> Fault:
    return Fault(Problem("FT012", f"the file cannot be read ({error.strerror})", shown, hint="build again"))

"""One look at a folder, and how it stands beside what the ledger says of it: of a large tree by a companion, while this process reads the sources."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from math import inf

import msgspec

from pressroom.ground import clock
from pressroom.ground.companion import Companion
from pressroom.ground.disk import Disk
from pressroom.press.entries import Stamp, stamp_of
from pressroom.press.files import remove_file
from pressroom.press.folders import Folders, keep_folders, read_folders
from pressroom.press.ledger import Ledger, read_ledger

_LARGE = 4_000_000
"""A ledger of so many bytes is of trees that take longer to look at than a process takes to start."""

SEEN = "folders.msgpack"
_LONG = 60
"""Seconds for which a look holds. A build that takes longer looks once more, and hardly feels it."""


@dataclass(slots=True)
class Scan:
    """What lies in a folder: regular files by path, `others` (links, pipes, sockets), all `folders` below it, and which of those are `bare`."""

    files: dict[str, Stamp] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)


class Found(msgspec.Struct, array_like=True):
    """Where a tree is not as the ledger says. `inode` is 0 where there is no such folder.

    `changed` are files with another stamp or without an entry, `missing` those with an entry that are not there, `strange` the folders that no file with
    an entry lies in, `bare` the folders with nothing in them.
    """

    inode: int = 0
    changed: dict[str, Stamp] = {}
    missing: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    strange: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()

    @property
    def is_as_left(self) -> bool:
        """Whether there is such a folder, and all in it is as the ledger says."""
        return bool(self.inode) and self == Found(self.inode)


def scan(path: str, disk: Disk | None = None) -> Scan:
    """Looks at everything in a folder once, and opens no file. Of a `disk`, what it lists will be asked for once more."""
    found = Scan()
    files, waiting = found.files, [("", path)]
    while waiting:
        inside, place = waiting.pop()
        with nullcontext(disk.entries(place)) if disk else os.scandir(place) as opened:
            empty = True
            for entry in opened:
                empty = False
                name = inside + entry.name
                if entry.is_file(follow_symlinks=False):
                    files[name] = stamp_of(entry.stat(follow_symlinks=False))
                elif entry.is_dir(follow_symlinks=False):
                    found.folders.add(name)
                    waiting.append((f"{name}/", entry.path))
                else:
                    found.others.add(name)
        if empty and inside:
            found.bare.add(inside[:-1])
    return found


def look(path: str, ledger: Ledger) -> Found:
    """How the folder at a path stands beside its entries in a ledger."""
    inode = os.stat(path).st_ino if os.path.isdir(path) else 0
    stamps = ledger.entries(inode).stamps
    if not inode:
        return Found(missing=frozenset(stamps))
    there = scan(path)
    known = stamps.get
    changed = {path: stamp for path, stamp in there.files.items() if known(path) != stamp}
    return Found(
        inode, changed, frozenset(stamps.keys() - there.files.keys()), frozenset(there.others), frozenset(there.folders - folders_of(stamps)), frozenset(there.bare)
    )


def look_by(path: str, ledger: Ledger, folders: Folders) -> Found:
    """The same by what is known of the `folders`: listed is only what does not stand as it was seen, and held only what is not as the ledger says."""
    inode = os.stat(path).st_ino if os.path.isdir(path) else 0
    stamps = ledger.entries(inode).stamps
    needed, known, standing = folders_of(stamps), stamps.get, 0
    there, waiting = Scan(), [("", path)] if inode else []
    while waiting:
        inside, place = waiting.pop()
        folder = folders.at(place)
        for name in folder.files:
            stamp = stamp_of(os.lstat(f"{place}/{name}"))
            if known(file := inside + name) == stamp:
                standing += 1
            else:
                there.files[file] = stamp
        for name in folder.folders:
            if (inner := inside + name) not in needed:
                there.folders.add(inner)
            waiting.append((f"{inner}/", f"{place}/{name}"))
        there.others.update([inside + name for name in folder.others])
        if inside and not (folder.files or folder.folders or folder.others):
            there.bare.add(inside[:-1])
    # Which files are missing is only told by all that are there.
    if standing + len(there.files.keys() & stamps.keys()) < len(stamps):
        return look(path, ledger)
    return Found(inode, there.files, frozenset(), frozenset(there.others), frozenset(there.folders), frozenset(there.bare))


def is_large(ledger: str) -> bool:
    """Whether the ledger at a path is of trees that take long to look at, and to copy."""
    return os.path.isfile(ledger) and os.path.getsize(ledger) >= _LARGE


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder that these paths lie in."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


@dataclass(frozen=True, slots=True)
class Look:
    """A companion's tool: says how folders stand beside the ledger at a path, and knows them the next time."""

    ledger: str

    def __call__(self, folder: str) -> Found:
        known = read_ledger(self.ledger)
        seen, tree = os.path.join(os.path.dirname(self.ledger), SEEN), os.stat(folder).st_ino if os.path.isdir(folder) else 0
        folders = read_folders(seen, tree)
        try:
            found = look_by(folder, known, folders)
        except FileNotFoundError:
            # A name that is not there, in a folder that stands as it was: not every file system says when a folder changed.
            remove_file(seen)
            return look(folder, known)
        # A name that the ledger does not have may be that of what never went out: a build was killed before it did.
        if found.is_as_left:
            keep_folders(seen, tree, folders)
        return found


class Looking:
    """Looks at folders that a companion has begun."""

    def __init__(self, ledger: str, companion: Companion) -> None:
        self._ledger, self._companion = ledger, companion
        self._asked: dict[str, tuple[float, Callable[[], Found]]] = {}

    def begin(self, folder: str) -> None:
        """Has a companion look at a folder, if one is near."""
        if self._companion.is_near:
            self._asked[folder] = clock.elapsed(), self._companion.begin(Look(self._ledger), folder)

    def found(self, folder: str) -> Found | None:
        """How a folder stands; nothing where nobody looks, or may have looked so long ago that something else has touched it since."""
        begun, outcome = self._asked.get(folder, (-inf, None))
        return outcome() if outcome and clock.elapsed() < begun + _LONG else None

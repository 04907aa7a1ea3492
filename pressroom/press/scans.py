"""One look at a folder, and how it stands beside what the ledger says of it: of a large tree by a companion, while this process reads the sources."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import nullcontext
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

import msgspec

from pressroom.ground import clock
from pressroom.ground.companion import Companion
from pressroom.ground.disk import Disk
from pressroom.press.entries import Stamp, stamp_of
from pressroom.press.files import remove_file
from pressroom.press.folders import Folder, Seen, as_seen, keep_seen, listed, read_seen, unseen
from pressroom.press.ledger import Change, Ledger, read_change, read_ledger

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


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says of a tree: as it was `seen` to stand, but for the stamps of some `files`, and for those that are `gone`."""

    seen: Folder
    count: int
    files: Mapping[str, Stamp]
    gone: Set[str] = frozenset()

    @property
    def expected(self) -> int:
        """How many files it says there are."""
        return self.count + sum(not self.seen.has(path) for path in self.files) - sum(map(self.seen.has, self.gone))


class Sight(NamedTuple):
    """What came of a look at a tree: how it stands, nothing where files are missing; where it is as it was left, how it is seen now; how many of its files
    the ledger has; in how many folders names were read afresh.
    """

    found: Found | None
    top: Folder
    count: int
    fresh: int


def look_by(path: str, known: Known) -> Sight:
    """Looks at the folder at a path by what is known of it: listed is only what does not stand as it was seen."""
    inode, settled, expected = os.stat(path).st_ino, clock.settled(), known.expected
    touched = {"", *folders_of(known.files), *folders_of(known.gone)}
    changed: dict[str, Stamp] = {}
    others, bare, closely = set[str](), set[str](), set[str]()
    # What begins in folders that the ledger needs: a file that it has, or a folder that stands as it was seen.
    needed: list[str] = []
    met = fresh = 0
    tree = {"": known.seen}
    waiting = [("", path, tree, "", False)]
    while waiting:
        inside, place, beside, own_name, is_below = waiting.pop()
        stat, folder = os.lstat(place), beside[own_name]
        stands = folder.stands(stat)
        if stands and inside[:-1] not in touched:
            for name, stamp in folder.files.items():
                there = os.lstat(f"{place}/{name}")
                if (there.st_size, there.st_mtime_ns, there.st_ctime_ns, there.st_ino) != stamp:
                    changed[inside + name] = stamp_of(there)
            met += len(folder.files)
            if is_below:
                needed.append(inside)
            waiting += [(f"{inside}{name}/", f"{place}/{name}", folder.folders, name, False) for name in folder.folders]
            continue
        fresh += not stands
        files, folders, neither = (folder.files, folder.folders, ()) if stands else listed(place)
        stamps = {name: stamp_of(os.lstat(f"{place}/{name}")) for name in files}
        for name, stamp in stamps.items():
            file = inside + name
            entry = known.files.get(file) or (None if file in known.gone else folder.files.get(name))
            if entry:
                met += 1
                needed.append(inside)
            if entry != stamp:
                changed[file] = stamp
        others.update(inside + name for name in neither)
        if inside:
            closely.add(inside[:-1])
            if not (files or folders or neither):
                bare.add(inside[:-1])
        inner = {name: folder.folders.get(name) or unseen() for name in folders}
        beside[own_name] = as_seen(stat, settled, stamps, inner)
        waiting += [(f"{inside}{name}/", f"{place}/{name}", inner, name, True) for name in inner]
    strange = frozenset(closely - folders_of(needed))
    found = Found(inode, changed, frozenset(), frozenset(others), strange, frozenset(bare)) if met == expected else None
    return Sight(found, tree[""], met, fresh)


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
        tree = os.stat(folder).st_ino if os.path.isdir(folder) else 0
        checksum, change = read_change(self.ledger, tree)
        known = known_by(self.ledger, tree, checksum, change)
        try:
            sight = look_by(folder, known) if known else None
        except (FileNotFoundError, NotADirectoryError):
            # A name that is not there, in a folder that stands as it was: not every file system says when a folder changed.
            remove_file(_seen_by(self.ledger))
            sight = None
        if sight is None or sight.found is None:
            return look(folder, read_ledger(self.ledger))
        # A name that the ledger does not have may be that of what never went out: a build was killed before it did.
        if sight.found.is_as_left:
            keep_seen(_seen_by(self.ledger), tree, Seen(checksum, list(change.paths), sight.count, sight.top), sight.fresh)
        return sight.found


def known_by(ledger: str, tree: int, checksum: bytes, change: Change) -> Known | None:
    """What is known of a tree, if the ledger at a path knows it: by what was seen and what lies beside the ledger, or else by the whole of both."""
    if seen := read_seen(_seen_by(ledger), tree, checksum, change.paths):
        return Known(seen.top, seen.count, change.stamps, frozenset(change.gone))
    whole = read_ledger(ledger)
    return Known(unseen(), 0, whole.entries(tree).stamps) if whole.knows(tree) else None


def _seen_by(ledger: str) -> str:
    return os.path.join(os.path.dirname(ledger), SEEN)


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

"""One look at a folder, and how it stands beside what the ledger says of it: of a large tree in a process of its own, while this one reads the sources."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

import pressroom
from pressroom.ground import clock
from pressroom.ground.pool import processors
from pressroom.press.ledger import Ledger, Stamp, read_ledger

_LARGE = 4_000_000
"""A ledger of so many bytes is of trees that take longer to look at than a process takes to start."""


_LONG = 60
"""Seconds for which a look holds. A build that takes longer looks once more, and hardly feels it."""
_SIZE = 8


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


def scan(path: str) -> Scan:
    """Looks at everything in a folder once, and opens no file."""
    found = Scan()
    files, waiting = found.files, [("", path)]
    while waiting:
        inside, place = waiting.pop()
        with os.scandir(place) as opened:
            empty = True
            for entry in opened:
                empty = False
                name = inside + entry.name
                if entry.is_file(follow_symlinks=False):
                    stat = entry.stat(follow_symlinks=False)
                    files[name] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
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


class Looking:
    """A look at folders that has begun, and is to be ended."""

    def __init__(self, ledger: str, folders: Sequence[str]) -> None:
        self._folders, self._process, self._begun = folders, None, clock.elapsed()
        self._found: dict[str, Found] = {}
        if processors() > 1 and is_large(ledger):
            path = str(Path(pressroom.__file__).parents[1])
            command = [sys.executable, "-m", __name__, ledger, *folders]
            # Where no process can be begun, this one looks.
            with suppress(OSError):
                self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, process_group=0, env={**os.environ, "PYTHONPATH": path})

    def found(self, folder: str) -> Found | None:
        """How a folder stands; nothing where that was not looked at, or so long ago that something else may have touched it since."""
        if clock.elapsed() >= self._begun + _LONG:
            return None
        while self._process and folder in self._folders[len(self._found) :]:
            if (data := self._read(self._process)) is None:
                return None
            self._found[self._folders[len(self._found)]] = msgspec.msgpack.decode(data, type=Found)
        return self._found.get(folder)

    def _read(self, process: subprocess.Popen[bytes]) -> bytes | None:
        """What was found in the next folder; nothing where the other process has come to its end before it had looked at all of it."""
        assert process.stdout
        size = int.from_bytes(process.stdout.read(_SIZE), "big")
        data = process.stdout.read(size)
        return data if size and len(data) == size else None

    def end(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.kill()
            self._process.communicate()


def main(ledger: str, *folders: str) -> None:
    """Writes how each folder stands, one after the other, for the process that has begun this one: the first is asked for long before the last."""
    known = read_ledger(ledger)
    for folder in folders:
        data = msgspec.msgpack.encode(look(folder, known))
        sys.stdout.buffer.write(len(data).to_bytes(_SIZE, "big") + data)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

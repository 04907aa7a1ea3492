"""The ledger: what was written last time, and from what, for each of the two trees.

A tree is known by the inode of its folder, which stays with it when the two change places: whichever stands at the output after a crash, its
own entries are found. A ledger that is damaged, or of another layout, knows nothing; then everything is made again and compared by its bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from pressroom.press.files import replace_file

_HEAD = b"pressroom ledger 3 "

Stamp = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, inode: while all stand, a file is as it was left."""


class Entries:
    """The files of a tree by path: the keys they were made from, the digests of their bytes, the stamps they were left with.

    Each question needs one of the three, and an archive has many files: stamps that were read from a ledger are opened when they are asked for.
    """

    def __init__(self, keys: Mapping[str, str], digests: Mapping[str, str], stamps: Mapping[str, Stamp] | msgspec.Raw) -> None:
        self.keys, self.digests, self._stamps = keys, digests, stamps

    @cached_property
    def stamps(self) -> Mapping[str, Stamp]:
        if not isinstance(self._stamps, msgspec.Raw):
            return self._stamps
        return dict(zip(self.keys, msgspec.msgpack.decode(self._stamps, type=list[Stamp]), strict=True))

    def columns(self) -> _Columns:
        stamps = self._stamps
        if not isinstance(stamps, msgspec.Raw):
            stamps = msgspec.Raw(msgspec.msgpack.encode([stamps[path] for path in self.keys]))
        return _Columns(list(self.keys), list(self.keys.values()), [self.digests[path] for path in self.keys], stamps)

    def without(self, gone: Iterable[str], stamps: Mapping[str, Stamp]) -> Entries:
        """The entries of all other files, some with another stamp; the same where nothing is gone or other."""
        gone = frozenset(gone)
        if not gone and not stamps:
            return self
        keys = {path: key for path, key in self.keys.items() if path not in gone}
        return Entries(keys, self.digests, {**self.stamps, **stamps})


class _Columns(msgspec.Struct, array_like=True):
    paths: list[str]
    keys: list[str]
    digests: list[str]
    stamps: msgspec.Raw


class _Written(msgspec.Struct):
    newest: int
    trees: dict[int, msgspec.Raw]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of the trees by inode, as they are written: those of the standby are seldom asked for. `newest` is the tree that was to stand at the output."""

    newest: int = 0
    trees: Mapping[int, msgspec.Raw] = field(default_factory=dict)

    def knows(self, inode: int) -> bool:
        return inode in self.trees

    def entries(self, inode: int) -> Entries:
        """The entries of a tree; of one that is not known, those of the newest, which its bytes must then prove."""
        written = self.trees.get(inode, self.trees.get(self.newest))
        if written is None:
            return Entries({}, {}, {})
        found = msgspec.msgpack.decode(written, type=_Columns)
        return Entries(dict(zip(found.paths, found.keys, strict=True)), dict(zip(found.paths, found.digests, strict=True)), found.stamps)


def read_ledger(path: str) -> Ledger:
    """The ledger of the last build, or an empty one."""
    try:
        with open(path, "rb") as file:
            head, _, body = file.read().partition(b"\n")
    except OSError:
        return Ledger()
    if head != _HEAD + _checksum(body):
        return Ledger()
    found = msgspec.msgpack.decode(body, type=_Written)
    return Ledger(found.newest, found.trees)


def write_ledger(path: str, newest: int, trees: Mapping[int, Entries | msgspec.Raw]) -> None:
    """Writes the ledger whole or not at all."""
    columns = {inode: found.columns() if isinstance(found, Entries) else found for inode, found in trees.items()}
    body = msgspec.msgpack.encode({"newest": newest, "trees": columns})
    replace_file(path, _HEAD + _checksum(body) + b"\n" + body)


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")

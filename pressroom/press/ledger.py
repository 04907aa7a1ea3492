"""The ledger: what was written last time, and from what, for each of the two trees.

A tree is known by the inode of its folder, which stays with it when the two change places: whichever stands at the output after a crash, its
own entries are found. A ledger that is damaged, or of another layout, knows nothing; then everything is made again and compared by its bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from pressroom.press.files import replace_file

_HEAD = b"pressroom ledger 2 "

Stamp = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, inode: while all stand, a file is as it was left."""


class Entry(NamedTuple):
    """A file of a tree: the key it was made from, the digest of its bytes, and how it was left."""

    key: str
    digest: str
    stamp: Stamp


Entries = Mapping[str, Entry]
_NONE = msgspec.Raw(msgspec.msgpack.encode({}))


class _Written(msgspec.Struct):
    newest: int
    trees: dict[int, msgspec.Raw]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of the trees by inode, as they are written: an archive has many, and those of the standby are seldom asked for.

    `newest` is the tree that was to stand at the output.
    """

    newest: int = 0
    trees: Mapping[int, msgspec.Raw] = field(default_factory=dict)

    def knows(self, inode: int) -> bool:
        return inode in self.trees

    def written(self, inode: int) -> msgspec.Raw:
        """The entries of a tree as they are written; of one that is not known, those of the newest, which its bytes must then prove."""
        return self.trees.get(inode, self.trees.get(self.newest, _NONE))

    def entries(self, inode: int) -> dict[str, Entry]:
        """The same as values."""
        return msgspec.msgpack.decode(self.written(inode), type=dict[str, Entry])


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
    body = msgspec.msgpack.encode({"newest": newest, "trees": trees})
    replace_file(path, _HEAD + _checksum(body) + b"\n" + body)


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")

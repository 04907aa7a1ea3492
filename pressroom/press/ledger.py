"""The ledger: what was written last time, and from what, for each of the two trees.

A tree is known by the inode of its folder, which stays with it when the two change places: whichever stands at the output after a crash, its
own entries are found. A ledger that is damaged, or of another layout, knows nothing; then everything is made again and compared by its bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pressroom.press.files import replace_file

_HEAD = b"pressroom ledger 1 "

Stamp = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, inode: while all stand, a file is as it was left."""


class Entry(NamedTuple):
    """A file of a tree: the key it was made from, the digest of its bytes, and how it was left."""

    key: str
    digest: str
    stamp: Stamp


Entries = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of the trees by inode. `newest` is the tree that was to stand at the output."""

    newest: int = 0
    rows: Mapping[int, Any] = field(default_factory=dict)

    def knows(self, inode: int) -> bool:
        return inode in self.rows

    def entries(self, inode: int) -> dict[str, Entry]:
        """The entries of a tree; of one that is not known, those of the newest, which its bytes must then prove."""
        rows = self.rows.get(inode, self.rows.get(self.newest, {}))
        return {path: Entry(key, digest, tuple(stamp)) for path, (key, digest, stamp) in rows.items()}


def read_ledger(path: str) -> Ledger:
    """The ledger of the last build, or an empty one."""
    try:
        with open(path, "rb") as file:
            head, _, body = file.read().partition(b"\n")
    except OSError:
        return Ledger()
    if head != _HEAD + _checksum(body):
        return Ledger()
    found = json.loads(body)
    return Ledger(found["newest"], {int(inode): rows for inode, rows in found["trees"].items()})


def write_ledger(path: str, newest: int, trees: Mapping[int, Entries]) -> None:
    """Writes the ledger whole or not at all."""
    body = json.dumps({"newest": newest, "trees": trees}, separators=(",", ":")).encode("ascii")
    replace_file(path, _HEAD + _checksum(body) + b"\n" + body)


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")

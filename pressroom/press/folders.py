"""Folders as they were seen: while the times of a folder stand, it has the names that it had, and need not be listed again.

To list a folder takes three times as long as to look how it stands, and in a tree of pages nearly each page has one of its own. What is kept is a cache,
and of trees that stand as a build left them, with the stamps of their files: so nobody has to open the ledger to find that they still do. When it is gone
or spoiled, or goes with another ledger, everything is listed.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR

import msgspec

from pressroom.press.entries import Stamp
from pressroom.press.files import replace_file

_WORTH = 500
"""So many folders that are seen anew are worth writing all down."""
_CHECK = 16


class Folder(msgspec.Struct, array_like=True, gc=False):
    """A folder as it stood (times in nanoseconds, 0 where it could change once more at the same time), and what was in it, by name."""

    inode: int
    mtime: int
    ctime: int
    files: dict[str, Stamp]
    folders: dict[str, Folder]

    def stands(self, stat: os.stat_result) -> bool:
        """Whether it still has the names that it had."""
        return self.ctime == stat.st_ctime_ns and self.mtime == stat.st_mtime_ns and self.inode == stat.st_ino

    def has(self, path: str) -> bool:
        """Whether a file was below it."""
        name, _, inside = path.partition("/")
        return name in self.folders and self.folders[name].has(inside) if inside else name in self.files


def unseen() -> Folder:
    """One of which nothing is known."""
    return Folder(0, 0, 0, {}, {})


def as_seen(stat: os.stat_result, settled: int, files: dict[str, Stamp], folders: dict[str, Folder]) -> Folder:
    """One as it is seen now. What has changed before `settled` could not change once more at the same time."""
    # A link has times of its own.
    is_settled = S_ISDIR(stat.st_mode) and max(stat.st_mtime_ns, stat.st_ctime_ns) < settled
    return Folder(stat.st_ino, *((stat.st_mtime_ns, stat.st_ctime_ns) if is_settled else (0, 0)), files, folders)


class Seen(msgspec.Struct, array_like=True):
    """A tree as it was seen when all in it stood as the `ledger` of this checksum says and, of some `other` paths, what lay beside that: how many files
    there were, and its own folder.
    """

    ledger: bytes
    other: list[str]
    count: int
    top: Folder


def listed(place: str) -> tuple[list[str], list[str], list[str]]:
    """The names in a folder: regular files, folders, and what is neither."""
    files, folders, others = list[str](), list[str](), list[str]()
    with os.scandir(place) as entries:
        for entry in entries:
            kind = files if entry.is_file(follow_symlinks=False) else folders if entry.is_dir(follow_symlinks=False) else others
            kind.append(entry.name)
    return files, folders, others


def read_seen(path: str, tree: int, ledger: bytes, other: frozenset[str]) -> Seen | None:
    """How a tree was seen, by the inode of its folder, if it was seen to stand as this ledger says but for `other` paths.

    What lies beside the ledger may be lost, or be of before: of a path that it told of then and does not now, nobody knows how it has to stand.
    """
    with suppress(msgspec.DecodeError, KeyError):
        found = msgspec.msgpack.decode(_read(path)[tree], type=Seen)
        return found if ledger and found.ledger == ledger and other.issuperset(found.other) else None
    return None


def keep_seen(path: str, tree: int, seen: Seen, fresh: int) -> None:
    """Keeps how a tree was seen, beside what is kept of one other, where enough of its folders were seen afresh. A disk that refuses is not told of here."""
    if fresh < _WORTH:
        return
    others = [(inode, kept) for inode, kept in _read(path).items() if inode != tree]
    # A name that is no UTF-8 cannot be written down.
    with suppress(OSError, UnicodeEncodeError):
        data = msgspec.msgpack.encode(dict([*others[-1:], (tree, msgspec.Raw(msgspec.msgpack.encode(seen)))]))
        replace_file(path, _check(data) + data)


def _read(path: str) -> dict[int, msgspec.Raw]:
    with suppress(OSError, msgspec.DecodeError):
        data = Path(path).read_bytes()
        if data[:_CHECK] == _check(data[_CHECK:]):
            return msgspec.msgpack.decode(data[_CHECK:], type=dict[int, msgspec.Raw])
    return {}


def _check(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECK).digest()

"""The ledger: what was written last time, and from what, for each of the two trees.

A tree is known by the inode of its folder, which stays with it when the two change places: whichever stands at the output after a crash, its
own entries are found. A ledger that is damaged, or of another layout, knows nothing; then everything is made again and compared by its bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import msgspec

from pressroom.press.files import replace_file

_HEAD = b"pressroom ledger 4 "

Stamp = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, inode: while all stand, a file is as it was left."""


class Entries:
    """The files of a tree by path: the keys they were made from, the digests of their bytes, the stamps they were left with.

    Each question needs one of the three, and an archive has many files: stamps may be opened when they are asked for.
    """

    def __init__(self, keys: Mapping[str, str], digests: Mapping[str, str], stamps: Mapping[str, Stamp] | Callable[[], Mapping[str, Stamp]]) -> None:
        self.keys, self.digests, self._stamps = keys, digests, stamps

    @cached_property
    def stamps(self) -> Mapping[str, Stamp]:
        return self._stamps() if callable(self._stamps) else self._stamps

    def without(self, gone: Iterable[str], stamps: Mapping[str, Stamp]) -> Entries:
        """The entries of all other files, some with another stamp; the same where nothing is gone or other."""
        gone = frozenset(gone)
        if not gone and not stamps:
            return self
        keys = {path: key for path, key in self.keys.items() if path not in gone}
        return Entries(keys, self.digests, {**self.stamps, **stamps})


class _Columns(msgspec.Struct, array_like=True):
    """Entries as they are written, their stamps apart."""

    paths: list[str]
    keys: list[str]
    digests: list[str]

    def opened(self) -> tuple[dict[str, str], dict[str, str]]:
        """The keys, and the digests, by path."""
        return dict(zip(self.paths, self.keys, strict=True)), dict(zip(self.paths, self.digests, strict=True))


class _Difference(msgspec.Struct, array_like=True):
    """Where a tree is not as the newest: the paths that it lacks, its entries that are others there or none, and the stamps of all its files."""

    gone: list[str]
    other: _Columns
    stamps: msgspec.Raw

    def applied(self, newest: Entries) -> Entries:
        keys, digests = ({**column, **other} for column, other in zip((newest.keys, newest.digests), self.other.opened(), strict=True))
        for path in self.gone:
            del keys[path], digests[path]
        return _entries(keys, digests, self.stamps)


def _entries(keys: Mapping[str, str], digests: Mapping[str, str], stamps: msgspec.Raw) -> Entries:
    """Entries whose stamps, written in the order of the keys, are opened when they are asked for."""
    return Entries(keys, digests, lambda: dict(zip(keys, msgspec.msgpack.decode(stamps, type=list[Stamp]), strict=True)))


class _Written(msgspec.Struct):
    newest: int
    entries: _Columns
    stamps: msgspec.Raw
    others: dict[int, _Difference]


class Ledger:
    """The entries of the trees by inode. The two have nearly all in common, so one is known as what sets it apart from the `newest`, which was to stand
    at the output.
    """

    def __init__(self, written: _Written | None = None) -> None:
        self._written = written

    @cached_property
    def _newest(self) -> Entries:
        return _entries(*self._written.entries.opened(), self._written.stamps) if self._written else Entries({}, {}, {})

    @property
    def newest(self) -> int:
        return self._written.newest if self._written else 0

    def knows(self, inode: int) -> bool:
        return bool(self._written) and (inode == self._written.newest or inode in self._written.others)

    def entries(self, inode: int) -> Entries:
        """The entries of a tree; of one that is not known, those of the newest, which its bytes must then prove."""
        difference = self._written.others.get(inode) if self._written else None
        return difference.applied(self._newest) if difference else self._newest


def read_ledger(path: str) -> Ledger:
    """The ledger of the last build, or an empty one."""
    try:
        with open(path, "rb") as file:
            head, _, body = file.read().partition(b"\n")
        is_whole = head == _HEAD + _checksum(body)
        return Ledger(msgspec.msgpack.decode(body, type=_Written)) if is_whole else Ledger()
    except (OSError, msgspec.DecodeError):
        return Ledger()


def write_ledger(path: str, newest: int, trees: Mapping[int, Entries]) -> None:
    """Writes the ledger whole or not at all."""
    base = trees[newest]
    others = {inode: _difference(entries, base) for inode, entries in trees.items() if inode != newest}
    body = msgspec.msgpack.encode(_Written(newest, _columns(base, base.keys), _stamps(base, base.keys), others))
    replace_file(path, _HEAD + _checksum(body) + b"\n" + body)


def _difference(entries: Entries, newest: Entries) -> _Difference:
    keys, digests, own = newest.keys.get, newest.digests.get, entries.digests
    other = [path for path, key in entries.keys.items() if keys(path) != key or digests(path) != own[path]]
    kept = [path for path in newest.keys if path in entries.keys]
    paths = (*kept, *(path for path in other if path not in newest.keys))
    return _Difference([path for path in newest.keys if path not in entries.keys], _columns(entries, other), _stamps(entries, paths))


def _columns(entries: Entries, paths: Iterable[str]) -> _Columns:
    paths = list(paths)
    return _Columns(paths, [entries.keys[path] for path in paths], [entries.digests[path] for path in paths])


def _stamps(entries: Entries, paths: Iterable[str]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode([entries.stamps[path] for path in paths]))


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")

"""The ledger: what was written last time, and from what, for each of the two trees.

A tree is known by the inode of its folder, which stays with it when the two change places: whichever stands at the output after a crash, its
own entries are found. A ledger that is damaged, or of another layout, knows nothing; then everything is made again and compared by its bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import Any, TypeVar

import msgspec

from pressroom.press.files import replace_file

_HEAD = b"pressroom ledger 5 "

T = TypeVar("T")
Stamp = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, inode: while all stand, a file is as it was left."""

Lazy = Mapping[str, T] | Callable[[], Mapping[str, T]]
"""What is known of files by path, or what opens it."""


def stamp_of(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


class Entries:
    """The files of a tree by path: the keys they were made from, the digests of their bytes, the stamps they were left with.

    Each question needs one of the three, and an archive has many files: each may be opened when it is asked for.
    """

    def __init__(self, keys: Lazy[str], digests: Lazy[str], stamps: Lazy[Stamp]) -> None:
        self._keys, self._digests, self._stamps = keys, digests, stamps

    @cached_property
    def keys(self) -> Mapping[str, str]:
        return _opened(self._keys)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        return _opened(self._digests)

    @cached_property
    def stamps(self) -> Mapping[str, Stamp]:
        return _opened(self._stamps)

    def without(self, gone: Iterable[str], stamps: Mapping[str, Stamp]) -> Entries:
        """The entries of all other files, some with another stamp; the same where nothing is gone or other."""
        gone = frozenset(gone)
        if not gone and not stamps:
            return self
        keys = {path: key for path, key in self.keys.items() if path not in gone}
        return Entries(keys, self.digests, {**self.stamps, **stamps})


def _opened(found: Lazy[T]) -> Mapping[str, T]:
    return found() if callable(found) else found


class _Columns(msgspec.Struct, array_like=True):
    """Entries as they are written, their stamps apart: paths, and keys and digests in the same order, which not everybody asks for."""

    paths: list[str]
    keys: msgspec.Raw
    digests: msgspec.Raw


class _Difference(msgspec.Struct, array_like=True):
    """Where a tree is not as the newest: the paths that it lacks, its entries that are others there or none, and the stamps of all its files."""

    gone: list[str]
    other: _Columns
    stamps: msgspec.Raw

    def applied(self, newest: Entries, paths: list[str]) -> Entries:
        """The entries of this tree, given the newest and its paths. What the two have in common is had once."""

        def changed(of_newest: Mapping[str, str], other: msgspec.Raw) -> Mapping[str, str]:
            found = {**of_newest, **_column(self.other.paths, other, str)}
            for path in self.gone:
                del found[path]
            return found

        def stamps() -> Mapping[str, Stamp]:
            gone, known = frozenset(self.gone), frozenset(paths)
            here = [path for path in paths if path not in gone] + [path for path in self.other.paths if path not in known]
            return _column(here, self.stamps, Stamp)

        return Entries(lambda: changed(newest.keys, self.other.keys), lambda: changed(newest.digests, self.other.digests), stamps)


def _column(paths: Iterable[str], values: msgspec.Raw, kind: type[T]) -> dict[str, T]:
    """Values by path, as they were written in the order of the paths."""
    return dict(zip(paths, msgspec.msgpack.decode(values, type=list[kind]), strict=True))  # type: ignore[valid-type]


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
        if not self._written:
            return Entries({}, {}, {})
        columns, stamps = self._written.entries, self._written.stamps
        return Entries(*(partial(_column, columns.paths, values, str) for values in (columns.keys, columns.digests)), partial(_column, columns.paths, stamps, Stamp))

    @property
    def newest(self) -> int:
        return self._written.newest if self._written else 0

    def knows(self, inode: int) -> bool:
        return bool(self._written) and (inode == self._written.newest or inode in self._written.others)

    def entries(self, inode: int) -> Entries:
        """The entries of a tree; of one that is not known, those of the newest, which its bytes must then prove."""
        difference = self._written.others.get(inode) if self._written else None
        return difference.applied(self._newest, self._written.entries.paths) if self._written and difference else self._newest


def read_ledger(path: str) -> Ledger:
    """The ledger of the last build, or an empty one."""
    try:
        with open(path, "rb") as file:
            head, _, body = file.read().partition(b"\n")
        is_whole = head == _HEAD + _checksum(body)
        return Ledger(msgspec.msgpack.decode(body, type=_Written)) if is_whole else Ledger()
    except (OSError, msgspec.DecodeError):
        return Ledger()


def checksum_at(path: str) -> bytes:
    """The checksum that the ledger at a path begins with; nothing where there is none."""
    try:
        with open(path, "rb") as file:
            return file.readline(len(_HEAD) + 65)
    except OSError:
        return b""


def write_ledger(path: str, newest: int, trees: Mapping[int, Entries]) -> None:
    """Writes the ledger whole or not at all."""
    base = trees[newest]
    others = {inode: _difference(entries, base) for inode, entries in trees.items() if inode != newest}
    body = msgspec.msgpack.encode(_Written(newest, _columns(base, base.keys), _stamps(base, base.keys), others))
    replace_file(path, _HEAD + _checksum(body) + b"\n", body)


def differing(mine: Mapping[str, str], beside: Mapping[str, str]) -> list[str]:
    """The paths whose value is another beside, or is not there."""
    # Mostly the paths are the same in the same order: to look each up takes five times as long.
    if list(mine) == list(beside):
        return [path for path, value, other in zip(mine, mine.values(), beside.values(), strict=True) if value != other]
    other = beside.get
    return [path for path, value in mine.items() if other(path) != value]


def _difference(entries: Entries, newest: Entries) -> _Difference:
    keys, digests, own = newest.keys.get, newest.digests.get, entries.digests
    other = [path for path, key in entries.keys.items() if keys(path) != key or digests(path) != own[path]]
    kept = [path for path in newest.keys if path in entries.keys]
    paths = (*kept, *(path for path in other if path not in newest.keys))
    return _Difference([path for path in newest.keys if path not in entries.keys], _columns(entries, other), _stamps(entries, paths))


def _columns(entries: Entries, paths: Iterable[str]) -> _Columns:
    paths = list(paths)
    return _Columns(paths, _raw(entries.keys, paths), _raw(entries.digests, paths))


def _stamps(entries: Entries, paths: Iterable[str]) -> msgspec.Raw:
    return _raw(entries.stamps, paths)


def _raw(values: Mapping[str, Any], paths: Iterable[str]) -> msgspec.Raw:
    paths = list(paths)
    # Most are asked for all that they have, in their order.
    return msgspec.Raw(msgspec.msgpack.encode(list(values.values()) if paths == list(values) else [values[path] for path in paths]))


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")

"""The ledger: what was written last time, and from what, for each of the two trees.

A tree is known by the inode of its folder, which stays with it when the two change places: whichever stands at the output after a crash, its
own entries are found. A ledger that is damaged, or of another layout, knows nothing; then everything is made again and compared by its bytes.

What a few files of an archive have new is written beside it, and names the ledger that it goes with. Where that is lost, the files' stamps tell that they
are not as the ledger says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Set
from functools import cached_property, partial
from typing import Any, TypeVar

import msgspec

from pressroom.press.entries import Entries, Stamp, is_telling
from pressroom.press.files import remove_replaced, replace_file

_HEAD = b"pressroom ledger 5 "
_HEAD_OF_CHANGES = b"pressroom changes 1 "
_SHARE = 8
"""At most one path of so many has its changes beside the ledger."""

T = TypeVar("T")


class _Columns(msgspec.Struct, array_like=True):
    """Entries as they are written, their stamps apart: paths, and keys and digests in the same order, which not everybody asks for."""

    paths: list[str]
    keys: msgspec.Raw
    digests: msgspec.Raw

    def copied(self) -> _Columns:
        """By itself: what was read is a part of the file's bytes, and holds them all."""
        return _Columns(self.paths, self.keys.copy(), self.digests.copy())


class _Difference(msgspec.Struct, array_like=True):
    """Where a tree is not as the newest: the paths that it lacks, its entries that are others there or none, and the stamps of all its files."""

    gone: list[str]
    other: _Columns
    stamps: msgspec.Raw

    def copied(self) -> _Difference:
        """By itself."""
        return _Difference(self.gone, self.other.copied(), self.stamps.copy())

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


class Change(msgspec.Struct, array_like=True):
    """Where a tree is not as the ledger says: the paths that it lacks; key, digest and stamp of those that are others there, or new."""

    gone: list[str]
    files: dict[str, tuple[str, str, Stamp]]

    @property
    def paths(self) -> frozenset[str]:
        """Every path that it tells of."""
        return frozenset((*self.gone, *self.files))

    @property
    def stamps(self) -> dict[str, Stamp]:
        """The stamps of the files that are others there, or new."""
        return {path: stamp for path, (_, _, stamp) in self.files.items()}

    def applied(self, entries: Entries) -> Entries:
        def changed(known: Mapping[str, Any], column: int) -> Mapping[str, Any]:
            found = {**known, **{path: file[column] for path, file in self.files.items()}}
            if len(found) > len(known):
                # In their order: so the same paths are quickly found to be the same.
                found = dict(sorted(found.items()))
            for path in self.gone:
                found.pop(path, None)
            return found

        return Entries(lambda: changed(entries.keys, 0), lambda: changed(entries.digests, 1), lambda: changed(entries.stamps, 2), self.stamps)


class _Changes(msgspec.Struct, array_like=True):
    """What is written beside the ledger of this `checksum`: which tree is the newest by now, and where each is not as it says."""

    checksum: bytes
    newest: int
    trees: dict[int, Change]


class Ledger:
    """The entries of the trees by inode. The two have nearly all in common, so one is known as what sets it apart from the `newest`, which was to stand
    at the output.
    """

    def __init__(self, written: _Written | None = None, changes: _Changes | None = None) -> None:
        self._changes = changes or _Changes(b"", written.newest if written else 0, {})
        self._paths: list[str] = written.entries.paths if written else []
        self._base = _base(written) if written else Entries({}, {}, {})
        self._others = {inode: one.copied() for inode, one in written.others.items()} if written else {}
        self._inodes = {written.newest, *self._others} if written else frozenset[int]()

    @property
    def newest(self) -> int:
        return self._changes.newest

    def knows(self, inode: int) -> bool:
        return inode in self._inodes

    def entries(self, inode: int) -> Entries:
        """The entries of a tree; of one that is not known, those of the newest, which its bytes must then prove."""
        inode = inode if self.knows(inode) else self.newest
        difference, change = self._others.get(inode), self._changes.trees.get(inode)
        found = difference.applied(self._base, self._paths) if difference else self._base
        return change.applied(found) if change else found

    @cached_property
    def apart(self) -> Set[str]:
        """The paths at which the trees may not be the same, but for their stamps."""
        found = [path for one in self._others.values() for path in (*one.gone, *one.other.paths)]
        return frozenset((*found, *(path for one in self._changes.trees.values() for path in (*one.gone, *one.files))))

    def changed(self, newest: int, trees: Mapping[int, Entries], touched: Set[str]) -> bytes:
        """What has to be written beside this ledger to have it say what it would say of these `trees`, which are as it says but for the paths that
        are `touched`; nothing where it is to be written whole. That is where it knows other trees, where much has changed, and where a name that is telling
        would be left of a file that is not there any more.
        """
        paths, known = self.apart | touched, trees[newest].keys
        if trees.keys() != self._inodes or len(paths) * _SHARE > len(known) or any(path not in known and is_telling(path) for path in paths):
            return b""
        return msgspec.msgpack.encode(_Changes(self._changes.checksum, newest, {inode: _change(entries, paths) for inode, entries in trees.items()}))


def _base(written: _Written) -> Entries:
    """The entries of what was the newest when all was written."""
    columns, stamps = written.entries.copied(), written.stamps.copy()
    of_text = (partial(_column, columns.paths, values, str) for values in (columns.keys, columns.digests))
    return Entries(*of_text, partial(_column, columns.paths, stamps, Stamp))


def _change(entries: Entries, paths: Set[str]) -> Change:
    keys, digests = entries.keys, entries.digests
    files = {path: (keys[path], digests[path], entries.stamp(path)) for path in sorted(paths) if path in keys}
    return Change(sorted(paths - files.keys()), files)


def read_ledger(path: str) -> Ledger:
    """The ledger of the last build, or an empty one."""
    checksum, written = _read(path, _HEAD, _Written)
    if not written:
        return Ledger()
    return Ledger(written, _read_changes(path, checksum) or _Changes(checksum, written.newest, {}))


def read_change(path: str, inode: int) -> tuple[bytes, Change]:
    """The checksum of the ledger at a path, empty if it is not whole, and where a tree that it knows is not as it says. It is read for that, and not decoded."""
    checksum, _ = _whole(path, _HEAD)
    changes = _read_changes(path, checksum)
    return checksum, changes.trees.get(inode, Change([], {})) if changes else Change([], {})


def _read_changes(path: str, checksum: bytes) -> _Changes | None:
    """What is written beside the ledger of this checksum, if anything is."""
    _, changes = _read(_changes_at(path), _HEAD_OF_CHANGES, _Changes)
    return changes if changes and checksum and changes.checksum == checksum else None


def _read(path: str, begins: bytes, kind: type[T]) -> tuple[bytes, T | None]:
    """The checksum of a file and what it says, if it is whole."""
    checksum, body = _whole(path, begins)
    try:
        return checksum, msgspec.msgpack.decode(body, type=kind) if checksum else None
    except msgspec.DecodeError:
        return b"", None


def _whole(path: str, begins: bytes) -> tuple[bytes, bytes]:
    """The checksum of a file and its body; nothing where it is not whole."""
    try:
        with open(path, "rb") as file:
            head, body = file.readline(len(begins) + 65), file.read()
    except OSError:
        return b"", b""
    checksum = _checksum(body)
    return (checksum, body) if head == begins + checksum + b"\n" else (b"", b"")


def checksum_at(path: str) -> bytes:
    """The checksums that the ledger at a path, and what is beside it, begin with; nothing where there is none."""
    return _head_at(path) + _head_at(_changes_at(path))


def _head_at(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.readline(len(_HEAD_OF_CHANGES) + 65)
    except OSError:
        return b""


def write_ledger(path: str, newest: int, trees: Mapping[int, Entries], before: Ledger = Ledger(), touched: Set[str] = frozenset()) -> None:
    """Writes the ledger whole or not at all; beside the one that lay there `before`, if what was `touched` since is little, only that."""
    beside = _changes_at(path)
    if body := before.changed(newest, trees, touched):
        replace_file(beside, _HEAD_OF_CHANGES + _checksum(body) + b"\n", body)
        return
    base = trees[newest]
    others = {inode: _difference(entries, base) for inode, entries in trees.items() if inode != newest}
    body = msgspec.msgpack.encode(_Written(newest, _columns(base, base.keys), _stamps(base, base.keys), others))
    # It may name files that are nowhere any more. It goes first: a build that ended between the two could leave the next one nothing to write.
    remove_replaced(beside)
    replace_file(path, _HEAD + _checksum(body) + b"\n", body)


def _changes_at(path: str) -> str:
    return f"{path}.changes"


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

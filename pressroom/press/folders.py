"""Folders as they were seen: while the times of a folder stand, it has the names that it had, and need not be listed again.

To list a folder takes three times as long as to look how it stands, and in a tree of pages nearly each page has one of its own. What is kept is a cache,
and of trees that stand as a build left them: when it is gone or spoiled, everything is listed.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR

import msgspec

from pressroom.ground import clock
from pressroom.press.files import replace_file

_WORTH = 500
"""So many folders that are seen anew are worth writing all down."""
_CHECK = 16


class Folder(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The names in a folder at these times (in nanoseconds): regular files, folders, and what is neither."""

    mtime: int
    ctime: int
    files: tuple[str, ...]
    folders: tuple[str, ...]
    others: tuple[str, ...]


class Folders:
    """The folders of one tree by inode: as they were seen before, and as they are seen now."""

    def __init__(self, known: dict[int, Folder]) -> None:
        self._known, self._settled = known, clock.settled()
        self.seen: dict[int, Folder] = {}
        self.listed = 0

    def at(self, place: str) -> Folder:
        """A folder, listed only where it does not stand as it was seen."""
        stat = os.lstat(place)
        known = self._known.get(stat.st_ino)
        if known and known.ctime == stat.st_ctime_ns and known.mtime == stat.st_mtime_ns:
            self.seen[stat.st_ino] = known
            return known
        self.listed += 1
        # One that changed so lately could change once more at the same time; and a link has times of its own.
        is_settled = S_ISDIR(stat.st_mode) and max(stat.st_mtime_ns, stat.st_ctime_ns) < self._settled
        folder = _listed(place, stat)
        if is_settled:
            self.seen[stat.st_ino] = folder
        return folder


def _listed(place: str, stat: os.stat_result) -> Folder:
    files, folders, others = list[str](), list[str](), list[str]()
    with os.scandir(place) as entries:
        for entry in entries:
            kind = files if entry.is_file(follow_symlinks=False) else folders if entry.is_dir(follow_symlinks=False) else others
            kind.append(entry.name)
    return Folder(stat.st_mtime_ns, stat.st_ctime_ns, tuple(files), tuple(folders), tuple(others))


def read_folders(path: str, tree: int) -> Folders:
    """What is known of the folders of a tree, by the inode of its own."""
    with suppress(msgspec.DecodeError, KeyError):
        return Folders(msgspec.msgpack.decode(_read(path)[tree], type=dict[int, Folder]))
    return Folders({})


def keep_folders(path: str, tree: int, folders: Folders) -> None:
    """Keeps what was seen of the folders of a tree, beside what is kept of one other, where enough of it is new. A disk that refuses is not told of here."""
    if folders.listed < _WORTH:
        return
    others = [(inode, kept) for inode, kept in _read(path).items() if inode != tree]
    # A name that is no UTF-8 cannot be written down.
    with suppress(OSError, UnicodeEncodeError):
        data = msgspec.msgpack.encode(dict([*others[-1:], (tree, msgspec.Raw(msgspec.msgpack.encode(folders.seen)))]))
        replace_file(path, _check(data) + data)


def _read(path: str) -> dict[int, msgspec.Raw]:
    with suppress(OSError, msgspec.DecodeError):
        data = Path(path).read_bytes()
        if data[:_CHECK] == _check(data[_CHECK:]):
            return msgspec.msgpack.decode(data[_CHECK:], type=dict[int, msgspec.Raw])
    return {}


def _check(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECK).digest()

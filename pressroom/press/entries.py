"""What is known of the files of a tree: the keys they were made from, the digests of their bytes, the stamps they were left with."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")
Stamp = tuple[int, int, int, int]
"""Size, mtime and ctime in nanoseconds, inode: while all stand, a file is as it was left."""

Lazy = Mapping[str, T] | Callable[[], Mapping[str, T]]
"""What is known of files by path, or what opens it."""


_OF_A_SEARCH = re.compile(r"search/[\w-]+/(?:index/|fragment/|pagefind\.)[a-z-]+_[0-9a-f]{4,16}\.pf_(?:index|fragment|meta)")


def is_telling(path: str) -> bool:
    """Whether the name of a file says what it is of. Those of a search are a few digits of the digest of their bytes, and each edit gives it others."""
    return not _OF_A_SEARCH.fullmatch(path)


def stamp_of(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


class Entries:
    """The files of a tree by path: the keys they were made from, the digests of their bytes, the stamps they were left with.

    Each question needs one of the three, and an archive has many files: each may be opened when it is asked for. The stamps of those that changed `lately`
    are at hand without the rest.
    """

    def __init__(self, keys: Lazy[str], digests: Lazy[str], stamps: Lazy[Stamp], lately: Mapping[str, Stamp] = {}) -> None:
        self._keys, self._digests, self._stamps, self.lately = keys, digests, stamps, lately

    # What opened them is let go of: it has the same once more, packed.

    @property
    def keys(self) -> Mapping[str, str]:
        self._keys = _opened(self._keys)
        return self._keys

    @property
    def digests(self) -> Mapping[str, str]:
        self._digests = _opened(self._digests)
        return self._digests

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        self._stamps = _opened(self._stamps)
        return self._stamps

    def stamp(self, path: str) -> Stamp:
        """The stamp of one file."""
        return self.lately[path] if path in self.lately else self.stamps[path]

    def without(self, gone: Iterable[str], stamps: Mapping[str, Stamp]) -> Entries:
        """The entries of all other files, some with another stamp; the same where nothing is gone or other."""
        gone = tuple(gone)
        if not gone and not stamps:
            return self
        keys = dict(self.keys)
        for path in gone:
            keys.pop(path, None)
        return Entries(keys, self.digests, lambda: {**self.stamps, **stamps}, {**self.lately, **stamps})


def _opened(found: Lazy[T]) -> Mapping[str, T]:
    return found() if callable(found) else found


def differing(mine: Mapping[str, str], beside: Mapping[str, str]) -> list[str]:
    """The paths whose value is another beside, or is not there."""
    # Mostly the paths are the same in the same order: to look each up takes five times as long.
    if list(mine) == list(beside):
        return [path for path, value, other in zip(mine, mine.values(), beside.values(), strict=True) if value != other]
    other = beside.get
    return [path for path, value in mine.items() if other(path) != value]

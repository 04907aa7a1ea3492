"""The digests of many files, on their way to another process and there: a string for each takes four times the memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

_BYTES = 32


class Digests(Mapping[str, str]):
    """SHA-256 by path, in hexadecimal: the paths in their order, and in the same order the bytes of all digests as one lump."""

    def __init__(self, paths: str, lump: bytes) -> None:
        self._paths, self._lump = paths.split("\0"), lump

    def __reduce__(self) -> tuple[Any, ...]:
        return Digests, ("\0".join(self._paths), self._lump)

    def __getitem__(self, path: str) -> str:
        place = bisect_left(self._paths, path)
        if self._paths[place : place + 1] != [path]:
            raise KeyError(path)
        return self._at(place)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def between(self, begin: int, end: int) -> list[tuple[str, str]]:
        """Some of them, by their places."""
        return [(self._paths[place], self._at(place)) for place in range(begin, min(end, len(self)))]

    def _at(self, place: int) -> str:
        return self._lump[place * _BYTES : (place + 1) * _BYTES].hex()


def lumped(digests: Mapping[str, str]) -> Mapping[str, str]:
    """The same as lumps; as it is where it is small, or where a digest is not known."""
    if len(digests) < 2 or any(len(digest) != 2 * _BYTES for digest in digests.values()):
        return digests
    paths = sorted(digests)
    values = digests.values() if list(digests) == paths else map(digests.__getitem__, paths)
    return Digests("\0".join(paths), bytes.fromhex("".join(values)))

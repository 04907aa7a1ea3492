"""Which pages lead to places on other pages, as the check of links has seen them: when such a place goes, those are looked at again, and not all; and
where a page that is made anew leads to a place as it did before, that is not looked for again. A page with a link that is wrong is looked at each time.

The record is of one tree, by the digest that its seal has. Of any other it says nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from hashlib import blake2b

import msgspec

from pressroom.ground import digests

_MARK = 5
Place = tuple[str, str]
"""A page, and an id on it."""


class LinkRecord(msgspec.Struct, frozen=True, array_like=True):
    """`leading` has, for each page that leads to places on others, what stands for them, one after the other; `missing` what stands for those places that
    were not there; `wrong` are the pages of which something was told.
    """

    tree: str
    leading: Mapping[str, bytes]
    missing: bytes = b""
    wrong: tuple[str, ...] = ()


class Leading:
    """What a check of links relies upon of the last tree, and sees of the next: `remade` are the files whose bytes are not what they were."""

    def __init__(self, record: LinkRecord | None = None, stay: Container[str] = (), remade: Container[str] = ()) -> None:
        before = record.leading if record else {}
        self._remade = remade
        self._leading = {path: found for path, found in before.items() if path in stay and path not in remade}
        self._missing = _each(record.missing) if record else set()
        self._wrong: set[str] = set()
        self._there = {mark for path, found in before.items() if path in remade for mark in _each(found)} - self._missing

    def surely_there(self, place: Place) -> bool:
        """Whether a place was there when a page that is remade led to it, and is on a page that stays. What stands for it is as good as unique."""
        return bool(self._there) and place[0] not in self._remade and _mark(place) in self._there

    def tell(self, page: str, places: Iterable[Place]) -> None:
        """Says to which places on other pages a page leads."""
        if found := marks(places):
            self._leading[page] = found

    def tell_missing(self, places: Iterable[Place]) -> None:
        self._missing.update(map(_mark, places))

    def tell_wrong(self, page: str) -> None:
        """Says that something is wrong on a page. One that nobody makes anew stays so, and has to be told of again."""
        self._wrong.add(page)

    def record(self, tree: str) -> LinkRecord:
        """The record of the next tree, for what was told of it."""
        return LinkRecord(tree, self._leading, b"".join(sorted(self._missing)), tuple(sorted(self._wrong)))


def marks(places: Iterable[Place]) -> bytes:
    """What stands for places in a record."""
    return b"".join([_mark(place) for place in sorted(set(places))])


def leading_to(record: LinkRecord, places: Iterable[Place]) -> set[str]:
    """The pages that lead to any of some places, and perhaps a few others."""
    wanted = [_mark(place) for place in places]
    return {path for path, found in record.leading.items() if any(mark in found for mark in wanted)}


def _mark(place: Place) -> bytes:
    return blake2b("#".join(place).encode("utf-8", "surrogatepass"), digest_size=_MARK).digest()


def _each(marks: bytes) -> set[bytes]:
    return {marks[at : at + _MARK] for at in range(0, len(marks), _MARK)}


def dumps(record: LinkRecord) -> bytes:
    return digests.sealed(msgspec.msgpack.encode(record))


def loads(data: bytes) -> LinkRecord | None:
    """The record that a file holds; none where it is spoiled."""
    try:
        return msgspec.msgpack.decode(digests.unsealed(data), type=LinkRecord)
    except msgspec.DecodeError:
        return None

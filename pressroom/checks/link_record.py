"""Which pages lead to places on other pages, as the check of links has seen them: when such a place goes, those are looked at again, and not all.

The record is of one tree, by the digest that its seal has. Of any other it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b

import msgspec

_MARK = 5
Place = tuple[str, str]
"""A page, and an id on it."""


class LinkRecord(msgspec.Struct, frozen=True, array_like=True):
    """`leading` has, for each page that leads to places on others, what stands for them, one after the other."""

    tree: str
    leading: Mapping[str, bytes]


def marks(places: Iterable[Place]) -> bytes:
    """What stands for places in a record."""
    return b"".join([_mark(place) for place in sorted(set(places))])


def leading_to(record: LinkRecord, places: Iterable[Place]) -> set[str]:
    """The pages that lead to any of some places, and perhaps a few others."""
    wanted = [_mark(place) for place in places]
    return {path for path, found in record.leading.items() if any(mark in found for mark in wanted)}


def _mark(place: Place) -> bytes:
    return blake2b("#".join(place).encode("utf-8", "surrogatepass"), digest_size=_MARK).digest()


def dumps(record: LinkRecord) -> bytes:
    return msgspec.msgpack.encode(record)


def loads(data: bytes) -> LinkRecord | None:
    """The record that a file holds; none where it is spoiled."""
    try:
        return msgspec.msgpack.decode(data, type=LinkRecord)
    except msgspec.DecodeError:
        return None

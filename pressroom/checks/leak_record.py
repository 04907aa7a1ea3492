"""What the leak check knows from its last runs, so that it searches new bytes for all needles and old bytes for new needles only.

It is made from the bytes that were searched and from nothing the build says. It may lie in the cache of a public CI: no needle and no
path of a held document stands in it, only salted hashes; and as a few words could be guessed by theirs, the salt is locked with what only
those have who have a held text.
"""

from __future__ import annotations

import secrets
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from pressroom.checks.held import Known

_LAYOUT = 6
_SALT = 16


class KnownRuns(NamedTuple):
    """The runs of a held source, and what those of them are put together of that stand nowhere in one piece: a run, a part of it, and so on."""

    runs: Sequence[int]
    joined: Sequence[int]

    def pairs(self) -> Iterator[tuple[int, int]]:
        return zip(self.joined[::2], self.joined[1::2], strict=True)

    def whole(self) -> set[int]:
        return set(self.runs).difference(self.joined[::2])


@dataclass(frozen=True, slots=True)
class LeakRecord:
    """Every group of files of `searched` was searched for every needle of `searched_for`: by the path it begins with, a digest of all its
    names and contents, and then one of each file's. Every source of `excused` (by SHA-256 and path) was asked for every needle of `asked`, and held
    those at these places there. `known` are the stamps of cleared sources, by shown path, and `runs` the runs of each held source, by the salted hash of all
    that they rest upon. A needle is the salted hash of itself; the salt is not known before the record is `opened` with one of its `locks`, by what each is called.
    """

    engine: str = ""
    salt: bytes = b""
    asked: tuple[int, ...] = ()
    excused: Mapping[str, bytes] = field(default_factory=dict)
    searched_for: frozenset[int] = frozenset()
    searched: Mapping[str, bytes] = field(default_factory=dict)
    known: Mapping[str, Known] = field(default_factory=dict)
    runs: Mapping[int, KnownRuns] = field(default_factory=dict)
    locks: Mapping[bytes, bytes] = field(default_factory=dict)


class _Layout(msgspec.Struct, array_like=True):
    layout: int
    engine: str
    salt: bytes
    locks: dict[bytes, bytes]
    asked: bytes
    excused: dict[str, bytes]
    searched_for: bytes
    searched: dict[str, bytes]
    known: dict[str, Known]
    runs: dict[int, tuple[bytes, bytes]]


def new_record(engine: str) -> LeakRecord:
    """A record that knows nothing: everything will be searched for everything."""
    return LeakRecord(engine, secrets.token_bytes(_SALT))


def hashes_of(salt: bytes, identities: Iterable[tuple[str, str]]) -> list[int]:
    """What stands for needles in a record of this salt."""
    return [salted(salt, f"{way}\0{value}") for way, value in identities]


def salted(salt: bytes, text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8, key=salt).digest(), "big")


def opened(record: LeakRecord, keys: Iterable[bytes]) -> LeakRecord:
    """A record with its salt, by one of the keys with which it was locked. Where none fits, it knows of no needle any more."""
    if record.salt:
        return record
    for key in keys:
        if locked := record.locks.get(_called(key)):
            return replace(record, salt=_turned(locked[_SALT:], key, locked[:_SALT]))
    return replace(record, salt=secrets.token_bytes(_SALT), asked=(), excused=dict.fromkeys(record.excused, b""), searched_for=frozenset(), runs={})


def _called(key: bytes) -> bytes:
    return blake2b(b"called", digest_size=8, key=key).digest()


def _turned(salt: bytes, key: bytes, nonce: bytes) -> bytes:
    """A salt locked, or one that is locked opened, by the same step: no nonce is used twice."""
    stream = blake2b(nonce, digest_size=_SALT, key=key).digest()
    return bytes(one ^ other for one, other in zip(salt, stream, strict=True))


def dumps(record: LeakRecord, keys: Sequence[bytes] | None = None) -> bytes:
    """The record as the bytes of a file, its salt locked with each of some keys, or left open where nobody else is to have it. A name that is no text is
    not remembered.
    """
    nonce = secrets.token_bytes(_SALT)
    data = _Layout(
        _LAYOUT,
        record.engine,
        record.salt if keys is None else b"",
        {_called(key): nonce + _turned(record.salt, key, nonce) for key in keys or ()},
        array("Q", record.asked).tobytes(),
        {name: places for name, places in sorted(record.excused.items()) if _is_text(name)},
        array("Q", sorted(record.searched_for)).tobytes(),
        {path: found for path, found in sorted(record.searched.items()) if _is_text(path)},
        {path: known for path, known in sorted(record.known.items()) if _is_text(path)},
        {source: (array("Q", known.runs).tobytes(), array("Q", known.joined).tobytes()) for source, known in sorted(record.runs.items())},
    )
    # Not compressed, which nearly all of it cannot be, but with a checksum.
    return zlib.compress(msgspec.msgpack.encode(data), 0)


def _is_text(path: str) -> bool:
    return path.isascii() or path.encode("utf-8", "replace").decode() == path


def loads(data: bytes, engine: str) -> LeakRecord:
    """The record that a file holds; one that knows nothing where the file is spoiled, or was made by another engine."""
    try:
        read = msgspec.msgpack.decode(zlib.decompress(data), type=_Layout)
    except (zlib.error, msgspec.MsgspecError, ValueError):
        return new_record(engine)
    if read.layout != _LAYOUT or read.engine != engine:
        return new_record(engine)
    runs = {source: KnownRuns(*map(_unpacked, found)) for source, found in read.runs.items()}
    return LeakRecord(
        engine, read.salt, tuple(_unpacked(read.asked)), read.excused, frozenset(_unpacked(read.searched_for)), read.searched, read.known, runs,
        read.locks,
    )  # fmt: skip


def _unpacked(data: bytes) -> array[int]:
    found = array("Q")
    found.frombytes(data[: len(data) // 8 * 8])
    return found

"""What the leak check knows from its last runs, so that it searches new bytes for all needles and old bytes for new needles only.

It is made from the bytes that were searched and from nothing the build says. It may lie in the cache of a public CI: no needle and no
path of a held document stands in it, only salted hashes.
"""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from pressroom.checks.held import Known

_LAYOUT = 2


@dataclass(frozen=True, slots=True)
class LeakRecord:
    """Every file (SHA-256) and name (a shorter digest) of `searched` was searched for every needle of `searched_for`; every source of
    `excused` for every one of `asked`, and held those that stand there. `known` are the stamps of cleared sources, by shown path. A needle
    is the salted hash of itself.
    """

    engine: str = ""
    salt: bytes = b""
    asked: frozenset[int] = frozenset()
    excused: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    searched_for: frozenset[int] = frozenset()
    searched: frozenset[str] = frozenset()
    known: Mapping[str, Known] = field(default_factory=dict)


def new_record(engine: str) -> LeakRecord:
    """A record that knows nothing: everything will be searched for everything."""
    return LeakRecord(engine, secrets.token_bytes(16))


def hashes(record: LeakRecord, identities: Iterable[tuple[str, str]]) -> list[int]:
    """What stands for needles in this record."""

    def salted(needle: bytes) -> int:
        return int.from_bytes(blake2b(needle, digest_size=8, key=record.salt).digest(), "big")

    return [salted(f"{way}\0{value}".encode("utf-8", "replace")) for way, value in identities]


def dumps(record: LeakRecord) -> bytes:
    """The record as the bytes of a file."""
    asked = sorted(record.asked)
    place = {needle: number for number, needle in enumerate(asked)}
    data = {
        "layout": _LAYOUT,
        "engine": record.engine,
        "salt": record.salt.hex(),
        "asked": _packed(asked),
        "excused": {digest: sorted(place[needle] for needle in found) for digest, found in sorted(record.excused.items())},
        "searched_for": _packed(sorted(record.searched_for)),
        "searched": sorted(record.searched),
        "known": {path: [k.stamp, k.digest, k.translation, k.draft, k.withdrawn, k.lifted, k.until] for path, k in sorted(record.known.items())},
    }
    return zlib.compress(json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogateescape"), 1)


def loads(data: bytes, engine: str) -> LeakRecord:
    """The record that a file holds; one that knows nothing where the file is spoiled, or was made by another engine."""
    try:
        read = json.loads(zlib.decompress(data).decode("utf-8", "surrogateescape"))
        if read["layout"] != _LAYOUT or read["engine"] != engine:
            return new_record(engine)
        asked = _unpacked(read["asked"])
        return LeakRecord(
            engine=engine,
            salt=bytes.fromhex(read["salt"]),
            asked=frozenset(asked),
            excused={digest: tuple(asked[n] for n in found) for digest, found in read["excused"].items()},
            searched_for=frozenset(_unpacked(read["searched_for"])),
            searched=frozenset(read["searched"]),
            known={path: Known(*values) for path, values in read["known"].items()},
        )
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return new_record(engine)


def _packed(numbers: Sequence[int]) -> str:
    return base64.b64encode(array("Q", numbers).tobytes()).decode()


def _unpacked(text: str) -> array[int]:
    found = array("Q")
    found.frombytes(base64.b64decode(text))
    return found

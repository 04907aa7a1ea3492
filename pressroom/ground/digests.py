"""One digest for every value that an artifact may name as its input."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

_PLAIN = frozenset((type(None), bool, int, float, str))
_CHECK = 16


def of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sealed(data: bytes) -> bytes:
    """Data as it is kept between builds, with a check before it."""
    return hashlib.blake2b(data, digest_size=_CHECK).digest() + data


def unsealed(kept: bytes) -> bytes:
    """Data that was kept; nothing where it is not what was kept."""
    data = kept[_CHECK:]
    return data if sealed(data) == kept else b""


def of(value: Any) -> str:
    """The digest of a value: its own where its class makes one of the whole value, else that of its canonical form.

    Equal values have equal digests in every process: mappings and sets are taken in sorted order, instants in ISO 8601. What a dataclass leaves
    out of comparison is left out here. A field that is named digest is a field like any other: it is of some bytes, not of the value.
    """
    own = _own(value)
    return own if own else hashlib.blake2b(_canonical(value).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


_first = itemgetter(0)


@lru_cache(maxsize=None)
def _is_its_own(kind: type) -> bool:
    return isinstance(getattr(kind, "digest", None), cached_property)


@lru_cache(maxsize=None)
def _compared(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass that count; None for any other class."""
    return tuple(f.name for f in fields(kind) if f.compare) if is_dataclass(kind) else None


def _own(value: Any) -> str:
    return value.digest if _is_its_own(type(value)) else ""


def _canonical(value: Any) -> str:
    kind = type(value)
    if kind in _PLAIN:
        return repr(value)
    if kind is tuple or kind is list:
        return f"[{','.join([repr(item) if type(item) in _PLAIN else _canonical(item) for item in value])}]"
    if own := _own(value):
        return f"<{own}>"
    if (names := _compared(kind)) is not None:
        found = [getattr(value, name) for name in names]
        return f"{kind.__name__}({','.join([repr(item) if type(item) in _PLAIN else _canonical(item) for item in found])})"
    if isinstance(value, Mapping):
        items = sorted([(_canonical(name), item) for name, item in value.items()], key=_first)
        return f"{{{','.join([f'{name}:{_canonical(item)}' for name, item in items])}}}"
    if isinstance(value, frozenset | set):
        return f"{{{','.join(sorted(map(_canonical, value)))}}}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool | int | float | str):
        return repr(value)
    if isinstance(value, tuple | list):
        return _canonical(tuple(value))
    raise TypeError(f"{kind.__name__} is no input for an artifact")

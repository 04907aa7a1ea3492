"""One digest for every value that an artifact may name as its input."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any


def of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def of(value: Any) -> str:
    """The digest of a value: its own where its class makes one of the whole value, else that of its canonical form.

    Equal values have equal digests in every process: mappings and sets are taken in sorted order, instants in ISO 8601. What a dataclass leaves
    out of comparison is left out here. A field that is named digest is a field like any other: it is of some bytes, not of the value.
    """
    own = _own(value)
    return own if own else hashlib.blake2b(_canonical(value).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _own(value: Any) -> str:
    return value.digest if isinstance(getattr(type(value), "digest", None), cached_property) else ""


def _canonical(value: Any) -> str:
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value)
    if own := _own(value):
        return f"<{own}>"
    if is_dataclass(value):
        return f"{type(value).__name__}({','.join(_canonical(getattr(value, f.name)) for f in fields(value) if f.compare)})"
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{_canonical(k)}:{_canonical(v)}' for k, v in sorted(value.items(), key=lambda item: repr(item[0])))}}}"
    if isinstance(value, tuple | list):
        return f"[{','.join(map(_canonical, value))}]"
    if isinstance(value, frozenset | set):
        return f"{{{','.join(sorted(map(_canonical, value)))}}}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no input for an artifact")

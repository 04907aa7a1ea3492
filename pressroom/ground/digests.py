"""One digest for every value that an artifact may name as its input."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any


def of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def of(value: Any) -> str:
    """The digest of a value: its own `digest` where it has one, else that of its canonical form.

    Equal values have equal digests in every process: mappings and sets are taken in sorted order, instants in ISO 8601.
    """
    own = getattr(value, "digest", None)
    return own if isinstance(own, str) else hashlib.blake2b(_canonical(value).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _canonical(value: Any) -> str:
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value)
    own = getattr(value, "digest", None)
    if isinstance(own, str):
        return f"<{own}>"
    if is_dataclass(value):
        return f"{type(value).__name__}({','.join(_canonical(getattr(value, f.name)) for f in fields(value))})"
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{_canonical(k)}:{_canonical(v)}' for k, v in sorted(value.items(), key=lambda item: repr(item[0])))}}}"
    if isinstance(value, tuple | list):
        return f"[{','.join(map(_canonical, value))}]"
    if isinstance(value, frozenset | set):
        return f"{{{','.join(sorted(map(_canonical, value)))}}}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no input for an artifact")

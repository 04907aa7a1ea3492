"""Patterns of a typography file: words with the names of parts in braces, as in `{place}, le {date}`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pressroom.ground.fingerprints import HAN_AND_KANA
from pressroom.model.typography import Typography

_PART = re.compile(r"\{(\w+)\}")
_WORD = f"[^\\W_{HAN_AND_KANA}]"
_SEAM = re.compile(rf"{_WORD}[.)]?\n{_WORD}")


def parts_of(pattern: str) -> list[str]:
    """The parts that a pattern names, in its order."""
    return _PART.findall(pattern)


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """The pattern with every part in its place."""
    return _PART.sub(lambda found: values[found[1]], pattern)


def joined(pattern: str, values: Mapping[str, str]) -> str:
    """The pattern with those parts that are there: what stands before a part goes with it, and away where nothing precedes it.

    Two words that nothing parts, and that are not in Chinese or Japanese, have a space between them.
    """
    glue, *rest = _PART.split(pattern)
    text = ""
    for part, after in zip(rest[::2], rest[1::2], strict=True):
        if values.get(part):
            gap = " " if not glue and _SEAM.search(f"{text[-2:]}\n{values[part][:1]}") else glue
            text += (gap if text else "") + values[part]
        glue = after
    return text


def attribution(typography: Typography, name: str, role: str = "", organisation: str = "") -> str:
    """A person with the office held, or an office alone, in the order of the language; parts may be missing."""
    form = typography.table("names").get("attribution", "{name}, {role}, {organisation}")
    return joined(form, {"name": name, "role": role, "organisation": organisation})

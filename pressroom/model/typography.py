"""How one language is set: the data of its typography file, with the house's choices in place; and what such a file may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ANY_KEY = "*"
GAPS: Mapping[str, str] = {"narrow": "\u202f", "wide": "\u00a0", "none": ""}
"""The spaces that a typography file names: a narrow one and a wide one, neither of which breaks."""
SPACED_MARKS = "«»"
"""The quotation marks that have such a space inside them, where a file names no others."""


@dataclass(frozen=True)
class Typography:
    """`tables` are those of `theme/typography/<lang>.toml`, by name; `digest` is that of all that they were read from."""

    lang: str
    digest: str
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False, compare=False)

    def table(self, name: str) -> Mapping[str, Any]:
        return self.tables.get(name, {})


@dataclass(frozen=True, slots=True)
class Form:
    """What a key of a table may hold, in words for people, and whether a value is that."""

    wanted: str
    fits: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Table:
    """One table that a typography file may hold: its keys, each with its form; `ANY_KEY` stands for keys that the file names itself."""

    name: str
    keys: Mapping[str, Form]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


TEXT = Form('a text in quotes, "…"', _is_text)
PAIR = Form('two signs in quotes, the one that opens and the one that closes, as "“”"', lambda value: _is_text(value) and len(value) == 2)
SIGN = Form('one sign in quotes, as "—"', lambda value: _is_text(value) and len(value) == 1)
FLAG = Form("true or false", lambda value: isinstance(value, bool))
COUNT = Form("a number", lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0)
TEXTS = Form('a list of texts, ["…", "…"]', lambda value: isinstance(value, list) and all(map(_is_text, value)))


def one_of(*values: str) -> Form:
    return Form(f"one of {', '.join(values)}", lambda value: value in values if _is_text(value) else False)

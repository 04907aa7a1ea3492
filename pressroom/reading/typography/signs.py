"""Signs that are another script's, beside letters of this one: they are never set, for they would be other words; they are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pressroom.model.typography import ANY_KEY, TEXT, Table, one_of
from pressroom.reading.typography.edits import SPACES
from pressroom.reading.typography.scripts import LATIN, SCRIPTS

TABLE = Table("signs", {"beside": one_of(*SCRIPTS), ANY_KEY: TEXT})
_BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Slip:
    """A sign that should be another: where it stands, and what is meant; nothing where a quotation mark has no other."""

    at: int
    sign: str
    meant: str


def compile_check(table: Mapping[str, Any]) -> Callable[[str], Iterator[Slip]]:
    """What tells the wrong signs of a text: those between letters of the script, or between one and the end of a clause."""
    script = SCRIPTS[table[_BESIDE]]
    meant = {sign: right for sign, right in table.items() if sign != _BESIDE}
    # A sign of several, such as three dots, is also meant where one more was typed.
    kinds = sorted(meant, key=len, reverse=True)
    signs = re.compile("|".join(f"({re.escape(sign)}{re.escape(sign[-1])}*)" if len(sign) > 1 else f"({re.escape(sign)})" for sign in kinds))

    may_be = re.compile(f"[{re.escape(''.join(sorted({sign[0] for sign in meant})))}]")

    def check(text: str) -> Iterator[Slip]:
        for found in signs.finditer(text) if may_be.search(text) else ():
            start, end = found.span()
            before, next_to, after = text[start - 1 : start], text[end : end + 1], text[end : end + 4].lstrip(SPACES)[:1]
            follows, leads = bool(script.match(before)), bool(script.match(after))
            if follows and not _is_of_latin(next_to) or leads and not _is_of_latin(before):
                yield Slip(start, found[0], meant[kinds[(found.lastindex or 1) - 1]])

    return check


def _is_of_latin(char: str) -> bool:
    return bool(char) and (char.isdigit() or bool(LATIN.match(char)))

"""The digits of a language that has two sets of them, in its own running text; those beside Latin words are part of these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pressroom.model.typography import Table, one_of
from pressroom.reading.typography.edits import HIDDEN, Edit, Rule
from pressroom.reading.typography.scripts import LATIN

TABLE = Table("digits", {"style": one_of("typed", "latn", "arab")})

_LATN, _ARAB = "0123456789", "٠١٢٣٤٥٦٧٨٩"
# A number with signs that belong to one set of digits alone stays whole as it is: other signs would be other words.
_STAYS = {"arab": re.compile(r"\d[.,]\d|\d[ \u00a0\u202f]?[%‰]|%\d"), "latn": re.compile("[٫٬٪]")}
_NUMBER = {"arab": "[0-9]", "latn": "[٠-٩]"}
# A telephone number: digits of Arabic script would show its groups in the opposite order. A day such as 02-11-2020 is none.
_PHONE = re.compile(
    r"(?:\+[0-9]|(?<![0-9A-Za-z+-])(?<![0-9][.,:/])(?!0[0-9]-[0-9]{2}-[0-9]{4})0[0-9])[0-9]*\)?(?:(?:[ \u00a0\u202f-]|[ \u00a0\u202f]?\(0\))[0-9]+)+"
)
_JOINED = r"[\w.,:/%‰٫٬٪+-]"


def compile_rule(table: Mapping[str, Any]) -> Rule:
    style = table["style"]
    if style == "typed":
        return lambda text: []
    into = str.maketrans(_LATN, _ARAB) if style == "arab" else str.maketrans(_ARAB, _LATN)
    number = re.compile(rf"{_JOINED}*{_NUMBER[style]}(?:{_JOINED}|(?<=\d)[ \u00a0\u202f](?=[%‰٪]))*")
    digits, stays = re.compile(f"{_NUMBER[style]}+"), _STAYS[style]

    def rule(text: str) -> list[Edit]:
        edits: list[Edit] = []
        phones = [phone.span() for phone in _PHONE.finditer(text)]
        for found in number.finditer(text):
            start, end = found.span()
            if LATIN.search(found[0]) or stays.search(found[0]) or _is_beside_latin(text, start, end) or any(start < last and first < end for first, last in phones):
                continue
            edits += [(*run.span(), run[0].translate(into)) for run in digits.finditer(text, start, end)]
        return edits

    return rule


def _is_beside_latin(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start].rstrip(), text[end : end + 2].lstrip()
    return any(part and (LATIN.match(part) or part == HIDDEN) for part in (before[-1:], after[:1]))

"""What a typography file may say of the forms of a language: dates and datelines, times, numbers, lists, names, the order of lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pressroom.ground.languages import is_tag
from pressroom.model.patterns import parts_of
from pressroom.model.typography import TEXT, TEXTS, Form, Table, one_of

ZEROS: Mapping[str, str] = {
    "latn": "0", "arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "gujr": "૦", "khmr": "០", "laoo": "໐", "mymr": "၀", "orya": "୦", "tamldec": "௦",
    "thai": "๐", "tibt": "༠",
}  # fmt: skip
"""The digits that a language may be written with, by the name that CLDR has for them: the first of the ten."""
SOUNDS = ("pinyin", "bopomofo")
"""What Chinese can be sorted by."""

_DAY = ("day", "day_month", "month", "month_number", "year")
_SURNAME = re.compile(r"\S+( [^\W\d_]+)+")


def _pattern(*parts: str) -> Form:
    """A text with parts in braces; each may be there or not, and nothing else in braces."""

    def fits(value: Any) -> bool:
        return isinstance(value, str) and set(parts_of(value)) <= set(parts) and value.count("{") == value.count("}") == len(parts_of(value))

    return Form(f"a text in which {', '.join(f'{{{part}}}' for part in parts)} may stand", fits)


def _each(wanted: str, fits: Callable[[Any], bool]) -> Form:
    """A table in braces, from one text to what fits."""
    return Form(wanted, lambda value: isinstance(value, Mapping) and all(map(len, value)) and all(map(fits, value.values())))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_letter(value: Any) -> bool:
    return _is_text(value) and len(value) == 1


def _is_surname(line: Any) -> bool:
    """Characters, and as many sounds."""
    return bool(_is_text(line) and _SURNAME.fullmatch(line)) and line.index(" ") == line.count(" ")


_LETTERS = Form(
    'letters with what stands for them, as { "ä" = "ae" }',
    lambda value: isinstance(value, Mapping) and all(map(_is_letter, value)) and all(_is_text(other) and other for other in value.values()),
)
_AMOUNT = _pattern("0")
_JOINED = _pattern("0", "1")

TABLES: tuple[Table, ...] = (
    Table("cldr", {"locale": Form('the tag of a language, as "en-GB"', lambda value: _is_text(value) and is_tag(value))}),
    Table("dateline", {
        "form": _pattern("place", "PLACE", "date", *_DAY), "local": _pattern("place", "PLACE", "date", *_DAY), "home": TEXTS, "sign": TEXT, "capitals": _LETTERS,
        "months": Form("the names of the twelve months, in a list", lambda value: isinstance(value, list) and len(value) == 12 and all(map(_is_text, value))),
    }),
    Table("dates", {"long": _pattern(*_DAY), "first": TEXT}),
    Table("times", {
        "clock": _pattern("hour", "minute"), "embargo": _pattern("date", "clock", "zone", "city", "offset", "utc"), "embargo_utc": _pattern("date", "clock"),
        "utc": _pattern("clock"), "utc_dated": _pattern("date", "clock"),
    }),
    Table("numbers", {"digits": one_of(*ZEROS)}),
    Table("sizes", {"kilobyte": _AMOUNT, "megabyte": _AMOUNT, "gigabyte": _AMOUNT}),
    Table("lists", {
        "two": _JOINED, "start": _JOINED, "middle": _JOINED, "end": _JOINED,
        "before": _each('beginnings of words with a pattern, as { "i" = "{0} e {1}" }', _JOINED.fits),
    }),
    Table("names", {"attribution": _pattern("name", "role", "organisation")}),
    Table("end", {"mark": TEXT}),
    Table("collation", {
        "first": TEXTS, "han": one_of(*SOUNDS), "as": _LETTERS,
        "after": _each('letters with a list of those that follow, as { n = ["ñ"] }', lambda value: isinstance(value, list) and all(map(_is_letter, value))),
        "surnames": Form('a list of surnames, each with its sounds, ["单 shàn", …]', lambda value: isinstance(value, list) and all(map(_is_surname, value))),
    }),
    Table("slug", {"without": TEXTS, "letters": _LETTERS, "by": one_of("pinyin")}),
)  # fmt: skip


def with_digits(text: str, name: str) -> str:
    """The text with its digits as those of that name."""
    zero = ord(ZEROS.get(name, "0"))
    return text if zero == ord("0") else text.translate({ord(str(number)): chr(zero + number) for number in range(10)})

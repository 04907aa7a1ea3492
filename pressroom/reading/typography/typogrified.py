"""What typogrify sets, and sets right: quotes beside letters, two hyphens, three dots, the last space. All else is hidden from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from typogrify.filters import smartypants, widont

from pressroom.model.typography import COUNT, Table
from pressroom.reading.typography.edits import HIDDEN, NO_BREAK, Edit, Rule
from pressroom.reading.typography.widows import last_gap

TABLE = Table("typogrify", {"longest": COUNT})

_SIGNS = re.compile(r"[\"']|--|\.\.\.")
# It takes every quote for one that opens or closes by its neighbours alone, reads a backslash as an escape, and cuts longer runs in two.
_LEFT = re.compile(
    r"""(?<![\s(\[])"(?=[^\W\d_]) | (?<![^\W\d_.,!?])"(?![^\W\d_]) | "(?=["'*\d«»“”‘’…]|--) | (?<=[^\W\d_.,!?])"(?![\s.,;:!?)\]]|\Z)
    | (?<![^\W\d_])' | '(?![^\W\d_\s.,;:!?)\]]|\Z) | -{3,} | \.{4,} | \.(?=\ \.) | (?<!\S)--(?=\S) """,
    re.VERBOSE,
)
_ENTITY = re.compile(r"&#(\d+);")
_LENGTHS = {8211: 3, 8212: 2, 8230: 3}
_MASKS = str.maketrans({"&": "*", "<": "*", ">": "*", "\\": "*", "`": "*", HIDDEN: "x"})


def compile_rule(table: Mapping[str, Any]) -> Rule:
    longest = table.get("longest", 0)

    def edits(text: str) -> Iterator[Edit]:
        if _SIGNS.search(text):
            yield from _changed(smartypants(_LEFT.sub(lambda found: "*" * len(found[0]), text.translate(_MASKS))))
        if place := last_gap(text, longest):
            first = text.rfind(" ", 0, place[0]) + 1
            before, tied, _ = widont(text[first:].translate(_MASKS)).partition("&nbsp;")
            if tied and first + len(before) == place[0]:
                yield *place, NO_BREAK

    return lambda text: sorted(edits(text))


def _changed(set_text: str) -> Iterator[Edit]:
    """The edits that it has made, by the references that it leaves: what each stands for has always the same length."""
    shift = 0
    for found in _ENTITY.finditer(set_text):
        start, length = found.start() - shift, _LENGTHS.get(int(found[1]), 1)
        yield start, start + length, chr(int(found[1]))
        shift += len(found[0]) - length

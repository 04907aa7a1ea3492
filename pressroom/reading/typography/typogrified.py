"""What typogrify sets, and sets right: quotes beside letters, two hyphens, three dots. All else is hidden from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from typogrify.filters import smartypants

from pressroom.model.typography import FLAG, Table
from pressroom.reading.typography.edits import HIDDEN, Edit, Rule

TABLE = Table("typogrify", {"marks": FLAG})

_SIGNS = re.compile(r"[\"']|--|\.\.\.")
# It takes every quote for one that opens or closes by its neighbours alone, reads a backslash as an escape, and cuts longer runs in two.
_LEFT = re.compile(
    r"""(?<![\s(\[])"(?=[^\W\d_]) | (?<![^\W\d_.,!?…])"(?![^\W\d_]) | "(?=["'*\d«»“”‘’…]|--) | (?<=[^\W\d_.,!?…])"(?![\s.,;:!?)\]]|\Z)
    | (?<![^\W\d_])' | '(?![^\W\d_]) | -{3,} | \.{4,} | (?<!\.\.)\.(?=\ \.) | (?<!\S)--(?=\S) """,
    re.VERBOSE,
)
# Where one comes after a digit, which may close or be inches, no quotation mark is for it.
_AFTER_DIGIT = re.compile(r'\d"(?!\w)')
_ENTITY = re.compile(r"&#(\d+);")
_LENGTHS = {8211: 3, 8212: 2, 8230: 3}
_MASKS = str.maketrans({"&": "*", "<": "*", ">": "*", "\\": "*", "`": "*", HIDDEN: "x"})


def compile_rule(table: Mapping[str, Any]) -> Rule:
    def rule(text: str) -> list[Edit]:
        if not table.get("marks") or not _SIGNS.search(text):
            return []
        if _AFTER_DIGIT.search(text):
            text = text.replace('"', "*")
        return list(_changed(smartypants(_LEFT.sub(lambda found: "*" * len(found[0]), text.translate(_MASKS)))))

    return rule


def _changed(set_text: str) -> Iterator[Edit]:
    """The edits that it has made, by the references that it leaves: what each stands for has always the same length."""
    shift = 0
    for found in _ENTITY.finditer(set_text):
        start, length = found.start() - shift, _LENGTHS.get(int(found[1]), 1)
        yield start, start + length, chr(int(found[1]))
        shift += len(found[0]) - length

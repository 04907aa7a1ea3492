"""The last word of a paragraph does not stand alone on a line: it is tied to the one before, where both are short enough for a narrow page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from typogrify.filters import widont

from pressroom.model.typography import COUNT, Table
from pressroom.reading.typography.edits import BREAK, HIDDEN, NO_BREAK, Edit, Rule

TABLE = Table("widows", {"longest": COUNT})

_NO_TAGS = str.maketrans("<>&", "***")
_WORD = re.compile(r"[^\W_]")


def compile_rule(table: Mapping[str, Any]) -> Rule:
    longest = table["longest"]

    def rule(text: str) -> list[Edit]:
        place = _last_gap(text, longest)
        if not place:
            return []
        first = text.rfind(" ", 0, place[0]) + 1
        before, tied, _ = widont(text[first:].translate(_NO_TAGS)).partition("&nbsp;")
        return [(*place, NO_BREAK)] if tied and first + len(before) == place[0] else []

    return rule


def _last_gap(text: str, longest: int) -> tuple[int, int] | None:
    """Where the last space of a text is, if what it ties together, and all that is tied to that already, is no longer than a narrow page bears."""
    bare = text.rstrip(" ")
    end = bare.rfind(" ") + 1
    start = len(bare[:end].rstrip(" "))
    if not start or text[start - 1] == BREAK or NO_BREAK in bare[end:] or not _WORD.search(bare, end):
        return None
    tied = bare[max(bare.rfind(" ", 0, start), bare.rfind(BREAK, 0, start)) + 1 :]
    return (start, end) if len(tied) <= longest and HIDDEN not in tied else None

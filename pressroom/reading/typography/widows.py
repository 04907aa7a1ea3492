"""The last word of a paragraph does not stand alone on a line: it is tied to the one before, where both are short enough for a narrow page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pressroom.model.typography import COUNT, Table
from pressroom.reading.typography.edits import HIDDEN, NO_BREAK, Edit, Rule

TABLE = Table("widows", {"longest": COUNT})

_TIED = re.compile(rf"{NO_BREAK}(?=\w)")


def compile_rule(table: Mapping[str, Any]) -> Rule:
    longest = table["longest"]

    def rule(text: str) -> list[Edit]:
        place = last_gap(text, longest)
        return [(*place, NO_BREAK)] if place else []

    return rule


def last_gap(text: str, longest: int) -> tuple[int, int] | None:
    """Where the last space of a text is, if what it ties together, and all that is tied to that already, is no longer than a narrow page bears."""
    bare = text.rstrip(" ")
    end = bare.rfind(" ") + 1
    start = len(bare[:end].rstrip(" "))
    if not start or text[start - 1] == "\u2028" or _TIED.search(bare, end):
        return None
    tied = bare[max(bare.rfind(" ", 0, start), bare.rfind("\u2028", 0, start)) + 1 :]
    return (start, end) if len(tied) <= longest and HIDDEN not in tied else None

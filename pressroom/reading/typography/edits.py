"""What a rule does to a text: pieces of it replaced, each where it stands."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

Edit = tuple[int, int, str]
"""From, to, and what stands there instead. It always replaces something, so that every new sign belongs to one that was there."""
Rule = Callable[[str], Sequence[Edit]]

HIDDEN = "\ufffc"
"""Stands for what no rule may see, as a letter would: code, an address, words in another language."""
BREAK = "\u2028"
"""Stands for the end of a line that the text itself ends."""
NO_BREAK = "\u00a0"
SPACES = " \u00a0\u202f\u2009"


def applied(text: str, edits: Sequence[Edit]) -> str:
    parts, at = [], 0
    for start, end, new in edits:
        parts += text[at:start], new
        at = end
    parts.append(text[at:])
    return "".join(parts)


def traced(origin: array[int], edits: Sequence[Edit]) -> array[int]:
    """Where each sign of the new text was in the first: `origin` says so of the text before the edits."""
    found, at = array("I"), 0
    for start, end, new in edits:
        found += origin[at:start]
        found += origin[start : start + 1] * len(new)
        at = end
    return found + origin[at:]

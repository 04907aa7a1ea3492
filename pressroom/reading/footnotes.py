"""Footnotes that are defined twice: Python-Markdown would keep the last and lose the words of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def defined_twice(source: str) -> Iterator[tuple[str, int, int]]:
    """Each later definition of a footnote: its name, its line from 1, and the line of the first."""
    first: dict[str, int] = {}
    fence = ""
    for number, line in enumerate(source.split("\n"), 1):
        opening = _FENCE.match(line)
        if opening and not fence:
            fence = opening[1]
        elif fence and line.strip().startswith(fence):
            fence = ""
        found = None if fence else _DEFINITION.match(line)
        if found and first.setdefault(found[1], number) != number:
            yield found[1], number, first[found[1]]

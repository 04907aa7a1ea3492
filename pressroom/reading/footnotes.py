"""Where footnotes are defined; one that is defined twice is told, for Python-Markdown would keep the last and lose the words of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def first_definition(source: str) -> int:
    """The line of the first definition of a footnote, from 1; 0 where there is none."""
    return next((number for _, number in _definitions(source)), 0)


def defined_twice(source: str) -> Iterator[tuple[str, int, int]]:
    """Each later definition of a footnote: its name, its line from 1, and the line of the first."""
    first: dict[str, int] = {}
    for name, number in _definitions(source):
        if first.setdefault(name, number) != number:
            yield name, number, first[name]


def _definitions(source: str) -> Iterator[tuple[str, int]]:
    fence = ""
    for number, line in enumerate(source.split("\n"), 1):
        opening = _FENCE.match(line)
        if opening and not fence:
            fence = opening[1]
        elif fence and line.strip().startswith(fence):
            fence = ""
        found = None if fence else _DEFINITION.match(line)
        if found:
            yield found[1], number

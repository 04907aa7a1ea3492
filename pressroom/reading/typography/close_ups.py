"""No typed space between a writing without spaces and Latin letters or digits in it: the page leaves a gap there by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pressroom.model.typography import Table, one_of
from pressroom.reading.typography.edits import Edit, Rule
from pressroom.reading.typography.scripts import SCRIPTS

TABLE = Table("close_ups", {"beside": one_of("Han")})

_GAP = re.compile("[ \u00a0]+")
_LATIN = re.compile("[0-9A-Za-z\u00c0-\u024f%°℃]")


def compile_rule(table: Mapping[str, Any]) -> Rule:
    script = SCRIPTS[table["beside"]]

    def rule(text: str) -> list[Edit]:
        found = [gap.span() for gap in _GAP.finditer(text, 1)]
        return [(start, end, "") for start, end in found if end < len(text) and between(text[start - 1], text[end])]

    def between(before: str, after: str) -> bool:
        return bool(script.match(before) and _LATIN.match(after) or _LATIN.match(before) and script.match(after))

    return rule

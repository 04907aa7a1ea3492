"""Typed hyphens that stand for a dash become it: between spaces, two or three in a row, and where somebody begins to speak."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pressroom.model.typography import FLAG, SIGN, Table, one_of
from pressroom.reading.typography.edits import HIDDEN, NO_BREAK, SPACES, Edit, Rule

TABLE = Table("dashes", {"spaced": SIGN, "double": SIGN, "no_break_before": FLAG, "dialogue": one_of("spaced", "glued"), "dialogue_dash": SIGN})

_DASH = re.compile(rf"([{SPACES}]*)(-+|[–—]+)([{SPACES}]?)")
_DIALOGUE = re.compile(rf"(-(?=[{SPACES}])|-{{2,3}}|[–—])([{SPACES}]*)(?=[^\W_]|[¿¡«„“\"'…{HIDDEN}])")
# An aside that ends: two hyphens after a word, and none before the next.
_ENDED = re.compile(r"\w[.?!…»”]?-{2,3}(?![\w-])")
# The sign of the sentence behind a dash that ends an aside: the long one -, the river.
_SIGN = re.compile(r"[,;:.!?…،؛؟](?!\w)")


def compile_rule(table: Mapping[str, Any]) -> Rule:
    spaced, double, no_break = table.get("spaced"), table.get("double"), table.get("no_break_before", False)
    dialogue, dialogue_dash = table.get("dialogue"), table.get("dialogue_dash") or table.get("spaced")

    def edits(text: str) -> Iterator[Edit]:
        begun, ended = 0, bool(_ENDED.search(text))
        if dialogue and dialogue_dash and (found := _DIALOGUE.match(text)):
            yield from _speaking(found, dialogue, dialogue_dash)
            begun = found.end()
        for found in _DASH.finditer(text, begun):
            before, dash, after = found.groups()
            if before and (after or (begun and _SIGN.match(text, found.end()))) and found.start() and len(dash) <= 3:
                begun = found.end()
                if dash == "-" and _between_digits(text, found):
                    continue
                if no_break and before != NO_BREAK:
                    yield *found.span(1), NO_BREAK
                sign = spaced or (double if dash != "-" else None)
                if sign and dash[0] == "-":
                    yield *found.span(2), sign
            elif double and dash in ("--", "---") and (not before or after or ended):
                yield *found.span(2), double

    def rule(text: str) -> list[Edit]:
        return list(edits(text)) if "-" in text or "–" in text or "—" in text else []

    return rule


def _speaking(found: re.Match[str], dialogue: str, dash: str) -> Iterator[Edit]:
    gap = NO_BREAK if dialogue == "spaced" else ""
    if found[2]:
        if found[1] != dash:
            yield *found.span(1), dash
        if found[2] != gap:
            yield *found.span(2), gap
    elif found[1] + gap != dash:
        yield *found.span(1), dash + gap


def _between_digits(text: str, found: re.Match[str]) -> bool:
    """Whether a hyphen between spaces is a minus."""
    return text[found.start() - 1].isdigit() and text[found.end() : found.end() + 1].isdigit()

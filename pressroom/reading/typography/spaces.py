"""The spaces of a language before its signs, inside its quotation marks, before per cent and between the digits of large numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pressroom.model.typography import PAIR, TEXT, Table, one_of
from pressroom.reading.typography.edits import NARROW, NO_BREAK, SPACES, Edit, Rule

_KINDS = {"narrow": NARROW, "wide": NO_BREAK, "none": ""}
_KIND = one_of(*_KINDS)
TABLE = Table("spaces", {
    "narrow_before": TEXT, "wide_before": TEXT, "none_before": TEXT, "quotes": PAIR, "inside_quotes": _KIND, "percent": _KIND, "thousands": _KIND,
})  # fmt: skip

_PERCENT = re.compile(rf"(?<=\d)([{SPACES}]*)([%‰])(?!\w)")
_THOUSANDS = re.compile(r"(?<![\w.,+])(?<![0-9][ \u00a0\u202f])[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3})+(?![ \u00a0\u202f]?[0-9])")
_GAP = re.compile(r"[ \u00a0\u202f]")


def compile_rule(table: Mapping[str, Any]) -> Rule:
    parts: list[Callable[[str], Iterator[Edit]]] = []
    before = {sign: _KINDS[kind] for kind in _KINDS for sign in table.get(f"{kind}_before", "")}
    if before:
        parts.append(_before_signs(before))
    if "inside_quotes" in table:
        parts.append(_inside_quotes(table.get("quotes", "«»"), _KINDS[table["inside_quotes"]]))
    if "percent" in table:
        parts.append(_before_percent(_KINDS[table["percent"]]))
    if table.get("thousands") in ("narrow", "wide"):
        parts.append(_thousands(_KINDS[table["thousands"]]))
    return lambda text: sorted(edit for part in parts for edit in part(text))


def _gap(start: int, end: int, sign: str, wanted: str, is_after: bool = False) -> Iterator[Edit]:
    """The edit that leaves the wanted space, where it is not there, between `start` and `end`; `sign` stands beside and takes it along."""
    if start < end:
        yield start, end, wanted
    elif is_after:
        yield start - 1, start, sign + wanted
    else:
        yield end, end + 1, wanted + sign


def _before_signs(wanted: Mapping[str, str]) -> Callable[[str], Iterator[Edit]]:
    signs = re.escape("".join(wanted))
    # What is no end of a clause stays: 10:30, a::b, :-), php?x; and what begins a text or a bracket.
    found_at = re.compile(rf"(?<=[^\s(\[{{¿¡{signs}])([{SPACES}]*)([{signs}])([{signs}]*)(?=$|\s|[»”’\"'\])}}](?=$|\W))")

    def part(text: str) -> Iterator[Edit]:
        for found in found_at.finditer(text):
            gap, sign, more = found.groups()
            if gap == wanted[sign] or (sign == ":" and more) or (text[found.end() : found.end() + 1] == ")" and sign in ":;"):
                continue
            yield from _gap(*found.span(1), sign, wanted[sign])

    return part


def _inside_quotes(pair: str, wanted: str) -> Callable[[str], Iterator[Edit]]:
    opening = re.compile(rf"{re.escape(pair[0])}([{SPACES}]*)(?=[^\s{re.escape(pair)}])")
    closing = re.compile(rf"(?<=[^\s{re.escape(pair)}])([{SPACES}]*){re.escape(pair[1])}")

    def part(text: str) -> Iterator[Edit]:
        if pair[0] in text or pair[1] in text:
            for found in opening.finditer(text):
                if found[1] != wanted:
                    yield from _gap(*found.span(1), pair[0], wanted, is_after=True)
            for found in closing.finditer(text):
                if found[1] != wanted:
                    yield from _gap(*found.span(1), pair[1], wanted)

    return part


def _before_percent(wanted: str) -> Callable[[str], Iterator[Edit]]:
    def part(text: str) -> Iterator[Edit]:
        if "%" in text or "‰" in text:
            for found in _PERCENT.finditer(text):
                if found[1] != wanted:
                    yield from _gap(*found.span(1), found[2], wanted)

    return part


def _thousands(wanted: str) -> Callable[[str], Iterator[Edit]]:
    def part(text: str) -> Iterator[Edit]:
        for found in _THOUSANDS.finditer(text):
            for gap in _GAP.finditer(text, *found.span()):
                if gap[0] != wanted:
                    yield *gap.span(), wanted

    return part

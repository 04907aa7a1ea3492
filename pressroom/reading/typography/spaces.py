"""The spaces of a language before its signs, inside its quotation marks, before per cent and between the digits of large numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pressroom.model.typography import GAPS, PAIR, SPACED_MARKS, TEXT, Table, one_of
from pressroom.reading.typography.edits import SPACES, Edit, Rule

_KIND = one_of(*GAPS)
TABLE = Table("spaces", {
    "narrow_before": TEXT, "wide_before": TEXT, "none_before": TEXT, "quotes": PAIR, "inside_quotes": _KIND, "percent": _KIND, "thousands": _KIND,
})  # fmt: skip

_BEGINNING = "([{¿¡«„“‘‹"
_PERCENT = re.compile(rf"(?<=\d)([{SPACES}]*)([%‰])(?!\w)")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3})+(?![ \u00a0\u202f]?[0-9])")
_IN_NUMBER = tuple("_.,+")
_GAP = re.compile(r"[ \u00a0\u202f]")
# What may come after a sign that ends a clause; 10:30, a::b, :-) and php?x end none.
_ENDED = re.compile(r"$|\s|[»…]|[”’\"'\])}](?=$|\W)")


def compile_rule(table: Mapping[str, Any]) -> Rule:
    parts: list[Callable[[str], Iterator[Edit]]] = []
    before = {sign: GAPS[kind] for kind in GAPS for sign in table.get(f"{kind}_before", "")}
    if before:
        parts.append(_before_signs(before))
    if "inside_quotes" in table:
        parts.append(_inside_quotes(table.get("quotes", SPACED_MARKS), GAPS[table["inside_quotes"]]))
    if "percent" in table:
        parts.append(_before_percent(GAPS[table["percent"]]))
    if table.get("thousands") in ("narrow", "wide"):
        parts.append(_thousands(GAPS[table["thousands"]]))
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
    runs = re.compile(f"[{re.escape(''.join(wanted))}]+")

    def part(text: str) -> Iterator[Edit]:
        for found in runs.finditer(text):
            at, sign = found.start(), found[0][0]
            start = _start_of_gap(text, at)
            if not start or text[start - 1].isspace() or text[start - 1] in _BEGINNING or not _ENDED.match(text, found.end()):
                continue
            is_face = sign in ":;" and text[found.end() : found.end() + 1] == ")"
            if text[start:at] != wanted[sign] and not is_face and (sign != ":" or found[0] == ":"):
                yield from _gap(start, at, sign, wanted[sign])

    return part


def _start_of_gap(text: str, end: int) -> int:
    while end and text[end - 1] in SPACES:
        end -= 1
    return end


def _inside_quotes(pair: str, wanted: str) -> Callable[[str], Iterator[Edit]]:
    marks = re.compile(f"{re.escape(pair[0])}[{SPACES}]*|{re.escape(pair[1])}")

    def part(text: str) -> Iterator[Edit]:
        for found in marks.finditer(text):
            start, end = found.start(), found.end()
            if found[0] == pair[1]:
                end, start = start, _start_of_gap(text, start)
                if start and not text[start - 1].isspace() and text[start - 1] not in pair and text[start:end] != wanted:
                    yield from _gap(start, end, pair[1], wanted)
            elif end < len(text) and not text[end].isspace() and text[end] not in pair and text[start + 1 : end] != wanted:
                yield from _gap(start + 1, end, pair[0], wanted, is_after=True)

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
            before = text[max(0, found.start() - 2) : found.start()]
            if before[-1:].isalnum() or before[-1:] in _IN_NUMBER or (before[-1:] in tuple(SPACES) and before[:1].isdigit()):
                continue
            for gap in _GAP.finditer(text, *found.span()):
                if gap[0] != wanted:
                    yield *gap.span(), wanted

    return part

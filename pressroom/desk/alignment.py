"""Which passage of a translation stands where one of its original does: by place, and never by a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pressroom.ground.problems import Problem
from pressroom.model.document import Edition
from pressroom.model.text import Facts

NONE = -1
Place = tuple[int, int]
"""A segment's number and 0; or, outside all segments, 0 and how many headings stand before."""


def counterparts(facts: Facts, original: Facts) -> tuple[int, ...]:
    """For each passage of a translation the number of the original's passage in its place, or NONE.

    Passage m of a segment, or under a heading, corresponds to passage m there, if as many blocks of the same kinds hold passages in that place.
    Where the two texts do not have the same segments, or the same headings, what is in them has no counterpart.
    """
    mine, theirs = _places(facts), _places(original)
    found = [NONE] * len(facts.passages)
    for place, numbers in mine.items():
        others = theirs.get(place, [])
        if _comparable(place, facts, original, mine, theirs) and _shape(facts, numbers) == _shape(original, others):
            for number, other in zip(numbers, others, strict=True):
                found[number] = other
    return tuple(found)


def same_segments(facts: Facts, other: Facts) -> bool:
    """Whether segment n of one text is segment n of the other."""
    return _kinds(facts) == _kinds(other)


def same_headings(facts: Facts, other: Facts) -> bool:
    """Whether heading n of one text, outside all segments, is heading n of the other."""
    return _sections(_places(facts)) == _sections(_places(other))


def differing_places(edition: Edition, original: Edition) -> Iterator[Problem]:
    """Where a translation and its original cannot be set side by side passage by passage."""
    facts, of_original = edition.facts, original.facts
    mine, theirs = _places(facts), _places(of_original)
    hint = "quotations from there are copied without the original's words; divide both texts alike"
    if not same_segments(facts, of_original):
        line = facts.segments[0].line if facts.segments else 0
        message = f"the segments are not those of the original, {original.path}: {len(facts.segments)} here, {len(of_original.segments)} there"
        yield Problem("AG001", message, edition.path, line, 1 if line else 0, hint)
    if _sections(mine) != _sections(theirs):
        message = f"the text is not divided by headings as the original, {original.path}, is"
        yield Problem("AG001", message, edition.path, hint=hint)
    for place in sorted({*mine, *theirs}):
        numbers, others = mine.get(place, []), theirs.get(place, [])
        if _comparable(place, facts, of_original, mine, theirs) and _shape(facts, numbers) != _shape(of_original, others):
            line = facts.passages[numbers[0]].line if numbers else 0
            where = f"segment {place[0]}" if place[0] else f"the text under heading {place[1]}" if place[1] else "the text before any heading"
            message = f"{where} does not have the passages of the original, {original.path}: {len(numbers)} here, {len(others)} there"
            if len(numbers) == len(others):
                message = f"{where} has other blocks than the original, {original.path}: a quotation, a list or a paragraph for another"
            yield Problem("AG001", message, edition.path, line, 1 if line else 0, hint)


def _places(facts: Facts) -> dict[Place, list[int]]:
    """The numbers of the passages in each place, in the order of the text."""
    found: dict[Place, list[int]] = {}
    for number, passage in enumerate(facts.passages):
        place = (passage.segment, 0) if passage.segment else (0, passage.section)
        found.setdefault(place, []).append(number)
    return found


def _comparable(place: Place, facts: Facts, original: Facts, mine: Mapping[Place, list[int]], theirs: Mapping[Place, list[int]]) -> bool:
    """Whether a place of one text is the same place in the other."""
    return same_segments(facts, original) if place[0] else _sections(mine) == _sections(theirs)


def _kinds(facts: Facts) -> list[str]:
    return [segment.kind for segment in facts.segments]


def _sections(places: Mapping[Place, list[int]]) -> set[Place]:
    return {place for place in places if not place[0]}


def _shape(facts: Facts, numbers: list[int]) -> list[str]:
    return [facts.passages[number].block for number in numbers]


def without_counterparts(facts: Facts, original: Facts, found: tuple[int, ...]) -> Iterator[tuple[list[int], list[int]]]:
    """The passages of both texts that correspond to none, as bags that belong together: by place where the places are the same, else all."""
    taken = set(found)
    mine = {place: [n for n in numbers if found[n] == NONE] for place, numbers in _places(facts).items()}
    theirs = {place: [n for n in numbers if n not in taken] for place, numbers in _places(original).items()}
    if not (same_segments(facts, original) and same_headings(facts, original)):
        mine, theirs = ({(0, 0): [n for numbers in places.values() for n in numbers]} for places in (mine, theirs))
    for place in sorted({*mine, *theirs}):
        if bag := (mine.get(place, []), theirs.get(place, [])):
            if any(bag):
                yield bag

"""Two texts cut into the stretches that stand side by side: by the places that both have, in the order of both, and never by a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressroom.model.site import Pair
from pressroom.model.text import Block, Facts

_ANY = -1
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks of an edition and of the other, by number, that belong beside each other; one of the two may be empty.

    `whole`: they do so as a whole, and do not correspond passage by passage.
    """

    edition: range
    other: range
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    """Blocks that stand together whatever is beside them: one with the cues before it, or all of a place that differs from the other text's."""

    blocks: range
    label: tuple[_Place, str]
    passages: tuple[int, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    """Units of one text and of the other that hold each other's passages, by the numbers of the first and last of them."""

    first: int
    last: int
    other_first: int
    other_last: int
    crossed: bool = False


def stretches(pair: Pair, blocks: Sequence[Block], other_blocks: Sequence[Block]) -> Iterator[Stretch]:
    """Every block of both texts in its own order. What is not of the same place in both, and alike there, is beside nothing, or all in one."""
    uneven = _uneven(pair)
    units, others = _units(pair, pair.edition.facts, blocks, uneven), _units(pair, pair.other.facts, other_blocks, uneven)
    last = other_last = 0
    for match in _matches(units, others, pair.counterparts):
        yield from _between(units[last : match.first], others[other_last : match.other_first])
        last, other_last = match.last + 1, match.other_last + 1
        yield Stretch(_blocks(units[match.first : last]), _blocks(others[match.other_first : other_last]), match.crossed)
    yield from _between(units[last:], others[other_last:])


def _place(pair: Pair, segment: int, headings: int) -> _Place:
    """A segment, or the text under a heading; where the two texts do not have the same of these, all of them are one place."""
    if segment:
        return (segment if pair.segments else _ANY, 0)
    return (0, headings if pair.headings else _ANY)


def _uneven(pair: Pair) -> set[_Place]:
    """The places in which a passage of either text has no counterpart."""
    facts, others, met = pair.edition.facts.passages, pair.other.facts.passages, set(pair.counterparts)
    found = {_place(pair, passage.segment, passage.section) for passage, number in zip(facts, pair.counterparts, strict=True) if number < 0}
    return found | {_place(pair, passage.segment, passage.section) for number, passage in enumerate(others) if number not in met}


def _units(pair: Pair, facts: Facts, blocks: Sequence[Block], uneven: set[_Place]) -> list[_Unit]:
    units: list[_Unit] = []
    headings = 0
    for number, block in enumerate(blocks):
        headings = facts.passages[block.passages[0]].section if block.passages else headings + (block.kind == "heading")
        place = (0, 0) if block.kind == "footnotes" else _place(pair, block.segment, headings)
        heads = block.kind == "heading" and not block.segment and pair.headings
        whole = place in uneven and not heads and block.kind != "footnotes"
        label, start = (place, "" if whole else block.kind), number
        last = units[-1] if units else None
        # A cue says when that is spoken which follows it.
        if last and (last.label == label if whole else last.label == (place, "cue")):
            start = units.pop().blocks.start
        units.append(_Unit(range(start, number + 1), label, block.passages, whole))
    return units


def _matches(units: Sequence[_Unit], others: Sequence[_Unit], counterparts: Sequence[int]) -> list[_Match]:
    """The units that hold each other's passages, in the order of both texts. Those that cannot all be in order are one match."""
    places = {passage: number for number, unit in enumerate(others) for passage in unit.passages}
    found: list[_Match] = []
    for number, unit in enumerate(units):
        for passage in () if unit.whole else unit.passages:
            other = places[counterparts[passage]]
            match = _Match(number, number, other, other)
            while found and (found[-1].last >= match.first or found[-1].other_last >= match.other_first):
                before = found.pop()
                crossed = before.crossed or match.crossed or match.other_first < before.other_last
                match = _Match(
                    before.first, match.last, min(before.other_first, match.other_first), max(before.other_last, match.other_last), crossed
                )  # fmt: skip
            found.append(match)
    return found


def _between(units: Sequence[_Unit], others: Sequence[_Unit]) -> Iterator[Stretch]:
    """What lies between two matches: like beside like where both have as many, in the same order; else all that is there as a whole."""
    labels, other_labels = {unit.label for unit in units}, {unit.label for unit in others}
    alike = [number for number, unit in enumerate(units) if unit.label in other_labels]
    other_alike = [number for number, unit in enumerate(others) if unit.label in labels]
    if [units[number].label for number in alike] != [others[number].label for number in other_alike]:
        yield Stretch(_blocks(units), _blocks(others), True)
        return
    last = other_last = 0
    for number, other in zip([*alike, len(units)], [*other_alike, len(others)], strict=True):
        yield from (Stretch(range(0), unit.blocks) for unit in others[other_last:other])
        yield from (Stretch(unit.blocks, range(0)) for unit in units[last:number])
        if number < len(units):
            yield Stretch(units[number].blocks, others[other].blocks, units[number].whole)
        last, other_last = number + 1, other + 1


def _blocks(units: Sequence[_Unit]) -> range:
    return range(units[0].blocks.start, units[-1].blocks.stop)

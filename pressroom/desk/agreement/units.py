"""What of two editions is compared with what: each passage with the one in its place, what has none as a bag, the fields, headings and tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pressroom.desk import alignment
from pressroom.desk.agreement.digest import plain_html
from pressroom.desk.agreement.mentions import Sentences, sentences
from pressroom.desk.agreement.reckoning import reckon, together
from pressroom.desk.agreement.tokens import Reckoning
from pressroom.model.document import Edition
from pressroom.model.text import Body

_BLOCKS = ("heading", "table", "note", "footnotes", "other")
_FIELDS = ("title", "subtitle", "summary")
_BY_FILE = ("captions", "alts")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text, and the line in which it begins."""

    line: int
    text: str


@dataclass(frozen=True)
class Side:
    """An edition with its body, where the fields of its header stand, the document's date, whether it is a draft, and the addresses of the files that
    the document offers in all its languages.

    What is read of its texts is kept: an original is compared with all its translations.
    """

    edition: Edition
    body: Body
    places: Mapping[str, tuple[int, int]]
    date: date | None = None
    draft: bool = False
    offered: frozenset[str] = frozenset()

    @property
    def lang(self) -> str:
        return self.edition.lang

    @property
    def top(self) -> int:
        """The line that stands for the document as a whole: that of its title."""
        return self.places.get("title", (1, 1))[0]

    @cached_property
    def units(self) -> list[Unit]:
        """All that the edition says."""
        return list(_every(self))

    @cached_property
    def sentences(self) -> Sentences:
        return sentences(self.lang, [(unit.line, unit.text) for unit in self.units])

    @cached_property
    def _reckoned(self) -> dict[str, Reckoning]:
        return {}

    def reckoned(self, units: Iterable[Unit]) -> Reckoning:
        """The numbers and days of some of its texts, as one bag."""
        known = self._reckoned
        found = []
        for unit in units:
            if unit.text not in known:
                known[unit.text] = reckon(unit.text, self.lang, self.date)
            found.append(known[unit.text])
        return found[0] if len(found) == 1 else together(found)

    def line_of(self, field: str) -> int:
        """The line of a field; of the title, where the header does not have it."""
        return self.places.get(field, (self.top, 1))[0]

    def where(self, line: int) -> str:
        return f"{self.edition.path}:{line}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Units of the translation and of the original. Those of a header are free to say more or less than each other, if the whole text has it."""

    mine: list[Unit]
    other: list[Unit]
    free: bool = False


def pairs(mine: Side, other: Side) -> Iterator[Pair]:
    """The units of a translation and of its original that must agree. A field that one of them lacks is nobody's to compare."""
    for name in _FIELDS:
        if one_of := _both(getattr(mine.edition.fields, name), getattr(other.edition.fields, name), name, mine, other):
            yield one_of
    if one_of := _both(plain_html(mine.body.notes), plain_html(other.body.notes), "notes", mine, other):
        yield one_of
    for name in _BY_FILE:
        ours, theirs = getattr(mine.edition.fields, name), getattr(other.edition.fields, name)
        for file in sorted(ours.keys() & theirs.keys()):
            if one_of := _both(ours[file], theirs[file], name, mine, other):
                yield one_of
    counterparts = mine.edition.counterparts
    for number, counterpart in enumerate(counterparts):
        if counterpart != alignment.NONE:
            yield Pair([_passage(mine, number)], [_passage(other, counterpart)])
    for numbers, others in alignment.without_counterparts(mine.edition.facts, other.edition.facts, counterparts):
        yield Pair([_passage(mine, n) for n in numbers], [_passage(other, n) for n in others])
    yield from _blocks(mine, other)


def _every(side: Side) -> Iterator[Unit]:
    fields, facts = side.edition.fields, side.edition.facts
    yield from (Unit(side.line_of(name), getattr(fields, name)) for name in _FIELDS if getattr(fields, name))
    yield from (Unit(passage.line, side.body.passages[n]) for n, passage in enumerate(facts.passages))
    yield from (Unit(block.line, block.text) for block in side.body.blocks if block.kind in ("figure", "quotation", *_BLOCKS))
    yield from (Unit(side.line_of(name), text) for name in _BY_FILE for text in getattr(fields, name).values())
    if side.body.notes:
        yield Unit(side.line_of("notes"), plain_html(side.body.notes))
    for segment in facts.segments:
        if voice := segment.voice:
            yield Unit(segment.line, ", ".join(filter(None, (voice.name, voice.role, voice.organisation))))
    yield from (Unit(side.top, f"{quotation.name}, {quotation.role}, {quotation.organisation}") for quotation in facts.quotations)


def _both(mine: str, other: str, name: str, one: Side, two: Side) -> Pair | None:
    if not mine or not other:
        return None
    return Pair([Unit(one.line_of(name), mine)], [Unit(two.line_of(name), other)], free=name in _FIELDS)


def _passage(side: Side, number: int) -> Unit:
    return Unit(side.edition.facts.passages[number].line, side.body.passages[number])


def _blocks(mine: Side, other: Side) -> Iterator[Pair]:
    """What holds no passage: one by one where both have as many of a kind, else all of that kind together."""
    ours, theirs = _by_kind(mine), _by_kind(other)
    for kind in sorted({*ours, *theirs}):
        left, right = ours.get(kind, []), theirs.get(kind, [])
        if len(left) == len(right):
            yield from (Pair([one], [two]) for one, two in zip(left, right, strict=True))
        else:
            yield Pair(left, right)


def _by_kind(side: Side) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for block in side.body.blocks:
        if block.kind in _BLOCKS and not block.passages and block.text:
            found[block.kind].append(Unit(block.line, block.text))
    return found

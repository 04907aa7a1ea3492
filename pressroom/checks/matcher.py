"""Many needles, found in one pass over a text: windows of words looked up by their hash, fields looked up whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise

from pressroom.checks import folding
from pressroom.checks.needles import SEGMENT, Needle, telling_pair
from pressroom.checks.runs import FIELD, HAN_PHRASE, HAN_RUN, PHRASE, PHRASE_CHARACTERS, PHRASE_WORDS, RUN, RUN_CHARACTERS, RUN_WORDS

_ADDRESS_ENDS = re.compile(r"[^\w./-]+")
_SEGMENT = re.compile(r"[\w.-]+")
_TWO_SEGMENTS = re.compile(r"(?=(?<![\w.-])(\d{4}/[\w.-]+))")
_LONGEST_KEPT = 300
_MOST_KEPT = 30_000


_Heads = dict[tuple[str, ...], list[tuple[tuple[str, ...], int]]]
"""Phrases with their numbers, by their first three words."""


class Matcher:
    """The needles by number, ready to be looked for. A field that was seen is not looked at again."""

    def __init__(self, needles: Iterable[tuple[int, Needle]]) -> None:
        self._runs: dict[int, int] = {}
        self._by_way: dict[str, dict[str, int]] = {way: {} for way in (HAN_RUN, FIELD, SEGMENT, PHRASE, HAN_PHRASE)}
        self._heads: _Heads = {}
        self._han_heads: dict[str, list[tuple[str, int]]] = {}
        self._longest_field = 0
        self._short: dict[tuple[str, ...], int] = {}
        self._field_heads: _Heads = {}
        self._pairs: set[tuple[str, str]] = set()
        self._han_fields: list[tuple[str, int]] = []
        for number, needle in needles:
            found = tuple(needle.value.split())
            if len(found) >= PHRASE_WORDS:
                place = telling_pair(found)
                self._pairs.add((found[place], found[place + 1]))
            if needle.way == RUN:
                self._runs[hash(found)] = number
            elif needle.way in self._by_way:
                self._by_way[needle.way][needle.value] = number
            if needle.way == PHRASE:
                self._heads.setdefault(found[:PHRASE_WORDS], []).append((found, number))
            elif needle.way == HAN_PHRASE:
                self._han_heads.setdefault(needle.value[:PHRASE_CHARACTERS], []).append((needle.value, number))
            elif needle.way == FIELD:
                self._take_field(needle.value, number)
        self._short_words = {words[0] for words in self._short if words}
        self._seen: dict[str, tuple[list[str], frozenset[int]]] = {}
        self._clean_tags: set[str] = set()

    def _take_field(self, value: str, number: int) -> None:
        self._longest_field = max(self._longest_field, len(value))
        found = tuple(value.split())
        if folding.HAN.search(value):
            self._han_fields.append((value, number))
        elif len(found) < PHRASE_WORDS:
            self._short[found] = number
        else:
            self._field_heads.setdefault(found[:PHRASE_WORDS], []).append((found, number))

    def find(self, text: str) -> set[int]:
        """The numbers of the needles that a text holds."""
        unknown = folding.tags(text) - self._clean_tags
        found = self._find_in(folding.readings_of_tags(sorted(unknown))) if unknown else set()
        if not found:
            if len(self._clean_tags) >= _MOST_KEPT:
                self._clean_tags.clear()
            self._clean_tags |= unknown
        return found | self._find_in(folding.readings(text, without_tags=True))

    def _find_in(self, readings: Iterable[str]) -> set[int]:
        found: set[int] = set()
        for reading in readings:
            fields = [self._field(field) for field in reading.split(folding.BORDER)]
            found.update(*(hits for _, hits in fields if hits))
            found |= self._runs_in(list(chain.from_iterable(said for said, _ in fields)))
        return found

    def find_long(self, text: str) -> set[int]:
        """Those of the needles that are long enough to be looked for among bytes that are no text."""
        found: set[int] = set()
        for reading in folding.readings(text):
            said = folding.words(reading)
            found |= self._runs_in(said) | _starting(said, self._heads) | self._han_in(folding.characters(reading))
        return found

    def find_anywhere(self, *texts: str) -> set[int]:
        """Every needle that occurs in one of some texts at all, short ones in the midst of prose too."""
        readings = [spelling.split("\n") for spelling in dict.fromkeys(spelling for text in texts for spelling in folding.spellings(text))]
        lines = list(dict.fromkeys(chain.from_iterable(readings)))
        folded = dict(zip(lines, folding.fold("\n".join(lines)).split("\n"), strict=True)) if lines else {}
        said = {line: folding.words(text) for line, text in folded.items()}
        found: set[int] = set()
        # The forms of a text mostly say the same: each thing said is looked at once, with as much behind it as a needle may go on.
        looked_at: set[tuple[str, ...]] = set()
        for reading in readings:
            words = list(chain.from_iterable(said[line] for line in reading))
            start = 0
            for line in reading:
                if size := len(said[line]):
                    region = tuple(words[start : start + size + RUN_WORDS - 1])
                    start += size
                    if region not in looked_at:
                        looked_at.add(region)
                        found |= self._said_in(region)
        if folding.HAN.search("".join(folded.values())):
            for near in dict.fromkeys(tuple(folding.characters("\n".join(folded[line] for line in reading))) for reading in readings):
                found |= self._han_in(near)
                near_han = " ".join(near)
                found.update(number for value, number in self._han_fields if value in near_han)
        return found | self._segments_in(folded.values(), set(chain.from_iterable(said.values())))

    def _said_in(self, words: Sequence[str]) -> set[int]:
        found: set[int] = set()
        # No needle of several words is where none has a pair of its words.
        if not self._pairs.isdisjoint(pairwise(words)):
            found |= self._runs_in(words) | _starting(words, self._heads) | _starting(words, self._field_heads)
        if not self._short_words.isdisjoint(words):
            found.update(self._short[few] for few in {*_windows_of(words, 1), *_windows_of(words, 2)} & self._short.keys())
        return found

    def _segments_in(self, folded: Iterable[str], words: set[str]) -> set[int]:
        """The segments that stand somewhere in folded texts that have these words."""
        segments = self._by_way[SEGMENT]
        wanted = {segment for segment in segments if folding.HAN.search(segment) or words.issuperset(folding.words(segment))}
        if not wanted:
            return set()
        near = [text for text in folded if any(segment in text for segment in wanted)]
        parts = {part for text in near for pattern in (_SEGMENT, _TWO_SEGMENTS) for part in pattern.findall(text)}
        return {segments[part] for whole in parts for part in (whole, whole.strip(".")) if part in wanted}

    def find_in_path(self, path: str) -> set[int]:
        """The needles in the name of a file: its segments, their words, the whole."""
        reading = folding.fold(folding.decode(path))
        found = self.find(path) | self._address(reading)
        fields = self._by_way[FIELD]
        for segment in reading.split("/"):
            for name in {segment, segment.rpartition(".")[0], segment.partition(".")[0]}:
                if (key := folding.key(name)) in fields:
                    found.add(fields[key])
                if name in self._by_way[SEGMENT]:
                    found.add(self._by_way[SEGMENT][name])
        return found

    def _field(self, field: str) -> tuple[list[str], frozenset[int]]:
        if (known := self._seen.get(field)) is not None:
            return known
        said = folding.words(field)
        found = _starting(said, self._heads) | self._han_in(folding.characters(field))
        if len(field) <= self._longest_field + _LONGEST_KEPT and (number := self._by_way[FIELD].get(folding.key(field))) is not None:
            found.add(number)
        found |= self._address(field)
        answer = said, frozenset(found)
        if len(field) <= _LONGEST_KEPT:
            if len(self._seen) >= _MOST_KEPT:
                self._seen.clear()
            self._seen[field] = answer
        return answer

    def _address(self, field: str) -> set[int]:
        segments = self._by_way[SEGMENT]
        if not segments:
            return set()
        if "/" not in field:
            whole = field.strip()
            return {segments[whole]} if whole in segments else set()
        parts = [part for address in _ADDRESS_ENDS.split(field) if "/" in address for part in _segments(address)]
        return {segments[part] for part in parts if part in segments}

    def _runs_in(self, said: Sequence[str]) -> set[int]:
        runs = self._runs
        if not runs or len(said) < RUN_WORDS or runs.keys().isdisjoint(map(hash, _windows_of(said, RUN_WORDS))):
            return set()
        return {runs[known] for known in set(map(hash, _windows_of(said, RUN_WORDS))) & runs.keys()}

    def _han_in(self, pieces: Iterable[str]) -> set[int]:
        found: set[int] = set()
        han_runs = self._by_way[HAN_RUN]
        for near_han in pieces:
            if han_runs:
                windows = {near_han[n : n + RUN_CHARACTERS] for n in range(len(near_han) - RUN_CHARACTERS + 1)}
                found.update(han_runs[window] for window in windows & han_runs.keys())
            if self._han_heads:
                heads = [near_han[n : n + PHRASE_CHARACTERS] for n in range(len(near_han) - PHRASE_CHARACTERS + 1)]
                for head in set(heads) & self._han_heads.keys():
                    found.update(number for whole, number in self._han_heads[head] if whole in near_han)
        return found


def _starting(said: Sequence[str], heads: _Heads) -> set[int]:
    """The numbers of the phrases that stand among the words."""
    found: set[int] = set()
    if heads and len(said) >= PHRASE_WORDS and not heads.keys().isdisjoint(_windows_of(said, PHRASE_WORDS)):
        for start, head in enumerate(_windows_of(said, PHRASE_WORDS)):
            found.update(number for whole, number in heads.get(head, ()) if tuple(said[start : start + len(whole)]) == whole)
    return found


def _windows_of(said: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(islice(said, shift, None) for shift in range(size)), strict=False)


def _segments(address: str) -> list[str]:
    """The segments of an address, with and without the dots beside them, and every two that begin with a year."""
    parts = [part.strip(".") for part in address.split("/")]
    stems = [part.partition(".")[0] for part in parts if part.endswith((".html", ".json", ".md", ".xml"))]
    return [*parts, *stems, *(f"{first}/{second}" for first, second in zip(parts, parts[1:], strict=False) if len(first) == 4)]

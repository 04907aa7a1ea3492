"""Every run of eight words, or twelve characters of Han or kana, of a text: what is found of prose wherever it stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain

from pressroom.checks import folding, joints

RUN, HAN_RUN, PHRASE, HAN_PHRASE, FIELD = "run", "han run", "phrase", "han phrase", "field"
RUN_WORDS, PHRASE_WORDS = 8, 3
RUN_CHARACTERS, PHRASE_CHARACTERS = 12, 6
# Names that are listed have fewer, and who is in a list may be what is held.
_FEWEST_WORDS = 4

HAS_LETTER = re.compile(r"[^\W\d_]")

Identity = tuple[str, str]
"""How a thing is looked for, and what it is."""
Run = tuple[str, str, tuple[Identity, ...]]
"""A run's identity, and what it is put together of wherever it stands."""
_Stretch = tuple[Sequence[str], bool]


def runs_of(folded: Iterable[str]) -> Iterator[Run]:
    """The runs of all readings of a text."""
    # Each once: the readings of a text have most of their stretches and runs in common.
    readings = [list(joints.stretches(reading)) for reading in dict.fromkeys(folded) if len(reading) >= RUN_CHARACTERS]
    if not readings:
        return
    of_words = _Runs(RUN_WORDS, _FEWEST_WORDS, lambda words: tuple(chain.from_iterable(words)))
    of_characters = _Runs(RUN_CHARACTERS, PHRASE_CHARACTERS, "".join)
    words = {text: tuple(folding.words(text)) for text in {text for reading in readings for text, _ in reading}}
    for found in dict.fromkeys(tuple([(words[text], is_marked) for text, is_marked in reading if words[text]]) for reading in readings):
        of_words.take(found, lambda words: [any(map(str.isalpha, word)) for word in words], PHRASE_WORDS)
    has_han = {text for text in words if folding.HAN.search(text)}
    for found in dict.fromkeys(near for reading in readings if not has_han.isdisjoint([text for text, _ in reading]) for near in _near_han(reading)):
        of_characters.take(found, lambda near_han: [bool(folding.HAN.match(char)) for char in near_han], PHRASE_CHARACTERS)
    for way, runs, between in ((RUN, of_words, " "), (HAN_RUN, of_characters, "")):
        for run, parts in runs.all():
            if parts is None:
                yield way, between.join(run), ()
            elif parts:
                yield way, between.join(run), tuple(sorted(parts))


def windows_of(folded: Iterable[str]) -> Iterator[Identity]:
    """Whatever may be a run in readings of a text: more than those that say something."""
    for reading in dict.fromkeys(folded):
        words = folding.words(reading)
        yield from ((RUN, " ".join(words[n : n + RUN_WORDS])) for n in range(len(words) - RUN_WORDS + 1))
        for near_han in folding.characters(reading):
            yield from ((HAN_RUN, near_han[n : n + RUN_CHARACTERS]) for n in range(len(near_han) - RUN_CHARACTERS + 1))


def short_windows_of(folded: Iterable[str]) -> Iterator[Identity]:
    """Whatever may be a part of a run there."""
    for reading in dict.fromkeys(folded):
        words = folding.words(reading)
        for size in range(1, RUN_WORDS):
            way = FIELD if size < PHRASE_WORDS else PHRASE
            yield from ((way, " ".join(words[n : n + size])) for n in range(len(words) - size + 1))
        for near_han in folding.characters(reading):
            for size in range(1, RUN_CHARACTERS):
                way = FIELD if size < PHRASE_CHARACTERS else HAN_PHRASE
                yield from ((way, near_han[n : n + size]) for n in range(len(near_han) - size + 1))


def part_if_any(said: Sequence[str]) -> Identity | None:
    """How a part is asked for, words, or characters closed up; one that says nothing is not."""
    text = said if isinstance(said, str) else " ".join(said)
    if len(HAS_LETTER.findall(text)) < 2 and not folding.HAN.search(text):
        return None
    if isinstance(said, str):
        return (FIELD if len(said) < PHRASE_CHARACTERS else HAN_PHRASE), text
    return (FIELD if len(said) < PHRASE_WORDS else PHRASE), text


class _Runs:
    """Every run of one size that says something: numbers alone, or words beside a few characters, do not. With its parts where joints are in it wherever it stands."""

    def __init__(self, size: int, fewest: int, joined: Callable[[Iterable[Sequence[str]]], Sequence[str]]) -> None:
        self._found: dict[Sequence[str], frozenset[Identity] | None] = {}
        self._listed: set[Sequence[str]] = set()
        self._size, self._fewest, self._joined = size, fewest, joined

    def take(self, stretches: Sequence[_Stretch], tells: Callable[[Sequence[str]], Sequence[bool]], least: int) -> None:
        size, found = self._size, self._found
        whole = self._joined([said for said, _ in stretches])
        if len(whole) < size:
            return
        at = list(chain.from_iterable([number] * len(said) for number, (said, _) in enumerate(stretches)))
        parts, telling = _Parts(stretches, size - 1, self._fewest), tells(whole)
        telling_here = sum(telling[: size - 1])
        for start, (first, last, tells_more) in enumerate(zip(at, at[size - 1 :], telling[size - 1 :], strict=False)):
            telling_here += tells_more
            if telling_here >= least:
                run = whole[start : start + size]
                if first == last:
                    found[run] = None
                elif (of_run := parts.between(first, last)) is None:
                    self._listed.add(run)
                elif (before := found.get(run, _NO_PARTS)) is not None:
                    found[run] = before | of_run
            telling_here -= telling[start]

    def all(self) -> Iterator[tuple[Sequence[str], frozenset[Identity] | None]]:
        """What is a list in every reading that parts it is not put together: in one of them each comma is a border."""
        yield from self._found.items()
        yield from ((run, None) for run in sorted(self._listed.difference(self._found)))


_NO_PARTS: frozenset[Identity] = frozenset()


class _Parts:
    """What the runs across some stretches are put together of: all of those within, and of the first and the last as much as a run may have of one."""

    def __init__(self, stretches: Sequence[_Stretch], most: int, fewest: int) -> None:
        self._stretches, self._most, self._fewest = stretches, most, fewest
        self._known: dict[tuple[int, int], frozenset[Identity] | None] = {}
        self._begins, self._ends = ({number: None for number, (_, is_marked) in enumerate(stretches) if is_marked} for _ in range(2))

    def between(self, first: int, last: int) -> frozenset[Identity] | None:
        """The parts of runs that begin in one stretch and end in another; None where they are more than that: what is listed is not put together."""
        if (first, last) not in self._known:
            parts = [self._end(first), *(self._begin(number) for number in range(first + 1, last + 1))]
            self._known[first, last] = None if self._is_list(first, parts) else frozenset(filter(None, parts))
        return self._known[first, last]

    def _is_list(self, first: int, parts: Sequence[Identity | None]) -> bool:
        """Whether what says something there is all short, or short more than once in a row: between words and a headline one name may stand."""
        is_short = [len(self._stretches[number][0]) < self._fewest for number, part in enumerate(parts, first) if part]
        return all(is_short) and len(is_short) > 2 or sum(is_short[1:-1]) > 1

    def _begin(self, number: int) -> Identity | None:
        if number not in self._begins:
            self._begins[number] = part_if_any(self._stretches[number][0][: self._most])
        return self._begins[number]

    def _end(self, number: int) -> Identity | None:
        if number not in self._ends:
            self._ends[number] = part_if_any(self._stretches[number][0][-self._most :])
        return self._ends[number]


def _near_han(stretches: Iterable[tuple[str, bool]]) -> Iterator[tuple[_Stretch, ...]]:
    """The letters and digits of some stretches wherever Han or kana is near, closed up."""
    closed_up = [(closed, is_marked) for text, is_marked in stretches if (closed := folding.NO_WORD.sub("", text))]
    starts = list(accumulate((len(text) for text, _ in closed_up), initial=0))
    for begin, end in folding.near_han("".join([text for text, _ in closed_up])):
        numbers = range(bisect_right(starts, begin) - 1, bisect_left(starts, end))
        yield tuple([(closed_up[n][0][max(begin - starts[n], 0) : end - starts[n]], closed_up[n][1]) for n in numbers if n < len(closed_up)])

"""What lines of text are looked at for: the words of needles in their order, and those at which a needle may go over the end of a line."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pressroom.checks import folding
from pressroom.checks.needles import DIGEST, SEGMENT, Needle, telling_pair
from pressroom.checks.runs import HAN_RUN, RUN, RUN_CHARACTERS, RUN_WORDS
from pressroom.checks.sayings import ESCAPED, SPACES

Ends = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The words at the ends of a line that a needle has beside others, and where there is Han or kana the characters too; none where nothing can go on.

    `has_words` where every reading of the line has some; `is_mixed` where some have Han or kana and others do not; `holds` where the line itself may hold a needle.
    """

    first: Ends = ()
    last: Ends = ()
    first_characters: Ends = ()
    last_characters: Ends = ()
    has_words: bool = True
    has_han: bool = False
    is_mixed: bool = False
    holds: bool = False


PLAIN, BLANK, HOLDS = Line(), Line(has_words=False), Line(holds=True)


class Wanted:
    """The needles, by what is told of them in a line without reading it closely. `is_blind` where one has no words to be told by."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._anchors: dict[tuple[str, ...], set[int]] = {}
        self._phrases: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._han_runs: set[str] = set()
        self._han: dict[str, list[str]] = {}
        self.joints: set[tuple[str, str]] = set()
        self.han_joints: set[tuple[str, str]] = set()
        self.is_blind = False
        self.spaces = (*SPACES, *ESCAPED)
        """What is taken for a common space: no needle says any of it."""
        for needle in needles:
            if needle.way != DIGEST:
                self._take(needle)
        self._begin, self._end = {a for a, _ in self.joints}, {b for _, b in self.joints}
        self._han_begin, self._han_end = {a for a, _ in self.han_joints}, {b for _, b in self.han_joints}
        self.before_others = {a for a, b in self.han_joints if not folding.HAN.match(b)}
        self.behind_others = {b for a, b in self.han_joints if not folding.HAN.match(a)}
        characters = re.escape("".join(sorted(set("".join(self._han_runs)))))
        self._han_text = re.compile(f"[{characters}]{{{RUN_CHARACTERS}}}") if characters else None

    def _take(self, needle: Needle) -> None:
        # A part of an address ends where a line does.
        value = needle.value.strip().partition("\n")[0] if needle.way == SEGMENT else needle.value
        found = tuple(folding.WORD.findall(value))
        if not found:
            self.is_blind = True
        elif needle.way == HAN_RUN or folding.HAN.search(value):
            closed_up = "".join(found)
            self._part(closed_up)
            if needle.way == HAN_RUN:
                self._han_runs.add(closed_up)
            else:
                self._han.setdefault(closed_up[0], []).append(closed_up)
            self.han_joints.update(pairwise(closed_up))
        else:
            self._part(found)
            self.joints.update(pairwise(found))
            if needle.way == RUN:
                self._runs.add(found)
                place = telling_pair(found)
                self._anchors.setdefault(found[place : place + 2], set()).add(place)
            else:
                place = max(range(len(found)), key=lambda n: len(found[n]))
                self._phrases.setdefault(found[place], []).append((place, found))

    def _part(self, said: Container[str]) -> None:
        """Takes for a space no longer what a needle says."""
        self.spaces = tuple([space for space in self.spaces if ESCAPED.get(space, "\n") not in said])

    def in_words(self, words: Sequence[str]) -> Line:
        """What is to be known of a line of such words, none of them in Han or kana, in which no needle is."""
        if not words:
            return BLANK
        if words[0] in self._end or words[-1] in self._begin:
            return Line(_one_of(words[0], self._end), _one_of(words[-1], self._begin))
        return PLAIN

    def in_han(self, folded: str) -> Line:
        """What is to be known of a line in which there is Han or kana."""
        words = folding.words(folded)
        closed_up = folding.NO_WORD.sub("", folded)
        if self.holds_words(words) or self._holds_characters(closed_up):
            return HOLDS
        return Line(
            _one_of(words[0], self._end) if words else (),
            _one_of(words[-1], self._begin) if words else (),
            _one_of(closed_up[0], self._han_end) if closed_up else (),
            _one_of(closed_up[-1], self._han_begin) if closed_up else (),
            bool(words),
            has_han=True,
        )

    def holds_words(self, words: Sequence[str]) -> bool:
        """Whether a needle stands among words."""
        if not self._phrases.keys().isdisjoint(words):
            for number, word in enumerate(words):
                for place, phrase in self._phrases.get(word, ()):
                    if number >= place and tuple(words[number - place : number - place + len(phrase)]) == phrase:
                        return True
        if len(words) < RUN_WORDS or self._anchors.keys().isdisjoint(pairwise(words)):
            return False
        found = ((number, places) for number, pair in enumerate(pairwise(words)) if (places := self._anchors.get(pair)))
        return any(tuple(words[number - place : number - place + RUN_WORDS]) in self._runs for number, places in found for place in places if number >= place)

    def _holds_characters(self, closed_up: str) -> bool:
        if self._han_text and self._han_text.search(closed_up) and not self._han_runs.isdisjoint(closed_up[n : n + RUN_CHARACTERS] for n in range(len(closed_up) - RUN_CHARACTERS + 1)):
            return True
        return any(value in closed_up for char in self._han.keys() & set(closed_up) for value in self._han[char])


def _one_of(value: str, wanted: set[str]) -> Ends:
    return (value,) if value in wanted else ()


def merged(lines: Sequence[Line]) -> Line:
    """What several readings of one line come to."""
    if all(line is lines[0] for line in lines):
        return lines[0]
    if any(line.holds for line in lines):
        return HOLDS
    return Line(
        *(tuple({end for line in lines for end in getattr(line, name)}) for name in ("first", "last", "first_characters", "last_characters")),
        all(line.has_words for line in lines),
        any(line.has_han for line in lines),
        len({line.has_han for line in lines}) > 1,
    )

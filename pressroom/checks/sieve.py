"""Which texts surely hold no needle, told by their words alone and line by line: a line that recurs is looked at once.

What does not pass holds nothing; what passes is searched. Only words and their order count, not the fields in which they stand: with tags
taken out and inside them, with escapes undone and left. So a line says the same in whatever file it stands, but for what it says together
with its neighbours, which is told by the words at its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from pressroom.checks import folding
from pressroom.checks.needles import DIGEST, HAN_RUN, RUN, RUN_CHARACTERS, RUN_WORDS, SEGMENT, Needle
from pressroom.checks.sayings import is_unfinished, lines_of, must_be_recut, recut, sayings_of

_MOST_KEPT = 12_000_000
Ends = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """The words at the ends of a line that a needle has beside others, and where there is Han or kana the characters too; none where nothing can go on.

    `has_words` where every reading of the line has some; `holds` where the line itself may hold a needle.
    """

    first: Ends = ()
    last: Ends = ()
    first_characters: Ends = ()
    last_characters: Ends = ()
    has_words: bool = True
    has_han: bool = False
    holds: bool = False


@dataclass(frozen=True, slots=True)
class _Extent:
    """How many words and characters a line has in the reading in which it has least, and the characters at its ends."""

    words: int
    characters: int
    first: frozenset[str]
    last: frozenset[str]


_PLAIN, _BLANK, _HOLDS = _Line(), _Line(has_words=False), _Line(holds=True)


class Sieve:
    """Made for some needles. It keeps what it has lately seen."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._anchors: dict[tuple[str, ...], set[int]] = {}
        self._phrases: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._han_runs: set[str] = set()
        self._han: dict[str, list[str]] = {}
        self._joints: set[tuple[str, str]] = set()
        self._han_joints: set[tuple[str, str]] = set()
        self._is_blind = False
        for needle in needles:
            if needle.way != DIGEST:
                self._take(needle)
        self._begin, self._end = {a for a, _ in self._joints}, {b for _, b in self._joints}
        self._han_begin, self._han_end = {a for a, _ in self._han_joints}, {b for _, b in self._han_joints}
        self._before_others = {a for a, b in self._han_joints if not folding.HAN.match(b)}
        self._behind_others = {b for a, b in self._han_joints if not folding.HAN.match(a)}
        characters = re.escape("".join(sorted(set("".join(self._han_runs)))))
        self._han_text = re.compile(f"[{characters}]{{{RUN_CHARACTERS}}}") if characters else None
        self._older: dict[str, _Line] = {}
        self._forget()

    def _take(self, needle: Needle) -> None:
        # A part of an address ends where a line does.
        value = needle.value.strip().partition("\n")[0] if needle.way == SEGMENT else needle.value
        found = tuple(folding.WORD.findall(value))
        if not found:
            self._is_blind = True
        elif needle.way == HAN_RUN or folding.HAN.search(value):
            closed_up = "".join(found)
            if needle.way == HAN_RUN:
                self._han_runs.add(closed_up)
            else:
                self._han.setdefault(closed_up[0], []).append(closed_up)
            self._han_joints.update(pairwise(closed_up))
        else:
            self._joints.update(pairwise(found))
            if needle.way == RUN:
                self._runs.add(found)
                # Of runs that overlap, most have their longest two words in common.
                place = max(range(RUN_WORDS - 1), key=lambda n: len(found[n]) + len(found[n + 1]))
                self._anchors.setdefault(found[place : place + 2], set()).add(place)
            else:
                place = max(range(len(found)), key=lambda n: len(found[n]))
                self._phrases.setdefault(found[place], []).append((place, found))

    def _forget(self) -> None:
        self._lines: dict[str, _Line] = {}
        self._ends: dict[str, _Line] = {}
        self._sayings: dict[str, _Line] = {}
        self._extents: dict[str, _Extent] = {}
        self._room = _MOST_KEPT

    def may_hold(self, text: str) -> bool:
        """Whether a text may hold a needle. If not, it holds none in whatever way it is read."""
        if self._is_blind:
            return True
        if self._room < 0:
            self._older = self._lines
            self._forget()
        texts = lines_of(text)
        new = list(set(texts).difference(self._lines))
        # No line is known that has to be taken with others, or apart.
        if new and must_be_recut(new):
            texts = recut(texts)
            new = list(set(texts).difference(self._lines))
        if new:
            self._learn(new)
        ends = self._ends
        telling = [ends[text] for text in texts if text in ends]
        if any(line.holds for line in telling):
            return True
        may_join = any(self._joints_of(telling)) or any(line.first_characters or line.last_characters for line in telling)
        return may_join and any(self._holds_around(texts, number) for number in self._joints_in(texts))

    def may_hold_in_path(self, path: str) -> bool:
        """Whether the name of a file may hold a needle. The folders in it are in many names, and mean the same unless a slash is a tag's."""
        return self.may_hold(path if any(sign in path for sign in "<&\\%") else path.replace("/", "\n"))

    def may_hold_among(self, texts: Iterable[str]) -> bool:
        """Whether one of some texts may hold a needle, each of which will hardly be met again."""
        # What stands between is no word, and no tag goes over it.
        tags, said, others = sayings_of(["\n< ".join(texts)])
        sayings = dict.fromkeys((*said, *others.get(0, ())))
        self._learn_sayings(list(sayings))
        holds = [self._sayings.pop(saying).holds for saying in sayings]
        return self._is_blind or any(holds) or any(self.may_hold(tag) for tag in tags)

    def _joints_of(self, lines: Iterable[_Line]) -> Iterator[bool]:
        """Of each line, whether words of a needle may go on in it that have begun before."""
        last: Ends = ()
        for line in lines:
            yield bool(last and line.first) and any((one, other) in self._joints for one in last for other in line.first)
            last = line.last if line.has_words else (*last, *line.last)

    def _joints_in(self, texts: Sequence[str]) -> Iterator[int]:
        """The lines at whose beginning a needle may go on. One with Han or kana does so only where there is some before or behind."""
        lines = [self._lines[text] for text in texts]
        yield from (number for number, is_joined in enumerate(self._joints_of(lines)) if is_joined)
        said = [number for number, line in enumerate(lines) if line is not _BLANK]
        yield from (number for before, number in pairwise(said) if self._may_join_han(texts[before], texts[number]))

    def _may_join_han(self, before: str, text: str) -> bool:
        one, other = self._lines[before], self._lines[text]
        if one.has_han and other.has_han:
            return any((a, b) in self._han_joints for a in one.last_characters for b in other.first_characters)
        # The other line of the two ends, or begins, with a character of another script: few needles have one just here.
        if one.has_han and self._before_others.isdisjoint(one.last_characters) or other.has_han and self._behind_others.isdisjoint(other.first_characters):
            return False
        if not one.has_han and not other.has_han:
            return False
        of_one, of_other = self._extent(before), self._extent(text)
        return not (of_one.characters and of_other.characters) or any((a, b) in self._han_joints for a in of_one.last for b in of_other.first)

    def _holds_around(self, texts: Sequence[str], number: int) -> bool:
        """Whether a needle may lie across the beginning of a line: as much before and behind it as the longest needle takes, read as one."""
        before, behind = self._enough(texts[n] for n in range(number - 1, -1, -1)), self._enough(islice(texts, number, None))
        around = "\n".join((*reversed(before), *behind))
        if around not in self._lines:
            self._learn([around])
        return self._lines[around].holds

    def _enough(self, texts: Iterable[str]) -> list[str]:
        """So many lines that no needle is longer."""
        found: list[str] = []
        words = characters = 0
        for text in texts:
            found.append(text)
            extent = self._extent(text)
            words, characters = words + extent.words, characters + extent.characters
            if words >= RUN_WORDS and characters >= RUN_CHARACTERS:
                break
        return found

    def _extent(self, text: str) -> _Extent:
        if text not in self._extents:
            _, said, others = sayings_of([text])
            folded = [folding.fold(saying) for saying in (*said, *others.get(0, ()))]
            closed = [folding.NO_WORD.sub("", reading) for reading in folded]
            words = min(len(folding.words(reading)) for reading in folded)
            first, last = ({closed_up[n] for closed_up in closed if closed_up} for n in (0, -1))
            self._extents[text] = _Extent(words, min(map(len, closed)), frozenset(first), frozenset(last))
        return self._extents[text]

    def _learn(self, texts: Sequence[str]) -> None:
        """Looks at lines together. Those that have been seen before need no look."""
        self._room -= sum(map(len, texts))
        if self._older:
            self._keep({text: line for text in texts if (line := self._older.get(text))})
            texts = [text for text in texts if text not in self._lines]
        if not texts:
            return
        tags, sayings, others = sayings_of(texts)
        holds = bool(tags) and self._any_holds(tags)
        if holds and len(texts) > 1:
            for text in texts:
                self._learn([text])
            return
        known = self._sayings
        if new := list(set(sayings).union(*others.values()).difference(known)):
            self._learn_sayings(new)
        found = dict(zip(texts, map(known.__getitem__, sayings), strict=True))
        for number, more in others.items():
            found[texts[number]] = _merged([known[saying] for saying in (sayings[number], *more)])
        self._keep(dict.fromkeys(texts, _HOLDS) if holds else found)

    def _keep(self, found: Mapping[str, _Line]) -> None:
        self._lines.update(found)
        self._ends.update((text, line) for text, line in found.items() if line is not _PLAIN and line is not _BLANK)

    def _any_holds(self, tags: Iterable[str]) -> bool:
        if new := [tag for tag in tags if tag not in self._lines]:
            self._learn(new)
        return any(self._lines[tag].holds for tag in tags)

    def _learn_sayings(self, sayings: Sequence[str]) -> None:
        if plain := [saying for saying in sayings if saying.isascii()]:
            self._learn_words(plain, folding.plain_words(plain))
        if others := [saying for saying in sayings if not saying.isascii()]:
            folded = folding.fold("\n".join(others)).split("\n")
            if near_han := {saying: text for saying, text in zip(others, folded, strict=True) if folding.HAN.search(text)}:
                self._sayings.update((saying, self._look_at_han(text)) for saying, text in near_han.items())
            rest = {saying: folding.WORD.findall(text) for saying, text in zip(others, folded, strict=True) if saying not in near_han}
            self._learn_words(list(rest), list(rest.values()))
        self._sayings.update((saying, _HOLDS) for saying in sayings if "<" in saying and is_unfinished(saying))

    def _learn_words(self, sayings: Sequence[str], words: Sequence[Sequence[str]]) -> None:
        # Mostly there is nothing in all of them together.
        may_hold = self._holds_words(list(chain.from_iterable(words)))
        for saying, said in zip(sayings, words, strict=True):
            if not said:
                line = _BLANK
            elif may_hold and self._holds_words(said):
                line = _HOLDS
            elif said[0] in self._end or said[-1] in self._begin:
                line = _Line(_one_of(said[0], self._end), _one_of(said[-1], self._begin))
            else:
                line = _PLAIN
            self._sayings[saying] = line

    def _look_at_han(self, folded: str) -> _Line:
        words = folding.words(folded)
        closed_up = folding.NO_WORD.sub("", folded)
        if self._holds_words(words) or self._holds_characters(closed_up):
            return _HOLDS
        return _Line(
            _one_of(words[0], self._end) if words else (),
            _one_of(words[-1], self._begin) if words else (),
            _one_of(closed_up[0], self._han_end) if closed_up else (),
            _one_of(closed_up[-1], self._han_begin) if closed_up else (),
            bool(words),
            has_han=True,
        )

    def _holds_words(self, words: Sequence[str]) -> bool:
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


def _merged(lines: Sequence[_Line]) -> _Line:
    """What several readings of one line come to."""
    if all(line is lines[0] for line in lines):
        return lines[0]
    if any(line.holds for line in lines):
        return _HOLDS
    return _Line(
        *(tuple({end for line in lines for end in getattr(line, name)}) for name in ("first", "last", "first_characters", "last_characters")),
        all(line.has_words for line in lines),
        any(line.has_han for line in lines),
    )

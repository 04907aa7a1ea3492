"""Which texts surely hold no needle, told by their words alone and line by line: a line that recurs is looked at once.

What does not pass holds nothing; what passes is searched. Only words and their order count, not the fields in which they stand: with tags
taken out and inside them, with escapes undone and left. So a line says the same in whatever file it stands, but for what it says together
with its neighbours, which is told by the words at its ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from pressroom.checks import folding
from pressroom.checks.needles import Needle
from pressroom.checks.runs import RUN_CHARACTERS, RUN_WORDS
from pressroom.checks.sayings import has_tags_over_lines, is_unfinished, lines_of, must_be_recut, reads_otherwise, recut, sayings_of
from pressroom.checks.wanted import BLANK, HOLDS, PLAIN, Ends, Line, Wanted, merged

_MOST_KEPT = 1_000_000
"""Characters of lines, and as many older ones: few lines recur in files that lie far from each other, and more lines take longer to look up than they spare."""


@dataclass(frozen=True, slots=True)
class _Extent:
    """How many words and characters a line has in the reading in which it has least, and the characters at its ends."""

    words: int
    characters: int
    first: frozenset[str]
    last: frozenset[str]


class Sieve:
    """Made for some needles. It keeps what it has lately seen."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._wanted = Wanted(needles)
        self._older: dict[str, Line] = {}
        self._forget()

    def _forget(self) -> None:
        self._lines: dict[str, Line] = {}
        self._ends: dict[str, Line] = {}
        self._sayings: dict[str, Line] = {}
        self._extents: dict[str, _Extent] = {}
        self._room = _MOST_KEPT

    def may_hold(self, text: str) -> bool:
        """Whether a text may hold a needle. If not, it holds none in whatever way it is read."""
        if self._wanted.is_blind:
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
        may_join = any(self._joints_of(telling)) or any(line.first_characters or line.last_characters or line.is_mixed for line in telling)
        return may_join and any(self._holds_around(texts, number) for number in self._joints_in(texts))

    def new_in(self, text: str, clean: str) -> str:
        """What of a text did not stand in another one, with as much before and behind it as the longest needle takes: all of it where there is no telling."""
        lines, before = lines_of(text), lines_of(clean)
        least = min(len(lines), len(before))
        first = next((n for n in range(least) if lines[n] != before[n]), least)
        last = next((n for n in range(least - first) if lines[-1 - n] != before[-1 - n]), least - first)
        new, gone = lines[first : len(lines) - last], before[first : len(before) - last]
        # What was read inside a tag there may not be so here.
        if self._wanted.is_blind or has_tags_over_lines(before) or reads_otherwise(text, clean, new, gone):
            return text
        ahead, behind = self._enough(lines[n] for n in range(first - 1, -1, -1)), self._enough(islice(lines, len(lines) - last, None))
        return "\n".join((*reversed(ahead), *new, *behind))

    def may_hold_in_path(self, path: str) -> bool:
        """Whether the name of a file may hold a needle. The folders in it are in many names, and mean the same unless a slash is a tag's."""
        return self.may_hold(path if any(sign in path for sign in "<&\\%") else path.replace("/", "\n"))

    def may_hold_among(self, texts: Iterable[str]) -> bool:
        """Whether one of some texts may hold a needle, each of which will hardly be met again."""
        # What stands between is no word, and no tag goes over it.
        tags, said, others = sayings_of(["\n< ".join(texts)], self._wanted.spaces)
        sayings = dict.fromkeys((*said, *others.get(0, ())))
        self._learn_sayings(list(sayings))
        holds = [self._sayings.pop(saying).holds for saying in sayings]
        return self._wanted.is_blind or any(holds) or any(self.may_hold(tag) for tag in tags)

    def _joints_of(self, lines: Iterable[Line]) -> Iterator[bool]:
        """Of each line, whether words of a needle may go on in it that have begun before."""
        last: Ends = ()
        for line in lines:
            yield bool(last and line.first) and any((one, other) in self._wanted.joints for one in last for other in line.first)
            last = line.last if line.has_words else (*last, *line.last)

    def _joints_in(self, texts: Sequence[str]) -> Iterator[int]:
        """The lines at whose beginning a needle may go on. One with Han or kana does so only where there is some before or behind."""
        lines = [self._lines[text] for text in texts]
        yield from (number for number, is_joined in enumerate(self._joints_of(lines)) if is_joined)
        said = [number for number, line in enumerate(lines) if line is not BLANK]
        yield from (number for before, number in pairwise(said) if self._may_join_han(texts[before], texts[number]))

    def _may_join_han(self, before: str, text: str) -> bool:
        one, other = self._lines[before], self._lines[text]
        if not one.has_han and not other.has_han:
            return False
        # Where a line has readings with and without such characters, or one without any, it is looked at as a whole.
        if not any(line.is_mixed or not line.has_words and not line.has_han for line in (one, other)):
            if one.has_han and other.has_han:
                return any((a, b) in self._wanted.han_joints for a in one.last_characters for b in other.first_characters)
            # The other line of the two ends, or begins, with a character of another script: few needles have one just here.
            if one.has_han and self._wanted.before_others.isdisjoint(one.last_characters):
                return False
            if other.has_han and self._wanted.behind_others.isdisjoint(other.first_characters):
                return False
        of_one, of_other = self._extent(before), self._extent(text)
        return not (of_one.characters and of_other.characters) or any((a, b) in self._wanted.han_joints for a in of_one.last for b in of_other.first)

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
            _, said, others = sayings_of([text], self._wanted.spaces)
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
        tags, sayings, others = sayings_of(texts, self._wanted.spaces)
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
            found[texts[number]] = merged([known[saying] for saying in (sayings[number], *more)])
        self._keep(dict.fromkeys(texts, HOLDS) if holds else found)

    def _keep(self, found: Mapping[str, Line]) -> None:
        self._lines.update(found)
        self._ends.update((text, line) for text, line in found.items() if line is not PLAIN and line is not BLANK)

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
                self._sayings.update((saying, self._wanted.in_han(text)) for saying, text in near_han.items())
            rest = {saying: folding.WORD.findall(text) for saying, text in zip(others, folded, strict=True) if saying not in near_han}
            self._learn_words(list(rest), list(rest.values()))
        self._sayings.update((saying, HOLDS) for saying in sayings if "<" in saying and is_unfinished(saying))

    def _learn_words(self, sayings: Sequence[str], words: Sequence[Sequence[str]]) -> None:
        # Mostly there is nothing in all of them together.
        may_hold = self._wanted.holds_words(list(chain.from_iterable(words)))
        for saying, said in zip(sayings, words, strict=True):
            line = HOLDS if may_hold and self._wanted.holds_words(said) else self._wanted.in_words(said)
            self._sayings[saying] = line

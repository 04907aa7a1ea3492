"""What is looked for: needles, and runs of held sources that are known from an earlier build by their hashes alone.

To make needles of all runs of a held document takes longer than to look for the runs of a few texts among their hashes. So those are made only where
there is much to look through, or where one of them is met.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property

from pressroom.checks import folding
from pressroom.checks.held import HeldSource
from pressroom.checks.leak_record import hashes_of
from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import DIGEST, PART, Needle, Prose, of_source
from pressroom.checks.runs import Identity, short_windows_of, windows_of
from pressroom.checks.scripts import Conversions, converted

PAYS = 4
"""So many characters can be looked through for runs, about, in the time in which one of a held source is made needles of; for parts too it is one."""


@dataclass(frozen=True, slots=True)
class Unmade:
    """Held sources with their texts, of which no run is made; the salted hashes of those runs that are looked for; and of what some are put together of."""

    sources: tuple[tuple[HeldSource, Mapping[str, str]], ...] = ()
    runs: frozenset[int] = frozenset()
    parts: frozenset[int] = frozenset()
    salt: bytes = b""
    conversions: Conversions = ()

    @property
    def extent(self) -> int:
        """How many characters there are of it."""
        return sum(len(text) for _, texts in self.sources for text in texts.values())

    def runs_in(self, texts: Iterable[str]) -> frozenset[int]:
        """The hashes of those runs that stand in texts, however they are read."""
        return self._of(self.runs, windows_of(reading for text in texts for reading in folding.readings(text)))

    def anywhere_in(self, texts: Iterable[str]) -> frozenset[int]:
        """The hashes of what stands in texts at all, parts in the midst of prose too."""
        readings = [folding.fold(spelling) for text in texts for spelling in folding.spellings(text)]
        runs = self._of(self.runs, windows_of(readings))
        return runs | self._of(self.parts, short_windows_of(readings)) if self.parts else runs

    def _of(self, hashes: frozenset[int], windows: Iterable[Identity]) -> frozenset[int]:
        # Each once: the readings of a text have most of them in common.
        return hashes.intersection(hashes_of(self.salt, set(windows)))

    def made(self) -> dict[int, Needle]:
        """All of it as needles, by their hashes."""
        found: dict[int, Needle] = {}
        parts: dict[int, Needle] = {}
        for source, texts in self.sources:
            runs = [run for prose in words_of(source, texts, self.conversions) if isinstance(prose, Prose) for run in prose.runs()]
            found |= {hash: run for hash, run in zip(hashes_of(self.salt, (run.identity for run in runs)), runs, strict=True) if hash not in found}
            of_parts = {part: Needle(*part, source.folder, PART) for run in runs for part in run.parts}
            parts |= zip(hashes_of(self.salt, of_parts), of_parts.values(), strict=True)
        made = {hash: found[hash] for hash in found if hash in self.runs} | {hash: part for hash, part in parts.items() if hash in self.parts}
        # What an engine has found it finds again in the same text: else there is no telling what is held.
        assert made.keys() == self.runs | self.parts
        return made


NOTHING = Unmade()


@dataclass(frozen=True, slots=True)
class Needles:
    """What to look for. `cleared` are digests of files whose whole content is cleared, `root` of those in `root/`: what they say is searched where it can be."""

    needles: tuple[Needle, ...]
    hashes: tuple[int, ...]
    cleared: frozenset[str] = frozenset()
    root: frozenset[str] = frozenset()
    unmade: Unmade = NOTHING

    @property
    def all_hashes(self) -> frozenset[int]:
        return self.unmade.runs.union(self.unmade.parts, self.hashes)

    def without(self, found: Set[int], cleared: Container[str]) -> Needles:
        """What is looked for in an output: the same less what was found in what is cleared, by its hash, files that are cleared, and parts."""
        made = ((hash, needle) for hash, needle in zip(self.hashes, self.needles, strict=True) if hash not in found and needle.what != PART)
        kept = {hash: needle for hash, needle in made if not (needle.way == DIGEST and needle.value in cleared)}
        unmade = replace(self.unmade, runs=self.unmade.runs - found, parts=frozenset())
        return replace(self, needles=tuple(kept.values()), hashes=tuple(kept), unmade=unmade)

    def complete(self) -> Needles:
        """The same with every run made."""
        if not self.unmade.runs:
            return self
        made = dict(zip(self.hashes, self.needles, strict=True))
        for hash, needle in self.unmade.made().items():
            made.setdefault(hash, needle)
        return replace(self, needles=tuple(made.values()), hashes=tuple(made), unmade=NOTHING)


class Looking:
    """Says which needles texts hold at all, by their hashes. It makes those that are not made when it has looked through so much that it pays."""

    def __init__(self, needles: Needles) -> None:
        self.needles = needles
        self._left = needles.unmade.extent

    def __reduce__(self) -> tuple[type[Looking], tuple[Needles]]:
        return Looking, (self.needles,)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(enumerate(self.needles.needles))

    def find(self, *texts: str) -> set[int]:
        unmade = self.needles.unmade
        if unmade.runs:
            self._left -= sum(map(len, texts))
            if self._left < 0:
                self.needles, unmade = self.needles.complete(), NOTHING
                self.__dict__.pop("_matcher", None)
        found = {self.needles.hashes[number] for number in self._matcher.find_anywhere(*texts)}
        return found | unmade.anywhere_in(texts) if unmade.runs else found


def words_of(source: HeldSource, texts: Mapping[str, str], conversions: Conversions) -> Iterator[Needle | Prose]:
    """What must not be found of a held source, as it is written and as its editions would be converted, by as many ways as there are."""
    yield from of_source(source, texts)
    forms = {file: list(converted(file, [texts[file.name]], conversions)) for file in source.files}
    for number in range(max(map(len, forms.values()), default=0)):
        of_form = {file.name: found[number] for file, found in forms.items() if number < len(found)}
        yield from of_source(replace(source, files=tuple(file for file in source.files if file.name in of_form)), of_form)

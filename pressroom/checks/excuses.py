"""Which needles a text that is cleared holds as well, by the record where it has been asked before."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pressroom.checks.leak_record import LeakRecord
from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import Needle


class Excuses:
    """What has been asked, and what was found: of each text the needles that it holds, as their places in `asked`. Few texts hold more than a few of them."""

    def __init__(self, record: LeakRecord, hashes: Sequence[int], needles: Sequence[Needle], matcher: Matcher) -> None:
        self.hashes = hashes
        self.asked = tuple(sorted(hashes))
        self.excused: dict[str, bytes] = {}
        self._needles, self._matcher = needles, matcher
        self._numbers = {hash: number for number, hash in enumerate(hashes)}
        self._places = {number: place for place, number in enumerate(map(self._numbers.__getitem__, self.asked))}
        self._record = record
        self._is_same = self.asked == record.asked
        known = frozenset(record.asked)
        self._new = [(number, needles[number]) for hash, number in self._numbers.items() if hash not in known]
        self._for_new = Matcher(self._new) if self._new else None
        self._all: set[bytes] = set()
        self._ahead: Mapping[str, set[int]] = {}

    def unasked(self, names: Iterable[str]) -> Iterator[tuple[Sequence[tuple[int, Needle]], list[str]]]:
        """The names of texts that have still to be looked through, and for which needles: those that are new are asked for all, the others for what is new."""
        new, old = list[str](), list[str]()
        for name in names:
            (old if name in self._record.excused else new).append(name)
        yield tuple(enumerate(self._needles)), new
        if self._for_new and not self._is_same:
            yield self._new, old

    def take(self, found: Mapping[str, set[int]]) -> None:
        """Takes what was found in texts that somebody else has looked through."""
        self._ahead = {**self._ahead, **found}

    def ask(self, name: str, texts: Callable[[], Iterable[str]]) -> None:
        """Asks a text, known by a name that changes whenever it does; one without a name is not remembered."""
        before = self._record.excused.get(name) if name else None
        if before is None:
            found = self._packed(self._found(self._matcher, name, texts))
        elif self._is_same:
            found = before
        else:
            numbers = {self._numbers[hash] for place in _places(before) if (hash := self._record.asked[place]) in self._numbers}
            found = self._packed(numbers | self._found(self._for_new, name, texts) if self._for_new else numbers)
        self._all.add(found)
        if name:
            self.excused[name] = found

    def _found(self, matcher: Matcher, name: str, texts: Callable[[], Iterable[str]]) -> set[int]:
        return self._ahead[name] if name in self._ahead else matcher.find_anywhere(*texts())

    def _packed(self, numbers: Iterable[int]) -> bytes:
        return array("I", sorted(map(self._places.__getitem__, numbers))).tobytes()

    def found(self) -> set[int]:
        """The numbers of all needles that were found in any of the texts."""
        return {self._numbers[self.asked[place]] for found in self._all for place in _places(found)}


def _places(found: bytes) -> array[int]:
    places = array("I")
    places.frombytes(found)
    return places

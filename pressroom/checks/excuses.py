"""Which needles a text that is cleared holds as well, by the record where it has been asked before."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping

from pressroom.checks.leak_record import LeakRecord
from pressroom.checks.sought import Looking, Needles


class Excuses:
    """What has been asked, and what was found: of each text the needles that it holds, as their places in `asked`. Few texts hold more than a few of them."""

    def __init__(self, record: LeakRecord, looking: Looking) -> None:
        self._hashes = looking.needles.all_hashes
        self.asked = tuple(sorted(self._hashes))
        self.excused: dict[str, bytes] = {}
        self._record, self._looking = record, looking
        self._is_same = self.asked == record.asked
        known = frozenset(record.asked)
        # What is not made was asked for when its source was read.
        new = {hash: needle for hash, needle in zip(looking.needles.hashes, looking.needles.needles, strict=True) if hash not in known}
        self._for_new = Looking(Needles(tuple(new.values()), tuple(new))) if new else None
        self._all: set[bytes] = set()
        self._ahead: Mapping[str, set[int]] = {}

    def unasked(self, names: Iterable[str]) -> Iterator[tuple[Looking, list[str]]]:
        """The names of texts that have still to be looked through, and for which needles: those that are new are asked for all, the others for what is new."""
        new, old = list[str](), list[str]()
        for name in names:
            (old if name in self._record.excused else new).append(name)
        yield self._looking, new
        if self._for_new and not self._is_same:
            yield self._for_new, old

    def take(self, found: Mapping[str, set[int]]) -> None:
        """Takes what was found in texts that somebody else has looked through."""
        self._ahead = {**self._ahead, **found}

    def ask(self, name: str, texts: Callable[[], Iterable[str]], short: bool = False) -> None:
        """Asks a text, known by a name that changes whenever it does; one without a name is not remembered. What is `short` alone it may be asked for."""
        before = self._record.excused.get(name) if name else None
        if before is None:
            found = self._packed(self._found(self._looking, name, texts, short))
        elif self._is_same:
            found = before
        else:
            hashes = self._hashes.intersection(self._record.asked[place] for place in _places(before))
            found = self._packed(hashes | self._found(self._for_new, name, texts, short) if self._for_new else hashes)
        self._all.add(found)
        if name:
            self.excused[name] = found

    def _found(self, looking: Looking, name: str, texts: Callable[[], Iterable[str]], short: bool) -> set[int]:
        found = self._ahead[name] if name in self._ahead else looking.find(*texts())
        if not short:
            return found
        # What is short is made each time.
        return {hash for hash, needle in zip(looking.needles.hashes, looking.needles.needles, strict=True) if needle.is_short and hash in found}

    def _packed(self, hashes: Iterable[int]) -> bytes:
        return array("I", [bisect_left(self.asked, hash) for hash in sorted(hashes)]).tobytes()

    def found(self) -> set[int]:
        """The hashes of all needles that were found in any of the texts."""
        return {self.asked[place] for found in self._all for place in _places(found)}


def _places(found: bytes) -> array[int]:
    places = array("I")
    places.frombytes(found)
    return places

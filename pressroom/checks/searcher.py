"""Needles looked for in one file: in its name, in its bytes, in what lies inside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pressroom.checks import folding
from pressroom.checks.containers import Piece, in_older_encodings, parts, pieces
from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import DIGEST, SEGMENT, Needle
from pressroom.checks.runs import FIELD, HAN_PHRASE, HAN_RUN, PHRASE, RUN
from pressroom.checks.sieve import Sieve
from pressroom.checks.sought import NOTHING, PAYS, Needles

SEALED = "sealed"
IN_NAME, UNPLACED = -1, -2
_WORTH = (DIGEST, RUN, HAN_RUN, PHRASE, HAN_PHRASE, SEGMENT, FIELD)
_MOST_PLACED = 200


@dataclass(frozen=True, slots=True)
class Leak:
    """Something held in the output: the file, what in it (a member of an archive), the byte at which it stands there, whose it is, what.

    `offset` is IN_NAME where it stands in the file's name, UNPLACED where there are so many that it was not looked for. `way` is SEALED
    where the file cannot be looked into.
    """

    path: str
    member: str
    offset: int
    folder: str
    what: str
    way: str


class Searcher:
    """Needles ready to be looked for, in whatever process. It remembers what it has lately seen, and nothing that changes an answer."""

    def __init__(self, needles: Needles, wanted: Iterable[int] | None = None) -> None:
        self._sought = replace(needles, unmade=NOTHING) if wanted is not None else needles
        self._left = PAYS * self._sought.unmade.extent
        self._prepare(needles, wanted)

    def _prepare(self, needles: Needles, wanted: Iterable[int] | None = None) -> None:
        chosen = [(number, needles.needles[number]) for number in (range(len(needles.needles)) if wanted is None else wanted)]
        self._needles = needles.needles
        self._digests = {needle.value: needle for _, needle in chosen if needle.way == DIGEST}
        self._cleared, self._root = needles.cleared, needles.root
        self._sieve = Sieve(needle for _, needle in chosen)
        self._matcher = Matcher(chosen)
        self._placed = 0

    def leaks_in(self, path: str, data: bytes) -> list[Leak]:
        """What leaks in a file: in its name, and in its bytes."""
        return [*self.in_path(path), *self.in_bytes(path, data)]

    def digest_of_clean(self, path: str, digest: str, read: Callable[[str], bytes], before: Callable[[str], bytes] = lambda path: b"") -> str:
        """The real digest of a file in which nothing leaks, nothing where something does. Most of it may stand in what was `before` (or none), which is clean."""
        if next(self.in_path(path), None):
            return ""
        if digest in self._cleared:
            return digest
        data = read(path)
        real = hashlib.sha256(data).hexdigest()
        return real if real in self._cleared or not next(self.in_bytes(path, data, before(path)), None) else ""

    def in_path(self, path: str) -> Iterator[Leak]:
        for needle in self._best(self._in_name(path)).values():
            yield Leak(path, "", IN_NAME, needle.folder, needle.what, needle.way)

    def _in_name(self, name: str) -> set[int]:
        return self._matcher.find_in_path(name) if self._holds_unmade([folding.decode(name)]) or self._sieve.may_hold_in_path(name) else set()

    def in_bytes(self, path: str, data: bytes, clean: bytes = b"") -> Iterator[Leak]:
        """What leaks in the bytes of a file, where most of them may stand in others that are `clean`."""
        told: set[str] = set()
        for part in parts(data, lambda inside: hashlib.sha256(inside).hexdigest() in self._cleared):
            if part.sealed:
                if hashlib.sha256(data).hexdigest() not in self._root:
                    yield Leak(path, part.name, 0, "", "what cannot be looked into", SEALED)
                continue
            digest = hashlib.sha256(part.data).hexdigest()
            if (needle := self._digests.get(digest)) and needle.folder not in told:
                told.add(needle.folder)
                yield Leak(path, part.name, 0, needle.folder, needle.what, DIGEST)
            if part.name:
                for folder, needle in self._best(self._in_name(part.name.rpartition("!")[2])).items():
                    if folder not in told:
                        told.add(folder)
                        yield Leak(path, part.name, IN_NAME, folder, needle.what, needle.way)
            for piece in self._worth_a_search(part.data if part.beside is None else part.beside, b"" if part.name else clean):
                look = self._matcher.find if piece.whole else self._matcher.find_long
                found = look(piece.text)
                for folder, needle in self._best(found).items():
                    if folder not in told:
                        told.add(folder)
                        number = next(n for n in found if self._needles[n] is needle)
                        yield Leak(path, part.name, self._place(piece, number, look), folder, needle.what, needle.way)

    def _worth_a_search(self, data: bytes, clean: bytes) -> list[Piece]:
        found = list(pieces(data))
        if len(found) == 1 and found[0].whole:
            text, before = found[0].text, next(pieces(clean), None) if clean else None
            new = self._sieve.new_in(text, before.text) if before and before.whole else text
            return found if self._holds_unmade([new]) or self._sieve.may_hold(new) else []
        found += in_older_encodings(data)
        texts = [piece.text for piece in found]
        return found if found and (self._holds_unmade(texts) or self._sieve.may_hold_among(texts)) else []

    def _holds_unmade(self, texts: Sequence[str]) -> bool:
        """Whether texts may hold a run that is not made. Then all are made, as they are where so much has been looked through that it pays."""
        unmade = self._sought.unmade
        if not unmade.runs:
            return False
        self._left -= sum(map(len, texts))
        if self._left >= 0 and not unmade.runs_in(texts):
            return False
        self._sought = self._sought.complete()
        self._prepare(self._sought)
        return True

    def _best(self, found: Iterable[int]) -> dict[str, Needle]:
        """By document, the needle that says most; of equals the first."""
        best: dict[str, Needle] = {}
        for number in sorted(found, key=lambda n: (_WORTH.index(self._needles[n].way), n)):
            best.setdefault(self._needles[number].folder, self._needles[number])
        return best

    def _place(self, piece: Piece, number: int, look: Callable[[str], set[int]]) -> int:
        """Where a needle begins: the shortest beginning of the text that holds it, then the shortest end of that."""
        if self._placed >= _MOST_PLACED:
            return UNPLACED
        self._placed += 1
        text = piece.text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if number in look(text[:middle]) else (middle + 1, high)
        end = low
        low, high = 0, end
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if number in look(text[middle:end]) else (low, middle - 1)
        return piece.offset + len(text[:low].encode(piece.encoding, "replace"))

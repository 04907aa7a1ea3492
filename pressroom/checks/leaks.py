"""The leak check: the words of held documents, looked for in every file of a finished tree.

It takes nothing from the build: the needles come from the raw sources by readers of its own, the haystack is the bytes that would go out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pressroom.checks.containers import Piece, parts, pieces
from pressroom.checks.held import SourceFile, Sources
from pressroom.checks.leak_record import LeakRecord, hashes
from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import DIGEST, FIELD, HAN_PHRASE, HAN_RUN, PHRASE, RUN, SEGMENT, Entry, Needle, forms_of, raw_needles, read_entries
from pressroom.ground.problems import Problem

SEALED = "sealed"
_WORTH = (DIGEST, RUN, HAN_RUN, PHRASE, HAN_PHRASE, SEGMENT, FIELD)
_MOST_PLACED = 200


@dataclass(frozen=True, slots=True)
class Needles:
    """What to look for. `cleared` are digests of files whose whole content is cleared."""

    needles: tuple[Needle, ...]
    hashes: tuple[int, ...]
    cleared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leak:
    """Something held in the output: the file, what in it (a member of an archive), the byte at which it stands there, whose it is, and what.

    `offset` is -1 where it stands in the file's name, or was not looked for any more. `way` is `sealed` where the file cannot be looked into.
    """

    path: str
    member: str
    offset: int
    folder: str
    what: str
    way: str


OutputFile = tuple[str, str, Callable[[], bytes]]
"""A file of the tree: its path, its SHA-256 (empty: not known), and what gives its bytes."""


def gather(
    sources: Sources, common: Iterable[bytes], record: LeakRecord, derivatives: Mapping[str, Iterable[str]] | None = None
) -> tuple[Needles, LeakRecord]:
    """The needles of everything held, less what a cleared source, the registries' used entries or `common` hold as well.

    `common` are the theme's files, the interface words and whatever else of its own the engine writes; `derivatives` the digests of images
    made from held ones, by document folder. The record that comes back knows the cleared sources.
    """
    entries = [entry for file in sources.registries for entry in read_entries(file)]
    needles, named = raw_needles(sources.held, entries)
    needles += [Needle(DIGEST, digest, folder, "image") for folder, found in (derivatives or {}).items() for digest in found]
    numbers = dict(zip(hashes(record, (needle.identity for needle in needles)), range(len(needles)), strict=True))
    matcher = Matcher(enumerate(needles))
    excused, found = _excused_by_sources(sources, needles, numbers, matcher, record)
    for data in common:
        for piece in pieces(data):
            if piece.whole:
                found |= matcher.find_anywhere(piece.text)
    found |= _excused_by_entries(needles, entries, named, matcher, found)
    cleared = frozenset(file.digest for file in sources.cleared)
    kept = [(hash, n) for hash, n in numbers.items() if n not in found and not (needles[n].way == DIGEST and needles[n].value in cleared)]
    renewed = replace(record, asked=frozenset(numbers), excused=excused, known=sources.known)
    return Needles(tuple(needles[n] for _, n in kept), tuple(hash for hash, _ in kept), cleared), renewed


def _excused_by_sources(
    sources: Sources, needles: Sequence[Needle], numbers: Mapping[int, int], matcher: Matcher, record: LeakRecord
) -> tuple[dict[str, tuple[int, ...]], set[int]]:
    """The needles that each cleared source holds, by the record where it has been asked before."""
    hash_of = {number: hash for hash, number in numbers.items()}
    new = [(number, needles[number]) for hash, number in numbers.items() if hash not in record.asked]
    for_new = Matcher(new)
    by_digest: dict[str, tuple[int, ...]] = {}
    for file in sources.cleared:
        if file.digest in by_digest:
            continue
        before = [numbers[hash] for hash in record.excused.get(file.digest, ()) if hash in numbers]
        if file.digest not in record.excused:
            before = list(_found_in(file, matcher))
        elif new:
            before += _found_in(file, for_new)
        by_digest[file.digest] = tuple(hash_of[number] for number in before)
    # A folder's name is a cleared source's too: where two documents have one slug, it gives nothing away.
    folders = "\n".join(sorted({file.shown.rpartition("/")[0] for file in sources.cleared}))
    return by_digest, matcher.find_anywhere(folders) | {numbers[hash] for found in by_digest.values() for hash in found}


def _found_in(file: SourceFile, matcher: Matcher) -> set[int]:
    return matcher.find_anywhere(file.name).union(*map(matcher.find_anywhere, forms_of(file)))


def _excused_by_entries(
    needles: Sequence[Needle], entries: Iterable[Entry], named: Mapping[str, Sequence[Needle]], matcher: Matcher, found: set[int]
) -> set[int]:
    """What the registry entries say that cleared documents use, directly or through one another, or that no held document uses."""
    numbers = {needle.identity: number for number, needle in enumerate(needles)}
    waiting = {entry.name: entry for entry in entries}
    said: set[int] = set()
    while True:
        known = found | said
        used = [name for name in waiting if name not in named or any(n.naming and numbers[n.identity] in known for n in named[name])]
        if not used:
            return said
        for name in used:
            said |= matcher.find_anywhere(waiting.pop(name).text)
            said.update(numbers[needle.identity] for needle in named.get(name, ()))


def search(files: Iterable[OutputFile], needles: Needles, record: LeakRecord) -> tuple[list[Leak], LeakRecord]:
    """Every leak of a tree: one for each file and document, and one more where its name says something. The record is renewed only where there is none."""
    fresh = [number for number, hash in enumerate(needles.hashes) if hash not in record.searched_for]
    leaks: list[Leak] = []
    clean: set[str] = set()

    @cache
    def search_for(only_fresh: bool) -> _Search:
        return _Search(needles, fresh if only_fresh else range(len(needles.needles)))

    def is_known(name: str) -> bool:
        return name in clean or name in record.searched and not fresh

    def take(name: str, found: list[Leak]) -> None:
        leaks.extend(found)
        if not found:
            clean.add(name)

    for path, digest, read in files:
        name = hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
        take(name, [] if is_known(name) else list(search_for(name in record.searched).in_path(path)))
        if digest in needles.cleared or is_known(digest):
            clean.add(digest)
            continue
        data = read()
        real = hashlib.sha256(data).hexdigest()
        take(real, [] if is_known(real) else list(search_for(real in record.searched).in_bytes(path, data)))
    if leaks:
        return leaks, record
    return leaks, replace(record, searched_for=frozenset(needles.hashes), searched=frozenset(clean))


class _Search:
    def __init__(self, needles: Needles, wanted: Iterable[int]) -> None:
        chosen = [(number, needles.needles[number]) for number in wanted]
        self._needles = needles.needles
        self._digests = {needle.value: needle for _, needle in chosen if needle.way == DIGEST}
        self._cleared = needles.cleared
        self._matcher = Matcher(chosen)
        self._placed = 0

    def in_path(self, path: str) -> Iterator[Leak]:
        for needle in self._best(self._matcher.find_in_path(path)).values():
            yield Leak(path, "", -1, needle.folder, needle.what, needle.way)

    def in_bytes(self, path: str, data: bytes) -> Iterator[Leak]:
        told: set[str] = set()
        for part in parts(data):
            if part.sealed:
                yield Leak(path, part.name, 0, "", "what cannot be looked into", SEALED)
                continue
            digest = hashlib.sha256(part.data).hexdigest()
            if digest in self._cleared:
                continue
            if (needle := self._digests.get(digest)) and needle.folder not in told:
                told.add(needle.folder)
                yield Leak(path, part.name, 0, needle.folder, needle.what, DIGEST)
            if part.name:
                for folder, needle in self._best(self._matcher.find_in_path(part.name.rpartition("!")[2])).items():
                    if folder not in told:
                        told.add(folder)
                        yield Leak(path, part.name, -1, folder, needle.what, needle.way)
            for piece in pieces(part.data):
                look = self._matcher.find if piece.whole else self._matcher.find_long
                found = look(piece.text)
                for folder, needle in self._best(found).items():
                    if folder not in told:
                        told.add(folder)
                        number = next(n for n in found if self._needles[n] is needle)
                        yield Leak(path, part.name, self._place(piece, number, look), folder, needle.what, needle.way)

    def _best(self, found: Iterable[int]) -> dict[str, Needle]:
        """By document, the needle that says most; of equals the first."""
        best: dict[str, Needle] = {}
        for number in sorted(found, key=lambda n: (_WORTH.index(self._needles[n].way), n)):
            best.setdefault(self._needles[number].folder, self._needles[number])
        return best

    def _place(self, piece: Piece, number: int, look: Callable[[str], set[int]]) -> int:
        """Where a needle begins: the shortest beginning of the text that holds it, then the shortest end of that."""
        if self._placed >= _MOST_PLACED:
            return -1
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


def problems_of(leaks: Iterable[Leak], public_log: bool = False) -> list[Problem]:
    """Leaks as they are told. In a public log neither the document nor what leaks is named, and no file whose own name would tell."""
    leaks = list(leaks)
    telling = {leak.path for leak in leaks if leak.offset < 0 and not leak.member}
    return [_problem_of(leak, public_log, leak.path in telling) for leak in leaks]


def _problem_of(leak: Leak, public_log: bool, telling: bool) -> Problem:
    inside = f" {leak.member}" if leak.member else ""
    place = "in its name" if leak.offset < 0 else f"at byte {leak.offset}"
    if public_log:
        inside, path = "", "output" if telling else f"output {leak.path}"
        hint = "run `inv build` where the sources are: it names the document"
    else:
        path, hint = f"output {leak.path}", "this is a fault of the build, not of the document: nothing was published"
    if leak.way == SEALED:
        hint = "publish it as a file of a cleared document, or not at all"
        return Problem("GT005", f"what this file holds{inside} cannot be searched for words of held documents", path, hint=hint)
    what = "words of a held document" if public_log else f"{leak.what} of {leak.folder}"
    return Problem("GT004", f"{what}{inside} {place}", path, hint=hint)

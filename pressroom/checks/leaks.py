"""The leak check: the words of held documents, looked for in every file of a finished tree.

It takes nothing from the build: the needles come from the raw sources by readers of its own, the haystack is the bytes that would go out.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, count
from math import inf
from types import MappingProxyType
from typing import Any

from pressroom.checks.gathering import TooMuch
from pressroom.checks.leak_record import LeakRecord
from pressroom.checks.lumps import Digests, lumped
from pressroom.checks.needles import FILE_NAME
from pressroom.checks.runs import FIELD, HAN_PHRASE, HAN_RUN, PHRASE, RUN
from pressroom.checks.searcher import IN_NAME, SEALED, UNPLACED, Leak, Searcher
from pressroom.checks.sought import Needles
from pressroom.ground.pool import Pool
from pressroom.ground.problems import Problem

_SAID = (RUN, HAN_RUN, PHRASE, HAN_PHRASE, FIELD)
_GROUP = 64
# What the search of one file takes of a processor's time, about.
_SECONDS = 0.002
_MARK = 12


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a tree: the SHA-256 of each by its path (empty: not known), what gives their bytes, and what those of the tree before (or none).

    `foreign` are digests of what is nobody's words here. What gives bytes must be a plain value where a pool searches.
    """

    digests: Mapping[str, str]
    read: Callable[[str], bytes]
    former: Callable[[str], bytes] = lambda path: b""
    foreign: frozenset[str] = frozenset()

    def __reduce__(self) -> tuple[Any, ...]:
        return Files, (lumped(self.digests), self.read, self.former, self.foreign)

    def between(self, paths: Sequence[str], begin: int, end: int) -> list[tuple[str, str]]:
        """Some paths of all, sorted, with their digests."""
        if isinstance(self.digests, Digests):
            return self.digests.between(begin, end)
        return [(path, self.digests[path]) for path in paths[begin:end]]


def search(
    tree: Files, needles: Needles, record: LeakRecord, pool: Pool | None = None, most: float = inf, early: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[Leak], LeakRecord]:  # fmt: skip
    """Every leak of a tree: one for each file and document, and one more where the file's name says something.

    The record that comes back is the same where there are leaks. Given a pool, many new files are searched by it; what would take longer than `most` seconds
    of a processor's time is TooMuch. `early` are files by their digests in which none of these needles was found: they are not searched again.
    """
    needles = replace(needles, cleared=needles.cleared | tree.foreign)
    fresh = [number for number, hash in enumerate(needles.hashes) if hash not in record.searched_for]
    leaks: list[Leak] = []
    searched: dict[str, bytes] = {}

    @cache
    def search_for(only_fresh: bool) -> Searcher:
        return Searcher(needles, fresh if only_fresh else None)

    paths = sorted(tree.digests)
    clean = _clean_files(sorted(tree.digests.items()), tree.read, needles, record, pool) if pool else {}
    clean |= {path: digest for path, digest in early.items() if tree.digests.get(path) == digest}
    left = iter(range(int(most / _SECONDS))) if most < inf else count()

    def look_at(path: str, digest: str, known: Container[bytes]) -> bytes:
        """Searches a file, and gives its name and content as they are remembered: where they are cleared, the name alone."""
        told = "" if digest in needles.cleared else digest
        if path in clean:
            return _mark(path, "" if clean[path] in needles.cleared else clean[path])
        if (mark := _mark(path, told)) in known and not fresh and (told or digest):
            return mark
        searcher = search_for(mark in known)
        leaks.extend(searcher.in_path(path))
        if not told and digest:
            return mark
        if next(left, None) is None:
            raise TooMuch
        data = tree.read(path)
        real = hashlib.sha256(data).hexdigest()
        if real in needles.cleared:
            return _mark(path, "")
        searcher = search_for((mark := _mark(path, real)) in known)
        before = tree.former(path) if known and not fresh else b""
        is_clean = before and _mark(path, hashlib.sha256(before).hexdigest()) in known
        leaks.extend(searcher.in_bytes(path, data, before if is_clean else b""))
        return mark

    for first, begin, end in _groups(paths, record.searched):
        group = tree.between(paths, begin, end)
        told = [digest if digest not in needles.cleared else "" for _, digest in group]
        whole = _mark("\0".join([path for path, _ in group]), "\0".join(told))
        before = record.searched.get(first, b"")
        if before.startswith(whole) and not fresh:
            searched[group[0][0]] = before
            continue
        known = frozenset(before[n : n + _MARK] for n in range(_MARK, len(before), _MARK))
        marks = [look_at(path, digest, known) for path, digest in group]
        # Only what was told and found to be so may be told again.
        is_so = marks == [_mark(path, digest) for (path, _), digest in zip(group, told, strict=True)]
        searched[group[0][0]] = (whole if is_so else bytes(_MARK)) + b"".join(marks)
    if leaks:
        return leaks, record
    return leaks, replace(record, searched_for=needles.all_hashes, searched=searched)


def _clean_files(files: Sequence[tuple[str, str]], read: Callable[[str], bytes], needles: Needles, record: LeakRecord, pool: Pool) -> dict[str, str]:
    """The real digest of each file that nothing is remembered of and in which a pool finds nothing, by path: what it finds is looked at here, and told."""
    known = _remembered(record)
    new = [file for file in files if _mark(file[0], "" if file[1] in needles.cleared else file[1]) not in known]
    if not pool.pays(_SECONDS * len(new)):
        return {}
    # One text stands in files of several folders at the top: a process that has them all looks at it once.
    new.sort(key=lambda file: file[0].partition("/")[2])
    found = chain.from_iterable(pool.run(_Finder(needles, read), (new[first : first + _GROUP] for first in range(0, len(new), _GROUP))))
    return {path: digest for (path, _), digest in zip(new, found, strict=True) if digest}


class Early:
    """A search of files that are there before the others of their tree."""

    def __init__(self, needles: Needles, record: LeakRecord) -> None:
        self._searcher = Searcher(needles)
        self._known = _remembered(record) if record.searched_for.issuperset(needles.all_hashes) else frozenset()

    def clean_among(self, files: Iterable[tuple[str, str]], read: Callable[[str], bytes], former: Callable[[str], bytes]) -> Iterator[tuple[str, str]]:
        """Those of some files, each with its digest, in which nothing is found."""

        def clean_before(path: str) -> bytes:
            before = former(path) if self._known else b""
            return before if before and _mark(path, hashlib.sha256(before).hexdigest()) in self._known else b""

        for path, digest in files:
            if found := self._searcher.digest_of_clean(path, digest, read, clean_before):
                yield path, found


def _remembered(record: LeakRecord) -> frozenset[bytes]:
    """The marks of all files that are remembered."""
    return frozenset(marks[n : n + _MARK] for marks in record.searched.values() for n in range(_MARK, len(marks), _MARK))


class _Finder:
    """A pool's tool: says of each file its real digest, or nothing where something leaks."""

    def __init__(self, needles: Needles, read: Callable[[str], bytes]) -> None:
        self._needles, self._read = needles, read

    def __reduce__(self) -> tuple[type[_Finder], tuple[Needles, Callable[[str], bytes]]]:
        return _Finder, (self._needles, self._read)

    @cached_property
    def _searcher(self) -> Searcher:
        return Searcher(self._needles)

    def __call__(self, files: Sequence[tuple[str, str]]) -> list[str]:
        return [self._searcher.digest_of_clean(*file, self._read) for file in files]


def _mark(names: str, digests: str) -> bytes:
    return hashlib.blake2b(f"{names}\0\0{digests}".encode("utf-8", "surrogateescape"), digest_size=_MARK).digest()


def _groups(paths: Sequence[str], starts: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Where groups of sorted paths begin and end, cut where they were the last time, so that a new file changes one; each with what it began with then."""
    cuts = {0: "", **{bisect_left(paths, start): start for start in sorted(starts)}}
    for (begin, start), end in zip(cuts.items(), [*list(cuts)[1:], len(paths)], strict=True):
        size = _GROUP if end - begin > 2 * _GROUP else max(end - begin, 1)
        for first in range(begin, end, size):
            yield start, first, min(first + size, end)


def problems_of(leaks: Iterable[Leak], public_log: bool = False, standing: bool = False) -> list[Problem]:
    """Leaks as they are told. In a public log neither the document nor what leaks is named, and no file whose own name would tell.

    `standing` where the tree was built before: what it holds may have become held since.
    """
    leaks = list(leaks)
    telling = {leak.path for leak in leaks if leak.offset == IN_NAME and not leak.member}
    return [_problem_of(leak, _hint(public_log, standing), public_log, leak.path in telling) for leak in leaks]


def _hint(public_log: bool, standing: bool) -> str:
    if public_log:
        return f"run `inv {'check --site' if standing else 'build'}` where the sources are: it names the document"
    if standing:
        return "build again: what became held after the last build goes; what is still found is a fault of the build, or everybody's words"
    return (
        "nothing was published: a template, a word or a file of the theme's, the site's own or root/ says this, or it is a fault of the build, "
        "or these are words that everybody has and that the site puts together by itself"
    )


def _problem_of(leak: Leak, hint: str, public_log: bool, telling: bool) -> Problem:
    inside = f" {leak.member}" if leak.member else ""
    place = {IN_NAME: "in its name", UNPLACED: "in it"}.get(leak.offset, f"at byte {leak.offset}")
    path = f"output {leak.path}"
    if public_log:
        inside, path = "", "output" if telling else path
    if leak.way == SEALED:
        hint = "publish it as a file of a cleared document, or not at all"
        return Problem("GT005", f"what this file holds{inside} cannot be searched for words of held documents", path, hint=hint)
    if leak.what == FILE_NAME and not public_log:
        hint = f"where a file of root/ or of the theme has this name too, rename that one or the one in {leak.folder}; else {hint}"
    elif leak.way in _SAID and not public_log:
        hint = f"{hint}; then say them otherwise in {leak.folder}"
    what = "words of a held document" if public_log else f"{leak.what} of {leak.folder}"
    return Problem("GT004", f"{what}{inside} {place}", path, hint=hint)

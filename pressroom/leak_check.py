"""The leak check of one run: which words are held, by the raw sources, and where they stand in a tree. It may be begun beside what a build does meanwhile."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from itertools import chain
from math import inf
from pathlib import Path
from typing import Any

import pressroom
from pressroom.checks.gathering import Needles, TooMuch, gather
from pressroom.checks.held import SourceFile, Sources, judge_seen, keys_of, still_stand
from pressroom.checks.leak_record import LeakRecord, dumps, loads, new_record, opened
from pressroom.checks.leaks import Early, Files, Leak, search
from pressroom.checks.roots import digest_below, look_below
from pressroom.checks.scripts import language_of
from pressroom.ground import clock, digests
from pressroom.ground.companion import Companion
from pressroom.ground.pool import Pool
from pressroom.ground.problems import Fault, Problem
from pressroom.model.settings import Settings
from pressroom.press.files import faults, remove_file, replace_file
from pressroom.press.pagefind import SAID

_RECORD = "leaks.json"
_Judged = tuple[Sources, Needles, LeakRecord]
_ALONE = 1.0
"""Seconds of work that a companion does alone."""
_FEW = 4
"""So many workers that one of them is done with the sources before the others have made the pages."""
_OF_ORIGINAL = re.compile(r'^msgid "Original: %\(language\)s"\nmsgstr "((\w*).+)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Searched:
    """What leaks in a tree, and whether a record for the next build lies ready: none does where the one that is there is as good.

    That is so while the sources are as they were judged: by what was `seen` of them, and by the bytes of those that were `fresh`.
    """

    leaks: tuple[Leak, ...]
    has_record: bool
    seen: bytes
    fresh: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """Files of a tree to be that are there before the others, each with its digest; what gives their bytes, and what those of the tree before (or none)."""

    files: tuple[tuple[str, str], ...]
    read: Callable[[str], bytes]
    former: Callable[[str], bytes]


class LeakCheck:
    """Searches new bytes for everything that is held at `now`, and bytes that the last record knows for what it does not know.

    The sources are looked at each time that `search` is called, judged if any has come, gone or changed, and what is to be looked for is gathered anew if they are
    others than they were. As a companion's tool it judges when it is first called, without files, to have that behind it when there are some; then it
    searches, and whoever asked looks meanwhile whether the sources still stand. What is staged it may be given before the rest, and has that behind it too.
    Where there is more to do than one process should, it gives nothing there: then it is to be done here, by a pool. Without an `engine`, by which the record
    goes, nothing is relied upon that a build has found out.
    """

    def __init__(self, settings: Settings, now: datetime, engine: str = "", pool: Pool | None = None, most: float = inf) -> None:
        self._settings, self._now, self._engine, self._pool, self._most = settings, now, engine, pool, most
        self._before: _Judged | None = None
        self._ahead: Callable[[], _Judged] | None = None
        self._is_too_much = False
        self._early: Early | None = None
        self._clean: dict[str, str] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return LeakCheck, (self._settings, self._now, self._engine, None, _ALONE)

    def __call__(self, files: Files | Staged | None) -> Searched | None:
        # Found out once: what comes next would only wait for it to be found out again.
        if self._is_too_much:
            return None
        try:
            judged = self._before or self._judge()
            if isinstance(files, Staged):
                self._early = self._early or Early(*judged[1:])
                self._clean.update(self._early.clean_among(files.files, files.read, files.former))
            elif files:
                return self._search(files, judged)
        except TooMuch:
            self._is_too_much = True
        return None

    def begin_judging(self) -> None:
        """Has one process of a pool that is at work already, for much is new, judge the sources and gather what is looked for, while there is other work here.

        Where there are many, they have done it together sooner than the build would wait for one.
        """
        if self._pool and self._pool.is_at_work and self._pool.workers <= _FEW:
            # It is for speed alone: a pool that is broken is told of where there is need of it.
            with suppress(Fault):
                self._ahead = self._pool.begin(_judged, (self._settings, self._now, self._engine))

    def begin(self, files: Files, companion: Companion, alone: bool = False) -> Callable[[], Searched]:
        """Has a companion that is near search these files, and says what asks for what came of it; what does not hold is done here. A companion that is
        left `alone`, for there is much else to do here, looks at the sources too.
        """
        if not companion.is_near:
            return partial(self.search, files, self._pool)
        outcome = companion.begin(self, files)
        looked = companion.begin(digest_below, self._settings.roots) if alone else partial(digest_below, self._settings.roots)

        def searched() -> Searched:
            now, found = looked(), outcome()
            return found if found and still_stand(found.seen, found.fresh, now) else self.search(files, self._pool)

        return searched

    def search(self, files: Files, pool: Pool | None = None) -> Searched:
        """What leaks in these files, of which a pool may search many.

        What was seen half written may be held for that alone: where something leaks, and the sources are not any more as they were judged, that is the Fault.
        """
        judged = self._judge()
        found = self._search(files, judged, pool)
        if found.leaks and judge_seen(look_below(self._settings.roots), self._now, self._settings.zone).held != judged[0].held:
            raise Fault(Problem("FT012", "sources changed while they were searched for what is held", hint="build again"))
        return found

    def _search(self, files: Files, judged: _Judged, pool: Pool | None = None) -> Searched:
        sources, needles, asked = judged
        leaks, searched = search(files, needles, asked, pool, self._most, self._clean)
        has_record = bool(self._engine) and not leaks and searched != self._opened(sources)
        if has_record:
            with faults(self._ready):
                replace_file(self._ready, dumps(searched, keys_of(sources.held)))
        return Searched(tuple(leaks), has_record, sources.seen, sources.fresh)

    def keep(self, searched: Searched) -> None:
        """Keeps the record that lies ready, for the next build. One that a build has left that failed is of no use."""
        with faults(self._path):
            if searched.has_record:
                os.replace(self._ready, self._path)
            else:
                remove_file(self._ready)

    @property
    def _path(self) -> str:
        return os.path.join(self._settings.state, _RECORD)

    @property
    def _ready(self) -> str:
        return f"{self._path}.ready"

    @cached_property
    def _record(self) -> LeakRecord:
        if not self._engine:
            return new_record("")
        engine = digests.of((self._engine, self._settings.zone, *([self._settings.derived] if self._settings.derived else ())))
        try:
            return loads(Path(self._path).read_bytes(), engine)
        except OSError:
            return new_record(engine)

    def _opened(self, sources: Sources) -> LeakRecord:
        """The record for who has what is held."""
        self._record = opened(self._record, keys_of(sources.held))
        return self._record

    def _judge(self) -> _Judged:
        """The sources as they are now, what is to be looked for, and the record as far as it goes without the tree."""
        if self._ahead:
            ahead, self._ahead = self._ahead, None
            # What could not be judged there is judged here, and told.
            with suppress(Exception):
                self._before = ahead()
        before, seen = self._before, look_below(self._settings.roots)
        if before and still_stand(before[0].seen, before[0].fresh, seen.digest):
            return before
        now = judge_seen(seen, self._now, self._settings.zone, before[0].known if before else self._record.known)
        is_other = not before or _parts(now) != _parts(before[0])
        if is_other:
            self._early, self._clean = None, {}
        self._before = now, *(self._gathered(now) if is_other else before[1:])
        return self._before

    def _gathered(self, sources: Sources) -> tuple[Needles, LeakRecord]:
        conversions = tuple((one.source, one.conversion) for one in self._settings.derived)
        common_digest = _common_digest(self._settings) if self._engine else ""
        # The theme's, and then the site's own.
        static = [_static(folder) for folder, _ in self._settings.theme_folders("static")] if sources.held else []
        names = (self._settings.name, *self._settings.names.values(), *_originals(self._settings, sources))
        return gather(
            sources, _common(self._settings), self._opened(sources), conversions=conversions, common_digest=common_digest, pool=self._pool, most=self._most,
            url=self._settings.url, files=chain.from_iterable(static), names=names, markup=_markup(self._settings),
            themes=frozenset(digest for digest, _ in chain.from_iterable(static[:1])),
        )  # fmt: skip


def _parts(sources: Sources) -> tuple[tuple[object, ...], ...]:
    return sources.held, sources.cleared, sources.root, sources.registries


def _judged(given: tuple[Settings, datetime, str]) -> _Judged:
    """A pool's tool: what a leak check of these settings, at this instant, by this engine, begins with."""
    return LeakCheck(*given)._judge()


def _common(settings: Settings) -> Iterator[bytes]:
    """What every site of this kind says by itself: the theme's words, the engine's own, the office's names.

    What is the site's own is not among it, templates, words and files in `root/`: what they say of something that is held was written for this site.
    """
    yield from (Path(path).read_bytes() for path in _files_below(settings.theme) if _is_of_words(settings, path))
    yield from (path.read_bytes() for path in sorted(Path(pressroom.__file__).with_name("outputs").rglob("*.py")))
    yield SAID
    yield _names(settings)


def _originals(settings: Settings, sources: Sources) -> Iterator[str]:
    """How the theme names the language of an original beside each translation, in the languages of what is held: who quotes one copies that with it."""
    held: dict[str, list[str]] = {}
    for source in sources.held:
        for file in source.files:
            held.setdefault(language_of(file), []).append(file.path)
    for lang in settings.languages:
        # Where a language has no words, the build says so; and a text that is gone by now is another the next time that it is asked for.
        with suppress(OSError):
            words = Path(settings.theme, "words", f"{lang}.po").read_text(encoding="utf-8", errors="replace")
            for form, begin in _OF_ORIGINAL.findall(words) if lang in held else ():
                if any(begin.encode() in Path(path).read_bytes() for path in held[lang]):
                    # What knows the names of languages is long to load, and few texts quote a translation.
                    from pressroom.outputs import dates

                    yield from (form.replace("%(language)s", dates.language_name(other, lang)) for other in settings.languages)


def _markup(settings: Settings) -> Iterator[bytes]:
    """The theme's templates, style sheets and scripts: who looks after a site may write into them too, and into a theme of the site's own."""
    yield from (Path(path).read_bytes() for path in _files_below(settings.theme) if not _is_of_words(settings, path))


def _is_of_words(settings: Settings, path: str) -> bool:
    return os.path.relpath(path, settings.theme).split(os.sep)[0] in ("words", "typography")


def _common_digest(settings: Settings) -> str:
    """A name for all that is common while its files stand as they are; the engine's own are named by the record's. Empty where there is no telling yet."""
    found = [(path, os.stat(path)) for path in _files_below(settings.theme)]
    stamps = [(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino) for path, stat in found]
    is_settled = max((max(stat.st_mtime_ns, stat.st_ctime_ns) for _, stat in found), default=0) < clock.settled()
    return digests.of((stamps, SAID.decode(), _names(settings).decode())) if is_settled else ""


def _static(folder: str) -> list[tuple[str, str]]:
    """The digests and names of the files below a folder, which go out as they are."""
    return [(hashlib.sha256(Path(path).read_bytes()).hexdigest(), os.path.basename(path)) for path in _files_below(folder)]


def _files_below(folder: str) -> list[str]:
    return sorted(path for at, _, names in os.walk(folder) for name in names if os.path.isfile(path := os.path.join(at, name)))


def _names(settings: Settings) -> bytes:
    return "\n".join([settings.name, settings.url, *settings.names.values(), *settings.languages]).encode()

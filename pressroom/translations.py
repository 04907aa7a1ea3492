"""Each translation beside its original, as they stand on the disk: for `check` and for whoever begins a translation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec

from pressroom.desk.agreement.digest import of_original
from pressroom.desk.agreement.judge import Bench, disagreements
from pressroom.desk.agreement.units import Side
from pressroom.ground import digests
from pressroom.ground.problems import Problem
from pressroom.ground.store import Store
from pressroom.intake import Intake
from pressroom.model.document import Document, Edition
from pressroom.model.settings import Settings
from pressroom.reading.sources import Sources
from pressroom.verdicts import Judged


_STORE = "agreement.sqlite"


@dataclass(frozen=True, slots=True)
class Compared:
    """What a translation is charged with, and whether anybody may be told: it is out, or nothing holds it."""

    problems: tuple[Problem, ...]
    held: bool


def compared(settings: Settings, intake: Intake, sources: Sources) -> Intake:
    """The intake, and what its translations do not have of their originals. A pair that was compared as it stands is not compared again."""
    judged = {found.document.folder: found for found in intake.documents}
    bench = Bench(intake.registry, settings.languages)
    with Store(os.path.join(settings.state, _STORE)) as store:
        verdicts = _Verdicts(store, bench)
        everything = [found for document in intake.planned.documents for found in _of_document(judged[document.folder], document, sources, bench, verdicts)]
        store.keep_only(verdicts.looked_up)
    return replace(
        intake,
        open_problems=(*intake.open_problems, *(problem for found in everything if not found.held for problem in found.problems)),
        held_problems=(*intake.held_problems, *(problem for found in everything if found.held for problem in found.problems)),
    )


class _Verdicts:
    """What was found of each translation the last time, by all that it was found from."""

    def __init__(self, store: Store, bench: Bench) -> None:
        self._store, self._bench = store, digests.of((bench.registry, bench.languages))
        self.looked_up: set[str] = set()

    def key(self, document: Document, mine: Edition, other: Edition, draft: bool) -> str:
        shared = (self._bench, document.fields.date, sorted(_offered(document)))
        return digests.of((*shared, mine.digest, mine.hrefs, other.digest, other.hrefs, mine.path, other.path, draft))

    def find(self, path: str, key: str) -> tuple[Problem, ...] | None:
        self.looked_up.add(path)
        *_, kept, problems = self._store.entry(path)
        return msgspec.msgpack.decode(problems, type=tuple[Problem, ...]) if kept == key else None

    def keep(self, path: str, key: str, problems: tuple[Problem, ...]) -> None:
        self._store.put(path, "", "", key, msgspec.msgpack.encode(problems))


def _of_document(judged: Judged, document: Document, sources: Sources, bench: Bench, verdicts: _Verdicts) -> Iterator[Compared]:
    original = document.editions.get(document.original)
    if document.fields.withdrawn or original is None or len(document.editions) == 1:
        return
    other: Side | None = None
    for lang, source in judged.document.sources.items():
        if lang != document.original and lang in document.editions:
            edition, draft = document.editions[lang], source.header.held_by_status
            key = verdicts.key(document, edition, original, draft)
            problems = verdicts.find(edition.path, key)
            if problems is None:
                other = other or _side(judged, document, document.original, sources)
                problems = tuple(disagreements(_side(judged, document, lang, sources), other, source.header.excuses, bench))
                verdicts.keep(edition.path, key, problems)
            yield Compared(problems, bool(document.held) or draft)


def _side(judged: Judged, document: Document, lang: str, sources: Sources) -> Side:
    edition = document.editions[lang]
    header = judged.document.sources[lang].header
    when = document.fields.date
    return Side(edition, sources.body(edition.path), header.places, when.local.date() if when else None, header.held_by_status, _offered(document))


def _offered(document: Document) -> frozenset[str]:
    """The addresses of the files that stand beside every edition of a document, whatever its text leads to."""
    return frozenset(f"/{document.folder}/{name}" for name in (*document.fields.attachments, *document.fields.media))


def digest_of_original(document: Document, sources: Sources) -> str:
    """What `translated_from` of a translation holds that is made of the original as it stands."""
    edition = document.editions[document.original]
    return of_original(edition.fields, edition.facts, sources.body(edition.path))

"""Each translation beside its original, as they stand on the disk: for `check` and for whoever begins a translation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pressroom.desk.agreement.digest import of_original
from pressroom.desk.agreement.judge import Bench, disagreements
from pressroom.desk.agreement.units import Side
from pressroom.ground.problems import Problem
from pressroom.intake import Intake, Judged
from pressroom.model.document import Document
from pressroom.model.settings import Settings
from pressroom.reading.sources import Sources


@dataclass(frozen=True, slots=True)
class Compared:
    """What a translation is charged with, and whether anybody may be told: it is out, or nothing holds it."""

    problems: tuple[Problem, ...]
    held: bool


def compared(settings: Settings, intake: Intake, sources: Sources) -> Intake:
    """The intake, and what its translations do not have of their originals."""
    judged = {found.document.folder: found for found in intake.documents}
    everything = [found for document in intake.planned.documents for found in _of_document(settings, intake, judged[document.folder], document, sources)]
    return replace(
        intake,
        open_problems=(*intake.open_problems, *(problem for found in everything if not found.held for problem in found.problems)),
        held_problems=(*intake.held_problems, *(problem for found in everything if found.held for problem in found.problems)),
    )


def _of_document(settings: Settings, intake: Intake, judged: Judged, document: Document, sources: Sources) -> Iterator[Compared]:
    if document.fields.withdrawn or document.original not in document.editions or len(document.editions) == 1:
        return
    said = document.fields.date
    bench = Bench(intake.registry, settings.languages, said.local.date() if said else None)
    other = _side(judged, document, document.original, sources)
    for lang, source in judged.document.sources.items():
        if lang != document.original and lang in document.editions:
            header = source.header
            problems = disagreements(_side(judged, document, lang, sources), other, header.excuses, bench)
            yield Compared(tuple(problems), bool(document.held) or header.held_by_status)


def _side(judged: Judged, document: Document, lang: str, sources: Sources) -> Side:
    edition = document.editions[lang]
    header = judged.document.sources[lang].header
    return Side(edition, sources.body(edition.path), header.places, header.held_by_status)


def digest_of_original(document: Document, sources: Sources) -> str:
    """What `translated_from` of a translation holds that is made of the original as it stands."""
    edition = document.editions[document.original]
    return of_original(edition.fields, edition.facts, sources.body(edition.path))

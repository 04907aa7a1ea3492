"""From the headers of one bundle to one document: which edition is the original, what translations inherit, what contradicts."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pressroom.desk.file_names import nearest_file
from pressroom.desk.gate import Verdict
from pressroom.ground.problems import Problem
from pressroom.model.document import DocumentFields, Header
from pressroom.model.kinds import DOCUMENT, FIELDS
from pressroom.model.media import recordings
from pressroom.model.people import Registry

_OWN_STATUS = "status"
_PUT_THERE = "put the file into the document's folder"


@dataclass(frozen=True, slots=True)
class Source:
    """One edition's file: its path as shown, and its header."""

    path: str
    header: Header


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document before the gate. `original` is empty for a lone translation; `judged` is False where the gate cannot be asked."""

    kind: str
    year: int
    slug: str
    folder: str
    fields: DocumentFields
    original: str
    sources: Mapping[str, Source]
    problems: tuple[Problem, ...] = ()
    judged: bool = True

    def without_drafts(self) -> Assembled:
        """The document without the translations that are held by themselves."""
        return self.without(self.drafts)

    def without(self, languages: Collection[str]) -> Assembled:
        return replace(self, sources={lang: source for lang, source in self.sources.items() if lang not in languages}) if languages else self

    @property
    def drafts(self) -> tuple[str, ...]:
        """The languages of the translations that are held by themselves."""
        return tuple(lang for lang, source in self.sources.items() if source.header.held_by_status and lang != self.first)

    @property
    def first(self) -> str:
        return self.original or next(iter(self.sources), "")


@dataclass(frozen=True, slots=True)
class Judged:
    """A document and what the gate says of it."""

    document: Assembled
    verdict: Verdict


def assemble(kind: str, year: int, slug: str, folder: str, sources: Mapping[str, Source], shown: str = "") -> Assembled:
    """One document of the editions of one folder. `shown` is where that stands, for a fault of no edition's."""
    problems: list[Problem] = []
    originals = [lang for lang, source in sources.items() if not source.header.edition.translation]
    lone = not originals and len(sources) == 1 and next(iter(sources.values())).header.edition.source_language
    if len(originals) == 1 or lone:
        original = originals[0] if originals else ""
        first = original or next(iter(sources))
        fields = sources[first].header.document
        for lang, source in sources.items():
            if lang != first:
                problems += _contradictions(sources[first], source)
        problems += _of_no_original(sources[first])
        judged = all(source.header.judged for source in sources.values())
        return Assembled(kind, year, slug, folder, fields, original, sources, tuple(problems), judged)
    read = [lang for lang in originals if sources[lang].header.places]
    if len(read) < len(originals) and len(read) <= 1:
        # Of what could not be read, which is told where it stands, nobody knows whether it says translation:.
        return Assembled(kind, year, slug, folder, DocumentFields(), "", sources, judged=False)
    paths = ", ".join(source.path for source in sources.values())
    message = f"two originals: {paths}" if originals else f"no original: {paths or 'the folder has no edition'}"
    hint = "write translation: official (or unofficial, machine, interpretation) in every edition but the original"
    if not originals and len(sources) == 1:
        hint = "a lone translation says of what: source: {language: zh-Hans, url: …}"
    if not sources:
        hint = "name an edition index.<language>.md, or take the folder out"
    problem = Problem("TX004", message, shown or folder, hint=hint)
    return Assembled(kind, year, slug, folder, DocumentFields(), "", sources, (problem,), judged=False)


def _of_no_original(first: Source) -> list[Problem]:
    """The digest of an original where there is none beside it: in the original itself, or in a lone translation."""
    if not first.header.edition.translated_from:
        return []
    line, column = first.header.places["translated_from"]
    return [Problem("AG009", "translated_from names an original, and there is none beside this edition", first.path, line, column, "take it out")]


def _contradictions(first: Source, other: Source) -> list[Problem]:
    problems = []
    for field in FIELDS:
        if field.of != DOCUMENT or not field.honoured or field.name not in other.header.places or field.name == _OWN_STATUS:
            continue
        line, column = other.header.places[field.name]
        if field.name not in first.header.places:
            message = f"{field.name} belongs to the whole document and is not in the original {first.path}"
            problems.append(Problem("FM013", message, other.path, line, column, "write it there, once for all languages, and take it out here"))
        elif getattr(other.header.document, field.name) != getattr(first.header.document, field.name):
            where = f"{first.path}:{first.header.places[field.name][0]}"
            message = f"{field.name} says another thing than the original in {where}"
            problems.append(Problem("FM012", message, other.path, line, column, "take it out here: the original's value is every language's"))
    return problems


def check(document: Assembled, files: Collection[str], registry: Registry, zone: ZoneInfo) -> list[Problem]:
    """What is wrong with a document's fields beside the rest of the house: its year, its topics and contacts, the files it names."""
    problems: list[Problem] = []
    if document.first not in document.sources:
        return problems
    source = document.sources[document.first]
    fields = document.fields

    def fault(code: str, message: str, name: str, hint: str, at: Source = source) -> None:
        line, column = at.header.places.get(name, (1, 1))
        problems.append(Problem(code, message, at.path, line, column, hint))

    if document.year and fields.date and (year := fields.date.instant.astimezone(zone).year) != document.year:
        fault("TX005", f"the folder says {document.year}, the date {fields.date.text} is in {year}", "date", f"move the folder to {year}/, or mend the date")
    for name, ids, known in (
        ("topics", fields.topics, registry.topics),
        ("contacts", fields.contacts, registry.contacts),
        ("organisation", (fields.organisation,) if fields.organisation else (), registry.organisations),
    ):
        for id in ids:
            if id not in known:
                near = difflib.get_close_matches(id, list(known), n=1, cutoff=0.6)
                file = "organisations.yml" if name == "organisation" else f"{name}.yml"
                fault("RG001", f"{file} has no {id}", name, f'did you mean "{near[0]}"?' if near else f"add {id} to {file}")
    for field, named in (("attachments", fields.attachments), ("media", fields.media), ("credits", fields.credits), ("licences", fields.licences)):
        for name in named:
            if name not in files:
                fault("TX007", f"{name} is not in {document.folder}", field, nearest_file(name, files) or _PUT_THERE)
    problems += [Problem(found.code, found.message, source.path, *source.header.places.get("media", (1, 1)), found.hint) for found in recordings(fields.media)[1]]
    for at in document.sources.values():
        for field, names in (("captions", at.header.edition.captions), ("alts", at.header.edition.alts)):
            for name in names:
                if name not in files:
                    fault("TX007", f"{name} is not in {document.folder}", field, nearest_file(name, files) or _PUT_THERE, at)
    return problems

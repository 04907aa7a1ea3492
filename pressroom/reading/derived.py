"""Editions that no file holds: made by software from another of the document's editions, and what they need of the rest of the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pressroom.model.document import DERIVED, MACHINE, DocumentFields, Header
from pressroom.model.people import Registry, folded_name
from pressroom.model.settings import Derived
from pressroom.model.text import Facts
from pressroom.model.typography import Typography
from pressroom.reading.dialects import Dialect
from pressroom.reading.conversion import Conversion

_CLAIMING_LESS = ("unofficial", MACHINE)
"""What a source is called that its conversion must be called too."""


@dataclass(frozen=True)
class Derivation:
    """How one language's editions are made from another's."""

    conversion: Conversion

    @property
    def lang(self) -> str:
        return self.conversion.lang

    @property
    def source(self) -> str:
        return self.conversion.source

    @property
    def digest(self) -> str:
        return self.conversion.digest

    def header(self, header: Header) -> Header:
        """The header of the derived edition: the texts converted, and nothing said of the whole document."""
        said, text = header.edition, self.conversion.text
        fields = replace(
            said, title=text(said.title), subtitle=text(said.subtitle), summary=text(said.summary), place=text(said.place), translator=text(said.translator),
            translation=said.translation if said.translation in _CLAIMING_LESS else DERIVED, notes=self.conversion.markdown(said.notes),
            captions={name: text(caption) for name, caption in said.captions.items()}, alts={name: text(alt) for name, alt in said.alts.items()},
            derived_from=self.source,
        )  # fmt: skip
        return Header(edition=fields, body_line=header.body_line)

    def fields(self, fields: DocumentFields, first: str) -> DocumentFields:
        """A document's fields with what they say in the language that is derived: of the event, in the notes of corrections, in whom they concern.

        What is said in no language is said in `first`.
        """
        event = fields.event.get(self.source, "") or (fields.event.get("", "") if self.source == first else "")
        corrections = []
        for entry in fields.corrections:
            note = entry.notes.get(self.source, "") or (entry.notes.get("", "") if self.source == first else "")
            concerned = (*entry.languages, self.lang) if self.source in entry.languages else entry.languages
            corrections.append(replace(entry, notes={self.lang: self.conversion.text(note), **entry.notes} if note else entry.notes, languages=concerned))
        return replace(fields, event={self.lang: self.conversion.text(event), **fields.event} if event else fields.event, corrections=tuple(corrections))

    def dialect(self, dialect: Dialect) -> Dialect:
        """The dialect with the names, tags and labels that it knows in the other script too."""
        return Dialect(
            {**{folded_name(self.conversion.text(name)): id for name, id in dialect.known.items()}, **dialect.known},
            {**{self.conversion.text(tag): kind for tag, kind in dialect.tags.items()}, **dialect.tags},
            (*dialect.credit_labels, *map(self.conversion.text, dialect.credit_labels)),
        )

    def speakers(self, fields: DocumentFields) -> DocumentFields:
        return replace(fields, speakers=tuple(dict.fromkeys((*fields.speakers, *map(self.conversion.text, fields.speakers)))))

    def facts(self, facts: Facts, source: Facts) -> Facts:
        """The facts of the derived text: who speaks is who speaks in the source, by whatever name. What is wrong is told of the source."""
        segments, quotations = facts.segments, facts.quotations
        if [segment.kind for segment in segments] == [segment.kind for segment in source.segments]:
            segments = tuple(
                replace(mine, reports=theirs.reports, voice=replace(mine.voice, id=theirs.voice.id) if mine.voice and theirs.voice else mine.voice)
                for mine, theirs in zip(segments, source.segments, strict=True)
            )
        if [found.passages for found in quotations] == [found.passages for found in source.quotations]:
            quotations = tuple(replace(mine, id=theirs.id) for mine, theirs in zip(quotations, source.quotations, strict=True))
        return replace(facts, segments=segments, quotations=quotations, problems=())

    def registry(self, registry: Registry) -> Registry:
        """The registries with their texts in the language that is derived, where they have none of their own."""
        told = self._told
        people = {
            id: replace(person, names=told(person.names), offices=tuple(replace(office, role=told(office.role)) for office in person.offices))
            for id, person in registry.people.items()
        }
        return Registry(
            people, {id: replace(found, names=told(found.names), about=told(found.about)) for id, found in registry.organisations.items()},
            {id: replace(found, names=told(found.names)) for id, found in registry.topics.items()},
            {id: replace(found, names=told(found.names), role=told(found.role), hours=told(found.hours)) for id, found in registry.contacts.items()},
            registry.known,
        )  # fmt: skip

    def _told(self, texts: Mapping[str, str]) -> Mapping[str, str]:
        return {**texts, self.lang: self.conversion.text(texts[self.source])} if self.source in texts and self.lang not in texts else texts


def derivations(wanted: Iterable[Derived], registry: Registry, typographies: Mapping[str, Typography]) -> tuple[Derivation, ...]:
    """Every derivation of a site, with the names that its registries have in both languages, and the quotation marks of the two."""
    named = [found.names for found in (*registry.people.values(), *registry.organisations.values())]
    made = []
    for one in wanted:
        names = {texts[one.source]: texts[one.lang] for texts in named if one.source in texts and one.lang in texts}
        marks = dict(zip(_marks(typographies.get(one.source)), _marks(typographies.get(one.lang)), strict=False))
        made.append(Derivation(Conversion(one.lang, one.source, one.conversion, names, marks)))
    return tuple(made)


def _marks(typography: Typography | None) -> str:
    """The quotation marks of a language: those outside, then those inside."""
    quotes = typography.table("quotes") if typography else {}
    return f"{quotes.get('outer', '')}{quotes.get('inner', '')}"

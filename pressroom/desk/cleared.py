"""What the gate has let through, read or standing, and the documents that it makes: they have no links and no files yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pressroom.desk import alignment, corrections, urls
from pressroom.desk.dossiers import Dossier
from pressroom.desk.editions import Assembled
from pressroom.desk.gate import Verdict
from pressroom.ground.languages import direction
from pressroom.model.document import Document, DocumentFields, Edition, EditionFields
from pressroom.model.settings import Settings
from pressroom.model.text import Facts


@dataclass(frozen=True, slots=True)
class Cleared:
    """A document that the gate let through, with the facts and the content digest of each of its editions, and its other files' names.

    `former` are the texts of its earlier versions, `former_files` the digests of what was attached to them, by version.
    """

    document: Assembled
    verdict: Verdict
    facts: Mapping[str, Facts]
    digests: Mapping[str, str]
    files: frozenset[str]
    former: tuple[FormerText, ...] = ()
    former_files: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A document that the gate let through and that stands as the last build left it, with the names of its other files."""

    dossier: Dossier
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class FormerText:
    """An edition of an earlier version as it was read: its path and content digest, its own fields and what its document said then, its facts."""

    version: int
    lang: str
    path: str
    digest: str
    fields: EditionFields
    document: DocumentFields
    facts: Facts


def document_of(settings: Settings, item: Cleared) -> Document:
    source, fields = item.document, item.document.fields
    editions = {}
    for lang in settings.languages:
        if lang not in source.sources:
            continue
        said, facts = source.sources[lang].header.edition, item.facts[lang]
        if fields.withdrawn:
            said, facts = corrections.edition_without_words(said), Facts()
        versions = sorted(text.version for text in item.former if text.lang == lang and fields.corrections[text.version - 1].concerns(lang))
        editions[lang] = Edition(
            lang, direction(lang), urls.edition(source.kind, source.year, source.slug, lang), source.sources[lang].path, item.digests[lang], said, facts,
            changes=corrections.changes(_fields_in(item, lang), lang, source.first, texts_of(item, lang)), versions=tuple(versions),
            counterparts=alignment.counterparts(facts, item.facts[source.original]) if _has_original(source, lang) and not fields.withdrawn else (),
        )  # fmt: skip
    fields = corrections.without_words(fields) if fields.withdrawn else fields
    return Document(source.kind, source.year, source.slug, fields, item.verdict.published, editions, source.original, held=item.verdict.held)


def texts_of(item: Cleared, lang: str) -> dict[int, Facts]:
    """The facts of an edition by version, those of now last."""
    former = {text.version: text.facts for text in item.former if text.lang == lang}
    return {**former, len(item.document.fields.corrections) + 1: item.facts[lang]}


def derived_passages(item: Cleared) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What became of each passage of the source in every derived edition of a document, by address; in those of earlier versions too."""
    document = item.document
    for lang, made in document.sources.items():
        if source := made.header.edition.derived_from:
            theirs, address = texts_of(item, source), urls.edition(document.kind, document.year, document.slug, lang)
            for version, facts in texts_of(item, lang).items():
                at = address if version == max(theirs) else urls.version(address, version)
                yield at, corrections.same_passages(facts, theirs.get(version, facts))


def _fields_in(item: Cleared, lang: str) -> DocumentFields:
    """A document's fields as they hold in a language: the passages that an entry names are, in a derived edition, those in their places."""
    source = item.document.sources[lang].header.edition.derived_from
    return corrections.of_derived(item.document.fields, texts_of(item, lang), texts_of(item, source)) if source else item.document.fields


def _has_original(source: Assembled, lang: str) -> bool:
    return source.original in source.sources and source.original != lang

"""The Site, made of what the gate has let through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from pressroom.desk import alignment, corrections, pairs, urls
from pressroom.desk.dossiers import Dossier
from pressroom.desk.editions import Assembled
from pressroom.desk.gate import Verdict
from pressroom.desk.links import Atlas, Known, Question, Resolved, Witness, repointed, resolve
from pressroom.desk.listings import first_edition, listings, newest_first, people_of
from pressroom.ground.languages import direction, in_address
from pressroom.ground.problems import Problem
from pressroom.model.document import Attachment, Document, DocumentFields, Edition, EditionFields, Facts, Former, Link
from pressroom.model.kinds import DATED, PAGE
from pressroom.model.people import Registry
from pressroom.model.settings import PREVIEW, Settings
from pressroom.model.site import NEWS_AGE, PEOPLE, PERSON, TOPIC, TOPICS, Chrome, Copy, Entry, Index, Listing, Redirect, Said, Site
from pressroom.model.typography import Typography
from pressroom.model.words import Words

_ICONS = ("favicon.svg", "favicon.ico", "favicon.png")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


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
    """An edition of an earlier version as it was read: its path and content digest, its own fields, its facts."""

    version: int
    lang: str
    path: str
    digest: str
    fields: EditionFields
    facts: Facts


@dataclass(frozen=True, slots=True)
class Plan:
    """The site but for its attachments: which files of which folder it needs, and what is wrong with its links.

    `followed` are, by folder, the links of each document that was followed anew.
    """

    documents: tuple[Document, ...]
    formers: tuple[Former, ...]
    listings: tuple[Listing, ...]
    said: Mapping[str, tuple[Said, ...]]
    files: frozenset[tuple[str, str]]
    problems: tuple[Problem, ...]
    followed: Mapping[str, Followed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Followed:
    """Where the links of a document lead: its editions with them, the files they need, what they asked the atlas, what is wrong with them."""

    document: Document
    needs: frozenset[tuple[str, str]]
    asked: Mapping[Question, str]
    problems: tuple[Problem, ...]


def plan(
    settings: Settings, registry: Registry, cleared: tuple[Cleared, ...], unsound: tuple[Assembled, ...], held: tuple[Assembled, ...],
    standing: Mapping[str, Standing] = MappingProxyType({}),
) -> Plan:  # fmt: skip
    """Documents, listings and links. `unsound` are cleared but have faults of their own, told elsewhere; `held` are there and not cleared.

    `standing` are by folder those that stand as the last build left them: their links are followed only where the atlas would answer otherwise.
    """
    of_folder = {item.document.folder: item for item in cleared}
    bare = newest_first((*(_document(settings, item) for item in cleared), *(one.dossier.document for one in standing.values())))
    people = people_of(bare, registry)
    rows = {folder: one.dossier.rows for folder, one in standing.items()}
    found, said = listings(bare, people, registry, settings.languages, ZoneInfo(settings.zone), rows)
    atlas = _atlas(settings, registry, cleared, standing, unsound, held, bare, found, frozenset(people))
    derived = {address: same for item in cleared for address, same in _derived_passages(item)}
    files: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    documents = []
    followed: dict[str, Followed] = {}
    for document in bare:
        dossier = standing[document.folder].dossier if document.folder in standing else None
        if dossier and all(atlas.answer(*question) == answer for question, answer in dossier.asked.items()):
            documents.append(document)
            files |= dossier.needs
        else:
            found_here = followed[document.folder] = _follow(document, atlas, derived)
            documents.append(found_here.document)
            files |= found_here.needs
            problems += found_here.problems
        if dossier:
            problems += dossier.of_texts
        files |= {(document.folder, name) for name in (*document.fields.attachments, *document.fields.media)}
    formers = [
        former
        for document in documents
        if not document.fields.withdrawn
        if document.folder in of_folder
        for former in _formers(document, of_folder[document.folder], lambda link, lang, path, folder=document.folder: resolve(link, folder, lang, path, atlas), derived)
    ]
    for item in cleared:
        problems += corrections.check_passages(item.document, {lang: _texts(item, lang) for lang in item.facts})
    for document in bare:
        if document.folder in of_folder:
            problems += of_places(document)
    problems += _unregistered(bare, registry)
    problems += _taken_aliases(settings, tuple(item.document for item in cleared), (*unsound, *held), standing)
    return Plan(tuple(documents), tuple(formers), tuple(found), said, frozenset(files), tuple(problems), followed)


def of_places(document: Document) -> Iterator[Problem]:
    """Where the translations of a document and its original cannot be set side by side."""
    original = document.editions.get(document.original)
    for edition in document.editions.values():
        if original and edition is not original and not edition.derived:
            yield from alignment.differing_places(edition, original)


def _follow(document: Document, atlas: Atlas, derived: Mapping[str, Mapping[str, str]]) -> Followed:
    witness, editions = Witness(atlas), {}
    needs: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    for lang, edition in document.editions.items():
        resolved = [resolve(link, document.folder, lang, edition.path, witness) for link in edition.facts.links]
        if edition.derived:
            resolved = [repointed(found, edition.address, derived) for found in resolved]
        else:
            problems += [found.problem for found in resolved if found.problem]
        needs |= {found.file for found in resolved if found.file}
        editions[lang] = replace(edition, hrefs=tuple(r.href for r in resolved), images=_images(edition.facts, resolved), marks=tuple(r.mark for r in resolved))
    return Followed(replace(document, editions=editions), frozenset(needs), witness.asked, tuple(problems))


def _images(facts: Facts, resolved: list[Resolved]) -> tuple[str, ...]:
    """The addresses of what a text shows as pictures, in its order."""
    return tuple(found.href for found, link in zip(resolved, facts.links, strict=True) if link.image and found.href)


def _texts(item: Cleared, lang: str) -> dict[int, Facts]:
    """The facts of an edition by version, those of now last."""
    former = {text.version: text.facts for text in item.former if text.lang == lang}
    return {**former, len(item.document.fields.corrections) + 1: item.facts[lang]}


def _derived_passages(item: Cleared) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What became of each passage of the source in every derived edition of a document, by address; in those of earlier versions too."""
    document = item.document
    for lang, made in document.sources.items():
        if source := made.header.edition.derived_from:
            theirs, address = _texts(item, source), urls.edition(document.kind, document.year, document.slug, lang)
            for version, facts in _texts(item, lang).items():
                at = address if version == max(theirs) else urls.version(address, version)
                yield at, corrections.same_passages(facts, theirs.get(version, facts))


def _formers(document: Document, item: Cleared, lead: Callable[[Link, str, str], Resolved], derived: Mapping[str, Mapping[str, str]]) -> Iterator[Former]:
    """The editions of earlier versions, each beside the one that took its place. Their links lead where they still can."""
    entries = document.fields.corrections
    for lang, edition in document.editions.items():
        texts = {text.version: text for text in item.former if text.lang == lang and text.version in edition.versions}
        later, later_files = edition, None
        for version, text in sorted(texts.items(), reverse=True):
            address = urls.version(edition.address, version)
            resolved = [repointed(lead(link, lang, text.path), address, derived if text.fields.derived_from else {}) for link in text.facts.links]
            resolved = [replace(found, href="") if found.problem else found for found in resolved]
            then = Edition(
                lang, edition.dir, address, text.path, text.digest, text.fields, text.facts,
                tuple(found.href for found in resolved), _images(text.facts, resolved), tuple(found.mark for found in resolved),
            )  # fmt: skip
            files = item.former_files.get(version)
            yield Former(replace(document, editions={}), version, then, files, later, later_files, entries[version - 1].at, edition.address)
            later, later_files = then, files


def _taken_aliases(settings: Settings, cleared: tuple[Assembled, ...], others: tuple[Assembled, ...], standing: Mapping[str, Standing]) -> Iterator[Problem]:
    """Aliases that are another document's address, one that is held included: it would take the address away on the day it comes out."""
    if not any(document.fields.aliases for document in cleared):
        return
    documents = (*cleared, *others, *(one.dossier.document for one in standing.values()))
    taken = {urls.edition(d.kind, d.year, d.slug, lang) for d in documents for lang in settings.languages}
    taken |= {alias for one in standing.values() for alias in one.dossier.document.fields.aliases}
    for document in cleared:
        source = document.sources[document.first]
        for alias in document.fields.aliases:
            if alias in taken:
                line, column = source.header.places.get("aliases", (0, 0))
                yield Problem("TX011", "an alias is the address of a document, or another's alias", source.path, line, column, "take it out")
            taken.add(alias)


def _unregistered(documents: tuple[Document, ...], registry: Registry) -> Iterator[Problem]:
    """Speakers whom people.yml does not have, each once, with the entry that would register them under the id they have already."""
    told: set[str] = set()
    for document in documents:
        for edition in document.editions.values():
            for id, name in edition.facts.speakers:
                if id not in registry.people and id not in told and not edition.derived:
                    told.add(id)
                    voices = {segment.voice.id: segment.line for segment in reversed(edition.facts.segments) if segment.voice}
                    hint = f"register the person in people.yml and nothing moves: {id}: {{names: {{{edition.lang}: {json.dumps(name, ensure_ascii=False)}}}}}"
                    yield Problem("RG005", f"{name} is not in people.yml", edition.path, voices.get(id, 0), 1 if id in voices else 0, hint)


def compose(
    settings: Settings, registry: Registry, planned: Plan, attachments: Mapping[tuple[str, str], Attachment], words: Mapping[str, Words],
    typographies: Mapping[str, Typography], copies: tuple[Copy, ...], styles: tuple[str, ...], now: datetime,
) -> Site:  # fmt: skip
    """The whole site as it is at `now`, once the files it needs are known."""
    of_folder: dict[str, tuple[Attachment, ...]] = {}
    for (folder, _), attachment in sorted(attachments.items()):
        of_folder[folder] = (*of_folder.get(folder, ()), attachment)
    documents = tuple(
        document if document.attachments == (files := of_folder.get(document.folder, ())) else replace(document, attachments=files)
        for document in planned.documents
    )
    pages = [document for document in documents if document.kind == PAGE and not document.fields.withdrawn]
    icon = next((f"/{name}" for name in _ICONS for copy in copies if copy.address == name), "")
    chrome = {
        lang: Chrome(
            lang, direction(lang), settings.name_in(lang), settings.url, settings.zone, settings.default_language, settings.languages,
            tuple(_page_entry(page, lang) for page in sorted(pages, key=lambda page: page.slug)), styles, icon, words[lang], typographies[lang],
            settings.audience == PREVIEW, settings.search,
        )
        for lang in settings.languages
    }  # fmt: skip
    people = people_of(documents, registry)
    redirects = tuple(_redirect(document, alias) for document in documents for alias in document.fields.aliases)
    by_folder = {document.folder: document for document in documents}
    formers = tuple(_with_files(former, by_folder[former.document.folder].attachments) for former in planned.formers)
    return Site(
        settings.name, settings.url, settings.zone, settings.default_language, settings.languages, settings.feed_authority, documents, formers,
        partial(pairs.pairs_of, also=settings.side_by_side), registry,
        planned.listings, tuple(_indexes(settings.languages, planned.listings)), people, planned.said, chrome, copies, redirects,
        settings.audience == PREVIEW, _as_of(documents, now),
    )  # fmt: skip


def _with_files(former: Former, attachments: tuple[Attachment, ...]) -> Former:
    """A former edition that shows only those files which are still what they were."""
    now = {found.name: found.digest for found in attachments}
    same = tuple(found for found in attachments if former.files is None or former.files.get(found.name) == found.digest)
    folder = urls.attachment(former.document.kind, former.document.year, former.document.slug, "")
    shown = {found.address for found in same}
    hrefs = tuple("" if href.startswith(folder) and href not in shown else href for href in former.edition.hrefs)
    images = tuple(href for href in former.edition.images if not href.startswith(folder) or href in shown)
    return replace(
        former, document=replace(former.document, attachments=same), edition=replace(former.edition, hrefs=hrefs, images=images),
        later_files=now if former.later.address == former.current else former.later_files,
    )  # fmt: skip


def _as_of(documents: tuple[Document, ...], now: datetime) -> datetime:
    """The last instant at which the clock changed the site: a document came out, or left the news sitemap."""
    instants = [document.published + age for document in documents if document.kind in DATED for age in (timedelta(0), NEWS_AGE)]
    return max((instant for instant in instants if instant <= now), default=_NEVER)


def _document(settings: Settings, item: Cleared) -> Document:
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
            changes=corrections.changes(_fields_in(item, lang), lang, source.first, _texts(item, lang)), versions=tuple(versions),
            counterparts=alignment.counterparts(facts, item.facts[source.original]) if _has_original(source, lang) and not fields.withdrawn else (),
        )  # fmt: skip
    fields = corrections.without_words(fields) if fields.withdrawn else fields
    return Document(source.kind, source.year, source.slug, fields, item.verdict.published, editions, source.original, held=item.verdict.held)


def _fields_in(item: Cleared, lang: str) -> DocumentFields:
    """A document's fields as they hold in a language: the passages that an entry names are, in a derived edition, those in their places."""
    source = item.document.sources[lang].header.edition.derived_from
    return corrections.of_derived(item.document.fields, _texts(item, lang), _texts(item, source)) if source else item.document.fields


def _has_original(source: Assembled, lang: str) -> bool:
    return source.original in source.sources and source.original != lang


def _atlas(
    settings: Settings, registry: Registry, cleared: tuple[Cleared, ...], standing: Mapping[str, Standing], unsound: tuple[Assembled, ...],
    held: tuple[Assembled, ...], documents: tuple[Document, ...], found: list[Listing], people: frozenset[str],
) -> Atlas:  # fmt: skip
    known = {}
    for folder, one in standing.items():
        document = one.dossier.document
        known[folder] = Known(document.kind, document.year, document.slug, _original_first(document), one.files)
    for source, files in (*((item.document, item.files) for item in cleared), *((source, frozenset[str]()) for source in unsound)):
        languages = sorted(source.sources, key=lambda lang: (lang != source.first, settings.languages.index(lang)))
        known[source.folder] = Known(source.kind, source.year, source.slug, tuple(languages), frozenset() if source.fields.withdrawn else files)
    for source in held:
        known[source.folder] = Known(source.kind, source.year, source.slug, (), frozenset(), cleared=False)
    return Atlas(known, registry, people, partial(_addresses, settings, documents, found))


def _original_first(document: Document) -> tuple[str, ...]:
    first = document.original or next(iter(document.editions))
    return (first, *(lang for lang in document.editions if lang != first))


def _addresses(settings: Settings, documents: tuple[Document, ...], found: list[Listing]) -> frozenset[str]:
    """Every address of a page."""
    addresses = {listing.address for listing in found}
    addresses |= {edition.address for document in documents for edition in document.editions.values()}
    addresses |= {urls.version(edition.address, n) for document in documents for edition in document.editions.values() for n in edition.versions}
    addresses |= {address for document in documents for *_, address in pairs.addresses(document, settings.side_by_side)}
    addresses |= {alias for document in documents for alias in document.fields.aliases}
    addresses |= {address(lang) for address in (urls.corrections, urls.verify) for lang in settings.languages}
    addresses |= {urls.search(lang) for lang in settings.languages if settings.search}
    addresses |= {"/", *(urls.topics(lang) for lang in settings.languages), *(urls.people(lang) for lang in settings.languages)}
    return frozenset(addresses)


def _redirect(document: Document, alias: str) -> Redirect:
    """An old address leads to the edition in its own language where there is one, else to the original."""
    of_lang = {in_address(lang): edition for lang, edition in document.editions.items()}
    edition = of_lang.get(alias.split("/")[1]) or first_edition(document)
    return Redirect(alias, edition.address, edition.lang)


def _page_entry(page: Document, lang: str) -> Entry:
    edition = page.editions.get(lang) or first_edition(page)
    return Entry(edition.address, edition.fields.title, edition.lang if edition.lang != lang else "")


def _indexes(languages: tuple[str, ...], found: tuple[Listing, ...]) -> list[Index]:
    indexes = []
    for what, whole, address in ((TOPICS, TOPIC, urls.topics), (PEOPLE, PERSON, urls.people)):
        for lang in languages:
            entries = tuple(
                Entry(listing.address, listing.name, listing.name_lang, sum(period.count for period in listing.periods))
                for listing in found
                if listing.what == whole and listing.lang == lang and not listing.year
            )
            indexes.append(Index(what, lang, address(lang), {other: address(other) for other in languages}, entries))
    return indexes

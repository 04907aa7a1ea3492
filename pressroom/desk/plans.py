"""The site but for its attachments: documents with their links, earlier versions, listings, and which files are needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from pressroom.desk import alignment, corrections, pairs, urls
from pressroom.desk.cleared import Cleared, Standing, derived_passages, document_of, texts_of
from pressroom.desk.editions import Assembled
from pressroom.desk.gate import DRAFT, EMBARGO, judge, published_instant
from pressroom.desk.links import Atlas, Known, Question, Resolved, Witness, repointed, resolve
from pressroom.desk.listings import listings, newest_first, people_of
from pressroom.ground.problems import WARNING, Problem
from pressroom.model.document import Document, DocumentFields, Edition, Former
from pressroom.model.people import Person, Registry, folded_name, person_id
from pressroom.model.settings import Settings
from pressroom.model.site import Listing, Said
from pressroom.model.text import Facts, Link


@dataclass(frozen=True, slots=True)
class Plan:
    """The site but for its attachments: which files of which folder it needs, and what is wrong with its links.

    `followed` are, by folder, the links of each document that was followed anew.
    """

    documents: tuple[Document, ...]
    formers: tuple[Former, ...]
    listings: tuple[Listing, ...]
    said: Mapping[str, Sequence[Said]]
    files: frozenset[tuple[str, str]]
    problems: tuple[Problem, ...]
    followed: Mapping[str, Followed] = field(default_factory=dict)

    def files_of(self, drafts: Collection[str]) -> set[tuple[str, str]]:
        """The files that nobody is to have yet: what needs them is a document that is a draft, or its texts that are, given by their paths."""
        of_drafts, of_others = set[str](), set[str]()
        for document in self.documents:
            named = of_drafts if document.held == DRAFT else of_others
            named.update(f"/{document.folder}/{name}" for name in (*document.fields.attachments, *document.fields.media))
            # What is derived leads where its source does.
            for edition in (edition for edition in document.editions.values() if not edition.derived):
                own = f"/{document.folder}/" if edition.path in drafts else ""
                for href in edition.hrefs:
                    (of_drafts if own and href.startswith(own) else of_others).add(href)
        hidden = of_drafts - of_others
        return {(folder, name) for folder, name in self.files if f"/{folder}/{name}" in hidden}

    def without(self, files: Collection[tuple[str, str]]) -> Plan:
        """The plan with links to these files of documents' own leading nowhere, as those with a fault do."""
        gone = {f"/{folder}/{name}" for folder, name in files}
        folders = {folder for folder, _ in files}
        return replace(self, documents=tuple(_without(document, gone) if document.folder in folders else document for document in self.documents))


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
    bare = newest_first((*(document_of(settings, item) for item in cleared), *(one.dossier.document for one in standing.values())))
    people = people_of(bare, registry)
    rows = {folder: one.dossier.rows for folder, one in standing.items()}
    found, said = listings(bare, people, registry, settings.languages, ZoneInfo(settings.zone), rows)
    atlas = _atlas(settings, registry, cleared, standing, unsound, held, bare, found, frozenset(people))
    derived = {address: same for item in cleared for address, same in derived_passages(item)}
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
        problems += corrections.check_passages(item.document, {lang: texts_of(item, lang) for lang in item.facts})
    for document in bare:
        if document.folder in of_folder:
            problems += of_places(document)
    problems += _unregistered(bare, registry)
    problems += _taken_aliases(settings, tuple(item.document for item in cleared), (*unsound, *held), standing, found)
    return Plan(tuple(documents), tuple(formers), tuple(found), said, frozenset(files), tuple(problems), followed)


def at_lifts(
    settings: Settings, registry: Registry, documents: tuple[Document, ...], files: Mapping[str, frozenset[str]], unsound: tuple[Assembled, ...]
) -> Iterator[Problem]:
    """What will be wrong with the links of documents under embargo in the build that lets them out: where they lead may be held for longer.

    `documents` are all, newest first and without the editions that are drafts; `files` the names of their other files, by folder.
    """
    for until in sorted({document.published for document in documents if document.held == EMBARGO}):
        out = tuple(document for document in documents if judge(document.fields, until).cleared)
        known = {d.folder: Known(d.kind, d.year, d.slug, (), frozenset(), cleared=False) for d in documents}
        known |= {d.folder: Known(d.kind, d.year, d.slug, tuple(d.sources), frozenset(), judge(d.fields, until).cleared) for d in unsound}
        known |= {d.folder: Known(d.kind, d.year, d.slug, _original_first(d), frozenset() if d.fields.withdrawn else files[d.folder]) for d in out}
        people = people_of(out, registry)
        atlas = Atlas(known, registry, frozenset(people), partial(_addresses_of, settings, registry, out, people))
        for document in out:
            if document.held and document.published == until:
                yield from _follow(document, atlas, {}).problems


def _addresses_of(settings: Settings, registry: Registry, documents: tuple[Document, ...], people: Mapping[str, Person]) -> frozenset[str]:
    return _addresses(settings, documents, listings(documents, people, registry, settings.languages, ZoneInfo(settings.zone))[0])


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
        resolved = [replace(found, href="") if found.problem else found for found in resolved]
        needs |= {found.file for found in resolved if found.file}
        editions[lang] = replace(edition, hrefs=tuple(r.href for r in resolved), images=_images(edition.facts, resolved), marks=tuple(r.mark for r in resolved))
    return Followed(replace(document, editions=editions), frozenset(needs), witness.asked, tuple(problems))


def _without(document: Document, gone: Collection[str]) -> Document:
    editions = {
        lang: replace(
            edition, hrefs=tuple("" if href in gone else href for href in edition.hrefs), images=tuple(href for href in edition.images if href not in gone)
        )
        for lang, edition in document.editions.items()
    }  # fmt: skip
    return replace(document, editions=editions)


def _images(facts: Facts, resolved: list[Resolved]) -> tuple[str, ...]:
    """The addresses of what a text shows as pictures, in its order."""
    return tuple(found.href for found, link in zip(resolved, facts.links, strict=True) if link.image and found.href)


def _formers(document: Document, item: Cleared, lead: Callable[[Link, str, str], Resolved], derived: Mapping[str, Mapping[str, str]]) -> Iterator[Former]:
    """The editions of earlier versions, each beside the one that took its place. Their links lead where they still can."""
    entries = document.fields.corrections
    for lang, edition in document.editions.items():
        texts = {text.version: text for text in item.former if text.lang == lang and text.version in edition.versions}
        later, later_files, later_fields = edition, None, document.fields
        for version, text in sorted(texts.items(), reverse=True):
            address = urls.version(edition.address, version)
            resolved = [repointed(lead(link, lang, text.path), address, derived if text.fields.derived_from else {}) for link in text.facts.links]
            resolved = [replace(found, href="") if found.problem else found for found in resolved]
            then = Edition(
                lang, edition.dir, address, text.path, text.digest, text.fields, text.facts,
                tuple(found.href for found in resolved), _images(text.facts, resolved), tuple(found.mark for found in resolved),
            )  # fmt: skip
            files = item.former_files.get(version)
            bare = files is None and _is_bare(document, item, version, lead)
            said = _said_then(text.document, document.fields)
            whole = replace(document, editions={}, fields=said, published=published_instant(text.document))
            yield Former(whole, version, then, files, later, later_files, entries[version - 1].at, edition.address, said == later_fields, bare)
            later, later_files, later_fields = then, {} if bare else files, said


def _is_bare(document: Document, item: Cleared, version: int, lead: Callable[[Link, str, str], Resolved]) -> bool:
    """Whether nothing of an earlier version led to a file, so that there was none to record."""
    kept = {text.lang: text for text in item.former if text.version == version}
    named = any(text.document.attachments or text.document.media for text in kept.values())
    found = [lead(link, lang, text.path) for lang, text in kept.items() for link in text.facts.links]
    folder = urls.attachment(document.kind, document.year, document.slug, "")
    others = (href for lang, edition in document.editions.items() if lang not in kept for href in edition.hrefs)
    led = any(one.problem or (one.file and one.file[0] == document.folder) for one in found) or any(href.startswith(folder) for href in others)
    return not (named or led)


def _said_then(then: DocumentFields, now: DocumentFields) -> DocumentFields:
    """What a document says in an earlier version: date and event of then, and whose its files are as far as that was said. All else holds as it is now."""
    return replace(now, date=then.date, event=then.event, credits={**now.credits, **then.credits}, licences={**now.licences, **then.licences})


def _taken_aliases(
    settings: Settings, cleared: tuple[Assembled, ...], others: tuple[Assembled, ...], standing: Mapping[str, Standing], found: list[Listing]
) -> Iterator[Problem]:
    """Aliases that are the address of a listing, or another document's, one that is held included: it would take the address away on the day it comes out."""
    if not any(document.fields.aliases for document in cleared):
        return
    documents = (*cleared, *others, *(one.dossier.document for one in standing.values()))
    taken = {urls.edition(d.kind, d.year, d.slug, lang) for d in documents for lang in settings.languages}
    taken |= {alias for one in standing.values() for alias in one.dossier.document.fields.aliases}
    listed = {listing.address for listing in found} | _of_every_site(settings)
    for document in cleared:
        source = document.sources[document.first]
        for alias in document.fields.aliases:
            if alias in taken or alias in listed:
                line, column = source.header.places.get("aliases", (0, 0))
                message = "an alias is the address of a document, or another's alias" if alias in taken else f"the alias {alias} is the address of a page that the site makes by itself"
                yield Problem("TX011", message, source.path, line, column, "take it out")
            taken.add(alias)


def _unregistered(documents: tuple[Document, ...], registry: Registry) -> Iterator[Problem]:
    """Speakers whom people.yml does not have, each once, with the entry that would register them under the id they have already; and those whose id is
    that of somebody who has another name.
    """
    seen: set[tuple[str, str]] = set()
    told: set[str] = set()
    for document in documents:
        for edition in document.editions.values():
            if edition.derived or seen.issuperset(edition.facts.speakers):
                continue
            for id, name in edition.facts.speakers:
                seen.add((id, name))
                person = registry.people.get(id)
                if person and name not in told and not _may_be(person, name):
                    told.add(name)
                    hint = f"if it is the same person, add the name to the aliases of {id}; else give this one an entry of their own, under another id"
                    message = f"{name} is taken for {id} of people.yml, who has not this name"
                    yield Problem("RG005", message, edition.path, *_place_of(id, edition), hint, severity=WARNING)
                elif not person and id not in told:
                    told.add(id)
                    hint = f"register the person in people.yml and nothing moves: {id}: {{names: {{{edition.lang}: {json.dumps(name, ensure_ascii=False)}}}}}"
                    yield Problem("RG005", f"{name} is not in people.yml", edition.path, *_place_of(id, edition), hint)


def _place_of(id: str, edition: Edition) -> tuple[int, int]:
    """Line and column at which somebody speaks first, where that is known."""
    line = next((segment.line for segment in edition.facts.segments if segment.voice and segment.voice.id == id), 0)
    return line, 1 if line else 0


def _may_be(person: Person, name: str) -> bool:
    """Whether a name is one of a person's, or gives the id that one of them would give."""
    names = [*person.names.values(), *person.aliases]
    return folded_name(name) in map(folded_name, names) or person.id in map(person_id, names)


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
    return frozenset(addresses | _of_every_site(settings))


def _of_every_site(settings: Settings) -> set[str]:
    """The addresses of the pages that a site has whatever its documents are."""
    addresses = {address(lang) for address in (urls.topics, urls.people, urls.corrections, urls.verify) for lang in settings.languages}
    return addresses | {"/"} | {urls.search(lang) for lang in settings.languages if settings.search}

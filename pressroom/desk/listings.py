"""Every page that lists documents, in every language: fronts, kinds with their years and months, topics, people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from pressroom.desk import urls
from pressroom.ground import digests
from pressroom.model.document import Document
from pressroom.model.kinds import DATED
from pressroom.model.late import Late
from pressroom.model.moments import Moment
from pressroom.model.people import Person, Registry
from pressroom.model.site import FRONT, KIND, LISTING_LENGTH, MONTH, PERSON, TOPIC, YEAR, Listing, Period, Row, Said

_Key = TypeVar("_Key", str, int)


def row(document: Document, lang: str, digest: str = "") -> Row:
    """A document as the listings of one language show it; its digest where that is known."""
    edition = document.editions.get(lang) or document.first
    shown = Row(
        address=edition.address, kind=document.kind, lang=edition.lang, dir=edition.dir, foreign=edition.lang != lang, title=edition.fields.title,
        summary=edition.fields.summary, place=edition.fields.place, date=printed(document), published=document.published, updated=document.updated(edition),
        tag=f"{document.folder}/{edition.lang}", held=document.held, translation=edition.fields.translation,
        withdrawn=document.fields.withdrawn,
    )  # fmt: skip
    if digest:
        # What a cached property would work out.
        shown.__dict__["digest"] = digest
    return shown


def printed(document: Document) -> Moment:
    """The moment a listing shows; only dated kinds are listed."""
    assert document.fields.date is not None
    return document.fields.date


def people_of(documents: Iterable[Document], registry: Registry) -> dict[str, Person]:
    """Everyone who speaks or is quoted, by id. One who is not in the registry has the name each language's editions give."""
    found: dict[str, Person] = {}
    for document in documents:
        for lang, edition in document.editions.items():
            for id, name in edition.facts.speakers:
                if id in registry.people:
                    found[id] = registry.people[id]
                else:
                    names = found[id].names if id in found else {}
                    found[id] = Person(id, {lang: name, **names}, registered=False)
    return found


def said_by(document: Document, lang: str, person: Person, shown: Row) -> Said | None:
    """What a person said in a document, in the words that a page of this language shows."""
    passages = _passages(document, lang, person)
    return Said((document.editions.get(lang) or document.first).quoted(person.id), shown, passages) if passages else None


def _passages(document: Document, lang: str, person: Person) -> tuple[int, ...]:
    edition = document.editions.get(lang) or document.first
    return edition.facts.said.get(person.id, ()) if edition.lang == lang or person.registered else ()


def listings(
    documents: tuple[Document, ...], people: Mapping[str, Person], registry: Registry, languages: tuple[str, ...], zone: ZoneInfo,
    known: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> tuple[list[Listing], dict[str, Sequence[Said]]]:
    """All listings, and for each person's page by its address what it quotes. `documents` are in publishing order, newest first.

    `known` are the digests of rows, by folder and language, where they are known.
    """
    dated = [document for document in documents if document.kind in DATED]
    of_kinds = {kind: _Filed([document for document in dated if document.kind == kind], zone) for kind in DATED}
    of_topics = {id: _Filed(of_topic, zone) for id, of_topic in _by(dated, lambda document: document.fields.topics).items()}
    of_people = {id: _Filed(of_person, zone) for id, of_person in _by(dated, _speaker_ids).items()}
    found: list[Listing] = []
    said: dict[str, Sequence[Said]] = {}
    for lang in languages:
        shelf = _Shelf(lang, languages, known)
        found.append(shelf.newest(FRONT, urls.front, dated))
        for kind, of_kind in of_kinds.items():
            found += shelf.archive(kind, of_kind)
        for id, of_topic in of_topics.items():
            found += shelf.of_name(TOPIC, id, _name(registry.topics[id].names, lang) if id in registry.topics else (id, ""), of_topic, urls.topic)
        for id, of_person in of_people.items():
            person = people[id]
            own = of_person if person.registered else _Filed([document for document in of_person.documents if lang in document.editions], zone)
            if any(_passages(document, lang, person) for document in own.documents):
                pages = shelf.of_name(PERSON, id, _name(person.names, lang), own, urls.person, tuple(languages) if person.registered else None)
                for page in pages:
                    said[page.address] = Late(partial(_said, own.years[page.year] if page.year else own.documents[:LISTING_LENGTH], not page.year, shelf, person))
                found += pages
    return _with_real_alternates(found), said


def _said(documents: list[Document], is_newest: bool, shelf: _Shelf, person: Person) -> tuple[Said, ...]:
    """What a person said in these documents; for a page of the newest as many passages as a listing is long."""
    found = [what for document in documents if (what := said_by(document, shelf.lang, person, shelf.row(document)))]
    return tuple(_newest(found) if is_newest else found)


def _newest(said: Iterable[Said]) -> Iterator[Said]:
    """As many passages as a listing is long."""
    left = LISTING_LENGTH
    for one in said:
        if left <= 0:
            return
        yield replace(one, passages=one.passages[:left])
        left -= len(one.passages)


def _with_real_alternates(found: list[Listing]) -> list[Listing]:
    """An unregistered person's page has as alternates only those that exist."""
    addresses = {listing.address for listing in found}
    return [
        listing if addresses.issuperset(listing.alternates.values()) else replace(listing, alternates={lang: at for lang, at in listing.alternates.items() if at in addresses})
        for listing in found
    ]


class _Filed:
    """Documents, newest first, by year and month: that of a document is its folder's year and its printed day in the site's zone."""

    def __init__(self, documents: list[Document], zone: ZoneInfo) -> None:
        self.documents, self._zone = documents, zone

    @cached_property
    def years(self) -> Mapping[int, list[Document]]:
        return _by(self.documents, lambda document: (document.year,))

    @cached_property
    def months(self) -> Mapping[int, Mapping[int, list[Document]]]:
        return {year: _by(of_year, lambda document: (printed(document).instant.astimezone(self._zone).month,)) for year, of_year in self.years.items()}


def _speaker_ids(document: Document) -> list[str]:
    return list(dict.fromkeys(id for edition in document.editions.values() for id, _ in edition.facts.speakers))


def _by(documents: Iterable[Document], keys: Callable[[Document], Iterable[_Key]]) -> dict[_Key, list[Document]]:
    """Documents by each of their keys, in the order of the keys."""
    found: dict[_Key, list[Document]] = defaultdict(list)
    for document in documents:
        for key in keys(document):
            found[key].append(document)
    return dict(sorted(found.items()))


def _name(names: Mapping[str, str], lang: str) -> tuple[str, str]:
    """A name in a language, else the first there is and the language it is in."""
    if lang in names:
        return names[lang], ""
    return next(((name, tag) for tag, name in names.items()), ("", ""))


class _Shelf:
    """The listings of one language. A row is made for a page that has to be made."""

    def __init__(self, lang: str, languages: tuple[str, ...], known: Mapping[str, Mapping[str, str]]) -> None:
        self.lang, self.languages, self._known = lang, languages, known
        self._rows: dict[str, Row] = {}

    def row(self, document: Document) -> Row:
        found = self._rows.get(document.folder)
        if found is None:
            found = self._rows[document.folder] = row(document, self.lang, self._known.get(document.folder, {}).get(self.lang, ""))
        return found

    def _rows_of(self, documents: list[Document]) -> Late[Row]:
        return Late(lambda: tuple(map(self.row, documents)), lambda: digests.of(tuple(map(self._digest, documents))))

    def _digest(self, document: Document) -> str:
        return self._known.get(document.folder, {}).get(self.lang) or self.row(document).digest

    def _listing(self, what: str, address: Callable[[str], str], documents: list[Document]) -> Listing:
        return Listing(what, self.lang, address(self.lang), {lang: address(lang) for lang in self.languages}, self._rows_of(documents))

    def newest(self, what: str, address: Callable[[str], str], documents: list[Document]) -> Listing:
        return replace(self._listing(what, address, documents[:LISTING_LENGTH]), feed=True, more=len(documents) > LISTING_LENGTH)

    def archive(self, kind: str, filed: _Filed) -> list[Listing]:
        def at(year: int = 0, month: int = 0) -> Callable[[str], str]:
            return lambda lang: urls.kind(kind, lang, year, month)

        years = tuple(Period(at(year)(self.lang), year, 0, len(of_year)) for year, of_year in reversed(filed.years.items()))
        found = [replace(self.newest(KIND, at(), filed.documents), kind=kind, periods=years)]
        for year, of_year in reversed(filed.years.items()):
            of_months = filed.months[year]
            months = tuple(Period(at(year, month)(self.lang), year, month, len(of_month)) for month, of_month in reversed(of_months.items()))
            up = at()(self.lang)
            found.append(replace(self.newest(YEAR, at(year), of_year), kind=kind, year=year, periods=months, up=up, feed=False))
            for month, of_month in reversed(of_months.items()):
                found.append(replace(self._listing(MONTH, at(year, month), of_month), kind=kind, year=year, month=month, up=at(year)(self.lang)))
        return found

    def of_name(
        self, what: str, id: str, name: tuple[str, str], filed: _Filed, address: Callable[..., str], languages: tuple[str, ...] | None = None
    ) -> list[Listing]:
        """A topic's or person's page and its years."""
        years = tuple(Period(address(id, self.lang, year), year, 0, len(of_year)) for year, of_year in reversed(filed.years.items()))
        text, text_lang = name
        whole = self.newest(what, lambda lang: address(id, lang), filed.documents)
        found = [replace(whole, id=id, name=text, name_lang=text_lang, periods=years, feed=what == TOPIC or languages is not None)]
        for year, of_year in reversed(filed.years.items()):
            listed = self._listing(what, partial(address, id, year=year), of_year)
            found.append(replace(listed, id=id, name=text, name_lang=text_lang, year=year, up=address(id, self.lang)))
        return found


def newest_first(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Publishing order: by published instant, the newest first; the folder's name decides a tie."""
    return tuple(sorted(documents, key=lambda document: (-_seconds(document.published), document.folder)))


def _seconds(instant: datetime) -> float:
    return instant.timestamp() if instant.year > 1 else float("-inf")

"""Files that list documents and belong together: the newest of a kind, a topic or a person in all languages, with their feeds; a year of these, with its
months; the sitemap of a year; what finds quotations in a tier of the archive.

They are made from the documents that they list and from nothing else of the site, so that they can be known to stand as a whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from pressroom.model.document import Document, Former
from pressroom.model.kinds import DATED
from pressroom.model.people import Person
from pressroom.model.site import FRONT, KIND, LISTING_LENGTH, MONTH, PERSON, TOPIC, YEAR, Listing, Said, Site
from pressroom.model.tiers import ARCHIVE, tier_of
from pressroom.outputs.parts import House

SITEMAP, WORDS, PAGES = "sitemap", "words", "pages"
_OF_A_KIND = (KIND, YEAR, MONTH)


@dataclass(frozen=True, slots=True)
class Family:
    """`what` is a kind, a topic, a person, a sitemap or the words of a tier, `id` which, and `year` which part of its archive (0: the newest).

    `documents` are the digests of those shown, newest first, and of the earlier versions of theirs that are shown too; `about` is what else the pages say
    of documents that they do not show. `listed` are all from which the pages choose.
    """

    house: House
    what: str
    id: str
    year: int
    documents: tuple[str, ...]
    about: tuple[object, ...]
    listed: tuple[Document, ...] = field(compare=False)
    listings: tuple[Listing, ...] = field(compare=False, default=())
    said: Mapping[str, Sequence[Said]] = field(compare=False, default_factory=dict)
    person: Person | None = field(compare=False, default=None)
    formers: Mapping[str, Sequence[Former]] = field(compare=False, default_factory=dict)

    @property
    def name(self) -> str:
        return ":".join([self.what, self.id, *([str(self.year)] if self.year else [])])


def families(site: Site, house: House) -> Iterator[Family]:
    """Every family of the site. The fronts have none: they show what any document names."""
    documents: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in site.documents:
        if document.kind in DATED:
            documents[KIND, document.kind].append(document)
            for id in dict.fromkeys(document.fields.topics):
                documents[TOPIC, id].append(document)
            for id in {id: None for edition in document.editions.values() for id, _ in edition.facts.speakers}:
                documents[PERSON, id].append(document)
    listings: dict[tuple[str, str], list[Listing]] = defaultdict(list)
    for listing in site.listings:
        if listing.what != FRONT:
            listings[(KIND, listing.kind) if listing.what in _OF_A_KIND else (listing.what, listing.id)].append(listing)
    for (what, id), mine in listings.items():
        yield from _of_name(site, house, what, id, documents.get((what, id), []), mine)
    for year, of_year in groupby(sorted(site.documents, key=_year), key=_year):
        if year:
            listed = tuple(of_year)
            yield Family(house, SITEMAP, str(year), 0, _digests(listed), (), listed)
    yield from _tiers(site, house)


def _of_name(site: Site, house: House, what: str, id: str, listed: Sequence[Document], listings: Sequence[Listing]) -> Iterator[Family]:
    """The newest of a kind, a topic or a person, and each of its years."""
    person = site.people[id] if what == PERSON else None
    years: dict[int, list[Document]] = defaultdict(list)
    for document in listed:
        years[document.year].append(document)
    pages: dict[int, list[Listing]] = defaultdict(list)
    for listing in listings:
        pages[listing.year].append(listing)
    # One who is not in the registry has the names that any document gives; in which languages there are pages, any document may decide; and how many
    # of the registry's offices have begun, the clock.
    names, offices = (person.names.items() if not person.registered else (), len(person.offices)) if person else ((), 0)
    of_all = (tuple(listing.lang for listing in pages[0]), tuple(names), offices)
    for year, mine in pages.items():
        if year:
            shown, about, chosen_from = years[year], of_all, years[year]
        else:
            counts = Counter((each, lang) for each, found in years.items() for document in found for lang in ("", *document.editions))
            shown, about, chosen_from = _newest(site, listed), (*of_all, tuple(sorted(counts.items()))), listed
        yield Family(house, what, id, year, _digests(shown), about, tuple(chosen_from), tuple(mine), site.said, person)


def _newest(site: Site, listed: Sequence[Document]) -> list[Document]:
    """Those of documents that a page of the newest may show: the newest of all, and of each language."""
    shown = {
        number
        for lang in ("", *site.languages)
        for number in islice((number for number, document in enumerate(listed) if not lang or lang in document.editions), LISTING_LENGTH)
    }
    return [listed[number] for number in sorted(shown)]


def _tiers(site: Site, house: House) -> Iterator[Family]:
    formers: dict[str, list[Former]] = defaultdict(list)
    for former in site.formers:
        formers[former.current].append(former)
    for tier, listed in tiers(site).items():
        versions = [former.edition.digest for document in listed for edition in document.editions.values() for former in formers.get(edition.address, ())]
        yield Family(house, WORDS, tier, 0, (*_digests(listed), *versions), (), listed, formers=formers)


def tiers(site: Site) -> Mapping[str, tuple[Document, ...]]:
    """What is looked through together for a quotation, newest first; what has no date comes last. Nothing of what is withdrawn is there.

    Of the old archive each year is a tier, so that no file is ever too large to be asked for, or made again once its year is closed.
    """
    newest = max((document.published for document in site.documents if document.year), default=datetime.max)
    found: dict[str, list[Document]] = defaultdict(list)
    for document in sorted(site.documents, key=lambda document: not document.year):
        if not document.fields.withdrawn:
            found[_tier(document, newest, ZoneInfo(site.zone))].append(document)
    return {tier: tuple(listed) for tier, listed in found.items()}


def _tier(document: Document, newest: datetime, zone: ZoneInfo) -> str:
    if not document.year:
        return PAGES
    tier = tier_of(document.published, newest, zone)
    return f"{document.published.astimezone(zone).year:04}" if tier == ARCHIVE else tier


def _year(document: Document) -> int:
    return document.year


def _digests(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple([document.digest for document in documents])

"""Listings that belong together: the pages of a kind, a topic or a person in all languages, with their years, months and feeds.

They are made from the documents that they list and from nothing else of the site, so that they can be known to stand as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pressroom.model.document import Document
from pressroom.model.kinds import DATED
from pressroom.model.people import Person
from pressroom.model.site import FRONT, KIND, MONTH, PERSON, TOPIC, YEAR, Listing, Said, Site
from pressroom.outputs.parts import House

_OF_A_KIND = (KIND, YEAR, MONTH)


@dataclass(frozen=True, slots=True)
class Family:
    """`what` is a kind, a topic or a person, `id` which; `documents` are the digests of those listed, newest first."""

    house: House
    what: str
    id: str
    documents: tuple[str, ...]
    listed: tuple[Document, ...] = field(compare=False)
    listings: tuple[Listing, ...] = field(compare=False)
    said: Mapping[str, Sequence[Said]] = field(compare=False)
    person: Person | None = field(compare=False)


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
        listed = tuple(documents.get((what, id), ()))
        digests = tuple([document.digest for document in listed])
        yield Family(house, what, id, digests, listed, tuple(mine), site.said, site.people[id] if what == PERSON else None)

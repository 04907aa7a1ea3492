"""The page of each person: the offices held in time, the newest quotations, the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from pressroom.ground.addresses import relative
from pressroom.model.artifact import Artifact
from pressroom.model.document import Body, BodyRef
from pressroom.model.patterns import attribution
from pressroom.model.people import Office, Organisation, Person
from pressroom.model.site import PERSON, Chrome, Listing, Said, Site
from pressroom.outputs import dates
from pressroom.outputs.editions import told
from pressroom.outputs.head import page
from pressroom.outputs.listings import by_day, periods, shown, title, trail


def artifacts(site: Site) -> Iterator[Artifact]:
    digests = {edition.path: edition.digest for document in site.documents for edition in document.editions.values()}
    for listing in site.listings:
        if listing.what != PERSON:
            continue
        said = site.said[listing.address]
        bodies = tuple(BodyRef(path, digests[path]) for path in dict.fromkeys(found.edition for found in said))
        person = site.people[listing.id]
        organisations = {office.organisation: site.registry.organisations[office.organisation] for office in person.offices if office.organisation}
        inputs = (site.chrome[listing.lang], listing, person, organisations, said, *bodies)
        yield Artifact(f"{listing.address.lstrip('/')}index.html", view, inputs, "person.html", listing.lang)


def view(
    chrome: Chrome, listing: Listing, person: Person, organisations: Mapping[str, Organisation], said: tuple[Said, ...], *bodies: Body
) -> Mapping[str, Any]:
    texts = dict(zip(dict.fromkeys(found.edition for found in said), bodies, strict=True))
    return {
        "page": page(chrome, listing.address, title(chrome, listing), listing.alternates, feed=listing.feed),
        "site": chrome,
        "listing": listing,
        "name": listing.name,
        "name_lang": listing.name_lang,
        "other_names": list({name: (lang, name) for lang, name in reversed(person.names.items()) if name != listing.name}.values())[::-1],
        "pronunciation": person.pronunciation.get(chrome.lang, ""),
        "offices": [_office(chrome, office, organisations.get(office.organisation)) for office in person.offices],
        "quotations": [_quotation(chrome, listing, tuple(group), texts) for _, group in groupby(said, key=lambda found: (found.edition, found.role))],
        "days": by_day(chrome, listing.address, listing.rows),
        "periods": periods(chrome, listing),
        "trail": trail(chrome, listing),
    }


def _office(chrome: Chrome, office: Office, organisation: Organisation | None) -> Mapping[str, str]:
    role, role_lang = told(office.role, chrome.lang)
    name, name_lang = told(organisation.names, chrome.lang) if organisation else ("", "")
    return {
        "role": role, "role_lang": role_lang, "organisation": name, "organisation_lang": name_lang,
        "since": dates.partial(office.since, chrome.typography) if office.since else "",
        "until": dates.partial(office.until, chrome.typography) if office.until else "",
    }  # fmt: skip


def _quotation(chrome: Chrome, listing: Listing, said: tuple[Said, ...], texts: Mapping[str, Body]) -> Mapping[str, Any]:
    """What a person said in one document, in one office."""
    return {
        "passages": [{"words": texts[found.edition].passages[found.passage], "href": relative(listing.address, found.address)} for found in said],
        "office": attribution(chrome.typography, "", said[0].role, said[0].organisation), "document": shown(chrome, listing.address, said[0].row),
    }  # fmt: skip

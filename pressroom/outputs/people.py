"""The page of each person: the offices held in time, the newest quotations, the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pressroom.ground.addresses import relative
from pressroom.model.artifact import Artifact
from pressroom.model.document import Body, BodyRef
from pressroom.model.people import Organisation, Person
from pressroom.model.site import PERSON, Chrome, Listing, Said, Site
from pressroom.outputs import dates
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
        "other_names": [(lang, name) for lang, name in person.names.items() if name != listing.name],
        "pronunciation": person.pronunciation.get(chrome.lang, ""),
        "offices": [
            {
                "role": office.role.get(chrome.lang, next(iter(office.role.values()), "")),
                "organisation": _name(organisations.get(office.organisation), chrome.lang),
                "since": dates.partial(office.since, chrome.lang) if office.since else "",
                "until": dates.partial(office.until, chrome.lang) if office.until else "",
            }
            for office in person.offices
        ],
        "quotations": [_quotation(chrome, listing, found, texts[found.edition]) for found in said],
        "days": by_day(chrome, listing.address, listing.rows),
        "periods": periods(chrome, listing),
        "trail": trail(chrome, listing),
    }


def _name(organisation: Organisation | None, lang: str) -> str:
    return organisation.names.get(lang, next(iter(organisation.names.values()), "")) if organisation else ""


def _quotation(chrome: Chrome, listing: Listing, said: Said, body: Body) -> Mapping[str, Any]:
    return {
        "words": body.passages[said.passage], "href": relative(listing.address, said.address), "role": said.role, "organisation": said.organisation,
        "document": shown(chrome, listing.address, said.row),
    }  # fmt: skip

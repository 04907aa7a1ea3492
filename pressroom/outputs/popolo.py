"""`/people.json`: everybody of the registry who has a page, with the offices held in time, in the words of Popolo (popoloproject.com)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.people import Office, Organisation, Person
from pressroom.model.site import PERSON, Site

ADDRESS = "/people.json"
_Pages = Mapping[str, str]
"""A person's pages by language."""


def artifacts(site: Site) -> Iterator[Artifact]:
    # The registry may name people of whom only a held document speaks.
    pages = {listing.id: listing.alternates for listing in site.listings if listing.what == PERSON and not listing.year and site.people[listing.id].registered}
    people = tuple((site.people[id], pages[id]) for id in sorted(pages))
    organisations = {office.organisation for person, _ in people for office in person.offices} - {""}
    languages = (site.default_language, *(lang for lang in site.languages if lang != site.default_language))
    inputs = (site.url, languages, people, {id: site.registry.organisations[id] for id in organisations})
    yield Artifact(ADDRESS.lstrip("/"), view, inputs)


def view(site_url: str, languages: tuple[str, ...], people: tuple[tuple[Person, _Pages], ...], organisations: Mapping[str, Organisation]) -> bytes:
    """Languages come in their order in the site, the default first, whatever the registry's is."""
    data = {
        "persons": [_person(site_url, languages, person, pages) for person, pages in people],
        "memberships": [_membership(languages, person, office, organisations.get(office.organisation)) for person, _ in people for office in person.offices],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _person(site_url: str, languages: tuple[str, ...], person: Person, pages: _Pages) -> Mapping[str, Any]:
    pronunciation = {lang: person.pronunciation[lang] for lang in languages if lang in person.pronunciation}
    return {
        "id": person.id,
        **_told(languages, person.names, "name", "other_names"),
        **({"pronunciation": pronunciation} if pronunciation else {}),
        "links": [{"lang": lang, "url": absolute(site_url, pages[lang])} for lang in languages if lang in pages],
    }


def _membership(languages: tuple[str, ...], person: Person, office: Office, organisation: Organisation | None) -> Mapping[str, Any]:
    # By its names: the registry's id of an office's organisation is nowhere else on the site.
    within = _told(languages, organisation.names, "name", "other_names") if organisation else {}
    data = {"person_id": person.id, **_told(languages, office.role, "role", "other_roles"), "organization": within}
    return {name: value for name, value in {**data, "start_date": office.since, "end_date": office.until}.items() if value}


def _told(languages: tuple[str, ...], texts: Mapping[str, str], one: str, all: str) -> Mapping[str, Any]:
    """Popolo has one text; beside it stands that of every language, as other users of it write names."""
    found = [{"lang": lang, one: texts[lang]} for lang in languages if lang in texts]
    return {one: found[0][one], all: found} if found else {}

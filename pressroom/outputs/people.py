"""The page of each person: the offices held in time, the newest quotations, the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from pressroom.ground.addresses import absolute, relative
from pressroom.model.artifact import Artifact
from pressroom.model.patterns import attribution
from pressroom.model.people import Office, Organisation, Person
from pressroom.model.site import Chrome, Listing, Row
from pressroom.model.text import Quoted
from pressroom.model.typography import Typography
from pressroom.model.words import Words
from pressroom.outputs import dates
from pressroom.outputs.editions import told
from pressroom.outputs.families import Family
from pressroom.outputs.head import page
from pressroom.outputs.linked_data import COLLECTION, PROFILE, thing, web_page
from pressroom.outputs.listings import by_day, periods, shown, title, trail


def of_family(family: Family) -> Iterator[Artifact]:
    person, house = family.person, family.house
    for listing in family.listings if person else ():
        said = family.said[listing.address]
        organisations = {office.organisation: house.registry.organisations[office.organisation] for office in person.offices if office.organisation}
        passages = tuple((found.row.tag, found.passages) for found in said)
        inputs = (house.chrome[listing.lang], listing, person, organisations, passages, *(found.text for found in said))
        yield Artifact(f"{listing.address.lstrip('/')}index.html", view, inputs, "person.html", listing.lang)


def view(
    chrome: Chrome, listing: Listing, person: Person, organisations: Mapping[str, Organisation], said: tuple[tuple[str, tuple[int, ...]], ...],
    *texts: Mapping[int, Quoted],
) -> Mapping[str, Any]:
    rows = {row.tag: row for row in listing.rows}
    head = title(chrome, listing)
    # A digest does not see the order of a mapping, and that of an unregistered person's names hangs on which document is the newest.
    names = [(lang, person.names[lang]) for lang in chrome.languages if lang in person.names]
    return {
        "page": page(chrome, listing.address, head, listing.alternates, linked_data=linked_data(chrome, listing, head, person, organisations), feed=listing.feed),
        "site": chrome,
        "listing": listing,
        "name": listing.name,
        "name_lang": listing.name_lang,
        "other_names": list({name: (lang, name) for lang, name in reversed(names) if name != listing.name}.values())[::-1],
        "pronunciation": person.pronunciation.get(chrome.lang, ""),
        "offices": [_office(chrome, office, organisations.get(office.organisation)) for office in person.offices],
        "quotations": [
            _quotation(chrome, listing, rows[tag], list(group))
            for (tag, passages), quoted in zip(said, texts, strict=True)
            for _, group in groupby(map(quoted.__getitem__, passages), key=attrgetter("role"))
        ],
        "days": by_day(chrome, listing.address, listing.rows),
        "periods": periods(chrome, listing),
        "trail": trail(chrome, listing),
    }


def linked_data(chrome: Chrome, listing: Listing, head: str, person: Person, organisations: Mapping[str, Organisation]) -> Mapping[str, Any]:
    """What machines are told of the page: that it is the person's profile; of one year, whom it is about.

    An office is held now if it has no end and had begun by the day of the newest document here: nothing here knows what day it is.
    """
    if listing.year:
        return web_page(chrome, listing.address, head, COLLECTION, about=thing(listing.name, "Person", url=absolute(chrome.site_url, listing.up)))
    held = [office for office in person.offices if not office.until and listing.rows and office.was_held_on(listing.rows[0].date.local.date())]
    roles = (told(office.role, chrome.lang) for office in held)
    names = (told(organisations[office.organisation].names, chrome.lang) for office in held if office.organisation)
    titles, offices = [role for role, lang in roles if role and not lang], [thing(name, "Organization") for name, _ in names]
    return web_page(chrome, listing.address, head, PROFILE, mainEntity=thing(listing.name, "Person", jobTitle=titles, affiliation=offices))


def _office(chrome: Chrome, office: Office, organisation: Organisation | None) -> Mapping[str, str]:
    role, role_lang = told(office.role, chrome.lang)
    name, name_lang = told(organisation.names, chrome.lang) if organisation else ("", "")
    return {
        "role": role, "role_lang": role_lang, "organisation": name, "organisation_lang": name_lang,
        "held_in": held_in(office, chrome.words, chrome.typography),
    }  # fmt: skip


def held_in(office: Office, words: Words, typography: Typography) -> str:
    """The time in which an office was held: some languages say a day otherwise than a month or a year."""
    since, until = (dates.partial(text, typography) if text else "" for text in (office.since, office.until))
    if since and until:
        return words.gettext("%(since)s to %(until)s") % {"since": since, "until": until}
    if since:
        return (words.gettext("since %(day)s") if dates.is_day(office.since) else words.gettext("since %(date)s")) % {"day": since, "date": since}
    if until:
        return (words.gettext("until %(day)s") if dates.is_day(office.until) else words.gettext("until %(date)s")) % {"day": until, "date": until}
    return ""


def _quotation(chrome: Chrome, listing: Listing, row: Row, quoted: list[Quoted]) -> Mapping[str, Any]:
    """What a person said in one document, in one office."""
    return {
        "passages": [{"words": passage.words, "href": relative(listing.address, f"{row.address}#{passage.id}")} for passage in quoted],
        "office": attribution(chrome.typography, "", quoted[0].role, quoted[0].organisation), "document": shown(chrome, listing.address, row),
    }  # fmt: skip

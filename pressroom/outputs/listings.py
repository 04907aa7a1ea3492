"""The pages that list documents, and the indexes of topics and people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from pressroom.ground.addresses import relative
from pressroom.ground.languages import in_address
from pressroom.model.artifact import Artifact, Worked
from pressroom.model.kinds import BY_NAME
from pressroom.model.people import Contact
from pressroom.model.site import FRONT, MONTH, PEOPLE, PERSON, TOPIC, TOPICS, YEAR, Chrome, Index, Listing, Row, Site
from pressroom.outputs import collation, dates, embargoes, numerals, popolo, translations
from pressroom.outputs.families import Family
from pressroom.outputs.head import page
from pressroom.outputs.linked_data import COLLECTION, thing, web_page, web_site
from pressroom.outputs.texts import INDEX_WORDS, KIND_WORDS, KINDS_WORDS

_ABOVE = {TOPIC: TOPICS, PERSON: PEOPLE}
_TRANSCRIPTS_ON_FRONT = 6
_RELEASES_ON_FRONT = 14


def artifacts(site: Site) -> Iterator[Artifact]:
    # One that only a held document names is not known to readers yet.
    named = {id for document in site.documents for id in document.fields.contacts}
    contacts = tuple(found for id, found in site.registry.contacts.items() if id in named)
    for listing in site.listings:
        if listing.what == FRONT:
            yield Artifact(f"{listing.address.lstrip('/')}index.html", front_view, (site.chrome[listing.lang], listing, contacts), "front.html", listing.lang)
    for index in site.indexes:
        chrome, names = site.chrome[index.lang], tuple(entry.text for entry in index.entries)
        order = Worked(collation.order, (names, chrome.typography, index.what == PEOPLE))
        yield Artifact(f"{index.address.lstrip('/')}index.html", index_view, (chrome, index, order), "index.html", index.lang)


def of_family(family: Family) -> Iterator[Artifact]:
    for listing in family.listings if family.what != PERSON else ():
        yield Artifact(f"{listing.address.lstrip('/')}index.html", view, (family.house.chrome[listing.lang], listing), "listing.html", listing.lang)


def title(chrome: Chrome, listing: Listing) -> str:
    """A listing's headline in its language."""
    if listing.what == FRONT:
        return chrome.site_name
    return " · ".join(part for part in (_name(chrome, listing), _period(chrome, listing)) if part)


def _name(chrome: Chrome, listing: Listing) -> str:
    return listing.name or chrome.words.gettext(KINDS_WORDS[listing.kind])


def _period(chrome: Chrome, listing: Listing) -> str:
    """The year or month of a listing that has one."""
    if listing.month:
        return dates.month(listing.year, listing.month, chrome.typography)
    return dates.year(listing.year, chrome.typography) if listing.year else ""


def shown(chrome: Chrome, address: str, row: Row) -> Mapping[str, Any]:
    """A row as a listing's template shows it."""
    return {
        "href": relative(address, row.address),
        "title": chrome.words.gettext("Withdrawn") if row.withdrawn else row.title,
        "summary": row.summary,
        "lang": row.lang if row.foreign and not row.withdrawn else "",
        "dir": row.dir if row.foreign and not row.withdrawn else "",
        "in_language": dates.language_name(row.lang, chrome.lang) if row.foreign else "",
        "kind": row.kind,
        "word": chrome.words.gettext(KIND_WORDS[row.kind]),
        "place": row.place,
        "date": dates.long_date(row.date, chrome.typography),
        "date_iso": row.date.local.date().isoformat(),
        "translation": translations.of_machine(chrome, row.translation) if not row.withdrawn else "",
        "held": embargoes.held(chrome, row.held, row.published),
    }


def by_day(chrome: Chrome, address: str, rows: tuple[Row, ...]) -> list[Mapping[str, Any]]:
    """Rows gathered under the day they were published, in the site's zone."""

    def day(row: Row) -> Any:
        return row.published.astimezone(ZoneInfo(chrome.zone)).date()

    return [
        {"date": dates.day(when, chrome.typography), "date_iso": when.isoformat(), "rows": [shown(chrome, address, row) for row in group]}
        for when, group in groupby(rows, key=day)
    ]


def view(chrome: Chrome, listing: Listing) -> Mapping[str, Any]:
    head = title(chrome, listing)
    return {
        "page": page(chrome, listing.address, head, listing.alternates, linked_data=_collection(chrome, listing, head), feed=listing.feed),
        "site": chrome,
        "listing": listing,
        "title": head,
        "name": _name(chrome, listing),
        "period": _period(chrome, listing),
        "days": by_day(chrome, listing.address, listing.rows),
        "periods": periods(chrome, listing),
        "trail": trail(chrome, listing),
    }


def _collection(chrome: Chrome, listing: Listing, head: str) -> Mapping[str, Any]:
    about = {"about": thing(listing.name)} if listing.what == TOPIC else {}
    return web_page(chrome, listing.address, head, COLLECTION, **about)


def trail(chrome: Chrome, listing: Listing) -> list[Mapping[str, str]]:
    """The pages above a listing, the highest first: of a month the kind and the year, of a topic all topics."""
    front = f"/{in_address(chrome.lang)}/"
    above = []
    if listing.what in _ABOVE:
        above.append((f"{front}{_ABOVE[listing.what]}/", chrome.words.gettext(INDEX_WORDS[_ABOVE[listing.what]]), ""))
    if listing.what in (YEAR, MONTH):
        above.append((f"{front}{BY_NAME[listing.kind].folder}/", chrome.words.gettext(KINDS_WORDS[listing.kind]), ""))
    if listing.up and listing.what != YEAR:
        above.append((listing.up, dates.year(listing.year, chrome.typography) if listing.month else listing.name, listing.name_lang))
    return [{"href": relative(listing.address, address), "text": text, "lang": lang} for address, text, lang in above]


def periods(chrome: Chrome, listing: Listing) -> list[Mapping[str, Any]]:
    return [
        {
            "href": relative(listing.address, period.address),
            "name": dates.month_name(period.year, period.month, chrome.typography) if period.month else dates.year(period.year, chrome.typography),
            "count": period.count,
            "counted": numerals.count(period.count, chrome.typography),
        }
        for period in listing.periods
    ]


def front_view(chrome: Chrome, listing: Listing, contacts: tuple[Contact, ...]) -> Mapping[str, Any]:
    from pressroom.outputs.editions import contact

    releases = [row for row in listing.rows if row.kind == "release"]
    transcripts = [row for row in listing.rows if row.kind == "transcript"]
    live = [row for row in releases if not row.withdrawn]
    lead = next((row for row in live if not row.foreign), live[0] if live else None)
    river = tuple(row for row in releases if row is not lead)[:_RELEASES_ON_FRONT]
    return {
        "page": page(chrome, listing.address, chrome.site_name, listing.alternates, linked_data=web_site(chrome, listing.address), feed=True, default="/"),
        "site": chrome,
        "title": chrome.site_name,
        "lead": shown(chrome, listing.address, lead) if lead else None,
        "days": by_day(chrome, listing.address, river),
        "transcripts": [shown(chrome, listing.address, row) for row in transcripts[:_TRANSCRIPTS_ON_FRONT]],
        "contacts": [contact(found, chrome.typography) for found in contacts],
    }


def index_view(chrome: Chrome, index: Index, order: tuple[int, ...]) -> Mapping[str, Any]:
    head = chrome.words.gettext(INDEX_WORDS[index.what])
    data = (("application/json", relative(index.address, popolo.ADDRESS)),) if index.what == PEOPLE else ()
    return {
        "page": page(chrome, index.address, head, index.alternates, linked_data=web_page(chrome, index.address, head, COLLECTION), texts=data),
        "site": chrome,
        "title": head,
        "index": index,
        "entries": [
            {
                "href": relative(index.address, entry.address), "text": entry.text, "lang": entry.lang, "count": entry.count,
                "counted": numerals.count(entry.count, chrome.typography),
            }
            for entry in map(index.entries.__getitem__, order)
        ],
    }  # fmt: skip

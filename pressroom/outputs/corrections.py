"""The page of corrections and its feeds, in every language: what was corrected, clarified and withdrawn, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from pressroom.ground.addresses import relative
from pressroom.ground.languages import in_address
from pressroom.model.artifact import Artifact
from pressroom.model.document import Document, Edition
from pressroom.model.history import NOTED, Change
from pressroom.model.moments import Moment
from pressroom.model.site import LISTING_LENGTH, Chrome, Site
from pressroom.outputs import changes, dates
from pressroom.outputs.feeds import Feed, Item, feed_of, files
from pressroom.outputs.head import page
from pressroom.outputs.linked_data import COLLECTION, web_page
from pressroom.outputs.texts import KIND_WORDS


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction on the page of a language: as the document tells it in that language, else in the original, else wherever it concerns an edition."""

    address: str
    lang: str
    dir: str
    kind: str
    title: str
    date: Moment | None
    change: Change
    tag: str


def address_in(lang: str) -> str:
    return f"/{in_address(lang)}/corrections/"


def artifacts(site: Site) -> Iterator[Artifact]:
    alternates = {lang: address_in(lang) for lang in site.languages}
    for lang in site.languages:
        found = tuple(_corrected(site, lang))
        own = tuple(item for item in found if item.lang == lang)[:LISTING_LENGTH]
        yield Artifact(f"{address_in(lang).lstrip('/')}index.html", view, (site.chrome[lang], alternates, found), "corrections.html", lang)
        yield from files(_feed(site.chrome[lang], site.feed_authority, own))


def _corrected(site: Site, lang: str) -> list[Corrected]:
    found = [
        Corrected(changes.place(document, edition, change), edition.lang, edition.dir, document.kind, edition.fields.title, document.fields.date, change, f"{document.folder}/{edition.lang}")
        for document in site.documents
        if document.fields.corrections
        for edition, change in _told_by(document, lang)
    ]
    return sorted(found, key=lambda item: (item.change.at.instant, item.tag, item.change.version), reverse=True)


def _told_by(document: Document, lang: str) -> Iterable[tuple[Edition, Change]]:
    """What was corrected in any edition of a document, once, and the edition that tells it on the page of a language."""
    found: dict[int, tuple[Edition, Change]] = {}
    for edition in (document.editions.get(lang, document.first), document.first, *document.editions.values()):
        for change in edition.changes:
            if change.type in NOTED:
                found.setdefault(change.version, (edition, change))
    return found.values()


def view(chrome: Chrome, alternates: Mapping[str, str], found: tuple[Corrected, ...]) -> Mapping[str, Any]:
    address, title = alternates[chrome.lang], chrome.words.gettext("Corrections")

    def day(item: Corrected) -> Any:
        return item.change.at.instant.astimezone(ZoneInfo(chrome.zone)).date()

    return {
        "page": page(chrome, address, title, alternates, linked_data=web_page(chrome, address, title, COLLECTION), feed=True),
        "site": chrome,
        "title": title,
        "trail": (),
        "days": [
            {"date": dates.day(when, chrome.typography), "date_iso": when.isoformat(), "corrections": [_told(chrome, address, item) for item in group]}
            for when, group in groupby(found, key=day)
        ],
    }


def _told(chrome: Chrome, address: str, item: Corrected) -> Mapping[str, Any]:
    foreign = item.lang != chrome.lang
    return {
        "href": relative(address, item.address),
        "word": changes.word(chrome, item.change.type),
        "title": item.title or _untitled(chrome, item),
        "title_lang": item.lang if foreign and item.title else "",
        "note": item.change.note,
        "lang": item.lang if foreign else "",
        "dir": item.dir if foreign else "",
        "in_language": dates.language_name(item.lang, chrome.lang) if foreign else "",
    }


def _untitled(chrome: Chrome, item: Corrected) -> str:
    """What a withdrawn document is called, whose headline went with it: its kind and its date."""
    kind = chrome.words.gettext(KIND_WORDS.get(item.kind, "Withdrawn"))
    return f"{kind} · {dates.long_date(item.date, chrome.typography)}" if item.date else kind


def _feed(chrome: Chrome, authority: str, found: tuple[Corrected, ...]) -> Feed:
    """The newest corrections of editions in this language. Each is an entry of its own, besides the document's, which is moved up by it."""
    items = [
        Item(
            item.address, changes.word(chrome, item.change.type), f"{changes.word(chrome, item.change.type)} · {item.title or _untitled(chrome, item)}",
            item.change.note, item.change.at.instant, item.change.at.instant, f"{item.tag}/corrections/{item.change.version - 1}",
        )
        for item in found
    ]  # fmt: skip
    return feed_of(chrome, authority, address_in(chrome.lang), f"{chrome.site_name} · {chrome.words.gettext('Corrections')}", items)

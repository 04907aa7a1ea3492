"""The Site, made of what the gate has let through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from pressroom.desk import pairs, urls
from pressroom.desk.listings import people_of
from pressroom.desk.plans import Plan
from pressroom.ground.languages import direction, in_address
from pressroom.model.document import Attachment, Document, Former
from pressroom.model.kinds import DATED, PAGE
from pressroom.model.people import Person, Registry
from pressroom.model.settings import PREVIEW, Settings
from pressroom.model.site import NEWS_AGE, PEOPLE, PERSON, TOPIC, TOPICS, Chrome, Copy, Entry, Index, Listing, Redirect, Site
from pressroom.model.typography import Typography
from pressroom.model.words import Words

_ICONS = ("favicon.svg", "favicon.ico", "favicon.png")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def compose(
    settings: Settings, registry: Registry, planned: Plan, attachments: Mapping[tuple[str, str], Attachment], words: Mapping[str, Words],
    typographies: Mapping[str, Typography], copies: tuple[Copy, ...], styles: tuple[str, ...], now: datetime,
) -> Site:  # fmt: skip
    """The whole site as it is at `now`, once the files it needs are known."""
    of_folder: dict[str, tuple[Attachment, ...]] = {}
    for (folder, _), attachment in sorted(attachments.items()):
        of_folder[folder] = (*of_folder.get(folder, ()), attachment)
    documents = tuple(
        document if document.attachments == (files := of_folder.get(document.folder, ())) else replace(document, attachments=files)
        for document in planned.documents
    )
    pages = [document for document in documents if document.kind == PAGE and not document.fields.withdrawn]
    icon = next((f"/{name}" for name in _ICONS for copy in copies if copy.address == name), "")
    chrome = {
        lang: Chrome(
            lang, direction(lang), settings.name_in(lang), settings.url, settings.zone, settings.default_language, settings.languages,
            tuple(_page_entry(page, lang) for page in sorted(pages, key=lambda page: page.slug)), styles, icon, words[lang], typographies[lang],
            settings.audience == PREVIEW, settings.search,
        )
        for lang in settings.languages
    }  # fmt: skip
    people, zone = people_of(documents, registry), ZoneInfo(settings.zone)
    as_of = _as_of(documents, people, zone, now)
    if settings.audience != PREVIEW:
        people = {id: _as_far_as(person, zone, now) for id, person in people.items()}
    redirects = tuple(_redirect(document, alias) for document in documents for alias in document.fields.aliases)
    by_folder = {document.folder: document for document in documents}
    formers = tuple(_with_files(former, by_folder[former.document.folder].attachments) for former in planned.formers)
    return Site(
        settings.name, settings.url, settings.zone, settings.default_language, settings.languages, settings.feed_authority, documents, formers,
        settings.side_by_side, partial(pairs.pairs_of, also=settings.side_by_side), registry,
        planned.listings, tuple(_indexes(settings.languages, planned.listings)), people, planned.said, chrome, copies, redirects,
        settings.audience == PREVIEW, as_of,
    )  # fmt: skip


def _with_files(former: Former, attachments: tuple[Attachment, ...]) -> Former:
    """A former edition that shows only those files which are still what they were."""
    now = {found.name: found.digest for found in attachments}
    then = {} if former.bare else former.files
    same = tuple(found for found in attachments if then is None or then.get(found.name) == found.digest)
    folder = urls.attachment(former.document.kind, former.document.year, former.document.slug, "")
    shown = {found.address for found in same}
    hrefs = tuple("" if href.startswith(folder) and href not in shown else href for href in former.edition.hrefs)
    images = tuple(href for href in former.edition.images if not href.startswith(folder) or href in shown)
    return replace(
        former, document=replace(former.document, attachments=same), edition=replace(former.edition, hrefs=hrefs, images=images),
        later_files=now if former.later.address == former.current else former.later_files,
    )  # fmt: skip


def _as_far_as(person: Person, zone: ZoneInfo, now: datetime) -> Person:
    """The person without the offices that begin later: they may be what a held document announces."""
    offices = tuple(office for office in person.offices if not (begins := office.begins(zone)) or begins <= now)
    return person if offices == person.offices else replace(person, offices=offices)


def _as_of(documents: tuple[Document, ...], people: Mapping[str, Person], zone: ZoneInfo, now: datetime) -> datetime:
    """The last instant at which the clock changed the site: a document came out, or left the news sitemap, or an office began."""
    instants = [document.published + age for document in documents if document.kind in DATED for age in (timedelta(0), NEWS_AGE)]
    instants += [begins for person in people.values() for office in person.offices if (begins := office.begins(zone))]
    return max((instant for instant in instants if instant <= now), default=_NEVER)


def _redirect(document: Document, alias: str) -> Redirect:
    """An old address leads to the edition in its own language where there is one, else to the original."""
    of_lang = {in_address(lang): edition for lang, edition in document.editions.items()}
    edition = of_lang.get(alias.split("/")[1]) or document.first
    return Redirect(alias, edition.address, edition.lang)


def _page_entry(page: Document, lang: str) -> Entry:
    edition = page.editions.get(lang) or page.first
    return Entry(edition.address, edition.fields.title, edition.lang if edition.lang != lang else "")


def _indexes(languages: tuple[str, ...], found: tuple[Listing, ...]) -> list[Index]:
    indexes = []
    for what, whole, address in ((TOPICS, TOPIC, urls.topics), (PEOPLE, PERSON, urls.people)):
        for lang in languages:
            entries = tuple(
                Entry(listing.address, listing.name, listing.name_lang, sum(period.count for period in listing.periods))
                for listing in found
                if listing.what == whole and listing.lang == lang and not listing.year
            )
            indexes.append(Index(what, lang, address(lang), {other: address(other) for other in languages}, entries))
    return indexes

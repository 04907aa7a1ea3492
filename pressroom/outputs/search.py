"""Search: the page in every language, which is a plain archive without JavaScript, and what an index is made from.

What is indexed are not the pages of the site but small ones of each edition's own words: an index is made again where words changed, and never
because of the theme. Only an edition's words go in, those of every tier apart; what it can be filtered by stands beside the index.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from pressroom.ground.addresses import relative
from pressroom.ground.languages import in_address
from pressroom.model.artifact import Artifact, Bundle, Entry, Pages, Worked
from pressroom.model.document import Document, Edition
from pressroom.model.kinds import DATED
from pressroom.model.patterns import attribution
from pressroom.model.site import KIND, PERSON, TOPIC, YEAR, Chrome, Period, Site
from pressroom.model.text import Body
from pressroom.model.tiers import tier_of
from pressroom.model.typography import Typography
from pressroom.outputs import collation, dates, numerals, translations
from pressroom.outputs.folding import folded, is_chinese, is_folded, of_query
from pressroom.outputs.head import POLICY, page
from pressroom.outputs.linked_data import web_page
from pressroom.outputs.texts import HELD_WORDS, INDEX_WORDS, KIND_WORDS, KINDS_WORDS

FOLDER = "search"
PAGES = "pages"
"""The tier of what has no date: it is edited whenever, and makes no closed year again."""

_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
_NO_PASSAGE = "_"
_BREAK = "\u200b"
"""Pagefind's own mark between words of Chinese: a text that brings it would be taken apart there."""


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen in a filter: its value in the index's facts and in the address, its name, the name's language where it is another."""

    value: str
    name: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of a kind in the archive: its address, its years, and the months of each."""

    kind: str
    address: str
    years: tuple[tuple[Period, tuple[Period, ...]], ...]


def address_in(lang: str) -> str:
    return f"/{in_address(lang)}/{FOLDER}/"


def index_of(lang: str) -> str:
    """The index that an edition stands in: one for Chinese in both scripts."""
    return "zh" if is_chinese(lang) else in_address(lang)


def artifacts(site: Site) -> Iterator[Artifact]:
    if not _is_wanted(site):
        return
    alternates = {lang: address_in(lang) for lang in site.languages}
    tiers = _tiers(site)
    for lang in site.languages:
        names = tuple(name for name, editions in tiers.items() if any(index_of(edition.lang) == index_of(lang) for _, edition in editions))
        own = [(document, edition) for editions in tiers.values() for document, edition in editions if edition.lang == lang]
        kinds, topics, speakers = _options(site, lang, own)
        orders = (_order(topics, site.chrome[lang]), _order(speakers, site.chrome[lang], people=True))
        inputs = (site.chrome[lang], alternates, names, kinds, topics, speakers, _months(own), _shelves(site, lang), *orders)
        yield Artifact(f"{address_in(lang).lstrip('/')}index.html", view, inputs, "search.html", lang)
    for index, lang in {index_of(lang): lang for lang in site.languages if of_query(lang)}.items():
        yield Artifact(f"{FOLDER}/{index}.json", folding_view, (lang,))


def bundles(site: Site) -> Iterator[Bundle]:
    """What is to be indexed, by tier, newest first."""
    if _is_wanted(site):
        for name, editions in _tiers(site).items():
            yield Bundle(f"{FOLDER}/{name}", tuple([
                Entry(index_of(edition.lang), edition.address, document.folder, partial(_pages, site.chrome[edition.lang], document, edition)) for document, edition in editions
            ]))  # fmt: skip


def _is_wanted(site: Site) -> bool:
    return any(chrome.search for chrome in site.chrome.values())


def _tiers(site: Site) -> Mapping[str, list[tuple[Document, Edition]]]:
    """Every edition that can be found, by its tier: the newest first, and last what has no date."""
    live = [document for document in site.documents if not document.fields.withdrawn]
    dated = [document for document in live if document.kind in DATED]
    zone = ZoneInfo(site.zone)
    found = defaultdict(list)
    for document in (*dated, *(document for document in live if document.kind not in DATED)):
        name = tier_of(document.published, dated[0].published, zone) if document.kind in DATED else PAGES
        found[name] += [(document, edition) for edition in document.editions.values()]
    return found


def _pages(chrome: Chrome, document: Document, edition: Edition) -> Pages:
    said = (document.kind, document.fields.date, document.fields.topics, document.fields.event_in(edition.lang), document.held)
    # Of the chrome only the words that the facts take, so that a page more in the footer makes no index again.
    word = chrome.words.gettext(KIND_WORDS[document.kind]) if document.kind in KIND_WORDS else ""
    held = chrome.words.gettext(HELD_WORDS[document.held]) if document.held else ""
    machine = translations.of_machine(chrome, edition.fields.translation)
    facts = Artifact(edition.address, facts_of, (edition, said, word, held, machine, chrome.typography))
    inputs = edition, said, chrome.typography, edition.body
    if is_folded(edition.lang):
        return Pages(Artifact(edition.address, folded_page_of, inputs), facts, Artifact(edition.address, page_of, inputs))
    return Pages(Artifact(edition.address, page_of, inputs), facts)


def page_of(edition: Edition, said: tuple[Any, ...], typography: Typography, body: Body) -> bytes:
    """An edition's words as Pagefind reads them.

    It tells apart only what stands under headings, so every paragraph is one here, of no more weight than text: a passage with its fingerprint,
    any other with one name for all.
    """
    root = ElementTree.Element("html", lang=index_of(edition.lang))
    whole = ElementTree.SubElement(ElementTree.SubElement(root, "body"), "main")
    for name, id, text in _paragraphs(edition, said[3], typography, body):
        element = ElementTree.SubElement(whole, name, {"id": id, "data-pagefind-weight": "1"} if id else {})
        element.text = text
    # Pagefind takes the text as it stands there: what need not be escaped must not be, or "R&D" would have the word "amp" in it.
    return b"<!doctype html>" + ElementTree.tostring(root, encoding="utf-8", method="html").replace(b"&amp;", b"&").replace(b"&gt;", b">")


def folded_page_of(edition: Edition, said: tuple[Any, ...], typography: Typography, body: Body) -> str:
    return folded(page_of(edition, said, typography, body).decode(), edition.lang)


def _paragraphs(edition: Edition, event: str, typography: Typography, body: Body) -> Iterator[tuple[str, str, str]]:
    fields = edition.fields
    yield "h1", "", _clean(fields.title)
    voices = dict.fromkeys(_said_by(edition, typography))
    for text in (fields.subtitle, fields.summary, " · ".join(part for part in (fields.place, event) if part), *voices):
        if text:
            yield "h6", _NO_PASSAGE, _clean(text)
    for block in body.blocks:
        for number in block.passages:
            yield "h6", edition.facts.passages[number].id, _clean(body.passages[number])
        if not block.passages and block.text:
            yield "h6", _NO_PASSAGE, _clean(block.text)


def _said_by(edition: Edition, typography: Typography) -> Iterator[str]:
    for who in (*(segment.voice for segment in edition.facts.segments if segment.voice), *edition.facts.quotations):
        yield attribution(typography, who.name, who.role, who.organisation)


def _clean(text: str) -> str:
    return text.replace(_BREAK, "")


def facts_of(edition: Edition, said: tuple[Any, ...], word: str, held: str, machine: str, typography: Typography) -> str:
    """What the page shows of a hit and filters it by."""
    kind, date, topics, _, _ = said
    speakers = {segment.voice.id for segment in edition.facts.segments if segment.voice} | {quotation.id for quotation in edition.facts.quotations}
    facts = {
        "url": edition.address,
        "title": edition.fields.title,
        "kind": kind,
        "topic": topics,
        "speaker": sorted(speakers - {""}),
        "month": date.local.strftime("%Y-%m") if date else "",
        "word": word,
        "date": dates.long_date(date, typography) if date else "",
        "held": held,
        "translation": machine,
        "lang": edition.lang if is_chinese(edition.lang) else "",
    }
    return json.dumps({name: value for name, value in facts.items() if value}, ensure_ascii=False)


def _options(site: Site, lang: str, own: list[tuple[Document, Edition]]) -> tuple[tuple[Option, ...], tuple[Option, ...], tuple[Option, ...]]:
    """The kinds, topics and speakers that editions in a language have."""
    kinds = {document.kind for document, _ in own}
    topics = {id for document, _ in own for id in document.fields.topics}
    speakers = {id for _, edition in own for id, _ in edition.facts.speakers}
    found = {
        (listing.what, listing.id): Option(listing.id, listing.name, listing.name_lang)
        for listing in site.listings
        if listing.lang == lang and listing.what in (TOPIC, PERSON) and not listing.year
    }

    def of(what: str, ids: set[str]) -> tuple[Option, ...]:
        return tuple(found[what, id] for id in sorted(ids) if (what, id) in found)

    words = site.chrome[lang].words
    return tuple(Option(kind, words.gettext(KIND_WORDS[kind])) for kind in DATED if kind in kinds), of(TOPIC, topics), of(PERSON, speakers)


def _months(own: list[tuple[Document, Edition]]) -> tuple[tuple[int, int], ...]:
    """The months of the editions in a language, newest first."""
    days = {document.fields.date.local.date() for document, _ in own if document.fields.date}
    return tuple(sorted({(day.year, day.month) for day in days}, reverse=True))


def _shelves(site: Site, lang: str) -> tuple[Shelf, ...]:
    kinds = [listing for listing in site.listings if listing.lang == lang and listing.what == KIND]
    months = {listing.address: listing.periods for listing in site.listings if listing.lang == lang and listing.what == YEAR}
    return tuple(Shelf(kind.kind, kind.address, tuple((year, months.get(year.address, ())) for year in kind.periods)) for kind in kinds)


def view(
    chrome: Chrome, alternates: Mapping[str, str], tiers: tuple[str, ...], kinds: tuple[Option, ...], topics: tuple[Option, ...],
    speakers: tuple[Option, ...], months: tuple[tuple[int, int], ...], shelves: tuple[Shelf, ...], order_of_topics: tuple[int, ...],
    order_of_speakers: tuple[int, ...],
) -> Mapping[str, Any]:  # fmt: skip
    address, title = alternates[chrome.lang], chrome.words.gettext("Search")

    def to(target: str) -> str:
        return relative(address, target)

    years: dict[str, list[Option]] = defaultdict(list)
    for year, month in months:
        years[dates.year(year, chrome.typography)].append(Option(f"{year:04}-{month:02}", dates.month(year, month, chrome.typography)))
    return {
        # It lists what other pages list, so it is none that another search should find.
        "page": replace(page(chrome, address, title, alternates, linked_data=web_page(chrome, address, title), noindex=True), policy=_POLICY),
        "site": chrome,
        "title": title,
        "trail": (),
        "search": {
            "index": index_of(chrome.lang), "folding": f"{index_of(chrome.lang)}.json" if of_query(chrome.lang) else "", "tiers": " ".join(tiers), "plurals": json.dumps(_plurals(chrome), ensure_ascii=False),
            "locale": numerals.locale_tag(chrome.typography), "kinds": kinds,
            "topics": [topics[place] for place in order_of_topics], "speakers": [speakers[place] for place in order_of_speakers], "years": years,
        },
        "shelves": [
            {
                "name": chrome.words.gettext(KINDS_WORDS[shelf.kind]),
                "href": to(shelf.address),
                "years": [
                    {"name": dates.year(year.year, chrome.typography), "href": to(year.address), "months": [
                        {"name": dates.month_name(month.year, month.month, chrome.typography), "href": to(month.address)} for month in of_year
                    ]}
                    for year, of_year in shelf.years
                ],
            }
            for shelf in shelves
        ],
        "indexes": [{"name": chrome.words.gettext(word), "href": to(f"/{in_address(chrome.lang)}/{folder}/")} for folder, word in INDEX_WORDS.items()],
    }  # fmt: skip


def _order(options: tuple[Option, ...], chrome: Chrome, people: bool = False) -> Worked:
    return Worked(collation.order, (tuple(option.name for option in options), chrome.typography, people))


def _plurals(chrome: Chrome) -> Mapping[str, str]:
    """The count's forms by the names that browsers give to plural categories (CLDR's), each taken at the first count that has it."""
    rule = numerals.locale_for(chrome.typography).plural_form
    found = {rule(count): chrome.words.ngettext("%(count)s result", "%(count)s results", count) for count in (1_000_000, *range(200, 0, -1))}
    return {**found, "none": chrome.words.gettext("Nothing was found.")}


def folding_view(lang: str) -> str:
    """What a browser folds a query with: the letters, and in the same order what they become."""
    found = of_query(lang)
    become = "".join(found.values())
    return json.dumps(["".join(found), become if len(become) == len(found) else [*found.values()]], ensure_ascii=False)

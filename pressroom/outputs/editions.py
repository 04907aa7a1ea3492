"""The page of each edition: release, transcript, page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pressroom.ground.addresses import absolute, relative
from pressroom.ground.languages import direction
from pressroom.ground.marks import place_links
from pressroom.model.artifact import Artifact
from pressroom.model.document import Block, Body, Document, Edition
from pressroom.model.kinds import BY_NAME, PAGE, RELEASE, TRANSCRIPT
from pressroom.model.moments import moment_at
from pressroom.model.people import Contact, Organisation
from pressroom.model.site import Chrome, Entry, Site
from pressroom.outputs import changes, dates, downloads, kits, pictures, players, transcripts
from pressroom.outputs.citations import Citation, Sources, citations, marks_of, sources_of
from pressroom.outputs.head import TEXTS, own_name, page
from pressroom.outputs.linked_data import news_article
from pressroom.outputs.pictures import Picture
from pressroom.outputs.texts import HELD_WORDS, KIND_WORDS, TRANSLATION_WORDS

_DATELINED = (RELEASE,)
# What an earlier version led to and is not there any more: a picture gives its words, a link its text.
_GONE_IMAGE, _GONE_LINK = re.compile(r'<img\b(?=[^>]* src="")(?:[^>]* alt="([^"]*)")?[^>]*>'), re.compile(r' href=""')
_PASSAGE_END = re.compile(r"(?P<close></p>)|</li>|<(?:blockquote|div|dl|ol|p|pre|table|ul)\b")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an edition on its page: its other languages, topics, contacts, the office, the people's pages, the pages side by side.

    `sources` say whose words its passages are; `current` is the address of the edition of now, where the page is that of an earlier version;
    `kit` about how many bytes the press kit has.
    """

    alternates: Mapping[str, str]
    original: str
    topics: tuple[Entry, ...] = ()
    contacts: tuple[Contact, ...] = ()
    organisation: Organisation | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    sources: Sources = Sources()
    pairs: Mapping[str, str] = field(default_factory=dict)
    current: str = ""
    kit: int = 0
    site_url: str = ""


def artifacts(site: Site) -> Iterator[Artifact]:
    all_pictures = {address: picture for document in site.documents for address, picture in pictures.pictures_of(document).items()}
    topics = {(listing.lang, listing.id): listing for listing in site.listings if listing.what == "topic" and not listing.year}
    people = {(listing.lang, listing.id): listing.address for listing in site.listings if listing.what == "person" and not listing.year}
    for document in site.documents:
        if document.fields.withdrawn:
            continue
        whole = replace(document, editions={})
        organisation = site.registry.organisations.get(document.fields.organisation)
        kit = kits.size(document, organisation) if document.kit else 0
        original = document.editions.get(document.original)
        for lang, edition in document.editions.items():
            translated = original if original is not edition else None
            beside = Beside(
                {other: found.address for other, found in document.editions.items()},
                document.original,
                tuple(
                    Entry(topics[lang, id].address, topics[lang, id].name, topics[lang, id].name_lang) for id in document.fields.topics if (lang, id) in topics
                ),
                tuple(site.registry.contacts[id] for id in document.fields.contacts if id in site.registry.contacts),
                organisation,
                {id: people[lang, id] for id in _people_ids(edition) if (lang, id) in people},
                {href: all_pictures[href] for href in edition.hrefs if href in all_pictures},
                sources_of(site, document, edition),
                site.beside.get(edition.address, {}),
                kit=kit,
                site_url=site.url,
            )
            inputs = (site.chrome[lang], whole, edition, beside, edition.body, translated.body if translated else None)
            path = edition.address.lstrip("/") + "index.html"
            yield Artifact(path, view, inputs, template_of(document, edition), lang)


def template_of(document: Document, edition: Edition) -> str:
    """A release may hold a transcript's segments: the dialect switches on by itself."""
    return BY_NAME[TRANSCRIPT if edition.facts.segments else document.kind].template


def _people_ids(edition: Edition) -> list[str]:
    voices = [segment.voice.id for segment in edition.facts.segments if segment.voice]
    return [*voices, *(segment.reports for segment in edition.facts.segments if segment.reports), *(found.id for found in edition.facts.quotations)]


def view(chrome: Chrome, document: Document, edition: Edition, beside: Beside, body: Body, original: Body | None) -> Mapping[str, Any]:
    """What the template of a document's kind sees. `original` is the body that a translation translates, where it is here."""
    lang, fields, words = edition.lang, edition.fields, chrome.words
    cited = citations(chrome, document, edition, beside.sources, body, original)
    blocks = [placed(block, edition, beside, changes.marks(chrome, edition), cited) for block in body.blocks]
    moment = document.fields.date
    played = players.players(document, edition)
    shown = {found["file"]["href"] for found in (*played, *(block["figure"] for block in blocks if block["figure"])) if found["file"]}
    shared = {
        "page": page(
            chrome, edition.address, fields.title, beside.alternates, description=fields.summary or _opening(body), noindex=bool(document.held),
            default=beside.alternates.get(beside.original or edition.lang, edition.address), kind="website" if document.kind == PAGE else "article",
            published=moment.local.isoformat() if moment else "", modified=_modified(document, edition), linked_data=None if beside.current else news_article(chrome, document, edition, beside.alternates),
            texts=TEXTS[:1] if beside.current else TEXTS, image=_card(document, beside),
            current=beside.current,
        ),
        "site": chrome,
        "document": document,
        "edition": edition,
        "kind": words.gettext(KIND_WORDS[document.kind]) if document.kind in KIND_WORDS else "",
        "date": dates.long_date(moment, lang) if moment else "",
        "date_iso": (moment.local.date().isoformat() if moment.day_only else moment.local.isoformat()) if moment else "",
        "clock": dates.clock(moment, lang) if moment else "",
        "dateline": dates.dateline(fields.place, moment, lang) if moment and document.kind in _DATELINED else "",
        "event": document.fields.event.get(lang, document.fields.event.get("", "")),
        "translation": _translation(chrome, edition, beside),
        "topics": [(relative(edition.address, topic.address), topic.text, topic.lang) for topic in beside.topics],
        "contacts": [contact(found, lang) for found in beside.contacts],
        "pairs": _pairs(edition, beside),
        "boilerplate": _boilerplate(beside.organisation, lang),
        "notes": placed_text(body.notes, edition, beside),
        "downloads": downloads.downloads(document, edition, shown, players.captions_of_others(document, edition)),
        "players": played,
        "kit": {"href": relative(edition.address, document.kit), "size": dates.size(beside.kit, lang)} if beside.kit else None,
        "held": words.gettext(HELD_WORDS[document.held]) if document.held else "",
        "lift": lift(chrome, document) if document.held == "embargo" else "",
        "changes": changes.told(chrome, edition, edition.address),
        "version": None,
        "marks": marks_of(chrome),
    }  # fmt: skip
    if edition.facts.segments or document.kind == TRANSCRIPT:
        return {**shared, **transcripts.shown(chrome, document, edition, beside.people, blocks)}
    return {**shared, "blocks": _dated(blocks, shared["dateline"])}


def _card(document: Document, beside: Beside) -> tuple[str, int, int]:
    """The first picture of the text, else of the files."""
    found = next((found for found in (*beside.pictures.values(), *pictures.pictures_of(document).values()) if found.file.width), None)
    return pictures.card(found) if found else ("", 0, 0)


def _modified(document: Document, edition: Edition) -> str:
    return document.updated(edition).isoformat() if edition.changes else ""


def _dated(blocks: list[Mapping[str, Any]], dateline: str) -> list[Mapping[str, Any]]:
    """The blocks, the dateline with the first paragraph."""
    first = next((number for number, block in enumerate(blocks) if block["kind"] == "paragraph"), -1)
    return [{**block, "dateline": dateline if number == first else ""} for number, block in enumerate(blocks)]


def placed(
    block: Block, edition: Edition, beside: Beside, marks: Mapping[str, tuple[str, str]], cited: Mapping[str, Citation]
) -> Mapping[str, Any]:
    """A block with its links in place, in pieces; a paragraph's opening tag apart, so that a dateline can run in.

    `marks` are the word and address of the correction that changed a passage, `cited` what is quoted of it, by its fingerprint; a page that
    quotes nothing hands in none.
    """
    shown = {"kind": block.kind, "opening": "", "pieces": [], "text": block.text, "segment": block.segment, "figure": None, "seek": ""}
    if block.kind == "figure" and (alone := pictures.alone(block.html)):
        return {**shown, "figure": _figure(*alone, block.text, edition, beside)}
    html = placed_text(block.html, edition, beside)
    opening, pieces = "", _pieces(html, [(edition.facts.passages[number].id, number + 1) for number in block.passages], marks, cited)
    if block.kind in ("paragraph", "note") and html.startswith("<p"):
        opening, _, first = pieces[0]["html"].partition(">")
        opening += ">"
        pieces[0] = {**pieces[0], "html": first}
    return {**shown, "opening": opening, "pieces": pieces}


def _figure(image: str, number: int, caption: str, edition: Edition, beside: Beside) -> Mapping[str, Any]:
    """A picture in a paragraph of its own, and what is to be said of it: of a file of this site whose it is, and where the whole of it is."""
    picture = beside.pictures.get(edition.hrefs[number])
    file = downloads.described(picture, edition.address, edition.lang) if picture else None
    return {"image": placed_text(image, edition, beside), "caption": caption, "file": file}


def _pieces(
    html: str, passages: list[tuple[str, int]], marks: Mapping[str, tuple[str, str]], cited: Mapping[str, Citation]
) -> list[Mapping[str, Any]]:
    """The HTML cut at the end of each passage's words. `close` is the end tag that comes between them and what is said of the passage."""
    pieces, last = [], 0
    for id, number in passages:
        begun = html.find(f' id="{id}"', last)
        end = _PASSAGE_END.search(html, html.find(">", begun) + 1) if begun >= 0 else None
        if end:
            close = end["close"] or ""
            word, href = marks.get(id, ("", ""))
            said = {"id": id, "number": number, "mark": word, "mark_href": href, "citation": cited.get(id)}
            pieces.append({"html": html[last : end.start()], "close": close, **said})
            last = end.start() + len(close)
    return [*pieces, {"html": html[last:], "id": "", "close": ""}]


def lift(chrome: Chrome, document: Document) -> str:
    """When an embargo ends: day, hour and offset in the site's zone."""
    local = dates.in_zone(document.published, chrome.zone)
    moment = moment_at(local)
    return f"{dates.long_date(moment, chrome.lang)}, {dates.clock(moment, chrome.lang)}"


def placed_text(html: str, edition: Edition, beside: Beside) -> str:
    def place(number: int) -> str:
        href = edition.hrefs[number]
        if not href:
            return '""'
        written = f'"{_escaped(relative(edition.address, href))}"'
        if edition.marks[number]:
            written += f' hreflang="{edition.marks[number]}"'
        if beside.site_url and href.startswith("/") and not edition.facts.links[number].image:
            # On paper a link is its whole address.
            written += f' data-address="{_escaped(absolute(beside.site_url, href))}"'
        return written

    found = place_links(pictures.placed_pictures(html, edition, beside.pictures), place)
    return _GONE_LINK.sub("", _GONE_IMAGE.sub(r"\1", found)) if "" in edition.hrefs else found


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _opening(body: Body) -> str:
    """The first words, where an edition has no summary."""
    first = body.passages[0] if body.passages else ""
    return first if len(first) <= 200 else first[:199].rsplit(" ", 1)[0] + "…"


def _translation(chrome: Chrome, edition: Edition, beside: Beside) -> Mapping[str, Any] | None:
    fields = edition.fields
    if not fields.translation:
        return None
    original = beside.original or fields.source_language
    href = relative(edition.address, beside.alternates[beside.original]) if beside.original in beside.alternates else fields.source_url
    return {
        "kind": fields.translation,
        "words": chrome.words.gettext(TRANSLATION_WORDS[fields.translation]),
        "translator": fields.translator,
        "language": dates.language_name(original, edition.lang) if original else "",
        "lang": original,
        "href": href,
        "beside": relative(edition.address, beside.pairs[original]) if original in beside.pairs else "",
    }


def _pairs(edition: Edition, beside: Beside) -> list[Mapping[str, str]]:
    """The pages side by side, but for that with the original, which the status names: by the other language, and in which language the page is."""
    others = {lang: address for lang, address in beside.pairs.items() if not (edition.fields.translation and lang == beside.original)}
    return [
        {
            "lang": lang, "dir": direction(lang), "name": own_name(lang), "href": relative(edition.address, address),
            "page": edition.lang if address.startswith(edition.address) else lang,
        }
        for lang, address in others.items()
    ]  # fmt: skip


def contact(found: Contact, lang: str) -> Mapping[str, Any]:
    """A contact's card in a language."""

    def said(texts: Mapping[str, str]) -> str:
        return texts.get(lang) or next(iter(texts.values()), "")

    return {
        "name": said(found.names), "role": said(found.role), "phone": found.phone, "email": found.email, "hours": said(found.hours),
        "tel": "tel:" + "".join(char for char in found.phone if char in "+0123456789"),
        "languages": dates.joined([dates.language_name(tag, lang) for tag in found.languages], lang),
    }  # fmt: skip


def _boilerplate(organisation: Organisation | None, lang: str) -> Mapping[str, str] | None:
    if organisation is None or lang not in organisation.about:
        return None
    return {"name": organisation.names.get(lang, ""), "about": organisation.about[lang], "url": organisation.url}

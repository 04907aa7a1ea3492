"""The page of each edition: release, transcript, page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pressroom.ground.addresses import relative
from pressroom.ground.languages import direction
from pressroom.model.artifact import Artifact
from pressroom.model.document import Document, Edition
from pressroom.model.kinds import BY_NAME, PAGE, RELEASE, TRANSCRIPT
from pressroom.model.people import Contact, Organisation
from pressroom.model.site import Chrome, Entry
from pressroom.model.text import Body
from pressroom.model.typography import Typography
from pressroom.outputs import changes, dates, downloads, embargoes, kits, numerals, pictures, players, transcripts, translations
from pressroom.outputs.blocks import Surroundings, placed, placed_text
from pressroom.outputs.citations import Sources, citations, marks_of, sources_of
from pressroom.outputs.head import TEXTS, own_name, page
from pressroom.outputs.linked_data import of_document
from pressroom.outputs.parts import Part
from pressroom.outputs.texts import KIND_WORDS

_DATELINED = (RELEASE,)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an edition on its page: its other languages, topics, contacts, the office, the people's pages, the pages side by side.

    `default` is the address of the edition that stands for all; `around` is what its text needs there, `sources` say whose words its passages are;
    `current` is the address of the edition of now, where the page is that of an earlier version; `kit` about how many bytes the press kit has.
    """

    alternates: Mapping[str, str]
    original: str
    default: str = ""
    topics: tuple[Entry, ...] = ()
    contacts: tuple[Contact, ...] = ()
    organisation: Organisation | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    around: Surroundings = Surroundings()
    sources: Sources = Sources()
    pairs: Mapping[str, str] = field(default_factory=dict)
    current: str = ""
    kit: int = 0


def artifacts(part: Part) -> Iterator[Artifact]:
    document, house, pairs = part.document, part.house, part.beside
    if document.fields.withdrawn:
        return
    whole = replace(document, editions={})
    organisation = house.registry.organisations.get(document.fields.organisation)
    kit = kits.size(document, organisation) if document.kit else 0
    original = document.editions.get(document.original)
    for lang, edition in document.editions.items():
        translated = original if original is not edition else None
        beside = Beside(
            {other: found.address for other, found in document.editions.items()},
            document.original,
            document.first.address,
            tuple(part.topics[lang, id] for id in document.fields.topics if (lang, id) in part.topics),
            tuple(house.registry.contacts[id] for id in document.fields.contacts if id in house.registry.contacts),
            organisation,
            {id: part.people[lang, id] for id in _people_ids(edition) if (lang, id) in part.people},
            Surroundings({href: part.pictures[href] for href in edition.hrefs if href in part.pictures}, house.url),
            sources_of(house, document, edition),
            pairs.get(edition.address, {}),
            kit=kit,
        )
        inputs = (house.chrome[lang], whole, edition, beside, edition.body, translated.body if translated else None)
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
    blocks = [placed(chrome.typography, block, edition, beside.around, changes.marks(chrome, edition), cited) for block in body.blocks]
    moment = document.fields.date
    played = players.players(chrome.typography, document, edition)
    shown = {found["file"]["href"] for found in (*played, *(block["figure"] for block in blocks if block["figure"])) if found["file"]}
    shared = {
        "page": page(
            chrome, edition.address, fields.title, beside.alternates, description=fields.summary or _opening(body), noindex=bool(document.held),
            default=beside.default or edition.address, kind="website" if document.kind == PAGE else "article",
            published=moment.written if moment else "", modified=_modified(document, edition), linked_data=None if beside.current else of_document(chrome, document, edition, beside.alternates),
            texts=TEXTS[:1] if beside.current else TEXTS, image=_card(document, edition, beside),
            current=beside.current,
        ),
        "site": chrome,
        "document": document,
        "edition": edition,
        "kind": words.gettext(KIND_WORDS[document.kind]) if document.kind in KIND_WORDS else "",
        "date": dates.long_date(moment, chrome.typography) if moment else "",
        "date_iso": (moment.local.date().isoformat() if moment.day_only else moment.written) if moment else "",
        "clock": dates.clock(moment, chrome.typography) if moment else "",
        "dateline": dates.opening(fields.place, moment, chrome.typography) if moment and document.kind in _DATELINED else "",
        "event": document.fields.event_in(lang),
        "translation": _translation(chrome, edition, beside),
        "topics": [(relative(edition.address, topic.address), topic.text, topic.lang) for topic in beside.topics],
        "contacts": [contact(found, chrome.typography) for found in beside.contacts],
        "pairs": _pairs(edition, beside),
        "boilerplate": _boilerplate(beside.organisation, lang),
        "notes": placed_text(body.notes, edition, beside.around),
        "downloads": downloads.downloads(chrome.typography, document, edition, shown, players.captions_of_others(document, edition)),
        "players": played,
        "kit": {"href": relative(edition.address, document.kit), "size": numerals.size(beside.kit, chrome.typography)} if beside.kit else None,
        "held": embargoes.held(chrome, document.held, document.published),
        "changes": changes.told(chrome, edition, edition.address),
        "version": None,
        "marks": marks_of(chrome.typography),
    }  # fmt: skip
    if edition.facts.segments or document.kind == TRANSCRIPT:
        return {**shared, **transcripts.shown(chrome, document, edition, beside.people, blocks)}
    return {**shared, "blocks": _dated(blocks, shared["dateline"])}


def _card(document: Document, edition: Edition, beside: Beside) -> tuple[str, int, int]:
    """The first picture of the text, else of the files."""
    of_text = [beside.around.pictures[href] for href in edition.images if href in beside.around.pictures]
    found = next((found for found in (*of_text, *pictures.pictures_of(document).values()) if found.file.width), None)
    return pictures.card(found, pictures.is_made(document, found.file, edition.images)) if found else ("", 0, 0)


def _modified(document: Document, edition: Edition) -> str:
    return document.updated(edition).isoformat() if edition.changes else ""


def _dated(blocks: list[Mapping[str, Any]], dateline: str) -> list[Mapping[str, Any]]:
    """The blocks, the dateline with the first paragraph."""
    first = next((number for number, block in enumerate(blocks) if block["kind"] == "paragraph"), -1)
    return [{**block, "dateline": dateline if number == first else ""} for number, block in enumerate(blocks)]


def _opening(body: Body) -> str:
    """The first words, where an edition has no summary."""
    first = body.passages[0] if body.passages else ""
    if len(first) <= 200:
        return first
    # A text without spaces between its words may have one anywhere.
    space = first.rfind(" ", 150, 199)
    return f"{first[: space if space >= 0 else 199]}…"


def _translation(chrome: Chrome, edition: Edition, beside: Beside) -> Mapping[str, Any] | None:
    fields = edition.fields
    if not fields.translation:
        return None
    original = beside.original or fields.source_language
    href = relative(edition.address, beside.alternates[beside.original]) if beside.original in beside.alternates else fields.source_url
    return {
        "kind": fields.translation,
        "words": translations.kind(chrome, fields),
        "cautions": list(translations.cautions(chrome, fields)),
        "by": translations.by(chrome, fields),
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


def told(texts: Mapping[str, str], lang: str) -> tuple[str, str]:
    """A text in a language, else the first there is and the language it is in."""
    return (texts[lang], "") if texts.get(lang) else next(((text, other) for other, text in texts.items()), ("", ""))


def contact(found: Contact, typography: Typography) -> Mapping[str, Any]:
    """A contact's card in a language."""
    lang = typography.lang
    (name, name_lang), (role, role_lang), (hours, hours_lang) = (told(texts, lang) for texts in (found.names, found.role, found.hours))
    return {
        "name": name, "name_lang": name_lang, "role": role, "role_lang": role_lang, "phone": found.phone, "email": found.email,
        "hours": hours, "hours_lang": hours_lang,
        "tel": _tel(found.phone),
        "languages": numerals.listed([dates.language_name(tag, lang) for tag in found.languages], typography),
    }  # fmt: skip


def _tel(phone: str) -> str:
    """A number as telephones dial it: the nought in brackets is dialled at home only."""
    dialled = phone.replace("(0)", "") if phone.startswith("+") else phone
    return "tel:" + "".join(char for char in dialled if char in "+0123456789")


def _boilerplate(organisation: Organisation | None, lang: str) -> Mapping[str, str] | None:
    if organisation is None or lang not in organisation.about:
        return None
    return {"name": organisation.names.get(lang, ""), "about": organisation.about[lang], "url": organisation.url}

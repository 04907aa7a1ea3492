"""A site that nobody published: two documents in one language that need every component, so that a gallery can show them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from markupsafe import Markup

from pressroom.ground import fingerprints
from pressroom.ground.languages import direction
from pressroom.model import site as what
from pressroom.model.document import Attachment, Document, DocumentFields, Edition, EditionFields, Former
from pressroom.model.history import CORRECTED, UPDATED, Change, Retired
from pressroom.model.kinds import RELEASE, TRANSCRIPT
from pressroom.model.moments import Moment, moment_at
from pressroom.model.people import Contact, Office, Organisation, Person, Registry, Topic
from pressroom.model.site import Chrome, Listing, Pair, Period, Row, Said, Site
from pressroom.model.text import Block, Body, Facts, Passage, Quotation
from pressroom.model.transcript import Credit, Segment, SignOff, Voice

_DESK, _OFFICE, _WATER, _ANA = "desk", "office", "water", "ana-diaz"
_FORMER = 1
_SOUND = "bridge.mp3"


@dataclass(frozen=True, slots=True)
class Sample:
    """The site, all of whose addresses are one, and the texts of its editions by path."""

    site: Site
    bodies: Mapping[str, Body]
    facts: Mapping[str, Facts]


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("samples.toml").read_text(encoding="utf-8"))


def sample(chrome: Chrome, address: str) -> Sample:
    """The sample in the language of `chrome`. Whatever it links to is at `address`, where it is shown."""
    said, other = _texts().get(chrome.lang, _texts()["en"]), "fr" if chrome.lang != "fr" else "en"
    foreign = _texts()[other]

    def at(month: int, day: int) -> Moment:
        return moment_at(datetime(2026, month, day, 10, 30, tzinfo=ZoneInfo(chrome.zone)))

    release, former, release_texts = _release(chrome.lang, other, address, said, at)
    transcript, transcript_texts = _transcript(chrome.lang, address, said, at(2, 20))
    pair, pair_texts = _pair(release, foreign, other)
    rows = (
        _row(release, said, address, at(3, 4), chrome.lang),
        replace(_row(release, foreign, address, at(3, 4), other), foreign=True, held=""),
        replace(_row(transcript, {**said, "title": said["headline"]}, address, at(2, 20), chrome.lang), kind=TRANSCRIPT, place=""),
    )
    here = {chrome.lang: address}
    person = Person(
        _ANA, {lang: text["person"] for lang, text in _texts().items()}, {chrome.lang: "AH-nah DEE-ahs"},
        offices=(Office({chrome.lang: said["role"]}, _OFFICE, "2021-05"), Office({chrome.lang: said["role"]}, "", "2016", "2021-04")),
    )  # fmt: skip
    registry = Registry(
        {_ANA: person}, {_OFFICE: Organisation(_OFFICE, {chrome.lang: said["organisation"]}, {chrome.lang: said["about"]}, "https://press.example.org/")},
        {_WATER: Topic(_WATER, {chrome.lang: said["topic"]})},
        {_DESK: Contact(_DESK, {chrome.lang: said["desk"]}, {chrome.lang: said["office"]}, "+41 22 555 01 01", "press@example.org", {chrome.lang: said["hours"]}, ("en", "fr"))},
    )  # fmt: skip
    listings = (
        Listing(what.MONTH, chrome.lang, address, here, rows, RELEASE, year=2026, month=3, up=address, periods=(Period(address, 2026, 3, 2), Period(address, 2026, 2, 1))),
        Listing(what.TOPIC, chrome.lang, address, here, (), id=_WATER, name=said["topic"]),
        Listing(what.PERSON, chrome.lang, address, here, rows[2:], id=_ANA, name=said["person"]),
        Listing(what.KIND, chrome.lang, address, here, rows, RELEASE, periods=(Period(address, 2026, 0, 3),)),
        Listing(what.YEAR, chrome.lang, address, here, rows, RELEASE, year=2026, periods=(Period(address, 2026, 3, 2), Period(address, 2026, 2, 1))),
    )
    quoted = Said(transcript.editions[chrome.lang].quoted(_ANA), rows[2], (1,))
    site = Site(
        chrome.site_name, chrome.site_url, chrome.zone, chrome.default_language, (chrome.lang,), "", (release, transcript), (former,), (), lambda document: (pair,) if document is release else (), registry, listings, (),
        {_ANA: person}, {address: (quoted,)}, {chrome.lang: chrome, other: replace(chrome, lang=other, dir=direction(other))}, (), (), chrome.preview, datetime(2026, 3, 4, tzinfo=UTC),
    )  # fmt: skip
    return Sample(site, {**release_texts, **transcript_texts, **pair_texts}, {"transcript": transcript.editions[chrome.lang].facts})


def _text(paragraphs: list[tuple[str, int]], notes: str = "") -> tuple[tuple[Passage, ...], Body]:
    """Paragraphs, each with its segment, as passages and as a body."""
    found = fingerprints.fingerprints([words for words, _ in paragraphs])
    passages = tuple(Passage(print.id, print.digest, 0, segment) for print, (_, segment) in zip(found, paragraphs, strict=True))
    blocks = tuple(
        Block("paragraph", Markup('<p id="{}">{}</p>').format(passage.id, words), words, (number,), segment)
        for number, (passage, (words, segment)) in enumerate(zip(passages, paragraphs, strict=True))
    )
    return passages, Body(blocks, tuple(words for words, _ in paragraphs), Markup("<p>{}</p>").format(notes) if notes else "")


def _release(lang: str, other: str, address: str, said: Mapping[str, str], at: Callable[[int, int], Moment]) -> tuple[Document, Former, dict[str, Body]]:
    """A release that is held, a translation, and was corrected and updated; and its first version."""
    passages, body = _text([(said["first"], 0), (said["second"], 0)], said["notes"])
    then, former_body = _text([(said["first"], 0), (said["former"], 0)], said["notes"])
    fields = EditionFields(
        said["title"], said["subtitle"], said["summary"], said["place"], "official", said["organisation"], other, "https://press.example.org/", said["notes"],
        captions={"gauge.jpg": said["event"]},
    )  # fmt: skip
    changes = (
        Change(2, CORRECTED, at(3, 5), said["note"], (passages[1].id,), (Retired(then[1].id, _FORMER, 2),)),
        Change(3, UPDATED, at(3, 6)),
    )
    edition = Edition(lang, direction(lang), address, "release", "", fields, Facts(passages), changes=changes, versions=(_FORMER,))
    attachments = (Attachment("levels-2026.csv", address, "", "a1" * 32, 48_213), Attachment("gauge.jpg", address, "", "b2" * 32, 1_204_511, 1600, 1067))
    document = Document(
        RELEASE, 2026, "sample", DocumentFields(
            at(3, 4), topics=(_WATER,), contacts=(_DESK,), organisation=_OFFICE, attachments=("levels-2026.csv",), credits={"gauge.jpg": said["person"]},
            licences={"gauge.jpg": "CC BY 4.0"},
        ),
        at(3, 4).instant, {lang: edition}, attachments=attachments, held="embargo",
    )  # fmt: skip
    before = replace(edition, path="former", facts=Facts(then), changes=(), versions=())
    files = {found.name: found.digest for found in attachments}
    former = Former(document, _FORMER, before, {**files, "levels-2026.csv": "c3" * 32}, edition, files, at(3, 5), address)
    return document, former, {"release": body, "former": former_body}


def _pair(release: Document, said: Mapping[str, str], other: str) -> tuple[Pair, dict[str, Body]]:
    """The release beside what it translates."""
    (edition,) = release.editions.values()
    passages, body = _text([(said["first"], 0), (said["second"], 0)])
    beside = Edition(other, direction(other), f"{edition.address}{other}/", "other", "", EditionFields(said["title"], said["subtitle"], place=said["place"]), Facts(passages))
    return Pair(replace(release, editions={}), edition, beside, edition.address, (0, 1)), {"other": body}


def _transcript(lang: str, address: str, said: Mapping[str, str], date: Moment) -> tuple[Document, dict[str, Body]]:
    passages, body = _text([(said["narration"], 1), (said["soundbite"], 2)])
    voice = Voice(_ANA, said["person"], said["role"], said["organisation"])
    facts = Facts(
        passages, segments=(Segment(1, "narration", "", 0), Segment(2, "soundbite", "", 0, voice=voice, start="00:42")),
        quotations=(Quotation(_ANA, said["person"], said["role"], said["organisation"], (1,)),),
        sign_off=SignOff("", "", said["sign_off"], 0), credits=(Credit(said["credit"], (said["person"],), "", 0),),
    )  # fmt: skip
    edition = Edition(lang, direction(lang), address, "transcript", "", EditionFields(said["headline"], place=said["place"], captions={_SOUND: said["headline"]}), facts)
    fields = DocumentFields(date, event={lang: said["event"]}, media=(_SOUND,), credits={_SOUND: said["organisation"]}, licences={_SOUND: "CC BY 4.0"})
    sound = Attachment(_SOUND, address, "", "d4" * 32, 912_480)
    return Document(TRANSCRIPT, 2026, "sample", fields, date.instant, {lang: edition}, attachments=(sound,)), {"transcript": body}


def _row(document: Document, said: Mapping[str, str], address: str, date: Moment, lang: str) -> Row:
    return Row(
        address, document.kind, lang, direction(lang), False, said["title"], said["summary"], said["place"], date, date.instant, date.instant, "", document.held
    )

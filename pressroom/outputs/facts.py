"""`index.json`: the facts of an edition and every passage with its fingerprint, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.document import Attachment, Document, Edition
from pressroom.model.moments import Moment
from pressroom.model.site import Chrome
from pressroom.model.text import Body
from pressroom.model.transcript import Segment
from pressroom.outputs import changes, translations
from pressroom.outputs.citations import sources_of
from pressroom.outputs.feeds import tag_uri
from pressroom.outputs.parts import Part


@dataclass(frozen=True, slots=True)
class Around:
    """What the facts of an edition have from elsewhere: its id, its other languages, the fingerprints of the original's passages in their order.

    `offices` are by person the role and organisation that the registry knows of the document's day.
    """

    id: str
    alternates: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    of_original: tuple[str, ...] = ()
    offices: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def artifacts(part: Part) -> Iterator[Artifact]:
    document, house, pairs = part.document, part.house, part.beside
    if document.fields.withdrawn:
        return
    whole = replace(document, editions={})
    alternates = {lang: edition.address for lang, edition in document.editions.items()}
    original = document.editions.get(document.original)
    of_original = tuple(passage.id for passage in original.facts.passages) if original else ()
    for lang, edition in document.editions.items():
        id, beside = tag_uri(house.feed_authority, f"{document.folder}/{lang}"), pairs.get(edition.address, {})
        around = Around(id, alternates, beside, of_original, sources_of(house, document, edition).offices)
        inputs = (house.chrome[lang], whole, edition, around, edition.body)
        yield Artifact(edition.address.lstrip("/") + "index.json", view, inputs, lang=lang)


def view(chrome: Chrome, document: Document, edition: Edition, around: Around, body: Body) -> bytes:
    return written(data(chrome, document, edition, around, body))


def data(chrome: Chrome, document: Document, edition: Edition, around: Around, body: Body) -> Mapping[str, Any]:
    """The facts by their names in docs/data.md."""

    def passage(number: int) -> Mapping[str, Any]:
        found = edition.facts.passages[number]
        data: dict[str, Any] = {"id": found.id, "digest": found.digest, "line": found.line, "text": body.passages[number]}
        other = edition.counterparts[number] if edition.counterparts else -1
        return data | ({"group": found.group} if found.group else {}) | ({"original": around.of_original[other]} if other >= 0 else {})

    def url(address: str) -> str:
        return absolute(chrome.site_url, address)

    fields, facts = edition.fields, edition.facts
    return {
        "id": around.id,
        "url": url(edition.address),
        "kind": document.kind,
        "language": edition.lang,
        "direction": edition.dir,
        "title": fields.title,
        "subtitle": fields.subtitle,
        "summary": fields.summary,
        "place": fields.place,
        "date": document.fields.date.text if document.fields.date else "",
        "day": _day(document.fields.date) if document.fields.date else "",
        "published": document.published.isoformat() if document.fields.date else "",
        "updated": document.updated(edition).isoformat() if edition.changes else "",
        "version": document.version,
        "corrections": changes.data(chrome, edition),
        "held": document.held,
        "original": translations.original(document, fields),
        "translation": fields.translation,
        "derived_from": fields.derived_from,
        "translator": fields.translator,
        "source": {"language": fields.source_language, "url": fields.source_url} if fields.source_language else None,
        "event": document.fields.event_in(edition.lang),
        "topics": document.fields.topics,
        "organisation": document.fields.organisation,
        "contacts": document.fields.contacts,
        "languages": {lang: url(address) for lang, address in around.alternates.items()},
        "side_by_side": {lang: url(address) for lang, address in around.beside.items()},
        "attachments": [_attachment(document, edition, found, url(found.address)) for found in document.attachments],
        "kit": url(document.kit) if document.kit else "",
        "segments": [
            {**_segment(segment), **_said(edition, segment), "passages": [passage(number) for number, found in enumerate(facts.passages) if found.segment == segment.n]}
            for segment in facts.segments
        ],
        "passages": [passage(number) for number, found in enumerate(facts.passages) if not found.segment],
        "quotations": [
            {"speaker": q.id, "name": q.name, "role": q.role, "organisation": q.organisation, "passages": [facts.passages[n].id for n in q.passages], "verbatim": translations.is_verbatim(edition)}
            for q in facts.quotations
        ],
        "offices": {id: {"role": role, "organisation": organisation} for id, (role, organisation) in sorted(around.offices.items()) if role},
        "sign_off": {"name": facts.sign_off.name, "place": facts.sign_off.place, "line": facts.sign_off.line} if facts.sign_off else None,
        "credits": [{"label": credit.label, "names": credit.names, "line": credit.line} for credit in facts.credits],
    }


def written(data: Mapping[str, Any]) -> bytes:
    """The facts as the bytes of a file, without those that say nothing."""
    kept = {name: value for name, value in data.items() if value not in (None, "", (), [], {})}
    # The same as with an indent of its own, for which json leaves its quick way.
    return msgspec.json.format(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), indent=1) + b"\n"


def _day(date: Moment) -> str:
    """The printed day, where the date as it is written begins with another: of an instant in UTC beside a zone."""
    day = date.local.date().isoformat()
    return "" if date.text.startswith(day) else day


def _attachment(document: Document, edition: Edition, found: Attachment, url: str) -> Mapping[str, Any]:
    data = {
        "name": found.name, "url": url, "bytes": found.size, "sha256": found.digest, "width": found.width, "height": found.height,
        "caption": edition.fields.captions.get(found.name, ""), "credit": document.fields.credits.get(found.name, ""),
        "licence": document.fields.licences.get(found.name, ""),
    }  # fmt: skip
    return {name: value for name, value in data.items() if value or name == "bytes"}


def _said(edition: Edition, segment: Segment) -> Mapping[str, Any]:
    return {"verbatim": translations.is_verbatim(edition, segment)} if translations.is_said(segment) else {}


def _segment(segment: Segment) -> Mapping[str, Any]:
    data = {
        "n": segment.n, "kind": segment.kind, "tag": segment.tag, "line": segment.line, "start": segment.start, "shot": segment.shot,
        "reports": segment.reports,
    }  # fmt: skip
    if segment.voice:
        voice = segment.voice
        data |= {"speaker": voice.id, "name": voice.name, "role": voice.role, "organisation": voice.organisation}
    data |= {"language": segment.spoken}
    return {name: value for name, value in data.items() if value != ""}

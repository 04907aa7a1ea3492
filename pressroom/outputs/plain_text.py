"""`index.md`: the clean text of an edition with every attribution, for pasting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.document import APART, Document, Edition
from pressroom.model.kinds import PAGE
from pressroom.model.people import Organisation
from pressroom.model.patterns import attribution
from pressroom.model.site import Chrome
from pressroom.model.text import Block, Body
from pressroom.outputs import changes, dates, translations
from pressroom.outputs.parts import Part
from pressroom.outputs.plain_blocks import caption_of, lines_of
from pressroom.outputs.texts import joined, word_of

_BACK = re.compile(r"\s*↩\ufe0e?")


def artifacts(part: Part) -> Iterator[Artifact]:
    document, house = part.document, part.house
    if document.fields.withdrawn:
        return
    whole = replace(document, editions={})
    organisation = house.registry.organisations.get(document.fields.organisation)
    for lang, edition in document.editions.items():
        inputs = (house.chrome[lang], whole, edition, organisation, edition.body)
        yield Artifact(edition.address.lstrip("/") + "index.md", view, inputs, lang=lang)


def view(chrome: Chrome, document: Document, edition: Edition, organisation: Organisation | None, body: Body) -> str:
    fields = edition.fields
    moment = document.fields.date
    parts = [f"# {fields.title}", fields.subtitle]
    if moment:
        parts.append(" · ".join(part for part in (dates.long_date(moment, chrome.typography), fields.place, absolute(chrome.site_url, edition.address)) if part))
    if fields.translation:
        parts.append(translations.line(chrome, fields))
    parts += [f"*{joined(chrome, told['word'], told['date'])} · {told['note']}*" for told in changes.told(chrome, edition, edition.address) if told["noted"]]
    opening = dates.opening(fields.place, moment, chrome.typography) if moment and not edition.facts.segments else ""
    last = 0
    for block in body.blocks:
        if block.segment != last and (head := _voice(chrome, edition, block.segment)):
            parts.append(head)
        last = block.segment
        text = _text(chrome, edition, body, block)
        if opening and block.kind == "paragraph":
            text, opening = f"{opening} {text}", ""
        parts.append(text)
    if document.kind != PAGE:
        parts.append(chrome.typography.table("end").get("mark", ""))
    tail = edition.facts.sign_off
    parts += [tail.text if tail else "", *(credit.text for credit in edition.facts.credits)]
    if organisation and edition.lang in organisation.about:
        parts += [f"## {organisation.names.get(edition.lang, '')}", organisation.about[edition.lang]]
    return "\n\n".join(part.rstrip().lstrip("\n") for part in parts if part.strip()) + "\n"


def _voice(chrome: Chrome, edition: Edition, number: int) -> str:
    segment = next((found for found in edition.facts.segments if found.n == number), None)
    if segment is None:
        return ""
    if segment.voice:
        who = segment.voice
        return f"**{attribution(chrome.typography, who.name, who.role, who.organisation)}**"
    return f"**{word_of(chrome.words, segment)}**"


def _text(chrome: Chrome, edition: Edition, body: Body, block: Block) -> str:
    if block.kind == "heading":
        return f"{'#' * block.level} {block.text}"
    if block.kind == "list":
        return "\n".join(lines_of(block, edition.facts, body))
    if block.kind == "code":
        return "\n".join(f"    {line}" for line in block.text.split("\n"))
    if block.kind == "footnotes":
        return _BACK.sub("", block.text)
    if block.kind == "quotation":
        said = _said(chrome, edition, block)
        return "\n".join([*lines_of(block, edition.facts, body), *([f"> — {said}"] if said else [])])
    return block.text


def _said(chrome: Chrome, edition: Edition, block: Block) -> str:
    """Who says a quotation: of a release as its facts have it, elsewhere, where nobody is on record for it, as the page shows it."""
    first = block.passages[0] if block.passages else -1
    who = next((q for q in edition.facts.quotations if first in q.passages), None)
    typed = who.typed if who else caption_of(block)
    if who and not typed:
        return attribution(chrome.typography, who.name, who.role, who.organisation)
    return attribution(chrome.typography, *(part.strip() for part in typed.split(APART, 2))) if APART in typed else typed

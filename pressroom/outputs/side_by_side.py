"""A translation beside its original: one page for both directions, without ids, which leads to every passage where it is at home."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pressroom.ground.addresses import relative
from pressroom.ground.marks import place_links
from pressroom.model.artifact import Artifact
from pressroom.model.document import Edition
from pressroom.model.kinds import RELEASE
from pressroom.model.patterns import attribution
from pressroom.model.site import Chrome, Pair
from pressroom.model.text import Block, Body
from pressroom.model.transcript import Segment
from pressroom.model.words import Words
from pressroom.outputs import changes, dates, embargoes, translations
from pressroom.outputs.blocks import Surroundings, placed, placed_text
from pressroom.outputs.head import own_name, page
from pressroom.outputs.linked_data import reference, web_page
from pressroom.outputs.parts import Part
from pressroom.outputs.pictures import Picture
from pressroom.outputs.stretches import Stretch, stretches
from pressroom.outputs.texts import KIND_WORDS, word_of

_TAG, _ID = re.compile(r'<[a-z](?:"[^"]*"|[^">])*>'), re.compile(r' id="[^"]*"')
_BEGINS, _PICTURE = "begins", "picture"

_Pictures = Mapping[str, Picture]


def artifacts(part: Part) -> Iterator[Artifact]:
    chrome = part.house.chrome
    for pair in part.pairs if not part.document.fields.withdrawn else ():
        shown = {href: part.pictures[href] for href in (*pair.edition.hrefs, *pair.other.hrefs) if href in part.pictures}
        inputs = (chrome[pair.edition.lang], chrome[pair.other.lang], pair, shown, pair.edition.body, pair.other.body)
        yield Artifact(pair.address.lstrip("/") + "index.html", view, inputs, "side_by_side.html", pair.edition.lang)


def view(chrome: Chrome, other_chrome: Chrome, pair: Pair, pictures: _Pictures, body: Body, other_body: Body) -> Mapping[str, Any]:
    """The page is in the language of the edition that it lies below; what that is read against stands first."""
    document, moment, words = pair.document, pair.document.fields.date, chrome.words
    sides = _Side(other_chrome, pair, pair.other, other_body, pictures), _Side(chrome, pair, pair.edition, body, pictures)
    title = words.gettext("Side by side: %(title)s") % {"title": pair.edition.fields.title}
    both = pair.edition, pair.other
    told = web_page(chrome, pair.address, title, inLanguage=[each.lang for each in both], hasPart=[reference(chrome, each.address) for each in both])
    return {
        "page": page(chrome, pair.address, title, {}, linked_data=told, current=pair.edition.address),
        "site": chrome,
        "kind": words.gettext(KIND_WORDS[document.kind]) if document.kind in KIND_WORDS else "",
        "date": dates.long_date(moment, chrome.typography) if moment else "",
        "date_iso": moment.local.date().isoformat() if moment else "",
        "held": embargoes.held(chrome, document.held, document.published),
        "sides": [_head(side) for side in sides],
        "rows": list(_rows(*sides)),
    }


@dataclass(frozen=True)
class _Side:
    """One of the two texts. The words of the interface in it are those of its own language."""

    chrome: Chrome
    pair: Pair
    edition: Edition
    body: Body
    pictures: _Pictures

    @property
    def words(self) -> Words:
        return self.chrome.words

    def to(self, fragment: str = "") -> str:
        """The way to the edition's own page, or to a place in it."""
        return f"{'' if self.edition.address == self.pair.address else self._way}#{fragment}" if fragment else self._way

    @cached_property
    def _way(self) -> str:
        return relative(self.pair.address, self.edition.address)

    @cached_property
    def placed(self) -> Edition:
        """The edition with its links as this page writes them: to a place of the text on its own page, and to a page of its language as such."""
        links = [_link(href, mark, self.edition) for href, mark in zip(self.edition.hrefs, self.edition.marks, strict=True)]
        return replace(self.edition, address=self.pair.address, hrefs=tuple(href for href, _ in links), marks=tuple(mark for _, mark in links))

    @cached_property
    def blocks(self) -> list[Mapping[str, Any]]:
        """The text in order, the dateline with its first paragraph, and the voice of each segment with the first block of it."""
        segments = {segment.n: segment for segment in self.edition.facts.segments}
        first = next((number for number, block in enumerate(self.body.blocks) if block.kind == "paragraph"), -1)
        shown, blocks = {0}, []
        for number, block in enumerate(self.body.blocks):
            voice = _voice(self, segments[block.segment], block) if block.segment not in shown else None
            shown.add(block.segment)
            blocks.append({**self._block(block), "dateline": self._dateline() if number == first else "", "voice": voice})
        return blocks

    def _block(self, block: Block) -> Mapping[str, Any]:
        made, label = placed(self.chrome.typography, block, self.placed, Surroundings(self.pictures), {}, {}), self.words.gettext("Passage %(number)s")
        pieces = [
            {"html": _without_ids(piece["html"]), "close": piece["close"], "href": self.to(piece["id"]), "label": label % {"number": piece["number"]}}
            if piece["id"]
            else {"html": _without_ids(piece["html"]), "close": "", "href": ""}
            for piece in made["pieces"]
        ]
        return {
            "kind": block.kind, "text": block.text, "opening": _without_ids(made["opening"]), "pieces": pieces, "lang": self.edition.lang,
            "table": self.words.gettext("Table"), "figure": _bare(made["figure"]) if made["figure"] else None,
        }  # fmt: skip

    def _dateline(self) -> str:
        moment = self.pair.document.fields.date
        if moment is None or self.pair.document.kind != RELEASE or self.edition.facts.segments:
            return ""
        return dates.opening(self.edition.fields.place, moment, self.chrome.typography)

    def picture(self, blocks: range) -> str:
        """The address of the picture, where the blocks are one figure."""
        found: list[int] = []
        if len(blocks) == 1 and self.body.blocks[blocks.start].kind == "figure":
            place_links(self.body.blocks[blocks.start].html, lambda number: found.append(number) or "")
        return next((self.edition.hrefs[number] for number in found if self.edition.facts.links[number].image), "")


def _link(href: str, mark: str, edition: Edition) -> tuple[str, str]:
    if href.startswith("#"):
        href = f"{edition.address}{href}"
    path = href.partition("#")[0]
    return href, mark or (edition.lang if path.startswith("/") and path.endswith("/") and path != "/" else "")


def _bare(figure: Mapping[str, Any]) -> Mapping[str, Any]:
    """A picture and its caption: whose it is, and the whole of it, stand on the edition's own page."""
    return {**figure, "image": _without_ids(figure["image"]), "file": None}


def _without_ids(html: str) -> str:
    return _TAG.sub(lambda tag: _ID.sub("", tag[0]), html)


def _voice(side: _Side, segment: Segment, block: Block) -> Mapping[str, str]:
    """Who speaks, in the strings of the text, and of what kind it is, as on the edition's own page."""
    who = segment.voice
    word = word_of(side.words, segment)
    return {
        "name": who.name if who else "",
        "office": attribution(side.chrome.typography, "", who.role, who.organisation) if who else "",
        "word": "" if who and segment.turn else word,
        "cue": "" if block.kind == "cue" else segment.start,
    }


def _head(side: _Side) -> Mapping[str, Any]:
    """The top of a side: its language, of what kind the text is, the headline."""
    return {
        "lang": side.edition.lang,
        "dir": side.edition.dir,
        "name": own_name(side.edition.lang),
        "href": side.to(),
        "what": translations.line(side.chrome, side.edition.fields) or translations.kind(side.chrome, side.edition.fields),
        "title": side.edition.fields.title,
    }


def _rows(other: _Side, edition: _Side) -> Iterator[Mapping[str, Any]]:
    """What stands side by side from the subhead on: the text in stretches, sign-off and credits, and the notes to editors, each as a whole."""
    sides = other, edition
    yield from _row(sides, "subhead", [side.edition.fields.subtitle for side in sides])
    yield from _row(sides, "corrections", [_corrections(side) for side in sides])
    for found in stretches(edition.pair, edition.body.blocks, other.body.blocks):
        parts = [other.blocks[found.other.start : found.other.stop], edition.blocks[found.edition.start : found.edition.stop]]
        yield from _row(sides, "text", parts, _look(found, other, edition), found.whole)
    tails = [(side.edition.facts.sign_off, side.edition.facts.credits) for side in sides]
    yield from _row(sides, "colophon", [tail if any(tail) else None for tail in tails], _BEGINS)
    yield from _row(sides, "notes", [_notes(side) for side in sides], _BEGINS)


def _row(sides: tuple[_Side, _Side], what: str, parts: Sequence[Any], look: str = "", whole: bool = False) -> Iterator[Mapping[str, Any]]:
    """A row of two cells, if there is anything in it. A cell without anything says so in the language of the page; corrections have no counterparts."""
    if any(parts):
        chrome = sides[1].chrome
        missing = chrome.words.gettext("No counterpart in %(language)s") if what != "corrections" else ""
        cells = [
            {
                "lang": side.edition.lang,
                "dir": side.edition.dir,
                "part": part,
                "missing": "" if part else missing % {"language": dates.language_name(side.edition.lang, chrome.lang)},
            }
            for side, part in zip(sides, parts, strict=True)
        ]
        yield {"what": what, "look": look, "whole": whole, "cells": cells}


def _corrections(side: _Side) -> list[Mapping[str, Any]]:
    told = changes.told(side.chrome, side.edition, side.pair.address)
    return [{**change, "href": side.to(change["anchor"])} for change in told if change["noted"]]


def _notes(side: _Side) -> Mapping[str, str] | None:
    html = _without_ids(placed_text(side.body.notes, side.placed, Surroundings(side.pictures)))
    return {"heading": side.words.gettext("Notes to editors"), "html": html} if html else None


def _look(found: Stretch, other: _Side, edition: _Side) -> str:
    """A picture that both sides have is shown once where they are in one column; a segment begins under a line."""
    picture = other.picture(found.other)
    if picture and picture == edition.picture(found.edition):
        return _PICTURE
    firsts = [side.blocks[blocks.start] for side, blocks in ((other, found.other), (edition, found.edition)) if blocks]
    return _BEGINS if any(block["voice"] for block in firsts) else ""

"""The blocks of a text as they stand on a page: links and pictures in place, cut where each passage ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from pressroom.ground.addresses import absolute, relative
from pressroom.ground.marks import place_links
from pressroom.model.document import APART, Edition
from pressroom.model.patterns import attribution
from pressroom.model.text import Block
from pressroom.model.typography import Typography
from pressroom.outputs import downloads, pictures
from pressroom.outputs.citations import Citation
from pressroom.outputs.pictures import Picture

# What an earlier version led to and is not there any more: a picture gives its words, a link its text.
_GONE_IMAGE, _GONE_LINK = re.compile(r'<img\b(?=[^>]* src="")(?:[^>]* alt="([^"]*)")?[^>]*>'), re.compile(r' href=""')
_ATTRIBUTION = re.compile(rf"<figcaption>([^<]*{re.escape(APART)}[^<]*)</figcaption></figure>\Z")
# A browser takes an address with one of these and asks for another, which has it escaped; no line end or tab stands in what it asks for.
_NOT_OF_AN_ADDRESS = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x20"<>\\^`{|}\x7f]')
_PASSAGE_END = re.compile(r"(?P<close></p>)|</li>|<(?:blockquote|div|dl|ol|p|pre|table|ul)\b")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text of an edition needs to stand on a page: the pictures it may show, by address, and on which site, where links are to be printed whole."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    site_url: str = ""


def placed(
    typography: Typography, block: Block, edition: Edition, around: Surroundings, marks: Mapping[str, tuple[str, str]], cited: Mapping[str, Citation]
) -> Mapping[str, Any]:
    """A block with its links in place, in pieces; a paragraph's opening tag apart, so that a dateline can run in.

    `marks` are the word and address of the correction that changed a passage, `cited` what is quoted of it, by its fingerprint; a page that
    quotes nothing hands in none.
    """
    shown = {"kind": block.kind, "opening": "", "pieces": [], "text": block.text, "segment": block.segment, "figure": None, "seek": ""}
    if block.kind == "figure" and (alone := pictures.alone(block.html)):
        return {**shown, "figure": _figure(typography, *alone, block.text, edition, around)}
    html = _put_together(placed_text(block.html, edition, around), typography) if block.kind == "quotation" else placed_text(block.html, edition, around)
    opening, pieces = "", _pieces(html, [(edition.facts.passages[number].id, number + 1) for number in block.passages], marks, cited)
    if block.kind in ("paragraph", "note") and html.startswith("<p"):
        opening, _, first = pieces[0]["html"].partition(">")
        opening += ">"
        pieces[0] = {**pieces[0], "html": first}
    return {**shown, "opening": opening, "pieces": pieces}


def _put_together(html: str, typography: Typography) -> str:
    """A quotation whose attribution holds its parts apart by a sign, with the parts in the order of the language."""

    def put(found: re.Match[str]) -> str:
        parts = [part.strip() for part in unescape(found[1]).split(APART, 2)]
        return f"<figcaption>{_escaped(attribution(typography, *parts))}</figcaption></figure>"

    return _ATTRIBUTION.sub(put, html)


def _figure(typography: Typography, image: str, number: int, caption: str, edition: Edition, around: Surroundings) -> Mapping[str, Any]:
    """A picture in a paragraph of its own, and what is to be said of it: of a file of this site whose it is, and where the whole of it is."""
    picture = around.pictures.get(edition.hrefs[number])
    file = downloads.described(picture, edition.address, typography) if picture else None
    return {"image": placed_text(image, edition, around), "caption": caption, "file": file}


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


def placed_text(html: str, edition: Edition, around: Surroundings) -> str:
    """HTML of an edition with its links as they lead from the edition's address, and its pictures in their widths."""

    def place(number: int) -> str:
        href = edition.hrefs[number]
        if not href:
            return '""'
        written = f'"{_escaped(_in_address(relative(edition.address, href)))}"'
        if edition.marks[number]:
            written += f' hreflang="{edition.marks[number]}"'
        if around.site_url and href.startswith("/") and not edition.facts.links[number].image:
            # On paper a link is its whole address.
            written += f' data-address="{_escaped(absolute(around.site_url, href))}"'
        return written

    found = place_links(pictures.placed_pictures(html, edition, around.pictures), place)
    return _GONE_LINK.sub("", _GONE_IMAGE.sub(r"\1", found)) if "" in edition.hrefs else found


def _in_address(href: str) -> str:
    return _NOT_OF_AN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", href)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")

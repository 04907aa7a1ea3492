"""The shapes of a text's elements: of which kind a block is, and how a picture, a quotation and a table stand on a page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

_KINDS = {"p": "paragraph", "ul": "list", "ol": "list", "dl": "list", "blockquote": "quotation", "table": "table", "pre": "code", "hr": "rule", "figure": "figure"}
_NESTED = ("ul", "ol", "p", "blockquote", "pre", "table", "dl", "div")
_OF_FOOTNOTE = re.compile(r"#?fn(?:ref\d*)?:")
_HEADING = re.compile("h[1-6]")
_FIRST_TAG = re.compile(r"<([a-z][a-z0-9]*)")
_PELICAN, _SUFFIX, _FORMER = re.compile(r"^[{|](?:attach|filename|static)[}|]"), re.compile(r"[?#].*", re.DOTALL), re.compile(r"/v/\d+$")
_CENTRE, _END = re.compile(r"text-align:\s*center"), re.compile(r"text-align:\s*right")


def kind_of(element: Element) -> str:
    """The kind of a block."""
    if is_footnotes(element):
        return "footnotes"
    if _HEADING.fullmatch(element.tag):
        return "heading"
    if element.tag == "p" and len(element) == 1 and element[0].tag == "img" and not (element.text or "").strip() and not (element[0].tail or "").strip():
        return "figure"
    return _KINDS.get(element.tag, "other")


def kind_of_html(html: str) -> str:
    """The kind of a block that was written as HTML, or as fenced code."""
    found = _FIRST_TAG.match(html)
    return "other" if not found else "heading" if _HEADING.fullmatch(found[1]) else _KINDS.get(found[1], "other")


def is_footnotes(element: Element) -> bool:
    return element.tag == "div" and element.get("class") == "footnote"


def is_reference(element: Element) -> bool:
    """Whether an element is the mark of a footnote."""
    return element.tag == "sup" and (element.get("id") or "").startswith("fnref")


def is_outside_item(element: Element) -> bool:
    """Whether what a list item holds is not its own words: blocks of their own, and the marks of footnotes."""
    return element.tag in _NESTED or is_reference(element)


def last_words(quotation: Element) -> Element | None:
    """The paragraph or the list item in which the last line of a quotation stands, if it does in one."""
    last = quotation[-1] if len(quotation) else None
    while last is not None and last.tag in ("ul", "ol", "li") and len(last):
        last = last[-1]
    return last if last is not None and last.tag in ("p", "li") else None


def figure(element: Element, path: str, captions: Mapping[str, str], alts: Mapping[str, str]) -> Element:
    """A paragraph that is one picture, with the caption and the alternative text that the edition at a path has for it."""
    image = element[0]
    made = Element("figure")
    made.append(image)
    name = _own_file(image.get("src") or "", path)
    image.set("alt", image.get("alt") or alts.get(name, ""))
    caption = captions.get(name) or image.attrib.pop("title", "")
    if caption:
        SubElement(made, "figcaption").text = caption
    return made


def _own_file(target: str, path: str) -> str:
    """The name of the file that a link of the text at a path leads to, if it lies in the text's own document."""
    folder = "/" + _FORMER.sub("", posixpath.dirname(path))
    place = unquote(_SUFFIX.sub("", _PELICAN.sub("", target.strip())))
    head, _, name = posixpath.normpath(f"/{place.lstrip('/')}" if place.startswith("/") else f"{folder}/{place}").rpartition("/")
    # From the root of the content, of which a path may show more.
    return name if head and folder.endswith(head) else ""


def attributed(element: Element, who: str) -> Element:
    """A quotation above the line that says whose it is."""
    made = Element("figure", {"class": "quotation"})
    made.append(element)
    SubElement(made, "figcaption").text = who
    return made


def lower_headings(element: Element, highest: int) -> None:
    """Headings of a text stand below that of its page, and of its section: none is higher than this."""
    for part in element.iter():
        if isinstance(part.tag, str) and _HEADING.fullmatch(part.tag) and int(part.tag[1]) < highest:
            part.tag = f"h{highest}"


def align_cells(element: Element) -> None:
    """Alignment by class: no page holds a style attribute."""
    for cell in element.iter():
        style = cell.attrib.pop("style", "") if cell.tag in ("td", "th") else ""
        if _CENTRE.search(style):
            cell.set("class", "align-center")
        elif _END.search(style):
            cell.set("class", "align-end")


def name_footnotes_apart(element: Element, text: str) -> None:
    """The places of footnotes by the name of their text too, which stands on the page of another."""
    for part in element.iter():
        for place in ("id", "href"):
            if found := _OF_FOOTNOTE.match(part.get(place, "")):
                part.set(place, f"{found[0]}{text}-{found.string[found.end() :]}")


def name_no_way_back(element: Element) -> None:
    """Python-Markdown gives the way back from a footnote an English title on every page."""
    for part in element.iter("a"):
        if part.get("class") == "footnote-backref":
            part.attrib.pop("title", None)

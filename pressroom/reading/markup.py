"""HTML that is safe to publish: an allow-list, links as numbers, our own ids and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import nh3

from pressroom.ground import languages
from pressroom.ground.marks import OWN, link_mark

TAGS = {
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "class"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "bdo": {"dir"},
    "img": {"src", "alt", "title"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
_CLASSES = {"footnote", "footnote-ref", "footnote-backref", "align-center", "align-end", "quotation"}
_USER_ID = re.compile(r"(?!q-)[A-Za-z][A-Za-z0-9:_-]{0,80}")
_COUNT = re.compile(r"[1-9][0-9]{0,3}")
_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?")


def clean(html: str, link: Callable[[str, bool], int]) -> str:
    """The part of an HTML text that may be published. `link` is told each target and whether it is an image, and gives its number."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name in ("href", "src"):
            return link_mark(link(value, name == "src"))
        if name == "id":
            if value.startswith(OWN):
                return value[len(OWN) :]
            return value if _USER_ID.fullmatch(value) else None
        if name == "class":
            return " ".join(word for word in value.split() if word in _CLASSES) or None
        if name == "lang":
            return languages.canonical(value) if languages.is_tag(value) else None
        if name == "dir":
            return value if value in ("ltr", "rtl", "auto") else None
        if name in ("colspan", "rowspan", "start"):
            return value if _COUNT.fullmatch(value) else None
        return value.replace(OWN, "")

    html = _REFERENCE.sub(_no_own, html)
    return nh3.clean(html, tags=TAGS, attributes=_ATTRIBUTES, attribute_filter=attribute, url_schemes=SCHEMES, link_rel=None, strip_comments=True)


def _no_own(reference: re.Match[str]) -> str:
    return "\ufffd" if unescape(reference[0]) == OWN else reference[0]


class _Dropped(HTMLParser):
    """What of a raw piece of HTML the allow-list takes out, in the order it stands there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
            return
        for name, value in attrs:
            if name not in _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()) or (name in ("href", "src") and not is_safe(value or "")):
                self.found.append(f"{name} on <{tag}>")


def dropped(html: str) -> list[str]:
    parser = _Dropped()
    parser.feed(html)
    return parser.found


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def is_safe(target: str) -> bool:
    """Whether a link's scheme, as a browser would read it, is one of those that are published."""
    seen = "".join(char for char in target if char > " ")
    scheme = _SCHEME.match(seen)
    return not scheme or scheme[1].lower() in SCHEMES


def plain(html: str) -> str:
    """The text of clean HTML, escaped no more."""
    return unescape(nh3.clean(html, tags=set(), strip_comments=True))

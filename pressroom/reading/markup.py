"""HTML that is safe to publish: an allow-list, links as numbers, our own ids and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import nh3

from pressroom.ground import languages
from pressroom.ground.marks import OWN, link_mark
from pressroom.reading.texts import NO_TEXT, unseen

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
_CLASSES = {"footnote", "footnote-ref", "footnote-backref", "align-center", "align-end", "quotation", "verbatim"}
# What the engine or a theme may call a place by itself: passages, segments, parts of a page.
_OURS = r"q-|s[0-9]+$|(?:citation-tools|contacts|corrections|latest|main|periods|transcripts)$|correction-[0-9]+$"
_USER_ID = re.compile(rf"(?!{_OURS})[A-Za-z][A-Za-z0-9:_-]{{0,80}}", re.ASCII | re.IGNORECASE)
_COUNT = re.compile(r"[1-9][0-9]{0,3}")
_WEB = re.compile(r'(<(?:a|img)\b(?:[^<>"]|"[^"]*")*?\s(?:href|src)=")(?=https?:)', re.IGNORECASE)
# A reference by number, to any character that there may be.
_OPENING = re.compile(r"""<([A-Za-z][^\s<>/]*+)(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
_CLOSING = re.compile(r"</([A-Za-z][^\s<>/]*+)")
_NUMBERED = re.compile(r"&#(?:0*([0-9]{1,7})(?![0-9])|[xX]0*([0-9a-fA-F]{1,6})(?![0-9a-fA-F]));?")


# What most blocks are, as the engine writes them: words, emphasis and plain links in a paragraph, a heading, a list or a quotation. All of it may
# be published, and a parser of HTML would write it as it is but for spaces that do not break.
_WORDS = r"[^<>&\x00\r]*+(?:&(?:amp|gt|lt);[^<>&\x00\r]*+)*+"
_STEP = r"[A-Za-z0-9._~/-]"
_HREF = rf'https?://(?:[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*+\.)++[a-z]{{2,12}}(?:/{_STEP}*+)?(?=")|(?:{_STEP}++(?:#[A-Za-z0-9-]*+)?)?(?=")'
_LINE = rf'{_WORDS}(?:<(?:em>{_WORDS}</em|strong>{_WORDS}</strong|a href="(?:{_HREF})">{_WORDS}</a)>{_WORDS})*+'
_PASSAGE_ID = re.compile(rf' id="{OWN}(q-[a-z2-7]{{8}})"')
_ID = f"(?:{_PASSAGE_ID.pattern.replace('(', '(?:')})?"
_QUOTATION = rf"<blockquote>\n(?:<p{_ID}>{_LINE}</p>\n)*+</blockquote>\n?"
_PLAIN = re.compile(
    rf'(?:<p{_ID}>{_LINE}</p>|<h(?P<level>[2-6])>{_LINE}</h(?P=level)>|<(?P<list>[ou]l)>\n(?:<li{_ID}>{_LINE}</li>\n)*+</(?P=list)>|{_QUOTATION}'
    rf'|<figure class="quotation">{_QUOTATION}<figcaption>{_WORDS}</figcaption></figure>)\n?'
)
_PLAIN_HREF = re.compile(r'(?<= href=")[^"]*+')
_NOTE_MARK = re.compile(r'<sup[^>]*><a class="footnote-ref"[^>]*>[^<]*</a></sup>')
_LINE_END = re.compile(r"<br>[ \n]?")
_PLAIN_HEADING = re.compile(r"<h([2-6])>([^<]*+)</h\1>")


def clean(html: str, link: Callable[[str, bool], int], ids: set[str]) -> str:
    """The part of an HTML text that may be published. `link` is told each target and whether it is an image, and gives its number.

    `ids` are those that the page has already: another place of that name is left without.
    """
    if _PLAIN.fullmatch(html):
        own = _PASSAGE_ID.findall(html)
        if len(set(own)) == len(own) and ids.isdisjoint(own):
            ids.update(own)
            html = _PASSAGE_ID.sub(r' id="\1"', html)
            if " href=" in html:
                html = _PLAIN_HREF.sub(lambda found: link_mark(link(found[0], False)), html)
            return html.replace("\u00a0", "&nbsp;")
    return slowly_cleaned(html, link, ids)


def slowly_cleaned(html: str, link: Callable[[str, bool], int], ids: set[str]) -> str:
    """The same by a parser of HTML, whatever the text is."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag not in TAGS:
            return None
        if name in ("href", "src"):
            return link_mark(link(value.removeprefix(OWN), name == "src"))
        if name == "id":
            own = value.startswith(OWN)
            id = value[len(OWN) :] if own else value
            if id in ids or not (own or _USER_ID.fullmatch(id)):
                return None
            ids.add(id)
            return id
        if name == "class":
            return " ".join(word for word in value.split() if word in _CLASSES) or None
        if name == "lang":
            return languages.canonical(value) if languages.is_tag(value) else None
        if name == "dir":
            return value if value in ("ltr", "rtl", "auto") else None
        if name in ("colspan", "rowspan", "start"):
            return value if _COUNT.fullmatch(value) else None
        return value.replace(OWN, "")

    # The parser takes out what it cannot read as a web address and asks nobody: marked, each is told, and judged where links are.
    html = _WEB.sub(rf"\1{OWN}", _NUMBERED.sub(_may_be_read, _without_what_stays_open(html)))
    return nh3.clean(html, tags=TAGS, attributes=_ATTRIBUTES, attribute_filter=attribute, url_schemes=SCHEMES, link_rel=None, strip_comments=True)


def _without_what_stays_open(html: str) -> str:
    """The text without tags of unknown elements that nothing closes: a parser reads `<title>` and `<template>`, and some others, to the end of the text."""
    closed = {name.lower() for name in _CLOSING.findall(html)}
    return _OPENING.sub(lambda found: found[0] if found[1].lower() in TAGS or found[1].lower() in closed else "", html)


def unseen_references(html: str) -> dict[str, str]:
    """The references in an HTML text to characters that no text may hold or needs, as they are written, with the characters."""
    return {found[0]: char for found in _NUMBERED.finditer(html) if unseen(char := _character(found))} if "&#" in html else {}


def _may_be_read(found: re.Match[str]) -> str:
    return "\ufffd" if NO_TEXT.match(_character(found)) else found[0]


def _character(found: re.Match[str]) -> str:
    number = int(found[1]) if found[1] else int(found[2], 16)
    # Some that a browser reads, our mark among them, html.unescape reads as nothing.
    return unescape(f"&#{number};") or chr(number)


class _Dropped(HTMLParser):
    """What of a raw piece of HTML the allow-list takes out, in the order it stands there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append((f"<{tag}>", f"<{tag}"))
            return
        for name, value in attrs:
            if name not in _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()) or not _may_stand(name, value or ""):
                self.found.append((f"{name} on <{tag}>", name))


def dropped(html: str) -> list[tuple[str, str]]:
    """What the allow-list takes out of an HTML text, and the words to look for it by."""
    if _PLAIN.fullmatch(html):
        return []
    if _ORDINARY.fullmatch(html) and all(_may_stand(name, unescape(value)) for name, value in _CHECKED.findall(html)):
        return []
    parser = _Dropped()
    try:
        parser.feed(html)
    except AssertionError:
        parser.found.append(("a marked section", "<!["))
    return parser.found


_ORDINARY = re.compile(
    rf'[^<]*+(?:</?(?:{"|".join(sorted(TAGS, key=len, reverse=True))})'
    r'(?: (?:alt|class|colspan|dir|href|id|lang|rowspan|src|start|title)="[^"<>]*+")*+ ?/?>[^<]*+)*+'
)
_CHECKED = re.compile(r' (href|id|src)="([^"]*+)"')


def _may_stand(name: str, value: str) -> bool:
    if name == "id":
        return value.startswith(OWN) or bool(_USER_ID.fullmatch(value))
    return name not in ("href", "src") or is_safe(value)


# What a browser skips (https://url.spec.whatwg.org/#concept-basic-url-parser).
_BEFORE_SCHEME = "".join(map(chr, range(33)))
_INSIDE_SCHEME = {ord(char): None for char in "\t\n\r"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def is_safe(target: str) -> bool:
    """Whether a link's scheme, as a browser would read it, is one of those that are published."""
    seen = target.lstrip(_BEFORE_SCHEME).translate(_INSIDE_SCHEME)
    scheme = _SCHEME.match(seen)
    return not scheme or scheme[1].lower() in SCHEMES


def plain(html: str) -> str:
    """The text of clean HTML, escaped no more, without the marks of footnotes."""
    if heading := _PLAIN_HEADING.fullmatch(html):
        return unescape(heading[2])
    return unescape(nh3.clean(_LINE_END.sub("\n", _NOTE_MARK.sub("", html)), tags=set(), strip_comments=True))

"""What a finished page leads to, and what in it can be led to: read at sight where every tag can be told from text, else by the standard library's parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

_ADDRESSES = {"href", "src", "poster", "data"}
_REFRESH = re.compile(r"[^;]*;\s*url\s*=\s*[\"']?([^\"']*)", re.IGNORECASE)
# A page in which every tag can be told from text at sight, as almost all are. In any other, the reader of the standard library finds its way.
_RAW = "script|style|title|textarea|iframe|noembed|noframes|noscript|plaintext|xmp"
_ATTRIBUTES = r"(?: [a-z][a-z:-]*+(?:=\"[^\"<>]*+\")?)*+"
_DOCTYPE = "<!doctype html>"
_ORDINARY = re.compile(
    rf"[^<]*+(?:(?:</?(?!(?:{_RAW})\b)[a-z][a-z0-9]*+{_ATTRIBUTES} ?/?>|<!--[^<>-]*+(?:-[^<>-]++)*+-->"
    rf"|<({_RAW}){_ATTRIBUTES}>[^<]*+</\1>)[^<]*+)*+",
    re.IGNORECASE,
)
_OPENING = re.compile(r"<([a-z][a-z0-9]*+)((?: [a-z][a-z:-]*+(?:=\"[^\"<>]*+\")?)++)", re.IGNORECASE)
_LEADING = re.compile(r" (?:href|src|srcset|poster|data|id|name|http-equiv)\b", re.IGNORECASE)
_MOST_KEPT = 1_000_000
_ATTRIBUTE = re.compile(r" ([a-z][a-z:-]*+)(?:=\"([^\"<>]*+)\")?", re.IGNORECASE)
# An id in a tag that can be told from text, on a page where nothing else can look like one.
_ID = re.compile(r"<[a-z][a-z0-9]*+(?: (?!id=)[a-z][a-z:-]*+(?:=\"[^\"<>]*+\")?)*+ id=\"([^\"<>&]*+)\"", re.IGNORECASE)
_NO_TEXT = re.compile(rf"<(?:{_RAW})\b(?!{_ATTRIBUTES}>[^<]*+</)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Links:
    """What a page leads to, and what in it can be led to."""

    targets: frozenset[str]
    ids: frozenset[str]


_NONE = Links(frozenset(), frozenset())


class LinkReader:
    """Reads the links of pages, in whatever process. A line that recurs, as most lines of pages do, is read once."""

    def __init__(self) -> None:
        self._lines: dict[str, Links | None] = {}
        self._room = _MOST_KEPT

    def links_of(self, data: bytes) -> Links:
        """The links of a page."""
        text = data.decode("utf-8", "replace")
        lines = set(_after_doctype(text).split("\n"))
        if self._room < 0:
            self._lines, self._room = {}, _MOST_KEPT
        for line in lines.difference(self._lines):
            self._lines[line] = _links_at_sight(line) if "<" in line else _NONE
            self._room -= len(line)
        found = [links for line in lines if (links := self._lines[line]) is not _NONE]
        if None in found:
            reader = _read(text)
            return Links(frozenset(reader.places), frozenset(reader.ids))
        return Links(frozenset().union(*[links.targets for links in found if links]), frozenset().union(*[links.ids for links in found if links]))


def links_of(data: bytes) -> Links:
    """The links of one page."""
    return LinkReader().links_of(data)


def ids_at_sight(data: bytes) -> frozenset[str]:
    """Ids that a page surely has, in a tenth of the time that it takes to read all of its links; of a page that is not ordinary none."""
    text = data.decode("utf-8", "replace")
    if "<!" in _after_doctype(text) or "='" in text or _NO_TEXT.search(text):
        return frozenset()
    return frozenset(_ID.findall(text))


def _after_doctype(text: str) -> str:
    return text[len(_DOCTYPE) :] if text[: len(_DOCTYPE)].lower() == _DOCTYPE else text


def _links_at_sight(line: str) -> Links | None:
    """The links of a line in which every tag can be told from text; None where there is one that cannot."""
    if not _ORDINARY.fullmatch(line):
        return None
    leading = [(tag, attributes) for tag, attributes in _OPENING.findall(line) if _LEADING.search(attributes)]
    if not leading:
        return _NONE
    targets, ids = set[str](), set[str]()
    for tag, attributes in leading:
        found: dict[str, str] = {}
        for name, value in _ATTRIBUTE.findall(attributes):
            found.setdefault(name.lower(), unescape(value) if "&" in value else value)
        ids.update(_ids(tag.lower(), found))
        targets.update(_targets(tag.lower(), found))
    return Links(frozenset(targets), frozenset(ids)) if targets or ids else _NONE


def places(data: bytes) -> dict[str, tuple[int, int]]:
    """Line and column of each target of a page, where it stands first."""
    return _read(data.decode("utf-8", "replace")).places


def _ids(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if "id" in attributes:
        yield attributes["id"]
    if tag == "a" and "name" in attributes:
        yield attributes["name"]


def _targets(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    for name in _ADDRESSES & attributes.keys():
        yield attributes[name]
    if "srcset" in attributes:
        yield from (candidate.split()[0] for candidate in attributes["srcset"].split(",") if candidate.strip())
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh" and (refresh := _REFRESH.match(attributes.get("content", ""))):
        yield refresh[1]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, tuple[int, int]] = {}
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in reversed(attrs)}
        line, column = self.getpos()
        self.ids.update(_ids(tag, found))
        for target in _targets(tag, found):
            self.places.setdefault(target, (line, column + 1))


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader

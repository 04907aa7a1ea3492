"""Lists and quotations as lines of text: every word that a page shows of them, each item with its number or dash, and what belongs to it below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count, groupby

from pressroom.model.text import Block, Body, Facts

_LISTS = frozenset({"ul", "ol", "dl"})
_BLOCKS = _LISTS | set("address article blockquote dd details div dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li p pre section summary table".split())
_VOID = frozenset("br hr img input col wbr".split())
_INDENT = " " * 4
_DEEPEST = 100
"""Elements in one another: what is nested deeper is no list that anybody reads, and stands line by line."""
_HEADING = re.compile("h[1-6]")
# No-break spaces stay.
_SPACE = re.compile(r"[ \t\n]+")


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    children: list[_Element | str] = field(default_factory=list)
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a paragraph, or of another block that stands for one."""

    lines: list[str]
    is_list: bool = False


class _Reader(HTMLParser):
    """Clean HTML as a tree. `passages` are the words of those that have an address, by it."""

    def __init__(self, passages: Mapping[str, str]) -> None:
        super().__init__()
        self.passages = passages
        self.open = [_Element("")]
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, dict(attrs))
        element.words = self.passages.get(element.attributes.get("id") or "", "")
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        if tag in (element.tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def caption_of(block: Block) -> str:
    """What stands below a quotation, or nothing."""
    figures = [child for child in _read(block, {}).open[0].children if isinstance(child, _Element) and child.tag == "figure"]
    return next((_on_one_line(part) for figure in figures for part in figure.children if isinstance(part, _Element) and part.tag == "figcaption"), "")


def lines_of(block: Block, facts: Facts, body: Body) -> list[str]:
    """The lines of a list or a quotation, whose attribution is not among them."""
    reader = _read(block, {facts.passages[number].id: body.passages[number] for number in block.passages})
    return _parted(_parts(reader.open[0])) if reader.deepest <= _DEEPEST else block.text.split("\n")


def _read(block: Block, passages: Mapping[str, str]) -> _Reader:
    reader = _Reader(passages)
    reader.feed(block.html)
    reader.close()
    return reader


def _parts(element: _Element) -> list[_Part]:
    """What an element holds, paragraph by paragraph."""
    found = [_Part([element.words])] if element.words else []
    for inline, run in groupby(element.children, lambda child: isinstance(child, str) or child.tag not in _BLOCKS):
        if not inline:
            found += [part for child in run if isinstance(child, _Element) for part in _block(child)]
        elif not element.words and (words := _on_one_line(_Element("", {}, list(run)))):
            found.append(_Part([words]))
    return found


def _block(element: _Element) -> list[_Part]:
    if element.tag == "figcaption":
        return []
    if element.tag == "pre":
        return [_Part([f"{_INDENT}{line}" for line in _text(element).strip("\n").split("\n")])]
    if element.tag == "table":
        return [_Part([" | ".join(_on_one_line(cell) for cell in row.children if isinstance(cell, _Element)) for row in _rows(element)])]
    if element.tag == "blockquote":
        return [_Part([f"> {line}".rstrip() for line in _parted(_parts(element))])]
    if element.tag in _LISTS:
        return [_Part(lines, True)] if (lines := list(_items(element))) else []
    parts = _parts(element)
    if parts and _HEADING.fullmatch(element.tag):
        return [_Part([f"{'#' * int(element.tag[1])} {parts[0].lines[0]}"]), *parts[1:]]
    return parts


def _items(element: _Element) -> Iterator[str]:
    """An item without words has its number and no line."""
    start = element.attributes.get("start") or ""
    numbers = count(int(start) if start.isdecimal() else 1)
    for item in element.children:
        if not isinstance(item, _Element):
            continue
        if item.tag != "li":
            yield from (line for part in _parts(item) for line in part.lines)
            continue
        mark = f"{next(numbers)}. " if element.tag == "ol" else "- "
        lines: list[str] = []
        for part in _parts(item):
            lines += ["", *part.lines] if lines and not part.is_list else part.lines
        yield from (f"{_INDENT if number else mark}{line}".rstrip() for number, line in enumerate(lines))


def _parted(parts: Sequence[_Part]) -> list[str]:
    """Paragraphs with an empty line between them."""
    lines: list[str] = []
    for part in parts:
        lines += ["", *part.lines] if lines else part.lines
    return lines


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table.children:
        if isinstance(child, _Element):
            yield from [child] if child.tag == "tr" else _rows(child)


def _on_one_line(element: _Element) -> str:
    return _SPACE.sub(" ", _text(element)).strip()


def _text(element: _Element) -> str:
    """The text of an element that holds no blocks, without marks of footnotes."""
    if element.tag == "br":
        return "\n"
    if element.tag == "sup" and (element.attributes.get("id") or "").startswith("fnref"):
        return ""
    return "".join(child if isinstance(child, str) else _text(child) for child in element.children)

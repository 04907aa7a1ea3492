"""Source lines to blocks, as a Markdown reader sees them: what is a paragraph, and what is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

PARAGRAPH, CODE, LIST, TABLE, HEADING = "paragraph", "code", "list", "table", "heading"
HTML, DEFINITION, RULE, QUOTE = "html", "definition", "rule", "quote"

_FENCE = re.compile(r"(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}")
_HEADING_INSIDE = re.compile(r"#{1,6}[ \t]")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*")
_RULE = re.compile(r" {0,3}(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})[ ]*")
_ITEM = re.compile(r" {0,3}(?:[*+-]|\d{1,9}[.])[ \t]+\S")
_QUOTE = re.compile(r" {0,3}>")
_CELLS = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_NOTE_DEFINITION = re.compile(r" {0,3}\[\^[^\]\s]{1,100}\]:")
_SHORT_DEFINITION = re.compile(r" {0,3}\*\[[^\[\]]{1,200}\]:[ ]?\S")
_LINK_DEFINITION = re.compile(
    r""" {0,3}\[(?P<label>[^\[\]\n]{1,300})\]:[ \t]*+(?:<[^<>\n]*+>|\S++)[ \t]*+"""
    r"""(?:"[^"\n]*+"|'[^'\n]*+'|\([^()\n]*+\))?[ \t]*+"""
)
_WORD_BEHIND_LABEL = re.compile(r""" {0,3}\[[^\[\]\n]+\]:\s*["'“«„]?[^\W\d_]+(?:['’-][^\W\d_]+)*[.!?…。！？؟"'”»]*(?:\s.*)?""")
_ELEMENT = re.compile(
    r"<(?P<close>/?)(?P<name>address|article|aside|audio|blockquote|canvas|details|dialog|div|dl|fieldset|figcaption|figure|footer|form|h[1-6]"
    r"|header|hgroup|hr|iframe|main|math|menu|nav|noscript|object|ol|p|pre|script|section|style|summary|svg|table|ul|video)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `first` to `last`, both counted from 0 and both included."""

    kind: str
    first: int
    last: int


def link_label(line: str) -> str:
    """The label of a link definition `[label]: url`, folded as labels are compared; empty where the line is none."""
    found = _LINK_DEFINITION.fullmatch(line)
    return " ".join(found["label"].casefold().split()) if found and not found["label"].startswith("^") else ""


def may_be_said(line: str) -> bool:
    """Whether a word stands where a link definition has its address: `[Answer]: Yes.`"""
    return bool(_WORD_BEHIND_LABEL.fullmatch(line))


def link_definitions(lines: Sequence[str], found: Sequence[Block]) -> dict[str, int]:
    """The labels of link definitions and the lines, from 0, where they stand. Code defines none, nor does the line that begins a paragraph."""
    places: dict[str, int] = {}
    for block in found:
        if block.kind not in (CODE, HTML):
            for n in range(block.first + (block.kind == PARAGRAPH), block.last + 1):
                label = link_label(lines[n])
                if label:
                    places.setdefault(label, n)
    return places


def split_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of a text in order. Blank lines between blocks belong to none."""
    return tuple(_Splitter(lines).blocks())


def is_blank(line: str) -> bool:
    return not line.strip()


def is_code_indent(line: str) -> bool:
    """Whether Markdown would read the line's indent as code: four columns of spaces and tabs."""
    lead = line[: len(line) - len(line.lstrip(" \t"))]
    return len(lead.expandtabs(4)) >= 4


class _Splitter:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.fences = self._fence_ends()
        self.elements = self._element_ends()

    def blocks(self) -> list[Block]:
        found: list[Block] = []
        at = 0
        while at < len(self.lines):
            if is_blank(self.lines[at]):
                at += 1
                continue
            block = self._block(at, found[-1] if found else None)
            found.append(block)
            at = block.last + 1
        return found

    def _block(self, at: int, before: Block | None) -> Block:
        line = self.lines[at]
        if at in self.fences:
            return Block(CODE, at, self.fences[at])
        if is_code_indent(line):
            belongs = before and before.kind in (LIST, DEFINITION)
            return Block(before.kind if before and belongs else CODE, at, self._run(at))
        if at in self.elements:
            return Block(HTML, at, self.elements[at])
        if _HEADING.match(line):
            return Block(HEADING, at, at)
        if _RULE.fullmatch(line):
            return Block(RULE, at, at)
        if _NOTE_DEFINITION.match(line):
            return Block(DEFINITION, at, self._run(at))
        if _SHORT_DEFINITION.match(line) or link_label(line):
            return Block(DEFINITION, at, at)
        if _QUOTE.match(line):
            return Block(QUOTE, at, self._run(at))
        if _ITEM.match(line):
            return Block(LIST, at, self._run(at))
        end = self._run(at)
        if end > at and _UNDERLINE.fullmatch(self.lines[at + 1]):
            return Block(HEADING, at, at + 1)
        if end > at and "|" in line and "|" in self.lines[at + 1] and _CELLS.fullmatch(self.lines[at + 1]):
            return Block(TABLE, at, end)
        return Block(PARAGRAPH, at, self._paragraph_end(at, end))

    def _run(self, at: int) -> int:
        """The last line before the next blank line or fence."""
        while at + 1 < len(self.lines) and not is_blank(self.lines[at + 1]) and at + 1 not in self.fences:
            at += 1
        return at

    def _paragraph_end(self, at: int, end: int) -> int:
        """A paragraph also ends before what Markdown reads as another block without a blank line."""
        for n in range(at + 1, end + 1):
            line = self.lines[n]
            begins = _HEADING_INSIDE.match(line) or _RULE.fullmatch(line) or _QUOTE.match(line) or _NOTE_DEFINITION.match(line)
            if begins or link_label(line):
                return n - 1
        return end

    def _fence_ends(self) -> dict[int, int]:
        """Each opened fence that is closed, and where. A fence that is never closed is text."""
        closing: dict[str, list[int]] = {}
        for n in range(len(self.lines) - 1, -1, -1):
            bare = self.lines[n].rstrip(" ")
            if _FENCE.fullmatch(bare):
                closing.setdefault(bare, []).append(n)
        ends: dict[int, int] = {}
        after = 0
        for n, line in enumerate(self.lines):
            found = _FENCE.match(line) if n >= after else None
            if not found:
                continue
            ahead = closing.get(found[1], [])
            while ahead and ahead[-1] <= n:
                ahead.pop()
            if ahead:
                ends[n] = ahead[-1]
                after = ends[n] + 1
        return ends

    def _element_ends(self) -> dict[int, int]:
        """Lines that begin a block of HTML, and where it ends: at the closing tag, else at the next blank line."""
        ends: dict[int, int] = {}
        opened: dict[str, list[tuple[int, bool]]] = {}
        comment = -1
        fenced = -1
        for n, line in enumerate(self.lines):
            fenced = max(fenced, self.fences.get(n, -1))
            if n <= fenced:
                continue
            start = line.lstrip(" ")
            if comment < 0 and start.startswith("<!--") and len(line) - len(start) < 4:
                comment = n
            if comment >= 0:
                if "-->" in line[line.find("<!--") + 4 if n == comment else 0 :]:
                    ends[comment], comment = n, -1
                continue
            for found in _ELEMENT.finditer(line):
                name = found["name"].lower()
                if not found["close"]:
                    opened.setdefault(name, []).append((n, not line[: found.start()].strip()))
                elif opened.get(name):
                    begun, leads = opened[name].pop()
                    if leads and begun not in ends:
                        ends[begun] = n
        for begun, leads in (each for stack in opened.values() for each in stack):
            if leads:
                ends.setdefault(begun, self._run(begun))
        return ends

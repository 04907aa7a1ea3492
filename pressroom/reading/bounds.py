"""The bounds of a text: what a Markdown reader would take minutes or gigabytes for is found before it is read, in one quick look.

Markdown readers look back and forth; what is quick on any real text is quadratic, or worse, on a made one. Each bound here counts the work of
one such search, and stands far above what a hearing of eight hours needs. The counts are of characters and lines, never of time: a text is
refused on every machine or on none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_NESTED = 30
MOST_NOTES = 2000
MOST_SHORT_FORMS = 300
MOST_CELLS = 500
MOST_BLOCKS = 12_000
MOST_LINES = 200_000
_MOST_BRACKET_STEPS = 2_000_000
_MOST_TAG_STEPS = 20_000_000
_MOST_LINE_STEPS = 15_000_000
_MOST_FENCE_STEPS = 50_000_000
_MOST_CELL_STEPS = 3_000_000
_MOST_BRACE_STEPS = 10_000_000
_MOST_REPEATED = 20_000_000
_MOST_TAGS = 10_000
_MOST_SIGN_STEPS = 1_500_000_000

_LINE_END = re.compile("\n")
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?=\n)")
_BRACKET = re.compile(r"\\.|\[|\](?:\([^()\s\"'<>]*+\))?+|\]\(|\n(?=[ \t]*\n)", re.DOTALL)
_LEAD = re.compile(r"(?:[ \t]*(?:>|[*+:-](?=[ \t])|\d{1,9}\.(?=[ \t])))+", re.ASCII)
_MARKER = re.compile(r">|[*+:-](?=[ \t])|\d{1,9}\.(?=[ \t])", re.ASCII)
_STARTS_BLOCK = re.compile(r" {0,3}(?:#|=+[ \t]*$|-+[ \t]*$|(?:[*_-][ \t]*){3,}$|<[A-Za-z/!?]|>|\[[^\]\n]*\]:|:[ \t]|```|~~~)")
_TAG = re.compile(r"<[A-Za-z/!?]")
_OPEN_TAG = re.compile(r"<[A-Za-z/!?][^<>]*+(?=<|\Z)")
_FENCE = re.compile(r"^ {0,3}(`{3,}+|~{3,}+)([^\n]*)", re.MULTILINE)
_NOTE = re.compile(r"\[\^")
_SHORT_FORM = re.compile(r"^ {0,3}\*\[([^\]\n]+)\]:(.*)", re.MULTILINE)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]*\]:[^\n]*(?:\n[^\n]*)?", re.MULTILINE)
_BRACES = re.compile(r"^[^\n{]*+\{[^\n]*", re.MULTILINE)
_ITEMS = (re.compile(r"^ {0,3}[*+-] ", re.MULTILINE), re.compile(r"^ {0,3}[0-9]{1,9}\. ", re.MULTILINE))
_SIGN = re.compile(r"[*_`\\&<\[@]|  \n")
_SPACES = re.compile(" {100,}")
_SAFE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Excess:
    """What is too much, and in which line of the text, from 1."""

    line: int
    message: str
    hint: str


def find_excess(text: str) -> Excess | None:
    """The first bound that a text passes."""
    if len(text) < _SAFE_LENGTH:
        return None
    return next(_excesses(text), None)


def _excesses(text: str) -> Iterator[Excess]:
    def excess(index: int, message: str, hint: str) -> Excess:
        return Excess(text.count("\n", 0, index) + 1, message, hint)

    if (at := _too_nested(text)) >= 0:
        yield excess(at, f"lists and quotations stand more than {MOST_NESTED} deep in one another", "write them beside one another")
    if (at := _spent(_bracket_steps(text), _MOST_BRACKET_STEPS)) >= 0:
        yield excess(at, "brackets are opened and not closed, over and over", "close them, or put a \\ before each")
    if (at := _spent(_tag_steps(text), _MOST_TAG_STEPS)) >= 0 or (at := _nth(_TAG, text, _MOST_TAGS)) >= 0:
        yield excess(at, "tags are opened and not closed, over and over", "write &lt; for the sign <")
    if (at := _spent(_line_steps(text), _MOST_LINE_STEPS)) >= 0:
        yield excess(at, "too many headings, rules or tags stand without an empty line between them", "leave an empty line between blocks")
    if (at := _spent(_blocks(text), MOST_BLOCKS)) >= 0:
        yield excess(at, f"more than {MOST_BLOCKS:,} paragraphs, list items and cells", "split the document, or attach the material as a file")
    if (at := _nth(_LINE_END, text, MOST_LINES)) >= 0:
        yield excess(at, f"more than {MOST_LINES:,} lines", "split the document, or attach the material as a file")
    if (at := _spent(_sign_steps(text), _MOST_SIGN_STEPS)) >= 0:
        yield excess(at, "a paragraph with too many marks of emphasis, code, links and escapes", "leave empty lines between paragraphs")
    if (at := _spent(_fence_steps(text), _MOST_FENCE_STEPS)) >= 0:
        yield excess(at, "code is opened and not closed, over and over", "end code with a line like the one that opened it")
    if (at := _spent(_cell_steps(text), _MOST_CELL_STEPS)) >= 0:
        yield excess(at, "a table that is too wide to be read", f"a row has at most {MOST_CELLS} cells; attach the table as a file")
    if (at := _spent(_brace_steps(text), _MOST_BRACE_STEPS)) >= 0:
        yield excess(at, "a line has too many braces, or spaces in a row", "take them out")
    if (at := _nth(_NOTE, text, 2 * MOST_NOTES)) >= 0:
        yield excess(at, f"more than {MOST_NOTES:,} footnotes", "attach the apparatus as a file")
    if (at := _nth(_SHORT_FORM, text, MOST_SHORT_FORMS)) >= 0 or (at := _spent(_repeated(text), _MOST_REPEATED)) >= 0:
        yield excess(at, "abbreviations or link definitions that would swell the page beyond measure", "write the long ones out where they are used")


def _spent(steps: Iterator[tuple[int, int]], most: int) -> int:
    """Where the steps, each with its place, become more than `most`; -1 where they do not."""
    sum = 0
    for at, count in steps:
        sum += count
        if sum > most:
            return at
    return -1


def _nth(pattern: re.Pattern[str], text: str, most: int) -> int:
    return _spent(((found.start(), 1) for found in pattern.finditer(text)), most)


def _too_nested(text: str) -> int:
    at = 0
    for line in text.split("\n"):
        lead = _LEAD.match(line) if line else None
        if lead and (len(lead[0].expandtabs(4)) >= 4 * MOST_NESTED or len(_MARKER.findall(lead[0])) > MOST_NESTED):
            return at
        at += len(line) + 1
    return -1


def _bracket_steps(text: str) -> Iterator[tuple[int, int]]:
    """A bracket is looked for from where it is opened to where it is closed, else to the end of its paragraph; so is a link's address."""
    opened: list[int] = []
    addresses: list[int] = []
    for found in _BRACKET.finditer(text):
        at, sign = found.start(), found[0]
        if sign == "[":
            opened.append(at)
        elif sign[0] == "]":
            if opened:
                yield at, at - opened.pop()
            if sign == "](" or sign == "]" and text.startswith("(", at + 1):
                addresses.append(at)
        elif sign == "\n" and (opened or addresses):
            yield at, sum(at - start for start in opened) + sum(at - start for start in addresses)
            opened.clear()
            addresses.clear()
    yield len(text), sum(len(text) - start for start in opened) + sum(len(text) - start for start in addresses)


def _tag_steps(text: str) -> Iterator[tuple[int, int]]:
    return ((found.start(), len(text) - found.start()) for found in _OPEN_TAG.finditer(text))


def _line_steps(text: str) -> Iterator[tuple[int, int]]:
    """A paragraph's lines are all looked at again for each block that begins among them."""
    at = 0
    for paragraph in _PARAGRAPH_END.split(text):
        lines = paragraph.split("\n")
        if len(lines) > 100:
            yield at, len(lines) * sum(1 for line in lines if _STARTS_BLOCK.match(line))
        at += len(paragraph) + 1


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    at, before = 0, True
    for line in text.split("\n"):
        blank = not line or line.isspace()
        if not blank:
            yield at, bool(before or _LEAD.match(line) or _STARTS_BLOCK.match(line)) + line.count("|")
        before = blank
        at += len(line) + 1


def _sign_steps(text: str) -> Iterator[tuple[int, int]]:
    """A paragraph, or an item of a list, is written anew for each of its marks."""
    at = 0
    for paragraph in _PARAGRAPH_END.split(text):
        if len(paragraph) > 5000:
            item = next((item for item in _ITEMS if item.match(paragraph.lstrip("\n"))), None)
            for part in item.split(paragraph) if item else (paragraph,):
                yield at, len(part) * len(_SIGN.findall(part))
        at += len(paragraph) + 1


def _fence_steps(text: str) -> Iterator[tuple[int, int]]:
    fences = [(found.start(), found[1], found[2].strip()) for found in _FENCE.finditer(text)]
    closing: set[str] = set()
    for at, marks, info in reversed(fences):
        if marks not in closing:
            yield at, len(text) - at
        if not info:
            closing.add(marks)


def _cell_steps(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        bars = line.count("|")
        if bars > 1:
            yield at, bars * (line.count("`") + line.count("\\")) + (_MOST_CELL_STEPS + 1 if bars > MOST_CELLS else 0)
        at += len(line) + 1


def _brace_steps(text: str) -> Iterator[tuple[int, int]]:
    for found in _BRACES.finditer(text):
        yield found.start(), found[0].count("{") * len(found[0])
    for found in _SPACES.finditer(text):
        yield found.start(), len(found[0]) ** 2 // 100


def _repeated(text: str) -> Iterator[tuple[int, int]]:
    """What a definition adds to the page, once for every place that may use it."""
    for found in _SHORT_FORM.finditer(text):
        yield found.start(), text.count(found[1].strip()) * len(found[2]) + len(text) // 4
    references = [(len(found[0]), found.start()) for found in _REFERENCE.finditer(text)]
    if references:
        length, at = max(references)
        yield at, length * text.count("[")

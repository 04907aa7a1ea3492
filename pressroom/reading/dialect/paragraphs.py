"""Paragraphs as the dialect counts them: Markdown's blocks, split where a tag, a cue or a voice span must begin one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pressroom.reading.dialect import blocks, cues
from pressroom.reading.dialect.blocks import Block
from pressroom.reading.dialect.tags import Words, first_sign, read_bracket, read_shot

CUE = "cue"

_VOICE_SPAN = re.compile(r"\s*<v[. \t]")
_LOOKS_LIKE_A_BLOCK = re.compile(r"(?P<number>\d+)\.[ \t]|[#>]|[*+-][ \t]|[*_-]{3,}[ \t]*$|\*\[|\[[^\[\]\n]+\]:", re.MULTILINE)
_QUOTED = re.compile(r" {0,3}>[ ]?")
_PARENTHESES = {"(": ")", "（": "）"}


def split_paragraphs(lines: Sequence[str], words: Words, transcript: bool) -> list[Block]:
    """The blocks of a text whose dialect is read. Cues and `<v Name>` lines are split off in transcripts only."""
    found: list[Block] = []
    for block in blocks.split_blocks(lines):
        first = lines[block.first]
        if block.kind == blocks.LIST:
            found.extend(_split_list(lines, block, words))
        elif block.kind == blocks.CODE and not first.startswith(("`", "~")) and begins_with_tag(first, words):
            found.append(Block(blocks.PARAGRAPH, block.first, block.last))
        elif block.kind == blocks.DEFINITION and blocks.may_be_said(first) and begins_with_tag(first, words):
            found.append(Block(blocks.PARAGRAPH, block.first, block.last))
        elif block.kind == blocks.HEADING and block.last > block.first and begins_with_tag(first, words):
            found.append(Block(blocks.PARAGRAPH, block.first, block.first))
            rule = len(lines[block.last].strip()) > 2 and lines[block.last].startswith("-")
            found.append(Block(blocks.RULE if rule else blocks.PARAGRAPH, block.last, block.last))
        else:
            found.append(block)
    return [part for block in found for part in (_split_cues(lines, block) if transcript and block.kind == blocks.PARAGRAPH else (block,))]


def begins_with_tag(line: str, words: Words) -> bool:
    """Whether a line begins with a known bracket tag, a shot number before it or not."""
    at = first_sign(line)
    shot, after = read_shot(line, at)
    tag = read_bracket(line, after if shot else at, words)
    return bool(tag and tag.kind)


def is_note(text: str) -> bool:
    """A whole paragraph in round brackets, or one that begins with a musical note."""
    text = text.strip()
    if text.startswith(("♪", "♫")):
        return True
    close = _PARENTHESES.get(text[:1])
    if not close or not text.endswith(close):
        return False
    depth = 0
    for n, char in enumerate(text):
        depth += (char == text[0]) - (char == close)
        if depth == 0:
            return n == len(text) - 1
    return False


def unquoted(lines: Sequence[str], block: Block) -> str:
    """The text of a quotation without its `>`."""
    return "\n".join(_QUOTED.sub("", line, count=1) for line in lines[block.first : block.last + 1]).strip()


def as_paragraph(text: str) -> str:
    """A text whose tag was taken off, escaped where Markdown would now read its beginning as a list, a heading or a definition."""
    found = _LOOKS_LIKE_A_BLOCK.match(text)
    if not found:
        return text
    at = found.end("number") if found["number"] else 0
    return f"{text[:at]}\\{text[at:]}"


def _split_list(lines: Sequence[str], block: Block, words: Words) -> Iterator[Block]:
    """`1. [VO] …` is a shot number and a tag, not a list."""
    numbers = range(block.first, block.last + 1)
    starts = [n for n in numbers if read_shot(lines[n], first_sign(lines[n]))[0] and begins_with_tag(lines[n], words)]
    if not starts:
        yield block
        return
    if starts[0] > block.first:
        yield Block(block.kind, block.first, starts[0] - 1)
    for start, end in zip(starts, [*starts[1:], block.last + 1], strict=True):
        yield Block(blocks.PARAGRAPH, start, end - 1)


def _split_cues(lines: Sequence[str], block: Block) -> Iterator[Block]:
    begun = block.first
    for n in range(block.first, block.last + 1):
        line = lines[n]
        cue = cues.read_alone(line)
        if cue:
            counted = bool(cue.end) and n > begun and cues.is_counter(lines[n - 1])
            last = n - 2 if counted else n - 1
            if last >= begun:
                yield Block(blocks.PARAGRAPH, begun, last)
            yield Block(CUE, n - 1 if counted else n, n)
            begun = n + 1
        elif n > begun and _VOICE_SPAN.match(line):
            yield Block(blocks.PARAGRAPH, begun, n - 1)
            begun = n
    if begun <= block.last:
        yield Block(blocks.PARAGRAPH, begun, block.last)

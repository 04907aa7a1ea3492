"""What is wrong with a transcript, said with the place and the way to mend it."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence

from pressroom.ground import timecodes
from pressroom.ground.problems import WARNING, Problem
from pressroom.model.transcript import KINDS, Segment
from pressroom.reading.dialect import cues, labels, tags
from pressroom.reading.dialect.blocks import Block, is_code_indent
from pressroom.reading.dialect.near_turns import NearTurn
from pressroom.reading.dialect.tags import FAMILIES, Tag, Words

_MOST_SUGGESTIONS = 50
_LONGEST_LEAD = 80


class Remarks:
    """The problems of one body. Lines `n` and columns `at` count from 0 here and from 1 in what is said."""

    def __init__(self, path: str, first_line: int, lines: Sequence[str], words: Words, links: Container[str]) -> None:
        self.path, self.first_line, self.lines, self.words, self.links = path, first_line, lines, words, links
        self.problems: list[Problem] = []
        self.suggested = 0
        self.near: list[str] = []
        self.clock = -1.0

    def at(self, code: str, n: int, at: int, message: str, hint: str, width: int = 1) -> None:
        self.problems.append(Problem(code, message, self.path, self.first_line + n, at + 1, hint, self.lines[n], max(1, width)))

    def tag(self, tag: Tag, n: int) -> None:
        """What can be wrong with a tag itself."""
        width = tag.end - tag.at
        if not tag.kind:
            self.at("TR001", n, tag.at, f'unknown tag "{tag.text}"', self._mended(tag, n), width)
        if tag.mixed:
            self.at("TR005", n, tag.at, "the tag's two brackets are not a pair", f"write {tag.corrected}", width)
        self.indent(n, tag.at, "tag", width)

    def indent(self, n: int, at: int, what: str, width: int) -> None:
        """TR014, where Markdown would take a tag or a label for code."""
        if is_code_indent(self.lines[n]):
            self.at("TR014", n, at, f"a tab or four spaces before a {what} are code in Markdown", f"at most three spaces before a {what}", width)

    def link(self, tag: Tag, n: int, line: int) -> None:
        message = f"{tag.text} is also a link definition (line {line}); it is read as a tag"
        hint = f"write \\[{tag.text}] for plain text, or rename the definition"
        self.at("TR008", n, tag.at, message, hint, tag.end - tag.at)

    def unclosed(self, block: Block, at: int, transcript: bool) -> None:
        """TR004, where a paragraph begins with a bracket that its line does not close."""
        line = self.lines[block.first]
        open = line[at : at + 1]
        close = FAMILIES.get(open)
        if not close or open == "<" or line.find(close, at) >= 0:
            return
        led = self._begins_with_alias(line[at + 1 : at + 1 + _LONGEST_LEAD])
        wrapped = any(close in self.lines[n] for n in range(block.first + 1, block.last + 1))
        if led or transcript and line[at + 1 : at + 2].isalpha() and (open != "[" or not wrapped):
            self.at("TR004", block.first, at, f"the bracket {open} is not closed on its line", f"close it with {close}")

    def near_turn(self, near: NearTurn, n: int, at: int, outcome: str) -> None:
        """TR017, where a paragraph begins as a turn does and opens none, with what becomes of its words; of what may be text once for each name."""
        if not near.certain and near.name in self.near or len(self.near) == _MOST_SUGGESTIONS:
            return
        self.near.append(near.name)
        message, severity = f'"{near.name}" opens no turn: {outcome}', WARNING if near.certain else ""
        self.problems.append(Problem("TR017", message, self.path, self.first_line + n, at + 1, near.hint, self.lines[n], near.end - at, severity))

    def inside(self, first: int, at: int, count: int, names: Collection[str] | None, repeated: Collection[str]) -> None:
        """TR007, for tags inside a paragraph of `count` lines; with `names` (in transcripts) also for labels, or `repeated` ones, that begin a line."""
        for n in range(first, first + count):
            line = self.lines[n]
            begin = at if n == first else 0
            found = tags.tags_inside(line[begin:], self.words)
            spans = [(s + begin, e + begin) for s, e in found if not self._is_link(line[s + begin + 1 : e + begin - 1])]
            if names is not None and n > first and not spans:
                spans = self._label(line, names, repeated)
            for start, end in spans:
                text = line[start:end]
                self.at(
                    "TR007", n, start, f"{text} stands inside a paragraph and is read as text", "put an empty line before it", end - start
                )

    def empty(self, segment: Segment) -> None:
        """TR003 or TR006, for a segment without text."""
        n, at = segment.line - self.first_line, segment.column - 1
        if segment.voice:
            self.at("TR003", n, at, f"{segment.voice.name} says nothing", "write the words in the next paragraph", len(segment.tag))
        elif segment.kind != "other":
            hint = "write its text in the next paragraph, or take the tag out"
            self.at("TR006", n, at, f"{segment.tag} is empty and is left out of the page", hint, len(segment.tag))

    def when(self, cue: cues.Timecode, n: int) -> None:
        """TR016, where a timecode is earlier than the one before it."""
        start = timecodes.seconds(cue.start)
        if start < self.clock or cue.end and timecodes.seconds(cue.end) < start:
            hint = "put the cues in order, or write order: reverse in the front matter"
            self.at("TR016", n, cue.at, f"the timecode {cue.start} runs backwards", hint, len(cue.text))
        self.clock = start

    def _mended(self, tag: Tag, n: int) -> str:
        self.suggested += 1
        near = tags.nearest_alias(tag.text, self.words) if self.suggested <= _MOST_SUGGESTIONS else ""
        first = tag.text.replace("：", ":").split(":")[0]
        if near:
            return f'did you mean {tag.open}{near}{tag.close}? Or add "{tag.text}" to TRANSCRIPT_TAGS'
        if first != tag.text and tags.read_kind(first, self.words.kinds)[0]:
            return f"write the name after the bracket: {tag.open}{first.strip()}{tag.close}"
        if tag.end >= len(self.lines[n].rstrip()):
            return f'add "{tag.text}" to TRANSCRIPT_TAGS as one of {", ".join(KINDS)}; a note stands in round brackets: ({tag.text})'
        return f'add "{tag.text}" to TRANSCRIPT_TAGS as one of {", ".join(KINDS)}, or write \\{tag.open} for plain text'

    def _begins_with_alias(self, text: str) -> bool:
        key = tags.alias_key(text)
        return any(key.startswith(alias) and not (alias[-1].isascii() and key[len(alias) :][:1].isalnum()) for alias in self.words.kinds)

    def _is_link(self, label: str) -> bool:
        return " ".join(label.casefold().split()) in self.links

    def _label(self, line: str, names: Collection[str], repeated: Collection[str]) -> list[tuple[int, int]]:
        at = tags.first_sign(line)
        tag = tags.read_colon_tag(line, at, self.words)
        turn = labels.read_turn(line, at, self.words, names, repeated)
        return [(tag.at, tag.end)] if tag else [(turn.label.at, turn.label.end)] if turn else []

"""Blocks to segments and pieces: one walk through a transcript, by the rules of docs/transcripts.md."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cached_property

from pressroom.model.transcript import VOICE_KINDS, Piece, Script, Segment, Voice
from pressroom.reading.dialect import blocks, cues, labels, paragraphs, tags, tails, voices
from pressroom.reading.dialect.blocks import Block
from pressroom.reading.dialect.near_turns import NearTurns
from pressroom.reading.dialect.openings import Openings, Scene
from pressroom.reading.dialect.remarks import Remarks
from pressroom.reading.dialect.reports import with_reports
from pressroom.reading.dialect.tags import Tag

_TEXT_KINDS = frozenset({blocks.PARAGRAPH, blocks.LIST, blocks.TABLE, blocks.QUOTE, blocks.CODE, blocks.HTML, blocks.HEADING})

_LAST_FOR_CREDIT = 3
_BRACKETED = re.compile(r"\[([^\[\]]{1,300})\]")
_LAST = "the sign-off and the credit are the last paragraphs"


def read_segments(scene: Scene) -> Script:
    """The script of a body whose dialect is read."""
    return _Reader(scene).script()


class _Reader:
    """One body on its way to a script."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.lines = scene, scene.lines
        self.blocks = paragraphs.split_paragraphs(scene.lines, scene.words, scene.transcript)
        self.links = blocks.link_definitions(scene.lines, self.blocks)
        self.say = Remarks(scene.path, scene.first_line, scene.lines, scene.words, self.links)
        self.openings = Openings(scene, self.blocks, self.links)
        firsts = (line[tags.first_sign(line) :] for line in (self.lines[b.first] for b in self.blocks if b.kind == blocks.PARAGRAPH))
        self.near = NearTurns(firsts, scene.words) if scene.transcript else None
        self.tail = tails.find_tail(scene.lines, self.blocks, scene.first_line, scene.words, self.openings.names, self.openings.repeated)
        self.segments: list[Segment] = []
        self.pieces: list[Piece] = []
        self.spans: dict[int, tuple[int, int]] = {}
        self.filled: set[int] = set()
        self.waiting: list[tuple[int, str]] = []
        self.offices: dict[str, tuple[str, str]] = {}
        self.segment = self.group = 0
        self.opens = True
        self.mixed = self._mixes_indents()

    def script(self) -> Script:
        for block in self.blocks:
            self._read(block)
        for n, (first, last) in self.spans.items():
            self.pieces[n] = replace(self.pieces[n], text="\n".join(self.lines[first : last + 1]))
        self._say_what_is_empty()
        self.segments = with_reports(self.segments, self.pieces, self.scene.known)
        sign_off = next((part.sign_off for part in self.tail.kept if part.sign_off), None)
        credits = tuple(part.credit for part in self.tail.kept if part.credit)
        return Script(tuple(self.segments), tuple(self.pieces), sign_off, credits, tuple(self.say.problems))

    def _mixes_indents(self) -> bool:
        starts = [b.first for b in self.blocks if b.kind == blocks.PARAGRAPH and b.first not in self.tail.parts]
        return len({bool(tags.indent_width(self.lines[n])) for n in starts}) == 2

    # the walk

    def _read(self, block: Block) -> None:
        if block.kind == paragraphs.CUE:
            return self._read_cue(block)
        if block.kind == blocks.PARAGRAPH and block.first in self.tail.parts:
            return self._read_tail(block)
        if 0 <= self.tail.first < block.first and block.kind in _TEXT_KINDS and not paragraphs.is_note(self._text(block)):
            label = tails.label_of(self.lines[block.first])
            hint = f'if it is a credit, add "{label}" to TRANSCRIPT_CREDIT_LABELS; else put it before the tail' if label else _LAST
            self.say.at("TR012", block.first, tags.indent_width(self.lines[block.first]), "text after the tail", hint)
        if block.kind in (blocks.HEADING, blocks.RULE):
            if block.kind == blocks.HEADING and self._read_turn_heading(block):
                return None
            self.segment, self.opens = 0, True
            self._say_what_opens_nothing(block, 0)
            return self._markdown(block)
        if block.kind == blocks.QUOTE and self.scene.transcript and paragraphs.is_note(paragraphs.unquoted(self.lines, block)):
            text = paragraphs.unquoted(self.lines, block)
            return self._piece("note", text, block.first, self.lines[block.first].find(text[0]))
        if block.kind == blocks.PARAGRAPH or self._is_said(block):
            return self._paragraph(block)
        if block.kind == blocks.DEFINITION and blocks.may_be_said(self.lines[block.first]) and not self._is_referred_to(block):
            self._say_what_opens_nothing(block, tags.first_sign(self.lines[block.first]))
        return self._markdown(block)

    def _is_said(self, block: Block) -> bool:
        """Whether what Markdown would take for a link definition, or for code, is the turn of somebody who is named."""
        line = self.lines[block.first]
        if block.kind == blocks.DEFINITION:
            return blocks.may_be_said(line) and bool(self.openings.find(block, tags.first_sign(line)))
        return block.kind == blocks.CODE and blocks.is_code_indent(line) and self._begins_with_turn(line)

    def _is_referred_to(self, block: Block) -> bool:
        """Whether a link of the text has its address in this definition."""
        return self.bracketed[blocks.link_label(self.lines[block.first])] > 1

    @cached_property
    def bracketed(self) -> Counter[str]:
        """How often each text stands in square brackets, folded as labels of links are."""
        return Counter(" ".join(text.casefold().split()) for line in self.lines for text in _BRACKETED.findall(line))

    def _begins_with_turn(self, line: str) -> bool:
        label = labels.read_first_label(line)
        return bool(label and self.openings.find_turn(line, label.at))

    def _read_cue(self, block: Block) -> None:
        cue = cues.read_alone(self.lines[block.last])
        if cue:
            counter = self.lines[block.first].strip() if block.first < block.last else ""
            at = self.lines[block.first].find(counter) if counter else cue.at
            self._cue(cue, block.last, f"{counter}\n{cue.text}" if counter else cue.text, block.first, at)

    def _cue(self, cue: cues.Timecode, n: int, text: str, first: int, at: int) -> None:
        if self.scene.order != "reverse":
            self.say.when(cue, n)
        self._piece("cue", text, first, at)
        self.waiting.append((len(self.pieces) - 1, cue.start))

    def _read_tail(self, block: Block) -> None:
        self.segment, self.opens = 0, True
        for n in range(block.first, block.last + 1):
            part, at = self.tail.parts[n], tags.indent_width(self.lines[n])
            if n in self.tail.doubles:
                self.say.at("TR012", n, at, f"a second {self.tail.doubles[n]}: the last one counts", "keep one of the two")
            if n in self.tail.lost:
                self._piece("paragraph", self.lines[n][at:].rstrip(), n, at)
            elif not part.certain:
                self.say.at("TR015", n, at, "the reporter's name and the place cannot be told apart", "put a space between name and place")

    def _read_turn_heading(self, block: Block) -> bool:
        line = self.lines[block.first]
        turn = self.openings.find_turn(line, 0) if line.startswith("### ") else None
        if turn:
            self._open_turn(turn, block)
        return bool(turn)

    def _paragraph(self, block: Block) -> None:
        line = self.lines[block.first]
        at, start = tags.first_sign(line), tags.indent_width(line)
        cue = cues.read_inline(line, at) if self.scene.transcript else None
        found = self.openings.find(block, cue.after if cue else at)
        if not found and not cue and self.scene.transcript:
            cue = cues.read_before_label(line, at)
            found = self.openings.find(block, cue.after) if cue else None
            cue = cue if found else None
        if cue:
            self._cue(cue, block.first, cue.text, block.first, cue.at)
            start = cue.after
        if isinstance(found, Tag):
            self._open_tag(found, block)
        elif found:
            self._open_turn(found, block)
        else:
            self.say.unclosed(block, start, self.scene.transcript)
            self._say_what_opens_nothing(block, max(at, start))
            self._group(block, opens=False)
            self._text_piece(block, start, taken=bool(cue))

    def _say_what_opens_nothing(self, block: Block, at: int) -> None:
        last = block in self.blocks[-_LAST_FOR_CREDIT:]
        near = self.near.find(self.lines[block.first], at, self.openings.names, self.openings.repeated, last) if self.near else None
        before = self.segments[self.segment - 1] if self.segment else None
        if near and block.kind == blocks.DEFINITION:
            self.say.near_turn(replace(near, certain=True), block.first, at, "Markdown takes the line for the address of a link, and the page shows nothing of it")
        elif near:
            who = before.voice.name if before and before.voice else before.tag if before else ""
            self.say.near_turn(near, block.first, at, f"the words stand with those of {who}" if who else "the words are nobody's")

    def _open_tag(self, tag: Tag, block: Block) -> None:
        kind = tag.kind or "other"
        self.say.tag(tag, block.first)
        if self.openings.is_link(tag):
            self.say.link(tag, block.first, self._line(self.links[tag.link_key]))
        self._open(Segment(0, kind, tag.text, self._line(block.first), tag.at + 1, tag.number, tag.shot, tag.language), block)
        person, start = None, tag.after
        if kind in VOICE_KINDS and tag.kind:
            person, start = self.openings.find_person(tag, self.lines[block.first])
        if person and not person.certain:
            message = "name and title cannot be told apart: the whole is the name"
            self.say.at("TR015", block.first, tag.after, message, "write Name | Role | Organisation", len(person.name))
        if person:
            self._speaks(person, block.first, tag.after)
        elif kind == "soundbite":
            hint = "write [Soundbite] Name | Role | Organisation"
            self.say.at("TR002", block.first, tag.at, "a soundbite names no speaker", hint, tag.end - tag.at)
        self._group(block, opens=True)
        self._text_piece(block, start, taken=True)

    def _open_turn(self, turn: labels.Turn, block: Block) -> None:
        label = turn.label
        self.say.indent(block.first, label.at, "label", label.end - label.at)
        self._open(Segment(0, turn.kind, label.text, self._line(block.first), label.at + 1, turn=True), block)
        if turn.name:
            person = voices.read_person(turn.name) if voices.has_parts(turn.name) else voices.Person(turn.name, turn.role)
            self._speaks(person, block.first, label.at)
        self._group(block, opens=True)
        self._text_piece(block, label.after, taken=True)

    def _open(self, segment: Segment, block: Block) -> None:
        self.segment = len(self.segments) + 1
        start = self.waiting[-1][1] if self.waiting else ""
        for n, _ in self.waiting:
            self.pieces[n] = replace(self.pieces[n], segment=self.segment)
        self.waiting.clear()
        self.segments.append(replace(segment, n=self.segment, start=start))

    def _speaks(self, person: voices.Person, n: int, at: int) -> None:
        id = self.openings.name(person.name)
        voice = Voice(id, person.name, person.role, person.organisation, person.language)
        self.segments[-1] = replace(self.segments[-1], voice=voice)
        office = (person.role, person.organisation)
        if any(office):
            if self.offices.get(id, office) != office:
                message = f"{person.name} has another role here than before; both are kept"
                self.say.at("TR011", n, at, message, "nothing to do if both are right", len(person.name))
            self.offices[id] = office

    # pieces

    def _text_piece(self, block: Block, at: int, taken: bool) -> None:
        """The text of a paragraph from this place in its first line. `taken` says that a tag, label or timecode stood before it."""
        first = block.first
        if not self.lines[first][at:].strip():
            first += 1
            if first > block.last:
                return
            at = tags.indent_width(self.lines[first])
        text = "\n".join([self.lines[first][at:], *self.lines[first + 1 : block.last + 1]]).rstrip()
        if taken and text.endswith("</v>"):
            text = text.removesuffix("</v>").rstrip()
        if not text:
            return
        names = self.openings.names if self.scene.transcript else None
        self.say.inside(first, at, text.count("\n") + 1, names, self.openings.repeated_in_lines)
        if not taken and self.scene.transcript and paragraphs.is_note(text):
            return self._piece("note", text, first, at, self.group)
        odd = taken or self.lines[first][:at].strip(" ") != ""
        self._piece("paragraph", paragraphs.as_paragraph(text) if odd else text, first, at, self.group)

    def _markdown(self, block: Block) -> None:
        last = len(self.pieces) - 1
        if last in self.spans and self.pieces[last].segment == self.segment:
            first, end = self.spans[last]
            if all(map(blocks.is_blank, self.lines[end + 1 : block.first])):
                self.spans[last] = (first, block.last)
                self._fill(block.kind)
                return
        self._piece("markdown", "", block.first, 0)
        self.spans[last + 1] = (block.first, block.last)
        self._fill(block.kind)

    def _fill(self, kind: str) -> None:
        """A cue or a link definition is no text of a segment."""
        if kind not in (paragraphs.CUE, blocks.DEFINITION):
            self.filled.add(self.segment)

    def _piece(self, kind: str, text: str, n: int, at: int, group: int = 0) -> None:
        if kind != "cue":
            self.waiting.clear()
        if kind != "markdown":
            self._fill(kind)
        self.pieces.append(Piece(kind, text, self._line(n), at + 1, self.segment, group))

    def _group(self, block: Block, opens: bool) -> None:
        """Rule 6: where indents are mixed, an indented paragraph and a tag open a group."""
        if self.mixed and (opens or self.opens or tags.indent_width(self.lines[block.first])):
            self.group += 1
        self.opens = False

    # what can be said at the end only

    def _say_what_is_empty(self) -> None:
        for segment in self.segments:
            if segment.n not in self.filled:
                self.say.empty(segment)

    def _line(self, n: int) -> int:
        return self.scene.first_line + n

    def _text(self, block: Block) -> str:
        return "\n".join(self.lines[block.first : block.last + 1])

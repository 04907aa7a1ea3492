"""Blocks to segments and pieces: one walk through a transcript, by the rules of docs/transcripts.md."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pressroom.model.people import folded_name, person_id
from pressroom.model.transcript import VOICE_KINDS, Credit, Piece, Script, Segment, SignOff, Voice
from pressroom.reading import blocks, cues, labels, paragraphs, tags, tails, voices
from pressroom.reading.blocks import Block
from pressroom.reading.remarks import Remarks
from pressroom.reading.reports import find_reported
from pressroom.reading.tags import Tag, Words

_LAST_FOR_SIGN_OFF, _LAST_FOR_CREDIT = 4, 3
_UNCOUNTED = (blocks.DEFINITION, blocks.RULE, paragraphs.CUE)
_TEXT_KINDS = frozenset({blocks.PARAGRAPH, blocks.LIST, blocks.TABLE, blocks.QUOTE, blocks.CODE, blocks.HTML, blocks.HEADING})


@dataclass(frozen=True, slots=True)
class Scene:
    """A body and all that its reading needs to know."""

    lines: tuple[str, ...]
    path: str
    first_line: int
    transcript: bool
    known: Mapping[str, str]
    speakers: tuple[str, ...]
    words: Words
    order: str


@dataclass(frozen=True, slots=True)
class _Tail:
    """Where the tail's parts stand, by line; `lost` are those that a later one replaces."""

    parts: Mapping[int, tails.Part] = field(default_factory=dict)
    lost: frozenset[int] = frozenset()

    @property
    def first(self) -> int:
        return min(self.parts.keys() - self.lost, default=-1)


def read_segments(scene: Scene) -> Script:
    """The script of a body whose dialect is read."""
    return _Reader(scene).script()


class _Reader:
    """One body on its way to a script."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.lines, self.words = scene, scene.lines, scene.words
        self.blocks = paragraphs.split_paragraphs(scene.lines, scene.words, scene.transcript)
        self.links = _link_definitions(self.blocks, scene.lines)
        self.say = Remarks(scene.path, scene.first_line, scene.lines, scene.words, self.links)
        given = filter(None, (folded_name(name.split("|")[0]) for name in scene.speakers))
        self.named = {name: self._id(name) for name in given}
        self.names = ChainMap(self.named, dict(scene.known))
        self.repeated = self._repeated()
        self.tail = self._find_tail()
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
        self._find_reports()
        sign_off, credits = self._tail_parts()
        return Script(tuple(self.segments), tuple(self.pieces), sign_off, credits, tuple(self.say.problems))

    # what must be known of the whole before the walk

    def _repeated(self) -> frozenset[str]:
        """The names that rule 9 (c) accepts: none where bracket tags occur."""
        starts = [b for b in self.blocks if b.kind == blocks.PARAGRAPH]
        if not self.scene.transcript or any(paragraphs.begins_with_tag(self.lines[b.first], self.words) for b in starts):
            return frozenset()
        return labels.repeated_names(filter(None, (self._label(b) for b in starts)))

    def _label(self, block: Block) -> labels.Label | None:
        line = self.lines[block.first]
        at = tags.indent_width(line)
        cue = cues.read_inline(line, at) or cues.read_before_label(line, at)
        return labels.read_label(line, cue.after if cue else at)

    def _find_tail(self) -> _Tail:
        counted = [b for b in self.blocks if b.kind not in _UNCOUNTED]
        parts: dict[int, tails.Part] = {}
        for block in counted[-_LAST_FOR_SIGN_OFF:]:
            if block.kind != blocks.PARAGRAPH or blocks.is_code_indent(self.lines[block.first]):
                continue
            numbers = range(block.first, block.last + 1)
            found = [tails.read_part(self.lines[n], self._line(n), self.words, self.names, block in counted[-_LAST_FOR_CREDIT:]) for n in numbers]
            if all(found):
                parts |= {n: part for n, part in zip(numbers, found, strict=True) if part}
        lost: set[int] = set()
        last: dict[str, int] = {}
        for n, part in parts.items():
            name = tags.alias_key(part.credit.label) if part.credit else ""
            if name in last:
                lost.add(last[name])
                what = "credit of one label" if part.credit else "sign-off"
                self.say.at("TR012", n, tags.indent_width(self.lines[n]), f"a second {what}: the last one counts", "keep one of the two")
            last[name] = n
        return _Tail(parts, frozenset(lost))

    def _mixes_indents(self) -> bool:
        indents = {bool(tags.indent_width(self.lines[b.first])) for b in self.blocks if b.kind == blocks.PARAGRAPH and b.first not in self.tail.parts}
        return len(indents) == 2

    # the walk

    def _read(self, block: Block) -> None:
        if block.kind == paragraphs.CUE:
            return self._read_cue(block)
        if block.kind == blocks.PARAGRAPH and block.first in self.tail.parts:
            return self._read_tail(block)
        if 0 <= self.tail.first < block.first and block.kind in _TEXT_KINDS and not paragraphs.is_note(self._text(block)):
            self.segment = 0
            hint = "the sign-off and the credit are the last paragraphs"
            self.say.at("TR012", block.first, tags.indent_width(self.lines[block.first]), "text after the tail", hint)
        if block.kind in (blocks.HEADING, blocks.RULE):
            if block.kind == blocks.HEADING and self._read_turn_heading(block):
                return None
            self.segment, self.opens = 0, True
            return self._markdown(block)
        if block.kind == blocks.QUOTE and self.scene.transcript and paragraphs.is_note(paragraphs.unquoted(self.lines, block)):
            text = paragraphs.unquoted(self.lines, block)
            return self._piece("note", text, block.first, self.lines[block.first].find(text[0]))
        return self._paragraph(block) if block.kind == blocks.PARAGRAPH else self._markdown(block)

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
            if n in self.tail.lost:
                self._piece("paragraph", self.lines[n][at:].rstrip(), n, at)
            elif not part.certain:
                self.say.at("TR015", n, at, "the reporter's name and the place cannot be told apart", "put a space between name and place")

    def _read_turn_heading(self, block: Block) -> bool:
        line = self.lines[block.first]
        turn = labels.read_turn(line, 0, self.words, self.names, self.repeated) if self.scene.transcript and line.startswith("### ") else None
        if turn:
            self._open_turn(turn, block)
        return bool(turn)

    def _paragraph(self, block: Block) -> None:
        line = self.lines[block.first]
        at = start = tags.indent_width(line)
        cue = cues.read_inline(line, at) if self.scene.transcript else None
        found = self._opening(block, cue.after if cue else at)
        if not found and not cue and self.scene.transcript:
            cue = cues.read_before_label(line, at)
            found = self._opening(block, cue.after) if cue else None
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
            self._group(block, opens=False)
            self._text_piece(block, start, taken=bool(cue))

    def _opening(self, block: Block, at: int) -> Tag | labels.Turn | None:
        """The tag or the turn that begins a paragraph at this place in its first line."""
        line = self.lines[block.first]
        shot, after = tags.read_shot(line, at)
        if shot:
            tag = tags.read_bracket(line, after, self.words)
            if tag and tag.kind:
                return replace(tag, shot=shot, at=at)
        tag = tags.read_bracket(line, at, self.words)
        if tag:
            if not tag.kind and self._is_named(tag.text):
                return labels.Turn(labels.Label(tag.text, tag.at, tag.end, tag.after), "soundbite", tag.text)
            return tag if tag.kind or self.scene.transcript and not self._is_link(tag) else None
        if not self.scene.transcript:
            return None
        return tags.read_colon_tag(line, at, self.words) or labels.read_turn(line, at, self.words, self.names, self.repeated)

    def _open_tag(self, tag: Tag, block: Block) -> None:
        kind = tag.kind or "other"
        self.say.tag(tag, block.first)
        if self._is_link(tag):
            self.say.link(tag, block.first, self._line(self.links[_link_key(tag)]))
        self._open(Segment(0, kind, tag.text, self._line(block.first), tag.at + 1, tag.number, tag.shot, tag.language), block)
        person, start = None, tag.after
        if kind in VOICE_KINDS and tag.kind:
            person, start = self._person(tag, block)
        if person and person.name:
            self._speaks(person, block.first, tag.after)
        elif kind == "soundbite":
            hint = "write [Soundbite] Name | Role | Organisation"
            self.say.at("TR002", block.first, tag.at, "a soundbite names no speaker", hint, tag.end - tag.at)
        self._group(block, opens=True)
        self._text_piece(block, start, taken=True)

    def _person(self, tag: Tag, block: Block) -> tuple[voices.Person | None, int]:
        """The person of a voice tag's line, and where the speech begins in it."""
        line = self.lines[block.first]
        inline = line[tag.after :].rstrip()
        name, speech = voices.split_speech(inline)
        if not name or tag.kind != "soundbite" and speech < 0 and "|" not in inline and voices.is_sentence(inline):
            return None, tag.after
        person = voices.read_person(name, self.names)
        if not person.certain:
            hint = "write Name | Role | Organisation"
            self.say.at("TR015", block.first, tag.after, "name and title cannot be told apart: the whole is the name", hint, len(name))
        if not person.name:
            return None, tag.after
        return person, len(line) if speech < 0 else tag.after + speech

    def _open_turn(self, turn: labels.Turn, block: Block) -> None:
        label = turn.label
        self._open(Segment(0, turn.kind, label.text, self._line(block.first), label.at + 1, turn=True), block)
        if turn.name:
            self._speaks(voices.Person(turn.name), block.first, label.at)
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
        id = self._id(person.name)
        self.named[folded_name(person.name)] = id
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
        self.say.inside(first, at, text.count("\n") + 1, self.names if self.scene.transcript else None)
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

    def _find_reports(self) -> None:
        voices_here = {segment.voice.name: segment.voice.id for segment in self.segments if segment.voice}
        ids = set(voices_here.values())
        names = voices_here | {name: id for name, id in self.scene.known.items() if id in ids}
        names = {name: id for name, id in names.items() if len(name) > 1}
        texts: dict[int, list[str]] = {}
        for piece in self.pieces:
            if piece.kind == "paragraph":
                texts.setdefault(piece.segment, []).append(piece.text)
        for n, segment in enumerate(self.segments):
            if names and segment.kind == "narration":
                reported = find_reported("\n\n".join(texts.get(segment.n, ())), names)
                self.segments[n] = replace(segment, reports=reported)

    def _tail_parts(self) -> tuple[SignOff | None, tuple[Credit, ...]]:
        kept = [part for n, part in self.tail.parts.items() if n not in self.tail.lost]
        return next((p.sign_off for p in kept if p.sign_off), None), tuple(p.credit for p in kept if p.credit)

    # small questions

    def _line(self, n: int) -> int:
        return self.scene.first_line + n

    def _text(self, block: Block) -> str:
        return "\n".join(self.lines[block.first : block.last + 1])

    def _id(self, name: str) -> str:
        return self.scene.known.get(folded_name(name)) or person_id(folded_name(name))

    def _is_named(self, name: str) -> bool:
        """Rule 4: a speaker already named, or in a transcript one of the registry."""
        key = folded_name(name)
        id = self.scene.known.get(key)
        return key in self.named or bool(id) and (self.scene.transcript or id in self.named.values())

    def _is_link(self, tag: Tag) -> bool:
        return tag.open == "[" and _link_key(tag) in self.links


def _link_key(tag: Tag) -> str:
    return " ".join(tag.text.casefold().split())


def _link_definitions(found: Sequence[Block], lines: Sequence[str]) -> dict[str, int]:
    """The labels of link definitions and where they stand; code defines none."""
    places: dict[str, int] = {}
    for block in found:
        if block.kind not in (blocks.CODE, blocks.HTML):
            for n in range(block.first, block.last + 1):
                label = blocks.link_label(lines[n])
                if label:
                    places.setdefault(label, n)
    return places

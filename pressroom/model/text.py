"""The text of an edition: what is known of it without its words, the words, and what stands for either until a page is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pressroom.ground.problems import Problem
from pressroom.model.transcript import Credit, Segment, SignOff


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph that can be quoted: its fingerprint, the full digest of its words, and where its text begins in the file.

    Its place: the segment, or 0; how many headings stand before it; the kind of the block that it is or stands in.
    """

    id: str
    digest: str
    line: int
    segment: int = 0
    group: int = 0
    section: int = 0
    block: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Link:
    """A target as it is written in a text, or as a relative address of an attachment."""

    target: str
    line: int
    column: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """An attributed quotation of a release: who is named, and which passages (by number from 0) are the words.

    `typed` is the attribution as the text has it; nothing where that only holds its parts apart, and a page puts them together.
    """

    id: str
    name: str
    role: str
    organisation: str
    passages: tuple[int, ...]
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that somebody says: its fingerprint, its words as they are set, and the office in which they are said."""

    id: str
    words: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one edition's text without its words: small enough to hold for every edition at once. `length` is that of the text in bytes."""

    passages: tuple[Passage, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    sign_off: SignOff | None = None
    credits: tuple[Credit, ...] = ()
    problems: tuple[Problem, ...] = ()
    length: int = 0

    @property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Who speaks or is quoted: id and name, in order, each once."""
        voices = [(segment.voice.id, segment.voice.name) for segment in self.segments if segment.voice and segment.voice.id]
        return tuple(dict.fromkeys([*voices, *((quotation.id, quotation.name) for quotation in self.quotations)]))

    @property
    def said(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the passages that each of them says, by id, in the order of the text."""
        voices = {segment.n: segment.voice.id for segment in self.segments if segment.voice}
        found: dict[str, list[int]] = {id: [] for id, _ in self.speakers}
        for number, passage in enumerate(self.passages):
            ids = {voices.get(passage.segment, ""), *(quotation.id for quotation in self.quotations if number in quotation.passages)}
            for id in ids & found.keys():
                found[id].append(number)
        return {id: tuple(numbers) for id, numbers in found.items()}

    def quoted(self, id: str, words: Sequence[str]) -> dict[int, Quoted]:
        """What a person says, by the numbers of the passages; `words` are those of all."""
        voices = {segment.n: segment.voice for segment in self.segments if segment.voice and segment.voice.id == id}
        quotations = {number: quotation for quotation in self.quotations if quotation.id == id for number in quotation.passages}
        as_whom = {number: voices.get(self.passages[number].segment) or quotations[number] for number in self.said.get(id, ())}
        return {number: Quoted(self.passages[number].id, words[number], voice.role, voice.organisation) for number, voice in as_whom.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text as HTML that is safe to publish; `#@n` in it stands for the address of link n.

    `kind`: paragraph, heading, list, quotation, figure, table, code, rule, note, cue, footnotes or other. `passages` are the numbers, from 0,
    of the passages that stand in it; `text` is the block's plain text, typeset.
    """

    kind: str
    html: str
    text: str = ""
    passages: tuple[int, ...] = ()
    segment: int = 0
    level: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """The text of one edition: its blocks, and the words of each passage as they are set. `sketch` is what finds any stretch of those again."""

    blocks: tuple[Block, ...] = ()
    passages: tuple[str, ...] = ()
    notes: str = ""
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class TextRef:
    """Something of an edition's text that is loaded only where a page is made from it."""

    path: str
    digest: str


class BodyRef(TextRef):
    """The body."""

    __slots__ = ()


class SketchRef(TextRef):
    """Of the body the sketch alone."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class QuotedRef(TextRef):
    """What one person says in it, by the numbers of the passages."""

    person: str

"""A transcript: segments by one voice each, what stands outside them, and its tail."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.ground.problems import Problem

KINDS = (
    "narration", "soundbite", "standup", "natsound", "caption", "intro", "outro",
    "question", "answer", "shot", "storyline", "other",
)  # fmt: skip
VOICE_KINDS = frozenset({"soundbite", "standup", "question", "answer"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in one segment, with the office held then: exactly the strings of the text, never merged or translated."""

    id: str
    name: str
    role: str = ""
    organisation: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch by one voice. `tag` is the tag or label as written, without its brackets or colon; `line` is the tag's."""

    n: int
    kind: str
    tag: str
    line: int
    column: int = 1
    number: str = ""
    shot: str = ""
    language: str = ""
    start: str = ""
    turn: bool = False
    voice: Voice | None = None
    reports: str = ""

    @property
    def spoken(self) -> str:
        """The language spoken, where the speaker line or the tag says it."""
        return (self.voice.language if self.voice else "") or self.language


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of source lines for the Markdown reader, its tag, label or timecode taken off.

    `kind`: `paragraph` (one paragraph, of a segment or of nobody), `note` ((Laughter.)), `cue` (a timecode alone), `markdown` (anything else:
    headings, lists, tables, code, as many blocks as stand together). `segment` is 0 outside any. `line` and `column` are those of the
    first character of `text` in the file. `group` numbers the paragraphs of the original where the text was split (rule 6), else 0.
    """

    kind: str
    text: str
    line: int
    column: int = 1
    segment: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True)
class SignOff:
    name: str
    place: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Credit:
    label: str
    names: tuple[str, ...]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Script:
    """What the dialect reader makes of a body. Every character of the source is in a piece, a tag, a voice, a label or the tail."""

    segments: tuple[Segment, ...] = ()
    pieces: tuple[Piece, ...] = ()
    sign_off: SignOff | None = None
    credits: tuple[Credit, ...] = ()
    problems: tuple[Problem, ...] = ()

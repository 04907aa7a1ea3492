"""A document and its editions, as their files say them and as the gate lets them through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from pressroom.ground import digests
from pressroom.ground.problems import Problem
from pressroom.model.history import WITHDRAWN, Change, Correction
from pressroom.model.kinds import BY_NAME, KIT
from pressroom.model.moments import Moment
from pressroom.model.text import BodyRef, Facts, QuotedRef, SketchRef

HELD_STATUSES = ("draft",)
MACHINE, DERIVED = "machine", "derived"
TRANSLATIONS = ("official", "unofficial", MACHINE, "interpretation")
"""What an editor may call a translation. DERIVED is what the site makes by itself of another edition."""
APART = "|"
"""What holds the parts of an attribution apart where it is not written out."""


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """What is written once, in the original."""

    date: Moment | None = None
    embargo: Moment | None = None
    lifted: Moment | None = None
    lifted_reason: str = ""
    status: str = ""
    topics: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    organisation: str = ""
    attachments: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    credits: Mapping[str, str] = field(default_factory=dict)
    licences: Mapping[str, str] = field(default_factory=dict)
    event: Mapping[str, str] = field(default_factory=dict)
    speakers: tuple[str, ...] = ()
    order: str = ""
    transcript: str = ""
    aliases: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def withdrawn(self) -> bool:
        return bool(self.corrections) and self.corrections[-1].type == WITHDRAWN

    def event_in(self, lang: str) -> str:
        """The event in a language; one text without a language is that of all."""
        return self.event.get(lang, self.event.get("", ""))


@dataclass(frozen=True, slots=True)
class EditionFields:
    """What each edition says for itself. `derived_from` is the language of the edition that this one is converted from, which no file says."""

    title: str = ""
    subtitle: str = ""
    summary: str = ""
    place: str = ""
    translation: str = ""
    translator: str = ""
    source_language: str = ""
    source_url: str = ""
    notes: str = ""
    captions: Mapping[str, str] = field(default_factory=dict)
    alts: Mapping[str, str] = field(default_factory=dict)
    typography: str = ""
    translated_from: str = ""
    derived_from: str = ""


@dataclass(frozen=True, slots=True)
class Excuse:
    """Where an editor says that a disagreement with the original is meant, and which: codes of faults."""

    line: int
    column: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The front matter of one file. `places` gives line and column of each field that stands there, `excuses` what the whole file says is meant.

    `judged` is False where the gate cannot trust what it is shown: front matter that cannot be read, a date, embargo or status that is wrong
    or misspelt.
    """

    document: DocumentFields = field(default_factory=DocumentFields)
    edition: EditionFields = field(default_factory=EditionFields)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    body_line: int = 1
    problems: tuple[Problem, ...] = ()
    judged: bool = True
    excuses: tuple[Excuse, ...] = ()

    @property
    def held_by_status(self) -> bool:
        return self.document.status in HELD_STATUSES


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a bundle that is published: its name, address and content. Where it lies changes nothing of what is made of it.

    Width and height are those of a picture as it is shown, `orientation` how it is turned for that (EXIF's number); `still` is a picture that
    stands still, so that it can be offered in other sizes. `drawn` is the size that a drawing is shown in, which has no points.
    """

    name: str
    address: str
    path: str = field(compare=False)
    digest: str
    size: int
    width: int = 0
    height: int = 0
    orientation: int = 1
    still: bool = False
    drawn: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Edition:
    """A cleared document in one language. `hrefs` are the addresses of `facts.links`, one for one; `images` those of them that are shown as pictures.

    `digest` is that of all that its facts and its body are read from, so that it speaks for them. What is known of many editions at once is loaded late.
    `changes` are the corrections as this edition tells them, oldest first; `versions` the numbers of the earlier texts that it has.
    `counterparts` are, in a translation whose original is here, the numbers of the original's passages that stand where its own do, -1 for none.
    """

    lang: str
    dir: str
    address: str
    path: str
    digest: str
    fields: EditionFields
    facts: Facts = field(compare=False)
    hrefs: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    versions: tuple[int, ...] = ()
    counterparts: tuple[int, ...] = ()

    @property
    def derived(self) -> bool:
        """Whether software has made it from another edition: nobody has written it, and nobody is to compare it with its original."""
        return bool(self.fields.derived_from)

    @property
    def body(self) -> BodyRef:
        return BodyRef(self.path, self.digest)

    @property
    def sketch(self) -> SketchRef:
        return SketchRef(self.path, self.digest)

    def quoted(self, person: str) -> QuotedRef:
        return QuotedRef(self.path, self.digest, person)


@dataclass(frozen=True)
class Document:
    """A cleared document: one work, one folder, in its languages. `original` is empty where only a translation is here."""

    kind: str
    year: int
    slug: str
    fields: DocumentFields
    published: datetime
    editions: Mapping[str, Edition]
    original: str = ""
    attachments: tuple[Attachment, ...] = ()
    held: str = ""

    @cached_property
    def digest(self) -> str:
        return digests.of(tuple(getattr(self, name) for name in self.__dataclass_fields__))

    @cached_property
    def folder(self) -> str:
        """The folder under the content root, which is the document's name: `releases/2020/slug`."""
        return "/".join(part for part in (BY_NAME[self.kind].folder, str(self.year) if self.year else "", self.slug) if part)

    @property
    def kit(self) -> str:
        """The address of its press kit; nothing for a page, and for what is withdrawn."""
        return f"/{self.folder}/{KIT}" if BY_NAME[self.kind].dated and not self.fields.withdrawn else ""

    @property
    def first(self) -> Edition:
        """The original, or the lone translation of one that is elsewhere: what stands for the document where a language has no edition of it."""
        if self.original in self.editions:
            return self.editions[self.original]
        return next(edition for edition in self.editions.values() if not edition.derived)

    @property
    def version(self) -> int:
        """The number of the version that readers have: every entry of its corrections has made one."""
        return 1 + len(self.fields.corrections)

    def updated(self, edition: Edition) -> datetime:
        """When what an edition says changed last."""
        return max([self.published, *(change.at.instant for change in edition.changes)])


@dataclass(frozen=True, slots=True)
class Former:
    """An edition as it stood in an earlier version, with the digests of its attachments then, by name.

    `later` is the edition of the version after it, with `later_files`; `at` is when that one took its place. Files that nobody has recorded are
    None; the version is `bare` where nothing led to a file, so that there was none to record. `document` is without editions, with the date, event, credits and licences of then; `same_document` says whether those were not changed.
    `current` is the address of the edition of now.
    """

    document: Document
    version: int
    edition: Edition
    files: Mapping[str, str] | None
    later: Edition
    later_files: Mapping[str, str] | None
    at: Moment
    current: str
    same_document: bool = True
    bare: bool = False

"""What readers have: a published tree, as far as it is compared with the press room of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


NOBODY = ("", "", "")


@dataclass(frozen=True, slots=True)
class Wording:
    """What may not change without an entry: the fields of an edition as they are set, its passages' digests in the order of `index.json`, and who says them.

    `voices` are of each passage the id of whoever says it, with the role and the organisation that the text gives; empty where nobody is named.
    """

    title: str = ""
    subtitle: str = ""
    summary: str = ""
    place: str = ""
    passages: tuple[str, ...] = ()
    voices: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry that readers have been told of, by the version that it made."""

    version: int
    type: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """An edition as its `index.json` tells it. `folder` is its document's; `files` are the digests of the document's attachments by name.

    `formers` are its earlier versions, by number, `former_files` the digests of their files; `notes` those of its entries that have one, by the
    version that each made.
    """

    address: str
    folder: str
    kind: str
    lang: str
    id: str
    wording: Wording = Wording()
    files: Mapping[str, str] = field(default_factory=dict)
    version: int = 1
    withdrawn: bool = False
    entries: tuple[KnownEntry, ...] = ()
    derived: bool = False
    formers: Mapping[int, Wording] = field(default_factory=dict)
    former_files: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublishedFeed:
    """The id of a feed, and those of its entries by the address that each leads to."""

    address: str
    id: str
    entries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """Where a page leads inside the site; `target` is set where it is a redirect."""

    links: frozenset[str]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A published tree. `pages` are read only where nothing would answer their address any more."""

    paths: frozenset[str]
    editions: tuple[PublishedEdition, ...]
    feeds: tuple[PublishedFeed, ...]
    pages: Mapping[str, PublishedPage]

"""What was published, read from where it stands: a folder, or a commit of the publish branch."""

from __future__ import annotations

import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import msgspec

from pressroom.commands.git import Git
from pressroom.desk.kept_addresses import answering
from pressroom.ground.addresses import file_of
from pressroom.ground.languages import in_address
from pressroom.model.kinds import BY_NAME
from pressroom.model.published import NOBODY, KnownEntry, Published, PublishedEdition, PublishedFeed, PublishedPage, Wording

_ATOM = "{http://www.w3.org/2005/Atom}"
_REFRESH = re.compile(r"[^;]*;\s*url\s*=\s*(.*)", re.IGNORECASE)
_FORMER = re.compile(r"(.+/)v/([1-9][0-9]{0,3})/index\.json", re.ASCII)
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")


class Place(Protocol):
    """Where a published tree stands."""

    @property
    def paths(self) -> frozenset[str]: ...

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The files at these paths with their bytes."""


@dataclass(frozen=True)
class Folder:
    """A tree on the disk."""

    path: Path

    @cached_property
    def paths(self) -> frozenset[str]:
        found = (os.path.join(folder, name) for folder, _, names in os.walk(self.path) for name in names)
        return frozenset(os.path.relpath(path, self.path).replace(os.sep, "/") for path in found)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for path in paths:
            yield path, (self.path / path).read_bytes()


@dataclass(frozen=True)
class Branch:
    """The tree of a commit."""

    git: Git
    commit: str

    @cached_property
    def _blobs(self) -> dict[str, str]:
        return self.git.files(self.commit)

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(self._blobs)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        wanted = list(paths)
        return zip(wanted, self.git.blobs([self._blobs[path] for path in wanted]), strict=True)


class _Passage(msgspec.Struct):
    digest: str
    id: str = ""


class _Segment(msgspec.Struct):
    passages: list[_Passage] = []
    speaker: str = ""
    role: str = ""
    organisation: str = ""


class _Quotation(msgspec.Struct):
    passages: list[str] = []
    speaker: str = ""
    role: str = ""
    organisation: str = ""


class _File(msgspec.Struct):
    name: str
    sha256: str


class _Entry(msgspec.Struct):
    version: int
    type: str
    at: datetime
    note: str = ""


class _Facts(msgspec.Struct):
    """What of an `index.json` is compared; what a version of the engine did not write yet is as if nothing had happened."""

    id: str
    kind: str
    language: str
    title: str = ""
    subtitle: str = ""
    summary: str = ""
    place: str = ""
    attachments: list[_File] = []
    segments: list[_Segment] = []
    passages: list[_Passage] = []
    quotations: list[_Quotation] = []
    version: int = 1
    withdrawn: bool = False
    corrections: list[_Entry] = []
    derived_from: str = ""


_decoder = msgspec.json.Decoder(_Facts)


def read_published(place: Place, answered: Collection[str]) -> Published:
    """A published tree; of its pages only those that none of the paths of now would answer."""
    of_facts = sorted(path for path in place.paths if path.endswith("/index.json"))
    found: list[PublishedEdition] = []
    formers: dict[str, dict[int, _Facts]] = defaultdict(dict)
    for path, data in place.read(of_facts):
        if facts := _facts(data):
            if former := _FORMER.fullmatch(path):
                formers[f"/{former[1]}"][int(former[2])] = facts
            elif edition := _edition(path, facts):
                found.append(edition)
    editions = tuple(_with_formers(edition, formers[edition.address]) if edition.address in formers else edition for edition in found)
    of_feeds = sorted(path for path in place.paths if path.endswith("/feed.xml"))
    feeds = tuple(feed for path, data in place.read(of_feeds) if (feed := _feed(path, data)))
    unanswered = sorted(path for path in answering(place.paths, editions) - frozenset(answered) if path.endswith(".html"))
    return Published(place.paths, editions, feeds, {path: _page(path, data) for path, data in place.read(unanswered)})


def _facts(data: bytes) -> _Facts | None:
    """What an `index.json` says; None for a file of that name which is something else."""
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _wording(facts: _Facts) -> Wording:
    quoted = {id: (found.speaker, found.role, found.organisation) for found in facts.quotations for id in found.passages}
    said = [(passage, (segment.speaker, segment.role, segment.organisation)) for segment in facts.segments for passage in segment.passages]
    said += [(passage, NOBODY) for passage in facts.passages]
    voices = tuple(voice if any(voice) else quoted.get(passage.id, NOBODY) for passage, voice in said)
    return Wording(facts.title, facts.subtitle, facts.summary, facts.place, tuple(passage.digest for passage, _ in said), voices)


def _edition(path: str, facts: _Facts) -> PublishedEdition | None:
    """The edition that an `index.json` tells of; None where it is that of something else."""
    kind = BY_NAME.get(facts.kind)
    lang, *parts, _ = path.split("/")
    if kind is None or lang != in_address(facts.language) or len(parts) != (3 if kind.dated else 1) or (kind.dated and parts[0] != kind.folder):
        return None
    entries = tuple(KnownEntry(entry.version, entry.type, entry.at) for entry in facts.corrections if entry.version > 1 and entry.at.tzinfo)
    return PublishedEdition(
        f"/{path.removesuffix('index.json')}", "/".join(parts if kind.dated else (kind.folder, *parts)), facts.kind, facts.language, facts.id, _wording(facts),
        {found.name: found.sha256 for found in facts.attachments}, facts.version, facts.withdrawn, entries, bool(facts.derived_from),
        notes={entry.version: entry.note for entry in facts.corrections if entry.note},
    )  # fmt: skip


def _with_formers(edition: PublishedEdition, formers: Mapping[int, _Facts]) -> PublishedEdition:
    return replace(
        edition,
        formers={version: _wording(facts) for version, facts in formers.items()},
        former_files={version: {found.name: found.sha256 for found in facts.attachments} for version, facts in formers.items()},
    )


def _feed(path: str, data: bytes) -> PublishedFeed | None:
    """A feed's ids. Its links are absolute; what they have before their address is what its own has."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return None
    address = f"/{path.removesuffix('feed.xml')}"
    links = {_alternate(entry): entry.findtext(f"{_ATOM}id", "") for entry in root.iter(f"{_ATOM}entry")}
    base = _alternate(root).removesuffix(address)
    return PublishedFeed(address, root.findtext(f"{_ATOM}id", ""), {link.removeprefix(base): id for link, id in links.items()})


def _alternate(element: ElementTree.Element) -> str:
    """The path of the page that a feed or an entry leads to."""
    found = next((link for link in element.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"), None)
    url = urlsplit(found.get("href", "") if found is not None else "")
    return unquote(url.path) + (f"#{url.fragment}" if url.fragment else "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.target = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.add(found["href"])
        elif tag == "meta" and found.get("http-equiv", "").lower() == "refresh" and (refresh := _REFRESH.match(found.get("content", ""))):
            self.target = refresh[1]


def _page(path: str, data: bytes) -> PublishedPage:
    """The addresses that a page leads to, counted from the root of the site."""
    reader = _Reader()
    reader.feed(data.decode("utf-8", "replace"))
    reader.close()
    links = frozenset(address for link in reader.links if (address := _address(path, link)))
    return PublishedPage(links, _address(path, reader.target) if reader.target else "")


def _address(path: str, link: str) -> str:
    place = unquote(link.partition("#")[0].partition("?")[0])
    if not place or _OUTSIDE.match(place):
        return ""
    whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), place))
    return f"/{file_of(f'{whole}/')}".removesuffix("index.html") if place.endswith(("/", "/.", "/..", ".")) else whole

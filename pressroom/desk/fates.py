"""What became of each published document: the sources of now that continue it, if any do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pressroom.desk.editions import Assembled
from pressroom.model.document import Document, Former
from pressroom.model.published import Published, PublishedEdition
from pressroom.model.site import Copy, Site

STANDS, MOVED, HELD, UNSOUND, GONE = "stands", "moved", "held", "unsound", "gone"


@dataclass(frozen=True, slots=True)
class Known:
    """A document's sources, drafts included: its folder as it is shown, why it is held, and whether the site of now could be made with it."""

    document: Assembled
    shown: str
    held: str
    sound: bool

    def place(self, *fields: str) -> tuple[str, int, int]:
        """The original's file, and there the first of these fields that it has."""
        source = self.document.sources[self.document.first]
        line, column = next((source.header.places[name] for name in fields if name in source.header.places), (1, 1))
        return source.path, line, column


@dataclass(frozen=True)
class Present:
    """The press room of now: the site, every path that a build would write, the ids by address, and the sources by folder."""

    site: Site
    paths: frozenset[str]
    ids: Mapping[str, str]
    known: Mapping[str, Known]
    content: str

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        return {document.folder: document for document in self.site.documents}

    @cached_property
    def aliases(self) -> Mapping[str, Document]:
        return {alias: document for document in self.site.documents for alias in document.fields.aliases}

    @cached_property
    def copies(self) -> Mapping[str, Copy]:
        return {copy.address: copy for copy in self.site.copies}

    @cached_property
    def formers(self) -> Mapping[tuple[str, str], Mapping[int, Former]]:
        found: dict[tuple[str, str], dict[int, Former]] = defaultdict(dict)
        for former in self.site.formers:
            found[former.document.folder, former.edition.lang][former.version] = former
        return found


@dataclass(frozen=True)
class Fate:
    """What became of a published document: the editions that readers have, and the document and sources that continue it, if any do."""

    what: str
    folder: str
    editions: tuple[PublishedEdition, ...]
    document: Document | None = None
    known: Known | None = None

    @property
    def version(self) -> int:
        return max(edition.version for edition in self.editions)

    @property
    def is_corrected(self) -> bool:
        """Whether entries have been added since."""
        return self.document is not None and self.document.version > self.version


def fates(published: Published, present: Present) -> tuple[Fate, ...]:
    """What became of each published document, in the order of their folders."""
    groups: dict[str, list[PublishedEdition]] = defaultdict(list)
    for edition in published.editions:
        groups[edition.folder].append(edition)
    fresh = _Fresh({folder: document for folder, document in present.documents.items() if folder not in groups})
    return tuple(_fate(folder, tuple(groups[folder]), present, fresh) for folder in sorted(groups))


def _fate(folder: str, editions: tuple[PublishedEdition, ...], present: Present, fresh: _Fresh) -> Fate:
    if known := present.known.get(folder):
        if known.held:
            return Fate(HELD, folder, editions, known=known)
        if not known.sound or folder not in present.documents:
            return Fate(UNSOUND, folder, editions, known=known)
        return Fate(STANDS, folder, editions, present.documents[folder], known)
    led = [present.aliases[edition.address] for edition in editions if edition.address in present.aliases]
    # An alias of a document that readers know already is no place for the words of another.
    moved = next((document for document in led if document.folder in fresh.documents), None)
    moved = moved or fresh.with_words(editions) or fresh.with_name(folder, editions[0].kind)
    return Fate(MOVED, folder, editions, moved, present.known[moved.folder]) if moved else Fate(GONE, folder, editions)


@dataclass(frozen=True)
class _Fresh:
    """The documents that readers do not know: one of them may be a published one under another name."""

    documents: Mapping[str, Document]

    @cached_property
    def _by_passage(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for folder, document in self.documents.items():
            for digest in {passage.digest for edition in document.editions.values() for passage in edition.facts.passages}:
                found[digest].append(folder)
        return found

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], Document]:
        return {(document.kind, document.slug): document for document in self.documents.values()}

    def with_words(self, editions: tuple[PublishedEdition, ...]) -> Document | None:
        """The one that says at least half of what a vanished one said."""
        said = {digest for edition in editions for digest in edition.wording.passages}
        shared = Counter(folder for digest in said for folder in self._by_passage.get(digest, ()))
        best = max(shared, key=lambda folder: (shared[folder], folder), default="")
        return self.documents[best] if best and 2 * shared[best] >= len(said) else None

    def with_name(self, folder: str, kind: str) -> Document | None:
        """One of the same kind and slug: a folder that went to another year, and of which readers have few words or none."""
        return self._by_name.get((kind, folder.rpartition("/")[2]))


def is_draft(known: Known, lang: str) -> bool:
    """Whether an edition is held by itself."""
    source = known.document.sources.get(lang)
    return source is not None and lang != known.document.first and source.header.held_by_status

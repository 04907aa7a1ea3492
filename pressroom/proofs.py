"""Proofs: the page of a text that was just saved, as the build under way is going to make it, for the editor who looks at it.

A proof is made of the saved file and of the site of the last build. Where more than that may decide what the page says, none is pulled: a proof
has the bytes that the build will give the page.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pressroom.desk.cleared import document_of
from pressroom.desk.listings import row
from pressroom.ground.problems import has_errors
from pressroom.ground.progress import SILENT
from pressroom.ground.store import Glance
from pressroom.intake import read_texts
from pressroom.model.document import Document
from pressroom.model.kinds import DATED, PAGE
from pressroom.model.people import Registry
from pressroom.model.settings import Settings
from pressroom.model.site import FRONT, Site
from pressroom.model.text import Facts
from pressroom.model.typography import Typography
from pressroom.outputs import editions, listings
from pressroom.outputs.parts import house_of, parts
from pressroom.press.render import Renderer
from pressroom.reading.bundles import Bundle
from pressroom.reading.dialects import Dialect
from pressroom.reading.files import File
from pressroom.reading.sources import Sources, facts_of
from pressroom.reading.tree import Tree
from pressroom.verdicts import folder_of, judge_bundles

_LARGEST_COPY = 1_000_000
"""Bytes of a file that is shown before the build has copied it: a style sheet, and no recording."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What proofs are pulled from: how the last build was asked for and when, what it read, the site it made and what it made the pages with.

    `texts` is the store that it keeps them in.
    """

    settings: Settings
    engine: str
    now: datetime
    texts: str
    tree: Tree
    registry: Registry
    typographies: Mapping[str, Typography]
    site: Site
    renderer: Renderer

    def pull(self, path: str, now: datetime) -> Iterator[tuple[str, bytes]]:
        """The pages that a saved file changes and that an editor most likely has open, by their paths in the output; none where the build alone can tell.

        `path` is absolute, `now` the instant of the build that follows: what it holds or lets out may be another than in the last.
        """
        for copy in self.site.copies:
            if copy.path == path:
                if os.path.getsize(path) <= _LARGEST_COPY:
                    yield copy.address, Path(path).read_bytes()
                return
        for bundle in self.tree.bundles:
            for lang, file in bundle.editions.items():
                if file.path == path:
                    yield from self._of_edition(bundle, lang, self.engine, now)

    def rehearse(self) -> None:
        """Pulls the proofs of the newest document, for nobody: what is loaded and compiled for the first time takes longer than to pull them."""
        for bundle in self.tree.bundles if self.site.documents else ():
            if folder_of(bundle) == self.site.documents[0].folder:
                # By another engine every text is read anew.
                for _ in self._of_edition(bundle, next(iter(bundle.editions)), "rehearsal", self.now):
                    pass

    def _of_edition(self, bundle: Bundle, lang: str, engine: str, now: datetime) -> Iterator[tuple[str, bytes]]:
        known = next((known for known in self.site.documents if known.folder == folder_of(bundle)), None)
        if not known or lang not in known.editions or self.settings.derived:
            return
        with Glance(self.texts) as store:
            _, _, key, facts = store.entry(bundle.editions[lang].shown)
            # A text may have been read since that is in no site, by a check.
            if known.editions[lang].digest == key:
                dialect = Dialect(self.registry.known, self.settings.transcript_tags, self.settings.credit_labels)
                sources = Sources(self.settings, engine, dialect, store, self.typographies)
                document = self._read(bundle, lang, sources, now)
                if document and _is_alone(document, known, lang, facts_of(facts)):
                    yield from self._pages(_taken_over(document, known), lang, sources)

    def _read(self, bundle: Bundle, lang: str, sources: Sources, now: datetime) -> Document | None:
        """The document of a bundle one of whose texts was saved; nothing where something is wrong with it."""
        bundle = replace(bundle, editions={**bundle.editions, lang: _again(bundle.editions[lang])})
        (judged,), *faults = judge_bundles(self.settings, Tree((bundle,)), (), self.registry, sources, now, SILENT)
        if not judged.sound or lang in judged.faulty or any(map(has_errors, faults)):
            return None
        item, problems = read_texts(judged, sources, (), SILENT)
        if has_errors((*problems, *(problem for facts in item.facts.values() for problem in facts.problems))):
            return None
        return document_of(self.settings, item)

    def _pages(self, document: Document, lang: str, sources: Sources) -> Iterator[tuple[str, bytes]]:
        """The page of the edition, and then the fronts that name its document otherwise than before."""
        renderer = self.renderer.over(sources.load)
        for part in parts(self.site, house_of(self.site), [document]):
            for artifact in editions.artifacts(part):
                if artifact.path == f"{document.editions[lang].address.lstrip('/')}index.html":
                    yield artifact.path, renderer.make(artifact)
        for artifact in listings.artifacts(self._fronts(document)):
            yield artifact.path, renderer.make(artifact)

    def _fronts(self, document: Document) -> Site:
        """A site of nothing but the fronts that are others now."""
        found = []
        for listing in self.site.listings if document.kind in DATED else ():
            if listing.what == FRONT:
                now = row(document, listing.lang)
                rows = tuple(now if shown.address == now.address else shown for shown in listing.rows)
                if rows != tuple(listing.rows):
                    found.append(replace(listing, rows=rows))
        return replace(self.site, listings=tuple(found), indexes=())


def _again(file: File) -> File:
    """A file as it stands now."""
    found = os.lstat(file.path)
    return replace(file, size=found.st_size, stamp=(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))


def _is_alone(document: Document, known: Document, lang: str, before: Facts) -> bool:
    """Whether all that changed is what a text says for itself: no field of the document, nobody who speaks, no link, no name in the furniture."""
    was, now = known.editions[lang], document.editions[lang]
    same = (document.fields, document.published, document.original, document.held, document.editions.keys())
    if document.fields.withdrawn or same != (known.fields, known.published, known.original, known.held, known.editions.keys()):
        return False
    targets = [(link.target, link.image) for link in now.facts.links]
    # Where a link to a place leads, the places decide.
    if targets != [(link.target, link.image) for link in before.links] or any("#" in target and "://" not in target for target, _ in targets):
        return False
    return was.facts.speakers == now.facts.speakers and (document.kind != PAGE or was.fields.title == now.fields.title)


def _taken_over(document: Document, known: Document) -> Document:
    """The document with what other documents and files have given the one of the last build."""
    followed = {
        lang: replace(edition, hrefs=known.editions[lang].hrefs, images=known.editions[lang].images, marks=known.editions[lang].marks)
        for lang, edition in document.editions.items()
    }
    return replace(document, editions=followed, attachments=known.attachments)

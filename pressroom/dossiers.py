"""Dossiers as the store keeps them: read where a document's files stand, written where one was read anew.

A dossier is known by the stamps of its document's files; where those are others, as after a clone, by what is in them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import partial

import msgspec

from pressroom.desk.dossiers import Dossier
from pressroom.desk.links import Question
from pressroom.ground.problems import Problem
from pressroom.ground.store import Store
from pressroom.model.document import Document, Edition, EditionFields
from pressroom.model.late import SharedFacts
from pressroom.reading.bundles import Bundle
from pressroom.reading.files import File, open_file
from pressroom.reading.sources import Sources


class _Edition(msgspec.Struct, frozen=True, array_like=True):
    """An edition without its facts, but for who says what."""

    lang: str
    dir: str
    address: str
    path: str
    digest: str
    fields: EditionFields
    hrefs: tuple[str, ...]
    images: tuple[str, ...]
    marks: tuple[str, ...]
    counterparts: tuple[int, ...]
    speakers: tuple[tuple[str, str], ...]
    said: dict[str, tuple[int, ...]]


class _Dossier(msgspec.Struct, frozen=True, array_like=True):
    document: Document
    digest: str
    editions: tuple[_Edition, ...]
    asked: dict[Question, str]
    needs: frozenset[tuple[str, str]]
    rows: dict[str, str]
    of_headers: tuple[Problem, ...]
    of_texts: tuple[Problem, ...]
    read: dict[str, str]


class Dossiers:
    """The dossiers of a run. `made_by` is the digest of all else that they are made from: the engine, the settings, the registries."""

    def __init__(self, store: Store, sources: Sources, made_by: str) -> None:
        self._store, self._sources, self._made_by = store, sources, made_by.encode()
        self._kept, self._texts = store.dossiers(), store.keys()
        self._decoder = msgspec.msgpack.Decoder(_Dossier)
        self._shared = SharedFacts()
        self._fresh: dict[str, tuple[bytes, bytes]] = {}
        self._same: dict[str, tuple[bytes, bytes]] = {}

    def find(self, folder: str, bundle: Bundle) -> Dossier | None:
        """What is known of the document of a bundle, if its files say what they said."""
        key, data = self._kept.pop(folder, (b"", b""))
        # What has earlier versions has no dossier: where there are some now, they came to a document whose own files stand.
        if bundle.former or not key.startswith(self._made_by):
            return None
        stamp, kept = self._stamp(bundle), self._decoder.decode(data)
        # A text may have been read since that is not there any more, by a check or a build that failed.
        if any(self._texts.get(edition.path) != edition.digest for edition in kept.editions):
            return None
        if stamp and key == self._made_by + stamp:
            return self._opened(kept)
        files = _files(bundle)
        if kept.read.keys() != files.keys() or any(digest and digest != _digest(files[shown]) for shown, digest in kept.read.items()):
            return None
        self._same[folder] = (self._made_by + stamp, data)
        return self._opened(kept)

    def _stamp(self, bundle: Bundle) -> bytes:
        """How the files of a bundle stand; nothing where one changed so lately that it could change once more under the same stamp."""
        files = _files(bundle)
        if not all(map(self._sources.is_settled, files.values())):
            return b""
        return hashlib.blake2b(msgspec.msgpack.encode([(shown, *file.stamp) for shown, file in files.items()]), digest_size=16).digest()

    def _opened(self, kept: _Dossier) -> Dossier:
        editions: dict[str, Edition] = {}
        counterparts: tuple[int, ...] = ()
        for one in kept.editions:
            # As with what is shared: mostly they are the same in all languages.
            counterparts = counterparts if one.counterparts == counterparts else one.counterparts
            editions[one.lang] = Edition(
                one.lang, one.dir, one.address, one.path, one.digest, one.fields,
                self._shared.late(partial(self._sources.facts_at, one.path), one.speakers, one.said),  # type: ignore[arg-type]
                one.hrefs, one.images, one.marks, (), (), counterparts,
            )  # fmt: skip
        found = kept.document
        document = Document(
            found.kind, found.year, found.slug, found.fields, found.published, editions, found.original, found.attachments, found.held
        )
        # What cached properties would work out.
        document.__dict__["digest"] = kept.digest
        return Dossier(document, kept.asked, kept.needs, kept.rows, kept.of_headers, kept.of_texts, kept.read)

    def put(self, bundle: Bundle, dossier: Dossier) -> None:
        """Keeps the dossier of a bundle's document."""
        document = dossier.document
        editions = tuple(
            _Edition(
                one.lang, one.dir, one.address, one.path, one.digest, one.fields, one.hrefs, one.images, one.marks, one.counterparts, one.facts.speakers,
                dict(one.facts.said),
            )
            for one in document.editions.values()
        )  # fmt: skip
        bare = Document(document.kind, document.year, document.slug, document.fields, document.published, {}, document.original, document.attachments, document.held)
        kept = _Dossier(
            bare, document.digest, editions, dict(dossier.asked), dossier.needs, dict(dossier.rows), dossier.of_headers, dossier.of_texts, dict(dossier.read)
        )
        self._fresh[document.folder] = (self._made_by + self._stamp(bundle), msgspec.msgpack.encode(kept))

    def save(self, standing: Collection[str]) -> None:
        """Puts what is new into the store, beside the dossiers of what stands; of no other document anything is left there."""
        same = {folder: kept for folder, kept in self._same.items() if folder in standing}
        self._store.keep_dossiers(same | self._fresh, {*standing, *self._fresh})


def _files(bundle: Bundle) -> dict[str, File]:
    """The files of a document by their shown paths."""
    return {file.shown: file for files in (bundle.editions, bundle.files) for file in files.values()}


def _digest(file: File) -> str:
    with open_file(file) as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()

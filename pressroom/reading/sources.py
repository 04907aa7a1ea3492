"""The files of the editions: header first, so that the gate can be asked; the body only of what it lets through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import tee
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from pressroom.ground import clock, digests
from pressroom.ground.pool import Pool
from pressroom.ground.problems import Fault, Problem
from pressroom.ground.store import Texts
from pressroom.model.document import DocumentFields, Header
from pressroom.model.late import SharedFacts
from pressroom.model.settings import Settings
from pressroom.model.text import Body, BodyRef, Facts, Passage, Quotation, Quoted, QuotedRef, SketchRef, TextRef
from pressroom.model.transcript import Segment
from pressroom.model.typography import Typography
from pressroom.reading.dialects import Dialect
from pressroom.reading.bundles import Bundle
from pressroom.reading.derived import Derivation
from pressroom.reading.fields import read_header
from pressroom.reading.files import File, read_bytes
from pressroom.reading.forms import Place
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.reader import SECONDS, Reader, Text, stretches
from pressroom.reading.texts import LARGEST_TEXT, read_text, too_large

T = TypeVar("T")
_MOST_FACTS = 256
_MOST_HELD = 16_000_000
"""Characters of texts that are held from the reading of their headers to that of their bodies."""


class _Head(msgspec.Struct, frozen=True):
    """The part of it that the gate is asked with."""

    header: Header


class _Sketched(msgspec.Struct, frozen=True):
    """The part of a body that finds its words again."""

    sketch: bytes


class _Worded(msgspec.Struct, frozen=True):
    """The words in a body."""

    passages: tuple[str, ...]


class _Voices(msgspec.Struct, frozen=True):
    """The part of the facts that says who says what."""

    passages: tuple[Passage, ...]
    segments: tuple[Segment, ...]
    quotations: tuple[Quotation, ...]


class _Voiced(msgspec.Struct, frozen=True):
    facts: _Voices


class _Kept(msgspec.Struct, frozen=True):
    header: Header
    facts: Facts


@dataclass(frozen=True, slots=True)
class Opened:
    """An edition's file after its header was read. `source` is the text after the front matter, or None where the store has it all.

    One with a `derivation` has no file: it is made from that of another edition.
    """

    file: File
    digest: str
    header: Header
    source: str | None
    kept_key: str = ""
    derivation: Derivation | None = None


class Sources:
    """The editions of one run, over the store of its audience. With `late`, facts are had only as long as the store is open, and not all together.

    Files that were written last before they had `settled` when they were looked at are known again by their stamps; 0 is for who looks at them now.
    """

    def __init__(
        self, settings: Settings, engine: str, dialect: Dialect, store: Texts, typographies: Mapping[str, Typography], late: bool = False, settled: int = 0
    ) -> None:
        self._store, self._typographies, self._is_late, self._shared = store, typographies, late, SharedFacts()
        self._dialects = {"": dialect}
        self._reader = Reader(settings.markdown_extensions, self._dialects, typographies)
        self._ahead: set[str] = set()
        self.facts_at = lru_cache(maxsize=_MOST_FACTS)(self._facts_at)
        """The facts of an edition that was read, in this run or before, by its path."""
        self._zone = ZoneInfo(settings.zone)
        # Words of one language may stand in a text of another.
        styles = {lang: typography.digest for lang, typography in typographies.items()}
        markdown = settings.markdown_extensions, settings.markdown_code
        self._engine = digests.of((engine, settings.zone, settings.languages, *markdown, settings.transcript_tags, dialect, styles))
        self._room = _MOST_HELD
        self._settled = settled or clock.settled()
        self.read: set[str] = set()
        """The files whose texts were read anew, for they changed."""
        self._same: set[str] = set()
        """Those that say what they said: where they are read anew, what they are read with has changed."""

    def open(self, bundle: Bundle, lang: str, file: File) -> Opened:
        """The header of an edition: from the store where the file stands as it was read, else from the file."""
        stamp, digest, key, facts = self._store.entry(file.shown)
        if not key.startswith(self._engine):
            key = ""
        if key and stamp == repr(file.stamp):
            return self._from_store(file, digest, key, facts)
        if file.size > LARGEST_TEXT:
            return Opened(file, "", Header(problems=(too_large(file.size, file.shown),), judged=False), "")
        data = read_bytes(file)
        found = digests.of_bytes(data)
        if digest == found:
            self._same.add(file.shown)
        if key and digest == found:
            self._store.put(file.shown, self._stamp(file), digest, key, facts)
            return self._from_store(file, digest, key, facts)
        text = read_text(data, file.shown)
        if text.problems and not text.text:
            return Opened(file, found, Header(problems=text.problems, judged=False), "")
        front = read_front_matter(text, file.shown)
        header = read_header(front, Place(file.shown, bundle.kind, lang, bundle.slug, self._zone), text.lines, self._typographies.get(lang))
        # Of a large archive only the first texts are held until they are read; the others are opened once more.
        self._room -= len(front.body)
        return Opened(file, found, replace(header, problems=(*text.problems, *header.problems)), front.body if self._room >= 0 else None)

    def derive(self, opened: Opened, derivation: Derivation) -> Opened:
        """The edition that is made from an opened one, as if a file of it lay beside."""
        shown = opened.file.shown.removesuffix(f"{derivation.source}.md") + f"{derivation.lang}.md"
        digest = digests.of((opened.digest, derivation.digest))
        _, known, key, facts = self._store.entry(shown)
        file = replace(opened.file, shown=shown)
        if known == digest:
            self._same.add(shown)
        if key.startswith(self._engine) and known == digest:
            return replace(self._from_store(file, digest, key, facts), derivation=derivation)
        return Opened(file, digest, derivation.header(opened.header), None, derivation=derivation)

    def _stamp(self, file: File) -> str:
        """The stamp by which a file is known again; none for one that changed so lately that it could change once more under the same stamp."""
        return repr(file.stamp) if self.is_settled(file) else ""

    def is_settled(self, file: File) -> bool:
        """Whether a file that changes once more will have another stamp."""
        _, written, changed, _ = file.stamp
        return max(written, changed) < self._settled

    @property
    def engine(self) -> str:
        """The digest of all that any text is read with."""
        return self._engine

    def _from_store(self, file: File, digest: str, key: str, facts: bytes) -> Opened:
        return Opened(file, digest, _decoder(_Head).decode(facts).header, None, key)

    def key(self, opened: Opened, kind: str, lang: str, fields: DocumentFields) -> str:
        """The digest of all that an edition's facts and body are read from: the file, the engine and its settings, the document's fields."""
        return self._engine + digests.of((opened.digest, kind, lang, fields.speakers, fields.order, fields.transcript))

    def facts(self, opened: Opened, kind: str, lang: str, fields: DocumentFields, kept: bool = True, of: Facts | None = None) -> Facts:
        """The facts of a cleared edition; its body is read, and kept, where the store does not have it. `fields` are the document's.

        Of one that is derived, `of` are the facts of the edition that it is made from. What is not to be `kept` is read each time anew, and leaves nothing in the store: the words of a withdrawn document.
        """
        key = self.key(opened, kind, lang, fields)
        path, derivation = opened.file.shown, opened.derivation
        ahead = path in self._ahead
        if opened.kept_key == key or ahead and not derivation:
            return self._given(path)
        if ahead:
            facts, body = self.facts_at(path), None
        elif text := self._text(opened, kind, lang, fields):
            facts, read = self._reader.read(text)
            body = msgspec.msgpack.encode(read)
        else:
            return Facts()
        if derivation and of:
            facts = derivation.facts(facts, of)
        if not kept:
            return facts
        self._keep(opened, key, facts, body)
        return self._given(path)

    def _given(self, path: str) -> Facts:
        """The facts of an edition that the store has."""
        facts = self.facts_at(path)
        if not self._is_late:
            return facts
        return self._shared.late(partial(self.facts_at, path), facts.speakers, facts.said, facts.problems)  # type: ignore[return-value]

    def read_ahead(self, wanted: Iterable[tuple[Opened, str, str, DocumentFields]], pool: Pool) -> None:
        """Reads bodies by the pool, where that pays. Each is of an edition as `facts` takes it, which the store does not have and is to keep."""
        lacking = list(wanted)
        # What is read now has to be made a page of afterwards, which takes as long again.
        if not pool.pays(2 * SECONDS * sum(opened.file.size for opened, *_ in lacking)):
            return
        for opened, *_ in lacking:
            # The reader goes to the pool before the texts do.
            self._know(opened.derivation)
        # They are many: of the texts only those are held that are being read.
        runs, sent = tee(stretches(text for one in lacking if (text := self._text(*one))))
        # What is known of a derived edition is whole only with what is known of its source.
        keys = {one[0].file.shown: (one[0], "" if one[0].derivation else self.key(*one)) for one in lacking}
        decoder = msgspec.msgpack.Decoder(Facts)
        for run, made in zip(runs, pool.run(self._reader, sent), strict=True):
            for text, (facts, body) in zip(run, made, strict=True):
                self._ahead.add(text.path)
                # Bodies are many: none is held here until somebody asks for the facts.
                self._keep(*keys[text.path], decoder.decode(facts), body)

    def _text(self, opened: Opened, kind: str, lang: str, fields: DocumentFields) -> Text | None:
        """What is to be read of an edition, if anything is."""
        source = opened.source
        if source is None:
            source = self._source_again(opened)
        if any(problem.code in ("FM011", "FM001") for problem in opened.header.problems):
            return None
        name = ""
        if derivation := opened.derivation:
            source, fields, name = derivation.conversion.markdown(source), derivation.speakers(fields), derivation.lang
            self._know(derivation)
        return Text(source, opened.header, fields, opened.file.shown, kind, lang, name)

    def _source_again(self, opened: Opened) -> str:
        """The text of a file whose header was read before: of the same bytes, for it is by their digest that what is read of them is kept."""
        data = read_bytes(opened.file)
        found = digests.of_bytes(data)
        if opened.digest != (digests.of((found, opened.derivation.digest)) if opened.derivation else found):
            raise Fault(Problem("FT012", "the file changed during the build", opened.file.shown, hint="build again"))
        return read_front_matter(read_text(data, opened.file.shown), opened.file.shown).body

    def _know(self, derivation: Derivation | None) -> None:
        if derivation and derivation.lang not in self._dialects:
            self._dialects[derivation.lang] = derivation.dialect(self._dialects[""])

    def _keep(self, opened: Opened, key: str, facts: Facts, body: bytes | None) -> None:
        if opened.file.shown not in self._same:
            self.read.add(opened.file.shown)
        stamp = "" if opened.derivation else self._stamp(opened.file)
        self._store.put(opened.file.shown, stamp, opened.digest, key, msgspec.msgpack.encode(_Kept(opened.header, facts)), body)
        if body is None:
            # What was read ahead is another now.
            self.facts_at.cache_clear()

    def body(self, path: str) -> Body:
        return _decoder(Body).decode(self._store.body(path))

    def _facts_at(self, path: str) -> Facts:
        return facts_of(self._store.entry(path)[3])

    def load(self, ref: TextRef) -> Any:
        """What a page is made from."""
        return loaded(type(ref), self.encoded(ref))

    def encoded(self, ref: TextRef) -> bytes:
        """The same as bytes, which `loaded` takes."""
        body = self._store.body(ref.path)
        if isinstance(ref, QuotedRef):
            return msgspec.msgpack.encode(_voiced(self._store.entry(ref.path)[3]).quoted(ref.person, _decoder(_Worded).decode(body).passages))
        return _decoder(_Sketched).decode(body).sketch if type(ref) is SketchRef else body


def loaded(kind: type[TextRef], data: bytes) -> Any:
    """What a kind of TextRef stands for."""
    return data if kind is SketchRef else _decoder(Body if kind is BodyRef else dict[int, Quoted]).decode(data)


def facts_of(data: bytes) -> Facts:
    return _decoder(_Kept).decode(data).facts


def _voiced(data: bytes) -> Facts:
    """Facts that know who says what, and no more."""
    found = _decoder(_Voiced).decode(data).facts
    return Facts(passages=found.passages, segments=found.segments, quotations=found.quotations)


@lru_cache(maxsize=8)
def _decoder(kind: type[T]) -> msgspec.msgpack.Decoder[T]:
    return msgspec.msgpack.Decoder(kind)

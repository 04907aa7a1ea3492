"""What must not be found: the words, names and digests of held documents, taken from their raw files.

A needle is looked for in one of these ways: a run of eight words, or twelve characters of Han or kana, wherever it stands; a phrase of
three words or six characters inside one field; anything shorter as a whole field; a segment as a part of an address; a digest.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from pressroom.checks import folding, joints
from pressroom.checks.containers import in_older_encodings, pieces
from pressroom.checks.headers import RawHeader, read_raw_header
from pressroom.checks.held import WITHDRAWN, HeldSource, SourceFile, read_bytes
from pressroom.checks.runs import (
    FIELD,
    HAN_PHRASE,
    HAS_LETTER,
    PHRASE,
    PHRASE_CHARACTERS,
    PHRASE_WORDS,
    RUN_CHARACTERS,
    RUN_WORDS,
    Identity,
    part_if_any,
    runs_of,
)  # fmt: skip

SEGMENT, DIGEST = "segment", "digest"

# What these hold are words of ours, dates and numbers: as names of fields, and of what stands inside one.
_FIXED_FIELDS = ("status", "translation", "order", "transcript", "typography", "lang", "date", "embargo")
FIXED = (*_FIXED_FIELDS, "at", "since", "until", "type", "passages")
_WITHDRAWN_FIELDS = ("title", "subtitle", "summary", "notes", "captions", "alts")
_LARGEST_TEXT = 8 * 1024 * 1024
_BORDERS = re.compile(r"\n\s*\n|\n(?=[>\s]*(?:[-*+]|\d+\.|#+)\s)")

_MARKUP = re.compile(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\]\[[^\]\n]*\]|\[\^[^\]\n]+\]|\{[^{}\n]*\}|<[A-Za-z/!][^<>]*>")
_ALTERNATIVE = re.compile(r"!\[([^\]\n]+)\]")
_TAG = re.compile(r"[>\s]*+[\d.]*+\s*+(?:\[[^\]\n]{1,40}\]|【[^】\n]{1,40}】|［[^］\n]{1,40}］|〔[^〕\n]{1,40}〕)[ \t\u3000]*(?![(\[:])")
_ATTRIBUTION = re.compile(r"\s*>[>\s]*(?:—+|–|--|-|―)\s*(\S.*)")
_LABEL = re.compile(r"[>\s]*+(?:#+\s*|\*\*|<v\s+)?([^\n:：>*|]{2,80})[:：>].*")
_COLON = re.compile(r"[:：]")
_PARTS = re.compile(r"[|,，、،;；]")
_LONGEST_ATTRIBUTION = 200
_LONGEST_HAN_NAME = 24
FILE_NAME = "name of an attachment"
PART = "part"
"""What a needle is that is never looked for: asked of cleared sources alone, as a part of others."""
_NO_FILE = hashlib.sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class Needle:
    """One thing to look for: how, what, whose it is, and what it is there. `naming` where it is the id or a name of a registry's entry.

    `parts` are the identities of what it is put together of, wherever it stands: where cleared sources hold each of them, it gives nothing away.
    """

    way: str
    value: str
    folder: str
    what: str
    naming: bool = False
    parts: tuple[Identity, ...] = ()

    @property
    def identity(self) -> Identity:
        return self.way, self.value

    @property
    def is_short(self) -> bool:
        """Whether it is a word or two, or a few characters, as things in markup are called."""
        return self.way in (FIELD, SEGMENT) and self.what != PART and len(folding.WORD.findall(self.value)) < PHRASE_WORDS


@dataclass(frozen=True, slots=True)
class Prose:
    """Words of which every run is a needle: whose, what they are there, and in which forms they may be written. Of a whole file what stands in its tags is read apart."""

    folder: str
    what: str
    texts: tuple[str, ...]
    is_whole_file: bool = False

    def runs(self) -> Iterator[Needle]:
        readings = folding.readings_of_each if self.is_whole_file else folding.readings
        for way, value, parts in runs_of(reading for text in dict.fromkeys(self.texts) for reading in readings(text)):
            yield Needle(way, value, self.folder, self.what, parts=parts)


def telling_pair(words: Sequence[str]) -> int:
    """Where in a needle of several words the two stand, one after the other, that are longest together: few texts have them, and most runs that overlap have
    them in common.
    """
    lengths = [*map(len, words)]
    together = [*map(add, lengths, lengths[1:])]
    return together.index(max(together))


def read_source(file: SourceFile) -> str:
    """The text of a source; nothing where it is no text."""
    return joints.unmarked(_read_text(file))


def _read_text(file: SourceFile) -> str:
    if file.edition:
        data = read_bytes(file)
        found = list(pieces(data))
        return found[0].text if found and found[0].whole else data.decode("utf-8", "replace")
    data = read_bytes(file, _LARGEST_TEXT + 1)
    if len(data) > _LARGEST_TEXT:
        return ""
    whole = next((piece.text for piece in pieces(data) if piece.whole), "")
    return whole or "\n\n".join(piece.text for piece in in_older_encodings(data))


def forms_of(file: SourceFile) -> tuple[str, ...]:
    """The texts in which a source's words may come out: as it is written, and as its needles would be taken."""
    text = read_source(file)
    if not file.edition:
        return (text,)
    spoken = "\n".join(_split_naming(line)[1] for line in text.split("\n"))
    return tuple(dict.fromkeys((*_forms(text), *_forms(spoken))))


def of_source(source: HeldSource, texts: Mapping[str, str]) -> Iterator[Needle | Prose]:
    """What must not be found of a held source: needles, and prose of which every run is one."""
    gone = source.why == WITHDRAWN
    if source.whole and not gone:
        yield from _of_slug(source.folder)
    for file in source.files:
        text = texts[file.name]
        if file.digest != _NO_FILE and (not text or text.strip()):
            yield Needle(DIGEST, file.digest, source.folder, "file")
        if file.edition:
            header = read_raw_header(text)
            yield from _of_header(header, source.folder, gone)
            yield from _of_body(header.body, source.folder)
            continue
        if not gone and not file.name.startswith("v/") and HAS_LETTER.search(file.name):
            yield Needle(SEGMENT, folding.fold(file.name), source.folder, FILE_NAME)
        yield Prose(source.folder, "text of an attachment", (text,), is_whole_file=True)


def _of_slug(folder: str) -> Iterator[Needle]:
    parts = folder.split("/")
    yield Needle(SEGMENT, folding.fold(parts[-1]), folder, "slug")
    if len(parts) == 3:
        yield Needle(SEGMENT, folding.fold("/".join(parts[1:])), folder, "address")
    if parts[-1].count("-") >= PHRASE_WORDS - 1 and HAS_LETTER.search(parts[-1]):
        yield from said(parts[-1], folder, "slug")


def _of_header(header: RawHeader, folder: str, gone: bool) -> Iterator[Needle | Prose]:
    for value in header.values:
        fixed = value.field in _FIXED_FIELDS or value.name in FIXED or (value.field, value.name) == ("corrections", "languages")
        if fixed or gone and value.field not in _WITHDRAWN_FIELDS:
            continue
        what = FILE_NAME if value.field in ("attachments", "media") else value.field or "header"
        if what == FILE_NAME or re.fullmatch(r"[\w.-]+\.\w{2,5}", value.text):
            yield Needle(SEGMENT, folding.fold(value.text), folder, what)
        else:
            yield from said(value.text, folder, what)
        yield Prose(folder, what, (value.text,))


def _of_body(body: str, folder: str) -> Iterator[Needle | Prose]:
    """A body: its runs, its short paragraphs, and, part by part, the lines that name a speaker."""
    parted = [_split_naming(line) for line in body.split("\n")]
    for naming in dict.fromkeys(naming for naming, _ in parted):
        yield from _of_speaker(naming, folder)
    text = "\n".join(spoken for _, spoken in parted)
    yield Prose(folder, "text", _forms(text))
    for alternative in _ALTERNATIVE.findall(text):
        yield from said(alternative, folder, "alternative text")
    for block in _BORDERS.split(text):
        # Between two words a tag may be the end of a line.
        for parted in ("", " ") if "<" in block else ("",):
            plain = folding.fold(folding.decode(_MARKUP.sub(parted, block)))
            near_han = sum(map(len, folding.characters(plain)))
            if PHRASE_CHARACTERS <= near_han < RUN_CHARACTERS or not near_han and PHRASE_WORDS <= len(folding.words(plain)) < RUN_WORDS:
                if len(HAS_LETTER.findall(plain)) >= PHRASE_CHARACTERS and (parts := _parts_beside_marked(plain)) is not None:
                    yield Needle(FIELD, folding.key(plain), folder, "text", parts=parts)


def _forms(text: str) -> tuple[str, ...]:
    """A text as it is written, and with the targets of links and the like taken out, closed up or not."""
    return text, _MARKUP.sub(" ", text), _MARKUP.sub("", text)


def _split_naming(line: str) -> tuple[str, str]:
    """The part of a line that names a speaker, and what is said in it. The site composes such names itself, of registry and text."""
    if found := _ATTRIBUTION.fullmatch(line):
        return found[1], line if len(found[1]) > _LONGEST_ATTRIBUTION else ""
    if tag := _TAG.match(line):
        naming, colon, speech = _parted(line[tag.end() :])
        if "|" in naming or _is_name(naming) and (colon or not naming.rstrip().endswith((".", "。", "!", "?", "！", "？"))):
            return naming, speech
        return "", line
    if (label := _LABEL.fullmatch(line)) and _is_name(label[1]):
        return label[1], line
    return "", line


def _parted(text: str) -> tuple[str, str, str]:
    found = _COLON.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _is_name(text: str) -> bool:
    """Whether a few words may be somebody's name, with or without an office."""
    plain = folding.fold(text)
    if near_han := "".join(folding.characters(plain)):
        return 2 <= len(near_han) <= _LONGEST_HAN_NAME
    first = text.strip()[:1]
    return 2 <= len(folding.words(plain)) < RUN_WORDS and first.isalpha() and first == first.upper()


def _of_speaker(naming: str, folder: str) -> Iterator[Needle | Prose]:
    for number, part in enumerate(joints.split(naming, _PARTS)):
        plain = folding.fold(part.strip(" *_>"))
        if (parts := _parts_beside_marked(plain)) is None:
            continue
        found = folding.words(plain)
        if folding.HAN.search(plain):
            for name in plain.split():
                yield from said(name, folder, "speaker")
        elif len(HAS_LETTER.findall(plain)) >= 2 and len(found) < RUN_WORDS:
            yield Needle(FIELD, folding.key(plain), folder, "speaker", parts=parts)
        yield Prose(folder, "speaker", (part,))
        if number == 0 and len(found) >= 2 and (id := "-".join(_without_accents(word) for word in found)).isascii():
            yield Needle(SEGMENT, id, folder, "speaker")


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def bare(text: str) -> str:
    """The letters and digits of a name or an id, to tell that the two are one."""
    return "".join(char for char in _without_accents(text) if char.isalnum())


def said(text: str, folder: str, what: str, naming: bool = False) -> Iterator[Needle]:
    """The needle of a value: a phrase where it is long enough for one, else the whole field. Dates and numbers are none."""
    plain = folding.fold(folding.decode(text))
    if len(HAS_LETTER.findall(plain)) < 2 and not folding.HAN.search(plain):
        return
    if (parts := _parts_beside_marked(plain)) is None:
        return
    found = folding.words(plain)
    near_han = "".join(folding.characters(plain))
    if near_han:
        if len(near_han) < PHRASE_CHARACTERS:
            yield Needle(FIELD, folding.key(plain), folder, what, naming, parts)
        elif len(near_han) < RUN_CHARACTERS:
            yield Needle(HAN_PHRASE, near_han, folder, what, naming, parts)
    elif len(found) < PHRASE_WORDS:
        yield Needle(FIELD, folding.key(plain), folder, what, naming, parts)
    elif len(found) < RUN_WORDS:
        yield Needle(PHRASE, " ".join(found), folder, what, naming, parts)


def _parts_beside_marked(plain: str) -> tuple[Identity, ...] | None:
    """What stands beside the dates and names that are marked in a folded text; None where they are all that it says."""
    found = [(folding.words(text), folding.NO_WORD.sub("", text) if folding.HAN.search(text) else "") for text, is_marked in joints.stretches(plain, True) if not is_marked]
    if len(found) < 2:
        return ()
    return tuple(dict.fromkeys(filter(None, (part_if_any(near_han or words) for words, near_han in found)))) or None

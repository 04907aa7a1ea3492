"""What must not be found: the words, names and digests of held documents, taken from their raw files.

A needle is looked for in one of these ways: a run of eight words, or twelve characters of Han or kana, wherever it stands; a phrase of
three words or six characters inside one field; anything shorter as a whole field; a segment as a part of an address; a digest.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pressroom.checks import folding
from pressroom.checks.containers import pieces
from pressroom.checks.headers import RawHeader, read_raw_header
from pressroom.checks.held import WITHDRAWN, HeldSource, SourceFile, read_bytes

RUN, HAN_RUN, PHRASE, HAN_PHRASE, FIELD, SEGMENT, DIGEST = "run", "han run", "phrase", "han phrase", "field", "segment", "digest"
RUN_WORDS, PHRASE_WORDS = 8, 3
RUN_CHARACTERS, PHRASE_CHARACTERS = 12, 6

# What these hold are words of ours, dates and numbers: as names of fields, and of what stands inside one.
_FIXED_FIELDS = ("status", "translation", "order", "transcript", "typography", "lang", "date", "embargo")
FIXED = (*_FIXED_FIELDS, "at", "since", "until", "type", "passages")
_WITHDRAWN_FIELDS = ("title", "subtitle", "summary", "notes", "captions", "alts")
_LARGEST_TEXT = 8 * 1024 * 1024
_HAS_LETTER = re.compile(r"[^\W\d_]")
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
_NO_FILE = hashlib.sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class Needle:
    """One thing to look for: how, what, whose it is, and what it is there. `naming` where it is the id or a name of a registry's entry."""

    way: str
    value: str
    folder: str
    what: str
    naming: bool = False

    @property
    def identity(self) -> tuple[str, str]:
        return self.way, self.value


def telling_pair(words: Sequence[str]) -> int:
    """Where in a needle of several words the two stand, one after the other, that are longest together: few texts have them, and most runs that overlap have
    them in common.
    """
    return max(range(len(words) - 1), key=lambda n: len(words[n]) + len(words[n + 1]))


def read_source(file: SourceFile) -> str:
    """The text of a source; nothing where it is no text."""
    if file.edition:
        data = read_bytes(file)
        found = list(pieces(data))
        return found[0].text if found and found[0].whole else data.decode("utf-8", "replace")
    data = read_bytes(file, _LARGEST_TEXT + 1)
    return next((piece.text for piece in pieces(data) if piece.whole), "") if len(data) <= _LARGEST_TEXT else ""


def forms_of(file: SourceFile) -> tuple[str, ...]:
    """The texts in which a source's words may come out: as it is written, and as its needles would be taken."""
    text = read_source(file)
    if not file.edition:
        return (text,)
    spoken = "\n".join(_split_naming(line)[1] for line in text.split("\n"))
    return tuple(dict.fromkeys((*_forms(text), *_forms(spoken))))


def of_source(source: HeldSource, texts: Mapping[str, str]) -> Iterator[Needle]:
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
        if not gone and not file.name.startswith("v/") and _HAS_LETTER.search(file.name):
            yield Needle(SEGMENT, folding.fold(file.name), source.folder, FILE_NAME)
        yield from _runs(source.folder, "text of an attachment", folding.readings_of_each(text))


def _of_slug(folder: str) -> Iterator[Needle]:
    parts = folder.split("/")
    yield Needle(SEGMENT, folding.fold(parts[-1]), folder, "slug")
    if len(parts) == 3:
        yield Needle(SEGMENT, folding.fold("/".join(parts[1:])), folder, "address")
    if parts[-1].count("-") >= PHRASE_WORDS - 1 and _HAS_LETTER.search(parts[-1]):
        yield from said(parts[-1], folder, "slug")


def _of_header(header: RawHeader, folder: str, gone: bool) -> Iterator[Needle]:
    for value in header.values:
        fixed = value.field in _FIXED_FIELDS or value.name in FIXED or (value.field, value.name) == ("corrections", "languages")
        if fixed or gone and value.field not in _WITHDRAWN_FIELDS:
            continue
        what = FILE_NAME if value.field in ("attachments", "media") else value.field or "header"
        if what == FILE_NAME or re.fullmatch(r"[\w.-]+\.\w{2,5}", value.text):
            yield Needle(SEGMENT, folding.fold(value.text), folder, what)
        else:
            yield from said(value.text, folder, what)
        yield from runs(folder, what, value.text)


def _of_body(body: str, folder: str) -> Iterator[Needle]:
    """A body: its runs, its short paragraphs, and, part by part, the lines that name a speaker."""
    spoken = []
    for line in body.split("\n"):
        naming, rest = _split_naming(line)
        yield from _of_speaker(naming, folder)
        spoken.append(rest)
    text = "\n".join(spoken)
    yield from runs(folder, "text", *_forms(text))
    for alternative in _ALTERNATIVE.findall(text):
        yield from said(alternative, folder, "alternative text")
    for block in _BORDERS.split(text):
        # Between two words a tag may be the end of a line.
        for parted in ("", " ") if "<" in block else ("",):
            plain = folding.fold(folding.decode(_MARKUP.sub(parted, block)))
            near_han = sum(map(len, folding.characters(plain)))
            if PHRASE_CHARACTERS <= near_han < RUN_CHARACTERS or not near_han and PHRASE_WORDS <= len(folding.words(plain)) < RUN_WORDS:
                if len(_HAS_LETTER.findall(plain)) >= PHRASE_CHARACTERS:
                    yield Needle(FIELD, folding.key(plain), folder, "text")


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


def _of_speaker(naming: str, folder: str) -> Iterator[Needle]:
    for number, part in enumerate(_PARTS.split(naming)):
        plain = folding.fold(part.strip(" *_>"))
        found = folding.words(plain)
        if folding.HAN.search(plain):
            for name in plain.split():
                yield from said(name, folder, "speaker")
        elif len(_HAS_LETTER.findall(plain)) >= 2 and len(found) < RUN_WORDS:
            yield Needle(FIELD, folding.key(plain), folder, "speaker")
        yield from runs(folder, "speaker", part)
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
    if len(_HAS_LETTER.findall(plain)) < 2 and not folding.HAN.search(plain):
        return
    found = folding.words(plain)
    near_han = "".join(folding.characters(plain))
    if near_han:
        if len(near_han) < PHRASE_CHARACTERS:
            yield Needle(FIELD, folding.key(plain), folder, what, naming)
        elif len(near_han) < RUN_CHARACTERS:
            yield Needle(HAN_PHRASE, near_han, folder, what, naming)
    elif len(found) < PHRASE_WORDS:
        yield Needle(FIELD, folding.key(plain), folder, what, naming)
    elif len(found) < RUN_WORDS:
        yield Needle(PHRASE, " ".join(found), folder, what, naming)


def runs(folder: str, what: str, *texts: str) -> Iterator[Needle]:
    """Every run of words, and of characters, of a text that may be written in several forms."""
    yield from _runs(folder, what, (reading for text in dict.fromkeys(texts) for reading in folding.readings(text)))


def _runs(folder: str, what: str, folded: Iterable[str]) -> Iterator[Needle]:
    # Each once: the readings of a text have most of their runs in common.
    readings, of_words, of_characters = list(dict.fromkeys(folded)), dict[str, None](), dict[str, None]()
    for found in dict.fromkeys(tuple(folding.words(reading)) for reading in readings):
        of_words.update((" ".join(run), None) for run in _windows(found, [any(map(str.isalpha, word)) for word in found], RUN_WORDS, PHRASE_WORDS))
    for near_han in dict.fromkeys(piece for reading in readings for piece in folding.characters(reading)):
        of_characters.update(("".join(run), None) for run in _windows(near_han, [bool(folding.HAN.match(char)) for char in near_han], RUN_CHARACTERS, PHRASE_CHARACTERS))
    for way, values in ((RUN, of_words), (HAN_RUN, of_characters)):
        yield from (Needle(way, value, folder, what) for value in values)


def _windows(found: Sequence[str], telling: Sequence[bool], size: int, least: int) -> Iterator[Sequence[str]]:
    """Every run of this size that says something: numbers alone, or words beside a few characters, do not."""
    telling_here = sum(telling[: size - 1])
    for start in range(len(found) - size + 1):
        telling_here += telling[start + size - 1]
        if telling_here >= least:
            yield found[start : start + size]
        telling_here -= telling[start]

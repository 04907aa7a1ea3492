"""What must not be found: the words, names and digests of held documents, taken from their raw files.

A needle is looked for in one of these ways: a run of eight words, or twelve characters of Han or kana, wherever it stands; a phrase of
three words or six characters inside one field; anything shorter as a whole field; a segment as a part of an address; a digest.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from pressroom.checks import folding, joints
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
PART = "part"
"""What a needle is that is never looked for: asked of cleared sources alone, as a part of others."""
_NO_FILE = hashlib.sha256().hexdigest()


Identity = tuple[str, str]


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
                if len(_HAS_LETTER.findall(plain)) >= PHRASE_CHARACTERS and (parts := _parts_beside_dates(plain)) is not None:
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


def _of_speaker(naming: str, folder: str) -> Iterator[Needle]:
    for number, part in enumerate(_PARTS.split(joints.without_dates(naming))):
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
    if (parts := _parts_beside_dates(plain)) is None:
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


def _parts_beside_dates(plain: str) -> tuple[Identity, ...] | None:
    """What stands beside the dates of a folded text that has some; None where they are all that it says."""
    found = [(folding.words(text), folding.NO_WORD.sub("", text) if folding.HAN.search(text) else "") for text, is_date in joints.stretches(plain, True) if not is_date]
    if len(found) < 2:
        return ()
    return tuple(dict.fromkeys(filter(None, (_part_if_any(near_han or words) for words, near_han in found)))) or None


def _part_if_any(said: Sequence[str]) -> Identity | None:
    """How a part is asked for, words, or characters closed up; one that says nothing is not."""
    text = said if isinstance(said, str) else " ".join(said)
    if len(_HAS_LETTER.findall(text)) < 2 and not folding.HAN.search(text):
        return None
    if isinstance(said, str):
        return (FIELD if len(said) < PHRASE_CHARACTERS else HAN_PHRASE), text
    return (FIELD if len(said) < PHRASE_WORDS else PHRASE), text


def runs(folder: str, what: str, *texts: str) -> Iterator[Needle]:
    """Every run of words, and of characters, of a text that may be written in several forms."""
    yield from _runs(folder, what, (reading for text in dict.fromkeys(texts) for reading in folding.readings(text)))


def _runs(folder: str, what: str, folded: Iterable[str]) -> Iterator[Needle]:
    # Each once: the readings of a text have most of their stretches and runs in common.
    readings = [list(joints.stretches(reading)) for reading in dict.fromkeys(folded) if len(reading) >= RUN_CHARACTERS]
    if not readings:
        return
    of_words, of_characters = _Runs(RUN_WORDS, lambda words: tuple(chain.from_iterable(words))), _Runs(RUN_CHARACTERS, "".join)
    words = {text: tuple(folding.words(text)) for text in {text for reading in readings for text, _ in reading}}
    for found in dict.fromkeys(tuple([(words[text], is_date) for text, is_date in reading if words[text]]) for reading in readings):
        of_words.take(found, lambda words: [any(map(str.isalpha, word)) for word in words], PHRASE_WORDS)
    has_han = {text for text in words if folding.HAN.search(text)}
    for found in dict.fromkeys(near for reading in readings if not has_han.isdisjoint([text for text, _ in reading]) for near in _near_han(reading)):
        of_characters.take(found, lambda near_han: [bool(folding.HAN.match(char)) for char in near_han], PHRASE_CHARACTERS)
    for way, runs_of, between in ((RUN, of_words, " "), (HAN_RUN, of_characters, "")):
        for run, parts in runs_of.found.items():
            if parts is None:
                yield Needle(way, between.join(run), folder, what)
            elif parts:
                yield Needle(way, between.join(run), folder, what, parts=tuple(sorted(parts)))


_Stretch = tuple[Sequence[str], bool]


class _Runs:
    """Every run of one size that says something: numbers alone, or words beside a few characters, do not. With its parts where joints are in it wherever it stands."""

    def __init__(self, size: int, joined: Callable[[Iterable[Sequence[str]]], Sequence[str]]) -> None:
        self.found: dict[Sequence[str], frozenset[Identity] | None] = {}
        self._size, self._joined = size, joined

    def take(self, stretches: Sequence[_Stretch], tells: Callable[[Sequence[str]], Sequence[bool]], least: int) -> None:
        size, found = self._size, self.found
        whole = self._joined([said for said, _ in stretches])
        if len(whole) < size:
            return
        at = list(chain.from_iterable([number] * len(said) for number, (said, _) in enumerate(stretches)))
        parts, telling = _Parts(stretches, size - 1), tells(whole)
        telling_here = sum(telling[: size - 1])
        for start, (first, last, tells_more) in enumerate(zip(at, at[size - 1 :], telling[size - 1 :], strict=False)):
            telling_here += tells_more
            if telling_here >= least:
                run = whole[start : start + size]
                if first == last:
                    found[run] = None
                elif (before := found.get(run, _NO_PARTS)) is not None:
                    found[run] = before | parts.between(first, last)
            telling_here -= telling[start]


_NO_PARTS: frozenset[Identity] = frozenset()


class _Parts:
    """What the runs across some stretches are put together of: all of those within, and of the first and the last as much as a run may have of one."""

    def __init__(self, stretches: Sequence[_Stretch], most: int) -> None:
        self._stretches, self._most = stretches, most
        self._known: dict[tuple[int, int], frozenset[Identity]] = {}
        self._begins, self._ends = ({number: None for number, (_, is_date) in enumerate(stretches) if is_date} for _ in range(2))

    def between(self, first: int, last: int) -> frozenset[Identity]:
        if (first, last) not in self._known:
            begins = map(self._begin, range(first + 1, last + 1))
            self._known[first, last] = frozenset(filter(None, (self._end(first), *begins)))
        return self._known[first, last]

    def _begin(self, number: int) -> Identity | None:
        if number not in self._begins:
            self._begins[number] = _part_if_any(self._stretches[number][0][: self._most])
        return self._begins[number]

    def _end(self, number: int) -> Identity | None:
        if number not in self._ends:
            self._ends[number] = _part_if_any(self._stretches[number][0][-self._most :])
        return self._ends[number]


def _near_han(stretches: Sequence[_Stretch]) -> Iterator[tuple[_Stretch, ...]]:
    """The letters and digits of some stretches wherever Han or kana is near, closed up."""
    closed_up = [(closed, is_date) for text, is_date in stretches if (closed := folding.NO_WORD.sub("", text))]
    starts = list(accumulate((len(text) for text, _ in closed_up), initial=0))
    for begin, end in folding.near_han("".join([text for text, _ in closed_up])):
        numbers = range(bisect_right(starts, begin) - 1, bisect_left(starts, end))
        yield tuple([(closed_up[n][0][max(begin - starts[n], 0) : end - starts[n]], closed_up[n][1]) for n in numbers if n < len(closed_up)])

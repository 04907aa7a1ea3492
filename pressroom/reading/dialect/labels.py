"""Labels: when the text before a colon opens a turn, and whose it is."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pressroom.ground import fingerprints
from pressroom.model.people import folded_name
from pressroom.reading.dialect import cues
from pressroom.reading.dialect.tags import Words, alias_key, first_sign, label_before_colon, word_tables

_TURN_WORD = re.compile(r"(?P<word>.*?)[ .]*(?:[ ]?\d{1,4})?[ ]?(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\])?")
_ASIDE = re.compile(r"(?P<name>[^()（）]*[^()（）\s])\s*[(（]\s*(?P<aside>[^()（）\s][^()（）]{0,60}?)\s*[)）]")
_VOICE_SPAN = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+(?P<name>[^<>\n]{1,80})>[ \t]*")
_HAN_ONLY = re.compile(f"[{fingerprints.HAN_AND_KANA}·・•‧\\s]+")
_SMALL_PREFIX = re.compile(r"\b(?:Ma?c|De|Di|Du|La|Le|Van|Fitz)(?=[A-Z]{2})")
_APART = re.compile(r"[\s'-]+")
_QUOTES = re.compile("[“”„«»]")
_IN_A_NAME = " .'-·・•‧"
_IN_CAPITALS = frozenset(f'{_IN_A_NAME},"')
_NUMBER = re.compile(r"[ ]\d{1,3}")
# Code, tags, links and marks of footnotes; what begins with a bracket may be anything.
_NO_NAME = re.compile(r"[【】<>`]|^[\[|｜]|\]\(|\]\[|\[\^")
# `Name | Role` and `Name [remote]`: a name where the form says that it is one.
_PARTS_OR_ASIDE = frozenset("[]|｜")
_HEADING = "### "
_BOLD = ("***", "**")
_LONGEST_HAN = 12
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its line, offsets from 0: `at` is its first character, `end` the one after its colon, `after` where its text begins.

    `by_form` says that its form alone makes it a turn, whatever its words.
    """

    text: str
    at: int
    end: int
    after: int
    by_form: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A label that opens a turn. Question and answer words are nobody: their turn has no name."""

    label: Label
    kind: str
    name: str = ""
    role: str = ""


def read_label(line: str, at: int) -> Label | None:
    """What stands before a colon at this place, in any of the forms a label has, before it is known whether it opens a turn."""
    voice = _VOICE_SPAN.match(line, at)
    if voice:
        return Label(voice["name"].strip(), at, voice.end(), voice.end(), by_form=True)
    heading = line.startswith(_HEADING, at)
    start = at + (len(_HEADING) if heading else 0)
    bold = next((mark for mark in _BOLD if line.startswith(mark, start)), "")
    text, colon = label_before_colon(line, start + len(bold))
    if not text:
        return None
    end = colon + 1
    closed = bool(bold) and line.startswith(bold, end)
    if not closed and not text.endswith(bold):
        return None
    end += len(bold) if closed else 0
    text = text.removesuffix(bold or "**").strip()
    alone = heading and not line[end:].strip()
    by_form = closed or alone
    if not text or _NO_NAME.search(text) or not (by_form or _PARTS_OR_ASIDE.isdisjoint(text)):
        return None
    after = end + len(line[end:]) - len(line[end:].lstrip())
    return Label(text, at, end, after, by_form)


def read_first_label(line: str) -> Label | None:
    """The label that begins a line, a timecode before it or not."""
    at = first_sign(line)
    cue = cues.read_inline(line, at) or cues.read_before_label(line, at)
    return read_label(line, cue.after if cue else at)


def turn_word(text: str, words: Words) -> str:
    """`question` or `answer`, where a label is such a word in some language, numbered or not; a single letter is one as a capital only."""
    found = _TURN_WORD.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split()))
    word = found["word"] if found else ""
    if not word or len(word) == 1 and word != word.upper():
        return ""
    key = alias_key(word)
    return "question" if key in words.questions else "answer" if key in words.answers else ""


def is_name_shaped(text: str) -> bool:
    """Whether a label could be a name: Latin capitals, or words of another script without sentence signs."""
    bare = _QUOTES.sub('"', folded_name(text))
    number = _NUMBER.search(bare)
    if number and number.end() == len(bare):
        bare = bare[: number.start()]
    letters = [char for char in bare if char.isalpha()]
    rest = [char for char in bare if not char.isalpha() and not unicodedata.category(char).startswith("M")]
    if len(letters) < 2 or len(bare.split()) > _MOST_WORDS:
        return False
    if all(unicodedata.name(char, "").startswith("LATIN") for char in letters):
        return bare[0] not in '",' and _IN_CAPITALS.issuperset(rest) and _is_in_capitals(bare)
    return set(_IN_A_NAME).issuperset(rest) and not letters[0].islower() and (not _HAN_ONLY.fullmatch(bare) or len(bare) <= _LONGEST_HAN)


def _is_in_capitals(text: str) -> bool:
    """Whether a name of Latin letters stands in capitals, but for a title before it and what is small in names: `Mme LE ROY`, `van DIJK`, `McDONALD`."""
    words = [word.strip('.,"') for word in _APART.split(_SMALL_PREFIX.sub("", text))]
    small = [word for word in words if word.upper() != word]
    if not small:
        return True
    return all(alias_key(word) in _titles() for word in small) and any(len(word) > 1 and word.upper() == word for word in words)


@functools.cache
def _titles() -> frozenset[str]:
    return frozenset(map(alias_key, word_tables()["people"]["titles"]))


def repeated_names(labels: Iterable[Label]) -> frozenset[str]:
    """The names, folded, that label at least two paragraphs of a document, with something in round brackets behind them or not."""
    counts = Counter(folded_name(name) for label in labels if is_name_shaped(name := _without_aside(label.text)[0]))
    return frozenset(name for name, count in counts.items() if count > 1)


def read_turn(line: str, at: int, words: Words, named: Collection[str], repeated: Collection[str]) -> Turn | None:
    """A turn at this place, by rule 9. `named` are names known from elsewhere, `repeated` those that the document itself makes labels."""
    label = read_label(line, at)
    if not label:
        return None
    kind = turn_word(label.text, words)
    if kind:
        return Turn(label, kind)
    for name, role in ((label.text, ""), _without_aside(label.text)):
        if label.by_form or folded_name(name) in named or folded_name(name) in repeated:
            return Turn(label, "soundbite", name, role)
    return None


def _without_aside(text: str) -> tuple[str, str]:
    """A label's name, and what stands in round brackets behind it: `MR. SMITH (through interpreter)`."""
    found = _ASIDE.fullmatch(text)
    return (found["name"], found["aside"]) if found else (text, "")

"""The tail of a transcript: the reporter's sign-off and the credits."""

from __future__ import annotations

import functools
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from pressroom.ground import fingerprints
from pressroom.model.people import folded_name
from pressroom.model.transcript import Credit, SignOff
from pressroom.reading.dialect import blocks
from pressroom.reading.dialect.blocks import Block
from pressroom.reading.dialect.labels import read_first_label
from pressroom.reading.dialect.paragraphs import CUE
from pressroom.reading.dialect.tags import FAMILIES, Words, alias_key, word_tables
from pressroom.reading.dialect.voices import is_capitalised
from pressroom.reading.emphasis import without_emphasis

_LAST_FOR_SIGN_OFF, _LAST_FOR_CREDIT = 4, 3
_UNCOUNTED = (blocks.DEFINITION, blocks.RULE, CUE)
_PAIRS = {**FAMILIES, "(": ")", "（": "）"}
_PART = r"[^\[\]【】<>:：!?。！？|*_`\d]"
_CREDIT = re.compile(r"(?P<label>[^:：\[\]【】]{1,60}?)\s*[:：]\s*(?P<names>\S.*)")
_SEPARATORS = re.compile(r"\s*[、，,;；/／]\s*")
_HAN = re.compile(f"[{fingerprints.HAN_AND_KANA}]")
_HAN_WORDS = re.compile(f"[{fingerprints.HAN_AND_KANA}·・A-Za-z.,，、\\s]+")
_HAN_NAME = re.compile(f"[{fingerprints.HAN_AND_KANA}]{{2,4}}|.*[·・].*")
_UNNAMED = re.compile(r"[\[\]【】<>()（）{}!?。！？:：|`*]")
# What stands between a reporter and the place: 在北京报道, 发自北京的报道.
_HAN_FROM = re.compile(r"(?P<names>.*?)(?P<apart>[\s,，、]*)(?:发自|發自|从|從|在)\s*(?P<place>[^\s,，、]+?)的?")
_HAN_BETWEEN = re.compile(r"[\s,，、]+")
_LONGEST, _LONGEST_NAME, _MOST_WORDS = 160, 60, 5


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the tail. `certain` is False where a sign-off's name and place could not be told apart."""

    sign_off: SignOff | None = None
    credit: Credit | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the tail's parts stand, by line from 0.

    `lost` are those that a later one replaces, `doubles` the later ones, with what they are.
    """

    parts: Mapping[int, Part] = field(default_factory=dict)
    lost: frozenset[int] = frozenset()
    doubles: Mapping[int, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        return min(self.parts.keys() - self.lost, default=-1)

    @property
    def kept(self) -> tuple[Part, ...]:
        return tuple(part for n, part in self.parts.items() if n not in self.lost)


def find_tail(lines: Sequence[str], found: Sequence[Block], first_line: int, words: Words, named: Container[str], repeated: Container[str]) -> Tail:
    """The tail among the last blocks of a document. `named` and `repeated` are the names that open turns by rule 9: theirs is no credit."""
    counted = [block for block in found if block.kind not in _UNCOUNTED]
    whole: dict[Block, dict[int, Part]] = {}
    for place, block in enumerate(reversed(counted[-_LAST_FOR_SIGN_OFF:])):
        if block.kind != blocks.PARAGRAPH or blocks.is_code_indent(lines[block.first]):
            continue
        mine = {n: read_part(lines[n], first_line + n, words, named, place < _LAST_FOR_CREDIT) for n in range(block.first, block.last + 1)}
        if all(mine.values()):
            whole[block] = {n: part for n, part in mine.items() if part}
    # A credit that stands twice is a credit still: only a label that speaks elsewhere speaks here.
    others = (read_first_label(lines[block.first]) for block in found if block.kind == blocks.PARAGRAPH and block not in whole)
    speaking = {name for label in others if label and ((name := folded_name(label.text)) in repeated or label.by_form)}
    spoken = {block for block, mine in whole.items() if any(part.credit and folded_name(part.credit.label) in speaking for part in mine.values())}
    parts = dict(sorted((n, part) for block, mine in whole.items() if block not in spoken for n, part in mine.items()))
    lost: set[int] = set()
    doubles: dict[int, str] = {}
    last: dict[str, int] = {}
    for n, part in parts.items():
        name = alias_key(part.credit.label) if part.credit else ""
        if name in last:
            lost.add(last[name])
            doubles[n] = "credit of one label" if part.credit else "sign-off"
        last[name] = n
    return Tail(parts, frozenset(lost), doubles)


def read_part(text: str, line: int, words: Words, named: Container[str], credits: bool) -> Part | None:
    """A line as part of the tail, or None. `credits` says whether it stands where a credit may."""
    text = without_emphasis(text.strip())
    if len(text) > _LONGEST:
        return None
    credit = read_credit(text, line, words) if credits else None
    if credit and folded_name(credit.label) not in named:
        return Part(credit=credit)
    return _sign_off(text, line, named) or _han_sign_off(text, line, named)


def read_credit(text: str, line: int, words: Words) -> Credit | None:
    """`Editor: [Name]`, `责任编辑：【刘羡】`, and the whole in brackets."""
    label, names = _labelled(text)
    return Credit(label, names, text, line) if alias_key(label) in words.credit_labels else None


def label_of(text: str) -> str:
    """What labels a line that would be a credit if that were a label; nothing where it would not."""
    return _labelled(without_emphasis(text.strip()))[0]


def _labelled(text: str) -> tuple[str, tuple[str, ...]]:
    found = _CREDIT.fullmatch(_unwrapped(text))
    names = _names(_unwrapped(found["names"].strip()).rstrip(".。")) if found else ()
    return (found["label"].strip(), names) if found and names and all(map(_is_name, names)) else ("", ())


def _unwrapped(text: str) -> str:
    close = _PAIRS.get(text[:1])
    return text[1:-1].strip() if close and text.endswith(close) and text.count(text[0]) == 1 else text


def _names(text: str) -> tuple[str, ...]:
    found = []
    for part in _SEPARATORS.split(text):
        for name in _joiners().split(part):
            found.extend(name.split() if _all_han_names(name) else [name.strip()])
    return tuple(name for name in found if name)


def _all_han_names(text: str) -> bool:
    return all(_HAN_NAME.fullmatch(word) and _HAN.search(word) for word in text.split())


def _is_name(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and not _UNNAMED.search(name) and len(name.split()) <= _MOST_WORDS and not name[0].islower()


@functools.cache
def _joiners() -> re.Pattern[str]:
    joiners = word_tables()["credits"]["joiners"]
    return re.compile(rf"\s+(?:{'|'.join(map(re.escape, joiners))}|&)\s+")


@functools.cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(form) for form in word_tables()["sign_offs"]["forms"])


def _compiled(form: str) -> re.Pattern[str]:
    pattern = re.escape(form).replace(r"\ ", r"\s+")
    for part in ("name", "place"):
        pattern = pattern.replace(rf"\{{{part}\}}", rf"(?P<{part}>{_PART}{{2,{_LONGEST_NAME}}}?)")
    return re.compile(pattern + r"\s*[.。]?", re.IGNORECASE)


def _sign_off(text: str, line: int, named: Container[str]) -> Part | None:
    for form in _forms():
        found = form.fullmatch(text)
        if found:
            name, place = found["name"].strip(" ,،"), found["place"].strip()
            if (is_capitalised(name) or folded_name(name) in named) and _is_place(place):
                return Part(SignOff(name, place, text, line))
    return None


def _is_place(place: str) -> bool:
    return len(place.split()) <= _MOST_WORDS and not place[:1].islower()


def _han_sign_off(text: str, line: int, named: Container[str]) -> Part | None:
    table = word_tables()["sign_offs"]
    bare = _unwrapped(text).rstrip("。.").rstrip()
    after = next((word for word in sorted(table["han_after"], key=len, reverse=True) if bare.endswith(word)), "")
    if not after or len(bare) > _LONGEST_NAME // 2 + len(after) or not _HAN_WORDS.fullmatch(bare) or any(word in bare for word in table["han_nobody"]):
        return None
    before = next((word for word in sorted(table["han_before"], key=len, reverse=True) if bare.startswith(word)), "")
    middle = bare[len(before) : -len(after)].strip(" ,，、\u3000")
    if found := _from_place(middle, bool(before)):
        return Part(SignOff(*found, text, line))
    # A sentence has commas too; only a reporter who is called that may have one behind the name.
    parts = [part for part in (_HAN_BETWEEN.split(middle) if before else middle.split()) if part]
    if len(parts) > 1 and "、" in middle and (place := _known_place(parts[-1])):
        parts[-1:] = [parts[-1].removesuffix(place), place]
    if len(parts) > 1:
        if not before and not all(_HAN_NAME.fullmatch(part) for part in parts[:-1]):
            return None
        return Part(SignOff(" ".join(parts[:-1]), parts[-1], text, line))
    name = next((middle[:n] for n in range(len(middle) - 1, 1, -1) if folded_name(middle[:n]) in named), "")
    place = middle[len(name) :].lstrip(",，、") if name else _known_place(middle)
    if place:
        return Part(SignOff(middle[: len(middle) - len(place)].rstrip(",，、"), place, text, line))
    return Part(SignOff(middle, "", text, line), certain=False) if before and len(middle) > 1 else None


def _from_place(text: str, called: bool) -> tuple[str, str] | None:
    """The reporters and the place of 程宇在北京, 程宇发自北京的. Where nobody is `called` a reporter, a sentence may begin so too."""
    found = _HAN_FROM.fullmatch(text)
    names = _HAN_BETWEEN.split(found["names"]) if found else []
    if not found or not all(map(_HAN_NAME.fullmatch, names)):
        return None
    sure = called or bool(found["apart"]) or len(names[-1]) < 4 and _known_place(f"{names[-1]}{found['place']}") == found["place"]
    return (" ".join(names), found["place"]) if sure else None


def _known_place(text: str) -> str:
    for place in sorted(word_tables()["sign_offs"]["han_places"], key=len, reverse=True):
        if text.endswith(place) and _HAN_NAME.fullmatch(text[: -len(place)]):
            return place
    return ""

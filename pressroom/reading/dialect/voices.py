"""Who speaks: a speaker line or a label to name, role, organisation and language, exactly as the text gives them."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pressroom.ground import fingerprints
from pressroom.model.people import folded_name
from pressroom.reading.dialect.tags import alias_key, word_tables
from pressroom.reading.emphasis import without_stars

_HAN = re.compile(f"[{fingerprints.HAN_AND_KANA}]")
_HAN_NAME = re.compile(f"[{fingerprints.HAN_AND_KANA}]{{2,4}}")
_DOTTED_NAME = re.compile(f"[{fingerprints.HAN_AND_KANA}A-Za-z.]+(?:[·・•‧][{fingerprints.HAN_AND_KANA}A-Za-z.]+)+")
_LATIN_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)*")
_PIPE = re.compile(r"\s*[|｜]\s*")
_COMMA = re.compile(r"\s*[,，،]\s*")
_SPEECH = re.compile(r"(?<!\d):(?=\s|$|[\"“«'‘])|：|(?<=\D):(?=[^\s\x00-\x7f])")
_THE = re.compile(r"\Athe\s+", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…。！？؟][\"”’»」』)）]*$")
# Brackets round an office, or a dash before it: where the name ends is not for us to say.
_OTHERWISE_PARTED = re.compile(r"[()（）;；]|\s[-–—−/]+\s")
_PARTICLES = frozenset("de da do dos del della di du la le van von der den bin ibn al el abu y e".split())
_LONGEST_NAME, _MOST_WORDS = 60, 5


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one line names them. `certain` is False where name and title could not be told apart."""

    name: str
    role: str = ""
    organisation: str = ""
    language: str = ""
    certain: bool = True


def has_parts(text: str) -> bool:
    """Whether a text says itself which part of it is the name, and which the role."""
    return "|" in text or "｜" in text


def has_han(text: str) -> bool:
    """Whether a text has a sign of Chinese or Japanese, where no capital tells a name."""
    return bool(_HAN.search(text))


def split_speech(text: str) -> tuple[str, int]:
    """The person before a speech, and where the speech begins (-1 where no colon opens one)."""
    found = _SPEECH.search(text)
    if not found:
        return text.strip(), -1
    after = found.end()
    return text[: found.start()].strip(), after + len(text[after:]) - len(text[after:].lstrip())


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does: then it is no person."""
    return bool(_ENDS.search(text.rstrip()[-8:]))


def is_person(text: str, named: Collection[str]) -> bool:
    """Whether what stands before a colon has the form of a person, where it could as well be the first half of a sentence."""
    person = read_person(text, named)
    if has_parts(text) or folded_name(person.name) in named:
        return True
    if _HAN.search(text):
        return not text.startswith(tuple(word_tables()["people"]["never"])) and (person.certain or text.endswith(_role_suffixes()))
    return is_capitalised(person.name)


def is_capitalised(name: str) -> bool:
    """Whether words could be a name: few, each with a capital where its script has them, and none that stands for anybody."""
    if alias_key(name) in word_tables()["sign_offs"]["nobody"] or len(name.split()) > _MOST_WORDS:
        return False
    return not any(word[0].islower() for word in name.split() if word not in _PARTICLES)


def read_person(text: str, named: Collection[str] = ()) -> Person:
    """The person of a speaker line. `named` are the names already known, folded: they settle what would be uncertain."""
    text = without_stars(text.replace("**", "")).strip()
    if has_parts(text):
        name, role, organisation, language = [*_PIPE.split(text, 3), "", "", ""][:4]
        return Person(name.strip(), role, organisation, language.strip())
    if folded_name(text) in named:
        return Person(text)
    return _han_person(text, named) if _HAN.search(text) else _spaced_person(text)


def _spaced_person(text: str) -> Person:
    if _OTHERWISE_PARTED.search(_COMMA.split(text, maxsplit=1)[0]):
        return Person(text.rstrip(",，، "), certain=False)
    parts = _COMMA.split(text, maxsplit=1)
    if len(parts) == 2 and all(parts):
        role, of, organisation = parts[1].partition(" of ")
        if not of:
            return Person(parts[0], parts[1])
        return Person(parts[0], role.strip(), _THE.sub("", organisation.strip(), count=1))
    uncertain = len(text) > _LONGEST_NAME or " of " in text or (_is_hangul(text) and len(text.split()) > 2)
    return Person(text.rstrip(",，، "), certain=not uncertain)


def _han_person(text: str, named: Collection[str]) -> Person:
    parts = _COMMA.split(text, maxsplit=1)
    if len(parts) == 2 and all(parts):
        first, second = (_is_han_name(part, named) for part in parts)
        return Person(parts[1], parts[0]) if second and not first else Person(parts[0], parts[1])
    words = text.split()
    if len(words) == 1:
        return Person(text, certain=_is_han_name(text, named) or len(text) <= 4)
    latin = [bool(_LATIN_NAME.fullmatch(word)) and word.isascii() for word in words]
    first, last = _is_han_name(words[0], named), _is_han_name(words[-1], named)
    if first != last:
        name, office = (words[0], words[1:]) if first else (words[-1], words[:-1])
        if _names_another(office, named):
            return Person(text, certain=False)
        return Person(name, " ".join(office))
    if first and last and (folded_name(words[0]) in named) != (folded_name(words[-1]) in named):
        mine = folded_name(words[0]) in named
        return Person(words[0], " ".join(words[1:])) if mine else Person(words[-1], " ".join(words[:-1]))
    split = latin.index(True) if True in latin else 0
    if not first and split and all(latin[split:]):
        return Person(" ".join(words[split:]), " ".join(words[:split]))
    return Person(text, certain=False)


def _names_another(office: Sequence[str], named: Collection[str]) -> bool:
    """Whether an office has a name behind it and goes on: `水务局局长 沈若川、副局长 李四` are two people."""
    pairs = zip(office, office[1:], strict=False)
    return any("、" in word and before.endswith(_role_suffixes()) and _is_han_name(word.split("、")[0], named) for before, word in pairs)


def _is_han_name(text: str, named: Collection[str]) -> bool:
    if folded_name(text) in named:
        return True
    return bool(_HAN_NAME.fullmatch(text) or _DOTTED_NAME.fullmatch(text)) and not text.endswith(_role_suffixes())


@functools.cache
def _role_suffixes() -> tuple[str, ...]:
    return tuple(word_tables()["people"]["role_suffixes"])


def _is_hangul(text: str) -> bool:
    return any("가" <= char <= "힣" for char in text)

"""Lists by name, in the order of their language: the Unicode Collation Algorithm, tailored by the typography file, and Chinese by its sounds.

The libraries are dear to load, so a list is sorted where its page is made, and never to find out that nothing changed; and an order is kept while the
names are the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from pressroom.model.forms import SOUNDS
from pressroom.model.typography import Typography
from pressroom.outputs.folding import characters

_HAN = "CJK UNIFIED IDEOGRAPH"
# A name of at most so many signs, all of them Han, is a Chinese one and begins with a surname; a longer one is spelt by its sound.
_LONGEST_CHINESE_NAME = 4
_NUMBER, _OWN, _OTHER = range(3)
_TEXT, _SIGN = range(2)
_BETWEEN = 0.5

_Element = list[float]


def order(names: tuple[str, ...], typography: Typography, people: bool = False) -> tuple[int, ...]:
    """The places of names as they stand in their order. Equal names stay as they came."""
    places = range(len(names))
    return tuple(sorted(places, key=lambda place: key(names[place], typography, people)) if len(names) > 1 else places)


def key(name: str, typography: Typography, people: bool = False) -> tuple[Any, ...]:
    """What a name is sorted by: numbers first, then the script of the language, then all others in the order of Unicode."""
    table = typography.table("collation")
    text = unicodedata.normalize("NFC", name)
    if table.get("han") not in SOUNDS:
        return _group(text, table), _collated(text, typography), text
    return _group(text, table), tuple(_by_sound(text, typography, people)), text


def _group(name: str, table: Mapping[str, Any]) -> int:
    """Whether a name begins with a number, with a letter of the language's own script, or with another.

    `first` has how the names of the own letters begin in Unicode, as in CYRILLIC SMALL LETTER A.
    """
    char = next((char for char in name if char.isalnum()), "")
    if char.isdecimal():
        return _NUMBER
    own = tuple(table.get("first", ()))
    return _OWN if not own or unicodedata.name(char or " ", "").startswith(own) else _OTHER


def _by_sound(name: str, typography: Typography, people: bool) -> Iterator[tuple[Any, ...]]:
    """A name sign by sign: one of Han by its syllable, then its tone, then itself; a run of others as it is collated."""
    table = typography.table("collation")
    is_chinese = people and len(name) <= _LONGEST_CHINESE_NAME and all(map(_is_han, name))
    surnames = dict(line.split(" ", 1) for line in table.get("surnames", ())) if is_chinese else {}
    for is_han, run in groupby(name, _is_han):
        signs = "".join(run)
        if is_han:
            yield from ((_SIGN, *_syllable(sound, table["han"]), sign) for sound, sign in zip(_read(signs, surnames), signs, strict=True))
        else:
            yield _TEXT, _collated(signs, typography)


def _is_han(char: str) -> bool:
    return unicodedata.name(char, "").startswith(_HAN)


def _read(signs: str, surnames: Mapping[str, str]) -> list[str]:
    """The sound of each sign, as the words that they make are read; a surname as the table has it."""
    from pypinyin import Style, pinyin

    surname = next((signs[:count] for count in (2, 1) if signs[:count] in surnames), "")
    # The words that pypinyin knows are written in simplified characters.
    rest = "".join(characters().get(sign, sign) for sign in signs[len(surname) :])
    sounds = [found[0] for found in pinyin(rest, style=Style.TONE, errors=list)] if rest else []
    return [*(surnames[surname].split() if surname else ()), *sounds]


def _syllable(sound: str, by: str) -> tuple[str, bool, str]:
    """A syllable in letters, whether its u is an ü, which comes after the other, and its tone."""
    from pypinyin import Style
    from pypinyin.style import convert

    letters = convert(sound, Style.TONE3, strict=False)
    bare, tone = letters.rstrip("12345"), letters[-1:] if letters[-1:].isdigit() else "5"
    if by == "bopomofo":
        return convert(sound, Style.BOPOMOFO, strict=True).rstrip("ˊˇˋ˙"), False, tone
    return bare.replace("v", "u").replace("ü", "u"), "v" in bare or "ü" in bare, tone


def _collated(text: str, typography: Typography) -> tuple[float, ...]:
    """The sort key of a text, its language's own letters in their places."""
    collator, own = _collator(), _own_letters(typography)
    elements: list[_Element] = []
    for char_is_own, run in groupby(text, own.__contains__):
        if char_is_own:
            elements += [element for char in run for element in own[char]]
        else:
            elements += _elements("".join(run))
    return tuple(collator.sort_key_from_collation_elements(elements))


@lru_cache(maxsize=64)
def _own_letters(typography: Typography) -> dict[str, list[_Element]]:
    """The letters that a language puts elsewhere than Unicode does, with their weights.

    `after` has letters that are letters of their own, by the one that they follow; `as` those that count as another and come right after it.
    """
    table, found = typography.table("collation"), {}
    for before, letters in table.get("after", {}).items():
        for number, letter in enumerate(letters, 1):
            primary = _elements(before)[0][0] + number / (len(letters) + 1)
            for form in {letter, letter.upper()}:
                found[form] = [[primary, *_elements(form)[0][1:]]]
    for letter, other in table.get("as", {}).items():
        found[letter] = [[primary, secondary + _BETWEEN, tertiary] for primary, secondary, tertiary in found.get(other) or _elements(other)]
    return found


def _elements(text: str) -> list[_Element]:
    return list(_collator().collation_elements(unicodedata.normalize("NFD", text)))


@lru_cache(maxsize=1)
def _collator() -> Any:
    from pressroom.outputs.weights import Weights

    return Weights()

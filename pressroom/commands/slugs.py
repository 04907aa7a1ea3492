"""The name that `inv new` offers for a document's folder. It is an offer: nobody but an editor gives an address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pressroom.model.typography import Typography
from pressroom.outputs.folding import characters

_WORD = re.compile(r"[^\W_]+")
_HAN = "CJK UNIFIED IDEOGRAPH"
_MOST_WORDS, _LONGEST = 6, 60


def offered(title: str, typography: Typography) -> str:
    """A slug of the first words of a headline that say something; nothing where a letter of it could only be guessed at.

    Letters lose their marks or become what `letters` says; Chinese is read word by word where the typography file says `by = "pinyin"`.
    """
    table = typography.table("slug")
    without, letters = set(table.get("without", ())), table.get("letters", {})
    kept: list[str] = []
    for word in _words(unicodedata.normalize("NFC", title).casefold(), table.get("by") == "pinyin"):
        plain = _plain(word.spelt, letters)
        if not plain.isascii():
            return ""
        if plain and word.typed not in without:
            kept.append(plain)
    kept = kept[:_MOST_WORDS]
    while len("-".join(kept)) > _LONGEST:
        kept.pop()
    return "-".join(kept)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is typed, and as its sound is spelt."""

    typed: str
    spelt: str


def _words(title: str, by_sound: bool) -> Iterator[_Word]:
    for found in _WORD.findall(title):
        for is_han, run in groupby(found, _is_han):
            signs = "".join(run)
            if is_han and by_sound:
                yield from _read(signs)
            else:
                yield _Word(signs, signs)


def _is_han(char: str) -> bool:
    return unicodedata.name(char, "").startswith(_HAN)


def _read(signs: str) -> Iterator[_Word]:
    """Words of Han, each spelt as it is read beside the others."""
    from pypinyin import lazy_pinyin
    from pypinyin.contrib.mmseg import seg

    # The words that pypinyin knows are written in simplified characters.
    folded = "".join(characters().get(sign, sign) for sign in signs)
    sounds = iter(lazy_pinyin(folded, errors=list))
    for word in seg.cut(folded):
        typed, signs = signs[: len(word)], signs[len(word) :]
        yield _Word(typed, "".join(next(sounds) for _ in word))


def _plain(word: str, letters: Mapping[str, str]) -> str:
    spelt = "".join(letters.get(char, char) for char in word)
    return "".join(char for char in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(char))

"""A text as it is read for comparison: the signs of typesetting gone, digits by value, and a folded form with every character in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

FIXED_SPACE = "\u202f"
"""What a space that does not break becomes: it may stand inside a number where a plain one may not."""

_FIXED = {"\u00a0", "\u2007", "\u2009", "\u202f"}
# A full-width comma stands between two numbers, never inside one.
_LEFT_WIDE = {"，"}
_TATWEEL = "\u0640"
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\u3000-\u303f]+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,200}", re.IGNORECASE)
# Letters that are one to a reader and two to Unicode.
_ONE_LETTER = {"ى": "ي", "ة": "ه", "ٱ": "ا", "’": "'", "ʼ": "'"}


def plain(text: str) -> str:
    """The text without marks above and below, invisible characters and addresses; digits of any script are 0 to 9."""
    text = unicodedata.normalize("NFC", text)
    if not text.isascii():
        text = text.translate(_tables()[0])
    return _ADDRESS.sub(lambda found: " " * len(found[0]), text)


def folded(text: str) -> str:
    """A plain text without case and accents, character for character."""
    return text.translate(_tables()[1])


class _Table(dict[int, str]):
    """What becomes of each character, found out once."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change

    def __missing__(self, code: int) -> str:
        self[code] = self._change(chr(code))
        return self[code]


@lru_cache(maxsize=1)
def _tables() -> tuple[_Table, _Table]:
    return _Table(_plain), _Table(_folded)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me") or char == _TATWEEL:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if char in _FIXED:
        return FIXED_SPACE
    if category == "Zs":
        return " "
    if _DASHES.match(char):
        return "–"
    kind, _, codes = unicodedata.decomposition(char).partition(" ")
    return chr(int(codes, 16)) if kind in ("<wide>", "<narrow>") and " " not in codes and char not in _LEFT_WIDE else char


def _folded(char: str) -> str:
    low = char.casefold()
    base = unicodedata.normalize("NFKD", low)[0] if len(low) == 1 else char
    return _ONE_LETTER.get(base, base)

"""The address of a passage, made from its words and from nothing else.

The rule is fixed for ever: what was quoted by its fingerprint must be found by it. Its steps, in this order: NFC; the decompositions
`<wide>`, `<narrow>` and `<noBreak>`; category Cf out; NFC again; every quotation mark one mark; every run of dashes one dash; `…` as three
dots; decimal digits by value; white space as one space between two letters or digits that are not Han or kana, else as nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

# Unicode's Quotation_Mark property (PropList.txt).
QUOTATION_MARKS = "\"'«»‘’‚‛“”„‟‹›⹂「」『』〝〞〟﹁﹂﹃﹄＂＇｢｣"
# Unicode's Dash property (PropList.txt), CJK and presentation forms included.
DASHES = "-\u058a\u05be\u1400\u1806\u2010-\u2015\u2053\u207b\u208b\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead"
# Scripts Han, Hiragana and Katakana (Scripts.txt).
HAN_AND_KANA = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U0001aff0-\U0001b16f\U0001f200\U00020000-\U0003ffff"
)

_QUOTES = re.compile(f"[{QUOTATION_MARKS}]")
_DASH_RUN = re.compile(f"[{DASHES}]+")
# White space with something other than a word on one of its sides: words are held apart by letters and digits that are not Han or kana.
_BESIDE_NO_WORD = re.compile(rf"(?<![^\W_{HAN_AND_KANA}])(?<!\s)\s++|\s++(?![^\W_{HAN_AND_KANA}])")
_BESIDE_NO_ASCII_WORD = re.compile(r"(?<![A-Za-z0-9\s])\s++|\s++(?![A-Za-z0-9])")
_HAS_VALUE = re.compile(r"[^\D0-9]|…")
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_FOLDED = {"<wide>", "<narrow>", "<noBreak>"}


@lru_cache(maxsize=8192)
def _one_form(char: str) -> str:
    tag, _, mapping = unicodedata.decomposition(char).partition(" ")
    if tag in _FOLDED:
        return "".join(chr(int(code, 16)) for code in mapping.split())
    return "" if unicodedata.category(char) == "Cf" else char


def _by_value(found: re.Match[str]) -> str:
    return "..." if found[0] == "…" else str(unicodedata.decimal(found[0]))


def _each(change: Callable[[str], str], text: str) -> str:
    """The text with every character changed; each different one is looked up once."""
    changed = {ord(char): new for char in set(text) if not char.isascii() and (new := change(char)) != char}
    return text.translate(changed) if changed else text


def _close_up(text: str) -> str:
    beside = _BESIDE_NO_ASCII_WORD if text.isascii() else _BESIDE_NO_WORD
    return " ".join(beside.sub("", text).split())


def words(text: str) -> str:
    """The words of a passage in the one form in which they are compared: typesetting leaves it as it is."""
    ascii_only = text.isascii()
    if not ascii_only:
        text = unicodedata.normalize("NFC", _each(_one_form, unicodedata.normalize("NFC", text)))
    text = _QUOTES.sub('"', text)
    text = _DASH_RUN.sub("-", text)
    if not ascii_only:
        text = _HAS_VALUE.sub(_by_value, text)
    return _close_up(text)


def digest(text: str) -> str:
    """SHA-256 of the words, in hexadecimal."""
    return hashlib.sha256(words(text).encode()).hexdigest()


def short(hexdigest: str) -> str:
    """The first eight characters, in lower case, of the base32 (RFC 4648) of a digest."""
    first = int(hexdigest[:10], 16)
    return "".join(_BASE32[first >> bits & 31] for bits in range(35, -1, -5))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    id: str
    digest: str


def fingerprints(passages: list[str]) -> list[Fingerprint]:
    """The fingerprints of the passages of one edition, in order.

    A later passage with the same words takes the fingerprint of the id of the passage before it followed by its words.
    """
    found: list[Fingerprint] = []
    taken: set[str] = set()
    for text in passages:
        full = digest(text)
        id = f"q-{short(full)}"
        before = found[-1].id if found else ""
        while id in taken:
            id = before = f"q-{short(hashlib.sha256((before + words(text)).encode()).hexdigest())}"
        taken.add(id)
        found.append(Fingerprint(id, full))
    return found

"""The address of a passage, made from its words and from nothing else.

The rule is fixed for ever: what was quoted by its fingerprint must be found by it. Its steps, in this order: NFC; the decompositions
`<wide>`, `<narrow>` and `<noBreak>`; category Cf out; NFC again; every quotation mark one mark; every run of dashes one dash; `…` as three
dots; decimal digits by value; white space as one space between two letters or digits that are not Han or kana, else as nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

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
_SPACE_RUN = re.compile(r"\s+")
# What the rule below comes to where all is ASCII, at once and not run by run.
_BESIDE_NO_WORD = re.compile(r"(?<![A-Za-z0-9\s])\s++|\s++(?![A-Za-z0-9])")
_HAN_OR_KANA = re.compile(f"[{HAN_AND_KANA}]")
_FOLDED = {"<wide>", "<narrow>", "<noBreak>"}


def _one_form(char: str) -> str:
    tag, _, mapping = unicodedata.decomposition(char).partition(" ")
    if tag in _FOLDED:
        return "".join(chr(int(code, 16)) for code in mapping.split())
    return "" if unicodedata.category(char) == "Cf" else char


def _by_value(char: str) -> str:
    return "..." if char == "…" else str(unicodedata.decimal(char, char))


def _each(change: Callable[[str], str], text: str) -> str:
    """The text with every character changed; each different one is looked up once."""
    return text.translate({ord(char): change(char) for char in set(text) if not char.isascii()})


def _holds_words_apart(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN" and not _HAN_OR_KANA.match(char)


def _close_up(text: str) -> str:
    if text.isascii():
        return _SPACE_RUN.sub(" ", _BESIDE_NO_WORD.sub("", text))

    def between(match: re.Match[str]) -> str:
        start, end = match.span()
        apart = 0 < start and end < len(text) and _holds_words_apart(text[start - 1]) and _holds_words_apart(text[end])
        return " " if apart else ""

    return _SPACE_RUN.sub(between, text)


def words(text: str) -> str:
    """The words of a passage in the one form in which they are compared: typesetting leaves it as it is."""
    ascii_only = text.isascii()
    if not ascii_only:
        text = unicodedata.normalize("NFC", _each(_one_form, unicodedata.normalize("NFC", text)))
    text = _QUOTES.sub('"', text)
    text = _DASH_RUN.sub("-", text)
    if not ascii_only:
        text = _each(_by_value, text)
    return _close_up(text)


def digest(text: str) -> str:
    """SHA-256 of the words, in hexadecimal."""
    return hashlib.sha256(words(text).encode()).hexdigest()


def short(hexdigest: str) -> str:
    """The first eight characters, in lower case, of the base32 (RFC 4648) of a digest."""
    return base64.b32encode(bytes.fromhex(hexdigest)).decode()[:8].lower()


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

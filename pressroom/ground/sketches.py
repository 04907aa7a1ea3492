"""The sketch of a text: the few hashes by which any longer stretch of its words finds it, without the words themselves.

Winnowing (Schleimer, Wilkerson and Aiken, 2003): of each window of consecutive grams the smallest hash is kept, so that two texts which share
as many pieces as a gram and a window have between them share a hash, wherever the stretch stands in either.
"""

from __future__ import annotations

import base64
import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pressroom.ground.fingerprints import HAN_AND_KANA, words
from pressroom.ground.languages import script

_OF_SIGNS = frozenset({"Hans", "Hant", "Jpan"})
# What the rule below comes to where all is ASCII, five times as fast.
_ASCII_PIECE = re.compile(r"[a-z0-9]+(?:(?<=[0-9])[.,](?=[0-9])[a-z0-9]+)*")
# Applied to many passages at once, the rule of words keeps apart what stands on both sides of this.
_APART = "\0"


@dataclass(frozen=True, slots=True)
class Grain:
    """How fine a sketch is: the pieces in a gram, and the grams in a window."""

    gram: int
    window: int

    @property
    def guaranteed(self) -> int:
        """From this many pieces on, a stretch that two texts have in common is found."""
        return self.gram + self.window - 1


def grain_of(lang: str) -> Grain:
    """Sixteen signs of Han or kana say about as much as ten words."""
    return Grain(7, 10) if script(lang) in _OF_SIGNS else Grain(5, 6)


@lru_cache(maxsize=1)
def _piece() -> re.Pattern[str]:
    """A sign of Han or kana, or a run of letters, digits and marks, with the point or comma inside a number."""
    marks = "".join(char for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)) if unicodedata.category(char := chr(code))[0] == "M")
    return re.compile(f"(?=[^\\W_])[{HAN_AND_KANA}]|(?:[^\\W_{HAN_AND_KANA}]+|(?![\0-\u02ff])[{_ranges(marks)}]+|(?<=[0-9])[.,](?=[0-9]))+")


def _ranges(chars: str) -> str:
    """The characters, which are in order, as the ranges of a class."""
    starts = [n for n in range(len(chars)) if not n or ord(chars[n]) != ord(chars[n - 1]) + 1]
    return "".join(f"{chars[start]}-{chars[end - 1]}" for start, end in zip(starts, [*starts[1:], len(chars)], strict=True))


def pieces(text: str) -> list[str]:
    """The words of a text in lower case, or its signs where words are not written apart; nothing of what stands between them."""
    return _cut(words(text).lower())


def _cut(text: str) -> list[str]:
    return (_ASCII_PIECE if text.isascii() else _piece()).findall(text)


def sketch(passages: tuple[str, ...], grain: Grain) -> frozenset[int]:
    """The hashes of a text in passages. A passage too short to be found by a part of itself is there as a whole too."""
    of_each = [_cut(text) for text in words(_APART.join(passages)).lower().split(_APART)]
    found = {hash for own in of_each if 0 < len(own) < grain.guaranteed for hash in _hashes(own, len(own))}
    hashes = _hashes([piece for own in of_each for piece in own], grain.gram)
    windows = zip(*(hashes[at:] for at in range(min(grain.window, len(hashes)))), strict=False)
    return frozenset(found.union(map(min, windows)))


def _hashes(pieces: list[str], gram: int) -> list[int]:
    """Of each gram the last 24 bits of the CRC-32 of its pieces, with a space between two; of fewer pieces than that, of all."""
    encoded = [piece.encode() for piece in pieces]
    ends = list(accumulate(len(piece) + 1 for piece in encoded))
    starts, whole = [0, *ends], b" ".join(encoded)
    return [zlib.crc32(whole[start : end - 1]) & 0xFFFFFF for start, end in zip(starts, ends[gram - 1 :] or ends[-1:], strict=False)]


def packed(hashes: Iterable[int]) -> bytes:
    """The hashes in ascending order, three bytes each."""
    return b"".join(number.to_bytes(3, "big") for number in sorted(hashes))


def written(*sketches: bytes) -> str:
    """What is in any of some packed sketches, in ascending order, each hash as four characters of base64."""
    whole = sketches[0] if len(sketches) == 1 else b"".join(sorted({found[n : n + 3] for found in sketches for n in range(0, len(found), 3)}))
    return base64.b64encode(whole).decode()

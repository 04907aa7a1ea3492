"""Words that nobody can guess, in four scripts, and where they are found again."""

from __future__ import annotations

import gzip
import html
import os
import random
import re
import string
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

LATIN, CYRILLIC, ARABIC = string.ascii_lowercase, "абвгдежзиклмнопрстуфхцчшщыэюя", "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
HAN = "".join(chr(point) for point in range(0x7000, 0x7300))
SCRIPTS = {"zh-Hans": HAN, "ru": CYRILLIC, "ar": ARABIC}

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BEGINS, _LENGTH = 5, 13


class Canaries:
    """Each word with the place it was put into. All of one script begin alike, so that a part of one is seen too."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._begin = {script: "".join(chance.choices(script, k=_BEGINS)) for script in (LATIN, CYRILLIC, ARABIC, HAN)}
        self._seen = re.compile("|".join(rf"{begin}\w*" for begin in self._begin.values()))
        self._made: set[str] = set()
        self.places: dict[str, str] = {}

    def new(self, place: str, lang: str = "") -> str:
        """A word for a place: of Latin letters, or mostly of the language's own."""
        script = SCRIPTS.get(lang, LATIN) if self._chance.random() < 0.8 else LATIN
        word = self._begin[script] + "".join(self._chance.choices(script, k=_LENGTH - _BEGINS))
        self.places[word] = place
        return word

    def made(self, place: str, what: str) -> None:
        """What the engine makes of a word and tells as much: the id of a name, the digest of a file."""
        self._made.add(what)
        self.places[what] = place

    def seen_in(self, *folders: Path) -> set[str]:
        """The words in the names and bytes of files below these folders, however they are written; of a part of one what is seen."""
        found: set[str] = set()
        for folder in folders:
            for path, below, names in os.walk(folder):
                found |= self.said_in("\n".join((*below, *names)))
                for name in names:
                    data = Path(path, name).read_bytes()
                    # The index of the search is compressed, and has marks between the words of Chinese.
                    data = gzip.decompress(data).replace("\u200b".encode(), b"") if data.startswith(b"\x1f\x8b") else data
                    found |= self._in_record(data) if name == "leaks.json" else self.said_in(data.decode("utf-8", "replace"))
        return found

    def _in_record(self, data: bytes) -> set[str]:
        """The whole words in the record of the leak check; in its salted hashes the beginning of one may stand by chance."""
        text = zlib.decompress(data).decode("utf-8", "replace").lower()
        return {word for word in self.places if word in text}

    def said_in(self, text: str) -> set[str]:
        found: set[str] = set()
        for reading in _readings(text):
            found |= {word[:_LENGTH] for word in self._seen.findall(reading)}
            found |= {word for word in self._made if word in reading}
        return found


def _readings(text: str) -> Iterator[str]:
    """A text as it stands, and without the escapes of HTML, of addresses and of JSON, in lower case as the words are."""
    yield text.lower()
    if "&" in text:
        yield html.unescape(text).lower()
    if "%" in text:
        yield unquote(text).lower()
    if "\\u" in text:
        yield _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).lower()

"""The table of the Unicode Collation Algorithm, of which a list of names needs a few hundred lines out of thirty thousand: each is read when it is asked for."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

# By the version of its table: the library's own choice hangs on the version of Python.
from pyuca.collator import COLL_ELEMENT_PATTERN, Collator_10_0_0
from pyuca.trie import Trie
from pyuca.utils import hexstrings2int

_ENTRY = re.compile(r"^([0-9A-F]{4,6}) .*", re.MULTILINE)
_IMPLICIT = re.compile(r"^@implicitweights ([0-9A-F]+)\.\.([0-9A-F]+); *([0-9A-F]+)", re.MULTILINE)


class _Entries(Trie):
    """pyuca's table, which takes in what begins with a character when a text with that character comes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._unread: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for found in _ENTRY.finditer(text):
            self._unread[int(found[1], 16)].append(found.span())

    def find_prefix(self, key: list[int]) -> Any:
        if key:
            for start, end in self._unread.pop(key[0], ()):
                characters, weights = self._text[start:end].split("#", 1)[0].split(";", 1)
                elements = [hexstrings2int(found.groups()) for found in COLL_ELEMENT_PATTERN.finditer(weights)]
                self.add(hexstrings2int(characters.split()), elements)
        return super().find_prefix(key)


class Weights(Collator_10_0_0):  # type: ignore[misc]
    """pyuca's collator over such a table."""

    def load(self, filename: str) -> None:
        with open(filename, encoding="utf-8") as file:
            text = file.read()
        self.implicit_weights = [[int(part, 16) for part in found.groups()] for found in _IMPLICIT.finditer(text)]
        self.table = _Entries(text)

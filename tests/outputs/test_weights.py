"""The table of collation, read line by line, is the library's own."""

from __future__ import annotations

import unicodedata
from itertools import chain

from pyuca.collator import Collator_10_0_0

from pressroom.outputs.weights import Weights

NAMES = ["Ångström", "cœur", "Ñandú", "ё", "йод", "أحمد", "לב", "Émile", "Zürich 12", "李", "ㄅ", "가", "e\u0301\u0323", "l·l", "क्ष", "ไก่", "\U0001f600", ""]


def test_every_entry_weighs_the_same_whichever_is_asked_for_first() -> None:
    whole, weights = Collator_10_0_0(), Weights()
    assert weights.implicit_weights == whole.implicit_weights
    for text in chain(NAMES, map(chr, chain(range(0x3000, 0, -1), range(0xAC00, 0xAC40), range(0xF900, 0xFB00), range(0x1F600, 0x1F640)))):
        decomposed = unicodedata.normalize("NFD", text)
        assert list(weights.collation_elements(decomposed)) == list(whole.collation_elements(decomposed)), text
        assert weights.sort_key(text) == whole.sort_key(text)


def test_contractions_are_found_behind_what_they_begin_with() -> None:
    whole, weights = Collator_10_0_0(), Weights()
    for pair in ("L\u00b7", "l\u0387", "\u0438\u0306", "\u0e40\u0e01", "\u0fb2\u0f71", "\u0cca", "\u09cb"):
        assert weights.sort_key(pair) == whole.sort_key(pair), pair

"""The rules of one language, made ready once: a text goes through them in their order, and comes out as it is set."""

from __future__ import annotations

import functools
import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pressroom.ground.fingerprints import HAN_AND_KANA
from pressroom.model.typography import Table, Typography
from pressroom.reading.typography import close_ups, dashes, digits, ellipses, quotes, signs, spaces, ties, typogrified, widows
from pressroom.reading.typography.edits import HIDDEN, Rule, applied, traced

_RULES = (typogrified, ellipses, quotes, close_ups, spaces, dashes, digits, ties, widows)
"""In this order: dots before the marks beside them, marks before the spaces beside them, and what ties words together when all spaces are there."""
TABLES: tuple[Table, ...] = (*(rule.TABLE for rule in _RULES), signs.TABLE)

# A scheme, an at sign or a dot inside a word, then all that may belong to an address; signs at its end belong to the sentence. In capitals two letters
# behind a dot are an abbreviation, as EE.UU.
_MAY_BE_ADDRESS = re.compile(r"[.@](?<=\w.)[A-Za-z0-9]|@(?<=\w@)\w|:(?<=\w:)//")
# Letters of every script with spaces between its words.
_LETTER = rf"[^\W{HAN_AND_KANA}]"
_LABEL = rf"{_LETTER}++(?:-++{_LETTER}++)*+-*+"
_ADDRESS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*://|mailto:|www\.)[^\s<>\"«»“”„\ufffc]*[^\s<>\"«»“”„\ufffc.,;:!?)\]'’…]"
    rf"|(?<!{_LETTER})(?<!{_LETTER}'){_LETTER}[\w.+-]*+(?:(?<=\w)'(?=\w)[\w.+-]*+)*+@{_LABEL}(?:\.{_LABEL})+"
    rf"|(?<![\w.-])(?=[\w-]{{2}}){_LABEL}(?:\.{_LABEL})*\.(?:[a-z][a-z0-9]+|[A-Z][A-Z0-9]{{2,}})(?:/[\w/.~%&=?#+-]*[\w/])?(?!\w)"
)
# A mark that its neighbours do not explain may be read otherwise when they are set.
_UNSETTLED = re.compile("[\"']")
_MOST_PASSES = 4

Set = tuple[str, "array[int] | None"]
"""A text as it is set, and where each of its signs was; nothing where all is as it was."""


class Setting:
    """How texts of one language are set."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self._rules: tuple[Rule, ...] = tuple(rule.compile_rule(tables[rule.TABLE.name]) for rule in _RULES if rule.TABLE.name in tables)
        self._check = signs.compile_check(tables[signs.TABLE.name]) if signs.TABLE.name in tables else None
        self._paired = bool(tables.get(quotes.TABLE.name, {}).get("paired"))
        # The words of a passage are set twice, on the page and as plain text.
        self.set: Callable[[str], Set] = functools.lru_cache(maxsize=512)(self._set)

    def slips(self, text: str) -> Iterator[signs.Slip]:
        """The wrong signs of a text, which are told and not set."""
        if not (self._check or self._paired):
            return
        text, _ = _without_addresses(text)
        if self._check:
            yield from self._check(text)
        if self._paired and len(marks := quotes.paired_marks(text)) % 2:
            yield signs.Slip(marks[-1], '"', "")

    def _set(self, text: str) -> Set:
        hidden_text, addresses = _without_addresses(text)
        found, origin = self._settled(hidden_text)
        if origin is None:
            return text, None
        if addresses:
            kept = iter(addresses)
            found = re.sub(HIDDEN, lambda _: next(kept), found)
        return found, origin

    def _settled(self, text: str) -> Set:
        """The text after so many passes that another would change nothing; one that finds no rest stays as it was typed."""
        found, origin = text, None
        for _ in range(_MOST_PASSES):
            before = found
            for rule in self._rules:
                if edits := rule(found):
                    origin = traced(origin or array("I", range(len(text))), edits)
                    found = applied(found, edits)
            if found == before or not _UNSETTLED.search(found):
                return found, None if found == text else origin
        return text, None


@functools.cache
def setting_of(typography: Typography) -> Setting:
    return Setting(typography.tables)


def _without_addresses(text: str) -> tuple[str, list[str]]:
    """The text with a hidden sign for each of an address, and what all hidden signs of it stand for, in their order."""
    if not _MAY_BE_ADDRESS.search(text):
        return text, []
    hidden = _ADDRESS.sub(lambda found: HIDDEN * len(found[0]), text)
    return hidden, [char for char, shown in zip(text, hidden, strict=True) if shown == HIDDEN]

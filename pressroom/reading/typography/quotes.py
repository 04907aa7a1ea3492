"""Straight quotation marks become those of the language, nested ones the inner pair; an apostrophe becomes one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pressroom.model.typography import FLAG, PAIR, SIGN, Table
from pressroom.reading.typography.edits import HIDDEN, Edit, Rule

TABLE = Table("quotes", {"outer": PAIR, "inner": PAIR, "apostrophe": SIGN, "paired": FLAG})

_MARKS = re.compile("[\"'«»‘’‚‛“”„‟‹›「」『』]")
_OPENING = "([{<¿¡«„“‘‚‹「『—–-―/=|…\u2028"
_CLOSING_AFTER = ",.;:!?)]}»”’…،؛؟"
# A decade, and the words that English cuts short at their beginning.
_CUT = re.compile(r"'(?:\d\ds?\b|(?:tis|twas|em|til|cause|bout|n)\b)", re.IGNORECASE)
_IN_LATIN = re.compile(r"(?<=[0-9A-Za-z\u00c0-\u024f])'(?=[0-9A-Za-z\u00c0-\u024f])")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]{2}")
_CLOSES_LATER = re.compile(r"(?<=[^\s(\[{])[\"”»](?!\w)")
# Feet and inches, minutes and seconds; a lone mark behind a digit where no word follows.
_FEET = re.compile(r"'(?:\d|[xX×]\d)")
_INCHES = re.compile(rf"[0-9]'[0-9]+(?:\.[0-9]+)?\"|[0-9]\"(?![\w{HIDDEN}])")
# Behind a quotation that ends too; before one that begins, as in d'"eau", it is an elision.
_CLOSER = re.compile(rf"(?:(?<=[^\s(\[{{«„“‘\"'])|(?<=[^\s(\[{{«„“‘\"']\"))'(?![\"«„“]?[\w{HIDDEN}])")


def paired_marks(text: str) -> list[int]:
    """Where the straight double marks stand that should open and close by turns: those of inches, outside a quotation, do not."""
    inches = {found.end() - 1 for found in _INCHES.finditer(text)}
    marks: list[int] = []
    for found in re.finditer('"', text):
        if len(marks) % 2 or found.start() not in inches:
            marks.append(found.start())
    return marks


def compile_rule(table: Mapping[str, Any]) -> Rule:
    outer = table["outer"]
    inner, apostrophe = table.get("inner", outer), table.get("apostrophe", "’")
    paired = table.get("paired", False)

    def rule(text: str) -> list[Edit]:
        if '"' not in text and "'" not in text:
            return []
        return _Pass(text, outer, inner, apostrophe, paired).edits

    return rule


class _Pass:
    """One reading of a text from its beginning: which quotations are open, and what each straight mark is."""

    def __init__(self, text: str, outer: str, inner: str, apostrophe: str, paired: bool) -> None:
        self.text, self.outer, self.inner, self.apostrophe, self.paired = text, outer, inner, apostrophe, paired
        # Which quotations are open: the mark that was typed, and the one that closes it.
        self.open: list[tuple[str, str]] = []
        self.depth = {'"': 0, "'": 0, "“": 0}
        self.last_single, self.last_double = (max((found.start() for found in closer.finditer(text)), default=-1) for closer in (_CLOSER, _CLOSES_LATER))
        self.edits: list[Edit] = []
        self.opened_at = -2
        # Without spaces between words nothing says which of an odd number of marks opens.
        self.doubles = frozenset(paired_marks(text)) if paired else frozenset()
        self.odd = {'"': len(self.doubles) % 2, "'": (text.count("'") - len(_IN_LATIN.findall(text))) % 2} if paired else {}
        for found in _MARKS.finditer(text):
            self._mark(found.start(), found[0])

    def _mark(self, at: int, mark: str) -> None:
        before = self.text[at - 1] if at else " "
        after = self.text[at + 1] if at + 1 < len(self.text) else " "
        if before == "\\":
            return
        at_border = before.isspace() or before in _OPENING or self.opened_at == at - 1
        if self.paired and mark in "\"'" and not _IN_LATIN.match(self.text, at):
            if not self.odd[mark] and (mark == "'" or at in self.doubles):
                self._close(at, mark) if self._is_open(mark) and not self._begins_within(at, mark) else self._begin(at, mark)
        elif mark == '"':
            self._double(at, before, after, at_border)
        elif mark == "'":
            self._single(at, before, after, at_border)
        elif self.open and mark == self.open[-1][1] and not (mark == self.apostrophe and _is_word(before) and _is_word(after)):
            self.depth[self.open.pop()[0]] -= 1
        elif mark == self.outer[0] or mark == self.inner[0]:
            self._push(at, "“", self.outer[1] if mark == self.outer[0] else self.inner[1])

    def _double(self, at: int, before: str, after: str, at_border: bool) -> None:
        opens = at_border and not after.isspace() and (after not in _CLOSING_AFTER or after == "…" and not self._is_open('"'))
        if not opens and _is_word(after) and not self._is_open('"'):
            # An elision leads into the quotation, a word that is written as one with the next, or a sign without its space: l'"eau", و"السد", said:"Yes".
            opens = before in "'’" or ((before.isalpha() or before in ",:;،؛") and self.last_double > at)
        if opens and not (self._is_open('"') and not before.isspace() and not _is_word(after)):
            self._begin(at, '"')
        elif before.isspace():
            # A space that is typed before the mark which closes leaves it one that closes; behind a number it may be inches.
            opened = next((sign for sign in ('"', "“") if self._is_open(sign)), "")
            if opened and (after.isspace() or after in _CLOSING_AFTER) and not self.text[at - 2 : at - 1].isdigit():
                self._close(at, opened)
        elif self._is_open('"'):
            self._close(at, '"')
        elif not _is_word(after) and not before.isdigit() and not (before == ":" and after.isspace() and not self.open):
            # It closes what a mark that is set already has opened: what follows would stand in that.
            self._close(at, "“") if self._is_open("“") else self._set(at, self.outer[1])

    def _single(self, at: int, before: str, after: str, at_border: bool) -> None:
        if _ARABIC.fullmatch(before + after) and (self._is_open("'") or self.last_single > at):
            # No word is cut short there, and many are written as one with the next.
            self._close(at, "'") if self._is_open("'") else self._begin(at, "'")
        elif _is_word(before) and _is_word(after):
            if not (before.isdigit() and _FEET.match(self.text, at)):
                self._set(at, self.apostrophe)
        elif at_border and not after.isspace() and (after not in _CLOSING_AFTER or after == "…" and not self._is_open("'") and self.last_single > at):
            cut = _CUT.match(self.text, at) or (_is_word(after) and self.last_single <= at)
            self._set(at, self.apostrophe) if cut else self._begin(at, "'")
        elif before.isspace():
            return
        elif self._is_open("'"):
            self._close(at, "'")
        elif not before.isdigit():
            self._set(at, self.apostrophe)

    def _begins_within(self, at: int, mark: str) -> bool:
        """Whether a mark that is open begins a third quotation, as in "…'…"…"…'…": it closes again before the second one does."""
        other = self.open[-1][0]
        if other not in "\"'" or other == mark:
            return False
        end = next((end for end in range(at + 1, len(self.text)) if self.text[end] == other and not _IN_LATIN.match(self.text, end)), at)
        return end > at and self.text.count(mark, at, end) % 2 == 0

    def _is_open(self, sign: str) -> bool:
        return self.depth[sign] > 0

    def _begin(self, at: int, sign: str) -> None:
        inside_outer = self.open[-1][1] == self.outer[1] if self.open else sign == "'"
        pair = self.inner if inside_outer else self.outer
        self._set(at, pair[0])
        self._push(at, sign, pair[1])

    def _push(self, at: int, sign: str, closing: str) -> None:
        self.open.append((sign, closing))
        self.depth[sign] += 1
        self.opened_at = at

    def _close(self, at: int, sign: str) -> None:
        while self.open:
            opened, closing = self.open.pop()
            self.depth[opened] -= 1
            if opened == sign:
                self._set(at, closing)
                return

    def _set(self, at: int, sign: str) -> None:
        self.edits.append((at, at + 1, sign))


def _is_word(char: str) -> bool:
    return char.isalnum() or char == HIDDEN

"""What belongs together stays on one line: a short word and the next, a particle and the one before, initials and name, number and unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pressroom.model.typography import FLAG, TEXTS, Table
from pressroom.reading.typography.edits import HIDDEN, NO_BREAK, SPACES, Edit, Rule

TABLE = Table("ties", {"after": TEXTS, "before": TEXTS, "before_numbers": TEXTS, "after_numbers": TEXTS, "phrases": TEXTS, "initials": FLAG})

_BEGINS, _ENDS = f"«„“\"'(№{HIDDEN}", "»”’…).%"
_ROMAN = re.compile(r"(?<!\w)[IVXLCDM]+\Z")
_LEADING, _TRAILING = "\u202f«„“\"'‘(\\[{¿¡—–-", ",;:!?…)]}»”’\"'\u202f."


def compile_rule(table: Mapping[str, Any]) -> Rule:
    after, before_numbers = _words(table.get("after", ())), _words(table.get("before_numbers", ()))
    before, after_numbers = frozenset(table.get("before", ())), frozenset(table.get("after_numbers", ()))
    initials = table.get("initials", False)
    lefts, rights = after | before_numbers, before | after_numbers
    phrases = _phrases(table["phrases"]) if table.get("phrases") else None

    def ties(left: str, right: str) -> bool:
        """Whether the words beside a space stand on one line. They are without what leads them and trails them."""
        first = right[0]
        if left in after and (first.isalnum() or first in _BEGINS):
            return True
        if left in before_numbers and (first.isdigit() or first in "№§"):
            return True
        if initials and left[-1] == "." and first.isupper() and left[-2:-1].isupper() and not left[-3:-2].isalnum():
            return True
        if right not in rights:
            right = right.rstrip(_TRAILING.strip("."))
            right = right if right in rights else right.rstrip(_TRAILING)
        return right in after_numbers and bool(left[-1].isdigit() or _ROMAN.search(left)) or right in before and (left[-1].isalnum() or left[-1] in _ENDS)

    def rule(text: str) -> list[Edit]:
        edits = set(phrases(text)) if phrases and "." in text[:-1] else set()
        left, *more = text.split(" ")
        at = -1
        for right in more:
            at += len(left) + 1
            # Most words are none of these, and need no closer look.
            if left in lefts or right in rights or left[-1:] == "." or left[:1] in _LEADING or right[-1:] in _TRAILING or NO_BREAK in left or NO_BREAK in right:
                first, second = left.rpartition(NO_BREAK)[2].lstrip(_LEADING), right.partition(NO_BREAK)[0]
                if first and second and ties(first, second):
                    edits.add((at, at + 1, NO_BREAK))
            left = right
        return sorted(edits)

    return rule


def _words(given: Iterable[str]) -> frozenset[str]:
    """The words as they are given, and as they begin a sentence."""
    return frozenset(form for word in given for form in (word, word[:1].upper() + word[1:]))


def _phrases(given: Iterable[str]) -> Callable[[str], Iterator[Edit]]:
    """Abbreviations of several words: typed with spaces or, after a full stop, without; set with them."""
    forms = "|".join(map(_phrase, sorted(given, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w.])(?:{forms})(?!\w)")

    def part(text: str) -> Iterator[Edit]:
        for found in pattern.finditer(text):
            for number, gap in enumerate(found.groups(), 1):
                start, end = found.span(number)
                if gap is None or gap == NO_BREAK:
                    continue
                yield (start, end, NO_BREAK) if gap else (start - 1, start, text[start - 1] + NO_BREAK)

    return part


def _phrase(phrase: str) -> str:
    first, *more = phrase.split(" ")
    pattern, last = re.escape(first), first
    for word in more:
        pattern += rf"([{SPACES}]{'?' if last.endswith('.') else ''}){re.escape(word)}"
        last = word
    return pattern

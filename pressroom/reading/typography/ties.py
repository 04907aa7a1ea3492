"""What belongs together stays on one line: a short word and the next, a particle and the one before, initials and name, number and unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pressroom.model.typography import FLAG, TEXTS, Table
from pressroom.reading.typography.edits import HIDDEN, NO_BREAK, SPACES, Edit, Rule

TABLE = Table("ties", {"after": TEXTS, "before": TEXTS, "before_numbers": TEXTS, "after_numbers": TEXTS, "phrases": TEXTS, "initials": FLAG})

_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.( )(?=([^\W\d_]))")


def compile_rule(table: Mapping[str, Any]) -> Rule:
    parts: list[Callable[[str], Iterator[Edit]]] = []
    ahead = []
    if table.get("after"):
        ahead.append(rf"(?<![\w'’-])(?:{_one_of(_words(table['after']))})( )(?=[\w«„“\"'(№{HIDDEN}])")
    if table.get("before_numbers"):
        ahead.append(rf"(?<![\w'’])(?:{_one_of(_words(table['before_numbers']))})( )(?=[\d№])")
    if table.get("after_numbers"):
        ahead.append(rf"(?<=\d)( )(?:{_one_of(table['after_numbers'])})(?!\w)")
    if table.get("before"):
        ahead.append(rf"(?<=[\w»”’.…)])( )(?:{_one_of(table['before'])})(?!\w)")
    parts += [_each(re.compile(pattern)) for pattern in ahead]
    if table.get("initials"):
        parts.append(_initials)
    if table.get("phrases"):
        parts.append(_phrases(table["phrases"]))
    return lambda text: sorted({edit for part in parts for edit in part(text)})


def _words(given: Iterable[str]) -> list[str]:
    """The words as they are given, and as they begin a sentence."""
    return list(dict.fromkeys(form for word in given for form in (word, word[:1].upper() + word[1:])))


def _one_of(given: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace("\\ ", "[ \u00a0]") for word in sorted(given, key=len, reverse=True))


def _each(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Edit]]:
    def part(text: str) -> Iterator[Edit]:
        for found in pattern.finditer(text):
            yield *found.span(1), NO_BREAK

    return part


def _initials(text: str) -> Iterator[Edit]:
    for found in _INITIAL.finditer(text):
        if found[1].isupper() and found[3].isupper():
            yield *found.span(2), NO_BREAK


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

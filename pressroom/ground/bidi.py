"""Which runs of a text run against its direction, so that the Unicode bidirectional algorithm (UAX #9) could put them, or what stands beside them, in a wrong order.

In a text from left to right: letters of scripts from right to left, with what stands between them. In a text from right to left: letters of all
other scripts with what stands between them, and numbers with anything that the algorithm would move to their other side: signs, units, ranges,
groups. A number that is digits and their separators alone keeps its order everywhere, and digits of Arabic script follow Arabic's own order.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache

OBJECT, BREAK = "\ufffc", "\u2029"
"""What stands in a text for something in it that is isolated already, or is no text; and for where a text ends."""

_Span = tuple[int, int]

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_COMMAS = {"ltr": ",;，、；", "rtl": "،؛"}
_HEBREW_COMMAS = ",;"
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "“": "”", "‘": "’", "„": "“", "‚": "‘", "「": "」", "『": "』", "（": "）", "【": "】", "《": "》", '"': '"'}
_DEEPEST, _FARTHEST = 32, 80
_CLOSING = frozenset(_PAIRS.values())

_NUMBER = r"[0-9]++(?:[.,:/\u00a0\u202f٫٬][0-9]++)*+"
_PLAIN = re.compile(rf"\(?{_NUMBER}\)?")
_SPACE = "[ \u00a0\u202f]"
_MONEY = "$€£¥₽₪₩₹￥"
_BEFORE = rf"(?:(?<![\w{OBJECT})\]])[-+−–±~≈<>≤≥#№]|[{_MONEY}]{_SPACE}?)?"
# Digits and signs above and below the line are numbers to the algorithm: CO₂, 5 km², 10⁻³.
_RAISED = "\u00b2\u00b3\u00b9\u2070-\u209f"
_AFTER = rf"[{_RAISED}]*+(?:{_SPACE}?[%‰{_MONEY}]|[°+′″](?!\w))?"
_ITEM = rf"{_BEFORE}(?:{_NUMBER}|\(\+?{_NUMBER}\)){_AFTER}"
_JOINED = rf"(?:{_SPACE}?[-‑–−×=+*→]{_SPACE}?|{_SPACE}|['’_·])"
_NUMBERS = re.compile(rf"(?<![0-9{OBJECT}]){_ITEM}(?:{_JOINED}{_ITEM})*+")

# What is joined to letters before or behind them: a handle, a file's name that begins with a dot, 3G, G20, C++, 5 km, −4 °C, Boeing 747.
_JOINED_BEFORE = re.compile(rf"(?:--|[#@~./\\_°]|(?:(?<![\w{OBJECT})\]])[+−±-])?[0-9{_RAISED}][0-9{_RAISED}.,:/%‑-]*+)*\Z")
_NUMBER_BEFORE = re.compile(rf"(?<![0-9{OBJECT}]){_BEFORE}{_NUMBER}{_SPACE}\Z")
_JOINED_BEHIND = re.compile(rf"(?:[-‑–./:_'’&=]*[0-9{_RAISED}][0-9{_RAISED}.,:/]*(?<![.,:/])|[-_./:?&=%]*[+#*%/=_~°])*")
_ENDED = rf"(?!\w|{_SPACE}?[%‰°{_MONEY}]|[-‑–+][0-9])"
_NUMBER_BEHIND = re.compile(rf"{_SPACE}{_NUMBER}{_ENDED}")
# A number that letters belong to by a sign between: US$ 5, Art. 5(2), Res. 2231 (2015).
_BEFORE_MONEY = re.compile(r"(?<![A-Za-z])[A-Z]{1,3}\Z")
_MONEY_BEHIND = re.compile(rf"[{_MONEY}]{_SPACE}?{_NUMBER}{_ENDED}")
_ABBREVIATION = re.compile(r"(?<![A-Za-z])(?:arts?|ch|figs?|nos?|pp?|paras?|res|secs?|vols?)\Z", re.IGNORECASE)
_PLACE_BEHIND = re.compile(rf"\.{_SPACE}?{_NUMBER}(?:{_SPACE}?\({_NUMBER}\))?{_ENDED}")
_UNIT = re.compile(r"°?[^\W\d_]{1,4}(?:/[^\W\d_]{1,3})?[²³]?")
_INITIALS = re.compile(r"(?:\b[^\W\d_]\.)+[^\W\d_]\Z")
_SYMBOLS_AT_END = re.compile(r"[^\w\s]+\Z")


def has_right_to_left(text: str) -> bool:
    return bool(_RIGHT_TO_LEFT.search(text))


def commas_of(direction: str, script: str) -> str:
    """The marks that part the members of a list in a script: each member is a run of its own."""
    return _HEBREW_COMMAS if script == "Hebr" else _COMMAS[direction]


def runs(text: str, direction: str, commas: str) -> list[_Span]:
    """The runs to be isolated in a text of this direction, in order, none within another."""
    if direction == "ltr" and not has_right_to_left(text):
        return []
    classes, pairs = "".join(map(_class, text)), _pairs(text)
    own, letter = ("L", "R") if direction == "ltr" else ("RA", "L")
    found: list[_Span] = []
    for start, end in _without(text, classes, own, commas if direction == "rtl" else ""):
        if letter in classes[start:end]:
            for run in sorted(_in_region(text, classes, direction, (start, end), commas, pairs)):
                if found and run[0] < found[-1][1]:
                    found[-1] = found[-1][0], max(found[-1][1], run[1])
                else:
                    found.append(run)
    if direction == "ltr":
        return found
    hidden = list(text)
    for start, end in found:
        hidden[start:end] = OBJECT * (end - start)
    return sorted([*found, *((at.start(), at.end()) for at in _NUMBERS.finditer("".join(hidden)) if not _PLAIN.fullmatch(at[0]))])


@lru_cache(maxsize=4096)
def _class(char: str) -> str:
    """L and R for letters of either direction, A for digits of Arabic script, M for what stands on the letter before it, N for all else."""
    if char == BREAK:
        return "B"
    found = unicodedata.bidirectional(char)
    return {"L": "L", "R": "R", "AL": "R", "AN": "A", "NSM": "M"}.get(found, "N")


def _pairs(text: str) -> dict[int, int]:
    """The brackets and quotation marks that belong together, each to the other."""
    found: dict[int, int] = {}
    open_marks: list[int] = []
    for at, char in enumerate(text):
        if char in _CLOSING:
            opened = next((n for n in range(len(open_marks) - 1, max(len(open_marks) - _DEEPEST, 0) - 1, -1) if _PAIRS[text[open_marks[n]]] == char), None)
            if opened is not None:
                found[open_marks[opened]], found[at] = at, open_marks[opened]
                del open_marks[opened:]
                continue
        if char in _PAIRS:
            open_marks.append(at)
        elif char == BREAK:
            open_marks.clear()
    return found


def _without(text: str, classes: str, own: str, marks: str, start: int = 0, end: int = -1) -> Iterator[_Span]:
    """The stretches of a text, or of a part of it, in which neither letters of its own direction stand nor any of these marks."""
    end = len(text) if end < 0 else end
    for at in range(start, end):
        if classes[at] in own or classes[at] == "B" or text[at] in marks:
            if start < at:
                yield start, at
            start = at + 1
    if start < end:
        yield start, end


def _in_region(text: str, classes: str, direction: str, region: _Span, commas: str, pairs: Mapping[int, int]) -> Iterator[_Span]:
    """The runs where nothing of the text's own direction stands. What is all that a text says, or all between two marks, is one, with the end of its sentence."""
    start, end = region
    if (start == 0 or text[start - 1] == BREAK) and (end == len(text) or text[end] == BREAK):
        yield _stripped(text, start, end)
        return
    between, last = [], start
    for at in range(start, end):
        if at >= last and at < pairs.get(at, -1) < end:
            last = pairs[at]
            between.append((at, last))
    openings = [opening for opening, _ in between]
    for part in _without(text, classes, "", commas, start, end):
        for run in _in_stretch(text, classes, direction, *part, pairs):
            opening, closing = between[found] if (found := bisect_left(openings, run[0]) - 1) >= 0 else (0, 0)
            yield _stripped(text, opening + 1, closing) if run[1] <= closing else run


def _stripped(text: str, start: int, end: int) -> _Span:
    within = text[start:end]
    return start + len(within) - len(within.lstrip()), end - len(within) + len(within.rstrip())


def _in_stretch(text: str, classes: str, direction: str, start: int, end: int, pairs: Mapping[int, int]) -> Iterator[_Span]:
    """The run of a stretch: from its first letter to its last, with what is joined to them. A mark whose other half is beyond the stretch parts it."""
    letter = "R" if direction == "ltr" else "L"
    first = classes.find(letter, start, end)
    if first < 0:
        return
    last = classes.rfind(letter, first, end)
    if direction == "ltr":
        last = max(last, classes.rfind("A", first, end))
    for at in range(first, last):
        if at in pairs and not start <= pairs[at] < end:
            yield from _in_stretch(text, classes, direction, start, at, pairs)
            yield from _in_stretch(text, classes, direction, at + 1, end, pairs)
            return
    last += 1
    while last < end and classes[last] == "M":
        last += 1
    before, behind = _joined(text, classes, direction, start, first, last, end)
    run = range(before, behind)
    partners = [pairs[at] for at in run if at in pairs]
    yield min([before, *partners]), max([behind, *(at + 1 for at in partners)])


def _joined(text: str, classes: str, direction: str, start: int, first: int, last: int, end: int) -> _Span:
    """The run with what is joined to its first letter and its last."""
    if direction == "ltr":
        while first > start and text[first - 1] in "#@":
            first -= 1
        while last < end and (text[last] in "٪" or text[last].isdecimal()):
            last += 1
        return first, last
    start = max(start, first - _FARTHEST)
    found = _JOINED_BEFORE.search(text, start, first)
    first = found.start() if found else first
    for letters, number_behind in ((_BEFORE_MONEY, _MONEY_BEHIND), (_ABBREVIATION, _PLACE_BEHIND)):
        if (found := number_behind.match(text, last, end)) and letters.search(text, first, last):
            return first, found.end()
    found = _JOINED_BEHIND.match(text, last, end)
    behind = found.end() if found else last
    if behind == end < len(text) and classes[end] == "R" and (symbols := _SYMBOLS_AT_END.search(text, last, behind)):
        behind = symbols.start()
    if behind == last and text[last : last + 1] == "." and _INITIALS.search(text, first, last):
        behind += 1
    number = _NUMBER_BEHIND.match(text, behind, end)
    if (number or _UNIT.fullmatch(text[first:last])) and (found := _NUMBER_BEFORE.search(text, start, first)):
        first = found.start()
    return first, number.end() if number else behind

"""Figures and number words to numbers: 1.2 billion, 12亿, одна целая, mil doscientos millones, خمسة وعشرون."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from pressroom.desk.agreement.lexicon import Key, Lexicon, Word
from pressroom.desk.agreement.lexing import Item
from pressroom.desk.agreement.tokens import FAINT, PLAIN, STRONG, Number

_CONNECTED = re.compile(r"[\s\-–'\u202f]{0,2}")
_SMALL = 12
_SIMPLE_FRACTION = re.compile(r"\s?[/⁄]\s?")
_MOST_PARTS = 20
_MOST_BETWEEN = 4
_HALF = Fraction(1, 2)
VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "⅕": Fraction(1, 5), "⅛": Fraction(1, 8)}


@dataclass
class _Run:
    """Items that make one number. `parts` are what is to be added up, each smaller than the one before."""

    start: int
    end: int
    parts: list[Fraction] = field(default_factory=list)
    words: int = 0
    figures: int = 0
    grain: Fraction = Fraction(0)
    scaled: Fraction = Fraction(0)
    code: bool = False
    positional: bool = False
    alternatives: list[Fraction] = field(default_factory=list)
    others: frozenset[Key] = frozenset()
    lone: bool = False
    soft: bool = False
    vague: bool = False
    joint_at: int = -1
    ended: bool = False
    ordinal: bool = False

    @property
    def value(self) -> Fraction:
        return sum(self.parts, Fraction(0))


def numbers(items: Sequence[Item], text: str, fold: str, lexicon: Lexicon) -> list[Number]:
    """The numbers of a text, in order, before what stands round them is looked at."""
    found: list[Number] = []
    run: _Run | None = None
    taken = -1
    for n, item in enumerate(items):
        if n <= taken:
            continue
        if run and (halved := _half_before_multiplier(run, items[n : n + _MOST_BETWEEN], text, fold, lexicon)):
            share, times, more = halved
            taken = n + more
            run.parts[-1] += share
            run.ended = not _multiply(run, items[taken], times)
            continue
        if item.roman or (item.word and not item.word.counts and not item.word.joint):
            continue
        connected = run is not None and not run.ended and bool(_CONNECTED.fullmatch(text, max(run.end, run.joint_at), item.start))
        connected = connected or (run is not None and _parted(run, item, text, lexicon))
        if item.word and item.word.joint and (connected or not item.word.counts):
            if run and connected:
                run.joint_at = item.end
            continue
        if run and connected and _join(run, item, lexicon, items[n + 1] if n + 1 < len(items) else None, text):
            continue
        if run and connected and (split := _fraction(run, item, text)):
            found.append(split)
            run = None
            continue
        found += _ended(run, text, lexicon)
        run = _begun(item, lexicon) or _share_of(item, items[n + 1] if n + 1 < len(items) else None, text)
        if run is None and item.word:
            found += _faint(item, text)
    found += _ended(run, text, lexicon)
    return list(_simple_fractions(found, text))


def _parted(run: _Run, item: Item, text: str, lexicon: Lexicon) -> bool:
    """Whether a word stands in a number before its million: 一百二十多亿, 20-odd million, une vingtaine de millions."""
    if not item.word or item.word.multiplier is None:
        return False
    between = text[run.end : item.start]
    return bool(lexicon.patterns["of" if run.soft else "more"].fullmatch(between)) and "," not in between and (run.soft or not run.ended)


def _half_before_multiplier(run: _Run, items: Sequence[Item], text: str, fold: str, lexicon: Lexicon) -> tuple[Fraction, Fraction, int] | None:
    """Two and a half million, два с половиной миллиона, 2½ million: the share, what it and the number are multiplied by, and by which item."""
    if run.scaled or run.lone or run.positional or run.value.denominator > 1:
        return None
    vulgar = VULGAR.get(text[run.end : run.end + 1])
    half = None if vulgar else lexicon.patterns["and_a_half"].match(fold, run.end)
    end = run.end + 1 if vulgar else half.end() if half else -1
    for n, item in enumerate(items if end >= 0 else ()):
        word, share, times = item.word, vulgar or _HALF, None
        if word and item.start < end < item.end and len(word.faint) == 1:
            # "Half million" is one entry.
            times = next((value * 2 for value in word.faint if isinstance(value, Fraction)), None)
        elif word and item.start >= end and _CONNECTED.fullmatch(fold, end, item.start):
            times = word.multiplier
        if times or item.start >= end:
            return (share, times, n) if times and run.value < times else None
    return None


def _begun(item: Item, lexicon: Lexicon) -> _Run | None:
    run = _Run(item.start, item.end, positional=item.positional)
    if item.is_figure:
        run.parts, run.alternatives, run.figures, run.code = [item.values[0]], list(item.values[1:]), 1, item.code
        decimals = re.search(r"[.,٫](\d+)$", item.text)
        run.grain = Fraction(1, 2 * 10 ** (len(decimals[1]) if decimals and item.values[0].denominator > 1 else 0))
        return run
    word, run.words = item.word, 1
    assert word
    if word.weekday:
        return None
    for value in (word.cardinal, word.ordinal):
        if value is not None:
            # الحادي والعشرون is the twenty-first, septuagésimo noveno the seventy-ninth.
            open_ = (lexicon.inverted and value < 10) or (lexicon.ordinals_add and 10 <= value <= 90 and value % 10 == 0)
            run.parts, run.ended = [value], word.cardinal is None and not open_
            run.others, run.ordinal = _others(word), word.cardinal is None
            return run
    if word.multiplier is not None or word.soft is not None:
        value = word.multiplier if word.multiplier is not None else word.soft
        run.parts, run.lone, run.soft = [value or Fraction(0)], True, word.multiplier is None
        return run
    return None


def _share_of(item: Item, after: Item | None, text: str) -> _Run | None:
    """Полтора before its million, anderthalb before its Milliarden; alone they only explain."""
    share = next(iter(item.word.faint)) if item.word and len(item.word.faint) == 1 else None
    if not isinstance(share, Fraction) or share.denominator == 1 or not after or not after.word or after.word.multiplier is None:
        return None
    return _Run(item.start, item.end, parts=[share], words=1) if _CONNECTED.fullmatch(text, item.end, after.start) else None


def _join(run: _Run, item: Item, lexicon: Lexicon, after: Item | None, text: str) -> bool:
    """Takes an item into the number, where it can be a part of it."""
    joint = run.joint_at >= 0 or item.joint
    word = item.word
    if item.is_figure:
        close = text[run.end : item.start] == ""
        fits = run.scaled and item.values[0] < run.scaled and not joint
        times = after and after.word and after.word.multiplier and text[item.end : after.start].strip() == ""
        if not fits or not (close or times) or (close and lexicon.spaced):
            return False
        return _add(run, item, item.values[0], figures=1)
    assert word
    if word.multiplier is not None and not run.positional:
        if joint:
            # ألف ومئة is eleven hundred.
            return word.multiplier < _room(run.parts[-1], lexicon) and _add(run, item, word.multiplier)
        return _multiply(run, item, word.multiplier)
    if word.soft is not None and not joint and not run.soft and run.parts and not run.lone:
        run.alternatives.append(run.value)
        run.parts, run.end, run.soft = [run.value * word.soft], item.end, True
        run.ended = True
        return True
    value = word.cardinal if word.cardinal is not None else word.ordinal
    if value is None or run.figures and not run.scaled or len(run.parts) > _MOST_PARTS or run.soft or run.positional or item.positional:
        return False
    top = run.parts[-1]
    if lexicon.inverted and joint and 1 <= top <= 9 and 20 <= value <= 90:
        run.parts[-1] = Fraction(0)
        return _add(run, item, top + value)
    if not 0 < value < _room(top, lexicon):
        return False
    if run.figures and run.scaled and not lexicon.any_word:
        # "12 million three" is nothing that anybody writes; 3万五千 is.
        return False
    return _add(run, item, value)


def _room(top: Fraction, lexicon: Lexicon) -> int:
    """What may be added to a part must be smaller than this."""
    if top.denominator > 1 or top == 0 or top % 10:
        return 0
    if int(top) in lexicon.vigesimal:
        return 20
    power = 10
    while top % (power * 10) == 0:
        power *= 10
    return power


def _add(run: _Run, item: Item, value: Fraction, figures: int = 0) -> bool:
    run.parts.append(value)
    run.grain = Fraction(0)
    run.end, run.joint_at, run.lone, run.others = item.end, -1, False, frozenset()
    run.words += 0 if figures else 1
    run.figures += figures
    run.ended = bool(item.word and item.word.cardinal is None and item.word.ordinal is not None)
    return True


def _multiply(run: _Run, item: Item, times: Fraction) -> bool:
    below: list[Fraction] = []
    while run.parts and run.parts[-1] < times:
        below.insert(0, run.parts.pop())
    if not below:
        if not run.parts or times >= _room(run.parts[-1], _NO_SCORES):
            # "a thousand thousand": not one number for us.
            return False
        below = [Fraction(1)]
    # Tens of thousands are no number.
    run.vague = run.vague or (run.soft and run.lone)
    product = sum(below, Fraction(0)) * times
    if run.parts and product >= _room(run.parts[-1], _NO_SCORES):
        run.parts += below
        return False
    run.parts.append(product)
    run.grain = run.grain * times if len(run.parts) == 1 else Fraction(0)
    run.alternatives = [] if run.soft else [value * times for value in run.alternatives]
    run.end, run.joint_at, run.lone, run.scaled, run.others = item.end, -1, False, times, frozenset()
    run.words += 1
    return True


class _NoScores:
    vigesimal: frozenset[int] = frozenset()


_NO_SCORES: Lexicon = _NoScores()  # type: ignore[assignment]


def _ended(run: _Run | None, text: str, lexicon: Lexicon) -> Iterator[Number]:
    if run is None:
        return
    value = run.value
    strength = STRONG
    if run.code:
        strength = PLAIN
    elif not run.figures and not run.positional:
        faint = value <= 1 or run.vague or (run.lone and (value != 10 or run.soft)) or (run.ordinal and value == 2)
        strength = FAINT if faint else PLAIN if value <= _SMALL or run.soft else STRONG
    keys: frozenset[Key] = frozenset((value, *run.alternatives)) | run.others
    ordinal = run.ordinal or bool(lexicon.before_ordinals and text[run.start - 1 : run.start] == lexicon.before_ordinals)
    yield Number(
        run.start, run.end, keys, strength, text[run.start : run.end],
        grain=run.grain if run.scaled and run.figures else Fraction(0), scaled=run.scaled, soft=value if run.lone and run.soft else Fraction(0),
        doubtful=strength == FAINT and 1 <= value <= 2 and not run.lone and (ordinal or not (lexicon.one_is_article or lexicon.any_word)),
        ordinal=ordinal,
    )  # fmt: skip


def _faint(item: Item, text: str) -> Iterator[Number]:
    word = item.word
    assert word
    keys = _others(word) | {value for value in (word.cardinal, word.ordinal) if value is not None}
    if keys:
        yield Number(item.start, item.end, keys, PLAIN if word.fraction and not word.faint else FAINT, text[item.start : item.end], doubtful=word.factor)


def _others(word: Word) -> frozenset[Key]:
    """What else a word may mean than the number that it counts: a third is the third and one of three."""
    return word.faint | ({1 / word.fraction} if word.fraction else frozenset())


def _fraction(run: _Run, item: Item, text: str) -> Number | None:
    """Two thirds, deux tiers, две трети."""
    if not item.word or not item.word.fraction or run.lone or not run.parts:
        return None
    share = run.value / item.word.fraction
    strength = PLAIN if run.value == 1 else STRONG
    # The first three quarters of a year are three.
    counted = {run.value} if item.word.faint else set()
    return Number(run.start, item.end, frozenset({share, *counted}), strength, text[run.start : item.end], parts=(run.value, item.word.fraction))


def _simple_fractions(found: list[Number], text: str) -> Iterator[Number]:
    """1/2 is one number; 2019/2020 are two."""
    n = 0
    while n < len(found):
        one, other = found[n], found[n + 1] if n + 1 < len(found) else None
        if other and one.value < other.value <= 100 and one.strength == other.strength == STRONG and _SIMPLE_FRACTION.fullmatch(text, one.end, other.start):
            yield Number(one.start, other.end, frozenset((one.value / other.value,)), STRONG, text[one.start : other.end], parts=(one.value, other.value))
            n += 2
        else:
            yield one
            n += 1


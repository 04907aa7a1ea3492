"""What stands round a number and makes it another: per cent, a half more, hours, decades, centuries, a range."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pressroom.desk.agreement.lexicon import Key, Lexicon
from pressroom.desk.agreement.lexing import Item
from pressroom.desk.agreement.numbers import VULGAR
from pressroom.desk.agreement.tokens import FAINT, PLAIN, STRONG, Number

_HALF = Fraction(1, 2)
_MINUTES = re.compile(r"[0-5]\d")
_ONE_WORD = re.compile(r"(?:\s+[^\W\d_]+)?\s*")
_SCALES = (10**12, 10**9, 10**6)
_FAR = 24
_BEFORE = 40


def in_context(found: Sequence[Number], items: Sequence[Item], text: str, fold: str, lexicon: Lexicon) -> list[Number]:
    """The numbers as they are meant where they stand."""
    numbers = list(_vulgar(list(_joined(list(found), text, fold, lexicon)), text))
    numbers = [_marked(number, text, fold, lexicon) for number in numbers]
    numbers = [replace(number, about=True) if lexicon.patterns["about"].search(fold[max(0, number.start - _FAR) : number.start]) else number for number in numbers]
    numbers = _softened(_ranged(numbers, fold, lexicon))
    numbers = [*_halved(numbers, fold, lexicon), *_romans(items, text, fold, lexicon)]
    return list(_apart(sorted(numbers, key=lambda number: (number.start, -number.end))))


def _apart(numbers: Iterable[Number]) -> Iterator[Number]:
    """Without what stands inside another: the hundred of "pour cent"."""
    end = 0
    for number in numbers:
        if number.start >= end:
            yield number
            end = max(end, number.end)


def _joined(numbers: list[Number], text: str, fold: str, lexicon: Lexicon) -> Iterator[Number]:
    """Two numbers that are one: 10:30, 10 h 30, 三分之一, 一成五, 20世纪90年代."""
    n = 0
    while n < len(numbers):
        one = numbers[n]
        other = numbers[n + 1] if n + 1 < len(numbers) else None
        both = _both(one, other, text, fold, lexicon) if other and other.start >= one.end else None
        yield both or one
        n += 2 if both else 1


def _both(one: Number, other: Number, text: str, fold: str, lexicon: Lexicon) -> Number | None:
    between = fold[one.end : other.start]
    whole = text[one.start : other.end]
    if len(between) > _FAR:
        return None
    parts = lexicon.patterns["parts"].match(fold, one.end)
    if parts and parts.end() == other.start and one.value:
        strength = PLAIN if other.value == 1 else STRONG
        return Number(one.start, other.end, frozenset({other.value / one.value}), strength, whole, parts=(other.value, one.value))
    tenths = lexicon.patterns["tenths"].match(fold, one.end)
    if tenths and tenths.end() == other.start and not lexicon.spaced and max(one.value, other.value) < 10:
        # 两成半 is 25 per cent.
        more = other.value * 10 if other.value == _HALF else other.value
        return Number(one.start, other.end, frozenset({(one.value * 10 + more) / 100}), STRONG, whole)
    # A colon before a space ends a heading: "Phase 3: 20 dams".
    hours = between.lstrip() == ":" or (lexicon.patterns["hours"].fullmatch(between.rstrip(" .\u202f")) is not None and len(between) > 0)
    if hours and one.value <= 24 and one.value.denominator == 1 and _MINUTES.fullmatch(other.text) and one.strength == STRONG:
        return Number(one.start, other.end, _time(int(one.value), int(other.text)), STRONG, whole, parts=(one.value, other.value))
    century = lexicon.patterns["century"].match(fold, one.end)
    decade = lexicon.patterns["decade_after"].match(fold, other.end)
    if century and century.end() == other.start and decade and other.value < 100 and other.value % 10 == 0:
        return Number(one.start, decade.end(), frozenset({(one.value - 1) * 100 + other.value}), STRONG, text[one.start : decade.end()])
    return None


def _time(hour: int, minutes: int) -> frozenset[Key]:
    """An hour up to twelve may be of the morning or of the evening: languages say it where we do not look."""
    at = {hour * 60 + minutes} | ({hour * 60 + minutes + 720} if hour <= 12 else set())
    return frozenset(f"t{minute}" for minute in at)


def _vulgar(numbers: list[Number], text: str) -> Iterator[Number]:
    """½ alone, and in 2½."""
    at = {number.end: number for number in numbers}
    alone = [
        Number(n, n + 1, frozenset({VULGAR[char]}), STRONG, char) for n, char in enumerate(text) if char in VULGAR and n not in at
    ]
    for number in numbers:
        share = VULGAR.get(text[number.end : number.end + 1])
        yield replace(number, end=number.end + 1, keys=frozenset({number.value + share})) if share else number
    yield from alone


def _marked(number: Number, text: str, fold: str, lexicon: Lexicon) -> Number:
    patterns = lexicon.patterns
    before = fold[max(0, number.start - _BEFORE) : number.start]
    values = [key for key in number.keys if isinstance(key, Fraction)]
    keys: set[Key] = set(number.keys)
    end = number.end
    suffix = patterns["suffix"].match(fold, end)
    if suffix and number.text[-1:].isdigit():
        end = suffix.end()
    if found := re.compile(r"[\s]*[‰]").match(fold, end):
        return replace(number, end=found.end(), keys=frozenset(value / 1000 for value in values), strength=STRONG)
    if found := patterns["percent"].match(fold, end) or patterns["percent"].match(fold, number.end):
        keys, strength = {value / 100 for value in values}, STRONG if number.strength else FAINT
        keys |= {f"+{value / 100}" for value in values if value >= 100}
        return replace(number, end=found.end(), keys=frozenset(keys), strength=strength, text=text[number.start : found.end()])
    if patterns["growth"].search(before) and patterns["times"].match(fold, end):
        # 增长两倍 is tripled, and grown by 200 per cent.
        keys = {value + 1 for value in values} | {f"+{value}" for value in values}
    if patterns["perhaps_percent"].match(fold, end):
        keys |= {value / 100 for value in values}
    if patterns["tenths"].match(fold, end):
        keys |= {value / 10 for value in values if value <= 10}
    small = [int(value) for value in values if value.denominator == 1 and value <= 24]
    if patterns["half_hour"].match(fold, end) or patterns["half_past"].search(before):
        keys |= {key for hour in small for key in _time(hour, 30)}
    if patterns["half_to"].search(before):
        # Половина шестого is half past five.
        keys |= {key for hour in small if hour for key in (Fraction(hour - 1), *_time(hour - 1, 30))}
    if patterns["hours"].match(fold, end) or patterns["hours_before"].search(before):
        keys |= {key for hour in small for key in _time(hour, 0)}
        # 10.30 h is a time where the sign between is the one of decimals.
        if (dotted := re.fullmatch(r"(\d\d?)[.,]([0-5]\d)", number.text)) and int(dotted[1]) <= 24:
            keys |= _time(int(dotted[1]), int(dotted[2]))
    if dotted := patterns["clock"].fullmatch(number.text):
        keys |= _time(int(dotted[1]), int(dotted[2])) if int(dotted[1]) <= 24 else set()
    if patterns["decade_after"].match(fold, number.end) or patterns["decade_before"].search(before):
        keys |= {key for value in values if value % 10 == 0 and value.denominator == 1 for key in _decades(value)}
    approximate = patterns["approximate"].fullmatch(before[-1:])
    strength = FAINT if approximate and number.strength == PLAIN else number.strength
    return replace(number, end=end, keys=frozenset(keys), strength=strength)


def _decades(value: Fraction) -> tuple[Fraction, ...]:
    return (1800 + value, 1900 + value, 2000 + value) if value < 100 else ()


def _ranged(numbers: list[Number], fold: str, lexicon: Lexicon) -> list[Number]:
    """12 to 15 per cent, 2 to 3 million: what is said of the second may be meant of the first."""
    for n in range(len(numbers) - 2, -1, -1):
        one, other = numbers[n], numbers[n + 1]
        between = fold[one.end : other.start]
        if between in ("/", "-", "–") and re.fullmatch(r"[12]\d{3}", one.text) and re.fullmatch(r"\d\d", other.text) and int(one.text[2:]) < int(other.text):
            # 2025/26 ends in 2026.
            numbers[n + 1] = replace(other, keys=other.keys | {Fraction(int(one.text[:2] + other.text))})
        if len(between) > _FAR or other.start < one.end or not lexicon.patterns["range"].fullmatch(between):
            continue
        keys = set(one.keys)
        if any(isinstance(key, Fraction) and key * 100 in _figures(other) for key in other.keys):
            keys |= {key / 100 for key in one.keys if isinstance(key, Fraction)}
        if other.scaled and not one.scaled:
            keys |= {key * other.scaled for key in one.keys if isinstance(key, Fraction)}
        if any(isinstance(key, str) for key in other.keys):
            keys |= {key for value in one.keys if isinstance(value, Fraction) and value.denominator == 1 and value <= 24 for key in _time(int(value), 0)}
        numbers[n] = replace(one, keys=frozenset(keys))
    return numbers


def _softened(numbers: list[Number]) -> list[Number]:
    """Three last decades are thirty years, though a word stands between the two."""
    for n, number in enumerate(numbers):
        if number.soft:
            for beside in (n - 1, n + 1):
                other = numbers[beside] if 0 <= beside < len(numbers) else number
                if not other.soft and 1 < other.value <= 20 and max(number.start, other.start) - min(number.end, other.end) <= _FAR:
                    numbers[beside] = replace(other, keys=other.keys | {other.value * number.soft})
    return numbers


def _figures(number: Number) -> set[Fraction]:
    """The figure of a percentage, to be known by its text."""
    found = re.match(r"\d+(?:[.,]\d+)?", number.text)
    if found:
        return {Fraction(found[0].replace(",", "."))}
    return {key * 100 for key in number.keys if isinstance(key, Fraction)} if number.text[-1:].isalpha() else set()


def _halved(numbers: list[Number], fold: str, lexicon: Lexicon) -> list[Number]:
    """Two and a half, deux ans et demi, 两个半."""
    pattern = lexicon.patterns["and_a_half"]
    if pattern.pattern == "(?!)":
        return numbers
    for found in pattern.finditer(fold):
        start = found.start()
        for n, number in enumerate(numbers):
            if number.end <= found.end() and _ONE_WORD.fullmatch(fold[number.end : start]) and number.start < start:
                numbers[n] = _and_a_half(number)
        numbers.append(Number(found.end(), found.end(), frozenset({3 * _HALF}), FAINT, found[0].strip()))
    return numbers


def _and_a_half(number: Number) -> Number:
    """Deux millions et demi is 2,500,000; of two hours and a half nothing but the number says that it may be more."""
    values = [key for key in number.keys if isinstance(key, Fraction)]
    most = max(values, default=Fraction(0))
    if most and (times := next((scale for scale in _SCALES if most % scale == 0), 0)):
        return replace(number, keys=frozenset({most + times * _HALF}))
    return replace(number, keys=number.keys | {value + _HALF for value in values})


def _romans(items: Sequence[Item], text: str, fold: str, lexicon: Lexicon) -> Iterator[Number]:
    """Roman numerals: those of centuries prove something, others only explain."""
    for item in items:
        if item.roman:
            century = lexicon.patterns["century"].match(fold, item.end) or lexicon.patterns["century_before"].search(fold[max(0, item.start - 20) : item.start])
            if century or item.end - item.start > 1:
                yield Number(item.start, item.end, frozenset(item.values), STRONG if century else FAINT, text[item.start : item.end])

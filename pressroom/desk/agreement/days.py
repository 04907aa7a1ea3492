"""Days, months and years of a text: 2 November 2020, Nov. 2, 2020年11月2日, 1er mars, 2.11.2020."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from pressroom.desk.agreement.lexicon import Lexicon
from pressroom.desk.agreement.lexing import Item
from pressroom.desk.agreement.signs import folded
from pressroom.desk.agreement.tokens import FAINT, PLAIN, STRONG, Day, Number, Weekday

_ISO = re.compile(r"(?<![\d–-])(\d{4})[–-](\d\d?)[–-](\d\d?)(?![\d–-])")
_FIGURES = re.compile(r"(?<![\d./])(\d\d?)([./])(\d\d?)\2(\d{4}|\d\d)(?![\d./]\d)")
_SHORT = re.compile(r"(?<![\d./])(\d\d?)\.(\d\d?)\.(?!\d)")
_NINE_ELEVEN = re.compile(r"(?<![\d/.])9[/·]11(?![\d/.])")
_MOST_SPACE = re.compile(r"\s{0,2}")
_BESIDE = re.compile(r"[\s,(（]{0,3}")
_LONGEST_GAP = 12
_NEAR = 10
_MOST_LISTED = 20


def written_in_figures(text: str, lexicon: Lexicon) -> tuple[list[Day], str]:
    """Days in figures alone, and the text with spaces in their place."""
    found: list[Day] = []
    for match in _ISO.finditer(text):
        year, month, day = (int(part) for part in match.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(Day(match.start(), match.end(), match[0], day, month, year))
    for match in _FIGURES.finditer(text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        year += 2000 if year < 100 else 0
        day, month = (one, other) if other <= 12 else (other, one)
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(Day(match.start(), match.end(), match[0], day, month, year, swapped=day <= 12))
    for match in _SHORT.finditer(text):
        # Am 7.10. is a day; version 7.10. ends a sentence.
        day, month, before = int(match[1]), int(match[2]), folded(text[max(match.start() - _LONGEST_GAP, 0) : match.start()])
        if 1 <= month <= 12 and 1 <= day <= 31 and lexicon.patterns["before_day"].search(before):
            found.append(Day(match.start(), match.end(), match[0], day, month))
    found += [Day(match.start(), match.end(), match[0], 11, 9, strength=PLAIN) for match in _NINE_ELEVEN.finditer(text)]
    for item in found:
        text = f"{text[: item.start]}{' ' * (item.end - item.start)}{text[item.end :]}"
    return found, text


def days(numbers: list[Number], items: Sequence[Item], text: str, fold: str, lexicon: Lexicon) -> tuple[list[Day], list[Number]]:
    """The days that stand in words, and the numbers that are no part of one."""
    reader = _Marked(numbers, text, fold, lexicon) if lexicon.month else _Named(numbers, items, text, fold, lexicon)
    found = list(reader.days())
    return found, [number for number in numbers if id(number) not in reader.used]


def feasts(items: Sequence[Item], text: str, lexicon: Lexicon) -> list[Day]:
    """Days that have a name of their own: 五一 is 1 May. They only contradict another day. A new year is no New Year."""
    named = [item for item in items if item.word and item.word.feast[0] and (not lexicon.capital_months or text[item.start].isupper())]
    return [Day(item.start, item.end, text[item.start : item.end], item.word.feast[1], item.word.feast[0], strength=PLAIN) for item in named if item.word]


def weekdays(items: Sequence[Item], text: str, when: date | None) -> list[Weekday]:
    """Days of the week, today and yesterday: which days they may be, round the document's date."""
    found = []
    for item in items:
        if item.word and (item.word.weekday or item.word.day is not None):
            near = [when + timedelta(days) for days in range(-_NEAR, _NEAR + 1)] if when and item.word.weekday else []
            near = [day for day in near if day.isoweekday() == item.word.weekday]
            near += [when + timedelta(item.word.day)] if when and item.word.day is not None else []
            found.append(Weekday(item.start, item.end, text[item.start : item.end], item.word.weekday, frozenset(near)))
    return found


def dated(weekdays: Iterable[Weekday], days: Sequence[Day], text: str) -> Iterator[Weekday]:
    """A day of the week beside a date is that of the date alone, not of a week before or behind: Thursday, 12 November; 11月12日（星期四）."""
    starts = [day.start for day in days]
    for weekday in weekdays:
        at = bisect_right(starts, weekday.start)
        for day in days[max(at - 1, 0) : at + 1]:
            if day.day and any(_BESIDE.fullmatch(text, end, start) for end, start in ((weekday.end, day.start), (day.end, weekday.start))):
                weekday = replace(weekday, days=frozenset(near for near in weekday.days if near.day == day.day and day.month in (0, near.month)))
        yield weekday


def _whole(number: Number | None, most: int) -> int:
    """A number as a whole one from 1 to `most`, else 0."""
    values = [int(key) for key in number.keys if isinstance(key, Fraction) and key.denominator == 1 and 1 <= key <= most] if number and not number.scaled else []
    return values[0] if values else 0


def _year(number: Number | None) -> int:
    return _whole(number, 2999) if number and number.strength == STRONG and _whole(number, 2999) >= 1000 else 0


class _Named:
    """Months with names, a day before or behind."""

    def __init__(self, numbers: list[Number], items: Sequence[Item], text: str, fold: str, lexicon: Lexicon) -> None:
        self.numbers, self.text, self.fold, self.lexicon = numbers, text, fold, lexicon
        self.months = list(self._once([item for item in items if item.word and item.word.month and self._is_name(item)]))
        self.used: set[int] = set()
        self.starts, self.ends = [number.start for number in numbers], [number.end for number in numbers]

    def _is_name(self, item: Item) -> bool:
        """May is a month and may is not."""
        return not self.lexicon.capital_months or self.text[item.start].isupper()

    def _once(self, months: list[Item]) -> Iterator[Item]:
        """كانون الثاني/يناير is one month with two names."""
        twice = [n for n in range(1, len(months)) if self.text[months[n - 1].end : months[n].start].strip() in ("/", "(")]
        for n, item in enumerate(months):
            if n not in twice:
                yield replace(item, end=months[n + 1].end) if n + 1 in twice else item

    def days(self) -> Iterator[Day]:
        for item in self.months:
            assert item.word
            day = self._day_before(item.start)
            after = self._after(item.end)
            number = 0
            if day:
                number = _whole(day, 31)
            elif after and self.lexicon.month_first and (number := self._day_behind(after)):
                day = after
                after = self._after(after.end)
            year = after if _year(after) else None
            for part in (day, year):
                if part:
                    self.used.add(id(part))
            start = min(item.start, day.start if day else item.start)
            end = max(item.end, *(part.end for part in (day, year) if part), item.end)
            strength = STRONG if day or year else PLAIN
            yield Day(start, end, self.text[start:end], number, item.word.month, _year(year), strength=strength)
            if day:
                yield from self._others(item, day, year)

    def _day_before(self, at: int) -> Number | None:
        near = self.numbers[bisect_left(self.ends, at - _LONGEST_GAP) : bisect_right(self.ends, at)]
        found = next((number for number in near if id(number) not in self.used and self._joins(number.end, at)), None)
        # "Sur 24, sept jours" is no day of September.
        return found if _whole(found, 31) and found and _is_day(found) and "," not in self.fold[found.end : at] else None

    def _joins(self, start: int, end: int) -> bool:
        return bool(self.lexicon.patterns["of"].fullmatch(self.fold[start:end]))

    def _after(self, at: int) -> Number | None:
        """The number right behind a place, with what may stand between a month and a year."""
        n = bisect_left(self.starts, at)
        found = self.numbers[n] if n < len(self.numbers) else None
        if found is None or found.start - at > _LONGEST_GAP or id(found) in self.used:
            return None
        return found if self._joins(at, found.start) else None

    def _day_behind(self, number: Number) -> int:
        """The day of "Nov. 2"; what is followed by a word that it counts may be one all the same."""
        return _whole(number, 31) if _is_day(number) and number.end - number.start <= 4 and "." not in number.text else 0

    def _others(self, item: Item, day: Number, year: Number | None) -> Iterator[Day]:
        """The other days of "2 and 3 November" and "Nov. 2–4"."""
        assert item.word
        pattern = self.lexicon.patterns["range"]
        if day.start < item.start:
            edge, top = day.start, _whole(day, 31)
            for number in reversed(self.numbers[max(0, bisect_right(self.ends, edge) - _MOST_LISTED) : bisect_right(self.ends, edge)]):
                between = self.fold[number.end : edge]
                listed = pattern.fullmatch(between) or re.fullmatch(r"\s*,\s*", between)
                if not listed and not self._article(between) or not 0 < _whole(number, 31) < top or not _is_day(number) or id(number) in self.used:
                    return
                self.used.add(id(number))
                yield Day(number.start, number.end, number.text, _whole(number, 31), item.word.month, _year(year))
                edge, top = number.start, _whole(number, 31)
            return
        behind = bisect_left(self.starts, day.end)
        for number in self.numbers[behind : behind + 2]:
            if id(number) not in self.used:
                between = self.fold[day.end : number.start]
                close = re.fullmatch(r"\s*[–-]\s*", between) or (pattern.fullmatch(between) and _whole(day, 31) < _whole(number, 31))
                if close and _whole(number, 31) and _is_day(number):
                    self.used.add(id(number))
                    yield Day(number.start, number.end, number.text, _whole(number, 31), item.word.month, _year(year))
                    if year is None and (found := self._after(number.end)) and _year(found):
                        self.used.add(id(found))
                return

    def _article(self, between: str) -> bool:
        """du 2 au 4, del 2 al 4, с 2 по 4."""
        return bool(self.lexicon.patterns["range"].fullmatch(re.sub(r"\s+(?:le|el|the)\s+$", " ", between)))


def _is_day(number: Number) -> bool:
    """Whether a number may be that of a day: 2nd, 1er, второго, but no half and no percentage."""
    roman = number.text.isascii() and number.text.isupper()
    return number.value.denominator == 1 and (number.strength > FAINT or number.value <= 2) and not roman


class _Marked:
    """Months that are numbers with a sign behind them: 2020年11月2日."""

    def __init__(self, numbers: list[Number], text: str, fold: str, lexicon: Lexicon) -> None:
        self.numbers, self.text, self.fold, self.lexicon = numbers, text, fold, lexicon
        self.used: set[int] = set()

    def days(self) -> Iterator[Day]:
        month = year = 0
        last = -1
        for n, number in enumerate(self.numbers):
            if id(number) in self.used:
                continue
            value = _whole(number, 12)
            if value and self._followed(number, self.lexicon.month):
                end = number.end + len(self.lexicon.month)
                parts = [number]
                year = 0
                before = self.numbers[n - 1] if n else None
                if before and _year(before) and self._followed(before, self.lexicon.year) and before.end + len(self.lexicon.year) == number.start:
                    parts.insert(0, before)
                    year = _year(before)
                behind = self.numbers[n + 1] if n + 1 < len(self.numbers) else None
                day = 0
                if behind and _whole(behind, 31) and _MOST_SPACE.fullmatch(self.fold[end : behind.start]) and (sign := self._day_sign(behind)):
                    parts.append(behind)
                    day, end = _whole(behind, 31), behind.end + len(sign)
                month, last = value, end
                self.used |= {id(part) for part in parts}
                yield Day(parts[0].start, end, self.text[parts[0].start : end], day, value, year, strength=STRONG if day or year else PLAIN)
            elif month and (day := _whole(number, 31)) and (sign := self._day_sign(number)) and number.start - last <= _LONGEST_GAP:
                self.used.add(id(number))
                last = number.end + len(sign)
                yield Day(number.start, last, self.text[number.start : last], day, month, year)
            elif (day := _whole(number, 31)) and self._day_sign(number) and number.strength == STRONG:
                self.used.add(id(number))
                yield Day(number.start, number.end + 1, self.text[number.start : number.end + 1], day)
            elif month and (day := _whole(number, 31)) and n + 1 < len(self.numbers) and self._leads_to_day(number, self.numbers[n + 1], last):
                self.used.add(id(number))
                yield Day(number.start, number.end, number.text, day, month, year)

    def _followed(self, number: Number, sign: str) -> bool:
        return bool(sign) and self.fold.startswith(sign, number.end)

    def _day_sign(self, number: Number) -> str:
        """1号线 is a line and 第2号 a number."""
        if number.ordinal or self.fold.startswith(self.lexicon.no_days or ("\0",), number.end):
            return ""
        return next((sign for sign in self.lexicon.days if self.fold.startswith(sign, number.end)), "")

    def _leads_to_day(self, number: Number, after: Number, last: int) -> bool:
        """The first day of 11月2—4日, whose sign stands behind the second."""
        return number.start == last and bool(self._day_sign(after)) and bool(self.lexicon.patterns["range"].fullmatch(self.fold[number.end : after.start]))

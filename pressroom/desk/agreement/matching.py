"""Two bags of numbers, or of days, set against each other: what one has and the other has not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

from pressroom.desk.agreement.lexicon import Key
from pressroom.desk.agreement.tokens import FAINT, PLAIN, STRONG, Day, Number, Reckoning, Weekday

_MOST = 200
"""Numbers or days without a counterpart that are looked at one by one."""
T = TypeVar("T")
U = TypeVar("U")
Words = tuple[tuple[str, ...], tuple[str, ...]]
"""What one text says and the other does not, as it is written: of the translation, and of the original."""


def numbers_apart(mine: Reckoning, other: Reckoning) -> Words:
    """The numbers that have no counterpart. What days of the other text explain is none of them."""
    ours, theirs = _paired(mine.numbers, other.numbers)
    ours, theirs = _unexplained(ours, other.days, mine.days), _unexplained(theirs, mine.days, other.days)
    strong = _of(ours, STRONG), _of(theirs, STRONG)
    counted = _told(ours, other.numbers), _told(theirs, mine.numbers)
    if not (mine.known and other.known):
        # What may be said in words there that nobody knows here proves nothing, unless both have figures that the other lacks.
        told = tuple([number for number in side if number.text.isdigit() and number.strength == STRONG] for side in strong)
        return (_said(told[0]), _said(told[1])) if all(told) else ((), ())
    if all(counted):
        return _said(counted[0]), _said(counted[1])
    if doubted := _only_two(ours, theirs, mine.numbers, other.numbers):
        return _said(doubted[:1]), _said(doubted[1:])
    # What is said twice here and once there is said there.
    return _said(_unsaid(strong[0], other.numbers)), _said(_unsaid(strong[1], mine.numbers))


def _only_two(mine: list[Number], other: list[Number], all_mine: Sequence[Number], all_other: Sequence[Number]) -> list[Number]:
    """First against third, one against three: where both texts have as many numbers, and each has one that the other lacks."""
    if len(_real(all_mine)) != len(_real(all_other)):
        return []
    left, right = ([number for number in _real(side) if not number.keys & _keys(said)] for side, said in ((mine, all_other), (other, all_mine)))
    if len(left) != 1 or len(right) != 1:
        return []
    one, two = left[0], right[0]
    whole = all(number.value.denominator == 1 and not number.soft for number in (one, two))
    return [one, two] if whole and one.ordinal == two.ordinal else []


def _real(numbers: Iterable[Number]) -> list[Number]:
    return [number for number in numbers if number.strength > FAINT or number.doubtful]


def _keys(numbers: Iterable[Number]) -> set[Key]:
    return {key for number in numbers for key in number.keys}


def _told(numbers: list[Number], other: Sequence[Number]) -> list[Number]:
    """The numbers that may contradict the other text: all strong ones, and of small words those that it has nowhere."""
    unsaid = _unsaid(numbers, other)
    return [number for number in numbers if number.strength == STRONG or (number.strength == PLAIN and number in unsaid)]


def _unsaid(numbers: list[Number], other: Sequence[Number]) -> list[Number]:
    return [number for number in numbers if not number.keys & _keys(_real(other))]


def days_apart(mine: Reckoning, other: Reckoning) -> Words:
    """The days and months that have no counterpart; days of the week only where both texts have one that the other lacks."""
    ours, theirs = _without(*_uncommon(mine.days, other.days, _date), _same_day)
    ours, theirs = _without(ours, theirs, _may_be_same_month)
    ours, theirs = _without(ours, other.weekdays, _on)[0], _without(theirs, mine.weekdays, _on)[0]
    ours, theirs = _not_in_numbers(ours, other.numbers, mine.numbers), _not_in_numbers(theirs, mine.numbers, other.numbers)
    strong = [day for day in ours if day.strength == STRONG], [day for day in theirs if day.strength == STRONG]
    told = (ours, theirs) if ours and theirs else strong
    years = _other_years(mine, other), _other_years(other, mine)
    if all(years) and not any(told):
        told = years
    weekdays = _without(*([day for day in side.weekdays if day.number] for side in (mine, other)), lambda one, two: one.number == two.number)
    if all(weekdays):
        return (*_said(told[0]), *_said(weekdays[0])), (*_said(told[1]), *_said(weekdays[1]))
    return _said(told[0]), _said(told[1])


def _other_years(mine: Reckoning, other: Reckoning) -> list[Day]:
    """The days whose year the other text has nowhere. A year that one text alone says, the other may mean by "this year"."""
    said = {Fraction(day.year) for day in other.days} | {key for number in other.numbers for key in number.keys if isinstance(key, Fraction)}
    return [day for day in mine.days if day.year and Fraction(day.year) not in said]


def _paired(mine: Sequence[Number], other: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    """What is left when equal numbers have found each other, those that prove most first."""
    left, right = _uncommon(*([number for number in side if number.strength] for side in (mine, other)), lambda number: (number.keys, number.strength))
    faint, other_faint = ([number for number in side if not number.strength][:_MOST] for side in (mine, other))
    if not left and not right:
        return faint, other_faint
    left, right = [*left, *faint], [*right, *other_faint]
    for test in (_equal, _rounded):
        for strengths in ((STRONG, STRONG), (STRONG, PLAIN), (PLAIN, STRONG), (PLAIN, PLAIN), (STRONG, FAINT), (FAINT, STRONG), (PLAIN, FAINT), (FAINT, PLAIN)):
            for one in [number for number in left if number.strength == strengths[0]]:
                found = _nearest(one, [number for number in right if number.strength == strengths[1] and test(one, number)])
                if found is not None:
                    left.remove(one)
                    right.remove(found)
    right = _taken_apart(right, left)
    return _taken_apart(left, right), right


def _uncommon(mine: Sequence[T], other: Sequence[T], mark: Callable[[T], object]) -> tuple[list[T], list[T]]:
    """Without what is the same on both sides in every way, at no cost; of what is left so much that it can be looked at one by one."""
    ours, theirs = (Counter(map(mark, side)) for side in (mine, other))
    found = []
    for side, both in ((mine, ours & theirs), (other, ours & theirs)):
        left = []
        for item in side:
            if both[mark(item)] > 0:
                both[mark(item)] -= 1
            else:
                left.append(item)
        found.append(left[:_MOST])
    return found[0], found[1]


def _taken_apart(mine: list[Number], other: list[Number]) -> list[Number]:
    """Without the fractions and times whose parts the other text has one by one, which are taken from it too; a one need not be said."""
    left = []
    for whole in mine:
        rest, found = list(other), []
        for part in whole.parts:
            number = next((number for number in rest if part in number.keys), None)
            if number:
                rest.remove(number)
            if number or part != 1:
                found.append(number)
        if found and all(found):
            other[:] = rest
        else:
            left.append(whole)
    return left


def _nearest(one: Number, found: list[Number]) -> Number | None:
    """The one that means the same and least else."""
    return min(found, key=lambda number: (number.value != one.value, len(number.keys)), default=None)


def _equal(one: Number, other: Number) -> bool:
    return bool(one.keys & other.keys)


def _rounded(one: Number, other: Number) -> bool:
    """123,456 may be about 12.3万: one is written with a word such as million, rounds the other, and has two figures at least."""
    return _rounds(one, other) or _rounds(other, one)


def _rounds(coarse: Number, fine: Number) -> bool:
    return (
        coarse.grain > 0 and (coarse.about or fine.about) and coarse.scaled != fine.scaled and coarse.value >= 20 * coarse.grain
        and (not fine.grain or fine.grain < coarse.grain) and fine.value > 0 and abs(fine.value - coarse.value) <= coarse.grain
    )  # fmt: skip


def _unexplained(numbers: list[Number], days: Sequence[Day], own: Sequence[Day]) -> list[Number]:
    """Without what is the day or the month of a day that stands in the other text alone, or its year: "the 2nd" may be 11月2日."""
    alone, _ = _without(*_uncommon(days, own, _date), _same_day)
    parts = [Fraction(part) for day in alone for part in (day.day, day.month) if part]
    parts += [Fraction(year) for year in {day.year for day in days} - {day.year for day in own} if year]
    left = []
    for number in numbers:
        found = next((part for part in parts if part in number.keys), None)
        if found is None:
            left.append(number)
        else:
            parts.remove(found)
    return left


def _of(numbers: Iterable[Number], least: int) -> list[Number]:
    return [number for number in numbers if number.strength >= least]


def _without(mine: Sequence[T], other: Sequence[U], same: Callable[[T, U], bool]) -> tuple[list[T], list[U]]:
    left, right = [], list(other)
    for one in mine:
        found = next((item for item in right if same(one, item)), None)
        if found is None:
            left.append(one)
        else:
            right.remove(found)
    return left, right


def _date(day: Day) -> tuple[int, int, int]:
    return day.day, day.month, day.year


def _same_day(one: Day, other: Day) -> bool:
    if one.year and other.year and one.year != other.year:
        return False
    if one.day == other.day and (one.month == other.month or (one.day and 0 in (one.month, other.month))):
        return True
    turned = (one.swapped or other.swapped) and (one.day, one.month) == (other.month, other.day)
    return turned


def _on(one: Day, other: Weekday) -> bool:
    """Whether a day is the Tuesday of the other text."""
    return any(one.day == day.day and one.month in (0, day.month) and one.year in (0, day.year) for day in other.days)


def _may_be_same_month(one: Day, other: Day) -> bool:
    """A month named alone may be that of a day."""
    return one.month == other.month and (not one.day or not other.day) and PLAIN in (one.strength, other.strength)


def _not_in_numbers(days: list[Day], numbers: Sequence[Number], own: Sequence[Number]) -> list[Day]:
    """Without the days whose number alone stands in the other text, and not here."""
    spare, _ = _paired(numbers, own)
    left = []
    for day in days:
        found = next((number for number in spare if day.day and Fraction(day.day) in number.keys and number.strength >= PLAIN), None)
        if found is None:
            left.append(day)
        else:
            spare.remove(found)
    return left


def _said(items: Iterable[Number] | Iterable[Day] | Iterable[Weekday]) -> tuple[str, ...]:
    return tuple(item.text.strip() for item in items)

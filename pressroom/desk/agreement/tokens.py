"""What two texts are compared by: numbers and days, each with all that it may mean and how much it proves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pressroom.desk.agreement.lexicon import Key

FAINT, PLAIN, STRONG = 0, 1, 2
"""How much a number proves. A faint one only explains what the other text has; a plain one, two to twelve in words, counts where both
texts contradict each other; a strong one must be in both."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text. `grain` is half of its last digit where it was written with a word such as million, and may be rounded; `about`
    says that the text calls it so. `parts` are the numerator and the denominator of a fraction, the hour and the minutes of a
    time: seven tenths may be seven out of ten, and 3小时20分钟 is how long something takes.
    `soft` is what a word such as decade counts that stands alone; first, second and
    one, and words that multiply, are `doubtful`: faint, but a contradiction where both texts have one number, and another one."""

    start: int
    end: int
    keys: frozenset[Key]
    strength: int
    text: str
    grain: Fraction = Fraction(0)
    scaled: Fraction = Fraction(0)
    about: bool = False
    parts: tuple[Fraction, ...] = ()
    soft: Fraction = Fraction(0)
    doubtful: bool = False
    ordinal: bool = False

    @property
    def value(self) -> Fraction:
        return min((key for key in self.keys if isinstance(key, Fraction)), default=Fraction(-1))


@dataclass(frozen=True, slots=True)
class Day:
    """A day, a month or both; 0 is not said. `swapped` says that the figures may be meant the other way round."""

    start: int
    end: int
    text: str
    day: int = 0
    month: int = 0
    year: int = 0
    swapped: bool = False
    strength: int = STRONG


@dataclass(frozen=True, slots=True)
class Weekday:
    """1 is Monday, 0 none: today, yesterday. `days` are those that it may be, round the document's date."""

    start: int
    end: int
    text: str
    number: int
    days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Reckoning:
    """All numbers and days of one text."""

    numbers: tuple[Number, ...] = ()
    days: tuple[Day, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    known: bool = True

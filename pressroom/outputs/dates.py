"""Dates and datelines in each language, from CLDR through Babel and the house's press style."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

from pressroom.model.moments import Moment

# The Associated Press form, which CLDR does not have.
_AP_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_MONTH_FORM = re.compile("LLLL|MMMM|M月")


@lru_cache(maxsize=64)
def locale_of(lang: str) -> Locale:
    return Locale.parse(lang, sep="-")


def long_date(moment: Moment, lang: str) -> str:
    return day(moment.local.date(), lang)


def day(when: date, lang: str) -> str:
    written = format_date(when, "long", locale=locale_of(lang))
    # CLDR does not know the French ordinal of the first of a month.
    return written.replace("1 ", "1er ", 1) if when.day == 1 and lang.split("-")[0] == "fr" else written


def month(year: int, number: int, lang: str) -> str:
    return format_skeleton("yMMMM", datetime(year, number, 1), locale=locale_of(lang))


def month_name(year: int, number: int, lang: str) -> str:
    """A month alone, in the form it has before a year in this language."""
    locale = locale_of(lang)
    # Babel's abbreviated and stand-alone forms may be another language's, whichever was asked first: only the form that CLDR gives here is taken.
    form = _MONTH_FORM.search(str(locale.datetime_skeletons["yMMMM"]))
    return format_date(datetime(year, number, 1), form[0] if form else "MMMM", locale=locale)


def clock(moment: Moment, lang: str) -> str:
    """The hour in twenty-four, with the offset it was written in; nothing for a date alone."""
    if moment.day_only:
        return ""
    written = moment.local.strftime("%z")
    offset = f"UTC{written[:3]}:{written[3:]}" if written not in ("", "+0000") else "UTC"
    return f"{format_time(moment.local.time(), 'HH:mm', locale=locale_of(lang))} {offset}"


def dateline(place: str, moment: Moment, lang: str) -> str:
    """Place and date as a text of this language opens; nothing without a place."""
    if not place:
        return ""
    when = moment.local.date()
    language = lang.split("-")[0]
    if language == "en":
        return f"{place.upper()}, {_AP_MONTHS[when.month - 1]} {when.day}, {when.year} —"
    if language == "zh":
        return f"{place}{when.month}月{when.day}日电"
    days = format_skeleton("MMMMd", when, locale=locale_of(lang))
    if language == "fr":
        return f"{place}, le {day(when, lang)}"
    if language == "ru":
        return f"{place.upper()}, {days}."
    if language == "ar":
        return f"{place} في {days}"
    return f"{place}, {days}"


def in_zone(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


def language_name(lang: str, shown_in: str) -> str:
    """A language's name in another, as CLDR has it; the tag where it has none."""
    shown = locale_of(shown_in)
    return shown.languages.get(lang.replace("-", "_")) or locale_of(lang).get_display_name(shown) or lang


def joined(items: list[str], lang: str) -> str:
    from babel.lists import format_list

    return format_list(items, locale=locale_of(lang)) if items else ""


def per_cent(share: float, lang: str) -> str:
    from babel.numbers import format_percent

    return format_percent(share, locale=locale_of(lang))


def partial(text: str, lang: str) -> str:
    """A date of which only the year, or the year and month, may be known: `2020`, `2020-11`, `2020-11-02`."""
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return str(year)
    return month(year, rest[0], lang) if len(rest) == 1 else day(date(year, *rest), lang)


def size(count: int, lang: str) -> str:
    """A file's size in the units a reader knows."""
    from babel.units import format_unit

    unit, scale = ("megabyte", 1_000_000) if count >= 1_000_000 else ("kilobyte", 1_000)
    return format_unit(max(round(count / scale, 1), 0.1), f"digital-{unit}", "short", locale=locale_of(lang))

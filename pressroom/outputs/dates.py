"""Dates, datelines and times in each language: CLDR's forms through Babel, and what the typography file of the language sets otherwise."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton

from pressroom.model.moments import Moment
from pressroom.model.patterns import filled
from pressroom.model.typography import Typography
from pressroom.outputs import zones
from pressroom.outputs.numerals import in_digits, locale_for, locale_of

_MONTH_FORM = re.compile("LLLL|MMMM|M月")
# A run of text in quotation marks, or the field of the day, in a pattern of CLDR's.
_QUOTED_OR_DAY = re.compile(r"'[^']*'|d+")
_PLAIN_DATELINE = "{place}, {day_month}"
_PLAIN_CLOCK = "{hour}:{minute}"
_PLAIN_INSTANT = "{date}, {clock} UTC"
_PLAIN_EMBARGO = "{date}, {clock} {zone} ({city}, {offset}), {utc}"


def long_date(moment: Moment, typography: Typography) -> str:
    return day(moment.local.date(), typography)


@lru_cache(maxsize=4096)
def day(when: date, typography: Typography) -> str:
    """A day in full."""
    if own := typography.table("dates").get("long"):
        return filled(own, _parts(when, typography))
    return _by_cldr(str(locale_for(typography).date_formats["long"].pattern), when, typography)


@lru_cache(maxsize=1024)
def month(year: int, number: int, typography: Typography) -> str:
    return in_digits(format_skeleton("yMMMM", datetime(year, number, 1), locale=locale_for(typography)), typography)


@lru_cache(maxsize=1024)
def month_name(year: int, number: int, typography: Typography) -> str:
    """A month alone, in the form it has before a year in this language."""
    locale = locale_for(typography)
    # Babel's abbreviated and stand-alone forms may be another language's, whichever was asked first: only the form that CLDR gives here is taken.
    form = _MONTH_FORM.search(str(locale.datetime_skeletons["yMMMM"]))
    return in_digits(format_date(datetime(year, number, 1), form[0] if form else "MMMM", locale=locale), typography)


@lru_cache(maxsize=1024)
def year(number: int, typography: Typography) -> str:
    """A year alone, which some languages call a year."""
    return in_digits(format_skeleton("y", datetime(number, 1, 1), locale=locale_for(typography)), typography)


def clock(moment: Moment, typography: Typography) -> str:
    """The hour in twenty-four, with the offset it was written in; nothing for a date alone."""
    return "" if moment.day_only else f"{_clock(moment.local, typography)} {_offset(moment.local)}"


@lru_cache(maxsize=4096)
def dateline(place: str, moment: Moment, typography: Typography) -> str:
    """Place and date as a text of this language opens; nothing without a place."""
    if not place:
        return ""
    table = typography.table("dateline")
    form = table.get("form", _PLAIN_DATELINE)
    if place in table.get("home", ()):
        form = table.get("local", form)
    when = moment.local.date()
    parts = _parts(when, typography)
    if months := table.get("months"):
        parts["month"] = months[when.month - 1]
    return filled(form, {**parts, "date": day(when, typography), "place": place, "PLACE": _capitals(place, typography)})


def opening(place: str, moment: Moment, typography: Typography) -> str:
    """The dateline with the sign that parts it from the first words, where the language has one."""
    return " ".join(part for part in (dateline(place, moment, typography), typography.table("dateline").get("sign", "")) if part) if place else ""


def embargo(instant: datetime, zone: str, typography: Typography) -> str:
    """Until when an embargo lasts: day and hour in the site's zone with the zone's name, and the same instant in UTC."""
    table, locale = typography.table("times"), locale_for(typography)
    local, utc = instant.astimezone(ZoneInfo(zone)), instant.astimezone(UTC)
    of_utc = {"date": day(utc.date(), typography), "clock": _clock(utc, typography)}
    if zones.is_utc(local):
        return filled(table.get("embargo_utc", _PLAIN_INSTANT), of_utc)
    said = table.get("utc", "{clock} UTC") if local.date() == utc.date() else table.get("utc_dated", _PLAIN_INSTANT)
    parts = {
        "date": day(local.date(), typography), "clock": _clock(local, typography), "offset": _offset(local), "utc": filled(said, of_utc),
        "zone": in_digits(zones.zone_name(local, locale), typography), "city": zones.city(local, locale),
    }  # fmt: skip
    return filled(table.get("embargo", _PLAIN_EMBARGO), parts)


def partial(text: str, typography: Typography) -> str:
    """A date of which only the year, or the year and month, may be known: `2020`, `2020-11`, `2020-11-02`."""
    number, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return year(number, typography)
    return month(number, rest[0], typography) if len(rest) == 1 else day(date(number, *rest), typography)


def is_day(text: str) -> bool:
    """Whether such a date says the day."""
    return text.count("-") == 2


@lru_cache(maxsize=4096)
def language_name(lang: str, shown_in: str) -> str:
    """A language's name in another, as CLDR has it; the tag where it has none."""
    shown = locale_of(shown_in)
    return shown.languages.get(lang.replace("-", "_")) or locale_of(lang).get_display_name(shown) or lang


def _parts(when: date, typography: Typography) -> dict[str, str]:
    """A day in the parts that a pattern may name."""
    locale = locale_for(typography)
    return {
        "day": _day_number(when, typography),
        "day_month": _by_cldr(_day_and_month(locale), when, typography),
        "month": format_date(when, "MMMM", locale=locale),
        "month_number": in_digits(str(when.month), typography),
        "year": in_digits(str(when.year), typography),
    }


@lru_cache(maxsize=64)
def _day_and_month(locale: Locale) -> str:
    """CLDR's pattern of a day and a month: in a language that has no skeleton for it, that of a date without its year."""
    found = locale.datetime_skeletons.get("MMMMd")
    return str(found) if found is not None else "d MMMM"


def _by_cldr(pattern: str, when: date, typography: Typography) -> str:
    """A date by a pattern of CLDR's, which does not know that the first of a month may have a form of its own."""
    if when.day == 1 and "first" in typography.table("dates"):
        first = f"'{typography.table('dates')['first']}'"
        pattern = _QUOTED_OR_DAY.sub(lambda found: first if found[0] in ("d", "dd") else found[0], pattern)
    return in_digits(format_datetime(datetime(when.year, when.month, when.day), pattern, locale=locale_for(typography)), typography)


def _day_number(when: date, typography: Typography) -> str:
    first = typography.table("dates").get("first", "1")
    return in_digits(first if when.day == 1 else str(when.day), typography)


def _clock(local: datetime, typography: Typography) -> str:
    form = typography.table("times").get("clock", _PLAIN_CLOCK)
    return in_digits(filled(form, {"hour": f"{local.hour:02}", "minute": f"{local.minute:02}"}), typography)


def _offset(local: datetime) -> str:
    """As people everywhere read it: no language has digits of its own for it."""
    written = local.strftime("%z")
    return f"UTC{written[:3]}:{written[3:5]}" if written not in ("", "+0000") else "UTC"


def _capitals(place: str, typography: Typography) -> str:
    """A place in capitals, those letters first that this language capitalises in its own way."""
    own = typography.table("dateline").get("capitals", {})
    return "".join(own.get(char, char) for char in place).upper()

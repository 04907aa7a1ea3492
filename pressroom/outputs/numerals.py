"""Numbers, shares, sizes and lists in each language, with the digits that it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from babel import Locale

from pressroom.model.forms import ZEROS, with_digits
from pressroom.model.patterns import filled
from pressroom.model.typography import Typography

_LATIN = "latn"
_UNITS = (("gigabyte", 1_000_000_000), ("megabyte", 1_000_000), ("kilobyte", 1_000))


@lru_cache(maxsize=64)
def locale_of(lang: str) -> Locale:
    """The data of CLDR for a language; for one that it does not have, those of what its tag begins with, else those without a language."""
    from babel.core import UnknownLocaleError

    parts = lang.split("-")
    for count in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:count]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("root")


def locale_for(typography: Typography) -> Locale:
    """The data of CLDR by which a language is written here: those of its own tag, or those that its file names."""
    return locale_of(typography.table("cldr").get("locale", typography.lang))


def locale_tag(typography: Typography) -> str:
    """The tag by which a browser writes days and numbers as they are written here."""
    return f"{typography.table('cldr').get('locale', typography.lang)}-u-ca-gregory-nu-{_digits(typography)}"


@lru_cache(maxsize=64)
def _digits(typography: Typography) -> str:
    """The name of the digits that a language is written with."""
    name = typography.table("numbers").get("digits") or locale_for(typography).default_numbering_system
    return name if name in ZEROS else _LATIN


def in_digits(text: str, typography: Typography) -> str:
    """The text with its digits as the language writes them."""
    return with_digits(text, _digits(typography))


@lru_cache(maxsize=1024)
def count(number: int | float, typography: Typography) -> str:
    """A number with the separators of the language."""
    from babel.numbers import format_decimal

    return in_digits(format_decimal(number, locale=locale_for(typography), numbering_system=_digits(typography)), typography)


@lru_cache(maxsize=1024)
def per_cent(share: float, typography: Typography) -> str:
    from babel.numbers import format_percent

    name, locale = _digits(typography), locale_for(typography)
    written = format_percent(share, locale=locale, numbering_system=name)
    if name != _LATIN:
        written = written.replace("%", locale.number_symbols[name]["percentSign"])
    return in_digits(written, typography)


@lru_cache(maxsize=4096)
def size(number: int, typography: Typography) -> str:
    """A file's size in the units a reader knows."""
    from babel.units import format_unit

    unit, scale = next(((unit, scale) for unit, scale in _UNITS if number >= scale), _UNITS[-1])
    value = max(round(number / scale, 1), 0.1)
    if own := typography.table("sizes").get(unit):
        return filled(own, {"0": count(value, typography)})
    return in_digits(format_unit(value, f"digital-{unit}", "short", locale=locale_for(typography), numbering_system=_digits(typography)), typography)


def listed(items: Sequence[str], typography: Typography) -> str:
    """The items as one list in words: by the patterns of the typography file, else by CLDR's."""
    if len(items) < 2:
        return "".join(items)
    own, cldr = typography.table("lists"), locale_for(typography).list_patterns["standard"]
    two, start, middle, end = (own.get(name, cldr[theirs]) for name, theirs in (("two", "2"), ("start", "start"), ("middle", "middle"), ("end", "end")))
    if changed := _before(items[-1], own.get("before", {})):
        two = end = changed
    if len(items) == 2:
        return filled(two, {"0": items[0], "1": items[1]})
    text = filled(end, {"0": items[-2], "1": items[-1]})
    for item in reversed(items[1:-2]):
        text = filled(middle, {"0": item, "1": text})
    return filled(start, {"0": items[0], "1": text})


def _before(item: str, patterns: Mapping[str, str]) -> str:
    """The pattern that a list has before an item that begins so: y, but e before an i."""
    begun = [beginning for beginning in patterns if item.casefold().startswith(beginning)]
    return patterns[max(begun, key=len)] if begun else ""

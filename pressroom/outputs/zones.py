"""The names of time zones in each language, and of the city that a zone is named after, from CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.core import get_global

_UTC = "Etc/UTC"
_NOWHERE = "ZZ"
_HALF_A_YEAR = timedelta(days=182)


def zone_name(local: datetime, locale: Locale) -> str:
    """The name of the time that a clock shows, summer or standard: Central European Standard Time."""
    from babel.dates import get_timezone_gmt, get_timezone_location

    zone = _cldr_key(str(local.tzinfo))
    own, meta = locale.time_zones.get(zone, {}), locale.meta_zones.get(get_global("meta_zones").get(zone, ""), {})
    form = "daylight" if _is_summer(local) else "standard"
    for names in (own.get("long", {}), meta.get("long", {})):
        if found := names.get(form) or names.get("standard"):
            return str(found)
    territory = get_global("zone_territories").get(zone, _NOWHERE)
    if territory == _NOWHERE or territory not in locale.territories:
        return get_timezone_gmt(local, "long", locale=locale)
    return str(get_timezone_location(local.tzinfo, locale=locale))


def city(local: datetime, locale: Locale) -> str:
    zone = str(local.tzinfo)
    found: Mapping[str, Any] = locale.time_zones.get(_cldr_key(zone), {})
    return str(found.get("city") or zone.rpartition("/")[2].replace("_", " "))


def is_utc(local: datetime) -> bool:
    return str(local.tzinfo) in _names_of_utc()


@lru_cache(maxsize=1)
def _names_of_utc() -> frozenset[str]:
    return frozenset({_UTC, *(old for old, new in get_global("zone_aliases").items() if new == _UTC)})


@lru_cache(maxsize=64)
def _cldr_key(zone: str) -> str:
    """The name that CLDR keeps a zone under, which for some is an older one: Asia/Calcutta. Babel looks them up by the new."""
    known, aliases = get_global("meta_zones"), get_global("zone_aliases")
    new = aliases.get(zone, zone)
    return next((name for name in (zone, new, *sorted(old for old, of in aliases.items() if of == new)) if name in known), new)


def _is_summer(local: datetime) -> bool:
    """Whether the clock stands before that of another half of the year. What the zone itself calls its standard may be either, as in Ireland."""
    assert local.tzinfo is not None
    instant = local.astimezone(UTC)
    steps = [step for step, end in ((_HALF_A_YEAR, MAXYEAR), (-_HALF_A_YEAR, MINYEAR)) if instant.year != end]
    others = [(instant + step).astimezone(local.tzinfo).utcoffset() for step in steps]
    return any(local.utcoffset() > other for other in others)  # type: ignore[operator]

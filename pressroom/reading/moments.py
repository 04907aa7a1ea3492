"""The forms of time that front matter takes: a day, RFC 3339 with its offset, RFC 9557 with its zone. Nothing is guessed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from pressroom.model.moments import Moment, moment_at

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(
    r"(?P<local>\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?P<offset>[Zz]|[+-]\d\d:\d\d)?(?:\[(?P<zone>[^\[\]]+)\])?",
    re.ASCII,
)
# The years that are printed with four digits, less a day of zones at the end.
_FIRST_YEAR, _LAST_YEAR = 1000, 9998
_FORMS = "2020-11-02, 2020-11-02T10:00+08:00 or 2020-11-02T10:00[Asia/Shanghai]"


class NotAMoment(ValueError):
    """Says what is wrong with a date or time; `hint` says how to write it."""

    def __init__(self, message: str, hint: str = f"write {_FORMS}") -> None:
        super().__init__(message)
        self.hint = hint


def zone_named(name: str) -> ZoneInfo:
    """A zone of the IANA database; ValueError where there is none of this very name."""
    if name not in _zone_names():
        raise ValueError(f"there is no time zone {name}")
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    """The names of the database itself: a system adds some of its own, and some systems do not tell capitals from small letters."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def read_moment(text: str, zone: ZoneInfo) -> Moment:
    """The moment that a text names. A day begins at 00:00 in `zone`, the site's; a time needs its own offset or zone.

    Sources: RFC 3339, RFC 9557 (where Z beside a zone is an instant in UTC). A local time that a zone skips is refused; one that it has twice needs the offset.
    """
    if _DAY.fullmatch(text):
        day = _naive(f"{text}T00:00")
        local = _first_instant_of(day, zone)
        return moment_at(local, text, day_only=True)
    found = _INSTANT.fullmatch(text)
    if not found:
        raise NotAMoment(f"{text!r} is no date or time that can be read without guessing" if text else "the value is empty")
    naive = _naive(found["local"].upper().replace(" ", "T"))
    if found["zone"]:
        local = _in_zone(naive, found["offset"], found["zone"], text)
    elif found["offset"]:
        local = _with_offset(naive, found["offset"], text)
    else:
        raise NotAMoment(f"{text} has no time zone", f"add the offset or the zone: {text}+01:00 or {text}[Europe/Paris]")
    return moment_at(local, text)


def _naive(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or "T24" in text or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise NotAMoment(f"{text.removesuffix('T00:00')} does not exist in the calendar")
    return found


def _first_instant_of(day: datetime, zone: ZoneInfo) -> datetime:
    """Where a zone skips midnight (Cairo, Beirut), the day begins when its first minute does."""
    local = day.replace(tzinfo=zone)
    back = local.astimezone(UTC).astimezone(zone)
    return back if back.replace(tzinfo=None) != day else local


def _with_offset(naive: datetime, offset: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{naive.isoformat()}{offset.upper()}")
    except ValueError:
        raise NotAMoment(f"{offset} in {text} is no offset", "an offset is +hh:mm or -hh:mm, or Z") from None


def _in_zone(naive: datetime, offset: str | None, name: str, text: str) -> datetime:
    try:
        zone = zone_named(name)
    except ValueError as error:
        raise NotAMoment(str(error), "write a zone of the IANA database, as in [Europe/Paris]") from None
    if offset in ("Z", "z"):
        return naive.replace(tzinfo=UTC).astimezone(zone)
    candidates = {}
    for fold in (0, 1):
        local = naive.replace(tzinfo=zone, fold=fold)
        if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == naive:
            candidates[local.utcoffset()] = local
    if not candidates:
        raise NotAMoment(f"{naive.isoformat(timespec='minutes')} does not exist in {name}: the clock is put forward over it", "take a time after the change")
    if offset:
        given = _with_offset(naive, offset, text)
        for at, local in candidates.items():
            if at == given.utcoffset():
                return local
        known = " or ".join(sorted(_written(at) for at in candidates))
        raise NotAMoment(f"{offset} is not the offset of {name} at that time", f"it is {known}; leave the offset out, or the zone")
    if len(candidates) > 1:
        first, second = (f"{naive.isoformat(timespec='minutes')}{_written(at)}[{name}]" for at in candidates)
        raise NotAMoment(f"{text} happens twice: the clock is put back over it", f"add the offset: {first} or {second}")
    return next(iter(candidates.values()))


def _written(offset: timedelta | None) -> str:
    minutes = int((offset or timedelta(0)).total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

"""Tiers of the archive: what still changes apart from what is closed, so that one new release makes little of an index again."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

ARCHIVE = "archive"
CLOSED_YEARS = 4
"""How many years before the newest have a tier each; what is older shares one."""


def tier_of(published: datetime, newest: datetime, zone: ZoneInfo) -> str:
    """The tier of a document, by months, years and then `archive`, counted in the site's zone: `2026-11`, `2025`, `archive`.

    `newest` is the published instant of the site's newest document: a tier is a matter of the site, never of the wall clock.
    """
    day, last = published.astimezone(zone), newest.astimezone(zone)
    if day.year >= last.year:
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}" if last.year - day.year <= CLOSED_YEARS else ARCHIVE

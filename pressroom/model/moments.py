"""A moment as it is written and printed: the instant, and the clock it was written by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed day or instant. `instant` is in UTC; `offset` is the seconds east of it in which the moment was written."""

    text: str
    instant: datetime
    offset: int = 0
    day_only: bool = False

    @property
    def local(self) -> datetime:
        """The instant by the clock it was written by."""
        return self.instant.astimezone(timezone(timedelta(seconds=self.offset)))

    @property
    def written(self) -> str:
        """The instant as RFC 3339 and HTML write it, by the clock it was written by. Their offsets have no seconds: where that clock's has, in UTC."""
        told = self.instant if self.offset % 60 else self.local
        return told.isoformat(timespec="milliseconds" if told.microsecond else "seconds")


def moment_at(local: datetime, text: str = "", day_only: bool = False) -> Moment:
    """The moment of a local time that knows its zone."""
    return Moment(text, local.astimezone(UTC), int((local.utcoffset() or timedelta(0)).total_seconds()), day_only)

"""The one place where the clock is read."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from pressroom.ground.problems import EXIT_USAGE, Fault, Problem

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_EPOCH = re.compile(r"[0-9]{1,12}")
# Nanoseconds within which a file system may give two writes one time.
_UNSETTLED = 2_000_000_000


def now(given: str = "", environment: Mapping[str, str] | None = None) -> datetime:
    """The build's instant: `--now` (RFC 3339), else SOURCE_DATE_EPOCH, else the system's clock; whole seconds, in UTC."""
    environment = environment or {}
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    try:
        if given:
            if not _INSTANT.fullmatch(given):
                raise ValueError
            return datetime.fromisoformat(given).astimezone(UTC).replace(microsecond=0)
        if epoch:
            if not _EPOCH.fullmatch(epoch):
                raise ValueError
            return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        source, hint = ("--now", "write it as 2026-03-29T10:00:00+02:00") if given else ("SOURCE_DATE_EPOCH", "write it as whole seconds since 1970")
        raise Fault(Problem("GT003", f"{source} is not an instant: {given or epoch}", hint=hint), code=EXIT_USAGE) from None
    return datetime.now(UTC).replace(microsecond=0)


def wall_nanoseconds() -> int:
    """The system's clock, to compare with the times of files and for nothing else."""
    return time.time_ns()


def settled() -> int:
    """The time of day, in nanoseconds, before which a file must have been written last, if a further change is sure to give it another time."""
    return wall_nanoseconds() - _UNSETTLED


def elapsed() -> float:
    """Seconds since some moment that stays the same while a process runs: what is told of how long something took."""
    return time.perf_counter()

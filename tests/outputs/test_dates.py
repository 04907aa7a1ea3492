"""Dates and datelines in six languages, against a table that was read by eye.

Written anew by: python -m tests.outputs.test_dates
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pressroom.model.moments import moment_at
from pressroom.outputs import dates
from tests.sites import REPOSITORY

GOLDEN = Path(__file__).parent / "golden" / "dates.txt"
PLACES = {"en": "Wuzhen", "zh-Hans": "乌镇", "fr": "Wuzhen", "es": "Wuzhen", "ru": "Учжэнь", "ar": "ووتشن"}
DAYS = (date(2020, 11, 2), date(2024, 2, 29), date(2026, 1, 1), date(2026, 5, 21), date(2026, 9, 30), date(2026, 12, 31))
INSTANT = datetime(2026, 3, 29, 9, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))


def table(languages: Iterable[str] = tuple(PLACES)) -> Iterator[str]:
    for lang in languages:
        place = PLACES[lang]
        yield f"# {lang}"
        for when in DAYS:
            moment = moment_at(datetime(when.year, when.month, when.day, tzinfo=UTC), day_only=True)
            parts = (dates.dateline(place, moment, lang), dates.long_date(moment, lang), dates.month(when.year, when.month, lang), dates.month_name(when.year, when.month, lang))
            yield " | ".join((when.isoformat(), *parts))
        moment = moment_at(INSTANT)
        yield f"2026-03-29T09:05+05:30 | {dates.dateline(place, moment, lang)} | {dates.long_date(moment, lang)} | {dates.clock(moment, lang)}"
        yield " | ".join(("2020, 2020-11, 2020-11-02", *(dates.partial(text, lang) for text in ("2020", "2020-11", "2020-11-02"))))
        yield " | ".join(("languages", *(dates.language_name(other, lang) for other in PLACES)))
        yield " | ".join(("A B C, 42 %, 1 234 567 bytes", dates.joined(["A", "B", "C"], lang), dates.per_cent(0.42, lang), dates.size(1_234_567, lang), dates.size(12_345, lang), dates.size(7, lang)))
        yield ""


def test_dates_are_set_as_each_language_sets_them() -> None:
    assert "\n".join(table()) == GOLDEN.read_text(encoding="utf-8")


def test_the_order_in_which_languages_are_asked_changes_nothing() -> None:
    """In a process of its own: what Babel has loaded once, it remembers."""
    script = "from tests.outputs.test_dates import *\nsys.stdout.reconfigure(encoding='utf-8')\nprint('\\n'.join(table(['zh-Hans', *reversed(PLACES)])))"
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True)
    assert sorted({*done.stdout.split("\n")}) == sorted({*GOLDEN.read_text(encoding="utf-8").split("\n")})


@pytest.mark.parametrize("lang", PLACES)
def test_a_date_alone_has_no_hour_and_no_place_no_dateline(lang: str) -> None:
    moment = moment_at(datetime(2026, 5, 6, tzinfo=UTC), day_only=True)
    assert dates.clock(moment, lang) == "" and dates.dateline("", moment, lang) == ""


def test_the_day_is_that_of_the_clock_it_was_written_by() -> None:
    late = moment_at(datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=14))))
    assert dates.dateline("Kiritimati", late, "en") == "KIRITIMATI, March 1, 2026 —"
    assert dates.clock(late, "en") == "01:30 UTC+14:00"
    assert dates.clock(moment_at(datetime(2026, 3, 1, 1, 30, tzinfo=UTC)), "en") == "01:30 UTC"


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(table()), encoding="utf-8")

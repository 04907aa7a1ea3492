"""The build's instant: given, else from the environment, else the system's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pressroom.ground import clock
from pressroom.ground.problems import EXIT_USAGE, Fault


def test_what_is_given_comes_first() -> None:
    assert clock.now("2026-03-29T10:00:00+02:00", {"SOURCE_DATE_EPOCH": "0"}) == datetime(2026, 3, 29, 8, tzinfo=UTC)


def test_the_environment_comes_second() -> None:
    assert clock.now("", {"SOURCE_DATE_EPOCH": "86400"}) == datetime(1970, 1, 2, tzinfo=UTC)


def test_the_system_comes_last_in_whole_seconds() -> None:
    found = clock.now()
    assert found.microsecond == 0 and abs(datetime.now(UTC) - found) < timedelta(seconds=5)


def test_a_fraction_of_a_second_is_left_out() -> None:
    assert clock.now("2026-03-29T10:00:00.999Z") == datetime(2026, 3, 29, 10, tzinfo=UTC)


@pytest.mark.parametrize("given", ["tomorrow", "2026-03-29", "2026-03-29T10:00", "2026-02-30T10:00Z", "2026-03-29T10:00+25:00", "0001-01-01T00:00+10:00", "２０２６-03-29T10:00Z", "20260329T100000Z"])
def test_a_clock_that_cannot_be_read_is_wrong_use(given: str) -> None:
    with pytest.raises(Fault) as fault:
        clock.now(given)
    assert fault.value.exit_code == EXIT_USAGE
    assert fault.value.problems[0].code == "GT003" and given in fault.value.problems[0].message and fault.value.problems[0].hint


@pytest.mark.parametrize("epoch", ["now", "-1", "1.5", "1_000", " 1", "９", "9" * 13, "9" * 12, "0x10"])
def test_an_epoch_that_is_no_number_of_seconds_is_wrong_use(epoch: str) -> None:
    with pytest.raises(Fault) as fault:
        clock.now("", {"SOURCE_DATE_EPOCH": epoch})
    assert fault.value.exit_code == EXIT_USAGE

"""The forms of time: a day, an instant with its offset, a local time with its zone. Nothing is guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.reading.moments import NotAMoment, read_moment, zone_named

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2020-11-02", "2020-11-01T23:00:00+00:00"),
        ("2020-11-02T10:00+08:00", "2020-11-02T02:00:00+00:00"),
        ("2020-11-02 10:00Z", "2020-11-02T10:00:00+00:00"),
        ("2020-11-02t10:00:30.5z", "2020-11-02T10:00:30.500000+00:00"),
        ("2026-03-29T10:00[Europe/Paris]", "2026-03-29T08:00:00+00:00"),
        ("2026-03-29T10:00+02:00[Europe/Paris]", "2026-03-29T08:00:00+00:00"),
        ("2026-03-29T10:00Z[Europe/Paris]", "2026-03-29T10:00:00+00:00"),
        ("2026-10-25T02:30+02:00[Europe/Paris]", "2026-10-25T00:30:00+00:00"),
        ("2026-10-25T02:30+01:00[Europe/Paris]", "2026-10-25T01:30:00+00:00"),
        ("2024-02-29", "2024-02-28T23:00:00+00:00"),
        ("1000-01-01T00:00[Asia/Tokyo]", "0999-12-31T14:41:01+00:00"),
    ],
)
def test_a_moment_is_one_instant(text: str, instant: str) -> None:
    moment = read_moment(text, PARIS)
    assert moment.instant.isoformat() == instant and moment.text == text and moment.day_only == (len(text) == 10)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2020-11-02", "2020-11-02T00:00:00+01:00"),
        ("2020-11-02T10:00Z", "2020-11-02T10:00:00+00:00"),
        ("2020-11-02T10:00:30.5-03:30", "2020-11-02T10:00:30.500-03:30"),
        ("2020-11-02T10:00:30.123456Z", "2020-11-02T10:00:30.123+00:00"),
        ("1890-05-01T12:00[Europe/Zurich]", "1890-05-01T11:30:14+00:00"),
        ("1890-05-01", "1890-04-30T23:50:39+00:00"),
    ],
)
def test_a_moment_is_written_without_seconds_of_an_offset_and_with_three_digits_of_a_second_at_most(text: str, written: str) -> None:
    assert read_moment(text, PARIS).written == written


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("03/04/2026", "guessing", "2020-11-02"),
        ("26-01-05", "guessing", "2020-11-02"),
        ("2026-1-5", "guessing", ""),
        ("2026-01", "guessing", ""),
        ("2026", "guessing", ""),
        ("10:00 CST", "guessing", ""),
        ("2020-11-02T10:00 CST", "guessing", ""),
        ("2 November 2020", "guessing", ""),
        ("２０２０-11-02", "guessing", ""),
        ("2020-11-02T10:00+0800", "guessing", ""),
        ("2020-W45-1", "guessing", ""),
        ("20201102", "guessing", ""),
        ("2020-11-02[Europe/Paris]", "guessing", ""),
        ("", "empty", ""),
        ("2026-02-29", "2026-02-29 does not exist", ""),
        ("2026-13-01", "does not exist", ""),
        ("2026-04-31T10:00Z", "does not exist", ""),
        ("2026-04-30T24:00Z", "does not exist", ""),
        ("2026-04-30T10:60Z", "does not exist", ""),
        ("2026-06-30T23:59:60Z", "does not exist", ""),
        ("0026-01-05", "does not exist", ""),
        ("9999-12-31T23:59-12:00", "does not exist", ""),
        ("2020-11-02T10:00", "no time zone", "+01:00"),
        ("2020-11-02T10:00+24:00", "no offset", "hh:mm"),
        ("2026-03-29T02:30[Europe/Paris]", "does not exist in Europe/Paris", "after the change"),
        ("2026-10-25T02:30[Europe/Paris]", "happens twice", "2026-10-25T02:30+02:00[Europe/Paris] or 2026-10-25T02:30+01:00[Europe/Paris]"),
        ("2026-07-01T10:00+01:00[Europe/Paris]", "not the offset", "+02:00"),
        ("2026-07-01T10:00[Europe/Pariss]", "no time zone", "IANA"),
        ("2026-07-01T10:00[../../etc/passwd]", "no time zone", "IANA"),
        ("2026-07-01T10:00[/etc/localtime]", "no time zone", "IANA"),
        ("2026-07-01T10:00[localtime]", "no time zone", "IANA"),
        ("2026-07-01T10:00[right/Europe/Paris]", "no time zone", "IANA"),
        ("2026-07-01T10:00[europe/paris]", "no time zone", "IANA"),
        ("2026-07-01T10:00[\0]", "no time zone", "IANA"),
        ("2026-07-01T10:00[CST]", "no time zone", "IANA"),
    ],
)
def test_what_cannot_be_read_without_guessing_is_refused(text: str, said: str, hint: str) -> None:
    with pytest.raises(NotAMoment) as error:
        read_moment(text, PARIS)
    assert said in str(error.value) and hint in error.value.hint


def test_a_day_whose_midnight_the_zone_skips_begins_with_its_first_minute() -> None:
    assert read_moment("2018-11-04", ZoneInfo("America/Sao_Paulo")).instant == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_a_moment_keeps_the_clock_it_was_written_by() -> None:
    assert read_moment("2020-11-02T10:00+08:00", PARIS).local.isoformat() == "2020-11-02T10:00:00+08:00"


def test_zones_are_those_of_the_database_and_no_others() -> None:
    assert zone_named("Asia/Shanghai").key == "Asia/Shanghai"
    with pytest.raises(ValueError, match="no time zone"):
        zone_named("posixrules")


@given(st.datetimes(datetime(1000, 1, 2), datetime(9998, 12, 30)), st.sampled_from(["UTC", "Europe/Paris", "Asia/Shanghai", "America/St_Johns", "Africa/Casablanca", "Pacific/Apia"]))
def test_an_instant_written_with_its_offset_and_zone_is_read_as_it_was(naive: datetime, name: str) -> None:
    local = naive.replace(microsecond=0, tzinfo=UTC).astimezone(ZoneInfo(name))
    offset = local.isoformat()[19:]
    if len(offset) == 6:
        assert read_moment(f"{local.isoformat()}[{name}]", PARIS).instant == local


@given(st.text(alphabet="0123456789-T:+Z[]EuropeParis/ ", max_size=40))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    try:
        read_moment(text, PARIS)
    except NotAMoment as error:
        assert str(error) and error.hint

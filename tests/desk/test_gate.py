"""The gate: held until the later of date and embargo; a draft for as long as it is one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.desk.gate import DRAFT, EMBARGO, judge, published_instant
from pressroom.model.document import DocumentFields
from pressroom.model.moments import moment_at
from tests.desk.trees import header

INSTANT = datetime(2020, 11, 1, 23, tzinfo=UTC)
MOMENTS = st.none() | st.datetimes(datetime(2019, 1, 1), datetime(2022, 1, 1)).map(lambda naive: moment_at(naive.replace(tzinfo=UTC)))


def fields(yaml: str) -> DocumentFields:
    return header(f"title: A\ndate: 2020-11-02\n{yaml}").document


@pytest.mark.parametrize(("seconds", "cleared"), [(-1, False), (0, True), (1, True)])
def test_a_document_is_cleared_at_its_instant_and_not_before(seconds: int, cleared: bool) -> None:
    verdict = judge(fields(""), INSTANT + timedelta(seconds=seconds))
    assert verdict.cleared == cleared and verdict.published == INSTANT and verdict.until == (None if cleared else INSTANT)


def test_the_embargo_holds_after_the_date_and_the_date_after_the_embargo() -> None:
    late = datetime(2030, 1, 1, 9, tzinfo=UTC)
    assert judge(fields("embargo: 2030-01-01T10:00[Europe/Paris]\n"), INSTANT).until == late
    assert published_instant(fields("embargo: 2010-01-01\n")) == INSTANT


def test_a_draft_is_held_without_end() -> None:
    verdict = judge(fields("status: draft\n"), datetime(2100, 1, 1, tzinfo=UTC))
    assert verdict.held == DRAFT and verdict.until is None


def test_a_published_status_lifts_no_embargo() -> None:
    assert judge(fields("status: published\nembargo: 2030-01-01\n"), INSTANT).held == EMBARGO


def test_what_has_no_date_is_out() -> None:
    assert judge(DocumentFields(), INSTANT).cleared


def test_a_lift_ends_an_embargo_at_its_instant() -> None:
    held = fields("embargo: 2030-01-01\nlifted: {at: '2020-11-05T10:00:00Z', reason: it is out}\n")
    assert published_instant(held) == datetime(2020, 11, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize("embargo", ["", "embargo: 2020-11-03T10:00:00Z\n"])
def test_a_lift_that_was_recorded_after_the_embargo_s_end_holds_nothing(embargo: str) -> None:
    late = fields(f"{embargo}lifted: {{at: '2020-11-05T10:00:00Z', reason: too late}}\n")
    assert published_instant(late) == published_instant(fields(embargo))


def test_a_lift_frees_no_draft() -> None:
    assert judge(fields("status: draft\nlifted: {at: '2020-11-05T10:00:00Z', reason: x}\n"), datetime(2100, 1, 1, tzinfo=UTC)).held == DRAFT


@given(date=MOMENTS, embargo=MOMENTS, lifted=MOMENTS)
def test_a_lift_only_ever_makes_a_document_earlier(date: object, embargo: object, lifted: object) -> None:
    without = published_instant(DocumentFields(date=date, embargo=embargo))  # type: ignore[arg-type]
    found = published_instant(DocumentFields(date=date, embargo=embargo, lifted=lifted))  # type: ignore[arg-type]
    assert found == (min(without, lifted.instant) if lifted else without)  # type: ignore[attr-defined]


@given(date=MOMENTS, embargo=MOMENTS, now=st.datetimes(datetime(2019, 1, 1), datetime(2022, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC)))
def test_nothing_is_cleared_before_both_instants(date: object, embargo: object, now: datetime) -> None:
    verdict = judge(DocumentFields(date=date, embargo=embargo), now)  # type: ignore[arg-type]
    assert verdict.cleared == all(moment.instant <= now for moment in (date, embargo) if moment)  # type: ignore[attr-defined]

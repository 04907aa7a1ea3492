from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pressroom.model.tiers import tier_of

NEWEST = datetime(2026, 11, 20, 12, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def tier(*day: int, newest: datetime = NEWEST, zone: ZoneInfo = PARIS) -> str:
    return tier_of(datetime(*day, tzinfo=UTC), newest, zone)


def test_the_months_of_the_newest_year_have_a_tier_each() -> None:
    assert [tier(2026, 11, 20), tier(2026, 1, 2)] == ["2026-11", "2026-01"]


def test_closed_years_have_one_and_what_is_older_shares_one() -> None:
    assert [tier(2025, 12, 31), tier(2022, 6, 1), tier(2021, 12, 31), tier(1999, 1, 1)] == ["2025", "2022", "archive", "archive"]


def test_the_sites_zone_decides() -> None:
    assert tier(2025, 12, 31, 23, 30) == "2026-01"
    assert tier(2025, 12, 31, 23, 30, zone=ZoneInfo("UTC")) == "2025"


def test_a_later_document_never_moves_another_within_the_year() -> None:
    assert {tier(2026, 3, 4, newest=datetime(2026, month, 28, tzinfo=UTC)) for month in range(3, 13)} == {"2026-03"}

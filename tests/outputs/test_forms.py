"""The forms of each language, against a table that was read by eye. Written anew by: python -m tests.outputs.forms"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from pressroom.model.moments import moment_at
from pressroom.model.patterns import attribution, joined
from pressroom.model.typography import Typography
from pressroom.outputs import dates, numerals
from tests.outputs.forms import GOLDEN, SECTIONS, WORDED, day_of, table, typography
from tests.sites import REPOSITORY


def test_every_form_is_set_as_each_language_sets_it() -> None:
    assert table() == GOLDEN.read_text(encoding="utf-8")


def test_the_order_in_which_languages_are_asked_changes_nothing() -> None:
    """In a process of its own: what Babel has loaded once, it remembers."""
    script = "import sys\nfrom tests.outputs.forms import *\nsys.stdout.reconfigure(encoding='utf-8')\nprint(table(SECTIONS[::-1]))"
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True)
    assert sorted({*done.stdout.split("\n")}) == sorted({*GOLDEN.read_text(encoding="utf-8").split("\n")})


def test_the_datelines_are_those_that_were_asked_for() -> None:
    places = {"en": "Wuzhen", "zh-Hans": "乌镇", "fr": "Wuzhen", "ru": "Учжэнь", "ar": "ووتشن", "es": "Wuzhen"}
    assert [dates.dateline(place, day_of(date(2020, 11, 2)), typography(lang)) for lang, place in places.items()] == [
        "WUZHEN, Nov. 2, 2020 —", "乌镇11月2日电", "Wuzhen, le 2 novembre 2020", "УЧЖЭНЬ, 2 ноября.", "ووتشن في 2 نوفمبر", "Wuzhen, 2 de noviembre",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", WORDED)
def test_a_date_alone_has_no_hour_and_no_place_no_dateline(lang: str) -> None:
    moment = day_of(date(2026, 5, 6))
    assert dates.clock(moment, typography(lang)) == "" and dates.dateline("", moment, typography(lang)) == ""


def test_the_day_is_that_of_the_clock_it_was_written_by() -> None:
    late = moment_at(datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=14))))
    assert dates.dateline("Kiritimati", late, typography("en")) == "KIRITIMATI, March 1, 2026 —"
    assert dates.clock(late, typography("en")) == "01:30 UTC+14:00"
    assert dates.clock(moment_at(datetime(2026, 3, 1, 1, 30, tzinfo=UTC)), typography("en")) == "01:30 UTC"


def test_a_dateline_from_where_the_office_is_may_have_a_form_of_its_own() -> None:
    plain = typography("zh-Hans")
    own = Typography("zh-Hans", "own", {**plain.tables, "dateline": {**plain.table("dateline"), "home": ["日内瓦"]}})
    moment = day_of(date(2020, 11, 2))
    assert dates.dateline("日内瓦", moment, own) == "日内瓦11月2日讯" and dates.dateline("乌镇", moment, own) == "乌镇11月2日电"


def test_capitals_are_those_of_the_language() -> None:
    turkish = Typography("tr", "", {"dateline": {"form": "{PLACE}, {day_month}", "capitals": {"i": "İ", "ı": "I"}}})
    assert dates.dateline("Diyarbakır, İzmit", day_of(date(2020, 11, 2)), turkish) == "DİYARBAKIR, İZMİT, 2 Kasım"
    assert dates.dateline("Genève", day_of(date(2020, 11, 2)), Typography("en", "", {"dateline": {"form": "{PLACE}"}})) == "GENÈVE"


@pytest.mark.parametrize(("lang", "dateline"), [("tr", "X, 2 Kasım"), ("ca", "X, 2 de novembre"), ("fa", "X, ۲ نوامبر"), ("mi", "X, 2 Noema"), ("tlh", "X, M11 2")])
def test_a_language_without_forms_of_its_own_has_those_of_cldr(lang: str, dateline: str) -> None:
    bare = Typography(lang, "")
    assert dates.dateline("X", day_of(date(2020, 11, 2)), bare) == dateline
    assert dates.embargo(datetime(2031, 1, 1, 9, tzinfo=UTC), "Europe/Zurich", bare) and numerals.listed(["a", "b", "c"], bare) and numerals.size(12_345, bare)
    assert attribution(bare, "Ana", "Director", "Agency") == "Ana, Director, Agency"


def test_an_embargo_can_last_as_long_as_time_does() -> None:
    for instant in (datetime(9999, 12, 30, 12, tzinfo=UTC), datetime(1, 1, 3, tzinfo=UTC), datetime(1900, 7, 1, tzinfo=UTC)):
        assert str(instant.year) in dates.embargo(instant, "Europe/Zurich", typography("en"))


def test_a_list_can_have_patterns_of_its_own() -> None:
    own = Typography("en", "", {"lists": {"end": "{0} & {1}", "middle": "{0}; {1}", "start": "{0}; {1}", "two": "{0} & {1}"}})
    assert [numerals.listed(list("abcde")[:count], own) for count in range(6)] == ["", "a", "a & b", "a; b & c", "a; b; c & d", "a; b; c; d & e"]


@pytest.mark.parametrize(
    ("form", "parts", "wanted"),
    [
        ("{name}, {role}, {organisation}", ("Ana", "", "Agency"), "Ana, Agency"),
        ("{name}, {role}, {organisation}", ("", "Director", "Agency"), "Director, Agency"),
        ("{organisation}{role}{name}", ("安娜", "局长", ""), "局长安娜"),
        ("{organisation}{role}{name}", ("Tim Cook", "CEO", "Apple Inc."), "Apple Inc. CEO Tim Cook"),
        ("{organisation}{role}{name}", ("Tim Cook", "总裁", "IBM"), "IBM总裁Tim Cook"),
        ("{organisation} {role} {name}", ("", "", ""), ""),
        ("{name}, {role}, {organisation}", ("{role}", "{name}", ""), "{role}, {name}"),
    ],
)
def test_what_stands_between_two_parts_goes_where_one_is_missing(form: str, parts: tuple[str, str, str], wanted: str) -> None:
    assert joined(form, dict(zip(("name", "role", "organisation"), parts, strict=True))) == wanted


def test_what_a_place_says_is_never_taken_for_a_part() -> None:
    assert dates.dateline("{day} {x}", day_of(date(2020, 11, 2)), typography("es")) == "{day} {x}, 2 de noviembre"


def test_every_theme_language_and_style_stands_in_the_table() -> None:
    import tomllib

    there = set()
    for path in (REPOSITORY / "theme" / "typography").glob("*.toml"):
        there |= {(path.stem, style) for style in ("", *(name for name, tables in tomllib.loads(path.read_text(encoding="utf-8")).get("styles", {}).items() if tables.keys() & OURS))}
    assert there == set(SECTIONS)


OURS = {"cldr", "dateline", "dates", "times", "numbers", "sizes", "lists", "names", "end"}

"""What a typography file may say of forms, and what it may not."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from pressroom.model.forms import TABLES, with_digits
from pressroom.model.patterns import filled
from tests.sites import REPOSITORY

KNOWN = {table.name: table.keys for table in TABLES}


@pytest.mark.parametrize("path", sorted((REPOSITORY / "theme" / "typography").glob("*.toml")), ids=lambda path: path.stem)
def test_every_file_of_the_theme_says_what_may_be_said(path: Any) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for tables in (data, *data.pop("styles", {}).values()):
        for name, table in tables.items():
            for key, value in table.items() if name in KNOWN else ():
                assert KNOWN[name][key].fits(value), (name, key, value)


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("cldr", "locale", "English"), ("cldr", "locale", 1), ("dateline", "form", "{place} {dya}"), ("dateline", "form", "{place"), ("dateline", "form", "{} {place}"),
        ("dateline", "form", ["{place}"]), ("dateline", "months", ["Jan."]), ("dateline", "capitals", {"ij": "IJ"}), ("dates", "long", "{date}"), ("times", "clock", "{hours}"),
        ("numbers", "digits", "roman"), ("sizes", "kilobyte", "{1} kB"), ("lists", "before", {"": "{0} e {2}"}), ("names", "attribution", "{Name}"),
        ("collation", "after", {"n": "ñ"}), ("collation", "after", {"n": ["ll"]}), ("collation", "after", {"": ["ñ"]}), ("collation", "as", {"ä": ""}), ("collation", "han", "strokes"),
        ("collation", "surnames", ["单"]), ("collation", "surnames", ["单于 chán"]), ("slug", "by", "guess"),
    ],
)  # fmt: skip
def test_what_cannot_be_filled_in_does_not_fit(name: str, key: str, value: Any) -> None:
    assert not KNOWN[name][key].fits(value)


def test_the_words_of_a_part_are_no_pattern() -> None:
    assert filled("{place}, {date}", {"place": "{date}", "date": "{place}"}) == "{date}, {place}"


def test_digits_that_nobody_knows_stay_as_they_are() -> None:
    assert with_digits("a 1 2", "arab") == "a ١ ٢" and with_digits("a 1 2", "roman") == with_digits("a 1 2", "") == "a 1 2"

"""Digests of values: equal values have equal ones, and another field is another value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground import digests
from pressroom.model.document import Attachment, Edition, EditionFields
from pressroom.model.moments import Moment
from pressroom.model.text import Facts, Passage
from pressroom.model.words import Words
from pressroom.reading.moments import read_moment

EDITION = Edition("en", "ltr", "/en/a/", "content/a.md", "digest of the file", EditionFields(title="A"), Facts(), ("/en/b/",), ("",))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_two_values_have_one_digest_only_if_they_are_one(one: object, other: object) -> None:
    assert (digests.of(one) == digests.of(other)) == (repr(_sorted(one)) == repr(_sorted(other)))


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=repr)}
    return tuple(map(_sorted, value)) if isinstance(value, tuple) else value


def test_the_order_of_a_mapping_or_a_set_does_not_count() -> None:
    assert digests.of({"a": 1, "b": 2}) == digests.of({"b": 2, "a": 1})
    assert digests.of(frozenset("abc")) == digests.of(frozenset("cba"))


@pytest.mark.parametrize(
    "other",
    [
        replace(EDITION, hrefs=("/fr/b/",)),
        replace(EDITION, marks=("fr",)),
        replace(EDITION, counterparts=(0, 1)),
        replace(EDITION, digest="of other words"),
        replace(EDITION, fields=EditionFields(title="B")),
        replace(EDITION, address="/en/c/"),
    ],
)
def test_an_edition_is_more_than_its_file(other: Edition) -> None:
    assert digests.of(other) != digests.of(EDITION)


def test_the_facts_of_an_edition_are_spoken_for_by_the_digest_of_what_they_are_read_from() -> None:
    assert digests.of(replace(EDITION, facts=Facts(passages=(Passage("q-a", "d", 1),)))) == digests.of(EDITION)


def test_a_field_named_digest_does_not_stand_for_the_whole_value() -> None:
    one = Attachment("a.jpg", "/a.jpg", "/x/a.jpg", "same", 1)
    assert digests.of(one) != digests.of(replace(one, address="/b.jpg"))
    assert digests.of(Passage("q-a", "same", 1, 1)) != digests.of(Passage("q-a", "same", 1, 2))


def test_a_digest_that_a_class_makes_of_the_whole_value_is_taken() -> None:
    @dataclass(frozen=True)
    class Known:
        text: str

        @cached_property
        def digest(self) -> str:
            return f"digest of {self.text}"

    assert digests.of(Known("a")) == "digest of a"


def test_what_is_left_out_of_comparison_is_left_out() -> None:
    @dataclass(frozen=True)
    class Named:
        name: str
        function: object = field(default=lambda: None, compare=False)

    assert digests.of(Named("a", print)) == digests.of(Named("a", len)) != digests.of(Named("b"))
    assert digests.of(Words("en", "x", {("", "a"): ("b",)})) == digests.of(Words("en", "x")) != digests.of(Words("en", "y"))


@pytest.mark.parametrize("text", ["2020-11-02", "1880-01-01", "2020-11-02T10:00+08:00", "2026-03-29T10:00[Europe/Paris]", "2026-10-25T02:30+02:00[Europe/Paris]"])
def test_a_moment_from_the_store_has_the_digest_of_the_fresh_one(text: str) -> None:
    fresh = read_moment(text, ZoneInfo("Europe/Paris"))
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(fresh), type=Moment)
    assert kept == fresh and digests.of(kept) == digests.of(fresh) and kept.local.isoformat() == fresh.local.isoformat()


def test_instants_are_taken_as_iso_8601() -> None:
    assert digests.of(datetime(2020, 1, 1, tzinfo=UTC)) != digests.of(datetime(2020, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")))


def test_a_function_is_no_input() -> None:
    with pytest.raises(TypeError):
        digests.of((print,))


def test_bytes_have_sha_256() -> None:
    assert digests.of_bytes(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

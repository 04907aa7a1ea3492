"""Needles of several words are found wherever all of their words stand, one after the other, and nowhere else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import SEGMENT, Needle
from pressroom.checks.runs import FIELD, PHRASE, PHRASE_WORDS, RUN, RUN_WORDS

WORDS = st.sampled_from(["a", "an", "the", "lock", "river"])


def _said(least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(WORDS, min_size=least, max_size=most).map(" ".join)


NEEDLES = st.one_of(
    st.tuples(st.just(RUN), _said(RUN_WORDS, RUN_WORDS)), st.tuples(st.just(PHRASE), _said(PHRASE_WORDS, 5)), st.tuples(st.just(FIELD), _said(1, 7))
)


@settings(max_examples=300, deadline=None)
@given(st.lists(NEEDLES, min_size=1, max_size=6, unique=True), st.data())
def test_a_text_has_just_the_needles_whose_words_stand_in_it(found: list[tuple[str, str]], data: st.DataObject) -> None:
    parts = st.one_of(_said(1, 6), st.sampled_from([value for _, value in found]))
    text = " ".join(data.draw(st.lists(parts, min_size=1, max_size=5)))
    expected = {number for number, (_, value) in enumerate(found) if f" {value} " in f" {text} "}
    assert Matcher((number, Needle(way, value, "x", "x")) for number, (way, value) in enumerate(found)).find_anywhere(text) == expected


def test_a_name_in_an_address_is_found_as_the_whole_of_its_segment_and_not_as_a_part() -> None:
    matcher = Matcher([(0, Needle(SEGMENT, "low-water", "x", "x")), (1, Needle(SEGMENT, "2026/low-water", "x", "x"))])
    assert matcher.find_anywhere("See /releases/2026/low-water/.") == {0, 1}
    assert matcher.find_anywhere("Nothing here.\nSee low-water.") == {0}
    assert matcher.find_anywhere("A very-low-water mark, and low water.") == set()

"""Passages of a translation and of its original correspond by place, or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressroom.desk.alignment import NONE, counterparts, differing_places
from pressroom.model.document import Edition, EditionFields
from pressroom.model.text import Facts, Passage
from pressroom.model.transcript import Segment


def text(*places: tuple[int, int] | tuple[int, int, str], kinds: tuple[str, ...] = ()) -> Facts:
    """Facts with one passage for each (segment, section[, kind of block])."""
    passages = tuple(Passage(f"q-{n}", f"d{n}", n + 10, place[0], 0, *place[1:]) for n, place in enumerate(places))
    return Facts(passages, segments=tuple(Segment(n, kind, kind, n) for n, kind in enumerate(kinds, 1)))


def edition(lang: str, facts: Facts) -> Edition:
    return Edition(lang, "ltr", f"/{lang}/x/", f"content/x/index.{lang}.md", "d", EditionFields(), facts)


def told(facts: Facts, original: Facts) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in differing_places(edition("fr", facts), edition("en", original))]


def test_the_same_paragraphs_under_the_same_headings_correspond() -> None:
    both = text((0, 0), (0, 0), (0, 1), (0, 2, "list"), (0, 2, "list"))
    assert counterparts(both, both) == (0, 1, 2, 3, 4) and told(both, both) == []


def test_under_a_heading_with_another_count_nothing_corresponds_and_elsewhere_all_does() -> None:
    mine, original = text((0, 0), (0, 1), (0, 2)), text((0, 0), (0, 1), (0, 1), (0, 2))
    assert counterparts(mine, original) == (0, NONE, 3)
    assert told(mine, original) == ["11: the text under heading 1 does not have the passages of the original, content/x/index.en.md: 1 here, 2 there"]


def test_a_quotation_never_stands_for_a_paragraph() -> None:
    mine, original = text((0, 0), (0, 0, "quotation")), text((0, 0, "quotation"), (0, 0))
    assert counterparts(mine, original) == (NONE, NONE)
    assert "other blocks than the original" in told(mine, original)[0]


def test_texts_with_other_headings_do_not_correspond_at_all() -> None:
    mine, original = text((0, 0), (0, 1)), text((0, 0), (0, 1), (0, 2))
    assert counterparts(mine, original) == (NONE, NONE)
    assert told(mine, original) == ["0: the text is not divided by headings as the original, content/x/index.en.md, is"]


def test_passages_of_one_segment_correspond_whatever_the_others_hold() -> None:
    kinds = ("narration", "soundbite", "narration")
    mine = text((1, 0), (2, 0), (2, 0), (3, 0), kinds=kinds)
    original = text((1, 0), (2, 0), (3, 0), kinds=kinds)
    assert counterparts(mine, original) == (0, NONE, NONE, 2)
    assert told(mine, original) == ["11: segment 2 does not have the passages of the original, content/x/index.en.md: 2 here, 1 there"]


def test_where_a_segment_was_left_out_no_segment_is_taken_for_another() -> None:
    mine = text((1, 0), (2, 0), kinds=("question", "answer"))
    original = text((1, 0), (2, 0), (3, 0), (4, 0), kinds=("question", "answer", "question", "answer"))
    assert counterparts(mine, original) == (NONE, NONE)
    assert len(told(mine, original)) == 1 and "2 here, 4 there" in told(mine, original)[0]


def test_what_stands_outside_the_segments_corresponds_by_itself() -> None:
    mine, original = text((0, 0), (1, 0), kinds=("narration",)), text((0, 0), (1, 0), (2, 0), kinds=("narration", "outro"))
    assert counterparts(mine, original) == (0, NONE)


PLACES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(["paragraph", "list", "quotation"])), max_size=12).map(sorted)


@given(PLACES, PLACES)
def test_counterparts_are_in_order_of_the_same_kind_in_the_same_place_and_mutual(first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]) -> None:
    kinds = ("narration", "soundbite")
    mine, original = text(*first, kinds=kinds), text(*second, kinds=kinds)
    there, back = counterparts(mine, original), counterparts(original, mine)
    pairs = [(number, other) for number, other in enumerate(there) if other != NONE]
    assert pairs == sorted((number, other) for other, number in enumerate(back) if number != NONE)
    for number, other in pairs:
        one, two = mine.passages[number], original.passages[other]
        assert (one.segment, one.block) == (two.segment, two.block)
        assert one.segment or one.section == two.section
    assert (NONE in there or NONE in back) == bool(told(mine, original))

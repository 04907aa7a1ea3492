"""Two texts cut into stretches: nothing is lost, nothing turned round, and what corresponds by place stands in one row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressroom.desk import alignment
from pressroom.desk.pairs import pairs_of
from pressroom.model.document import Document, DocumentFields, Edition, EditionFields
from pressroom.model.site import Pair
from pressroom.model.text import Block, Facts, Passage
from pressroom.model.transcript import Segment
from pressroom.outputs.stretches import Stretch, stretches
from tests.desk.test_pairs import AT

# A text as a line of signs: p a paragraph, q a quotation, l a list of one item, L of two, h a heading, f a figure, t a table, c a cue, n a footnote;
# the sign [ begins a segment of narration, ( one of a soundbite, ] ends it.
_KINDS = {"p": "paragraph", "q": "quotation", "l": "list", "L": "list", "h": "heading", "f": "figure", "t": "table", "c": "cue", "n": "footnotes"}
_SAID = {"p": 1, "q": 1, "l": 1, "L": 2}


def text(signs: str) -> tuple[Facts, list[Block]]:
    blocks: list[Block] = []
    passages: list[Passage] = []
    segments: list[Segment] = []
    segment = headings = 0
    for sign in signs:
        if sign in "[(":
            segments.append(Segment(len(segments) + 1, "narration" if sign == "[" else "soundbite", "", 1))
            segment = len(segments)
        elif sign == "]":
            segment = 0
        else:
            headings += sign == "h"
            mine = tuple(range(len(passages), len(passages) + _SAID.get(sign, 0)))
            passages += [Passage(f"q-{number}", "", 1, segment, 0, headings, _KINDS[sign]) for number in mine]
            blocks.append(Block(_KINDS[sign], sign, passages=mine, segment=0 if sign == "n" else segment))
    return Facts(tuple(passages), segments=tuple(segments)), blocks


def pair_of(edition: str, other: str) -> tuple[Pair, list[Block], list[Block]]:
    (facts, blocks), (others, other_blocks) = text(edition), text(other)
    editions = {
        "en": Edition("en", "ltr", "/en/a/", "", "", EditionFields(), others),
        "fr": Edition("fr", "ltr", "/fr/a/", "", "", EditionFields(), facts, counterparts=alignment.counterparts(facts, others)),
    }
    (pair,) = pairs_of(Document("release", 2020, "a", DocumentFields(), AT, editions, "en"), ())
    return pair, blocks, other_blocks


def rows(edition: str, other: str) -> str:
    """The stretches, as the other's signs, a slash, and the edition's; in brackets where they correspond as a whole."""
    pair, blocks, others = pair_of(edition, other)

    def signs(of: list[Block], stretch: range) -> str:
        return "".join(of[number].html for number in stretch)

    def shown(found: Stretch) -> str:
        said = f"{signs(others, found.other)}/{signs(blocks, found.edition)}"
        return f"<{said}>" if found.whole else said

    return " ".join(shown(found) for found in stretches(pair, blocks, others))


def test_texts_that_are_divided_alike_stand_block_by_block() -> None:
    assert rows("ppfhpqL", "ppfhpqL") == "p/p p/p f/f h/h p/p q/q L/L"


def test_a_place_that_differs_stands_as_a_whole_and_the_next_is_right_again() -> None:
    assert rows("phpphp", "phphp") == "p/p h/h <p/pp> h/h p/p"
    assert rows("phpqhp", "phqphp") == "p/p h/h <qp/pq> h/h p/p"


def test_figures_of_a_place_that_differs_stand_in_its_row() -> None:
    assert rows("hpfp", "hpfpp") == "h/h <pfpp/pfp>"


def test_texts_under_other_headings_stand_as_a_whole() -> None:
    assert rows("php", "pp") == "<pp/php>"


def test_what_one_text_alone_has_stands_beside_nothing() -> None:
    assert rows("pfp", "pp") == "p/p /f p/p"
    assert rows("pp", "pfpt") == "p/p f/ p/p t/"
    assert rows("pn", "p") == "p/p /n"


def test_like_stands_beside_like_only_between_the_same_passages() -> None:
    assert rows("pfp", "ppf") == "p/p /f p/p f/"
    assert rows("pftp", "pftp") == "p/p f/f t/t p/p"


def test_what_could_be_either_is_not_guessed() -> None:
    assert rows("pffp", "pfp") == "p/p <f/ff> p/p"
    assert rows("pftp", "ptfp") == "p/p <tf/ft> p/p"


def test_lists_that_are_cut_elsewhere_correspond_by_their_items() -> None:
    assert rows("lL", "Ll") == "Ll/lL"


def test_segments_stand_by_their_numbers() -> None:
    assert rows("p[pp(q]p", "p[pp(q]p") == "p/p p/p p/p q/q p/p"
    assert rows("[pp(p", "[p(p") == "<p/pp> p/p"


def test_a_segment_that_only_one_text_fills_stands_beside_nothing() -> None:
    assert rows("[p(p[p", "[p([p") == "p/p /p p/p"


def test_texts_without_the_same_segments_stand_as_a_whole_from_the_first_to_the_last() -> None:
    assert rows("p[p(p]p", "p[p[p[p]p") == "p/p <ppp/pp> p/p"


def test_a_cue_stands_with_what_follows_it() -> None:
    assert rows("[cpcp(c", "[pcp(c") == "p/cp cp/cp c/c"


def test_what_would_cross_stands_in_one_row() -> None:
    # The text outside all segments is one place, and one of its passages stands before the second segment here and after it there.
    assert rows("p[p(p]p[p", "p[p]p(p[p") == "p/p p/p <pp/pp> p/p"


def test_a_text_without_words_stands_beside_nothing() -> None:
    assert rows("", "ph") == "ph/"
    assert rows("ft", "") == "/f /t"
    assert rows("", "") == ""


TEXTS = st.text("pqlLhftcn[(]", max_size=24).map(lambda signs: signs.replace("n", "") + "n" * ("n" in signs))


@given(TEXTS, TEXTS)
def test_every_block_of_both_stands_once_and_in_its_order(edition: str, other: str) -> None:
    pair, blocks, others = pair_of(edition, other)
    found = list(stretches(pair, blocks, others))
    assert [number for stretch in found for number in stretch.edition] == list(range(len(blocks)))
    assert [number for stretch in found for number in stretch.other] == list(range(len(others)))
    assert all(stretch.edition or stretch.other for stretch in found)
    assert all(stretch.edition and stretch.other for stretch in found if stretch.whole)


@given(TEXTS, TEXTS)
def test_a_passage_stands_in_the_row_of_its_counterpart_and_in_no_other(edition: str, other: str) -> None:
    pair, blocks, others = pair_of(edition, other)
    for stretch in stretches(pair, blocks, others):
        mine = [passage for number in stretch.edition for passage in blocks[number].passages]
        theirs = {passage for number in stretch.other for passage in others[number].passages}
        matched = {pair.counterparts[passage] for passage in mine} - {-1}
        assert matched <= theirs
        # Passages that face each other in a row that is not whole are each other's.
        assert stretch.whole or not (mine and theirs) or matched == theirs


@given(TEXTS)
def test_a_text_beside_itself_has_a_row_for_each_block(signs: str) -> None:
    pair, blocks, others = pair_of(signs, signs)
    found = list(stretches(pair, blocks, others))
    assert all(stretch.edition == stretch.other and not stretch.whole for stretch in found)
    assert all(len([number for number in stretch.edition if blocks[number].kind != "cue"]) <= 1 for stretch in found)


def test_long_texts_are_cut_in_a_moment() -> None:
    import time

    began = time.process_time()
    assert len(rows("pf" * 20_000, "pf" * 20_000).split()) == 40_000
    rows("f" * 20_000 + "p", "t" * 20_000 + "pp")
    assert time.process_time() - began < 5

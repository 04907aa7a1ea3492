"""The sketch of a text: any stretch that is long enough finds it, and nothing of the words is in it."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground.sketches import Grain, grain_of, packed, pieces, sketch, written

GRAINS = [grain_of("en"), grain_of("zh-Hans"), Grain(1, 1), Grain(3, 2)]
# Few different words, so that stretches repeat themselves and share hashes as they please.
TEXTS = st.lists(st.lists(st.sampled_from("the dam is full 水 位 上 升 Ж مد 1,100 a-b".split()), min_size=1, max_size=40).map(" ".join), min_size=1, max_size=6).map(tuple)


def grams_of(text: str, grain: Grain) -> set[int]:
    """What a reader looks for: every gram of the pasted words, and all of them as one; computed by the description and not by the code."""
    found = pieces(text)
    grams = [found, *(found[at : at + grain.gram] for at in range(len(found) - grain.gram + 1))]
    return {zlib.crc32(" ".join(gram).encode()) % 2**24 for gram in grams}


@pytest.mark.parametrize("grain", GRAINS)
@given(data=st.data(), passages=TEXTS)
def test_any_stretch_of_the_guaranteed_length_finds_the_text(grain: Grain, data: st.DataObject, passages: tuple[str, ...]) -> None:
    whole = pieces("\n".join(passages))
    start = data.draw(st.integers(0, max(0, len(whole) - grain.guaranteed)))
    length = data.draw(st.integers(grain.guaranteed, max(grain.guaranteed, len(whole))))
    stretch = whole[start : start + length]
    if len(stretch) >= grain.guaranteed:
        assert grams_of(" ".join(stretch), grain) & sketch(passages, grain)


@pytest.mark.parametrize("grain", GRAINS)
@given(data=st.data(), passages=TEXTS)
def test_any_whole_passage_finds_the_text_however_short(grain: Grain, data: st.DataObject, passages: tuple[str, ...]) -> None:
    passage = data.draw(st.sampled_from(passages))
    if pieces(passage):
        assert grams_of(passage, grain) & sketch(passages, grain)


def test_a_text_without_words_has_no_hashes() -> None:
    for passages in ((), ("",), ("…", "—")):
        assert sketch(passages, grain_of("en")) == frozenset()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The DAM is “full”.", ["the", "dam", "is", "full"]),
        ("don’t re-open", ["don", "t", "re", "open"]),
        ("1,100.5 metres, 3.", ["1,100.5", "metres", "3"]),
        ("水位上升 2 米 OK", ["水", "位", "上", "升", "2", "米", "ok"]),
        ("مستوى ٤١٢", ["مستوى", "412"]),
        ("हिन्दी में", ["हिन्दीमें"]),
        ("so\u00adlu\u00adtion", ["solution"]),
        ("_under_score", ["under", "score"]),
    ],
)
def test_pieces_are_words_numbers_and_signs(text: str, found: list[str]) -> None:
    assert pieces(text) == found


@given(st.text(st.sampled_from("ab1 .,-_\"\n"), max_size=30))
def test_ascii_is_cut_as_any_other_text_is(text: str) -> None:
    # A letter of another alphabet at the end takes the text the long way.
    assert pieces(f"{text} é") == [*pieces(text), "é"]


def test_signs_count_where_words_are_not_written_apart() -> None:
    assert grain_of("zh-Hans") == grain_of("zh-Hant") == grain_of("ja") == Grain(7, 10) and Grain(7, 10).guaranteed == 16
    assert grain_of("en") == grain_of("ar") == grain_of("ko") == Grain(5, 6) and Grain(5, 6).guaranteed == 10


def test_the_hashes_are_written_in_order_as_four_characters_each() -> None:
    text = written(packed({0xFFFFFF, 0, 0x010203}))
    assert text == "AAAAAQID////" and base64.b64decode(text) == bytes([0, 0, 0, 1, 2, 3, 255, 255, 255])


def test_sketches_are_written_together_as_the_sketch_of_all_would_be() -> None:
    assert written(packed({1, 0xFFFFFF, 7}), b"", packed({7, 2})) == written(packed({1, 2, 7, 0xFFFFFF})) and written() == written(b"") == ""


def test_a_hash_never_moves() -> None:
    assert written(packed(sketch(("The dam is full.",), grain_of("en")))) == base64.b64encode((zlib.crc32(b"the dam is full") & 0xFFFFFF).to_bytes(3, "big")).decode()

"""What two versions say differently: nothing is lost, and a reader of each writing system finds whole words or signs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground import fingerprints
from pressroom.model.document import Edition, EditionFields
from pressroom.model.text import Block, Body, Facts, Passage
from pressroom.model.transcript import Credit, Segment, Voice
from pressroom.outputs.differences import ADDED, KEPT, REMOVED, Run, are_alike, differences, file_differences, tokens, word_by_word

TEXTS = st.text(st.sampled_from(list("abc de, .'-1234 河水上涨了两米。 ارتفع النهر ، مترين не́ вода \u0301")), max_size=60)


def without(runs: tuple[Run, ...], kind: str) -> str:
    return "".join(run.text for run in runs if run.kind != kind)


def shown(runs: tuple[Run, ...]) -> str:
    marks = {KEPT: "{}", REMOVED: "[-{}-]", ADDED: "[+{}+]"}
    return "".join(marks[run.kind].format(run.text) for run in runs)


@given(TEXTS, TEXTS)
def test_the_runs_of_a_difference_are_both_texts_again(before: str, after: str) -> None:
    runs = word_by_word(before, after)
    assert (without(runs, ADDED), without(runs, REMOVED)) == (before, after)
    assert all(run.text for run in runs)


@given(TEXTS)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert {run.kind for run in word_by_word(text, text)} <= {KEPT}


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("The river rose by two metres.", "The river rose by three metres.", "The river rose by [-two-][+three+] metres."),
        ("It cost 1,234.5 francs.", "It cost 1,235.5 francs.", "It cost [-1,234.5-][+1,235.5+] francs."),
        ("I don't know.", "I do know.", "I [-don't-][+do+] know."),
        ("河水上涨了两米。", "河水上涨了三米。", "河水上涨了[-两-][+三+]米。"),
        ("河水上涨了。", "河水昨夜上涨了。", "河水[+昨夜+]上涨了。"),
        ("ارتفع النهر مترين ليلة الخميس.", "ارتفع النهر ثلاثة أمتار ليلة الخميس.", "ارتفع النهر [-مترين-][+ثلاثة أمتار+] ليلة الخميس."),
        ("Вода поднялась на два метра.", "Вода поднялась на три метра.", "Вода поднялась на [-два-][+три+] метра."),
        ("L’eau monte de deux mètres.", "L’eau monte de trois mètres.", "L’eau monte de [-deux-][+trois+] mètres."),
        # One mark between two changes is no place to rest the eye.
        ("a b, c d", "a x, y d", "a [-b, c-][+x, y+] d"),
    ],
)
def test_a_change_is_shown_in_whole_words_and_signs(before: str, after: str, wanted: str) -> None:
    assert shown(word_by_word(before, after)) == wanted


def edition(*passages: str, **fields: Any) -> tuple[Edition, Body]:
    prints = fingerprints.fingerprints(list(passages))
    facts = Facts(tuple(Passage(found.id, found.digest, 1) for found in prints))
    return Edition("en", "ltr", "/en/x/", "x", "", EditionFields(**fields), facts), Body((), passages)


def places(before: tuple[Edition, Body], after: tuple[Edition, Body]) -> list[tuple[str, int, str]]:
    return [(found.field, found.number, shown(found.runs)) for found in differences(*before, *after)]


def test_fields_and_passages_are_told_in_reading_order() -> None:
    before = edition("One stays.", "Two rises by a metre.", "Three goes.", title="Old head", place="Geneva")
    after = edition("One stays.", "Two rises by two metres.", "Quite another thing.", title="New head", place="Geneva")
    assert places(before, after) == [
        ("title", 0, "[-Old-][+New+] head"),
        ("", 2, "Two rises by [-a metre-][+two metres+]."),
        ("", 3, "[-Three goes.-]"),
        ("", 3, "[+Quite another thing.+]"),
    ]


def test_a_passage_that_was_put_between_two_others_is_added_and_they_stay() -> None:
    assert places(edition("One.", "Two."), edition("One.", "Between.", "Two.")) == [("", 2, "[+Between.+]")]


def test_how_words_are_set_is_no_difference() -> None:
    assert places(edition('He said "no".', title='A "head"'), edition("He said “no”.", title="A\u00a0“head”")) == []


def test_a_long_passage_is_compared_by_its_rarer_words_and_loses_none() -> None:
    words = " ".join(f"word{number % 900} the" for number in range(6000))
    assert without(word_by_word(words, words.replace("word450", "other")), ADDED) == words


def test_two_versions_are_alike_where_nothing_else_than_lines_and_how_words_are_set_differs() -> None:
    one, body = edition("One.", captions={"a.jpg": 'The "dam"'})
    voice = Segment(1, "soundbite", "SOUNDBITE", 3, voice=Voice("ana", "Ana Díaz", "Director"))
    facts = replace(one.facts, segments=(voice,), credits=(Credit("Editor", ("Liu",), "Editor: Liu", 9),))
    one, body = replace(one, facts=facts), replace(body, blocks=(Block("heading", "<h2>The dam</h2>", "The dam", level=2, line=4),), notes="<p>A note</p>")
    moved = replace(facts, segments=(replace(voice, line=8),))
    set_otherwise = replace(one, facts=moved, fields=replace(one.fields, captions={"a.jpg": "The “dam”"}))
    assert are_alike(one, body, set_otherwise, replace(body, blocks=(replace(body.blocks[0], line=9),)))
    for other, other_body in (
        (one, replace(body, blocks=(Block("heading", "<h2>The weir</h2>", "The weir", level=2, line=4),))),
        (one, replace(body, notes="<p>Another</p>")),
        (replace(one, fields=replace(one.fields, captions={"a.jpg": "The weir"})), body),
        (replace(one, facts=replace(facts, segments=(replace(voice, voice=Voice("bob", "Bob Smith", "Director")),))), body),
        (replace(one, facts=replace(facts, credits=(Credit("Editor", ("Li",), "Editor: Li", 9),))), body),
    ):
        assert not are_alike(one, body, other, other_body)


def test_files_that_came_went_or_changed_are_named() -> None:
    assert file_differences({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"}) == [("b", "changed"), ("c", "removed"), ("d", "added")]

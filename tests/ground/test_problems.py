"""Faults as they are shown: place, source line, caret, hint; and as annotations."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground.problems import CODES, ERROR, INFO, WARNING, Fault, Problem, as_annotation, as_text, has_errors, in_order, lowered

AT = Problem("FM006", 'unknown field "Satus"', "content/a/index.en.md", 3, 1, 'did you mean "status"?', "Satus: draft", 5)


def test_a_problem_shows_place_source_caret_and_hint() -> None:
    assert as_text(AT) == (
        'content/a/index.en.md:3:1: error FM006: unknown field "Satus"\n'
        "    Satus: draft\n"
        "    ^^^^^\n"
        '    hint: did you mean "status"?'
    )  # fmt: skip


def test_the_caret_stands_under_the_place_after_wide_characters() -> None:
    assert as_text(replace(AT, source="标题：水 x", column=6, width=1)).split("\n")[1:3] == ["    标题：水 x", "             ^"]


def test_the_caret_is_as_wide_as_the_wide_characters_it_marks() -> None:
    assert as_text(replace(AT, source="标题：水", column=1, width=2)).split("\n")[2] == "    ^^^^"


def test_the_caret_stands_right_after_combining_marks() -> None:
    assert as_text(replace(AT, source="e\u0301a\u0302x", column=5, width=1)).split("\n")[2] == "      ^"


def test_a_tab_takes_one_column() -> None:
    assert as_text(replace(AT, source="\tx", column=2, width=1)).split("\n")[1:3] == ["     x", "     ^"]


def test_what_cannot_be_seen_is_shown_and_the_caret_follows() -> None:
    assert as_text(replace(AT, source="a\x07\u202eb", column=4, width=1)).split("\n")[1:3] == ["    a\\u0007\\u202eb", "                 ^"]


def test_of_a_long_line_the_part_round_the_place_is_shown() -> None:
    line, caret = as_text(replace(AT, source="x" * 5000 + "!" + "y" * 5000, column=5001, width=1)).split("\n")[1:3]
    assert len(line) < 120 and line[caret.index("^")] == "!" and line.strip()[0] == line[-1] == "…"


def test_a_width_over_the_end_of_the_line_ends_with_it() -> None:
    assert as_text(replace(AT, source="abc", column=2, width=50)).split("\n")[2] == "     ^^"


def test_without_a_place_there_is_neither_path_nor_source() -> None:
    assert as_text(Problem("GT002", "held documents have faults")) == "error GT002: held documents have faults"


def test_what_is_quoted_of_a_source_may_be_of_any_length_and_is_not_shown_whole() -> None:
    assert len(as_text(replace(AT, message="x" * 100_000, hint="y" * 100_000))) < 3000


@given(message=st.text(max_size=50), path=st.text(max_size=20), source=st.text(max_size=30), column=st.integers(0, 40), width=st.integers(1, 9))
def test_a_terminal_is_never_sent_a_control_character(message: str, path: str, source: str, column: int, width: int) -> None:
    shown = as_text(Problem("FM008", message, path, 1, column, message, source, width))
    assert not any(ord(char) < 32 and char != "\n" or 127 <= ord(char) < 160 or char in "\u2028\u2029\u202e\u200f" for char in shown)
    assert len(shown.split("\n")) <= 4


def test_an_annotation_is_escaped_as_workflow_commands_are() -> None:
    shown = as_annotation(replace(AT, path="content/a:b,c%.md", message="50% of\nit: a, b", hint=""))
    assert shown == "::error file=content/a%3Ab%2Cc%25.md,line=3,col=1,title=FM006::50%25 of\\u000ait: a, b"


@given(message=st.text(), path=st.text())
def test_an_annotation_is_one_line_and_cannot_begin_another_command(message: str, path: str) -> None:
    shown = as_annotation(Problem("FM008", message, path, 1, 1, message))
    assert not set("\n\r") & set(shown)


def test_warnings_and_infos_are_annotated_as_such() -> None:
    assert as_annotation(Problem("TX006", "x")).startswith("::warning ") and as_annotation(Problem("RG005", "x")).startswith("::notice ")


def test_a_code_has_its_severity_and_a_draft_s_error_can_be_lowered() -> None:
    assert Problem("FM006", "x").severity == ERROR and lowered(AT).severity == WARNING
    assert has_errors([AT]) and not has_errors([lowered(AT)])


def test_an_unknown_code_is_our_own_bug() -> None:
    with pytest.raises(KeyError):
        Problem("XX000", "x")


def test_every_code_is_two_letters_and_three_digits_with_a_severity_and_a_meaning() -> None:
    for code, (severity, meaning) in CODES.items():
        assert len(code) == 5 and code[:2].isupper() and code[2:].isdigit() and severity in (ERROR, WARNING, INFO) and meaning


def test_problems_come_in_order_of_their_places_and_once() -> None:
    other = replace(AT, line=1)
    assert in_order([AT, other, AT]) == [other, AT]


def test_a_fault_carries_all_its_problems() -> None:
    fault = Fault(AT, lowered(AT), code=2)
    assert len(fault.problems) == 2 and fault.exit_code == 2

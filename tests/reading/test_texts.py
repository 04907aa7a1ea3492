"""From bytes to text: UTF-8 alone, any line end, and a place for every byte and character that cannot stand."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground.problems import ERROR, WARNING
from pressroom.reading.texts import LARGEST_TEXT, place_of, read_text


@pytest.mark.parametrize("data", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", codecs.BOM_UTF8 + b"a\r\nb\n"])
def test_every_line_end_is_one_and_a_byte_order_mark_is_gone(data: bytes) -> None:
    text = read_text(data, "a.md")
    assert text.text == "a\nb\n" and not text.problems and text.bom == data.startswith(codecs.BOM_UTF8)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"abc\nde\xfff", (2, 3)),
        ("标题: 水\n内容".encode("gb18030"), (1, 1)),
        ("標題: 水".encode("big5"), (1, 1)),
        (b"ok\r\nok\rx\xe6\xb0", (3, 2)),
        (b"\xed\xa0\x80", (1, 1)),
        (b"\xc0\xaf", (1, 1)),
        (codecs.BOM_UTF8 + b"ab\xff", (1, 3)),
    ],
)
def test_what_is_not_utf_8_is_named_with_its_byte_and_place(data: bytes, place: tuple[int, int]) -> None:
    text = read_text(data, "a.md")
    (problem,) = text.problems
    assert (problem.code, problem.line, problem.column) == ("FM001", *place) and "0x" in problem.message and "inv import" in problem.hint and not text.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-16-be"])
def test_utf_16_and_32_are_named(encoding: str) -> None:
    data = "---\ntitle: Река\n".encode(encoding)
    problems = read_text(data, "a.md").problems
    assert problems and problems[0].code in ("FM001", "FM011")
    if encoding in ("utf-16", "utf-32"):
        assert encoding.upper() in problems[0].message


@pytest.mark.parametrize(
    ("char", "hint"),
    [("\u2028", "put an end"), ("\u2029", "put an end"), ("\x0b", "put an end"), ("\x0c", "put an end"), ("\x92", "write ’ in"), ("\x85", "write … in"), ("\x81", "delete"), ("\x02", "delete")],
)
def test_a_sign_that_parts_words_or_stands_for_another_is_not_said_to_be_deleted(char: str, hint: str) -> None:
    [problem] = read_text(f"One{char}two.".encode(), "a.md").problems
    assert (problem.code, problem.column) == ("FM011", 4) and problem.hint.startswith(hint)


@pytest.mark.parametrize("char", ["\x00", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufdd0", "\ufffe", "\uffff"])
def test_a_character_that_no_text_needs_is_an_error_at_its_place(char: str) -> None:
    (problem,) = read_text(f"a\nbc{char}d\n".encode(), "a.md").problems
    assert (problem.code, problem.severity, problem.line, problem.column) == ("FM011", ERROR, 2, 3) and problem.source == f"bc{char}d"


@pytest.mark.parametrize("char", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_an_invisible_turn_of_direction_is_a_warning(char: str) -> None:
    (problem,) = read_text(f"a{char}b".encode(), "a.md").problems
    assert (problem.code, problem.severity, problem.line, problem.column) == ("FM015", WARNING, 1, 2)


@pytest.mark.parametrize("char", ["\t", "\u00a0", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\ue000", "😀", "\u3000"])
def test_what_writing_needs_is_left_alone(char: str) -> None:
    assert not read_text(f"a{char}b".encode(), "a.md").problems


def test_a_few_of_many_odd_characters_are_named() -> None:
    assert len(read_text(b"\0" * 100_000, "a.md").problems) == 5


def test_an_empty_file_is_an_empty_text() -> None:
    assert read_text(b"", "a.md").text == "" and read_text(b"", "a.md").lines == [""]


def test_a_file_that_is_too_large_is_not_read() -> None:
    (problem,) = read_text(b"x" * (LARGEST_TEXT + 1), "a.md").problems
    assert problem.code == "FM016" and problem.hint


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_a_fault(data: bytes) -> None:
    text = read_text(data, "a.md")
    assert "\r" not in text.text and (text.text or text.problems or data in (b"", codecs.BOM_UTF8))
    for problem in text.problems:
        assert problem.line >= 1 and problem.column >= 1 and problem.hint


@given(st.text(alphabet="ab\n"), st.integers(0, 30))
def test_a_place_counts_from_one(text: str, index: int) -> None:
    index = min(index, len(text))
    line, column = place_of(text, index)
    assert line == len(text[:index].split("\n")) and column == len(text[:index].split("\n")[-1]) + 1

"""Captions: what a browser would drop without a word is a fault, at its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.reading.captions import check_captions

GOOD = "WEBVTT - the title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE\nanything\n\n1\n00:01.000 --> 00:02.500 align:start\nOne\nline more\n\n01:00:00.000 --> 01:00:01.000\nTwo\n"


def told(text: str | bytes) -> list[tuple[str, int]]:
    data = text.encode() if isinstance(text, str) else text
    return [(problem.code, problem.line) for problem in check_captions(data, "content/a.en.vtt")]


@pytest.mark.parametrize("text", [GOOD, GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, "WEBVTT\n\n00:01.000 --> 00:02.000\nx"])
def test_captions_that_browsers_read_are_right(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("text", "where"), [
    ("", [("FT017", 1)]), ("WEBVTT", [("FT017", 1)]), ("WEBVTTX\n\n00:01.000 --> 00:02.000\nx\n", [("FT017", 1)]), ("1\n00:00:01,000 --> 00:00:02,000\nx\n", [("FT017", 1)]),
    ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nx\n", [("FT017", 3)]), ("WEBVTT\n\n1:00 --> 2:00\nx\n", [("FT017", 3)]),
    ("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", [("FT018", 3)]), ("WEBVTT\n\n00:02.000 --> 00:02.000\nx\n", [("FT018", 3)]),
    ("WEBVTT\n\n00:05.000 --> 00:06.000\nx\n\n00:04.000 --> 00:07.000\ny\n", [("FT018", 6)]),
    ("WEBVTT\n\n00:05.000 --> 00:06.000\nx\n\nlost words\n", [("FT017", 6)]), ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n00:02.000 --> 00:03.000\ny\n", [("FT017", 5)]),
    ("WEBVTT\n\n00:61.000 --> 02:02.000\nx\n", [("FT017", 3)]), ("WEBVTT\n\n٠٠:٠١.٠٠٠ --> ٠٠:٠٢.٠٠٠\nx\n", [("FT017", 3)]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n\x07\n", [("FM011", 4)]), (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff\n", [("FM001", 4)]), (GOOD.encode("utf-16"), [("FM001", 1)]),
])  # fmt: skip
def test_what_browsers_would_drop_is_told_with_its_line(text: str | bytes, where: list[tuple[str, int]]) -> None:
    assert told(text) == where


def test_a_file_of_nothing_but_faults_is_told_of_in_bounds() -> None:
    assert len(told("WEBVTT\n\n" + "lost\n\n" * 100_000)) == 20


def clock(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"


CUES = st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**5), st.text("abc é水ل-<>&", max_size=9).filter(lambda text: "--" not in text)), min_size=1, max_size=6)


@given(CUES)
def test_cues_in_the_order_of_time_are_right_and_none_that_goes_back_is_missed(cues: list[tuple[int, int, str]]) -> None:
    ordered = sorted(cues, key=lambda cue: cue[0])

    def written(cues: list[tuple[int, int, str]]) -> str:
        return "WEBVTT\n\n" + "\n\n".join(f"{clock(start)} --> {clock(start + length)}\n{text.strip()}".rstrip() for start, length, text in cues) + "\n"

    assert told(written(ordered)) == []
    back = sum(cue[0] < max((before[0] for before in cues[:n]), default=0) for n, cue in enumerate(cues))
    assert [code for code, _ in told(written(cues))] == ["FT018"] * back


@given(st.one_of(st.binary(max_size=200), st.text("WEBVT\n->:.0123 \tNOTE\r\ufeff", max_size=200).map(lambda text: f"WEBVTT{text}".encode())))
def test_no_bytes_bring_the_reader_down_and_each_fault_has_a_line_that_is_there(data: bytes) -> None:
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in check_captions(data, "content/a.en.vtt"):
        assert 1 <= problem.line <= len(lines) and problem.hint

"""What holds for every text: ordinary posts are left alone, nothing is lost, and no text is slow."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.model.transcript import Script
from pressroom.reading.dialect.turns import read_script

modest = settings(derandomize=True, max_examples=150, deadline=None)
thorough = settings(derandomize=True, max_examples=800, deadline=None)

STRUCTURE = frozenset("[]【】［］〔〕〖〗◀▶<>:：|｜,，،*#()（）.、\\")
"""What the grammar itself is written with: brackets, colons, separators. All else must come back."""


def read(text: str, transcript: bool = True, **options) -> Script | None:
    return read_script(text, path="x.md", first_line=1, transcript=transcript, **({"known": {}} | options))


words = st.lists(
    st.sampled_from("the press office met on Monday 11月2日 дом zwölf 2020 (so) *and* “quoted” it's".split()), min_size=1, max_size=8
).map(" ".join)
harmless = st.one_of(
    words,
    st.builds(
        "[{}]({})".format,
        st.sampled_from(["Commentary", "VO", "同期", "a link", "1"]),
        st.sampled_from(["https://example.org", "/x", "../x/"]),
    ),
    st.builds("[{}](/x) {}".format, st.sampled_from(["Interview", "解说", "Lead"]), words),
    st.builds("[{}][{}] {}".format, st.sampled_from(["Commentary", "Soundbite", "here"]), st.sampled_from(["1", "ref", ""]), words),
    st.builds("[{}]: https://example.org/{}".format, st.sampled_from(["Commentary", "ref", "1"]), st.sampled_from("abc")),
    st.builds("[^{}] {}".format, st.integers(1, 9), words),
    st.builds("[^{}]: {}\n    and {}".format, st.integers(1, 9), words, words),
    st.builds("- [{}] {}\n- {}".format, st.sampled_from(" xX"), words, words),
    st.builds("[{}] {}".format, st.sampled_from([" ", "x", "X", "1", "12", "2020", "…"]), words),
    st.builds("{}. {}\n{}. [one](/x) {}".format, st.integers(1, 9), words, st.integers(1, 9), words),
    st.just("[TOC]"),
    st.builds("# {}".format, words),
    st.builds("{}\n---".format, words),
    st.builds("> {}\n> {}".format, words, words),
    st.builds("```\n[Commentary] {}\n\n[Soundbite] {}\n```".format, words, words),
    st.builds("    [Narration] {}".format, words).map(lambda text: f"# Code\n\n{text}".replace("[Narration]", "Narration")),
    st.builds("| a | {} |\n|---|---|\n| [VO](/x) | {} |".format, words, words),
    st.builds("<div>\n{}\n</div>".format, words),
    st.builds("![{}](photo.jpg)".format, st.sampled_from(["Caption", "字幕"])),
)
ordinary = st.one_of(
    harmless,
    st.builds(
        "{}: {}".format,
        st.sampled_from(["The result", "Note", "Q", "A", "VO", "SMITH", "MR. SMITH", "问", "Editor", "Word", "解说"]),
        words,
    ),
    st.builds(
        "{} {}".format, st.sampled_from(["【新闻】", "【体育】", "[Sports]", "［快讯］", "<b>News</b>", "\\[VO]", "[Liu Xian]"]), words
    ),
    st.builds("00:0{}:00 --> 00:0{}:30\n{}".format, st.integers(0, 9), st.integers(0, 9), words),
    st.builds("    [Narration] {}\n\n    [Soundbite] {}".format, words, words),
)


def post(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(blocks, max_size=14).map("\n\n".join)


@modest
@given(post(ordinary))
def test_an_ordinary_post_is_never_a_transcript(text):
    assert read(text, transcript=False) is None


@modest
@given(post(harmless))
def test_links_footnotes_tasks_and_numbers_make_no_segment_in_a_transcript(text):
    script = read(text)
    assert script is not None and script.segments == ()
    check_whole(script, text)


tagged = st.one_of(
    ordinary,
    st.builds(
        "{}[{}] {}".format,
        st.sampled_from(["", "  ", "　　", "    ", "\t", "3. "]),
        st.sampled_from(["VO", "Commentary", "SOT 2 (es)", "Foo"]),
        words,
    ),
    st.builds("【{}{} {}".format, st.sampled_from(["解说", "同期1", "新闻"]), st.sampled_from(["】", "]", ""]), words),
    st.builds(
        "[Soundbite] {}".format,
        st.sampled_from(
            ["Ana | Mayor | City | es | more", "Ana, Head of the City", "部长 张三", "张三 李四", "| x", "", "Ana: hi", "A: b: c"]
        ),
    ),
    st.builds(
        "{} {}".format,
        st.sampled_from(["SMITH:", "**Ana:**", "### Ana:", "### Ana: x", "<v Ana>", "[00:01:02] Q:", "00:01:02 答：", "[Ana]", "VO:"]),
        words,
    ),
    st.sampled_from(
        [
            "(Laughter.)",
            "> (Applause.)",
            "♪ la",
            "00:01:02",
            "[00:00:01]",
            "7\n00:00:01,000 --> 00:00:02,000 align:start\nhello\n<v Bo>more",
        ]
    ),
    st.sampled_from(
        [
            "Cheng Yu reports from Beijing",
            "记者程宇北京报道",
            "Editor: [Liu Xian]",
            "责任编辑：刘羡\n摄像：张三",
            "---",
            "[VO] a\n===",
            "[SOT]\nAna\n\n(a)",
        ]
    ),
)
noise = st.text(alphabet=st.sampled_from("[]【】:： \n\n\t　ABQaé解说同期VO1.-|,，>#*_`~()（）<>\\♪…\u00a0\u2028\x0c"), max_size=120)


@thorough
@given(post(tagged), st.booleans(), st.sampled_from(["forward", "reverse"]))
def test_nothing_of_a_transcript_is_lost(text, transcript, order):
    script = read(text, transcript, order=order, speakers=["Ana"], known={"Bo": "bo"})
    if script:
        check_whole(script, text)


@thorough
@given(st.lists(st.one_of(noise, tagged), max_size=6).map("\n\n".join))
def test_nothing_of_any_text_is_lost(text):
    script = read(text)
    assert script is not None
    check_whole(script, text)


def check_whole(script: Script, source: str) -> None:
    """Every character is there once, pieces stand in order and where they say, and numbers fit."""
    told = [piece.text for piece in script.pieces]
    spared: Counter[str] = Counter()
    for segment in script.segments:
        told += [segment.tag, segment.shot]
        if segment.voice and not segment.turn:
            told += [segment.voice.name, segment.voice.role, segment.voice.organisation, segment.voice.language]
            spared.update("ofthe")
        spared.update("v/v")
    told += [credit.text for credit in script.credits] + [script.sign_off.text if script.sign_off else ""]
    wanted, found = (Counter(c for c in text if not c.isspace() and c not in STRUCTURE) for text in (source, "".join(told)))
    assert not wanted - found - spared, "lost"
    assert not found - wanted, "made up"
    lines = source.split("\n")
    places = [(piece.line, piece.column) for piece in script.pieces]
    assert places == sorted(places)
    for piece in script.pieces:
        first = piece.text.split("\n")[0]
        stands = lines[piece.line - 1][piece.column - 1 :]
        assert stands.startswith(first) or stands.replace("\\", "").startswith(first.replace("\\", ""))
        assert piece.text.strip() and 0 <= piece.segment <= len(script.segments)
    for n, segment in enumerate(script.segments, 1):
        assert segment.n == n and lines[segment.line - 1][segment.column - 1 :]
    for problem in script.problems:
        assert problem.hint and problem.source == lines[problem.line - 1] and 1 <= problem.column <= len(problem.source) + 1
    numbered = [piece.segment for piece in script.pieces if piece.segment]
    assert numbered == sorted(numbered)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "【" * 50_000,
        "[VO" * 20_000,
        "[VO]" * 20_000,
        "[a](" * 20_000,
        "(" * 50_000,
        "（）" * 30_000,
        "*" * 50_000,
        "`" * 50_001,
        "> " * 30_000,
        "[a]: " + "x" * 100_000 + ' "',
        ":" * 50_000,
        "00:" * 30_000,
        "[VO] " + "Ana, " * 30_000,
        "[SOT] " + "张三 " * 30_000,
        "\n".join(["- [VO] a"] * 20_000),
        "```\n" * 20_001,
        "<div>\n\n" * 10_000,
        "<!--\n\n" * 10_000,
        "\n".join(["1. [VO] a"] * 10_000),
        "[^1]:\n" * 10_000,
        "#" * 50_000,
        "\n" * 200_000,
        "\n\n".join(f"SPEAKER {n % 500}: words" for n in range(10_000)),
        "\n\n".join(f"[Unknown {n}] words" for n in range(10_000)),
        "\u3000" * 50_000 + "[VO]",
        "\n\n".join(["- a\n\ntext"] * 5_000),
        "- a\n\n" * 20_000,
        "Q: a\n" * 10_000,
        "00:00:01\n" * 10_000,
        "a | b\n" * 20_000,
        "[VO] a. [SOT] b\n" * 5_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_no_text_is_slow(text):
    began = time.process_time()
    read(text)
    read(text, transcript=False)
    assert time.process_time() - began < 5


def test_ten_megabytes_on_one_line_are_read_in_one_go():
    text = "[VO] " + "Ana Díaz said that it rains. " * 350_000 + "\n\n[SOT] Ana Díaz: It rains."
    began = time.process_time()
    script = read(text)
    assert script and len(script.segments) == 2
    assert time.process_time() - began < 5


def test_ten_thousand_tags_are_read_in_one_go():
    text = "\n\n".join(
        f"  [SOT] Ana Number {n}, Head of the Office\n\nWords {n}.\n\n  [VO] Ana Number {n} said that it rains." for n in range(5_000)
    )
    began = time.process_time()
    script = read(text)
    assert script and len(script.segments) == 10_000
    assert time.process_time() - began < 10

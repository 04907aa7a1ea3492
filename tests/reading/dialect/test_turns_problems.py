"""What the dialect reader says is wrong: code, place and the way to mend it."""

from __future__ import annotations

import pytest

from pressroom.ground.problems import Problem, as_text
from pressroom.model.transcript import Script
from pressroom.reading.dialect.turns import read_script


def script_of(text: str, **options) -> Script:
    settings = {"path": "index.en.md", "first_line": 1, "transcript": True, "known": {}} | options
    script = read_script(text, **settings)
    assert script is not None
    return script


def problems(text: str, **options) -> list[Problem]:
    return list(script_of(text, **options).problems)


CASES = [
    # code, text, line, column, a part of the hint, severity
    ("TR001", "[VO] a\n\n[Comentary] b", 3, 1, "[commentary]", "warning"),
    ("TR001", "  [Flurble] b", 1, 3, 'add "Flurble" to TRANSCRIPT_TAGS', "warning"),
    ("TR001", "【同期：张三】好", 1, 1, "write the name after the bracket: 【同期】", "warning"),
    ("TR001", "[Applause]", 1, 1, "(Applause)", "warning"),
    ("TR002", "[Soundbite]\n\nWords.", 1, 1, "[Soundbite] Name | Role | Organisation", "warning"),
    ("TR002", "[Soundbite] | Mayor\n\nWords.", 1, 1, "[Soundbite] Name | Role | Organisation", "warning"),
    ("TR002", "SOT:\n\nWords.", 1, 1, "[Soundbite] Name | Role | Organisation", "warning"),
    ("TR003", "[VO] a\n\n[SOT] Ana\n\n[VO] b", 3, 1, "next paragraph", "warning"),
    ("TR003", "**Ana:**\n\n---\n\ntext", 1, 1, "next paragraph", "warning"),
    ("TR004", "[VO] a\n\n【同期 张三\n\n好", 3, 1, "close it with 】", "error"),
    ("TR004", "[VO] a\n\n [Soundbite Ana Díaz", 3, 2, "close it with ]", "error"),
    ("TR005", "  【解说] a", 1, 3, "write 【解说】", "warning"),
    ("TR005", "[同期】张三：好", 1, 1, "write [同期]", "warning"),
    ("TR006", "[VO]\n\n[VO] b", 1, 1, "take the tag out", "warning"),
    ("TR006", "[VO]\n\n00:01:02\n\n# Heading", 1, 1, "take the tag out", "warning"),
    ("TR007", "[VO] a. [SOT] Ana: b", 1, 9, "empty line", "warning"),
    ("TR007", "[VO] a\n  [SOT] Ana: b", 2, 3, "empty line", "warning"),
    ("TR007", "【解说】今天，【同期】张三", 1, 8, "empty line", "warning"),
    ("TR007", "[VO] a\nSOT: Ana", 2, 1, "empty line", "warning"),
    ("TR007", "Q: why?\nA: so.", 2, 1, "empty line", "warning"),
    ("TR008", "[VO] a\n\n[VO]: https://example.org", 1, 1, "write \\[VO]", "warning"),
    ("TR011", "[SOT] Ana | Mayor\n\na\n\n[SOT] Ana | Minister\n\nb", 5, 7, "nothing to do", "info"),
    ("TR012", "[VO] a\n\nCheng Yu reports from Beijing\n\nBo Li reports from Lima", 5, 1, "keep one", "warning"),
    ("TR012", "[VO] a\n\nEditor: Bo Li\n\n  Editor: Cy Dee", 5, 3, "keep one", "warning"),
    ("TR012", "[VO] a\n\nEditor: Bo Li\n\nand more", 5, 1, "last paragraphs", "warning"),
    ("TR012", "[VO] a\n\nCheng Yu reports from Beijing\n\nSubtitling: [Bo Li]", 5, 1, 'add "Subtitling" to TRANSCRIPT_CREDIT_LABELS', "warning"),
    ("TR014", "    [VO] a", 1, 5, "at most three spaces", "warning"),
    ("TR014", "\t[VO] a", 1, 2, "at most three spaces", "warning"),
    ("TR014", "Q: a\n\n\tA: b", 3, 2, "at most three spaces before a label", "warning"),
    ("TR015", "【同期】张三 李四\n\n好", 1, 5, "Name | Role | Organisation", "info"),
    ("TR015", "【同期】国家互联网信息办公室副主任赵泽良\n\n好", 1, 5, "Name | Role | Organisation", "info"),
    ("TR015", "【同期】水务局局长 沈若川、副局长 李四\n\n好", 1, 5, "Name | Role | Organisation", "info"),
    ("TR015", "[SOT] Ana Díaz (Director, Water Agency)\n\nWords.", 1, 7, "Name | Role | Organisation", "info"),
    ("TR015", "[SOT] Ana Díaz — directora\n\nWords.", 1, 7, "Name | Role | Organisation", "info"),
    ("TR015", "[синхрон] Иван Петров (директор)\n\nДа.", 1, 11, "Name | Role | Organisation", "info"),
    ("TR015", "[SOT] Director of the Water Agency Ana Díaz\n\nWords.", 1, 7, "Name | Role | Organisation", "info"),
    ("TR015", "[VO] a\n\n记者程宇安源镇报道", 3, 1, "space between name and place", "info"),
    ("TR016", "00:02:00\n\na\n\n[00:01:00]\n\nb", 5, 2, "order: reverse", "warning"),
    ("TR016", "00:02:00 --> 00:01:00\n\na", 1, 1, "order: reverse", "warning"),
    ("TR016", "[00:02:00] Q: a\n\n[00:01:00] A: b", 3, 2, "order: reverse", "warning"),
    ("TR017", "MR. SMITH: a\n\nMR. SMITH: b\n\nMS. JONES: c", 5, 1, "write **MS. JONES:**", "info"),
    ("TR017", "毛某：好。\n\n法新社：请问？\n\n毛某：好。", 3, 1, "write **法新社:**", "info"),
    ("TR017", "**Li Wei:** a\n\n**Ana Díaz**: b", 3, 1, "write **Ana Díaz:**", "info"),
    ("TR017", "**Li Wei:** a\n\n[Ana Díaz]: Words.", 3, 1, "write **Ana Díaz:**", "warning"),
    ("TR017", "**Li Wei:** a\n\nLi Wei [laughs]: b", 3, 1, "write **Li Wei:**", "warning"),
    ("TR017", "[00:01] Q: a\n\n  Q [00:02]: b", 3, 3, "write Q:", "warning"),
    ("TR017", "A: a\n\n*Q: b*", 3, 1, "write Q:", "warning"),
    ("TR017", "A: a\n\nQ    Zoe Roe, AP: b?", 3, 1, "write Q: with a colon", "warning"),
    ("TR017", "P: a\n\nPREGUNTA.- ¿b?", 3, 1, "write PREGUNTA: with a colon", "warning"),
    ("TR017", "Q: a\n\n(SOUNDBITE) (English) Ana", 3, 1, "[SOUNDBITE]", "warning"),
    ("TR017", "SPEAKER A: a\n\nSPEAKER A: b\n\n编辑：李四　责编：王五", 5, 1, "a line of its own", "warning"),
    ("TR017", "**Li Wei:** a\n\n**Ana Díaz**\n\nb", 3, 1, "write **Ana Díaz:**", "info"),
    ("TR017", "**Li Wei:** a\n\nLi Wei\n\nb", 3, 1, "write **Li Wei:**", "info"),
    ("TR017", "### Li Wei:\n\na\n\n### Li Wei\n\nb", 5, 1, "write ### Li Wei:", "info"),
    ("TR017", "### Li Wei:\n\na\n\n## Ana Díaz:\n\nb", 5, 1, "write ### Ana Díaz:", "info"),
    ("TR017", "Q: a\n\nСъёмка: Иван Петров", 3, 1, 'add "Съёмка" to TRANSCRIPT_CREDIT_LABELS', "info"),
]


@pytest.mark.parametrize("code, text, line, column, hint, severity", CASES)
def test_a_fault_is_said_with_its_place_and_the_way_to_mend_it(code, text, line, column, hint, severity):
    (problem,) = problems(text)
    assert (problem.code, problem.path, problem.line, problem.column, problem.severity) == (code, "index.en.md", line, column, severity)
    assert hint in problem.hint
    assert problem.source == text.split("\n")[line - 1]
    assert problem.width <= len(problem.source) - column + 1
    assert problem.message and as_text(problem).startswith(f"index.en.md:{line}:{column}: {severity} {code}: ")


def test_a_label_that_begins_lines_inside_paragraphs_is_told_as_one_that_would_open_turns():
    found = problems("MR. SMITH: One.\nMS. JONES: Two.\n\nMR. SMITH: Three.\nMS. JONES: Four.\nNOBODY: Five.")
    assert [(problem.code, problem.line, problem.column, problem.width) for problem in found] == [("TR007", 2, 1, 10), ("TR007", 5, 1, 10)]


@pytest.mark.parametrize(
    "text",
    [
        "The result: a", "Note: b", "I said: a", "我还要补充一点：c", "Мы обсудили вопрос: d", "(Zoe: laughs)", "A. Roe came.", "R. Roe said: yes.", "https://a.test", "10:30 it began",
        "会议指出：c", "نسخناها في جدول: د", "TV (the set) was on.", "Q fever came.", "## Part Two", "## Agenda:", "**Thank you.**", "**Why not?** Because.", "---", "***", "Thank you", "# Opening: first", "> ZOE ROE: quoted", "He said:", "[sic]: a", "Ana Díaz, who said: no",
    ],
)  # fmt: skip
def test_other_text_looks_like_no_turn(text):
    assert problems(f"**Li Wei:** One.\n\n{text}\n\nMore.\n\nAnd more.\n\nThe end.") == []


def test_question_words_make_no_document_one_with_names_for_labels():
    assert problems("سؤال: ا\n\nجواب: ب\n\nسؤال: ا\n\nجواب: ب\n\nنسخناها في جدول: د") == []


def test_a_name_and_a_word_that_markdown_takes_for_the_address_of_a_link_are_told_where_no_link_has_it():
    assert [(p.code, p.line) for p in problems("**Li Wei:** a\n\n[Bo Li]: Yes.\n\n[Cy]: Table\n\nSee [Cy].")] == [("TR017", 3)]


def test_what_may_be_text_is_told_once_and_what_must_be_a_turn_each_time_with_who_gets_the_words():
    found = problems("**Li Wei:** a\n\nZoe Roe: b\n\nZoe Roe: c\n\nQ. d?\n\nQ. e?\n\n---\n\nBo Li: f")
    assert [(p.line, p.severity) for p in found] == [(3, "info"), (7, "warning"), (9, "warning"), (13, "info")]
    assert found[0].message == '"Zoe Roe" opens no turn: the words stand with those of Li Wei' and found[3].message.endswith("are nobody's")


def test_lines_of_problems_are_lines_of_the_file():
    assert {problem.line for problem in problems("\n[Foo] a", first_line=7)} == {8}


def test_an_unknown_tag_is_shown_as_other_with_its_label():
    script = read_script("[Foo] words", path="x", first_line=1, transcript=True, known={})
    assert [(s.kind, s.tag) for s in script.segments] == [("other", "Foo")]
    assert [p.text for p in script.pieces] == ["words"]


def test_a_soundbite_of_nobody_keeps_its_words_and_has_no_cite():
    script = read_script("[Soundbite] | Mayor\n\nWords.", path="x", first_line=1, transcript=True, known={})
    assert script.segments[0].voice is None
    assert [p.text for p in script.pieces] == ["| Mayor", "Words."]


def test_a_bracket_that_is_not_closed_leaves_its_paragraph_plain():
    script = read_script("[VO] a\n\n[Soundbite Ana\n\nb", path="x", first_line=1, transcript=True, known={})
    assert len(script.segments) == 1 and [p.text for p in script.pieces] == ["a", "[Soundbite Ana", "b"]


@pytest.mark.parametrize(
    "text", ["[a link over\ntwo lines](https://example.org)", "[a reference over\ntwo lines][1]\n\n[1]: /x", "[VO] a [link](/x)", "[[a]]"]
)
def test_links_over_two_lines_are_no_open_brackets(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[VO] the [interview] that",
        "[VO] a [VO](/x)",
        "[VO] a. `[SOT] Ana`",
        "[VO] a. \\[SOT] Ana",
        "[VO] a. [Total] b\n\n[Total]: /x",
        "[VO] Word: a\nThe result: b",
    ],
)
def test_brackets_in_running_text_are_no_tags_inside(text):
    assert problems(text) == []


def test_the_last_sign_off_counts_and_the_first_is_shown_as_text():
    script = read_script(
        "[VO] a\n\nCheng Yu reports from Beijing\n\nBo Li reports from Lima", path="x", first_line=1, transcript=True, known={}
    )
    assert script.sign_off and script.sign_off.name == "Bo Li"
    assert [(p.text, p.segment) for p in script.pieces] == [("a", 1), ("Cheng Yu reports from Beijing", 0)]


def test_text_after_the_tail_is_shown_and_belongs_to_nobody():
    script = read_script("[VO] a\n\nEditor: Bo Li\n\nand more", path="x", first_line=1, transcript=True, known={})
    assert [(p.text, p.segment) for p in script.pieces] == [("a", 1), ("and more", 0)]


def test_an_end_mark_after_the_tail_is_no_fault():
    assert problems("[VO] a\n\nEditor: Bo Li\n\n（完）\n\n---") == []


def test_order_reverse_silences_timecodes_that_run_backwards():
    assert problems("00:02:00\n\na\n\n00:01:00\n\nb", order="reverse") == []


def test_timecodes_of_different_lengths_are_compared_by_time():
    assert problems("00:59\n\na\n\n01:00:00\n\nb\n\n01:00:00.500\n\nc") == []


def test_the_same_role_again_is_no_other_role_and_none_is_no_role():
    assert problems("[SOT] Ana | Mayor\n\na\n\n[SOT] Ana\n\nb\n\n[SOT] Ana | Mayor\n\nc") == []


def test_a_turn_in_four_spaces_or_behind_a_tab_is_read_and_other_code_is_not():
    script = script_of("\tMR. SMITH: One.\n\n    Q: Two?\n\n\t[00:01:02] MR. SMITH: Three.\n\n    a poem:\n\n```\nQ: code\n```")
    assert [(s.kind, s.start) for s in script.segments] == [("soundbite", ""), ("question", ""), ("soundbite", "00:01:02")]
    assert [p.text for p in script.pieces if p.kind == "paragraph"] == ["One.", "Two?", "Three."] and [p.code for p in script.problems] == ["TR014"] * 3


def test_a_tab_between_a_timecode_and_what_follows_is_no_indent():
    assert problems("[00:01:02]\t[VO] a\n\n[00:01:03]\tQ: b") == []


def test_a_known_tag_in_four_spaces_is_still_read():
    script = read_script("    [VO] a\n\n    [SOT] Ana: b", path="x", first_line=1, transcript=True, known={})
    assert [s.kind for s in script.segments] == ["narration", "soundbite"]
    assert [(p.text, p.column) for p in script.pieces] == [("a", 10), ("b", 16)]

"""The dialect: tags, voices, turns, cues, notes, tails, and the ten rules."""

from __future__ import annotations

import pytest

from pressroom.model.people import folded_name, person_id
from pressroom.model.transcript import Script
from pressroom.reading.dialect.turns import eaten_by_header, read_script


def read(text: str, **options) -> Script:
    settings = {"path": "index.en.md", "first_line": 1, "transcript": True, "known": {}} | options
    script = read_script(text, **settings)
    assert script is not None
    return script


def kinds(script: Script) -> list[str]:
    return [segment.kind for segment in script.segments]


def texts(script: Script, segment: int | None = None) -> list[str]:
    return [piece.text for piece in script.pieces if segment is None or piece.segment == segment]


def codes(script: Script) -> list[str]:
    return [problem.code for problem in script.problems]


def who(script: Script, n: int = 1) -> tuple[str, str, str]:
    voice = script.segments[n - 1].voice
    return (voice.name, voice.role, voice.organisation) if voice else ("", "", "")


# tags


@pytest.mark.parametrize("open, close", ["【】", "[]", "［］", "〔〕", "〖〗", "◀▶", "<>"])
def test_every_family_of_brackets_makes_a_tag(open, close):
    script = read(f"{open}解说{close}今天，大会开幕。")
    assert [(s.kind, s.tag) for s in script.segments] == [("narration", "解说")]
    assert texts(script) == ["今天，大会开幕。"]
    assert codes(script) == []


def test_angle_brackets_are_tags_round_known_words_of_another_script_only():
    assert read("<VO> text\n\n<新闻>文").segments == ()


ALIASES = {
    "narration": "Commentary Explanation Narration Narrator Interpretation Voiceover VO OFF 解说 解說 解说词 旁白 画外音 配音 正文 "
    "закадровый_текст voix_off voz_en_off التعليق_الصوتي ナレーション 리포트",
    "soundbite": "Concurrent Same_period In_the_same_period Simultaneous Synchronous Contemporaneous Synchronous_sound "
    "Soundbite SOT Interview 同期 同期声 同期聲 采访 синхрон sonore total corte مقطع_صوتي インタビュー 인터뷰 녹취",
    "standup": "Standup Stand-up 出镜 现场口导 стендап plateau وقفة_المراسل",
    "natsound": "Natsound 现场声 现场音 лайф интершум صوت_طبيعي",
    "caption": "Caption Super 字幕 титры テロップ",
    "intro": "导语 口播 Lead подводка entradilla chapô 앵커",
    "outro": "编后",
}


@pytest.mark.parametrize("kind, alias", [(kind, alias.replace("_", " ")) for kind, line in ALIASES.items() for alias in line.split()])
def test_every_alias_of_the_table_has_its_kind(kind, alias):
    assert kinds(read(f"[{alias}] Ana Díaz: words")) == [kind]


def test_aliases_are_compared_without_case_width_and_runs_of_spaces():
    script = read("[ＣＯＭＭＥＮＴＡＲＹ] a\n\n[voix  OFF] b\n\n[ commentary ] c")
    assert kinds(script) == ["narration"] * 3
    assert [s.tag for s in script.segments] == ["ＣＯＭＭＥＮＴＡＲＹ", "voix  OFF", "commentary"]


@pytest.mark.parametrize(
    "tag, number, language",
    [("同期1", "1", ""), ("SOT 2", "2", ""), ("Soundbite (es)", "", "es"), ("同期 3（俄语）：", "3", "俄语"), ("Commentary:", "", "")],
)
def test_a_tag_may_carry_a_number_a_language_and_a_colon(tag, number, language):
    segment = read(f"[{tag}] Ana: words").segments[0]
    assert (segment.number, segment.language, segment.tag) == (number, language, tag.rstrip("：:"))


@pytest.mark.parametrize("line", ["[SOUNDBITE] (English) Ana Díaz, Director:", "[Soundbite] （English） Ana Díaz, Director：", "[SOT 2] (English): Ana Díaz | Director:"])
def test_the_language_may_stand_between_the_tag_and_the_name(line):
    script = read(f"{line} The dam is full.")
    assert (script.segments[0].language, *who(script, 1)) == ("English", "Ana Díaz", "Director", "") and texts(script) == ["The dam is full."]


def test_an_office_of_several_parts_is_one_persons():
    assert who(read("【同期】浙江省委常委、宣传部部长 朱国贤\n\n好。")) == ("朱国贤", "浙江省委常委、宣传部部长", "")
    assert who(read("【同期】新闻局副局长 新闻发言人、主任 邢慧\n\n好。")) == ("邢慧", "新闻局副局长 新闻发言人、主任", "")


def test_a_language_alone_behind_a_tag_is_no_speaker():
    script = read("[SOUNDBITE] (English)\n\nThe dam is full.")
    assert (script.segments[0].language, script.segments[0].voice) == ("English", None) and texts(script) == ["The dam is full."] and codes(script) == ["TR002"]


def test_a_site_adds_its_own_aliases():
    script = read("[Pool] words\n\n【连线】张三：好", tags={"Pool": "narration", "连线": "soundbite"})
    assert kinds(script) == ["narration", "soundbite"]
    assert codes(script) == []


@pytest.mark.parametrize("indent", ["", " ", "   ", "\u3000\u3000", "\u00a0\u00a0\u00a0\u00a0\u00a0", "\u3000\u3000\u3000\u3000\u3000"])
def test_a_tag_may_be_indented_by_three_spaces_or_any_full_width_ones(indent):
    script = read(f"{indent}[Commentary] words")
    assert script.segments[0].column == len(indent) + 1
    assert (script.pieces[0].text, script.pieces[0].column) == ("words", len(indent) + 14)
    assert codes(script) == []


def test_a_full_width_indent_is_never_code_and_never_a_list():
    script = read("【解说】一\n\n\u3000\u3000\u3000\u30001. 二")
    assert [(p.kind, p.text) for p in script.pieces] == [("paragraph", "一"), ("paragraph", "1\\. 二")]


@pytest.mark.parametrize("shot, number", [("1. ", "1"), ("3、", "3"), ("(12) ", "12"), ("（7）", "7"), ("5) ", "5")])
def test_a_shot_number_may_stand_before_a_tag(shot, number):
    script = read(f"{shot}【解说】words")
    assert (script.segments[0].shot, script.segments[0].kind, texts(script)) == (number, "narration", ["words"])


def test_a_shot_list_without_empty_lines_is_one_segment_a_line():
    script = read("1. [VO] one\n2. [SOT] Ana: two\n3. [VO] three")
    assert [(s.shot, s.kind, s.line) for s in script.segments] == [("1", "narration", 1), ("2", "soundbite", 2), ("3", "narration", 3)]
    assert codes(script) == []


def test_a_numbered_list_without_tags_stays_a_list():
    script = read("1. one\n2. [two](url)\n3. [three]")
    assert script.segments == () and [p.kind for p in script.pieces] == ["markdown"]


@pytest.mark.parametrize(
    "text",
    [
        "[Commentary](https://example.org) more",
        "[Commentary][1] more",
        "[Commentary]: https://example.org",
        "[^1] more",
        "[^1]: a footnote",
        "[ ] open",
        "[x] done",
        "[X] done",
        "[TOC]",
        "\\[Commentary] more",
        "[12] more",
        "[mot]{lang=fr} more",
        "[T]he office",
        "[Off]ice hours",
        "- [ ] task\n- [x] done",
        "[a link] more\n\n[a link]: https://example.org",
        "`[Commentary]` more",
        "![Commentary](x.jpg)",
        "[] more",
    ],
)
def test_brackets_that_markdown_uses_are_no_tags(text):
    assert read(text).segments == ()


def test_a_tag_needs_no_space_after_it_where_its_end_is_plain():
    assert texts(read("[解说]11月2日")) == ["11月2日"]
    assert texts(read("[Commentary]On Monday")) == ["On Monday"]


def test_a_colon_after_the_bracket_is_not_text():
    assert texts(read("[Narration]: The office met.\n\n【解说】：今天。")) == ["The office met.", "今天。"]


@pytest.mark.parametrize("colon", ["：", ":\u202f", ":\u00a0", "：\u3000"])
def test_a_colon_after_the_bracket_may_be_a_wide_one_or_have_a_space_of_another_width_behind_it(colon):
    script = read(f"[提问]{colon}为什么？\n\n[同期]{colon}张三\n\n水。")
    assert texts(script) == ["为什么？", "水。"] and who(script, 2)[0] == "张三" and codes(script) == []


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_a_colon_after_the_bracket_may_have_a_space_before_it(space):
    script = read(f"[Voix off]{space}: Le barrage.\n\n[Sonore]{space}: Ana Díaz\n\nOui.\n\n[Ana Díaz]{space}:{space}Non.\n\n[Voix off]{space}:) rit.")
    assert texts(script) == ["Le barrage.", "Oui.", "Non.", ":) rit."] and who(script, 2)[0] == "Ana Díaz" and codes(script) == []


@pytest.mark.parametrize(
    "line, kind, number, language",
    [
        ("VO: words", "narration", "", ""),
        ("SOT: Ana: words", "soundbite", "", ""),
        ("VOSOT: words", "narration", "", ""),
        ("SOUNDBITE 2 (Spanish): Ana: words", "soundbite", "2", "Spanish"),
        ("SOUNDBITE (es) (off camera): Ana: words", "soundbite", "", "es, off camera"),
        ("NATSOUND: birds", "natsound", "", ""),
        ("STANDUP: Ana: words", "standup", "", ""),
        ("解说：今天", "narration", "", ""),
        ("同期1:张三：好", "soundbite", "1", ""),
        ("Синхрон: Иван Петров: да", "soundbite", "", ""),
        ("ナレーション：今日", "narration", "", ""),
    ],
)
def test_colon_tags_are_capitals_or_of_another_script(line, kind, number, language):
    segment = read(line).segments[0]
    assert (segment.kind, segment.number, segment.language) == (kind, number, language)


@pytest.mark.parametrize(
    "line", ["Vo: words", "Soundbite: words", "Interview: words", "INTERVIEW: words", "Lead: words", "chapô : words", "Commentary: words"]
)
def test_other_words_before_a_colon_are_text(line):
    assert read(line).segments == ()


def test_a_tag_stands_on_the_first_line_of_a_paragraph_only():
    script = read("[VO] one\n[SOT] Ana\ntwo")
    assert kinds(script) == ["narration"] and texts(script) == ["one\n[SOT] Ana\ntwo"]


# voices


@pytest.mark.parametrize(
    "line, expected",
    [
        ("Ana Díaz | Director | Water Agency", ("Ana Díaz", "Director", "Water Agency")),
        ("Ana Díaz ｜ Director", ("Ana Díaz", "Director", "")),
        ("Zhao Zeliang, Deputy Director of the National Office", ("Zhao Zeliang", "Deputy Director", "National Office")),
        (
            "Zhu Guoxian, Director of the Department of the Committee of the CPC",
            ("Zhu Guoxian", "Director", "Department of the Committee of the CPC"),
        ),
        ("Ana Díaz, directora", ("Ana Díaz", "directora", "")),
        ("Иван Петров, директор", ("Иван Петров", "директор", "")),
        ("محمد علي، وزير", ("محمد علي", "وزير", "")),
        ("国家互联网信息办公室副主任 赵泽良", ("赵泽良", "国家互联网信息办公室副主任", "")),
        ("国家互联网信息办公室 副主任 赵泽良", ("赵泽良", "国家互联网信息办公室 副主任", "")),
        ("赵泽良\u3000国家互联网信息办公室副主任", ("赵泽良", "国家互联网信息办公室副主任", "")),
        ("赵泽良，国家互联网信息办公室副主任", ("赵泽良", "国家互联网信息办公室副主任", "")),
        ("村民 王小明", ("王小明", "村民", "")),
        ("阿里·买买提 自治区主席", ("阿里·买买提", "自治区主席", "")),
        ("微软公司总裁 Brad Smith", ("Brad Smith", "微软公司总裁", "")),
        ("鲁炜", ("鲁炜", "", "")),
        ("Ana Díaz", ("Ana Díaz", "", "")),
        ("**Ana Díaz**, Director", ("Ana Díaz", "Director", "")),
        ("*Ana Díaz*, Director", ("Ana Díaz", "Director", "")),
        ("***Ana Díaz*** | *Director*", ("Ana Díaz", "Director", "")),
    ],
)
def test_a_speaker_line_is_name_role_and_organisation(line, expected):
    script = read(f"[Soundbite] {line}\n\nWords.")
    assert who(script) == expected
    assert texts(script) == ["Words."] and codes(script) == []


@pytest.mark.parametrize("line", ["Ana Díaz (Director, Water Agency)", "Ana Díaz — directora, Agencia del Agua", "Ana Díaz / Director"])
def test_an_office_in_brackets_or_behind_a_dash_is_not_cut_apart(line):
    assert who(read(f"[Soundbite] {line}\n\nWords.")) == (line, "", "")
    assert who(read("[Soundbite] Marie Dupont-Moretti, maire\n\nOui.")) == ("Marie Dupont-Moretti", "maire", "")


def test_the_fourth_part_of_a_speaker_line_is_the_language():
    voice = read("[Soundbite] Ana Díaz | Director | Water Agency | es\n\nThe dam is full.").segments[0].voice
    assert voice and (voice.language, voice.id) == ("es", "ana-diaz")


def test_a_name_that_is_known_settles_what_is_name_and_what_is_title():
    script = read("【同期】阿里巴巴 马云\n\n好。", known={folded_name("马云"): "ma-yun"})
    assert who(script) == ("马云", "阿里巴巴", "") and codes(script) == []
    assert script.segments[0].voice.id == "ma-yun"


def test_rule_1_a_soundbites_inline_text_is_the_person_and_speech_after_a_colon_only():
    script = read("[SOT] We will go.\n\n[SOT] Ana Díaz, Mayor: We will go.\n\n【同期】赵泽良：我们一定去。")
    assert who(script) == ("We will go.", "", "")
    assert [p.text for p in script.pieces] == ["We will go.", "我们一定去。"]
    assert who(script, 2) == ("Ana Díaz", "Mayor", "")


def test_a_colon_in_a_time_of_day_opens_no_speech():
    assert who(read("[SOT] Ana Díaz | Mayor at 10:30 | City\n\nWords.")) == ("Ana Díaz", "Mayor at 10:30", "City")


def test_the_lines_below_a_speaker_line_are_speech():
    script = read("[Soundbite] Ana Díaz | Mayor\nThe dam\nis full.")
    assert who(script)[0] == "Ana Díaz" and [(p.text, p.line) for p in script.pieces] == [("The dam\nis full.", 2)]


def test_a_question_in_brackets_that_is_a_sentence_is_no_person():
    script = read("[Question] Will it rain?\n\n[Answer] Ana Díaz: No.\n\n[Standup] Here we stand.")
    assert kinds(script) == ["question", "answer", "standup"]
    assert [s.voice.name if s.voice else "" for s in script.segments] == ["", "Ana Díaz", ""]
    assert texts(script) == ["Will it rain?", "No.", "Here we stand."]


@pytest.mark.parametrize(
    "line",
    [
        "[Answer] There are three: A, B and C.",
        "[Standup] I am standing in Wuzhen: the town is quiet.",
        "[Question] Well, Minister: is it full?",
        "[Question] У меня вопрос: когда?",
        "【提问】请问发言人：水位如何？",
        "【回答】有三点：第一，水位正常。",
        "【出镜】我现在在乌镇：很安静。",
    ],
)
def test_a_sentence_with_a_colon_after_a_question_an_answer_or_a_standup_is_speech_as_a_whole(line):
    script = read(line)
    assert script.segments[0].voice is None and texts(script) == [line[1:].replace("】", "]").partition("]")[2].strip()]


@pytest.mark.parametrize(
    "line, name",
    [
        ("[Answer] Ana Díaz: yes", "Ana Díaz"),
        ("[Answer] Ana Díaz, Director of the Agency: yes", "Ana Díaz"),
        ("[Answer] a | Director: yes", "a"),
        ("[Answer] the office: yes", "the office"),
        ("[Question] Mme de La Tour: oui ?", "Mme de La Tour"),
        ("[سؤال] محمد علي: متى؟", "محمد علي"),
        ("【出镜】记者 程宇：我在乌镇。", "程宇"),
        ("【提问】路透社记者：水位如何？", "路透社记者"),
    ],
)
def test_a_person_before_the_colon_of_an_answer_is_named(line, name):
    script = read(line, tags={"سؤال": "question"}, speakers=["the office"])
    assert who(script)[0] == name and len(texts(script)) == 1


# segments


def test_rule_2_a_tag_or_a_turn_ends_the_segment_before_it_and_nothing_inside_does():
    script = read("[SOT] Ana\n\nFirst.\n\n00:01:02\n\n> Quoted.\n\nWe will.\n\n- a\n- b\n\n(Laughter.)\n\n[VO] Next.")
    assert [(p.kind, p.segment) for p in script.pieces] == [
        ("paragraph", 1),
        ("cue", 1),
        ("markdown", 1),
        ("paragraph", 1),
        ("markdown", 1),
        ("note", 1),
        ("paragraph", 2),
    ]


@pytest.mark.parametrize("between", ["# Heading", "Heading\n===", "---", "* * *"])
def test_a_heading_or_a_rule_ends_a_segment_and_what_follows_is_of_nobody(between):
    script = read(f"[VO] one\n\n{between}\n\ntwo\n\n[VO] three")
    assert [(p.kind, p.segment) for p in script.pieces] == [("paragraph", 1), ("markdown", 0), ("paragraph", 0), ("paragraph", 2)]


def test_a_rule_under_a_tag_line_makes_no_heading_of_it():
    script = read("[VO] one\n---\ntwo")
    assert [(p.kind, p.text) for p in script.pieces] == [("paragraph", "one"), ("markdown", "---"), ("paragraph", "two")]


def test_text_before_the_first_tag_is_of_nobody():
    script = read("Before.\n\n[VO] one")
    assert [(p.segment, p.text) for p in script.pieces] == [(0, "Before."), (1, "one")]


def test_markdown_stands_together_with_its_empty_lines_in_one_piece():
    script = read("[VO] one\n\n- a\n\n- b\n\n    more of b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\ntwo")
    assert [(p.kind, p.line) for p in script.pieces] == [("paragraph", 1), ("markdown", 3), ("paragraph", 13)]
    assert script.pieces[1].text == "- a\n\n- b\n\n    more of b\n\n| x | y |\n|---|---|\n| 1 | 2 |"


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_nothing_in_code_is_read(fence):
    script = read(
        f"[VO] one\n\n{fence}\n[SOT] Ana\n\nQ: what\n{fence}\n\n    SMITH: code\n\n<div>\n\n[SOT] Bo\n\n</div>\n\n<!--\n\n[SOT] Cy\n\n-->"
    )
    assert kinds(script) == ["narration"] and [p.kind for p in script.pieces] == ["paragraph", "markdown"]


def test_a_fence_that_is_never_closed_hides_nothing():
    assert kinds(read("```\n\n[VO] one")) == ["narration"]


@pytest.mark.parametrize(
    "text, escaped",
    [
        ("# no heading", "\\# no heading"),
        ("2020. A year.", "2020\\. A year."),
        ("- Good evening.", "\\- Good evening."),
        ("> more", "\\> more"),
        ("[a]: b", "\\[a]: b"),
        ("*emphasis* stays", "*emphasis* stays"),
        ("**bold** stays", "**bold** stays"),
        ("***", "\\***"),
    ],
)
def test_what_follows_a_tag_stays_a_paragraph_in_markdown(text, escaped):
    assert texts(read(f"[VO] {text}")) == [escaped]


def test_rule_3_who_is_reported_is_derived_and_makes_no_soundbite():
    script = read("[VO] Ana Díaz, mayor of the city, said that it rains.\n\n[VO] Bo Li said so. Nobody knows.\n\n[SOT] Ana Díaz: It rains.")
    assert kinds(script) == ["narration", "narration", "soundbite"]
    assert [s.reports for s in script.segments] == ["ana-diaz", "", ""]


@pytest.mark.parametrize(
    "text, name",
    [
        ("赵泽良在会上介绍，论坛将举行。", "赵泽良"),
        ("وقالت منى علي إن السد ممتلئ.", "منى علي"),
        ("Вчера Иван Петров сообщил об этом.", "Иван Петров"),
    ],
)
def test_reports_are_found_in_other_languages(text, name):
    assert read(f"[VO] {text}\n\n[SOT] {name}: .").segments[0].reports == person_id(folded_name(name))


def test_a_name_inside_a_longer_word_is_not_reported():
    assert read("[VO] Anatol said that it rains.\n\n[SOT] Ana: It rains.").segments[0].reports == ""


def test_rule_4_bracketed_text_that_equals_a_named_speaker_is_a_turn():
    script = read("【同期】国新办主任 鲁炜\n\n好。\n\n[鲁炜]再见。\n\n[鲁炜]\n\n完了。")
    assert [(s.kind, s.turn, s.voice.name) for s in script.segments] == [
        ("soundbite", False, "鲁炜"),
        ("soundbite", True, "鲁炜"),
        ("soundbite", True, "鲁炜"),
    ]
    assert texts(script, 2) == ["再见。"] and codes(script) == []


def test_a_tag_or_a_name_with_a_colon_and_one_word_is_no_link_definition():
    named = "[SOT] Ana Díaz: So.\n\n[Ana Díaz]: Absolutely.\n\n[Ana Díaz]: The dam is."
    script = read(f"[Question]: Really?\n\n[Answer]: Yes.\n\n{named}\n\n[Narration]: “Silence.”")
    assert [(p.text, p.segment) for p in script.pieces] == [
        ("Really?", 1), ("Yes.", 2), ("So.", 3), ("Absolutely.", 4), ("The dam is.", 5), ("“Silence.”", 6),
    ]  # fmt: skip
    assert kinds(script) == ["question", "answer", "soundbite", "soundbite", "soundbite", "narration"] and codes(script) == []


@pytest.mark.parametrize("target", ["https://a.test/", "/x", "../x/", "a.html", "#a", "mailto:a@b.test", "<a>", "a_b", "1"])
def test_a_tag_or_a_name_with_a_colon_and_an_address_is_a_link_definition(target):
    script = read(f"[Answer]: {target}\n\n[Ana]: {target}\n\n[Foo]: word", speakers=["Ana"])
    assert script.segments == () and [p.kind for p in script.pieces] == ["markdown"]


def test_rule_4_holds_for_front_matter_and_registry_names():
    assert kinds(read("[Ana Díaz] Words.", speakers=["Ana Díaz"])) == ["soundbite"]
    assert kinds(read("[Ana Díaz] Words.", known={"Ana Díaz": "ana"})) == ["soundbite"]


def test_rule_5_the_same_person_by_exact_name_or_by_the_registry():
    script = read("[SOT] 鲁炜: 好\n\n[SOT] Lu  Wei: yes\n\n[SOT] Ｌｕ Wei: yes\n\n[SOT] lu wei: no", known={"鲁炜": "lu", "Lu Wei": "lu"})
    assert [s.voice.id for s in script.segments] == ["lu", "lu", "lu", "lu-wei"]


def test_rule_5_roles_are_kept_segment_by_segment():
    script = read("[SOT] Ana | Mayor | City\n\nOne.\n\n[SOT] Ana | Minister | State\n\nTwo.\n\n[SOT] Ana\n\nThree.")
    assert [who(script, n) for n in (1, 2, 3)] == [("Ana", "Mayor", "City"), ("Ana", "Minister", "State"), ("Ana", "", "")]


def test_rule_6_an_indented_paragraph_opens_a_group_and_unindented_ones_join_it():
    script = read("[VO] a\n\nb\n\n  c\n\nd\n\n  [SOT] Ana\n\n  e\n\nf\n\n  Cheng Yu reports from Beijing\n\nEditor: Liu Xian")
    assert [(p.text, p.group) for p in script.pieces] == [("a", 1), ("b", 1), ("c", 2), ("d", 2), ("e", 4), ("f", 4)]


def test_rule_6_where_no_indents_are_mixed_there_are_no_groups():
    for indent in ("", "  "):
        assert {p.group for p in read(f"{indent}[VO] a\n\n{indent}b\n\nEditor: Liu Xian").pieces} == {0}


# turns


def test_rule_9_a_names_from_elsewhere_open_turns():
    options = {"speakers": ["Bo Li"], "known": {"Cy Dee": "cy"}}
    script = read("[SOT] Ana Díaz: One.\n\nBo Li: Two.\n\nCy Dee: Three.\n\nAna Díaz: Four.\n\nThe result: five.", **options)
    assert [(s.turn, s.voice.name) for s in script.segments] == [(False, "Ana Díaz"), (True, "Bo Li"), (True, "Cy Dee"), (True, "Ana Díaz")]
    assert texts(script, 4) == ["Four.", "The result: five."]


@pytest.mark.parametrize(
    "word",
    [
        "Q",
        "QUESTION",
        "Question",
        "Q1",
        "Q (Reuters)",
        "问",
        "問",
        "記者",
        "记者",
        "Вопрос",
        "سؤال",
        "質問",
        "질문",
        "Pregunta",
        "Frage",
        "**Q**",
    ],
)
def test_rule_9_b_question_words_open_turns_of_nobody(word):
    script = read(f"{word}: Why?")
    assert [(s.kind, s.turn, s.voice) for s in script.segments] == [("question", True, None)]
    assert texts(script) == ["Why?"] and codes(script) == []


@pytest.mark.parametrize("word", ["A", "ANSWER", "Answer", "答", "Ответ", "جواب", "回答", "답변", "Réponse", "Respuesta", "Antwort"])
def test_rule_9_b_answer_words_open_turns_of_nobody(word):
    assert [(s.kind, s.voice) for s in read(f"{word}: So.").segments] == [("answer", None)]


@pytest.mark.parametrize("line", ["提问：请问部长：水位如何？", "提问：谢谢", "提问 2：谢谢", "回答：有三点：第一，水位正常。", "回答：是的", "提問：謝謝"])
def test_rule_9_b_what_stands_after_a_question_or_answer_word_is_speech(line):
    script = read(line)
    assert [(s.turn, s.voice) for s in script.segments] == [(True, None)] and texts(script) == [line.partition("：")[2]]


def test_a_site_may_make_a_question_word_another_tag_before_a_colon():
    assert kinds(read("记者：张三：好\n\n提问：张三：好", tags={"记者": "standup", "提问": "soundbite"})) == ["standup", "soundbite"]


@pytest.mark.parametrize(
    "line, kind",
    [
        ("\u200fس: لماذا؟", "question"),
        ("\u202bس\u200f: لماذا؟", "question"),
        ("\u200f[التعليق الصوتي] نص", "narration"),
        ("[سؤال]\u200f: متى؟", "question"),
        ("\u200b[Commentary] Text", "narration"),
        ("[\u200eCommentary 2\u200e] Text", "narration"),
        ("Q\u200e: z", "question"),
        ("\u2060Q\u200f (Reuters)\u200f: z", "question"),
        ("【解\u200b说】x", "narration"),
        ("[V\u00adO] x", "narration"),
        ("\u200fVO: x", "narration"),
    ],
)
def test_marks_that_nobody_sees_keep_no_tag_and_no_turn_from_being_read(line, kind):
    script = read(line, tags={"سؤال": "question"})
    assert kinds(script) == [kind] and texts(script) == [line.replace("]", ":").replace("】", ":").rpartition(":")[2].strip()] and codes(script) == []


def test_marks_that_nobody_sees_indent_nothing_and_stay_in_a_text():
    script = read("[VO] a\n\n\u200fb\n\n\u200f[VO] c")
    assert [(p.text, p.group) for p in script.pieces] == [("a", 0), ("\u200fb", 0), ("c", 0)]


@pytest.mark.parametrize("line", ["Q:请问水库何时开放？", "A:本月底。", "P:¿Está?", "R:—Sí", "Q:… a", "Q:“a”"])
def test_a_turn_needs_no_space_after_its_colon_before_a_sign_that_is_not_ascii(line):
    script = read(line)
    assert [(s.tag, s.turn) for s in script.segments] == [(line[0], True)] and texts(script) == [line[2:]]


@pytest.mark.parametrize("line", ["Q:a", "A:1", "Q://a", "P:(a)"])
def test_a_letter_with_a_colon_and_no_space_is_text(line):
    assert read(line).segments == ()


def test_a_small_letter_is_no_answer_word():
    assert read("a: first\n\nq: second").segments == ()


@pytest.mark.parametrize(
    "name",
    ["MR. SMITH", "J. R. SMITH", "O'NEILL", "JEAN-PIERRE LE GALL", "McCONNELL", "SPEAKER 2", "鲁炜", "Песков", "محمد", "鲁炜·买买提"],
)
def test_rule_9_c_capitals_and_names_of_other_scripts_that_label_two_paragraphs_open_turns(name):
    script = read(f"{name}: One.\n\nmore\n\n{name}: Two.")
    assert [(s.kind, s.turn, s.voice.name) for s in script.segments] == [("soundbite", True, name)] * 2
    assert texts(script, 1) == ["One.", "more"]


@pytest.mark.parametrize(
    "name",
    [
        "Mme LE ROY", "Mr. SMITH", "The CHAIR", "La señora GARCÍA Y MARFIL", "Ông NGUYỄN", "van DIJK", "d’ALEMBERT", "al-SADIQ", "DeSANTIS", "Gov. DeWINE",
        'GEN. CHARLES "CQ" BROWN', "M. L. KING, JR.", "MR.\u00a0SMITH", "JEAN\u2011LUC ROY", "SMI\u00adTH", "Ана\u00a0Диас",
    ],
)  # fmt: skip
def test_rule_9_c_a_title_and_what_is_small_in_names_need_no_capitals_and_a_text_processors_spaces_are_spaces(name):
    script = read(f"{name}: One.\n\nmore\n\n{name}: Two.")
    assert [(s.kind, s.turn, s.voice.name) for s in script.segments] == [("soundbite", True, name)] * 2


@pytest.mark.parametrize("label", ["Mr. Smith", "The result", "Mr. X", "YES and no", '"STOP"', "The Vice President", "IT IS SO, BUT THEN WHO KNOWS"])
def test_rule_9_c_other_words_with_a_title_or_a_capital_are_text(label):
    assert read(f"{label}: One.\n\n{label}: Two.").segments == ()


@pytest.mark.parametrize("name", ["MR. SMITH", "鲁炜"])
def test_rule_9_c_a_name_that_labels_one_paragraph_is_text(name):
    assert read(f"{name}: One.\n\nmore").segments == ()


@pytest.mark.parametrize(
    "label, name, role",
    [
        ("PM NGUYỄN (through interpreter)", "PM NGUYỄN", "through interpreter"), ("沈若川（水务局局长）", "沈若川", "水务局局长"),
        ("Я. Ниеми (как переведено)", "Я. Ниеми", "как переведено"), ("علي (عبر الترجمة)", "علي", "عبر الترجمة"), ("BO LI(laughs)", "BO LI", "laughs"),
    ],
)  # fmt: skip
def test_rule_9_what_stands_in_round_brackets_behind_a_name_keeps_no_turn_shut_and_is_the_role(label, name, role):
    script = read(f"{label}: One.\n\nQ: Two?\n\n{name}: Three.\n\n{label}: Four.")
    assert [(s.voice.name, s.voice.role) if s.voice else None for s in script.segments] == [(name, role), None, (name, ""), (name, role)]
    assert {s.voice.id for s in script.segments if s.voice} == {person_id(name)} and texts(script) == ["One.", "Two?", "Three.", "Four."]
    given = read(f"Bo: Zero.\n\n{label}: One.", speakers=["Bo", name])
    assert [s.voice.name for s in given.segments] == ["Bo", name] and given.segments[1].tag == label


def test_a_question_word_with_something_in_square_brackets_is_nobody_by_its_form():
    assert [(s.kind, s.voice) for s in read("**Question [by telephone]:** Why?\n\n### Answer [remote]:\n\nSo.").segments] == [("question", None), ("answer", None)]


def test_rule_9_c_does_not_count_where_bracket_tags_occur():
    script = read("[VO] x\n\nSMITH: One.\n\nSMITH: Two.\n\nQ: Three?")
    assert kinds(script) == ["narration", "question"]


@pytest.mark.parametrize("label", ["The result", "Note", "http", "结果是这样的，而且", "It is 10"])
def test_rule_9_everything_else_is_text(label):
    script = read(f"{label}: One.\n\n{label}: Two.")
    assert script.segments == () and texts(script) == [f"{label}: One.", f"{label}: Two."]


def test_a_label_has_at_most_eighty_characters():
    name = " ".join(["NAME"] * 5) + "X" * 60
    assert read(f"{name}: One.\n\n{name}: Two.").segments == ()


@pytest.mark.parametrize(
    "line", ["### Ana Díaz:", "### ANA DÍAZ：", "**Ana Díaz:** Words.", "***Ana Díaz:*** Words.", "<v Ana Díaz>Words.", "<v.loud Ana Díaz>Words.</v>"]
)
def test_some_labels_are_turns_by_their_form(line):
    script = read(f"{line}\n\nMore.")
    assert [(s.kind, s.turn, s.voice.name) for s in script.segments][0][:2] == ("soundbite", True)
    assert script.segments[0].voice.id == "ana-diaz"
    assert texts(script) == (["More."] if line.startswith("#") else ["Words.", "More."])


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("**Ana Díaz | Director | Water Agency:** Words.", ("Ana Díaz", "Director", "Water Agency")),
        ("### Ana Díaz | Director:\n\nWords.", ("Ana Díaz", "Director", "")),
        ("**安娜｜主任｜水务局：** Words.", ("安娜", "主任", "水务局")),
        ("**Ana Díaz [remote]:** Words.", ("Ana Díaz [remote]", "", "")),
        ("***Ana Díaz | Director [acting]:*** Words.", ("Ana Díaz", "Director [acting]", "")),
    ],
)
def test_a_label_by_its_form_may_have_parts_and_an_aside(line, named):
    script = read(f"**Li Wei:** One.\n\n{line}\n\n**{named[0]}:** More.")
    assert who(script, 2) == named and texts(script) == ["One.", "Words.", "More."]
    assert script.segments[1].voice.id == script.segments[2].voice.id and not script.problems


@pytest.mark.parametrize(
    "line",
    [
        "**[Inaudible]:** words", "**[00:01:02] Ana:** words", "**| Director:** words", "**Ana [bio](a.md):** words", "**Ana [bio][1]:** words", "**Ana[^1]:** words", "**`Ana`:** words",
        "Ana | Director: words", "ANA [REMOTE]: words\n\nANA [REMOTE]: words",
    ],
)  # fmt: skip
def test_what_is_no_name_opens_no_turn_by_its_form(line):
    assert [s.voice.name for s in read(f"**Li Wei:** One.\n\n{line}").segments] == ["Li Wei"]


def test_by_form_question_words_are_nobody():
    assert [(s.kind, s.voice) for s in read("**Q:** Why?\n\n### Answer:\n\nSo.").segments] == [("question", None), ("answer", None)]
    assert [(s.kind, s.voice) for s in read("***Q:*** Why?\n\n### ***Answer:***\n\nSo.").segments] == [("question", None), ("answer", None)]


def test_a_heading_with_text_after_its_colon_stays_a_heading():
    assert [p.kind for p in read("### Agenda: the first day\n\ntext").pieces] == ["markdown", "paragraph"]


def test_bold_words_whose_colon_stands_outside_are_judged_by_their_words():
    assert read("**Result**: one").segments == ()
    assert kinds(read("**Ana**: one", speakers=["Ana"])) == ["soundbite"]


# cues and notes


@pytest.mark.parametrize(
    "line", ["00:01:02", "[00:01:02.000]", "01:02", "00:01:02.000 --> 00:01:05.500", "[00:01:02,000 --> 00:01:05,500]", "1:02:03:24"]
)
def test_a_timecode_alone_is_a_cue_and_ends_nothing(line):
    script = read(f"[VO] one\n\n{line}\n\ntwo")
    assert [(p.kind, p.segment) for p in script.pieces] == [("paragraph", 1), ("cue", 1), ("paragraph", 1)]
    assert script.pieces[1].text == line.strip("[]")
    assert script.pieces[1].column == 1 + line.startswith("[")


def test_a_cue_before_a_tag_times_that_segment():
    script = read("[VO] one\n\n00:01:02\n\n[VO] two")
    assert [s.start for s in script.segments] == ["", "00:01:02"]
    assert [(p.kind, p.segment) for p in script.pieces] == [("paragraph", 1), ("cue", 2), ("paragraph", 2)]


@pytest.mark.parametrize("line", ["[00:01:02] Q: Why?", "00:01:02 Q: Why?", "[00:01:02 --> 00:01:09] **Q:** Why?"])
def test_a_turn_may_begin_with_a_timecode(line):
    script = read(line)
    assert [(s.kind, s.start) for s in script.segments] == [("question", "00:01:02")]
    assert [(p.kind, p.segment) for p in script.pieces] == [("cue", 1), ("paragraph", 1)]
    assert script.pieces[1].text == "Why?"


def test_a_bracketed_timecode_before_plain_text_is_a_cue_and_a_time_of_day_is_text():
    script = read("[00:01:02] Hello.\n\n10:30 was the hour.")
    assert [(p.kind, p.text) for p in script.pieces] == [("cue", "00:01:02"), ("paragraph", "Hello."), ("paragraph", "10:30 was the hour.")]


def test_webvtt_cues_with_voices_are_turns():
    script = read(
        "00:01.000 --> 00:04.000 align:start\n<v Ana Díaz>The dam\nis full.</v>\n<v Bo Li>Yes.\n\n00:05.000 --> 00:07.000\n<v Ana Díaz>No."
    )
    assert [(s.voice.name, s.start, s.line) for s in script.segments] == [
        ("Ana Díaz", "00:01.000", 2),
        ("Bo Li", "", 4),
        ("Ana Díaz", "00:05.000", 7),
    ]
    assert texts(script) == ["00:01.000 --> 00:04.000 align:start", "The dam\nis full.", "Yes.", "00:05.000 --> 00:07.000", "No."]


def test_subrip_cues_keep_their_number():
    script = read("1\n00:00:01,000 --> 00:00:04,000\nHello.\n\n2\n00:00:05,000 --> 00:00:07,000\nAgain.")
    assert [(p.kind, p.text, p.line) for p in script.pieces] == [
        ("cue", "1\n00:00:01,000 --> 00:00:04,000", 1),
        ("paragraph", "Hello.", 3),
        ("cue", "2\n00:00:05,000 --> 00:00:07,000", 5),
        ("paragraph", "Again.", 7),
    ]


@pytest.mark.parametrize("text", ["(Laughter.)", "（笑）", "> (Applause.)", "> （掌声）", "♪ La la la", "(a (b) c)"])
def test_a_note_is_a_whole_paragraph(text):
    script = read(f"[VO] one\n\n{text}\n\ntwo")
    assert [(p.kind, p.segment) for p in script.pieces] == [("paragraph", 1), ("note", 1), ("paragraph", 1)]
    assert script.pieces[1].text == text.removeprefix("> ")


@pytest.mark.parametrize("text", ["(a) and (b)", "(a) more", "He laughs (loudly)", "> He said (so)"])
def test_brackets_in_a_paragraph_are_no_note(text):
    assert [p.kind for p in read(text).pieces] in (["paragraph"], ["markdown"])


# the tail


@pytest.mark.parametrize(
    "text, name, place",
    [
        ("Cheng Yu reports from Beijing", "Cheng Yu", "Beijing"),
        ("Cheng Yu reporting from Beijing, China.", "Cheng Yu", "Beijing, China"),
        ("程宇 北京报道", "程宇", "北京"),
        ("记者程宇 北京报道", "程宇", "北京"),
        ("记者程宇北京报道", "程宇", "北京"),
        ("本台记者 程宇 李明 哈尔滨报道", "程宇 李明", "哈尔滨"),
        ("记者程宇，北京报道", "程宇", "北京"),
        ("程宇 安源镇报道", "程宇", "安源镇"),
        ("（记者程宇北京报道）", "程宇", "北京"),
        ("记者王小明在日内瓦报道", "王小明", "日内瓦"),
        ("程宇在北京报道", "程宇", "北京"),
        ("王小明 在安源镇报道", "王小明", "安源镇"),
        ("本台记者程宇、李明发自日内瓦的报道", "程宇 李明", "日内瓦"),
        ("央视记者程宇、张三北京报道", "程宇 张三", "北京"),
        ("记者程宇 黑龙江哈尔滨报道", "程宇", "黑龙江哈尔滨"),
        ("Cheng Yu, reporting from Beijing", "Cheng Yu", "Beijing"),
        ("Cheng Yu rapporte depuis Pékin", "Cheng Yu", "Pékin"),
        ("Un reportage de Marie Curie à Paris", "Marie Curie", "Paris"),
        ("Cheng Yu reporta desde Pekín.", "Cheng Yu", "Pekín"),
        ("Ana Díaz, desde Lima", "Ana Díaz", "Lima"),
        ("Иван Петров передаёт из Пекина", "Иван Петров", "Пекина"),
        ("أفاد محمد علي من القاهرة", "محمد علي", "القاهرة"),
        ("Иван Петров сообщает из Пекина", "Иван Петров", "Пекина"),
        ("Reportage de Marie Curie à Paris", "Marie Curie", "Paris"),
        ("Ana Díaz informa desde Lima", "Ana Díaz", "Lima"),
        ("Max Weber berichtet aus Bonn", "Max Weber", "Bonn"),
        ("تقرير منى علي من القاهرة", "منى علي", "القاهرة"),
    ],
)
def test_a_sign_off_is_the_reporter_and_the_place(text, name, place):
    script = read(f"[VO] one\n\n  {text}\n\nEditor: Liu Xian")
    assert script.sign_off and (script.sign_off.name, script.sign_off.place, script.sign_off.text, script.sign_off.line) == (
        name,
        place,
        text,
        3,
    )
    assert texts(script) == ["one"] and codes(script) == []


@pytest.mark.parametrize(
    "text",
    [
        "She reports from Beijing",
        "The man who reports from Beijing",
        "Cheng Yu reports from the dam that broke",
        "据新华社报道",
        "我们将继续关注报道",
        "谢谢大家，欢迎报道。",
        "谢谢各位，欢迎采访报道",
        "大家 一起 报道",
        "记者朋友们请继续报道。",
        "今天，北京报道",
        "多家媒体在北京报道",
        "记者在现场报道",
        "Merci, depuis Paris",
        "Saludos, desde Lima",
    ],
)
def test_other_sentences_are_no_sign_off(text):
    assert read(f"[VO] one\n\n{text}").sign_off is None


def test_a_reporter_who_is_known_may_have_a_comma_before_the_place():
    script = read("[VO] one\n\n程宇，安源镇报道", speakers=["程宇"])
    assert script.sign_off and (script.sign_off.name, script.sign_off.place) == ("程宇", "安源镇")


@pytest.mark.parametrize(
    "text, label, names",
    [
        ("Editor in charge: [Liu Xian]", "Editor in charge", ("Liu Xian",)),
        ("责任编辑：【刘羡】", "责任编辑", ("刘羡",)),
        ("责编: 刘羡 张三", "责编", ("刘羡", "张三")),
        ("（责任编辑：刘羡）", "责任编辑", ("刘羡",)),
        ("【责任编辑：刘羡】", "责任编辑", ("刘羡",)),
        ("Editor: Ana Díaz and Bo Li", "Editor", ("Ana Díaz", "Bo Li")),
        ("EDITOR: Ana Díaz, Bo Li", "EDITOR", ("Ana Díaz", "Bo Li")),
        ("Responsible editor: A. Li", "Responsible editor", ("A. Li",)),
        ("Редактор: Иван Петров", "Редактор", ("Иван Петров",)),
        ("Rédaction : Marie Curie", "Rédaction", ("Marie Curie",)),
        ("Edición: Ana", "Edición", ("Ana",)),
        ("تحرير: منى علي", "تحرير", ("منى علي",)),
        ("编辑：张三、李四", "编辑", ("张三", "李四")),
        ("Editor-in-chief: Bo Li", "Editor-in-chief", ("Bo Li",)),
        ("主编：【刘羡】", "主编", ("刘羡",)),
        ("Rédactrice en chef : [Liu Xian]", "Rédactrice en chef", ("Liu Xian",)),
        ("Editor responsable: [Liu Xian]", "Editor responsable", ("Liu Xian",)),
        ("Ответственный редактор: [Лю Сянь]", "Ответственный редактор", ("Лю Сянь",)),
        ("رئيس التحرير: ليلى منصور", "رئيس التحرير", ("ليلى منصور",)),
        ("영상취재: 김철수", "영상취재", ("김철수",)),
    ],
)
def test_a_credit_is_a_label_and_names(text, label, names):
    script = read(f"[VO] one\n\n{text}")
    assert [(c.label, c.names, c.text, c.line) for c in script.credits] == [(label, names, text, 3)]
    assert texts(script) == ["one"] and codes(script) == []


@pytest.mark.parametrize(
    "text, speakers",
    [
        ("Editor: Why?\n\nAna: Because.\n\nEditor: Thanks", ["Editor", "Ana"]),
        ("Редактор: Почему?\n\nИванов: Потому.\n\nРедактор: Спасибо\n\nИванов: Да.", []),
        ("编辑：为什么？\n\n部长：因为。\n\n编辑：谢谢\n\n部长：好。", []),
        ("[00:01] EDITOR: Hello\n\nA: Hello.\n\nMore.\n\nA: So.\n\nEDITOR: Thanks", []),
        ("**Editor:** Why?\n\n**Ana:** Because.\n\n**Editor:** Thanks", []),
    ],
)
def test_rule_9_who_speaks_above_is_no_credit_at_the_end(text, speakers):
    script = read(text, speakers=speakers)
    assert script.credits == () and {s.turn for s in script.segments} == {True} and len(script.segments) == text.count("\n\n") + 1 - text.count("More.")


def test_two_credits_of_one_label_are_credits_still():
    assert read("问：何时？\n\n编辑：张三\n\n编辑：李四").credits[0].names == ("李四",)


@pytest.mark.parametrize("credit", ["**Editor:** Liu Xian", "**Editor: Liu Xian**", "*Editor: [Liu Xian]*", "_Editor_: Liu Xian"])
def test_the_tail_may_be_emphasised(credit):
    script = read(f"[VO] one\n\n_Cheng Yu reports from Beijing_\n\n{credit}")
    assert script.sign_off and (script.sign_off.name, script.sign_off.text) == ("Cheng Yu", "Cheng Yu reports from Beijing")
    assert [(c.label, c.names) for c in script.credits] == [("Editor", ("Liu Xian",))] and kinds(script) == ["narration"]


def test_a_site_adds_credit_labels():
    assert read("[VO] one\n\nDesk: Bo Li", credit_labels=["Desk"]).credits[0].names == ("Bo Li",)


def test_credits_of_several_labels_may_stand_on_lines_of_one_paragraph():
    assert [c.label for c in read("[VO] one\n\n责任编辑：刘羡\n摄像：张三").credits] == ["责任编辑", "摄像"]


def test_sentences_after_a_credit_label_are_text():
    assert read("[VO] one\n\nEditor: we need a bigger boat.").credits == ()


def test_a_sign_off_stands_among_the_last_four_and_a_credit_among_the_last_three():
    assert read("Cheng Yu reports from Beijing\n\na\n\nb\n\nc\n\nd").sign_off is None
    assert read("Editor: Bo Li\n\na\n\nb\n\nc").credits == ()


# where it is read


TAGGED = (
    "Before.\n\n[Narration] one\n\n[Soundbite] Ana\n\nWords.\n\nQ: no turn\n\n"
    "(no note)\n\n00:01:02\n\nCheng Yu reports from Beijing\n\nEditor: Bo Li"
)


def test_two_known_tags_switch_the_mode_on_and_then_only_tags_and_the_tail_are_read():
    script = read(TAGGED, transcript=False)
    assert kinds(script) == ["narration", "soundbite"]
    assert texts(script, 2) == ["Words.", "Q: no turn", "(no note)", "00:01:02"]
    assert {p.kind for p in script.pieces} == {"paragraph"}
    assert script.sign_off and script.credits


@pytest.mark.parametrize(
    "text",
    [
        "[Narration] one\n\ntwo",
        "a\n\nb\n\nc\n\n[Narration] d\n\n[Soundbite] e",
        "【新闻】 a\n\n【体育】 b",
        "Q: a\n\nA: b",
        "VO: a\n\nSOT: b",
        "[Narration] a\n\n[Interview] b\n\n[Narration]: /x\n[Interview]: /y",
        "    [Narration] a\n\n    [Soundbite] b",
        "",
    ],
)
def test_nothing_else_switches_it_on(text):
    assert read_script(text, path="x", first_line=1, transcript=False, known={}) is None


def test_unknown_brackets_stay_text_where_the_mode_switched_itself_on():
    script = read("[Narration] one\n\n[Sports] two\n\n[Soundbite] Ana\n\nthree", transcript=False)
    assert kinds(script) == ["narration", "soundbite"] and codes(script) == []


def test_lines_count_from_the_file():
    script = read("[VO] one\n\n[Foo] two\n\nEditor: Bo Li", first_line=10)
    assert [s.line for s in script.segments] == [10, 12] and [p.line for p in script.pieces] == [10, 12]
    assert script.problems[0].line == 12 and script.credits[0].line == 14


@pytest.mark.parametrize("line", ["VO: words", "SOUNDBITE: Ana", "Q: Why?", "A: So.", "SMITH: Hello.", "Question: Why?"])
def test_a_turn_at_the_top_of_a_file_would_be_eaten_by_the_classic_header(line):
    assert eaten_by_header(line)


@pytest.mark.parametrize("line", ["Title: words", "Author: Ana", "[VO] words", "MR. SMITH: Hello.", "问：为什么", "", "words", "VO"])
def test_other_first_lines_are_not_eaten(line):
    assert not eaten_by_header(line)

"""Chinese from one script into the other: of a text's source what is text, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.reading.conversion import CONVERSIONS, Conversion, is_convertible, usual

PLAIN = Conversion("zh-Hant", "zh-Hans", "s2tw")
KEPT = [
    "`软件`", "``网`络``", "```\n头发\n```", "~~~ 语言\n软件\n~~~", "<img src=\"a.png\" alt=\"图\">", "<span lang=\"ja\">発表 学会</span>", "[学会]{lang=ja}", "](网页/数据.pdf", "{.类}",
    "https://example.org/软件/", "]: 图表/a.pdf",
]  # fmt: skip


@pytest.mark.parametrize("kept", KEPT)
def test_what_is_no_text_stays_as_it_is(kept: str) -> None:
    before = "[说明" if kept.startswith("]") else "说明\n\n" if kept[0] in "`~" else "说明"
    after = ")说明" if kept.startswith("](") else "\n\n说明"
    assert PLAIN.markdown(f"{before}{kept}{after}") == f"{before}{kept}{after}".replace("说明", "說明")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("皇后的头发，后来的干部", "皇后的頭髮，後來的幹部"), ("[旁白]: 3.5米。说明", "[旁白]: 3.5米。說明"), ("[链接](a.pdf \"说明\")", "[鏈接](a.pdf \"說明\")"),
        ("**头发**与*说明*", "**頭髮**與*說明*"), ("> 说明\n> —— 方砚，专家", "> 說明\n> —— 方硯，專家"), ("plain ASCII `x`", "plain ASCII `x`"), ("[词]{lang=zh-Hans}说", "[詞]{lang=zh-Hans}說"),
    ],
)  # fmt: skip
def test_text_is_converted_by_phrases(text: str, made: str) -> None:
    assert PLAIN.markdown(text) == made


def test_names_that_are_known_in_both_are_put_in_as_they_stand() -> None:
    named = Conversion("zh-Hant", "zh-Hans", "s2tw", {"安娜·迪亚斯": "安娜·迪亞茲", "安娜": "安娜小姐"})
    assert named.markdown("安娜·迪亚斯说明，安娜也说。") == "安娜·迪亞茲說明，安娜小姐也說。"
    assert named.digest != PLAIN.digest


def test_quotation_marks_become_those_of_the_other_language_and_an_apostrophe_stays() -> None:
    marked = Conversion("zh-Hant", "zh-Hans", "s2tw", {}, {"“": "「", "”": "」", "‘": "『", "’": "』"})
    assert marked.markdown("“说‘好’”，it’s `“x”`") == "「說『好』」，it’s `“x”`"


@settings(max_examples=150, deadline=None)
@given(st.text(st.one_of(st.sampled_from("`~<>[](){}:\"' \n后发abc/"), st.characters(codec="utf-8", exclude_characters="\0")), max_size=80))
def test_what_is_not_chinese_is_never_changed(text: str) -> None:
    def of_others(text: str) -> str:
        return "".join(char for char in text if not 0x2E80 <= ord(char) < 0x30000)

    assert of_others(PLAIN.markdown(text)) == of_others(text)


@pytest.mark.parametrize("text", ["~~~a\n" * 20_000, '<a "' * 20_000, "`后``" * 20_000, "[" * 50_000, "[a" * 30_000 + "]{", "<i lang=ja>" * 8_000, "](" * 40_000, "{a" * 40_000])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(text: str) -> None:
    PLAIN.markdown(f"后{text}")


def test_only_traditional_is_made_of_simplified() -> None:
    assert is_convertible("zh-Hans", "zh-Hant-HK") and not any(is_convertible(*pair) for pair in (("zh-Hant", "zh-Hans"), ("en", "zh-Hant"), ("ja", "zh-Hant"), ("zh-Hant", "zh-Hant-HK")))
    assert (usual("zh-Hant"), usual("zh-Hant-HK"), usual("zh-Hant-TW")) == ("s2tw", "s2hk", "s2tw")
    assert {usual(lang) for lang in ("zh-Hant", "zh-Hant-MO")} < set(CONVERSIONS)

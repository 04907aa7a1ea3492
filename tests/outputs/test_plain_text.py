"""`index.md`: the clean text of an edition with every attribution, for pasting."""

from __future__ import annotations

import re
from pathlib import Path

from pressroom.model.patterns import attribution
from tests.outputs.forms import typography
from tests.outputs.test_facts import passages
from tests.outputs.trees import Built, build_files


def text_of(built: Built, folder: str) -> str:
    """The text, with the spaces that typesetting has joined as plain ones."""
    return built.read(f"{folder}index.md").decode("utf-8").replace("\u00a0", " ")


def test_the_text_of_every_edition_holds_all_its_words_and_no_markup(built: Built) -> None:
    for folder, data in built.editions.items():
        text = text_of(built, folder)
        assert text.startswith(f"# {data['title']}\n".replace("\u00a0", " ")) and text.endswith("\n") and not text.endswith("\n\n")
        plain = text.replace("\n> ", "\n")
        for passage in passages(data):
            assert passage["text"].replace("\u00a0", " ") in plain, (folder, passage["text"])
        assert not re.search(r"</?[a-z][^>]*>|&(?:amp|lt|gt|quot|nbsp|#\d+);|\]\(|\{(?:attach|filename|static)\}", text), folder


def test_it_says_where_and_when_it_was_published(built: Built) -> None:
    for folder, data in built.editions.items():
        if data["kind"] != "page":
            assert data["url"] in text_of(built, folder).split("\n\n")[1 + ("subtitle" in data)], folder


def test_every_voice_stands_before_its_words(built: Built) -> None:
    seen = 0
    for folder, data in built.editions.items():
        text = text_of(built, folder)
        for segment in data.get("segments", []):
            if segment.get("name") and segment["passages"]:
                head = attribution(typography(data["language"]), segment["name"], segment.get("role", ""), segment.get("organisation", ""))
                place = text.index(segment["passages"][0]["text"].replace("\u00a0", " "))
                assert f"**{head}**" in text[:place], (folder, head)
                seen += 1
    assert seen


def test_a_question_is_shown_and_cited_with_what_its_label_says_more(tmp_path: Path) -> None:
    said = "Q (Reuters): How high?\n\nA: Two metres.\n\nQuestion 7: And now?\n\n**Q [by telephone]:** And then?\n\n[Question 2 (fr)] Et là ?\n\n【提问】好？\n"
    built = build_files(tmp_path, {"transcripts/2026/rise/index.en.md": f"---\ntitle: T\ndate: 2026-01-02\n---\n{said}"})
    words = ["Question (Reuters)", "Answer", "Question 7", "Question [by telephone]", "Question", "Question"]
    assert re.findall(r"^\*\*(.*)\*\*$", text_of(built, "en/transcripts/2026/rise/"), re.MULTILINE) == words
    page = built.read("en/transcripts/2026/rise/index.html").decode()
    assert re.findall(r'<p class="segment"><a[^>]*>(.*?)</a>', page) == words
    assert re.findall(r'<p class="speaker">— (.*?)</p>', page) == words


def test_a_quotation_keeps_its_attribution(odd: Built) -> None:
    assert "> We measured it.\n> — Ana Díaz, Director, Water Agency\n" in text_of(odd, "en/releases/2026/river-rises/")


def test_a_quotation_of_a_transcript_or_a_page_keeps_its_attribution_too(tmp_path: Path) -> None:
    body = "> The dam is full.\n> — Ana Díaz, Director\n\nThen:\n\n> It is empty.\n> — Bo Li | Mayor of Lima, Peru | City\n"
    heads = {"pages/rise": "", "transcripts/2026/rise": "date: 2026-01-02\n"}
    built = build_files(tmp_path, {f"{folder}/index.en.md": f"---\ntitle: T\n{head}---\n{body}" for folder, head in heads.items()})
    for folder in ("en/rise/", "en/transcripts/2026/rise/"):
        text = text_of(built, folder)
        assert "> The dam is full.\n> — Ana Díaz, Director\n" in text and "> It is empty.\n> — Bo Li, Mayor of Lima, Peru, City\n" in text


def test_sign_off_and_credits_close_it(odd: Built) -> None:
    assert text_of(odd, "en/transcripts/2025/forum/").endswith("Cheng Yu reports from Beijing\n\nEditor: Liu Xian\n")


def test_a_translation_is_said_to_be_one(demo: Built) -> None:
    for folder, data in demo.editions.items():
        said = {"official": {"fr": "Traduction officielle", "es": "Traducción oficial", "ru": "Официальный перевод"}}
        word = said.get(data.get("translation", ""), {}).get(data["language"])
        assert word is None or word in text_of(demo, folder), folder


def test_a_dateline_opens_the_first_paragraph_of_a_release(odd: Built) -> None:
    assert "\n\nGENEVA, March 4, 2026 — The “river” rose.\n" in text_of(odd, "en/releases/2026/river-rises/")
    assert "\n\n日内瓦3月4日电" in text_of(odd, "zh-hans/releases/2026/river-rises/")


def test_code_keeps_its_indentation_and_a_heading_no_mark_of_a_footnote(tmp_path: Path) -> None:
    body = "## Head[^1]\n\n```\n  two\nnone\n```\n\n    four\n\nT[^1]\n:   meaning\n\n[^1]: Note.\n"
    built = build_files(tmp_path, {"releases/2026/rise/index.en.md": f"---\ntitle: T\ndate: 2026-01-02\n---\n{body}"})
    text = text_of(built, "en/releases/2026/rise/")
    assert "\n\n## Head\n\n      two\n    none\n\n    four\n\nT\nmeaning\n\n" in text and "Note." in text


def test_a_block_of_several_passages_is_quoted_whole(tmp_path: Path) -> None:
    body = "> First words.\n>\n> Second words.\n>\n> — Ana Díaz, Director, Water Agency\n\n- one\n- two\n\nThen:\n\n1. first\n2. second\n"
    built = build_files(tmp_path, {"releases/2026/rise/index.en.md": f"---\ntitle: T\ndate: 2026-01-02\n---\n{body}"})
    text = text_of(built, "en/releases/2026/rise/")
    assert "> First words.\n>\n> Second words.\n> — Ana Díaz, Director, Water Agency\n" in text
    assert "\n\n- one\n- two\n\n" in text and "\n\n1. first\n2. second\n" in text


def test_a_list_has_the_numbers_of_the_page_and_all_that_stands_in_it(tmp_path: Path) -> None:
    body = (
        "1. First *item*.\n\n    Second of the first[^1].\n\n2. Second item.\n\n        make build\n\n3. | a | b |\n    |---|---|\n    | 1 | 2 |\n\n4. &nbsp;\n\n5. Fifth\n    * deep\n    * 👍\n\n"
        "Then:\n\n7. …\n8. last\n\nTerm\n:   Meaning.\n\nOther\n:   One.\n\n    Two.\n\n<ul><li>raw</li><li>item</li></ul>\n\n[^1]: Note.\n"
    )
    built = build_files(tmp_path, {"releases/2026/rise/index.en.md": f"---\ntitle: T\ndate: 2026-01-02\n---\n{body}"})
    text = text_of(built, "en/releases/2026/rise/")
    assert "\n\n1. First item.\n\n    Second of the first.\n2. Second item.\n\n        make build\n" in text
    assert "\n5. Fifth\n    - deep\n    - 👍\n\n" in text and "\n4." not in text and "\n\n7. …\n8. last\n\n" in text
    assert "\n\nTerm\nMeaning.\nOther\nOne.\nTwo.\n\n- raw\n- item\n\n" in text


def test_a_quotation_keeps_its_heading_its_list_and_its_code(tmp_path: Path) -> None:
    body = "> ### Head\n>\n> Words.\n>\n>     code\n>\n> - one\n> - two\n>\n> > inner\n>\n> — Ana Díaz, Director\n"
    built = build_files(tmp_path, {"releases/2026/rise/index.en.md": f"---\ntitle: T\ndate: 2026-01-02\n---\n{body}"})
    assert "> ### Head\n>\n> Words.\n>\n>     code\n>\n> - one\n> - two\n>\n> > inner\n> — Ana Díaz, Director\n" in text_of(built, "en/releases/2026/rise/")


def test_an_item_of_chinese_has_its_words_as_the_data_has_them(tmp_path: Path) -> None:
    body = "- 床前明月光，  \n  疑是地上霜。\n- 举头\n\n> 低头  \n> 思故乡\n"
    built = build_files(tmp_path, {"releases/2026/rise/index.zh-Hans.md": f"---\ntitle: 静夜思\ndate: 2026-01-02\n---\n{body}"})
    assert "\n\n- 床前明月光，疑是地上霜。\n- 举头\n\n> 低头思故乡\n" in text_of(built, "zh-hans/releases/2026/rise/")


def test_lists_deeper_than_anybody_reads_keep_their_words(tmp_path: Path) -> None:
    built = build_files(tmp_path, {"releases/2026/rise/index.en.md": f"---\ntitle: T\ndate: 2026-01-02\n---\n{'<ul><li>x' * 400}{'</li></ul>' * 400}\n"})
    assert text_of(built, "en/releases/2026/rise/").count("x") >= 400

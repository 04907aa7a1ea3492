"""A translation says of what kind it is wherever its words go, and a machine's above all."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from pressroom.build import build
from pressroom.commands import builds
from pressroom.ground.problems import Fault
from tests.outputs.trees import Built
from tests.sites import make_site

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
UNCHECKED = {"en": "Translated by machine; no person has checked it", "ar": "ترجمتها آلة ولم يراجعها أحد", "zh-hans": "由机器翻译，未经人工校对"}
ORIGINAL = "---\ntitle: 水位上涨\ndate: 2026-03-04\n---\n水位上涨了三米。\n\n> 我们测量过。\n> —— 安娜·迪亚斯，主任，水务局\n"
FILES = {
    "people.yml": "ana-diaz:\n  names: {en: Ana Díaz, zh-Hans: 安娜·迪亚斯, ar: آنا دياث}\n",
    "releases/2026/rise/index.zh-Hans.md": ORIGINAL,
    "releases/2026/rise/index.en.md": "---\ntitle: The river rises\nsummary: By three metres.\ntranslation: machine\n---\nThe river rose three metres.\n\n> We measured it.\n> — Ana Díaz, Director, Water Agency\n",
    "releases/2026/rise/index.ar.md": "---\ntitle: النهر يرتفع\ntranslation: machine\ntranslator: سلمى قباني\n---\nارتفع النهر ثلاثة أمتار.\n\n> لقد قسناه.\n> — آنا دياث، المديرة، وكالة المياه\n",
    "transcripts/2026/talk/index.zh-Hans.md": (
        "---\ntitle: 谈话\ndate: 2026-03-05\n---\n[旁白] 办公室会见了记者。\n\n[同期声] 安娜·迪亚斯 | 主任 | 水务局\n\n水坝满了。\n\n"
        "[同期声] 约翰·史密斯 | 专家 | 研究所 | 英语\n\n水质很好。\n\n[同期声] 方砚 | 专家 | 研究所 | 中文\n\n雨很大。\n"
    ),
    "transcripts/2026/talk/index.en.md": (
        "---\ntitle: The talk\ntranslation: unofficial\n---\n[Narration] The office met the press.\n\n[Soundbite] Ana Díaz | Director | Water Agency\n\nThe dam is full.\n\n"
        "[Soundbite] John Smith | Expert | Institute | English\n\nThe water is good.\n\n[Soundbite] Fang Yan | Expert | Institute | Chinese\n\nIt rains.\n"
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = make_site(tmp_path_factory.mktemp("machine"), FILES)
    settings = builds.read(root)
    build(settings, NOW)
    return Built(settings)


def said(site: Built, path: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", site.read(path).decode())).split())


def test_a_page_says_that_a_machine_translated_it_and_nobody_checked_it(site: Built) -> None:
    page = said(site, "en/releases/2026/rise/index.html")
    assert f"Machine translation {UNCHECKED['en']} Original: Simplified Chinese" in page
    assert page.count(UNCHECKED["en"]) == 4, "to machines, on top, and with each of the two passages as it is quoted"


def test_whoever_has_checked_it_is_named_as_that_and_not_as_the_translator(site: Built) -> None:
    page = said(site, "ar/releases/2026/rise/index.html")
    assert UNCHECKED["ar"] not in page and "ترجمة آلية" in page and "مراجعة: سلمى قباني" in page


def test_lists_side_by_side_text_feed_and_kit_say_it_too(site: Built) -> None:
    assert "Machine translation" in said(site, "en/index.html") and "Machine translation" in said(site, "en/people/ana-diaz/index.html")
    assert "机器翻译" not in said(site, "zh-hans/index.html"), "what is shown there is the original"
    assert UNCHECKED["en"] in said(site, "en/releases/2026/rise/with/zh-hans/index.html")
    assert f"Machine translation · {UNCHECKED['en']}" in site.read("en/releases/2026/rise/index.md").decode()
    assert f"<summary type=\"text\">Machine translation · {UNCHECKED['en']} · By three metres.</summary>" in site.read("en/feed.xml").decode().replace("\u00a0", " ")
    assert UNCHECKED["en"].encode() in site.read("releases/2026/rise/kit.zip")


def test_machines_are_told_by_the_words_of_iptc(site: Built) -> None:
    page = site.read("en/releases/2026/rise/index.html").decode()
    assert '"digitalSourceType":"https://schema.org/TrainedAlgorithmicMediaDigitalSource"' in page and '"creditText":"Machine translation' in page
    assert "CompositeWithTrainedAlgorithmicMediaDigitalSource" in site.read("ar/releases/2026/rise/index.html").decode()
    for path in ("zh-hans/releases/2026/rise/index.html", "en/transcripts/2026/talk/index.html"):
        assert b"digitalSourceType" not in site.read(path)


def test_only_the_edition_in_the_language_that_was_spoken_is_verbatim(site: Built) -> None:
    of = {lang: site.data(f"{lang}/releases/2026/rise/index.json") for lang in ("zh-hans", "en", "ar")}
    assert {lang: data["quotations"][0]["verbatim"] for lang, data in of.items()} == {"zh-hans": True, "en": False, "ar": False}
    segments = {lang: site.data(f"{lang}/transcripts/2026/talk/index.json")["segments"] for lang in ("zh-hans", "en")}
    assert [segment.get("verbatim") for segment in segments["zh-hans"]] == [None, True, False, True]
    assert [segment.get("verbatim") for segment in segments["en"]] == [None, False, False, False]


@pytest.mark.parametrize(
    ("tag", "line", "language", "verbatim"),
    [
        ("Soundbite", "Ana Díaz | Director | Water Agency | en", "en", True),
        ("Soundbite", "Ana Díaz | Director | Water Agency | en-GB", "en-GB", True),
        ("Soundbite", "Ana Díaz | Director | Water Agency | English", "English", True),
        ("Soundbite", "Ana Díaz | Director | Water Agency | es", "es", False),
        ("Soundbite (en)", "Ana Díaz", "en", True),
        ("SOT 2 (EN) (ES)", "Ana Díaz", "EN, ES", True),
        ("Soundbite (Spanish)", "Ana Díaz", "Spanish", False),
        ("Question (fr)", "Is it full?", "fr", False),
        ("Soundbite", "Ana Díaz", None, True),
    ],
)
def test_a_voice_in_the_language_of_its_original_is_verbatim_and_the_language_is_told(tmp_path: Path, tag: str, line: str, language: str | None, verbatim: bool) -> None:
    talk = f"---\ntitle: The talk\ndate: 2026-03-04\n---\n[Narration] So.\n\n[{tag}] {line}\n\nThe dam is full.\n"
    settings = builds.read(make_site(tmp_path, {"transcripts/2026/talk/index.en.md": talk}))
    build(settings, NOW)
    page, segment = Built(settings).read("en/transcripts/2026/talk/index.html").decode(), Built(settings).data("en/transcripts/2026/talk/index.json")["segments"][1]
    assert (segment.get("language"), segment["verbatim"]) == (language, verbatim)
    assert re.findall("</a> <bdi>(.*?)</bdi></p>", page) == ([language] if language else [])


def test_words_that_are_verified_are_said_to_be_those_of_the_translation(site: Built) -> None:
    page = site.read("en/verify/index.html").decode()
    assert 'data-machine="in the machine translation"' in page and 'data-unofficial="in the unofficial translation"' in page
    assert page.index('class="answer"') < page.index('class="translation"') < page.index('class="how"')


def test_no_editor_can_call_a_text_derived(tmp_path: Path) -> None:
    root = make_site(tmp_path, FILES | {"releases/2026/rise/index.en.md": FILES["releases/2026/rise/index.en.md"].replace("machine", "derived")})
    with pytest.raises(Fault) as fault:
        build(builds.read(root), NOW)
    assert [problem.code for problem in fault.value.problems] == ["FM008", "TX004"]

"""Editions in traditional Chinese that software makes of those in simplified: everywhere where these are, marked, and nowhere else."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from pressroom.build import build, examine
from pressroom.checks.leaks import Files
from pressroom.commands import builds
from pressroom.commands.comparing import Comparison
from pressroom.commands.published import Folder
from pressroom.ground.fingerprints import digest, short
from pressroom.ground.problems import Fault
from pressroom.leak_check import LeakCheck
from pressroom.model.settings import PREVIEW, Settings
from tests.outputs.trees import Built
from tests.sites import make_site, put, tree_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def mark(words: str) -> str:
    """The address of a passage on its page."""
    return f"q-{short(digest(words))}"


SETTING = 'LANGUAGES = ["en", "zh-Hans", "zh-Hant"]\nSITENAMES = {"en": "Test Office", "zh-Hans": "测试办公室"}\n'
FILES = {
    "people.yml": (
        "ana-diaz:\n  names: {en: Ana Díaz, zh-Hans: 安娜·迪亚斯, zh-Hant: 安娜·迪亞茲}\n  offices: [{role: {en: Director, zh-Hans: 总干事}, since: 2020}]\n"
        "fang-yan:\n  names: {en: Fang Yan, zh-Hans: 方砚}\n"
    ),
    "topics.yml": "water: {names: {en: Water, zh-Hans: 水务}}\n",
    # The original is the simplified text.
    "releases/2026/level/index.zh-Hans.md": (
        "---\ntitle: 头条：水位上涨“三米”\nsummary: 干部们后来说明了情况。\ndate: 2026-03-04\nplace: 武汉\ntopics: [water]\nattachments: [data.csv]\n"
        "captions: {data.csv: 数据图表}\nnotes: 联系办公室。\nevent: {zh-Hans: 水务会议}\n---\n"
        "皇后与头发：[会议数据](data.csv)，`网络 数据`，<span title=\"x\">说明</span>，[発表]{lang=ja}。\n\n"
        "> 我们测量过。\n> —— 安娜·迪亚斯，总干事，水务局\n\n> 雨还会下。\n> —— 于谦，专家，研究所\n\n```\n代码里的软件\n```\n"
    ),
    "releases/2026/level/data.csv": "甲,乙\n1,2\n",
    # A translation is converted too, and is called what it is.
    "releases/2026/opening/index.en.md": "---\ntitle: It opens\ndate: 2026-03-05\n---\nIt opens today.\n\nAnd tomorrow.\n",
    "releases/2026/opening/index.zh-Hans.md": (
        f"---\ntitle: 开放\ntranslation: machine\n---\n今天开放。\n\n明天也开放，见[水位](../level/#{mark('雨还会下。')})与[上文](#{mark('今天开放。')})。\n"
    ),
    # It has a file of its own.
    "releases/2026/own/index.zh-Hans.md": "---\ntitle: 自己的文件\ndate: 2026-03-06\n---\n软件说明。\n",
    "releases/2026/own/index.zh-Hant.md": "---\ntitle: 自己的檔案\ntranslation: official\n---\n軟體說明。\n",
    # A translation of what is elsewhere, alone.
    "releases/2026/lone/index.zh-Hans.md": "---\ntitle: 别处\ndate: 2026-03-07\ntranslation: unofficial\nsource: {language: ru, url: 'https://example.org/'}\n---\n别处的话。\n",
    "transcripts/2026/talk/index.zh-Hans.md": (
        "---\ntitle: 谈话\ndate: 2026-03-08\n---\n[旁白] 办公室会见了记者。\n\n[同期声] 安娜·迪亚斯 | 总干事 | 水务局\n\n水坝满了。\n\n[同期声] 方砚 | 专家\n\n云层很厚。\n\n"
        "[同期声] 于谦 | 专家\n\n风还很大。\n\n编辑：刘贤\n"
    ),
    "releases/2026/mended/index.zh-Hans.md": (
        "---\ntitle: 更正过的\ndate: 2026-03-09\ncorrections:\n- {type: corrected, at: '2026-03-10T10:00:00+01:00', note: {zh-Hans: 数字有误。}, languages: [zh-Hans]}\n---\n水位是五米，无误。\n\n此段没变。\n"
    ),
    "releases/2026/mended/v/1/index.zh-Hans.md": "---\ntitle: 更正过的\ndate: 2026-03-09\n---\n水位是四米，有误。\n\n此段没变。\n",
    "releases/2026/gone/index.zh-Hans.md": (
        "---\ntitle: 撤回的标题\ndate: 2026-03-11\ncorrections:\n- {type: withdrawn, at: '2026-03-12T10:00:00+01:00', note: {zh-Hans: 来源有误，现已撤回。}}\n---\n撤回的话语，谁也不该再读到这个结论。\n"
    ),
    "releases/2026/hushed/index.zh-Hans.md": "---\ntitle: 尚未发布的标题\ndate: 2026-05-01\nembargo: 2030-01-01T10:00[Europe/Paris]\n---\n两个机构将会合并为一个机构，总部设在东边。\n",
    "releases/2026/half/index.en.md": "---\ntitle: Half of it\ndate: 2026-04-01\n---\nOne half.\n",
    "releases/2026/half/index.zh-Hans.md": "---\ntitle: 没写完的译文\ntranslation: unofficial\nstatus: draft\n---\n这个译文还没有写完，请不要发布。\n",
}
DERIVED = ("level", "opening", "lone", "mended", "gone")


def room(root: Path, derived: str = '{"zh-Hant": "zh-Hans"}', files: dict[str, str] | None = None) -> Settings:
    make_site(root, FILES if files is None else files, SETTING + (f"DERIVED = {derived}\n" if derived else ""))
    return builds.read(root)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    settings = room(tmp_path_factory.mktemp("derived"))
    build(settings, NOW)
    return Built(settings)


def at(slug: str, kind: str = "releases") -> str:
    return f"zh-hant/{kind}/2026/{slug}/"


def said(site: Built, path: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", site.read(path).decode())).split())


def test_every_document_that_has_a_simplified_edition_has_a_traditional_one(site: Built) -> None:
    for slug in DERIVED:
        assert f"{at(slug)}index.html" in site.paths, slug
    data = site.data(f"{at('level')}index.json")
    assert data["title"] == "頭條：水位上漲「三米」" and data["summary"] == "幹部們後來說明了情況。" and data["place"] == "武漢"
    assert (data["translation"], data["derived_from"], data["original"], data["event"]) == ("derived", "zh-Hans", "zh-Hans", "水務會議")
    assert site.data(f"{at('own')}index.json")["title"] == "自己的檔案" and "derived_from" not in site.data(f"{at('own')}index.json")


def test_what_is_no_text_stays_as_it_is_written(site: Built) -> None:
    page = site.read(f"{at('level')}index.html").decode()
    assert "皇后與頭髮" in page and ">會議數據</a>" in page and "說明</span>" in page
    assert "<code>网络 数据</code>" in page and "代码里的软件" in page and "発表" in page
    assert "數據圖表" in page and "聯繫辦公室" in page
    assert site.data(f"{at('level')}index.json")["attachments"][0]["caption"] == "數據圖表"


def test_people_are_who_they_are_by_the_name_that_the_office_gives_them(site: Built) -> None:
    data = {lang: site.data(f"{lang}/releases/2026/level/index.json")["quotations"] for lang in ("zh-hans", "zh-hant")}
    assert [found["name"] for found in data["zh-hant"]] == ["安娜·迪亞茲", "于謙"]
    assert [found["speaker"] for found in data["zh-hant"]] == [found["speaker"] for found in data["zh-hans"]]
    segments = {lang: site.data(f"{lang}/transcripts/2026/talk/index.json")["segments"] for lang in ("zh-hans", "zh-hant")}
    assert [(found["kind"], found.get("speaker")) for found in segments["zh-hant"]] == [(found["kind"], found.get("speaker")) for found in segments["zh-hans"]]
    assert "方硯" in said(site, "zh-hant/people/fang-yan/index.html") and "雲層很厚。" in said(site, "zh-hant/people/fang-yan/index.html")
    assert "總幹事" in said(site, "zh-hant/people/ana-diaz/index.html") and "水務" in said(site, "zh-hant/topics/index.html")
    assert "測試辦公室" in said(site, "zh-hant/index.html")


def test_it_is_marked_as_derived_on_the_page_in_citations_in_data_and_in_text(site: Built) -> None:
    page = said(site, f"{at('level')}index.html")
    assert page.count("由軟體從簡體中文轉換") >= 4 and '"digitalSourceType":"https://schema.org/AlgorithmicMediaDigitalSource"' in site.read(f"{at('level')}index.html").decode()
    assert [found["verbatim"] for found in site.data(f"{at('level')}index.json")["quotations"]] == [False, False]
    assert "由軟體從簡體中文轉換" in site.read(f"{at('level')}index.md").decode()
    assert "由軟體從簡體中文轉換" in said(site, f"{at('level')}with/zh-hans/index.html")
    with zipfile.ZipFile(site.folder / "releases/2026/level/kit.zip") as kit:
        assert "由軟體從簡體中文轉換" in kit.read("text/level.zh-Hant.md").decode()
    assert "data-derived=" in site.read("zh-hant/verify/index.html").decode()


def test_what_a_machine_translated_is_called_so_in_the_other_script_too(site: Built) -> None:
    page = said(site, f"{at('opening')}index.html")
    assert "機器翻譯 由機器翻譯，未經人工校對 由軟體從簡體中文轉換 原文：英文" in page
    assert site.data(f"{at('opening')}index.json")["translation"] == "machine"
    assert site.data(f"{at('lone')}index.json")["translation"] == "unofficial"
    assert 'href="https://example.org/"' in site.read(f"{at('lone')}index.html").decode()


def test_listings_feeds_sitemaps_and_alternates_have_it(site: Built) -> None:
    assert "頭條：水位上漲" in said(site, "zh-hant/index.html") and "頭條：水位上漲" in site.read("zh-hant/feed.xml").decode()
    assert "/zh-hant/releases/2026/level/" in site.read("sitemap-2026.xml").decode()
    assert 'hreflang="zh-Hant"' in site.read("zh-hans/releases/2026/level/index.html").decode()
    assert "zh-hant/releases/2026/level/" in site.read("verify/2026-03/zh-hant.json").decode()


def test_a_link_to_a_passage_leads_to_what_was_made_of_it(site: Built) -> None:
    page = site.read(f"{at('opening')}index.html").decode()
    assert f'href="../level/#{mark("雨還會下。")}"' in page and f'href="#{mark("今天開放。")}"' in page


def test_a_correction_of_the_source_is_one_of_what_is_derived(site: Built) -> None:
    data = site.data(f"{at('mended')}index.json")
    (change,) = data["corrections"]
    assert change["note"] == "數字有誤。" and change["passages"] == [data["passages"][0]["id"]] and len(change["retired"]) == 1
    former = site.data(f"{at('mended')}v/1/index.json")
    assert former["passages"][0]["text"] == "水位是四米，有誤。" and former["derived_from"] == "zh-Hans" and change["retired"][0]["id"] == former["passages"][0]["id"]


def test_of_a_lone_translation_all_is_told_in_both_scripts_and_the_written_one_stands_for_it(tmp_path: Path) -> None:
    head = "---\ntitle: 别处\ndate: 2026-03-07\ntranslation: unofficial\nsource: {language: ru, url: 'https://example.org/'}\nevent: 水务会议\n"
    withdrawn = "corrections:\n- {type: withdrawn, at: '2026-03-12T10:00:00+01:00', note: 来源有误。}\n"
    files = {"releases/2026/lone/index.zh-Hans.md": f"{head}---\n别处的话。\n", "releases/2026/gone/index.zh-Hans.md": f"{head}{withdrawn}---\n别处的话，后来不对了。\n"}
    settings = replace(room(tmp_path, files=files), languages=("en", "zh-Hant", "zh-Hans"))
    build(settings, NOW)
    site = Built(settings)
    assert site.data(f"{at('lone')}index.json")["event"] == "水務會議" and site.data("zh-hans/releases/2026/lone/index.json")["event"] == "水务会议"
    assert site.data(f"{at('gone')}index.json")["corrections"][-1]["note"] == "來源有誤。"
    assert "來源有誤。" in said(site, "zh-hant/corrections/index.html") and "来源有误。" in said(site, "en/corrections/index.html")
    for slug in ("lone", "gone"):
        for lang in ("zh-hans", "zh-hant"):
            assert site.pages[f"{lang}/releases/2026/{slug}/index.html"].alternates()["x-default"].endswith(f"/zh-hans/releases/2026/{slug}/"), (slug, lang)
    defaults = re.findall(r'hreflang="x-default" href="[^"]+/(zh-han[st])/', site.read("sitemap-2026.xml").decode())
    assert set(defaults) == {"zh-hans"}


def test_an_earlier_version_says_the_event_of_then_in_the_other_script_too(tmp_path: Path) -> None:
    name, head = "releases/2026/mended/index.zh-Hans.md", "title: 更正过的\n"
    files = {name: FILES[name].replace(head, f"{head}event: 水务会议\n"), "releases/2026/mended/v/1/index.zh-Hans.md": f"---\n{head}event: 数据会议\ndate: 2026-03-09\n---\n水位。\n"}
    settings = room(tmp_path, files=files)
    build(settings, NOW)
    data = [Built(settings).data(f"{at('mended')}{version}index.json") for version in ("", "v/1/")]
    assert [found["event"] for found in data] == ["水務會議", "數據會議"]


def test_what_is_withdrawn_leaves_its_notice_and_no_word(site: Built) -> None:
    page = said(site, f"{at('gone')}index.html")
    assert "來源有誤，現已撤回。" in page and site.data(f"{at('gone')}index.json")["withdrawn"] is True
    retired = site.data(f"{at('gone')}index.json")["corrections"][-1]["retired"]
    assert len(retired) == 1 and f'id="{retired[0]["id"]}"' in site.read(f"{at('gone')}index.html").decode()
    assert all("撤回的話語".encode() not in site.read(path) and "撤回的標題".encode() not in site.read(path) for path in site.paths)


def test_nothing_is_derived_of_what_is_held(site: Built) -> None:
    assert not [path for path in site.paths if "hushed" in path] and f"{at('half')}index.html" not in site.paths
    for words in ("機構將會合並", "機構將會合併", "尚未發布", "尚未發佈", "沒寫完的譯文"):
        assert all(words.encode() not in site.read(path) for path in site.paths), words


def test_the_preview_has_what_is_derived_of_drafts(tmp_path: Path) -> None:
    settings = room(tmp_path)
    build(replace(settings, audience=PREVIEW, output=str(tmp_path / "preview")), NOW)
    assert "沒寫完的譯文" in (tmp_path / "preview" / at("half") / "index.html").read_text()


def test_without_the_setting_not_a_byte_is_other_and_switched_off_nothing_is_left(tmp_path: Path) -> None:
    plain = room(tmp_path / "plain", "")
    build(plain, NOW)
    switched = room(tmp_path / "switched")
    build(switched, NOW)
    assert tree_of(Path(plain.output)) != tree_of(Path(switched.output))
    off = room(tmp_path / "switched", "")
    build(off, NOW)
    assert tree_of(Path(plain.output)) == tree_of(Path(off.output))


def test_an_incremental_build_is_a_clean_one(tmp_path: Path) -> None:
    settings = room(tmp_path / "one")
    build(settings, NOW)
    put(tmp_path / "one", "releases/2026/level/index.zh-Hans.md", FILES["releases/2026/level/index.zh-Hans.md"].replace("雨还会下", "雪还会下"))
    put(tmp_path / "one", "people.yml", FILES["people.yml"].replace("迪亞茲", "迪亞斯"))
    put(tmp_path / "one", "releases/2026/opening/index.zh-Hant.md", "---\ntitle: 開放了\ntranslation: official\n---\n今天。\n\n明天。\n")
    receipt = build(settings, NOW)
    again = room(tmp_path / "two", files={**FILES, **{name: (tmp_path / "one/content" / name).read_text() for name in ("releases/2026/level/index.zh-Hans.md", "people.yml")}, "releases/2026/opening/index.zh-Hant.md": "---\ntitle: 開放了\ntranslation: official\n---\n今天。\n\n明天。\n"})
    build(again, NOW)
    assert tree_of(Path(settings.output)) == tree_of(Path(again.output)) and receipt.written
    assert build(settings, NOW).written == 0


@pytest.mark.parametrize("words", ["兩個機構將會合併為一個機構，總部設在東邊", "這個譯文還沒有寫完，請不要發布", "撤回的話語，誰也不該再讀到這個結論"])
def test_the_leak_check_knows_held_words_in_the_other_script(tmp_path: Path, words: str) -> None:
    settings = room(tmp_path)
    planted = Files({"zh-hant/index.html": ""}, lambda path: f"<p>{words}。</p>".encode())
    assert LeakCheck(settings, NOW).search(planted).leaks
    assert not LeakCheck(replace(settings, derived=()), NOW).search(planted).leaks


def test_a_conversion_is_chosen_by_region_or_named(tmp_path: Path) -> None:
    assert room(tmp_path / "a").derived[0].conversion == "s2tw"
    settings = room(tmp_path / "b", '{"zh-Hant": ("zh-Hans", "s2twp")}')
    assert settings.derived[0].conversion == "s2twp"
    build(settings, NOW)
    assert "資料" in (Path(settings.output) / at("level") / "index.html").read_text()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ('["zh-Hant"]', "no table"), ('{"zh-Hant": 3}', "no language and what it is made from"), ('{"zh-Hant-HK": "zh-Hans"}', "which LANGUAGES does not have"),
        ('{"zh-Hant": "en"}', "would make zh-Hant from en"), ('{"zh-Hans": "zh-Hant"}', "would make zh-Hans"), ('{"zh-Hant": ("zh-Hans", "t2s")}', "the conversion t2s"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_a_fault(tmp_path: Path, given: str, message: str) -> None:
    with pytest.raises(Fault) as fault:
        room(tmp_path, given)
    assert {problem.code for problem in fault.value.problems} == {"FT008"} and any(message in problem.message for problem in fault.value.problems)


def test_what_was_published_is_kept_and_a_change_is_told_once_of_the_source(tmp_path: Path) -> None:
    settings = room(tmp_path)
    build(settings, NOW)
    shutil.copytree(settings.output, tmp_path / "was")

    def told(derived: str = '{"zh-Hant": "zh-Hans"}') -> list[tuple[str, str]]:
        compared = Comparison(settings, Folder(tmp_path / "was"), "was")
        found = examine(room(tmp_path, derived, {}), NOW, judge=compared.judge)
        return [(problem.code, problem.path) for problem in found if problem.code.startswith("CO")]

    assert told() == []
    # The name that the office gives somebody may change, and software may write otherwise.
    put(tmp_path, "people.yml", FILES["people.yml"].replace("迪亞茲", "迪亞斯"))
    assert told() == []
    put(tmp_path, "releases/2026/level/index.zh-Hans.md", FILES["releases/2026/level/index.zh-Hans.md"].replace("雨还会下", "雪还会下"))
    assert told() == [("CO010", "content/releases/2026/level/index.zh-Hans.md")]
    assert ("CO011", "pelicanconf.py") in told(""), "an address that readers have is gone with the setting"

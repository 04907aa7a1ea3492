"""The search in a browser: words in each script, filters, the address, keys; and nothing is loaded before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from pressroom.build import build
from pressroom.commands import builds
from tests.browser.conftest import Serve
from tests.sites import FILES, REPOSITORY, make_site
from tests.test_sameness import settings_of

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
ICON = {"root/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
RESULTS = ".search .row h2 a"


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo newsroom, served below a folder, as a project's pages are."""
    root = tmp_path_factory.mktemp("demo")
    build(replace(builds.read(REPOSITORY), root=str(root), output=str(root / "below" / "press")), NOW)
    return f"{serve(root / 'below')}/press"


@pytest.fixture(scope="module")
def scripts(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small site that has Chinese in both scripts, and one document in both."""
    root = make_site(
        tmp_path_factory.mktemp("scripts") / "site",
        ICON | {
            "releases/2026/report/index.zh-Hans.md": "---\ntitle: 财务报告发布\ndate: 2026-03-04\n---\n国家统计局昨天发布财务报告。\n\n第二段。\n",
            "releases/2026/bericht/index.zh-Hant.md": "---\ntitle: 年度財務報告\ndate: 2026-02-04\n---\n開頭。\n\n董事會昨天通過財務報告，收入增加。\n",
            "releases/2026/both/index.zh-Hans.md": "---\ntitle: 两种文字\ndate: 2026-01-04\n---\n运河的财务。\n",
            "releases/2026/both/index.zh-Hant.md": "---\ntitle: 兩種文字\ntranslation: official\n---\n運河的財務。\n",
        },
    )
    build(replace(settings_of(root), search=True, theme=str(REPOSITORY / "theme"), languages=("zh-Hans", "zh-Hant"), default_language="zh-Hans"), NOW)
    return serve(root / "output")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def page(browser: Any, said: list[str], asked: list[str]) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: said.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    yield page
    context.close()
    assert said == []


def count(page: Any) -> int:
    """How many results the page says there are, once it has shown them."""
    page.locator(f"{RESULTS}, output:text-matches('^(No|没有|لم)')").first.wait_for()
    found = re.search(r"\d+", page.locator(".search output").inner_text())
    return int(found[0]) if found else 0


def titles(page: Any) -> list[str]:
    return [title.replace("\xa0", " ") for title in page.locator(RESULTS).all_inner_texts()]


@pytest.mark.parametrize(
    ("lang", "words", "mark"),
    [
        ("en", "barges", "barge"), ("zh-hans", "国家", "国家"), ("zh-hans", "水位", "水位"), ("ar", "الماء", "الماء"), ("ru", "реки", "рек"),
        ("fr", "observatoire", "l’observatoire"),
    ],
)  # fmt: skip
def test_words_are_found_and_marked_and_lead_to_their_passage(page: Any, address: str, lang: str, words: str, mark: str) -> None:
    page.goto(f"{address}/{lang}/search/")
    page.fill("#words", words)
    assert count(page) > 0
    assert any(mark in text.lower() for text in page.locator(".search mark").all_inner_texts())
    link = next(link for link in page.locator(RESULTS).all() if "#q-" in link.get_attribute("href"))
    assert link.get_attribute("href").startswith(f"{address}/{lang}/")
    link.click()
    page.locator(":target").wait_for()
    assert page.evaluate("document.querySelector(':target').id").startswith("q-")
    assert page.locator("link[rel=canonical]").get_attribute("href").startswith("https://press.example.org/") and "?" not in page.url


def test_a_slow_press_on_a_result_still_finds_it_there(page: Any, address: str) -> None:
    page.goto(f"{address}/en/search/")
    page.locator("#words").press_sequentially("barges")
    assert count(page) > 0
    page.locator(RESULTS).first.hover()
    page.mouse.down()
    page.wait_for_timeout(600)
    page.mouse.up()
    page.wait_for_url(lambda url: "/search/" not in url)


@pytest.mark.parametrize("words", ["الموانئ", "والموانئ", "موانئ"])
def test_arabic_is_found_behind_the_conjunction_and_the_article(page: Any, address: str, words: str) -> None:
    page.goto(f"{address}/ar/search/?q={words}")
    assert count(page) > 0
    assert "والموانئ" in " ".join(page.locator(".search mark").all_inner_texts()) and "و-ال" not in page.locator(".search .rows").inner_text()


def test_arabic_is_found_behind_the_article_by_the_word_alone(page: Any, serve: Serve, tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", ICON | {"pages/about/index.ar.md": "---\ntitle: خبر\n---\nاستقبل الوزير الفريق. أشاد الفريق بالصحة وتذكر الصحة.\n"})
    build(replace(settings_of(root), search=True, theme=str(REPOSITORY / "theme"), languages=("ar",), default_language="ar"), NOW)
    served = serve(root / "output")
    for words, mark in (("وزير", "الوزير"), ("الوزير", "الوزير"), ("صحة", "الصحة."), ('"وزير الفريق"', "الوزير")):
        page.goto(f"{served}/ar/search/?q={quote(words)}")
        page.locator(RESULTS).wait_for()
        assert page.locator(".search mark").all_inner_texts()[0] == mark and "-" not in page.locator(".search .rows").inner_text()


def test_a_number_is_found_with_the_signs_that_stand_with_it(page: Any, serve: Serve, tmp_path: Path) -> None:
    title, other = "---\ntitle: {}\n{}---\n{}\n", ICON | {"pages/other/index.en.md": "---\ntitle: Other\n---\nIt was 900.\n"}
    files = {"en": title.format("Costs", "", "The dam cost $1,234.56 in all."), "zh-Hans": title.format("花费", "translation: official\n", "金额为1,234.56万美元。")}
    root = make_site(tmp_path / "site", other | {f"pages/about/index.{lang}.md": text for lang, text in files.items()})
    build(replace(settings_of(root), search=True, theme=str(REPOSITORY / "theme"), languages=("en", "zh-Hans")), NOW)
    served = serve(root / "output")
    for lang, words in (("en", "$1,234.56"), ("en", "$1234"), ("en", '"cost $1,234.56"'), ("zh-hans", "1,234.56"), ("zh-hans", "1,234")):
        page.goto(f"{served}/{lang}/search/?q={quote(words)}")
        page.locator(RESULTS).wait_for()
        assert page.locator(RESULTS).get_attribute("href").startswith(f"{served}/{lang}/about/"), words


def test_the_first_of_the_words_is_marked_on_arrival(page: Any, address: str) -> None:
    page.goto(f"{address}/en/search/?q=barge")
    count(page)
    link = next(link for link in page.locator(RESULTS).all() if "#q-" in link.get_attribute("href"))
    plain, directed = link.get_attribute("href").partition(":~:")[0], unquote(link.get_attribute("href"))
    assert re.search(r"#q-[a-z2-7]{8}:~:text=(.+-,)?[\w-]*barge", directed, re.IGNORECASE)
    link.click()
    page.locator(":target").wait_for()
    page.wait_for_timeout(700)
    marked = page.locator(":target").screenshot()
    page.goto("about:blank")
    page.goto(plain)
    page.wait_for_timeout(700)
    assert page.locator(":target").screenshot() != marked


@pytest.mark.parametrize(("words", "directed"), [("R&D", "Spending on-,R&D"), ("rose", "Spending on R&D-,rose"), ("more", "6 &-,more"), ("point", "more at that-,point")])
def test_a_sign_that_markup_has_too_is_no_part_of_what_is_marked_on_arrival(page: Any, serve: Serve, tmp_path: Path, words: str, directed: str) -> None:
    said = "Spending on R&D rose from 5 < 6 & more at that point."
    root = make_site(tmp_path / "site", ICON | {"releases/2026/plan/index.en.md": f"---\ntitle: A plan\ndate: 2026-03-04\n---\n{said}\n"})
    build(replace(settings_of(root), search=True, theme=str(REPOSITORY / "theme"), languages=("en",)), NOW)
    page.goto(f"{serve(root / 'output')}/en/search/?q={quote(words)}")
    count(page)
    assert unquote(page.locator(RESULTS).get_attribute("href")).partition(":~:text=")[2] == directed


def test_nothing_is_loaded_before_it_is_used_and_nothing_of_another_host(page: Any, address: str, asked: list[str]) -> None:
    page.goto(f"{address}/en/search/")
    page.wait_for_timeout(500)
    assert not [url for url in asked if "/search/" in url and not url.endswith("/en/search/")]
    page.focus("#words")
    page.fill("#words", "harbour")
    assert count(page) > 0
    assert [url for url in asked if url.endswith("/search/engine/pagefind.js")]
    assert all(url.startswith(f"{address}/") for url in asked)
    assert not [url for url in asked if url.endswith("zh.json")]


def test_filters_narrow_what_is_found_and_find_by_themselves(page: Any, address: str) -> None:
    page.goto(f"{address}/en/search/?q=water")
    both = count(page)
    page.select_option("#kind", "transcript")
    page.wait_for_url("**kind=transcript**")
    page.wait_for_timeout(300)
    transcripts = count(page)
    assert 0 < transcripts < both
    assert set(page.locator(".search .row .word").all_inner_texts()) == {"Transcript"}
    page.fill("#words", "")
    page.select_option("#kind", "")
    page.select_option("#from", "2026-10")
    page.select_option("#until", "2026-11")
    page.wait_for_timeout(500)
    assert all(re.search("(October|November) .*2026", text) for text in page.locator(".search .row .date").all_inner_texts())
    assert count(page) > 0
    page.select_option("#from", "")
    page.select_option("#until", "")
    page.select_option("#speaker", index=1)
    page.wait_for_timeout(500)
    assert count(page) > 0


def test_a_search_is_an_address_and_a_step_back(page: Any, address: str) -> None:
    page.goto(f"{address}/en/search/?q=harbour&kind=release")
    first = count(page)
    assert page.input_value("#words") == "harbour" and page.input_value("#kind") == "release"
    page.select_option("#kind", "")
    page.wait_for_timeout(500)
    assert "kind" not in page.url and count(page) >= first
    page.go_back()
    page.wait_for_timeout(500)
    assert page.input_value("#kind") == "release" and count(page) == first
    page.locator(RESULTS).first.click()
    page.wait_for_url("**/releases/**")
    page.go_back()
    assert count(page) == first and page.input_value("#words") == "harbour"
    page.goto(f"{address}/en/search/?kind=nonsense&q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    page.wait_for_timeout(500)
    assert page.input_value("#kind") == ""


def test_the_keyboard_is_enough(page: Any, address: str) -> None:
    page.goto(f"{address}/en/search/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("water/level")
    assert page.input_value("#words") == "water/level"
    page.keyboard.press("Enter")
    page.fill("#words", "harbour")
    count(page)
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.search .row a')"):
            break
    assert page.evaluate("document.activeElement.matches('.search .row a')")
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    assert page.input_value("#words") == "" and page.evaluate("document.activeElement.id") == "words"
    assert not titles(page) and page.locator(".archive").is_visible() and page.url == f"{address}/en/search/"


def test_nothing_found_is_said(page: Any, address: str) -> None:
    page.goto(f"{address}/en/search/?q=xyzzyplugh")
    page.locator("output:text('Nothing was found.')").wait_for()
    assert not titles(page)


def test_an_index_that_does_not_load_is_said(page: Any, address: str, said: list[str]) -> None:
    page.route("**/search/engine/*", lambda route: route.abort())
    page.goto(f"{address}/en/search/?q=harbour")
    page.locator("output:text('could not be loaded')").wait_for()
    page.unroute("**/search/engine/*")
    said.clear()
    page.fill("#words", "water")
    assert count(page) > 0


def test_a_line_that_breaks_in_the_middle_is_said_and_mended_by_the_next_words(page: Any, address: str, said: list[str]) -> None:
    page.goto(f"{address}/en/search/?q=ferry")
    page.locator(RESULTS).first.wait_for()
    page.route("**/*.pf_fragment", lambda route: route.abort())
    page.fill("#words", "harbour")
    page.locator("output:text('could not be loaded')").wait_for()
    assert not titles(page) and not page.locator(".more > button").is_visible()
    page.unroute("**/*.pf_fragment")
    said.clear()
    page.fill("#words", "harbours")
    page.locator(RESULTS).first.wait_for()
    assert count(page) > 0


def test_more_results_come_when_they_are_asked_for(page: Any, address: str) -> None:
    page.goto(f"{address}/en/search/?q=harbour")
    whole = count(page)
    assert whole > 10 == len(titles(page))
    page.locator(".more button").click()
    page.locator(RESULTS).nth(10).wait_for()
    assert len(titles(page)) == min(20, whole) and page.locator(".more button").is_hidden() == (whole <= 20)


def test_documents_of_two_tiers_that_have_one_id_are_told_apart(page: Any, address: str) -> None:
    page.goto(f"{address}/en/search/?q=harbour")
    whole, before = count(page), titles(page)
    tiers = page.locator("form[data-tiers]").get_attribute("data-tiers").split()
    facts = {tier: page.request.get(f"{address}/search/{tier}/en.json").json() for tier in tiers}
    ids = [id for of_tier in facts.values() for id in of_tier]
    assert sum(map(bool, facts.values())) > 1

    def answer(route: Any) -> None:
        own = facts[route.request.url.split("/")[-2]]
        route.fulfill(json={id: own.get(id) or next(iter(own.values())) for id in ids} if own else {})

    page.route("**/search/*/en.json", answer)
    page.reload()
    assert count(page) == whole and titles(page) == before
    page.goto(f"{address}/en/search/?kind=transcript")
    assert count(page) == sum(fact["kind"] == "transcript" for of_tier in facts.values() for fact in of_tier.values())


def test_without_javascript_the_archive_stands_there(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(f"{address}/ar/search/")
    assert bare.locator("form").is_hidden() and bare.locator(".archive a").count() > 5 and bare.locator("noscript p").is_visible()
    context.close()


@pytest.mark.parametrize(("lang", "words"), [("zh-hans", "財務報告"), ("zh-hans", "财务报告"), ("zh-hant", "财务报告"), ("zh-hant", "財務報告")])
def test_both_scripts_of_chinese_find_each_other_and_are_shown_as_they_are(page: Any, scripts: str, lang: str, words: str) -> None:
    page.goto(f"{scripts}/{lang}/search/?q={words}")
    assert count(page) >= 2
    found = titles(page)
    assert {"财务报告发布", "年度財務報告"} <= set(found)
    row = page.locator(".search .row", has=page.locator("h2 a", has_text="年度財務報告"))
    assert row.locator(".summary").inner_text() == "董事會昨天通過財務報告，收入增加。" and "財務" in "".join(row.locator("mark").all_inner_texts())
    assert row.get_attribute("lang") == "zh-Hant"
    row.locator("h2 a").click()
    page.wait_for_url("**/zh-hant/releases/2026/bericht/**")
    assert "財務" in page.locator(":target").inner_text()


@pytest.mark.parametrize("words", ["oeuvre", "œuvre", "ŒUVRE"])
def test_a_ligature_of_french_is_found_as_two_letters_and_shown_as_one(page: Any, serve: Serve, tmp_path: Path, words: str) -> None:
    text = "---\ntitle: Un plan\ndate: 2026-03-04\n---\nLa mise en œuvre commence.\n"
    root = make_site(tmp_path / "site", ICON | {"releases/2026/plan/index.fr.md": text})
    build(replace(settings_of(root), search=True, theme=str(REPOSITORY / "theme"), languages=("fr",), default_language="fr"), NOW)
    page.goto(f"{serve(root / 'output')}/fr/search/?q={words}")
    assert count(page) == 1 and page.locator(".search mark").all_inner_texts() == ["œuvre"]
    assert "œuvre" in unquote(page.locator(RESULTS).get_attribute("href"))


@pytest.mark.parametrize(("lang", "title"), [("zh-hans", "两种文字"), ("zh-hant", "兩種文字")])
def test_a_document_in_both_scripts_is_shown_once_in_the_pages(page: Any, scripts: str, lang: str, title: str) -> None:
    page.goto(f"{scripts}/{lang}/search/?q=运河")
    assert count(page) == 1 and titles(page) == [title]


def test_a_preview_can_be_searched(browser: Any, page: Any, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = make_site(tmp_path_factory.mktemp("preview") / "site", FILES | ICON)
    (root / "theme").symlink_to(REPOSITORY / "theme")
    build(replace(settings_of(root), search=True, audience="preview", output=str(root / "preview")), datetime(2026, 6, 1, 12, tzinfo=UTC))
    page.goto(f"{serve(root / 'preview')}/en/search/?q=unspeakable")
    assert count(page) == 1 and page.locator(".search .row .held").inner_text() == "Under embargo"

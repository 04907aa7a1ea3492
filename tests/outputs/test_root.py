"""The door, the page for what is not there, robots.txt, and addresses that a document once had."""

from __future__ import annotations

from pathlib import Path

from pressroom.ground.languages import direction
from tests.outputs.trees import Built, build_files


def test_the_door_offers_every_language_in_its_own_words(built: Built) -> None:
    page = built.pages["index.html"]
    doors = page.all("//main//li[@lang]")
    assert [door.get("lang") for door in doors] == list(built.settings.languages)
    for door in doors:
        lang = door.get("lang")
        assert door.get("dir") == direction(lang)
        (link,) = door.xpath(".//a[@href]")
        assert page.resolve(link.get("href"))[0] == f"{lang.lower()}/index.html" and link.get("hreflang") == lang
        assert link.text_content().strip()
    assert not page.all("//script[@src]")
    assert page.canonical() == f"{built.settings.url}/"
    # Each front page names the door as what is for all others, and a search engine believes that of pages which name each other.
    assert page.alternates() == built.pages["en/index.html"].alternates()


def test_the_page_for_what_is_not_there_speaks_every_language(built: Built) -> None:
    page = built.pages["404.html"]
    words = {"en": "Page not found", "zh-Hans": "找不到页面", "ar": "الصفحة"}
    for lang in built.settings.languages:
        (part,) = page.all(f"//main//*[@lang='{lang}' and @dir]")
        assert part.get("dir") == direction(lang)
        assert words.get(lang, "") in part.text_content()
        assert part.xpath(".//a/@href") == [f"{built.settings.url}/{lang.lower()}/"]


def test_robots_lists_no_path(built: Built) -> None:
    assert built.read("robots.txt").decode() == f"User-agent: *\nAllow: /\n\nSitemap: {built.settings.url}/sitemap.xml\n"


def test_an_address_that_a_document_once_had_leads_to_it(odd: Built) -> None:
    page = odd.pages["old/place/index.html"]
    target = "../../ar/releases/2026/only-arabic/"
    assert page.one("//meta[@http-equiv='refresh']").get("content") == f"0; url={target}"
    assert page.one("//main//a").get("href") == target
    assert page.canonical() == f"{odd.settings.url}/ar/releases/2026/only-arabic/"
    assert page.lang == "ar" and page.root.get("dir") == "rtl"
    assert page.all("//meta[@name='robots']/@content") == ["noindex"]
    assert not [path for path in odd.paths if path.endswith(".xml") and b"old/place" in odd.read(path)]


def test_a_preview_asks_not_to_be_indexed_on_every_page_and_marks_what_is_held(tmp_path: Path) -> None:
    from tests.sites import FILES

    moved = FILES["releases/2026/river-rises/index.en.md"].replace("\n---\n", "\naliases: [/old/place/]\n---\n", 1)
    files = {**FILES, "releases/2026/river-rises/index.en.md": moved}
    built = build_files(tmp_path, files, audience="preview", output=str(tmp_path / "preview"))
    assert {"index.html", "404.html", "old/place/index.html", "ar/index.html"} <= built.pages.keys()
    for page in built.pages.values():
        assert page.all("//meta[@name='robots']/@content") == ["noindex"], page.path
        assert page.all("//body//p[@class='preview']"), page.path
    assert built.read("robots.txt") == b"User-agent: *\nDisallow: /\n"
    secret = built.pages["en/releases/2026/secret-merger/index.html"]
    assert secret.all("//*[contains(@class, 'held')]") and "January 1, 2030" in secret.text()
    draft = built.pages["en/releases/2026/half-written/index.html"]
    assert draft.all("//*[contains(@class, 'held')]")
    assert built.pages["en/releases/index.html"].all("//li[@class='held']")
    assert not built.pages["en/releases/2026/river-rises/index.html"].all("//*[contains(@class, 'held')]")

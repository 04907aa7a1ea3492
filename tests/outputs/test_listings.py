"""Listings: all documents in every language, those of another language marked, filed by year and month."""

from __future__ import annotations

import re
from pathlib import Path

from tests.outputs.trees import Built, Page, build_files


def rows(page: Page) -> list[tuple[str, str]]:
    """The file and the headline of each row."""
    return [(page.resolve(link.get("href"))[0], " ".join(link.text_content().split())) for link in page.all("//*[contains(@class, 'headline')]//a")]


def test_every_document_is_listed_in_every_language(built: Built) -> None:
    documents = {data["id"].rpartition("/")[0] for data in built.editions.values() if data["kind"] != "page"}
    for lang in built.settings.languages:
        found = {
            re.search(r"(?:releases|transcripts)/\d{4}/[^/]+", path)[0]  # type: ignore[index]
            for kind in ("releases", "transcripts")
            for path, _ in rows(built.pages[f"{lang.lower()}/{kind}/index.html"])
        }
        assert found == {name.split(":", 2)[2] for name in documents}


def test_a_document_that_lacks_the_language_is_marked_with_its_own(odd: Built) -> None:
    page = odd.pages["zh-hans/releases/index.html"]
    (link,) = page.all("//a[contains(@href, 'harbour-opens')][not(@class)]")
    assert link.get("hreflang") == "en" and odd.pages[page.resolve(link.get("href"))[0]].lang == "en"
    (title,) = link.xpath(".//*[@lang]")
    assert (title.get("lang"), title.get("dir")) == ("en", "ltr") and "harbour" in title.text_content()
    row = link.xpath("ancestor::article")[0]
    assert any("英语" in " ".join(item.itertext()) and not item.xpath("ancestor-or-self::*[@lang='en']") for item in row.xpath(".//li"))
    (arabic,) = odd.pages["en/releases/index.html"].all("//a[contains(@href, 'only-arabic')]//*[@lang]")
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert "in Arabic" in odd.pages["en/releases/index.html"].text()


def test_one_that_has_the_language_is_not_marked(odd: Built) -> None:
    page = odd.pages["zh-hans/releases/index.html"]
    (link,) = page.all("//a[contains(@href, 'river-rises')]")
    assert link.get("hreflang") is None and not link.xpath(".//*[@lang]") and link.text_content().strip() == "河水上涨"


def test_a_draft_translation_is_listed_as_if_it_were_not_there(odd: Built) -> None:
    (link,) = odd.pages["ar/releases/index.html"].all("//a[contains(@href, 'half-translated')]")
    assert link.get("hreflang") == "en"


def test_years_and_months_hold_their_own_and_together_all(built: Built) -> None:
    for lang in built.settings.languages:
        for kind in ("releases", "transcripts"):
            folder = f"{lang.lower()}/{kind}"
            years = {path for path in built.paths if re.fullmatch(rf"{folder}/\d{{4}}/index\.html", path)}
            of_years = [row for year in years for row in rows(built.pages[year])]
            assert sorted(of_years) == sorted(rows(built.pages[f"{folder}/index.html"]))
            for year in years:
                months = [path for path in built.paths if re.fullmatch(rf"{year.removesuffix('index.html')}\d\d/index\.html", path)]
                of_months = [row for month in months for row in rows(built.pages[month])]
                assert sorted(of_months) == sorted(rows(built.pages[year])) and all(rows(built.pages[month]) for month in months)
                periods = {built.pages[year].resolve(href)[0] for href in built.pages[year].all("//nav[contains(@class, 'periods')]//a/@href")}
                assert periods == set(months)


def test_rows_come_newest_first_under_their_day(built: Built) -> None:
    for page in built.pages.values():
        days = page.all("//main//section[contains(@class, 'day')]//time/@datetime")
        if page.path.removesuffix("index.html") not in built.editions and re.search(r"(releases|transcripts)/", page.path):
            assert days == sorted(days, reverse=True), page.path


def test_a_topic_lists_its_documents_and_its_years(odd: Built) -> None:
    assert {path for path, _ in rows(odd.pages["en/topics/ports/index.html"])} == {
        "en/releases/2025/harbour-opens/index.html", "ar/releases/2026/only-arabic/index.html",
    }  # fmt: skip
    assert [path for path, _ in rows(odd.pages["en/topics/ports/2025/index.html"])] == ["en/releases/2025/harbour-opens/index.html"]
    entries = odd.pages["ar/topics/index.html"].all("//main//li/a")
    assert [entry.text_content().strip() for entry in entries] == sorted(["ماء", "موانئ"])


def test_only_contacts_that_a_published_document_names_are_on_the_front(odd: Built) -> None:
    text = odd.pages["zh-hans/index.html"].text()
    assert "新闻处" in text and "无名处" not in text
    assert not [path for path in odd.paths if b"unnamed@example.org" in odd.read(path)]


def test_a_list_keeps_to_the_newest_thirty_and_says_so(tmp_path: Path) -> None:
    files = {f"releases/2026/new-{n}/index.en.md": f"---\ntitle: New {n}\ndate: 2026-{n % 9 + 1:02}-{n % 28 + 1:02}\n---\nNew.\n" for n in range(40)}
    built = build_files(tmp_path, files)
    page = built.pages["en/releases/index.html"]
    assert len(rows(page)) == 30 and "newest" in page.text()
    archived = [row for path, month in built.pages.items() if re.fullmatch(r"en/releases/2026/\d\d/index\.html", path) for row in rows(month)]
    assert len(set(archived)) == 40


def test_a_site_without_documents_has_its_front_pages(tmp_path: Path) -> None:
    built = build_files(tmp_path, {})
    for lang in ("en", "zh-hans", "ar"):
        assert built.pages[f"{lang}/index.html"].one("//h1") is not None
        assert built.xml(f"{lang}/feed.xml") is not None
    assert not rows(built.pages["en/releases/index.html"])

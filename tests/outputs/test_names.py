"""A person, an office and an organisation, put together as each language does, wherever the engine does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outputs.trees import Built, build_files

SITE = {
    "people.yml": "ana-diaz:\n  names: {en: Ana Díaz, zh-Hans: 安娜·迪亚斯, ar: آنا دياث}\n",
    "releases/2026/rise/index.en.md": (
        "---\ntitle: Rise\ndate: 2026-03-04\nplace: Geneva\n---\nIt rose.\n\n> We measured it.\n>\n> — Ana Díaz | Director, East | Water & Rivers\n\n"
        "> We did.\n> — Bo Li; head of “gauges”\n\n> Nobody said <this>.\n"
    ),
    "releases/2026/rise/index.zh-Hans.md": "---\ntitle: 上涨\ntranslation: official\n---\n涨了。\n\n> 我们测过。\n> ——安娜·迪亚斯 | 局长 | 水务局\n\n> 测了两次。\n> ——李波，站长，水务局\n",
    "releases/2026/rise/index.ar.md": "---\ntitle: ارتفاع\ntranslation: official\n---\nارتفع.\n\n> قسناه.\n> — آنا دياث | المديرة\n",
    "transcripts/2026/forum/index.zh-Hans.md": "---\ntitle: 论坛\ndate: 2026-03-04\n---\n【同期】安娜·迪亚斯 | 局长 | 水务局\n\n水很清。\n",
    "transcripts/2026/forum/index.en.md": "---\ntitle: Forum\ntranslation: official\n---\n[Soundbite] Ana Díaz | Director | Water Agency\n\nThe water is clear.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_files(tmp_path_factory.mktemp("names") / "site", SITE)


def captions(built: Built, page: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in built.pages[page].all("//figure[contains(@class, 'quotation')]/figcaption")]


def test_an_attribution_that_holds_its_parts_apart_is_put_together_and_one_that_is_written_stays(built: Built) -> None:
    assert captions(built, "en/releases/2026/rise/index.html") == ["Ana Díaz, Director, East, Water & Rivers", "Bo Li; head of “gauges”"]
    assert captions(built, "zh-hans/releases/2026/rise/index.html") == ["水务局局长安娜·迪亚斯", "李波，站长，水务局"]
    assert captions(built, "ar/releases/2026/rise/index.html") == ["آنا دياث، المديرة"]


def test_no_reader_sees_the_sign_that_holds_them_apart(built: Built) -> None:
    for path in built.paths:
        if path.endswith((".html", ".md", ".xml")) and "gallery" not in path:
            assert "Díaz |" not in built.read(path).decode() and "迪亚斯 |" not in built.read(path).decode(), path


def test_the_plain_text_says_it_as_the_page_does(built: Built) -> None:
    english, chinese = (built.read(f"{lang}/releases/2026/rise/index.md").decode().replace("\u00a0", " ") for lang in ("en", "zh-hans"))
    assert "> We measured it.\n> — Ana Díaz, Director, East, Water & Rivers\n" in english and "> We did.\n> — Bo Li; head of “gauges”\n" in english
    assert "> 我们测过。\n> — 水务局局长安娜·迪亚斯\n" in chinese and "> — 李波，站长，水务局\n" in chinese
    assert "**水务局局长安娜·迪亚斯**" in built.read("zh-hans/transcripts/2026/forum/index.md").decode()


def test_a_citation_and_the_list_of_speakers_have_the_order_of_the_language(built: Built) -> None:
    page = built.pages["zh-hans/transcripts/2026/forum/index.html"]
    assert [found.text_content() for found in page.all("//p[@class='speaker']")] == ["——水务局局长安娜·迪亚斯"]
    assert [found.text_content() for found in page.all("//*[contains(@class, 'office')]")] == ["水务局局长", "水务局局长"]
    page = built.pages["en/transcripts/2026/forum/index.html"]
    assert [found.text_content() for found in page.all("//*[contains(@class, 'office')]")] == ["Director, Water Agency", "Director, Water Agency"]
    assert "水务局局长" in built.pages["zh-hans/people/ana-diaz/index.html"].text()


def test_the_parts_stay_apart_in_the_data(built: Built) -> None:
    said = built.editions["zh-hans/releases/2026/rise/"]["quotations"][0]
    assert (said["name"], said["role"], said["organisation"]) == ("安娜·迪亚斯", "局长", "水务局")


def test_a_text_ends_with_the_mark_of_its_language(built: Built, tmp_path: Path) -> None:
    for lang, mark in (("en", "###"), ("zh-hans", "（完）"), ("ar", "(انتهى)")):
        (end,) = built.pages[f"{lang}/releases/2026/rise/index.html"].all("//p[@class='end']")
        assert end.text_content() == mark and end.get("role") == "img" and end.get("aria-label")
        text = built.read(f"{lang}/releases/2026/rise/index.md").decode()
        assert text.count(f"\n\n{mark}\n") == 1 and text.endswith(f"{mark}\n")


def test_where_a_language_has_no_mark_nothing_stands_there(demo: Built) -> None:
    for page in demo.pages.values():
        if page.lang == "ru":
            assert not page.all("//p[@class='end']"), page.path

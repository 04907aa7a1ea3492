"""Earlier versions and their notices, in the six languages of the demo."""

from __future__ import annotations

import json

import pytest
from lxml import html

from tests.outputs.trees import Built

FOLDER = "releases/2026/wuhan-open-gauges"
CHANGED = {
    "en": ("five", "seven"), "zh-Hans": ("五", "七"), "fr": ("cinq", "sept"), "es": ("cinco", "siete"), "ru": ("пяти", "семи"), "ar": ("خمسة", "سبعة"),
}  # fmt: skip


def place(lang: str) -> str:
    return f"{lang.lower()}/{FOLDER}/"


def texts(element: html.HtmlElement, tag: str) -> list[str]:
    return [found.text_content() for found in element.xpath(f".//{tag}")]


@pytest.mark.parametrize("lang", CHANGED)
def test_what_was_changed_reads_as_whole_words_in_every_language(demo: Built, lang: str) -> None:
    (difference,) = demo.pages[f"{place(lang)}v/1/index.html"].all("//div[@class='difference']")
    assert (texts(difference, "del"), texts(difference, "ins")) == ([CHANGED[lang][0]], [CHANGED[lang][1]])


@pytest.mark.parametrize("lang", CHANGED)
def test_a_note_stands_in_the_language_of_its_page_and_nowhere_else(demo: Built, lang: str) -> None:
    (change,) = demo.data(f"{place(lang)}index.json")["corrections"]
    assert change["note"] in demo.pages[f"{place(lang)}index.html"].text()
    assert change["note"] in demo.read(f"{place(lang)}index.md").decode()
    assert change["note"] in demo.read(f"{lang.lower()}/corrections/feed.xml").decode()
    assert not [other for other in CHANGED if other != lang and change["note"].encode() in demo.read(f"{other.lower()}/corrections/index.html")]


@pytest.mark.parametrize("lang", CHANGED)
def test_machines_are_told_of_the_correction(demo: Built, lang: str) -> None:
    page = demo.pages[f"{place(lang)}index.html"]
    (change,) = demo.data(f"{place(lang)}index.json")["corrections"]
    said = json.loads(page.one("//script[@type='application/ld+json']").text)
    assert said["correction"] == [{"@type": "CorrectionComment", "text": change["note"], "datePublished": "2026-10-08T09:30:00+08:00"}]
    assert page.all("//meta[@property='article:modified_time']/@content") == [said["dateModified"]] == ["2026-10-08T01:30:00+00:00"]


def test_every_link_to_an_earlier_version_of_a_passage_finds_it(demo: Built) -> None:
    seen = 0
    for folder, data in demo.editions.items():
        for change in data.get("corrections", []):
            for gone in change["retired"]:
                assert gone["id"] in demo.pages[f"{folder}v/{gone['version']}/index.html"].ids()
                assert gone["id"] not in {passage.get("id") for passage in demo.pages[f"{folder}index.html"].all("//p")}
                seen += 1
    assert seen == len(CHANGED)


def test_a_picture_whose_bytes_are_the_same_is_shown_in_the_earlier_version(demo: Built) -> None:
    page = demo.pages[f"{place('en')}v/1/index.html"]
    assert page.all("//figure//img/@src") == ["../../../../../../releases/2026/wuhan-open-gauges/gauges.png"]
    assert page.all("//section[contains(@class, 'files')]//a/@href") == page.all("//figure//img/@src")


@pytest.mark.parametrize("lang", CHANGED)
def test_an_earlier_version_is_there_for_programs_as_it_was(demo: Built, lang: str) -> None:
    now, was = demo.data(f"{place(lang)}index.json"), demo.data(f"{place(lang)}v/1/index.json")
    assert (was["version"], was["until"], was["current"]) == (1, "2026-10-08T09:30:00+08:00", now["url"])
    assert was["url"] == f"{now['url']}v/1/" and was["id"] == now["id"] and not {"corrections", "kit"} & was.keys() and "kit" in now
    retired = {gone["id"] for change in now["corrections"] for gone in change["retired"]}
    assert retired and retired == {passage["id"] for passage in was["passages"]} - {passage["id"] for passage in now["passages"]}
    assert {passage["id"] for passage in was["passages"]} <= set(demo.pages[f"{place(lang)}v/1/index.html"].ids())

"""A word that is longer than its line is broken, wherever it stands: what sticks out of the page is cut off, and nobody would know."""

from __future__ import annotations

from typing import Any

import pytest

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftspräsident"
PLACES = {
    "": (
        ".lead .headline a", ".row .headline a", ".row .place", ".transcripts .headline a", ".contact h3", ".contact dd", ".footer .nameplate", ".footer li a",
    ),
    "people/mireille-aubanel/": ("h1", ".names li", ".offices .name", ".held-in", ".said figcaption a", ".said blockquote p", ".trail a"),
    "people/": (".index a",),
    "corrections/": (".headline a", ".summary"),
    "releases/2026/wuhan-open-gauges/": (
        "h1", ".subhead", ".slug .place", ".status .reason", ".figure .credit", "figcaption p", ".downloads a", ".topics a", ".prose h2", ".history li p",
    ),
    "releases/2026/wuhan-open-gauges/with/zh-hans/": (".side > .correction .reason", "h1 .side + .side"),
    "releases/2026/wuhan-open-gauges/v/1/": (".version a", ".files a"),
    "transcripts/2026/jiangkou-ferry/": (".speaker .name a", ".speakers .name a", ".speakers .office", ".slug .event"),
    "transcripts/2026/jiangkou-ferry/with/zh-hans/": (".side > .speaker .name bdi", ".side > .speaker .segment"),
    "transcripts/2020/internet-development-forum/": (".colophon dt", ".colophon dd", ".status li", ".appendix .prose"),
}  # fmt: skip
SPILT = """([place, word]) => {
    const element = document.querySelector(place), range = document.createRange(), { left, right } = document.querySelector('main').getBoundingClientRect();
    if (!element) return place;
    element.textContent = word;
    range.selectNodeContents(element);
    return [...range.getClientRects()].some(box => box.width && (box.right > right + 1 || box.left < left - 1));
}"""


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("path", PLACES)
def test_a_long_word_is_broken_on_every_screen(page: Any, address: str, lang: str, path: str) -> None:
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}/{lang}/{path}")
        assert [place for place in PLACES[path] if page.evaluate(SPILT, [place, WORD])] == [], width


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_label_of_a_long_address_stands_beside_its_first_line(page: Any, address: str, lang: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{address}/{lang}/")
    label, mail = page.locator(".contact dl > div:has([href^='mailto:'])").first.locator("dt, dd a").all()
    line = label.bounding_box()
    mail.evaluate("(element, word) => element.replaceChildren(word)", f"{WORD}@example.org")
    assert mail.bounding_box()["height"] > 2 * line["height"]
    assert label.bounding_box()["y"] == pytest.approx(line["y"], abs=1)

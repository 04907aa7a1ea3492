"""Finished pages in a browser: nothing is asked of another host, nothing complains, nothing is wider than the screen."""

from __future__ import annotations

from typing import Any

import pytest

from tests import shapes
from tests.browser.conftest import Visit, is_apart, stand_in
from tests.newsroom import LANGUAGES, Trees, folder_of

WIDTHS = (320, 360, 768, 1440)
APART = "apart"
PLACES = (*LANGUAGES.values(), APART)


@pytest.fixture(scope="module")
def chosen(trees: Trees) -> dict[str, list[str]]:
    """The pages that stand for all others, by the folder of their language; the one without and those that are opened apart by themselves."""
    found: dict[str, list[str]] = {place: [] for place in PLACES}
    for path in shapes.representatives(trees.public):
        found[APART if is_apart(trees.public, path) else folder_of(path) or APART].append(path)
    return found


@pytest.fixture(scope="module")
def context(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def page(context: Any) -> Any:
    page = context.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("place", PLACES)
def test_pages_say_nothing_to_the_console_and_ask_nothing_of_another_host(
    page: Any, visit: Visit, trees: Trees, address: str, chosen: dict[str, list[str]], place: str
) -> None:
    own = [f"{address}/"]
    if place == APART:
        stand_in(page, trees.public, trees.url)
        own.append(f"{trees.url}/")
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: said.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    for path in chosen[place]:
        visit(page, path)
        assert said == [], path
    assert len(asked) > len(chosen[place])
    assert [url for url in asked if not url.startswith(tuple(own))] == []


@pytest.mark.parametrize("place", PLACES)
def test_no_page_is_wider_than_the_screen(page: Any, visit: Visit, trees: Trees, chosen: dict[str, list[str]], place: str) -> None:
    stand_in(page, trees.public, trees.url)
    for path in chosen[place]:
        visit(page, path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(
                """() => [document.scrollingElement.scrollWidth, document.documentElement.clientWidth,
                    [...document.querySelectorAll('body *')].filter(e => {
                        const box = e.getBoundingClientRect();
                        return box.width && (box.right > innerWidth + 1 || box.left < -1) && !e.closest('.table, pre, .skip, .unseen, .passage')
                            && getComputedStyle(e).position !== 'absolute';
                    }).slice(0, 3).map(e => e.outerHTML.slice(0, 120))]"""
            )
            assert found[0] <= found[1] and found[2] == [], (path, width, found)


def test_an_arabic_page_starts_at_the_right(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    for lang, is_right in (("ar", True), ("en", False)):
        page.goto(f"{address}/{lang}/releases/2026/low-water-report/")
        name, menu = (page.locator(f".masthead {part}").first.bounding_box() for part in (".nameplate a", ".languages"))
        middle = name["x"] + name["width"] / 2
        assert (middle > 720) == is_right
        assert (name["x"] > menu["x"]) == is_right
        text = page.locator("main .text p").first
        assert text.evaluate("e => getComputedStyle(e).direction") == ("rtl" if is_right else "ltr")
        assert text.evaluate("e => getComputedStyle(e).textAlign") in ("start", "right" if is_right else "left", "justify")


def test_the_language_menu_leads_to_the_same_page_in_that_language(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}/en/transcripts/2020/internet-development-forum/")
    page.locator(".masthead .languages a[hreflang='ar']").click()
    page.wait_for_url(f"{address}/ar/transcripts/2020/internet-development-forum/")
    assert page.evaluate("document.documentElement.dir") == "rtl"


def test_a_passage_is_found_by_its_fingerprint(page: Any, address: str) -> None:
    page.goto(f"{address}/en/releases/2026/low-water-report/")
    id = page.locator("main [id^='q-']").last.get_attribute("id")
    page.goto(f"{address}/en/releases/2026/low-water-report/#{id}")
    assert page.evaluate("document.querySelector(':target').id") == id
    # The page's policy lets no string be evaluated, so it is asked again and again from here.
    for _ in range(40):
        if page.locator(f"#{id}").evaluate("e => e.getBoundingClientRect().top < innerHeight"):
            return
        page.wait_for_timeout(50)
    pytest.fail("the page does not go to the passage")


def test_everything_is_there_without_javascript(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    bare = context.new_page()
    bare.goto(f"{address}/en/")
    assert bare.locator("main a").count() > 5 and bare.locator("h1").count() == 1
    context.close()


def test_every_sheet_of_a_print_has_a_running_head_and_none_of_the_apparatus(page: Any, address: str) -> None:
    page.goto(f"{address}/en/releases/2026/low-water-report/")
    page.emulate_media(media="print")
    # A table's head group is what browsers repeat on every sheet, if it does not break.
    style = "e => [getComputedStyle(e).display, getComputedStyle(e).breakInside, getComputedStyle(e.parentElement).display]"
    assert page.locator(".running").evaluate(style) == ["table-header-group", "avoid", "table"]
    shown = page.evaluate("[...document.querySelectorAll('nav, .skip, .citation, button, .downloads, .footer ul')].filter(e => e.checkVisibility()).length")
    assert shown == 0
    page.emulate_media(media="screen")
    assert not page.locator(".running").is_visible()

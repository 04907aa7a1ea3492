"""A translation beside its original in a browser: two columns on a wide screen and in print, one after the other on a phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pressroom.build import build
from pressroom.commands import builds
from tests.browser.conftest import Serve
from tests.sites import REPOSITORY

SIDES = (
    "zh-hans/releases/2026/low-water-report/with/en/", "ar/transcripts/2026/low-water-press-conference/with/en/", "en/releases/2026/wuhan-open-gauges/with/zh-hans/",
    "en/releases/2026/mediterranean-harbour-atlas/with/ar/", "ru/transcripts/2020/internet-development-forum/with/zh-hans/",
)  # fmt: skip
BOXES = """() => [...document.querySelectorAll('.pair')].map(pair => [...pair.querySelectorAll(':scope > .side')].map(side => {
    const box = side.getBoundingClientRect();
    return [box.left, box.right, box.top, box.bottom];
}))"""


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    root = tmp_path_factory.mktemp("demo")
    build(replace(builds.read(REPOSITORY), root=str(root), output=str(root / "output")), datetime(2026, 12, 1, 12, tzinfo=UTC))
    return serve(root / "output")


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=True)
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


def at(page: Any, address: str, path: str, width: int) -> list[list[list[float]]]:
    """The boxes of the cells of every row: left, right, top, bottom."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/{path}")
    return page.evaluate(BOXES)


@pytest.mark.parametrize("path", SIDES)
@pytest.mark.parametrize("width", [1280, 1920])
def test_on_a_wide_screen_the_two_begin_at_the_same_height_the_original_at_the_beginning_of_the_line(page: Any, address: str, path: str, width: int) -> None:
    rows = at(page, address, path, width)
    assert len(rows) > 8
    for first, second in rows:
        assert first[2] == second[2]
        assert first[0] >= second[1] if path.startswith("ar/") else first[1] <= second[0]
    (texts,) = {
        tuple(page.eval_on_selector_all(".pair.tongues > .side", "cells => cells.map(e => Math.round(parseFloat(getComputedStyle(e).width)"
        " - parseFloat(getComputedStyle(e).paddingInlineStart) - parseFloat(getComputedStyle(e).borderInlineStartWidth)))"))
    }  # fmt: skip
    assert abs(texts[0] - texts[1]) <= 1


@pytest.mark.parametrize("path", SIDES)
def test_on_a_phone_each_passage_is_followed_by_its_translation_which_is_set_apart(page: Any, address: str, path: str) -> None:
    rows = at(page, address, path, 360)
    tops = [cell[2] for row in rows[1:] for cell in row]
    assert tops == sorted(tops) and len(set(tops)) > len(tops) * 0.9
    for first, second in rows[1:]:
        assert first[3] <= second[2] + 1
    for border, inset in page.eval_on_selector_all(
        ".pair > .side + .side", "cells => cells.map(e => [e, getComputedStyle(e)]).map(([_, s]) => [s.borderInlineStartWidth, s.paddingInlineStart])"
    ):
        assert border == "3px" and inset == "16px"


@pytest.mark.parametrize("path", SIDES)
def test_nothing_is_wider_than_the_screen(page: Any, address: str, path: str) -> None:
    for width in (320, 768, 960, 1920):
        at(page, address, path, width)
        found = page.evaluate(
            """() => [document.scrollingElement.scrollWidth - document.documentElement.clientWidth,
                [...document.querySelectorAll('body *')].filter(e => {
                    const box = e.getBoundingClientRect();
                    return box.width && (box.right > innerWidth + 1 || box.left < -1) && !e.closest('.table, pre, .skip, .unseen, .passage')
                        && getComputedStyle(e).position !== 'absolute';
                }).slice(0, 3).map(e => e.outerHTML.slice(0, 120))]"""
        )
        assert found[0] <= 0 and found[1] == [], (path, width, found)


def test_in_print_there_are_two_columns_and_the_heads_do_not_move(page: Any, address: str) -> None:
    page.emulate_media(media="print")
    rows = at(page, address, SIDES[0], 700)
    page_position = page.eval_on_selector(".tongues", "e => getComputedStyle(e).position")
    page.emulate_media(media="screen")
    assert all(first[2] == second[2] and first[1] <= second[0] for first, second in rows)
    assert page_position == "static"


def test_each_side_has_the_type_of_its_own_language(page: Any, address: str) -> None:
    at(page, address, SIDES[1], 1280)
    sizes = {
        lang: page.locator(f"div.side[lang='{lang}'] p").nth(3).evaluate("e => [getComputedStyle(e).fontSize, getComputedStyle(e).direction]") for lang in ("en", "ar")
    }
    assert sizes == {"en": ["18px", "ltr"], "ar": ["20px", "rtl"]}


@pytest.mark.parametrize("width", [360, 1280])
def test_what_has_the_focus_is_never_under_the_heads(page: Any, address: str, width: int) -> None:
    at(page, address, SIDES[0], width)
    page.evaluate("document.scrollingElement.scrollTo(0, document.scrollingElement.scrollHeight)")
    links = page.locator("a.passage")
    links.last.focus()
    for _ in range(links.count() * 2):
        page.keyboard.press("Shift+Tab")
        # Scrolling may be smooth: asked again until it has come to rest.
        for _ in range(40):
            top, heads = page.evaluate(
                "() => [document.activeElement.getBoundingClientRect().bottom, document.querySelector('.tongues').getBoundingClientRect().bottom]"
            )
            if top > heads or page.evaluate("document.activeElement.closest('.tongues, header, .skip') !== null"):
                break
            page.wait_for_timeout(25)
        else:
            pytest.fail(page.evaluate("document.activeElement.outerHTML"))


def test_it_needs_no_javascript_and_asks_nothing_of_another_host(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    said: list[str] = []
    bare.on("console", lambda message: said.append(message.text))
    bare.on("request", lambda request: said.append(request.url) if not request.url.startswith(address) else None)
    for path in SIDES:
        bare.goto(f"{address}/{path}")
        assert bare.locator("script[src]").count() == 0 and bare.locator(".pair").count() > 8
    assert said == []
    context.close()


def test_a_reader_goes_from_the_original_to_both_and_from_there_to_a_passage(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/en/releases/2026/low-water-report/")
    page.locator(".pairs a[lang='ar']").click()
    page.wait_for_url(f"{address}/ar/releases/2026/low-water-report/with/en/")
    page.locator(".pair div.side[lang='en'] a.passage").first.click()
    page.wait_for_url(f"{address}/en/releases/2026/low-water-report/#q-*")
    assert page.evaluate("document.querySelector(':target') !== null")
    page.goto(f"{address}/ar/releases/2026/low-water-report/")
    page.locator(".status a[href='with/en/']").click()
    page.wait_for_url(f"{address}/ar/releases/2026/low-water-report/with/en/")

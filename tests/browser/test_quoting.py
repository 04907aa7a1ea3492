"""Quoting in a browser: by mouse, keyboard and selection, in the page's language; and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pressroom.build import build
from pressroom.commands import builds
from tests.browser.conftest import Serve
from tests.sites import REPOSITORY

REPORT = "releases/2026/low-water-report/"
URL = "https://press.example.org"


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    root = tmp_path_factory.mktemp("quoting")
    build(replace(builds.read(REPOSITORY), root=str(root), output=str(root / "output")), datetime(2026, 12, 1, 12, tzinfo=UTC))
    return serve(root / "output")


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    context.set_default_timeout(5000)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    assert page.said == []
    context.close()


def clipboard(page: Any) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def pressed(page: Any, name: str) -> str:
    page.get_by_role("button", name=name).press("Enter")
    page.locator("[role=status]:not(:empty)").wait_for()
    return clipboard(page)


def select(page: Any, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Selects from a passage and character to another."""
    page.evaluate(
        """([[p, from], [q, to]]) => {
            const passages = document.querySelectorAll("main .prose > p[id^='q-']"), range = document.createRange();
            const text = (passage) => [...passage.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
            range.setStart(text(passages[p]), from); range.setEnd(text(passages[q]), to);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        [first, last],
    )
    page.locator(".selection-tools").wait_for()


def test_a_quote_is_copied_with_speaker_event_date_and_address(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{REPORT}")
    said = page.locator("figure.quotation .citation").first
    said.locator("summary").click()
    lines = pressed(page, "Copy quote").split("\n")
    assert lines[0].startswith("“") and lines[0].endswith("”") and lines[0].count("“") == 1
    assert lines[1].startswith("— Mireille Aubanel, ") and lines[2] == "Low-water report 2026, November 18, 2026"
    id = said.evaluate("e => e.previousElementSibling.id")
    assert lines[3:] == [f"{URL}/en/{REPORT}#{id}"]
    assert pressed(page, "Copy link") == f"{URL}/en/{REPORT}#{id}"


def test_a_translation_is_copied_with_the_originals_words_in_each_languages_marks(page: Any, address: str) -> None:
    for lang, quote, marks in (("ar", "نسخ الاقتباس", "«»"), ("zh-hans", "复制引文", "“”"), ("fr", "Copier la citation", "«»")):
        page.goto(f"{address}/{lang}/{REPORT}")
        page.locator(".citation summary").first.click()
        lines = pressed(page, quote).split("\n")
        assert (lines[0][0], lines[0][-1]) == tuple(marks) and lines[-2][0] + lines[-2][-1] == "“”" and len(lines) == 6
        assert "Half of the gauges" in lines[-2]
        if lang == "fr":
            assert lines[0].startswith("«\u202f") and lines[0].endswith("\u202f»")


def test_every_citation_is_reached_and_opened_by_keyboard_in_the_order_of_the_text(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{REPORT}")
    count = page.locator(".citation").count()
    seen = []
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('summary')"):
            seen.append(page.evaluate("[...document.querySelectorAll('summary')].indexOf(document.activeElement)"))
    assert seen[:count] == list(range(count))
    page.locator("summary").first.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).opacity") == "1"
    page.keyboard.press("Enter")
    page.locator("details[open] [data-copy=quote]").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.copy") == "quote"


def test_one_citation_is_open_at_a_time(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{REPORT}")
    for number in (0, 3):
        page.locator(".citation summary").nth(number).click()
    assert page.locator(".citation[open]").count() == 1


def test_selected_words_are_copied_in_marks_with_the_lines_of_their_passage(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{REPORT}")
    select(page, (0, 0), (0, 19))
    lines = pressed(page, "Copy quote").split("\n")
    assert lines == [
        "“Half of the gauges”", "— Rivers and Harbours Observatory", "Low-water report 2026, November 18, 2026",
        f"{URL}/en/{REPORT}#{page.locator('main .prose > p').first.get_attribute('id')}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "words", "chosen", "quoted"),
    [
        ("en", "“The river rose,” she said.", "“The river rose,”", "“The river rose,”"),
        ("en", "“The river rose,” she said.", "The river rose,”", "“The river rose,”"),
        ("en", "“The river rose,” she said.", "river rose,” she said.", "“‘river rose,’ she said.”"),
        ("en", "She said: “The river rose.”", "said: “The river", "“said: ‘The river’”"),
        ("en", "“It rose,” she said. “Twice.”", "rose,” she said. “Twice", "“‘rose,’ she said. ‘Twice’”"),
        ("fr", "Le mot «\u202fcrue\u202f» dit tout.", "Le mot «\u202fcrue\u202f» dit tout.", "«\u202fLe mot “crue” dit tout.\u202f»"),
        ("fr", "«\u202fElle monte.\u202f»", "«\u202fElle monte.\u202f»", "«\u202fElle monte.\u202f»"),
    ],
)  # fmt: skip
def test_marks_among_selected_words_are_paired_and_give_way(page: Any, address: str, lang: str, words: str, chosen: str, quoted: str) -> None:
    page.goto(f"{address}/{lang}/{REPORT}")
    page.evaluate(
        """(words) => {
            const passage = document.querySelector("main .prose > p[id^='q-']");
            [...passage.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()).data = words;
        }""",
        words,
    )
    start = words.index(chosen)
    select(page, (0, start), (0, start + len(chosen)))
    assert pressed(page, {"en": "Copy quote", "fr": "Copier la citation"}[lang]).split("\n")[0] == quoted


def test_a_selection_over_several_passages_has_no_apparatus_in_it(page: Any, address: str) -> None:
    page.goto(f"{address}/fr/{REPORT}")
    page.locator(".citation summary").first.click()
    select(page, (0, 10), (1, 12))
    page.locator(".selection-tools [data-copy=quote]").click()
    page.locator(".selection-tools [role=status]:not(:empty)").wait_for()
    text = clipboard(page)
    assert "Citer le passage" not in text and "Genève, le 18" not in text
    assert text.count("«\u202f") == 1 and text.count(URL) == 1 and text.count("“") == 2


def test_what_is_selected_outside_passages_offers_nothing(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{REPORT}")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.contact'))")
    page.wait_for_timeout(300)
    assert page.locator(".selection-tools").count() == 0


def test_the_passage_that_an_address_names_is_marked_and_shows_its_control(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{REPORT}")
    id = page.locator("main p[id^='q-']").nth(2).get_attribute("id")
    page.goto(f"{address}/en/{REPORT}#{id}")
    marked = page.locator(f"#{id}")
    assert marked.evaluate("e => getComputedStyle(e).backgroundColor") != page.locator("main p[id^='q-']").nth(1).evaluate("e => getComputedStyle(e).backgroundColor")
    assert marked.evaluate("e => getComputedStyle(e.nextElementSibling.firstElementChild).opacity") == "1"


def test_the_control_lies_over_no_words(page: Any, address: str) -> None:
    for lang in ("en", "zh-hans", "ar"):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{address}/{lang}/{REPORT}")
            over = page.evaluate(
                """() => [...document.querySelectorAll('.citation')].filter((citation) => {
                    const box = citation.firstElementChild.getBoundingClientRect(), range = document.createRange();
                    const words = citation.previousElementSibling ?? citation.parentElement;
                    const room = words.querySelector('.room') ?? citation.previousElementSibling;
                    range.selectNodeContents(words);
                    range.setEndBefore(room);
                    return [...range.getClientRects()].some((line) => line.width && line.left < box.right - 1 && line.right > box.left + 1
                        && line.top < box.bottom - 4 && line.bottom > box.top + 4);
                }).map((citation) => citation.previousElementSibling?.textContent)"""
            )
            assert over == [], (lang, width)


def test_without_a_script_the_citation_opens_in_place_and_no_button_is_there(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(f"{address}/en/{REPORT}")
    bare.locator(".citation summary").first.click()
    assert bare.locator(".citation .words").first.is_visible() and bare.locator("button").count() == 0
    context.close()

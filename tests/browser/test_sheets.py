"""What is wider than a phone, and what does not fit on a sheet of paper: tables, pictures, addresses, and voices that one sheet could hold."""

from __future__ import annotations

from datetime import UTC, datetime
from textwrap import indent
from typing import Any

import pytest
from PIL import Image

from pressroom.build import build
from pressroom.commands import builds
from tests.sites import make_site

COLUMNS = (3, 7, 9, 12, 16)
CELLS = {
    "en": ("Nussdorf", "The main tributaries above the mouth", "3.2 m", "automatic", "none"),
    "ar": ("فيينا", "الروافد الرئيسية فوق المصب", "3.2 m", "تلقائي", "لا شيء"),
    "zh-Hans": ("努斯多夫站", "多瑙河及其主要支流", "三点二米", "自动观测", "没有备注"),
}
DEEP = """\
| left | middle | right |
|:-----|:------:|------:|
| 1    | 2      | 3     |
"""
# 166 by 253 millimetres of a sheet of A4 are inside its margins.
SHEET = {"width": 627, "height": 956}
LINES = "[...document.querySelectorAll('.table :is(th, td)')]"


def tables(lang: str) -> str:
    cells = CELLS[lang]
    rows = ["| " + " | ".join(cells[(row + at) % len(cells)] for at in range(16)) + " |" for row in range(3)]
    return "\n\n".join("\n".join(["|".join(row.split("|")[: count + 1]) + "|" for row in (rows[0], "| --- " * 16 + "|", *rows[1:])]) for count in COLUMNS)


@pytest.fixture(scope="module")
def page(browser: Any, serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("sheets")
    link = "(https://example.org/a/)"
    body = {"en": f"See [a page]{link}.", "ar": f"انظر [صفحة]{link}.", "zh-Hans": f"见[网页]{link}。"}
    head = {lang: "date: 2026-03-04" if lang == "en" else "translation: official" for lang in body}
    said = "[Narration] One.\n\n[Soundbite] Ana Díaz | Director\n\nOne.\n\nTwo.\n\n[Soundbite] Ana Díaz | Director\n\nOne.\n\nTwo.\n\nThree.\n"
    files = {
        f"releases/2026/wide/index.{lang}.md": f"---\ntitle: Wide\n{head[lang]}\n---\n{text}\n\n{tables(lang)}\n" for lang, text in body.items()
    }
    files["releases/2026/wide/index.en.md"] += "\n![High](high.png)\n\n![Small](small.png)\n"
    table = tables("en").split("\n\n")[2]
    deep = "\n\n".join((DEEP, indent(table, "> "), "- An item", indent(table, "    ")))
    files["releases/2026/deep/index.en.md"] = f"---\ntitle: Deep\ndate: 2026-03-06\nnotes: |\n{indent(table, '  ')}\n---\n{deep}\n"
    files["transcripts/2026/said/index.en.md"] = f"---\ntitle: Said\ndate: 2026-03-05\n---\n{said}"
    files["transcripts/2026/said/index.ar.md"] = f"---\ntitle: قيل\ntranslation: official\n---\n{said.replace('Three.', '')}"
    make_site(root, files)
    Image.linear_gradient("L").resize((500, 1500)).save(root / "content/releases/2026/wide/high.png")
    Image.linear_gradient("L").resize((80, 40)).save(root / "content/releases/2026/wide/small.png")
    build(builds.read(root), datetime(2026, 6, 1, 12, tzinfo=UTC))
    context = browser.new_context()
    opened = context.new_page()
    opened.site = serve(root / "output")
    yield opened
    context.close()


def on_paper(page: Any, path: str) -> None:
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    page.goto(f"{page.site}/{path}/")


def test_no_column_of_a_chinese_table_is_a_column_of_single_characters(page: Any) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{page.site}/zh-hans/releases/2026/wide/")
    high = f"{LINES}.filter(e => e.clientHeight > (e.tagName == 'TH' ? 2 : 4) * parseFloat(getComputedStyle(e).lineHeight)).map(e => e.textContent)"
    assert page.evaluate(high) == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("lang", CELLS)
def test_every_column_of_a_wide_table_is_on_the_sheet(page: Any, lang: str) -> None:
    on_paper(page, f"{lang.lower()}/releases/2026/wide")
    assert page.locator(".table").count() == len(COLUMNS)
    cut = f"{LINES}.map(e => e.getBoundingClientRect()).filter(box => box.left < -1 || box.right > innerWidth + 1).length"
    assert page.evaluate(cut) == 0
    assert page.locator(".table").evaluate_all("tables => tables.map(e => getComputedStyle(e).overflowX)") == ["visible"] * len(COLUMNS)


def test_side_by_side_no_table_is_printed_over_the_other_text(page: Any) -> None:
    on_paper(page, "ar/releases/2026/wide/with/en")
    spilt = """tables => tables.filter(e => {
        const side = e.closest('.side').getBoundingClientRect(), box = e.firstElementChild.getBoundingClientRect();
        return box.left < side.left - 1 || box.right > side.right + 1;
    }).length"""
    assert page.locator(".side .table").count() == 2 * len(COLUMNS)
    assert page.locator(".side .table").evaluate_all(spilt) == 0


def test_a_picture_higher_than_a_sheet_is_printed_whole_and_in_its_form(page: Any) -> None:
    on_paper(page, "en/releases/2026/wide")
    high, small = page.locator(".prose figure img").all()
    for picture in (high, small):
        picture.scroll_into_view_if_needed()
        picture.evaluate("e => e.decode()")
    assert high.bounding_box()["height"] < SHEET["height"] * 0.75
    assert high.bounding_box()["height"] / high.bounding_box()["width"] == pytest.approx(3, rel=0.02)
    assert (small.bounding_box()["width"], small.bounding_box()["height"]) == pytest.approx((80, 40), abs=1)


@pytest.mark.parametrize(("lang", "opens"), [("en", " <"), ("zh-hans", " <"), ("ar", " \u2066<")])
def test_a_printed_address_reads_from_left_to_right(page: Any, lang: str, opens: str) -> None:
    on_paper(page, f"{lang}/releases/2026/wide")
    link = page.locator(".text > .prose a[href^='https://example.org']").first
    assert link.evaluate("e => getComputedStyle(e, '::after').content")== f'"{opens}https://example.org/a/>"'


def test_what_one_sheet_holds_stays_together_and_what_is_longer_begins_where_there_is_room(page: Any) -> None:
    breaks = "elements => elements.map(e => getComputedStyle(e).breakInside)"
    on_paper(page, "en/transcripts/2026/said")
    assert page.locator(".voice").evaluate_all(breaks) == ["avoid", "avoid", "auto"]
    on_paper(page, "ar/transcripts/2026/said/with/en")
    rows = page.locator(".pair:not(.tongues)")
    assert set(rows.evaluate_all(breaks)) == {"avoid", "auto"}
    assert set(page.locator(".pair:has(> .whole)").evaluate_all(breaks)) == {"auto"}
    on_paper(page, "en/people/ana-diaz")
    assert set(page.locator(".said > figure").evaluate_all(breaks)) == {"auto"}


def test_a_column_is_set_to_the_side_that_its_rule_says(page: Any) -> None:
    page.goto(f"{page.site}/en/releases/2026/deep/")
    for cells in ("th", "td"):
        sides = page.locator(f".table {cells}").evaluate_all("cells => cells.slice(0, 3).map(e => getComputedStyle(e).textAlign)")
        assert sides == ["start", "center", "end"], cells


def test_a_table_in_a_quotation_a_list_or_the_notes_is_scrolled_by_itself_and_printed_whole(page: Any) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{page.site}/en/releases/2026/deep/")
    tables = page.locator(".prose table:not(.table > table)")
    assert tables.evaluate_all("tables => tables.map(e => e.scrollWidth > e.clientWidth && e.getBoundingClientRect().right <= innerWidth)") == [True] * 3
    lines = """cells => cells.filter(e => e.textContent == 'automatic').map(e => {
        const range = document.createRange();
        range.selectNodeContents(e);
        return range.getClientRects().length;
    })"""
    assert set(tables.locator("td, th").evaluate_all(lines)) == {1}
    on_paper(page, "en/releases/2026/deep")
    outside = "cells => cells.map(e => e.getBoundingClientRect()).filter(box => box.right > innerWidth + 1).length"
    assert tables.locator("td, th").evaluate_all(outside) == 0


@pytest.mark.parametrize("path", ["releases", "people", "transcripts/2026/said"])
def test_a_title_begins_where_the_text_below_it_does(page: Any, path: str) -> None:
    on_paper(page, f"en/{path}")
    page.set_viewport_size({"width": 794, "height": 1123})
    title, text = page.locator("h1").bounding_box(), page.locator(".rows, .index.text a, .voice.narration .prose").first.bounding_box()
    assert title["x"] == pytest.approx(text["x"], abs=1)

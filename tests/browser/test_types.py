"""Words in another language than their page's have the type of their own: its fonts, its size, its leading."""

from __future__ import annotations

from typing import Any

import pytest

CONFERENCE = "transcripts/2026/low-water-press-conference"
SPANISH, LATIN = "barranquilla-dredging-log", "Iowan Old Style"
TYPE = "e => { const style = getComputedStyle(e); return [style.fontSize, style.lineHeight, style.fontFamily.split(',')[0].replaceAll('\"', '')]; }"


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def types(page: Any, address: str, selector: str) -> tuple[Any, ...]:
    page.goto(address)
    return tuple(page.locator(selector).first.evaluate(TYPE))


@pytest.mark.parametrize("lang", ["zh-hans", "ar"])
def test_the_original_of_a_quotation_is_set_as_on_its_own_page(page: Any, address: str, lang: str) -> None:
    own = types(page, f"{address}/en/{CONFERENCE}/", ".voice .citation .words")
    assert types(page, f"{address}/{lang}/{CONFERENCE}/", ".voice .citation .original") == own
    assert own[2] == LATIN


@pytest.mark.parametrize("part", [".headline", ".summary"])
def test_a_row_in_another_language_is_as_large_and_as_dense_as_on_its_own_page(page: Any, address: str, part: str) -> None:
    row = f".row:has(a[href*='{SPANISH}']) {part}"
    own = types(page, f"{address}/es/releases/2026/", row)
    assert own[2] == LATIN
    for lang in ("zh-hans", "ar"):
        found = types(page, f"{address}/{lang}/releases/2026/", row)
        assert found[:2] == own[:2], lang
        assert types(page, f"{address}/{lang}/releases/2026/", f"{row} bdi[lang='es']")[2] == LATIN


@pytest.mark.parametrize(("lang", "current"), [("en", "Press releases"), ("ar", "بيانات صحفية")])
def test_where_colours_are_forced_the_section_one_is_in_still_shows(page: Any, address: str, lang: str, current: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{address}/{lang}/releases/")
    lines = page.locator(".sections a").evaluate_all("links => links.filter(e => getComputedStyle(e).textDecorationLine == 'underline').map(e => e.textContent)")
    page.emulate_media(forced_colors="none")
    assert lines == [current]


@pytest.mark.parametrize("lang", ["en", "zh-hans", "fr", "es", "ru", "ar"])
def test_what_a_filter_of_the_search_begins_with_is_shown_whole(page: Any, address: str, lang: str) -> None:
    page.goto(f"{address}/{lang}/search/")
    # What is written is measured by itself, and the arrow beside it needs its room.
    cut = """selects => selects.filter(e => {
        const brush = document.createElement('canvas').getContext('2d'), style = getComputedStyle(e);
        brush.font = style.font;
        return brush.measureText(e.options[0].text).width + 18 > e.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
    }).map(e => e.options[0].text)"""
    assert page.locator(".filters select").evaluate_all(cut) == []


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_what_is_said_of_a_translation_stands_on_one_line(page: Any, address: str, lang: str) -> None:
    page.goto(f"{address}/{lang}/{CONFERENCE}/")
    feet = page.locator(".status.translation li").evaluate_all("""items => items.slice(0, 3).map(e => {
        const range = document.createRange();
        range.selectNodeContents(e);
        return [...range.getClientRects()].findLast(box => box.width).bottom;
    })""")
    assert len(feet) == 3 and feet == pytest.approx([feet[0]] * 3, abs=0.5)


def test_a_quotation_in_an_attributed_one_is_no_larger_and_has_a_line_of_its_own(page: Any, address: str) -> None:
    page.goto(f"{address}/en/releases/2026/wuhan-open-gauges/")
    quotation = page.locator("figure.quotation > blockquote").first
    inner = quotation.evaluate_handle("e => e.appendChild(Object.assign(document.createElement('blockquote'), {textContent: 'Who said so?'}))")
    style = "e => { const style = getComputedStyle(e); return [style.fontSize, parseFloat(style.borderInlineStartWidth)]; }"
    (outer, none), (within, line) = quotation.evaluate(style), inner.evaluate(style)
    assert (within, none) == (outer, 0) and line > 0


def test_a_heading_of_any_level_is_told_from_a_paragraph(page: Any, address: str) -> None:
    page.goto(f"{address}/en/releases/2026/wuhan-open-gauges/")
    looks = page.locator(".text > .prose").evaluate("""prose => ['h2', 'h3', 'h4', 'h5', 'h6', 'p'].map(name => {
        const made = document.createElement(name);
        prose.append(made, document.createElement('p'));
        const style = getComputedStyle(made);
        return [parseInt(style.fontWeight) > 600, parseFloat(style.marginTop) / parseFloat(style.fontSize), parseFloat(style.fontSize)];
    })""")
    *headings, paragraph = looks
    assert [bold for bold, _, _ in headings] == [True] * 5 and not paragraph[0]
    assert min(room for _, room, _ in headings) > 1.5 * paragraph[1]
    sizes = [size for _, _, size in headings]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("page_lang", "lang", "found"),
    [("zh-hans", "en", ["italic", "none"]), ("ar", "en", ["italic", "none"]), ("en", "zh-Hans", ["normal", "dot"]), ("zh-hans", "ar", ["normal", "none"])],
)
def test_emphasis_is_shown_as_its_own_language_does(page: Any, address: str, page_lang: str, lang: str, found: list[str]) -> None:
    page.goto(f"{address}/{page_lang}/releases/2026/wuhan-open-gauges/")
    text = page.locator(".prose p").first.evaluate_handle("(e, lang) => e.appendChild(Object.assign(document.createElement('q'), {lang, innerHTML: '<em>stressed</em>'}))", lang)
    assert text.evaluate("e => { const style = getComputedStyle(e.firstChild); return [style.fontStyle, style.textEmphasisStyle]; }") == found

"""On paper: the text and who said it, and nothing that only a screen has a use for."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom import LANGUAGES

DOCUMENTS = ("releases/2026/all-forms", "releases/2026/wuhan-open-gauges", "transcripts/2026/all-voices", "transcripts/2020/internet-development-forum")
PAPERS = {"A4": (595, 842), "Letter": (612, 792)}
APPARATUS = "nav, button, input, select, textarea, dialog, summary, audio, video, .skip, .passage, .languages, .trail, .downloads, .footer a"
# What is said of a document that a reader must not lose on paper, and where it is found again.
KEPT = "h1, .prose p:not(.citation *), .heading time, .status, .speaker .name, figcaption, .address"
SEEN = "elements => elements.filter(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().height > 1).map(e => e.outerHTML.slice(0, 120))"
HIDDEN = "elements => elements.filter(e => !e.checkVisibility()).map(e => e.outerHTML.slice(0, 120))"


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 794, "height": 1123})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES.values())
def test_paper_has_the_text_and_no_apparatus(page: Any, address: str, lang: str) -> None:
    page.emulate_media(media="print")
    for path in DOCUMENTS:
        page.goto(f"{address}/{lang}/{path}/")
        assert page.locator(APPARATUS).evaluate_all(SEEN) == [], path
        assert page.locator(KEPT).count() > 5 and page.locator(KEPT).evaluate_all(HIDDEN) == [], path


def test_of_a_search_what_is_found_is_printed_and_no_form(page: Any, address: str) -> None:
    page.emulate_media(media="print")
    for path in ("search", "verify"):
        page.goto(f"{address}/en/{path}/")
        assert page.locator(APPARATUS).evaluate_all(SEEN) == [], path


def test_a_link_of_the_text_is_printed_with_its_whole_address(page: Any, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}/en/releases/2026/low-water-report/")
    links = page.locator(".text > .prose a:not(.citation *, [download], [href^='#'])")
    after = "links => links.map(e => [e.href.replace(location.origin, ''), getComputedStyle(e, '::after')]).map(([to, style]) => [to, style.content, style.lineBreak])"
    printed = links.evaluate_all(after)
    assert len(printed) > 1
    for target, content, breaks in printed:
        # Lines are justified: one before an address that is kept whole would be set wide.
        assert breaks == "anywhere"
        path = target.split("/en/", 1)[-1] if "/en/" in target else target.rpartition("/releases/")[2]
        assert content.startswith('" <') and "https://press.example.org/" in content and path in content


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("lang", LANGUAGES.values())
def test_a_document_prints_on_the_paper_of_either_half_of_the_world(page: Any, address: str, tmp_path: Path, lang: str, paper: str) -> None:
    page.emulate_media(media="print")
    for path in DOCUMENTS[::2]:
        page.goto(f"{address}/{lang}/{path}/")
        title = page.locator("h1").inner_text()
        apparatus = page.locator("nav.sections a, .skip, nav.languages a").all_text_contents()
        printed = page.pdf(path=tmp_path / "printed.pdf", format=paper, prefer_css_page_size=True)
        boxes = {tuple(float(number) for number in box.split()[2:]) for box in re.findall(rb"/MediaBox\s*\[([^]]+)\]", printed)}
        assert boxes and all(box == pytest.approx(PAPERS[paper], abs=1) for box in boxes), path
        if lang not in ("ar", "zh-hans") and (reader := shutil.which("pdftotext")):
            # Where letters are joined or runs turn, the text of a PDF is not what was set.
            text = subprocess.run([reader, tmp_path / "printed.pdf", "-"], capture_output=True, text=True, check=True).stdout
            words = " ".join(text.split())
            assert " ".join(title.split()) in words, path
            assert [line for line in text.splitlines() if line.strip() in apparatus] == [], path

"""What a first view costs a reader, and that nothing moves once it is there."""

from __future__ import annotations

import gzip
import mimetypes
from pathlib import Path
from typing import Any

import pytest

from tests import shapes
from tests.browser.conftest import Serve, Visit, is_apart
from tests.newsroom import LANGUAGES, Trees

BUDGET = 60_000
SIZES = (360, 1280)
STILL = ("", "releases/2026/all-forms/", "releases/2026/wuhan-open-gauges/", "transcripts/2026/all-voices/", "transcripts/2020/internet-development-forum/")
LOADED = "[location.href, ...performance.getEntriesByType('resource').map(entry => entry.name)]"
WATCH = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifts.push([entry.value, ...entry.sources.map(source => source.node?.outerHTML?.slice(0, 120))]);
}).observe({type: 'layout-shift', buffered: true});
"""
# Down to the end, so that pictures come which wait to be reached; two frames a step, in which what is to move moves.
READ = """
async () => {
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let step = 0; step * innerHeight < document.documentElement.scrollHeight; step++) {
    scrollTo({top: step * innerHeight, behavior: 'instant'});
    await frames();
  }
  await Promise.all([document.fonts.ready, ...[...document.images].map(image => image.decode())]);
  await new Promise(done => setTimeout(done, 100));
  return shifts;
}
"""


@pytest.fixture
def page(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES.values())
def test_the_first_view_of_a_document_is_small_on_the_wire(page: Any, visit: Visit, trees: Trees, address: str, lang: str) -> None:
    """With all that the page loads by itself but pictures."""
    documents = [path for path in shapes.representatives(trees.public) if path.startswith((f"{lang}/releases/", f"{lang}/transcripts/")) and not is_apart(trees.public, path)]
    assert len(documents) > 5
    for path in documents:
        visit(page, path)
        weights = {url: weight(trees.public / (url.removeprefix(f"{address}/").partition("?")[0])) for url in page.evaluate(LOADED)}
        assert len(weights) > 1 and sum(weights.values()) <= BUDGET, weights


def weight(file: Path) -> int:
    """What a file weighs on the wire; a picture or a film nothing."""
    file = file / "index.html" if file.is_dir() else file
    return 0 if (mimetypes.guess_type(file)[0] or "").startswith(("image/", "audio/", "video/")) else len(gzip.compress(file.read_bytes(), 9))


@pytest.mark.parametrize("lang", LANGUAGES.values())
@pytest.mark.parametrize("path", STILL)
def test_nothing_moves(page: Any, address: str, lang: str, path: str) -> None:
    page.add_init_script(WATCH)
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{address}/{lang}/{path}")
        assert page.evaluate(READ) == [], width


@pytest.mark.parametrize("path", STILL[1:])
def test_nothing_moves_while_a_page_is_still_coming(page: Any, serve: Serve, trees: Trees, path: str) -> None:
    page.add_init_script(WATCH)
    page.goto(f"{serve(trees.public, slow=True)}/en/{path}")
    assert page.evaluate(READ) == []


def test_the_watch_would_see_what_moves(page: Any, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title><p>a</p><p>b</p>")
    page.add_init_script(WATCH)
    page.goto(serve(tmp_path))
    assert page.evaluate(READ) == []
    page.evaluate("document.querySelector('p').before(document.createElement('hr'))")
    page.wait_for_function("shifts.length == 1")

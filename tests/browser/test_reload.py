"""An open page of the preview shows what a build wrote, and loses nothing of its place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pressroom.commands.news import Outcome
from pressroom.commands.serving import Server, listen
from pressroom.outputs.head import POLICY

FRAME = """<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title><link rel="stylesheet" href="/theme/press.css"><script type="module" src="/theme/own.js"></script></head><body><main>{main}</main></body></html>
"""
FAULT = {"place": "content/releases/2020/a/index.en.md:2:1", "what": "FM006: unknown field <img src=x onerror=alert(1)>", "hint": 'did you mean "title"?'}


def put(server: Server, path: str, text: str) -> str:
    file = Path(server.RequestHandlerClass.keywords["directory"]) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return path


def put_page(server: Server, path: str, main: str, title: str = "A page", lang: str = "en") -> str:
    return put(server, path, FRAME.format(lang=lang, dir="rtl" if lang == "ar" else "ltr", policy=POLICY, title=title, main=main))


def begin(root: Path, port: int = 0) -> Server:
    server = listen(root, "127.0.0.1", port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = begin(tmp_path)
    put(server, "theme/press.css", "body { color: rgb(1, 2, 3) }")
    put(server, "theme/own.js", "window.runs = (window.runs ?? 0) + 1;")
    yield server
    server.shutdown()
    server.server_close()


Open = Callable[..., Any]


@pytest.fixture
def opened(server: Server, browser: Any) -> Iterator[Open]:
    """Opens a page at a path, knows it again (`mark`), and sees to it that nothing it did was against the policy."""
    context = browser.new_context()
    said: list[str] = []

    def open_page(path: str) -> Any:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        with page.expect_response("**/theme/own.js"):
            page.goto(f"http://127.0.0.1:{server.server_port}{path}")
        page.evaluate("window.mark = 1")
        until(lambda: server.news._listeners)
        return page

    yield open_page
    context.close()
    assert [line for line in said if "Content Security Policy" in line or "Error" in line] == []


def until(done: Callable[[], object]) -> None:
    for _ in range(200):
        if done():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never came")


def comes(page: Any, expression: str, argument: object = None) -> None:
    """Waits until an expression is true. Playwright's own wait evaluates it in the page, which the page's policy refuses."""

    def is_true() -> bool:
        from playwright.sync_api import Error

        try:
            return bool(page.evaluate(expression, argument))
        except Error as error:
            # The page is just being loaded again.
            if "Execution context was destroyed" not in str(error):
                raise
            return False

    until(is_true)


def shows(page: Any, text: str) -> bool:
    comes(page, "text => document.body?.innerText.includes(text)", text)
    return True


def passages(*texts: str) -> str:
    return "".join(f'<p id="q-{number}" tabindex="0">{text}</p><details><summary>Cite</summary>As said</details>' for number, text in enumerate(texts))


def test_new_words_come_without_losing_what_is_scrolled_focused_marked_and_opened(server: Server, opened: Open) -> None:
    texts = [f"Passage {number}. " * 40 for number in range(30)]
    page_path = put_page(server, "en/a/index.html", passages(*texts))
    page = opened("/en/a/#q-20")
    page.evaluate("document.querySelector('#q-22 + details').open = true; document.querySelector('#q-21').focus(); scrollBy(0, 37)")
    before = page.evaluate("[scrollY, document.activeElement.id, document.querySelector(':target').id]")
    assert before[0] > 500
    put_page(server, page_path, passages(*texts[:23], "Quite other words.", *texts[24:]), title="Another headline")
    server.news.tell(Outcome((page_path,)))
    assert shows(page, "Quite other words.")
    assert page.evaluate("[scrollY, document.activeElement.id, document.querySelector(':target').id]") == before
    assert page.evaluate("[document.querySelector('#q-22 + details').open, window.mark, document.title]") == [True, 1, "Another headline"]
    comes(page, "window.runs === 2")


def test_the_mark_goes_with_a_passage_that_was_edited(server: Server, opened: Open) -> None:
    page_path = put_page(server, "index.html", '<p id="q-one">One</p><p id="q-two">Two</p><p id="q-three">Three</p>')
    page = opened("/#q-two")
    put_page(server, page_path, '<p id="q-one">One</p><p id="q-new">Two, edited</p><p id="q-three">Three</p>')
    server.news.tell(Outcome((page_path,)))
    assert shows(page, "Two, edited")
    comes(page, "location.hash === '#q-new'")
    assert page.evaluate("document.querySelector(':target').id") == "q-new"


def test_paragraphs_come_and_go_and_the_focus_stays_near(server: Server, opened: Open) -> None:
    page_path = put_page(server, "index.html", "<ul><li>a</li><li>b</li></ul>" + passages("One", "Two"))
    page = opened("/")
    page.evaluate("document.querySelector('#q-1').focus()")
    for main in (passages("Zero", "One", "Two") + "<table><tbody><tr><td>x</td></tr></tbody></table>", passages("Only"), "", "<h2>All other</h2><!-- -->text &amp; more"):
        put_page(server, page_path, main)
        server.news.tell(Outcome((page_path,)))
        comes(page, "main => document.querySelector('main').innerHTML === main", main)
    assert page.evaluate("window.mark") == 1


def test_a_style_sheet_is_taken_anew_by_the_pages_that_have_it(server: Server, opened: Open) -> None:
    put_page(server, "index.html", "<p>Text</p>")
    page = opened("/")
    server.news.tell(Outcome((put(server, "theme/press.css", "body { color: rgb(9, 8, 7) }"),)))
    comes(page, "getComputedStyle(document.body).color === 'rgb(9, 8, 7)' && document.querySelectorAll('[rel=stylesheet]').length === 1")
    assert page.evaluate("window.mark") == 1


@pytest.mark.parametrize("path", ["theme/own.js", "photo.svg"])
def test_a_script_or_a_picture_that_changed_loads_the_page_again(server: Server, opened: Open, path: str) -> None:
    put(server, "photo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    put_page(server, "index.html", '<p>Text</p><img src="photo.svg" alt="">')
    page = opened("/")
    server.news.tell(Outcome((path,)))
    comes(page, "window.mark === undefined")


def test_a_page_that_is_not_concerned_is_not_asked_for(server: Server, opened: Open) -> None:
    page_path = put_page(server, "a/index.html", "<p>Text</p>")
    page = opened("/a/")
    # By the page's own account: the browser's tools have been known to leave out a request. An icon it asks for when it likes.
    asked = "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !/own.js|favicon/.test(name))"
    before = page.evaluate(asked)
    server.news.tell(Outcome(("b/index.html", "a/index.json", "theme/other.css")))
    put_page(server, page_path, "<p>Afterwards</p>")
    server.news.tell(Outcome((page_path,)))
    assert shows(page, "Afterwards")
    # A request is told of once its answer has ended, which may be later than what the page shows.
    comes(page, f"before => {asked}.length > before", len(before))
    assert page.evaluate(asked)[len(before) :] == [f"http://127.0.0.1:{server.server_port}/a/"]
    assert page.evaluate("window.mark") == 1


def test_many_changes_at_once_load_every_page_again(server: Server, opened: Open) -> None:
    put_page(server, "index.html", "<p>Text</p>")
    page = opened("/")
    server.news.tell(Outcome(tuple(map(str, range(6000)))))
    comes(page, "window.mark === undefined")


def test_a_proof_is_shown_at_once_and_stays_where_the_build_has_made_the_same(server: Server, opened: Open) -> None:
    page_path = put_page(server, "en/a/index.html", "<p>Before</p>")
    page = opened("/en/a/")
    proof = FRAME.format(lang="en", dir="ltr", policy=POLICY, title="A page", main="<p>A proof</p>").encode()
    server.show(page_path, proof)
    assert shows(page, "A proof")
    page.evaluate("document.querySelector('main p').shown = true")
    put_page(server, page_path, "<p>A proof</p>")
    server.tell(Outcome((page_path,)))
    # The page's own module runs once more each time that the page was asked for.
    comes(page, "window.runs === 3")
    assert page.evaluate("[window.mark, document.querySelector('main p').shown]") == [1, True]


def test_a_proof_that_was_not_built_goes_again(server: Server, opened: Open) -> None:
    page_path = put_page(server, "en/a/index.html", "<p>Before</p>")
    page = opened("/en/a/")
    server.show(page_path, FRAME.format(lang="en", dir="ltr", policy=POLICY, title="A page", main="<p>A proof</p>").encode())
    assert shows(page, "A proof")
    server.tell(Outcome(faults=(FAULT,)))
    page.get_by_text("did you mean").wait_for()
    assert shows(page, "Before") and page.evaluate("window.mark") == 1


def test_a_fault_stands_on_the_page_until_a_build_goes_well(server: Server, opened: Open) -> None:
    page_path = put_page(server, "ar/index.html", "<p>نص</p>", lang="ar")
    page = opened("/ar/")
    server.news.tell(Outcome(faults=(FAULT,)))
    notice = page.get_by_role("status")
    notice.get_by_text("content/releases/2020/a/index.en.md:2:1").wait_for()
    assert "FM006: unknown field <img src=x onerror=alert(1)>" in notice.inner_text() and 'did you mean "title"?' in notice.inner_text()
    assert notice.evaluate("box => getComputedStyle(box).direction") == "ltr" and notice.locator("img").count() == 0
    put_page(server, page_path, "<p>مصحح</p>", lang="ar")
    server.news.tell(Outcome((page_path,)))
    assert shows(page, "مصحح")
    comes(page, "document.querySelector('html > div').shadowRoot.querySelector('[role=status]').textContent === ''")


def test_a_page_that_is_opened_later_says_what_is_wrong_too(server: Server, opened: Open) -> None:
    put_page(server, "index.html", "<p>Text</p>")
    opened("/")
    server.news.tell(Outcome(faults=(FAULT,)))
    opened("/").get_by_text("did you mean").wait_for()


def test_many_tabs_listen_by_one_connection_and_another_takes_the_place_of_one_that_is_closed(server: Server, opened: Open) -> None:
    page_path = put_page(server, "index.html", "<p>Text</p>")
    pages = [opened("/") for _ in range(8)]
    for number in range(3):
        assert len(server.news._listeners) == 1
        put_page(server, page_path, f"<p>Text {number}</p>")
        server.news.tell(Outcome((page_path,)))
        assert all(shows(page, f"Text {number}") for page in pages)
        known = set(server.news._listeners)
        pages.pop(0).close()
        until(lambda: server.news._listeners - known)  # noqa: B023
        # The old one is found gone when it is next written to.
        server.news.tell(Outcome())
        server.news.tell(Outcome())
        until(lambda: len(server.news._listeners) == 1)


def test_a_lost_server_is_found_again_and_shows_what_it_has(server: Server, opened: Open, tmp_path: Path) -> None:
    page_path = put_page(server, "index.html", "<p>Text</p>")
    page = opened("/")
    server.shutdown()
    server.server_close()
    put_page(server, page_path, "<p>After the pause</p>")
    other = begin(tmp_path, server.server_port)
    try:
        assert shows(page, "After the pause")
    finally:
        other.shutdown()
        other.server_close()


def test_what_is_not_there_yet_appears_when_it_is_built(server: Server, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/en/")
    assert shows(page, "No preview yet")
    until(lambda: server.news._listeners)
    server.news.tell(Outcome((put_page(server, "en/index.html", "<p>The first page</p>"),)))
    assert shows(page, "The first page")
    page.close()

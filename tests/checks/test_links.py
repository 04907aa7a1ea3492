"""An independent look at finished pages: every link leads to a file of the tree, every fragment to an id there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from pressroom.checks.link_reader import Links, links_of
from pressroom.checks.links import check_links, scouted
from pressroom.ground import pool
from pressroom.ground.pool import Pool
from pressroom.ground.problems import Problem

TREE = {
    "index.html": "<h1>Front</h1>",
    "en/index.html": '<p id="q-abc">Words</p><a name="old"></a>',
    "en/releases/2026/rise/index.html": "<p id='one'>One</p><p id='é'>Two</p>",
    "en/releases/2026/rise/index.json": "{}",
    "releases/2026/rise/a b.csv": "a",
    "theme/press.css": "p {}",
}
PAGE = "en/releases/2026/rise/index.html"


def check(html: str, path: str = PAGE) -> list[Problem]:
    tree = {**TREE, path: html}
    return check_links({path: html.encode()}, tree.keys(), lambda other: tree[other].encode())


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../../../">',
        '<a href="./">',
        '<a href=".">',
        '<a href="../../../#q-abc">',
        '<a href="../../../#old">',
        '<a href="index.json#anything">',
        '<a href="../../../../">',
        '<a href="../../../..">',
        '<a href="">',
        '<a href="#">',
        '<a href="#top">',
        '<a href="../../../../releases/2026/rise/a%20b.csv">',
        '<a href="index.json?download=1">',
        '<p id="é"></p><a href="#%C3%A9">',
        '<p id="é"></p><a href="#é">',
        '<link rel=stylesheet href="../../../../theme/press.css">',
        '<meta http-equiv="Refresh" content="0; url=../../../">',
        '<img srcset="../../../../theme/press.css 1x, ./ 2x" src="./">',
        '<a href="https://elsewhere.test/nothing"><a href="mailto:a@b.test"><a href="tel:+1"><a href="//elsewhere.test/">',
        '<!-- <a href="nothing/"> --><script type="application/ld+json">{"a": "<a href=nothing>"}</script>',
    ],
)
def test_a_link_that_leads_somewhere_is_no_problem(html: str) -> None:
    assert check(html) == []


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<a href="nothing/">', "LK001"),
        ('<a href="../rise">', "LK001"),
        ('<a href="/en/">', "LK001"),
        ('<a href="../../../../../">', "LK001"),
        ('<a href="../../../../../etc/hostname">', "LK001"),
        ('<a href="INDEX.json">', "LK001"),
        ('<img src="gone.png">', "LK001"),
        ('<img src="./" srcset="gone.png 2x">', "LK001"),
        ('<video poster="gone.jpg"></video>', "LK001"),
        ('<meta http-equiv="refresh" content="0; url=gone/">', "LK001"),
        ('<a href="#gone">', "LK004"),
        ('<a href="../../../#gone">', "LK004"),
        ('<a href="../../../#Q-ABC">', "LK004"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_page(html: str, code: str) -> None:
    (problem,) = check(f"<p>\n {html}")
    assert (problem.code, problem.path, problem.line, problem.column) == (code, f"output {PAGE}", 2, 2)
    assert problem.hint


def test_the_same_link_is_told_once_for_each_page() -> None:
    assert len(check('<a href="gone/"><a href="gone/"><a href="#gone">')) == 2


def test_a_page_that_is_not_looked_at_is_read_only_for_its_ids_and_only_once() -> None:
    read: list[str] = []

    def reading(path: str) -> bytes:
        read.append(path)
        return TREE[path].encode()

    pages = {"a/index.html": b'<a href="../en/#q-abc"><a href="../theme/press.css#x">', "b/c/index.html": b'<a href="../../en/#q-abc">'}
    assert check_links(pages, {*TREE, *pages}, reading) == [] and read == ["en/index.html"]
    problems = check_links({**pages, "b/index.html": b'<a href="../en/#gone"><a href="../en/#lost">'}, {*TREE, *pages}, reading)
    assert read == ["en/index.html"] * 2
    assert [(problem.code, problem.path) for problem in problems] == [("LK004", "output b/index.html")] * 2


def test_the_links_of_a_page_that_was_read_where_it_was_made_are_taken_as_they_are() -> None:
    pages = {PAGE: b'<a href="gone/">', "en/index.html": b""}
    made = {"en/index.html": Links(frozenset({"releases/2026/rise/#one"}), frozenset()), PAGE: links_of(b'<p id="one"><a href="gone/">')}
    assert [problem.message.split()[0] for problem in check_links(pages, TREE, lambda path: b"", made.items())] == ["gone/"]


def test_pages_that_a_pool_has_read_have_the_same_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_STARTING", 0)
    pages = {f"en/{n}/index.html": f'<p id="q-{n}"><a href="../{n + 1}/#q-{n + n % 3}"><a href="#q-{n}"><a href="../../gone{n % 7}.html">'.encode() for n in range(200)}
    tree = frozenset({*TREE, *pages})
    with Pool(2, lambda: ThreadPoolExecutor(2)) as opened:
        found = scouted(sorted(pages), tree, pages.__getitem__, opened)
        assert found is not None
        assert check_links(pages, tree, pages.__getitem__, found) == check_links(pages, tree, pages.__getitem__) != []
    assert scouted(sorted(pages), tree, pages.__getitem__, None) is None


def test_an_unclosed_page_and_bytes_that_are_no_text_do_not_stop_it() -> None:
    assert check_links({"a.html": b'\xff\xfe<a href="a.html"><p <a href=>'}, {"a.html"}, lambda path: b"") == []

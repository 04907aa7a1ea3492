"""No link of a finished tree is dead, and none leaves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.checks.links import check_links
from tests import shapes
from tests.finished.lychee import dead_links
from tests.newsroom import Trees

PLANTED = {
    "a.html": '<!doctype html><title>x</title><link rel="stylesheet" href="a.css"><p id="here"></p><a href="gone/"></a><a href="b.html#gone"></a>'
    '<a href="https://press.test/gone-too/"></a><img alt="" src="gone.png" srcset="gone-2x.png 2x"><a href="B.html"></a><a href="#here"></a><a href="https://elsewhere.test/"></a>',
    "b.html": '<!doctype html><title>x</title><p id="é"></p><a href="#%C3%A9"></a><a href="a.html#here"></a>',
    "a.css": 'p { background: url("gone-from-style.png") }',
    "a.json": '{"url": "https://press.test/gone-from-data/"}',
    "a.md": "[x](https://press.test/gone-from-text/)",
    "sitemap.xml": '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://press.test/gone-from-map/</loc></url></urlset>',
    "feed.xml": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://press.test/gone-from-feed/"/></entry></feed>',
}


@pytest.mark.parametrize("audience", ["public", "preview"])
def test_no_link_is_dead(trees: Trees, audience: str) -> None:
    assert dead_links(getattr(trees, audience), trees.url) == []


def test_lychee_would_see_a_dead_link_wherever_it_stands(tmp_path: Path) -> None:
    for name, text in PLANTED.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = {line.removesuffix("/").replace(f"file://{tmp_path}/", "") for line in dead_links(tmp_path, "https://press.test")}
    assert found == {
        "a.html: gone", "a.html: b.html#gone", "a.html: gone-too", "a.html: gone.png", "a.html: gone-2x.png", "a.html: B.html", "a.css: gone-from-style.png",
        "a.json: gone-from-data", "a.md: gone-from-text", "sitemap.xml: gone-from-map", "feed.xml: gone-from-feed",
    }  # fmt: skip


@pytest.mark.parametrize("audience", ["public", "preview"])
def test_no_link_leaves_the_tree(trees: Trees, audience: str) -> None:
    """What lychee does not say: it follows a link out of its root."""
    tree: Path = getattr(trees, audience)
    pages = {path: (tree / path).read_bytes() for path in shapes.pages(tree)}
    paths = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    assert check_links(pages, paths, lambda path: (tree / path).read_bytes()) == []
    (problem,) = check_links({"en/index.html": b'<a href="../../../../../../etc/hostname">'}, paths, lambda path: b"")
    assert problem.code == "LK001" and "leads out of the site" in problem.message

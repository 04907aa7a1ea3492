"""Every page bears a strict policy, and nothing in it that the policy would refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import html

from tests import shapes
from tests.newsroom import Trees

Page = tuple[str, html.HtmlElement]
NOTHING, OWN, WASM = "'none'", "'self'", "'wasm-unsafe-eval'"
# Only the search page runs WebAssembly, from our own host.
_WITH_WASM = re.compile(r"[\w-]+/search/index\.html")


@pytest.fixture(scope="module", params=["public", "preview"])
def pages(request: pytest.FixtureRequest, trees: Trees) -> list[Page]:
    tree = getattr(trees, request.param)
    return [(path, html.document_fromstring((tree / path).read_bytes())) for path in shapes.pages(tree)]


def policy_of(page: html.HtmlElement) -> dict[str, set[str]]:
    (text,) = page.xpath("/html/head/meta[@http-equiv='Content-Security-Policy']/@content")
    directives = [directive.split() for directive in text.split(";")]
    return {name: set(sources) for name, *sources in directives}


def test_a_policy_allows_nothing_but_files_of_our_own(pages: list[Page]) -> None:
    for path, page in pages:
        policy = policy_of(page)
        assert policy["default-src"] == policy["base-uri"] == {NOTHING}, path
        assert policy["script-src"] <= {OWN, *([WASM] if _WITH_WASM.fullmatch(path) else [])}, path
        assert all(sources <= {NOTHING, OWN} for name, sources in policy.items() if name != "script-src"), path


def test_nothing_is_inline_but_data(pages: list[Page]) -> None:
    assert [found for path, page in pages for found in _inline(path, page)] == []


def _inline(path: str, page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for element in page.iter(html.etree.Element):
        yield from ((path, f"{element.tag} {name}") for name in element.attrib if name == "style" or name.startswith("on"))
        if element.tag in ("style", "base", "iframe", "object", "embed") or element.tag == "script" and not (element.get("src") or element.get("type") == "application/ld+json"):
            yield path, element.tag


def test_a_script_is_a_module_of_our_own(pages: list[Page], trees: Trees) -> None:
    for path, page in pages:
        for script in page.xpath("//script[@src]"):
            assert script.get("type") == "module" and not re.match(r"\w+:|/", script.get("src").removeprefix(f"{trees.url}/")), path


@pytest.mark.parametrize("bad", ['<p style="color: red">', "<style>p {}</style>", "<script>run()</script>", '<script type="module">run()</script>', '<p onclick="run()">', '<base href="/">'])
def test_the_test_above_would_see_what_is_inline(bad: str) -> None:
    assert list(_inline("", html.document_fromstring(f"<title>x</title><p>{bad}")))

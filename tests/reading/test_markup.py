"""Blocks that are seen at sight to be plain are cleaned as a parser of HTML cleans them."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.ground.marks import OWN
from pressroom.reading import markup

TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ab \n\t\u00a0\"'=/")), max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
HREFS = st.one_of(
    st.sampled_from(["a", "../b/", "#x", "https://a.b.org/x", "http://x-y.org", "", "a.csv", "//evil.org", "/x", "https://a.b", "https://1.2.3", "https://a.xn--p.org/", "javascript:x", ".", "a#"]),
    st.text("abc.:/#-~_019 ?=;", max_size=12),
)  # fmt: skip
IDS = st.sampled_from(["", "", f' id="{OWN}q-abcdefg2"', f' id="{OWN}q-abcdefg3"', ' id="q-abcdefg2"', ' id="x"'])


@st.composite
def lines(draw: Callable) -> str:
    parts = [draw(TEXTS)]
    for tag in draw(st.lists(st.sampled_from(["em", "strong", "a", "code"]), max_size=3)):
        parts += [f'<a href="{draw(HREFS)}">' if tag == "a" else f"<{tag}>", draw(TEXTS), f"</{tag}>", draw(TEXTS)]
    return "".join(parts)


@st.composite
def blocks(draw: Callable) -> str:
    tag = draw(st.sampled_from(["p", "h2", "h6", "ul", "ol", "blockquote", "figure"]))
    if tag in ("p", "h2", "h6"):
        return f"<{tag}{draw(IDS)}>{draw(lines())}</{tag}>{draw(st.sampled_from(['', chr(10)]))}"
    of = "li" if tag in ("ul", "ol") else "p"
    inside = "".join(f"<{of}{draw(IDS)}>{draw(lines())}</{of}>\n" for _ in range(draw(st.integers(0, 3))))
    if tag in ("ul", "ol"):
        return f"<{tag}>\n{inside}</{tag}>"
    quotation = f"<blockquote>\n{inside}</blockquote>"
    return quotation if tag == "blockquote" else f'<figure class="quotation">{quotation}<figcaption>{draw(TEXTS)}</figcaption></figure>'


def cleaned(by: Callable, html: str, ids: frozenset[str]) -> tuple:
    links: list[tuple[str, bool]] = []
    taken = set(ids)

    def link(target: str, image: bool) -> int:
        links.append((target, image))
        return len(links) - 1

    return by(html, link, taken), links, taken


@settings(max_examples=200, deadline=None)
@given(blocks(), st.sampled_from([frozenset(), frozenset({"q-abcdefg2"})]))
def test_a_block_is_cleaned_the_same_at_sight(html: str, ids: frozenset[str]) -> None:
    at_sight = cleaned(markup.clean, html, ids)
    assert at_sight == cleaned(markup.slowly_cleaned, html, ids)
    assert markup.plain(at_sight[0]) == unescape(nh3.clean(at_sight[0], tags=set(), strip_comments=True))
    if markup._PLAIN.fullmatch(html):
        parser = markup._Dropped()
        parser.feed(html)
        assert not parser.found


@pytest.mark.parametrize("html", [
    f'<p id="{OWN}q-abcdefg2">Rivers &amp; <em>harbours</em>: <a href="../other/">more</a>\u00a0!</p>\n', "<h2>Rivers</h2>",
    f'<figure class="quotation"><blockquote>\n<p id="{OWN}q-abcdefg2">Yes.</p>\n</blockquote>\n<figcaption>She</figcaption></figure>',
])  # fmt: skip
def test_most_blocks_are_plain(html: str) -> None:
    assert markup._PLAIN.fullmatch(html)
    assert cleaned(markup.clean, html, frozenset()) == cleaned(markup.slowly_cleaned, html, frozenset())


@pytest.mark.parametrize("target", ["https:// x.test/a", "https://x.test:80a/", "https://x.test:99999/", "https://ex[ample.test/", "https://", "https://[::1/a.png"])
def test_a_web_address_that_a_parser_would_drop_is_told_as_every_link_is(target: str) -> None:
    told: list[tuple[str, bool]] = []

    def link(found: str, image: bool) -> int:
        told.append((found, image))
        return len(told) - 1

    for clean in (markup.clean, markup.slowly_cleaned):
        found = clean(f'<p><a title="a &gt; b" href="{target}">x</a> <img alt="href=&quot;https:" src="{target}"> href="https://y.test"</p>', link, set())
        assert told[-2:] == [(target, False), (target, True)] and found.count(OWN) == 4 and found.endswith(' href="https://y.test"</p>')


@pytest.mark.parametrize("tag", ["not", "not a tag", "title", "textarea", "noscript", "plaintext", "xmp", "iframe", "template", "mi", "svg", "select", "script", 'title x="a>b"', "TITLE"])
def test_a_tag_that_is_taken_out_and_never_closed_takes_no_words_with_it(tag: str) -> None:
    assert markup.clean(f"<p>One <{tag}> two <em>three</em>.</p>", lambda target, image: 0, set()) == "<p>One  two <em>three</em>.</p>"

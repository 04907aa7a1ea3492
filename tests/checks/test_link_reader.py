"""Pages are read at sight as the parser reads them, whatever they are made of."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.checks.link_reader import Links, _links_at_sight, _read, ids_at_sight, links_of
from tests.newsroom import Trees

# What a page may be made of, ordinary and not: tags in all ways of writing them, and what looks like one and is none.
PIECES = [
    "<!DOCTYPE html>", "<p id=\"a\">", "</p>", "words ", " href=\"not/one\" ", "<a href=\"b/\">", "<a class=\"x\" href=\"c/?a=1&amp;b=2#d\" name=\"e\">", "<A HREF=\"f/\">",
    "<a href='g/'>", "<a href=h>", "<img src=\"i\" srcset=\"j 1x, k 2x\" alt=\"\">", "<br/>", "<br />", "<input disabled id=\"l\">", "<!-- <a href=\"m\"> -->", "<!-- n -->", "<!--",
    "-->", "<script type=\"module\" src=\"o.js\"></script>", "<script>\"<a href=\\\"p\\\">\"</script>", "<script>q</script>", "<style>", "</style>", "<", ">", "\"", "&lt;a href=\"r\"&gt;",
    "<meta http-equiv=\"refresh\" content=\"0; url=s/\">", "<a id=\"t\" id=\"u\">", "<a\thref=\"v\">", "<a  href=\"w\">", "<a title=\"id=x\" href=\"y\">", "<textarea>", "<title>", "</title>", "<svg viewBox=\"0 0 1 1\"><path d=\"M0\"/></svg>",
    "\n", "\n<!doctype html>\n", "<!doctype html>\n", "<a data-href=\"z\">", "<a href>", "<a title=\"> <a href='aa'>\">", "\r\n", "\x00", "<a href=\"\n bb \">",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=200)
def test_a_page_read_at_sight_is_read_as_the_parser_reads_it(html: str) -> None:
    read = _read(html)
    assert links_of(html.encode()) == Links(frozenset(read.places), frozenset(read.ids))


@given(st.lists(st.sampled_from([*PIECES, '<p id="q-1">', "id=\"q-2\"", "<p title='<b id=\"q-3\">'>"]), max_size=12).map("".join))
@settings(max_examples=200)
def test_an_id_that_is_seen_at_sight_is_on_the_page(html: str) -> None:
    assert ids_at_sight(html.encode()) <= _read(html).ids


def test_the_ids_of_our_own_pages_are_seen_at_sight(trees: Trees) -> None:
    pages = {path: path.read_bytes() for path in sorted(trees.public.rglob("*.html"))}
    assert pages and [path for path, page in pages.items() if b"<noscript>" not in page and ids_at_sight(page) != links_of(page).ids] == []


def test_our_own_pages_are_read_at_sight(trees: Trees) -> None:
    pages = sorted(trees.public.rglob("*.html"))
    texts = {path: path.read_text(encoding="utf-8") for path in pages}
    # What a noscript holds is text to some readers and tags to others.
    assert pages and [
        path for path, text in texts.items() for line in text[len("<!doctype html>") :].split("\n") if _links_at_sight(line) is None and "<noscript>" not in line
    ] == []

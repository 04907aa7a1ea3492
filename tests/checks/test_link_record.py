"""Which pages lead to places on others: what was seen of a tree is found again, of no other tree anything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressroom.checks.link_record import LinkRecord, dumps, leading_to, loads, marks
from pressroom.checks.links import check_links

_PLACES = st.sets(st.tuples(st.sampled_from(["a/index.html", "b/index.html", "é/index.html"]), st.text(min_size=1, max_size=3)), max_size=6)


@given(st.dictionaries(st.text(min_size=1, max_size=4), _PLACES, max_size=6), _PLACES)
def test_every_page_that_leads_to_a_place_is_found(leading: dict[str, set[tuple[str, str]]], gone: set[tuple[str, str]]) -> None:
    record = LinkRecord("tree", {path: marks(places) for path, places in leading.items()})
    assert leading_to(record, gone) >= {path for path, places in leading.items() if places & gone}


def test_a_page_that_leads_to_none_of_them_is_not_found() -> None:
    record = LinkRecord("tree", {"a": marks([("x/index.html", "q-1"), ("x/index.html", "q-2")]), "b": marks([("y/index.html", "q-1")])})
    assert leading_to(record, [("y/index.html", "q-1")]) == {"b"} and leading_to(record, []) == set()


def test_it_is_read_as_it_was_written_and_a_spoiled_one_is_none() -> None:
    record = LinkRecord("tree", {"a/index.html": marks([("x", "y")])})
    assert loads(dumps(record)) == record
    assert loads(b"") is loads(b"\x01") is loads(dumps(record)[:-1]) is None


def test_the_places_on_other_pages_are_told_and_those_on_the_page_are_not() -> None:
    told = {}
    page = b'<a href="#here"><a href="?x#here"><a href="./#q-1"><a href="../b/#q%C3%A9"><a href="../b/page.html#q-2"><a href="https://else.test/#q-3"><a href="../b/">'
    check_links({"en/a/index.html": page}, ["en/a/index.html", "en/b/index.html", "en/b/page.html"], lambda path: b"", tell=told.__setitem__)
    assert told == {"en/a/index.html": {("en/b/index.html", "qé"), ("en/b/page.html", "q-2")}}

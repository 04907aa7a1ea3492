"""Which pages lead to places on others: what was seen of a tree is found again, of no other tree anything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressroom.checks.link_record import Leading, LinkRecord, dumps, leading_to, loads, marks
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
    record = LinkRecord("tree", {"a/index.html": marks([("x", "y")])}, marks([("x", "z")]), ("a/index.html",))
    assert loads(dumps(record)) == record
    assert loads(b"") is loads(b"\x01") is loads(dumps(record)[:-1]) is None


def test_the_places_on_other_pages_are_told_and_those_on_the_page_are_not() -> None:
    leading = Leading()
    page = b'<a href="#here"><a href="?x#here"><a href="./#q-1"><a href="../b/#q%C3%A9"><a href="../b/page.html#q-2"><a href="https://else.test/#q-3"><a href="../b/">'
    check_links({"en/a/index.html": page}, ["en/a/index.html", "en/b/index.html", "en/b/page.html"], lambda path: b"", leading=leading)
    missing = [("en/a/index.html", "here"), ("en/a/index.html", "q-1"), ("en/b/index.html", "qé"), ("en/b/page.html", "q-2")]
    record = leading.record("tree")
    assert record.leading == {"en/a/index.html": marks(missing[2:])}
    assert all(marks([place]) in record.missing for place in missing) and len(record.missing) == len(marks(missing))


def read_for(before: LinkRecord | None, remade: set[str]) -> list[str]:
    """The files that are opened to check a page which leads to four places, two of which are not there."""
    read = []
    page = b'<a href="b/#q-1"><a href="b/#lost"><a href="c/#q-1"><a href="c/#lost">'
    bytes_of = {"a.html": page, "b/index.html": b'<p id="q-1">', "c/index.html": b'<p id="q-1">'}

    def reading(path: str) -> bytes:
        read.append(path)
        return bytes_of[path]

    problems = check_links({"a.html": page}, bytes_of, reading, leading=Leading(before, (), remade))
    assert [problem.message.split()[0] for problem in problems] == ["b/#lost", "c/#lost"]
    return sorted(read)


def test_a_place_that_a_remade_page_led_to_before_is_not_looked_for_on_a_page_that_stays() -> None:
    both = [("b/index.html", "q-1"), ("c/index.html", "q-1")]
    lost = [("b/index.html", "lost"), ("c/index.html", "lost")]
    assert read_for(None, {"a.html"}) == ["b/index.html", "c/index.html"]
    assert read_for(LinkRecord("t", {"a.html": marks([*both, *lost])}, marks(lost)), {"a.html"}) == ["b/index.html", "c/index.html"]
    page = b'<a href="b/#q-1"><a href="c/#q-1">'
    read: list[str] = []
    before = LinkRecord("t", {"a.html": marks(both), "d.html": marks([("b/index.html", "else")])})
    for remade, opened in (({"a.html"}, []), ({"a.html", "c/index.html"}, ["c/index.html"]), ({"d.html"}, ["b/index.html", "c/index.html"])):
        read.clear()
        assert check_links({"a.html": page}, ["a.html", "b/index.html", "c/index.html"], lambda path: read.append(path) or b'<p id="q-1">', leading=Leading(before, (), remade)) == []
        assert sorted(set(read)) == opened


def test_what_is_told_of_pages_that_stay_is_kept_and_of_others_forgotten() -> None:
    before = LinkRecord("old", {"stays.html": marks([("x", "1")]), "gone.html": marks([("x", "2")])}, marks([("y", "3")]))
    leading = Leading(before, ["stays.html"], {"made.html"})
    leading.tell("made.html", [("x", "4")])
    leading.tell("bare.html", [])
    leading.tell_missing([("x", "4")])
    found = leading.record("new")
    assert found.tree == "new" and found.leading == {"stays.html": marks([("x", "1")]), "made.html": marks([("x", "4")])}
    assert len(found.missing) == len(marks([("y", "3"), ("x", "4")]))


def test_a_page_is_known_on_which_something_is_wrong() -> None:
    leading = Leading(LinkRecord("old", {}, wrong=("mended.html",)))
    check_links({"a.html": b'<a href="#gone">', "b.html": b'<a href="gone.html">', "mended.html": b'<a href="a.html">'}, ["a.html", "b.html", "mended.html"], lambda path: b"", leading=leading)
    assert leading.record("new").wrong == ("a.html", "b.html")

"""What was published beside what would be: the comparison alone, over values made by hand."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from pressroom.desk import urls
from pressroom.desk.editions import Assembled
from pressroom.desk.fates import GONE, MOVED, STANDS, Known, Present, fates
from pressroom.desk.kept_words import differences, said
from pressroom.desk.permanence import compare
from pressroom.ground.fingerprints import fingerprints
from pressroom.model.document import Document, DocumentFields, Edition, EditionFields, Former
from pressroom.model.history import Correction
from pressroom.model.moments import moment_at
from pressroom.model.people import Registry
from pressroom.model.published import KnownEntry, Published, PublishedEdition, PublishedPage, Wording
from pressroom.model.text import Facts, Passage
from pressroom.model.transcript import Segment
from tests.desk.trees import assembled

AT = datetime(2020, 6, 1, tzinfo=UTC)


def entry(type: str = "corrected", *languages: str) -> Correction:
    return Correction(type, moment_at(AT), languages=languages)


def facts(*passages: str) -> Facts:
    return Facts(tuple(Passage(found.id, found.digest, 1) for found in fingerprints(list(passages))))


def edition(slug: str, *passages: str, lang: str = "en", title: str = "A title") -> Edition:
    path = f"content/releases/2020/{slug}/index.{lang}.md"
    return Edition(lang, "ltr", urls.edition("release", 2020, slug, lang), path, "", EditionFields(title), facts(*passages))


def document(slug: str, *passages: str, aliases: tuple[str, ...] = (), corrections: tuple[Correction, ...] = (), title: str = "A title") -> Document:
    fields = DocumentFields(aliases=aliases, corrections=corrections)
    return Document("release", 2020, slug, fields, AT, {"en": edition(slug, *passages, title=title)}, "en")


def published(*documents: Document, **changed: Any) -> Published:
    """The tree that readers have of these documents."""
    editions = tuple(
        PublishedEdition(found.address, document.folder, "release", "en", f"tag:{found.address}", said(found.fields, found.facts), version=document.version)
        for document in documents
        for found in document.editions.values()
    )
    paths = frozenset(found.address[1:] + name for found in editions for name in ("index.html", "index.json", "index.md"))
    return replace(Published(paths, editions, (), {}), **changed)


def sources(slug: str) -> Assembled:
    return assembled(slug, en="title: A title\ndate: 2020-05-05\n")


def present(
    *documents: Document, formers: tuple[Former, ...] = (), ids: Mapping[str, str] = {}, read: Callable[[str], Assembled] = sources
) -> Present:
    site: Any = SimpleNamespace(documents=documents, formers=formers, languages=("en",), registry=Registry())
    addresses = [found.address for document in documents for found in document.editions.values()]
    paths = {address[1:] + name for address in addresses for name in ("index.html", "index.json", "index.md")}
    paths |= {alias[1:] + "index.html" for document in documents for alias in document.fields.aliases}
    known = {found.folder: Known(read(found.slug), f"content/{found.folder}", "", True) for found in documents}
    return Present(site, frozenset(paths), ids, known, "content")


def former(now: Document, version: int, *passages: str) -> Former:
    then = edition(now.slug, *passages)
    return Former(replace(now, editions={}), version, then, None, now.editions["en"], None, moment_at(AT), then.address)


def broken(was: Published, now: Present) -> list[tuple[str, str]]:
    problems, held = compare(was, now)
    assert held == []
    return [(problem.code, problem.path) for problem in problems]


def test_wordings_differ_by_their_words_only() -> None:
    one = Wording('He said "no" -- twice', "", "1", "Geneva", ("a", "b", "c"))
    assert differences(one, replace(one, title="He said «no» — twice")) == []
    assert differences(one, replace(one, title="He said no", place="Wien")) == ["title", "place"]


@pytest.mark.parametrize(
    ("now", "what"),
    [
        ("abxd", ["passage 3"]),
        ("xabcd", ["passage 1"]),
        ("acd", ["passage 2 of before"]),
        ("axyzd", ["passage 2", "passage 3", "passage 4"]),
        ("axd", ["passage 2", "passage 3 of before"]),
        ("abdc", ["passage 3", "passage 4 of before"]),
        ("abcdefghijklm", [f"passage {n}" for n in range(5, 11)] + ["3 more"]),
    ],
)
def test_passages_that_differ_are_named_by_their_place(now: str, what: list[str]) -> None:
    assert differences(Wording(passages=tuple("abcd")), Wording(passages=tuple(now))) == what


def test_passages_stand_in_the_order_of_the_data_segments_first() -> None:
    passages = (Passage("q-1", "outside", 1), Passage("q-2", "second", 2, 2), Passage("q-3", "first", 3, 1), Passage("q-4", "second too", 4, 2))
    segments = (Segment(2, "soundbite", "", 2), Segment(1, "soundbite", "", 3))
    assert said(EditionFields(), Facts(passages, segments=segments)).passages == ("second", "second too", "first", "outside")


def test_of_two_entries_before_one_publishing_the_first_has_the_text_that_readers_have() -> None:
    was = published(document("a", "one"))
    now = document("a", "three", corrections=(entry(), entry("updated")))
    texts = (former(now, 1, "one"), former(now, 2, "two"))
    assert broken(was, present(now, formers=texts)) == []
    assert broken(was, present(now, formers=texts[1:])) == [("CO010", "content/releases/2020/a/v/2/index.en.md")]


def test_an_entry_that_does_not_concern_a_language_is_no_place_for_its_words() -> None:
    was = published(document("a", "one"))
    now = document("a", "three", corrections=(entry("corrected", "ar"), entry()))
    assert broken(was, present(now, formers=(former(now, 2, "one"),))) == []
    assert broken(was, present(now)) == [("CO010", "content/releases/2020/a/v/2/index.en.md")]


def test_a_withdrawal_needs_an_entry_of_its_own() -> None:
    withdrawn = document("a", corrections=(entry("withdrawn"),), title="")
    assert broken(published(document("a", "one")), present(withdrawn)) == []
    known = KnownEntry(2, "corrected", AT)
    was = published(document("a", "one", corrections=(entry(),)))
    was = replace(was, editions=(replace(was.editions[0], entries=(known,)),))
    assert broken(was, present(withdrawn)) == [("CO010", "content/releases/2020/a/index.en.md")] * 2


def test_the_fate_of_a_folder_is_found_by_its_words_its_alias_or_its_name() -> None:
    was = published(document("a", "one", "two"))
    for now, fate in (
        (document("a", "one"), STANDS),
        (document("b", "one", "three"), MOVED),
        (document("b", "three", aliases=("/en/releases/2020/a/",)), MOVED),
        (replace(document("a", "three"), year=2021), MOVED),
        (document("b", "three"), GONE),
    ):
        assert [found.what for found in fates(was, present(now))] == [fate]


def test_an_alias_of_another_published_document_does_not_stand_for_words_that_are_gone() -> None:
    was = published(document("a", "one"), document("b", "two"))
    now = document("b", "two", aliases=("/en/releases/2020/a/",))
    assert broken(was, present(now)) == [("CO011", "content/releases/2020/a")]


def test_a_document_that_stands_twice_has_not_moved() -> None:
    was = published(document("a", "one"))
    assert broken(was, present(document("a", "one"), document("b", "one"))) == []


def test_an_id_is_compared_where_its_address_still_has_one() -> None:
    was = published(document("a", "one"), document("b", "two"))
    now = document("a", "one"), document("b", "two")
    assert broken(was, present(*now, ids={"/en/releases/2020/a/": "tag:/en/releases/2020/a/"})) == []
    assert broken(was, present(*now, ids={"/en/releases/2020/a/": "x", "/en/releases/2020/b/": "y"})) == [("CO013", "pelicanconf.py")]


def test_a_listing_goes_with_all_that_it_led_to_and_not_with_less() -> None:
    first, second = document("a", "one"), document("b", "two")
    page = {"en/topics/x/index.html": PublishedPage(frozenset({"/en/releases/2020/a/", "/en/releases/2020/b/", "/en/"}))}
    was = published(first, second)
    was = replace(was, paths=was.paths | page.keys(), pages=page)
    corrected = [document(found.slug, *words, corrections=(entry(),)) for found, words in ((first, ["one"]), (second, ["two"]))]
    assert broken(was, present(*corrected)) == []
    assert broken(was, present(corrected[0], second)) == [("CO011", "content/releases/2020/b/index.en.md")]
    # What is told already may bring it back.
    assert broken(was, present(second)) == [("CO011", "content/releases/2020/a")]


def test_a_search_may_be_switched_off() -> None:
    one = document("a", "one")
    was = replace(published(one), paths=published(one).paths | {"en/search/index.html", "search/2020/en.json", "search/engine/pagefind.js"})
    assert broken(was, present(one)) == []


def test_ten_thousand_editions_are_compared_in_a_moment() -> None:
    one = sources("one")
    words = [[f"words {number} {n}" for n in range(2)] for number in range(10_000)]
    was = published(*(document(f"d{number}", *said) for number, said in enumerate(words)))
    now = present(*(document(f"d{number}{'-moved' * (number % 10 == 0)}", *said) for number, said in enumerate(words)), read=lambda _: one)
    began = time.process_time()
    assert len(compare(was, now)[0]) == 1000
    assert time.process_time() - began < 5

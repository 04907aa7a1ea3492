"""The Site: what the gate has let through, its links in place, its files named, and nothing of what is held."""

from __future__ import annotations

from datetime import UTC, datetime

from pressroom.desk.gate import judge
from pressroom.desk.cleared import Cleared
from pressroom.desk.plans import plan
from pressroom.desk.site import compose
from pressroom.ground import digests
from pressroom.model.document import Attachment
from pressroom.model.people import Registry, Topic
from pressroom.model.settings import Settings
from pressroom.model.text import Facts, Link
from pressroom.model.typography import Typography
from pressroom.model.words import Words
from tests.desk.trees import LANGUAGES, assembled

SETTINGS = Settings("/r", "/r/content", "/r/output", "/r/theme", "Office", "https://p.test", "Europe/Paris", "en", LANGUAGES, "p.test,2020")
REGISTRY = Registry(topics={"water": Topic("water", {"en": "Water"})})
STYLES = {lang: Typography(lang, "t") for lang in LANGUAGES}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def cleared(slug: str, *links: str, files: frozenset[str] = frozenset(), kind: str = "release", year: int = 2020, **yaml: str) -> Cleared:
    document = assembled(slug, kind, year, **yaml)
    facts = Facts(links=tuple(Link(target, 6, 1) for target in links))
    return Cleared(document, judge(document.fields, NOW), {lang: facts for lang in document.sources}, {lang: "d" for lang in document.sources}, files)


ONE = "title: One\ndate: 2020-11-02\ntopics: [water]\n"
TWO = "title: Two\ndate: 2020-12-02\nattachments: [b.pdf]\naliases: [/en/old/]\n"
AR = "title: Three\ntranslation: official\n"
HELD = assembled("secret", year=2030, en="title: Hushhush\ndate: 2030-01-01\nembargo: 2030-01-01\naliases: [/en/hush/]\n")


def test_links_are_resolved_for_each_edition_and_their_files_are_wanted() -> None:
    found = plan(SETTINGS, REGISTRY, (cleared("a", "../b/", "photo.jpg", files=frozenset({"photo.jpg"}), en=ONE, ar=AR), cleared("b", en=TWO)), (), ())
    assert not found.problems and [document.slug for document in found.documents] == ["b", "a"]
    assert found.documents[1].editions["ar"].hrefs == ("/en/releases/2020/b/", "/releases/2020/a/photo.jpg") and found.documents[1].editions["ar"].marks == ("en", "")
    assert found.files == {("releases/2020/a", "photo.jpg"), ("releases/2020/b", "b.pdf")}


def test_a_link_to_an_alias_a_listing_or_an_index_leads_there() -> None:
    targets = ("/en/old/", "/en/topics/water/", "/en/topics/", "/zh-hans/people/", "/ar/releases/2020/12/", "/")
    found = plan(SETTINGS, REGISTRY, (cleared("a", *targets, en=ONE), cleared("b", en=TWO)), (), ())
    assert not found.problems and found.documents[1].editions["en"].hrefs == targets


def test_nothing_of_a_held_document_is_in_the_site() -> None:
    found = plan(SETTINGS, REGISTRY, (cleared("a", "{filename}/releases/2030/secret/", "/en/hush/", en=ONE),), (), (HELD,))
    assert [problem.code for problem in found.problems] == ["LK002", "LK001"]
    site = compose(SETTINGS, REGISTRY, found, {}, {lang: Words(lang, "w") for lang in LANGUAGES}, STYLES, (), (), NOW)
    assert [document.slug for document in site.documents] == ["a"] and "Hushhush" not in repr(site) and not site.redirects


def test_a_link_to_a_document_with_faults_of_its_own_is_no_second_fault() -> None:
    unsound = assembled("b", en="title: B\ndate: 2020-01-01\nSatus: draft\n")
    assert not plan(SETTINGS, REGISTRY, (cleared("a", "../b/", en=ONE),), (unsound,), ()).problems


def test_the_site_has_its_chrome_redirects_and_copies() -> None:
    found = plan(SETTINGS, REGISTRY, (cleared("b", en=TWO), cleared("about", kind="page", year=0, en="title: About\n")), (), ())
    attached = {("releases/2020/b", "b.pdf"): Attachment("b.pdf", "/releases/2020/b/b.pdf", "/x/b.pdf", "d", 1)}
    site = compose(SETTINGS, REGISTRY, found, attached, {lang: Words(lang, "w") for lang in LANGUAGES}, STYLES, (), ("/theme/a.css",), NOW)
    assert [(redirect.address, redirect.target) for redirect in site.redirects] == [("/en/old/", "/en/releases/2020/b/")]
    assert [[file.name for file in document.attachments] for document in site.documents] == [["b.pdf"], []] and site.copies == ()
    assert site.chrome["ar"].dir == "rtl" and [(entry.text, entry.lang) for entry in site.chrome["ar"].pages] == [("About", "en")]
    assert next(document for document in site.documents if document.slug == "b").attachments == tuple(attached.values())


def test_the_order_in_which_documents_come_does_not_count() -> None:
    one, two = cleared("a", "../b/", en=ONE, ar=AR), cleared("b", en=TWO)
    first, second = (plan(SETTINGS, REGISTRY, order, (), ()) for order in ((one, two), (two, one)))
    assert digests.of(first) == digests.of(second)

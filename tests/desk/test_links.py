"""Links: to documents in the reader's language, to files, to the outside; what leads nowhere is a fault at its place."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.desk.links import Atlas, Known, Resolved, resolve
from pressroom.model.people import Registry, Topic
from pressroom.model.text import Link

HERE = "releases/2020/a"
ATLAS = Atlas(
    {
        HERE: Known("release", 2020, "a", ("en", "zh-Hans"), frozenset({"photo.jpg", "index.fr.md", "Plan.SVG", "photo.heic", "print.tif"})),
        "releases/2021/b": Known("release", 2021, "b", ("fr",), frozenset({"b.pdf"})),
        "pages/about": Known("page", 0, "about", ("en", "fr"), frozenset()),
        "releases/2022/empty": Known("release", 2022, "empty", (), frozenset()),
        "releases/2030/secret": Known("release", 2030, "secret", (), frozenset(), cleared=False),
    },
    Registry(topics={"water": Topic("water"), "dry": Topic("dry")}),
    frozenset({"ana-diaz"}),
    lambda: frozenset({"/", "/en/", "/en/topics/water/", "/en/releases/2020/a/", "/en/old-name/"}),
)


def lead(target: str, lang: str = "en") -> Resolved:
    return resolve(Link(target, 7, 3), HERE, lang, "content/x.md", ATLAS)


@pytest.mark.parametrize(
    ("target", "href", "mark"),
    [
        ("../../2021/b/", "/fr/releases/2021/b/", "fr"),
        ("../../2021/b", "/fr/releases/2021/b/", "fr"),
        ("{filename}/releases/2021/b/", "/fr/releases/2021/b/", "fr"),
        ("{filename}../../2021/b/index.fr.md", "/fr/releases/2021/b/", "fr"),
        ("|filename|/pages/about/", "/en/about/", ""),
        ("index.zh-Hans.md", "/zh-hans/releases/2020/a/", "zh-Hans"),
        ("../a/#q-abc", "/en/releases/2020/a/#q-abc", ""),
        ("photo.jpg", "/releases/2020/a/photo.jpg", ""),
        ("./photo.jpg?x=1", "/releases/2020/a/photo.jpg", ""),
        ("{static}photo.jpg", "/releases/2020/a/photo.jpg", ""),
        ("{attach}../../2021/b/b.pdf", "/releases/2021/b/b.pdf", ""),
        ("%70hoto.jpg", "/releases/2020/a/photo.jpg", ""),
        ("{index}", "/en/", ""),
        ("{tag}water", "/en/topics/water/", ""),
        ("{author}ana-diaz", "/en/people/ana-diaz/", ""),
        ("{category}releases", "/en/releases/", ""),
        ("/en/topics/water", "/en/topics/water/", ""),
        ("/en/old-name/", "/en/old-name/", ""),
        ("#prices", "#prices", ""),
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c", ""),
        ("mailto:a@b.test", "mailto:a@b.test", ""),
        (" HTTPS://example.org/ ", "HTTPS://example.org/", ""),
    ],
)
def test_a_link_leads_where_it_says(target: str, href: str, mark: str) -> None:
    found = lead(target)
    assert (found.problem, found.href, found.mark) == (None, href, mark)


def test_a_link_to_a_document_goes_to_the_edition_in_the_page_s_language() -> None:
    assert lead("../a/", "zh-Hans").href == "/zh-hans/releases/2020/a/" and lead("{filename}/pages/about/", "fr").mark == ""
    assert lead("../a/", "ar") == Resolved("/en/releases/2020/a/", "en")


def test_a_link_to_a_folder_without_an_edition_says_nothing_more_than_the_folder_does() -> None:
    assert lead("{filename}/releases/2022/empty/") == Resolved("#")


@pytest.mark.parametrize(("target", "instead"), [("../a/index.de.md", "../a/"), ("{filename}/releases/2020/a/index.de.md", "{filename}/releases/2020/a/"), ("index.fr.md", "./")])
def test_a_link_to_an_edition_that_is_not_there_is_told_where_it_may_lead(target: str, instead: str) -> None:
    problem = lead(target).problem
    assert problem and "edition that is not there" in problem.message and f"link to {instead}," in problem.hint
    assert not lead(instead).problem


def test_a_link_to_a_file_asks_for_it_to_be_published() -> None:
    assert lead("photo.jpg").file == (HERE, "photo.jpg") and lead("../../2021/b/b.pdf").file == ("releases/2021/b", "b.pdf")


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("", "LK001"),
        ("nothing.jpg", "LK001"),
        ("../b/", "LK001"),
        ("index.fr.md", "LK002"),
        ("../../2030/secret/", "LK002"),
        ("../../2030/secret/index.en.md", "LK002"),
        ("{filename}/releases/2030/secret/", "LK002"),
        ("/releases/2020/a/photo.jpg", "LK001"),
        ("/en/nowhere/", "LK001"),
        ("{tag}dry", "LK001"),
        ("{tag}../../x", "LK001"),
        ("{author}nobody", "LK001"),
        ("{category}pages", "LK001"),
        ("{filename}", "LK001"),
        ("{other}x", "LK001"),
        ("../../../../etc/passwd", "LK003"),
        ("{static}/../../etc/passwd", "LK003"),
        ("%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "LK003"),
        ("..\\..\\x", "LK003"),
        ("photo.jpg%00.png", "LK003"),
        ("//evil.test/", "LK003"),
        ("/\\evil.test/", "LK003"),
        ("https:\\\\evil.test", "LK003"),
        ("https://", "LK003"),
        ("https:///", "LK003"),
        ("https://u@/x", "LK003"),
        ("https:// example.org/a", "LK003"),
        ("https://exa mple.org/", "LK003"),
        ("https://ex%20ample.org/", "LK003"),
        ("https://example.org:80a/", "LK003"),
        ("https://example.org:99999/x", "LK003"),
        ("https://ex[ample.org/", "LK003"),
        ("https://[::1/a.png", "LK003"),
        ("https://[::1::2]/", "LK003"),
        ("javascript:alert(1)", "LK003"),
        ("JAVASCRIPT:alert(1)", "LK003"),
        ("  javascript:alert(1)", "LK003"),
        ("data:text/html,x", "LK003"),
        ("vbscript:x", "LK003"),
        ("file:///etc/passwd", "LK003"),
        ("java\tscript:x", "LK001"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault_at_its_place(target: str, code: str) -> None:
    found = lead(target)
    assert found.problem and found.href == "#" and found.file is None
    assert (found.problem.code, found.problem.path, found.problem.line, found.problem.column) == (code, "content/x.md", 7, 3) and found.problem.hint


@pytest.mark.parametrize("name", ["photo.heic", "print.tif", "../../2021/b/b.pdf"])
def test_a_picture_that_browsers_do_not_show_is_a_fault_and_a_link_to_its_file_is_none(name: str) -> None:
    shown = resolve(Link(name, 7, 3, True), HERE, "en", "content/x.md", ATLAS)
    assert shown.problem and (shown.problem.code, shown.problem.line, shown.problem.column, shown.file) == ("FT011", 7, 3, None)
    assert lead(name).problem is None


@pytest.mark.parametrize("name", ["photo.jpg", "Plan.SVG", "../a/"])
def test_a_picture_that_browsers_show_is_no_fault(name: str) -> None:
    assert resolve(Link(name, 7, 3, True), HERE, "en", "content/x.md", ATLAS).problem is None


APART, TOGETHER = "cafe\u0301.jpg", "caf\u00e9.jpg"


@pytest.mark.parametrize(
    ("typed", "lies", "hint"),
    [
        ("photo.jpg", "photo.JPG", 'did you mean "photo.JPG"?'), ("PHOTO.jpg", "photo.jpg", 'did you mean "photo.jpg"?'), ("photo.jgp", "photo.jpg", 'did you mean "photo.jpg"?'),
        (TOGETHER, APART, "rename the file"), (APART, TOGETHER, "type the name again"), ("Caf\u00e9.JPG", APART, f'did you mean "{APART}"?'), ("photo.jpg", "x.csv", "check the path"),
    ],
)  # fmt: skip
def test_a_hint_names_the_file_that_is_meant_or_says_how_two_names_that_look_alike_differ(typed: str, lies: str, hint: str) -> None:
    atlas = replace(ATLAS, documents={HERE: replace(ATLAS.documents[HERE], files=frozenset({lies, "z.pdf"}))})
    for target in (typed, quote(typed), f"{{static}}{typed}"):
        problem = resolve(Link(target, 7, 3), HERE, "en", "content/x.md", atlas).problem
        assert problem and problem.code == "LK001" and hint in problem.hint


def test_a_link_to_what_is_held_names_nothing() -> None:
    problem = lead("../../2030/secret/").problem
    assert problem and "secret" not in problem.message + problem.hint + problem.source


def test_a_hint_names_the_document_of_that_slug_but_never_a_held_one() -> None:
    assert lead("../b/").problem.hint == "write {filename}/releases/2021/b/"  # type: ignore[union-attr]
    assert "2030" not in lead("../secret/").problem.hint  # type: ignore[union-attr]


@given(st.text(alphabet="abjavscript:/\\.#?%20{}|filename \t\n\x01&;", max_size=30))
def test_no_link_leads_out_of_the_site_unless_it_says_so(target: str) -> None:
    found = lead(target)
    if not found.problem:
        assert found.href.startswith(("/en/", "/fr/", "/zh-hans/", "/releases/", "#", "http:", "https:", "mailto:", "tel:")) or found.href == "/"
        assert not found.href.startswith("//") and "/../" not in found.href.partition("#")[0]


@pytest.mark.parametrize(
    "target",
    [
        "https://bücher.test/ä", "https://中国.test/路 径", "https://[2001:db8::1]:8080/x", "https://x.test/%zz?q=%41 b", "https://x.test:/", "https://u:p@x.test/", "https://a_b.test/",
        "https://x.test?a@b:c", "https://x.test#a", "HTTP://X.test", "https://%65xample.test/a@b:c", "https:x.test", "http://localhost:65535",
    ],
)  # fmt: skip
def test_an_address_that_a_browser_can_ask_for_is_no_fault(target: str) -> None:
    assert lead(target) == Resolved(target)

"""Addresses: from the root in the model, relative to the page in its HTML."""

from __future__ import annotations

import posixpath
from urllib.parse import quote, unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground.addresses import IN_FRAGMENT, absolute, file_of, relative

PART = st.text(alphabet="abz09-._~é字ع:@!$&'()*+,;=% ", min_size=1, max_size=8).filter(lambda part: part not in (".", ".."))
FOLDER = st.lists(PART, max_size=4).map(lambda parts: "/".join(["", *parts, ""]))
ADDRESS = st.one_of(FOLDER, st.builds(lambda folder, name: folder + name, FOLDER, PART))


@given(page=ADDRESS, target=ADDRESS)
def test_a_relative_link_leads_back_to_its_target(page: str, target: str) -> None:
    base = "https://press.test" + "/".join(map(_escaped, page.split("/")))
    assert unquote(urljoin(base, relative(page, target))) == f"https://press.test{target}"


@given(page=ADDRESS, target=ADDRESS, prefix=st.sampled_from(["/", "/office/", "/a/b/"]))
def test_a_relative_link_works_under_any_base_path(page: str, target: str, prefix: str) -> None:
    base = "https://press.test" + "/".join(map(_escaped, (prefix[:-1] + page).split("/")))
    assert unquote(urljoin(base, relative(page, target))) == f"https://press.test{prefix[:-1]}{target}"


def _escaped(part: str) -> str:
    from urllib.parse import quote

    return quote(part, safe="-._~")


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("/en/releases/2020/a/", "/en/releases/2020/b/", "../b/"),
        ("/en/releases/2020/a/", "/en/", "../../../"),
        ("/en/", "/", "../"),
        ("/", "/", "./"),
        ("/en/a/", "/en/a/", "./"),
        ("/en/a/", "/en/a/#q-abc", "#q-abc"),
        ("/en/a/index.json", "/en/a/", "./"),
        ("/404.html", "/404.html", "404.html"),
        ("/404.html", "/en/", "en/"),
        ("/en/a/", "/releases/2020/a/photo one.jpg", "../../releases/2020/a/photo%20one.jpg"),
        ("/", "/a:b/", "a%3Ab/"),
    ],
)
def test_links_are_written_as_short_as_they_can_be(page: str, target: str, link: str) -> None:
    assert relative(page, target) == link


@pytest.mark.parametrize("target", ["https://example.org/a b", "mailto:a@b.c", "#q-abc", "//example.org/", ""])
def test_what_is_no_address_of_the_site_stays_as_it_is(target: str) -> None:
    assert relative("/en/", target) == target == absolute("https://press.test", target)


def test_an_absolute_address_has_the_host_and_the_base_path() -> None:
    assert absolute("https://press.test/office/", "/en/ü/#a") == "https://press.test/office/en/%C3%BC/#a"


@pytest.mark.parametrize(("address", "file"), [("/", "index.html"), ("/en/", "en/index.html"), ("/en/a/#x", "en/a/index.html"), ("/feed.xml", "feed.xml")])
def test_an_address_is_answered_by_one_file(address: str, file: str) -> None:
    assert file_of(address) == file


STEPS = st.lists(st.sampled_from(["en", "ar", "releases", "2020", "v", "with", "a b", "é", "..", ".", ""]), max_size=5).map("/".join)


@given(STEPS, STEPS, st.sampled_from(["", "#q-abc", "#é%20", "#"]))
def test_a_relative_address_is_the_one_that_posix_paths_give(page: str, target: str, fragment: str) -> None:
    page, target = f"/{page}", f"/{target}"
    folder, _, name = target.rpartition("/")
    way = posixpath.relpath(folder or "/", page.rpartition("/")[0] or "/")
    told = quote(f"{way}/{name}" if way != "." or not name else name, safe="/.-_~") + fragment[:1] + quote(fragment[1:], safe=IN_FRAGMENT)
    found = relative(page, f"{target}{fragment}")
    assert found == told or target.startswith("//") or (fragment and target == page)

"""Links of finished pages: relative to the page, so that the same bytes work under any base path, and none leads to nothing."""

from __future__ import annotations

import functools
import threading
import urllib.request
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from lxml import html

from pressroom.checks.links import check_links
from tests.finished.lychee import dead_links
from tests.outputs.trees import Built, is_outside
from tests.sites import build, make_site


def test_links_inside_the_site_are_relative_to_the_page(built: Built) -> None:
    for page in built.pages.values():
        for element, href in page.links():
            assert not href.startswith("/"), (page.path, href)
            if page.path != "404.html" and not element.xpath("ancestor-or-self::link"):
                assert not href.startswith(built.settings.url), (page.path, href)


def test_links_of_the_page_for_what_is_not_there_are_absolute(built: Built) -> None:
    page = built.pages["404.html"]
    found = [href for _, href in page.links() if not href.startswith("#")]
    assert found
    for href in found:
        assert href.startswith(f"{built.settings.url}/"), href
        assert built.read(urlsplit(href).path.lstrip("/") + ("index.html" if href.endswith("/") else ""))


def test_every_link_leads_to_a_file_and_every_fragment_to_an_id(built: Built) -> None:
    ids = {path: set(page.ids()) for path, page in built.pages.items()}
    for page in built.pages.values():
        for _, href in page.links():
            if is_outside(href):
                continue
            path, fragment = page.resolve(href)
            assert path in built.paths, (page.path, href)
            assert not fragment or path not in ids or fragment in ids[path], (page.path, href)


def test_the_independent_look_finds_the_same(built: Built) -> None:
    pages = {path: page.data for path, page in built.pages.items()}
    assert check_links(pages, built.paths, built.read) == []


def test_every_file_that_is_read_by_people_can_be_reached_from_the_door(built: Built) -> None:
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = built.pages[waiting.pop()]
        for _, href in page.links():
            path = "" if is_outside(href) else page.resolve(href)[0]
            if path and path not in seen:
                seen.add(path)
                if path in built.pages:
                    waiting.append(path)
    # What only a script reads: the module that another imports, the index of words, and that of the search.
    apart = {"404.html", "CNAME", "old/place/index.html", "theme/words.js", "theme/media.js", *(path for path in built.paths if path.startswith(("search/", "verify/")))}
    assert {path for path in built.paths - seen if not path.endswith((".xml", ".txt")) and not path.startswith(".well-known/")} <= apart


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def under_a_base_path(odd: Built, tmp_path: Path) -> Iterator[str]:
    """The tree served below two folders of a host that is not its own."""
    (tmp_path / "some" / "where").mkdir(parents=True)
    (tmp_path / "some" / "where" / "press").symlink_to(odd.folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some/where/press/"
        server.shutdown()


def test_the_same_bytes_work_under_any_base_path(under_a_base_path: str, odd: Built) -> None:
    seen, waiting = {under_a_base_path}, [under_a_base_path]
    while waiting:
        url = waiting.pop()
        with urllib.request.urlopen(url) as answer:
            data, kind = answer.read(), answer.headers.get_content_type()
        if kind != "text/html":
            continue
        for href in html.document_fromstring(data).xpath("//body//@href | //@src | //link[@rel='stylesheet' or @rel='icon']/@href | //link[@type]/@href"):
            target = urldefrag(urljoin(url, href))[0]
            if urlsplit(target).netloc == urlsplit(url).netloc and target not in seen:
                assert target.startswith(under_a_base_path), (url, href)
                seen.add(target)
                waiting.append(target)
    assert len(seen) > 100


def test_a_link_to_a_bundle_goes_to_the_pages_language_else_to_the_original_marked(odd: Built) -> None:
    page = odd.pages["ar/releases/2026/only-arabic/index.html"]
    river, harbour, file, edition = page.all("//main//div[@class='prose']//p[@id]//a[not(@class)]")
    assert (river.get("href"), river.get("hreflang")) == ("../river-rises/", None)
    assert (harbour.get("href"), harbour.get("hreflang")) == ("../../../../en/releases/2025/harbour-opens/", "en")
    assert (file.get("href"), file.get("hreflang")) == ("../../../../releases/2026/river-rises/data.csv", None)
    assert (edition.get("href"), edition.get("hreflang")) == ("../../../../en/releases/2026/river-rises/", "en")


def test_every_link_to_a_page_in_another_language_says_so(built: Built) -> None:
    for page in built.pages.values():
        for element, href in page.links():
            if element.tag == "a" and not is_outside(href):
                path, _ = page.resolve(href)
                other = built.pages.get(path)
                if other and other.lang != page.lang and path not in ("index.html", "404.html"):
                    assert element.get("hreflang") == other.lang, (page.path, href)


def test_lychee_finds_nothing(built: Built) -> None:
    assert dead_links(Path(built.folder), built.settings.url) == []


def test_an_address_elsewhere_stands_on_a_page_as_a_browser_asks_for_it(tmp_path: Path) -> None:
    text = '[a](<https://e.test/an annex {2}.pdf?q=a|b^c#p 1>) and [b](https://e.test/ä?a[]=%41&b=1+2), and <a href="mailto:desk@e.test?subject=Two words">c</a>.'
    root = make_site(tmp_path, {"releases/2026/a/index.en.md": f"---\ntitle: A\ndate: 2026-03-04\n---\n{text}\n"}, 'LANGUAGES = ["en"]\n')
    done = build(root)
    assert done.returncode == 0, done.stderr
    page = html.fromstring((root / "output/en/releases/2026/a/index.html").read_text(encoding="utf-8"))
    assert page.xpath('//div[@class="prose"]//p[1]/a[contains(@href, ":")]/@href') == [
        "https://e.test/an%20annex%20%7B2%7D.pdf?q=a%7Cb%5Ec#p%201", "https://e.test/ä?a[]=%41&b=1+2", "mailto:desk@e.test?subject=Two%20words",
    ]  # fmt: skip

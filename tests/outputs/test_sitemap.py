"""Sitemaps, held against the rules of sitemaps.org and of alternates."""

from __future__ import annotations

import re
from datetime import datetime

from lxml import etree

from tests.outputs.trees import Built

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
PART = re.compile(r"sitemap-(20\d\d|pages)\.xml")


def parts(built: Built) -> dict[str, etree._Element]:
    return {path: built.xml(path) for path in sorted(built.paths) if PART.fullmatch(path)}


def places(built: Built) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for path, part in parts(built).items():
        for url in part.findall("s:url", NS):
            loc = url.findtext("s:loc", namespaces=NS)
            assert loc not in found, (path, loc)
            found[loc] = url
    return found


def test_the_index_names_every_part_and_robots_names_the_index(built: Built) -> None:
    root = built.xml("sitemap.xml")
    assert root.tag == f"{{{NS['s']}}}sitemapindex"
    named = [loc.text.removeprefix(f"{built.settings.url}/") for loc in root.findall("s:sitemap/s:loc", NS)]
    assert sorted(named) == sorted(parts(built)) and named
    assert f"Sitemap: {built.settings.url}/sitemap.xml\n" in built.read("robots.txt").decode()


def test_a_part_has_the_elements_of_the_protocol_in_their_order(built: Built) -> None:
    for path, part in parts(built).items():
        assert part.tag == f"{{{NS['s']}}}urlset"
        assert 0 < len(part) <= 50_000 and len(built.read(path)) < 50_000_000
        for url in part:
            names = [etree.QName(child).localname for child in url]
            assert re.fullmatch(r"loc(,lastmod)?(,link)+", ",".join(names)), (path, names)
            loc = url.findtext("s:loc", namespaces=NS)
            assert loc.startswith(f"{built.settings.url}/") and len(loc) < 2048 and loc.isascii(), loc


def test_every_place_is_a_page_that_is_indexed_and_names_itself(built: Built) -> None:
    for loc in places(built):
        page = built.page_at(loc)
        assert page.canonical() == loc and not page.all("//meta[@name='robots']"), loc


def test_every_edition_and_every_listing_but_the_archives_is_a_place(built: Built) -> None:
    found = places(built)
    wanted = {data["url"] for data in built.editions.values()}
    listing = re.compile(r"[a-z-]+/(?:|(?:releases|transcripts|topics|people)/|(?:topics|people)/[a-z0-9-]+/)index\.html")
    wanted |= {page.canonical() for path, page in built.pages.items() if listing.fullmatch(path)}
    assert wanted <= set(found), sorted(wanted - set(found))


def test_alternates_are_those_of_the_page_and_point_back(built: Built) -> None:
    found = places(built)
    for loc, url in found.items():
        links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NS)}
        assert {link.get("rel") for link in url.findall("x:link", NS)} == {"alternate"}
        assert links == built.page_at(loc).alternates(), loc
        for lang, href in links.items():
            if lang != "x-default":
                other = {link.get("hreflang"): link.get("href") for link in found[href].findall("x:link", NS)}
                assert other == links


def test_lastmod_is_when_the_edition_was_published_or_changed_last(built: Built) -> None:
    instants = {data["url"]: datetime.fromisoformat(data.get("updated", data["published"])) for data in built.editions.values() if "published" in data}
    for loc, url in places(built).items():
        said = url.findtext("s:lastmod", namespaces=NS)
        assert (datetime.fromisoformat(said) if said else None) == instants.get(loc), loc
    for sitemap in built.xml("sitemap.xml").findall("s:sitemap", NS):
        loc, said = sitemap.findtext("s:loc", namespaces=NS), sitemap.findtext("s:lastmod", namespaces=NS)
        of_part = [
            datetime.fromisoformat(text.text) for text in built.xml(loc.removeprefix(f"{built.settings.url}/")).findall("s:url/s:lastmod", NS)
        ]
        assert (datetime.fromisoformat(said) if said else None) == max(of_part, default=None)


def test_a_document_is_in_the_part_of_its_year(built: Built) -> None:
    for path, part in parts(built).items():
        for loc in part.findall("s:url/s:loc", NS):
            year = re.search(r"/(?:releases|transcripts)/(20\d\d)/[a-z0-9-]{3,}/$", loc.text)
            assert PART.fullmatch(path)[1] == (year[1] if year else "pages")

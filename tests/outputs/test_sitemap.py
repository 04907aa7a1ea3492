"""Sitemaps, held against the rules of sitemaps.org and of alternates."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from pressroom.build import build
from pressroom.outputs import sitemap
from tests.outputs.trees import Built
from tests.sites import REPOSITORY, make_site, put
from tests.test_sameness import settings_of

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
    for entry in built.xml("sitemap.xml").findall("s:sitemap", NS):
        loc, said = entry.findtext("s:loc", namespaces=NS), entry.findtext("s:lastmod", namespaces=NS)
        of_part = [
            datetime.fromisoformat(text.text) for text in built.xml(loc.removeprefix(f"{built.settings.url}/")).findall("s:url/s:lastmod", NS)
        ]
        assert (datetime.fromisoformat(said) if said else None) == max(of_part, default=None)


def test_a_document_is_in_the_part_of_its_year(built: Built) -> None:
    for path, part in parts(built).items():
        for loc in part.findall("s:url/s:loc", NS):
            year = re.search(r"/(?:releases|transcripts)/(20\d\d)/[a-z0-9-]{3,}/$", loc.text)
            assert PART.fullmatch(path)[1] == (year[1] if year else "pages")


def test_a_year_of_more_than_a_sitemap_may_hold_has_several_and_what_is_new_changes_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As if the protocol took no more than two documents of three languages.
    monkeypatch.setattr(sitemap, "_MOST_ELEMENTS", 2 * 3 * 5)
    several = re.compile(r"sitemap-(?:\d{4}|pages)(?:-\d+)?\.xml")
    root = make_site(tmp_path / "site")
    (root / "theme").symlink_to(REPOSITORY / "theme")
    settings = settings_of(root)

    def put_releases(first: int, last: int) -> None:
        for day in range(first, last + 1):
            put(root, f"releases/2024/day-{day}/index.en.md", f"---\ntitle: Day {day}\ndate: 2024-05-{day:02}\n---\nIt is.\n")

    def built() -> dict[str, list[str]]:
        build(settings, datetime(2026, 6, 1, 12, tzinfo=UTC))
        site = Built(settings)
        named = [loc.text.removeprefix(f"{settings.url}/") for loc in site.xml("sitemap.xml").findall("s:sitemap/s:loc", NS)]
        assert sorted(named) == sorted(path for path in site.paths if several.fullmatch(path)) and len(set(named)) == len(named)
        return {path: [loc.text for loc in site.xml(path).findall("s:url/s:loc", NS)] for path in named}

    put_releases(1, 5)
    before = built()
    of_year = {path: [re.search(r"day-\d", loc)[0] for loc in found] for path, found in before.items() if "2024" in path}
    assert of_year == {"sitemap-2024.xml": ["day-2", "day-1"], "sitemap-2024-2.xml": ["day-4", "day-3"], "sitemap-2024-3.xml": ["day-5"]}
    places = [loc for path in before for loc in before[path]]
    assert len(set(places)) == len(places) and f"{settings.url}/en/" in places and max(map(len, before.values())) <= 6 and "sitemap-pages-2.xml" in before
    put_releases(6, 7)
    after = built()
    assert [path for path in after if before.get(path) != after[path] and "2024" in path] == ["sitemap-2024-3.xml", "sitemap-2024-4.xml"]
    monkeypatch.undo()
    shutil.rmtree(root / ".pressroom")
    shutil.rmtree(settings.output)
    whole = built()
    assert {loc for found in whole.values() for loc in found} == {loc for found in after.values() for loc in found}
    assert not [path for path in whole if path.count("-") > 1]


@pytest.mark.parametrize("languages", [1, 2, 3, 6, 10, 30])
def test_a_sitemap_stays_within_the_protocol_s_limits_whatever_the_languages(languages: int) -> None:
    tags = [f"l{number}" for number in range(languages)]
    (_, part), *_ = sitemap._parts(2026, tags, range(200_000))
    # An address of some length, and as many alternates as there are languages, with x-default.
    address = "https://press.office-of-some-length.example.org/zh-hans/transcripts/2026/" + "a" * 60 + "/"
    one = sitemap.places_view("", ((tuple((tag, address) for tag in tags), address, dict.fromkeys(tags, "2026-01-01T00:00:00Z")),))
    assert len(part) * languages <= 50_000 and len(part) * len(one) < 50_000_000

"""The table of addresses: which files a site has, and no other."""

from __future__ import annotations

import re

from tests.outputs.trees import Built

TABLE = re.compile(
    r"""
      index\.html | 404\.html | robots\.txt | llms\.txt | people\.json | sitemap\.xml | sitemap-(?:20\d\d|pages)\.xml | news-sitemap\.xml | \.well-known/pressroom\.json | favicon\.svg | CNAME | theme/.+
    | (?P<lang>[a-z]{2}(?:-[a-z]{4})?)/(?:
          (?:index\.html | feed\.(?:xml|json))?
        | (?:releases|transcripts)/(?: (?:index\.html|feed\.(?:xml|json)) | 20\d\d/(?: index\.html | (?:0[1-9]|1[0-2])/index\.html | [a-z0-9-]{3,}/(?: index\.(?:html|json|md) | v/\d+/index\.(?:html|json) | with/[a-z]{2}(?:-[a-z]{4})?/index\.html ) ))
        | corrections/(?:index\.html|feed\.(?:xml|json)) | (?:search|verify)/index\.html
        | (?:topics|people)/(?: index\.html | [a-z0-9-]+/(?: index\.html | feed\.(?:xml|json) | 20\d\d/index\.html ))
        | [a-z0-9-]+/(?: index\.(?:html|json|md) | with/[a-z]{2}(?:-[a-z]{4})?/index\.html )
      )
    | (?:releases|transcripts)/20\d\d/[a-z0-9-]+/(?:sizes/[^/]+\.\d+\.(?:avif|webp)|[^/]+)
    | search/(?: engine/(?:pagefind(?:-worker)?\.js | wasm\.[a-z-]+\.pagefind) | (?:engine|20\d\d(?:-\d\d)?|archive|pages)/(?: [a-z-]+\.json | pagefind\.\S+\.pf_meta | (?:index|fragment)/\S+ ) | (?:zh|fr)\.json )
    | old/place/index\.html
    | verify/(?: index\.json | (?:20\d\d(?:-\d\d)?|pages)/[a-z]{2}(?:-[a-z]{4})?\.json )
    """,
    re.VERBOSE,
)


def test_every_file_has_a_place_in_the_table(built: Built) -> None:
    assert [path for path in built.paths if not TABLE.fullmatch(path)] == []
    assert {found["lang"] for path in built.paths if (found := TABLE.fullmatch(path)) and found["lang"]} == {tag.lower() for tag in built.settings.languages}


def test_every_edition_has_its_page_its_data_and_its_text(built: Built) -> None:
    for folder in built.editions:
        assert {f"{folder}index.{ending}" for ending in ("html", "json", "md")} <= built.paths
    assert {path.removesuffix("index.md") for path in built.paths if path.endswith("index.md")} == set(built.editions)


def test_every_earlier_version_has_its_page_and_its_data(built: Built) -> None:
    found = {path.rpartition("/")[0]: set() for path in built.paths if "/v/" in path}
    for path in built.paths:
        if "/v/" in path:
            found[path.rpartition("/")[0]].add(path.rpartition("/")[2])
    assert all(names == {"index.html", "index.json"} for names in found.values())


def test_every_language_has_the_same_listings(built: Built) -> None:
    def listings(lang: str) -> set[str]:
        found = {path.partition("/")[2] for path in built.paths if path.startswith(f"{lang.lower()}/") and path.endswith("index.html")}
        editions = {path.partition("/")[2].replace(".json", ".html") for path in built.paths if path.startswith(f"{lang.lower()}/") and path.endswith(".json")}
        return {path for path in found - editions if not path.startswith("people/") and "/with/" not in path}

    assert len({frozenset(listings(lang)) for lang in built.settings.languages}) == 1


def test_a_document_is_where_its_folder_is(odd: Built) -> None:
    assert set(odd.editions) == {
        f"{path}/"
        for path in (
            "en/releases/2026/river-rises", "zh-hans/releases/2026/river-rises", "ar/releases/2026/river-rises", "en/releases/2025/harbour-opens",
            "en/transcripts/2025/forum", "en/about", "ar/releases/2026/only-arabic", "en/releases/2024/after-the-original",
            "zh-hans/transcripts/2024/street", "en/releases/2025/half-translated",
        )
    }  # fmt: skip


def test_a_month_is_that_of_the_printed_day_in_the_sites_zone(odd: Built) -> None:
    assert "en/releases/2026/02/index.html" in odd.paths
    assert "en/transcripts/2024/12/index.html" in odd.paths and "en/transcripts/2024/11/index.html" not in odd.paths


def test_attachments_are_there_once_without_a_language(odd: Built) -> None:
    assert [path for path in odd.paths if path.endswith("data.csv")] == ["releases/2026/river-rises/data.csv"]
    assert odd.read("releases/2026/river-rises/data.csv") == b"a,b\n1,2\n"


def test_a_file_that_nothing_names_stays_in(odd: Built) -> None:
    assert not [path for path in odd.paths if path.endswith("spare.txt")]
    assert b"Nobody names" not in b"".join(odd.read(path) for path in odd.paths)


def test_every_attachment_of_the_demo_is_published_with_its_own_bytes(demo: Built) -> None:
    found = {item["url"].removeprefix(demo.settings.url + "/") for data in demo.editions.values() for item in data.get("attachments", [])}
    made = ("/sizes/", "/kit.zip")
    assert found and found == {path for path in demo.paths if path.startswith(("releases/", "transcripts/")) and not any(part in path for part in made)}


def test_files_of_root_and_theme_are_copied(odd: Built) -> None:
    assert odd.read("CNAME") == b"press.test\n"
    assert "theme/press.css" in odd.paths


def test_no_address_of_a_held_document_exists(built: Built) -> None:
    assert not [path for path in built.paths if any(word in path for word in ("secret-merger", "half-written", "state-of-the-harbours"))]

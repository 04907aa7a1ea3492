"""The search page, and what an index is made from."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.build import build
from pressroom.model.document import Edition, EditionFields
from pressroom.model.text import Block, Body, Facts, Passage
from pressroom.outputs.folding import characters, folded, is_chinese, is_folded
from pressroom.outputs.head import POLICY
from pressroom.model.typography import Typography
from pressroom.outputs.search import index_of, page_of
from tests.outputs.trees import Built, Page
from tests.sites import FILES, REPOSITORY, make_site
from tests.test_sameness import settings_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SAID = ("release", None, (), "The forum", "")


def edition(lang: str = "en", title: str = "A title", *ids: str) -> Edition:
    passages = tuple(Passage(id, "", 1) for id in ids)
    return Edition(lang, "ltr", f"/{lang.lower()}/releases/2026/one/", "one.md", "", EditionFields(title, summary="In short."), Facts(passages))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = make_site(tmp_path_factory.mktemp("search") / "site", dict(FILES))
    (root / "theme").symlink_to(REPOSITORY / "theme")
    settings = replace(settings_of(root), search=True)
    build(settings, NOW)
    return Built(settings)


def options(page: Page, name: str) -> dict[str, str]:
    return {option.get("value", ""): option.text for option in page.all(f"//select[@name='{name}']//option")}


def test_a_page_to_index_has_each_passage_by_its_fingerprint_and_the_rest_by_none() -> None:
    blocks = (Block("heading", "", "A heading"), Block("paragraph", "", "One. Two.", (0, 1)), Block("table", "", "a b"))
    text = page_of(edition("en", "Fish & <chips>", "q-one", "q-two"), SAID, Typography("en", ""), Body(blocks, ("One.", "Two\u200b.")), ).decode()
    assert text.startswith('<!doctype html><html lang="en"><body><main><h1>Fish & &lt;chips></h1>')
    found = re.findall(r'<h6 id="([^"]+)" data-pagefind-weight="1">([^<]*)</h6>', text)
    assert found == [("_", "In short."), ("_", "The forum"), ("_", "A heading"), ("q-one", "One."), ("q-two", "Two."), ("_", "a b")]


def test_what_is_typed_as_markup_is_no_markup() -> None:
    text = page_of(edition("en", "</h1><script>alert(1)</script>"), SAID, Typography("en", ""), Body()).decode()
    assert "<script" not in text and text.count("</h1>") == 1


def test_chinese_of_both_scripts_is_one_index() -> None:
    assert [index_of(lang) for lang in ("zh-Hans", "zh-Hant", "zh", "en", "pt-BR", "ar")] == ["zh", "zh", "zh", "en", "pt-br", "ar"]
    assert not is_chinese("zha") and [is_folded(lang) for lang in ("ar", "zh-Hant", "arz", "en")] == [True, True, False, False]


def test_a_character_is_folded_into_one_that_stays() -> None:
    found = characters()
    assert {"財": "财", "務": "务", "報": "报", "告": None}.items() >= {(one, found.get(one)) for one in "財務報告"}
    assert all(len(one) == len(other) == 1 and ord(one) < 0x10000 > ord(other) for one, other in found.items())
    # A few have a simpler form of their simpler form; the query and the index are folded once alike.
    assert len(found) > 3000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("والأرباح", "و-الأرباح"), ("فالماء (والنهر) والموانئ، وال", "ف-الماء (و-النهر) و-الموانئ، وال"), ("نوالي بالماء للماء وماء", "نوالي بالماء للماء وماء"),
        ("财務", "财務"),
    ],
)  # fmt: skip
def test_arabic_is_looked_for_without_the_conjunction_before_the_article(text: str, found: str) -> None:
    assert folded(text, "ar") == found


def test_arabic_is_looked_for_without_its_article() -> None:
    assert folded("قال الوزير (والفريق): الصحة الآن، ال، الا، إلى الحد-الأدنى", "ar") == "قال ال-وزير (و-الفريق): ال-صحة ال-آن، ال، الا، إلى ال-حد-الأدنى"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’eau de l'Office, qu’il", "L’-eau de l'-Office, qu’-il"), ("main-d’œuvre, Œuvres, ex æquo", "main-d’-oeuvre, Oeuvres, ex aequo"), ("jusqu’à", "jusqu’-à"), ("« d’Azur »", "« d’-Azur »"),
        ("aujourd’hui, O’Quill, rock ’n’ roll, l’ eau", "aujourd’hui, O’Quill, rock ’n’ roll, l’ eau"),
    ],
)  # fmt: skip
def test_french_is_looked_for_without_what_is_elided_before_a_word(text: str, found: str) -> None:
    assert folded(text, "fr") == folded(text, "fr-CA") == found and is_folded("fr") and is_folded("fr-CA")


def test_a_query_in_french_is_told_what_its_ligatures_are_looked_for_as(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", {"pages/about/index.fr.md": "---\ntitle: Œuvres\n---\nMise en œuvre.\n"})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    build(replace(settings_of(root), search=True, languages=("fr",), default_language="fr"), NOW)
    assert json.loads((root / "output/search/fr.json").read_bytes()) == ["œŒæÆ", ["oe", "Oe", "ae", "Ae"]]
    assert 'data-folding="fr.json"' in (root / "output/fr/search/index.html").read_text()


def test_the_page_is_there_in_every_language_and_asks_not_to_be_found(site: Built) -> None:
    for lang in ("en", "zh-hans", "ar"):
        page = site.pages[f"{lang}/search/index.html"]
        assert page.one("//meta[@name='robots']").get("content") == "noindex"
        assert len(page.all("//link[@rel='alternate'][@hreflang]")) == 4
        assert page.one("//nav[@class='sections']//a[@aria-current='page']").get("href") == "./"
    assert "search" not in site.read("sitemap.xml").decode()


def test_only_the_page_of_the_search_may_run_webassembly(site: Built) -> None:
    for path, page in site.pages.items():
        policy = page.one("//meta[@http-equiv='Content-Security-Policy']").get("content")
        if path.endswith("/search/index.html"):
            assert policy == POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
        else:
            assert policy == POLICY and not page.all("//script[contains(@src, 'search')]")


def test_the_filters_offer_what_the_editions_of_the_language_have(site: Built) -> None:
    english, arabic = (site.pages[f"{lang}/search/index.html"] for lang in ("en", "ar"))
    assert options(english, "kind") == {"": "All kinds", "release": "Press release", "transcript": "Transcript"}
    assert options(english, "topic") == {"": "All topics", "ports": "Ports", "water": "Water"}
    assert options(english, "speaker")["ana-diaz"] == "Ana Díaz"
    assert list(options(english, "from")) == ["", "2026-03", "2025-11", "2025-05"]
    assert options(arabic, "topic") == {"": "كل الموضوعات", "water": "ماء"} and list(options(arabic, "kind")) == ["", "release"]
    assert [group.get("label") for group in english.all("//select[@name='until']/optgroup")] == ["2026", "2025"]


def test_the_page_names_the_tiers_that_its_language_has(site: Built) -> None:
    tiers = {lang: site.pages[f"{lang}/search/index.html"].one("//form[@role='search']").get("data-tiers") for lang in ("en", "zh-hans", "ar")}
    assert tiers == {"en": "2026-03 2025 pages", "zh-hans": "2026-03", "ar": "2026-03"}
    for lang, names in tiers.items():
        assert all(f"search/{name}/{'zh' if lang == 'zh-hans' else lang}.json" in site.paths for name in names.split())


def test_the_count_has_every_plural_form_of_its_language(site: Built) -> None:
    plurals = {lang: json.loads(site.pages[f"{lang}/search/index.html"].one("//form[@role='search']").get("data-plurals")) for lang in ("en", "zh-hans", "ar")}
    assert plurals["en"] == {"one": "%(count)s result", "other": "%(count)s results", "none": "Nothing was found."}
    assert plurals["zh-hans"].keys() == {"other", "none"}
    assert plurals["ar"].keys() == {"one", "two", "few", "many", "other", "none"} and plurals["ar"]["two"] == "نتيجتان"


def test_without_javascript_the_page_is_the_archive(site: Built) -> None:
    page = site.pages["en/search/index.html"]
    assert page.one("//form[@role='search']").get("hidden") is not None and page.all("//noscript/p")
    links = [link.get("href") for link in page.all("//section[contains(@class, 'archive')]//a")]
    assert {"../releases/", "../releases/2026/", "../releases/2026/03/", "../transcripts/2025/11/", "../topics/", "../people/"} <= set(links)


def test_every_label_names_a_field(site: Built) -> None:
    page = site.pages["ar/search/index.html"]
    ids = {field.get("id") for field in page.all("//form//input | //form//select")}
    assert {label.get("for") for label in page.all("//form//label")} == ids and None not in ids


def test_the_characters_are_told_only_where_there_is_chinese(site: Built, tmp_path: Path) -> None:
    one, other = site.data("search/zh.json")
    assert len(one) == len(other) and other[one.index("財")] == "财"
    root = make_site(tmp_path / "site", {"pages/about/index.en.md": FILES["pages/about/index.en.md"]})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    build(replace(settings_of(root), search=True, languages=("en",)), NOW)
    folding = {lang: site.pages[f"{lang}/search/index.html"].one("//form[@role='search']").get("data-folding") for lang in ("en", "zh-hans", "ar")}
    assert folding == {"en": None, "zh-hans": "zh.json", "ar": None}
    assert not (root / "output/search/zh.json").exists() and (root / "output/search/pages/en.json").exists()

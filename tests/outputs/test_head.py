"""What every page says of itself: language, address, other languages, and what may run on it."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from pressroom.ground.languages import direction
from pressroom.outputs.head import open_graph_locale
from tests.outputs.trees import Built, Page

DOORS = ("index.html", "404.html")
FRONT = re.compile(r"[a-z-]+/index\.html")


def is_redirect(page: Page) -> bool:
    return bool(page.all("//meta[@http-equiv='refresh']"))


def is_beneath(page: Page) -> bool:
    """Whether a page lies below an edition's, an earlier version or two texts side by side: it points to that edition."""
    return bool(re.search(r"/(?:v/\d+|with/[a-z-]+)/index\.html$", page.path))


def ordinary(built: Built) -> list[Page]:
    return [page for page in built.pages.values() if page.path not in DOORS and not is_redirect(page) and not is_beneath(page)]


def test_every_page_has_one_headline_a_title_and_a_main_part(built: Built) -> None:
    for page in built.pages.values():
        assert page.one("//h1").text_content().strip(), page.path
        assert page.one("//title").text_content().strip() and page.one("//main") is not None


def test_no_heading_skips_a_level(built: Built) -> None:
    for page in built.pages.values():
        levels = [int(element.tag[1]) for element in page.all("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1, page.path
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), (page.path, levels)


def test_every_page_says_its_language_and_direction(built: Built) -> None:
    folders = {tag.lower(): tag for tag in built.settings.languages}
    for page in built.pages.values():
        assert page.lang == folders.get(page.path.partition("/")[0], page.lang)
        assert page.lang in built.settings.languages and page.root.get("dir") == direction(page.lang), page.path


def test_every_lang_in_a_page_is_a_tag_with_the_direction_of_its_script(built: Built) -> None:
    for page in built.pages.values():
        for element in page.all("//body//*[@lang and @dir and @dir != 'auto']"):
            assert element.get("dir") == direction(element.get("lang")), page.path


def test_canonical_is_the_pages_own_absolute_address(built: Built) -> None:
    for page in ordinary(built):
        assert page.canonical() == built.settings.url + page.address


def test_alternates_name_the_page_itself_and_point_back(built: Built) -> None:
    for page in ordinary(built):
        alternates = page.alternates()
        assert alternates[page.lang] == page.canonical(), page.path
        assert list(alternates)[-1] == "x-default"
        for lang, url in alternates.items():
            other = built.page_at(url)
            if lang != "x-default":
                assert other.lang == lang
                assert other.alternates() == alternates, (page.path, url)


def test_x_default_is_the_original_of_a_document(built: Built) -> None:
    for folder, data in built.editions.items():
        page = built.pages[f"{folder}index.html"]
        original = data.get("original", "")
        assert page.alternates()["x-default"] == data["languages"].get(original, data["url"])


def test_x_default_is_the_default_language_of_a_listing_and_the_door_of_a_front_page(built: Built) -> None:
    for page in ordinary(built):
        if f"{page.path.removesuffix('index.html')}" in built.editions:
            continue
        alternates = page.alternates()
        if FRONT.fullmatch(page.path):
            assert alternates["x-default"] == f"{built.settings.url}/"
            assert set(alternates) == {*built.settings.languages, "x-default"}
        elif built.settings.default_language in alternates:
            assert alternates["x-default"] == alternates[built.settings.default_language], page.path


def test_the_page_of_a_person_whom_one_language_names_has_that_language_alone(odd: Built) -> None:
    (page,) = [page for page in odd.pages.values() if re.fullmatch(r"[a-z-]+/people/p-[a-z2-7]{8}/index.html", page.path)]
    assert page.alternates() == {"zh-Hans": page.canonical(), "x-default": page.canonical()}


def test_a_public_page_is_indexed_but_for_doors_that_lead_elsewhere(built: Built) -> None:
    for page in built.pages.values():
        robots = page.all("//meta[@name='robots']/@content")
        assert robots == (["noindex"] if page.path == "404.html" or page.path.endswith("/search/index.html") or is_redirect(page) or is_beneath(page) else []), page.path


def test_no_style_attribute_no_handler_and_no_script_but_data(built: Built) -> None:
    for page in built.pages.values():
        assert not page.all("//*[@style]"), page.path
        assert not page.all("//style"), page.path
        assert not page.all("//@*[starts-with(name(), 'on')]"), page.path
        for script in page.all("//script"):
            src = script.get("src")
            assert script.get("type") == ("application/ld+json" if src is None else "module"), page.path


def test_the_policy_stands_before_anything_that_it_governs(built: Built) -> None:
    for page in built.pages.values():
        policy = page.one("//meta[@http-equiv='Content-Security-Policy']").get("content")
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'" and rules["base-uri"] == "'none'" and rules["form-action"] == "'none'"
        assert all(value in ("'self'", "'none'", "'self' 'wasm-unsafe-eval'") for value in rules.values()), policy
        head = page.data.split(b"</head>")[0]
        for tag in (b"<link", b"<script", b"<title"):
            assert tag not in head or head.index(b"Content-Security-Policy") < head.index(tag)
        assert b"<meta charset=\"utf-8\">" in page.data[:200]


def test_an_id_stands_once_in_a_page(built: Built) -> None:
    for page in built.pages.values():
        assert [id for id, count in Counter(page.ids()).items() if count > 1] == [], page.path
        assert not [id for id in page.ids() if not id or re.search(r"\s", id)]


def test_every_page_is_described_in_its_language_and_no_two_that_may_be_found_alike(built: Built) -> None:
    found: dict[str, str] = {}
    for page in built.pages.values():
        told = page.one("//meta[@name='description']").get("content")
        assert told.strip() and told == page.one("//meta[@property='og:description']").get("content"), page.path
        if not page.all("//meta[@name='robots']") and page.path != "index.html":
            assert f"{page.lang} {told}" not in found, (page.path, found[f"{page.lang} {told}"])
            found[f"{page.lang} {told}"] = page.path


def test_every_label_and_description_refers_to_an_id_of_the_page(built: Built) -> None:
    for page in built.pages.values():
        wanted = {id for name in ("aria-labelledby", "aria-describedby", "for") for value in page.all(f"//@{name}") for id in value.split()}
        assert wanted <= set(page.ids()), page.path


def test_every_picture_has_an_alternative_text_and_its_size(built: Built) -> None:
    for page in built.pages.values():
        for image in page.all("//img"):
            assert image.get("alt") is not None and image.get("width") and image.get("height"), page.path


def test_no_page_lets_the_engines_own_marks_through(built: Built) -> None:
    for path in built.paths:
        data = built.read(path)
        if path.endswith((".html", ".json", ".md", ".xml", ".txt")):
            text = data.decode("utf-8")
            assert "\ufdd0" not in text and "\x02" not in text and "\x03" not in text and "wzxhzdk" not in text, path


def test_open_graph_says_the_address_the_kind_and_the_other_languages(built: Built) -> None:
    for page in ordinary(built):
        graph = [(meta.get("property"), meta.get("content")) for meta in page.all("//meta[@property]")]
        once = dict(graph)
        assert once["og:url"] == page.canonical() and once["og:title"] and once["og:site_name"]
        assert re.fullmatch(r"[a-z]{2}_[A-Z]{2}", once["og:locale"])
        others = [content for name, content in graph if name == "og:locale:alternate"]
        assert len(others) == len(page.alternates()) - 2 and once["og:locale"] not in others, page.path
        data = built.editions.get(page.path.removesuffix("index.html"))
        assert once["og:type"] == ("article" if data and data["kind"] != "page" else "website")
        if "og:image" in once:
            assert once["og:image"].removeprefix(f"{built.settings.url}/") in built.paths


def test_linked_data_tells_of_releases_and_transcripts_and_of_their_languages(built: Built) -> None:
    for folder, data in built.editions.items():
        page = built.pages[f"{folder}index.html"]
        (said,) = [json.loads(script.text) for script in page.all("//script[@type='application/ld+json']")]
        if data["kind"] == "page":
            continue
        assert said["@type"] == "NewsArticle" and said["headline"] == data["title"] and said["inLanguage"] == page.lang
        assert said["url"] == said["@id"] == page.canonical() and re.search(r"[+-]\d\d:\d\d$", said["datePublished"])
        others = {url for lang, url in data["languages"].items() if lang != page.lang}
        if data.get("original") == page.lang and others:
            assert {work["@id"] for work in said["workTranslation"]} == others
        if data.get("translation") and data["original"] in data["languages"]:
            assert said["translationOfWork"] == {"@id": data["languages"][data["original"]]}


def test_no_page_says_today(built: Built) -> None:
    for page in built.pages.values():
        assert not page.all("//time[not(@datetime)]"), page.path


def test_every_word_of_the_furniture_is_in_the_pages_language(built: Built) -> None:
    """An English word of the interface never stands on a page in another language."""
    words = {"Press releases", "Transcripts", "Topics", "People", "Skip to the text", "Languages", "Sections", "News feed", "Archive", "Downloads", "Plain text"}
    for page in ordinary(built):
        if page.lang != "en":
            said = {" ".join(text.split()) for text in page.all("//body//text()[not(ancestor::*[@lang='en'])]") if text.strip()}
            said |= set(page.all("//@aria-label"))
            # French has some of these words itself.
            assert not said & words - ({"Archive"} if page.lang == "fr" else set()), page.path


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("en", "en_US"), ("ar", "ar_AR"), ("zh-Hant", "zh_TW"), ("pt", "pt_BR"), ("pt-PT", "pt_PT"), ("de", "de_DE"), ("ja", "ja_JP"), ("zh", "zh_CN"), ("zh-Hant-HK", "zh_HK"),
        ("sr-Latn", "sr_RS"), ("pa-Arab", "pa_PK"), ("es-419", "es_419"), ("de-1996", "de_DE"), ("sl-rozaj-biske", "sl_SI"), ("qaa", ""),
    ],
)  # fmt: skip
def test_open_graph_names_a_language_with_its_territory_or_not_at_all(tag: str, locale: str) -> None:
    assert open_graph_locale(tag) == locale

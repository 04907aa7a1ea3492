"""What machines are told of every page, in schema.org's words."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pressroom.model.moments import moment_at
from pressroom.model.people import Office, Organisation, Person
from pressroom.model.site import PERSON, Chrome, Listing, Row
from pressroom.outputs import people
from tests.outputs.test_head import is_redirect
from tests.outputs.trees import Built, Page
from tests.sites import REPOSITORY

SCHEMAS = Path(os.environ.get("PRESSROOM_SCHEMAS", REPOSITORY.parent / "shared" / "schemas"))
VOCABULARY = SCHEMAS / "schemaorg" / "schemaorg-30.0-newsroom-subset.json"
OF_ANY = {"@type", "@id", "url", "name"}
OF_A_WORK = OF_ANY | {
    "inLanguage", "isPartOf", "datePublished", "dateModified", "publisher", "correction", "description", "workTranslation", "translationOfWork", "digitalSourceType", "creditText", "image",
}  # fmt: skip
KNOWN = {
    "WebSite": OF_A_WORK, "WebPage": OF_A_WORK | {"hasPart", "version", "about"}, "CollectionPage": OF_A_WORK | {"about"}, "ProfilePage": OF_A_WORK | {"mainEntity"},
    "NewsArticle": OF_A_WORK | {"headline", "dateline"}, "CorrectionComment": {"@type", "text", "datePublished"}, "Person": OF_ANY | {"jobTitle", "affiliation"},
    "NewsMediaOrganization": OF_ANY, "Organization": OF_ANY, "Thing": OF_ANY,
}  # fmt: skip
"""What is said of which type."""


def said_by(page: Page) -> dict[str, Any]:
    (script,) = page.all("//script[@type='application/ld+json']")
    return json.loads(script.text)


def told(built: Built) -> Iterator[tuple[Page, dict[str, Any]]]:
    """Every page of the site's own with what it says; not the doors that lead elsewhere."""
    for page in built.pages.values():
        if page.path != "404.html" and not is_redirect(page):
            yield page, said_by(page)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)


def test_a_page_that_leads_elsewhere_or_answers_for_any_address_says_nothing(odd: Built) -> None:
    silent = {page.path for page in odd.pages.values() if not page.all("//script[@type='application/ld+json']")}
    assert silent == {"404.html", *(page.path for page in odd.pages.values() if is_redirect(page))} and len(silent) > 1


def test_every_page_says_its_own_address_name_and_site(built: Built) -> None:
    for page, said in told(built):
        own = built.settings.url + page.address
        assert said["@context"] == "https://schema.org" and said["@id"] == said["url"] == own, page.path
        front = f"{built.settings.url}/{page.lang.lower()}/"
        if said["@type"] == "WebSite":
            name = page.one("//meta[@property='og:site_name']/@content")
            assert said["name"] == said["publisher"]["name"] == name and said["publisher"]["url"] == front
        elif said["@type"] != "NewsArticle":
            assert said["isPartOf"] == {"@type": "WebSite", "@id": front}, page.path
            assert said["name"] == page.one("//meta[@property='og:title']/@content"), page.path


@pytest.mark.parametrize(
    ("path", "type"),
    [
        ("", "WebSite"), ("en/", "WebSite"), ("en/releases/", "CollectionPage"), ("en/releases/2026/", "CollectionPage"), ("en/releases/2026/11/", "CollectionPage"),
        ("en/topics/", "CollectionPage"), ("en/people/", "CollectionPage"), ("en/people/mireille-aubanel/", "ProfilePage"), ("en/people/mireille-aubanel/2026/", "CollectionPage"),
        ("en/corrections/", "CollectionPage"), ("en/search/", "WebPage"), ("en/verify/", "WebPage"), ("en/accreditation/", "WebPage"),
        ("en/releases/2026/wuhan-open-gauges/", "NewsArticle"), ("en/releases/2026/wuhan-open-gauges/v/1/", "WebPage"), ("en/releases/2026/wuhan-open-gauges/with/zh-hans/", "WebPage"),
    ],
)  # fmt: skip
def test_a_page_is_called_what_it_is(demo: Built, path: str, type: str) -> None:
    assert said_by(demo.pages[f"{path}index.html"])["@type"] == type


def test_the_languages_are_those_of_the_page(built: Built) -> None:
    for page, said in told(built):
        if page.path == "index.html":
            assert said["inLanguage"] == list(built.settings.languages)
        elif beside := re.search(r"/with/([a-z-]+)/", page.path):
            assert [lang.lower() for lang in said["inLanguage"]] == [page.lang.lower(), beside[1]]
        else:
            assert said["inLanguage"] == page.lang, page.path


def test_a_topics_pages_are_about_the_topic_by_its_name_in_their_language(built: Built) -> None:
    seen = 0
    for page, said in told(built):
        if re.search(r"/topics/[^/]+/", page.path):
            assert said["about"] == {"@type": "Thing", "name": said["name"].partition(" · ")[0]}, page.path
            seen += 1
        elif said["@type"] == "CollectionPage" and not re.search(r"/people/[^/]+/", page.path):
            assert "about" not in said
    assert seen


def test_whatever_a_page_refers_to_is_a_page_of_the_site_that_says_so_of_itself(built: Built) -> None:
    told_of = {said["@id"] for _, said in told(built)}
    for page, said in told(built):
        assert {node["@id"] for node in nodes(said) if "@id" in node} <= told_of, page.path


def test_a_translation_of_a_page_and_its_original_name_each_other(demo: Built) -> None:
    original = said_by(demo.pages["en/accreditation/index.html"])
    assert original["workTranslation"]
    for other in original["workTranslation"]:
        assert said_by(demo.page_at(other["@id"]))["translationOfWork"] == {"@id": original["@id"]}


def test_an_earlier_version_says_which_and_of_what_and_two_texts_side_by_side_which(demo: Built) -> None:
    at = f"{demo.settings.url}/en/releases/2026/wuhan-open-gauges/"
    former = said_by(demo.page_at(f"{at}v/1/"))
    assert (former["version"], former["about"]) == (1, {"@id": at})
    assert said_by(demo.page_at(f"{at}with/zh-hans/"))["hasPart"] == [{"@id": at}, {"@id": at.replace("/en/", "/zh-hans/")}]


def test_a_page_that_is_no_document_has_little_to_say_whatever_it_lists(built: Built) -> None:
    for page, said in told(built):
        if page.path.removesuffix("index.html") not in built.editions:
            names_and_addresses = sum(len(node.get(key, "")) for node in nodes(said) for key in ("name", "url", "@id"))
            assert len(page.one("//script[@type='application/ld+json']").text) - names_and_addresses <= 300, page.path


def test_a_person_is_named_in_the_pages_language_with_the_office_of_now(demo: Built) -> None:
    expected = {"en": ("Mireille Aubanel", "Director-General"), "zh-hans": ("米蕾耶·奥巴内尔", "总干事"), "ar": ("ميراي أوبانيل", "المديرة العامة")}
    for lang, (name, role) in expected.items():
        page = demo.pages[f"{lang}/people/mireille-aubanel/index.html"]
        person = said_by(page)["mainEntity"]
        assert (person["@type"], person["name"], person["jobTitle"]) == ("Person", name, [role])
        (affiliation,) = person["affiliation"]
        assert affiliation["@type"] == "Organization" and affiliation["name"] in page.text()
        year = said_by(demo.pages[f"{lang}/people/mireille-aubanel/2026/index.html"])
        assert year["about"] == {"@type": "Person", "name": name, "url": f"{demo.settings.url}/{lang}/people/mireille-aubanel/"}


HEAD = {"en": "Head"}
OFFICES = {"office": Organisation("office", {"en": "The Office"})}


def profile(*offices: Office, documents: bool = True) -> dict[str, Any]:
    """What the English page of a person who held these offices says of her; its newest document is of 2 November 2020."""
    chrome = Chrome("en", "ltr", "The Office", "https://press.test", "UTC", "en", ("en",), (), (), "", None, None, False)  # type: ignore[arg-type]
    day = moment_at(datetime(2020, 11, 2, tzinfo=UTC))
    row = Row("/en/releases/2020/one/", "release", "en", "ltr", False, "One", "", "", day, day.instant, day.instant, "")
    listing = Listing(PERSON, "en", "/en/people/ana/", {}, (row,) if documents else (), id="ana", name="Ana")
    return people.linked_data(chrome, listing, "Ana", Person("ana", {"en": "Ana"}, offices=offices), OFFICES)["mainEntity"]


@pytest.mark.parametrize(
    ("office", "titles"),
    [
        pytest.param(Office(HEAD, "", "2019"), ["Head"], id="held since"),
        pytest.param(Office(HEAD), ["Head"], id="held, nobody says since when"),
        pytest.param(Office(HEAD, "", "2020-11-02"), ["Head"], id="held since that day"),
        pytest.param(Office(HEAD, "", "2019", "2020-01-01"), None, id="no longer held"),
        pytest.param(Office(HEAD, "", "2019", "2030"), None, id="held until a day that may have passed"),
        pytest.param(Office(HEAD, "", "2020-11-03"), None, id="not yet held"),
        pytest.param(Office({"fr": "Directrice"}, "", "2019"), None, id="named in another language alone"),
        pytest.param(Office({}, "office", "2019"), None, id="named nowhere"),
    ],
)
def test_an_office_is_said_that_is_held_now(office: Office, titles: list[str] | None) -> None:
    assert profile(office).get("jobTitle") == titles


def test_a_person_has_the_organisation_of_each_office_that_is_held_and_without_one_a_name_alone() -> None:
    held, over = Office(HEAD, "office", "2019"), Office(HEAD, "office", "2018", "2019")
    assert profile(held)["affiliation"] == [{"@type": "Organization", "name": "The Office"}]
    assert profile(held, Office({"en": "Acting chair"}))["jobTitle"] == ["Head", "Acting chair"]
    assert profile() == profile(over) == profile(held, documents=False) == {"@type": "Person", "name": "Ana"}


def test_every_property_is_one_that_is_said_of_its_type(built: Built) -> None:
    for page, said in told(built):
        for node in nodes(said):
            if "@type" in node:
                assert set(node) - {"@context"} <= KNOWN[node["@type"]], page.path
            else:
                assert set(node) == {"@id"}


def test_schema_org_knows_every_type_and_property_and_what_it_may_hold(built: Built) -> None:
    if not VOCABULARY.is_file():
        pytest.skip(f"no vocabulary of schema.org in {SCHEMAS}: PRESSROOM_SCHEMAS names another folder")
    types = json.loads(VOCABULARY.read_text(encoding="utf-8"))["types"]
    # What any thing has is told of each type, and not of a thing itself.
    types["Thing"] = {"ancestors": [], "properties": {name: found for name, found in types["Person"]["properties"].items() if found["from"] == "Thing"}}
    for page, said in told(built):
        for node in nodes(said):
            for name, value in node.items():
                if not name.startswith("@"):
                    allowed = set(types[node["@type"]]["properties"][name]["range"])
                    assert all(forms(types, each) & allowed for each in (value if isinstance(value, list) else [value])), (page.path, name, value)


def forms(types: dict[str, Any], value: Any) -> set[str]:
    """What a value may be taken for, in schema.org's words."""
    if isinstance(value, dict):
        return {value["@type"], *types[value["@type"]]["ancestors"]} if "@type" in value else {"Thing", "CreativeWork"}
    return {"Number"} if isinstance(value, int) else {"Text", "URL", "DateTime", "IPTCDigitalSourceEnumeration"}

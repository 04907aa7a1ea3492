"""`/people.json`: who speaks in what is out, as Popolo has it, and nobody else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

from tests.outputs.trees import Built, build_files
from tests.sites import FILES, REPOSITORY

SCHEMAS = REPOSITORY.parent / "shared" / "schemas" / "popolo"
LISTS = {"persons": "person", "memberships": "membership"}
NAME = {"type": "object", "required": ["lang", "name"], "additionalProperties": False, "properties": {"lang": {"type": "string"}, "name": {"type": "string", "minLength": 1}}}
NAMED = {"name": {"type": "string", "minLength": 1}, "other_names": {"type": "array", "items": NAME, "minItems": 1}}
DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
# Our part of Popolo, with the fields that it does not have: lang, other_roles, pronunciation.
OURS = {
    "persons": {
        "required": ["id", "name", "other_names", "links"], "additionalProperties": False,
        "properties": {
            **NAMED, "id": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "pronunciation": {"type": "object", "additionalProperties": {"type": "string"}},
            "links": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["lang", "url"], "additionalProperties": False, "properties": {
                "lang": {"type": "string"}, "url": {"type": "string", "pattern": "^https://"}}}},
        },
    },
    "memberships": {
        "required": ["person_id"], "additionalProperties": False,
        "properties": {
            "person_id": {"type": "string"}, "organization": {"type": "object", "required": list(NAMED), "properties": NAMED, "additionalProperties": False}, "role": {"type": "string"}, "start_date": DATE, "end_date": DATE,
            "other_roles": {"type": "array", "items": {"type": "object", "required": ["lang", "role"], "additionalProperties": False, "properties": {
                "lang": {"type": "string"}, "role": {"type": "string"}}}},
        },
    },
}  # fmt: skip
REGISTERED = {
    **FILES,
    "people.yml": (
        "ana-diaz:\n  names: {ar: آنا دياث, zh-Hans: 安娜·迪亚斯, en: Ana Díaz}\n  pronunciation: {en: AH-na DEE-as}\n  aliases: [A. Díaz of old]\n  offices:\n"
        "    - {role: {en: Director, ar: المديرة}, organisation: agency, since: 2020-11, until: 2024-01-02}\n    - {role: {en: Adviser}, since: 2024}\n"
        "silent-one:\n  names: {en: Silent One, zh-Hans: 沉默, ar: صامت}\n  offices: [{role: {en: Keeper}, organisation: unheard}]\n"
        "held-one:\n  names: {en: Held One, zh-Hans: 保密, ar: محجوب}\n  offices: [{role: {en: Merger}, organisation: unheard}]\n"
    ),
    "organisations.yml": (
        "agency: {names: {en: Water Agency, zh-Hans: 水务局, ar: هيئة المياه}, about: {en: Boilerplate of the agency.}}\n"
        "unheard: {names: {en: Unheard House, zh-Hans: 无闻, ar: مجهول}}\n"
    ),
    "releases/2026/secret-merger/index.en.md": FILES["releases/2026/secret-merger/index.en.md"] + "\n> We merge.\n> — Held One, Merger, Unheard House\n",
}


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_files(tmp_path_factory.mktemp("people") / "site", REGISTERED)


def valid(data: dict[str, Any]) -> None:
    assert list(data) == list(OURS)
    for name, schema in OURS.items():
        assert list(jsonschema.Draft202012Validator({"type": "array", "items": {"type": "object", **schema}}).iter_errors(data[name])) == []


def test_it_has_everybody_registered_who_has_a_page_and_nobody_else(built: Built) -> None:
    data = built.data("people.json")
    valid(data)
    pages = {path.split("/")[2] for path in built.paths if path.split("/")[1:2] == ["people"] and path.endswith("/feed.xml")}
    assert [person["id"] for person in data["persons"]] == sorted(pages) and pages
    for person in data["persons"]:
        for link in person["links"]:
            page = built.page_at(link["url"])
            assert page.lang == link["lang"] and page.address == f"/{link['lang'].lower()}/people/{person['id']}/"
    assert {found["person_id"] for found in data["memberships"]} <= pages


def test_it_is_popolo(built: Built) -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("the shared folder with Popolo's schemas is not beside this repository; the tests beside this one have our part of them")
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCHEMAS.glob("*.json"))]
    known = Registry().with_resources((schema["id"].rstrip("#"), Resource.from_contents(schema, default_specification=DRAFT3)) for schema in schemas)
    for name, kind in LISTS.items():
        (schema,) = (schema for schema in schemas if schema["id"].endswith(f"/{kind}.json#"))
        for found in built.data("people.json")[name]:
            assert list(jsonschema.Draft3Validator(schema, registry=known).iter_errors(found)) == []


def test_offices_are_held_in_time_and_told_in_every_language_that_has_a_word(registered: Built) -> None:
    data = registered.data("people.json")
    assert data["memberships"] == [
        {
            "person_id": "ana-diaz", "role": "Director", "other_roles": [{"lang": "en", "role": "Director"}, {"lang": "ar", "role": "المديرة"}],
            "organization": {"name": "Water Agency", "other_names": [{"lang": "en", "name": "Water Agency"}, {"lang": "zh-Hans", "name": "水务局"}, {"lang": "ar", "name": "هيئة المياه"}]},
            "start_date": "2020-11", "end_date": "2024-01-02",
        },
        {"person_id": "ana-diaz", "role": "Adviser", "other_roles": [{"lang": "en", "role": "Adviser"}], "start_date": "2024"},
    ]  # fmt: skip
    (person,) = data["persons"]
    # In the order of the site's languages, whatever the registry's is.
    assert [name["name"] for name in person["other_names"]] == ["Ana Díaz", "安娜·迪亚斯", "آنا دياث"] and person["pronunciation"] == {"en": "AH-na DEE-as"}


def test_nobody_who_only_a_held_document_or_the_registry_names_is_in_it(registered: Built) -> None:
    text = registered.read("people.json").decode()
    assert not [word for word in ("silent", "Silent", "held", "Held", "unheard", "Unheard", "Merger", "of old", "Boilerplate", '"agency"') if word in text]


def test_a_preview_has_who_speaks_in_held_documents(tmp_path: Path) -> None:
    built = build_files(tmp_path / "site", REGISTERED, audience="preview", output=str(tmp_path / "preview"))
    assert [person["id"] for person in built.data("people.json")["persons"]] == ["ana-diaz", "held-one"]


def test_who_spoke_in_withdrawn_documents_alone_is_taken_out(tmp_path: Path) -> None:
    entry = "corrections:\n  - {type: withdrawn, at: 2026-03-06T10:00:00Z, note: {en: It was never so.}}\n"
    files = {"people.yml": REGISTERED["people.yml"], "organisations.yml": REGISTERED["organisations.yml"], "topics.yml": FILES["topics.yml"]}
    path, text = "releases/2026/rise/index.en.md", "---\ntitle: The gauge said otherwise\ndate: 2026-03-04\n---\n> We measured it.\n> — Ana Díaz, Director, Water Agency\n"
    assert build_files(tmp_path / "site", {**files, path: text}).data("people.json")["persons"]
    withdrawn = build_files(tmp_path / "site", {**files, path: text.replace("---\n>", f"{entry}---\n>")})
    assert withdrawn.data("people.json") == {"persons": [], "memberships": []}


def test_an_order_of_names_that_changes_changes_no_byte(registered: Built, tmp_path: Path) -> None:
    turned = REGISTERED["people.yml"].replace("{ar: آنا دياث, zh-Hans: 安娜·迪亚斯, en: Ana Díaz}", "{en: Ana Díaz, ar: آنا دياث, zh-Hans: 安娜·迪亚斯}")
    assert turned != REGISTERED["people.yml"]
    assert build_files(tmp_path / "site", {**REGISTERED, "people.yml": turned}).read("people.json") == registered.read("people.json")


def test_one_name_stands_for_all_in_the_default_language(tmp_path: Path) -> None:
    built = build_files(tmp_path / "site", REGISTERED, default_language="ar")
    (person,) = built.data("people.json")["persons"]
    assert person["name"] == "آنا دياث" and [name["lang"] for name in person["other_names"]] == ["ar", "en", "zh-Hans"]


def test_the_page_of_all_people_leads_to_it(built: Built) -> None:
    for lang in built.settings.languages:
        page = built.pages[f"{lang.lower()}/people/index.html"]
        for links in ("//link[@rel='alternate'][@type='application/json']/@href", "//footer//a[@type='application/json']/@href"):
            assert [page.resolve(href)[0] for href in page.all(links)] == ["people.json"]

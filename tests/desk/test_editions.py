"""Editions of one document: one original, what translations inherit, what contradicts."""

from __future__ import annotations

import pytest

from pressroom.desk.editions import check
from pressroom.model.people import Organisation, Registry, Topic
from tests.desk.trees import ZONE, assembled

ORIGINAL = "title: A\ndate: 2020-11-02\n"
TRANSLATION = "title: B\ntranslation: official\n"
REGISTRY = Registry(topics={"water": Topic("water")}, organisations={"who": Organisation("who")})


def test_the_edition_without_translation_is_the_original() -> None:
    document = assembled(zh_Hans=TRANSLATION, en=ORIGINAL, ar=TRANSLATION)
    assert document.original == document.first == "en" and document.judged and not document.problems
    assert document.fields.date and document.fields.date.text == "2020-11-02"


@pytest.mark.parametrize(
    ("editions", "said"),
    [
        ({"en": ORIGINAL, "ar": ORIGINAL}, "two originals: content/releases/2020/a/index.en.md, content/releases/2020/a/index.ar.md"),
        ({"en": TRANSLATION, "ar": TRANSLATION}, "no original"),
        ({"en": TRANSLATION}, "no original"),
        ({}, "no edition"),
        ({"en": ORIGINAL, "ar": "title: B\ntranslation:\n"}, "two originals"),
    ],
)
def test_no_original_or_two_is_a_fault_that_names_all_files(editions: dict[str, str], said: str) -> None:
    document = assembled(**editions)
    (problem,) = document.problems
    assert problem.code == "TX004" and said in problem.message and problem.hint and not document.judged
    assert all(source.path in problem.message for source in document.sources.values())


@pytest.mark.parametrize("editions", [{"en": ORIGINAL, "ar": "title: [\n"}, {"en": "title: [\n", "ar": "title: [\n"}])
def test_a_header_that_cannot_be_read_makes_no_second_original(editions: dict[str, str]) -> None:
    document = assembled(**editions)
    assert not document.problems and not document.judged
    assert any(problem.code == "FM004" for problem in document.sources["ar"].header.problems)


def test_a_lone_translation_says_of_what() -> None:
    document = assembled(en=f"{TRANSLATION}date: 2020-11-02\nsource: {{language: zh-Hans, url: 'https://e.org/'}}\n")
    assert not document.problems and document.original == "" and document.first == "en" and document.fields.date


@pytest.mark.parametrize("field", ["date: 2020-11-03", "embargo: 2020-11-02", "topics: [other]", "order: reverse", "aliases: [/en/x/]", "attachments: [a.pdf]", "event: Other"])
def test_a_translation_that_contradicts_the_document_is_a_fault_that_names_both_lines(field: str) -> None:
    name = field.partition(":")[0]
    own = {"date": "", "event": "event: Forum\n"}.get(name, f"{name}: {{'embargo': '2020-11-01'}}\n")
    own = {"embargo": "embargo: 2020-11-01\n", "topics": "topics: [water]\n", "aliases": "aliases: [/en/y/]\n", "attachments": "attachments: [b.pdf]\n", "order": ""}.get(name, own)
    problems = assembled(en=ORIGINAL + own, ar=f"{TRANSLATION}{field}\n").problems
    assert [problem.code for problem in problems] == ["FM013" if name == "order" else "FM012"]
    assert (problems[0].path, problems[0].line, problems[0].column) == ("content/releases/2020/a/index.ar.md", 4, 1)
    assert "content/releases/2020/a/index.en.md" in problems[0].message and (name == "order" or "index.en.md:" in problems[0].message)


def test_a_translation_may_repeat_what_the_original_says() -> None:
    assert not assembled(en=f"{ORIGINAL}topics: [water]\n", ar=f"{TRANSLATION}date: 2020-11-02\ntopics: [water]\n").problems


def test_a_field_that_no_version_honours_yet_does_not_break_the_comparison() -> None:
    assert not assembled(en=f"{ORIGINAL}corrections: []\n", ar=f"{TRANSLATION}corrections: [x]\ntranslated_from: x\n").problems


def test_a_translation_that_is_a_draft_is_held_alone() -> None:
    document = assembled(en=ORIGINAL, ar=f"{TRANSLATION}status: draft\n")
    assert not document.problems and list(document.without_drafts().sources) == ["en"] and document.fields.status == ""


@pytest.mark.parametrize("yaml", ["title: A\ndate: soon\n", "title: A\ndate: 2020-11-02\nembargo: 03/04/2026\n", "title: [\n"])
def test_a_document_whose_instant_cannot_be_read_is_not_judged(yaml: str) -> None:
    assert not assembled(en=yaml).judged


@pytest.mark.parametrize(
    ("yaml", "code", "line", "hint"),
    [
        ("date: 2021-01-01", "TX005", 3, "2021"),
        ("date: 2019-12-31T23:59:59+01:00", "TX005", 3, "2019"),
        ("topics: [watre]", "RG001", 4, 'did you mean "water"?'),
        ("contacts: [nobody]", "RG001", 4, "contacts.yml"),
        ("organisation: woh", "RG001", 4, 'did you mean "who"?'),
        ("attachments: [photo.jgp]", "TX007", 4, 'did you mean "photo.jpg"?'),
        ("media: [clip.mp4]", "TX007", 4, "folder"),
        ("credits: {none.jpg: A}", "TX007", 4, ""),
        ("licences: {photo.jgp: A}", "TX007", 4, 'did you mean "photo.jpg"?'),
        ("captions: {none.jpg: A}", "TX007", 4, ""),
        ("alts: {../x.jpg: A}", "TX007", 4, ""),
    ],
)
def test_what_the_rest_of_the_house_does_not_know_is_a_fault_at_its_field(yaml: str, code: str, line: int, hint: str) -> None:
    text = f"title: A\n{yaml}\n" if yaml.startswith("date") else f"{ORIGINAL}{yaml}\n"
    (problem,) = check(assembled(en=text), {"photo.jpg"}, REGISTRY, ZONE)
    assert (problem.code, problem.line, problem.column) == (code, line, 1) and hint in problem.hint and problem.hint


@pytest.mark.parametrize(
    ("typed", "lies", "hint"),
    [("caf\u00e9.jpg", "cafe\u0301.jpg", "rename the file"), ("photo.jpg", "PHOTO.JPG", 'did you mean "PHOTO.JPG"?'), ("photo.jpg", "x.csv", "put the file into the document's folder")],
)
def test_a_file_that_is_named_in_another_case_or_form_is_the_one_that_is_hinted_at(typed: str, lies: str, hint: str) -> None:
    (problem,) = check(assembled(en=f"{ORIGINAL}captions: {{{typed}: A}}\n"), {lies}, REGISTRY, ZONE)
    assert problem.code == "TX007" and hint in problem.hint


@pytest.mark.parametrize(("media", "code"), [("a.mp4, a.vtt", "TX016"), ("a.mp4, b.en.vtt", "TX017"), ("a.csv", "TX018")])
def test_what_is_no_recording_and_belongs_to_none_is_a_fault_at_media(media: str, code: str) -> None:
    (problem,) = check(assembled(en=f"{ORIGINAL}media: [{media}]\n"), set(media.split(", ")), REGISTRY, ZONE)
    assert (problem.code, problem.line, problem.column) == (code, 4, 1) and problem.hint


def test_the_year_is_that_of_the_date_in_the_site_s_zone() -> None:
    assert not check(assembled(en="title: A\ndate: 2019-12-31T23:30Z\n"), set(), REGISTRY, ZONE)
    assert not check(assembled(kind="page", year=0, en="title: A\n"), set(), REGISTRY, ZONE)

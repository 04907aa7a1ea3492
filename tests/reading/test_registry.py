"""The registries: people, organisations, topics and contacts, each entry checked at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.ground.problems import ERROR, Problem
from pressroom.model.people import Registry
from pressroom.reading.registry import read_registry
from pressroom.reading.tree import scan

LANGUAGES = ("en", "zh-Hans", "fr")
NO_DAYS = ("2023-13", "2023-02-30", "0000", "2023-00-01", "2023-1")
NAMES = "names: {en: A, zh-Hans: 甲, fr: A}"


def registry(tmp_path: Path, **files: str) -> tuple[Registry, list[Problem]]:
    for name, text in files.items():
        (tmp_path / f"{name}.yml").write_bytes(text.encode() if isinstance(text, str) else text)
    found, problems, _ = read_registry(scan(((str(tmp_path), "content"),), LANGUAGES).registries, LANGUAGES)
    return found, list(problems)


def test_entries_are_read(tmp_path: Path) -> None:
    found, problems = registry(
        tmp_path,
        people=f"ana-diaz:\n  {NAMES}\n  aliases: [A. Díaz]\n  offices:\n    - role: {{en: Director}}\n      organisation: who\n      since: 2020-01\n",
        organisations=f"who:\n  {NAMES}\n  url: https://who.test/\n",
        topics=f"water:\n  {NAMES}\n",
        contacts=f"desk:\n  {NAMES}\n  phone: +41 22 1\n  email: a@b.test\n  languages: [en, fr]\n",
    )
    assert not problems and found.known == {"A": "ana-diaz", "甲": "ana-diaz", "A. Díaz": "ana-diaz"}
    assert found.people["ana-diaz"].offices[0].since == "2020-01" and found.contacts["desk"].languages == ("en", "fr")


@pytest.mark.parametrize(
    ("people", "code", "line"),
    [
        (f"Ana Díaz:\n  {NAMES}\n", "RG002", 1),
        (f"../x:\n  {NAMES}\n", "RG002", 1),
        ("ana: Ana\n", "RG002", 1),
        ("ana:\n  names: Ana\n", "RG002", 2),
        ("ana:\n  aliases: [x]\n", "RG002", 1),
        (f"ana:\n  {NAMES}\n  aliasses: [x]\n", "RG002", 3),
        (f"ana:\n  {NAMES}\n  __class__: x\n", "RG002", 3),
        ("ana:\n  names: {en: A, zh-hans: B}\n", "RG002", 2),
        ("ana:\n  names: {en: A, de: B}\n", "RG002", 2),
        (f"ana:\n  {NAMES}\n  offices: director\n", "RG002", 3),
        (f"ana:\n  {NAMES}\n  offices: [director]\n", "RG002", 3),
        (f"ana:\n  {NAMES}\n  offices:\n    - {{role: {{en: D}}, since: last year}}\n", "RG002", 4),
        (f"ana:\n  {NAMES}\n  offices:\n    - {{role: {{en: D}}, organisation: nowhere}}\n", "RG001", 4),
        (f"ana:\n  {NAMES}\n  offices: [{{}}]\n", "RG002", 3),
        (f"ana:\n  {NAMES}\n  offices:\n    - {{since: 2020}}\n", "RG002", 4),
        *((f"ana:\n  {NAMES}\n  offices:\n    - role: {{en: D}}\n      {name}: {day}\n", "RG002", 5) for name in ("since", "until") for day in NO_DAYS),
        (f"ana:\n  {NAMES}\n  offices:\n    - role: {{en: D}}\n      since: 2023-02\n      until: 2022\n", "RG002", 6),
        (f"ana:\n  {NAMES}\nbo:\n  {NAMES}\n", "RG003", 3),
        (f"ana:\n  {NAMES}\nana:\n  {NAMES}\n", "FM005", 3),
        ("- ana\n", "FM004", 1),
        (f"ana: &a\n  {NAMES}\nbo: *a\n", "FM004", 1),
        ("ana:\n  names: {en: \"A\\x07\"}\n", "FM011", 2),
    ],
)
def test_a_wrong_entry_is_named_at_its_line(tmp_path: Path, people: str, code: str, line: int) -> None:
    problems = [problem for problem in registry(tmp_path, people=people)[1] if problem.severity == ERROR]
    assert problems and (problems[0].code, problems[0].line) == (code, line) and problems[0].path == "content/people.yml", problems


@pytest.mark.parametrize(("since", "until"), [("2023", "2023-01"), ("2023-02", "2023"), ("2023-02-03", "2023-02"), ("2024-02-29", "2024-02-29")])
def test_an_office_may_end_within_the_time_that_it_begins_with(tmp_path: Path, since: str, until: str) -> None:
    assert not registry(tmp_path, people=f"ana:\n  {NAMES}\n  offices:\n    - {{role: {{en: D}}, since: {since}, until: {until}}}\n")[1]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("phone: '5'", 10), ("email: '5'", 10), ("languages: en", 14), ("phone: [1]", 10), ("names: {en: [A]}", 15), ("hours: {en: {}}", 15),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_form_is_told_with_its_place_and_the_way_to_write_it(tmp_path: Path, line: str, column: int) -> None:
    entry = f"  {line}\n" if line.startswith("names") else f"  {line}\n  {NAMES}\n"
    found = [problem for problem in registry(tmp_path, contacts=f"desk:\n{entry}")[1] if problem.code == "RG002"]
    assert (found[0].line, found[0].column, found[0].source) == (2, column, f"  {line}") and found[0].hint.startswith(("write ", "an id"))


def test_two_people_of_one_name_are_told_with_the_way_to_tell_them_apart(tmp_path: Path) -> None:
    two = "one:\n  names: {{en: Ana Díaz{}, zh-Hans: 甲{}, fr: A{}}}\n"
    people = two.format("", "", "") + two.format("", "", "").replace("one:", "two:")
    problem = registry(tmp_path, people=people)[1][0]
    assert (problem.code, problem.line, problem.column, problem.source) == ("RG003", 3, 1, "two:") and "second surname" in problem.hint
    assert not registry(tmp_path, people=two.format("", "", "") + two.format(" Ruiz", "乙", " R.").replace("one:", "two:"))[1]


def test_an_unknown_organisation_is_told_where_it_is_written(tmp_path: Path) -> None:
    people = f"ana:\n  {NAMES}\n  offices:\n    - {{role: {{en: D}}, organisation: whoo}}\n"
    (problem,) = registry(tmp_path, people=people, organisations=f"who:\n  {NAMES}\n")[1]
    assert (problem.code, problem.line, problem.column, problem.hint) == ("RG001", 4, 37, 'did you mean "who"?') and problem.source.endswith("whoo}")


@pytest.mark.parametrize("contact", ["email: javascript:alert(1)", "email: '<x>@y'", "phone: call me", "phone: 'tel:1;x'", "languages: en"])
def test_a_contact_s_values_are_of_their_form(tmp_path: Path, contact: str) -> None:
    assert [problem.code for problem in registry(tmp_path, contacts=f"desk:\n  {NAMES}\n  {contact}\n")[1]] == ["RG002"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//x", "ftp://x", "https://a b", "'https://a\"onclick=\"x'"])
def test_an_organisation_s_url_is_a_web_address(tmp_path: Path, url: str) -> None:
    assert [problem.code for problem in registry(tmp_path, organisations=f"who:\n  {NAMES}\n  url: {url}\n")[1]] == ["RG002"]


def test_a_name_that_a_language_lacks_is_a_warning(tmp_path: Path) -> None:
    (problem,) = registry(tmp_path, topics="water:\n  names: {en: Water}\n")[1]
    assert problem.code == "RG004" and "zh-Hans, fr" in problem.message


def test_names_come_in_the_order_of_the_site_s_languages_whatever_the_file_s_is(tmp_path: Path) -> None:
    found, _ = registry(tmp_path, people="ana:\n  names: {fr: Anne, zh-Hans: 安}\n  offices: [{role: {fr: Une, en: One}}]\n")
    assert list(found.people["ana"].names) == ["zh-Hans", "fr"] and list(found.people["ana"].offices[0].role) == ["en", "fr"]


@pytest.mark.parametrize("data", [b"", b"\n# nothing yet\n", b"{}\n"])
def test_an_empty_registry_is_empty(tmp_path: Path, data: bytes) -> None:
    found, problems = registry(tmp_path, people=data.decode(), topics=data.decode())
    assert not problems and not found.people and not found.topics


@pytest.mark.parametrize("data", ["标题: x".encode("gb18030"), "a: 1".encode("utf-16"), b"a: \0"])
def test_a_registry_that_is_no_text_is_a_fault(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "topics.yml").write_bytes(data)
    problems = registry(tmp_path)[1]
    assert problems and problems[0].code in ("FM001", "FM011")


def test_a_control_character_in_a_registry_is_told_once_at_its_place(tmp_path: Path) -> None:
    (problem,) = set(registry(tmp_path, topics=f"water:\n  {NAMES}\nété\x07: x\n")[1])
    assert (problem.code, problem.path, problem.line, problem.column) == ("FM011", "content/topics.yml", 3, 4)


def test_a_registry_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    assert [problem.code for problem in registry(tmp_path, topics="#" * 3_000_000)[1]] == ["FM016"]

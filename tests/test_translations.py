"""`check` compares each translation with its original: from the store, held documents too, and never by name where anybody may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.build import examine
from pressroom.commands import builds
from pressroom.ground import clock
from pressroom.ground.problems import Problem, has_errors
from tests.sites import make_site, put

EN = "---\ntitle: The river\ndate: 2020-05-06\n---\nIt rose by 12 metres on 2 May.\n"
AR = "---\ntitle: النهر\ntranslation: official\n---\nارتفع 13 مترًا في 2 مايو.\n"
PATH = "releases/2020/river/index.{}.md"
NOW = clock.now("2026-12-01T12:00:00Z")


def told(root: Path, public_log: bool = False) -> list[Problem]:
    return [problem for problem in examine(builds.read(root), NOW, public_log) if problem.code.startswith(("AG", "GT"))]


def site(root: Path, en: str = EN, ar: str = AR) -> Path:
    return make_site(root, {PATH.format("en"): en, PATH.format("ar"): ar})


def test_a_slip_is_told_once_with_both_lines_also_from_the_store(tmp_path: Path) -> None:
    site(tmp_path)
    for _ in range(2):
        (fault,) = told(tmp_path)
        assert (fault.code, fault.line) == ("AG002", 5) and "index.en.md:5" in fault.message and fault.path.endswith("index.ar.md")
    put(tmp_path, PATH.format("ar"), AR.replace("13", "12"))
    assert told(tmp_path) == []
    put(tmp_path, PATH.format("en"), EN.replace("12", "11"))
    assert [problem.code for problem in told(tmp_path)] == ["AG002"]


def test_a_change_of_the_registry_is_seen(tmp_path: Path) -> None:
    make_site(tmp_path, {PATH.format("en"): EN.replace("It", "Ana Díaz"), PATH.format("ar"): AR.replace("13", "12")})
    assert told(tmp_path) == []
    put(tmp_path, "people.yml", "ana-diaz:\n  names: {en: Ana Díaz, zh-Hans: 安娜·迪亚斯, ar: آنا دياث}\n")
    assert [problem.code for problem in told(tmp_path)] == ["AG004"]


@pytest.mark.parametrize("held", ["embargo: 2999-01-01", "status: draft"])
def test_of_what_is_held_everything_is_told_but_in_a_public_log_nothing(tmp_path: Path, held: str) -> None:
    site(tmp_path, EN.replace("---\nIt", f"{held}\n---\nIt"))
    assert [problem.code for problem in told(tmp_path)] == ["AG002"]
    assert told(tmp_path, public_log=True) == []


def test_a_draft_of_a_translation_is_not_named_in_a_public_log(tmp_path: Path) -> None:
    site(tmp_path, ar=AR.replace("---\nا", "status: draft\n---\nا"))
    assert [problem.code for problem in told(tmp_path)] == ["AG002"]
    assert told(tmp_path, public_log=True) == []


def test_a_held_copy_of_an_original_is_an_error_that_a_public_log_does_not_name(tmp_path: Path) -> None:
    text = EN.replace("---\nIt", "embargo: 2999-01-01\n---\nOne more.\n\nIt")
    site(tmp_path, text, f"---\ntitle: النهر\ntranslation: official\n---{text.rpartition('---')[2]}")
    assert [(problem.code, problem.severity) for problem in told(tmp_path)] == [("AG011", "error")]
    assert [problem.code for problem in told(tmp_path, public_log=True)] == ["GT002"]


def test_a_file_that_the_document_offers_is_offered_beside_every_text(tmp_path: Path) -> None:
    linked = AR.replace("13", "12").replace("مايو.", "مايو. [جدول](levels.csv)")
    site(tmp_path, ar=linked)
    put(tmp_path, PATH.replace("index.{}.md", "levels.csv"), "a,b\n")
    assert [problem.code for problem in told(tmp_path)] == ["AG007"]
    put(tmp_path, PATH.format("en"), EN.replace("---\nIt", "attachments: [levels.csv]\n---\nIt"))
    assert told(tmp_path) == []
    put(tmp_path, PATH.format("en"), EN.replace("---\nIt", "attachments: [levels.csv]\n---\n[The levels](levels.csv): it"))
    put(tmp_path, PATH.format("ar"), AR.replace("13", "12"))
    assert told(tmp_path) == []


def test_what_is_withdrawn_is_compared_no_more(tmp_path: Path) -> None:
    entry = "corrections:\n  - {type: withdrawn, at: 2020-06-01T10:00Z, note: {en: Gone., ar: سُحب.}}\n"
    site(tmp_path, EN.replace("---\nIt", f"{entry}---\nIt"))
    assert told(tmp_path) == []


def test_the_digest_of_an_original_that_has_changed_is_told_and_one_that_is_none_is_an_error(tmp_path: Path) -> None:
    ar = AR.replace("13", "12")
    site(tmp_path, ar=ar.replace("official", "official\ntranslated_from: abcdefgh"))
    (fault,) = told(tmp_path)
    assert (fault.code, fault.severity, fault.line) == ("AG008", "warning", 4) and "inv translate river ar" in fault.hint
    put(tmp_path, PATH.format("ar"), ar.replace("official", "official\ntranslated_from: yesterday"))
    found = told(tmp_path)
    assert {problem.code for problem in found} == {"AG009"} and has_errors(found)
    put(tmp_path, PATH.format("ar"), ar)
    put(tmp_path, PATH.format("en"), EN.replace("---\nIt", "translated_from: abcdefgh\n---\nIt"))
    assert {problem.code for problem in told(tmp_path)} == {"AG009"}


def test_a_document_of_one_language_or_without_its_original_is_compared_with_nothing(tmp_path: Path) -> None:
    lone = "---\ntitle: x\ndate: 2020-05-06\ntranslation: official\nsource: {language: fr, url: 'https://press.test/'}\n---\nIt rose by 12 metres.\n"
    make_site(tmp_path, {PATH.format("en"): lone, "releases/2020/quay/index.en.md": EN})
    assert told(tmp_path) == []

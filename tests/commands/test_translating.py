"""`inv translate`: a draft beside its original, and afterwards one field of it and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pressroom.build import build, examine
from pressroom.commands import builds, translating
from pressroom.commands.translating import Wanted
from pressroom.ground import clock
from pressroom.ground.problems import EXIT_FAULTS, EXIT_USAGE, Fault
from tests.commands.rooms import HELD, inv, make_room
from tests.sites import put

ORIGINAL = (
    "---\ntitle: 'The harbour: it opens'\nsubtitle: At last\ndate: 2020-05-06\nplace: Geneva\nsummary: It opened.\nattachments: [plan.csv]\n"
    "captions: {plan.csv: 'The plan: \"old\"'}\nnotes: |\n  First.\n\n  Second.\n---\n\n# It *opened* at 10:30\n\nFirst words.\n\n- one\n- two\n"
)
FOLDER = "releases/2020/harbour"
FILES = {
    f"{FOLDER}/index.en.md": ORIGINAL,
    f"{FOLDER}/plan.csv": "a\n",
    "releases/2020/secret/index.en.md": HELD,
    "releases/2020/lone/index.en.md": "---\ntitle: x\ndate: 2020-05-06\ntranslation: official\nsource: {language: fr}\n---\nWords.\n",
    "releases/2020/weir/index.en.md": "Title: The weir\nDate: 2020-05-09\n\nIt is old.\n",
    "releases/2020/gone/index.en.md": "---\ntitle: x\ndate: 2020-05-06\ncorrections: [{type: withdrawn, at: 2020-06-01T10:00Z, note: {en: Gone.}}]\n---\nWords.\n",
}


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return make_room(tmp_path / "room", FILES)


def path(room: Path, lang: str = "ar", folder: str = FOLDER) -> Path:
    return room / "content" / folder / f"index.{lang}.md"


def codes(room: Path) -> list[str]:
    return sorted({problem.code for problem in examine(builds.read(room), clock.now("2026-12-01T12:00:00Z")) if problem.code.startswith(("AG", "FM", "TX"))} - {"TX006"})


def refused(room: Path, *words: str, wanted: Wanted = Wanted()) -> Fault:
    before = {found: found.read_bytes() for found in (room / "content").rglob("*") if found.is_file()}
    with pytest.raises(Fault) as fault:
        translating.run(room, *words, wanted)
    assert {found: found.read_bytes() for found in (room / "content").rglob("*") if found.is_file()} == before
    return fault.value


def test_a_draft_has_the_originals_words_its_own_fields_and_none_of_the_documents(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translating.run(room, "harbour", "ar", Wanted("unofficial", "Nadine: K"))
    text = path(room).read_text(encoding="utf-8")
    header, body = text.removeprefix("---\n").split("---\n", 1)
    assert header.splitlines()[:-2] == [
        'title: "The harbour: it opens"', 'subtitle: "At last"', 'summary: "It opened."', 'place: "Geneva"', "notes: |", "  First.", "", "  Second.",
        "captions:", '  plan.csv: "The plan: \\"old\\""', "translation: unofficial", 'translator: "Nadine: K"',
    ]  # fmt: skip
    assert header.splitlines()[-1].startswith("status: draft") and body == ORIGINAL.split("---\n", 2)[2]
    assert "index.ar.md is written" in capsys.readouterr().out
    # Nothing is wrong with it but that it waits to be translated.
    assert codes(room) == ["AG011"]


def test_a_fresh_copy_is_in_no_public_build(room: Path) -> None:
    translating.run(room, "harbour", "ar")
    build(builds.read(room), clock.now("2026-12-01T12:00:00Z"))
    assert (room / "output/en" / FOLDER / "index.html").exists() and not (room / "output/ar" / FOLDER).exists()


def test_the_draft_says_what_it_was_made_from_until_words_of_the_original_change(room: Path) -> None:
    translating.run(room, "harbour", "ar")
    put(room, f"{FOLDER}/index.ar.md", path(room).read_text(encoding="utf-8").replace("First words", "كلمات"))
    for same in (ORIGINAL.replace("At last", "At  last"), ORIGINAL.replace("plan.csv]", "plan.csv]\ntopics: []"), ORIGINAL.replace("opened* at", "opened*  at")):
        put(room, f"{FOLDER}/index.en.md", same)
        assert "AG008" not in codes(room)
    for other in ("At last", "First words", "one\n", "10:30", "Second", "The plan", "Geneva", "It opened."):
        put(room, f"{FOLDER}/index.en.md", ORIGINAL.replace(other, f"Another {other}"))
        assert "AG008" in codes(room), other


def test_the_mark_is_renewed_and_every_other_byte_stays(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = "\ufeff---\r\ntitle: الميناء # it is called so\r\ntranslated_from:  abcdefgh   # then\r\ntranslation: official\r\n---\r\nكلمات.\r\n".encode()
    path(room).write_bytes(data)
    translating.run(room, "2020/harbour", "ar")
    after = path(room).read_bytes()
    digest = after.split(b"translated_from:  ")[1][:8]
    assert after == data.replace(b"abcdefgh", digest) and digest != b"abcdefgh" and "AG008" not in codes(room)
    translating.run(room, "harbour", "ar")
    assert path(room).read_bytes() == after and "nothing to do" in capsys.readouterr().out


def test_an_edition_without_the_mark_gets_it_as_its_last_field(room: Path) -> None:
    path(room).write_text("---\ntitle: الميناء\ntranslation: official\n---\nكلمات.\n", encoding="utf-8")
    translating.run(room, "harbour", "ar")
    lines = path(room).read_text(encoding="utf-8").splitlines()
    assert lines[3].startswith("translated_from: ") and [*lines[:3], *lines[4:]] == ["---", "title: الميناء", "translation: official", "---", "كلمات."]


def test_a_classic_original_can_be_translated_and_line_ends_are_kept(room: Path) -> None:
    translating.run(room, "weir", "zh-Hans")
    assert path(room, "zh-Hans", "releases/2020/weir").read_text().endswith("---\nIt is old.\n")
    path(room, "en").write_bytes(ORIGINAL.replace("\n", "\r\n").encode())
    translating.run(room, "harbour", "ar")
    assert path(room).read_bytes().count(b"\n") == path(room).read_bytes().count(b"\r\n")


@pytest.mark.parametrize(
    ("words", "wanted", "code", "says"),
    [
        (("harbour", ""), Wanted(), EXIT_USAGE, "into which language"), (("harbour", "de"), Wanted(), EXIT_USAGE, "de is no language"),
        (("harbour", "zh-hans"), Wanted(), EXIT_USAGE, "zh-hans is no language"), (("harbour", "en"), Wanted(), EXIT_USAGE, "the original's language"),
        (("harbour", "ar"), Wanted("offical"), EXIT_USAGE, "--kind offical"), (("harbor", "ar"), Wanted(), EXIT_USAGE, "there is no document"),
        (("", "ar"), Wanted(), EXIT_USAGE, "which document"), (("lone", "ar"), Wanted(), EXIT_FAULTS, "is not here"),
        (("gone", "ar"), Wanted(), EXIT_FAULTS, "is withdrawn"), (("harbour", "../../x"), Wanted(), EXIT_USAGE, "no language"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_a_fault_and_changes_nothing(room: Path, words: tuple[str, str], wanted: Wanted, code: int, says: str) -> None:
    fault = refused(room, *words, wanted=wanted)
    assert fault.exit_code == code and says in fault.problems[0].message


def test_a_document_with_faults_is_not_translated(room: Path) -> None:
    put(room, f"{FOLDER}/index.en.md", ORIGINAL.replace("subtitle", "subtitel"))
    assert "has faults" in refused(room, "harbour", "ar").problems[0].message


def test_a_file_that_is_there_is_never_written_over(room: Path) -> None:
    path(room).write_text("---\ntitle: x\ntranslation: official\n---\nMine.\n")
    assert "there is an edition" in refused(room, "harbour", "ar", wanted=Wanted("machine")).problems[0].message
    os.symlink(path(room, "en"), path(room, "zh-Hans"))
    refused(room, "harbour", "zh-Hans")


def test_what_is_held_can_be_translated_and_is_not_there_in_a_public_log(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    translating.run(room, "secret", "ar")
    assert path(room, "ar", "releases/2020/secret").exists()
    path(room, "ar", "releases/2020/secret").unlink()
    monkeypatch.setenv("CI", "true")
    assert "there is no document" in refused(room, "secret", "ar").problems[0].message


def test_the_words_of_the_command_line_are_the_document_and_the_language(room: Path) -> None:
    done = inv(room, "translate", "harbour", "ar", "--kind", "machine", "--translator", "A machine")
    assert done.returncode == 0 and "translation: machine" in path(room).read_text(), done.stderr
    assert inv(room, "translate").returncode == EXIT_USAGE

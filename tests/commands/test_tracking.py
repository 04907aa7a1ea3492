"""`inv check` where the repository is public: a held document that git tracks is known already, whatever the site shows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.commands import builds
from pressroom.commands.tracking import warn_of_tracked
from pressroom.ground.problems import WARNING, Fault, Problem
from tests.commands.rooms import SMALL, git, inv, make_room
from tests.sites import put

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRET, DRAFT = "releases/2020/secret-merger", "releases/2020/half-written"
TRANSLATION = "releases/2020/harbour-opens/index.ar.md"
FUTURE = "releases/2027/next-year/index.en.md"
FILES = {
    **SMALL,
    f"{SECRET}/plan.zip": "x",
    TRANSLATION: "---\ntitle: الميناء\ntranslation: official\nstatus: draft\n---\nافتتح. [x](plan.csv)\n",
    "releases/2020/harbour-opens/plan.csv": "x",
    FUTURE: "---\ntitle: Next year\ndate: 2027-01-02\n---\nWords.\n",
}
PUBLIC = 'PUBLIC_REPOSITORY = True\nHELD_PATH = "held"\n'


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("GIT_DIR", raising=False)
    root = make_room(tmp_path / "site", FILES, PUBLIC)
    (root / "held").mkdir()
    git(root, "init", "--quiet")
    return root


def warned(root: Path, now: datetime = NOW, public_log: bool = False) -> dict[str, Problem]:
    found = warn_of_tracked(builds.read(root), now, public_log)
    assert {(problem.code, problem.severity) for problem in found} <= {("GT008", WARNING)}
    return {problem.path: problem for problem in found}


def test_what_is_held_and_tracked_is_named_once_for_each_document_and_each_file_of_a_held_translation(room: Path) -> None:
    git(room, "add", "content")
    found = warned(room)
    assert set(found) == {
        f"content/{SECRET}/index.en.md", f"content/{DRAFT}/index.en.md", f"content/{FUTURE}", f"content/{TRANSLATION}",
        "content/releases/2020/harbour-opens/plan.csv",
    }  # fmt: skip
    secret = found[f"content/{SECRET}/index.en.md"]
    assert secret.message == f"{SECRET} is held, and the repository, which is public, tracks this file, and 1 more of its files"
    assert "HELD_PATH" in secret.hint and "translation is held" in found[f"content/{TRANSLATION}"].message


def test_what_is_out_by_the_build_s_clock_is_no_longer_held(room: Path) -> None:
    git(room, "add", "content")
    assert f"content/{FUTURE}" not in warned(room, datetime(2027, 6, 1, tzinfo=UTC))


def test_what_git_does_not_track_is_not_warned_of(room: Path) -> None:
    git(room, "add", f"content/{SECRET}/plan.zip", "content/releases/2020/harbour-opens/index.en.md")
    assert set(warned(room)) == {f"content/{SECRET}/plan.zip"}


def test_a_folder_of_held_documents_that_the_same_repository_tracks_is_no_hiding_place(room: Path) -> None:
    (room / "content" / SECRET).parent.mkdir(parents=True, exist_ok=True)
    (room / "held" / SECRET).parent.mkdir(parents=True)
    (room / "content" / SECRET).rename(room / "held" / SECRET)
    git(room, "add", "held")
    assert set(warned(room)) == {f"held/{SECRET}/index.en.md"}


def test_a_private_repository_inside_the_public_one_is_not_warned_of(room: Path) -> None:
    (room / "held" / SECRET).parent.mkdir(parents=True)
    (room / "content" / SECRET).rename(room / "held" / SECRET)
    (room / ".gitignore").write_text("/held/\n")
    git(room / "held", "init", "--quiet")
    git(room / "held", "add", ".")
    git(room, "add", "content/releases/2020/harbour-opens/index.en.md")
    assert warned(room) == {}


def test_a_press_room_in_a_folder_of_a_larger_repository_is_asked_of_too(tmp_path: Path) -> None:
    root = make_room(tmp_path / "all" / "press room", FILES, PUBLIC.replace('"held"', '"../held"'))
    (tmp_path / "all" / "held" / SECRET).parent.mkdir(parents=True)
    (root / "content" / SECRET).rename(tmp_path / "all" / "held" / SECRET)
    git(tmp_path / "all", "init", "--quiet")
    git(tmp_path / "all", "add", ".")
    assert f"content/{DRAFT}/index.en.md" in warned(root)
    assert [path for path in warned(root) if path.endswith(f"held/{SECRET}/index.en.md")]


def test_without_the_setting_without_a_repository_and_without_git_nothing_is_said(room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(room, "add", "content")
    configuration = room / "pelicanconf.py"
    configuration.write_text(configuration.read_text().replace("PUBLIC_REPOSITORY = True", "PUBLIC_REPOSITORY = False"))
    assert warned(room) == {}
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert warned(make_room(tmp_path / "bare" / "site", FILES, "PUBLIC_REPOSITORY = True\n")) == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    configuration.write_text(configuration.read_text().replace("PUBLIC_REPOSITORY = False", "PUBLIC_REPOSITORY = True"))
    assert warned(room) == {}


def test_a_setting_that_says_neither_yes_nor_no_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="PUBLIC_REPOSITORY is 'no'"):
        builds.read(make_room(tmp_path / "site", FILES, "PUBLIC_REPOSITORY = 'no'\n"))


def test_the_check_shows_it_and_a_public_log_says_so_in_one_line_that_names_and_counts_nothing(room: Path) -> None:
    git(room, "add", "content")
    done = inv(room, "check")
    assert done.returncode == 0 and done.stdout.count("GT008") == 5, done.stdout + done.stderr
    put(room, f"{SECRET}/index.en.md", "---\ntitle: Hushhush headline\ndate: 2020-05-01\nembargo: 2999-01-01T10:00Z\n---\nUnspeakable words.\n")
    done = inv(room, "check", CI="true", GITHUB_ACTIONS="true")
    said = done.stdout + done.stderr
    assert done.returncode == 0 and said.count("GT008") == 1
    assert not [word for word in ("secret", "half", "next-year", "index.ar.md", "plan", "merger", "5") if word in said]


def test_a_public_log_of_a_room_that_holds_nothing_says_nothing(room: Path) -> None:
    git(room, "add", "content/releases/2020/harbour-opens/index.en.md")
    assert warned(room, public_log=True) == {}

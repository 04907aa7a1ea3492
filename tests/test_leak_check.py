"""The leak check of a large archive, which a companion does beside the build: it finds what it finds here, and leaves the same for the next build."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from pressroom.build import build, engine_digest
from pressroom.checks.leaks import Files
from pressroom.ground import companion
from pressroom.ground.problems import EXIT_LEAK, Fault
from pressroom.leak_check import LeakCheck
from pressroom.press import scans
from pressroom.press.seal import ADDRESS, read_standing
from tests.sites import FILES, REPOSITORY, make_site, put, tree_of
from tests.test_inspection import HELD_WORDS, leak
from tests.test_sameness import START, settings_of

RIVER, SECRET = "releases/2026/river-rises/index.en.md", "releases/2026/secret-merger/index.en.md"


def site(path: Path) -> Path:
    make_site(path, FILES | {SECRET: FILES[SECRET].replace("Unspeakable words.", HELD_WORDS)})
    shutil.copytree(REPOSITORY / "theme", path / "theme")
    build(settings_of(path), START)
    return path


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    room = site(tmp_path / "site")
    monkeypatch.setattr(scans, "_LARGE", 0)
    monkeypatch.setattr("pressroom.workers.processors", lambda: 2)
    # What the companion does not do, nobody does.
    monkeypatch.setattr(companion, "_outcome", lambda future, tool, job: future.result().outcome())
    return room


def test_a_leak_that_a_companion_finds_ends_with_four_and_changes_no_byte(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree_of(room / "output")
    leak(HELD_WORDS, monkeypatch)
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert found.value.exit_code == EXIT_LEAK and {problem.code for problem in found.value.problems} == {"GT004"}
    assert all(HELD_WORDS.split()[0] not in str(problem) for problem in found.value.problems)
    assert tree_of(room / "output") == before


def test_builds_with_a_companion_are_those_without(room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = site(tmp_path / "alone")
    changes = (
        (RIVER, FILES[RIVER] + "\nMore of it.\n"),
        (RIVER, FILES[RIVER].replace("---\ntitle", "---\nstatus: draft\ntitle", 1)),
        (RIVER, FILES[RIVER] + f"\n{HELD_WORDS}\n"),
        (SECRET, FILES[SECRET].replace("embargo: 2030-01-01T10:00[Europe/Paris]\n", "")),
    )
    for path, text in changes:
        put(alone, path, text)
        put(room, path, text)
        monkeypatch.setattr(scans, "_LARGE", 0)
        found = build(settings_of(room), START)
        monkeypatch.setattr(scans, "_LARGE", 1 << 40)
        told = build(settings_of(alone), START)
        assert (found.written, found.removed, found.held, found.problems) == (told.written, told.removed, told.held, told.problems)
        assert tree_of(room / "output") == tree_of(alone / "output")


def test_the_record_that_a_companion_leaves_knows_the_whole_tree(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(room, RIVER, FILES[RIVER] + "\nMore of it.\n")
    settings = settings_of(room)
    assert build(settings, START).written
    standing = read_standing(settings.output)
    # Of the seal, which says nothing, it is told last of all.
    files = {path: digest for path, digest in standing.files.items() if path != ADDRESS}
    monkeypatch.setattr("pressroom.checks.leaks.Searcher", None)
    assert not LeakCheck(settings, START, engine_digest()).search(Files(files, standing.read)).leaks


@pytest.mark.parametrize("part", ["gathering", "leaks"])
def test_what_is_too_much_for_one_process_is_done_by_many(room: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """In the companion nothing can be patched: what it is given to do is what is much."""
    put(room, RIVER, FILES[RIVER] + "\nMore of it.\n")
    check = pickle.loads(pickle.dumps(LeakCheck(settings_of(room), START, engine_digest())))
    standing = read_standing(settings_of(room).output)
    files = Files({path: "" for path in standing.files}, standing.read)
    assert check(files).leaks == ()
    monkeypatch.setattr(f"pressroom.checks.{part}._SECONDS", 10.0)
    assert pickle.loads(pickle.dumps(check))(files) is None
    assert LeakCheck(settings_of(room), START, engine_digest())(files).leaks == ()


def test_a_build_whose_companion_gives_up_searches_here(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressroom.leak_check._ALONE", 0.0)
    monkeypatch.setattr(companion, "_outcome", lambda future, tool, job: future.result().outcome())
    put(room, RIVER, FILES[RIVER].replace("---\ntitle", "---\nstatus: draft\ntitle", 1))
    assert build(settings_of(room), START).removed
    monkeypatch.undo()
    leak(HELD_WORDS, monkeypatch)
    with pytest.raises(Fault):
        build(settings_of(room), START)

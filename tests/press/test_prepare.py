"""A large output has its standby before it is needed; the stage of a first build becomes the output as it is."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pressroom.ground import clock
from pressroom.press import files, folders, scans
from pressroom.press.ledger import read_change, read_ledger
from pressroom.press.lock import hold_lock
from pressroom.press.write import open_output
from tests.press.trees import TURNS, Place, read_tree, stamps

LARGE = bytes(range(256)) * 8000
SITE = {"index.html": b"front", "en/a/index.html": b"a", "en/a/film.mp4": LARGE, ".well-known/seal.json": b"{}"}


@pytest.fixture(autouse=True)
def every_output_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_LARGE", 0)


def prepare(place: Place) -> bool:
    """Makes the standby if there is need of one, and says whether there was."""
    with hold_lock(str(place.state)):
        output = open_output(str(place.output), str(place.state))
        if needed := output.is_unprepared:
            output.prepare()
        return needed


def test_a_standby_is_made_that_has_what_the_output_has(place: Place) -> None:
    place.build(SITE)
    assert prepare(place)
    assert read_tree(place.standby) == read_tree(place.output) == SITE
    assert not prepare(place)


def test_the_folders_of_both_trees_are_seen(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_WORTH", 0)
    monkeypatch.setattr(clock, "settled", lambda: clock.wall_nanoseconds() + 1_000_000_000)
    place.build(SITE)
    prepare(place)
    for tree in (place.output, place.standby):
        ledger, inode = str(place.state / "ledger.json"), os.stat(tree).st_ino
        known = scans.known_by(ledger, inode, *read_change(ledger, inode))
        assert known and known.count == len(SITE) and scans.look_by(str(tree), known).fresh == 0


def test_what_was_prepared_is_not_written_by_the_first_change(place: Place) -> None:
    place.build(SITE)
    prepare(place)
    before = stamps(place.output) | stamps(place.standby)
    receipt = place.build({**SITE, "index.html": b"new"})
    assert receipt.written == ("index.html",)
    assert read_tree(place.output) == {**SITE, "index.html": b"new"}
    assert len((stamps(place.output) | stamps(place.standby)) - before) == 1


def test_the_output_stands_after_its_standby_was_made(place: Place) -> None:
    """Even where the two share a large file, which gives it another stamp."""
    place.build(SITE)
    prepare(place)
    with hold_lock(str(place.state)):
        assert open_output(str(place.output), str(place.state)).stands


def test_an_output_that_changed_since_is_left_to_the_next_build(place: Place) -> None:
    place.build(SITE)
    (place.output / "index.html").write_bytes(b"other")
    prepare(place)
    assert not place.standby.exists()
    place.build(SITE)
    assert read_tree(place.output) == SITE


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")


def test_a_disk_that_is_full_takes_nothing_from_what_was_built(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.build(SITE)
    ledger = (place.state / "ledger.json").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("pressroom.press.standby.copy_in_kernel", full)
        prepare(place)
    assert not place.standby.exists() and (place.state / "ledger.json").read_bytes() == ledger
    place.build({**SITE, "index.html": b"new"})
    assert read_tree(place.output) == {**SITE, "index.html": b"new"}


@pytest.mark.parametrize("turns", [(0, 1, 2), (2, 0, 0), (1, 1, 0)])
def test_prepared_or_not_the_builds_that_follow_are_the_same(place: Place, turns: tuple[int, ...]) -> None:
    for turn in turns:
        place.build(TURNS[turn])
        prepare(place)
        assert read_tree(place.output) == TURNS[turn]


def test_a_build_that_died_while_it_prepared_leaves_a_good_output_and_the_next_one_is_right(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.build(SITE)
    copied: list[str] = []
    real = files.copy_in_kernel

    def dying(source: object, target: str) -> object:
        copied.append(target)
        if len(copied) > 1:
            raise KeyboardInterrupt
        return real(source, target)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("pressroom.press.standby.copy_in_kernel", dying)
        with pytest.raises(KeyboardInterrupt):
            prepare(place)
    assert read_tree(place.output) == SITE
    place.build({**SITE, "index.html": b"new"})
    assert read_tree(place.output) == {**SITE, "index.html": b"new"}


def nothing(place: Place) -> None:
    pass


def an_empty_standby(place: Place) -> None:
    place.standby.mkdir()


def a_file_in_the_standby(place: Place) -> None:
    (place.standby / "en").mkdir(parents=True)
    (place.standby / "en/stray.html").write_bytes(b"stray")


def an_empty_folder_in_the_standby(place: Place) -> None:
    (place.standby / "empty").mkdir(parents=True)


def a_link_in_the_standby(place: Place) -> None:
    place.standby.mkdir()
    (place.standby / "link").symlink_to("/etc")


@pytest.mark.parametrize("lies_there", [nothing, an_empty_standby, a_file_in_the_standby, an_empty_folder_in_the_standby, a_link_in_the_standby])
def test_a_first_build_gives_its_site_whatever_lies_where_its_standby_goes(place: Place, lies_there: Callable[[Place], None]) -> None:
    lies_there(place)
    place.build(SITE)
    assert read_tree(place.output) == SITE
    assert os.stat(place.output).st_mode & 0o777 == 0o755
    assert [path for path in place.root.iterdir() if path.name.startswith(".")] == []
    assert read_ledger(str(place.state / "ledger.json")).knows(place.output.stat().st_ino)
    assert not place.build(SITE).written


def test_folders_that_were_left_without_their_files_are_in_nobodys_way(place: Place) -> None:
    """The output is lost, and of the standby, which the ledger knows, the folders remain."""
    place.build(SITE)
    place.build({**SITE, "index.html": b"new"})
    shutil.rmtree(place.output)
    for path in [path for path in place.standby.rglob("*") if path.is_file()]:
        path.unlink()
    place.build(SITE)
    assert read_tree(place.output) == SITE


def test_a_first_build_writes_each_file_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    real = os.replace
    monkeypatch.setattr(os, "replace", lambda source, target: (moved.append(str(target)), real(source, target))[1])
    place.build(SITE)
    assert not [path for path in moved if Path(path).is_relative_to(place.standby)]

"""How a tree stands beside the ledger: found out here or by a companion, it is the same."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from pressroom.ground.executors import local_processes
from pressroom.ground.companion import Companion
from pressroom.press import scans
from pressroom.press.ledger import read_ledger
from pressroom.press.scans import Found, Looking, look
from tests.press.trees import TURNS, Place, read_tree


@pytest.fixture
def tampered(place: Place, tmp_path: Path) -> Place:
    """A place after two builds, with everything that can be wrong in a tree."""
    place.build(TURNS[0])
    place.build(TURNS[1])
    output = place.output
    (output / "3/7.html").write_text("tampered")
    (output / "1/9.html").unlink()
    (output / "stray.html").write_text("stray")
    (output / "strange/bare").mkdir(parents=True)
    (output / "link").symlink_to(tmp_path)
    (output / "3/11.html").unlink()
    (output / "3/11.html").mkdir()
    return place


def ledger_of(place: Place) -> str:
    return str(place.state / "ledger.json")


def test_what_is_not_as_it_was_left_is_found(tampered: Place) -> None:
    found = look(str(tampered.output), read_ledger(ledger_of(tampered)))
    assert found.inode == os.stat(tampered.output).st_ino
    assert found.changed.keys() == {"3/7.html", "stray.html"}
    assert found.missing == {"1/9.html", "3/11.html"} and found.others == {"link"}
    assert found.strange == {"strange", "strange/bare", "3/11.html"} and found.bare == {"strange/bare", "3/11.html"}


def test_of_a_tree_as_it_was_left_nothing_is_found(place: Place) -> None:
    place.build(TURNS[0])
    assert look(str(place.output), read_ledger(ledger_of(place))) == Found(os.stat(place.output).st_ino)


def test_where_no_folder_is_all_is_missing(place: Place) -> None:
    place.build(TURNS[0])
    assert look(str(place.root / "nowhere"), read_ledger(ledger_of(place))) == Found(missing=frozenset(TURNS[0]))


def near() -> Companion:
    return Companion(partial(local_processes, 1))


def test_a_companion_finds_the_same(tampered: Place) -> None:
    folders = (str(tampered.output), str(tampered.standby))
    ledger = read_ledger(ledger_of(tampered))
    with near() as companion:
        looking = Looking(ledger_of(tampered), folders, companion)
        assert {folder: looking.found(folder) for folder in folders} == {folder: look(folder, ledger) for folder in folders}
        assert looking.found("elsewhere") is None


def test_nothing_is_known_where_no_companion_is(tampered: Place) -> None:
    folders = (str(tampered.output), str(tampered.standby))
    assert not any(map(Looking(ledger_of(tampered), folders, Companion()).found, folders))


def test_builds_with_a_companion_give_exactly_their_site(place: Place) -> None:
    for turn in (0, 1, 2, 1):
        with near() as companion:
            place.build(TURNS[turn], companion=companion)
        assert read_tree(place.output) == dict(TURNS[turn])
    with near() as companion:
        assert not any(place.build(TURNS[1], companion=companion).written)


def test_a_look_of_long_ago_is_not_relied_upon(tampered: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_LONG", 0)
    with near() as companion:
        assert Looking(ledger_of(tampered), (str(tampered.output),), companion).found(str(tampered.output)) is None

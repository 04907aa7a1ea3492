"""What is kept of a build outside its tree: its clock, and which tree it left."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pressroom.build import build, engine_digest
from pressroom.ground import clock
from pressroom.ground.problems import Fault
from pressroom.press.receipt import KeptReceipt, read_receipt, write_receipt
from pressroom.press.seal import read_seal
from tests.sites import REPOSITORY, make_site, put
from tests.test_sameness import START, settings_of

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
RECEIPT = KeptReceipt("public", NOON, NOON + timedelta(seconds=1), "engine", "tree", 12, 3, 1)


def test_a_receipt_is_read_as_it_was_written_and_is_private(tmp_path: Path) -> None:
    write_receipt(str(tmp_path), RECEIPT)
    assert read_receipt(str(tmp_path)) == RECEIPT
    (path,) = tmp_path.iterdir()
    assert path.name == "receipt.json" and path.stat().st_mode & 0o777 == 0o600


def test_a_receipt_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    write_receipt(str(tmp_path), KeptReceipt("public", NOON, NOON, "older", "other", 1, 1, 0))
    write_receipt(str(tmp_path), RECEIPT)
    assert read_receipt(str(tmp_path)) == RECEIPT


def test_no_receipt_is_none(tmp_path: Path) -> None:
    assert read_receipt(str(tmp_path)) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: "",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace("12:00:00", "noon"),
        lambda data: data.replace("+00:00", ""),
        lambda data: json.dumps(json.loads(data) | {"now": 1}),
        lambda data: json.dumps(json.loads(data) | {"more": 1}),
        lambda data: "[]",
    ],
    ids=["empty", "half", "no instant", "no zone", "a number", "another field", "another form"],
)
def test_a_receipt_that_is_damaged_is_none(tmp_path: Path, damage) -> None:
    write_receipt(str(tmp_path), RECEIPT)
    path = tmp_path / "receipt.json"
    path.write_text(damage(path.read_text()))
    assert read_receipt(str(tmp_path)) is None


def test_each_build_that_comes_through_leaves_one_and_a_build_that_fails_leaves_the_last(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site")
    (root / "theme").symlink_to(REPOSITORY / "theme")
    settings, began = settings_of(root), clock.now()
    told = build(settings, START)
    first = read_receipt(settings.state)
    assert first and (first.audience, first.now, first.engine) == ("public", START, engine_digest())
    assert (first.files, first.written, first.removed) == (told.files, told.written, told.removed)
    assert began <= first.wall <= clock.now() and first.tree == read_seal(settings.output).tree
    # Nothing is written now, and when it was found so is known all the same.
    build(settings, START + timedelta(seconds=1))
    second = read_receipt(settings.state)
    assert second and (second.tree, second.written, second.now) == (first.tree, 0, START + timedelta(seconds=1))
    put(root, "releases/2026/broken/index.en.md", "---\ntitel: Broken\n---\nIt.\n")
    with pytest.raises(Fault):
        build(settings, START)
    assert read_receipt(settings.state) == second


def test_a_receipt_names_nothing_that_is_held(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site")
    (root / "theme").symlink_to(REPOSITORY / "theme")
    build(settings_of(root), START)
    kept = (root / ".pressroom/public/receipt.json").read_text()
    assert not any(word in kept for word in ("secret", "Hushhush", "half-written", "held"))

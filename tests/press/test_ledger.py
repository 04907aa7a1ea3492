"""What the ledger knows, and what it does when it is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.press.ledger import Entries, Ledger, read_ledger, write_ledger

ENTRIES = Entries({"a/index.html": "key", "b": "other"}, {"a/index.html": "digest", "b": "bytes"}, {"a/index.html": (1, 2, 3, 4), "b": (5, 6, 7, 8)})


def values(entries: Entries) -> dict[str, tuple[object, ...]]:
    return {path: (key, entries.digests[path], entries.stamps[path]) for path, key in entries.keys.items()}


def entries_in(ledger: Ledger, inode: int) -> dict[str, tuple[object, ...]]:
    return values(ledger.entries(inode))


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_ledger(str(tmp_path / "ledger"), 7, {7: ENTRIES, 9: Entries({}, {}, {})})
    ledger = read_ledger(str(tmp_path / "ledger"))
    assert ledger.newest == 7
    assert entries_in(ledger, 7) == values(ENTRIES) and entries_in(ledger, 9) == {}


def test_a_tree_that_is_not_known_has_the_entries_of_the_newest(tmp_path: Path) -> None:
    write_ledger(str(tmp_path / "ledger"), 7, {7: ENTRIES, 9: Entries({}, {}, {})})
    assert entries_in(read_ledger(str(tmp_path / "ledger")), 1234) == values(ENTRIES)


def test_the_ledger_is_private(tmp_path: Path) -> None:
    write_ledger(str(tmp_path / "ledger"), 7, {7: ENTRIES})
    assert (tmp_path / "ledger").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data.replace(b"digest", b"another"),
        lambda data: data.replace(b"ledger 3", b"ledger 2"),
        lambda data: b"\xff\xfe\0" * 100,
        lambda data: b'{"version": 0}',
    ],
    ids=["empty", "half", "cut", "altered", "older", "noise", "another form"],
)
def test_a_ledger_that_is_damaged_or_of_another_layout_is_empty(tmp_path: Path, damage) -> None:
    path = tmp_path / "ledger"
    write_ledger(str(path), 7, {7: ENTRIES})
    path.write_bytes(damage(path.read_bytes()))
    assert entries_in(read_ledger(str(path)), 7) == {}


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert entries_in(read_ledger(str(tmp_path / "none")), 7) == {}

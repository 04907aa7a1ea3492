"""What the ledger knows, and what it does when it is damaged."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


PAGE = st.tuples(st.sampled_from(["key", "other"]), st.sampled_from(["digest", "bytes"]), st.tuples(*[st.integers(0, 2)] * 4))
TREES = st.dictionaries(st.sampled_from([7, 9, 11]), st.dictionaries(st.sampled_from("abcd"), PAGE), min_size=1)


@given(TREES, st.data())
def test_each_tree_is_read_as_it_was_whichever_is_the_newest(tmp_path_factory: pytest.TempPathFactory, trees: dict, data: st.DataObject) -> None:
    path = str(tmp_path_factory.mktemp("state") / "ledger")
    entries = {inode: Entries(*({path: page[n] for path, page in pages.items()} for n in range(3))) for inode, pages in trees.items()}
    write_ledger(path, data.draw(st.sampled_from(sorted(trees))), entries)
    ledger = read_ledger(path)
    assert {inode: entries_in(ledger, inode) for inode in trees} == trees and all(map(ledger.knows, trees)) and not ledger.knows(1)


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
        lambda data: data.replace(b"ledger 5", b"ledger 4"),
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


def test_a_whole_ledger_of_another_layout_is_empty(tmp_path: Path) -> None:
    path, body = tmp_path / "ledger", msgspec.msgpack.encode({"newest": 7, "trees": {7: [["a"], ["key"], ["digest"], [[1, 2, 3, 4]]]}})
    write_ledger(str(path), 7, {7: ENTRIES})
    head = path.read_bytes().partition(b"\n")[0]
    path.write_bytes(head[: -2 * hashlib.sha256().digest_size] + hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    assert entries_in(read_ledger(str(path)), 7) == {}


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert entries_in(read_ledger(str(tmp_path / "none")), 7) == {}

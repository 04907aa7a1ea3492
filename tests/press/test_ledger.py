"""What the ledger knows, and what it does when it is damaged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.press.entries import Entries
from pressroom.press.ledger import Ledger, checksum_at, read_ledger, write_ledger

ENTRIES = Entries({"a/index.html": "key", "b": "other"}, {"a/index.html": "digest", "b": "bytes"}, {"a/index.html": (1, 2, 3, 4), "b": (5, 6, 7, 8)})


def values(entries: Entries) -> dict[str, tuple[object, ...]]:
    # One by one is as they are all together.
    one_by_one = {path: entries.stamp(path) for path in entries.keys}
    return {path: (key, entries.digests[path], entries.stamps[path]) for path, key in entries.keys.items() if one_by_one[path] == entries.stamps[path]}


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


MANY = {f"{number:02}": ("key", "digest", (number, 1, 1, 1)) for number in range(40)}
FEW = st.dictionaries(st.sampled_from(["03", "17", "39", "a", "b"]), st.none() | PAGE, max_size=3)


def entries_of(pages: dict) -> Entries:
    return Entries(*({path: page[n] for path, page in pages.items()} for n in range(3)))


def with_changes(pages: dict, changes: dict) -> dict:
    return {path: page for path, page in sorted({**pages, **changes}.items()) if page}


@given(st.lists(st.tuples(FEW, FEW, st.sampled_from([7, 9])), max_size=5))
def test_a_ledger_with_what_has_changed_since_says_of_each_tree_what_it_is(tmp_path_factory: pytest.TempPathFactory, turns: list) -> None:
    path = str(tmp_path_factory.mktemp("state") / "ledger")
    trees, seen = {7: MANY, 9: MANY}, dict[bytes, object]()
    write_ledger(path, 7, {inode: entries_of(pages) for inode, pages in trees.items()})
    for first, second, newest in turns:
        trees = {7: with_changes(trees[7], first), 9: with_changes(trees[9], second)}
        write_ledger(path, newest, {inode: entries_of(pages) for inode, pages in trees.items()}, read_ledger(path), {*first, *second})
        ledger = read_ledger(path)
        assert {inode: entries_in(ledger, inode) for inode in trees} == trees and ledger.newest == newest and entries_in(ledger, 1) == trees[newest]
        same = {name for name in trees[7].keys() | trees[9].keys() if trees[7].get(name, "")[:2] == trees[9].get(name, "")[:2]}
        assert ledger.apart >= (trees[7].keys() | trees[9].keys()) - same
        assert seen.setdefault(checksum_at(path), (trees, newest)) == (trees, newest)


def two_builds(tmp_path: Path, change: dict) -> Path:
    """A ledger of two trees, and of one more build that changed a few paths of the newer."""
    path = tmp_path / "ledger"
    write_ledger(str(path), 7, {7: entries_of(MANY), 9: entries_of(MANY)})
    write_ledger(str(path), 9, {7: entries_of(MANY), 9: entries_of(with_changes(MANY, change))}, read_ledger(str(path)), change.keys())
    return path


NEW = {"secret": ("key", "digest", (1, 1, 1, 1))}


def test_of_a_few_files_only_what_has_changed_is_written(tmp_path: Path) -> None:
    path = two_builds(tmp_path, NEW)
    assert b"secret" not in path.read_bytes() and "secret" in entries_in(read_ledger(str(path)), 9)
    assert (tmp_path / "ledger.changes").stat().st_mode & 0o777 == 0o600


def test_what_is_new_stands_in_its_place_among_the_paths(tmp_path: Path) -> None:
    """So the same paths are quickly found to be the same."""
    entries = read_ledger(str(two_builds(tmp_path, {"00a": ("key", "digest", (1, 1, 1, 1))}))).entries(9)
    assert list(entries.keys) == list(entries.digests) == list(entries.stamps) == sorted([*MANY, "00a"])


@pytest.mark.parametrize("way", ["a file is gone", "another tree", "much is touched"])
def test_where_that_will_not_do_it_is_written_whole_and_no_name_is_left_of_what_is_gone(tmp_path: Path, way: str) -> None:
    path = two_builds(tmp_path, NEW)
    other = 11 if way == "another tree" else 7
    touched = {"a file is gone": {"secret"}, "another tree": {"secret"}, "much is touched": {"secret", *sorted(MANY)[:10]}}[way]
    write_ledger(str(path), 9, {other: entries_of(MANY), 9: entries_of(MANY)}, read_ledger(str(path)), touched)
    assert not (tmp_path / "ledger.changes").exists() and b"secret" not in path.read_bytes()
    assert entries_in(read_ledger(str(path)), other) == entries_in(read_ledger(str(path)), 9) == MANY


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("search/2026-11/fragment/en_1a2b3c4.pf_fragment", True), ("search/archive/index/zh_a55f43e.pf_index", True),
        ("search/pages/pagefind.es_7ff836e5c9.pf_meta", True), ("search/2026-11/secret-merger.pf_fragment", False),
        ("en/releases/2026/a/search/2026/fragment/en_1a2b3c4.pf_fragment", False), ("search/2026/en.json", False),
    ],
)  # fmt: skip
def test_a_name_that_tells_nothing_may_be_left_of_what_is_gone(tmp_path: Path, path: str, is_kept: bool) -> None:
    ledger, pages = tmp_path / "ledger", {**MANY, path: ("key", "digest", (1, 1, 1, 1))}
    write_ledger(str(ledger), 7, {7: entries_of(pages), 9: entries_of(pages)})
    before = ledger.read_bytes()
    write_ledger(str(ledger), 9, {7: entries_of(MANY), 9: entries_of(MANY)}, read_ledger(str(ledger)), {path})
    assert (ledger.read_bytes() == before) == (path.encode() in ledger.read_bytes()) == is_kept
    assert entries_in(read_ledger(str(ledger)), 7) == entries_in(read_ledger(str(ledger)), 9) == MANY


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: data.replace(b"digest", b"another"), lambda data: data.replace(b"changes 1", b"changes 0")])
def test_changes_that_are_damaged_leave_the_ledger_as_it_was(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = two_builds(tmp_path, NEW)
    (tmp_path / "ledger.changes").write_bytes(damage((tmp_path / "ledger.changes").read_bytes()))
    assert entries_in(read_ledger(str(path)), 9) == MANY and read_ledger(str(path)).newest == 7


def test_changes_go_with_the_ledger_that_they_were_made_for(tmp_path: Path) -> None:
    path = two_builds(tmp_path, NEW)
    changes = (tmp_path / "ledger.changes").read_bytes()
    write_ledger(str(path), 7, {7: ENTRIES, 9: ENTRIES})
    (tmp_path / "ledger.changes").write_bytes(changes)
    assert entries_in(read_ledger(str(path)), 9) == values(ENTRIES)


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

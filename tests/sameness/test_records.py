"""What is kept between builds may be lost, spoiled or of another engine, and output and standby tampered with: the next build is a clean one."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pressroom import build as spine
from pressroom.ground import clock
from tests.sameness.rooms import FRESH, HARBOUR, RIVER, Room, assert_same
from tests.sites import tree_of


class Turning(Room):
    """A room that is edited forth and back; the clean tree of either state is known."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.edited = False
        self.turn()
        self.trees = {True: self.anew()[1], False: self.base}
        self.check()

    def turn(self) -> None:
        self.edited = not self.edited
        if self.edited:
            self.edit(f"{HARBOUR}/index.zh-Hans.md", "港口开放", "港口已开放")
            self.put("topics.yml", self.path("topics.yml").read_text().replace("en: Ports", "en: Harbours"))
            self.remove(FRESH)
        else:
            self.put_back()

    def check(self) -> None:
        self.build()
        assert_same(self.tree(), self.trees[self.edited])


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Turning:
    return Turning(tmp_path_factory.mktemp("records") / "room")


@pytest.fixture(autouse=True)
def whole(room: Turning) -> Iterator[None]:
    """One test's harm is not another's."""
    yield
    room.forget()


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def turned(path: Path) -> None:
    """One bit in the middle of a word is another: most often that is no UTF-8, and so no word at all."""
    data = bytearray(path.read_bytes())
    data[data.find(b"index.html") + 5 if b"index.html" in data else len(data) // 2] ^= 0x80
    path.write_bytes(data)


def misspelt(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"index.html", b"indey.html", 1))


@pytest.mark.parametrize("harm", [turned, misspelt])
@pytest.mark.parametrize("name", ["units.msgpack", "links.msgpack"])
def test_a_record_that_is_spoiled_in_one_place_is_as_good_as_lost(room: Turning, name: str, harm: Callable[[Path], None]) -> None:
    harm(room.state / name)
    room.turn()
    room.check()


def test_a_spoiled_text_in_the_store_is_told_once_and_is_on_no_page(room: Turning) -> None:
    store = room.state / "store.sqlite"
    kept = store.read_bytes()
    store.write_bytes(kept.replace("开放了".encode(), "关闭了".encode()))
    assert store.read_bytes() != kept
    room.edit("topics.yml", "zh-Hans: 港口", "zh-Hans: 港湾")
    assert {code for severity, _, _, code, _ in room.build() if severity == "error"} == {"FT004"}
    room.edit("topics.yml", "zh-Hans: 港湾", "zh-Hans: 港口")
    room.check()


@pytest.mark.parametrize("harm", [Path.unlink, cut, emptied])
def test_any_one_record_may_be_lost_or_cut_short(room: Turning, harm: Callable[[Path], None]) -> None:
    records = sorted(path for path in room.state.rglob("*") if path.is_file() and path.name != "lock")
    assert {"store.sqlite", "ledger.json", "leaks.json"} <= {path.name for path in records}
    for path in records:
        harm(path)
        room.turn()
        room.check()


def test_any_one_record_may_be_older_than_the_others(room: Turning, tmp_path: Path) -> None:
    """As when a cache is put back over what was built since, in part."""
    shutil.copytree(room.state, tmp_path / "kept")
    for path in sorted(path for path in (tmp_path / "kept").rglob("*") if path.is_file() and path.name != "lock"):
        room.turn()
        room.check()
        shutil.copy(path, room.state / path.relative_to(tmp_path / "kept"))
        room.turn()
        room.check()


def test_records_of_another_engine_are_not_believed(room: Turning, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(spine, "engine_digest", lambda: "another")
        room.turn()
        room.build()
    room.check()
    room.turn()
    room.check()


def at_its_time(path: Path, data: bytes) -> None:
    before = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


PAGE, OTHER = "en/index.html", "en/releases/index.html"
TAMPERING: dict[str, Callable[[Path], object]] = {
    "a page edited at its size and time": lambda tree: at_its_time(tree / PAGE, (tree / PAGE).read_bytes().replace(b"the", b"teh", 1)),
    "two pages in each other's place": lambda tree: ((tree / PAGE).rename(tree / "aside"), (tree / OTHER).rename(tree / PAGE), (tree / "aside").rename(tree / OTHER)),
    "a page deleted": lambda tree: (tree / PAGE).unlink(),
    "a folder deleted": lambda tree: shutil.rmtree(tree / RIVER),
    "a page added": lambda tree: (tree / "en/stray.html").write_text("stray"),
    "a folder where a page was": lambda tree: ((tree / PAGE).unlink(), (tree / PAGE).mkdir()),
    "a link where a page was": lambda tree: ((tree / PAGE).unlink(), (tree / PAGE).symlink_to("/etc/hostname")),
    "everything touched": lambda tree: [os.utime(path) for path in tree.rglob("*")],
    "nothing left": shutil.rmtree,
}


@pytest.mark.parametrize("tampering", TAMPERING.values(), ids=TAMPERING)
@pytest.mark.parametrize("which", ["output", ".output.standby"])
def test_whoever_tampers_with_output_or_standby_the_next_builds_are_clean_ones(room: Turning, which: str, tampering: Callable[[Path], object]) -> None:
    room.turn()
    room.check()
    shutil.rmtree(room.root / ".output.standby")
    shutil.copytree(room.output, room.root / ".output.standby")
    tampering(room.root / which)
    room.check()
    room.turn()
    room.check()


class Coarse:
    """A file system that gives every file of the sources one time, so that nothing but its bytes tells that a file was written again."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root, self.at = str(root / "content"), time.time_ns()
        self._stat, self._lstat, self._scandir = os.stat, os.lstat, os.scandir
        patch.setattr(os, "lstat", lambda path, **more: self.coarse(path, self._lstat(path, **more)))
        patch.setattr(os, "stat", lambda path, **more: self.coarse(path, self._stat(path, **more)))
        patch.setattr(os, "scandir", self.scandir)

    def coarse(self, path: object, found: os.stat_result) -> os.stat_result:
        if not str(path).startswith(self.root):
            return found
        seconds = self.at // 10**9
        return os.stat_result((*tuple(found)[:7], seconds, seconds, seconds), {"st_mtime_ns": self.at, "st_ctime_ns": self.at, "st_atime_ns": self.at})

    def scandir(self, path: str = ".") -> Listed:
        return Listed(self, self._scandir(path))


class Listed:
    def __init__(self, files: Coarse, entries: os.ScandirIterator[str]) -> None:
        self.files, self.entries = files, entries

    def __enter__(self) -> Listed:
        return self

    def __exit__(self, *error: object) -> None:
        self.entries.close()

    def __iter__(self) -> Listed:
        return self

    def __next__(self) -> Found:
        return Found(self.files, next(self.entries))

    def close(self) -> None:
        self.entries.close()


class Found:
    def __init__(self, files: Coarse, entry: os.DirEntry[str]) -> None:
        self.files, self.entry = files, entry

    def __getattr__(self, name: str) -> object:
        return getattr(self.entry, name)

    def __fspath__(self) -> str:
        return self.entry.path

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        return self.files.coarse(self.entry.path, self.entry.stat(follow_symlinks=follow_symlinks))


def test_a_file_is_read_again_that_was_written_within_two_seconds_of_the_last_scan(room: Turning, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        files = Coarse(room.root, patch)
        patch.setattr(clock, "wall_nanoseconds", lambda: files.at + 10**9)
        room.build()
        for name, before, after in (
            (f"{HARBOUR}/index.en.md", "Twice", "Never"), (f"{RIVER}/data.csv", "1,2", "1,3"), ("topics.yml", "en: Water", "en: Wader"), ("contacts.yml", "01 01", "01 02"),
            ("releases/2026/mended/v/1/index.en.md", "stays", "stood"), ("root/CNAME", "press", "fress"), ("releases/2026/secret/index.en.md", "06-02T12", "05-02T12"),
        ):  # fmt: skip
            room.edit(name, before, after)
            room.build()
            assert_same(room.tree(), room.anew()[1])
    room.put_back()
    room.edited = False
    room.check()


def test_a_file_that_has_stood_for_two_seconds_is_not_read(room: Turning, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nothing here would prove anything of what is done by stamps."""
    monkeypatch.setattr(clock, "wall_nanoseconds", lambda: time.time_ns() + 10**10)
    room.turn()
    room.check()
    opened: list[str] = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *more, **named: (opened.append(str(path)), real(path, *more, **named))[1])
    room.check()
    # What is held or withdrawn leaves nothing by which it could be known.
    assert not [path for path in opened if str(room.path(RIVER)) in path and path.endswith(".md")]
    room.turn()
    room.check()


def test_a_life_of_random_harm(room: Turning, request: pytest.FixtureRequest) -> None:
    chance = random.Random(11)
    for _ in range(100 if request.config.getoption("--slow") else 6):
        for tree in (room.output, room.root / ".output.standby"):
            if chance.random() < 0.5 and tree_of(tree):
                harm = chance.choice(list(TAMPERING))
                try:
                    TAMPERING[harm](tree)
                except OSError:
                    continue
        if chance.random() < 0.5:
            path = chance.choice(sorted(path for path in room.state.rglob("*") if path.is_file() and path.name != "lock"))
            chance.choice((Path.unlink, cut, emptied))(path)
        if chance.random() < 0.7:
            room.turn()
        room.check()

"""The folders of the disk, each listed once for two who look at them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pressroom.ground.disk import Disk
from pressroom.press.scans import scan as look_at
from pressroom.reading.tree import scan


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every folder that is listed."""
    found, scandir = list[str](), os.scandir

    def listing(folder: str) -> object:
        found.append(folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", listing)
    return found


def names(entries: object) -> list[str]:
    return sorted(entry.name for entry in entries)  # type: ignore[attr-defined]


def test_who_asks_last_gets_what_the_first_has_seen(tmp_path: Path, listed: list[str]) -> None:
    (tmp_path / "a").write_text("a")
    disk, folder = Disk(), str(tmp_path)
    (first,) = disk.entries(folder)
    seen = first.stat(follow_symlinks=False)
    (tmp_path / "a").write_text("longer")
    (tmp_path / "b").write_text("b")
    (last,) = disk.last_entries(folder)
    assert last.stat(follow_symlinks=False) == seen and len(listed) == 1
    assert names(disk.last_entries(folder)) == ["a", "b"], "nothing is kept for a third"


def test_who_alone_asks_is_told_what_is_there_now(tmp_path: Path) -> None:
    disk, folder = Disk(), str(tmp_path)
    assert not disk.last_entries(folder)
    (tmp_path / "a").write_text("a")
    assert names(disk.last_entries(folder)) == ["a"]


def test_what_is_let_go_of_is_listed_again(tmp_path: Path) -> None:
    disk, folder = Disk(), str(tmp_path)
    disk.entries(folder)
    (tmp_path / "a").write_text("a")
    disk.forget()
    assert names(disk.last_entries(folder)) == ["a"]


def test_an_empty_folder_is_listed_once_too(tmp_path: Path, listed: list[str]) -> None:
    disk, folder = Disk(), str(tmp_path)
    assert not disk.entries(folder) and not disk.last_entries(folder) and len(listed) == 1


def test_the_content_is_listed_once_for_its_basis_and_its_tree(tmp_path: Path, listed: list[str]) -> None:
    for name in ("releases/2026/one", "releases/2026/two", "pages/about"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.en.md").write_text("x")
    disk = Disk()
    files = look_at(str(tmp_path), disk).files
    tree = scan(((str(tmp_path), "content"),), ("en",), disk)
    assert len(listed) == len(set(listed)) == 7
    found = {edition.path: edition.stamp for bundle in tree.bundles for edition in bundle.editions.values()}
    assert found == {str(tmp_path / name): stamp for name, stamp in files.items()}

"""The sources as the disk has them: whatever changes in them changes their digest."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pressroom.checks.roots import digest_below, look_below
from pressroom.ground import clock
from pressroom.ground.problems import Fault

ABOUT = "content/pages/about/index.en.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content of two documents, and all of it old enough."""
    monkeypatch.setattr(clock, "settled", lambda: clock.wall_nanoseconds() + 1_000_000_000)
    for name in (ABOUT, "content/pages/more/index.en.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("---\ntitle: A\n---\nText.\n")
    return tmp_path


def digest(root: Path) -> bytes:
    roots = [(str(root / "content"), "content")]
    assert digest_below(roots) == look_below(roots).digest
    return digest_below(roots)


def test_folders_have_their_files_by_name_and_stamp(root: Path) -> None:
    (root / "content/link").symlink_to(root)
    (root / "content/.git").mkdir()
    (root / "content/.git/config").write_text("x")
    folders = look_below([(str(root / "content"), "content")]).folders
    assert {(folder.root, folder.inside): [file.name for file in folder.files] for folder in folders} == {
        ("content", ""): [], ("content", "pages"): [], ("content", "pages/about"): ["index.en.md"], ("content", "pages/more"): ["index.en.md"],
    }  # fmt: skip
    (file,) = next(folder.files for folder in folders if folder.inside == "pages/about")
    stat = os.stat(root / ABOUT)
    assert file.path == str(root / ABOUT) and file.stamp == (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def set_back(path: Path, text: str) -> None:
    stat = os.stat(path)
    path.write_text(text)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "other words": lambda root: (root / ABOUT).write_text("---\ntitle: B\n---\nText.\n"),
    "as many other words, and the time set back": lambda root: set_back(root / ABOUT, "---\ntitle: B\n---\nText.\n"),
    "a new file": lambda root: (root / "content/pages/about/index.fr.md").write_text("x"),
    "a file gone": lambda root: (root / ABOUT).unlink(),
    "another name": lambda root: (root / ABOUT).rename(root / "content/pages/about/index.fr.md"),
    "a folder renamed": lambda root: (root / "content/pages/about").rename(root / "content/pages/abouts"),
    "an empty folder": lambda root: (root / "content/pages/new").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_changes_the_digest(root: Path, change: str) -> None:
    before = digest(root)
    assert before and digest(root) == before
    CHANGES[change](root)
    assert digest(root) not in (before, b"")


def test_a_name_that_cannot_be_written_down_has_no_digest(root: Path) -> None:
    Path(os.fsdecode(os.fsencode(root) + b"/content/\xff.md")).write_text("x")
    assert digest(root) == b""


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault) as found:
        look_below([(str(tmp_path / "content"), "content")])
    assert found.value.problems[0].code == "TX009"

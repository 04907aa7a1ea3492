"""What an editor saves is told once, soon, and nothing else is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from pressroom.commands.watching import changes, elsewhere
from tests.commands.rooms import environment


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Queue[tuple[str, ...]]]:
    """Bursts of changes in `tmp_path / "room"` and beside it, once it is watched."""
    root, found = tmp_path / "room", Queue()
    (root / "content/releases").mkdir(parents=True)
    for name in ("preview/en", "output", ".git", ".pressroom", "node_modules"):
        (root / name).mkdir(parents=True)
    (tmp_path / "held").mkdir()
    ended = threading.Event()

    def watch() -> None:
        for burst in changes(root, [tmp_path / "held"]):
            found.put(burst)
            if ended.is_set():
                return

    thread = threading.Thread(target=watch)
    thread.start()
    assert found.get(timeout=20) == ()
    yield found
    ended.set()
    (root / "last.py").write_text("")
    thread.join()


def write(path: Path, text: str = "text") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_save_is_told_by_its_path(told: Queue[tuple[str, ...]], tmp_path: Path) -> None:
    write(tmp_path / "room/content/releases/a.md")
    assert "content/releases/a.md" in told.get(timeout=20)


def test_a_save_by_another_name_is_told_too(told: Queue[tuple[str, ...]], tmp_path: Path) -> None:
    for name in ("content/a.md", "pelicanconf.py"):
        path = tmp_path / "room" / name
        write(path.with_name(".tmp-of-an-editor"), "new")
        os.replace(path.with_name(".tmp-of-an-editor"), path)
        assert name in told.get(timeout=20)


def test_a_burst_is_told_together(told: Queue[tuple[str, ...]], tmp_path: Path) -> None:
    for number in range(50):
        write(tmp_path / f"room/content/releases/{number}.md")
    found = set(told.get(timeout=20))
    while len(found) < 50:
        found |= set(told.get(timeout=20))
    assert found == {f"content/releases/{number}.md" for number in range(50)} and told.qsize() <= 2


def test_what_is_made_and_what_is_hidden_is_no_change(told: Queue[tuple[str, ...]], tmp_path: Path) -> None:
    for name in ("preview/en/index.html", "output/x", ".git/HEAD", ".pressroom/lock", ".preview.standby/x", "node_modules/x/y", ".hidden"):
        write(tmp_path / "room" / name)
    write(tmp_path / "room/content/after.md")
    assert set(told.get(timeout=20)) <= {"content/after.md"}


def test_a_folder_that_comes_later_is_watched(told: Queue[tuple[str, ...]], tmp_path: Path) -> None:
    (tmp_path / "room/own").mkdir()
    assert told.get(timeout=20) == ("own",)
    write(tmp_path / "room/own/style.css")
    assert told.get(timeout=20) == ("own/style.css",)


def test_a_folder_that_is_touched_or_comes_back_is_watched_once(told: Queue[tuple[str, ...]], tmp_path: Path) -> None:
    content, aside, watching = tmp_path / "room/content", tmp_path / "room/aside", threading.active_count()
    for turn in (lambda: os.utime(content), lambda: content.chmod(0o700), lambda: content.rename(aside), lambda: aside.rename(content), lambda: os.utime(content)):
        turn()
        time.sleep(0.3)
    while told.qsize():
        assert set(told.get()) <= {"aside", "content"}
    write(content / "a.md")
    assert told.get(timeout=20) == ("content/a.md",)
    with pytest.raises(Empty):
        told.get(timeout=1.5)
    assert threading.active_count() == watching


def test_a_folder_that_is_made_anew_is_watched_again(told: Queue[tuple[str, ...]], tmp_path: Path) -> None:
    for turn in range(3):
        # A system may give the new folder the number of the old one.
        shutil.rmtree(tmp_path / "room/content")
        (tmp_path / "room/content").mkdir()
        time.sleep(0.5)
        while told.qsize():
            told.get()
        write(tmp_path / f"room/content/{turn}.md")
        assert told.get(timeout=20) == (f"content/{turn}.md",)


def test_a_folder_beside_the_project_is_watched(told: Queue[tuple[str, ...]], tmp_path: Path) -> None:
    write(tmp_path / "held/releases/a.md")
    found = told.get(timeout=20)
    assert all(path.startswith("../held/releases") for path in found)


LIMITED = """\
import resource, sys, watchfiles
from pathlib import Path
from pressroom.commands.watching import changes
from pressroom.ground.problems import Fault
resource.setrlimit(resource.RLIMIT_NOFILE, (3, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
try:
    next(changes(Path(sys.argv[1])))
except Fault as fault:
    print(*(f"{problem.code} {problem.path} {problem.message} | {problem.hint}" for problem in fault.problems))
"""


def test_a_folder_that_the_system_does_not_let_us_watch_is_a_fault_with_the_cure(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert re.fullmatch(r"TX009 \. changes in the folder cannot be watched: .*Too many open files.* \| raise what the system allows .*\n", done.stdout), done.stderr
    assert done.stderr == ""


def test_where_settings_lead_outside_the_project_is_watched_and_so_is_the_engine(tmp_path: Path) -> None:
    root = tmp_path / "room"
    for name in ("room/content", "held", "look"):
        (tmp_path / name).mkdir(parents=True)
    settings = {"PATH": str(root / "content"), "HELD_PATH": "../held", "THEME": str(tmp_path / "look"), "OVERRIDES": "../look", "PORT": 1}
    found = elsewhere(root, settings)
    assert found[:2] == [tmp_path / "held", tmp_path / "look"] and [path.name for path in found[2:]] == ["pressroom"]

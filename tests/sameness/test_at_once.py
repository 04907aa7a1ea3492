"""Two builds at once: on one output they do not mix, whosever they are; on two outputs neither minds the other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.build import build
from pressroom.ground.problems import Fault
from pressroom.model.settings import PREVIEW, PUBLIC, Settings
from tests.sites import REPOSITORY, make_site, put, tree_of
from tests.test_sameness import settings_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
AT_WORK = """\
import sys, time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from pressroom.build import build
from pressroom.ground.progress import Watched
from tests.sameness.test_at_once import NOW, room
def wait(path):
    print("staged", flush=True)
    time.sleep(60)
build(room(Path(sys.argv[1]), sys.argv[2], sys.argv[3]), NOW, Watched(wait))
"""


def room(root: Path, output: str, audience: str = PUBLIC) -> Settings:
    return replace(settings_of(root), theme=str(REPOSITORY / "theme"), output=output, audience=audience)


@pytest.fixture
def rooms(tmp_path: Path) -> tuple[Settings, Settings]:
    """Two press rooms, each with a state of its own, that are set to write into one folder."""
    other = {"releases/2026/other/index.en.md": "---\ntitle: Another office\ndate: 2026-03-04\n---\nIt is another.\n"}
    one, two = make_site(tmp_path / "one"), make_site(tmp_path / "two", other)
    return room(one, str(tmp_path / "srv" / "site")), room(two, str(tmp_path / "srv" / "site"))


@contextmanager
def at_work(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A build in a process of its own that has staged its first file, and stays there until it is killed."""
    command = [sys.executable, "-c", AT_WORK, settings.root, settings.output, settings.audience]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout and process.stdout.readline() == "staged\n"
            yield process
        finally:
            process.kill()


def refused(settings: Settings) -> str:
    with pytest.raises(Fault) as caught:
        build(settings, NOW)
    (problem,) = caught.value.problems
    assert problem.code == "FT005" and problem.hint
    return problem.message


def anew(settings: Settings, folder: Path) -> dict[str, str]:
    moved = replace(settings, output=str(folder / "output"), root=str(folder))
    build(moved, NOW)
    return tree_of(folder / "output")


def test_of_two_press_rooms_on_one_output_the_second_is_told_who_is_at_work_and_touches_nothing(rooms: tuple[Settings, Settings]) -> None:
    one, two = rooms
    build(two, NOW)
    before = tree_of(Path(two.output))
    with at_work(one) as first:
        asked = time.monotonic()
        assert str(first.pid) in refused(two)
        assert time.monotonic() - asked < 30, "nobody waits for the other"
        assert tree_of(Path(two.output)) == before
    put(Path(two.root), "releases/2026/other/index.en.md", "---\ntitle: Another headline\ndate: 2026-03-04\n---\nIt is another.\n")
    assert build(two, NOW).written


def test_press_rooms_that_take_turns_on_one_output_each_leave_their_own_site_whole(rooms: tuple[Settings, Settings], tmp_path: Path) -> None:
    wanted = [anew(settings, tmp_path / f"anew-{number}") for number, settings in enumerate(rooms)]
    for number in (0, 1, 0, 0, 1, 1, 0):
        build(rooms[number], NOW)
        assert tree_of(Path(rooms[number].output)) == wanted[number]
    assert sorted(path.name for path in (tmp_path / "srv").iterdir()) == [".site.standby", "site"]


def test_a_link_to_an_output_is_that_output(rooms: tuple[Settings, Settings], tmp_path: Path) -> None:
    one, two = rooms
    build(one, NOW)
    (tmp_path / "linked").symlink_to(one.output)
    with at_work(replace(two, output=str(tmp_path / "linked"))):
        refused(one)


def test_a_public_build_and_a_preview_at_once_are_each_as_if_alone(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site")
    public, preview = room(root, str(root / "output")), room(root, str(root / "preview"), PREVIEW)
    with at_work(public):
        build(preview, NOW)
        assert tree_of(Path(preview.output)) == anew_preview(preview, tmp_path / "apart")
    build(public, NOW)
    with at_work_again(preview):
        assert build(public, NOW).written == 0


def anew_preview(settings: Settings, folder: Path) -> dict[str, str]:
    build(replace(settings, root=str(folder), output=str(folder / "preview")), NOW)
    return tree_of(folder / "preview")


@contextmanager
def at_work_again(settings: Settings) -> Iterator[None]:
    put(Path(settings.root), "releases/2026/half-written/index.en.md", "---\ntitle: Finished thing\ndate: 2026-04-01\nstatus: draft\n---\nNow.\n")
    with at_work(settings):
        yield


def test_what_a_dead_build_has_left_holds_nothing_and_is_gone_after_the_next(rooms: tuple[Settings, Settings]) -> None:
    one, two = rooms
    with at_work(one) as process:
        process.kill()
        process.wait()
    left = {path.name for path in Path(one.output).parent.iterdir()}
    assert left == {".site.lock", ".site.stage"}
    build(two, NOW)
    assert {path.name for path in Path(one.output).parent.iterdir()} == {"site"}


HOLDER = """\
import subprocess, sys
from pressroom.press.lock import hold_lock, hold_output
with hold_lock(sys.argv[1]), hold_output(sys.argv[2]):
    child = subprocess.Popen(["sleep", "60"], close_fds=False)
    print(child.pid, flush=True)
    sys.stdin.read()
"""


def test_what_a_build_has_started_holds_no_lock_after_it(tmp_path: Path) -> None:
    from pressroom.press.lock import hold_lock, hold_output

    state, output = str(tmp_path / "state"), str(tmp_path / "output")
    with subprocess.Popen([sys.executable, "-c", HOLDER, state, output], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        child = int(holder.stdout.readline())
        try:
            for held in (hold_lock(state), hold_output(output)):
                with pytest.raises(Fault), held:
                    pass
            holder.kill()
            holder.wait()
            with hold_lock(state), hold_output(output):
                pass
        finally:
            os.kill(child, 9)

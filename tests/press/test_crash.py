"""A build that dies or is refused anywhere leaves the old tree or the new one, and the next build is right."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from pressroom.ground.problems import Fault
from pressroom.press import swap
from pressroom.press.write import open_output
from tests.press.trees import MANY, TURNS, Place, Site, read_tree

LARGE = bytes(range(256)) * 4000
BEFORE: Site = {"index.html": b"0", "large.mp4": LARGE, "gone/page": b"gone", "same": b"same"}
OLD: Site = {**BEFORE, "index.html": b"1"}
NEW: Site = {"index.html": b"2", "large.mp4": LARGE, "new/folder/page": b"new", "same": b"same", "gone": b"a file now"}
NEXT: Site = {"index.html": b"3", "large.mp4": LARGE, "same": b"same"}

CALLS = ("open", "replace", "rename", "link", "mkdir", "unlink", "rmdir", "chmod", "fchmod", "fsync")


@contextmanager
def failing_at(number: int, fail: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Counts the calls to the system; before the one with this number, `fail` has its way."""
    made: list[str] = []

    def watch(owner: object, name: str) -> None:
        call = getattr(owner, name)

        def watched(*args, **kwargs):
            made.append(name)
            if len(made) == number:
                fail()
            return call(*args, **kwargs)

        patch.setattr(owner, name, watched)

    with monkeypatch.context() as patch:
        for name in CALLS:
            watch(os, name)
        watch(swap, "exchange")
        yield made


def prepare(place: Place) -> None:
    place.build(BEFORE)
    place.build(OLD)
    (place.standby / "large.mp4").unlink()


def calls_of_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    place = Place(tmp_path / "counted")
    prepare(place)
    with failing_at(0, lambda: None, monkeypatch) as made:
        place.build(NEW)
    assert {"link", "replace", "mkdir", "unlink", "rmdir", "fsync"} <= set(made)
    return len(made)


def check_and_go_on(place: Place, said_good: bool) -> None:
    found = read_tree(place.output)
    assert found in ((NEW,) if said_good else (OLD, NEW))
    assert not said_good or not (place.root / ".output.aside").exists()
    site = NEXT if found == NEW else NEW
    place.build(site)
    assert read_tree(place.output) == site
    assert place.build_and_say_why(site)[1] == {}
    assert {path.name for path in place.root.iterdir()} <= {"output", ".output.standby", "state"}


def numbers(calls: int, slow: bool, step: int) -> range:
    return range(1, calls + 2, 1 if slow else step)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_refusal_at_any_call_leaves_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, request: pytest.FixtureRequest
) -> None:
    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    slow = request.config.getoption("--slow", default=False)
    for n in numbers(calls_of_a_build(tmp_path, monkeypatch), slow or number == errno.ENOSPC, 5):
        place = Place(tmp_path / str(n))
        prepare(place)
        good = True
        with failing_at(n, refuse, monkeypatch):
            try:
                place.build(NEW)
            except Fault as fault:
                good = False
                assert {problem.code for problem in fault.problems} <= {"FT004", "FT012"}
        check_and_go_on(place, good)


def test_an_interrupt_at_any_call_leaves_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    for n in range(1, calls_of_a_build(tmp_path, monkeypatch) + 1, 3):
        place = Place(tmp_path / str(n))
        prepare(place)
        with failing_at(n, interrupt, monkeypatch), pytest.raises(KeyboardInterrupt):
            place.build(NEW)
        check_and_go_on(place, False)


@pytest.mark.parametrize("in_steps", [False, True], ids=["exchanged", "in steps"])
def test_a_death_at_any_call_leaves_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_steps: bool, request: pytest.FixtureRequest
) -> None:
    def unknown(first: str, second: str) -> None:
        raise OSError(errno.ENOSYS, "unknown")

    if in_steps:
        monkeypatch.setattr(swap, "exchange", unknown)
    calls = calls_of_a_build(tmp_path, monkeypatch)
    for n in numbers(calls, request.config.getoption("--slow", default=False), 2 if in_steps else 1):
        place = Place(tmp_path / str(n))
        prepare(place)
        child = os.fork()
        if child == 0:
            with failing_at(n, lambda: os.kill(os.getpid(), signal.SIGKILL), monkeypatch):
                place.build(NEW)
            os._exit(0)
        good = os.waitpid(child, 0)[1] == 0
        assert good == (n > calls)
        assert in_steps or place.output.exists()
        open_output(str(place.output), str(place.state))
        check_and_go_on(place, good)


FEW: Site = {**MANY, "index.html": b"1", "secret/page": b"new"}
FEW_NEXT: Site = {**MANY, "index.html": b"2", "secret/page": b"newer"}


@pytest.mark.parametrize("end", ["refused", "killed"])
def test_a_small_change_that_ends_at_any_call_leaves_old_or_new_and_no_name_of_what_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, request: pytest.FixtureRequest
) -> None:
    def refuse() -> None:
        raise OSError(errno.ENOSPC, "full")

    def prepared(name: str) -> Place:
        place = Place(tmp_path / name)
        for site in (MANY, {**MANY, "index.html": b"0"}, FEW):
            place.build(site)
        assert place.named("secret") == ["ledger.json.changes"]
        return place

    place = prepared("counted")
    with failing_at(0, lambda: None, monkeypatch) as made:
        place.build(FEW_NEXT)
    for n in numbers(len(made), request.config.getoption("--slow", default=False), 3):
        place = prepared(str(n))
        child = os.fork()
        if child == 0:
            with failing_at(n, refuse if end == "refused" else lambda: os.kill(os.getpid(), signal.SIGKILL), monkeypatch), suppress(Fault):
                place.build(FEW_NEXT)
            os._exit(0)
        os.waitpid(child, 0)
        assert read_tree(place.output) in (FEW, FEW_NEXT)
        place.build(FEW if n % 2 else FEW_NEXT)
        assert read_tree(place.output) == (FEW if n % 2 else FEW_NEXT)
        place.build(MANY)
        assert read_tree(place.output) == MANY and place.named("secret") == []
        assert place.build_and_say_why(MANY)[1] == {}


ENDLESS = """
import sys
from pathlib import Path
from tests.press.trees import TURNS, Place
place = Place(Path(sys.argv[1]))
while True:
    for site in TURNS:
        place.build(site)
        print("built", flush=True)
"""


def test_a_build_killed_at_any_instant_leaves_one_whole_tree(place: Place, request: pytest.FixtureRequest) -> None:
    chance = random.Random(5)
    for _ in range(200 if request.config.getoption("--slow", default=False) else 10):
        builder = subprocess.Popen([sys.executable, "-c", ENDLESS, str(place.root)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        assert builder.stdout is not None and builder.stdout.readline() == b"built\n"
        time.sleep(chance.random() / 20)
        builder.kill()
        builder.communicate()
        assert read_tree(place.output) in TURNS
        site = chance.choice(TURNS)
        place.build(site)
        assert read_tree(place.output) == site

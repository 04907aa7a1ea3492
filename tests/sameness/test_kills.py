"""A build that is killed anywhere leaves the old site whole or the new one, and no process; the next build is a clean one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pressroom import build as spine
from pressroom.ground.pool import processors
from pressroom.ground.store import Store
from pressroom.press import write
from tests.sameness.test_records import Turning
from tests.sites import REPOSITORY, make_site

# What changes the disk, as Python's audit events name it; an `open` only where it is for writing.
_WRITES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate", "sqlite3.connect", "shutil.rmtree"})
# What is at stake between the first byte and the last: the store, the swap with its ledgers, the receipt.
_PHASES: tuple[tuple[object, str], ...] = ((Store, "commit"), (write.Output, "swap"), (write, "write_ledger"), (spine, "write_receipt"))
_ENTERED, _LEFT = b"<", b">"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Turning:
    return Turning(tmp_path_factory.mktemp("kills") / "room")


class Child:
    """A build of the room in a process of its own that says, by a pipe, when it enters a phase and leaves it. Its heir is killed with it."""

    def __init__(self, room: Turning, prepare: Callable[[int], None]) -> None:
        self.reader, writer = os.pipe()
        self.began = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                prepare(writer)
                room.build()
            finally:
                os._exit(0)
        os.close(writer)

    def killed_after(self, seconds: float) -> None:
        time.sleep(max(0.0, seconds))
        os.kill(self.pid, signal.SIGKILL)
        self.ended()

    def ended(self) -> bytes:
        """Waits for its end; everything it said."""
        os.waitpid(self.pid, 0)
        said = b""
        while more := os.read(self.reader, 65536):
            said += more
        os.close(self.reader)
        return said


def writes(event: str, arguments: tuple[object, ...]) -> bool:
    return event in _WRITES or (event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)))


def at_write(number: int) -> Callable[[int], None]:
    """Says each write; before the one with this number the process is dead."""

    def prepare(writer: int) -> None:
        made = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal made
            if writes(event, arguments):
                made += 1
                if made == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                os.write(writer, b".")

        sys.addaudithook(hook)

    return prepare


def in_phase(owner: object, name: str) -> Callable[[int], None]:
    def prepare(writer: int) -> None:
        real = getattr(owner, name)

        def watched(*args: object, **named: object) -> object:
            os.write(writer, _ENTERED)
            try:
                return real(*args, **named)
            finally:
                os.write(writer, _LEFT)

        setattr(owner, name, watched)

    return prepare


def kills(room: Turning, chance: random.Random) -> Iterator[Callable[[], None]]:
    """Ways to die without end: at a write, inside a phase, at any time. What a build takes is found out by those that are let live."""
    room.turn()
    calls = len(Child(room, at_write(0)).ended())
    room.check()
    assert calls > 100
    room.turn()
    whole = Child(room, lambda writer: None)
    whole.ended()
    lasts = time.monotonic() - whole.began
    room.check()

    def inside() -> None:
        child = Child(room, in_phase(*chance.choice(_PHASES)))
        os.read(child.reader, 1)
        # Most phases are over in some milliseconds.
        child.killed_after(chance.random() ** 3 * 0.05)

    while True:
        yield lambda: Child(room, at_write(chance.randint(1, calls))).ended() and None
        yield inside
        yield lambda: Child(room, lambda writer: None).killed_after(chance.random() * lasts)


def test_a_build_that_is_killed_at_any_point_leaves_one_whole_site_and_the_next_is_a_clean_one(room: Turning, request: pytest.FixtureRequest) -> None:
    chance = random.Random(20261127)
    deaths = kills(room, chance)
    for number in range(500 if request.config.getoption("--slow") else 9):
        die = next(deaths)
        before = room.tree()
        room.turn()
        die()
        assert room.tree() in (before, room.trees[room.edited]), number
        if chance.random() < 0.3:
            # What the dead build was about to make is not what is wanted any more.
            room.turn()
        room.check()
        assert not [path.name for path in room.root.iterdir() if path.name.endswith((".stage", ".aside", ".lock"))]


COLD = """\
import sys
from pathlib import Path
from pressroom.build import build
from tests.test_sameness import START, settings_of
from dataclasses import replace
from tests.sites import REPOSITORY
build(replace(settings_of(Path(sys.argv[1])), theme=str(REPOSITORY / "theme")), START)
"""


def of_session(session: int) -> set[int]:
    """The processes of a session that are not over."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, sid = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(sid) == session and state not in "ZX":
            found.add(int(path.parent.name))
    return found


@pytest.mark.skipif(processors() < 2, reason="with one processor a build starts no workers")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not tell which processes a session has")
def test_no_worker_outlives_a_build_that_is_killed(tmp_path: Path) -> None:
    files = {f"releases/2026/number-{n}/index.en.md": f"---\ntitle: Number {n}\ndate: 2026-03-04\n---\nThe river rose by {n}.\n" for n in range(400)}
    root = make_site(tmp_path / "site", files)
    build = subprocess.Popen([sys.executable, "-c", COLD, str(root)], cwd=REPOSITORY, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while len(of_session(build.pid)) < 2 and build.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        assert len(of_session(build.pid)) > 1, "no worker was seen"
        build.kill()
        build.wait()
        until = time.monotonic() + 20
        while of_session(build.pid) and time.monotonic() < until:
            time.sleep(0.05)
        assert not of_session(build.pid)
    finally:
        for process in of_session(build.pid):
            os.kill(process, signal.SIGKILL)

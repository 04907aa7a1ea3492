"""How far a run is shows on a terminal, after a moment, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.rooms import environment, inv, make_room
from tests.sites import FILES, put

PROGRAM = """\
import sys, time
from pressroom.commands import display
display._PATIENCE = float(sys.argv[1])
with display.displayed() as progress:
    progress.begin("reading texts", 40)
    for _ in range(3):
        progress.step()
    time.sleep(0.5)
    progress.begin("checking")
    time.sleep(0.3)
print("done")
"""


def on_a_terminal(patience: float, **more: str) -> str:
    ours, theirs = pty.openpty()
    settings = environment(**{"TERM": "xterm", "COLUMNS": "100", **more})
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(patience)], env=settings, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 4096):
                shown += data
        except OSError:
            pass
        os.close(ours)
    assert process.returncode == 0
    return shown.decode()


def test_what_takes_long_shows_what_it_does_and_how_much_of_it_is_done() -> None:
    shown = on_a_terminal(0.05)
    assert "Reading texts" in shown and "3/40" in shown and "Checking" in shown and "done" in shown


@pytest.mark.parametrize(("patience", "more"), [(5.0, {}), (0.05, {"CI": "true"}), (0.05, {"TERM": "dumb"})])
def test_what_is_done_soon_and_what_anybody_may_read_shows_nothing(patience: float, more: dict[str, str]) -> None:
    assert on_a_terminal(patience, **more).strip() == "done"


def test_a_build_says_why_and_where_the_time_went_where_it_is_asked(tmp_path: Path) -> None:
    room = make_room(tmp_path / "room")
    plain = inv(room, "preview")
    assert plain.returncode == 0 and "Where the time went" not in plain.stdout and plain.stderr == ""
    put(room, "releases/2026/secret-merger/index.en.md", FILES["releases/2026/secret-merger/index.en.md"].replace("Unspeakable", "Other"))
    done = inv(room, "preview", "--explain", "--profile")
    assert "en/releases/2026/secret-merger/index.html: its text changed\n" in done.stdout
    assert "Where the time went: .pressroom/preview/profile.txt\n" in done.stdout and (room / ".pressroom/preview/profile.txt").is_file()
    put(room, "releases/2026/secret-merger/index.en.md", FILES["releases/2026/secret-merger/index.en.md"])
    hidden = inv(room, "preview", "--explain", CI="true")
    assert hidden.returncode == 0 and "secret" not in hidden.stdout + hidden.stderr

"""`inv serve` at work: built again when something changes, until it is stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands.asking import ask, free_port
from tests.commands.rooms import SMALL, command, environment, inv, make_room
from tests.sites import put, tree_of

PATIENCE = 40


class Served:
    """The command at work, what it has said so far, and its port."""

    def __init__(self, room: Path) -> None:
        self.port = free_port()
        self.log = room.parent / "said.txt"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command(room, "serve", "--port", str(self.port)),
                cwd=room,
                env=environment(),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text()

    def wait_for(self, text: str, count: int = 1) -> None:
        self.until(lambda: self.said().count(text) >= count, text)

    def until(self, done: object, what: str) -> None:
        for _ in range(PATIENCE * 20):
            if done():
                return
            assert self.process.poll() is None, self.said()
            time.sleep(0.05)
        raise AssertionError(f"{what} never came:\n{self.said()}")

    def end(self, sent: signal.Signals) -> int:
        os.killpg(self.process.pid, sent)
        return self.process.wait(timeout=20)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return make_room(tmp_path / "room", SMALL)


def test_a_change_is_on_screen_a_fault_is_told_and_control_c_ends_it(room: Path) -> None:
    work = Served(room)
    try:
        work.wait_for(f"http://127.0.0.1:{work.port}/ shows preview/; Ctrl-C stops.")
        secret = "/en/releases/2020/secret-merger/"
        status, kind, page = ask(work.port, secret)
        assert (status, kind) == (200, "text/html; charset=utf-8") and b"Unspeakable" in page and b"noindex" in page
        assert ask(work.port, "/nowhere/")[0] == 404 and b"<html" in ask(work.port, "/nowhere/")[2]
        assert not (room / "output").exists()

        put(
            room,
            "releases/2020/secret-merger/index.en.md",
            SMALL["releases/2020/secret-merger/index.en.md"].replace("Unspeakable", "Different"),
        )
        work.wait_for("content/releases/2020/secret-merger/index.en.md changed")
        work.until(lambda: b"Different" in ask(work.port, secret)[2], "the new page")
        work.until(lambda: b"Different" in (room / "preview" / secret[1:] / "index.html").read_bytes(), "the page as it was built")

        before = tree_of(room / "preview")
        put(room, "releases/2020/harbour-opens/index.en.md", "---\ntitel: Wrong\ndate: 2020-05-06\n---\nIt.\n")
        work.wait_for("error FM006")
        assert tree_of(room / "preview") == before and ask(work.port, "/en/releases/2020/harbour-opens/")[0] == 200

        put(room, "releases/2020/harbour-opens/index.en.md", SMALL["releases/2020/harbour-opens/index.en.md"].replace("opens", "closes"))
        work.until(lambda: b"closes" in ask(work.port, "/en/releases/2020/harbour-opens/")[2], "the mended page")
        assert not [path for path in (room / "preview").rglob("*.html") if b"/.preview/" in path.read_bytes()]
        assert work.end(signal.SIGINT) == 130
    finally:
        if work.process.poll() is None:
            work.process.kill()
    assert "Traceback" not in work.said() and work.said().rstrip().endswith("stopped")


def test_a_site_that_cannot_be_built_is_waited_for(room: Path) -> None:
    good = (room / "content/releases/2020/harbour-opens/index.en.md").read_text()
    put(room, "releases/2020/harbour-opens/index.en.md", "---\ntitel: Wrong\n---\nIt.\n")
    work = Served(room)
    try:
        work.wait_for("Ctrl-C stops")
        assert "FM006" in work.said() and ask(work.port, "/")[0] == 404
        put(room, "releases/2020/harbour-opens/index.en.md", good)
        work.until(lambda: ask(work.port, "/")[0] == 200, "the site")
        assert work.end(signal.SIGTERM) == 143
    finally:
        if work.process.poll() is None:
            work.process.kill()
    assert "Traceback" not in work.said()


def test_a_taken_port_is_said_before_anything_is_built(room: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = inv(room, "serve", "--port", str(other.getsockname()[1]))
    assert (
        done.returncode == 2 and "error FT008" in done.stderr and "inv serve --port 8001" in done.stderr and "Traceback" not in done.stderr
    )
    assert not (room / "preview").exists()


def test_what_the_settings_import_is_taken_anew_when_it_changes(tmp_path: Path) -> None:
    room = make_room(tmp_path / "room", SMALL, "import house\nSITENAME = house.NAME\n")
    (room / "house.py").write_text('NAME = "First Office"\n')
    work = Served(room)
    try:
        work.wait_for("Ctrl-C stops")
        assert b"First Office" in ask(work.port, "/en/")[2]
        (room / "house.py").write_text('NAME = "Second Office"\n')
        work.until(lambda: b"Second Office" in ask(work.port, "/en/")[2], "the other name")
        assert work.end(signal.SIGINT) == 130
    finally:
        if work.process.poll() is None:
            work.process.kill()
    assert "Traceback" not in work.said()

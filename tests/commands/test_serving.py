"""`inv serve`: the preview over real HTTP on loopback, built again when something changes."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pressroom.commands.serving import listen
from pressroom.ground.problems import Fault
from tests.commands.rooms import SMALL, command, environment, inv, make_room
from tests.sites import put, tree_of

PATIENCE = 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port: int, path: str, host: str = "127.0.0.1", method: str = "GET", part: str = "") -> tuple[int, str, bytes]:
    """The answer to a request that is sent as it is written here: status, type and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host)
    if part:
        connection.putheader("Range", part)
    connection.endheaders()
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, answer.getheader("Content-Type", ""), data


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A folder with what a preview has, served in this process."""
    root = tmp_path_factory.mktemp("serving")
    preview = root / "preview"
    for name in (
        "index.html",
        "en/index.html",
        "press.css",
        "en/feed.xml",
        "en/index.json",
        "en/index.md",
        "photo.png",
        "sign.svg",
        "data.csv",
        "404.html",
    ):
        (preview / name).parent.mkdir(parents=True, exist_ok=True)
        (preview / name).write_text(f"this is {name}")
    (preview / "empty").mkdir()
    (preview / "文件.txt").write_text("文件")
    (root / "secret.txt").write_text("outside")
    server = listen(root, "127.0.0.1", free_port())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield root, server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("part", "status", "data"), [
    ("bytes=0-3", 206, b"this"), ("bytes=8-", 206, b"data.csv"), ("bytes=-3", 206, b"csv"), ("bytes=0-999", 206, b"this is data.csv"), ("bytes=-999", 206, b"this is data.csv"),
    ("bytes=16-", 416, b""), ("bytes=3-2", 416, b""), ("bytes=-0", 416, b""), ("bytes=-", 200, b"this is data.csv"), ("bytes=0-1,4-5", 200, b"this is data.csv"),
    ("lines=1-2", 200, b"this is data.csv"), (f"bytes={'9' * 40}-", 200, b"this is data.csv"),
])  # fmt: skip
def test_a_part_of_a_file_is_sent_where_one_is_asked_for(served: tuple[Path, int], part: str, status: int, data: bytes) -> None:
    assert ask(served[1], "/data.csv", part=part)[::2] == (status, data)


def test_a_part_is_sent_to_nobody_who_would_not_get_the_whole(served: tuple[Path, int]) -> None:
    assert ask(served[1], "/data.csv", host="evil.example", part="bytes=0-3")[0] == 403
    assert ask(served[1], "/../secret.txt", part="bytes=0-3")[0] == 404 and ask(served[1], "/data.csv/", part="bytes=0-3")[0] == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"), ("/en/", "text/html; charset=utf-8"), ("/press.css", "text/css; charset=utf-8"), ("/photo.png", "image/png"),
        ("/en/feed.xml", "application/xml; charset=utf-8"), ("/en/index.json", "application/json; charset=utf-8"), ("/sign.svg", "image/svg+xml"),
        ("/en/index.md", "text/markdown; charset=utf-8"), ("/data.csv", "text/csv; charset=utf-8"), ("/%E6%96%87%E4%BB%B6.txt", "text/plain; charset=utf-8"),
    ],
)  # fmt: skip
def test_every_file_is_served_as_what_it_is(served: tuple[Path, int], path: str, kind: str) -> None:
    assert ask(served[1], path)[:2] == (200, kind)
    assert ask(served[1], path, method="HEAD") == (200, kind, b"")


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/", "/empty/", "/en/nothing.html?x=1", "/%00", "/index.html%00.txt"])
def test_what_is_not_there_is_the_sites_own_page_and_no_folder_is_listed(served: tuple[Path, int], path: str) -> None:
    assert ask(served[1], path) == (404, "text/html; charset=utf-8", b"this is 404.html")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/en/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
        "/..\\secret.txt",
        "/en/%2e%2e%2f%2e%2e%2fsecret.txt",
    ],
)
def test_nothing_outside_the_preview_is_served(served: tuple[Path, int], path: str) -> None:
    status, _, data = ask(served[1], path)
    assert status == 404 and b"outside" not in data


def test_a_folder_without_its_slash_leads_to_it(served: tuple[Path, int]) -> None:
    assert ask(served[1], "/en")[0] == 301


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1.evil.test", "", "user@evil.test", "[", "localhost@evil.test:80"])
def test_a_page_elsewhere_cannot_read_the_preview_by_a_name_of_its_own(served: tuple[Path, int], host: str) -> None:
    status, _, data = ask(served[1], "/", host)
    assert status == 403 and b"this is" not in data


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machines_own_names_are_answered(served: tuple[Path, int], host: str) -> None:
    assert ask(served[1], "/", host)[0] == 200


def test_nothing_can_be_written_or_run(served: tuple[Path, int]) -> None:
    before = tree_of(served[0])
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert ask(served[1], "/index.html", method=method)[0] == 501
    assert tree_of(served[0]) == before


def test_a_reader_that_goes_away_is_no_news(served: tuple[Path, int], capfd: pytest.CaptureFixture[str]) -> None:
    (served[0] / "preview" / "large.bin").write_bytes(b"x" * 5_000_000)
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", served[1])) as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            reader.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            reader.recv(10)
    assert ask(served[1], "/")[0] == 200
    assert "Traceback" not in capfd.readouterr().err


def test_a_port_that_is_taken_or_is_none_is_a_fault_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Fault, match=f"127.0.0.1:{port} cannot be listened on") as raised:
            listen(tmp_path, "127.0.0.1", port)
    assert raised.value.exit_code == 2 and raised.value.problems[0].hint == "name another: inv serve --port 8001"
    for wrong in (70000, -1, "8000"):
        with pytest.raises(Fault, match="there is no such port"):
            listen(tmp_path, "127.0.0.1", wrong)
    with pytest.raises(Fault, match="cannot be listened on"):
        listen(tmp_path, "no.such.host.invalid", 8000)


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

        before = tree_of(room / "preview")
        put(room, "releases/2020/harbour-opens/index.en.md", "---\ntitel: Wrong\ndate: 2020-05-06\n---\nIt.\n")
        work.wait_for("error FM006")
        assert tree_of(room / "preview") == before and ask(work.port, "/en/releases/2020/harbour-opens/")[0] == 200

        put(room, "releases/2020/harbour-opens/index.en.md", SMALL["releases/2020/harbour-opens/index.en.md"].replace("opens", "closes"))
        work.until(lambda: b"closes" in ask(work.port, "/en/releases/2020/harbour-opens/")[2], "the mended page")
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

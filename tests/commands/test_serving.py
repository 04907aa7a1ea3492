"""The preview over real HTTP on loopback."""

from __future__ import annotations

import json
import re
import socket
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from pressroom.commands.news import Outcome
from pressroom.commands.serving import listen
from pressroom.ground.problems import Fault
from tests.commands.asking import ask, free_port
from tests.sites import tree_of


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


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/", "/empty/", "/en/nothing.html?x=1", "/%00", "/index.html%00.txt", "/%ED%A0%80.html", "/%ED%A0%80.css", "/%ff/", "http://[/", "//[/"])
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


PAGE = b"<!doctype html><html><head><title>It</title></head><body></head></body></html>"


def test_a_page_is_served_with_the_script_that_hears_of_builds_and_lies_there_without_it(served: tuple[Path, int]) -> None:
    for name in ("page/index.html", "page/other.html"):
        (served[0] / "preview" / name).parent.mkdir(exist_ok=True)
        (served[0] / "preview" / name).write_bytes(PAGE)
    for path in ("/page/", "/page/?q=1", "/page/index.html", "/page/other.html"):
        status, _, data = ask(served[1], path, part="bytes=0-3")
        script = re.search(rb'<script type="module" src="/.preview/reload.js\?\w+-\d+"></script>\n', data)
        assert status == 200 and script and data.replace(script[0], b"") == PAGE and data.index(script[0]) < data.index(b"<body>")
    assert (served[0] / "preview/page/index.html").read_bytes() == PAGE


def test_the_servers_own_files_are_served_and_nothing_beside_them(served: tuple[Path, int]) -> None:
    for name, kind in (("reload.js", "text/javascript"), ("become.js", "text/javascript"), ("notice.js", "text/javascript"), ("notice.css", "text/css")):
        status, found, data = ask(served[1], f"/.preview/{name}?x-1")
        assert (status, found) == (200, f"{kind}; charset=utf-8") and data
        assert ask(served[1], f"/.preview/{name}", method="HEAD") == (200, found, b"")
        assert ask(served[1], f"/.preview/{name}", host="evil.example")[0] == 403
    for name in ("", "nothing.js", "unbuilt.html", "../serving.py", "%2e%2e/serving.py", "/reload.js", "reload.js/"):
        assert ask(served[1], f"/.preview/{name}")[0] == 404


def test_news_are_told_on_the_terms_of_the_pages(served: tuple[Path, int]) -> None:
    for host, origin in (("evil.example", ""), ("evil.example", "same-origin"), ("127.0.0.1", "cross-site"), ("127.0.0.1", "same-site")):
        status, _, data = ask(served[1], "/.preview/events", host, origin=origin)
        assert status == 403 and b"data:" not in data
    with socket.create_connection(("127.0.0.1", served[1])) as stranger:
        stranger.sendall(b"GET /.preview/events HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        assert stranger.makefile("rb").read().count(b"HTTP/1.0 ") == 1
    assert ask(served[1], "/.preview/events", method="HEAD", origin="same-origin") == (200, "text/event-stream; charset=utf-8", b"")
    assert ask(served[1], "/.preview/events", method="POST")[0] == 501


def test_what_a_page_elsewhere_embeds_is_not_shown_to_it(served: tuple[Path, int]) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{served[1]}/photo.png") as answer:
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin" and answer.headers["Cache-Control"] == "no-store"


def test_news_come_at_once_and_in_order_and_end_with_the_server(tmp_path: Path) -> None:
    server = listen(tmp_path, "127.0.0.1", free_port())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fault = {"place": "content/x.md:1:1", "what": "FM007: title is missing\n\ndata: 页", "hint": ""}
    with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/.preview/events", timeout=10) as stream:
        assert stream.readline() == b"retry: 500\n" and stream.readline() == b"\n"
        told = [json.loads(stream.readline().removeprefix(b"data: ")), stream.readline()][0]
        server.news.tell(Outcome(("en/index.html",)))
        server.news.tell(Outcome(faults=(fault,)))
        server.news.tell(Outcome(("gone.html",) * 6000))
        server.shutdown()
        server.server_close()
        lines = stream.read().decode().split("\n\n")
    assert told["faults"] == [] and lines.pop() == ""
    first, failed, last = (json.loads(line.removeprefix("data: ")) for line in lines)
    assert first["before"] == told["build"] != first["build"] and first["paths"] == ["en/index.html"] and first["faults"] == []
    assert failed["before"] == failed["build"] == first["build"] and failed["faults"] == [fault]
    assert last["before"] == first["build"] and last["paths"] is None and last["faults"] == []


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


def test_a_proof_is_served_in_the_place_of_its_file_until_the_build_has_ended(tmp_path: Path) -> None:
    server = listen(tmp_path, "127.0.0.1", free_port())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fault = {"place": "a.md:1:1", "what": "no", "hint": ""}
    for name in ("en/index.html", "theme/press.css"):
        (tmp_path / "preview" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "preview" / name).write_text("<head></head>built")

    def served() -> list[bytes]:
        return [ask(server.server_port, path)[2] for path in ("/en/", "/en/index.html", "/theme/press.css")]

    with server.news.listening() as news:
        server.show("en/index.html", b"<head></head>a proof")
        server.show("theme/press.css", b"p {}")
        page, same, style = served()
        assert page.endswith(b"</head>a proof") and b"reload.js" in page and page == same and style == b"p {}"
        assert ask(server.server_port, "/theme/press.css")[1] == "text/css; charset=utf-8"
        server.tell(Outcome(faults=(fault,)))
        assert [found[-5:] for found in served()] == [b"built"] * 3
        server.show("en/index.html", b"<head></head>a proof")
        server.tell(Outcome(("en/index.html", "en/index.json")))
        assert [found[-5:] for found in served()] == [b"built"] * 3
        found = [json.loads(news.get(timeout=5)) for _ in range(7)]
    assert [(one["paths"], one["faults"]) for one in found[1:]] == [
        (["en/index.html"], []), (["theme/press.css"], []),
        # What was there before is shown again, and then it is said why.
        (["en/index.html", "theme/press.css"], []), (["en/index.html", "theme/press.css"], [fault]),
        (["en/index.html"], [fault]), (["en/index.html", "en/index.json"], []),
    ]  # fmt: skip
    assert all(one["before"] in (before["build"], one["build"]) for before, one in zip(found, found[1:], strict=False))
    server.shutdown()
    server.server_close()

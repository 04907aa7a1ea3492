"""A real browser, and finished trees served to it on loopback."""

from __future__ import annotations

import functools
import mimetypes
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pressroom.commands.parts import PartsHandler
from tests import shapes
from tests.newsroom import Trees
from tests.programs import program, without

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")

# Ten segments come before anything is acknowledged (RFC 6928); then a line at a time, each long enough after the other to be painted by itself.
FIRST_FLIGHT = 14_600
PAUSE = 0.02

LEADING_ON = re.compile(rb"<meta http-equiv=\"refresh\"[^>]*>")

Serve = Callable[..., str]
Visit = Callable[..., str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        without("playwright")
    path = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


class Quiet(PartsHandler):
    """Files of a folder; `bare` sends pages without their policy, `slow` line by line after what a first flight carries."""

    def __init__(self, *arguments: Any, bare: bool = False, slow: bool = False, **named: Any) -> None:
        self.bare, self.slow = bare, slow
        super().__init__(*arguments, **named)

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not (self.bare or self.slow) or path.suffix != ".html" or not path.is_file():
            return super().do_GET()
        data = path.read_bytes()
        if self.bare:
            data, count = POLICY.subn(b"", data)
            assert count == 1
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        at = FIRST_FLIGHT if self.slow else len(data)
        self.wfile.write(data[:at])
        for line in data[at:].splitlines(keepends=True):
            time.sleep(PAUSE)
            self.wfile.write(line)


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves a folder on a free port of loopback until the tests end."""
    with ExitStack() as stack:

        def serve_folder(folder: Path, **how: bool) -> str:
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder), **how)))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield serve_folder


@pytest.fixture(scope="session")
def address(serve: Serve, trees: Trees) -> str:
    """The newsroom's public tree, served below a folder."""
    return f"{serve(trees.public.parent)}/{trees.public.name}"


@pytest.fixture(scope="session")
def visit(serve: Serve, trees: Trees, address: str) -> Visit:
    """Opens a page by its path in a tree; one that is apart at the address that readers have, where `stand_in` answers."""
    at = {trees.public: address, trees.preview: f"{serve(trees.preview.parent)}/{trees.preview.name}"}

    def open_page(page: Any, path: str, tree: Path = trees.public) -> None:
        page.goto(f"{trees.url if is_apart(tree, path) else at[tree]}/{shapes.address(path)}")

    return open_page


def is_apart(tree: Path, path: str) -> bool:
    """Whether a page is for what is not there, and so names all it needs by the address that readers have; or leads on to another, and must be kept from it."""
    return path == "404.html" or bool(LEADING_ON.search((tree / path).read_bytes()))


def stand_in(page: Any, tree: Path, url: str) -> None:
    """Answers for the site's own host with the files of a tree, and lets no page of it lead on."""

    def answer(route: Any) -> None:
        file = tree / route.request.url.removeprefix(f"{url}/")
        file = file / "index.html" if file.is_dir() else file
        route.fulfill(body=LEADING_ON.sub(b"", file.read_bytes()), content_type=mimetypes.guess_type(file)[0])

    page.route(f"{url}/**", answer)

"""A real browser, and finished trees served to it on loopback."""

from __future__ import annotations

import functools
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pressroom.commands.parts import PartsHandler

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")

Serve = Callable[..., str]


def _without(what: str) -> NoReturn:
    if os.environ.get("PRESSROOM_CI"):
        pytest.fail(f"{what} is missing, and PRESSROOM_CI wants every test to run")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("playwright")
    path = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), "")
    if not path:
        _without("chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


class _Quiet(PartsHandler):
    """Files of a folder; `bare` sends pages without their policy."""

    def __init__(self, *arguments: Any, bare: bool = False, **named: Any) -> None:
        self.bare = bare
        super().__init__(*arguments, **named)

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not self.bare or path.suffix != ".html" or not path.is_file():
            return super().do_GET()
        data, count = POLICY.subn(b"", path.read_bytes())
        assert count == 1
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves a folder on a free port of loopback until the tests end."""
    with ExitStack() as stack:

        def serve_folder(folder: Path, bare: bool = False) -> str:
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder), bare=bare)))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield serve_folder

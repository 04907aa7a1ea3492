"""`inv serve`: the preview on loopback, built again when something changes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pressroom.commands import builds
from pressroom.ground.problems import EXIT_USAGE, Fault, Problem

_TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8", ".json": "application/json; charset=utf-8", ".xml": "application/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8", ".vtt": "text/vtt; charset=utf-8", ".webp": "image/webp", ".avif": "image/avif", ".woff2": "font/woff2",
}  # fmt: skip
_OWN_NAMES = ("127.0.0.1", "localhost", "::1")
_TICK = 100
_IGNORED = (".git", ".pressroom", ".venv", "__pycache__", "node_modules", builds.PREVIEW_FOLDER, "output")


class _Handler(SimpleHTTPRequestHandler):
    """The files of the preview, never cached, and the site's own page for what is not there."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **_TYPES}

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def send_head(self) -> Any:
        """A page elsewhere may point a name of its own at this machine; a browser then asks us by that name, and is told nothing."""
        if self.server.is_private and _host(self.headers.get("Host", "")) not in _OWN_NAMES:
            self.send_error(403, "This preview is for this machine only")
            return None
        if "\0" in unquote(self.path):
            self.send_error(404)
            return None
        return super().send_head()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news."""


class Server(ThreadingHTTPServer):
    """A reader that goes away in the middle of an answer is no news either."""

    def __init__(self, address: tuple[str, int], handler: Callable[..., _Handler]) -> None:
        self.is_private = address[0] in _OWN_NAMES
        super().__init__(address, handler)

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def run(root: Path, port: int = 0) -> None:
    """Builds the preview, shows it, and builds again after each change until it is stopped. A build that fails is told and waited out."""
    settings = builds.settings_of(root)
    bind = str(settings.get("BIND") or "127.0.0.1")
    server = listen(root, bind, port or settings.get("PORT") or 8000)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for changed in changes(root, *_elsewhere(root, settings)):
            if changed:
                print(f"{changed} changed", flush=True)
            _build(root)
            if not changed:
                print(f"http://{bind}:{server.server_address[1]}/ shows {builds.PREVIEW_FOLDER}/; Ctrl-C stops.", flush=True)
    finally:
        server.shutdown()
        server.server_close()


def listen(root: Path, bind: str, port: int) -> Server:
    try:
        return Server((bind, port), partial(_Handler, directory=str(root / builds.PREVIEW_FOLDER)))
    except OSError as error:
        why, hint = error.strerror, "name another: inv serve --port 8001"
    except (OverflowError, TypeError):
        why, hint = "there is no such port", "a port is a number from 1 to 65535"
    raise Fault(Problem("FT008", f"{bind}:{port} cannot be listened on ({why})", hint=hint), code=EXIT_USAGE)


def _elsewhere(root: Path, settings: Mapping[str, Any]) -> list[Path]:
    """The site's own look, where it lies outside the project."""
    own = Path(os.path.abspath(root / str(settings.get("OVERRIDES") or "")))
    return [own] if own.is_dir() and not own.is_relative_to(os.path.abspath(root)) else []


def changes(root: Path, *elsewhere: Path) -> Iterator[str]:
    """First nothing, when it has begun to watch, so that no change is missed; then one path of each burst of changes.

    `elsewhere` are folders outside the project that the site is made from too.
    """
    from watchfiles import DefaultFilter, watch

    watched = DefaultFilter(ignore_dirs=(*DefaultFilter.ignore_dirs, *_IGNORED), ignore_paths=())
    begun = False
    for burst in watch(root, *elsewhere, watch_filter=watched, debounce=200, step=20, rust_timeout=_TICK, yield_on_timeout=True):
        paths = sorted(os.path.relpath(path, root) for _, path in burst)
        paths = [path for path in paths if not path.startswith(".") or path.startswith("../")]
        if not begun:
            begun = True
            yield ""
        elif paths:
            yield paths[0]


def _build(root: Path) -> None:
    """In a process of its own: the engine itself may have changed, and Pelican's caches never shrink."""
    code = "import sys; from pathlib import Path; from pressroom.commands.program import main; main(Path(sys.argv[1]), ['inv', 'preview'])"
    subprocess.run(
        [sys.executable, "-c", code, str(root)], cwd=root, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, check=False
    )

"""`inv serve`: the preview on loopback, built again when something changes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pressroom.commands import builds
from pressroom.ground.problems import EXIT_USAGE, Fault, Problem

_TYPES = {".md": "text/markdown; charset=utf-8", ".json": "application/json; charset=utf-8", ".xml": "application/xml; charset=utf-8"}
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

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news."""


def run(root: Path, port: int = 0) -> None:
    """Builds the preview, shows it, and builds again after each change until it is stopped. A build that fails is told and waited out."""
    settings = builds.settings_of(root)
    bind = str(settings.get("BIND") or "127.0.0.1")
    server = listen(root, bind, port or int(settings.get("PORT") or 8000))
    _build(root)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://{bind}:{server.server_address[1]}/ shows {builds.PREVIEW_FOLDER}/; Ctrl-C stops.", flush=True)
    try:
        for changed in changes(root):
            print(f"{changed} changed", flush=True)
            _build(root)
    finally:
        server.shutdown()
        server.server_close()


def listen(root: Path, bind: str, port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((bind, port), partial(_Handler, directory=str(root / builds.PREVIEW_FOLDER)))
    except OSError as error:
        problem = Problem("FT008", f"{bind}:{port} cannot be listened on ({error.strerror})", hint="name another: inv serve --port 8001")
        raise Fault(problem, code=EXIT_USAGE) from None


def changes(root: Path) -> Iterator[str]:
    """One path of each burst of changes to what a build is made from."""
    from watchfiles import DefaultFilter, watch

    watched = DefaultFilter(ignore_dirs=(*DefaultFilter.ignore_dirs, *_IGNORED), ignore_paths=())
    for burst in watch(root, watch_filter=watched, debounce=200, step=20):
        paths = sorted(os.path.relpath(path, root) for _, path in burst)
        paths = [path for path in paths if not path.startswith(".")]
        if paths:
            yield paths[0]


def _build(root: Path) -> None:
    """In a process of its own: the engine itself may have changed, and Pelican's caches never shrink."""
    code = "import sys; from pathlib import Path; from pressroom.commands.program import main; main(Path(sys.argv[1]), ['inv', 'preview'])"
    subprocess.run([sys.executable, "-c", code, str(root)], cwd=root, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, check=False)

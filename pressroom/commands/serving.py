"""`inv serve`: the preview on loopback, built again when something changes, and shown at once where it is open."""

from __future__ import annotations

import io
import os
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import unquote, urlsplit

import pressroom
from pressroom.commands import builds
from pressroom.commands.builder import Builder
from pressroom.commands.news import News, Outcome
from pressroom.commands.parts import PartsHandler
from pressroom.commands.watching import changes, elsewhere
from pressroom.ground.problems import EXIT_USAGE, Fault, Problem

_TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8", ".json": "application/json; charset=utf-8", ".xml": "application/xml; charset=utf-8",
    ".m4a": "audio/mp4", ".oga": "audio/ogg", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".csv": "text/csv; charset=utf-8", ".vtt": "text/vtt; charset=utf-8", ".webp": "image/webp", ".avif": "image/avif", ".woff2": "font/woff2",
}  # fmt: skip
_OWN_NAMES = ("127.0.0.1", "localhost", "::1")
_OWN = "/.preview/"
"""Where the server's own files are, which are no part of any site: what makes an open page show what was built, and the stream of news."""
_EVENTS = f"{_OWN}events"
_OWN_FILES = {path.name: path for path in Path(__file__).with_name("served").iterdir()}
_SIGN_OF_LIFE = 15
"""Seconds of silence until it is tried whether a page that listens is still there."""


class _Handler(PartsHandler):
    """The files of the preview, never cached, the site's own page for what is not there, and in each page the script that hears of builds."""

    extensions_map = {**PartsHandler.extensions_map, **_TYPES}

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        # A page elsewhere may ask for a picture, and be told by its size that it is there.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        page = Path(self.directory, "404.html")
        body = self._send_page(page if page.is_file() else _OWN_FILES["unbuilt.html"], 404)
        if self.command != "HEAD":
            self.wfile.write(body.getvalue())

    def do_GET(self) -> None:
        if self.path != _EVENTS:
            super().do_GET()
        elif not self._is_refused():
            self._send_news()

    def send_head(self) -> Any:
        if self._is_refused():
            return None
        if not _is_readable(self.path):
            self.send_error(404)
            return None
        if self.path == _EVENTS:
            self._begin(200, "text/event-stream; charset=utf-8")
            return None
        name = urlsplit(self.path).path.removeprefix(_OWN)
        if name in _OWN_FILES and not name.endswith(".html") and self.path.startswith(_OWN):
            return self._send(200, self.guess_type(name), _OWN_FILES[name].read_bytes())
        path = self.translate_path(self.path)
        if path.endswith("/"):
            path += "index.html"
        if not path.endswith(".html") or os.path.isdir(path):
            proof = self.server.proof(path)
            return super().send_head() if proof is None else self._send(200, self.guess_type(path), proof)
        try:
            return self._send_page(Path(path), 200)
        except OSError:
            # It may have gone with a swap just now.
            self.send_error(404)
            return None

    def _is_refused(self) -> bool:
        """A page elsewhere may point a name of its own at this machine; a browser then asks us by that name, and is told nothing.

        Nor is a page of another origin, where a browser says so, let into the stream, which would keep a thread busy.
        """
        stranger = self.server.is_private and _host(self.headers.get("Host", "")) not in _OWN_NAMES
        if stranger or self.path == _EVENTS and self.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            self.send_error(403, "This preview is for this machine only")
            return True
        return False

    def _send_page(self, path: Path, code: int) -> io.BytesIO:
        """A page as it was built, or its proof, and in its head the script, by the name of a build that is no later than what is read."""
        script = f'<script type="module" src="{_OWN}reload.js?{self.server.news.build}"></script>\n'
        proof = self.server.proof(path)
        page = path.read_bytes() if proof is None else proof
        return self._send(code, _TYPES[".html"], page.replace(b"</head>", script.encode() + b"</head>", 1))

    def _send(self, code: int, kind: str, data: bytes) -> io.BytesIO:
        self._begin(code, kind, len(data))
        return io.BytesIO(data)

    def _begin(self, code: int, kind: str, length: int | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _send_news(self) -> None:
        """Until the page goes away. It comes back by itself half a second after a connection was lost."""
        self._begin(200, "text/event-stream; charset=utf-8")
        self.wfile.write(b"retry: 500\n\n")
        with self.server.news.listening() as news:
            while True:
                try:
                    said = news.get(timeout=_SIGN_OF_LIFE)
                except Empty:
                    self.wfile.write(b":\n\n")
                    continue
                if not said:
                    return
                self.wfile.write(f"data: {said}\n\n".encode())

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news."""


class Server(ThreadingHTTPServer):
    """A reader that goes away in the middle of an answer is no news either."""

    def __init__(self, address: tuple[str, int], handler: partial[_Handler]) -> None:
        self.is_private = address[0] in _OWN_NAMES
        self.news = News()
        self._folder = handler.keywords["directory"]
        self._proofs: dict[str, bytes] = {}
        super().__init__(address, handler)

    def proof(self, path: str | Path) -> bytes | None:
        """The proof of a file of the folder, while the build is under way."""
        return self._proofs.get(os.path.relpath(path, self._folder))

    def show(self, path: str, page: bytes) -> None:
        """Shows a proof from now on, wherever its page is open."""
        self._proofs[path] = page
        self.news.show([path])

    def tell(self, outcome: Outcome) -> None:
        """A build has ended: what it made takes the place of the proofs, and where it made nothing, what was there before."""
        shown, self._proofs = tuple(self._proofs), {}
        if shown and outcome.faults:
            self.news.show(shown)
        self.news.tell(replace(outcome, paths=tuple(dict.fromkeys((*outcome.paths, *shown)))))

    def server_close(self) -> None:
        self.news.end()
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _is_readable(address: str) -> bool:
    """Whether what a reader asks for can be the address of a file."""
    try:
        urlsplit(address)
        # As the server of the standard library undoes the escapes.
        with suppress(UnicodeDecodeError):
            os.fsencode(unquote(address, errors="surrogatepass"))
    except ValueError:
        return False
    return "\0" not in unquote(address)


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
    builder = Builder(root)
    try:
        for changed in changes(root, elsewhere(root, settings)):
            if changed:
                print(f"{changed[0]} changed", flush=True)
            if any(_is_code(root / path) for path in changed):
                builder.renew()
            server.tell(builder.build(changed, server.show))
            if not changed:
                print(f"http://{bind}:{server.server_address[1]}/ shows {builds.PREVIEW_FOLDER}/; Ctrl-C stops.", flush=True)
    finally:
        builder.end()
        server.shutdown()
        server.server_close()


def _is_code(path: Path) -> bool:
    """Whether a process that has begun before this changed may not know of it: the engine, a plugin, what the settings import."""
    return path.suffix == ".py" or Path(os.path.abspath(path)).is_relative_to(Path(pressroom.__file__).parent)


def listen(root: Path, bind: str, port: int) -> Server:
    try:
        return Server((bind, port), partial(_Handler, directory=str(root / builds.PREVIEW_FOLDER)))
    except OSError as error:
        why, hint = error.strerror, "name another: inv serve --port 8001"
    except (OverflowError, TypeError):
        why, hint = "there is no such port", "a port is a number from 1 to 65535"
    raise Fault(Problem("FT008", f"{bind}:{port} cannot be listened on ({why})", hint=hint), code=EXIT_USAGE)

"""Files of a folder, whole or the part that is asked for: a player seeks by asking for parts, and some play nothing without them."""

from __future__ import annotations

import os
import re
from http.server import SimpleHTTPRequestHandler
from typing import Any, BinaryIO

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class PartsHandler(SimpleHTTPRequestHandler):
    """What the standard library serves, and single ranges of bytes (RFC 9110 §14)."""

    def end_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def send_head(self) -> Any:
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        path = self.translate_path(self.path)
        if not asked or asked[0] == "bytes=-" or not os.path.isfile(path):
            return super().send_head()
        file = open(path, "rb")  # noqa: SIM115: it is closed when it has been sent
        size = os.fstat(file.fileno()).st_size
        first = int(asked[1]) if asked[1] else max(size - int(asked[2]), 0)
        last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
        if first > last:
            file.close()
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        file.seek(first)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        return _Part(file, last + 1 - first)


class _Part:
    """The next `left` bytes of an open file, as `shutil.copyfileobj` reads them."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self._file, self._left = file, left

    def read(self, count: int) -> bytes:
        data = self._file.read(min(count, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()

"""Pagefind: one process that indexes pages which are handed to it.

Its own Python library is not used: it waits a tenth of a second for each answer. The messages are the same.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pressroom.ground.problems import Fault, Problem

SAID = (
    b"pagefind worker wasm unknown entry fragment index pf_meta pf_index pf_fragment version languages hash page_count include_characters "
    b"url content word_count filters meta title anchors element location search engine archive pages"
)
"""What the names of a bundle's files, and Pagefind in them, say by themselves of any site."""

_PATIENCE = 600
"""Seconds in which an answer must come."""


def start(folder: str) -> Service:
    """A Pagefind that works in a folder, where no configuration of another's lies."""
    try:
        from pagefind_bin_extended import get_executable

        # What is set for a Pagefind of one's own is not for this one.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        process = subprocess.Popen(
            [get_executable(), "--service"], cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )  # fmt: skip
    except (ImportError, OSError) as error:
        raise refusal(f"Pagefind does not start: {error}") from None
    return Service(process)


def refusal(message: str) -> Fault:
    return Fault(Problem("FT020", message, hint="build again; if it stays so: make, which sets Pagefind up, or SEARCH = False in pelicanconf.py"))


class Service:
    """A running Pagefind. Messages are JSON in base64, each ended by a comma."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._count = 0

    def index(self, pages: Mapping[str, str]) -> dict[str, bytes]:
        """The files of an index of these pages, HTML by address. They are not written by Pagefind, which says that it has before they are whole."""
        number = self._ask("NewIndex", config={"keep_index_url": False})["index_id"]
        for address, text in pages.items():
            self._ask("AddFile", index_id=number, url=address, file_contents=text, file_path=None)
        files = self._ask("GetFiles", index_id=number)["files"]
        self._ask("DeleteIndex", index_id=number)
        return {file["path"]: base64.b64decode(file["content"]) for file in files}

    def close(self) -> None:
        """Ends the process. What it has not written yet is of no use any more."""
        self._process.kill()
        with suppress(OSError), self._process:
            pass

    def _ask(self, type: str, **payload: Any) -> Mapping[str, Any]:
        self._count += 1
        message = json.dumps({"message_id": self._count, "payload": {"type": type, **payload}})
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(base64.b64encode(message.encode()) + b",")
            self._process.stdin.flush()
            answer = json.loads(base64.b64decode(self._answer()))["payload"]
        except (OSError, ValueError, KeyError) as error:
            raise refusal(f"Pagefind has ended or does not answer: {error or type}") from None
        if answer["type"] == "Error":
            raise refusal(f"Pagefind cannot index the site: {answer.get('message', '')}")
        return answer

    def _answer(self) -> bytes:
        """The bytes up to the comma; nothing is said that was not asked."""
        assert self._process.stdout is not None
        answer = bytearray()
        while not answer.endswith(b","):
            if not select.select([self._process.stdout], [], [], _PATIENCE)[0]:
                raise OSError(f"nothing in {_PATIENCE} seconds")
            if not (found := os.read(self._process.stdout.fileno(), 1 << 20)):
                raise OSError("it is gone")
            answer += found
        return bytes(answer[:-1])

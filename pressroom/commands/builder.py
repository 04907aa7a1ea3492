"""A process that is begun ahead and builds the preview when it is told to, as `inv serve` sees it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import pressroom
from pressroom.commands.news import Outcome

_MOST_BUILDS = 100
"""What a build keeps for the next is small and bounded; what a plugin keeps nobody knows."""


class Builder:
    """Has a process that waits, with everything imported, as soon as there is time to begin one."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._begin()

    def build(self, changed: Sequence[str] = (), show: Callable[[str, bytes], None] = lambda path, page: None) -> Outcome:
        """Builds, and says how it ended. A process that has come to its end on the way is followed by another.

        `changed` are the files that changed since the last build, if that is known; `show` is given each proof of a page by its path, as soon as it is pulled.
        """
        try:
            self._orders.write(json.dumps([os.path.abspath(self._root / path) for path in changed]) + "\n")
            self._orders.flush()
            while "proof" in (answer := json.loads(self._answers.readline() or "{}")):
                show(answer["proof"], answer["page"].encode("utf-8", "surrogateescape"))
        except (BrokenPipeError, json.JSONDecodeError):
            answer = {}
        self._count += 1
        if not answer:
            self.renew()
            return Outcome(faults=({"place": "", "what": "The build broke off: the terminal has more.", "hint": ""},))
        if self._count >= _MOST_BUILDS:
            self.renew()
        return Outcome(tuple(answer["paths"]), tuple(answer["faults"]))

    def renew(self) -> None:
        """A fresh process: the engine has changed, or it has built enough."""
        self.end()
        self._begin()

    def end(self) -> None:
        """A build that is at work is broken off, as by SIGTERM: it leaves the site and its locks as they should be."""
        self._process.terminate()
        # An order that nobody read goes with the process that it was for.
        with suppress(BrokenPipeError):
            self._orders.close()
        self._answers.close()
        self._process.wait()

    def _begin(self) -> None:
        """In a process group of its own: a Ctrl-C is for us, and we end it."""
        ours, theirs = os.pipe()
        self._count = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pressroom.commands.building", str(self._root), str(theirs)], cwd=self._root, text=True, stdin=subprocess.PIPE,
            pass_fds=[theirs], process_group=0, env={**os.environ, "PYTHONPATH": str(Path(pressroom.__file__).parents[1])},
        )  # fmt: skip
        os.close(theirs)
        assert self._process.stdin
        self._orders: IO[str] = self._process.stdin
        self._answers = open(ours, encoding="utf-8")  # noqa: SIM115: it is closed with the process

"""How far a run is, on a terminal: what takes longer than a second shows what it does. Logs, pipes and what anybody may read have nothing of it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pressroom.ground.progress import SILENT, Progress
from pressroom.reports import is_public_log

_PATIENCE = 1.0


@contextmanager
def displayed() -> Iterator[Progress]:
    """Progress that is shown while the block runs, and gone when it ends."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" or is_public_log(os.environ):
        yield SILENT
        return
    display = _Display()
    try:
        yield display
    finally:
        display.end()


class _Display:
    """A line of Rich's that appears after a second. Only what is done and how much of it: no name of anything."""

    def __init__(self) -> None:
        self._phase, self._count, self._done = "beginning", 0, 0
        self._lock = threading.Lock()
        self._shown: _Line | None = None
        self._timer = threading.Timer(_PATIENCE, self._show)
        self._timer.daemon = True
        self._timer.start()

    def begin(self, phase: str, count: int = 0) -> None:
        with self._lock:
            self._phase, self._count, self._done = phase, count, 0
            if self._shown:
                self._shown.begin(phase, count)

    def step(self, written: str = "") -> None:
        with self._lock:
            self._done += 1
            if self._shown:
                self._shown.advance(self._done)

    def end(self) -> None:
        self._timer.cancel()
        with self._lock:
            if self._shown:
                self._shown.end()
            self._shown = None

    def _show(self) -> None:
        with self._lock:
            self._shown = _Line()
            self._shown.begin(self._phase, self._count)
            self._shown.advance(self._done)


class _Line:
    """One phase at a time: its words, a bar, and how many of how many."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Bars(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bars.add_task("")
        self._bars.start()

    def begin(self, phase: str, count: int) -> None:
        self._bars.reset(self._task, description=phase.capitalize(), total=count or None)

    def advance(self, done: int) -> None:
        self._bars.update(self._task, completed=done)

    def end(self) -> None:
        self._bars.stop()

"""What builds have brought, for the pages that are open: the newest build, what it wrote, the faults of one that failed since."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock

_MOST_PATHS = 5000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: the paths that it wrote or removed, or what was wrong, each fault as its place, what it is, and a hint."""

    paths: tuple[str, ...] = ()
    faults: tuple[dict[str, str], ...] = ()


class News:
    """Builds have names, so that a page knows whether it is that of the last one; a server that is begun anew has other names than the one before."""

    def __init__(self) -> None:
        self._server, self._count = secrets.token_hex(4), 0
        self._faults: Sequence[dict[str, str]] = ()
        self._listeners: set[SimpleQueue[str]] = set()
        self._lock = Lock()

    @property
    def build(self) -> str:
        """The name of the last good build, or of the proof that was pulled since."""
        return f"{self._server}-{self._count}"

    def tell(self, outcome: Outcome) -> None:
        """Lets everybody know who listens. So many paths that a page had better ask for everything are left out."""
        with self._lock:
            before, self._faults = self.build, outcome.faults
            self._count += not outcome.faults
            self._say(before, outcome.paths)

    def show(self, paths: Sequence[str]) -> None:
        """Lets everybody know of pages that are others now, whatever the last build came to."""
        with self._lock:
            before = self.build
            self._count += 1
            self._say(before, paths)

    def _say(self, before: str, paths: Sequence[str]) -> None:
        text = self._said(before, list(paths) if len(paths) <= _MOST_PATHS else None)
        for listener in self._listeners:
            listener.put(text)

    def end(self) -> None:
        """There is no more to tell."""
        with self._lock:
            for listener in self._listeners:
                listener.put("")

    @contextmanager
    def listening(self) -> Iterator[SimpleQueue[str]]:
        """What is told from now on, as JSON, and at once how things stand; an empty text is the last."""
        listener: SimpleQueue[str] = SimpleQueue()
        with self._lock:
            listener.put(self._said("", None))
            self._listeners.add(listener)
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners.discard(listener)

    def _said(self, before: str, paths: list[str] | None) -> str:
        return json.dumps({"build": self.build, "before": before, "paths": paths, "faults": self._faults}, ensure_ascii=False)

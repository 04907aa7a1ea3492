"""What a build tells of itself while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

HEADERS, TEXTS, COMPARING, INDEXING, MAKING, CHECKING, SWAPPING, PREPARING = (
    "reading headers", "reading texts", "comparing", "indexing", "making", "checking", "swapping in", "preparing the next build",
)  # fmt: skip
"""The phases of a build, in their order."""
AGREEMENT, PICTURES, CLEARANCE = "comparing translations", "reading pictures to their ends", "searching every file for what is held"
"""What `inv check` and `inv publish` do beside."""


class Progress(Protocol):
    """Whoever wants to know how far a run is. What it may not show in a public log is its own business."""

    def begin(self, phase: str, count: int = 0) -> None:
        """A phase begins, and the one before has ended. It has so many steps; with 0 nobody can tell."""

    def step(self, written: str = "") -> None:
        """A step of the phase is done. `written` is the path of a file that was staged."""


class Silent:
    """Nobody wants to know."""

    def begin(self, phase: str, count: int = 0) -> None:
        pass

    def step(self, written: str = "") -> None:
        pass


SILENT = Silent()


class Watched:
    """Lets somebody know of each file that is staged, and passes everything on."""

    def __init__(self, written: Callable[[str], None], to: Progress = SILENT) -> None:
        self._written, self._to = written, to
        self.begin = to.begin

    def step(self, written: str = "") -> None:
        if written:
            self._written(written)
        self._to.step(written)

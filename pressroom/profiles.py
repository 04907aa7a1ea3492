"""Where the time of a run goes: a file with its phases and the functions that took most."""

from __future__ import annotations

import cProfile
import io
import os
import pstats
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pressroom.ground import clock
from pressroom.ground.progress import Progress

TEXT, STATISTICS = "profile.txt", "profile.pstats"
_MOST_FUNCTIONS = 60


@dataclass(slots=True)
class _Phase:
    name: str
    begun: float
    seconds: float = 0.0
    steps: int = 0


class _Timed:
    """Takes the time of each phase, and passes everything on."""

    def __init__(self, to: Progress) -> None:
        self._to = to
        self.phases = [_Phase("before anything is read", clock.elapsed())]

    def begin(self, phase: str, count: int = 0) -> None:
        self.end()
        self.phases.append(_Phase(phase, clock.elapsed()))
        self._to.begin(phase, count)

    def step(self, written: str = "") -> None:
        self.phases[-1].steps += 1
        self._to.step(written)

    def end(self) -> None:
        self.phases[-1].seconds = clock.elapsed() - self.phases[-1].begun


@contextmanager
def profiled(folder: str, progress: Progress, tell: Callable[[str], None]) -> Iterator[Progress]:
    """What happens in the block goes into two files of the folder, however it ends; `tell` is told where they are."""
    timed, profiler = _Timed(progress), cProfile.Profile()
    profiler.enable()
    try:
        yield timed
    finally:
        profiler.disable()
        timed.end()
        os.makedirs(folder, mode=0o700, exist_ok=True)
        text = os.path.join(folder, TEXT)
        profiler.dump_stats(os.path.join(folder, STATISTICS))
        with open(text, "w", encoding="utf-8") as file:
            file.writelines(_told(timed.phases))
            file.write(_functions(profiler))
        tell(text)


def _told(phases: list[_Phase]) -> Iterator[str]:
    """The phases as a table."""
    yield f"{'phase':<24}{'seconds':>9}{'steps':>9}\n"
    for phase in phases:
        yield f"{phase.name:<24}{phase.seconds:>9.3f}{phase.steps or '':>9}\n"
    yield f"{'all':<24}{sum(phase.seconds for phase in phases):>9.3f}\n\n"
    yield "Measured with the profiler at work, which makes small functions look dearer than they are. Other processes are not in it.\n"


def _functions(profiler: cProfile.Profile) -> str:
    told = io.StringIO()
    pstats.Stats(profiler, stream=told).sort_stats("cumulative").print_stats(_MOST_FUNCTIONS)
    return told.getvalue()

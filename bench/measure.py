"""What one run of a command costs: wall and processor time, memory, and what it wrote."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLED_EVERY, _APART = 0.05, 20
"""Seconds between two looks at the memory; but at least so many times what a look took. To look through a gigabyte takes 25 milliseconds of a processor, which
would be missing where it is measured.
"""


class Failed(Exception):
    """A command that did not end well, with what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds; `memory` is the peak of the sum of proportional set sizes over all processes but those left apart, in bytes (0: not known)."""

    wall: float
    cpu: float
    memory: int
    files: int
    bytes: int


def run(command: Sequence[str], folder: Path, output: Path, environment: Mapping[str, str], apart: str = "") -> Cost:
    """Runs a command to its end. `apart` is a word in the path of programs whose memory is not counted."""
    started = time.time_ns() - 20_000_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = time.perf_counter()
    # As in a terminal: a program that may not keep its modules compiled would compile them at every start.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, cwd=folder, env={**inherited, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        peak = _Peak(process.pid, apart)
        said, _ = process.communicate()
        wall = time.perf_counter() - clock
        memory = peak.end()
    if process.returncode:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}:\n{said.decode(errors='replace')}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    written = [size for size, changed in _files(output) if changed >= started]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, memory, len(written), sum(written))


def _files(folder: Path) -> Iterator[tuple[int, int]]:
    """Size and time of the last change of content of every file below a folder."""
    for path, _, names in os.walk(folder):
        for name in names:
            found = os.lstat(os.path.join(path, name))
            yield found.st_size, found.st_mtime_ns


class _Peak:
    """Looks at the memory of a process and its descendants until it is told to end."""

    def __init__(self, pid: int, apart: str) -> None:
        self._pid, self._apart, self._peak = pid, apart, 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int:
        self._ended.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        pause = _SAMPLED_EVERY
        while not self._ended.wait(pause):
            began = time.perf_counter()
            self._peak = max(self._peak, sum(map(self._size, _family(self._pid))))
            pause = max(_SAMPLED_EVERY, _APART * (time.perf_counter() - began))

    def _size(self, pid: int) -> int:
        try:
            if self._apart and self._apart in os.readlink(f"/proc/{pid}/exe"):
                return 0
            with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
                return next((int(line.split()[1]) * 1024 for line in file if line.startswith(b"Pss:")), 0)
        except OSError:
            return 0


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        with open(f"/proc/{pid}/task/{pid}/children", "rb") as file:
            children = file.read().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))

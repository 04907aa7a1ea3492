"""What the tests of pools have done in other processes."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

from pressroom.ground.problems import Fault, Problem


def doubled(number: int) -> int:
    # Later jobs are done first.
    time.sleep(0.002 * (40 - number) if number < 40 else 0)
    return 2 * number


def process(number: int) -> int:
    time.sleep(0.02)
    return os.getpid()


def refused(number: int) -> int:
    if number in (5, 6, 30):
        raise Fault(Problem("FM003", f"number {number}", "a.md", 3, 7, "close it"), Problem("LK001", "another"), code=4)
    return doubled(number)


def broken(number: int) -> int:
    raise ZeroDivisionError("held words")


def killed(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def asleep(folder: str) -> None:
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(600)


class Single:
    """A tool that no two threads may use at once."""

    def __init__(self) -> None:
        self.thread = 0

    def __call__(self, number: int) -> bool:
        self.thread = self.thread or threading.get_ident()
        time.sleep(0.01)
        return self.thread == threading.get_ident()


class Large:
    """A tool of many bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __call__(self, number: int) -> tuple[int, int]:
        return self._data[number], os.getpid()


class Remembering:
    """A tool that knows what it was asked before, and by its name whether another is the same."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._seen: list[int] = []

    def __reduce__(self) -> tuple[type[Remembering], tuple[str]]:
        return Remembering, (self._name,)

    def __call__(self, number: int) -> tuple[list[int], int]:
        self._seen.append(number)
        return list(self._seen), os.getpid()


def killed_but_in(process: int) -> int:
    if os.getpid() != process:
        os.kill(os.getpid(), signal.SIGKILL)
    return process

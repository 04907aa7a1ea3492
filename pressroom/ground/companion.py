"""One process beside this one: it is given jobs ahead, and what comes of them is asked for when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, ExitStack, suppress
from functools import partial
from types import TracebackType
from typing import TypeVar

from pressroom.ground.pool import Done, do, pack
from pressroom.ground.problems import Fault

J = TypeVar("J")
R = TypeVar("R")


class Companion:
    """Use it as a context. Without anything that opens an executor of one process nobody is near, and each job is done here when it is asked for."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Executor]] | None = None) -> None:
        self._opened = opened
        self._stack = ExitStack()
        self._executor: Executor | None = None
        self._given: list[Future[Done]] = []

    def __enter__(self) -> Companion:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.__exit__(kind, value, trace)

    @property
    def is_near(self) -> bool:
        """Whether there is somebody who works meanwhile."""
        return self._opened is not None

    def dismiss(self) -> None:
        """Lets the process go if it has done all that it was given: what it remembers takes memory. What came of it can still be asked for."""
        if all(future.done() for future in self._given):
            self._opened = None
            self._stack.close()

    def begin(self, tool: Callable[[J], R], job: J) -> Callable[[], R]:
        """Gives a job, and what asks for what came of it. Jobs are done in their order, and the tool stays as long as it is the same: it may remember.

        What does not succeed there is done here.
        """
        if self._opened:
            with suppress(Exception):
                if self._executor is None:
                    self._executor = self._stack.enter_context(self._opened())
                self._given.append(self._executor.submit(do, pack(None, tool), job))
                return partial(_outcome, self._given[-1], tool, job)
        return partial(tool, job)


def another_process() -> AbstractContextManager[Executor]:
    """What opens a process of this machine."""
    # A build that has little to do does not load this.
    from pressroom.ground import executors

    return executors.local_processes(1)


def _outcome(future: Future[Done], tool: Callable[[J], R], job: J) -> R:
    try:
        return future.result().outcome()
    except Fault:
        raise
    # The process has come to its end, or could not do what this one perhaps can; if not, the error is raised here as it is.
    except Exception:  # noqa: BLE001
        return tool(job)

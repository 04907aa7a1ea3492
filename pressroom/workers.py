"""Who works when there is much to do: processes of this machine, or what the site has named."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from functools import partial

from pressroom.ground.companion import Companion, another_process
from pressroom.ground.pool import Pool, processors
from pressroom.ground.problems import Fault, Problem
from pressroom.model.settings import Settings


def open_pool(settings: Settings, engine: Callable[[], str]) -> Pool:
    """The pool of a run. Somebody else's processes must have the same engine as this one."""
    workers = settings.workers or processors()

    def opened() -> AbstractContextManager[Executor]:
        # A build that has little to do does not load this.
        from pressroom.ground import executors

        return executors.named(settings.executor, settings.root) if settings.executor else executors.local_processes(workers)

    return Pool(workers, opened, partial(agree, engine, engine()) if settings.executor else None, is_here=not settings.executor)


def open_companion(settings: Settings, pays: bool) -> Companion:
    """The process beside that of a build, where its work pays and there is a processor for it."""
    return Companion(another_process if pays and (settings.workers or processors()) > 1 else None)


def agree(engine: Callable[[], str], wanted: str) -> None:
    """Asked where the work is done, before any is."""
    if engine() != wanted:
        raise Fault(Problem("FT030", "a worker has another engine than this one, or other libraries", hint="set it up as this machine, and start it again"))

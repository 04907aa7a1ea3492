"""Where jobs are done when they are not done here: in processes of this machine, or by an executor of the site's own."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import parent_process
from pathlib import Path
from types import ModuleType
from typing import Any

from pressroom.ground.pool import refusal

_ENGINE = str(Path(__file__).resolve().parents[2])


@contextmanager
def local_processes(workers: int) -> Iterator[Executor]:
    """Processes of this machine. They end with the block, in the middle of what nobody has waited for, and with this process, however it ends."""
    context = _Spawning()
    executor = ProcessPoolExecutor(workers, context, _end_with_parent)
    try:
        yield executor
    finally:
        # To end by themselves they would first clear away, value by value, all that they remember.
        for process in context.started:
            if process.pid:
                process.kill()
        executor.shutdown(cancel_futures=True)


class _Worker(SpawnProcess):
    """A process with this very engine, whatever a configuration has put before it on the path, that is deaf to the signals by which a terminal ends a program:
    who gives it work ends it. The program's main module, which may do anything when it is run once more, is not loaded there.
    """

    def start(self) -> None:
        main, path = sys.modules["__main__"], sys.path
        # What is blocked here is blocked there too.
        heard = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        sys.modules["__main__"], sys.path = ModuleType("__main__"), [_ENGINE, *path]
        try:
            super().start()
        finally:
            sys.modules["__main__"], sys.path = main, path
            signal.pthread_sigmask(signal.SIG_SETMASK, heard)


class _Spawning(SpawnContext):
    """Starts fresh processes, as this one has threads, and remembers them."""

    def __init__(self) -> None:
        self.started: list[_Worker] = []

    def Process(self, *args: Any, **named: Any) -> _Worker:  # type: ignore[override]  # noqa: N802
        self.started.append(_Worker(*args, **named))
        return self.started[-1]


def _end_with_parent() -> None:
    """What waits for jobs would wait for ever where the process that gave them was killed."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


@contextmanager
def named(setting: str, root: str) -> Iterator[Executor]:
    """The executor of the function that a setting names as `module:function`. The module may lie in the project's folder."""
    module, _, function = setting.partition(":")
    with ExitStack() as stack:
        sys.path.insert(0, root)
        try:
            executor = stack.enter_context(getattr(importlib.import_module(module), function)())
        except Exception as error:
            raise refusal(f"EXECUTOR names {setting}, which gives no executor: {type(error).__name__}: {error}") from error
        finally:
            sys.path.remove(root)
        yield executor

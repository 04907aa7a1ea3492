"""The lock of a state folder: one build at a time, and a dead one holds nothing."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pressroom.ground.problems import Fault, Problem
from pressroom.press.files import faults


@contextmanager
def hold_lock(state: str) -> Iterator[None]:
    """Holds `<state>/lock` while the block runs, making the private folder where it is missing. Another live build is a Fault."""
    with faults(state):
        _make_private(os.path.abspath(state))
        handle = os.open(os.path.join(state, "lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with faults(state):
            _take(handle)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        process = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        who = f" (process {process})" if process else ""
        raise Fault(Problem("FT005", f"another build{who} is at work on this output", hint="wait for it to end, then try again")) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)


def _make_private(folder: str) -> None:
    _make_missing(folder)
    os.chmod(folder, 0o700)


def _make_missing(folder: str) -> None:
    if not os.path.isdir(folder):
        _make_missing(os.path.dirname(folder))
        with suppress(FileExistsError):
            os.mkdir(folder, 0o700)

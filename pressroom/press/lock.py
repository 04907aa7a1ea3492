"""The locks of a state folder and of an output: one build at a time, and a dead one holds nothing."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from stat import S_ISREG

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


def await_lock(state: str) -> None:
    """Waits until nobody holds `<state>/lock`. What keeps a build from it otherwise, the build tells."""
    with suppress(OSError):
        handle = os.open(os.path.join(state, "lock"), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        finally:
            os.close(handle)


@contextmanager
def hold_output(path: str) -> Iterator[None]:
    """Holds an output while the block runs, for two press rooms with a state folder each may be set to write into one. Another live build is a Fault."""
    path = os.path.realpath(path)
    folder, name = os.path.split(path)
    place = path if os.path.ismount(path) else os.path.join(folder, f".{name}.lock")
    with faults(path):
        os.makedirs(folder, exist_ok=True)
        handle = _taken(place)
    try:
        yield
    finally:
        if place != path:
            os.unlink(place)
        os.close(handle)


def _taken(place: str) -> int:
    """A handle that holds the file, or the folder, which stands at a place: whoever held it last may have taken it away in between."""
    while True:
        how = os.O_RDONLY if os.path.isdir(place) else os.O_RDWR | os.O_CREAT
        handle = os.open(place, how | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            _take(handle)
            if os.path.samestat(os.fstat(handle), os.lstat(place)):
                return handle
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _take(handle: int) -> None:
    is_file = S_ISREG(os.fstat(handle).st_mode)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        process = os.pread(handle, 20, 0).decode("ascii", "replace").strip() if is_file else ""
        who = f" (process {process})" if process else ""
        raise Fault(Problem("FT005", f"another build{who} is at work on this output", hint="wait for it to end, then try again")) from None
    if is_file:
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

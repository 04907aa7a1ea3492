"""Work for several processes: jobs that are plain values go to an executor, and what comes of them comes back in their order.

What all jobs of a kind need, a tool, goes with each as one lump of bytes that a process opens once: so any executor will do, on any machine. On
this machine the lump stays where it is, and a process takes it from there: of a large archive it is large, and the jobs are many.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from types import TracebackType
from typing import Any, BinaryIO, TypeVar

from pressroom.ground.problems import Fault, Problem

JOB = 0.1
"""Seconds of processor time that a job should take: long beside the sending of it, short beside the whole."""

_STARTING, _SENDING = 2.0, 0.2
_AHEAD = 3
_LARGE = 32_768
"""Bytes of a tool that are more than a job should carry."""
_THREADS = 64

J = TypeVar("J")
R = TypeVar("R")


class Pool:
    """Use it as a context. Nothing is started before work is first given; with one of `workers` there is no pool.

    `agree` is asked in each process before it does anything there; it may refuse with a Fault. `is_here` where all processes are of this machine.
    """

    def __init__(
        self, workers: int, opened: Callable[[], AbstractContextManager[Executor]], agree: Callable[[], None] | None = None, is_here: bool = False
    ) -> None:
        self.workers, self._opened, self._agree, self.is_here = workers, opened, agree, is_here
        self._stack = ExitStack()
        self._executor: Executor | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        try:
            with _refusing("the executor cannot be left"):
                self._stack.__exit__(kind, value, trace)
        except Fault:
            # What ended the work says more than how an executor took it.
            if value is None:
                raise

    @property
    def has_several(self) -> bool:
        """Whether there is anybody to share work with."""
        return self.workers > 1

    def pays(self, seconds: float) -> bool:
        """Whether work of about so many seconds of processor time is sooner done by several processes than by this one."""
        return self.has_several and seconds >= (_SENDING if self._executor else _STARTING)

    @property
    def is_at_work(self) -> bool:
        """Whether others have been given work already, and are there for more."""
        return self._executor is not None

    def begin(self, tool: Callable[[J], R], job: J) -> Callable[[], R]:
        """Gives one job to be done beside what this process does, and what asks for what came of it."""
        packed = pack(self._agree, tool)
        return partial(self._result, job, self._submit(packed, job), packed)

    def run(self, tool: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R]:
        """What the tool makes of each job, in their order. What it raises is raised here. Only a few jobs are under way at once."""
        whole = pack(self._agree, tool)
        with _placed(whole) if self.is_here and len(whole.data) > _LARGE else nullcontext(whole) as packed:
            under_way: deque[tuple[J, Future[Done]]] = deque()
            for job in jobs:
                under_way.append((job, self._submit(packed, job)))
                if len(under_way) >= _AHEAD * self.workers:
                    yield self._result(*under_way.popleft(), whole)
            while under_way:
                yield self._result(*under_way.popleft(), whole)

    def _submit(self, packed: Packed, job: Any) -> Future[Done]:
        with _refusing():
            return self._started().submit(do, packed, job)

    def _result(self, job: Any, future: Future[Done], whole: Packed) -> Any:
        with _refusing():
            done = future.result()
            if done.has_no_tool:
                done = self._submit(whole, job).result()
        return done.outcome()

    def _started(self) -> Executor:
        if self._executor is None:
            self._executor = self._stack.enter_context(self._opened())
        return self._executor


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def refusal(message: str) -> Fault:
    return Fault(Problem("FT030", message, hint="build again; if it stays so: WORKERS = 1 in pelicanconf.py does all in one process"))


@dataclass(frozen=True, slots=True)
class Packed:
    """A tool as bytes, or where those are, and who has to agree before it is used."""

    digest: str
    data: bytes = b""
    place: str = ""

    def load(self) -> tuple[Callable[[], None] | None, Callable[[Any], Any]]:
        data = _lump_at(self.place) if self.place else self.data
        # Who gave up waiting for this job may have put another tool there since.
        if hashlib.sha256(data).hexdigest() != self.digest:
            raise _NoTool
        return pickle.loads(data)  # noqa: S301


class _NoTool(Exception):
    """A process cannot have the tool from where it lies: not every system lets one look into another."""


def _lump_at(place: str) -> bytes:
    """The bytes that lie at a place, and nothing of what else may have come to be there: to read from a pipe would wait, and take what is another's."""
    try:
        with open(os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return file.read()
    except OSError:
        pass
    raise _NoTool


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: a value, a Fault, or the story of a bug; nothing where there was no tool for it."""

    value: Any = None
    fault: Fault | None = None
    bug: str = ""
    has_no_tool: bool = False

    def outcome(self) -> Any:
        """The value; what was raised instead is raised."""
        if self.fault:
            raise self.fault
        if self.bug:
            bug = RuntimeError("a job failed")
            bug.add_note(self.bug)
            raise bug
        return self.value


def pack(agree: Callable[[], None] | None, tool: Callable[[J], Any]) -> Packed:
    """A tool on its way."""
    data = pickle.dumps((agree, tool), pickle.HIGHEST_PROTOCOL)
    return Packed(hashlib.sha256(data).hexdigest(), data)


@contextmanager
def _placed(whole: Packed) -> Iterator[Packed]:
    """A tool by the place where other processes of this machine, of the same user, can read it as long as the block lasts; itself where the system has none.

    The bytes may be words that are held: they lie in memory that has no name and goes with this process, however that ends.
    """
    file = _memory_with(whole.data)
    if not file:
        yield whole
        return
    with file:
        yield Packed(whole.digest, place=f"/proc/{os.getpid()}/fd/{file.fileno()}")


def _memory_with(data: bytes) -> BinaryIO | None:
    """Memory without a name, as a file; none where the system has no such thing, or not now."""
    try:
        file = open(os.memfd_create("pressroom"), "wb")  # noqa: SIM115: it is closed with the block that has it
    except (AttributeError, OSError):
        return None
    try:
        file.write(data)
        file.flush()
    except OSError:
        with suppress(OSError):
            file.close()
        return None
    return file


class _Hand:
    """What a thread works with: one tool at a time, for a tool remembers much, and the next kind of work has no use for it."""

    def __init__(self) -> None:
        self._digest, self._tool = "", None

    def take(self, packed: Packed) -> Callable[[Any], Any]:
        if self._digest != packed.digest or not self._tool:
            self._digest, self._tool = packed.digest, None
            agree, tool = packed.load()
            if agree:
                agree()
            self._tool = tool
        return self._tool


@lru_cache(maxsize=_THREADS)
def _hand(thread: int) -> _Hand:
    """A thread's own: a tool may hold what two cannot use at once."""
    return _Hand()


def do(packed: Packed, job: Any) -> Done:
    """One job, in whatever process. Only an executor that failed raises."""
    try:
        return Done(_hand(threading.get_ident()).take(packed)(job))
    except Fault as fault:
        return Done(fault=fault)
    except _NoTool:
        return Done(has_no_tool=True)
    except Exception:  # noqa: BLE001
        return Done(bug=traceback.format_exc())


@contextmanager
def _refusing(what: str = "a process that works for this build has ended, or was never there") -> Iterator[None]:
    """What an executor raises, as a Fault: a cluster that closes cancels what is under way by what is no Exception."""
    try:
        yield
    except (Fault, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise refusal(f"{what}: {str(error) or type(error).__name__}") from error

"""Pools: what comes back is what one process would have given, in its order; and no process is left, however the work ends."""

from __future__ import annotations

import errno
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pressroom.ground import executors
from pressroom.ground import pool as pools
from pressroom.ground.executors import local_processes
from pressroom.ground.pool import Pool, processors, refusal
from pressroom.ground.problems import Fault, Problem
from tests.ground import jobs
from tests.sites import REPOSITORY


def pool_of(workers: int) -> Pool:
    return Pool(workers, partial(local_processes, workers), is_here=True)


def nothing() -> None:
    raise AssertionError("something was started")


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_there(process: int) -> bool:
    """Whether a process is at work: one that has ended and that nobody has asked for is not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_what_comes_of_jobs_comes_in_their_order(workers: int) -> None:
    with pool_of(workers) as pool:
        assert list(pool.run(jobs.doubled, range(50))) == [2 * number for number in range(50)]
        assert list(pool.run(jobs.doubled, ())) == []
        assert os.getpid() not in pool.run(jobs.process, range(4))


def test_all_processes_work() -> None:
    with pool_of(2) as pool:
        assert len(set(pool.run(jobs.process, range(20)))) == 2


def test_few_jobs_are_taken_before_they_are_done() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with pool_of(2) as pool:
        assert next(pool.run(jobs.doubled, numbers())) == 0
        assert len(taken) < 10


def test_a_pool_is_worth_starting_for_much_and_using_for_less() -> None:
    with Pool(2, nothing) as pool:  # type: ignore[arg-type]
        assert pool.pays(100) and not pool.pays(1)
    with Pool(1, nothing) as alone:  # type: ignore[arg-type]
        assert not alone.pays(1000)
    with pool_of(2) as started:
        list(started.run(jobs.doubled, [50]))
        assert started.pays(1) and not started.pays(0.01)
    assert processors() >= 1


def test_the_first_fault_in_the_order_of_the_jobs_arrives_as_it_was() -> None:
    with pool_of(2) as pool, pytest.raises(Fault) as caught:
        list(pool.run(jobs.refused, range(40)))
    with pytest.raises(Fault) as alone:
        list(map(jobs.refused, range(40)))
    assert (caught.value.problems, caught.value.exit_code, str(caught.value)) == (alone.value.problems, alone.value.exit_code, str(alone.value))
    assert "number 5" in str(caught.value)


def test_a_bug_is_told_with_its_story_in_the_report_and_not_in_its_name() -> None:
    with pool_of(2) as pool, pytest.raises(RuntimeError) as caught:
        list(pool.run(jobs.broken, range(4)))
    assert "held words" not in str(caught.value) and "in broken" in caught.value.__notes__[0] and "ZeroDivisionError: held words" in caught.value.__notes__[0]


def test_a_process_that_was_killed_is_a_fault_with_a_hint() -> None:
    with pool_of(2) as pool, pytest.raises(Fault) as caught:
        list(pool.run(jobs.killed, range(40)))
    (problem,) = caught.value.problems
    assert problem.code == "FT030" and "WORKERS = 1" in problem.hint and caught.value.exit_code == 1


def test_what_fails_while_jobs_are_done_ends_them(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), pool_of(2) as pool:
        with ThreadPoolExecutor() as waiting:
            waiting.submit(lambda: list(pool.run(jobs.asleep, [str(tmp_path)] * 4)))
            wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
            pool.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 60
    assert not any(is_there(int(path.name)) for path in tmp_path.iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
@pytest.mark.parametrize("group", [True, False], ids=["all", "alone"])
def test_nothing_is_left_of_a_program_that_is_ended(tmp_path: Path, number: signal.Signals, group: bool) -> None:
    program = subprocess.Popen(
        [sys.executable, str(REPOSITORY / "tests" / "ground" / "program.py"), str(tmp_path)], start_new_session=True, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip
    wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    (os.killpg if group else os.kill)(program.pid, number)
    _, said = program.communicate(timeout=30)
    wait_for(lambda: not any(is_there(int(path.name)) for path in tmp_path.iterdir()))
    assert program.returncode, said
    if number != signal.SIGKILL:
        assert said.count("Traceback") == (number == signal.SIGINT) and "leaked" not in said, said


class Counting(ThreadPoolExecutor):
    """Counts the bytes that its jobs would be on their way."""

    def __init__(self) -> None:
        super().__init__(2)
        self.sent = 0

    def submit(self, *job: Any) -> Any:  # type: ignore[override]
        self.sent += len(pickle.dumps(job))
        return super().submit(*job)


@pytest.mark.parametrize("is_here", [True, False])
def test_a_large_tool_does_not_go_with_every_job_where_all_are_of_this_machine(is_here: bool) -> None:
    executor = Counting()
    with Pool(2, lambda: executor, is_here=is_here) as pool:
        assert [found for found, _ in pool.run(jobs.Large(bytes(range(100)) * 10_000), range(100))] == list(range(100))
    assert (executor.sent < 100_000) == is_here


def test_a_large_tool_lies_in_no_file_and_is_gone_with_its_work() -> None:
    with pool_of(2) as pool:
        for _ in range(3):
            assert {found for found, _ in pool.run(jobs.Large(b"\1" * 1_000_000), range(40))} == {1}
            unfinished = pool.run(jobs.Large(b"\2" * 1_000_000), range(40))
            assert next(unfinished)[0] == 2
            unfinished.close()
            assert not [file for file in Path("/proc/self/fd").iterdir() if file.exists() and "memfd:" in os.readlink(file)]


def refused(*_: object) -> int:
    raise OSError(errno.EPERM, "not here")


def full(name: str) -> int:
    return os.open("/dev/full", os.O_WRONLY)


@pytest.mark.parametrize("way", ["there is none", "nobody may look into it", "it is refused", "it is full"])
def test_where_no_memory_can_be_shared_a_large_tool_goes_with_its_jobs(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    match way:
        case "there is none":
            monkeypatch.delattr(os, "memfd_create")
        case "nobody may look into it":
            monkeypatch.setattr(os, "getpid", lambda: 2**22 + 1)
        case _:
            monkeypatch.setattr(os, "memfd_create", refused if way == "it is refused" else full)
    with pool_of(2) as pool:
        assert [found for found, _ in pool.run(jobs.Large(b"\1" * 1_000_000), range(9))] == [1] * 9


def test_what_has_come_to_lie_where_a_tool_was_is_not_read() -> None:
    ours, theirs = os.pipe()
    os.write(theirs, b"another's")
    for place in (f"/proc/self/fd/{ours}", "/proc/self/fd/9999", "/proc"):
        with pytest.raises(pools._NoTool):
            pools.Packed("digest", place=place).load()
    assert os.read(ours, 100) == b"another's"
    os.close(ours)
    os.close(theirs)


def test_threads_have_a_tool_each() -> None:
    with Pool(3, partial(ThreadPoolExecutor, 3)) as pool:
        assert all(pool.run(jobs.Single(), range(30)))


def never() -> None:
    raise Fault(Problem("FT030", "another engine"))


def test_a_process_that_is_another_than_it_should_be_does_nothing() -> None:
    with Pool(2, partial(local_processes, 2), never) as pool, pytest.raises(Fault, match="another engine"):
        list(pool.run(jobs.doubled, [1]))


@contextmanager
def threads(root: Path, text: str) -> Iterator[Path]:
    (root / "own_executor.py").write_text(text)
    try:
        yield root
    finally:
        sys.modules.pop("own_executor", None)


def test_an_executor_of_the_sites_own_may_lie_in_its_folder(tmp_path: Path) -> None:
    with threads(tmp_path, "from concurrent.futures import ThreadPoolExecutor as threads\n") as root:
        with Pool(2, partial(executors.named, "own_executor:threads", str(root))) as pool:
            assert list(pool.run(jobs.doubled, [50, 51])) == [100, 102]
    assert str(tmp_path) not in sys.path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "AttributeError"),
        ("threads = dict\n", "TypeError"),
        ("def threads(): return 1 / 0\n", "ZeroDivisionError"),
        ("from contextlib import contextmanager\n@contextmanager\ndef threads():\n    raise OSError('no cluster')\n    yield\n", "no cluster"),
        ("def threads(:\n", "SyntaxError"),
    ],
)
def test_an_executor_that_is_none_is_a_fault_that_names_it(tmp_path: Path, text: str, said: str) -> None:
    with threads(tmp_path, text) as root, pytest.raises(Fault) as caught, Pool(2, partial(executors.named, "own_executor:threads", str(root))) as pool:
        list(pool.run(jobs.doubled, [1]))
    (problem,) = caught.value.problems
    assert problem.code == "FT030" and said in problem.message and "own_executor:threads" in problem.message


ENDS = """\
import asyncio
from concurrent.futures import CancelledError, ThreadPoolExecutor
class Left(ThreadPoolExecutor):
    def __exit__(self, *_):
        super().__exit__(*_)
        raise OSError("the cluster does not answer")
class Cancelled(ThreadPoolExecutor):
    def submit(self, *_): raise asyncio.CancelledError
class Silent(ThreadPoolExecutor):
    def submit(self, *_): raise CancelledError
"""


@pytest.mark.parametrize(("name", "said"), [("Left", "the executor cannot be left: the cluster does not answer"), ("Cancelled", "CancelledError"), ("Silent", "CancelledError")])
def test_an_executor_that_fails_in_any_way_is_a_fault_that_says_how(tmp_path: Path, name: str, said: str) -> None:
    with threads(tmp_path, ENDS) as root, pytest.raises(Fault) as caught, Pool(2, partial(executors.named, f"own_executor:{name}", str(root))) as pool:
        list(pool.run(jobs.doubled, [1]))
    (problem,) = caught.value.problems
    assert problem.code == "FT030" and problem.message.endswith(said)


@pytest.mark.parametrize("ended_by", [KeyboardInterrupt, ValueError])
def test_how_an_executor_is_left_hides_nothing_that_ended_the_work(tmp_path: Path, ended_by: type[BaseException]) -> None:
    with threads(tmp_path, ENDS) as root, pytest.raises(ended_by), Pool(2, partial(executors.named, "own_executor:Left", str(root))) as pool:
        list(pool.run(jobs.doubled, [1]))
        raise ended_by


def test_a_refusal_says_how_to_go_on_without() -> None:
    assert "WORKERS = 1" in refusal("x").problems[0].hint

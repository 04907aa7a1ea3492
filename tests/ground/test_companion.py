"""A companion: what it is given comes out as if it had been done here, and nothing is left of it."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

from pressroom.ground import executors
from pressroom.ground.executors import local_processes
from pressroom.ground.companion import Companion
from pressroom.ground.pool import Pool
from pressroom.ground.problems import Fault
from tests.ground import jobs
from tests.ground.test_pool import is_there, wait_for


def near() -> Companion:
    return Companion(partial(local_processes, 1))


def test_one_process_does_all_jobs_in_their_order_and_remembers() -> None:
    with near() as companion:
        asked = [companion.begin(jobs.Remembering("a"), number) for number in range(4)]
        found = [ask() for ask in asked]
        assert [seen for seen, _ in found] == [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]
        assert len({process for _, process in found}) == 1 and found[0][1] != os.getpid()
        assert asked[1]() == found[1], "it may be asked again"
        assert companion.begin(jobs.Remembering("b"), 7)()[0] == [7]


def test_it_works_meanwhile(tmp_path: Path) -> None:
    with near() as companion:
        companion.begin(jobs.asleep, str(tmp_path))
        wait_for(lambda: any(tmp_path.iterdir()))


def test_where_nobody_is_near_a_job_is_done_here_when_it_is_asked_for() -> None:
    alone = Companion()
    assert not alone.is_near and near().is_near
    tool = jobs.Remembering("a")
    with alone as companion:
        companion.begin(tool, 1)
        assert companion.begin(tool, 2)() == ([2], os.getpid())


def test_what_a_companion_cannot_do_is_done_here() -> None:
    with near() as companion:
        asked = [companion.begin(jobs.killed_but_in, os.getpid()) for _ in range(2)]
        assert [ask() for ask in asked] == [os.getpid()] * 2
        assert companion.begin(jobs.process, 1)() == os.getpid(), "it does not come back"


def refused() -> AbstractContextManager[object]:
    raise OSError("no process")


@pytest.mark.parametrize("tool", [jobs.process, lambda number: os.getpid()], ids=["no process", "no plain value"])
def test_what_cannot_be_given_is_done_here(tool: Callable[[int], int]) -> None:
    with Companion(refused) as companion:  # type: ignore[arg-type]
        assert companion.begin(tool, 1)() == os.getpid()


def test_a_fault_arrives_as_it_was_and_an_error_is_raised_here() -> None:
    with near() as companion:
        asked, broken = companion.begin(jobs.refused, 5), companion.begin(jobs.broken, 1)
        with pytest.raises(Fault, match="number 5") as caught:
            asked()
        assert caught.value.exit_code == 4
        with pytest.raises(ZeroDivisionError, match="held words"):
            broken()


def test_it_ends_in_the_middle_of_what_nobody_waits_for(tmp_path: Path) -> None:
    began = time.monotonic()
    with near() as companion:
        companion.begin(jobs.asleep, str(tmp_path))
        wait_for(lambda: any(tmp_path.iterdir()))
    assert time.monotonic() - began < 60
    (found,) = tmp_path.iterdir()
    assert not is_there(int(found.name))


def test_who_has_nothing_left_to_do_may_go_and_has_said_what_came_of_it(tmp_path: Path) -> None:
    with near() as companion:
        asked = companion.begin(jobs.process, 1)
        process = asked()
        companion.dismiss()
        assert not is_there(process) and not companion.is_near
        assert asked() == process and companion.begin(jobs.process, 1)() == os.getpid()
    with near() as companion:
        companion.begin(jobs.asleep, str(tmp_path))
        wait_for(lambda: any(tmp_path.iterdir()))
        companion.dismiss()
        (found,) = tmp_path.iterdir()
        assert companion.is_near and is_there(int(found.name))


def test_a_process_that_does_not_start_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(self: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "no process more")

    monkeypatch.setattr(executors._Worker, "start", start)
    with near() as companion:
        assert companion.begin(jobs.process, 1)() == os.getpid()
        companion.dismiss()
    with pytest.raises(Fault, match="no process more"), Pool(2, partial(local_processes, 2)) as pool:
        list(pool.run(jobs.process, [1]))

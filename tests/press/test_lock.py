"""One build at a time; a dead one holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pressroom.ground.problems import Fault
from pressroom.press.lock import hold_lock

HOLD = """
import sys
from pressroom.press.lock import hold_lock
with hold_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def start_holder(state: Path) -> subprocess.Popen:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    return holder


def test_another_live_build_is_a_fault_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    holder = start_holder(tmp_path / "state")
    with pytest.raises(Fault) as caught, hold_lock(str(tmp_path / "state")):
        pass
    assert caught.value.problems[0].code == "FT005"
    assert f"process {holder.pid}" in caught.value.problems[0].message
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with hold_lock(str(tmp_path / "state")):
        pass


def test_the_lock_is_free_again_after_the_block_and_after_an_exception_in_it(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), hold_lock(str(tmp_path / "state")):
        raise KeyboardInterrupt
    for _ in range(2):
        with hold_lock(str(tmp_path / "state")):
            pass


def test_the_state_folder_and_those_made_above_it_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with hold_lock(str(tmp_path / ".pressroom" / "public")):
            pass
    finally:
        os.umask(before)
    assert (tmp_path / ".pressroom").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / ".pressroom" / "public").stat().st_mode & 0o777 == 0o700


def test_a_state_folder_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o755)
    with hold_lock(str(tmp_path / "state")):
        assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_a_file_where_the_state_folder_should_be_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(Fault) as caught, hold_lock(str(tmp_path / "state" / "public")):
        pass
    assert caught.value.problems[0].code == "FT004"

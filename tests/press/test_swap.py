"""Where two folders cannot change places in one step."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pressroom.ground.problems import INFO, WARNING, Fault
from pressroom.press import swap
from tests.press.trees import Place, read_tree

SITES = ({"a": b"1", "b/c": b"1"}, {"a": b"2", "d/e": b"2"}, {"a/x": b"3"}, {"a": b"4", "b": b"4"}, {"b": b"4"})


def refuse(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def exchange(first: str, second: str) -> None:
        raise OSError(number, os.strerror(number), first, None, second)

    monkeypatch.setattr(swap, "exchange", exchange)


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.EPERM])
def test_a_system_without_exchange_renames_in_steps_and_says_so(place: Place, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    refuse(monkeypatch, number)
    place.build(SITES[0])
    for site in SITES[1:]:
        (note,) = place.build(site).notes
        assert (note.code, note.severity) == ("FT009", INFO)
        assert read_tree(place.output) == site
        assert {path.name for path in place.root.iterdir()} == {"output", ".output.standby", "state"}


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV])
def test_a_folder_that_cannot_be_moved_is_updated_file_by_file_and_says_so(
    place: Place, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    place.build(SITES[-1])
    inode = place.output.stat().st_ino
    refuse(monkeypatch, number)
    for site in SITES:
        (place.output / "stray" / "folder").mkdir(parents=True)
        (note,) = place.build(site).notes
        assert (note.code, note.severity) == ("FT009", WARNING)
        assert read_tree(place.output) == site and place.output.stat().st_ino == inode
        assert place.build_and_say_why(site)[1] == {}


def test_another_refusal_is_a_fault_and_nothing_has_changed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.build(SITES[0])
    refuse(monkeypatch, errno.EIO)
    with pytest.raises(Fault) as caught:
        place.build(SITES[1])
    assert caught.value.problems[0].code == "FT004" and read_tree(place.output) == SITES[0]
    monkeypatch.undo()
    place.build(SITES[1])
    assert read_tree(place.output) == SITES[1]


def test_a_refused_second_step_puts_the_output_back(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, errno.ENOSYS)
    place.build(SITES[0])
    rename = os.rename

    def refused(source: str, target: str) -> None:
        if source.endswith(".standby"):
            raise OSError(errno.EIO, "no", source)
        rename(source, target)

    monkeypatch.setattr(os, "rename", refused)
    with pytest.raises(Fault):
        place.build(SITES[1])
    assert read_tree(place.output) == SITES[0]


@pytest.mark.parametrize("existing", [("aside", "standby"), ("aside", "output"), ("aside", "output", "standby")])
def test_steps_that_were_cut_short_are_ended_by_the_next_build(place: Place, existing: tuple[str, ...]) -> None:
    place.build(SITES[0])
    place.build(SITES[1])
    parts = {"output": place.output, "standby": place.standby, "aside": place.root / ".output.aside"}
    parts["output" if "output" not in existing else "standby"].rename(parts["aside"])
    if "standby" in existing and "output" in existing:
        parts["standby"].mkdir()
    assert {name for name, path in parts.items() if path.exists()} == set(existing)
    assert place.build_and_say_why(SITES[1])[1] == {}
    place.build(SITES[2])
    assert read_tree(place.output) == SITES[2] and not parts["aside"].exists()


MOUNTED = """
import subprocess, sys
from pathlib import Path
from tests.press.test_swap import SITES
from tests.press.trees import Place, read_tree
place = Place(Path(sys.argv[1]))
place.output.mkdir()
mount = ["-t", "tmpfs", "tmpfs"] if sys.argv[2] == "tmpfs" else ["--bind", str(place.output)]
subprocess.run(["mount", *mount, str(place.output)], check=True)
for site in SITES:
    (place.output / "stray").mkdir()
    receipt = place.build(site)
    assert [note.code for note in receipt.notes] == ["FT009"], receipt
    assert read_tree(place.output) == site
    assert place.build_and_say_why(site)[1] == {}
print("good")
"""


@pytest.mark.parametrize("kind", ["tmpfs", "bind"])
def test_a_real_mount_point_is_updated_file_by_file(tmp_path: Path, kind: str) -> None:
    try:
        subprocess.run(["unshare", "-rm", "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this system lets nobody mount")
    command = ["unshare", "-rm", sys.executable, "-c", MOUNTED, str(tmp_path), kind]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert done.stdout == "good\n", done.stderr

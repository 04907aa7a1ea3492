"""The plan, the stage and the swap, on real files."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground import digests
from pressroom.ground.problems import Fault
from pressroom.press import tree
from pressroom.press.write import open_output
from tests.press.trees import MANY, Place, read_tree, stamps

SITE = {"index.html": b"front", "en/index.html": b"english", "en/a/index.html": b"a", "en/a/index.json": b"{}"}
LARGE = bytes(range(256)) * 8000


def fault(place: Place, site: dict[str, bytes]) -> Fault:
    with pytest.raises(Fault) as caught:
        place.build(site)
    return caught.value


# what is built


def test_a_first_build_makes_the_output(place: Place) -> None:
    receipt = place.build(SITE)
    assert read_tree(place.output) == SITE
    assert receipt.written == tuple(sorted(SITE)) and receipt.removed == () and receipt.kept == 0


def test_a_second_build_of_the_same_touches_nothing(place: Place) -> None:
    place.build(SITE)
    before, inode = stamps(place.output), place.output.stat().st_ino
    receipt = place.build(SITE)
    assert (receipt.written, receipt.removed, receipt.kept) == ((), (), 4)
    assert stamps(place.output) == before and place.output.stat().st_ino == inode
    assert not place.standby.exists()


def test_changed_new_and_gone_artifacts_are_written_and_removed(place: Place) -> None:
    place.build(SITE)
    site = {"index.html": b"new front", "en/index.html": b"english", "fr/index.html": b"francais"}
    receipt, why = place.build_and_say_why(site)
    assert read_tree(place.output) == site
    assert receipt.written == ("fr/index.html", "index.html")
    assert receipt.removed == ("en/a/index.html", "en/a/index.json")
    assert receipt.kept == 1
    assert why == {"index.html": "inputs changed", "fr/index.html": "new"}


def test_many_builds_in_a_row_each_give_exactly_their_site(place: Place) -> None:
    for round in range(6):
        site = {f"{n % 3}/{n}.html": f"{n} {round // (n + 1)}".encode() for n in range(round, round + 5)}
        place.build(site)
        assert read_tree(place.output) == site


def test_a_dirty_artifact_with_the_same_bytes_changes_nothing_on_disk_and_is_clean_next_time(place: Place) -> None:
    place.build(SITE)
    before = stamps(place.output)
    receipt, why = place.build_and_say_why(SITE, "another engine")
    assert set(why.values()) == {"inputs changed"} and len(why) == 4
    assert receipt.written == () and stamps(place.output) == before
    assert place.build_and_say_why(SITE, "another engine")[1] == {}


def test_a_file_may_become_a_folder_and_a_folder_a_file(place: Place) -> None:
    for site in ({"a": b"1", "b/c/d": b"2"}, {"a/x/y": b"1", "b": b"2"}, {"a/x": b"1", "b/c": b"2"}, {"a": b"1", "b/c/d": b"2"}):
        place.build(site)
        assert read_tree(place.output) == site


def test_an_empty_site_is_an_empty_output(place: Place) -> None:
    place.build({})
    assert read_tree(place.output) == {} and place.output.is_dir()
    place.build(SITE)
    place.build({})
    assert read_tree(place.output) == {} and place.output.is_dir()


def test_modes_do_not_depend_on_the_umask(place: Place) -> None:
    before = os.umask(0o077)
    try:
        place.build(SITE)
        place.build({**SITE, "fr/a/index.html": b"neuf"})
    finally:
        os.umask(before)
    for folder, folders, files in os.walk(place.output):
        assert {os.stat(os.path.join(folder, name)).st_mode & 0o777 for name in files} <= {0o644}
        assert {os.stat(os.path.join(folder, name)).st_mode & 0o777 for name in [*folders, "."]} == {0o755}


@pytest.mark.parametrize("again", [SITE, {**SITE, "fr/a/index.html": b"neuf"}], ids=["the same", "a change"])
def test_what_somebody_has_closed_to_the_web_server_is_open_after_the_next_build(place: Place, again: dict[str, bytes]) -> None:
    place.build(SITE)
    place.build({**SITE, "new": b""})
    for top in (place.output, place.standby):
        for path in (top, *top.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
    place.build({**SITE, "new": b""})
    assert _modes(place.output) == {0o644, 0o755}
    place.build(again)
    assert _modes(place.output) == _modes(place.standby) == {0o644, 0o755}
    assert place.build(again).written == ()


def test_a_copy_of_an_output_under_another_umask_is_open_to_the_web_server(place: Place) -> None:
    place.build(SITE)
    place.output.rename(place.root / "original")
    before = os.umask(0o077)
    try:
        subprocess.run(["cp", "-r", place.root / "original", place.output], check=True)
    finally:
        os.umask(before)
    assert place.build(SITE).written == ()
    assert _modes(place.output) == {0o644, 0o755}


def _modes(tree: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in (tree, *tree.rglob("*"))}


def test_nothing_is_left_beside_the_output_but_the_standby(place: Place) -> None:
    place.build(SITE)
    place.build({**SITE, "index.html": b"2"})
    assert {path.name for path in place.root.iterdir()} == {"output", ".output.standby", "state"}


def test_words_that_were_withdrawn_do_not_lie_in_the_standby_either(place: Place) -> None:
    place.build(SITE)
    place.build({"index.html": b"new front", "en/index.html": b"english"})
    left = b"".join(read_tree(place.standby).values())
    assert b"{}" not in left and left.replace(b"english", b"") == b""


# tampering, and what gets lost


@pytest.mark.parametrize("data", [b"tampered", b"FRONT"], ids=["another size", "same size"])
def test_a_file_changed_in_the_output_is_made_anew(place: Place, data: bytes) -> None:
    place.build(SITE)
    (place.output / "index.html").write_bytes(data)
    receipt, why = place.build_and_say_why(SITE)
    assert read_tree(place.output) == SITE
    assert why == {"index.html": "changed on disk"} and receipt.written == ("index.html",)


def test_a_file_changed_without_a_trace_in_its_size_and_mtime_is_made_anew(place: Place) -> None:
    place.build(SITE)
    left = os.stat(place.output / "index.html")
    (place.output / "index.html").write_bytes(b"FRONT")
    os.utime(place.output / "index.html", ns=(left.st_atime_ns, left.st_mtime_ns))
    assert place.build_and_say_why(SITE)[1] == {"index.html": "changed on disk"}
    assert read_tree(place.output) == SITE


@pytest.mark.parametrize("data", [b"small", LARGE], ids=["small", "large"])
def test_an_output_that_changes_during_the_build_is_a_fault_and_its_bytes_are_not_taken_over(place: Place, data: bytes) -> None:
    place.build({"a": data, "b": b"1"})
    output = open_output(str(place.output), str(place.state))
    plan = output.plan({"a": digests.of_bytes(data), "b": "new key"})
    (place.output / "a").write_bytes(data.swapcase())
    with output.stage() as stage, pytest.raises(Fault) as caught:
        stage.write("b", b"2")
        output.swap(plan, stage)
    assert caught.value.problems[0].code == "FT012"
    place.build({"a": data, "b": b"2"})
    assert read_tree(place.output) == {"a": data, "b": b"2"}


def test_an_output_that_is_touched_during_the_build_has_its_bytes_and_they_are_taken_over(place: Place) -> None:
    place.build({"a": b"small", "b": b"1"})
    output = open_output(str(place.output), str(place.state))
    plan = output.plan({"a": digests.of_bytes(b"small"), "b": digests.of_bytes(b"2")})
    os.utime(place.output / "a", (1, 1))
    with output.stage() as stage:
        stage.write("b", b"2")
        output.swap(plan, stage)
    assert read_tree(place.output) == {"a": b"small", "b": b"2"}


def refuse(*_: object) -> int:
    raise OSError(errno.EOPNOTSUPP, "not here")


def copy_a_little(source: int, target: int, count: int, system_copy=getattr(os, "copy_file_range", None)) -> int:
    return system_copy(source, target, min(count, 3)) if os.lseek(target, 0, os.SEEK_CUR) < 9 else 0


@pytest.mark.parametrize("copy_file_range", [None, refuse, copy_a_little], ids=["none", "refused", "some of it"])
def test_a_system_that_does_not_copy_by_itself_is_helped(place: Place, monkeypatch: pytest.MonkeyPatch, copy_file_range) -> None:
    if copy_file_range:
        monkeypatch.setattr(os, "copy_file_range", copy_file_range)
    else:
        monkeypatch.delattr(os, "copy_file_range")
    site = {**SITE, "long": b"0123456789" * 10_000}
    for front in (b"1", b"2", b"3"):
        place.build({**site, "index.html": front})
        assert read_tree(place.output) == {**site, "index.html": front}


def test_a_file_missing_in_the_output_is_made_anew(place: Place) -> None:
    place.build(SITE)
    shutil.rmtree(place.output / "en" / "a")
    assert set(place.build_and_say_why(SITE)[1].values()) == {"missing on disk"}
    assert read_tree(place.output) == SITE


def test_a_file_with_a_new_stamp_and_the_same_bytes_is_clean_and_its_stamp_is_renewed(place: Place) -> None:
    place.build(SITE)
    os.utime(place.output / "index.html", (1, 1))
    before = (place.state / "ledger.json").read_bytes()
    assert place.build_and_say_why(SITE)[1] == {}
    assert (place.state / "ledger.json").read_bytes() != before


def test_a_restored_copy_of_output_and_state_is_known_by_its_digests(place: Place, tmp_path: Path) -> None:
    place.build(SITE)
    place.build({**SITE, "index.html": b"2"})
    copied = Place(tmp_path / "clone")
    shutil.copytree(place.output, copied.output)
    shutil.copytree(place.state, copied.state)
    assert copied.build_and_say_why({**SITE, "index.html": b"2"})[1] == {}
    assert copied.build_and_say_why(SITE)[1] == {"index.html": "inputs changed"}
    assert read_tree(copied.output) == SITE


def test_a_tampered_standby_is_mended_before_it_is_exchanged(place: Place) -> None:
    for front in (b"1", b"2", b"3"):
        place.build({**SITE, "index.html": front})
    (place.standby / "en" / "index.html").write_bytes(b"ENGLISH")
    (place.standby / "en" / "a" / "index.html").unlink()
    (place.standby / "stray").symlink_to("/")
    (place.standby / "folder" / "empty").mkdir(parents=True)
    place.build({**SITE, "index.html": b"4"})
    assert read_tree(place.output) == {**SITE, "index.html": b"4"}


@pytest.mark.parametrize("lost", ["output", ".output.standby", "state", "state/ledger.json", "state/ledger.json.changes"])
def test_whatever_is_lost_the_next_build_is_right(place: Place, lost: str) -> None:
    large = {**SITE, **MANY}
    for front in (b"0", b"1", b"2"):
        place.build({**large, "index.html": front})
    path = place.root / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    for site in ({**large, "index.html": b"2"}, {"index.html": b"3"}, SITE):
        place.build(site)
        assert read_tree(place.output) == site


@pytest.mark.parametrize("is_old", [True, False], ids=["an older ledger was put back", "a file was removed by hand"])
def test_a_file_that_was_missing_when_it_went_is_named_nowhere(place: Place, is_old: bool) -> None:
    site = {**SITE, **MANY, "secret.html": b"s"}
    for front in (b"0", b"1"):
        place.build({**site, "index.html": front})
    kept = {path.name: path.read_bytes() for path in place.state.glob("ledger.json*")}
    del site["secret.html"]
    if is_old:
        place.build({**site, "index.html": b"1"})
        for name, data in kept.items():
            (place.state / name).write_bytes(data)
    else:
        (place.output / "secret.html").unlink()
    assert place.named("secret")
    place.build({**site, "index.html": b"1"})
    assert place.named("secret") == [] and read_tree(place.output) == {**site, "index.html": b"1"}
    assert open_output(str(place.output), str(place.state)).stands


def test_without_a_ledger_everything_is_made_and_the_same_bytes_stay(place: Place) -> None:
    place.build(SITE)
    (place.state / "ledger.json").write_bytes(b"damaged")
    before = stamps(place.output)
    receipt, why = place.build_and_say_why(SITE)
    assert set(why.values()) == {"new"} and receipt.written == () and stamps(place.output) == before


# what no artifact claims


def test_strays_of_every_sort_are_removed_and_never_followed(place: Place, tmp_path: Path) -> None:
    place.build(SITE)
    kept = tmp_path / "elsewhere"
    kept.mkdir()
    (kept / "file").write_text("stays")
    (place.output / "link").symlink_to(kept)
    (place.output / "en" / "dangling").symlink_to("nowhere")
    (place.output / "stray" / "deep").mkdir(parents=True)
    (place.output / "stray" / "file").write_text("x")
    os.mkfifo(place.output / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        folder = os.open(place.output, os.O_RDONLY)
        listener.bind(f"/proc/self/fd/{folder}/socket")
        os.close(folder)
        receipt = place.build(SITE)
    assert read_tree(place.output) == SITE and (kept / "file").read_text() == "stays"
    assert receipt.removed == ("en/dangling", "link", "pipe", "socket", "stray/deep/", "stray/file")


def test_a_link_or_pipe_where_an_artifact_should_be_is_replaced(place: Place, tmp_path: Path) -> None:
    place.build(SITE)
    (tmp_path / "outside").write_bytes(b"front")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "index.html").write_bytes(b"outside")
    (place.output / "index.html").unlink()
    (place.output / "index.html").symlink_to(tmp_path / "outside")
    shutil.rmtree(place.output / "en" / "a")
    (place.output / "en" / "a").symlink_to(tmp_path / "folder")
    (place.output / "en" / "index.html").unlink()
    os.mkfifo(place.output / "en" / "index.html")
    place.build(SITE)
    assert read_tree(place.output) == SITE
    assert (tmp_path / "folder" / "index.html").read_bytes() == b"outside" and (tmp_path / "outside").read_bytes() == b"front"


def test_strays_of_an_output_that_is_not_ours_lie_in_the_standby_until_the_next_build(place: Place) -> None:
    place.output.mkdir()
    (place.output / "thesis.txt").write_text("precious")
    place.build(SITE)
    assert read_tree(place.output) == SITE
    assert (place.standby / "thesis.txt").read_text() == "precious"


# where the output is


def test_a_linked_output_is_followed(place: Place, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    place.output.symlink_to(tmp_path / "www" / "site")
    for site in (SITE, {"index.html": b"2"}, SITE):
        place.build(site)
        assert place.output.is_symlink() and read_tree(tmp_path / "www" / "site") == site
    assert {path.name for path in (tmp_path / "www").iterdir()} == {"site", ".site.standby"}


def test_an_output_that_is_a_file_is_a_fault(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.root)
    place.output.write_text("precious")
    problem = fault(place, SITE).problems[0]
    assert (problem.code, problem.path) == ("FT004", "output") and place.output.read_text() == "precious"


def test_an_output_that_holds_the_state_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    for path in (tmp_path, tmp_path / "project", tmp_path / "project" / "state"):
        with pytest.raises(Fault) as caught:
            open_output(str(path), str(tmp_path / "project" / "state"))
        assert caught.value.problems[0].code == "FT004"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
@pytest.mark.parametrize("closed", [".", "output"])
def test_an_output_that_may_not_be_written_is_a_fault_and_stays(place: Place, closed: str) -> None:
    place.build(SITE)
    (place.root / closed).chmod(0o555)
    try:
        problem = fault(place, {"index.html": b"2"}).problems[0]
    finally:
        (place.root / closed).chmod(0o755)
    assert problem.code == "FT004" and read_tree(place.output) == SITE


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_a_folder_of_the_output_that_may_not_be_looked_into_is_a_fault_that_names_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.root)
    place.build({**SITE, "closed/index.html": b"1"})
    (place.output / "closed").chmod(0)
    try:
        problem = fault(place, SITE).problems[0]
    finally:
        (place.output / "closed").chmod(0o755)
    assert (problem.code, problem.path) == ("FT004", "output/closed") and problem.hint


def test_what_the_disk_refuses_is_a_fault_that_names_the_file_and_leaves_the_output(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.root)
    place.build(SITE)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        problem = fault(place, {**SITE, "en/large.html": b"x" * 200_000}).problems[0]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert problem.code == "FT004" and "File too large" in problem.message and problem.path == ".output.stage/en/large.html"
    assert read_tree(place.output) == SITE and not (place.root / ".output.stage").exists()


def test_a_name_that_is_too_long_is_a_fault(place: Place) -> None:
    place.build(SITE)
    problem = fault(place, {**SITE, "x" * 300: b""}).problems[0]
    assert problem.code == "FT004" and problem.hint == "give it a shorter name"
    assert read_tree(place.output) == SITE


# paths


@pytest.mark.parametrize("path", ["", "/", "/etc/passwd", "a/../b", "..", ".", "a//b", "a/", "a/./b", "a\0b", "a\ud800b"])
def test_a_path_that_leads_out_of_the_output_is_a_fault(place: Place, path: str) -> None:
    assert fault(place, {path: b""}).problems[0].code == "FT004"
    with open_output(str(place.output), str(place.state)).stage() as stage:
        with pytest.raises(Fault):
            stage.write(path, b"")
        with pytest.raises(Fault):
            stage.copy(path, __file__, "")


@pytest.mark.parametrize(
    "paths",
    [("a", "a/b"), ("a", "a/b/c", "a-b"), ("a/b", "A/B"), ("caf\u00e9", "cafe\u0301"), ("a/x", "A"), ("stra\u00dfe", "STRASSE")],
    ids=["file and folder", "file and folder above", "case", "form", "case of a folder", "folding"],
)
def test_paths_that_cannot_stand_together_are_one_fault(place: Place, paths: tuple[str, ...]) -> None:
    caught = fault(place, {path: b"" for path in paths})
    assert [problem.code for problem in caught.problems] == ["FT001"]
    assert not place.output.exists()


def test_paths_that_come_to_clash_are_a_fault_too(place: Place) -> None:
    place.build(SITE)
    assert [problem.code for problem in fault(place, {**SITE, "EN": b""}).problems] == ["FT001"]


def test_all_paths_that_clash_are_told_at_once(place: Place) -> None:
    assert len(fault(place, {"a": b"", "a/b": b"", "a/c": b"", "X": b"", "x": b""}).problems) == 2


PATHS = st.sets(st.lists(st.sampled_from(["a", "A", "b", ".", "..", "", ".b", "b.", "é", "e\u0301", "a\nb", "a\u2028", "-", "ſ"]), min_size=1, max_size=3).map("/".join), max_size=9)


def judged(paths: set[str], new: set[str]) -> list[str]:
    try:
        tree.check_paths(sorted(paths), new)
    except Fault as caught:
        return sorted(map(str, caught.problems))
    return []


@given(PATHS, st.data())
def test_a_new_path_is_judged_as_if_all_were_new(paths: set[str], data: st.DataObject) -> None:
    standing = set[str]()
    for path in data.draw(st.permutations(sorted(paths))):
        if data.draw(st.booleans()) and not judged({*standing, path}, {*standing, path}):
            standing.add(path)
    assert judged(paths, paths - standing) == judged(paths, paths)


# the stage


def test_staged_files_and_those_that_stand_can_be_read_before_the_swap(place: Place) -> None:
    place.build(SITE)
    output = open_output(str(place.output), str(place.state))
    plan = output.plan({**{path: digests.of_bytes(data) for path, data in SITE.items()}, "new/file": "key", "seal": "key"})
    with output.stage() as stage:
        stage.write("new/file", b"staged")
        assert Path(stage.path_of("new/file")).read_bytes() == b"staged"
        assert Path(stage.path_of("index.html")).read_bytes() == b"front"
        assert output.digests(plan, stage) == {path: digests.of_bytes(data) for path, data in {**SITE, "new/file": b"staged"}.items()}
        stage.write("seal", b"one")
        stage.write("seal", b"two")
        output.swap(plan, stage)
    assert read_tree(place.output) == {**SITE, "new/file": b"staged", "seal": b"two"}


def test_what_is_not_staged_or_was_not_planned_is_not_swapped_in(place: Place) -> None:
    output = open_output(str(place.output), str(place.state))
    plan = output.plan({"a": "1", "b": "2"})
    with output.stage() as stage, pytest.raises(ValueError, match="planned"):
        stage.write("a", b"")
        output.swap(plan, stage)
    with output.stage() as stage, pytest.raises(ValueError, match="planned"):
        for path in "abc":
            stage.write(path, b"")
        output.swap(plan, stage)
    assert not place.output.exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_the_stage_is_gone_however_its_block_ends(place: Place, error: type[BaseException]) -> None:
    place.build(SITE)
    with pytest.raises(error), open_output(str(place.output), str(place.state)).stage() as stage:
        stage.write("a/b/c", b"")
        raise error
    assert not (place.root / ".output.stage").exists() and read_tree(place.output) == SITE


def test_the_stage_of_a_build_that_died_is_removed_by_the_next(place: Place) -> None:
    (place.root / ".output.stage" / "a").mkdir(parents=True)
    (place.root / ".output.stage" / "a" / "b").write_text("half a page")
    place.build(SITE)
    assert read_tree(place.output) == SITE and not (place.root / ".output.stage").exists()


def copy_one(place: Place, source: Path, digest: str, others: dict[str, bytes]) -> None:
    place.state.mkdir(exist_ok=True)
    output = open_output(str(place.output), str(place.state))
    plan = output.plan({"video.mp4": digest, **{path: digests.of_bytes(data) for path, data in others.items()}})
    with output.stage() as stage:
        for path in plan.dirty:
            stage.copy(path, str(source), digest) if path == "video.mp4" else stage.write(path, others[path])
        output.swap(plan, stage)


@pytest.mark.parametrize("data", [b"small", LARGE], ids=["small", "large"])
def test_an_attachment_is_copied_and_its_source_may_be_written_in_place_afterwards(place: Place, data: bytes) -> None:
    source = place.root / "source.mp4"
    source.write_bytes(data)
    for front in (b"1", b"2", b"3"):
        copy_one(place, source, digests.of_bytes(data), {"index.html": front})
    with source.open("r+b") as file:
        file.write(b"XX")
    assert read_tree(place.output) == {"video.mp4": data, "index.html": b"3"}


def test_a_large_attachment_that_stands_is_not_copied_again(place: Place) -> None:
    source = place.root / "source.mp4"
    source.write_bytes(LARGE)
    for front in (b"1", b"2", b"3"):
        copy_one(place, source, digests.of_bytes(LARGE), {"index.html": front})
    before = os.stat(place.output / "video.mp4")
    for front in (b"4", b"5"):
        copy_one(place, source, digests.of_bytes(LARGE), {"index.html": front})
    after = os.stat(place.output / "video.mp4")
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size) or before.st_ino != after.st_ino


def test_a_large_attachment_tampered_with_in_the_output_is_mended_in_both_trees(place: Place) -> None:
    source = place.root / "source.mp4"
    source.write_bytes(LARGE)
    for front in (b"1", b"2", b"3"):
        copy_one(place, source, digests.of_bytes(LARGE), {"index.html": front})
    with (place.output / "video.mp4").open("r+b") as file:
        file.write(b"XX")
    for front in (b"3", b"4", b"5"):
        copy_one(place, source, digests.of_bytes(LARGE), {"index.html": front})
        assert read_tree(place.output) == {"video.mp4": LARGE, "index.html": front}


@pytest.mark.parametrize("data", [b"small", LARGE], ids=["small", "large"])
def test_a_source_that_changed_or_went_away_is_a_fault_that_names_it(place: Place, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.root)
    source = place.root / "source.mp4"
    source.write_bytes(data)
    with pytest.raises(Fault) as caught:
        copy_one(place, source, digests.of_bytes(b"other"), {})
    assert (caught.value.problems[0].code, caught.value.problems[0].path) == ("FT012", "source.mp4")
    with pytest.raises(Fault) as caught:
        copy_one(place, place.root / "gone", "", {})
    assert caught.value.problems[0].code == "FT012"
    assert not place.output.exists() and not (place.root / ".output.stage").exists()


# cost


def test_one_changed_file_among_two_thousand_writes_a_handful(place: Place) -> None:
    site = {f"en/releases/2020/{n:04}/index.html": b"page %d" % n for n in range(2000)}
    changed = "en/releases/2020/0777/index.html"
    for data in (b"1", b"2", b"3"):
        place.build({**site, changed: data})
    before = stamps(place.output) | stamps(place.standby)
    place.build({**site, changed: b"4"})
    assert len((stamps(place.output) | stamps(place.standby)) - before) == 1
    assert read_tree(place.output) == {**site, changed: b"4"}


def test_only_what_changed_is_opened(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    site = {f"{n}/index.html": b"page %d" % n for n in range(30)} | {"film.mp4": LARGE}
    opened: list[str] = []
    system_open = os.open

    def watched(path: str, *args, **kwargs) -> int:
        if str(path).endswith((".html", ".mp4")):
            opened.append(os.path.relpath(path, place.root))
        return system_open(path, *args, **kwargs)

    def opened_by(site: dict[str, bytes], edition: str = "") -> list[str]:
        opened.clear()
        place.build(site, edition)
        return opened

    monkeypatch.setattr(os, "open", watched)
    place.build(site)
    place.build({**site, "7/index.html": b"1"})
    assert opened_by({**site, "7/index.html": b"2"}) == [".output.stage/7/index.html"]
    site = {**site, "8/index.html": b"3", "7/index.html": b"2"}
    assert opened_by(site) == [".output.stage/8/index.html", "output/7/index.html", ".output.standby/7/index.html"]
    os.utime(place.output / "9" / "index.html", (1, 1))
    assert opened_by(site) == ["output/9/index.html"]
    assert opened_by(site) == []
    assert opened_by(site, "another engine") == []
    assert opened_by({**site, "8/index.html": b"4"}, "another engine") == [".output.stage/8/index.html"]

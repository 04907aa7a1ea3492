"""The leak check of a large archive, which a companion does beside the build: it finds what it finds here, and leaves the same for the next build."""

from __future__ import annotations

import hashlib
import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pressroom import build as spine
from pressroom.build import build, engine_digest
from pressroom.checks import leak_record
from pressroom.checks.held import judge_sources, keys_of
from pressroom.checks.leaks import Files
from pressroom.ground import clock, companion, digests, executors, pool
from pressroom.ground.companion import Companion
from pressroom.ground.pool import Pool
from pressroom.ground.problems import EXIT_LEAK, Fault, Problem
from pressroom.leak_check import LeakCheck, Staged
from pressroom.model.settings import Settings
from pressroom.model.site import Site
from pressroom.press import scans
from pressroom.press.seal import ADDRESS, read_standing
from tests.ground.test_pool import wait_for
from tests.sites import FILES, REPOSITORY, make_site, put, tree_of
from tests.test_inspection import HELD_WORDS, leak
from tests.test_sameness import START, settings_of

RIVER, SECRET = "releases/2026/river-rises/index.en.md", "releases/2026/secret-merger/index.en.md"


def site(path: Path) -> Path:
    make_site(path, FILES | {SECRET: FILES[SECRET].replace("Unspeakable words.", HELD_WORDS)})
    shutil.copytree(REPOSITORY / "theme", path / "theme")
    build(settings_of(path), START)
    return path


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    room = site(tmp_path / "site")
    monkeypatch.setattr(scans, "_LARGE", 0)
    monkeypatch.setattr("pressroom.workers.processors", lambda: 2)
    # What the companion does not do, nobody does.
    monkeypatch.setattr(companion, "_outcome", lambda future, tool, job: future.result().outcome())
    return room


def test_a_leak_that_a_companion_finds_ends_with_four_and_changes_no_byte(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree_of(room / "output")
    leak(HELD_WORDS, monkeypatch)
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert found.value.exit_code == EXIT_LEAK and {problem.code for problem in found.value.problems} == {"GT004"}
    assert all(HELD_WORDS.split()[0] not in str(problem) for problem in found.value.problems)
    assert tree_of(room / "output") == before


def test_builds_with_a_companion_are_those_without(room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = site(tmp_path / "alone")
    changes = (
        (RIVER, FILES[RIVER] + "\nMore of it.\n"),
        (RIVER, FILES[RIVER].replace("---\ntitle", "---\nstatus: draft\ntitle", 1)),
        (RIVER, FILES[RIVER] + f"\n{HELD_WORDS}\n"),
        (SECRET, FILES[SECRET].replace("embargo: 2030-01-01T10:00[Europe/Paris]\n", "")),
    )
    for path, text in changes:
        put(alone, path, text)
        put(room, path, text)
        monkeypatch.setattr(scans, "_LARGE", 0)
        found = build(settings_of(room), START)
        monkeypatch.setattr(scans, "_LARGE", 1 << 40)
        told = build(settings_of(alone), START)
        assert (found.written, found.removed, found.held, found.problems) == (told.written, told.removed, told.held, told.problems)
        assert tree_of(room / "output") == tree_of(alone / "output")


def test_the_record_that_a_companion_leaves_knows_the_whole_tree(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(room, RIVER, FILES[RIVER] + "\nMore of it.\n")
    settings = settings_of(room)
    assert build(settings, START).written
    standing = read_standing(settings.output)
    # Of the seal, which says nothing, it is told last of all.
    files = {path: digest for path, digest in standing.files.items() if path != ADDRESS}
    monkeypatch.setattr("pressroom.checks.leaks.Searcher", None)
    assert not LeakCheck(settings, START, engine_digest()).search(Files(files, standing.read)).leaks


@pytest.mark.parametrize("part", ["gathering", "leaks"])
def test_what_is_too_much_for_one_process_is_done_by_many(room: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """In the companion nothing can be patched: what it is given to do is what is much."""
    put(room, RIVER, FILES[RIVER] + "\nMore of it.\n")
    check = pickle.loads(pickle.dumps(LeakCheck(settings_of(room), START, engine_digest())))
    standing = read_standing(settings_of(room).output)
    files = Files({path: "" for path in standing.files}, standing.read)
    assert check(files).leaks == ()
    monkeypatch.setattr(f"pressroom.checks.{part}._SECONDS", 10.0)
    assert pickle.loads(pickle.dumps(check))(files) is None
    assert LeakCheck(settings_of(room), START, engine_digest())(files).leaks == ()


def test_that_it_is_too_much_is_found_out_once(room: Path, staged: tuple[LeakCheck, Files], monkeypatch: pytest.MonkeyPatch) -> None:
    check = pickle.loads(pickle.dumps(staged[0]))
    monkeypatch.setattr("pressroom.checks.gathering._SECONDS", 10.0)
    assert check(None) is None
    monkeypatch.setattr("pressroom.leak_check.look_below", None)
    files = staged[1]
    assert check(Staged(tuple(files.digests.items()), files.read, nothing_before)) is None and check(files) is None


def test_a_build_whose_companion_gives_up_searches_here(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressroom.leak_check._ALONE", 0.0)
    monkeypatch.setattr(companion, "_outcome", lambda future, tool, job: future.result().outcome())
    put(room, RIVER, FILES[RIVER].replace("---\ntitle", "---\nstatus: draft\ntitle", 1))
    assert build(settings_of(room), START).removed
    monkeypatch.undo()
    leak(HELD_WORDS, monkeypatch)
    with pytest.raises(Fault):
        build(settings_of(room), START)


def once_judged(monkeypatch: pytest.MonkeyPatch, then: Callable[[], object]) -> None:
    """Has something happen when the companion has judged the sources and they are read, and before the pages are made."""
    begin, compose = spine.begin_leak_check, spine._compose

    def begun(settings: Settings, engine: str, now: datetime, pool: Pool, companion: Companion) -> LeakCheck:
        leak_check = begin(settings, engine, now, pool, companion)
        companion.begin(leak_check, None)()
        return leak_check

    def composed(*given: Any) -> Site:
        then()
        return compose(*given)

    monkeypatch.setattr(spine, "begin_leak_check", begun)
    monkeypatch.setattr(spine, "_compose", composed)


def test_what_becomes_held_while_pages_are_made_does_not_go_out(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, path = tree_of(room / "output"), "releases/2026/zanzibar/index.en.md"
    text = "---\ntitle: Zanzibar plan of fifteen\ndate: 2026-03-20\n---\nWords that nobody else has ever said of zanzibar before today.\n"
    put(room, path, text)
    once_judged(monkeypatch, lambda: put(room, path, text.replace("---\ntitle", "---\nstatus: draft\ntitle")))
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert found.value.exit_code == EXIT_LEAK and tree_of(room / "output") == before


def hold_the_river(room: Path) -> None:
    put(room, RIVER, FILES[RIVER].replace("---\ntitle", "---\nstatus: draft\ntitle", 1))


@pytest.mark.parametrize("is_settled", [True, False])
def test_sources_that_stand_are_not_judged_again_and_others_are(room: Path, monkeypatch: pytest.MonkeyPatch, is_settled: bool) -> None:
    monkeypatch.setattr(clock, "settled", lambda: clock.wall_nanoseconds() + 1_000_000_000 if is_settled else 0)
    check, standing = LeakCheck(settings_of(room), START, engine_digest()), read_standing(settings_of(room).output)
    files = Files(standing.files, standing.read)
    check(None)
    with monkeypatch.context() as patch:
        patch.setattr("pressroom.leak_check.judge_seen", None)
        assert check.search(files).leaks == ()
        hold_the_river(room)
        with pytest.raises(TypeError):
            check.search(files)
    assert {leak.folder for leak in check.search(files).leaks} == {"releases/2026/river-rises"}


class Busy(Companion):
    """A companion that is near, and works when it is asked what came of it."""

    is_near = True

    def __init__(self, check: LeakCheck) -> None:
        super().__init__()
        self.check = pickle.loads(pickle.dumps(check))

    def begin(self, tool: Callable[[Any], Any], job: Any) -> Callable[[], Any]:
        return lambda: self.check(job) if isinstance(tool, LeakCheck) else tool(job)


@pytest.mark.parametrize("alone", [False, True])
def test_what_a_companion_finds_holds_while_the_sources_are_as_it_judged_them(room: Path, monkeypatch: pytest.MonkeyPatch, alone: bool) -> None:
    check, standing = LeakCheck(settings_of(room), START, engine_digest()), read_standing(settings_of(room).output)
    files, companion = Files(standing.files, standing.read), Busy(check)
    companion.check(None)
    with monkeypatch.context() as patch:
        patch.setattr("pressroom.leak_check.judge_seen", None)
        assert check.begin(files, companion, alone)().leaks == ()
    hold_the_river(room)
    assert companion.check(files).leaks == ()
    assert {leak.folder for leak in check.begin(files, companion, alone)().leaks} == {"releases/2026/river-rises"}


def nothing_before(path: str) -> bytes:
    return b""


@pytest.fixture
def staged(room: Path) -> tuple[LeakCheck, Files]:
    """A leak check and the files of a tree, each of them new, among them one with held words."""
    (room / "output/more").mkdir()
    (room / "output/more/index.html").write_text(f"<!doctype html><p>{HELD_WORDS}</p>")
    standing = read_standing(settings_of(room).output)
    Path(settings_of(room).state, "leaks.json").unlink()
    return LeakCheck(settings_of(room), START, engine_digest()), Files(standing.files, standing.read)


def test_what_was_searched_early_is_not_searched_again(staged: tuple[LeakCheck, Files], monkeypatch: pytest.MonkeyPatch) -> None:
    check, files = staged
    clean = {path: digest for path, digest in files.digests.items() if path != "more/index.html"}
    assert check(Staged(tuple(clean.items()), files.read, nothing_before)) is None
    with monkeypatch.context() as patch:
        patch.setattr("pressroom.checks.leaks.Searcher", None)
        found = check(Files(clean, files.read))
        assert found and found.leaks == ()
        # It is remembered as what is searched at once.
        check.keep(found)
        assert LeakCheck(check._settings, START, engine_digest()).search(Files(clean, files.read)).leaks == ()


def test_what_leaks_is_found_however_early_it_was_searched(staged: tuple[LeakCheck, Files]) -> None:
    check, files = staged
    check(Staged(tuple(files.digests.items()), files.read, nothing_before))
    found = check(files)
    assert found and {leak.path for leak in found.leaks} == {"more/index.html"}


def test_a_name_that_leaks_is_found_however_early_it_was_searched(staged: tuple[LeakCheck, Files]) -> None:
    check, _ = staged
    page, data = "en/releases/2026/secret-merger/index.html", b"<!doctype html><p>Nothing</p>"
    files = Files({page: hashlib.sha256(data).hexdigest()}, lambda path: data)
    check(Staged(tuple(files.digests.items()), files.read, nothing_before))
    found = check(files)
    assert found and {leak.path for leak in found.leaks} == {page}


def test_a_file_that_is_another_by_now_is_searched_again(staged: tuple[LeakCheck, Files]) -> None:
    check, files = staged
    before = b"<!doctype html><p>Nothing yet</p>"
    check(Staged((("more/index.html", hashlib.sha256(before).hexdigest()),), lambda path: before, nothing_before))
    found = check(files)
    assert found and {leak.path for leak in found.leaks} == {"more/index.html"}


def test_what_was_searched_early_is_searched_again_for_what_becomes_held(room: Path, staged: tuple[LeakCheck, Files]) -> None:
    check, files = staged
    clean = {path: digest for path, digest in files.digests.items() if path != "more/index.html"}
    check(Staged(tuple(clean.items()), files.read, nothing_before))
    hold_the_river(room)
    assert {leak.folder for leak in check.search(Files(clean, files.read)).leaks} == {"releases/2026/river-rises"}


@pytest.mark.parametrize("is_known", [True, False])
def test_an_early_search_looks_beside_what_is_known_to_be_clean_and_at_all_of_the_rest(room: Path, is_known: bool) -> None:
    """By the bytes that were there before, whatever they say, only where they are remembered as searched for all that is held."""
    put(room, RIVER, FILES[RIVER] + "\nMore of it.\n")
    standing = read_standing(settings_of(room).output)
    page = "en/releases/2026/river-rises/index.html"
    now = standing.read(page).replace(b"<main", f"<p>{HELD_WORDS}</p>\n<main".encode())
    check = LeakCheck(settings_of(room), START, engine_digest())
    check(Staged(((page, hashlib.sha256(now).hexdigest()),), lambda path: now, standing.read if is_known else lambda path: now))
    assert not check._clean
    found = check(Files({**standing.files, page: hashlib.sha256(now).hexdigest()}, lambda path: now if path == page else standing.read(path)))
    assert found and {leak.path for leak in found.leaks} == {page}


def test_what_was_clean_before_something_else_became_held_is_searched_whole(room: Path) -> None:
    put(room, RIVER, FILES[RIVER] + "\nMore of it.\n")
    assert build(settings_of(room), START).written
    # Neither in its name nor near its end.
    standing, page = read_standing(settings_of(room).output), "en/releases/index.html"
    hold_the_river(room)
    check = LeakCheck(settings_of(room), START, engine_digest())
    check(Staged(((page, standing.files[page]),), standing.read, standing.read))
    assert not check._clean


def test_a_build_has_nearly_all_searched_early(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    begin = Companion.begin

    def spied(self: Companion, tool: Callable[[Any], Any], job: Any) -> Callable[[], Any]:
        given.extend(path for path, _ in job.files) if isinstance(job, Staged) else None
        return begin(self, tool, job)

    monkeypatch.setattr(Companion, "begin", spied)
    put(room, "pages/about/index.en.md", "---\ntitle: Another name for it\n---\nIt is in every footer.\n")
    receipt = build(settings_of(room), START)
    assert len(given) == len(set(given)) >= 8 and receipt.why.keys() > set(given)
    assert len(receipt.why.keys() - set(given) - {ADDRESS}) < 8


def test_a_held_text_that_was_half_saved_when_it_was_judged_is_looked_for_whole(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, secret = tree_of(room / "output"), room / "content" / SECRET
    whole = secret.read_text()
    secret.write_text(whole.split("\n---\n")[0] + "\n---\n")
    once_judged(monkeypatch, lambda: secret.write_text(whole))
    leak(HELD_WORDS, monkeypatch)
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert {problem.code for problem in found.value.problems} == {"GT004"} and tree_of(room / "output") == before


def test_a_record_that_a_failed_build_has_left_is_not_kept(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(room)
    state = Path(settings.state)
    # The stamp of a younger source is not remembered, and the record is another once it is.
    newest = max(path.stat().st_ctime_ns for path in (room / "content").rglob("*"))
    wait_for(lambda: newest < clock.settled())
    for _ in range(3):
        (state / "basis.msgpack").unlink(missing_ok=True)
        build(settings, START)
    put(room, "releases/2026/zanzibar/index.en.md", "---\ntitle: Zanzibar\ndate: 2026-03-20\n---\nToday.\n")

    def fails(*given: object) -> None:
        wait_for((state / "leaks.json.ready").exists)
        raise Fault(Problem("LK001", "a link leads to nothing"))

    with monkeypatch.context() as patch:
        patch.setattr("pressroom.inspection.check_links", fails)
        with pytest.raises(Fault, match="leads to nothing"):
            build(settings, START)
    shutil.rmtree(room / "content/releases/2026/zanzibar")
    standing = (state / "leaks.json").stat()
    (state / "basis.msgpack").unlink(missing_ok=True)
    build(settings, START)
    assert (state / "leaks.json").stat() == standing, "there was nothing new to be kept"
    assert not [path.name for path in state.iterdir() if path.is_file() and b"zanzibar" in path.read_bytes()]


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A press room that has not been built yet, and a pool for whatever there is to do."""
    make_site(tmp_path / "site", FILES | {SECRET: FILES[SECRET].replace("Unspeakable words.", HELD_WORDS)})
    shutil.copytree(REPOSITORY / "theme", tmp_path / "site/theme")
    monkeypatch.setattr("pressroom.workers.processors", lambda: 2)
    for name in ("_STARTING", "_SENDING"):
        monkeypatch.setattr(pool, name, 0)
    return tmp_path / "site"


def remembered(settings: Settings) -> tuple[object, ...]:
    """What the last build has searched, for how much, and what each source excused: what was looked for it knows by numbers that it has chosen."""
    record = leak_record.loads(Path(settings.state, "leaks.json").read_bytes(), digests.of((engine_digest(), settings.zone)))
    return record.searched, len(record.searched_for), len(record.asked), {name: len(found) for name, found in record.excused.items() if " " in name}


def test_what_a_build_keeps_is_locked_with_what_is_held_and_opened_by_the_next(room: Path) -> None:
    settings = settings_of(room)

    def salt() -> bytes:
        locked = leak_record.loads(Path(settings.state, "leaks.json").read_bytes(), digests.of((engine_digest(), settings.zone)))
        assert not locked.salt and locked.locks
        return leak_record.opened(locked, keys_of(judge_sources(settings.roots, START, settings.zone).held)).salt

    build(settings, START)
    before = salt()
    put(room, "releases/2026/zanzibar/index.en.md", "---\ntitle: Zanzibar\ndate: 2026-03-20\n---\nToday.\n")
    build(settings, START)
    assert salt() == before
    put(room, SECRET, f"{FILES[SECRET]}Not the same any more.\n")
    build(settings, START)
    assert salt() != before


def test_the_sources_of_a_first_build_are_judged_beside_it(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(first)
    with monkeypatch.context() as patch:
        patch.setattr("pressroom.leak_check.judge_seen", None)
        build(settings, START)
    beside = remembered(settings)
    for folder in (settings.output, settings.state):
        shutil.rmtree(folder)
    build(replace(settings, workers=1), START)
    assert beside == remembered(settings) and all(beside)


def test_what_becomes_held_after_it_was_judged_beside_a_first_build_does_not_go_out(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, begin = "releases/2026/zanzibar/index.en.md", LeakCheck.begin_judging
    text = "---\ntitle: Zanzibar plan of fifteen\ndate: 2026-03-20\n---\nWords that nobody else has ever said of zanzibar before today.\n"
    put(first, path, text)

    def begun(check: LeakCheck) -> None:
        begin(check)
        assert check._ahead
        found = check._ahead()
        check._ahead = lambda: found
        put(first, path, text.replace("---\ntitle", "---\nstatus: draft\ntitle"))

    monkeypatch.setattr(LeakCheck, "begin_judging", begun)
    with pytest.raises(Fault) as found:
        build(settings_of(first), START)
    assert found.value.exit_code == EXIT_LEAK and not (first / "output").exists()


BROKEN = Fault(Problem("FT030", "a process that works for this build has ended"))


@pytest.mark.parametrize(("error", "at_once"), [(BROKEN, True), (BROKEN, False), (RuntimeError("a job failed"), False)])
def test_sources_that_nobody_else_can_judge_are_judged_here(first: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, at_once: bool) -> None:
    def refuses() -> None:
        raise error

    monkeypatch.setattr(Pool, "begin", lambda self, tool, job: refuses() if at_once else refuses)
    build(settings_of(first), START)
    assert all(remembered(settings_of(first)))


def test_of_many_workers_none_judges_alone(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pool, "begin", lambda self, tool, job: pytest.fail("they have it done together"))
    assert build(replace(settings_of(first), workers=5), START).written


def test_files_go_to_another_process_as_they_are() -> None:
    files = Files({"a": "1", "b": ""}, len, str, frozenset({"x"}))  # type: ignore[arg-type]
    assert pickle.loads(pickle.dumps(files)) == files


def test_with_one_worker_there_is_no_companion(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "local_processes", None)
    put(room, RIVER, FILES[RIVER] + "\nMore of it.\n")
    assert build(replace(settings_of(room), workers=1), START).written

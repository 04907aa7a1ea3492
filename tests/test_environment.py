"""What the machine and the theme do to a build: it ends with a clear fault or well, and the old tree is whole either way."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pressroom.build import build
from pressroom.ground.problems import Fault, Problem
from pressroom.ground.progress import Watched
from pressroom.model.settings import Settings
from tests.sites import FILES, REPOSITORY, make_site, put, tree_of
from tests.sites import build as build_apart
from tests.test_sameness import START, settings_of


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built press room with a theme of its own."""
    root = make_site(tmp_path / "site", dict(FILES))
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    build(settings_of(root), START)
    return root


def faults(settings: Settings) -> list[Problem]:
    with pytest.raises(Fault) as caught:
        build(settings, START)
    return [problem for problem in caught.value.problems if problem.severity == "error"]


def anew(root: Path) -> dict[str, str]:
    """What a build without any past makes of the same sources."""
    folder = root.parent / f"anew-{time.monotonic_ns()}"
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("output", ".output*", ".pressroom"))
    build(settings_of(folder), START)
    return tree_of(folder / "output")


TEMPLATE_FAULTS = [
    ("raises", "release.html", lambda text: text.replace("{% block text %}", "{% block text %}\n{{ 1 // 0 }}", 1), "{{ 1 // 0 }}"),
    ("unknown name", "listing.html", lambda text: text.replace("{% block text %}", "{% block text %}\n{{ listing.nothing }}", 1), "{{ listing.nothing }}"),
    ("syntax", "components/row.html", lambda text: text + "\n{% endfoo %}", "{% endfoo %}"),
    ("unknown filter", "partials/footer.html", lambda text: text + "\n{{ page|nothing }}", "{{ page|nothing }}"),
]


@pytest.mark.parametrize(("name", "file", "change", "at"), TEMPLATE_FAULTS, ids=[case[0] for case in TEMPLATE_FAULTS])
def test_a_template_that_fails_names_its_line_and_changes_nothing(site: Path, name: str, file: str, change: Callable[[str], str], at: str) -> None:
    before, path = tree_of(site / "output"), site / "theme" / "templates" / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    (problem,) = faults(settings_of(site))
    line = path.read_text(encoding="utf-8").split("\n").index(at) + 1
    assert (problem.code, problem.path, problem.line) == ("FT002", f"theme/templates/{file}", line)
    assert tree_of(site / "output") == before


def test_a_template_that_fails_in_a_run_of_pelican_ends_with_one_and_no_traceback(site: Path) -> None:
    before, path = tree_of(site / "output"), site / "theme" / "templates" / "release.html"
    path.write_text(path.read_text(encoding="utf-8").replace("{% block text %}", "{% block text %}{{ nothing }}", 1), encoding="utf-8")
    configuration = site / "pelicanconf.py"
    configuration.write_text(configuration.read_text().replace(str(REPOSITORY / "theme"), str(site / "theme")))
    done = build_apart(site)
    assert done.returncode == 1 and "theme/templates/release.html:" in done.stderr and "FT002" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout and "{{ nothing }}" in done.stderr
    assert tree_of(site / "output") == before


@pytest.mark.parametrize("file", ["transcript.html", "layouts/page.html", "components/foreign.html"])
def test_a_template_that_is_not_there_is_named(site: Path, file: str) -> None:
    before = tree_of(site / "output")
    (site / "theme" / "templates" / file).unlink()
    (problem,) = faults(settings_of(site))
    assert (problem.code, problem.path) == ("FT002", f"theme/templates/{file}")
    assert tree_of(site / "output") == before


def test_words_that_are_not_there_are_named(site: Path) -> None:
    before = tree_of(site / "output")
    (site / "theme" / "words" / "ar.po").unlink()
    assert ("FT003", "theme/words/ar.po") in {(problem.code, problem.path) for problem in faults(settings_of(site))}
    assert tree_of(site / "output") == before


def test_a_theme_that_is_not_there_is_a_fault(site: Path) -> None:
    before = tree_of(site / "output")
    shutil.rmtree(site / "theme")
    assert {problem.code for problem in faults(settings_of(site))} <= {"FT002", "FT003", "FT027"}
    assert tree_of(site / "output") == before


def test_an_output_that_is_a_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", dict(FILES))
    (root / "theme").symlink_to(REPOSITORY / "theme")
    (root / "output").write_text("a file of somebody's")
    (problem,) = faults(settings_of(root))
    assert problem.code == "FT004" and problem.hint
    assert (root / "output").read_text() == "a file of somebody's"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_below_a_folder_that_may_not_be_written_to_is_a_fault(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", dict(FILES))
    (root / "theme").symlink_to(REPOSITORY / "theme")
    (root / ".pressroom").mkdir()
    root.chmod(0o555)
    try:
        (problem,) = faults(settings_of(root))
    finally:
        root.chmod(0o755)
    assert problem.code == "FT004"


SLOW = """\
import sys, time
from pathlib import Path
from pressroom.build import build
from pressroom.ground.progress import Watched
from tests.test_sameness import START, settings_of
def slow(path):
    Path(sys.argv[1], "staged").touch()
    time.sleep(float(sys.argv[2]))
build(settings_of(Path(sys.argv[1])), START, Watched(slow))
"""


def start(root: Path, pause: float = 0.0) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen([sys.executable, "-c", SLOW, str(root), str(pause)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for(path: Path) -> None:
    for _ in range(2000):
        if path.exists():
            return
        time.sleep(0.01)
    raise AssertionError(f"{path} never came")


def edit(root: Path, number: int) -> None:
    for name in ("releases/2026/river-rises/index.en.md", "transcripts/2025/forum/index.en.md", "pages/about/index.en.md"):
        put(root, name, FILES[name].rstrip() + f"\n\nEdit {number}.\n")
    put(root, f"releases/2026/new-{number}/index.en.md", f"---\ntitle: New {number}\ndate: 2026-05-01\n---\nNew.\n")


def test_of_two_builds_at_once_one_says_so_and_touches_nothing(site: Path) -> None:
    edit(site, 1)
    first = start(site, 30)
    try:
        wait_for(site / "staged")
        before = tree_of(site / "output")
        (problem,) = faults(settings_of(site))
        assert problem.code == "FT005" and problem.hint and str(first.pid) in problem.message
        assert tree_of(site / "output") == before
    finally:
        first.kill()
        first.communicate()
    build(settings_of(site), START)
    assert tree_of(site / "output") == anew(site)


def test_a_build_that_is_killed_at_any_moment_leaves_the_old_tree_or_the_new_and_the_next_is_right(site: Path, request: pytest.FixtureRequest) -> None:
    rounds, chance = 50 if request.config.getoption("--slow") else 5, random.Random(9)
    for number in range(rounds):
        before = tree_of(site / "output")
        edit(site, number)
        wanted = anew(site)
        (site / "staged").unlink(missing_ok=True)
        process = start(site)
        if chance.random() < 0.8:
            wait_for(site / "staged")
        time.sleep(chance.random() * 0.4)
        process.kill()
        process.communicate()
        assert tree_of(site / "output") in (before, wanted), number
        build(settings_of(site), START)
        assert tree_of(site / "output") == wanted, number
    assert not [path.name for path in site.iterdir() if path.name in (".output.stage", ".output.aside")]


def test_a_swap_that_is_killed_is_never_seen_half_done(site: Path) -> None:
    """The output is looked at all the while: it is the old tree or the new, and never not there."""
    edit(site, 1)
    wanted, before = anew(site), tree_of(site / "output")
    seen: list[bool] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.append((site / "output" / "index.html").exists())

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        build(settings_of(site), START)
    finally:
        done.set()
        watcher.join()
    assert all(seen) and len(seen) > 10
    assert tree_of(site / "output") == wanted != before


@pytest.mark.parametrize("gone", ["content/releases/2026/river-rises/data.csv", "content/releases", "content", "theme/static/press.css", "theme/templates"])
def test_sources_that_go_away_while_it_is_built_are_a_fault_or_do_no_harm(site: Path, gone: str) -> None:
    before = tree_of(site / "output")
    edit(site, 1)
    put(site, "releases/2026/river-rises/data.csv", "changed\n")
    with (site / "theme" / "static" / "press.css").open("a") as style:
        style.write("\n")
    wanted = anew(site)

    def remove(path: str) -> None:
        place = site / gone
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)

    try:
        build(settings_of(site), START, Watched(remove))
    except Fault as fault:
        assert {problem.code for problem in fault.problems} <= {"FT002", "FT012"}
        assert tree_of(site / "output") == before
    else:
        assert tree_of(site / "output") == wanted


def test_sources_that_change_all_the_while_end_in_a_fault_or_in_a_whole_tree(site: Path) -> None:
    """Folders come and go while builds run: no build ends in anything but a fault."""
    done, folder = threading.Event(), site / "content" / "releases" / "2025" / "harbour-opens"

    def disturb() -> None:
        while not done.is_set():
            shutil.rmtree(folder, ignore_errors=True)
            time.sleep(0.002)
            put(site, "releases/2025/harbour-opens/index.en.md", FILES["releases/2025/harbour-opens/index.en.md"])
            time.sleep(0.002)

    disturber = threading.Thread(target=disturb)
    disturber.start()
    codes: set[str] = set()
    try:
        for _ in range(8):
            try:
                build(settings_of(site), START)
            except Fault as fault:
                codes |= {problem.code for problem in fault.problems if problem.severity == "error"}
    finally:
        done.set()
        disturber.join()
    # A folder is seen without its edition, a file without its text or not at all.
    assert codes <= {"FT012", "TX004", "TX009", "FM002", "FM003", "LK001"}, codes
    build(settings_of(site), START)
    assert tree_of(site / "output") == anew(site)


def test_the_records_of_former_builds_may_be_deleted_at_any_time(site: Path) -> None:
    shutil.rmtree(site / ".pressroom")
    edit(site, 1)
    build(settings_of(site), START)
    assert tree_of(site / "output") == anew(site)


def damaged(path: Path, how: str) -> None:
    data = path.read_bytes()
    chance = random.Random(3)
    if how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "noise":
        path.write_bytes(bytes(chance.randrange(256) for _ in range(len(data))))
    elif how == "flipped":
        marred = bytearray(data)
        for _ in range(max(4, len(data) // 500)):
            marred[chance.randrange(len(marred) // 4, len(marred))] ^= 0xFF
        path.write_bytes(bytes(marred))
    elif how == "a folder":
        path.unlink()
        path.mkdir()


@pytest.mark.parametrize("how", ["empty", "cut", "noise", "flipped", "a folder"])
@pytest.mark.parametrize("name", ["store.sqlite", "ledger.json"])
def test_damaged_records_are_made_anew_or_told_with_what_to_do(site: Path, name: str, how: str) -> None:
    before, path = tree_of(site / "output"), site / ".pressroom" / "public" / name
    damaged(path, how)
    edit(site, 1)
    try:
        build(settings_of(site), START)
    except Fault as fault:
        # A cut or empty record is what a crash leaves: that must heal by itself.
        assert how in ("flipped", "a folder") and {problem.code for problem in fault.problems} == {"FT004"}
        assert tree_of(site / "output") == before
        shutil.rmtree(site / ".pressroom")
        build(settings_of(site), START)
    assert tree_of(site / "output") == anew(site)
    build(settings_of(site), START)
    assert tree_of(site / "output") == anew(site)


def test_a_store_of_another_layout_is_made_anew(site: Path) -> None:
    path = site / ".pressroom" / "public" / "store.sqlite"
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE entries (name TEXT)")
        other.execute("PRAGMA user_version = 9999")
    other.close()
    edit(site, 1)
    build(settings_of(site), START)
    assert tree_of(site / "output") == anew(site)


def test_leftovers_of_a_crash_beside_the_output_are_cleared_away(site: Path) -> None:
    (site / ".output.stage" / "en").mkdir(parents=True)
    (site / ".output.stage" / "en" / "half.html").write_text("half")
    standby = site / ".output.standby"
    shutil.rmtree(standby, ignore_errors=True)
    standby.write_text("no folder")
    edit(site, 1)
    build(settings_of(site), START)
    assert tree_of(site / "output") == anew(site)
    assert not (site / ".output.stage").exists()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_nothing_is_at_stake_leaves_the_tree(site: Path, sent: signal.Signals) -> None:
    before = tree_of(site / "output")
    edit(site, 1)
    process = start(site, 30)
    wait_for(site / "staged")
    process.send_signal(sent)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert tree_of(site / "output") == before

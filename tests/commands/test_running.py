"""The other commands as they are typed: build, preview, check, clean, test; what they say, and how they end."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.rooms import HELD, SMALL, environment, inv, make_room
from tests.sites import REPOSITORY, pelican, put, tree_of

SECRETS = ("secret", "merger", "Hushhush", "Unspeakable", "half-written", "Unfinished")
BROKEN_HELD = HELD.replace("title:", "titel:")
BROKEN_DRAFT = SMALL["releases/2020/half-written/index.en.md"].replace("title:", "titel:")
RAISING = """\
from pelican import signals
def boom(*arguments, **named):
    raise RuntimeError("words under embargo")
def register():
    signals.{signal}.connect(boom)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_room(tmp_path_factory.mktemp("running") / "room", SMALL)
    done = inv(root, "build")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def room(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "room", symlinks=True)
    return tmp_path / "room"


def names_nothing_held(done: subprocess.CompletedProcess[str]) -> bool:
    return not any(word in done.stdout + done.stderr for word in SECRETS) and "held." not in done.stdout


# build, preview


def test_a_build_ends_with_a_table_per_language_and_one_line(room: Path) -> None:
    done = inv(room, "build", cwd=room / "content")
    assert done.returncode == 0 and done.stderr == ""
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines[:-1]] == [
        ["language", "releases", "transcripts", "pages"], ["en", "1", "0", "0"], ["zh-Hans", "0", "0", "0"], ["ar", "0", "0", "0"]
    ]  # fmt: skip
    assert re.fullmatch(r"\d+ files for the public: 0 written, 0 removed, 2 held\.", lines[-1])


def test_a_preview_holds_everything_and_leaves_the_output_alone(room: Path) -> None:
    before = tree_of(room / "output")
    done = inv(room, "preview")
    assert (
        done.returncode == 0
        and re.search(r"\d+ files for the preview: ", done.stdout)
        and ["en", "3", "0", "0"] in [line.split() for line in done.stdout.splitlines()]
    )
    assert b"noindex" in (room / "preview/en/releases/2020/secret-merger/index.html").read_bytes()
    assert tree_of(room / "output") == before


def test_a_public_log_counts_nothing_of_a_preview(room: Path) -> None:
    done = inv(room, "preview", CI="true")
    assert done.returncode == 0 and (room / "preview/en/releases/2020/secret-merger/index.html").is_file()
    assert not re.search(r"\d", done.stdout + done.stderr)


def test_a_scheduler_is_told_when_to_build_or_that_there_is_nothing_to_wait_for(room: Path) -> None:
    done = inv(room, "next-lift")
    assert (done.returncode, done.stdout) == (0, "2999-01-01T09:00:00Z\n")
    done = inv(room, "next-lift", "--now", "3000-01-01T00:00:00Z")
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "")
    done = inv(room, "next-lift", "--to", "next", CI="true")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "") and (room / "next").read_text() == "2999-01-01T09:00:00Z\n"
    done = inv(room, "next-lift", CI="true")
    assert done.returncode == 2 and "2999" not in done.stdout + done.stderr


def test_a_lift_is_typed_with_the_document_s_name_and_lets_it_out(room: Path) -> None:
    done = inv(room, "lift", "secret-merger", "--reason", "it was broken")
    assert done.returncode == 0, done.stderr
    assert inv(room, "build").returncode == 0 and (room / "output/en/releases/2020/secret-merger/index.html").is_file()
    assert "secret-merger" not in inv(room, "status").stdout


@pytest.mark.parametrize("now", ["yesterday", "2026-03-29", "2026-03-29T10:00", "2026-13-29T10:00Z", "99999"])
@pytest.mark.parametrize("task", ["build", "check"])
def test_a_wrong_instant_says_how_to_write_one(room: Path, task: str, now: str) -> None:
    done = inv(room, task, "--now", now)
    assert done.returncode == 2
    assert done.stderr == f"error GT003: --now is not an instant: {now}\n    hint: write it as 2026-03-29T10:00:00+02:00\n"


def test_the_instant_that_is_given_decides_what_is_out(room: Path) -> None:
    assert inv(room, "build", "--now", "2020-05-03T00:00:00Z").returncode == 0
    assert not (room / "output/en/releases/2020/harbour-opens").exists()


def test_without_the_configuration_the_sentence_says_so(room: Path) -> None:
    (room / "pelicanconf.py").unlink()
    for task in ("build", "check", "serve", "clean"):
        done = inv(room, task)
        assert (done.returncode, done.stderr) == (
            1,
            "error FT008: there is no pelicanconf.py\n    hint: run the command in the press room's folder\n",
        ), task


@pytest.mark.parametrize("line", ["1 / 0", "import not_there_at_all", "raise SystemExit(0)", "def x(:"])
def test_a_configuration_that_cannot_be_read_is_a_fault(room: Path, line: str) -> None:
    with (room / "pelicanconf.py").open("a") as file:
        file.write(f"{line}\n")
    before = tree_of(room / "output")
    done = inv(room, "build")
    assert (
        done.returncode == 1
        and "pelicanconf.py: error FT008: the settings cannot be read" in done.stderr
        and "Traceback" not in done.stderr
    )
    assert tree_of(room / "output") == before


# check


def test_a_clean_site_is_said_to_be_so(room: Path) -> None:
    before = tree_of(room / "output")
    done = inv(room, "check")
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (0, "Nothing is wrong.", "")
    put(room, "releases/2020/harbour-opens/index.en.md", SMALL["releases/2020/harbour-opens/index.en.md"] + "\nMore.\n")
    assert inv(room, "check").returncode == 0
    assert tree_of(room / "output") == before and not (room / "preview").exists()


def test_the_repositorys_own_content_has_no_fault(tmp_path: Path) -> None:
    root = tmp_path / "own"
    root.mkdir()
    shutil.copytree(REPOSITORY / "content", root / "content")
    for name in ("pelicanconf.py", "tasks.py"):
        shutil.copy(REPOSITORY / name, root)
    for name in ("theme", "pressroom"):
        (root / name).symlink_to(REPOSITORY / name)
    # What it says is shown where the test fails: a log that anybody may read is told nothing of what is held.
    done = inv(root, "check", CI=os.environ.get("CI", ""))
    assert done.returncode == 0, done.stderr
    assert [path.name for path in root.iterdir() if "put" in path.name or "view" in path.name] == []


def test_a_fault_in_a_held_document_fails_the_check(room: Path) -> None:
    put(room, "releases/2020/secret-merger/index.en.md", BROKEN_HELD)
    done = inv(room, "check")
    assert done.returncode == 1 and 'content/releases/2020/secret-merger/index.en.md:2:1: error FM006: unknown field "titel"' in done.stderr


def test_a_fault_in_a_held_body_fails_the_check_and_not_the_build(room: Path) -> None:
    put(room, "releases/2020/secret-merger/index.en.md", HELD + "\nSee [that](../not-there/).\n")
    assert inv(room, "build").returncode == 0
    done = inv(room, "check")
    assert done.returncode == 1 and "LK001" in done.stderr


def test_a_fault_in_a_draft_is_a_warning(room: Path) -> None:
    put(room, "releases/2020/half-written/index.en.md", BROKEN_DRAFT)
    done = inv(room, "check")
    assert done.returncode == 0 and "half-written/index.en.md:2:1: warning FM006" in done.stdout
    assert re.search(r"^No errors; \d+ warnings?\.$", done.stdout, re.MULTILINE)


# In a public log


def test_a_public_log_counts_nothing_that_is_held(room: Path) -> None:
    done = inv(room, "build", CI="true")
    assert done.returncode == 0 and names_nothing_held(done)
    assert done.stdout.splitlines()[-1].endswith("0 written, 0 removed.")


@pytest.mark.parametrize("task", ["build", "check", "preview"])
@pytest.mark.parametrize(
    "broken", [BROKEN_HELD, "not even front matter\n", HELD.replace("2999", "soon")], ids=["field", "nothing", "embargo"]
)
def test_faults_of_held_documents_are_one_line_in_a_public_log(room: Path, task: str, broken: str) -> None:
    put(room, "releases/2020/secret-merger/index.en.md", broken)
    done = inv(room, task, CI="true")
    assert done.returncode == 1
    said = "".join(line for line in done.stderr.splitlines(keepends=True) if "CO014" not in line)
    assert said == "error GT002: documents that are held have faults\n    hint: run `inv check` where the sources are: it shows them\n"
    assert inv(room, task, CI="false").stderr.count("secret-merger") >= 1


def test_faults_are_annotations_on_github(room: Path) -> None:
    put(room, "releases/2020/harbour-opens/index.en.md", "---\ntitel: Wrong\ndate: 2020-05-06\n---\nIt.\n")
    put(room, "releases/2020/secret-merger/index.en.md", BROKEN_HELD)
    done = inv(room, "build", CI="true", GITHUB_ACTIONS="true")
    assert done.returncode == 1 and names_nothing_held(done)
    lines = done.stderr.splitlines()
    assert all(line.startswith("::error ") for line in lines)
    assert any(
        line.startswith("::error file=content/releases/2020/harbour-opens/index.en.md,line=2,col=1,title=FM006::unknown field")
        for line in lines
    )
    assert "::error title=GT002::documents that are held have faults" in done.stderr
    assert pelican(room, CI="true", GITHUB_ACTIONS="true").stderr.count("::error ") == len(lines)


def test_a_build_that_is_stopped_within_pelican_s_run_says_so(room: Path) -> None:
    (room / "stopping.py").write_text(
        "import os, signal\nfrom pelican import signals\ndef stop(*given):\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "def register():\n    signals.all_generators_finalized.connect(stop)\n"
    )
    with (room / "pelicanconf.py").open("a") as file:
        file.write("sys.path.insert(0, '.')\nPLUGINS = ['pressroom.plugin', 'stopping']\n")
    before = tree_of(room / "output")
    done = inv(room, "build")
    assert (done.returncode, done.stderr) == (130, "stopped\n") and tree_of(room / "output") == before


# bugs, ours and other plugins'


@pytest.mark.parametrize("signal", ["content_written", "all_generators_finalized"])
@pytest.mark.parametrize("by", ["inv", "pelican"])
def test_an_exception_is_one_sentence_and_a_report_for_its_owner_only(room: Path, by: str, signal: str) -> None:
    (room / "raising.py").write_text(RAISING.format(signal=signal))
    with (room / "pelicanconf.py").open("a") as file:
        file.write("sys.path.insert(0, '.')\nPLUGINS = ['pressroom.plugin', 'raising']\n")
    put(room, "pages/about/index.en.md", "---\ntitle: About\n---\nNew.\n")
    before = tree_of(room / "output")
    done = inv(room, "build") if by == "inv" else pelican(room)
    assert tree_of(room / "output") == before
    assert done.returncode == 1 and "A plugin, or Pelican, failed" in done.stderr
    assert "Traceback" not in done.stderr and "embargo" not in done.stderr
    report = room / re.search(r"\.pressroom/reports/\S+\.txt", done.stderr)[0]
    assert "words under embargo" in report.read_text() and stat.S_IMODE(report.stat().st_mode) == 0o600


# clean


def test_clean_leaves_the_sources_and_nothing_else(room: Path) -> None:
    inv(room, "preview")
    put(room, "pages/about/index.en.md", "---\ntitle: About\n---\nNew.\n")
    inv(room, "build")
    assert any(path.name.startswith(".output.") for path in room.iterdir())
    (room / ".output.notes").write_text("somebody's own")
    done = inv(room, "clean")
    assert (done.returncode, done.stdout) == (0, "Removed: output, preview, .pressroom.\n")
    assert {path.name for path in room.iterdir()} - {"__pycache__"} == {"content", "pelicanconf.py", "tasks.py", ".output.notes"}
    assert inv(room, "clean").returncode == 0
    assert inv(room, "build").returncode == 0


def test_clean_empties_where_a_linked_output_leads_and_keeps_the_link(room: Path, tmp_path: Path) -> None:
    shutil.rmtree(room / "output")
    (tmp_path / "srv").mkdir()
    (room / "output").symlink_to(tmp_path / "srv" / "site")
    assert inv(room, "build").returncode == 0 and (tmp_path / "srv/site/index.html").is_file()
    assert inv(room, "clean").returncode == 0
    assert (room / "output").is_symlink() and list((tmp_path / "srv").iterdir()) == []


@pytest.mark.parametrize(("folder", "setting"), [("docs", 'OUTPUT_PATH = "docs"\n'), ("preview", "")])
def test_clean_removes_nothing_where_a_folder_holds_what_no_build_has_made(room: Path, folder: str, setting: str) -> None:
    with (room / "pelicanconf.py").open("a") as file:
        file.write(setting)
    (room / folder).mkdir()
    (room / folder / "notes.txt").write_text("somebody's own")
    before = tree_of(room / folder), tree_of(room / "output")
    done = inv(room, "clean")
    assert done.returncode == 1 and f"{folder}: error FT004: the output folder holds files that no build of ours has made" in done.stderr
    assert (tree_of(room / folder), tree_of(room / "output")) == before and (room / ".pressroom/public/ledger.json").is_file()


@pytest.mark.parametrize("where", ["content", ".", "content/releases"])
def test_an_output_that_leads_into_the_sources_is_refused(room: Path, where: str) -> None:
    shutil.rmtree(room / "output")
    (room / "output").symlink_to(room / where)
    before = tree_of(room / "content")
    for task in ("build", "clean"):
        done = inv(room, task)
        assert done.returncode == 1 and "FT008" in done.stderr
    assert tree_of(room / "content") == before


def test_clean_waits_for_no_build_and_takes_nothing_from_under_it(room: Path) -> None:
    import fcntl

    with (room / ".pressroom/public/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = inv(room, "clean")
    assert done.returncode == 1 and "FT005" in done.stderr and (room / "output/index.html").is_file()


# The program with the tasks of the repository


def test_every_task_is_listed_with_its_sentence_and_has_help(room: Path) -> None:
    listed = inv(room).stdout
    tasks = re.findall(r"^  ([a-z-]+) {2,}\S", listed, re.MULTILINE)
    assert {"build", "check", "clean", "import", "preview", "publish", "serve", "test"} <= set(tasks)
    done = inv(room, "import", "--help")
    assert done.returncode == 0 and done.stdout.startswith("Usage: inv import [SOURCE] [--options]")


def test_a_wrong_task_is_wrong_use_and_nothing_runs(room: Path) -> None:
    shutil.rmtree(room / "output")
    done = inv(room, "build", "chekc")
    assert (done.returncode, done.stderr) == (2, 'no task "chekc"; did you mean "check"?\n')
    assert not (room / "output").exists()


def test_tests_that_are_not_set_up_say_how_to_set_them_up(room: Path) -> None:
    code = "import sys, importlib.util; find = importlib.util.find_spec; importlib.util.find_spec = lambda name, *a: None if name == 'pytest' else find(name, *a)\n"
    code += "from pathlib import Path; from pressroom.commands.program import main; main(Path('.'), ['inv', 'test'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=room, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "What the tests need is not set up; run: make test\n")


def test_test_hands_over_to_pytest_with_what_was_asked(room: Path) -> None:
    (room / "test_small.py").write_text("def test_one(): pass\ndef test_two(): assert False\n")
    # No workers of a worker: how many there are is xdist's own affair, and once a run of theirs did not end.
    alone = {"PYTEST_XDIST_AUTO_NUM_WORKERS": "0"}
    done = inv(room, "test", "--only", "one", **alone)
    assert done.returncode == 0 and "1 passed, 1 deselected in" in done.stdout
    assert inv(room, "test", "--only", "two", **alone).returncode == 1


def test_a_run_in_another_locale_and_with_a_narrow_terminal_says_the_same(room: Path) -> None:
    said = inv(room, "build").stdout
    plain = {"LC_ALL": "C", "COLUMNS": "20", "TERM": "dumb", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert inv(room, "build", **plain).stdout == said
    put(room, "releases/2020/harbour-opens/index.en.md", "---\ntitle: 水\ndate: 水\n---\nIt.\n")
    done = inv(room, "build", **plain)
    assert done.returncode == 1 and "\\u6c34" in done.stderr

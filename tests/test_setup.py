"""The way from a fresh clone to a running command: bootstrap.py, the Makefile, the lock files, and the program behind `inv`."""

from __future__ import annotations

import ast
import json
import os
import re
import runpy
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pressroom.commands.program import main
from pressroom.ground import problems

ROOT = Path(__file__).resolve().parents[1]
BOOTSTRAP = runpy.run_path(str(ROOT / "bootstrap.py"))

TASKS = '''
from invoke import Exit, task
from pressroom.ground.problems import Fault, Problem


@task(positional=["title"])
def new(context, title=None, kind="release", draft=False, copies=1):
    """A new document.

    Asks for what is left out.
    """
    print(f"new {title!r} {kind} {draft} {copies}")


@task(positional=["files"], iterable=["files"])
def take(context, files=None, host="here"):
    print("take", files, host)


@task
def build(context, quiet=False):
    """Build the site."""
    print("build", quiet)


@task(aliases=["ck"])
def check(context):
    print("check")


@task
def next_lift(context):
    raise Exit("nothing to wait for", 3)


@task
def faulty(context):
    found = Problem("FM007", "date is missing", "content/a.md", 2, 1)
    raise Fault(found, Problem("FM006", "unknown field", "content/a.md", 1, 1), code=1)


@task
def leaky(context):
    raise Fault(code=4)


@task
def broken(context):
    raise ValueError("words under embargo")


@task
def interrupted(context):
    raise KeyboardInterrupt


@task
def terminated(context):
    import os, signal, time
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)
    finally:
        print("the lock is given back")


@task
def shell(context):
    context.run("exit 7", in_stream=False)
'''


@pytest.fixture
def inv(tmp_path, capsys, monkeypatch):
    """Run the program on the tasks above; gives exit code, output and errors."""
    monkeypatch.setenv("CI", "")
    monkeypatch.setenv("GITHUB_ACTIONS", "")
    (tmp_path / "tasks.py").write_text(TASKS, encoding="utf-8")
    # Invoke imports the tasks under their file's name, once in a process.
    monkeypatch.delitem(sys.modules, "tasks", raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("signal.signal", lambda *_: None)
            patch.delitem(sys.modules, "tasks", raising=False)
            try:
                main(tmp_path, ["inv", *words])
                code = 0
            except SystemExit as end:
                code = end.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def deploy(:\n", ":1:1: error FT008: the tasks cannot be read: SyntaxError: invalid syntax"),
        ("import os\nimport nothing_here\n", ":2:1: error FT008: the tasks cannot be read: ModuleNotFoundError: No module named 'nothing_here'"),
        ("def f():\n    return 1 / 0\n\nWHERE = f()\n", ":2:1: error FT008: the tasks cannot be read: ZeroDivisionError: division by zero"),
    ],
    ids=["no Python", "nothing to import", "an error"],
)
def test_tasks_that_cannot_be_read_are_a_fault_at_their_line_and_no_bug_of_ours(inv, tmp_path, text, said):
    (tmp_path / "tasks.py").write_text(text, encoding="utf-8")
    code, out, err = inv("build")
    assert (code, out) == (1, "") and err.startswith(f"tasks.py{said}\n") and "Traceback" not in err
    assert not (tmp_path / ".pressroom").exists()


def test_a_bare_word_after_a_task_fills_its_main_option(inv):
    assert inv("new", "A title") == (0, "new 'A title' release False 1\n", "")


def test_a_bare_word_may_stand_after_other_options(inv):
    assert inv("new", "--kind", "transcript", "-d", "A title") == (0, "new 'A title' transcript True 1\n", "")
    assert inv("new", "-dk", "page", "A title", "-c3") == (0, "new 'A title' page True 3\n", "")
    assert inv("new", "--kind=page", "a=b --draft") == (0, "new 'a=b --draft' page False 1\n", "")


def test_a_task_without_its_main_option_runs_with_the_default(inv):
    assert inv("new") == (0, "new None release False 1\n", "")
    assert inv("new", "") == (0, "new '' release False 1\n", "")


def test_an_option_that_is_a_list_takes_every_bare_word(inv):
    assert inv("take", "a.docx", "b.docx") == (0, "take ['a.docx', 'b.docx'] here\n", "")


def test_tasks_can_be_chained(inv):
    assert inv("new", "A title", "build", "-q", "check") == (0, "new 'A title' release False 1\nbuild True\ncheck\n", "")
    assert inv("new", "check") == (0, "new None release False 1\ncheck\n", "")
    assert inv("new", "--title", "check") == (0, "new 'check' release False 1\n", "")
    assert inv("ck") == (0, "check\n", "")


@pytest.mark.parametrize(
    "words",
    ["new --help", "new -h", "new title --help", "new --title --help", "--help new", "build new -h"],
)
def test_help_anywhere_shows_the_help_of_the_task(inv, words):
    code, out, err = inv(*words.split())
    assert (code, err) == (0, "")
    assert out.startswith("Usage: inv new [TITLE] [--options]\n\n  A new document.\n")
    assert "--kind=STRING" in out and "release False" not in out


def test_help_keeps_its_short_form_from_an_option_with_the_same_letter(inv):
    _, out, _ = inv("take", "-h")
    assert "  --host=STRING" in out and "-h STRING" not in out


def test_a_wrong_task_is_mended(inv):
    assert inv("bild") == (2, "", 'no task "bild"; did you mean "build"?\n')
    assert inv("build", "chekc") == (2, "", 'no task "chekc"; did you mean "check"?\n')
    assert inv("next_lift") == (2, "", 'no task "next_lift"; did you mean "next-lift"?\n')
    assert inv("--help", "bild") == (2, "", 'no task "bild"; did you mean "build"?\n')
    assert inv("xyz") == (2, "", 'no task "xyz"; inv --list names them all\n')
    assert inv("new", "Two", "words")[2] == 'no task "words"; words that belong together need quotation marks round them\n'


def test_a_wrong_option_is_mended(inv):
    assert inv("build", "--quite") == (2, "", '"build" has no option "--quite"; did you mean "--quiet"?\n')
    assert inv("new", "--tittle=x") == (2, "", '"new" has no option "--tittle"; did you mean "--title"?\n')
    assert inv("--lst") == (2, "", 'inv has no option "--lst"; did you mean "--list"?\n')
    assert inv("build", "-z") == (2, "", '"build" has no option "-z"; inv build --help names them all\n')


def test_a_wrong_or_missing_value_is_wrong_use(inv):
    assert inv("new", "--copies", "many") == (2, "", "a whole number is needed, not 'many'\n")
    assert inv("new", "--kind")[0] == 2
    assert inv("-T", "x", "build") == (2, "", "a whole number is needed, not 'x'\n")


@pytest.mark.parametrize("words", [("new", "Caf\udce9"), ("new", "A title", "--kind", "caf\udce9"), ("check", "new", "--title=Caf\udce9")])
def test_a_word_that_is_not_utf_8_is_wrong_use_and_nothing_runs(inv, words):
    code, out, err = inv(*words)
    assert (code, out) == (2, "") and re.fullmatch(r"what --(title|kind) was given is not UTF-8: [Cc]af\\udce9\n", err)


def test_nothing_runs_when_a_later_word_is_wrong(inv):
    assert inv("build", "--quiet", "new", "--bogus")[1] == ""


def test_the_list_of_tasks_is_shown_by_itself_and_on_demand(inv):
    for words in ((), ("--list",)):
        code, out, _ = inv(*words)
        assert code == 0 and "  new " in out and "Build the site." in out and "next-lift" in out


def test_the_version_is_shown(inv):
    assert re.fullmatch(r"Pressroom \d\S* \(Invoke \d\S*\)\n", inv("--version")[1])


def test_completion_names_options(inv):
    assert "--title" in inv("--complete", "--", "inv new --")[1]


def test_a_fault_is_told_in_order_with_its_own_exit_code(inv):
    code, out, err = inv("faulty")
    assert (code, out) == (1, "")
    assert err.splitlines() == ["content/a.md:1:1: error FM006: unknown field", "content/a.md:2:1: error FM007: date is missing"]
    assert inv("leaky") == (4, "", "")


def test_a_fault_is_an_annotation_on_github(inv, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert inv("faulty")[2].startswith("content/a.md:1:1: error")
    monkeypatch.setenv("CI", "true")
    assert inv("faulty")[2].startswith("::error file=content/a.md,line=1,col=1,title=FM006::unknown field\n")


def test_a_task_may_end_the_run_with_a_code(inv):
    assert inv("next-lift") == (3, "", "nothing to wait for\n")
    assert inv("shell")[0] == 7


def test_control_c_ends_with_130_and_no_traceback(inv):
    assert inv("interrupted") == (problems.EXIT_INTERRUPTED, "", "stopped\n")


def test_a_bug_of_ours_is_one_sentence_and_a_report_for_its_owner_only(inv, tmp_path):
    code, out, err = inv("broken")
    assert (code, out, err.count("\n")) == (70, "", 1)
    assert "Traceback" not in err and "embargo" not in err
    report = tmp_path / re.search(r"\.pressroom/reports/\S+\.txt", err)[0]
    assert "words under embargo" in report.read_text(encoding="utf-8")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700


def test_a_bug_whose_report_cannot_be_written_is_still_one_sentence(inv, tmp_path):
    (tmp_path / ".pressroom").write_text("")
    code, _, err = inv("broken")
    assert code == 70 and err.count("\n") == 1 and "no report could be written" in err


def _command(folder: Path) -> Path:
    """A `.venv/bin/inv` as bootstrap.py writes it, in a repository whose tasks are those above."""
    binaries = folder / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (folder / "pressroom").symlink_to(ROOT / "pressroom")
    (folder / "tasks.py").write_text(TASKS, encoding="utf-8")
    (binaries / "inv").write_text(BOOTSTRAP["COMMAND"], encoding="utf-8")
    for name in ("python", "inv"):
        (binaries / name).chmod(0o755)
    return binaries / "inv"


def test_the_command_runs_from_anywhere_and_by_a_link_and_with_a_space_in_its_path(tmp_path):
    command = _command(tmp_path / "a folder")
    (tmp_path / "link").symlink_to(command)
    done = subprocess.run([tmp_path / "link", "new", "A title"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "new 'A title' release False 1\n", "")


def test_sigterm_lets_a_task_clean_up_and_ends_with_143(tmp_path):
    done = subprocess.run([_command(tmp_path), "terminated"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (143, "the lock is given back\n", "")


def test_output_that_nobody_reads_is_no_bug(tmp_path):
    command = _command(tmp_path)
    done = subprocess.run(f"'{command}' --list | true", shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr == ""
    done = subprocess.run(f"'{command}' new x >&-", shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert subprocess.run(f"'{command}' faulty >&- 2>&-", shell=True, cwd=tmp_path).returncode == 1


def test_a_fault_is_told_where_what_was_said_before_it_goes_to_nobody_or_to_a_full_disk(tmp_path):
    command, buffered = _command(tmp_path), {**os.environ, "PYTHONUNBUFFERED": ""}
    ours, nobodys = os.pipe()
    os.close(ours)
    with open(nobodys, "w") as nobody, open("/dev/full", "w") as full:
        for where in (nobody, full):
            done = subprocess.run([command, "new", "x", "faulty"], cwd=tmp_path, env=buffered, stdout=where, stderr=subprocess.PIPE, text=True)
            assert done.returncode == 1 and "FM006" in done.stderr and "FM007" in done.stderr and "Traceback" not in done.stderr
        for environment in (buffered, {**buffered, "PYTHONUNBUFFERED": "1"}):
            done = subprocess.run([command, "new", "x"], cwd=tmp_path, env=environment, stdout=full, stderr=subprocess.PIPE, text=True)
            assert (done.returncode, done.stderr) == (1, "nothing more can be written: No space left on device\n")


# Set-up


def test_an_old_python_is_refused_in_one_sentence_with_the_cure():
    sentence = BOOTSTRAP["refusal"]((3, 9, 2), None, True)
    assert "3.11 or newer" in sentence and "this is 3.9" in sentence and "make PYTHON=" in sentence and "\n" not in sentence


def test_a_python_without_venv_is_refused_in_one_sentence_with_the_cure_unless_uv_is_there():
    sentence = BOOTSTRAP["refusal"]((3, 12, 1), None, False)
    assert "apt install python3-venv" in sentence and "uv" in sentence and "\n" not in sentence
    assert BOOTSTRAP["refusal"]((3, 12, 1), "/usr/bin/uv", False) == ""


def _bootstrapped(tmp_path: Path, before: str) -> subprocess.CompletedProcess[str]:
    """bootstrap.py run in an empty folder, with nothing on PATH, after a line that spoils this Python."""
    shutil.copy(ROOT / "bootstrap.py", tmp_path)
    line = f"import runpy, sys; sys.argv[1:] = []; {before}; runpy.run_path('bootstrap.py', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", line], cwd=tmp_path, env={"PATH": str(tmp_path)}, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("sys.version_info = (3, 9, 2)", "Pressroom needs Python 3.11 or newer"),
        ("import shutil; del shutil.which; sys.version_info = (2, 7, 18)", "Pressroom needs Python 3.11 or newer"),
        ("sys.modules['ensurepip'] = None", "python3-venv"),
    ],
)
def test_a_set_up_that_cannot_be_is_exit_2_without_a_traceback(tmp_path, before, said):
    done = _bootstrapped(tmp_path, before)
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / ".venv").exists()


def test_an_old_python_can_read_bootstrap_to_the_end():
    source = (ROOT / "bootstrap.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Nonlocal)
    assert source.isascii() and not [node for node in ast.walk(tree) if isinstance(node, newer)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and (node.returns or node.args.kwonlyargs)]


def test_a_newer_python_beside_an_old_one_is_found(tmp_path):
    (tmp_path / "python3.14").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3.12").write_text("#!/bin/sh\nexit 0\n")
    for name in ("python3.12", "python3.14"):
        (tmp_path / name).chmod(0o755)
    assert BOOTSTRAP["newer_python"](str(tmp_path)) == str(tmp_path / "python3.12")
    assert BOOTSTRAP["newer_python"](str(tmp_path / "empty")) == ""


@pytest.fixture
def clone(tmp_path):
    """A repository with our Makefile, a bootstrap.py that makes nothing but stamps, and an `inv` that says what it was called with."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.txt", "requirements-test.txt", "package-lock.json"):
        (tmp_path / name).touch()
    (tmp_path / "bootstrap.py").write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "print('set up', *sys.argv[1:], flush=True)\n"
        "Path('.venv/bin').mkdir(parents=True, exist_ok=True)\n"
        "Path('.venv/bin/python').unlink(missing_ok=True)\n"
        "os.symlink(sys.executable, '.venv/bin/python')\n"
        "Path('.venv/bin/inv').write_text('#!/bin/sh\\necho inv \"$@\"\\n')\n"
        "os.chmod('.venv/bin/inv', 0o755)\n"
        "for name in ['.ready', '.ready-test'][: len(sys.argv)]: Path('.venv', name).touch()\n"
        "if sys.argv[1:]:\n"
        "    Path('node_modules').mkdir(exist_ok=True)\n"
        "    Path('node_modules/.package-lock.json').touch()\n"
    )

    def make(*words: str) -> list[str]:
        done = subprocess.run(
            ["make", f"PYTHON={sys.executable}", *words],
            cwd=tmp_path, capture_output=True, text=True, env={"PATH": os.environ["PATH"]}, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return [*done.stdout.splitlines(), *done.stderr.splitlines()]

    return tmp_path, make


def test_make_sets_up_once_and_hands_over(clone):
    _, make = clone
    assert make("build") == ["set up", "inv build"]
    assert make("check") == ["inv check"]
    assert make() == ["inv"]
    assert make("build", "check") == ["inv build", "inv check"]
    assert make("-j4", "new", "ARGS='A title' --kind page") == ["inv new A title --kind page"]


def test_make_test_sets_up_what_only_tests_need(clone):
    _, make = clone
    assert make("test") == ["set up --test", "inv test"]
    assert make("test", "build") == ["inv test", "inv build"]


def test_make_test_tries_again_until_what_comes_from_npm_is_there(clone):
    folder, make = clone
    make("test")
    shutil.rmtree(folder / "node_modules")
    assert make("build") == ["inv build"]
    assert make("test") == ["set up --test", "inv test"]
    assert make("test") == ["inv test"]


def test_a_folder_with_the_name_of_a_task_stops_nothing(clone):
    folder, make = clone
    make("setup")
    (folder / "preview").mkdir()
    assert make("preview") == ["inv preview"]


@pytest.mark.parametrize(("name", "build", "test"), [("requirements.txt", 1, 1), ("bootstrap.py", 1, 1), ("requirements-test.txt", 0, 1), ("package-lock.json", 0, 1)])
def test_a_changed_lock_is_set_up_again(clone, name, build, test):
    folder, make = clone
    for target, count in (("build", build), ("test", test)):
        make("test")
        for old in [folder / "bootstrap.py", folder / "package-lock.json", *folder.glob("require*"), *(folder / ".venv").glob(".ready*")]:
            os.utime(old, (1, 1))
        os.utime(folder / name, (2, 2))
        assert len(make(target)) == count + 1
        assert make(target) == [f"inv {target}"]


def test_a_venv_whose_python_went_away_is_set_up_again(clone):
    folder, make = clone
    make("build")
    (folder / ".venv" / "bin" / "python").unlink()
    (folder / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    assert make("build") == ["set up", "inv build"]
    assert make("build") == ["inv build"]


def test_make_without_any_python_says_what_to_install(clone):
    folder, _ = clone
    done = subprocess.run(["make", "PYTHON=no-such-python", "build"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 2 and "apt install python3 python3-venv" in done.stderr


# Files that must hold no address


@pytest.mark.parametrize("name", ["requirements.in", "requirements.txt", "requirements-test.in", "requirements-test.txt", "requirements-bench.in", "requirements-bench.txt", "package.json", "package-lock.json"])
def test_no_lock_file_holds_an_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text and "index-url" not in text and "find-links" not in text


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt", "requirements-bench.txt"])
def test_every_pinned_package_has_hashes(name):
    entries = re.findall(r"^(\S+==\S+)(.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)*)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert entries and all("--hash=" in rest for _, rest in entries)


def test_every_package_of_npm_is_pinned_by_its_hash_and_none_runs_a_script_of_its_own():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert wanted["private"] and "scripts" not in wanted
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted["devDependencies"]} == wanted["devDependencies"]
    assert all(found["integrity"].startswith("sha512-") for path, found in lock.items() if path)
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text(encoding="utf-8")


@pytest.mark.parametrize("npm", ["exit 0", "exit 1", ""])
def test_a_set_up_goes_on_where_npm_gets_nothing_and_says_so(tmp_path, capfd, npm):
    there = runpy.run_path(str(shutil.copy(ROOT / "bootstrap.py", tmp_path)))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    if npm:
        command = tmp_path / ".venv" / "bin" / "npm"
        command.write_text(f'#!/bin/sh\necho "$PWD" "$@"\n{npm}\n')
        command.chmod(0o755)
    there["install_tools"]()
    out, err = capfd.readouterr()
    assert out.startswith(f"{tmp_path} ci --ignore-scripts ") if npm else out == ""
    assert ("next make test tries again" in err) == (npm != "exit 0")


def test_both_lock_files_agree():
    pins = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-test.txt")
    ]
    assert {name: pins[0][name] for name in pins[0].keys() & pins[1].keys()} == {
        name: pins[1][name] for name in pins[0].keys() & pins[1].keys()
    }


def test_the_ci_script_is_whole():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    subprocess.run(["bash", "-n", script], check=True)


def test_the_package_and_its_metadata_name_one_version():
    import tomllib

    import pressroom

    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == pressroom.__version__

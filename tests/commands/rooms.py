"""Press rooms to type commands in: a site with the repository's own tasks, and the program in a process of its own."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pressroom.press.receipt import read_receipt, write_receipt
from pressroom.press.seal import ADDRESS, make_seal, read_standing, written
from tests.sites import REPOSITORY, make_site

PROGRAM = (
    "import sys; from pathlib import Path; from pressroom.commands.program import main; main(Path(sys.argv[1]), ['inv', *sys.argv[2:]])"
)
_NOT_INHERITED = (
    "CI",
    "GITHUB_ACTIONS",
    "SOURCE_DATE_EPOCH",
    "GIT_DIR",
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
)

# Out on any day that this runs on, and held on any.
OUT = "---\ntitle: The harbour opens\ndate: 2020-05-06\n---\nIt opened.\n"
HELD = "---\ntitle: Hushhush headline\ndate: 2020-05-01\nembargo: 2999-01-01T10:00[Europe/Paris]\n---\nUnspeakable words.\n"
DRAFT = "---\ntitle: Unfinished thing\ndate: 2020-04-01\nstatus: draft\n---\nNot yet.\n"
SMALL = {
    "releases/2020/harbour-opens/index.en.md": OUT,
    "releases/2020/secret-merger/index.en.md": HELD,
    "releases/2020/half-written/index.en.md": DRAFT,
}

CONF = 'REMOTE = "origin"\nBRANCH = "gh-pages"\n'
_IGNORED = "/.pressroom/\n/output/\n/.output.*/\n__pycache__/\n"


def make_room(root: Path, files: dict[str, str] | None = None, configuration: str = "") -> Path:
    make_site(root, files, configuration)
    shutil.copy(REPOSITORY / "tasks.py", root)
    return root


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return {**kept, **nobody, "PYTHONPATH": str(REPOSITORY), **more}


def command(root: Path, *words: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, str(root), *words]


def typed(room: Path, words: list[str], answers: list[bytes]) -> tuple[int, str]:
    """The program on a terminal where somebody answers one question after the other."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(room, *words), cwd=room, env=environment(TERM="dumb"), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = b""
        left = list(answers)
        while select.select([ours], [], [], 30)[0]:
            try:
                data = os.read(ours, 4096)
            except OSError:
                break
            shown += data
            if left and shown.endswith(b": "):
                # Nobody types between the question and the wait for its answer; a Ctrl-C there would be seen only with the next key.
                time.sleep(0.2)
                os.write(ours, left.pop(0))
        else:
            process.kill()
        os.close(ours)
    return process.returncode, shown.decode(errors="backslashreplace").replace("\r\n", "\n")


def inv(root: Path, *words: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """`inv WORDS` in the press room in `root`, typed in `cwd`."""
    return subprocess.run(
        command(root, *words),
        cwd=cwd or root,
        env=environment(**more),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


def git(root: Path, *words: str, check: bool = True) -> str:
    done = subprocess.run(["git", *words], cwd=root, env=environment(), capture_output=True, text=True, check=check)
    return done.stdout.strip()


def make_repository(room: Path) -> None:
    """A repository with one commit, and a bare remote beside it."""
    (room / "publishconf.py").write_text(CONF)
    (room / ".gitignore").write_text(_IGNORED)
    git(room.parent, "init", "--quiet", "--bare", "remote.git")
    git(room, "init", "--quiet", "--initial-branch=main")
    git(room, "config", "user.name", "Ed Itor")
    git(room, "config", "user.email", "ed@press.test")
    git(room, "remote", "add", "origin", "../remote.git")
    git(room, "add", ".")
    git(room, "commit", "--quiet", "-m", "Begin")
    git(room, "push", "--quiet", "origin", "main")


def remote_of(room: Path) -> Path:
    return room.parent / "remote.git"


def tip(room: Path, name: str = "refs/heads/gh-pages") -> str:
    """The commit that the remote has under a name; nothing where it has none."""
    return git(remote_of(room), "rev-parse", "--verify", "--quiet", name, check=False)


def seal_anew(room: Path, **other: str) -> None:
    """Makes the seal and the receipt those of what lies in the output now, as somebody would who wants it to leave."""
    output, state = str(room / "output"), str(room / ".pressroom" / "public")
    files = read_standing(output).files
    found = replace(make_seal("public", datetime(2020, 5, 6, tzinfo=UTC), "0.1.0", files), **other)
    (room / "output" / ADDRESS).write_bytes(written(found))
    receipt = read_receipt(state)
    assert receipt
    write_receipt(state, replace(receipt, audience=found.audience, tree=found.tree))

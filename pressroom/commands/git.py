"""Git, asked in the press room's folder. Whatever it says goes into a Fault, and nothing waits for a password that nobody can type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pressroom.ground.problems import Fault, Problem

_HINT = "publish works in a git repository with the remote of publishconf.py"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Git:
    """The repository that a folder lies in."""

    root: Path

    def ask(self, *words: str, hint: str = _HINT) -> str:
        """What a command answers; a command that fails is a Fault."""
        return self.run(["git", *words], f"git {words[0]}", hint=hint).strip()

    def say(self, *words: str) -> str:
        """What a command answers, and nothing where it fails."""
        done = self._done(["git", *words], {})
        return "" if done.returncode else done.stdout.strip()

    def succeeds(self, *words: str) -> bool:
        return self._done(["git", *words], {}).returncode == 0

    def is_here(self) -> bool:
        """Whether there is git on this machine, and a repository that the folder lies in."""
        return bool(shutil.which("git") and self.say("rev-parse", "--git-dir"))

    def content(self, name: str) -> bytes | None:
        """The bytes of a file as a commit has it, `<commit>:<path>`, or None; a path that begins with ./ counts from the folder."""
        done = subprocess.run(["git", "cat-file", "blob", name], cwd=self.root, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return None if done.returncode else done.stdout

    def run(self, command: Sequence[str], name: str, environment: Mapping[str, str] = {}, hint: str = _HINT) -> str:
        done = self._done(command, environment)
        if done.returncode:
            raise Fault(Problem("FT010", f"{name} failed: {_reason(done.stderr) or f'exit {done.returncode}'}", hint=hint))
        return done.stdout

    def files(self, commit: str) -> dict[str, str]:
        """The regular files of a commit's tree: by path the name of their content."""
        found = {}
        for entry in self._bytes("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
            about, _, path = entry.partition(b"\t")
            mode, _, rest = about.partition(b" ")
            if mode.startswith(b"100"):
                found[os.fsdecode(path)] = rest.split(b" ")[1].decode()
        return found

    def blobs(self, names: Sequence[str]) -> Iterator[bytes]:
        """Contents by their names, in this order; some hundreds of them come from one process."""
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            answer = self._bytes("cat-file", "--batch", given="\n".join(some).encode() + b"\n")
            at = 0
            for name in some:
                head, end = answer[at : answer.index(b"\n", at)], answer.index(b"\n", at) + 1
                if not head.startswith(f"{name} blob ".encode()):
                    raise Fault(Problem("FT010", f"git cannot read {head.decode(errors='replace')}", hint="fetch the branch again"))
                at = end + int(head.split()[2])
                yield answer[end:at]
                at += 1

    def committer(self, site: str) -> dict[str, str]:
        """Who commits, for the environment: the configured user, else the press room itself: some hosts refuse a commit by nobody."""
        name = os.environ.get("GIT_COMMITTER_NAME") or self.say("config", "user.name") or "Pressroom"
        mail = os.environ.get("GIT_COMMITTER_EMAIL") or self.say("config", "user.email") or f"noreply@{urlsplit(site).hostname}"
        return {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail}

    def _bytes(self, *words: str, given: bytes = b"") -> bytes:
        done = subprocess.run(["git", *words], cwd=self.root, env={**os.environ, "LC_ALL": "C.UTF-8"}, input=given, capture_output=True, check=False)
        if done.returncode:
            raise Fault(Problem("FT010", f"git {words[0]} failed: {_reason(done.stderr.decode(errors='replace')) or f'exit {done.returncode}'}", hint=_HINT))
        return done.stdout

    def _done(self, command: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        asks = sys.stdin is not None and sys.stdin.isatty()
        environment = {**os.environ, **({} if asks else {"GIT_TERMINAL_PROMPT": "0"}), "LC_ALL": "C.UTF-8", **environment}
        try:
            return subprocess.run(
                command, cwd=self.root, env=environment, stdin=None if asks else subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                errors="backslashreplace", check=False,
            )  # fmt: skip
        except FileNotFoundError:
            raise Fault(Problem("FT010", f"there is no {command[0]} on this machine", hint="install git")) from None


def _reason(said: str) -> str:
    """The line that says why: git closes with hints, and ghp-import with the end of a traceback."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and not line.startswith("hint:")]
    telling = [line for line in lines if line.startswith(("fatal:", "remote: error", "! ", "error: "))]
    return (telling or lines or [""])[0 if telling else -1]

"""What a run says when it goes wrong: faults to the person, our own bugs to a file."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pressroom
from pressroom.ground import clock
from pressroom.ground.problems import Problem, as_annotation, as_text, in_order

REPORTS = Path(".pressroom", "reports")
OURS = "Pressroom"
# Whether a source that cannot be read is held, nobody can tell.
_UNREAD = ("FT012", "TX009")


def told(problems: Iterable[Problem], environment: Mapping[str, str], root: str | Path = ".") -> list[str]:
    """Problems as this place shows them: annotations where GitHub runs us, text with the source line elsewhere."""
    is_public = is_public_log(environment)
    show = as_annotation if is_public and environment.get("GITHUB_ACTIONS") else as_text
    found: Iterable[Problem] = in_order(map(_unnaming, problems) if is_public else problems)
    if not is_public:
        # A source line may name what is held: the target of a link, an alias.
        found = _with_sources(found, Path(root))
    return list(map(show, found))


def is_public_log(environment: Mapping[str, str]) -> bool:
    """Whether what is printed may be read by anybody: then nothing that is held is named."""
    return environment.get("CI", "").lower() not in ("", "0", "false")


def _unnaming(problem: Problem) -> Problem:
    """A problem that does not name what cannot be read."""
    return replace(problem, path="", hint="run it where the sources are: it names the file") if problem.code in _UNREAD and problem.path else problem


def explained(why: Mapping[str, str], environment: Mapping[str, str]) -> list[str]:
    """Why each file was made. It may name what was out and is held now, or what a preview holds."""
    if is_public_log(environment):
        return ["Why files were made is not said in a log that anybody may read."]
    return [f"{path}: {why[path]}" for path in sorted(why)] or ["No file had to be made."]


def _with_sources(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """Problems in the order of their paths, each with its source line, looked up where its finder had no text at hand."""
    for path, of_file in groupby(problems, key=attrgetter("path")):
        lines: list[str] | None = None
        for problem in of_file:
            if problem.line and not problem.source:
                lines = _lines_of(root / path) if lines is None else lines
                if problem.line <= len(lines):
                    problem = replace(problem, source=lines[problem.line - 1])
            yield problem


def _lines_of(path: Path) -> list[str]:
    """The lines of a source; none where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def reported(bug: BaseException, root: Path, whose: str = OURS) -> str:
    """The one sentence for a bug; its story goes to a file that only its owner reads, for it may hold what is under embargo."""
    kind = type(bug).__name__
    name = REPORTS / f"{clock.now():%Y%m%dT%H%M%SZ}-{os.getpid()}.txt"
    try:
        (root / REPORTS).mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(root / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as report:
            report.write(f"Pressroom {pressroom.__version__}, Python {platform.python_version()}, {platform.platform()}\n")
            report.write(f"{sys.argv}\n\n")
            report.write("".join(traceback.format_exception(bug)))
    except OSError as unwritten:
        return f"{whose} failed by a fault of its own ({kind}), and no report could be written ({unwritten.strerror})."
    return f"{whose} failed by a fault of its own ({kind}); the report is {name.as_posix()}, please send it to who maintains {OURS if whose == OURS else 'that'}."

"""`inv check`: everything that is wrong with the sources, held documents and drafts included."""

from __future__ import annotations

import os
from pathlib import Path

from pressroom.build import examine
from pressroom.commands import builds
from pressroom.commands.tracking import warn_of_tracked
from pressroom.ground import clock
from pressroom.ground.problems import INFO, Fault, has_errors, in_order
from pressroom.reports import is_public_log, told


def run(root: Path, now: str = "") -> None:
    """Tells every fault; errors end the run with their exit code. In a public log those of held documents are one line."""
    settings, instant, public_log = builds.read(root), clock.now(now, os.environ), is_public_log(os.environ)
    problems = in_order([*examine(settings, instant, public_log), *warn_of_tracked(settings, instant, public_log)])
    if has_errors(problems):
        raise Fault(*problems)
    for line in told(problems, os.environ, root):
        print(line)
    warnings = sum(problem.severity != INFO for problem in problems)
    print("Nothing is wrong." if not problems else f"No errors; {warnings} warning{'s' if warnings != 1 else ''}.")

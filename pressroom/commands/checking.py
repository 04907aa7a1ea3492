"""`inv check`: everything that is wrong with the sources, held documents and drafts included."""

from __future__ import annotations

import os
from pathlib import Path

from pressroom.build import examine
from pressroom.commands import builds
from pressroom.commands.comparing import comparison
from pressroom.ground import clock
from pressroom.ground.problems import INFO, Fault, has_errors, in_order
from pressroom.reports import is_public_log, told


def run(root: Path, now: str = "", against: str = "") -> None:
    """Tells every fault; errors end the run with their exit code. In a public log those of held documents are one line.

    The site that the sources would make is compared with what is published: `against` a folder or a git reference, else the publish branch.
    """
    settings, instant = builds.read(root), clock.now(now, os.environ)
    problems = in_order(examine(settings, instant, is_public_log(os.environ), comparison(root, settings, against).judge))
    if has_errors(problems):
        raise Fault(*problems)
    for line in told(problems, os.environ, root):
        print(line)
    warnings = sum(problem.severity != INFO for problem in problems)
    print("Nothing is wrong." if not warnings else f"No errors; {warnings} warning{'s' if warnings != 1 else ''}.")

"""`inv check`: everything that is wrong with the sources, held documents and drafts included; `--site`: with what stands in the output."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from pressroom.build import examine
from pressroom.commands import builds
from pressroom.commands.clearance import unsealed
from pressroom.commands.comparing import comparison
from pressroom.commands.display import displayed
from pressroom.commands.tracking import warn_of_tracked
from pressroom.ground import clock
from pressroom.ground.problems import EXIT_FAULTS, EXIT_LEAK, INFO, Fault, Problem, has_errors, in_order
from pressroom.ground.progress import CLEARANCE
from pressroom.inspection import inspect_standing, search_standing
from pressroom.model.settings import PUBLIC, Settings
from pressroom.press.lock import hold_lock
from pressroom.press.seal import read_standing
from pressroom.reports import is_public_log, told


def run(root: Path, now: str = "", site: bool = False, against: str = "") -> None:
    """Tells every fault; errors end the run with their exit code. In a public log those of held documents are one line.

    The site that the sources would make is compared with what is published: `against` a folder or a git reference, else the publish branch.
    """
    settings, instant, public_log = builds.read(root), clock.now(now, os.environ), is_public_log(os.environ)
    with displayed() as progress:
        if site:
            progress.begin(CLEARANCE)
            found, code = _of_site(settings, instant)
        else:
            judge = comparison(root, settings, against).judge
            found, code = [*examine(settings, instant, public_log, judge, progress), *warn_of_tracked(settings, instant, public_log)], EXIT_FAULTS
    problems = in_order(found)
    if has_errors(problems):
        raise Fault(*problems, code=code)
    for line in told(problems, os.environ, root):
        print(line)
    warnings = sum(problem.severity != INFO for problem in problems)
    print("Nothing is wrong." if not warnings else f"No errors; {warnings} warning{'s' if warnings != 1 else ''}.")


def _of_site(settings: Settings, now: datetime) -> tuple[list[Problem], int]:
    """Every byte of the output: the seal, the words of what is held, the links; and the exit code that this comes to."""
    public_log = is_public_log(os.environ)
    with hold_lock(settings.state):
        standing = read_standing(settings.output)
        leaks = search_standing(settings, standing, now, public_log)
        # Where words of a held document are in the pages, a link of theirs may name it.
        others = [] if leaks and public_log else inspect_standing(standing)
    if not standing.bears_seal(PUBLIC):
        others.append(unsealed(settings, standing))
    return [*leaks, *others], EXIT_LEAK if leaks else EXIT_FAULTS

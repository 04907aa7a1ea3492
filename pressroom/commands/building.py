"""The process that builds the preview for `inv serve`: it has everything imported, and builds each time that a line comes in.

Built in one process again and again, a site has the bytes that a process of its own would have given it: tests hold that.
"""

from __future__ import annotations

import gc
import json
import os
import select
import sys
from dataclasses import asdict
from pathlib import Path

import pelican.generators  # noqa: F401: the first build need not wait for it
from pressroom.commands import builds
from pressroom.commands.news import Outcome
from pressroom.ground.problems import ERROR, EXIT_INTERRUPTED, EXIT_TERMINATED, Fault, Problem, in_order
from pressroom.model.settings import PREVIEW
from pressroom.reports import reported, told

_MOST_FAULTS = 20
_IDLE = 0.3
_UNTOLD = "The build ended without saying why here: the terminal has more."


def main(root: Path, replies: int) -> None:
    """Answers every line on standard input with one line of JSON, until there is no more."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    with open(replies, "w", encoding="utf-8") as answers:
        warnings: frozenset[Problem] = frozenset()
        for _ in sys.stdin:
            outcome, warnings = build(root, warnings)
            sys.stdout.flush()
            print(json.dumps(asdict(outcome)), file=answers, flush=True)
            if not select.select([sys.stdin], [], [], _IDLE)[0]:
                collect()


def collect() -> None:
    """Takes away what the last build leaves, which it has kept out of the collector's sight. It takes long, and nobody waits for it."""
    gc.unfreeze()
    gc.collect()


def build(root: Path, before: frozenset[Problem] = frozenset()) -> tuple[Outcome, frozenset[Problem]]:
    """One build, told on the terminal as `inv preview` tells it, but for the warnings of the one `before`; how it ended, and its warnings."""
    try:
        receipt = builds.run(root, PREVIEW, telling=builds.Telling(told=before))
        return Outcome(receipt.changed), frozenset(receipt.problems)
    except Fault as fault:
        print("\n".join(told(fault.problems, os.environ, root)), file=sys.stderr)
        return Outcome(faults=_shown(fault)), before
    except SystemExit as end:
        # The door has told it already.
        if end.code in (EXIT_INTERRUPTED, EXIT_TERMINATED):
            raise
        return Outcome(faults=_shown(end.__cause__)), before
    except Exception as bug:
        print(reported(bug, root), file=sys.stderr)
        return Outcome(faults=_shown(bug)), before


def _shown(why: BaseException | None) -> tuple[dict[str, str], ...]:
    """Faults as an open page shows them."""
    if not isinstance(why, Fault):
        return ({"place": "", "what": _UNTOLD, "hint": ""},)
    errors = [problem for problem in in_order(why.problems) if problem.severity == ERROR]
    found = [_told(problem) for problem in errors[:_MOST_FAULTS]]
    if more := len(errors) - len(found):
        found.append({"place": "", "what": f"and {more} more: the terminal has them all", "hint": ""})
    return tuple(found)


def _told(problem: Problem) -> dict[str, str]:
    return {"place": problem.place, "what": f"{problem.code}: {problem.message}", "hint": problem.hint}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

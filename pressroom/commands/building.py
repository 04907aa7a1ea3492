"""The process that builds the preview for `inv serve`: it has everything imported, and builds each time that a line comes in.

Built in one process again and again, a site has the bytes that a process of its own would have given it: tests hold that.
"""

from __future__ import annotations

import gc
import json
import os
import select
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pelican.generators  # noqa: F401: the first build need not wait for it
from pressroom.commands import builds
from pressroom.commands.news import Outcome
from pressroom.ground import clock
from pressroom.ground.disk import is_leftover
from pressroom.ground.problems import ERROR, EXIT_INTERRUPTED, EXIT_TERMINATED, Fault, Problem, in_order
from pressroom.model.settings import PREVIEW
from pressroom.press.lock import await_lock
from pressroom.proofs import Proofs
from pressroom.reports import reported, told

_MOST_FAULTS = 20
_IDLE = 0.3
_UNTOLD = "The build ended without saying why here: the terminal has more."


@dataclass(frozen=True, slots=True)
class Before:
    """What a build leaves for the next one in this process: the warnings that it told, and, if it went well, what proofs are pulled from."""

    warnings: frozenset[Problem] = frozenset()
    proofs: Proofs | None = None


def main(root: Path, replies: int) -> None:
    """Answers every line on standard input with one line of JSON, until there is no more."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    # Who asked may be gone before the answer is there, as after `kill -9`: then nobody is left to be told.
    with suppress(BrokenPipeError), open(replies, "w", encoding="utf-8") as answers:
        before, rehearsed = Before(), False
        for order in sys.stdin:
            for path, page in proofs(before, json.loads(order), root):
                print(json.dumps({"proof": path, "page": page.decode("utf-8", "surrogateescape")}), file=answers, flush=True)
            # The site of the last build has served, and the next one is as large.
            before = Before(before.warnings)
            outcome, before = build(root, before)
            sys.stdout.flush()
            print(json.dumps(asdict(outcome)), file=answers, flush=True)
            if not select.select([sys.stdin], [], [], _IDLE)[0]:
                if before.proofs and not rehearsed:
                    with _harmless(root):
                        before.proofs.rehearse()
                    rehearsed = True
                collect()


def proofs(before: Before, changed: Sequence[str], root: Path) -> Iterator[tuple[str, bytes]]:
    """The pages that can be shown before the build: where one file was saved since a build that went well."""
    saved = [path for path in changed if not is_leftover(os.path.basename(path))]
    if before.proofs and len(saved) == 1:
        with _harmless(root):
            yield from before.proofs.pull(saved[0], clock.now("", os.environ))


@contextmanager
def _harmless(root: Path) -> Iterator[None]:
    """What goes wrong here, the build is going to tell; and a bug of ours is no reason not to build."""
    try:
        yield
    except (Fault, OSError, sqlite3.Error):
        return
    except Exception as bug:
        print(reported(bug, root), file=sys.stderr)


def collect() -> None:
    """Takes away what the last build leaves, which it has kept out of the collector's sight. It takes long, and nobody waits for it."""
    gc.unfreeze()
    gc.collect()


def build(root: Path, before: Before = Before()) -> tuple[Outcome, Before]:
    """One build, told on the terminal as `inv preview` tells it, but for the warnings of the one `before`; how it ended, and what it leaves for the next."""
    failed = Before(before.warnings)
    # An `inv check` may be at work. Nothing would show what was saved meanwhile before something is saved again.
    await_lock(str(root / ".pressroom" / PREVIEW))
    try:
        receipt = builds.run(root, PREVIEW, telling=builds.Telling(told=before.warnings))
        return Outcome(receipt.changed), Before(frozenset(receipt.problems), receipt.proofs)
    except Fault as fault:
        print("\n".join(told(fault.problems, os.environ, root)), file=sys.stderr)
        return Outcome(faults=_shown(fault)), failed
    except SystemExit as end:
        # The door has told it already.
        if end.code in (EXIT_INTERRUPTED, EXIT_TERMINATED):
            raise
        return Outcome(faults=_shown(end.__cause__)), failed
    except Exception as bug:
        print(reported(bug, root), file=sys.stderr)
        return Outcome(faults=_shown(bug)), failed


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

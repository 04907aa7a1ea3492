"""What a public repository says before its time: sources of held documents that git tracks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pressroom.checks.held import DRAFT, EMBARGO, HeldSource, SourceFile, judge_sources
from pressroom.commands.git import Git
from pressroom.ground.problems import Fault, Problem
from pressroom.model.settings import Settings


def warn_of_tracked(settings: Settings, now: datetime, public_log: bool = False) -> tuple[Problem, ...]:
    """A warning for each held document, or held translation, that the project's repository tracks; in a public log one that names none of them."""
    if not settings.public_repository:
        return ()
    tracked = _tracked(Path(settings.root))
    found = [source for source in judge_sources(settings.roots, now, settings.zone).held if source.why in (DRAFT, EMBARGO)] if tracked else []
    problems = tuple(problem for source in found for problem in _warnings(source, tracked))
    if problems and public_log:
        return (Problem("GT008", "the repository is public and tracks what is held", hint="run `inv check` where the sources are: it shows what"),)
    return problems


def _tracked(root: Path) -> frozenset[str]:
    """Every file that the project's repository tracks, by its real path; none where there is no repository, or no git."""
    try:
        top = Git(root).say("rev-parse", "--show-toplevel")
        names = Git(Path(top)).say("ls-files", "-z") if top else ""
    except Fault:
        return frozenset()
    real = os.path.realpath(top)
    return frozenset(os.path.join(real, name) for name in names.split("\0") if name)


def _warnings(source: HeldSource, tracked: frozenset[str]) -> Iterator[Problem]:
    """One for a document that is held whole, else one for each file that is."""
    known = sorted((file for file in source.files if os.path.realpath(file.path) in tracked), key=_texts_first)
    if known and source.whole:
        more = f", and {len(known) - 1} more of its files" if len(known) > 1 else ""
        message = f"{source.folder} is held, and the repository, which is public, tracks this file{more}"
        yield Problem("GT008", message, known[0].shown, hint="move its folder under HELD_PATH")
    elif known:
        for file in known:
            message = "this translation is held" if file.edition else "only a translation that is held names this file"
            hint = "move it under HELD_PATH, into a folder of the same path"
            yield Problem("GT008", f"{message}, and the repository, which is public, tracks it", file.shown, hint=hint)


def _texts_first(file: SourceFile) -> tuple[bool, str]:
    return not file.edition, file.shown

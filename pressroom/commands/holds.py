"""What is held: `inv status`, `inv next-lift`, `inv lift`."""

from __future__ import annotations

import difflib
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pressroom.build import look
from pressroom.commands import builds
from pressroom.commands.front_matters import quoted, with_lines, write_whole
from pressroom.desk.gate import DRAFT
from pressroom.ground import clock
from pressroom.ground.problems import EXIT_NOTHING, EXIT_USAGE, Fault, Problem
from pressroom.intake import Judged
from pressroom.model.moments import moment_at
from pressroom.model.settings import PREVIEW, Settings
from pressroom.reports import is_public_log


def status(root: Path, now: str = "") -> None:
    """Says what is held, why, and until when: in the site's zone, in UTC, and as the readers of each language would be told."""
    settings, instant = builds.read(root), clock.now(now, os.environ)
    held = [judged for judged in _documents(settings, instant) if judged.verdict.held]
    if is_public_log(os.environ):
        print("What is held is not named in a log that anybody may read.")
        return
    if not held:
        print("Nothing is held.")
        return
    for judged in sorted(held, key=lambda judged: (judged.verdict.until is None, judged.verdict.published, judged.document.folder)):
        print(judged.document.folder)
        if judged.verdict.held == DRAFT:
            print("  a draft, until status: draft is taken out")
        else:
            print("\n".join(f"  {line}" for line in _until(settings, judged)))
    upcoming = _next(held)
    print(f"Next lift: {rfc3339(upcoming)}" if upcoming else "Nothing lifts by itself.")


def next_lift(root: Path, to: str = "", now: str = "") -> None:
    """The next instant at which something is let out, for a scheduler; exits with 3 where there is none."""
    if is_public_log(os.environ) and not to:
        raise Fault(Problem("GT006", "this log may be read by anybody, and a lift's time is not for it", hint="write it to a file: inv next-lift --to FILE"), code=EXIT_USAGE)
    upcoming = _next(_documents(builds.read(root), clock.now(now, os.environ)))
    if not upcoming:
        raise SystemExit(EXIT_NOTHING)
    if to:
        Path(to).write_text(f"{rfc3339(upcoming)}\n", encoding="ascii")
    else:
        print(rfc3339(upcoming))


def lift(root: Path, name: str, reason: str, now: str = "") -> None:
    """Ends an embargo at once, and records when and why in the original's front matter."""
    settings, instant = builds.read(root), clock.now(now, os.environ)
    judged = named(_documents(settings, instant), name)
    document = judged.document
    path = document.sources[document.first].path
    if not judged.verdict.held:
        raise Fault(Problem("GT006", f"{document.folder} is not held", path))
    if judged.verdict.held == DRAFT:
        raise Fault(Problem("GT006", f"{document.folder} is a draft, not under embargo", path, hint="take out status: draft when it is ready"))
    if not reason.strip():
        raise Fault(Problem("GT006", "a lift is recorded with its reason", path, hint='inv lift SLUG --reason "the embargo was broken"'), code=EXIT_USAGE)
    _record(root / path, f"lifted: {{at: '{rfc3339(instant)}', reason: {quoted(reason.strip())}}}")
    print(f"{path} is lifted as of {rfc3339(instant)}. The next build lets it out.")


def named(documents: tuple[Judged, ...], name: str) -> Judged:
    """The document with this name: its slug, `2020/slug` or `releases/2020/slug`. Two answers are a fault that lists both."""
    wanted = name.strip("/")
    found = [judged for judged in documents if wanted and f"/{judged.document.folder}".endswith(f"/{wanted}")]
    if len(found) == 1:
        return found[0]
    if found:
        hint = f"say which: {', '.join(judged.document.folder for judged in found)}"
        raise Fault(Problem("GT006", f"{len(found)} documents are named {name}", hint=hint), code=EXIT_USAGE)
    near = difflib.get_close_matches(wanted, [judged.document.slug for judged in documents], n=1, cutoff=0.6)
    hint = f'did you mean "{near[0]}"?' if near and not is_public_log(os.environ) else "a document is named by its slug, or by its folder"
    raise Fault(Problem("GT006", f"there is no document {name!r}" if name else "which document?", hint=hint), code=EXIT_USAGE)


def _documents(settings: Settings, now: datetime) -> tuple[Judged, ...]:
    return look(replace(settings, audience=PREVIEW), now).documents


def _next(documents: tuple[Judged, ...] | list[Judged]) -> datetime | None:
    return min((judged.verdict.until for judged in documents if judged.verdict.until), default=None)


def _until(settings: Settings, judged: Judged) -> list[str]:
    from pressroom.outputs import dates

    until = judged.verdict.published
    local = moment_at(until.astimezone(ZoneInfo(settings.zone)))
    lines = [f"until {local.local.isoformat()} ({settings.zone}), {rfc3339(until)}"]
    return lines + [f"{lang}: {dates.long_date(local, lang)}, {dates.clock(local, lang)}" for lang in settings.languages]


def rfc3339(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _record(path: Path, line: str) -> None:
    """Puts a line at the end of the front matter."""
    data = with_lines(path.read_bytes(), [line])
    if data is None:
        hint = f"put the header between two lines --- and add: {line}"
        raise Fault(Problem("GT006", "the classic header cannot record a lift", str(path), 1, 1, hint))
    write_whole(path, data)

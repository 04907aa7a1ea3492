"""What is held: `inv status`, `inv next-lift`, `inv lift`."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
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
from pressroom.model.moments import moment_at
from pressroom.model.settings import PREVIEW, Settings
from pressroom.model.typography import Typography
from pressroom.press.files import faults
from pressroom.reading.fields import read_header
from pressroom.reading.forms import Place
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.texts import read_text
from pressroom.reports import is_public_log
from pressroom.verdicts import Judged


def status(root: Path, now: str = "") -> None:
    """Says what is held, why, and until when: in the site's zone, in UTC, and as the readers of each language would be told."""
    settings, instant = builds.read(root), clock.now(now, os.environ)
    intake = look(replace(settings, audience=PREVIEW), instant)
    if is_public_log(os.environ):
        print("What is held is not named in a log that anybody may read.")
        return
    held = [(judged, why) for judged in sorted(intake.documents, key=_order) if (why := _why(settings, judged, intake.typographies))]
    if not held:
        print("Nothing is held.")
        return
    for judged, why in held:
        print("\n".join([judged.document.folder, *(f"  {line}" for line in why)]))
    upcoming = _next(intake.documents)
    print(f"Next lift: {rfc3339(upcoming)}" if upcoming else "Nothing lifts by itself.")


def next_lift(root: Path, to: str = "", now: str = "") -> None:
    """The next instant at which something is let out, for a scheduler; exits with 3 where there is none."""
    if is_public_log(os.environ) and not to:
        raise Fault(Problem("GT006", "this log may be read by anybody, and a lift's time is not for it", hint="write it to a file: inv next-lift --to FILE"), code=EXIT_USAGE)
    upcoming = _next(_documents(builds.read(root), clock.now(now, os.environ)))
    if not upcoming:
        raise SystemExit(EXIT_NOTHING)
    if to:
        with faults(to):
            Path(to).write_text(f"{rfc3339(upcoming)}\n", encoding="ascii")
    else:
        print(rfc3339(upcoming))


def lift(root: Path, name: str, reason: str, now: str = "") -> None:
    """Ends an embargo at once, and records when and why in the original's front matter."""
    # What SOURCE_DATE_EPOCH says is the instant of a build; this one stands in the sources for ever.
    settings, instant = builds.read(root), clock.now(now)
    if not reason.strip():
        raise Fault(Problem("GT006", "a lift is recorded with its reason", hint='inv lift SLUG --reason "the embargo was broken"'), code=EXIT_USAGE)
    try:
        judged = _under_embargo(_documents(settings, instant), name)
        _record(settings, judged, instant, " ".join(reason.split()))
    except Fault as refusal:
        if not is_public_log(os.environ):
            raise
        message = "there is nothing under embargo of this name, or more than one"
        raise Fault(Problem("GT006", message, hint="run it where the sources are: it says more"), code=refusal.exit_code) from None
    path = judged.document.sources[judged.document.first].path
    print(f"{path} is lifted as of {rfc3339(instant)}. The next build lets it out.")


def _under_embargo(documents: tuple[Judged, ...], name: str) -> Judged:
    """The document with this name, which a lift can let out; or a Fault that says what holds it instead."""
    judged = named(documents, name)
    document = judged.document
    if not document.judged:
        raise Fault(Problem("GT006", f"{document.folder} cannot be judged", hint="`inv check` says what is wrong with it"))
    source = document.sources[document.first]
    if judged.verdict.held == DRAFT:
        raise Fault(Problem("GT006", f"{document.folder} is a draft, not under embargo", source.path, hint="take out status: draft when it is ready"))
    if not judged.verdict.held:
        drafts = _held_translations(judged)
        but = f"; the draft of its {drafts[0]} edition is" if drafts else ""
        path = document.sources[drafts[0]].path if drafts else source.path
        raise Fault(Problem("GT006", f"{document.folder} is not held{but}", path, hint="take out status: draft when it is ready" if drafts else ""))
    if "lifted" in source.header.places:
        line, column = source.header.places["lifted"]
        message = f"{document.folder} is to be lifted at {rfc3339(judged.verdict.published)} already"
        raise Fault(Problem("GT006", message, source.path, line, column, "write another instant there"))
    return judged


def named(documents: tuple[Judged, ...], name: str) -> Judged:
    """The document with this name: its slug, `2020/slug` or `releases/2020/slug`. Two answers are a fault that lists both."""
    wanted = name.strip("/")
    found = [judged for judged in documents if wanted and f"/{judged.document.folder}".endswith(f"/{wanted}")]
    if len(found) == 1:
        return found[0]
    if found:
        folders = "its year and slug, or its folder" if is_public_log(os.environ) else ", ".join(judged.document.folder for judged in found)
        hint = f"say which: {folders}"
        raise Fault(Problem("GT006", f"{len(found)} documents are named {name}", hint=hint), code=EXIT_USAGE)
    near = difflib.get_close_matches(wanted, [judged.document.slug for judged in documents], n=1, cutoff=0.6)
    hint = f'did you mean "{near[0]}"?' if near and not is_public_log(os.environ) else "a document is named by its slug, or by its folder"
    raise Fault(Problem("GT006", f"there is no document {name!r}" if name else "which document?", hint=hint), code=EXIT_USAGE)


def _documents(settings: Settings, now: datetime) -> tuple[Judged, ...]:
    return look(replace(settings, audience=PREVIEW), now).documents


def _held_translations(judged: Judged) -> tuple[str, ...]:
    """The languages whose editions are held by themselves, whatever the document's own instant is."""
    document = judged.document
    return tuple(lang for lang, source in document.sources.items() if lang != document.first and source.header.held_by_status)


def _order(judged: Judged) -> tuple[bool, datetime, str]:
    """What lifts next comes first, and last what lifts by nobody but its editor."""
    return judged.verdict.until is None, judged.verdict.published, judged.document.folder


def _why(settings: Settings, judged: Judged, typographies: Mapping[str, Typography]) -> list[str]:
    """What holds a document, or editions of it; nothing where nothing does."""
    if not judged.document.judged:
        return ["cannot be judged; `inv check` says what is wrong with it"]
    if judged.verdict.held == DRAFT:
        return ["a draft, until status: draft is taken out"]
    lines = _until(settings, judged, typographies) if judged.verdict.held else []
    return lines + [f"{lang}: a draft, until status: draft is taken out of its edition" for lang in _held_translations(judged)]


def _next(documents: tuple[Judged, ...]) -> datetime | None:
    return min((judged.verdict.until for judged in documents if judged.verdict.until), default=None)


def _until(settings: Settings, judged: Judged, typographies: Mapping[str, Typography]) -> list[str]:
    from pressroom.outputs import dates

    until = judged.verdict.published
    lines = [f"until {until.astimezone(ZoneInfo(settings.zone)).isoformat()} ({settings.zone}), {rfc3339(until)}"]
    return lines + [f"{lang}: {dates.embargo(until, settings.zone, own)}" for lang, own in typographies.items()]


def rfc3339(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _record(settings: Settings, judged: Judged, instant: datetime, reason: str) -> None:
    """Puts a line at the end of the front matter; everything else in the file stays byte for byte, and it is written whole or not at all."""
    document = judged.document
    source = document.sources[document.first]
    path = Path(settings.root, source.path)
    entry = f"lifted: {{at: '{rfc3339(instant)}', reason: {quoted(reason)}}}"
    before = path.read_bytes()
    after = with_lines(before, [entry]) or before
    text = read_text(after, source.path)
    place = Place(source.path, document.kind, document.first, document.slug, ZoneInfo(settings.zone))
    header = read_header(read_front_matter(text, source.path), place, text.lines)
    if header.document != replace(document.fields, lifted=moment_at(instant, rfc3339(instant)), lifted_reason=reason):
        hint = f"put the header between two lines ---, each field on a line of its own, and add: {entry}"
        raise Fault(Problem("GT006", "the lift cannot be recorded in this header", source.path, 1, 1, hint))
    write_whole(path, after)

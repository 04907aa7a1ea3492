"""`inv import`: front matter in front of a text that somebody else has written, the text itself untouched."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from pressroom.commands import builds
from pressroom.commands.encodings import UTF_8, decoded
from pressroom.commands.front_matters import quoted, write_new
from pressroom.ground.languages import canonical
from pressroom.ground.problems import EXIT_USAGE, WARNING, Fault, Problem, has_errors
from pressroom.model.kinds import BY_NAME, Kind
from pressroom.model.people import Registry
from pressroom.model.settings import Settings
from pressroom.reading.bodies import Dialect, read_body
from pressroom.reading.bundles import slug_fault
from pressroom.reading.fields import read_header
from pressroom.reading.forms import Place, nearest
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.markdown import DEFAULT_EXTENSIONS, Markdown
from pressroom.reading.moments import NotAMoment, read_moment
from pressroom.reading.registry import read_registry
from pressroom.reading.texts import read_text
from pressroom.reading.tree import scan
from pressroom.reports import told

_PLAIN = re.compile(r"[a-z]+|\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?(\[[A-Za-z_/-]+\])?)?", re.ASCII)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command was told of the text; empty where it was not."""

    kind: str
    slug: str
    lang: str
    title: str
    date: str
    place: str = ""
    translation: str = ""
    source: str = ""


def run(root: Path, source: str, wanted: Wanted, ask: Callable[[str], str] | None = None) -> Path:
    """Writes the document's file and says what is noticed in it. `ask` puts a question on a terminal; else what is missing is a fault.

    Nothing is written where the command's words make no header. What is wrong with the text itself is told, and stays to be mended.
    """
    settings = builds.read(root)
    wanted = replace(wanted, source=source)
    kind = _kind(wanted)
    if ask:
        wanted = _asked(wanted, kind, settings, ask)
    path = _path(settings, wanted, kind)
    shown = os.path.relpath(path, root)
    text, encoding = decoded(wanted.source)
    data = (front_matter(wanted) + text).encode("utf-8")
    of_words, of_text = _noticed(settings, data, shown, wanted)
    if has_errors(of_words):
        raise Fault(*of_words, code=EXIT_USAGE)
    write_new(path, shown, data)
    print(
        f"{shown} is written."
        + (f" {wanted.source} was {encoding} and is UTF-8 here; it begins: {_beginning(text)}" if encoding != UTF_8 else "")
    )
    if has_errors(of_text):
        raise Fault(*of_text)
    for line in told(of_text, os.environ, root):
        print(line)
    return path


def front_matter(wanted: Wanted) -> str:
    """The lines that go in front of the text."""
    fields = {"title": wanted.title, "translation": wanted.translation, "date": wanted.date, "place": wanted.place}
    written = (f"{name}: {_scalar(name, value)}" for name, value in fields.items() if value)
    return "\n".join(["---", *written, "---", ""])


def _scalar(name: str, value: str) -> str:
    return value if name in ("date", "translation") and _PLAIN.fullmatch(value) else quoted(value)


def _beginning(text: str) -> str:
    words = " ".join(text[:200].split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _kind(wanted: Wanted) -> Kind:
    if wanted.kind not in BY_NAME:
        raise Fault(
            Problem("FM008", f"--kind {wanted.kind} is none of {', '.join(BY_NAME)}", hint=nearest(wanted.kind, tuple(BY_NAME))),
            code=EXIT_USAGE,
        )
    return BY_NAME[wanted.kind]


def _asked(wanted: Wanted, kind: Kind, settings: Settings, ask: Callable[[str], str]) -> Wanted:
    questions = {
        "source": "The text file: ",
        "slug": "The document's folder name (a-z, 0-9, hyphens): ",
        "lang": f"The language ({', '.join(settings.languages)}): ",
        "title": "The title: ",
        **({"date": "The date, as in 2020-11-02: "} if kind.dated else {}),
    }
    try:
        return replace(wanted, **{name: getattr(wanted, name) or ask(question).strip() for name, question in questions.items()})
    except EOFError:
        print()
        return wanted


def _path(settings: Settings, wanted: Wanted, kind: Kind) -> Path:
    """Where the document belongs; every missing or wrong word of the command at once."""
    problems = []
    zone = ZoneInfo(settings.zone)
    year = ""
    if not wanted.source:
        problems.append(Problem("TX009", "no text file is named", hint="inv import FILE"))
    if not wanted.slug or (fault := slug_fault(wanted.slug, kind)):
        message = f"--slug {wanted.slug}: {fault}" if wanted.slug else "--slug is missing"
        problems.append(Problem("TX001", message, hint="the document's folder name: a-z, 0-9 and single hyphens"))
    if wanted.lang not in settings.languages:
        message = f"--lang {wanted.lang} is no language of this site" if wanted.lang else "--lang is missing"
        problems.append(Problem("TX003", message, hint=_language_hint(wanted.lang, settings.languages)))
    if not wanted.title.strip():
        problems.append(Problem("TR010", "the text gives no title", wanted.source, hint="write --title"))
    if kind.dated:
        try:
            year = str(read_moment(wanted.date, zone).instant.astimezone(zone).year)
        except NotAMoment as error:
            message, hint = (
                (f"--date: {error}", error.hint)
                if wanted.date
                else ("the text gives no year, and none is guessed", "write --date 2020-11-02")
            )
            problems.append(Problem("TR010", message, wanted.source, hint=hint))
    if problems:
        raise Fault(*problems, code=EXIT_USAGE)
    return Path(settings.content, kind.folder, year, wanted.slug, f"index.{wanted.lang}.md")


def _language_hint(given: str, languages: tuple[str, ...]) -> str:
    right = canonical(given) if given else ""
    return f"write {right}" if right in languages else f"its languages are {', '.join(languages)}"


def _noticed(settings: Settings, data: bytes, shown: str, wanted: Wanted) -> tuple[list[Problem], list[Problem]]:
    """What a build would say of the new file: of the header that the command's words make, and of the text."""
    text = read_text(data, shown)
    front = read_front_matter(text, shown)
    header = read_header(front, Place(shown, wanted.kind, wanted.lang, wanted.slug, ZoneInfo(settings.zone)), text.lines)
    of_words = [*header.problems, *(problem for problem in text.problems if problem.line and problem.line < front.body_line)]
    of_text = [problem for problem in text.problems if problem not in of_words]
    if not has_errors([*of_words, *of_text]):
        registry = _registry(settings)
        dialect = Dialect(registry.known, settings.transcript_tags, settings.credit_labels)
        markdown = Markdown(settings.markdown_extensions or DEFAULT_EXTENSIONS)
        facts, _ = read_body(front.body, header, shown, wanted.kind, wanted.lang, markdown, dialect)
        of_text += facts.problems
    if front.body.lstrip().startswith("---"):
        hint = "take out one of the two headers"
        of_text.append(
            Problem("FM002", "the text seems to have front matter of its own", shown, front.body_line, 1, hint, severity=WARNING)
        )
    return of_words, of_text


def _registry(settings: Settings) -> Registry:
    tree = scan(((settings.content, "content"),), settings.languages)
    return read_registry(tree.registries, settings.languages)[0]


def terminal() -> Callable[[str], str] | None:
    """How to put a question, where somebody is there to answer."""
    return input if sys.stdin is not None and sys.stdin.isatty() else None

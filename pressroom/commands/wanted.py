"""What a command that makes a document was told of it, where that belongs, and the file, written whole or not at all."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from pressroom.commands.front_matters import quoted
from pressroom.ground.languages import canonical
from pressroom.ground.problems import EXIT_USAGE, Fault, Problem
from pressroom.model.document import Header
from pressroom.model.kinds import BY_NAME, Kind
from pressroom.model.settings import Settings
from pressroom.press.files import create, faults
from pressroom.reading.bundles import slug_fault
from pressroom.reading.fields import read_header
from pressroom.reading.files import encodes
from pressroom.reading.forms import Place, nearest
from pressroom.reading.front_matter import FrontMatter, read_front_matter
from pressroom.reading.moments import NotAMoment, read_moment
from pressroom.reading.texts import Text, read_text
from pressroom.reports import is_public_log

_PLAIN = re.compile(r"[a-z]+|\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?(\[[A-Za-z_/-]+\])?)?", re.ASCII)
_UNQUOTED = ("date", "translation", "status")
SLUG_HINT = "the document's folder name: a-z, 0-9 and single hyphens"

Ask = Callable[[str], str]
"""Puts a question and gives the answer."""


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


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is about to be written, as a build would read it."""

    text: Text
    front: FrontMatter
    header: Header


def kind_of(wanted: Wanted) -> Kind:
    if wanted.kind not in BY_NAME:
        raise Fault(
            Problem("FM008", f"--kind {wanted.kind} is none of {', '.join(BY_NAME)}", hint=nearest(wanted.kind, tuple(BY_NAME))),
            code=EXIT_USAGE,
        )
    return BY_NAME[wanted.kind]


def asked(wanted: Wanted, questions: Mapping[str, str], ask: Ask, offer: Callable[[str, Wanted], str] = lambda name, wanted: "") -> Wanted:
    """What is not said yet, asked in the order of the questions. An answer of nothing takes what is offered."""
    try:
        for name, question in questions.items():
            if not getattr(wanted, name):
                offered = offer(name, wanted)
                answer = _answer(ask, f"{question} [{offered}]: " if offered else f"{question}: ")
                wanted = replace(wanted, **{name: answer or offered})
    except EOFError:
        print()
    return wanted


def _answer(ask: Ask, question: str) -> str:
    with suppress(UnicodeDecodeError):
        answer = ask(question).strip()
        if encodes(answer):
            return answer
    raise Fault(Problem("FM001", "the answer is not UTF-8", hint="set the terminal to UTF-8"), code=EXIT_USAGE)


def terminal() -> Ask | None:
    """How to put a question, where somebody is there to answer."""
    return input if sys.stdin is not None and sys.stdin.isatty() else None


def paths_of(settings: Settings, wanted: Wanted, kind: Kind, missing: Mapping[str, Problem], more: tuple[Problem, ...] = ()) -> tuple[Path, ...]:
    """Where the file belongs, then where else it might lie. A document in HELD_PATH alone goes on there: nothing of it may lie among what is public.

    Every missing or wrong word of the command is told at once. `missing` has what is said where one is not there.
    """
    problems = list(more)
    zone = ZoneInfo(settings.zone)
    year = ""
    if not wanted.slug:
        problems.append(missing["slug"])
    elif fault := slug_fault(wanted.slug, kind):
        problems.append(Problem("TX001", f"--slug {wanted.slug}: {fault}", hint=SLUG_HINT))
    if not wanted.lang:
        problems.append(missing["lang"])
    elif wanted.lang not in settings.languages:
        problems.append(Problem("TX003", f"--lang {wanted.lang} is no language of this site", hint=language_hint(wanted.lang, settings.languages)))
    if not wanted.title.strip():
        problems.append(missing["title"])
    if kind.dated and not wanted.date:
        problems.append(missing["date"])
    elif kind.dated:
        try:
            year = str(read_moment(wanted.date, zone).instant.astimezone(zone).year)
        except NotAMoment as error:
            problems.append(Problem("TR010", f"--date: {error}", wanted.source, hint=error.hint))
    if problems:
        raise Fault(*problems, code=EXIT_USAGE)
    public, *apart = (Path(root, kind.folder, year, wanted.slug, f"index.{wanted.lang}.md") for root, _ in settings.roots)
    held = [path for path in apart if path.parent.is_dir()]
    if held and is_public_log(os.environ):
        raise Fault(Problem("TX011", "the name is taken", hint="choose another slug"))
    return (*held, public) if held and not editions_beside(public) else (public, *held)


def editions_beside(*paths: Path) -> list[Path]:
    """The files of all editions in the folders of these."""
    return sorted(found for path in paths for found in path.parent.glob("index.*.md"))


def there_already(shown: str) -> Fault:
    return Fault(Problem("TX011", "the file is there already", shown, hint="choose another slug, or another language"))


def language_hint(given: str, languages: tuple[str, ...]) -> str:
    right = canonical(given) if given else ""
    return f"write {right}" if right in languages else f"its languages are {', '.join(languages)}"


def front_matter(fields: Mapping[str, str], *more: str) -> str:
    """The lines that go in front of a text: fields with their values, then lines as they are."""
    written = (f"{name}: {_scalar(name, value)}" for name, value in fields.items() if value)
    return "\n".join(["---", *written, *more, "---", ""])


def _scalar(name: str, value: str) -> str:
    return value if name in _UNQUOTED and _PLAIN.fullmatch(value) else quoted(value)


def read(settings: Settings, data: bytes, shown: str, wanted: Wanted) -> Made:
    """The new file as a build would read its header."""
    text = read_text(data, shown)
    front = read_front_matter(text, shown)
    return Made(text, front, read_header(front, Place(shown, wanted.kind, wanted.lang, wanted.slug, ZoneInfo(settings.zone)), text.lines))


def problems_of(made: Made) -> list[Problem]:
    """What is wrong with the words of the command: with the header that they make."""
    return [*made.header.problems, *(problem for problem in made.text.problems if problem.line and problem.line < made.front.body_line)]


def write(path: Path, shown: str, data: bytes) -> None:
    """The new file, whole or not at all; one that is there already is nobody's to replace."""
    with faults(str(path)):
        os.makedirs(path.parent, exist_ok=True)
        beside = path.with_name(f".{path.name}.import")
        try:
            with create(str(beside)) as file:
                file.write(data)
            os.link(beside, path)
        except FileExistsError:
            raise there_already(shown) from None
        finally:
            beside.unlink(missing_ok=True)

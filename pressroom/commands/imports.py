"""`inv import`: front matter in front of a text that somebody else has written, the text itself untouched."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from pressroom.commands import builds
from pressroom.ground.languages import canonical
from pressroom.ground.problems import EXIT_USAGE, WARNING, Fault, Problem, has_errors
from pressroom.model.kinds import BY_NAME
from pressroom.model.people import Registry
from pressroom.model.settings import Settings
from pressroom.reading.bodies import Dialect, read_body
from pressroom.reading.fields import Place, read_header
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.markdown import DEFAULT_EXTENSIONS, Markdown
from pressroom.reading.moments import NotAMoment, read_moment
from pressroom.reading.registry import read_registry
from pressroom.reading.texts import read_text
from pressroom.reading.tree import scan, slug_fault
from pressroom.reports import told

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


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


def run(root: Path, source: str, wanted: Wanted, ask: Callable[[str], str] | None = None) -> Path:
    """Writes the document's file and says what is noticed in it. `ask` puts a question on a terminal; without it what is missing is a fault."""
    settings = builds.read(root)
    if ask:
        wanted = _asked(wanted, settings, ask)
    text, encoding = decoded(source)
    path = _path(settings, wanted, source)
    front = front_matter(wanted)
    os.makedirs(path.parent, exist_ok=True)
    try:
        with open(path, "x", encoding="utf-8", newline="") as file:
            file.write(front + text)
    except FileExistsError:
        shown = os.path.relpath(path, root)
        raise Fault(Problem("TX011", "the file is there already", shown, hint="choose another slug, or another language")) from None
    shown = os.path.relpath(path, root)
    print(f"{shown} is written" + (f"; {source} was {encoding} and is UTF-8 here" if encoding != "UTF-8" else ""))
    for line in told(_noticed(settings, path, shown, wanted), os.environ, root):
        print(line)
    return path


def decoded(source: str) -> tuple[str, str]:
    """A text file's text and what it is encoded in: UTF-8, UTF-16 by its mark, else GB18030. Nothing is guessed further."""
    try:
        data = Path(source).read_bytes()
    except OSError as error:
        raise Fault(Problem("TX009", f"the file cannot be read ({error.strerror})", source), code=EXIT_USAGE) from None
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strictly(data, codec, source), "UTF-8" if codec == "utf-8-sig" else "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        try:
            return data.decode("gb18030"), "GB18030"
        except UnicodeDecodeError:
            message = f"byte {error.start} (0x{data[error.start]:02X}) is neither UTF-8 nor GB18030"
            raise Fault(Problem("FM001", message, source, hint="save the file as UTF-8")) from None


def _strictly(data: bytes, codec: str, source: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise Fault(Problem("FM001", f"byte {error.start} is not {codec}", source, hint="save the file as UTF-8")) from None


def front_matter(wanted: Wanted) -> str:
    """The lines that go in front of the text. A YAML scalar in double quotes is a JSON string."""
    fields = {"title": wanted.title, "translation": wanted.translation, "date": wanted.date, "place": wanted.place}
    written = (f"{name}: {value if name in ('date', 'translation') else json.dumps(value, ensure_ascii=False)}" for name, value in fields.items() if value)
    return "\n".join(["---", *written, "---", ""])


def _asked(wanted: Wanted, settings: Settings, ask: Callable[[str], str]) -> Wanted:
    answers = {
        "slug": wanted.slug or ask("The document's folder name (a-z, 0-9, hyphens): "),
        "lang": wanted.lang or ask(f"The language ({', '.join(settings.languages)}): "),
        "title": wanted.title or ask("The title: "),
        "date": wanted.date or ask("The date, as in 2020-11-02: "),
    }
    return Wanted(wanted.kind, **answers, place=wanted.place, translation=wanted.translation)


def _path(settings: Settings, wanted: Wanted, source: str) -> Path:
    """Where the document belongs; every missing or wrong word of the command at once."""
    problems = []
    if wanted.kind not in BY_NAME:
        raise Fault(Problem("FM008", f"--kind {wanted.kind} is none of {', '.join(BY_NAME)}"), code=EXIT_USAGE)
    kind = BY_NAME[wanted.kind]
    if not wanted.slug or (fault := slug_fault(wanted.slug, kind)):
        problems.append(Problem("TX001", f"--slug {wanted.slug!r}: {fault if wanted.slug else 'it is missing'}", hint="a slug has a-z, 0-9 and single hyphens"))
    lang = canonical(wanted.lang) if wanted.lang else ""
    if lang != wanted.lang or lang not in settings.languages:
        problems.append(Problem("TX003", f"--lang {wanted.lang!r}", hint=f"the languages are {', '.join(settings.languages)}"))
    if not wanted.title:
        problems.append(Problem("TR010", "the text gives no title", source, hint="write --title"))
    year = 0
    if kind.dated:
        try:
            year = read_moment(wanted.date, ZoneInfo(settings.zone)).instant.astimezone(ZoneInfo(settings.zone)).year
        except NotAMoment as error:
            message = f"--date: {error}" if wanted.date else "the text gives no year, and none is guessed"
            problems.append(Problem("TR010", message, source, hint="write --date 2020-11-02"))
    if problems:
        raise Fault(*problems)
    folder = [kind.folder, str(year), wanted.slug] if kind.dated else [kind.folder, wanted.slug]
    return Path(settings.content, *folder, f"index.{wanted.lang}.md")


def _noticed(settings: Settings, path: Path, shown: str, wanted: Wanted) -> list[Problem]:
    """What a build would say of the new file; not what would keep it from building, which is told as a warning here."""
    text = read_text(path.read_bytes(), shown)
    front = read_front_matter(text, shown)
    header = read_header(front, Place(shown, wanted.kind, wanted.lang, wanted.slug, ZoneInfo(settings.zone)), text.lines)
    problems = [*text.problems, *header.problems]
    if not has_errors(problems):
        registry = _registry(settings)
        dialect = Dialect(registry.known, settings.transcript_tags, settings.credit_labels)
        markdown = Markdown(settings.markdown_extensions or DEFAULT_EXTENSIONS)
        facts, _ = read_body(front.body, header, shown, wanted.kind, wanted.lang, markdown, dialect)
        problems += facts.problems
    if front.body.lstrip().startswith("---"):
        hint = "take out one of the two headers"
        problems.append(Problem("FM002", "the text seems to have front matter of its own", shown, front.body_line, 1, hint, severity=WARNING))
    return problems


def _registry(settings: Settings) -> Registry:
    tree = scan(((settings.content, "content"),), settings.languages)
    return read_registry(tree.registries, settings.languages)[0]


def terminal() -> Callable[[str], str] | None:
    """How to put a question, where somebody is there to answer."""
    return input if sys.stdin is not None and sys.stdin.isatty() else None

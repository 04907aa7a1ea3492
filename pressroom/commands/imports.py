"""`inv import`: front matter in front of a text that somebody else has written, the text itself untouched."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pressroom.commands import builds
from pressroom.commands import wanted as documents
from pressroom.commands.encodings import UTF_8, decoded
from pressroom.commands.wanted import SLUG_HINT, Wanted, asked, kind_of, language_hint, paths_of
from pressroom.ground.problems import EXIT_USAGE, WARNING, Fault, Problem, has_errors
from pressroom.model.people import Registry
from pressroom.model.settings import Settings
from pressroom.reading.bodies import read_body
from pressroom.reading.dialects import Dialect
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.markdown import DEFAULT_EXTENSIONS, Markdown
from pressroom.reading.registry import read_registry
from pressroom.reading.texts import Text
from pressroom.reading.tree import scan
from pressroom.reports import told

_SHOWN = 40


def run(root: Path, source: str, wanted: Wanted, ask: Callable[[str], str] | None = None) -> Path:
    """Writes the document's file and says what is noticed in it. `ask` puts a question on a terminal; else what is missing is a fault.

    Nothing is written where the command's words make no header. What is wrong with the text itself is told, and stays to be mended.
    """
    settings = builds.read(root)
    wanted = replace(wanted, source=source)
    kind = kind_of(wanted)
    if ask:
        questions = {
            "source": "The text file",
            "slug": "The document's folder name (a-z, 0-9, hyphens)",
            "lang": f"The language ({', '.join(settings.languages)})",
            "title": "The title",
            **({"date": "The date, as in 2020-11-02"} if kind.dated else {}),
        }
        wanted = asked(wanted, questions, ask)
    unnamed = () if wanted.source else (Problem("TX009", "no text file is named", hint="inv import FILE"),)
    # Of a text that nobody can read nothing can be said to be missing in it.
    text, encoding = decoded(wanted.source) if wanted.source else ("", UTF_8)
    path, *apart = paths_of(settings, wanted, kind, _missing(wanted, settings), unnamed)
    shown = os.path.relpath(path, root)
    if there := [other for other in apart if other.exists()]:
        raise documents.there_already(os.path.relpath(there[0], root))
    data = (front_matter(wanted) + text).encode("utf-8")
    of_words, of_text = _noticed(settings, data, shown, wanted)
    if has_errors(of_words):
        raise Fault(*of_words, code=EXIT_USAGE)
    documents.write(path, shown, data)
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
    return documents.front_matter({"title": wanted.title, "translation": wanted.translation, "date": wanted.date, "place": wanted.place})


def _missing(wanted: Wanted, settings: Settings) -> dict[str, Problem]:
    return {
        "slug": Problem("TX001", "--slug is missing", hint=SLUG_HINT),
        "lang": Problem("TX003", "--lang is missing", hint=language_hint("", settings.languages)),
        "title": Problem("TR010", "the text gives no title", wanted.source, hint="write --title"),
        "date": Problem("TR010", "the text gives no year, and none is guessed", wanted.source, hint="write --date 2020-11-02"),
    }


def _beginning(text: str) -> str:
    words = " ".join(text[:200].split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _noticed(settings: Settings, data: bytes, shown: str, wanted: Wanted) -> tuple[list[Problem], list[Problem]]:
    """What a build would say of the new file: of the header that the command's words make, and of the text."""
    made = documents.read(settings, data, shown, wanted)
    of_words = documents.problems_of(made)
    of_text = [problem for problem in made.text.problems if problem not in of_words]
    if not has_errors([*of_words, *of_text]):
        registry = _registry(settings)
        dialect = Dialect(registry.known, settings.transcript_tags, settings.credit_labels)
        markdown = Markdown(settings.markdown_extensions or DEFAULT_EXTENSIONS)
        facts, _ = read_body(made.front.body, made.header, shown, wanted.kind, wanted.lang, markdown, dialect, {})
        of_text += facts.problems
    if _has_header(made.front.body.lstrip()):
        hint = "take out one of the two headers"
        of_text.append(
            Problem("FM002", "the text seems to have front matter of its own", shown, made.front.body_line, 1, hint, severity=WARNING)
        )
    return of_words, of_text


def _has_header(text: str) -> bool:
    """Whether a text begins as one with front matter of its own, or with the classic header of a Pelican site."""
    front = read_front_matter(Text(text), "")
    return text.startswith("---") or front.classic and "title" in front.fields


def _registry(settings: Settings) -> Registry:
    tree = scan(((settings.content, "content"),), settings.languages)
    return read_registry(tree.registries, settings.languages)[0]

"""`inv new`: a document's folder and its first file, with the front matter of its kind, as a draft."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pressroom.commands import builds
from pressroom.commands import wanted as documents
from pressroom.commands.slugs import offered
from pressroom.commands.wanted import SLUG_HINT, Ask, Wanted, asked, kind_of, language_hint, paths_of
from pressroom.desk.gate import DRAFT
from pressroom.ground import clock
from pressroom.ground.problems import EXIT_USAGE, Fault, Problem, has_errors
from pressroom.intake import TYPOGRAPHY_TABLES
from pressroom.model.kinds import FIELDS, Kind
from pressroom.model.settings import Settings
from pressroom.reading.typographies import read_typographies

# What other commands write, and what only a translation has.
_LATER = ("lifted", "corrections", "translation", "translator", "source")
_NO_OFFER = "none is offered, for one made of this headline would be a guess"


def run(root: Path, wanted: Wanted, ask: Ask | None = None) -> Path:
    """Writes the first file of a document. `ask` puts a question on a terminal; else what is missing is a fault that carries the offer."""
    settings, kind, now = builds.read(root), kind_of(wanted), clock.now(environment=os.environ)
    if ask:
        wanted = asked(wanted, _questions(settings, kind), ask, lambda name, known: _offer(name, known, settings, now))
    path, *apart = paths_of(settings, wanted, kind, _missing(wanted, settings, now))
    shown = os.path.relpath(path, root)
    if others := [other for other in documents.editions_beside(path, *apart) if other != path]:
        hint = "choose another slug; its translations are files beside it"
        names = ", ".join(other.name for other in others)
        raise Fault(Problem("TX011", f"there is a document of this name already: {names}", os.path.relpath(others[0].parent, root), hint=hint))
    data = _first_file(wanted, kind).encode("utf-8")
    problems = documents.problems_of(documents.read(settings, data, shown, wanted))
    if has_errors(problems):
        raise Fault(*problems, code=EXIT_USAGE)
    documents.write(path, shown, data)
    print(f"{shown} is written, a draft: write the text, and take out status: {DRAFT} when it is ready.")
    return path


def _first_file(wanted: Wanted, kind: Kind) -> str:
    fields = {"title": wanted.title.strip(), "date": wanted.date if kind.dated else "", "place": wanted.place, "status": DRAFT}
    others = [field.name for field in FIELDS if kind.name in field.kinds and field.honoured and field.name not in (*fields, *_LATER)]
    return documents.front_matter(fields, f"# There are also: {', '.join(others)}.") + "\n"


def _questions(settings: Settings, kind: Kind) -> dict[str, str]:
    return {
        "title": "The headline",
        "lang": f"The language ({', '.join(settings.languages)})",
        **({"date": "The date"} if kind.dated else {}),
        "slug": "The document's folder name (a-z, 0-9, hyphens)",
    }


def _offer(name: str, wanted: Wanted, settings: Settings, now: datetime) -> str:
    if name == "lang":
        return settings.default_language
    if name == "date":
        return _today(settings, now).isoformat()
    if name != "slug":
        return ""
    slug = _slug(wanted, settings)
    if not slug:
        print(f"A folder name: {_NO_OFFER}.")
    return slug


def _today(settings: Settings, now: datetime) -> date:
    return now.astimezone(ZoneInfo(settings.zone)).date()


def _slug(wanted: Wanted, settings: Settings) -> str:
    """What may name the folder of a headline in a language of the site."""
    if wanted.lang not in settings.languages:
        return ""
    found, _ = read_typographies(settings.theme_folders("typography"), (wanted.lang,), settings.typography, TYPOGRAPHY_TABLES)
    return offered(wanted.title, found[wanted.lang]) if wanted.lang in found else ""


def _missing(wanted: Wanted, settings: Settings, now: datetime) -> dict[str, Problem]:
    slug = "" if wanted.slug else _slug(wanted, settings)
    # The words of a headline are those of a language.
    none = _NO_OFFER if wanted.title.strip() and wanted.lang in settings.languages else "one is offered where the headline and its language are given"
    hint = f"write --slug {slug}, or another: {SLUG_HINT}" if slug else f"{SLUG_HINT}; {none}"
    return {
        "slug": Problem("TX001", "--slug is missing", hint=hint),
        "lang": Problem("TX003", "--lang is missing", hint=language_hint("", settings.languages)),
        "title": Problem("TR010", "there is no headline", hint='inv new "The headline"'),
        "date": Problem("TR010", "--date is missing", hint=f"write --date {_today(settings, now).isoformat()}"),
    }

"""Two editions of one text as the agreement check sees them, read as the house reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from pressroom.desk import alignment
from pressroom.desk.agreement.judge import Bench, disagreements
from pressroom.desk.agreement.units import Side
from pressroom.ground.problems import Problem
from pressroom.model.document import Edition
from pressroom.model.people import Registry
from pressroom.reading.bodies import read_body
from pressroom.reading.dialects import Dialect
from pressroom.reading.fields import read_header
from pressroom.reading.forms import Place
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.markdown import DEFAULT_EXTENSIONS, Markdown
from pressroom.reading.registry import read_registry
from pressroom.reading.texts import Text
from pressroom.reading.tree import scan
from tests.reading.typography.typographies import every
from tests.sites import REPOSITORY

LANGUAGES = ("en", "zh-Hans", "fr", "es", "ru", "ar")
WHEN = date(2026, 11, 18)


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The demo newsroom's."""
    return read_registry(scan(((str(REPOSITORY / "content"), "content"),), LANGUAGES).registries, LANGUAGES)[0]


@lru_cache(maxsize=1)
def _markdown() -> Markdown:
    return Markdown(DEFAULT_EXTENSIONS)


@lru_cache(maxsize=1024)
def side(lang: str, text: str, kind: str = "release", header: str = "title: x\n") -> tuple[Side, tuple]:
    """An edition of `text`, and what its file says is meant."""
    path = f"content/{kind}s/2026/x/index.{lang}.md"
    whole = Text(f"---\n{header}---\n{text}\n")
    front = read_front_matter(whole, path)
    read = read_header(front, Place(path, kind, lang, "x", ZoneInfo("UTC")), whole.lines, every().get(lang))
    facts, body = read_body(front.body, read, path, kind, lang, _markdown(), Dialect(registry().known), every())
    hrefs = tuple(_href(link.target, lang) for link in facts.links)
    return Side(Edition(lang, "ltr", f"/{lang}/{kind}s/2026/x/", path, "d", read.edition, facts, hrefs), body, read.places, WHEN, read.held_by_status), read.excuses


def _href(target: str, lang: str) -> str:
    if ":" in target or target.startswith("#"):
        return target
    return f"/{lang}/releases/2026/{target.strip('./')}/" if target.endswith("/") else f"/releases/2026/x/{target}"


def judged(original: tuple[str, str], translation: tuple[str, str], kind: str = "release", headers: tuple[str, str] = ("title: x\n", "title: x\n")) -> list[Problem]:
    """What the check says of a translation: both as language and text."""
    other, _ = side(*original, kind, headers[0])
    mine, excuses = side(*translation, kind, headers[1])
    found = alignment.counterparts(mine.edition.facts, other.edition.facts)
    mine = replace(mine, edition=replace(mine.edition, counterparts=found))
    return disagreements(mine, other, excuses, Bench(registry(), LANGUAGES))

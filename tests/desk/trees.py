"""Small documents made for tests of the desk: headers through the real reader, no file opened."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pressroom.desk.editions import Assembled, Source, assemble
from pressroom.model.document import Header
from pressroom.reading.fields import read_header
from pressroom.reading.forms import Place
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.texts import read_text

ZONE = ZoneInfo("Europe/Paris")
LANGUAGES = ("en", "zh-Hans", "ar")


def header(yaml: str, lang: str = "en", kind: str = "release", path: str = "") -> Header:
    path = path or f"content/releases/2020/a/index.{lang}.md"
    text = read_text(f"---\n{yaml}---\nWords.\n".encode(), path)
    return read_header(read_front_matter(text, path), Place(path, kind, lang, "a", ZONE), text.lines)


def assembled(slug: str = "a", kind: str = "release", year: int = 2020, **yaml: str) -> Assembled:
    """A document of the front matters of its editions, by language with `_` for `-`."""
    folder = f"{kind}s/{year}/{slug}" if year else f"pages/{slug}"
    sources = {}
    for tag, text in yaml.items():
        lang = tag.replace("_", "-")
        path = f"content/{folder}/index.{lang}.md"
        sources[lang] = Source(path, header(text, lang, kind, path))
    return assemble(kind, year, slug, folder, sources)

"""Texts read for tests, by the real reader."""

from __future__ import annotations

from functools import lru_cache

from pressroom.model.document import DocumentFields, EditionFields, Header
from pressroom.model.text import Body, Facts
from pressroom.reading.bodies import read_body
from pressroom.reading.dialects import Dialect
from pressroom.reading.markdown import DEFAULT_EXTENSIONS, Markdown
from tests.reading.typography.typographies import every, typography


@lru_cache(maxsize=1)
def reader() -> Markdown:
    return Markdown(DEFAULT_EXTENSIONS)


def read(
    source: str, kind: str = "release", lang: str = "en", document: DocumentFields | None = None, line: int = 5, style: str = "", **edition: object
) -> tuple[Facts, Body]:
    """The facts and the body of a text that begins in line 5 of its file."""
    header = Header(document or DocumentFields(), EditionFields(**edition), body_line=line)  # type: ignore[arg-type]
    return read_body(source, header, "content/a.md", kind, lang, reader(), Dialect(), {**every(), lang: typography(lang, style)} if lang in every() else every())


def html_of(source: str, **how: object) -> str:
    return "\n".join(block.html for block in read(source, **how)[1].blocks)  # type: ignore[arg-type]

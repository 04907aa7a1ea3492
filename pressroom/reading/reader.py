"""Bodies read by whatever process: a text that is a plain value goes in, facts and blocks as bytes come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from pressroom.ground.pool import JOB
from pressroom.model.document import DocumentFields, Header
from pressroom.model.text import Body, Facts
from pressroom.model.typography import Typography
from pressroom.reading.dialects import Dialect

if TYPE_CHECKING:
    from pressroom.reading.markdown import Markdown

SECONDS = 3e-6
"""About what a byte of a text takes to be read."""


@dataclass(frozen=True, slots=True)
class Text:
    """An edition's text after the front matter, with all that its reading hangs on. `dialect` is the name of one that the Reader has."""

    source: str
    header: Header
    fields: DocumentFields
    path: str
    kind: str
    lang: str
    dialect: str = ""


class Reader:
    """Reads texts. `dialects` are by name; Markdown is had once.

    What reads is loaded for the first text: most builds have none to read.
    """

    def __init__(self, extensions: Mapping[str, Mapping[str, Any]], dialects: Mapping[str, Dialect], typographies: Mapping[str, Typography]) -> None:
        self._extensions, self._dialects, self._typographies = extensions, dialects, typographies

    def __reduce__(self) -> tuple[Any, ...]:
        return Reader, (self._extensions, self._dialects, self._typographies)

    @cached_property
    def _markdown(self) -> Markdown:
        from pressroom.reading.markdown import DEFAULT_EXTENSIONS, Markdown

        return Markdown(self._extensions or DEFAULT_EXTENSIONS)

    def read(self, text: Text) -> tuple[Facts, Body]:
        from pressroom.reading.bodies import read_body

        header = replace(text.header, document=text.fields)
        return read_body(text.source, header, text.path, text.kind, text.lang, self._markdown, self._dialects[text.dialect], self._typographies)

    def __call__(self, texts: tuple[Text, ...]) -> list[tuple[bytes, bytes]]:
        """The facts and the body of each text, as bytes: a pool's job."""
        encode = msgspec.msgpack.encode
        return [(encode(facts), encode(body)) for facts, body in map(self.read, texts)]


def stretches(texts: Iterable[Text]) -> Iterator[tuple[Text, ...]]:
    """Texts in their order, as many together as are enough for a job."""
    found: list[Text] = []
    seconds = 0.0
    for text in texts:
        found.append(text)
        seconds += len(text.source) * SECONDS
        if seconds >= JOB:
            yield tuple(found)
            found, seconds = [], 0.0
    if found:
        yield tuple(found)

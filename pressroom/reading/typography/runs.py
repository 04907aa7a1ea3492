"""The words of a piece of HTML, apart from everything else in it.

A paragraph is what stands between two borders of blocks, whatever inline elements it goes through: its text is one, so that a quotation that
opens before `<em>` closes after it, and what is done to it goes back to the very places that it came from. Code, pictures, raw addresses and
words in a language that nobody here can set stand in it as one `HIDDEN` sign; marks of footnotes do not stand in it at all.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from pressroom.reading.typography.edits import BREAK, HIDDEN

TAG = re.compile(r"<!--.*?-->|<(/?)([A-Za-z][^\s/>]*)((?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
_LANG = re.compile(r"""\slang\s*=\s*["']?([A-Za-z0-9-]+)""", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em font i img ins kbd mark q rb rp rt ruby s samp small span strong sub sup time tt u var wbr".split()
)
_VOID = frozenset("br img wbr hr input col".split())
VERBATIM = frozenset("code kbd samp tt var".split())
"""Inline elements whose words are meant to the letter; `class="verbatim"` says it of any other."""
_WHOLE = frozenset("pre script style textarea svg math title".split())
_ASIDE = frozenset("rt rp".split())
_IS_VERBATIM = re.compile(r"""\sclass\s*=\s*(["'])(?:[^"']*\s)?verbatim(?:\s[^"']*)?\1""")
_IS_NOTE_MARK = re.compile(r"""\sid\s*=\s*["']fnref""")


@dataclass(slots=True)
class Paragraph:
    """One text in one language. `places` are the pieces of the HTML that it is made of, each with its number and where it begins and ends in the text."""

    lang: str
    places: list[tuple[int, int, int]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, words: str, number: int = -1) -> None:
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        if number >= 0:
            self.places.append((number, start, self.length))


@dataclass(slots=True)
class _Frame:
    """An element that sets its words apart; what comes after it goes on in `around`."""

    name: str
    around: Paragraph | None
    is_block: bool
    depth: int = 0


class Html:
    """A piece of HTML as tags and texts, and its paragraphs. `sets` says whether words in a language can be set, and by the rules of which."""

    def __init__(self, source: str, lang: str, sets: Callable[[str], str]) -> None:
        self.pieces: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self._lang, self._sets = lang, sets
        self._frames: list[_Frame] = []
        self._current: Paragraph | None = self._fresh(lang)
        self._read(source)

    def put(self, paragraph: Paragraph, text: str, origin: Sequence[int] | None) -> None:
        """The new text of a paragraph, back in its places; `origin` says which sign of the old text each of its signs comes from."""
        for number, start, end in paragraph.places:
            if origin is not None:
                start, end = bisect_left(origin, start), bisect_left(origin, end)
            self.pieces[number] = html.escape(text[start:end], quote=False)

    def __str__(self) -> str:
        return "".join(self.pieces)

    def _read(self, source: str) -> None:
        at = 0
        for found in TAG.finditer(source):
            if at < found.start():
                self._words(source[at : found.start()])
            self.pieces.append(found[0])
            at = found.end()
            if found[2]:
                name = found[2].lower()
                self._end(name) if found[1] else self._start(name, found[3])
        if at < len(source):
            self._words(source[at:])

    def _words(self, text: str) -> None:
        self.pieces.append(text)
        if self._current is not None:
            self._current.add(html.unescape(text) if "&" in text else text, len(self.pieces) - 1)

    def _fresh(self, lang: str) -> Paragraph:
        self.paragraphs.append(Paragraph(lang))
        return self.paragraphs[-1]

    def _start(self, name: str, attributes: str) -> None:
        top = self._frames[-1] if self._frames else None
        if top and top.name == name and name not in _VOID:
            top.depth += 1
        if top and top.name in _WHOLE:
            return
        if name not in _INLINE:
            self._border()
        if name in _VOID:
            if self._current is not None and name in ("br", "img"):
                self._current.add(BREAK if name == "br" else HIDDEN)
            return
        hidden = name in VERBATIM or name in _WHOLE or bool(attributes and _IS_VERBATIM.search(attributes))
        if hidden or name in _ASIDE or (name == "sup" and _IS_NOTE_MARK.search(attributes)):
            self._open(name, None, hidden)
        elif attributes and (said := _LANG.search(attributes)):
            lang = self._sets(said[1])
            if lang != (self._current.lang if self._current is not None else ""):
                self._open(name, lang, True)

    def _open(self, name: str, lang: str | None, shows: bool) -> None:
        if shows and self._current is not None:
            self._current.add(HIDDEN)
        self._frames.append(_Frame(name, self._current, name not in _INLINE))
        self._current = self._fresh(lang) if lang and self._current is not None else None

    def _end(self, name: str) -> None:
        top = self._frames[-1] if self._frames else None
        if top and top.name == name:
            if top.depth:
                top.depth -= 1
            else:
                self._current = self._frames.pop().around
        if not (top and top.name in _WHOLE) and name not in _INLINE:
            self._border()

    def _border(self) -> None:
        """A block begins or ends: what was opened inside the last one is closed, as a browser closes it."""
        while self._frames and not self._frames[-1].is_block:
            self._current = self._frames.pop().around
        if self._current is not None and self._current.parts:
            self._current = self._fresh(self._current.lang)


def words_of(source: str) -> Iterator[str]:
    """The texts between the tags, escaped no more."""
    at = 0
    for found in TAG.finditer(source):
        yield html.unescape(source[at : found.start()])
        at = found.end()
    yield html.unescape(source[at:])

"""Where what was read stands in its file: texts by their lines, links and pieces of HTML by their words."""

from __future__ import annotations

import re
from bisect import bisect_right

# What Markdown takes off a line before it is text: quotes, bullets, numbers, heading marks, table bars.
_LEADS = " \t>*+-:#|=0123456789."


class Lines:
    """The lines of a text, asked for in the order of the text. `first` is the line of the file in which it begins."""

    def __init__(self, text: str, first: int) -> None:
        self._first, self._at = first, -1
        self._places: dict[str, list[int]] = {}
        for n, line in enumerate(text.split("\n")):
            if bare := _bare(line):
                self._places.setdefault(bare, []).append(n)

    def line_of(self, text: str) -> int:
        """The line in which a text begins; where it is not found, that of the text before it."""
        places = self._places.get(_bare(text.strip().split("\n", 1)[0]), [])
        found = bisect_right(places, self._at)
        if found < len(places):
            self._at = places[found]
        return self._first + max(self._at, 0)


def _bare(line: str) -> str:
    """A line, or the first cell of a row, without what Markdown takes off it."""
    return line.strip(_LEADS).partition("|")[0].strip(_LEADS)


class Finder:
    """Words in a source, each looked for from where the one before was found."""

    def __init__(self, source: str, first: int) -> None:
        self._source, self._first, self._cursor, self._signs = source, first, 0, 0
        self._starts: list[int] = []
        self._known: dict[str, tuple[int, int]] = {}

    def target(self, target: str) -> tuple[int, int]:
        """Line and column of a link's target; (0, 0) where it is written in another form. One that is used again has its first place."""
        found = self._source.find(f"({target}", self._cursor) + 1 if target else 0
        if found:
            self._cursor = found + len(target)
            self._known[target] = self._place(found)
        elif target not in self._known:
            found = self._source.find(target) if target else -1
            self._known[target] = self._place(found) if found >= 0 else (0, 0)
        return self._known[target]

    def markup(self, words: str, line: int) -> tuple[int, int]:
        """Line and column of a piece of HTML that stands in this line of the file or below it."""
        self._index()
        start = self._starts[min(max(line - self._first, 0), len(self._starts) - 1)]
        found = re.compile(re.escape(words), re.IGNORECASE).search(self._source, start)
        return self._place(found.start()) if found else (line, 1)

    def sign(self, text: str, at: int, length: int, line: int) -> tuple[int, int]:
        """Line and column of a sign in a text that begins in this line of the file: by the words before it, as many as are written there as they are read."""
        if line < self._first:
            return line, 1
        self._index()
        start = self._starts[min(line - self._first, len(self._starts) - 1)]
        for before in (16, 6, 2, 1, 0):
            words = text[max(0, at - before) : at + length]
            for begun in (max(start, self._signs), start):
                if (found := self._source.find(words, begun)) >= 0:
                    self._signs = found + len(words)
                    return self._place(found + len(words) - length)
        return line, 1

    def _place(self, index: int) -> tuple[int, int]:
        self._index()
        n = bisect_right(self._starts, index) - 1
        return self._first + n, index - self._starts[n] + 1

    def _index(self) -> None:
        if not self._starts:
            self._starts = [0, *(found.end() for found in re.finditer("\n", self._source))]

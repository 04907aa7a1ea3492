"""Front matter as the leak check reads it, by itself: enough YAML to judge a document and to take its words, and no more.

It shares nothing with the reader that the build trusts, so that a mistake of the one is seen by the other. What it does not
understand makes a header unsure, and an unsure document is held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s"'{}\[\]#&*!|>%@`,?-][^:#]*+)\s*:(?=\s|$)""")
_CLASSIC = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(?:[ \t]+(.*)|$)")
_ITEM = re.compile(r"(?:-(?:\s+|$))+")
_BLOCK = re.compile(r"[|>][-+\d]*\s*(?:#.*)?")
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')"""
_CLOSED = re.compile(_QUOTED, re.DOTALL)
# A quote within a plain value is an apostrophe: only one at its beginning opens anything.
_TOKEN = re.compile(rf"""(?:\s|\#[^\n]*)*+({_QUOTED}|[{{}}\[\],:]|(?!["'])(?:[^,\[\]{{}}:\#]|:(?![\s,\[\]{{}}]|\Z)|(?<![ \t\n])\#)+)""", re.DOTALL)
# What begins with one of these is built of something else, or no value that is read here.
_BUILT = re.compile(r"[&*!|>%@`]|[?-](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Value:
    """A text of a header: the field it belongs to, the name it has there (the field's own, a language, a file), and itself."""

    field: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class RawHeader:
    """A header's texts, and what follows it. `sure` where every line was understood."""

    values: tuple[Value, ...]
    body: str
    sure: bool

    def texts(self, field: str, name: str = "") -> list[str]:
        """What a field says, or what it says under a name."""
        return [value.text for value in self.values if value.field == field and value.name == (name or field)]

    def has(self, field: str) -> bool:
        return any(value.field == field for value in self.values)


def read_raw_header(text: str) -> RawHeader:
    """The header of a source file: between two lines `---`, or the classic one up to an empty line."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() == "---":
        end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
        if not end:
            return RawHeader((), text, False)
        values, sure = read_values(lines[1:end])
        return RawHeader(tuple(values), "\n".join(lines[end + 1 :]), sure)
    if _CLASSIC.match(lines[0]):
        end = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
        return RawHeader(tuple(_classic(lines[:end])), "\n".join(lines[end:]), True)
    return RawHeader((), text, False)


def _classic(lines: Sequence[str]) -> Iterator[Value]:
    name = ""
    for line in lines:
        if found := _CLASSIC.match(line):
            name = found[1].lower()
        texts = (found[2] or "") if found else line
        for text in texts.split(",") if name == "tags" else [texts]:
            yield Value(name, name, text.strip())


def read_values(lines: Sequence[str]) -> tuple[list[Value], bool]:
    """Every scalar of a YAML mapping, with the top key above it; and whether every line was understood."""
    reader = _Reader(lines)
    return list(reader.values()), reader.sure


class _Reader:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines, self.at, self.sure = lines, 0, True
        self.base = -1

    def values(self) -> Iterator[Value]:
        top = ""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            rest = line.strip()
            self.at += 1
            if not rest or rest.startswith("#"):
                continue
            indent = _indent(line)
            self.base = indent if self.base < 0 else self.base
            self.sure = self.sure and "\t" not in line[:indent] and indent >= self.base
            column, name = indent, ""
            if item := _ITEM.match(rest):
                rest, column = rest[item.end() :], indent + len(item[0].rstrip()) - 1
            if found := _KEY.match(rest):
                name, rest = _unquoted(found[1]), rest[found.end() :].strip()
                column = indent + item.end() if item else indent
            self.sure = self.sure and bool(name or item) and name != "<<"
            if indent == self.base and not item:
                top = name
            yield from self._value(top, name or top, rest, column)

    def _value(self, top: str, name: str, rest: str, column: int) -> Iterator[Value]:
        """The value that begins here or below, of a name, or an item of a list, in this column."""
        if not (rest := rest if _COMMENT.sub("", rest) else self._below(column)):
            if name == top:
                yield Value(top, name, "")
        elif _BLOCK.fullmatch(rest):
            yield Value(top, name, "\n".join(line.strip() for line in self._deeper(column)).strip())
        elif rest.startswith(("{", "[")):
            yield from self._flow(top, name, rest)
        elif rest.startswith(('"', "'")):
            text = self._whole(rest, _end_of_quoted)
            yield Value(top, name, _unquoted(text.replace("\n", " ")))
        else:
            self.sure = self.sure and not _BUILT.match(rest)
            yield Value(top, name, " ".join(filter(None, (_COMMENT.sub("", rest), *self._continued(column)))).strip())

    def _flow(self, top: str, name: str, rest: str) -> Iterator[Value]:
        tokens, _ = _tokens(self._whole(rest, lambda text: _tokens(text)[1]))
        names = [name]
        for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
            if token in "{[":
                names.append(names[-1])
            elif token in "}]":
                names.pop()
            elif token not in ",:":
                self.sure = self.sure and not _BUILT.match(token)
                if after == ":":
                    names[-1] = _unquoted(token)
                else:
                    yield Value(top, names[-1], " ".join(_unquoted(token).split()))

    def _below(self, column: int) -> str:
        """The beginning of a value that stands on a line of its own, if one does here: no name, no list."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            rest = line.strip()
            if rest and not rest.startswith("#"):
                if _indent(line) <= column or _ITEM.match(rest) or _KEY.match(rest):
                    break
                self.at += 1
                return rest
            self.at += 1
        return ""

    def _whole(self, rest: str, end_of: Callable[[str], int]) -> str:
        """A value up to where it ends, be it on a later line; all that is left where it does not. Twice as many lines are looked at each time:
        with one more each time a long value would be read as often as it has lines.
        """
        text, taken = rest, 0
        while not (end := end_of(text)) and taken < len(self.lines) - self.at:
            taken = min(2 * taken + 1, len(self.lines) - self.at)
            text = "\n".join((rest, *map(str.strip, self.lines[self.at : self.at + taken])))
        for line in self.lines[self.at : self.at + (text.count("\n", 0, end) if end else taken)]:
            # Where a line looks like a field's own, something has been misread.
            self.sure = self.sure and not (_indent(line) <= self.base and _KEY.match(line.strip()))
            self.at += 1
        self._end(text[end:].partition("\n")[0])
        return text[:end] if end else text

    def _end(self, rest: str) -> None:
        """Nothing follows a value that was closed."""
        self.sure = self.sure and not _COMMENT.sub("", rest).strip()

    def _deeper(self, column: int) -> list[str]:
        start = self.at
        while self.at < len(self.lines) and (not (line := self.lines[self.at]).strip() or _indent(line) > column):
            self.at += 1
        return list(self.lines[start : self.at])

    def _continued(self, column: int) -> list[str]:
        """The lines by which a plain text goes on: all that are deeper, whatever they begin with."""
        found = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            rest = line.strip()
            if rest and (_indent(line) <= column or rest.startswith("#") or _KEY.match(rest)):
                break
            found.append(_COMMENT.sub("", rest))
            self.at += 1
        return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _end_of_quoted(text: str) -> int:
    """Where the quote closes that a text begins with: 0 where it is still open."""
    closed = _CLOSED.match(text)
    return closed.end() if closed else 0


def _tokens(text: str) -> tuple[list[str], int]:
    """The signs, names and values up to the bracket that closes the first, and where that is: 0 where it is still open."""
    found: list[str] = []
    depth = at = 0
    while token := _TOKEN.match(text, at):
        found.append(token[1])
        at = token.end()
        depth += (token[1] in "{[") - (token[1] in "}]")
        if not depth:
            return found, at
    return found, 0


def _unquoted(text: str) -> str:
    text = text.strip()
    if text[:1] == '"' and text.rfind('"') > 0:
        return text[1 : text.rfind('"')]
    if text[:1] == "'" and text.rfind("'") > 0:
        return text[1 : text.rfind("'")].replace("''", "'")
    return text

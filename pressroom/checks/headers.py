"""Front matter as the leak check reads it, by itself: enough YAML to judge a document and to take its words, and no more.

It shares nothing with the reader that the build trusts, so that a mistake of the one is seen by the other. What it does not
understand makes a header unsure, and an unsure document is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s"'{}\[\]#&*!|>%@`,?-][^:#]*?)\s*:(?=\s|$)""")
_FLOW_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[^:"']+?)\s*:(?:\s+|$)""")
_CLASSIC = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(?:[ \t]+(.*)|$)")
_BLOCK = re.compile(r"[|>][-+\d]*\s*(?:#.*)?")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_BUILT = ("&", "*", "!")


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
            indent = len(line) - len(line.lstrip())
            self.base = indent if self.base < 0 else self.base
            self.sure = self.sure and "\t" not in line[:indent] and indent >= self.base
            listed = rest.startswith("- ") or rest == "-"
            while rest.startswith("- ") or rest == "-":
                rest = rest[1:].lstrip()
            name = ""
            if found := _KEY.match(rest):
                name, rest = _unquoted(found[1]), rest[found.end() :].strip()
            if indent == self.base and not listed:
                self.sure = self.sure and bool(name) and name != "<<"
                top = name
            if rest.startswith(_BUILT):
                self.sure = False
            yield from self._value(top, name or top, rest, indent)

    def _value(self, top: str, name: str, rest: str, indent: int) -> Iterator[Value]:
        if _BLOCK.fullmatch(rest):
            yield Value(top, name, "\n".join(line.strip() for line in self._deeper(indent)).strip())
        elif rest.startswith(("{", "[")):
            while _open_brackets(rest) > 0 and self.at < len(self.lines):
                rest = f"{rest} {self.lines[self.at].strip()}"
                self.at += 1
            yield from _flow(rest, top, name)
        elif rest.startswith(('"', "'")):
            while not _closed(rest) and self.at < len(self.lines):
                rest = f"{rest} {self.lines[self.at].strip()}"
                self.at += 1
            yield Value(top, name, _unquoted(rest))
        else:
            rest = _COMMENT.sub("", rest)
            more = self._continued(indent)
            if rest or more or name == top:
                yield Value(top, name, " ".join(filter(None, (rest, *more))).strip())

    def _deeper(self, indent: int) -> list[str]:
        start = self.at
        while self.at < len(self.lines) and (not (line := self.lines[self.at]).strip() or len(line) - len(line.lstrip()) > indent):
            self.at += 1
        return list(self.lines[start : self.at])

    def _continued(self, indent: int) -> list[str]:
        """The lines by which a plain text goes on: deeper, without a name and no item of a list."""
        found = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            rest = line.strip()
            deeper = len(line) - len(line.lstrip()) > indent
            if not rest or not deeper or rest.startswith(("- ", "#", "{", "[", '"', "'", "|", ">")) or _KEY.match(rest):
                break
            found.append(_COMMENT.sub("", rest))
            self.at += 1
        return found


def _outside_quotes(text: str) -> Iterator[tuple[int, str]]:
    quote = ""
    for at, char in enumerate(text):
        if quote:
            if char == quote and not (quote == '"' and text[at - 1] == "\\"):
                quote = ""
        elif char in "\"'" and (at == 0 or text[at - 1] in " \t{[,:"):
            quote = char
        else:
            yield at, char


def _open_brackets(text: str) -> int:
    return sum((char in "{[") - (char in "}]") for _, char in _outside_quotes(text))


def _closed(text: str) -> bool:
    quote = text[0]
    bare = _COMMENT.sub("", text).rstrip()
    body = bare[1:].replace("\\\\", "").replace('\\"', "") if quote == '"' else bare[1:].replace("''", "")
    return quote in body


def _flow(text: str, top: str, name: str) -> Iterator[Value]:
    start = 0
    cuts = [at for at, char in _outside_quotes(text) if char in "{}[],"]
    for at in (*cuts, len(text)):
        piece = text[start:at].strip()
        start = at + 1
        if found := _FLOW_KEY.match(piece):
            name, piece = _unquoted(found[1]), piece[found.end() :].strip()
        if piece and not piece.startswith("#"):
            yield Value(top, name, _unquoted(piece))


def _unquoted(text: str) -> str:
    text = text.strip()
    if text[:1] == '"' and text.rfind('"') > 0:
        return text[1 : text.rfind('"')]
    if text[:1] == "'" and text.rfind("'") > 0:
        return text[1 : text.rfind("'")].replace("''", "'")
    return text

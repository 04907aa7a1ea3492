"""YAML as nodes that know their places. Every scalar is text; anchors, aliases and tags are refused, so nothing can be built or blown up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.reader import ReaderError

from pressroom.ground.problems import Problem
from pressroom.reading.texts import odd_characters, unseen

FULL_WIDTH_COLON = re.compile(r"\s*([\w-]+)：")
# What an editor's keyboard or a text processor puts where YAML wants a colon and a space, a comma, a quotation mark.
_ODD_SPACE = re.compile(r"\s*(?:- +)*[\w.-]+ *(:[\u00a0\u2000-\u200b\u202f\u3000\ufeff])")
_ODD_KEY = re.compile(r"[\w.-]+(?::[\u00a0\u2000-\u200b\u202f\u3000\ufeff]|：)")
_ODD_COMMA = re.compile(r"[{\[].*[،，、]")
_ODD_QUOTE = re.compile(r"(?:^|:\s|-\s|[{\[,]\s*)\s*([“”„«»‘’「『])")
_NO_SPACE = re.compile(r"\s*(?:- +)*(?P<name>[A-Za-z][\w-]*):(?P<value>[^\s:/].*)")
_SIGN_FIRST = re.compile(r"\s*(?:- +)*(?P<name>[\w.-]+): +(?P<sign>[\[{&*!|>%@`?\"'-])")
_OTHER_SPACE = "the space behind the colon is none that YAML knows (a no-break one, perhaps, which looks alike): write : and a space from the space bar"
_CLOSED_BY = {"[": "]", "{": "}"}
_CUT_OFF = re.compile(r"[ \t]+#\w")
_DEEPEST = 8
LARGEST = 1024 * 1024
"""Characters: a registry of people, or the fields of a document."""
_LOADER = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(frozen=True, slots=True)
class Node:
    """A value with the place where it begins, and that of its name where it has one."""

    value: str | tuple[Node, ...] | Mapping[str, Node]
    line: int
    column: int
    key_line: int = 0
    key_column: int = 0


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    column: int


class _Refusal(Exception):
    def __init__(self, message: str, mark: Any, hint: str) -> None:
        super().__init__(message)
        self.mark, self.hint = mark, hint


def read_nodes(yaml_text: str, path: str, lines: list[str], first_line: int) -> tuple[dict[str, Node], list[Problem]]:
    """The top mapping of a YAML text that begins in line `first_line` of a file, and what is wrong with it."""
    problems: list[Problem] = []

    def fault(code: str, message: str, line: int, column: int, hint: str, width: int = 1) -> None:
        line = min(line + first_line, len(lines))
        problems.append(Problem(code, message, path, line, column + 1, hint, lines[line - 1], width))

    if len(yaml_text) > LARGEST:
        fault("FM016", f"{len(yaml_text):,} characters of fields; at most {LARGEST:,} are read", 0, 0, "the long form belongs into the text")
        return {}, problems
    try:
        nodes = _Reader(yaml_text, first_line, fault).mapping()
    except _Refusal as refusal:
        nodes = {}
        fault("FM004", str(refusal), refusal.mark.line, refusal.mark.column, refusal.hint)
    except ReaderError:
        nodes = {}
        # What stops it here is told of the file's text: in the same words and at the same place it is told once.
        problems += [problem for problem in odd_characters("\n".join(lines), path) if problem.code == "FM011"]
    except yaml.MarkedYAMLError as error:
        nodes = {}
        mark = error.problem_mark or error.context_mark
        if error.context == "while scanning a quoted scalar" and error.context_mark:
            # Where it opens can be mended; it ends with the text.
            mark = error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        at = min(line + first_line, len(lines))
        line, column, hint = _cure(lines, at, column, error)
        fault("FM004", f"this cannot be read as YAML: {error.problem}", line - first_line, column, hint)
    return nodes, problems


def _cure(lines: list[str], at: int, column: int, error: yaml.MarkedYAMLError) -> tuple[int, int, str]:
    """Where to mend what cannot be read in line `at`, and how. The reader may have taken the line before for its beginning."""
    around = [(number, lines[number - 1]) for number in (at, at - 1) if number > 0]
    for number, line in around:
        if found := _ODD_SPACE.match(line):
            return number, found.start(1), _OTHER_SPACE
    if any(FULL_WIDTH_COLON.match(line) for _, line in around):
        return at, column, "the colon is full-width (：); write : and a space"
    if any("\t" in line for _, line in around):
        return at, column, "a tab cannot indent here; use spaces"
    if error.context == "while scanning a quoted scalar":
        return at, column, f"the {lines[at - 1][column : column + 1]} that opens here is not closed: the same mark closes it, straight as it is"
    if error.context == "while parsing a flow mapping" or error.context == "while parsing a flow sequence":
        if _ODD_COMMA.search(lines[at - 1]):
            return at, column, "the comma is of another script (، or ，): between { and }, or [ and ], write , and a space"
    if _ODD_QUOTE.search(lines[at - 1]):
        return at, column, "“ ” « » are signs of the text here: put the whole value, with them, between ' and ', and write each ' within it twice"
    for number, line in around:
        if found := _NO_SPACE.fullmatch(line):
            return number, found.end("name"), _spaced(found)
    if found := _SIGN_FIRST.match(lines[at - 1]):
        sign = found["sign"]
        hint = f"a text that begins with {sign} stands between quotation marks: {found['name']}: '{sign}…'; each ' within it is written twice"
        if sign in _CLOSED_BY:
            hint += f"; a list or names with values end at their {_CLOSED_BY[sign]}"
        return at, found.start("sign"), hint
    hint = "a value that holds a colon, a # or a quotation mark stands between quotation marks: title: 'Rivers: a report'"
    return at, column, f"{hint}; each ' within it is written twice"


def _spaced(found: re.Match[str]) -> str:
    return f"write a space behind the colon: {found['name']}: {found['value'].rstrip()}"


class _Reader:
    """One pass over the parser's events."""

    def __init__(self, text: str, first_line: int, fault: Any) -> None:
        self.text, self.first_line, self.fault = text, first_line, fault
        self.lines = text.split("\n")
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)

    def mapping(self) -> dict[str, Node]:
        event = next(self.events)
        while not isinstance(event, yaml.DocumentStartEvent | yaml.StreamEndEvent):
            event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return {}
        first = next(self.events)
        if isinstance(first, yaml.ScalarEvent) and not first.value:
            return {}
        if not isinstance(first, yaml.MappingStartEvent):
            wide = any(FULL_WIDTH_COLON.match(line) for line in self.lines)
            hint = "the colon is full-width (：); write : and a space" if wide else "write one field a line, as in title: Rivers rise"
            hint = _OTHER_SPACE if any(map(_ODD_SPACE.match, self.lines)) else hint
            hint = next((_spaced(found) for found in map(_NO_SPACE.fullmatch, self.lines) if found), hint)
            raise _Refusal("this is no list of fields with values", first.start_mark, hint)
        node = self.node(first, 0)
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _Refusal("a second YAML document begins here", event.start_mark, "keep one block")
        assert isinstance(node.value, dict)
        return node.value

    def node(self, event: Any, depth: int) -> Node:
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _Refusal("anchors and aliases (& and *) are not read", mark, "write the value out, or put it between quotation marks")
        if event.tag and event.tag != "!":
            raise _Refusal(f"the YAML tag {event.tag} is not read", mark, "write the plain value, for every value is text; one that begins with ! stands between quotation marks")
        if depth > _DEEPEST:
            raise _Refusal("this is nested too deep", mark, f"nothing here needs more than {_DEEPEST} levels")
        line, column = mark.line + self.first_line, mark.column + 1
        if isinstance(event, yaml.ScalarEvent):
            if odd := unseen(event.value):
                self.fault("FM011", f"the value holds {odd}", mark.line, mark.column, "take it out: it cannot be seen, and no text needs it")
            end = event.end_mark
            if not event.style and end.line < len(self.lines) and _CUT_OFF.match(self.lines[end.line], end.column):
                hint = "put the value between quotation marks; or write a space after the # if it begins a note"
                self.fault("FM025", "the value ends here: YAML takes the # and what follows for a note", end.line, end.column, hint)
            return Node(event.value, line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(event, depth + 1))
            return Node(tuple(items), line, column)
        return Node(self.entries(depth, mark), line, column)

    def entries(self, depth: int, mark: Any) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key.value, str):
                raise _Refusal("a field's name is one word", mark, "write name: value")
            if not value.value and (odd := _ODD_KEY.match(key.value)):
                hint = _OTHER_SPACE if odd[0][-2:-1] == ":" else "the colon is full-width (：); write : and a space"
                raise _Refusal(f"{key.value} is no name with a value", _Mark(key.line - self.first_line, key.column - 1), hint)
            if key.value in entries:
                message = f"{key.value} stands twice; the first is in line {entries[key.value].key_line}"
                self.fault("FM005", message, key.line - self.first_line, key.column - 1, "keep one of the two", len(key.value) or 1)
                continue
            entries[key.value] = Node(value.value, value.line, value.column, key.line, key.column)
        return entries

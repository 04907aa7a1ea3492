"""Front matter: YAML between `---`, or the classic `Key: value` header, as nodes that know their places. Scalars are text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pressroom.ground.problems import Problem
from pressroom.model.kinds import FIELD_BY_NAME
from pressroom.reading.forms import nearest
from pressroom.reading.nodes import FULL_WIDTH_COLON, Node, read_nodes
from pressroom.reading.texts import Text

_FENCE = "---"
# Where one of these begins a line, the fields do not stand in lines of their own, or a value that goes on looks like one of them.
_IN_BRACES = re.compile(r"\{|\?\s")
_LIKE_A_FIELD = re.compile(r"""("[^"]*"|'[^']*'|[^\s"'{}\[\]#&*!|>%@`,?-][^:#]*)\s*:(?=\s|$)""")
_CLASSIC = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_-]*):(?:[ \t]+(?P<value>.*)|$)")

# The classic header's keys, and the fields they are.
_CLASSIC_FIELDS = {"title": "title", "date": "date", "summary": "summary", "status": "status", "tags": "topics", "lang": "lang", "slug": "slug"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a file by name, and where its body begins. `classic` fields `lang` and `slug` must agree with the path."""

    fields: Mapping[str, Node] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    classic: bool = False
    problems: tuple[Problem, ...] = ()


def read_front_matter(text: Text, path: str) -> FrontMatter:
    """The front matter of a source file; where none can be read the problems say what is missing."""
    lines = text.lines
    if lines[0].rstrip() == _FENCE:
        return _yaml(text, lines, path)
    if _CLASSIC.match(lines[0]):
        return _classic(text, lines, path)
    hint = "begin the file with a line ---, then title: and date:, then a line ---"
    if FULL_WIDTH_COLON.match(lines[0]):
        hint = "the colon is full-width (：); " + hint
    problem = Problem("FM002", "the file has no front matter", path, 1, 1, hint, lines[0])
    return FrontMatter(body=text.text, problems=(problem,))


def _yaml(text: Text, lines: list[str], path: str) -> FrontMatter:
    closing = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in (_FENCE, "...")), None)
    if closing is None:
        hint = "write a line --- after the last field"
        problem = Problem("FM003", "the front matter is opened here and never closed", path, 1, 1, hint, lines[0], width=3)
        return FrontMatter(problems=(problem,))
    header = "\n".join(lines[1:closing]) + "\n"
    fields, problems = read_nodes(header, path, lines, first_line=2)
    problems = problems or list(_misleading(fields, path, lines[:closing]))
    return FrontMatter(fields, "\n".join(lines[closing + 1 :]), closing + 2, problems=tuple(problems))


def _misleading(fields: dict[str, Node], path: str, lines: list[str]) -> Iterator[Problem]:
    """YAML that says one thing and looks like another. The leak check, which reads headers line by line, could not tell what is held."""
    columns = {node.key_line: node.key_column for node in fields.values()}
    for number, line in enumerate(lines[1:], 2):
        indent = len(line) - len(line.lstrip(" "))
        if number <= min(columns, default=0) and _IN_BRACES.match(line, indent) or number in columns and line.startswith("? ", indent):
            hint = "write one field a line, as in title: Rivers rise"
            yield Problem("FM004", "the fields do not stand in lines of their own", path, number, indent + 1, hint, line)
            return
        if number not in columns and indent < min(columns.values(), default=0) and _LIKE_A_FIELD.match(line, indent):
            hint = "write that value in one line, or set the lines that go on farther in than its name"
            yield Problem("FM004", "this line looks like a field and is of the value above", path, number, indent + 1, hint, line)


def _classic(text: Text, lines: list[str], path: str) -> FrontMatter:
    fields: dict[str, Node] = {}
    problems: list[Problem] = []
    shift = 1 if text.bom else 0
    end = len(lines)
    last = ""
    for number, line in enumerate(lines, 1):
        indent = shift if number == 1 else 0
        if not line.strip():
            end = number
            break
        if last and line.startswith("    "):
            fields[last] = _continued(fields[last], line.strip())
            continue
        found = _CLASSIC.match(line)
        if not found:
            hint = "leave an empty line between the header and the text"
            problems.append(Problem("FM004", "this line is no field of the header", path, number, 1, hint, line))
            end = number - 1
            break
        key, value = found["key"].lower(), (found["value"] or "").strip()
        name = _CLASSIC_FIELDS.get(key, "")
        if not name:
            problems.append(_unknown_classic(found["key"], value, path, number, line))
            continue
        column = found.start("value") + 1 + indent if found["value"] else len(line) + 1
        if name in fields:
            problems.append(Problem("FM005", f"{found['key']} stands twice", path, number, 1, "keep one of the two", line, len(key)))
            continue
        node: Any = value
        if name == "topics":
            node = tuple(Node(part.strip(), number, column) for part in value.split(",") if part.strip())
        fields[name] = Node(node, number, column, number, 1 + indent)
        last = name
    return FrontMatter(fields, "\n".join(lines[end:]), end + 1, True, tuple(problems))


def _continued(node: Node, more: str) -> Node:
    value = f"{node.value} {more}" if isinstance(node.value, str) else node.value
    return Node(value, node.line, node.column, node.key_line, node.key_column)


def _unknown_classic(key: str, value: str, path: str, number: int, line: str) -> Problem:
    # Headers are read in every build, turns in few.
    from pressroom.reading.dialect.turns import eaten_by_header

    if eaten_by_header(line):
        hint = "put --- front matter before the text"
        return Problem("TR009", f"{key}: would be read as a header field, not as a turn", path, number, 1, hint, line, len(key))
    hint = nearest(key, list(_CLASSIC_FIELDS)) or "take it out: no document has a field of this name"
    if key.lower() in FIELD_BY_NAME:
        hint = f"put the fields between two lines --- and write {key.lower()}: {value}".rstrip()
    return Problem("FM006", f"the classic header has no field {key}", path, number, 1, hint, line, len(key))

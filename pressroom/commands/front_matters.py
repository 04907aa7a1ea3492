"""Front matter that a command adds to: everything else in the file stays byte for byte, and it is written whole or not at all."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path

from pressroom.press.files import create, faults
from pressroom.reading.front_matter import FrontMatter, read_front_matter
from pressroom.reading.texts import read_text

_INDENT = 2
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def quoted(value: str) -> str:
    """A YAML scalar in double quotes is a JSON string; what YAML would fold or refuse stands there as an escape."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def with_lines(data: bytes, more: Sequence[str]) -> bytes | None:
    """The file with lines at the end of its front matter; None where it has the classic header, which cannot hold them, or none."""
    front = _front(data)
    if front is None:
        return None
    return _inserted(data, _end(front), [f"{' ' * _indent(front)}{line}" for line in more])


def with_item(data: bytes, field: str, item: Sequence[str]) -> bytes | None:
    """The file with one more item at the end of a list of its front matter, which is begun where it is not there.

    None where it has the classic header, or the list stands in brackets: what is in there may be laid out in any way.
    """
    front = _front(data)
    if front is None:
        return None
    node = front.fields.get(field)
    if node is None:
        return _inserted(data, _end(front), [f"{' ' * _indent(front)}{field}:", *_listed(item, _indent(front) + _INDENT)])
    if node.value == "":
        return _inserted(data, node.key_line, _listed(item, _indent(front) + _INDENT))
    indent = node.column - 1
    lines = data.splitlines(keepends=True)
    if lines[node.line - 1][indent : indent + 1] != b"-":
        return None
    _, end = _span(front, field)
    # What follows the list stays with what it stands before: empty lines, and comments that are no deeper than the items.
    while not (line := lines[end - 1]).strip() or (line.lstrip().startswith(b"#") and len(line) - len(line.lstrip()) <= indent):
        end -= 1
    return _inserted(data, end, _listed(item, indent))


def with_value(data: bytes, field: str, before: str, value: str) -> bytes | None:
    """The file with another value in a field that holds `before` in its own line, or with the field at the end; None where neither can be done."""
    front = _front(data)
    if front is None:
        return None
    node = front.fields.get(field)
    if node is None:
        return with_lines(data, [f"{field}: {value}"])
    lines = data.splitlines(keepends=True)
    name, colon, rest = lines[node.line - 1].partition(b":")
    if node.line != node.key_line or not colon or rest.count(before.encode()) != 1:
        return None
    lines[node.line - 1] = name + colon + rest.replace(before.encode(), value.encode())
    return b"".join(lines)


def without(data: bytes, field: str) -> bytes:
    """The file without a field, to be compared with another."""
    front = _front(data)
    if front is None or field not in front.fields:
        return data
    lines = data.splitlines(keepends=True)
    start, end = _span(front, field)
    return b"".join(lines[:start] + lines[end:])


def write_whole(path: Path, data: bytes) -> None:
    """Puts a file in the place of the one that stands there: after a crash it holds its old bytes or its new."""
    beside = path.with_name(f".{path.name}.new")
    with faults(str(path)):
        try:
            with create(str(beside)) as file:
                if path.exists():
                    os.fchmod(file.fileno(), stat.S_IMODE(path.stat().st_mode))
                file.write(data)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)


def _front(data: bytes) -> FrontMatter | None:
    """The front matter, where it stands between two lines `---`."""
    front = read_front_matter(read_text(data, ""), "")
    return None if front.classic or front.body_line == 1 else front


def _indent(front: FrontMatter) -> int:
    """How far from the left the fields stand."""
    return min((node.key_column for node in front.fields.values()), default=1) - 1


def _end(front: FrontMatter) -> int:
    """The number of lines before the one that closes the front matter."""
    return front.body_line - 2


def _span(front: FrontMatter, field: str) -> tuple[int, int]:
    """The lines of a field, counted as a slice: from its name to the next one's."""
    start = front.fields[field].key_line
    return start - 1, min((node.key_line - 1 for node in front.fields.values() if node.key_line > start), default=_end(front))


def _listed(item: Sequence[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(item)]


def _inserted(data: bytes, at: int, more: Sequence[str]) -> bytes:
    """Lines after the first `at`, with the line end that the file begins with."""
    lines = data.splitlines(keepends=True)
    ending = lines[0].removeprefix(lines[0].rstrip(b"\r\n"))
    return b"".join([*lines[:at], *(line.encode() + ending for line in more), *lines[at:]])

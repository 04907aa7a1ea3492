"""From the bytes of a source file to its text, or a fault that names the byte."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pressroom.ground.problems import Problem

LARGEST_TEXT = 2 * 1024 * 1024
"""Bytes. A hearing of eight hours has about half a million."""

NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
"""A character that no text may hold."""
_LINE_ENDS = "\x0b\x0c\u2028\u2029"
_TURNS_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ODD = (
    ("FM011", NO_TEXT, "control character", "delete it: it cannot be seen, and no text needs it"),
    ("FM015", _TURNS_DIRECTION, "invisible direction mark", "delete it: the page isolates runs of another script by itself"),
)
_BOMS = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text with `\\n` for every line end and no byte order mark, and what is wrong with it."""

    text: str = ""
    bom: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def place_of(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of an index into a text."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def too_large(size: int, path: str) -> Problem:
    """What is said of a file that is not read at all."""
    message = f"the file has {size:,} bytes; the largest text that is read has {LARGEST_TEXT:,}"
    return Problem("FM016", message, path, hint="split the document, or attach the material as a file")


def read_text(data: bytes, path: str) -> Text:
    """The text of a file. A build reads UTF-8 alone; only import reads other encodings, and says so."""
    if len(data) > LARGEST_TEXT:
        return Text(problems=(too_large(len(data), path),))
    for mark, name in _BOMS:
        if data.startswith(mark):
            hint = "save the file as UTF-8; `inv import` reads it as it is and writes UTF-8"
            return Text(problems=(Problem("FM001", f"the file is {name}, not UTF-8", path, 1, 1, hint=hint),))
    bom = data.startswith(codecs.BOM_UTF8)
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        return Text(bom=bom, problems=(_not_utf8(data, path, error.start + (len(codecs.BOM_UTF8) if bom else 0)),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Text(text, bom, tuple(odd_characters(text, path)))


def _not_utf8(data: bytes, path: str, at: int) -> Problem:
    good = data[:at].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    line, column = place_of(good, len(good))
    message = f"byte {at} (0x{data[at]:02X}) is not UTF-8"
    return Problem("FM001", message, path, line, column, hint="save the file as UTF-8; `inv import` reads UTF-16 and GB18030 and writes UTF-8")


def odd_characters(text: str, path: str) -> list[Problem]:
    """The first characters of a file's text that no text may hold, and that none needs."""
    problems = []
    for code, pattern, what, hint in _ODD:
        for count, found in enumerate(pattern.finditer(text)):
            if count == _MOST_SHOWN:
                break
            line, column = place_of(text, found.start())
            source = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
            problems.append(Problem(code, f"{what} U+{ord(found[0]):04X}", path, line, column, _instead_of(found[0]) or hint, source))
    return problems


def odd_character(char: str, path: str, line: int, column: int, width: int) -> Problem:
    """The same of one that a reference stands for."""
    code, _, what, hint = next(odd for odd in _ODD if odd[1].match(char))
    return Problem(code, f"{what} U+{ord(char):04X}", path, line, column, _instead_of(char) or hint, width=width)


def _instead_of(char: str) -> str:
    """What to write instead of a sign that a text processor meant something by: without it two words would be one, or a sign lost."""
    if char in _LINE_ENDS:
        return "put an end of the line in its place, or in a field a space: else two words become one"
    if not "\x80" <= char <= "\x9f":
        return ""
    meant = char.encode("latin-1").decode("cp1252", "ignore")
    return f"write {meant} in its place, which it stands for in Windows-1252" if meant else ""


def unseen(value: str) -> str:
    """The first character of a value that no text may hold, as `U+0007`; empty where there is none. YAML can write one as an escape."""
    found = NO_TEXT.search(value) or _TURNS_DIRECTION.search(value)
    return f"U+{ord(found[0]):04X}" if found else ""

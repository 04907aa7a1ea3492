"""Attributed quotations of a release: a block quotation whose last line begins with a dash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.model.people import folded_name, person_id
from pressroom.reading.emphasis import without_markup

_LAST_LINE = re.compile(r"\s*(?:[‐-―⸺⸻]+|--+)\s*(?P<said>\S.*)|\s*-\s+(?P<after_hyphen>\S.*)")
_QUOTED = re.compile(r" {0,3}>[ \t]?(.*)")
# What Markdown takes out of the text: the definition of a link or of a footnote parts two quotations as little as an empty line.
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_SEPARATORS = re.compile(r"\s*\|\s*|\s*[,，،、]\s*")


@dataclass(frozen=True, slots=True)
class Attribution:
    id: str
    name: str
    role: str
    organisation: str
    text: str


def set_apart(source: str, mark: str) -> str:
    """A Markdown text in which a paragraph `mark` stands after each attribution that another quotation follows.

    Python-Markdown makes one quotation of two that only empty lines part: the first one's words would be the second one's.
    """
    if ">" not in source:
        return source
    lines: list[str] = []
    fence, attributed = "", False
    for line in source.split("\n"):
        opening = _FENCE.match(line)
        if opening and not fence:
            fence = opening[1]
        elif fence and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        quoted = None if fence else _QUOTED.match(line)
        if quoted and attributed and lines and not lines[-1].strip():
            lines += [mark, ""]
        if quoted:
            attributed = bool(_LAST_LINE.fullmatch(quoted[1]))
        elif line.strip() and not _DEFINITION.match(line):
            attributed = False
        lines.append(line)
    return "\n".join(lines)


def split_attribution(source: str, known: Mapping[str, str], in_list: bool = False) -> tuple[str, Attribution | None]:
    """The words of a quotation's last paragraph, and who its last line names, if it begins with a dash.

    Of a list, in whose last item Markdown reads the line below it, the first line is an item's, and so is one with a hyphen.

    The line is `— Name, Role, Organisation`; `|` holds the parts apart where a comma belongs to one of them.
    """
    words, _, last = source.rstrip().rpartition("\n")
    found = _LAST_LINE.fullmatch(last)
    if not found or in_list and (not words.strip() or found["after_hyphen"]):
        return source, None
    text = without_markup(found["said"] or found["after_hyphen"])
    separator = re.compile(r"\s*\|\s*") if "|" in text else _SEPARATORS
    parts = separator.split(text, maxsplit=2)
    name, role, organisation = (*parts, "", "")[:3]
    if not name:
        return source, None
    return words, Attribution(known.get(folded_name(name), person_id(name)), name, role, organisation, text)

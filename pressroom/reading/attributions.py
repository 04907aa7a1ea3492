"""Attributed quotations of a release: a block quotation whose last line begins with a dash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.model.people import folded_name, person_id

_LAST_LINE = re.compile(r"\s*(?:[‐-―⸺⸻]+|--+)\s*(?P<said>\S.*)|\s*-\s+(?P<after_hyphen>\S.*)")
_SEPARATORS = re.compile(r"\s*\|\s*|\s*[,，،、]\s*")


@dataclass(frozen=True, slots=True)
class Attribution:
    id: str
    name: str
    role: str
    organisation: str
    text: str


def split_attribution(source: str, known: Mapping[str, str]) -> tuple[str, Attribution | None]:
    """The words of a quotation's last paragraph, and who its last line names, if it begins with a dash.

    The line is `— Name, Role, Organisation`; `|` holds the parts apart where a comma belongs to one of them.
    """
    words, _, last = source.rstrip().rpartition("\n")
    found = _LAST_LINE.fullmatch(last)
    if not found:
        return source, None
    text = (found["said"] or found["after_hyphen"]).strip()
    separator = re.compile(r"\s*\|\s*") if "|" in text else _SEPARATORS
    parts = separator.split(text, maxsplit=2)
    name, role, organisation = (*parts, "", "")[:3]
    if not name:
        return source, None
    return words, Attribution(known.get(folded_name(name), person_id(name)), name, role, organisation, text)

"""The other script in which words of a source may come out, where the site converts one language's texts into another's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from opencc import OpenCC

from pressroom.checks.entries import Entry
from pressroom.checks.held import SourceFile

Conversions = tuple[tuple[str, str], ...]
"""From which language texts are converted, and by which of OpenCC's conversions."""

_EDITION = re.compile(r"index\.([^.]+)\.md", re.IGNORECASE)


@lru_cache(maxsize=8)
def _opencc(name: str) -> OpenCC:
    return OpenCC(name)


def language_of(file: SourceFile) -> str:
    """Which language an edition is in, by its name; none of any other file."""
    found = _EDITION.fullmatch(file.name.rpartition("/")[2]) if file.edition else None
    return found[1] if found else ""


def converted(file: SourceFile, texts: Iterable[str], conversions: Conversions) -> Iterator[str]:
    """The texts of an edition in every script into which its language is converted."""
    language = language_of(file).lower()
    names = {name for lang, name in conversions if language == lang.lower()}
    return (_opencc(name).convert(text) for name in sorted(names) for text in texts)


def converted_entries(entry: Entry, conversions: Conversions) -> Iterator[Entry]:
    """A registry's entry in every script into which a language is converted: it may have a name in none of its own."""
    for name in sorted({name for _, name in conversions}):
        text = _opencc(name).convert
        values, *offices = (tuple(replace(value, text=text(value.text)) for value in values) for values in (entry.values, *entry.offices))
        yield replace(entry, text=text(entry.text), values=values, offices=tuple(offices))

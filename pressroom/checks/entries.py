"""The registries as the leak check reads them: an entry that held documents alone name is held with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from pressroom.checks import folding
from pressroom.checks.headers import Value, read_values
from pressroom.checks.held import WITHDRAWN, HeldSource, SourceFile
from pressroom.checks.needles import FIXED, SEGMENT, Needle, Prose, read_source, said

_ENTRY = re.compile(r"[^\s#\-\[\]{}].*?:(\s|$)")
_REMARK = re.compile(r"\s*(?:\s#.*)?")
# The names and the texts of a YAML mapping, wherever they stand in it.
_RAW = re.compile(r"""["']?(?P<name>[\w-]+)["']?\s*:(?=\s|$)|(?P<text>[^\s{}\[\],:#"'&*!|>%@`?-](?:[^{}\[\],:#\n]|:(?!\s)|(?<!\s)\#)*)""", re.MULTILINE)
# Ids and addresses that other entries share.
_NOT_SAID = {*FIXED, "languages", "url", "organisation"}
_OFFICES = re.compile(r"\s+offices:\s*(?:#.*)?")
_UNSURE = "unsure"
"""The field of what stands in an entry that was not understood: it names nothing that is cleared."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a registry, as its raw text and the values in it; of a person the values of each office by themselves."""

    id: str
    register: str
    text: str
    values: tuple[Value, ...]
    offices: tuple[tuple[Value, ...], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.register} {self.id}"

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called by: where it was not understood, all that it says."""
        return tuple(value.text for value in self.values if value.field in ("names", "aliases", _UNSURE))


def read_entries(file: SourceFile) -> list[Entry]:
    """The entries of a registry: what begins in the first column, with all that is deeper."""
    lines = read_source(file).splitlines()
    starts = [n for n, line in enumerate(lines) if _ENTRY.match(line)]
    entries = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        id, _, rest = lines[start].partition(":")
        text, below = "\n".join(lines[start:end]), lines[start + 1 : end]
        values, sure = read_values(below if _REMARK.fullmatch(rest) else [f"entry:{rest}", *below])
        raw = () if sure else (Value(_UNSURE, "", text), *_raw("\n".join((rest, *below))))
        entries.append(Entry(id.strip("\"' "), file.name.removesuffix(".yml"), text, (*_regrouped(values), *raw), tuple(_offices(below, values))))
    return entries


def _offices(lines: Sequence[str], values: Sequence[Value]) -> Iterator[tuple[Value, ...]]:
    """The offices of an entry that are written line by line; of those in brackets the one that stands alone: of several there is no telling what belongs together."""
    start = next((number for number, line in enumerate(lines, 1) if _OFFICES.fullmatch(line)), 0)
    if start:
        for office in _items(lines[start:]):
            yield tuple(read_values(office)[0])
        return
    of_one = [replace(value, field="organisation" if value.name == "organisation" else "role") for value in values if value.field == "offices"]
    if [value.field for value in of_one].count("organisation") == 1:
        yield tuple(of_one)


def _items(lines: Iterable[str]) -> list[list[str]]:
    """The lines of each item of a list, without its sign, up to where the list ends."""
    items: list[list[str]] = []
    column = -1
    for line in filter(str.strip, lines):
        indent = len(line) - len(line.lstrip())
        if line[indent:].startswith("- ") and column in (-1, indent):
            column = indent
            items.append([f"{line[:indent]} {line[indent + 1 :]}"])
        elif items and indent > column:
            items[-1].append(line)
        else:
            break
    return items


def _raw(text: str) -> Iterator[Value]:
    """What an entry says that was not understood, each under the name that was the last before it."""
    name = ""
    for found in _RAW.finditer(text):
        name = found["name"] or name
        if found["text"] and name not in _NOT_SAID:
            yield Value(_UNSURE, name, found["text"])


def _regrouped(values: Iterable[Value]) -> Iterator[Value]:
    """Values of an entry; those of one that is written in brackets are taken as its names, all of them."""
    for value in values:
        yield replace(value, field="names") if value.field == "entry" else value


def named_entries(source: HeldSource, texts: Mapping[str, str], entries: Iterable[Entry]) -> Iterator[Entry]:
    """The registry entries that a held document names."""
    if source.why == WITHDRAWN:
        return
    readings = [folding.fold(text) for text in texts.values()]
    known = {word for reading in readings for word in re.findall(r"[a-z0-9-]+", reading)}
    whole = [f" {' '.join(folding.words(reading))} " for reading in readings]
    near_han = ["".join(folding.characters(reading)) for reading in readings]
    for entry in entries:
        folded = [folding.fold(name) for name in entry.names]
        spoken = [" ".join(folding.words(name)) for name in folded]
        written = ["".join(folding.characters(name)) for name in folded]
        by_name = any(f" {name} " in text for name in spoken if name for text in whole)
        if entry.id in known or by_name or any(name in text for name in written if name for text in near_han):
            yield entry


def of_entry(entry: Entry, folder: str) -> Iterator[Needle]:
    """What an entry says: needles as long as nothing that is cleared names it."""
    what = f"entry of {entry.register}"
    yield Needle(SEGMENT, folding.fold(entry.id), folder, what, naming=True)
    for value in entry.values:
        if not {value.field, value.name} & _NOT_SAID:
            yield from said(value.text, folder, what, naming=value.field in ("names", "aliases"))
            yield from Prose(folder, what, (value.text,)).runs()


def attributions(person: Entry, organisations: Mapping[str, Entry]) -> Iterator[str]:
    """A person's offices beside the name, each with its organisation, as the site puts them together in a language."""
    for office in person.offices:
        organisation = next((organisations[value.text] for value in office if value.field == "organisation" and value.text in organisations), None)
        for role in office if organisation else ():
            if role.field == "role":
                names, places = ([value.text for value in entry.values if (value.field, value.name) == ("names", role.name)] for entry in (person, organisation))
                for name, place in product(names, places):
                    yield from (f"{place} {role.text} {name}", f"{name} {role.text} {place}")

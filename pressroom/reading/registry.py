"""The registries: people, organisations, topics and contacts, from four YAML files to values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pressroom.ground.languages import canonical
from pressroom.ground.problems import Problem
from pressroom.model.people import Contact, Office, Organisation, Person, Registry, Topic, folded_name
from pressroom.reading.files import File, read_bytes
from pressroom.reading.forms import ID, nearest
from pressroom.reading.nodes import Node, read_nodes
from pressroom.reading.texts import LARGEST_TEXT, Text, read_text, too_large

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")
_PHONE = re.compile(r"\+?[0-9 ().-]{4,40}", re.ASCII)
_URL = re.compile(r"https?://[^\s\"<>]+")
_HINTS = {
    _DAY: "write a year, a month or a day, as in 2023, 2023-06 or 2023-06-30", _EMAIL: "write one address, as in press@example.org",
    _PHONE: "write digits and spaces, as in +41 22 123 45 67", _URL: "write a web address, as in https://example.org/", ID: "an id has a-z, 0-9 and single hyphens",
}  # fmt: skip
_OFFICE = "write {role: {en: …}, organisation: id, since: 2020}"


class _Book:
    """One registry file on its way to values: it keeps the faults and knows the lines."""

    def __init__(self, file: File, languages: tuple[str, ...], derived: tuple[str, ...]) -> None:
        self.path, self.languages, self.derived = file.shown, languages, derived
        text = read_text(read_bytes(file), file.shown) if file.size <= LARGEST_TEXT else Text(problems=(too_large(file.size, file.shown),))
        self.lines = text.lines
        self.entries, problems = ({}, []) if text.problems and not text.text else read_nodes(text.text, file.shown, text.lines, first_line=1)
        self.problems: list[Problem] = [*text.problems, *problems]
        self.of_entries: dict[Problem, str] = {}
        self.entry = ""
        self.organisations: list[tuple[str, str, Node]] = []

    def problem(self, node: Node, message: str, hint: str, code: str, key: bool = False) -> Problem:
        line, column = (node.key_line, node.key_column) if key and node.key_line else (node.line, node.column)
        source = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Problem(code, message, self.path, line, column, hint, source)

    def fault(self, node: Node, message: str, hint: str, code: str = "RG002", key: bool = False) -> None:
        self.problems.append(self.problem(node, message, hint, code, key))
        self.of_entries[self.problems[-1]] = self.entry

    def read(self, make: Callable[[str, Mapping[str, Node], _Book], Any], known: tuple[str, ...]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for id, node in self.entries.items():
            self.entry = id
            if not ID.fullmatch(id):
                self.fault(node, f"{id!r} is no id", "an id has a-z, 0-9 and single hyphens", key=True)
                continue
            if not isinstance(node.value, dict):
                self.fault(node, f"{id} needs its fields below it", "write names: {en: …}")
                continue
            for name, item in node.value.items():
                if name not in known:
                    self.fault(item, f'unknown field "{name}"', nearest(name, known) or f"the fields are {', '.join(known)}", key=True)
            entry = {name: item for name, item in node.value.items() if name in known}
            if "names" in known and not self.texts(entry.get("names")):
                self.fault(node, f"{id} has no names", "write names: {en: …}", key=True)
            missing = [tag for tag in self.languages if tag not in self.derived and tag not in self.texts(entry.get("names"))]
            if missing and len(missing) < len(self.languages):
                self.fault(node, f"{id} has no name in {', '.join(missing)}", "another language's name is shown", "RG004", key=True)
            made[id] = make(id, entry, self)
        return made

    def text(self, node: Node | None, pattern: re.Pattern[str] | None = None) -> str:
        if node is None:
            return ""
        if not isinstance(node.value, str):
            self.fault(node, "one text is wanted here", "write one text, between quotation marks where it begins with [ or {")
            return ""
        value = " ".join(node.value.split())
        if value and pattern and not pattern.fullmatch(value):
            self.fault(node, f"{value!r} cannot be read here", _HINTS[pattern])
            return ""
        return value

    def day(self, node: Node | None) -> str:
        """A date of which only the year, or the year and month, may be known."""
        value = self.text(node, _DAY)
        try:
            date.fromisoformat(f"{value or 2000}-01-01"[:10])
        except ValueError:
            self.fault(node, f"there is no {value}", _HINTS[_DAY])  # type: ignore[arg-type]
            return ""
        return value

    def texts(self, node: Node | None) -> dict[str, str]:
        """A text per language, in the order of the site's: where one is missing the first stands in, and what digests do not see may not decide which."""
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self.fault(node, "a text per language is wanted here", "write {en: …, fr: …}")
            return {}
        found = {}
        for tag, item in node.value.items():
            if tag not in self.languages:
                hint = f"write {canonical(tag)}" if canonical(tag) in self.languages else f"the languages are {', '.join(self.languages)}"
                self.fault(item, f"this site does not speak {tag}", hint, key=True)
            elif value := self.text(item):
                found[tag] = value
        return {lang: found[lang] for lang in self.languages if lang in found}

    def items(self, node: Node | None) -> tuple[Node, ...]:
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self.fault(node, "a list is wanted here", "write [one, two], or a line with - and a space for each")
            return ()
        return node.value


def _person(id: str, entry: Mapping[str, Node], book: _Book) -> Person:
    aliases = tuple(filter(None, (book.text(item) for item in book.items(entry.get("aliases")))))
    offices = tuple(filter(None, (_office(item, book) for item in book.items(entry.get("offices")))))
    return Person(id, book.texts(entry.get("names")), book.texts(entry.get("pronunciation")), aliases, offices)


def _office(node: Node, book: _Book) -> Office | None:
    known = ("role", "organisation", "since", "until")
    if not isinstance(node.value, dict):
        book.fault(node, "an office has a role", _OFFICE)
        return None
    for name, item in node.value.items():
        if name not in known:
            book.fault(item, f'unknown field "{name}"', nearest(name, known) or f"the fields are {', '.join(known)}", key=True)
    since, until = (book.day(node.value.get(name)) for name in ("since", "until"))
    if until and until[: len(since)] < since[: len(until)]:
        book.fault(node.value["until"], f"until {until} is before since {since}", "exchange the two, or take one out")
    role, organisation = book.texts(node.value.get("role")), book.text(node.value.get("organisation"), ID)
    if not (role or organisation):
        book.fault(node, "an office has a role", _OFFICE)
    if organisation:
        book.organisations.append((book.entry, organisation, node.value["organisation"]))
    return Office(role, organisation, since, until)


def _organisation(id: str, entry: Mapping[str, Node], book: _Book) -> Organisation:
    return Organisation(id, book.texts(entry.get("names")), book.texts(entry.get("about")), book.text(entry.get("url"), _URL))


def _topic(id: str, entry: Mapping[str, Node], book: _Book) -> Topic:
    return Topic(id, book.texts(entry.get("names")))


def _contact(id: str, entry: Mapping[str, Node], book: _Book) -> Contact:
    languages = tuple(filter(None, (book.text(item) for item in book.items(entry.get("languages")))))
    return Contact(
        id, book.texts(entry.get("names")), book.texts(entry.get("role")), book.text(entry.get("phone"), _PHONE),
        book.text(entry.get("email"), _EMAIL), book.texts(entry.get("hours")), languages,
    )  # fmt: skip


_BOOKS: dict[str, tuple[str, Callable[[str, Mapping[str, Node], _Book], Any], tuple[str, ...]]] = {
    "people.yml": ("people", _person, ("names", "pronunciation", "aliases", "offices")),
    "organisations.yml": ("organisations", _organisation, ("names", "about", "url")),
    "topics.yml": ("topics", _topic, ("names",)),
    "contacts.yml": ("contacts", _contact, ("names", "role", "phone", "email", "hours", "languages")),
}


def read_registry(files: Mapping[str, File], languages: tuple[str, ...], derived: tuple[str, ...] = ()) -> tuple[Registry, tuple[Problem, ...], Mapping[Problem, tuple[str, str]]]:
    """All registries of a tree, what is wrong with them, and of which entry (`topics`, id) each fault is that is one's own.

    Each name belongs to one person. What is `derived` needs no names of its own.
    """
    read: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    entries: dict[Problem, tuple[str, str]] = {}
    of_people: _Book | None = None
    claims: dict[str, str] = {}
    for name, file in files.items():
        what, make, known = _BOOKS[name]
        book = _Book(file, languages, derived)
        read[what] = book.read(make, known)
        if what == "people":
            of_people, claims = book, _claims(read[what], book)
        problems += book.problems
        entries |= {problem: (what, id) for problem, id in book.of_entries.items()}
    organisations = read.get("organisations", {})
    for person, organisation, node in of_people.organisations if of_people else ():
        if organisation not in organisations:
            hint = nearest(organisation, list(organisations)) or "organisations.yml names them"
            problems.append(of_people.problem(node, f"{person}: unknown organisation {organisation}", hint, "RG001"))
    return Registry(**read, known=claims), tuple(problems), entries


def _claims(people: Mapping[str, Person], book: _Book) -> dict[str, str]:
    known: dict[str, str] = {}
    for person in people.values():
        for name in dict.fromkeys(folded_name(name) for name in (*person.names.values(), *person.aliases)):
            if name in known:
                message = f"{name} is claimed by {known[name]} and {person.id}"
                hint = "give one of the two a name that tells them apart, as with a second surname or an initial, here and where it is quoted"
                hint += "; or make one entry of both"
                book.problems.append(book.problem(book.entries[person.id], message, hint, "RG003", key=True))
            else:
                known[name] = person.id
    return known

"""From the nodes of a front matter to the typed fields of a header, by the table in model/kinds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pressroom.ground.languages import canonical, is_tag
from pressroom.ground.problems import Problem
from pressroom.model.document import HELD_STATUSES, TRANSLATIONS, DocumentFields, EditionFields, Header, Moment
from pressroom.model.kinds import DOCUMENT, FIELD_BY_NAME, FIELDS, Field
from pressroom.reading.front_matter import FrontMatter
from pressroom.reading.moments import NotAMoment, read_moment
from pressroom.reading.nodes import Node
from pressroom.reading.typography import typeset_text

STATUSES = ("published", *HELD_STATUSES)
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ADDRESS = re.compile(r"/(?:[a-z0-9-]{1,100}/){1,12}")
_TYPESET = ("title", "subtitle", "summary")
# An empty value of one of these is a slip that could publish what was to be held.
_NEVER_EMPTY = ("date", "embargo", "status")
# What the gate asks for: a document in which one of these is wrong or misspelt cannot be judged.
_OF_THE_GATE = ("date", "embargo", "lifted", "status")


class NotAValue(ValueError):
    """Says what is wrong with a value, where it begins, and how to write it."""

    def __init__(self, node: Node, message: str, hint: str = "", code: str = "FM008") -> None:
        super().__init__(message)
        self.node, self.hint, self.code = node, hint, code


@dataclass(frozen=True, slots=True)
class Place:
    """The file that a header stands in: its path as shown, what its path says, and the zone of the site."""

    path: str
    kind: str
    lang: str
    slug: str
    zone: ZoneInfo


def nearest(name: str, known: list[str] | tuple[str, ...]) -> str:
    """`did you mean "date"?`, or nothing."""
    found = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    return f'did you mean "{found[0]}"?' if found else ""


def read_header(front: FrontMatter, place: Place, lines: list[str]) -> Header:
    """The header of one file. A field that cannot be read is left out, with a problem at its place."""
    problems = list(front.problems)
    judged = not front.problems
    values: dict[str, Any] = {}
    places: dict[str, tuple[int, int]] = {}

    def fault(code: str, message: str, line: int, column: int, hint: str, width: int = 1) -> None:
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        problems.append(Problem(code, message, place.path, line, column, hint, source, max(width, 1)))

    fields = dict(front.fields)
    if front.classic:
        _check_classic(fields, place, fault)
    for name, node in fields.items():
        field = FIELD_BY_NAME.get(name)
        if field is None:
            known = [f.name for f in FIELDS if place.kind in f.kinds]
            hint = nearest(name, known) or f"the fields of a {place.kind} are {', '.join(known)}"
            judged = judged and not any(f'"{field}"' in hint for field in _OF_THE_GATE)
            fault("FM006", f'unknown field "{name}"', node.key_line, node.key_column, hint, len(name))
            continue
        places[name] = (node.key_line, node.key_column)
        if place.kind not in field.kinds:
            fault("FM014", f"a {place.kind} has no field {name}", node.key_line, node.key_column, f"it belongs to {', '.join(field.kinds)}", len(name))
        elif not field.honoured:
            fault("FM017", f"{name} is not honoured by this version", node.key_line, node.key_column, "take it out until it is", len(name))
        else:
            try:
                value = _FORMS[field.form](node, field, place)
                if value is not None:
                    values[name] = value
            except NotAValue as error:
                judged = judged and name not in _OF_THE_GATE
                fault(error.code, f"{name}: {error}", error.node.line, error.node.column, error.hint)
    if not front.problems or fields:
        _check_required(values, fields, place, fault)
    own = {f.name: values[f.name] for f in FIELDS if f.of == DOCUMENT and f.name in values}
    lifted, reason = own.pop("lifted", (None, ""))
    document = DocumentFields(**own, lifted=lifted, lifted_reason=reason)
    edition = _edition_fields(values, place.lang)
    return Header(document, edition, places, front.body_line, tuple(problems), judged)


def _edition_fields(values: Mapping[str, Any], lang: str) -> EditionFields:
    own = {f.name: values[f.name] for f in FIELDS if f.of != DOCUMENT and f.name in values}
    language, url = own.pop("source", ("", ""))
    if "typography" not in own:
        own |= {name: typeset_text(own[name], lang) for name in _TYPESET if name in own}
    return EditionFields(**own, source_language=language, source_url=url)


def _check_required(values: Mapping[str, Any], fields: Mapping[str, Node], place: Place, fault: Callable[..., None]) -> None:
    translation = "translation" in fields
    for field in FIELDS:
        if place.kind not in field.required or field.name in fields or (translation and field.of == DOCUMENT and "source" not in fields):
            continue
        hint = f"write {field.name}: between the two lines ---"
        fault("TR010" if place.kind == "transcript" and field.name == "title" else "FM007", f"{field.name} is missing", 1, 1, hint)


def _check_classic(fields: dict[str, Node], place: Place, fault: Callable[..., None]) -> None:
    for name, said in (("lang", place.lang), ("slug", place.slug)):
        node = fields.pop(name, None)
        if node is not None and node.value != said:
            fault("FM008", f"{name} is {node.value} here and {said} in the path", node.line, node.column, f"the path decides: write {said}, or leave the field out")


def _text(node: Node, field: Field, place: Place) -> str | None:
    if not isinstance(node.value, str):
        raise NotAValue(node, "one text is wanted here", f"write {field.name}: text; quote it where it begins with [ or {{")
    value = node.value.strip() if field.most > 1000 else " ".join(node.value.split())
    if len(value) > field.most:
        raise NotAValue(node, f"{len(value):,} characters; at most {field.most:,} fit", "the long form belongs into the text", "FM010")
    if not value and (field.name in _NEVER_EMPTY or field.required):
        raise NotAValue(node, "the value is empty", "write a value, or take the field out")
    return value or None


def _one_of(words: tuple[str, ...]) -> Callable[[Node, Field, Place], str | None]:
    def read(node: Node, field: Field, place: Place) -> str | None:
        value = _text(node, field, place)
        if value is not None and value not in words:
            raise NotAValue(node, f"{value!r} is not one of {', '.join(words)}", nearest(value, words))
        return value

    return read


def _moment(node: Node, field: Field, place: Place) -> Any:
    value = _text(node, field, place)
    try:
        return read_moment(value or "", place.zone)
    except NotAMoment as error:
        raise NotAValue(node, str(error), error.hint, "FM009") from None


def _items(node: Node, field: Field) -> tuple[Node, ...]:
    if isinstance(node.value, str):
        return (node,) if node.value.strip() else ()
    if not isinstance(node.value, tuple):
        raise NotAValue(node, "a list is wanted here", f"write {field.name}: [one, two]")
    return node.value


def _texts(node: Node, field: Field, place: Place) -> tuple[str, ...]:
    values = [_text(item, field, place) for item in _items(node, field)]
    return tuple(dict.fromkeys(value for value in values if value))


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[Node, Field, Place], tuple[str, ...]]:
    def read(node: Node, field: Field, place: Place) -> tuple[str, ...]:
        for item in _items(node, field):
            value = _text(item, field, place)
            if value is not None and not pattern.fullmatch(value):
                raise NotAValue(item, f"{value!r} is no {what}", _HINTS[what])
        return _texts(node, field, place)

    return read


_HINTS = {
    "id": "an id has a-z, 0-9 and single hyphens",
    "file name": "name a file of this folder: letters, digits, dot, hyphen and underscore of ASCII",
    "address": "write an address of this site, as in /en/news/old-name/",
}


def _id(node: Node, field: Field, place: Place) -> str | None:
    values = _matching(ID, "id")(node, field, place)
    if len(values) > 1:
        raise NotAValue(node, "one id is wanted here")
    return values[0] if values else None


def _mapping(node: Node, field: Field) -> Mapping[str, Node]:
    if not isinstance(node.value, dict):
        raise NotAValue(node, "names with values are wanted here", f"write {field.name}: {{name: value}}")
    return node.value


def _text_by_file(node: Node, field: Field, place: Place) -> dict[str, str]:
    return {name: value for name, item in _mapping(node, field).items() if (value := _text(item, field, place)) is not None}


def _text_by_language(node: Node, field: Field, place: Place) -> dict[str, str]:
    """One text for all languages under the empty tag, or a text for each."""
    if isinstance(node.value, str):
        value = _text(node, field, place)
        return {"": value} if value else {}
    for tag, item in _mapping(node, field).items():
        if not is_tag(tag) or tag != canonical(tag):
            raise NotAValue(Node(tag, item.key_line, item.key_column), f"{tag} is no language tag in canonical case", f"write {canonical(tag)}")
    return _text_by_file(node, field, place)


def _source(node: Node, field: Field, place: Place) -> tuple[str, str]:
    parts = _text_by_file(node, field, place)
    unknown = set(parts) - {"language", "url"}
    if unknown or not is_tag(parts.get("language", "")):
        raise NotAValue(node, "the language of the source is wanted here", "write source: {language: zh-Hans, url: 'https://…'}")
    url = parts.get("url", "")
    if url and not re.fullmatch(r"https?://[^\s\"<>]+", url):
        raise NotAValue(node, f"{url} is no web address", "it begins with https://")
    return canonical(parts["language"]), url


def _lifted(node: Node, field: Field, place: Place) -> tuple[Moment, str]:
    """When an embargo was ended before its time, and why."""
    parts = _mapping(node, field)
    unknown = sorted(set(parts) - {"at", "reason"})
    if unknown or "at" not in parts or "reason" not in parts:
        raise NotAValue(node, "an instant and a reason are wanted here", "`inv lift SLUG --reason …` writes them: {at: …, reason: …}")
    at = _moment(parts["at"], field, place)
    if at.day_only:
        raise NotAValue(parts["at"], "an instant is wanted here", "write the time too, with its zone")
    reason = _text(parts["reason"], field, place)
    if not reason:
        raise NotAValue(parts["reason"], "the reason is empty", "say why it was lifted")
    return at, reason


def _flag(node: Node, field: Field, place: Place) -> str | None:
    return _one_of(("true", "false"))(node, field, place)


_FORMS: dict[str, Callable[[Node, Field, Place], Any]] = {
    "text": _text,
    "texts": _texts,
    "moment": _moment,
    "status": _one_of(STATUSES),
    "translation": _one_of(TRANSLATIONS),
    "typography": _one_of(("keep",)),
    "order": _one_of(("reverse",)),
    "flag": _flag,
    "lifted": _lifted,
    "ids": _matching(ID, "id"),
    "id": _id,
    "files": _matching(FILE_NAME, "file name"),
    "addresses": _matching(_ADDRESS, "address"),
    "text_by_file": _text_by_file,
    "text_by_language": _text_by_language,
    "source": _source,
}

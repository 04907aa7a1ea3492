"""From the nodes of a front matter to the typed fields of a header, by the table in model/kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pressroom.ground.problems import Problem
from pressroom.model.document import DocumentFields, EditionFields, Header
from pressroom.model.kinds import DOCUMENT, FIELD_BY_NAME, FIELDS
from pressroom.model.typography import Typography
from pressroom.reading.excuses import excuses
from pressroom.reading.forms import FORMS, NotAValue, Place, nearest
from pressroom.reading.front_matter import FrontMatter
from pressroom.reading.nodes import Node
from pressroom.reading.places import Finder
from pressroom.reading.typesetter import Typesetter

_TYPESET = ("title", "subtitle", "summary")
# What others call a field, and what they write that is in the path here.
_ELSEWHERE = {"tags": "topics", "keywords": "topics", "categories": "topics", "category": "topics", "headline": "title"}
_IN_THE_PATH = ("lang", "language", "slug")
# What the gate asks for: a document in which one of these is wrong or misspelt cannot be judged.
_OF_THE_GATE = ("date", "embargo", "lifted", "status")
# A translation has the date of its original; misspelt, it says nothing to the gate, and nothing to the leak check.
_OF_A_TRANSLATION = ("embargo", "lifted", "status")


def read_header(front: FrontMatter, place: Place, lines: list[str], typography: Typography | None = None) -> Header:
    """The header of one file. A field that cannot be read is left out, with a problem at its place. Without a typography all is as typed."""
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
    asked = _OF_A_TRANSLATION if _is_beside_an_original(fields) else _OF_THE_GATE
    for name, node in fields.items():
        field = FIELD_BY_NAME.get(name)
        if field is None:
            known = [f.name for f in FIELDS if place.kind in f.kinds]
            hint = _of_elsewhere(name.lower(), known) or nearest(name, known) or f"the fields of a {place.kind} are {', '.join(known)}"
            judged = judged and not any(f'"{field}"' in hint for field in asked)
            fault("FM006", f'unknown field "{name}"', node.key_line, node.key_column, hint, len(name))
            continue
        places[name] = (node.key_line, node.key_column)
        if place.kind not in field.kinds:
            fault("FM014", f"a {place.kind} has no field {name}", node.key_line, node.key_column, f"it belongs to {', '.join(field.kinds)}", len(name))
        elif not field.honoured:
            fault("FM017", f"{name} is not honoured by this version", node.key_line, node.key_column, "take it out until it is", len(name))
        else:
            try:
                value = FORMS[field.form](node, field, place)
                if value is not None:
                    values[name] = value
            except NotAValue as error:
                judged = judged and name not in _OF_THE_GATE
                fault(error.code, f"{name}: {error}", error.node.line, error.node.column, error.hint)
    if not front.problems or fields:
        _check_required(values, fields, place, fault)
    if typography and "typography" not in values:
        typesetter = Typesetter(typography, {}, place.path, Finder("\n".join(lines), 1))
        values |= {name: typesetter.field(values[name], fields[name].line) for name in _TYPESET if name in values}
        if "captions" in values:
            nodes = fields["captions"].value
            assert isinstance(nodes, Mapping)
            values["captions"] = {file: typesetter.field(caption, nodes[file].line) for file, caption in values["captions"].items()}
        problems += typesetter.problems
    own = {f.name: values[f.name] for f in FIELDS if f.of == DOCUMENT and f.name in values}
    lifted, reason = own.pop("lifted", (None, ""))
    document = DocumentFields(**own, lifted=lifted, lifted_reason=reason)
    edition = _edition_fields(values)
    return Header(document, edition, places, front.body_line, tuple(problems), judged, excuses(lines, front.body_line))


def _of_elsewhere(name: str, known: list[str]) -> str:
    if name in _IN_THE_PATH:
        return "take it out: the path says it"
    return f'did you mean "{_ELSEWHERE[name]}"?' if _ELSEWHERE.get(name) in known else ""


def _edition_fields(values: Mapping[str, Any]) -> EditionFields:
    own = {f.name: values[f.name] for f in FIELDS if f.of != DOCUMENT and f.name in values}
    language, url = own.pop("source", ("", ""))
    return EditionFields(**own, source_language=language, source_url=url)


def _is_beside_an_original(fields: Mapping[str, Node]) -> bool:
    """Whether an edition leaves to another what belongs to the document: it says which kind of translation it is, and of nothing elsewhere."""
    said = fields["translation"].value if "translation" in fields and "source" not in fields else ""
    return bool(said.strip() if isinstance(said, str) else said)


def _check_required(values: Mapping[str, Any], fields: Mapping[str, Node], place: Place, fault: Callable[..., None]) -> None:
    beside = _is_beside_an_original(fields)
    for field in FIELDS:
        if place.kind not in field.required or field.name in fields or (beside and field.of == DOCUMENT):
            continue
        hint = f"write {field.name}: between the two lines ---"
        fault("TR010" if place.kind == "transcript" and field.name == "title" else "FM007", f"{field.name} is missing", 1, 1, hint)


def _check_classic(fields: dict[str, Node], place: Place, fault: Callable[..., None]) -> None:
    for name, said in (("lang", place.lang), ("slug", place.slug)):
        node = fields.pop(name, None)
        if node is not None and said and node.value != said:
            fault("FM008", f"{name} is {node.value} here and {said} in the path", node.line, node.column, f"the path decides: write {said}, or leave the field out")

"""The forms of a front matter's values: each reader takes a node to a typed value, or says what is wrong with it and how to write it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pressroom.ground.languages import canonical, is_tag
from pressroom.model import history
from pressroom.model.document import HELD_STATUSES, TRANSLATIONS
from pressroom.model.history import Correction
from pressroom.model.kinds import Field
from pressroom.model.moments import Moment
from pressroom.reading.moments import NotAMoment, read_moment
from pressroom.reading.nodes import Node

STATUSES = ("published", *HELD_STATUSES)
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ADDRESS = re.compile(r"/(?:[a-z0-9-]{1,100}/){1,12}")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DIGEST = re.compile(r"[a-z2-7]{8}")
_FINGERPRINT = re.compile(r"q-[a-z2-7]{8}")
# What stands between the items of a list, or round them, as it is written elsewhere.
_BETWEEN = re.compile(r"\s*[,;،؛，、；［］【】]\s*")
# How a field is written whose value is not one text, by its form.
_AS_IN = {
    "ids": "[one, two]", "id": "water-agency", "files": "[one, two]", "texts": "[one, two]", "addresses": "[/en/news/old-name/]",
    "text_by_file": "{photo.jpg: text}", "text_by_language": "text, or {en: text, fr: text}", "source": "{language: zh-Hans, url: 'https://…'}",
    "lifted": "{at: …, reason: …}, as `inv lift SLUG --reason …` does", "corrections": "and below it - type: …, at: …, note: …, as `inv correct SLUG` does",
}
# An empty value of one of these is a slip that could publish what was to be held, or make an original of a translation.
_NEVER_EMPTY = ("date", "embargo", "status", "translation")


class NotAValue(ValueError):
    """Says what is wrong with a value, where it begins, and how to write it."""

    def __init__(self, node: Node, message: str, hint: str = "", code: str = "FM008") -> None:
        super().__init__(message)
        self.node, self.hint, self.code = node, hint, code


@dataclass(frozen=True, slots=True)
class Place:
    """The file that a header stands in: its path as shown, what its path says, and the zone of the site. Without a slug it may say any."""

    path: str
    kind: str
    lang: str
    slug: str
    zone: ZoneInfo


def nearest(name: str, known: list[str] | tuple[str, ...]) -> str:
    """`did you mean "date"?`, or nothing."""
    found = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    return f'did you mean "{found[0]}"?' if found else ""


def _text(node: Node, field: Field, place: Place) -> str | None:
    if not isinstance(node.value, str):
        written = f"{field.name}: {_AS_IN[field.form]}" if field.form in _AS_IN else f"{field.name}: text"
        raise NotAValue(node, "one text is wanted here", f"write {written}; quote a text that begins with [ or {{")
    value = node.value.strip() if field.most > 1000 else " ".join(node.value.split())
    if len(value) > field.most:
        raise NotAValue(node, f"{len(value):,} characters; at most {field.most:,} fit", "the long form belongs into the text", "FM010")
    if not value and (field.name in _NEVER_EMPTY or field.required):
        raise NotAValue(node, "the value is empty", "write a value, or take the field out")
    return value or None


def _written(words: tuple[str, ...]) -> str:
    *others, last = words
    return f"write {', '.join(others)} or {last}" if others else f"write {last}, or take the field out"


def _one_of(words: tuple[str, ...]) -> Callable[[Node, Field, Place], str | None]:
    def read(node: Node, field: Field, place: Place) -> str | None:
        value = _text(node, field, place)
        if value is not None and value not in words:
            raise NotAValue(node, f"{value!r} is not one of {', '.join(words)}", nearest(value, words) or _written(words))
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
        wanted = "one id is wanted here" if field.form == "id" else "a list is wanted here"
        raise NotAValue(node, wanted, f"write {field.name}: {_AS_IN[field.form]}")
    return node.value


def _texts(node: Node, field: Field, place: Place) -> tuple[str, ...]:
    values = [_text(item, field, place) for item in _items(node, field)]
    return tuple(dict.fromkeys(value for value in values if value))


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[Node, Field, Place], tuple[str, ...]]:
    def read(node: Node, field: Field, place: Place) -> tuple[str, ...]:
        for item in _items(node, field):
            value = _text(item, field, place)
            if value is not None and not pattern.fullmatch(value):
                raise NotAValue(item, f"{value!r} is no {what}", _as_a_list(value, pattern, field) or _HINTS[what])
        return _texts(node, field, place)

    return read


def _as_a_list(value: str, pattern: re.Pattern[str], field: Field) -> str:
    """How to write a list that stands without brackets, or with the signs of another script; nothing where the value is none."""
    parts = [part for part in _BETWEEN.split(value) if part] if field.form in ("ids", "files", "addresses") else []
    return f"write {field.name}: [{', '.join(parts)}]" if parts and _BETWEEN.search(value) and all(map(pattern.fullmatch, parts)) else ""


_HINTS = {
    "id": "an id has a-z, 0-9 and single hyphens",
    "file name": "name a file of this folder: letters, digits, dot, hyphen and underscore of ASCII",
    "language tag": "write tags of this site's languages, as in [en, fr]",
    "fingerprint": "a fingerprint is q- and eight characters: it is the passage's address on the page",
    "address": "write an address of this site in a-z, 0-9 and hyphens between slashes, as in /en/news/old-name/; one of another form is a file of root/",
}


def _id(node: Node, field: Field, place: Place) -> str | None:
    values = _matching(ID, "id")(node, field, place)
    if len(values) > 1:
        raise NotAValue(node, "one id is wanted here", f"write {field.name}: {values[0]}")
    return values[0] if values else None


def _mapping(node: Node, field: Field) -> Mapping[str, Node]:
    if not isinstance(node.value, dict):
        raise NotAValue(node, "names with values are wanted here", f"write {field.name}: {_AS_IN[field.form]}")
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
    at = _instant(parts["at"], field, place)
    reason = _text(parts["reason"], field, place)
    if not reason:
        raise NotAValue(parts["reason"], "the reason is empty", "say why it was lifted")
    return at, reason


def _corrections(node: Node, field: Field, place: Place) -> tuple[Correction, ...]:
    """The entries that own the changes of a document, as they are written: their order and sense are judged beside the document."""
    return tuple(_correction(item, field, place) for item in _items(node, field))


_OF_A_CORRECTION = ("type", "at", "note", "languages", "passages")


def _correction(node: Node, field: Field, place: Place) -> Correction:
    if not isinstance(node.value, dict):
        raise NotAValue(node, "an entry has a type, an instant and a note", "`inv correct SLUG` writes it: {type: corrected, at: …, note: {en: …}}")
    parts = node.value
    for name, item in parts.items():
        if name not in _OF_A_CORRECTION:
            hint = nearest(name, _OF_A_CORRECTION) or f"an entry has {', '.join(_OF_A_CORRECTION)}"
            raise NotAValue(Node(name, item.key_line, item.key_column), f"an entry has no {name}", hint)
    for name in ("type", "at"):
        if name not in parts:
            raise NotAValue(node, f"the entry has no {name}", "write type: corrected (or " + ", ".join(history.TYPES[1:]) + ") and at: 2020-11-03T10:00+08:00")
    type = _one_of(history.TYPES)(parts["type"], field, place)
    if not type:
        raise NotAValue(parts["type"], "the value is empty", f"write one of {', '.join(history.TYPES)}")
    at = _instant(parts["at"], field, place)
    notes = _text_by_language(parts["note"], field, place) if "note" in parts else {}
    languages = _matching(_TAG, "language tag")(parts["languages"], field, place) if "languages" in parts else ()
    passages = _matching(_FINGERPRINT, "fingerprint")(parts["passages"], field, place) if "passages" in parts else ()
    return Correction(type, at, notes, languages, passages, node.line, node.column)


def _instant(node: Node, field: Field, place: Place) -> Moment:
    at: Moment = _moment(node, field, place)
    if at.day_only:
        raise NotAValue(node, "an instant is wanted here", "write the time too, with its zone")
    return at


def _digest(node: Node, field: Field, place: Place) -> str | None:
    value = _text(node, field, place)
    if value is not None and not _DIGEST.fullmatch(value):
        raise NotAValue(node, f"{value!r} is no digest of an original", "`inv translate SLUG LANGUAGE` writes it: eight characters", "AG009")
    return value


def _flag(node: Node, field: Field, place: Place) -> str | None:
    return _one_of(("true", "false"))(node, field, place)


FORMS: dict[str, Callable[[Node, Field, Place], Any]] = {
    "text": _text,
    "texts": _texts,
    "moment": _moment,
    "status": _one_of(STATUSES),
    "translation": _one_of(TRANSLATIONS),
    "typography": _one_of(("keep",)),
    "order": _one_of(("reverse",)),
    "flag": _flag,
    "lifted": _lifted,
    "corrections": _corrections,
    "ids": _matching(ID, "id"),
    "id": _id,
    "files": _matching(FILE_NAME, "file name"),
    "addresses": _matching(_ADDRESS, "address"),
    "text_by_file": _text_by_file,
    "text_by_language": _text_by_language,
    "source": _source,
    "digest": _digest,
}

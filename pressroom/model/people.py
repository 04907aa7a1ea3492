"""People, organisations, topics and contacts as the registries name them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pressroom.ground import fingerprints

_FIRST_YEAR = 1970
"""An office that began before had begun before any site was built."""


@dataclass(frozen=True, slots=True)
class Office:
    """A role that a person held, from and until a date (`2020`, `2020-11` or `2020-11-02`; empty: open), named per language."""

    role: Mapping[str, str] = field(default_factory=dict)
    organisation: str = ""
    since: str = ""
    until: str = ""

    def was_held_on(self, day: date) -> bool:
        """Whether the day lies within; of a year or month that is named alone, every day does."""
        text = day.isoformat()
        return text[: len(self.since)] >= self.since and (not self.until or text[: len(self.until)] <= self.until)

    def begins(self, zone: ZoneInfo) -> datetime | None:
        """The first instant of the day, month or year that it begins with, in a zone; None where it has no beginning that a site could have waited for."""
        year, month, day = (int(part) for part in f"{self.since or 0}-1-1".split("-")[:3])
        return datetime(year, month, day, tzinfo=zone).astimezone(UTC) if year >= _FIRST_YEAR else None


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    names: Mapping[str, str] = field(default_factory=dict)
    pronunciation: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    registered: bool = True

    def office_on(self, day: date) -> Office | None:
        """The one office that the person held on a day; None where there was none, or more than one."""
        held = [office for office in self.offices if office.was_held_on(day)]
        return held[0] if len(held) == 1 else None


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    names: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    id: str
    names: Mapping[str, str] = field(default_factory=dict)
    role: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    people: Mapping[str, Person] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    """Every name and alias of a registered person, as `folded_name` gives it, to the person's id."""


_LONGEST_ID = 100
"""Characters: an id is a folder's name."""
_TYPED = str.maketrans(dict.fromkeys("‘’ʼ", "'") | dict.fromkeys("\u2010\u2011", "-"))
"""The apostrophe and the hyphen of a keyboard for those that a text processor sets in a name."""


def folded_name(name: str) -> str:
    """A name as names are compared: NFKC, one apostrophe, one hyphen, nothing that cannot be seen, single spaces. Case counts: a name is a name.

    A name that is copied from a page, or out of a text processor, has the apostrophe and the hyphen that it was set with.
    """
    if name.isascii():
        return " ".join(name.split())
    seen = "".join(char for char in unicodedata.normalize("NFKC", name) if unicodedata.category(char) != "Cf")
    return " ".join(seen.translate(_TYPED).split())


def person_id(name: str) -> str:
    """The id of a speaker who is not in the registry: never a guess at a romanisation.

    The name, as names are compared, in `a-z0-9-` where that is ASCII after NFKD (marks dropped), else `p-` and eight characters of the name's fingerprint.
    """
    name = folded_name(name)
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    slug = re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-") if bare.isascii() else ""
    return slug if 0 < len(slug) <= _LONGEST_ID else f"p-{fingerprints.short(fingerprints.digest(name))}"

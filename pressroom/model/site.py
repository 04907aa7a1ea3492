"""The site: everything that may be published, and nothing else. Outputs see this and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from pressroom.ground import digests
from pressroom.model.document import Document, Edition, Former
from pressroom.model.moments import Moment
from pressroom.model.people import Person, Registry
from pressroom.model.text import QuotedRef
from pressroom.model.typography import Typography
from pressroom.model.words import Words

FRONT, KIND, YEAR, MONTH, TOPIC, PERSON = "front", "kind", "year", "month", "topic", "person"
TOPICS, PEOPLE = "topics", "people"
LISTING_LENGTH = 30
NEWS_AGE = timedelta(days=2)
"""How long a document is in the news sitemap (Google's rule)."""


@dataclass(frozen=True)
class Row:
    """One document as a listing shows it: in the listing's language, or by its original's headline, marked with its own."""

    address: str
    kind: str
    lang: str
    dir: str
    foreign: bool
    title: str
    summary: str
    place: str
    date: Moment
    published: datetime
    updated: datetime
    tag: str
    held: str = ""
    translation: str = ""
    withdrawn: bool = False

    @cached_property
    def digest(self) -> str:
        return digests.of(tuple(getattr(self, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said in one edition, as a person's page shows it: the numbers of the passages there."""

    text: QuotedRef
    row: Row
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A year or month that a listing leads to. `year` and `month` are numbers; month 0: the whole year."""

    address: str
    year: int
    month: int
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists documents, in one language: newest first. `what` is one of the words above; `name` is its topic's or person's name."""

    what: str
    lang: str
    address: str
    alternates: Mapping[str, str]
    rows: Sequence[Row]
    kind: str = ""
    id: str = ""
    name: str = ""
    name_lang: str = ""
    year: int = 0
    month: int = 0
    up: str = ""
    periods: tuple[Period, ...] = ()
    feed: bool = False
    index: bool = True
    more: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the site's furniture or of an index; `lang` is the language of `text` where it is not the page's."""

    address: str
    text: str
    lang: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Index:
    """The page of all topics, or of all people, in one language. `entries` are in the order of their ids: the page sorts them by name."""

    what: str
    lang: str
    address: str
    alternates: Mapping[str, str]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Chrome:
    """What every page of one language carries: the same value for all of them."""

    lang: str
    dir: str
    site_name: str
    site_url: str
    zone: str
    default_language: str
    languages: tuple[str, ...]
    pages: tuple[Entry, ...]
    styles: tuple[str, ...]
    icon: str
    words: Words
    typography: Typography
    preview: bool
    search: bool = False

    @cached_property
    def digest(self) -> str:
        return digests.of(tuple(getattr(self, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Pair:
    """An edition and the one that stands beside it on a page: its original, or another that a setting names. `document` is without editions.

    `counterparts` are, for each passage of the edition, the number of the other's that stands in its place, -1 for none. `segments` and `headings`
    say whether those of the one are those of the other.
    """

    document: Document
    edition: Edition
    other: Edition
    address: str
    counterparts: tuple[int, ...] = ()
    segments: bool = True
    headings: bool = True


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is published as it is: from where, to which address (no leading slash), with which content."""

    address: str
    path: str = field(compare=False)
    digest: str
    shown: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that a document once had."""

    address: str
    target: str
    lang: str


@dataclass(frozen=True)
class Site:
    """All that is cleared, in publishing order: newest first. `as_of` is the last instant at which the clock changed it.

    The pairs of a document, which its texts have to be compared for, are made when they are asked for; `side_by_side` are those of the settings.
    """

    name: str
    url: str
    zone: str
    default_language: str
    languages: tuple[str, ...]
    feed_authority: str
    documents: tuple[Document, ...]
    formers: tuple[Former, ...]
    side_by_side: tuple[tuple[str, str], ...]
    pairs_of: Callable[[Document], Iterable[Pair]]
    registry: Registry
    listings: tuple[Listing, ...]
    indexes: tuple[Index, ...]
    people: Mapping[str, Person]
    said: Mapping[str, Sequence[Said]]
    chrome: Mapping[str, Chrome]
    copies: tuple[Copy, ...]
    redirects: tuple[Redirect, ...]
    preview: bool
    as_of: datetime

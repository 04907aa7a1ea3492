"""The head of every page: its address, its other languages, what machines are told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pressroom.ground.addresses import absolute, relative
from pressroom.ground.languages import direction, in_address, script, territory
from pressroom.model.kinds import BY_NAME, DATED
from pressroom.model.site import Chrome
from pressroom.outputs.texts import INDEX_WORDS, KINDS_WORDS

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
TEXTS = (("application/json", "index.json"), ("text/markdown", "index.md"))
"""What stands beside the page of an edition, for programs and for pasting; beside an earlier version there is only the first."""
FEEDS = (("application/atom+xml", "feed.xml"), ("application/feed+json", "feed.json"))
"""What stands beside a page that is fed: the same in two forms."""
_OPEN_GRAPH_TERRITORIES = {"en": "en_US", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "fr": "fr_FR", "es": "es_ES", "ru": "ru_RU", "ar": "ar_AR"}


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language, as the head and the language menu name it."""

    lang: str
    dir: str
    name: str
    href: str
    url: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A place that every page leads to. `here` is its aria-current: `page` for itself, `true` for what lies in it."""

    address: str
    text: str
    here: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a template's layout needs of any page."""

    address: str
    lang: str
    dir: str
    title: str
    description: str
    canonical: str
    alternates: tuple[Alternate, ...]
    default: str
    policy: str = POLICY
    noindex: bool = False
    kind: str = "website"
    open_graph: tuple[tuple[str, str], ...] = ()
    linked_data: Mapping[str, Any] | None = None
    feeds: tuple[tuple[str, str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    absolute: bool = field(default=False)
    home: str = "/"
    sections: tuple[Section, ...] = ()


def page(
    chrome: Chrome, address: str, title: str, alternates: Mapping[str, str], *, description: str = "", default: str = "", noindex: bool = False,
    kind: str = "website", published: str = "", modified: str = "", linked_data: Mapping[str, Any] | None = None, feed: bool = False, texts: tuple[tuple[str, str], ...] = (),
    image: tuple[str, int, int] = ("", 0, 0), current: str = "",
) -> Page:  # fmt: skip
    """The head of the page at `address`. `alternates` are addresses by language, this page's own among them; `default` is x-default's.

    `image` is a picture's address with its width and height. `current` is the address of the page that stands for this one, where that is another: then this one is not to be indexed.
    """
    canonical = absolute(chrome.site_url, current or address)
    default = default or alternates.get(chrome.default_language) or next(iter(alternates.values()), address)
    noindex = noindex or chrome.preview or bool(current)
    description = description or _described(chrome, title)
    found = tuple(
        Alternate(lang, direction(lang), own_name(lang), relative(address, at), absolute(chrome.site_url, at), lang == chrome.lang)
        for lang, at in alternates.items()
    )
    graph = [
        ("og:type", kind), ("og:title", title), ("og:url", canonical), ("og:site_name", chrome.site_name),
        ("og:locale", open_graph_locale(chrome.lang)), *(("og:locale:alternate", open_graph_locale(lang)) for lang in alternates if lang != chrome.lang),
    ]  # fmt: skip
    graph.append(("og:description", description))
    graph += [("og:image", absolute(chrome.site_url, image[0])), ("og:image:width", str(image[1])), ("og:image:height", str(image[2]))] if image[0] else []
    graph += [("article:published_time", published)] if published else []
    graph += [("article:modified_time", modified)] if modified else []
    fed = f"{chrome.site_name} · {title}" if title != chrome.site_name else title
    feeds = tuple((fed, type, href) for type, href in FEEDS) if feed else ()
    return Page(
        address, chrome.lang, chrome.dir, title, description, canonical, found, absolute(chrome.site_url, default),
        noindex=noindex, kind=kind, open_graph=tuple((name, content) for name, content in graph if content), linked_data=linked_data, feeds=feeds, texts=texts,
        home=f"/{in_address(chrome.lang)}/", sections=tuple(_sections(chrome, address)),
    )  # fmt: skip


def _sections(chrome: Chrome, address: str) -> Iterator[Section]:
    """The kinds, the topics, the people and the search, in the page's language."""
    places = {BY_NAME[kind].folder: KINDS_WORDS[kind] for kind in DATED} | INDEX_WORDS | ({"search": "Search"} if chrome.search else {})
    for folder, word in places.items():
        at = f"/{in_address(chrome.lang)}/{folder}/"
        here = "page" if address == at else "true" if address.startswith(at) else ""
        yield Section(at, chrome.words.gettext(word), here)


def _described(chrome: Chrome, title: str) -> str:
    """What a page that is no text of its own is told by in a list of results."""
    if title == chrome.site_name:
        said = chrome.words.gettext("%(office)s. Press releases and transcripts; every quotation has an address of its own.")
    else:
        said = chrome.words.gettext("%(title)s, %(office)s. Press releases and transcripts; every quotation has an address of its own.")
    return said % {"title": title, "office": chrome.site_name}


@lru_cache(maxsize=64)
def open_graph_locale(tag: str) -> str:
    """A language with the territory where most read it (CLDR's likely subtags), as `language_TERRITORY` (ogp.me); nothing where none is known."""
    from babel.core import get_global

    if tag in _OPEN_GRAPH_TERRITORIES:
        return _OPEN_GRAPH_TERRITORIES[tag]
    language, likely = tag.split("-")[0], get_global("likely_subtags")
    where = territory(tag) or likely.get(f"{language}_{script(tag)}", likely.get(language, "")).rpartition("_")[2]
    return f"{language}_{where}" if where else ""


@lru_cache(maxsize=64)
def own_name(lang: str) -> str:
    """A language's name in itself, as a menu writes it."""
    from pressroom.outputs.dates import language_name

    name = language_name(lang, lang)
    return name[:1].upper() + name[1:]

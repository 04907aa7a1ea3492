"""Sitemaps: an index, one for each year of documents with every language's alternate, one for pages and listings; of many places several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.document import Document
from pressroom.model.site import FRONT, MONTH, NEWS_AGE, YEAR, Site
from pressroom.outputs import corrections, verify
from pressroom.outputs.families import SITEMAP, Family

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# The news sitemap's schema knows these two and codes of two or three letters.
_NEWS_LANGUAGES = {"zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}
_MOST_NEWS = 1000
# sitemaps.org takes 50,000 addresses and 50 MB in one file: with one language the first, with more the second, as each address names all languages.
_MOST_ELEMENTS = 150_000
_Place = tuple[tuple[tuple[str, str], ...], str, Mapping[str, str]]
"""The addresses by language, in the order in which languages are shown, the address of x-default, and the instant of the last change by language."""
_Any = TypeVar("_Any")


def artifacts(site: Site) -> Iterator[Artifact]:
    live = [document for document in site.documents if not document.fields.withdrawn]
    places = [_place(document) for document in live if not document.year]
    for listing in site.listings:
        if listing.index and listing.lang == next(iter(listing.alternates), "") and listing.what not in (YEAR, MONTH):
            default = "/" if listing.what == FRONT else listing.alternates.get(site.default_language, listing.address)
            places.append((tuple(listing.alternates.items()), default, {}))
    for address_in in (corrections.address_in, verify.address_in):
        addresses = {lang: address_in(lang) for lang in site.languages}
        places.append((tuple(addresses.items()), addresses[site.default_language], {}))
    for index in site.indexes:
        if index.lang == next(iter(index.alternates)):
            places.append((tuple(index.alternates.items()), index.alternates[site.default_language], {}))
    yield from _files(0, site.languages, site.url, places)
    updated: dict[int, list[datetime]] = defaultdict(list)
    for document in live:
        if document.year:
            updated[document.year].append(max(document.updated(edition) for edition in document.editions.values()))
    newest = [document for document in live if document.year and document.published <= site.as_of < document.published + NEWS_AGE]
    news = tuple(
        (edition.address, _NEWS_LANGUAGES.get(lang, lang.split("-")[0]), site.chrome[lang].site_name, _instant(document), edition.fields.title)
        for document in newest
        for lang, edition in document.editions.items()
    )
    yield Artifact("news-sitemap.xml", news_view, (site.url, news[:_MOST_NEWS]))
    names = [(name, _written_instant(max(part))) for year in sorted(updated, reverse=True) for name, part in _parts(year, site.languages, updated[year])]
    names += [(name, max(_changed(part), key=datetime.fromisoformat, default="")) for name, part in _parts(0, site.languages, places)]
    yield Artifact("sitemap.xml", index_view, (site.url, tuple(names)))


def of_family(family: Family) -> Iterator[Artifact]:
    """The sitemaps of a year."""
    if family.what == SITEMAP:
        places = [_place(document) for document in family.listed if not document.fields.withdrawn]
        yield from _files(int(family.id), tuple(family.house.chrome), family.house.url, places)


def _files(year: int, languages: Collection[str], site_url: str, places: Sequence[_Place]) -> Iterator[Artifact]:
    for name, part in _parts(year, languages, places):
        yield Artifact(name, places_view, (site_url, tuple(part)))


def _parts(year: int, languages: Collection[str], places: Sequence[_Any]) -> Iterator[tuple[str, Sequence[_Any]]]:
    """The places of a year (0: what has none), newest first, in as many files as they need, the oldest in the first, so that a file that is full stays."""
    most = _MOST_ELEMENTS // (len(languages) * (len(languages) + 2)) or 1
    for number, end in enumerate(range(len(places), 0, -most), 1):
        yield f"sitemap-{year or 'pages'}{f'-{number}' if number > 1 else ''}.xml", places[max(0, end - most) : end]


def _place(document: Document) -> _Place:
    at = {lang: edition.address for lang, edition in document.editions.items()}
    is_told = {lang: bool(document.fields.date or edition.changes) for lang, edition in document.editions.items()}
    lastmod = {lang: _written_instant(document.updated(edition)) for lang, edition in document.editions.items() if is_told[lang]}
    return tuple(at.items()), document.first.address, lastmod


def _changed(places: Sequence[_Place]) -> Iterator[str]:
    """When places were changed last, of those that say it."""
    return (instant for _, _, lastmod in places for instant in lastmod.values())


def _instant(document: Document) -> str:
    return _written_instant(document.published)


def _written_instant(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def places_view(site_url: str, places: tuple[_Place, ...]) -> bytes:
    register_namespace("", _SITEMAP)
    register_namespace("xhtml", _XHTML)
    root = Element(f"{{{_SITEMAP}}}urlset")
    for alternates, default, lastmod in places:
        every = (*alternates, ("x-default", default))
        links = [Element(f"{{{_XHTML}}}link", rel="alternate", hreflang=lang, href=absolute(site_url, address)) for lang, address in every]
        for language, address in alternates:
            url = SubElement(root, f"{{{_SITEMAP}}}url")
            SubElement(url, f"{{{_SITEMAP}}}loc").text = absolute(site_url, address)
            if language in lastmod:
                SubElement(url, f"{{{_SITEMAP}}}lastmod").text = lastmod[language]
            url.extend(links)
    return _written(root)


def news_view(site_url: str, items: tuple[tuple[str, str, str, str, str], ...]) -> bytes:
    """What came out in the last two days, in Google's form."""
    register_namespace("", _SITEMAP)
    register_namespace("news", _NEWS)
    root = Element(f"{{{_SITEMAP}}}urlset")
    for address, language, name, published, title in items:
        url = SubElement(root, f"{{{_SITEMAP}}}url")
        SubElement(url, f"{{{_SITEMAP}}}loc").text = absolute(site_url, address)
        news = SubElement(url, f"{{{_NEWS}}}news")
        publication = SubElement(news, f"{{{_NEWS}}}publication")
        SubElement(publication, f"{{{_NEWS}}}name").text = name
        SubElement(publication, f"{{{_NEWS}}}language").text = language
        SubElement(news, f"{{{_NEWS}}}publication_date").text = published
        SubElement(news, f"{{{_NEWS}}}title").text = title
    return _written(root)


def index_view(site_url: str, names: tuple[tuple[str, str], ...]) -> bytes:
    register_namespace("", _SITEMAP)
    root = Element(f"{{{_SITEMAP}}}sitemapindex")
    for name, lastmod in names:
        sitemap = SubElement(root, f"{{{_SITEMAP}}}sitemap")
        SubElement(sitemap, f"{{{_SITEMAP}}}loc").text = absolute(site_url, f"/{name}")
        if lastmod:
            SubElement(sitemap, f"{{{_SITEMAP}}}lastmod").text = lastmod
    return _written(root)


def _written(root: Element) -> bytes:
    indent(root, " ")
    return tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"

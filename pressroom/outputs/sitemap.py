"""Sitemaps: an index, one for each year of documents with every language's alternate, one for pages and listings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
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
_Place = tuple[tuple[tuple[str, str], ...], str, Mapping[str, str]]
"""The addresses by language, in the order in which languages are shown, the address of x-default, and the instant of the last change by language."""


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
    yield Artifact(_name(0), places_view, (site.url, tuple(places)))
    changed: dict[int, datetime] = {}
    for document in live:
        if document.year:
            updated = max(document.updated(edition) for edition in document.editions.values())
            changed[document.year] = max(updated, changed.get(document.year, updated))
    newest = [document for document in live if document.year and document.published <= site.as_of < document.published + NEWS_AGE]
    news = tuple(
        (edition.address, _NEWS_LANGUAGES.get(lang, lang.split("-")[0]), site.chrome[lang].site_name, _instant(document), edition.fields.title)
        for document in newest
        for lang, edition in document.editions.items()
    )
    yield Artifact("news-sitemap.xml", news_view, (site.url, news[:_MOST_NEWS]))
    names = tuple((_name(year), _written_instant(changed[year])) for year in sorted(changed, reverse=True))
    yield Artifact("sitemap.xml", index_view, (site.url, (*names, (_name(0), ""))))


def of_family(family: Family) -> Iterator[Artifact]:
    """The sitemap of a year."""
    places = tuple(_place(document) for document in family.listed if family.what == SITEMAP and not document.fields.withdrawn)
    if places:
        yield Artifact(_name(int(family.id)), places_view, (family.house.url, places))


def _name(year: int) -> str:
    return f"sitemap-{year or 'pages'}.xml"


def _place(document: Document) -> _Place:
    at = {lang: edition.address for lang, edition in document.editions.items()}
    default = at.get(document.original) or next(iter(at.values()))
    lastmod = {lang: _written_instant(document.updated(edition)) for lang, edition in document.editions.items()} if document.year else {}
    return tuple(at.items()), default, lastmod


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

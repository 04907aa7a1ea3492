"""Sitemaps: an index, one for each year of documents with every language's alternate, one for pages and listings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.document import Document
from pressroom.model.site import FRONT, MONTH, NEWS_AGE, YEAR, Site
from pressroom.outputs import corrections, verify

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# The news sitemap's schema knows these two and codes of two or three letters.
_NEWS_LANGUAGES = {"zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}
_MOST_NEWS = 1000
_Place = tuple[tuple[tuple[str, str], ...], str, Mapping[str, str]]
"""The addresses by language, in the order in which languages are shown, the address of x-default, and the instant of the last change by language."""


def artifacts(site: Site) -> Iterator[Artifact]:
    years: dict[int, list[_Place]] = defaultdict(list)
    changed: dict[str, str] = {}
    live = [document for document in site.documents if not document.fields.withdrawn]
    for document in live:
        at = {lang: edition.address for lang, edition in document.editions.items()}
        default = at.get(document.original) or next(iter(at.values()))
        lastmod = {lang: _written_instant(document.updated(edition)) for lang, edition in document.editions.items()} if document.year else {}
        years[document.year].append((tuple(at.items()), default, lastmod))
    for listing in site.listings:
        if listing.index and listing.lang == next(iter(listing.alternates), "") and listing.what not in (YEAR, MONTH):
            default = "/" if listing.what == FRONT else listing.alternates.get(site.default_language, listing.address)
            years[0].append((tuple(listing.alternates.items()), default, {}))
    for address_in in (corrections.address_in, verify.address_in):
        addresses = {lang: address_in(lang) for lang in site.languages}
        years[0].append((tuple(addresses.items()), addresses[site.default_language], {}))
    for index in site.indexes:
        if index.lang == next(iter(index.alternates)):
            years[0].append((tuple(index.alternates.items()), index.alternates[site.default_language], {}))
    names = []
    for year, places in sorted(years.items(), reverse=True):
        name = f"sitemap-{year or 'pages'}.xml"
        names.append(name)
        changed[name] = max((instant for _, _, lastmod in places for instant in lastmod.values()), default="")
        yield Artifact(name, places_view, (site.url, tuple(places)))
    newest = [document for document in live if document.year and document.published <= site.as_of < document.published + NEWS_AGE]
    news = tuple(
        (edition.address, _NEWS_LANGUAGES.get(lang, lang.split("-")[0]), site.chrome[lang].site_name, _instant(document), edition.fields.title)
        for document in newest
        for lang, edition in document.editions.items()
    )
    yield Artifact("news-sitemap.xml", news_view, (site.url, news[:_MOST_NEWS]))
    yield Artifact("sitemap.xml", index_view, (site.url, tuple((name, changed[name]) for name in names)))


def _instant(document: Document) -> str:
    return _written_instant(document.published)


def _written_instant(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def places_view(site_url: str, places: tuple[_Place, ...]) -> bytes:
    register_namespace("", _SITEMAP)
    register_namespace("xhtml", _XHTML)
    root = Element(f"{{{_SITEMAP}}}urlset")
    for alternates, default, lastmod in places:
        for language, address in alternates:
            url = SubElement(root, f"{{{_SITEMAP}}}url")
            SubElement(url, f"{{{_SITEMAP}}}loc").text = absolute(site_url, address)
            if language in lastmod:
                SubElement(url, f"{{{_SITEMAP}}}lastmod").text = lastmod[language]
            for lang, other in (*alternates, ("x-default", default)):
                SubElement(url, f"{{{_XHTML}}}link", rel="alternate", hreflang=lang, href=absolute(site_url, other))
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

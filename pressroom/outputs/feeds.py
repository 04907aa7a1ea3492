"""Feeds of the newest documents, each in one language, as Atom (RFC 4287) and as JSON Feed 1.1. Ids are tag URIs (RFC 4151) and never change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.document import Document, Edition
from pressroom.model.kinds import DATED
from pressroom.model.site import FRONT, LISTING_LENGTH, Chrome, Listing, Site
from pressroom.outputs import translations
from pressroom.outputs.families import Family
from pressroom.outputs.listings import title
from pressroom.outputs.texts import KIND_WORDS


@dataclass(frozen=True, slots=True)
class Item:
    """An edition as a feed of its language tells of it."""

    address: str
    category: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    tag: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What the feed of the page at `address` says, in whatever form it is written."""

    address: str
    lang: str
    title: str
    author: str
    site_url: str
    authority: str
    items: tuple[Item, ...]


def tag_uri(authority: str, name: str) -> str:
    """`tag:example.org,2020:releases/2020/slug/en`; the authority is set once and never changed."""
    return f"tag:{authority}:{name}"


def artifacts(site: Site) -> Iterator[Artifact]:
    """The feeds of the fronts."""
    dated = [document for document in site.documents if document.kind in DATED]
    for listing in site.listings:
        if listing.what == FRONT:
            yield from files(_newest(site.chrome[listing.lang], site.feed_authority, listing, dated))


def of_family(family: Family) -> Iterator[Artifact]:
    for listing in family.listings:
        if listing.feed:
            yield from files(_newest(family.house.chrome[listing.lang], family.house.feed_authority, listing, family.listed))


def files(feed: Feed) -> Iterator[Artifact]:
    """A feed in its two forms, beside the page."""
    folder = feed.address.lstrip("/")
    yield Artifact(f"{folder}feed.xml", atom_view, (feed,), lang=feed.lang)
    yield Artifact(f"{folder}feed.json", json_view, (feed,), lang=feed.lang)


def feed_of(chrome: Chrome, authority: str, address: str, title: str, items: Iterable[Item]) -> Feed:
    return Feed(address, chrome.lang, title, chrome.site_name, chrome.site_url, authority, tuple(items))


def _newest(chrome: Chrome, authority: str, listing: Listing, documents: Iterable[Document]) -> Feed:
    """The newest of a feed's own language: a listing's rows are the newest of all languages together."""
    head, lang = title(chrome, listing), listing.lang
    items = islice((_item(chrome, document, document.editions[lang]) for document in documents if lang in document.editions), LISTING_LENGTH)
    return feed_of(chrome, authority, listing.address, head if listing.what == FRONT else f"{chrome.site_name} · {head}", items)


def _item(chrome: Chrome, document: Document, edition: Edition) -> Item:
    """An edition as its feeds have it; a withdrawn one as the notice of that, under the id that it always had."""
    kind, tag, updated = chrome.words.gettext(KIND_WORDS[document.kind]), f"{document.folder}/{edition.lang}", document.updated(edition)
    if document.fields.withdrawn:
        title, note = chrome.words.gettext("This document has been withdrawn"), edition.changes[-1].note
        return Item(edition.address, kind, title, note, document.published, updated, tag)
    summary = " · ".join(part for part in (translations.line(chrome, edition.fields) if translations.source_type(edition.fields) else "", edition.fields.summary) if part)
    return Item(edition.address, kind, edition.fields.title, summary, document.published, updated, tag)


class _Atom(Atom1Feed):
    """Atom as feedgenerator writes it, but that a summary is text: what looks like markup in it is never run by a reader."""

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xml:lang": self.feed["language"]}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Pressroom")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})


def atom_view(feed: Feed) -> bytes:
    home = absolute(feed.site_url, feed.address)
    atom = _Atom(
        title=feed.title, link=home, description=None, language=feed.lang, feed_url=f"{home}feed.xml",
        feed_guid=tag_uri(feed.authority, feed.address.strip("/")), author_name=feed.author,
    )  # fmt: skip
    for item in feed.items:
        atom.add_item(
            title=item.title, link=absolute(feed.site_url, item.address), description=item.summary or None, unique_id=tag_uri(feed.authority, item.tag),
            pubdate=item.published, updateddate=item.updated, categories=(item.category,),
        )  # fmt: skip
    atom.latest_post_date = lambda: max((item.updated for item in feed.items), default=_NEVER)
    return atom.writeString("utf-8").encode() + b"\n"


def json_view(feed: Feed) -> bytes:
    home = absolute(feed.site_url, feed.address)
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "authors": [{"name": feed.author}],
        "language": feed.lang,
        "items": [_json_item(feed, item) for item in feed.items],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(feed: Feed, item: Item) -> Mapping[str, Any]:
    return {
        "id": tag_uri(feed.authority, item.tag),
        "url": absolute(feed.site_url, item.address),
        "title": item.title,
        # An item without any content is none to a reader, and an entry of Atom has no more than these.
        "content_text": item.summary or item.title,
        **({"summary": item.summary} if item.summary else {}),
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "tags": [item.category],
    }


_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

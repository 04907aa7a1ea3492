"""Atom feeds (RFC 4287) of the newest documents, each in one language. Ids are tag URIs (RFC 4151) and never change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
from pressroom.outputs.parts import House, house_of
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


def tag_uri(authority: str, name: str) -> str:
    """`tag:example.org,2020:releases/2020/slug/en`; the authority is set once and never changed."""
    return f"tag:{authority}:{name}"


def artifacts(site: Site) -> Iterator[Artifact]:
    """The feeds of the fronts."""
    house, dated = house_of(site), [document for document in site.documents if document.kind in DATED]
    for listing in site.listings:
        if listing.what == FRONT:
            yield _feed(house, listing, dated)


def of_family(family: Family) -> Iterator[Artifact]:
    for listing in family.listings:
        if listing.feed:
            yield _feed(family.house, listing, family.listed)


def _feed(house: House, listing: Listing, documents: Iterable[Document]) -> Artifact:
    """The newest of a feed's own language: a listing's rows are the newest of all languages together."""
    chrome, lang = house.chrome[listing.lang], listing.lang
    items = islice((_item(chrome, document, document.editions[lang]) for document in documents if lang in document.editions), LISTING_LENGTH)
    inputs = (chrome, replace(listing, rows=(), periods=(), more=False), house.feed_authority, tuple(items))
    return Artifact(f"{listing.address.lstrip('/')}feed.xml", atom_view, inputs, lang=lang)


def _item(chrome: Chrome, document: Document, edition: Edition) -> Item:
    """An edition as its feeds have it; a withdrawn one as the notice of that, under the id that it always had."""
    kind, tag, updated = chrome.words.gettext(KIND_WORDS[document.kind]), f"{document.folder}/{edition.lang}", document.updated(edition)
    if document.fields.withdrawn:
        title, note = chrome.words.gettext("This document has been withdrawn"), edition.changes[-1].note
        return Item(edition.address, kind, title, note, document.published, updated, tag)
    summary = " · ".join(part for part in (translations.line(chrome, edition.fields) if translations.source_type(edition.fields) else "", edition.fields.summary) if part)
    return Item(edition.address, kind, edition.fields.title, summary, document.published, updated, tag)


class _Feed(Atom1Feed):
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


def atom_view(chrome: Chrome, listing: Listing, authority: str, items: tuple[Item, ...]) -> bytes:
    """The newest editions in the listing's own language."""
    home = absolute(chrome.site_url, listing.address)
    head = title(chrome, listing)
    name = head if listing.what == FRONT else f"{chrome.site_name}: {head}"
    return atom(chrome, name, home, tag_uri(authority, listing.address.strip("/")), authority, items)


def atom(chrome: Chrome, title: str, home: str, id: str, authority: str, items: tuple[Item, ...]) -> bytes:
    """A feed of items for the page at `home`."""
    feed = _Feed(
        title=title, link=home, description=None, language=chrome.lang, feed_url=f"{home}feed.xml", feed_guid=id, author_name=chrome.site_name,
    )  # fmt: skip
    for item in items:
        feed.add_item(
            title=item.title, link=absolute(chrome.site_url, item.address), description=item.summary or None, unique_id=tag_uri(authority, item.tag),
            pubdate=item.published, updateddate=item.updated, categories=(item.category,),
        )  # fmt: skip
    feed.latest_post_date = lambda: max((item.updated for item in items), default=_NEVER)
    return feed.writeString("utf-8").encode() + b"\n"


_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

"""Atom feeds (RFC 4287) of the newest documents, each in one language. Ids are tag URIs (RFC 4151) and never change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.document import Document, Edition
from pressroom.model.kinds import DATED
from pressroom.model.site import FRONT, KIND, LISTING_LENGTH, PERSON, TOPIC, Chrome, Listing, Site
from pressroom.outputs import translations
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


def tag_uri(authority: str, name: str) -> str:
    """`tag:example.org,2020:releases/2020/slug/en`; the authority is set once and never changed."""
    return f"tag:{authority}:{name}"


def artifacts(site: Site) -> Iterator[Artifact]:
    items = _items(site)
    for listing in site.listings:
        if listing.feed:
            mine = tuple(items.get((listing.lang, listing.what, listing.kind or listing.id), ()))
            inputs = (site.chrome[listing.lang], replace(listing, rows=(), periods=(), more=False), site.feed_authority, mine)
            yield Artifact(f"{listing.address.lstrip('/')}feed.xml", atom_view, inputs, lang=listing.lang)


def _items(site: Site) -> Mapping[tuple[str, str, str], list[Item]]:
    """The newest of each language for every feed: a listing's own rows are the newest of all languages together."""
    found: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
    for document in site.documents:
        if document.kind not in DATED:
            continue
        feeds = [(FRONT, ""), (KIND, document.kind), *((TOPIC, id) for id in document.fields.topics), *((PERSON, id) for id in _speakers(document))]
        for lang, edition in document.editions.items():
            for what, id in feeds:
                if len(mine := found[lang, what, id]) < LISTING_LENGTH:
                    mine.append(_item(site.chrome[lang], document, edition))
    return found


def _item(chrome: Chrome, document: Document, edition: Edition) -> Item:
    """An edition as its feeds have it; a withdrawn one as the notice of that, under the id that it always had."""
    kind, tag, updated = chrome.words.gettext(KIND_WORDS[document.kind]), f"{document.folder}/{edition.lang}", document.updated(edition)
    if document.fields.withdrawn:
        title, note = chrome.words.gettext("This document has been withdrawn"), edition.changes[-1].note
        return Item(edition.address, kind, title, note, document.published, updated, tag)
    summary = " · ".join(part for part in (translations.line(chrome, edition.fields) if translations.source_type(edition.fields) else "", edition.fields.summary) if part)
    return Item(edition.address, kind, edition.fields.title, summary, document.published, updated, tag)


def _speakers(document: Document) -> dict[str, None]:
    """Everyone who speaks or is quoted in any edition, each once."""
    return {id: None for edition in document.editions.values() for id, _ in edition.facts.speakers}


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

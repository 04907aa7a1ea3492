"""Atom feeds (RFC 4287) of the newest documents, each in one language. Ids are tag URIs (RFC 4151) and never change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.site import FRONT, Chrome, Listing, Site
from pressroom.outputs.listings import title
from pressroom.outputs.texts import KIND_WORDS


def tag_uri(authority: str, name: str) -> str:
    """`tag:example.org,2020:releases/2020/slug/en`; the authority is set once and never changed."""
    return f"tag:{authority}:{name}"


def artifacts(site: Site) -> Iterator[Artifact]:
    for listing in site.listings:
        if listing.feed and listing.what == FRONT:
            inputs = (site.chrome[listing.lang], listing, site.feed_authority)
            yield Artifact(f"{listing.address.lstrip('/')}feed.xml", atom_view, inputs, lang=listing.lang)


class _Feed(Atom1Feed):
    """Atom as feedgenerator writes it, with the alternates of each entry in other languages left to the page."""

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xml:lang": self.feed["language"]}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Pressroom")


def atom_view(chrome: Chrome, listing: Listing, authority: str) -> bytes:
    """The entries that are in the listing's own language."""
    rows = [row for row in listing.rows if not row.foreign]
    home = absolute(chrome.site_url, listing.address)
    head = title(chrome, listing)
    feed = _Feed(
        title=head if listing.what == FRONT else f"{chrome.site_name}: {head}", link=home, description=None, language=chrome.lang,
        feed_url=f"{home}feed.xml", feed_guid=tag_uri(authority, listing.address.strip("/")), author_name=chrome.site_name,
    )  # fmt: skip
    for row in rows:
        feed.add_item(
            title=row.title, link=absolute(chrome.site_url, row.address), description=row.summary or None, unique_id=tag_uri(authority, row.tag),
            pubdate=row.published, updateddate=row.updated, categories=(chrome.words.gettext(KIND_WORDS[row.kind]),),
        )  # fmt: skip
    feed.latest_post_date = lambda: max((row.updated for row in rows), default=_NEVER)
    return feed.writeString("utf-8").encode() + b"\n"


_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

"""What machines are told of a page, in schema.org's words: what it is, where, in which language and of which site; of a document more.

No page lists here what it lists for readers, so none grows. The notice of a withdrawn document says of itself what any page says, its own title, and of
the document no word. What is nobody's page says nothing: a redirect, the page for what is not there, the gallery of a preview.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pressroom.ground.addresses import absolute
from pressroom.ground.languages import in_address
from pressroom.model.document import Document, Edition
from pressroom.model.history import NOTED, Change
from pressroom.model.kinds import PAGE
from pressroom.model.site import Chrome
from pressroom.outputs import translations

WEB_PAGE, COLLECTION, PROFILE = "WebPage", "CollectionPage", "ProfilePage"


def web_page(chrome: Chrome, address: str, name: str, type: str = WEB_PAGE, **relations: Any) -> dict[str, Any]:
    """A page by its address; `relations` are what holds of it alone."""
    site = {"@type": "WebSite", "@id": _home(chrome)}
    return {**_node(chrome, type, address), "name": name, "inLanguage": chrome.lang, "isPartOf": site, **relations}


def web_site(chrome: Chrome, address: str, languages: Sequence[str] = ()) -> dict[str, Any]:
    """The site, by its front page in a language; by its door in all `languages`."""
    return {**_node(chrome, "WebSite", address), "name": chrome.site_name, "inLanguage": languages or chrome.lang, "publisher": _publisher(chrome)}


def thing(name: str, type: str = "Thing", **properties: Any) -> dict[str, Any]:
    """What a page is about: a topic, a person, an organisation. What is empty is not said."""
    return {"@type": type, "name": name, **{key: value for key, value in properties.items() if value}}


def reference(chrome: Chrome, address: str) -> dict[str, str]:
    """Another page of the site, which tells of itself."""
    return {"@id": absolute(chrome.site_url, address)}


def of_document(chrome: Chrome, document: Document, edition: Edition, alternates: Mapping[str, str]) -> dict[str, Any]:
    """An edition on its page: a release or a transcript is a NewsArticle."""
    title, address, date = edition.fields.title, edition.address, document.fields.date
    if document.kind == PAGE:
        data = web_page(chrome, address, title)
    else:
        data = {**_node(chrome, "NewsArticle", address), "headline": title, "inLanguage": edition.lang, "publisher": _publisher(chrome)}
    if date:
        data["datePublished"] = date.written
    if edition.changes:
        data["dateModified"] = document.updated(edition).isoformat()
    if comments := [_comment(change) for change in edition.changes if change.type in NOTED]:
        data["correction"] = comments
    if edition.fields.summary:
        data["description"] = edition.fields.summary
    if edition.fields.place:
        data["dateline"] = edition.fields.place
    if edition.lang == document.original:
        if others := [reference(chrome, at) for lang, at in alternates.items() if lang != edition.lang]:
            data["workTranslation"] = others
    elif document.original in alternates:
        data["translationOfWork"] = reference(chrome, alternates[document.original])
    if source := translations.source_type(edition.fields):
        data |= {"digitalSourceType": source, "creditText": translations.line(chrome, edition.fields)}
    images = [absolute(chrome.site_url, found.address) for found in document.attachments if found.width]
    if images:
        data["image"] = images
    return data


def _node(chrome: Chrome, type: str, address: str) -> dict[str, Any]:
    url = absolute(chrome.site_url, address)
    return {"@context": "https://schema.org", "@type": type, "@id": url, "url": url}


def _home(chrome: Chrome) -> str:
    return absolute(chrome.site_url, f"/{in_address(chrome.lang)}/")


def _publisher(chrome: Chrome) -> Mapping[str, str]:
    return {"@type": "NewsMediaOrganization", "name": chrome.site_name, "url": _home(chrome)}


def _comment(change: Change) -> Mapping[str, str]:
    return {"@type": "CorrectionComment", "text": change.note, "datePublished": change.at.written}

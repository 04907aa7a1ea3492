"""What machines are told of a document, in schema.org's words (NewsArticle)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pressroom.ground.addresses import absolute
from pressroom.model.document import Document, Edition
from pressroom.model.history import NOTED, Change
from pressroom.model.kinds import PAGE
from pressroom.model.site import Chrome
from pressroom.outputs import translations


def news_article(chrome: Chrome, document: Document, edition: Edition, alternates: Mapping[str, str]) -> Mapping[str, Any] | None:
    if document.kind == PAGE or document.fields.date is None:
        return None
    url = absolute(chrome.site_url, edition.address)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "headline": edition.fields.title,
        "inLanguage": edition.lang,
        "datePublished": document.fields.date.local.isoformat(),
        "publisher": {"@type": "NewsMediaOrganization", "name": chrome.site_name, "url": absolute(chrome.site_url, f"/{chrome.lang.lower()}/")},
    }
    if edition.changes:
        data["dateModified"] = document.updated(edition).isoformat()
    if comments := [_comment(change) for change in edition.changes if change.type in NOTED]:
        data["correction"] = comments
    if edition.fields.summary:
        data["description"] = edition.fields.summary
    if edition.fields.place:
        data["dateline"] = edition.fields.place
    if edition.lang == document.original:
        others = [absolute(chrome.site_url, at) for lang, at in alternates.items() if lang != edition.lang]
        if others:
            data["workTranslation"] = [{"@id": other} for other in others]
    elif document.original in alternates:
        data["translationOfWork"] = {"@id": absolute(chrome.site_url, alternates[document.original])}
    if source := translations.source_type(edition.fields):
        data |= {"digitalSourceType": source, "creditText": translations.line(chrome, edition.fields)}
    images = [absolute(chrome.site_url, found.address) for found in document.attachments if found.width]
    if images:
        data["image"] = images
    return data


def _comment(change: Change) -> Mapping[str, str]:
    return {"@type": "CorrectionComment", "text": change.note, "datePublished": change.at.local.isoformat()}

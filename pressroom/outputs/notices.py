"""The notice that answers every address of a withdrawn document: page, data, plain text, each earlier version, each page side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.document import Document, Edition
from pressroom.model.site import Chrome
from pressroom.outputs import changes, dates
from pressroom.outputs.feeds import tag_uri
from pressroom.outputs.head import TEXTS, page
from pressroom.outputs.linked_data import web_page
from pressroom.outputs.parts import Part
from pressroom.outputs.texts import KIND_WORDS


def artifacts(part: Part) -> Iterator[Artifact]:
    document, house = part.document, part.house
    if not document.fields.withdrawn:
        return
    pairs: dict[str, list[str]] = {}
    for pair in part.pairs:
        pairs.setdefault(pair.edition.address, []).append(pair.address)
    whole, default = replace(document, editions={}), document.first.address
    alternates = {lang: edition.address for lang, edition in document.editions.items()}
    for lang, edition in document.editions.items():
        chrome, folder = house.chrome[lang], edition.address.lstrip("/")
        id = tag_uri(house.feed_authority, f"{document.folder}/{lang}")
        formers = [f"{edition.address}v/{version}/" for version in edition.versions]
        for address in (edition.address, *formers, *pairs.get(edition.address, ())):
            yield Artifact(f"{address.lstrip('/')}index.html", view, (chrome, whole, edition, alternates, default, address), "notice.html", lang)
        for address in (edition.address, *formers):
            yield Artifact(f"{address.lstrip('/')}index.json", facts_view, (chrome, whole, edition, alternates, id), lang=lang)
        yield Artifact(f"{folder}index.md", text_view, (chrome, whole, edition), lang=lang)


def title(chrome: Chrome) -> str:
    return chrome.words.gettext("This document has been withdrawn")


def view(chrome: Chrome, document: Document, edition: Edition, alternates: Mapping[str, str], default: str, address: str) -> Mapping[str, Any]:
    here = address == edition.address
    moment, told = document.fields.date, changes.told(chrome, edition, address)
    head = page(
        chrome, address, title(chrome), alternates if here else {}, linked_data=web_page(chrome, address, title(chrome)), noindex=True, default=default,
        texts=TEXTS if here else TEXTS[:1] if address.startswith(f"{edition.address}v/") else (), current="" if here else edition.address,
    )  # fmt: skip
    return {
        "page": head,
        "site": chrome,
        "title": title(chrome),
        "kind": chrome.words.gettext(KIND_WORDS[document.kind]) if document.kind in KIND_WORDS else "",
        "date": dates.long_date(moment, chrome.typography) if moment else "",
        "date_iso": moment.local.date().isoformat() if moment else "",
        "withdrawal": told[-1],
    }


def facts_view(chrome: Chrome, document: Document, edition: Edition, alternates: Mapping[str, str], id: str) -> bytes:
    """`index.json` of a withdrawn edition, its earlier versions' too: what it was is said, what it said is not."""
    data = {
        "id": id,
        "url": absolute(chrome.site_url, edition.address),
        "kind": document.kind,
        "language": edition.lang,
        "direction": edition.dir,
        "withdrawn": True,
        "date": document.fields.date.text if document.fields.date else "",
        "published": document.published.isoformat() if document.fields.date else "",
        "updated": document.updated(edition).isoformat(),
        "version": document.version,
        "derived_from": edition.fields.derived_from,
        "languages": {lang: absolute(chrome.site_url, address) for lang, address in alternates.items()},
        "corrections": changes.data(chrome, edition),
    }
    return (json.dumps({name: value for name, value in data.items() if value != ""}, ensure_ascii=False, indent=1) + "\n").encode()


def text_view(chrome: Chrome, document: Document, edition: Edition) -> str:
    last = changes.told(chrome, edition, edition.address)[-1]
    parts = [f"# {title(chrome)}", f"{last['date']} · {absolute(chrome.site_url, edition.address)}", last["note"]]
    return "\n\n".join(part for part in parts if part) + "\n"

"""The files of a document as its pages offer them: size, pixels, caption, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from pressroom.ground.addresses import relative
from pressroom.model.document import Attachment, Document, Edition
from pressroom.model.typography import Typography
from pressroom.outputs import numerals, pictures
from pressroom.outputs.pictures import Picture

_CREATIVE_COMMONS = re.compile(r"CC (BY(?:-NC)?(?:-(?:SA|ND))?) (\d\.\d)")
_PUBLIC_DOMAIN = "CC0 1.0"
_DEEDS = "https://creativecommons.org/"


def downloads(typography: Typography, document: Document, edition: Edition, shown: Collection[str], left_out: Collection[str]) -> list[Mapping[str, Any]]:
    """What the side column offers, what `attachments` names first and as it does. `shown` are links to files whose caption and credit stand in the text."""
    places = {name: place for place, name in enumerate(document.fields.attachments)}
    found = [_download(typography, file, document, edition, shown) for file in document.attachments if file.name not in left_out]
    return sorted(found, key=lambda download: places.get(download["name"], len(places)))


def _download(typography: Typography, file: Attachment, document: Document, edition: Edition, shown: Collection[str]) -> Mapping[str, Any]:
    picture = pictures.picture_of(document, file)
    found = {**described(picture, edition.address, typography), "listed": file.name in document.fields.attachments, "caption": "", "image": ""}
    if found["href"] in shown:
        return {**found, "credit": "", "licence": ""}
    image = pictures.small(picture, edition, edition.fields.alts.get(file.name, "")) if file.width and found["listed"] else ""
    return {**found, "caption": edition.fields.captions.get(file.name, ""), "image": image}


def described(picture: Picture, page: str, typography: Typography) -> Mapping[str, Any]:
    """A file as a page tells of it: a picture with its size in pixels."""
    file = picture.file
    return {
        "name": file.name, "href": relative(page, file.address), "size": numerals.size(file.size, typography),
        "pixels": f"{file.width} × {file.height}" if file.width else "",
        "credit": picture.credit, "licence": picture.licence, "licence_href": deed(picture.licence),
    }  # fmt: skip


def deed(licence: str) -> str:
    """Where a licence of Creative Commons can be read; nothing for others."""
    if licence == _PUBLIC_DOMAIN:
        return f"{_DEEDS}publicdomain/zero/1.0/"
    found = _CREATIVE_COMMONS.fullmatch(licence)
    return f"{_DEEDS}licenses/{found[1].lower()}/{found[2]}/" if found else ""

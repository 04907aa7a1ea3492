"""What an edition's page tells of its corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pressroom.ground.addresses import absolute, relative
from pressroom.model.document import Document, Edition
from pressroom.model.history import NOTED, WITHDRAWN, Change
from pressroom.model.moments import Moment
from pressroom.model.site import Chrome
from pressroom.outputs import dates
from pressroom.outputs.texts import CORRECTION_WORDS, joined


def told(chrome: Chrome, edition: Edition, address: str) -> list[Mapping[str, Any]]:
    """The corrections of an edition, oldest first, as a page at `address` tells them."""
    return [
        {
            "number": change.version - 1,
            "anchor": anchor(change),
            "word": word(chrome, change.type),
            "noted": change.type in NOTED,
            "note": change.note,
            "date": dates.long_date(change.at, chrome.typography),
            "clock": dates.clock(change.at, chrome.typography),
            "date_iso": change.at.written,
            "before": relative(address, f"{edition.address}v/{change.version - 1}/") if _is_kept(edition, change) else "",
            "retired": [
                {"id": gone.id, "number": gone.number, "version": gone.version, "href": _last_place(edition, address, gone.version, gone.id)}
                for gone in change.retired
            ],
        }
        for change in edition.changes
    ]


def data(chrome: Chrome, edition: Edition) -> list[Mapping[str, Any]]:
    """The corrections of an edition for programs: of each the version it made, its marks, and where the retired passages were last."""
    return [
        {
            "version": change.version,
            "type": change.type,
            "at": change.at.written,
            **({"note": change.note} if change.note else {}),
            **({"before": absolute(chrome.site_url, f"{edition.address}v/{change.version - 1}/")} if _is_kept(edition, change) else {}),
            "passages": change.passages,
            "retired": [{"id": gone.id, **({"version": gone.version} if gone.version else {})} for gone in change.retired],
        }
        for change in edition.changes
    ]


def _is_kept(edition: Edition, change: Change) -> bool:
    return change.type != WITHDRAWN and change.version - 1 in edition.versions


def _last_place(edition: Edition, address: str, version: int, id: str) -> str:
    return relative(address, f"{edition.address}v/{version}/#{id}") if version in edition.versions else ""


def anchor(change: Change) -> str:
    """The id of a correction on its page."""
    return f"correction-{change.version - 1}"


def place(document: Document, edition: Edition, change: Change) -> str:
    """The address at which a correction is told; the notice of a withdrawn document has a place for the withdrawal only, where quotations led there."""
    if document.fields.withdrawn and not (change is edition.changes[-1] and change.retired):
        return edition.address
    return f"{edition.address}#{anchor(change)}"


def word(chrome: Chrome, type: str) -> str:
    return chrome.words.gettext(CORRECTION_WORDS[type])


def marks(chrome: Chrome, edition: Edition) -> Mapping[str, tuple[str, str]]:
    """The passages of now that were changed: by fingerprint the word and the address of the newest correction that marks it."""
    return {id: (word(chrome, change.type), f"#{anchor(change)}") for change in edition.changes for id in change.passages}


def when(chrome: Chrome, moment: Moment) -> str:
    """Day and hour, as a line of apparatus holds them."""
    return joined(chrome, dates.long_date(moment, chrome.typography), dates.clock(moment, chrome.typography))

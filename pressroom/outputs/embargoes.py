"""What a preview says of a document that is held: of one under embargo, until when."""

from __future__ import annotations

from datetime import datetime

from pressroom.model.site import Chrome
from pressroom.outputs import dates
from pressroom.outputs.texts import HELD_WORDS

EMBARGO = "embargo"


def held(chrome: Chrome, why: str, published: datetime) -> str:
    """Why a document is held; nothing where it is not."""
    if why == EMBARGO:
        return chrome.words.gettext("Embargoed until %(date)s") % {"date": dates.embargo(published, chrome.zone, chrome.typography)}
    return chrome.words.gettext(HELD_WORDS[why]) if why else ""

"""The digest of what a translation must follow: `translated_from` holds the one that it was made from."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape

from pressroom.ground import fingerprints
from pressroom.model.document import EditionFields
from pressroom.model.text import Body, Facts

_OF_WORDS = ("heading", "table", "footnotes", "note")
_TAG = re.compile(r"<[^>]*>")


def of_original(fields: EditionFields, facts: Facts, body: Body) -> str:
    """Eight characters for the words of an edition: what stands in its header, who speaks, each passage in order, headings, tables and notes.

    As in fingerprints typesetting leaves it as it is, and so do corrections, topics and files.
    """
    captions = sorted({**fields.captions}.items())
    said = [
        *(fingerprints.words(text) for text in (fields.title, fields.subtitle, fields.summary, fields.place, plain_html(body.notes))),
        *(f"{name} {fingerprints.words(text)}" for name, text in captions),
        *(fingerprints.words(" ".join((voice.name, voice.role, voice.organisation))) for segment in facts.segments if (voice := segment.voice)),
        *(passage.digest for passage in facts.passages),
        *(fingerprints.words(block.text) for block in body.blocks if block.kind in _OF_WORDS and not block.passages),
    ]
    return fingerprints.short(hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest())


def plain_html(html: str) -> str:
    """The words of clean HTML."""
    return unescape(_TAG.sub(" ", html))

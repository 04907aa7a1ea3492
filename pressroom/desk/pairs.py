"""Which editions stand side by side: each translation and its original, and the pairs that a setting adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pressroom.desk import alignment, urls
from pressroom.model.document import Document
from pressroom.model.site import Pair

_Also = tuple[tuple[str, str], ...]


def addresses(document: Document, also: _Also) -> Iterator[tuple[str, str, str]]:
    """The language of an edition, that of the one beside it, and the address of the page that has both: one for the two directions."""
    editions, original = document.editions, document.original
    languages = [(lang, original) for lang in editions if original in editions and lang != original]
    languages += [(lang, other) for lang, other in also if lang in editions and other in editions and original not in (lang, other)]
    for lang, other in languages:
        yield lang, other, urls.side_by_side(editions[lang].address, other)


def pairs_of(document: Document, also: _Also) -> Iterator[Pair]:
    """The pairs of a document. One that is withdrawn has pairs without words, whose addresses must answer."""
    bare = replace(document, editions={})
    for lang, other, address in addresses(document, also):
        edition, beside = document.editions[lang], document.editions[other]
        facts, others = edition.facts, beside.facts
        counterparts = edition.counterparts if other == document.original else alignment.counterparts(facts, others)
        segments, headings = alignment.same_segments(facts, others), alignment.same_headings(facts, others)
        yield Pair(bare, edition, beside, address, counterparts, segments, headings)

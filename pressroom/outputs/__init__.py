"""From the Site to artifacts: one file each, listed in one tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.model.artifact import Artifact, Bundle
from pressroom.model.site import Site
from pressroom.outputs import (
    copies, corrections, editions, facts, feeds, gallery, kits, listings, notices, people, pictures, plain_text, root, search, side_by_side, sitemap,
    verify, versions, word_index,
)  # fmt: skip

OUTPUTS: tuple[Callable[[Site], Iterator[Artifact]], ...] = (
    root.artifacts,
    listings.artifacts,
    people.artifacts,
    editions.artifacts,
    versions.artifacts,
    side_by_side.artifacts,
    notices.artifacts,
    corrections.artifacts,
    search.artifacts,
    verify.artifacts,
    word_index.artifacts,
    facts.artifacts,
    plain_text.artifacts,
    feeds.artifacts,
    sitemap.artifacts,
    gallery.artifacts,
    copies.artifacts,
    pictures.artifacts,
    kits.artifacts,
)


def artifacts(site: Site) -> Iterator[Artifact]:
    """Every file of the site, in a stable order."""
    for output in OUTPUTS:
        yield from output(site)


def bundles(site: Site) -> Iterator[Bundle]:
    """What a search of the site is made from, in a stable order."""
    return search.bundles(site)

"""From the Site to artifacts: one file each. What makes them stands in two tuples: the files of one document, and those of the whole site."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pressroom.model.artifact import Artifact, Bundle
from pressroom.model.site import Site
from pressroom.outputs import (
    copies, corrections, editions, facts, feeds, gallery, kits, listings, notices, people, plain_text, root, search, side_by_side, sitemap, verify,
    versions, widths, word_index,
)  # fmt: skip
from pressroom.outputs.parts import Part, parts

OF_A_DOCUMENT: tuple[Callable[[Part], Iterator[Artifact]], ...] = (
    editions.artifacts,
    versions.artifacts,
    side_by_side.artifacts,
    notices.artifacts,
    facts.artifacts,
    plain_text.artifacts,
    copies.of_part,
    widths.artifacts,
    kits.artifacts,
)
OF_THE_SITE: tuple[Callable[[Site], Iterator[Artifact]], ...] = (
    root.artifacts,
    listings.artifacts,
    people.artifacts,
    corrections.artifacts,
    search.artifacts,
    verify.artifacts,
    word_index.artifacts,
    feeds.artifacts,
    sitemap.artifacts,
    gallery.artifacts,
    copies.artifacts,
)


def artifacts(site: Site) -> Iterator[Artifact]:
    """Every file of the site, in a stable order."""
    yield from of_the_site(site)
    for part in parts(site):
        yield from of_part(part)


def of_the_site(site: Site) -> Iterator[Artifact]:
    """Every file that is no single document's."""
    for output in OF_THE_SITE:
        yield from output(site)


def of_part(part: Part) -> Iterator[Artifact]:
    """Every file of one document."""
    for output in OF_A_DOCUMENT:
        yield from output(part)


def bundles(site: Site) -> Iterator[Bundle]:
    """What a search of the site is made from, in a stable order."""
    return search.bundles(site)

"""From the Site to artifacts: one file each. What makes them stands in three tuples: the files of a document, those of a family of listings, the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pressroom.model.artifact import Artifact, Bundle
from pressroom.model.site import Site
from pressroom.outputs import (
    copies, corrections, editions, facts, feeds, gallery, guide, kits, listings, notices, people, plain_text, popolo, root, search, side_by_side, sitemap,
    verify, versions, widths, word_index,
)  # fmt: skip
from pressroom.outputs.families import Family, families
from pressroom.outputs.parts import Part, house_of, parts

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
OF_A_FAMILY: tuple[Callable[[Family], Iterator[Artifact]], ...] = (
    listings.of_family,
    people.of_family,
    feeds.of_family,
    sitemap.of_family,
    word_index.of_family,
)
OF_THE_SITE: tuple[Callable[[Site], Iterator[Artifact]], ...] = (
    root.artifacts,
    listings.artifacts,
    corrections.artifacts,
    search.artifacts,
    verify.artifacts,
    word_index.artifacts,
    feeds.artifacts,
    sitemap.artifacts,
    popolo.artifacts,
    guide.artifacts,
    gallery.artifacts,
    copies.artifacts,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Files that are made from one value and nothing else: where that stands, so do they."""

    name: str
    made_from: Part | Family

    def artifacts(self) -> Iterator[Artifact]:
        outputs: tuple[Callable[[Any], Iterator[Artifact]], ...] = OF_A_DOCUMENT if isinstance(self.made_from, Part) else OF_A_FAMILY
        for output in outputs:
            yield from output(self.made_from)


def units(site: Site) -> Iterator[Unit]:
    """The files of every document, and those of every family of listings."""
    house = house_of(site)
    for part in parts(site, house, site.documents):
        yield Unit(part.document.folder, part)
    for family in families(site, house):
        yield Unit(family.name, family)


def of_the_site(site: Site) -> Iterator[Artifact]:
    """Every file that is in no unit."""
    for output in OF_THE_SITE:
        yield from output(site)


def artifacts(site: Site) -> Iterator[Artifact]:
    """Every file of the site, in a stable order."""
    yield from of_the_site(site)
    for unit in units(site):
        yield from unit.artifacts()


def bundles(site: Site) -> Iterator[Bundle]:
    """What a search of the site is made from, in a stable order."""
    return search.bundles(site)

"""What the files of one document are made from: the document, and what they need of the rest of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pressroom.ground import digests
from pressroom.model.document import Document, Edition, Former
from pressroom.model.people import Registry
from pressroom.model.site import PERSON, TOPIC, Chrome, Entry, Pair, Site
from pressroom.outputs.pictures import Picture, pictures_of


@dataclass(frozen=True)
class House:
    """What the files of any document may need: the same value for all of them."""

    url: str
    feed_authority: str
    chrome: Mapping[str, Chrome]
    registry: Registry
    side_by_side: tuple[tuple[str, str], ...]

    @cached_property
    def digest(self) -> str:
        return digests.of((self.url, self.feed_authority, self.chrome, self.registry, self.side_by_side))


@dataclass(frozen=True, slots=True)
class Part:
    """A document's part of the site.

    `pages` are the addresses of the pages that the topics and people it names have in its languages; `topics` and `people` say by language and id
    whose they are, by names that the registry or the document has. `pictures` are what its texts show, by address; `shown` are those of its own
    files that some text shows.
    """

    house: House
    document: Document
    formers: tuple[Former, ...]
    pages: tuple[str, ...]
    pictures: Mapping[str, Picture]
    shown: tuple[str, ...]
    topics: Mapping[tuple[str, str], Entry] = field(compare=False)
    people: Mapping[tuple[str, str], str] = field(compare=False)
    pairs_of: Callable[[Document], Iterable[Pair]] = field(compare=False)

    @property
    def pairs(self) -> Iterable[Pair]:
        return self.pairs_of(self.document)

    @property
    def beside(self) -> Mapping[str, Mapping[str, str]]:
        """The pages that show an edition side by side: by its address, and by the language of the other, in the site's order."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for pair in self.pairs:
            found[pair.edition.address][pair.other.lang] = pair.address
            found[pair.other.address][pair.edition.lang] = pair.address
        # A digest does not see the order of a mapping, and the settings' may be another tomorrow.
        return {address: {lang: others[lang] for lang in self.house.chrome if lang in others} for address, others in found.items()}


def house_of(site: Site) -> House:
    return House(site.url, site.feed_authority, site.chrome, site.registry, site.side_by_side)


def parts(site: Site, house: House, documents: Iterable[Document]) -> Iterator[Part]:
    """The parts that documents have of a site, in their order."""
    pictures = {address: picture for document in site.documents for address, picture in pictures_of(document).items()}
    shown = {href for edition in _editions(site) for href in edition.images}
    listings = [listing for listing in site.listings if not listing.year]
    topics = {(listing.lang, listing.id): Entry(listing.address, listing.name, listing.name_lang) for listing in listings if listing.what == TOPIC}
    people = {(listing.lang, listing.id): listing.address for listing in listings if listing.what == PERSON}
    formers: dict[str, list[Former]] = defaultdict(list)
    for former in site.formers:
        formers[former.document.folder].append(former)
    for document in documents:
        of_topics = {(lang, id): topics[lang, id] for lang in document.editions for id in document.fields.topics if (lang, id) in topics}
        of_people = {(lang, id): people[lang, id] for lang, edition in document.editions.items() for id, _ in edition.facts.speakers if (lang, id) in people}
        mine = tuple(formers.get(document.folder, ()))
        texts = (*document.editions.values(), *(former.edition for former in mine))
        yield Part(
            house, document, mine, (*(entry.address for entry in of_topics.values()), *of_people.values()),
            {href: pictures[href] for edition in texts for href in edition.hrefs if href in pictures},
            tuple(file.address for file in document.attachments if file.address in shown), of_topics, of_people, site.pairs_of,
        )  # fmt: skip


def _editions(site: Site) -> Iterator[Edition]:
    for document in site.documents:
        yield from document.editions.values()
    for former in site.formers:
        yield former.edition

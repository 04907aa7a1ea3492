"""What of a held document everybody may know: files that are out by themselves; addresses of pages that are; of one that is withdrawn its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pressroom.checks import folding
from pressroom.checks.headers import read_raw_header
from pressroom.checks.held import WITHDRAWN, HeldSource, SourceFile
from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import DIGEST, SEGMENT, Needle, runs

_EDITION = re.compile(r"(?P<folder>[^/]+/(?:\d{4}/)?[^/]+)/index\.(?P<lang>[^./]+)\.md", re.IGNORECASE)
_ADDRESS = r"(?P<path>(?:/[\w-]+)+)/?(?:#q-[a-z2-7]{8}\b)?"


@dataclass(frozen=True)
class Public:
    """The site's own address (or none), the cleared sources, and the names of files that go out as they are, by digest."""

    url: str
    cleared: Sequence[SourceFile]
    files: Mapping[str, set[str]]

    # Few held texts name an address, and the cleared sources are many.
    @cached_property
    def _pages(self) -> frozenset[str]:
        found = (_EDITION.search(file.shown) for file in self.cleared if file.edition and "/" not in file.name)
        return frozenset(f"/{page['lang'].lower()}/{page['folder']}" for page in found if page)

    def without(self, source: HeldSource, texts: Mapping[str, str], needles: Sequence[Needle]) -> list[Needle]:
        """The needles of a held source less what is public. What another source holds as well is looked for as that one's."""
        told = Matcher(enumerate(needles)).find_anywhere(*_told(source, texts)) if source.why == WITHDRAWN else ()
        addresses = {needle.identity for text in texts.values() for address in self._addresses(text) for needle in runs("", "", address)}
        out = [file for file in source.files if not file.edition and file.digest in self.files]
        files = {(DIGEST, file.digest) for file in out} | {(SEGMENT, name) for file in out if (name := folding.fold(file.name)) in self.files[file.digest]}
        public = addresses | files
        return [needle for number, needle in enumerate(needles) if number not in told and needle.identity not in public]

    def _addresses(self, text: str) -> Iterator[str]:
        """The addresses of cleared pages that a text names, or of passages there. Nothing else is taken from what stands behind them."""
        if self.url and self.url in text:
            yield from (found[0] for found in re.finditer(re.escape(self.url) + _ADDRESS, text) if found["path"] in self._pages)


def public(url: str, cleared: Sequence[SourceFile], files: Iterable[tuple[str, str]]) -> Public:
    """What is public of a site at this address; `files` are digests with names."""
    names: dict[str, set[str]] = {}
    for digest, name in files:
        names.setdefault(digest, set()).add(folding.fold(name))
    return Public(url.rstrip("/"), cleared, names)


def _told(source: HeldSource, texts: Mapping[str, str]) -> Iterator[str]:
    """What every address of a withdrawn document says, and the addresses."""
    yield source.folder
    for file in source.files:
        if file.edition and "/" not in file.name:
            yield from read_raw_header(texts[file.name]).texts("aliases")

"""What of a held document everybody may know: files that are out by themselves; addresses of what is out; of one that is withdrawn its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pressroom.checks import folding
from pressroom.checks.headers import read_raw_header
from pressroom.checks.held import WITHDRAWN, HeldSource, SourceFile
from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import DIGEST, SEGMENT, Needle

_FILE = re.compile(r"(?P<folder>(?P<kind>[^/]+)/(?:(?P<year>\d{4})/)?(?P<slug>[^/]+))/(?P<name>[^/]+)$")
_EDITION = re.compile(r"index\.(?P<lang>[^./]+)\.md", re.IGNORECASE)
_ADDRESS = r"(?P<path>(?:/[\w-]++(?!\.\w))*)(?:/(?P<file>[\w-]+(?:\.[\w-]+)+))?/?(?:#q-[a-z2-7]{8}\b)?"
_MONTH = re.compile(r"(?<=/\d{4})/(?:0[1-9]|1[0-2])$")
_OF_ALL = ("", "/topics", "/people", "/corrections", "/search", "/verify")
_FEEDS, _OF_PAGE = ("feed.xml", "feed.json"), ("index.html", "index.json", "index.md")


@dataclass(frozen=True)
class Public:
    """The site's own address (or none), the cleared sources, the names of files that go out as they are, by digest, the ids of the registries, and the
    digests of the theme's own files, whatever lies beside a held document.

    An id that held documents alone name is looked for by itself, in whatever address it stands.
    """

    url: str
    cleared: Sequence[SourceFile]
    files: Mapping[str, set[str]]
    ids: Sequence[str] = ()
    themes: frozenset[str] = frozenset()

    # Few held texts name an address, and the cleared sources are many.
    @cached_property
    def _out(self) -> frozenset[str]:
        """The paths of what is out: pages with their data, the listings that lead to them with their feeds, files. A month goes with its year."""
        found = [found for file in self.cleared if "/" not in file.name and (found := _FILE.search(file.shown))]
        editions = [(f"/{edition['lang'].lower()}", file) for file in found if (edition := _EDITION.fullmatch(file["name"]))]
        files = {f"/{file['folder']}/{name}" for file in found for name in (file["name"], "kit.zip")}
        pages = {f"{lang}/{file['folder'] if file['year'] else file['slug']}" for lang, file in editions}
        listings = {f"{lang}{path}" for lang in {lang for lang, _ in editions} for path in _OF_ALL}
        for lang, kind, year in {(lang, file["kind"], file["year"]) for lang, file in editions if file["year"]}:
            lists = (f"{lang}/{kind}", *(f"{lang}/{of}/{id}" for of in ("topics", "people") for id in self.ids))
            listings.update(f"{path}{below}" for path in lists for below in ("", f"/{year}"))
        with_names = ((pages, _OF_PAGE), (listings, _FEEDS))
        return frozenset({*pages, *listings, *files, *(f"{path}/{name}" for paths, names in with_names for path in paths for name in names)})

    def without(self, source: HeldSource, texts: Mapping[str, str], needles: Sequence[Needle]) -> list[Needle]:
        """The needles of a held source less what is public. What another source holds as well is looked for as that one's."""
        told = Matcher(enumerate(needles)).find_anywhere(*_told(source, texts)) if source.why == WITHDRAWN else ()
        out = [file for file in source.files if not file.edition and file.digest in self.files]
        files = {(DIGEST, file.digest) for file in out} | {(SEGMENT, name) for file in out if (name := folding.fold(file.name)) in self.files[file.digest]}
        return [needle for number, needle in enumerate(needles) if number not in told and needle.identity not in files]

    def without_what_is_out(self, file: SourceFile, text: str) -> str:
        """A held text without the addresses of what is out, or of passages there. Nothing else is taken from what stands behind them. A file of the theme says
        nothing that is held.
        """
        if file.digest in self.themes:
            return ""
        return self._addresses.sub(self._border_or_address, text) if self.url and self.url in text else text

    @cached_property
    def _addresses(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.url) + _ADDRESS)

    def _border_or_address(self, found: re.Match[str]) -> str:
        path = found["path"]
        whole = f"{path}/{found['file']}" if found["file"] else path
        return folding.BORDER if {whole, _MONTH.sub("", whole)} & self._out else found[0]


def public(
    url: str, cleared: Sequence[SourceFile], files: Iterable[tuple[str, str]], ids: Sequence[str] = (), themes: frozenset[str] = frozenset()
) -> Public:
    """What is public of a site at this address; `files` are digests with names, `ids` those of the registries, `themes` the digests of the theme's files."""
    names: dict[str, set[str]] = {}
    for digest, name in files:
        names.setdefault(digest, set()).add(folding.fold(name))
    return Public(url.rstrip("/"), cleared, names, ids, themes)


def _told(source: HeldSource, texts: Mapping[str, str]) -> Iterator[str]:
    """What every address of a withdrawn document says, and the addresses."""
    yield source.folder
    for file in source.files:
        if file.edition and "/" not in file.name:
            yield from read_raw_header(texts[file.name]).texts("aliases")

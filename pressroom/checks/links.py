"""Links of finished pages, followed as a browser would: each leads to a file of the tree, and each fragment to an id there.

It knows nothing of how the pages were made, so that it finds what their makers got wrong.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain
from urllib.parse import unquote

from pressroom.checks.link_reader import LinkReader, Links, ids_at_sight, places
from pressroom.checks.link_record import Leading, Place
from pressroom.ground.addresses import file_of
from pressroom.ground.pool import Pool
from pressroom.ground.problems import Problem

_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_TOP = ("", "top")
_PLAIN = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*+/)*+(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*+)?")
# What the reading of one page takes of a processor's time, about, and how many are read by one job.
_SECONDS, _RUN = 0.001, 64


def check_links(
    pages: Mapping[str, bytes], paths: Collection[str], read: Callable[[str], bytes], found: Iterable[tuple[str, Links]] | None = None,
    leading: Leading | None = None,
) -> list[Problem]:  # fmt: skip
    """What is wrong with the links of the given pages.

    `pages` are the bytes of HTML files by their path in the tree, `paths` all files that the tree will have; `read` gives the bytes of any of them;
    `found` are the links of those pages where somebody else has read them. `leading` is told what is seen, and relied upon for what it knows.
    """
    tree, reader, leading = frozenset(paths), LinkReader(), leading or Leading()
    ids: dict[str, str] = {}
    at_sight: dict[str, frozenset[str]] = {}
    # Of pages that were not read yet: of an archive all questions together would be much to hold.
    asked: dict[str, set[str]] = {}
    missing: set[Place] = set()
    wrong: dict[tuple[str, str], _Fault] = {}

    def has(path: str, id: str) -> bool:
        if path not in ids:
            data = b""
            if path not in at_sight:
                at_sight[path] = ids_at_sight(data := read(path))
            if id in at_sight[path]:
                return True
            ids[path] = _joined(reader.links_of(data or read(path)).ids)
        return _joined((id,)) in ids[path]

    for path, page in found or ((path, reader.links_of(pages[path])) for path in pages):
        ids[path] = _joined(page.ids)
        missing.update((path, id) for id in asked.pop(path, ()) if not has(path, id))
        others = set()
        for target in _unsure(path, page, tree):
            fault, place = _followed(path, target, tree)
            if fault:
                wrong[_seen_from(path, target)] = fault
            elif place:
                if place[0] not in ids:
                    asked.setdefault(place[0], set()).add(place[1])
                elif not has(*place):
                    missing.add(place)
                if place[0] != path:
                    others.add(place)
        leading.tell(path, others)
    missing |= {place for path, of_page in asked.items() for id in sorted(of_page) if not (leading.surely_there(place := (path, id)) or has(path, id))}
    leading.tell_missing(missing)
    problems: list[Problem] = []
    for path in sorted(pages) if wrong or missing else ():
        if of_page := list(_problems(path, pages[path], tree, wrong, missing)):
            leading.tell_wrong(path)
            problems += of_page
    return problems


class Scout:
    """A pool's tool: reads pages, and gives of each its ids and those of its links that have still to be followed."""

    def __init__(self, tree: frozenset[str], read: Callable[[str], bytes]) -> None:
        self._tree, self._read = tree, read

    def __reduce__(self) -> tuple[type[Scout], tuple[frozenset[str], Callable[[str], bytes]]]:
        return Scout, (self._tree, self._read)

    @cached_property
    def _reader(self) -> LinkReader:
        return LinkReader()

    def __call__(self, paths: Sequence[str]) -> list[Links]:
        return [self._links_of(path) for path in paths]

    def _links_of(self, path: str) -> Links:
        page = self._reader.links_of(self._read(path))
        return Links(frozenset(_unsure(path, page, self._tree)), page.ids)


def scouted(paths: Sequence[str], tree: frozenset[str], read: Callable[[str], bytes], pool: Pool | None) -> Iterator[tuple[str, Links]] | None:
    """The links of many pages, read by a pool where that pays. What gives their bytes must be a plain value."""
    if not pool or not pool.pays(_SECONDS * len(paths)):
        return None
    runs = [paths[first : first + _RUN] for first in range(0, len(paths), _RUN)]
    return zip(paths, chain.from_iterable(pool.run(Scout(tree, read), runs)), strict=True)


_Fault = tuple[str, str, str, int]
"""What is wrong with a link: code, message, hint, and how wide the link is."""


def _joined(ids: Iterable[str]) -> str:
    """Ids as one text in which each can be found: those of an archive are many."""
    return "".join(f"\0{id}\0" for id in ids)


def _unsure(path: str, page: Links, tree: Collection[str]) -> Iterator[str]:
    """The links of a page of which it cannot be said at sight that they lead somewhere."""
    above = _folders_above(path)
    return (target for target in page.targets if not _leads_somewhere(target, page, above, tree))


def _problems(path: str, data: bytes, tree: Collection[str], wrong: Mapping[tuple[str, str], _Fault], missing: Set[Place]) -> Iterator[Problem]:
    """What is wrong on one page, in the order in which it stands there."""
    for target, (line, column) in places(data).items():
        fault = wrong.get(_seen_from(path, target))
        if not fault and (place := _followed(path, target, tree)[1]) in missing:
            fault = "LK004", f"{target.strip()} leads to a place that is not on the page", f"{place[0]} has no id {place[1]!r}", max(1, len(target))
        if fault:
            code, message, hint, width = fault
            yield Problem(code, message, f"output {path}", line, column, hint, width=width)


def _file_at(path: str, place: str) -> str:
    """The file that a link of a page leads to, as a path in the tree or out of it."""
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
    folder = place.endswith(("/", "/.", "/..")) or place in (".", "..")
    return file_of(f"{'' if whole == '.' else whole}/" if folder else whole)


def _folders_above(path: str) -> list[str]:
    """The folder of a page and those above it, up to the top, as paths begin in them."""
    parts = path.split("/")[:-1]
    return ["".join(f"{part}/" for part in parts[:depth]) for depth in range(len(parts), -1, -1)]


def _leads_somewhere(target: str, page: Links, above: Sequence[str], tree: Collection[str]) -> bool:
    """Whether a link, of those that are written plainly, surely leads to a file, or out of the site."""
    if target.startswith("#"):
        return target[1:] in page.ids
    up = 0
    rest = target
    while rest.startswith("../"):
        up, rest = up + 1, rest[3:]
    if up < len(above) and _PLAIN.fullmatch(rest):
        return f"{above[up]}{rest}index.html" in tree if not rest or rest.endswith("/") else f"{above[up]}{rest}" in tree
    return target.startswith("https://")


def _seen_from(path: str, target: str) -> tuple[str, str]:
    """What a link's target counts from, with the target: pages of one folder lead to the same places, but for those on the page itself."""
    return path if target.strip()[:1] in ("", "#", "?") else posixpath.dirname(path), target


def _followed(path: str, target: str, tree: Collection[str]) -> tuple[_Fault | None, Place | None]:
    """What is wrong with where a link of a page leads, or else the place on a page that it asks for."""
    width = max(1, len(target))
    target = target.strip()
    if _OUTSIDE.match(target):
        return None, None
    place, _, fragment = target.partition("#")
    place = unquote(place.partition("?")[0])
    if place.startswith("/"):
        return ("LK001", f"{target} counts from the root of the host: it breaks under any other base path", "write it from the page's own folder", width), None
    wanted = _file_at(path, place) if place else path
    if wanted == ".." or wanted.startswith("../"):
        return ("LK001", f"{target} leads out of the site", "link to a file of the site", width), None
    if place and wanted not in tree:
        slash = f"{wanted}/index.html" in tree
        return ("LK001", f"{target} leads to nothing: there is no {wanted}", "end it with a slash" if slash else "take it out, or mend its text", width), None
    fragment = unquote(fragment)
    return None, None if fragment in _TOP or not wanted.endswith(".html") else (wanted, fragment)

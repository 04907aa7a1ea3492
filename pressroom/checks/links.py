"""Links of finished pages, followed as a browser would: each leads to a file of the tree, and each fragment to an id there.

It knows nothing of how the pages were made, so that it finds what their makers got wrong.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from pressroom.ground.addresses import file_of
from pressroom.ground.problems import Problem

_ADDRESSES = {"href", "src", "poster", "data"}
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_REFRESH = re.compile(r"[^;]*;\s*url\s*=\s*[\"']?([^\"']*)", re.IGNORECASE)
_TOP = ("", "top")


@dataclass(frozen=True, slots=True)
class _Link:
    target: str
    line: int
    column: int


@dataclass(slots=True)
class _Page:
    """What a page leads to, and what in it can be led to."""

    links: list[_Link] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


def check_links(pages: Mapping[str, bytes], paths: Collection[str], read: Callable[[str], bytes]) -> list[Problem]:
    """What is wrong with the links of the given pages.

    `pages` are the bytes of HTML files by their path in the tree, `paths` all files that the tree will have; `read` gives the bytes of any of them.
    """
    tree = frozenset(paths)
    seen: dict[str, frozenset[str]] = {}
    problems: list[Problem] = []

    def ids_of(path: str) -> frozenset[str]:
        if path not in seen:
            seen[path] = frozenset(_read_page(pages[path] if path in pages else read(path)).ids)
        return seen[path]

    for path in sorted(pages):
        page = _read_page(pages[path])
        seen[path] = frozenset(page.ids)
        told: set[str] = set()
        for link in page.links:
            if link.target not in told and (problem := _check(path, link, tree, ids_of)):
                problems.append(problem)
            told.add(link.target)
    return problems


def _check(path: str, link: _Link, tree: Collection[str], ids_of: Callable[[str], Collection[str]]) -> Problem | None:
    target = link.target.strip()
    if _OUTSIDE.match(target):
        return None

    def fault(code: str, message: str, hint: str) -> Problem:
        return Problem(code, message, f"output {path}", link.line, link.column, hint, width=max(1, len(link.target)))

    place, _, fragment = target.partition("#")
    place = unquote(place.partition("?")[0])
    if place.startswith("/"):
        return fault("LK001", f"{target} counts from the root of the host: it breaks under any other base path", "write it from the page's own folder")
    wanted = path
    if place:
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
        if whole == ".." or whole.startswith("../"):
            return fault("LK001", f"{target} leads out of the site", "link to a file of the site")
        folder = place.endswith(("/", "/.", "/..")) or place in (".", "..")
        wanted = file_of(f"{'' if whole == '.' else whole}/" if folder else whole)
        if wanted not in tree:
            slash = f"{wanted}/index.html" in tree
            return fault("LK001", f"{target} leads to nothing: there is no {wanted}", "end it with a slash" if slash else "take it out, or mend its text")
    fragment = unquote(fragment)
    if fragment in _TOP or not wanted.endswith(".html") or fragment in ids_of(wanted):
        return None
    return fault("LK004", f"{target} leads to a place that is not on the page", f"{wanted} has no id {fragment!r}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = _Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in reversed(attrs)}
        if "id" in found:
            self.page.ids.add(found["id"])
        if tag == "a" and "name" in found:
            self.page.ids.add(found["name"])
        targets = [found[name] for name in _ADDRESSES & found.keys()]
        if "srcset" in found:
            targets += [candidate.split()[0] for candidate in found["srcset"].split(",") if candidate.strip()]
        if tag == "meta" and found.get("http-equiv", "").lower() == "refresh" and (refresh := _REFRESH.match(found.get("content", ""))):
            targets.append(refresh[1])
        line, column = self.getpos()
        self.page.links += [_Link(target, line, column + 1) for target in targets]


def _read_page(data: bytes) -> _Page:
    reader = _Reader()
    reader.feed(data.decode("utf-8", "replace"))
    reader.close()
    return reader.page

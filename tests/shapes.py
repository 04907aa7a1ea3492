"""Which pages of a finished tree stand for all others: in each language, one for every form of address, every class and every element.

A new page type, and a new component, is among them without a word here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

_FIXED = ("v", "with")
_YEAR, _MONTH = re.compile(r"\d{4}"), re.compile(r"\d\d")


def pages(tree: Path) -> tuple[str, ...]:
    """Every page of a tree, by its path."""
    return tuple(sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*.html")))


def representatives(tree: Path, shown: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """As few pages as have every feature that a page of this tree has in its language, but for what is `shown` elsewhere."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for path, page in _parsed(tree):
        found.setdefault(page.get("lang"), {})[path] = _features(path, page) - shown
    chosen: list[str] = []
    for of_path in found.values():
        missing = frozenset[str]().union(*of_path.values())
        while missing:
            best = max(of_path, key=lambda path: (len(of_path[path] & missing), path))
            missing -= of_path[best]
            chosen.append(best)
    return tuple(chosen)


def features(tree: Path) -> frozenset[str]:
    """Every feature that a page of this tree has in any language."""
    return frozenset[str]().union(*(_features(path, page) for path, page in _parsed(tree)))


def _parsed(tree: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    for path in pages(tree):
        yield path, html.document_fromstring((tree / path).read_bytes())


def address(path: str) -> str:
    """The address of a page from its path."""
    return path.removesuffix("index.html")


def form(path: str) -> str:
    """An address without what names one document, topic, person, year or month: `en/people/*/Y/`."""
    steps = address(path).split("/")
    return "/".join((*steps[:2], *(_form_of(step, before) for before, step in zip(steps[1:], steps[2:], strict=False))))


def _form_of(step: str, before: str) -> str:
    if before in _FIXED:
        return "*"
    return step if step in _FIXED else "Y" if _YEAR.fullmatch(step) else "M" if _MONTH.fullmatch(step) else "*" if step else ""


def _features(path: str, page: html.HtmlElement) -> frozenset[str]:
    elements = (element for element in page.iter() if isinstance(element.tag, str))
    return frozenset({form(path), *(f"{element.tag}.{name}" for element in elements for name in (element.get("class") or "").split() or [""])})

"""A finished tree as its readers' programs see it: files by path, pages parsed, links followed."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from pressroom.model.settings import Settings

_OF_AN_EDITION = re.compile(r"(?!verify/)(?!.*/v/\d+/).+/index\.json")


@dataclass(frozen=True)
class Built:
    """A press room's output beside the settings that it was built with."""

    settings: Settings

    @property
    def folder(self) -> Path:
        return Path(self.settings.output)

    @cached_property
    def paths(self) -> frozenset[str]:
        return frozenset(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    @cached_property
    def pages(self) -> dict[str, Page]:
        return {path: Page(path, self.read(path)) for path in sorted(self.paths) if path.endswith(".html")}

    @cached_property
    def editions(self) -> dict[str, dict[str, Any]]:
        """The data of every edition of now, by the folder of its page."""
        return {path.removesuffix("index.json"): self.data(path) for path in sorted(self.paths) if _OF_AN_EDITION.fullmatch(path)}

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def data(self, path: str) -> dict[str, Any]:
        return json.loads(self.read(path))

    def xml(self, path: str) -> etree._Element:
        return etree.fromstring(self.read(path))

    def page_at(self, url: str) -> Page:
        """The page that answers an absolute address of the site."""
        assert url.startswith(f"{self.settings.url}/"), url
        path = unquote(urlsplit(url).path).lstrip("/")
        return self.pages[f"{path}index.html" if not path or path.endswith("/") else path]


class Page:
    """One HTML file, parsed."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data = path, data
        self.root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))

    @property
    def address(self) -> str:
        return "/" + self.path.removesuffix("index.html")

    @property
    def lang(self) -> str:
        return self.root.get("lang", "")

    def one(self, css: str) -> html.HtmlElement:
        (found,) = self.all(css)
        return found

    def all(self, css: str) -> list[html.HtmlElement]:
        return self.root.xpath(css)

    def text(self) -> str:
        return " ".join(self.root.text_content().split())

    def canonical(self) -> str:
        return self.one("//link[@rel='canonical']").get("href")

    def alternates(self) -> dict[str, str]:
        found = self.all("//link[@rel='alternate'][@hreflang]")
        assert len({link.get("hreflang") for link in found}) == len(found), self.path
        return {link.get("hreflang"): link.get("href") for link in found}

    def ids(self) -> list[str]:
        return self.all("//*/@id")

    def links(self) -> Iterator[tuple[html.HtmlElement, str]]:
        """Every address that the page refers to, but for those that a standard wants absolute."""
        for element in self.root.iter():
            for name in ("href", "src", "poster"):
                if name in element.attrib and not (element.tag == "link" and (element.get("rel") == "canonical" or element.get("hreflang"))):
                    yield element, element.get(name)
            for candidate in element.get("srcset", "").split(", ") if "srcset" in element.attrib else ():
                yield element, candidate.split()[0]

    def resolve(self, href: str) -> tuple[str, str]:
        """The file and the fragment that a relative link leads to."""
        place, _, fragment = href.partition("#")
        if not place:
            return self.path, unquote(fragment)
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(place)))
        if place.endswith("/"):
            whole = "index.html" if whole == "." else f"{whole}/index.html"
        return whole, unquote(fragment)


def is_outside(href: str) -> bool:
    return href.split(":", 1)[0] in ("http", "https", "mailto", "tel")


def build_files(root: Path, files: dict[str, str], **changed: Any) -> Built:
    """A press room in three languages, built of these files."""
    from datetime import UTC, datetime

    from pressroom.build import build
    from tests.sites import REPOSITORY, make_site
    from tests.test_sameness import settings_of

    make_site(root, files)
    if not (root / "theme").exists():
        (root / "theme").symlink_to(REPOSITORY / "theme")
    settings = replace(settings_of(root), **changed)
    build(settings, datetime(2026, 12, 1, 12, tzinfo=UTC))
    return Built(settings)

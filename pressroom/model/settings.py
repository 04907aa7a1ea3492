"""What the site's owner has set, once and for the whole run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PUBLIC, PREVIEW = "public", "preview"


@dataclass(frozen=True, slots=True)
class Derived:
    """A language whose editions software makes from those of another, where they have no file of their own; `conversion` is OpenCC's name of how."""

    lang: str
    source: str
    conversion: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run. Paths are absolute; `zone` is a name of the IANA database; `languages` are in the order they are shown.

    `markdown_code` is the digest of the code of the extensions that the site has chosen. Who works, `workers` and `executor`, changes nothing of what is made.
    """

    root: str
    content: str
    output: str
    theme: str
    name: str
    url: str
    zone: str
    default_language: str
    languages: tuple[str, ...]
    feed_authority: str
    overrides: str = ""
    held_content: str = ""
    public_repository: bool = False
    audience: str = PUBLIC
    search: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    markdown_extensions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    markdown_code: str = ""
    transcript_tags: Mapping[str, str] = field(default_factory=dict)
    credit_labels: tuple[str, ...] = ()
    side_by_side: tuple[tuple[str, str], ...] = ()
    derived: tuple[Derived, ...] = ()
    typography: Mapping[str, str] = field(default_factory=dict)
    workers: int = field(default=0, compare=False)
    executor: str = field(default="", compare=False)

    @property
    def state(self) -> str:
        """The folder of what is kept between builds for this audience, outside the output."""
        return f"{self.root}/.pressroom/{self.audience}"

    @property
    def roots(self) -> tuple[tuple[str, str], ...]:
        """The content roots, each a path and the name shown for it."""
        return tuple((path, self.shown(path)) for path in (self.content, self.held_content) if path)

    def theme_folders(self, part: str) -> tuple[tuple[str, str], ...]:
        """A part of the theme, then the site's own that takes its place file by file: each a path and the name shown for it."""
        return tuple((os.path.join(folder, part), self.shown(folder, part)) for folder in (self.theme, self.overrides) if folder)

    def shown(self, path: str, *parts: str) -> str:
        """A path as it is shown to people: from the project's folder where it lies there."""
        whole = os.path.join(path, *parts)
        inside = os.path.relpath(whole, self.root)
        return (whole if inside.startswith("..") else inside).replace(os.sep, "/")

    def name_in(self, lang: str) -> str:
        return self.names.get(lang, self.name)

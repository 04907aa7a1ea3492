"""An artifact: a file to be written, the inputs it is made from, and the pure function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pressroom.ground import digests

View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the site.

    `view` is a module's function; it is handed `inputs` and nothing else, a TextRef among them as what it stands for, a Worked as what came of it. With a `template` it
    returns the names that the template sees, without one the bytes or text of the file. `lang` is the language whose words it uses.
    `engine` is the digest of what makes the file, where that is less than the whole engine and the file is dear to make.
    """

    path: str
    view: Callable[..., View | str | bytes]
    inputs: tuple[Any, ...]
    template: str = ""
    lang: str = ""
    engine: str = ""


@dataclass(frozen=True)
class Worked:
    """An input that is worked out of others, and so dear that what came of it is kept: `by` is a module's function of all that is `given`."""

    by: Callable[..., tuple[int, ...]]
    given: tuple[Any, ...]

    @cached_property
    def digest(self) -> str:
        return digests.of((self.by.__module__, self.by.__qualname__, self.given))

    def work_out(self) -> tuple[int, ...]:
        return self.by(*self.given)


@dataclass(frozen=True, slots=True)
class Pages:
    """What an index is made from of one page: artifacts that are never files of the site, made of the same inputs.

    `page` makes small HTML of the page's words, whose path is the page's address; `facts` makes JSON of what else is known of it. `shown` makes the
    same HTML with the words as they are, where `page` has them as they are looked for: letter for letter, with a hyphen more where a word is
    looked for in parts.
    """

    page: Artifact
    facts: Artifact
    shown: Artifact | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in an index: the language in whose index it stands, its address, the folder of the document whose it is; its artifacts are made when they are asked for."""

    index: str
    address: str
    document: str
    pages: Callable[[], Pages]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The index of some pages, which is many files that nobody can name before it is made. They lie in `folder`."""

    folder: str
    entries: tuple[Entry, ...]

"""The files of a look: the theme's, and the site's own that take their place."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator

from pressroom.ground.disk import is_leftover
from pressroom.ground.problems import Problem

PARTS = ("templates", "static", "words", "typography")
_READ_LATE = ("templates", "static")
"""Of the other parts each file is told by who reads it."""
_BESIDE = ("README.md", "LICENSE")


def files(folders: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The files of some folders by their path inside, each with its path and the name shown for it: a later folder's takes an earlier one's place.

    They stand in the order of the folders, and within each of their names.
    """
    found: dict[str, tuple[str, str]] = {}
    for folder, shown in folders:
        for inside in sorted(_inside(folder)):
            found[inside] = (os.path.join(folder, inside), f"{shown}/{inside}")
    return found


def _inside(folder: str) -> Iterator[str]:
    for path, _, names in os.walk(folder):
        for name in names:
            whole = os.path.join(path, name)
            if not is_leftover(name) and not os.path.islink(whole) and os.path.isfile(whole):
                yield os.path.relpath(whole, folder).replace(os.sep, "/")


def closed(folders: Iterable[tuple[str, str]]) -> list[Problem]:
    """What of some looks the build may not read, where nobody else would tell: what lies in such a folder would be missing, as if it were not there."""
    found = []
    for folder, shown in folders:
        parts = [(os.path.join(folder, part), f"{shown}/{part}", part in _READ_LATE) for part in PARTS]
        found += [_unread(shown)] if os.path.isdir(folder) and not _opens(folder) else [name for part in parts for name in _closed(*part)]
    return found


def _closed(folder: str, shown: str, files_too: bool) -> Iterator[Problem]:
    if os.path.isdir(folder) and not _opens(folder):
        yield _unread(shown)
    for path, folders, names in os.walk(folder):
        for name in sorted([*folders, *(names if files_too else ())]):
            whole = os.path.join(path, name)
            if not is_leftover(name) and os.path.exists(whole) and not _opens(whole):
                yield _unread(f"{shown}/{os.path.relpath(whole, folder)}")


def _opens(path: str) -> bool:
    return os.access(path, os.R_OK | os.X_OK if os.path.isdir(path) else os.R_OK)


def _unread(shown: str) -> Problem:
    return Problem("TX009", "this part of the look cannot be read", shown, hint="give the build permission to read it")


def strays(folder: str, shown: str, languages: Iterable[str]) -> list[Problem]:
    """What lies in a folder of the site's own look where nothing looks for it. Whether a template is used, the press knows."""
    found = [unused(f"{shown}/{name}", name, PARTS) for name in _names(folder) if name not in (*PARTS, *_BESIDE)]
    for part, ending in (("words", ".po"), ("typography", ".toml")):
        known = [f"{lang}{ending}" for lang in languages]
        found += [unused(f"{shown}/{part}/{name}", name, known) for name in _names(os.path.join(folder, part)) if name not in known]
    return [*found, *(_link(f"{shown}/static/{inside}") for inside in sorted(_links(os.path.join(folder, "static"))))]


def _links(folder: str) -> Iterator[str]:
    """The links in a folder: no file behind one is taken, for it may lie anywhere."""
    for path, folders, names in os.walk(folder):
        for name in (*folders, *names):
            whole = os.path.join(path, name)
            if os.path.islink(whole) and not is_leftover(name):
                yield os.path.relpath(whole, folder).replace(os.sep, "/")


def _link(path: str) -> Problem:
    return Problem("FT025", "this is a link, and what it leads to is not published", path, hint="put the file or folder itself there")


def _names(folder: str) -> list[str]:
    return sorted(name for name in os.listdir(folder) if not is_leftover(name)) if os.path.isdir(folder) else []


def unused(path: str, name: str, known: Iterable[str]) -> Problem:
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f'did you mean "{near[0]}"?' if near else "docs/theme.md says what a folder of your own may hold"
    return Problem("FT025", "nothing uses this file", path, hint=hint)

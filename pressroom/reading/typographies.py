"""The typography files of the languages: the theme's, the site's own that take their place, and the styles that the house has chosen."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from pressroom.ground import digests
from pressroom.ground.problems import Problem
from pressroom.model.typography import Typography

_Tables = dict[str, dict[str, Any]]
_STYLES, _LIKE = "styles", "like"


def read_typographies(
    folders: tuple[tuple[str, str], ...], languages: Iterable[str], chosen: Mapping[str, str]
) -> tuple[dict[str, Typography], list[Problem]]:
    """The typography of each language. `folders`, each a path and the name shown for it: a later one's file takes an earlier one's place.

    `like = "fr"` begins a file with the tables of another language; `[styles.NAME.TABLE]` has what a house style sets otherwise, and `chosen`
    names the style of a language.
    """
    found: dict[str, Typography] = {}
    problems: list[Problem] = []
    for lang in languages:
        path = f"{folders[0][1]}/{lang}.toml"
        try:
            tables = _tables(folders, lang, chosen.get(lang, ""), ())
        except FileNotFoundError:
            problems.append(Problem("FT027", f"{lang} has no typography file", path, hint="copy the file of a language that is set alike"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, ValueError) as error:
            problems.append(Problem("FT027", f"the file cannot be read: {error}", path, hint="docs/theme.md says what a typography file holds"))
        else:
            found[lang] = Typography(lang, digests.of(repr(tables)), tables)
    return found, problems


def _tables(folders: tuple[tuple[str, str], ...], lang: str, style: str, within: tuple[str, ...]) -> _Tables:
    if lang in within:
        raise ValueError(f"{lang} is like itself")
    data = tomllib.loads(_newest(folders, lang))
    tables: _Tables = _tables(folders, data.pop(_LIKE), "", (*within, lang)) if _LIKE in data else {}
    styles = data.pop(_STYLES, {})
    if style and style not in styles:
        raise ValueError(f"it has no style {style}; its styles are {', '.join(sorted(styles)) or 'none'}")
    for own in (data, styles.get(style, {})):
        for name, table in own.items():
            tables[name] = {**tables.get(name, {}), **table}
    return tables


def _newest(folders: tuple[tuple[str, str], ...], lang: str) -> str:
    """The text of a language's file in the last folder that has one."""
    for folder, _ in reversed(folders[1:]):
        if os.path.isfile(path := os.path.join(folder, f"{lang}.toml")):
            break
    else:
        path = os.path.join(folders[0][0], f"{lang}.toml")
    with open(path, encoding="utf-8") as file:
        return file.read()

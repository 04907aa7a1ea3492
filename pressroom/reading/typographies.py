"""The typography files of the languages: the theme's, the site's own that take their place, and the styles that the house has chosen."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pressroom.ground import digests
from pressroom.ground.problems import Problem
from pressroom.model.typography import ANY_KEY, Table, Typography

_Tables = dict[str, dict[str, Any]]
_STYLES, _LIKE = "styles", "like"
_DOCUMENTED = "docs/theme.md says what a typography file holds"
_AT = re.compile(r" \(at line (\d+), column (\d+)\)")


class _Wrong(Exception):
    """A file that cannot be used: what is wrong with it, and where."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def read_typographies(
    folders: tuple[tuple[str, str], ...], languages: Iterable[str], chosen: Mapping[str, str], known: Sequence[Table]
) -> tuple[dict[str, Typography], list[Problem]]:
    """The typography of each language. `folders`, each a path and the name shown for it: a later one's file takes an earlier one's place.

    `like = "fr"` begins a file with the tables of another language; `[styles.NAME.TABLE]` has what a house style sets otherwise, and `chosen`
    names the style of a language. `known` are the tables that a file may hold.
    """
    found: dict[str, Typography] = {}
    problems: list[Problem] = []
    languages = tuple(languages)
    tables = {table.name: table for table in known}
    for lang in languages:
        try:
            read = _read(folders, lang, chosen.get(lang, ""), tables, ())
        except _Wrong as wrong:
            problems += [problem for problem in wrong.problems if problem not in problems]
        else:
            found[lang] = Typography(lang, digests.of(repr(read)), read)
    for lang in chosen:
        if lang not in languages:
            hint = _nearest(lang, languages) or "LANGUAGES has the languages of the site"
            problems.append(Problem("FT028", f"TYPOGRAPHY names a style for {lang}, a language that the site does not have", hint=hint))
    return found, problems


def _read(folders: tuple[tuple[str, str], ...], lang: str, style: str, known: Mapping[str, Table], within: tuple[str, ...]) -> _Tables:
    shown, text = _newest(folders, lang, within)
    if lang in within:
        raise _Wrong(_fault(f"{lang} is like itself, by way of {', '.join(within)}", shown, text, _LIKE, hint="take out one like = …"))
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        place = (int(at[1]), int(at[2])) if at else (0, 0)
        raise _Wrong(Problem("FT027", f"the file is not TOML: {_AT.sub('', str(error))}", shown, *place, hint=_DOCUMENTED)) from None
    like, styles = data.pop(_LIKE, ""), data.pop(_STYLES, {})
    problems = list(_judge(data, known, shown, text, ""))
    if not isinstance(like, str) or not _is_table_of_tables(styles):
        problems.append(_fault("like is the tag of a language, and styles hold tables", shown, text, _LIKE if not isinstance(like, str) else _STYLES))
    elif not problems:
        for name, own in styles.items():
            problems += _judge(own, known, shown, text, f"{_STYLES}.{name}.")
    if problems:
        raise _Wrong(*problems)
    if style and style not in styles:
        names = sorted(styles)
        hint = _nearest(style, names) or (f"its styles are {', '.join(names)}" if names else "it has none: take the language out of TYPOGRAPHY")
        raise _Wrong(Problem("FT028", f"TYPOGRAPHY names the style {style}, which this file does not have", shown, hint=hint))
    tables: _Tables = _read(folders, like, "", known, (*within, lang)) if like else {}
    for own in (data, styles.get(style, {})):
        for name, table in own.items():
            tables[name] = {**tables.get(name, {}), **table}
    return tables


def _judge(data: Mapping[str, Any], known: Mapping[str, Table], shown: str, text: str, inside: str) -> Iterator[Problem]:
    """What of some tables is not known, or of another form than it should be."""
    for name, table in data.items():
        if name not in known:
            yield _fault(f"unknown table [{inside}{name}]", shown, text, name, hint=_nearest(name, known))
        elif not isinstance(table, Mapping):
            yield _fault(f"{name} is a table", shown, text, name, hint=f"write [{inside}{name}] on a line of its own, and its keys below")
        else:
            keys = known[name].keys
            for key, value in table.items():
                form = keys.get(key) or keys.get(ANY_KEY)
                if form is None:
                    yield _fault(f"[{inside}{name}] has no key {key}", shown, text, key, inside + name, _nearest(key, keys) or f"its keys are {', '.join(keys)}")
                elif not form.fits(value):
                    yield _fault(f"{key} of [{inside}{name}] is {value!r}", shown, text, key, inside + name, f"it takes {form.wanted}")


def _is_table_of_tables(styles: Any) -> bool:
    return isinstance(styles, Mapping) and all(isinstance(own, Mapping) for own in styles.values())


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f'did you mean "{near[0]}"?' if near else ""


def _fault(message: str, shown: str, text: str, key: str, table: str = "", hint: str = "") -> Problem:
    """A fault at the line of a key, in its table where it has one; at none where the file writes it in another form."""
    within = 0
    if table and (heading := re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\]", text, re.MULTILINE)):
        within = heading.end()
    found = re.compile(rf"^[ \t]*(?:\[(?:[^\]\n]*\.)?)?[\"']?{re.escape(key)}[\"']?[ \t]*[=\]]", re.MULTILINE).search(text, within)
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    return Problem("FT027", message, shown, line, 1 if line else 0, hint or _DOCUMENTED)


def _newest(folders: tuple[tuple[str, str], ...], lang: str, within: tuple[str, ...]) -> tuple[str, str]:
    """The file of a language in the last folder that has one: the name shown for it, and its text."""
    for folder, shown in reversed(folders):
        path, name = os.path.join(folder, f"{lang}.toml"), f"{shown}/{lang}.toml"
        if os.path.isfile(path):
            try:
                with open(path, encoding="utf-8") as file:
                    return name, file.read()
            except (UnicodeDecodeError, OSError) as error:
                raise _Wrong(Problem("FT027", f"the file cannot be read: {error}", name, hint="a typography file is UTF-8 text")) from None
    path, whose = f"{folders[0][1]}/{lang}.toml", f", which {within[-1]} is like," if within else ""
    raise _Wrong(Problem("FT027", f"{lang}{whose} has no typography file", path, hint="copy the file of a language that is set alike"))

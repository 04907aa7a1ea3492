"""Interface words from `.po` files, through Babel: the theme's of each language, and the site's own that add to them or take their place."""

from __future__ import annotations

import codecs
import difflib
import gettext
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pressroom.ground import digests
from pressroom.ground.problems import Problem
from pressroom.model.words import Words
from pressroom.reading.texts import NO_TEXT, place_of, unseen

_Key = tuple[str, str]
_COUNTED_TO = 200
_PLACE = re.compile(r"%\((\w+)\)s|%%")
_LINE = re.compile(r'(msg(ctxt|id|id_plural|str(\[\d+\])?) +)?"([^"\\]|\\.)*"')
_WORD = re.compile(r'^(?:msgctxt ".*"\s+(?:".*"\s+)*)?msgid ".*"(?:\s+".*")*', re.MULTILINE)
_JOINT = re.compile(r'"\s+"')


@dataclass(frozen=True, slots=True)
class _Entry:
    """One word as a file translates it, and where. `places` are the names of the values in it."""

    forms: tuple[str, ...]
    many: bool
    places: frozenset[str]
    finished: bool
    folder: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class _Catalog:
    """One file. `rule` is the line that says the plural forms, 0 where the file leaves them to CLDR."""

    data: bytes
    entries: Mapping[_Key, _Entry]
    count: int
    plural: Callable[[int], int]
    expression: str
    path: str
    rule: int


def read_words(folders: tuple[tuple[str, str], ...], languages: Iterable[str]) -> tuple[dict[str, Words], list[Problem]]:
    """The words of each language. `folders`, each a path and the name shown for it: a later one's word takes an earlier one's place.

    Every language must have every word of every other, with all its plural forms.
    """
    found: dict[str, Words] = {}
    entries: dict[str, dict[_Key, _Entry]] = {}
    problems: list[Problem] = []
    for lang in languages:
        catalogs, unreadable = _catalogs(folders, lang)
        problems += unreadable
        if not catalogs:
            if not unreadable:
                problems.append(Problem("FT003", f"{lang} has no interface words", f"{folders[0][1]}/{lang}.po", hint="copy en.po and translate it"))
            continue
        first = catalogs[0]
        problems += [_other_plural(catalog, first) for catalog in catalogs[1:] if catalog.rule and not _agree(catalog, first)]
        problems += _uncounted(catalogs)
        entries[lang] = {key: entry for catalog in catalogs for key, entry in catalog.entries.items()}
        for key, entry in entries[lang].items():
            wanted = first.count if entry.many else 1
            if len(entry.forms) < wanted or not all(entry.forms[:wanted]) or not entry.finished:
                problems.append(Problem("FT003", f'"{key[1]}" has no finished translation', entry.path, entry.line, 1, "write msgstr, and take fuzzy out"))
            elif any(_is_misplaced(form, entry) for form in entry.forms):
                hint = f"write {', '.join(f'%({name})s' for name in sorted(entry.places)) or 'none'} as msgid has it; a percent sign is %%"
                problems.append(Problem("FT003", f'"{key[1]}" is translated with other places for values than it has', entry.path, entry.line, 1, hint))
        digest = digests.of_bytes(b"\0".join(catalog.data for catalog in catalogs))
        found[lang] = Words(lang, digest, {key: entry.forms for key, entry in entries[lang].items()}, first.expression)
    return found, [*problems, *_missing(entries, folders[0][1])]


def _places(text: str) -> frozenset[str]:
    return frozenset(filter(None, _PLACE.findall(text)))


def _is_misplaced(form: str, entry: _Entry) -> bool:
    """Whether a form could not be filled in as its word is; one of many may say the number in words."""
    found = _places(form)
    return "%" in _PLACE.sub("", form) or not found <= entry.places or (found < entry.places and not entry.many)


def _miswritten(text: str, path: str) -> Iterator[Problem]:
    """What Babel reads over: text that is not between its quotation marks, words that stand twice, and what no page or feed may hold."""
    for found in NO_TEXT.finditer(text):
        line, column = place_of(text, found.start())
        yield Problem("FT003", f"control character {unseen(found[0])}", path, line, column, "delete it: it cannot be seen, and no text needs it")
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if line and line[0] != "#" and not _LINE.fullmatch(line):
            yield Problem("FT003", "this is no text between quotation marks", path, number, 1, 'write msgstr "…", and \\" for a quotation mark within', line)
    first: dict[str, int] = {}
    for found in _WORD.finditer(text):
        word, line = _JOINT.sub("", found[0]), text.count("\n", 0, found.start()) + 1
        if first.setdefault(word, line) != line:
            yield Problem("FT003", f"this word stands in line {first[word]} already", path, line, 1, "keep one of the two")


def _missing(entries: Mapping[str, Mapping[_Key, _Entry]], theme: str) -> list[Problem]:
    """Words that one language has and another does not: a fault of the file in the folder where the one has it."""
    homes = {key: entry for words in entries.values() for key, entry in words.items()}
    of_theme = {key[1] for key, home in homes.items() if home.folder == theme}
    problems = []
    for lang, words in entries.items():
        for key in sorted(homes.keys() - words.keys()):
            home = homes[key]
            near = difflib.get_close_matches(key[1], of_theme, n=1, cutoff=0.8) if home.folder != theme else []
            has = f"{home.path}:{home.line} has it"
            hint = f"{has}: add it here, or take it out there if no template says it"
            hint = f'{has}, where the theme says "{near[0]}": mend it there; or add it here' if near else hint
            problems.append(Problem("FT003", f'"{key[1]}" is missing', f"{home.folder}/{lang}.po", hint=hint))
    return problems


def _agree(one: _Catalog, other: _Catalog) -> bool:
    return one.count == other.count and all(one.plural(count) == other.plural(count) for count in range(_COUNTED_TO))


def _other_plural(catalog: _Catalog, first: _Catalog) -> Problem:
    hint = f"write nplurals={first.count}; plural={first.expression}; or take the line out"
    return Problem("FT026", f"the plural forms are not those of {first.path}", catalog.path, catalog.rule, 1, hint)


def _uncounted(catalogs: Iterable[_Catalog]) -> Iterator[Problem]:
    """Words of one form that take the place of a counted word: the templates ask for the others too."""
    counted: dict[_Key, _Entry] = {}
    for catalog in catalogs:
        for key, entry in catalog.entries.items():
            if entry.many:
                counted.setdefault(key, entry)
            elif theirs := counted.get(key):
                hint = f"write msgid_plural and each msgstr[0], msgstr[1]…, as {theirs.path}:{theirs.line} has them"
                yield Problem("FT003", f'"{key[1]}" is a counted word', entry.path, entry.line, 1, hint)


def _catalogs(folders: Iterable[tuple[str, str]], lang: str) -> tuple[list[_Catalog], list[Problem]]:
    """The files of a language that are there."""
    from babel.messages.pofile import PoFileError

    found, problems = [], []
    for folder, shown in folders:
        path = f"{shown}/{lang}.po"
        try:
            with open(os.path.join(folder, f"{lang}.po"), "rb") as file:
                data = file.read().removeprefix(codecs.BOM_UTF8)
            if wrong := _wrong(data, path):
                problems += wrong
            else:
                found.append(_read(data, lang, shown, path))
        except FileNotFoundError:
            continue
        except (PoFileError, UnicodeDecodeError, ValueError, OSError) as error:
            problems.append(Problem("FT003", f"the file cannot be read: {error}", path, hint="check it with msgfmt -c"))
    return found, problems


@lru_cache(maxsize=64)
def _wrong(data: bytes, path: str) -> tuple[Problem, ...]:
    return tuple(_miswritten(data.decode("utf-8", errors="replace"), path))


@lru_cache(maxsize=64)
def _read(data: bytes, lang: str, folder: str, path: str) -> _Catalog:
    """A file's words, read once by a process that builds many times."""
    from babel.messages.pofile import read_po

    catalog = read_po(io.BytesIO(data), locale=lang.replace("-", "_"), abort_invalid=True)
    entries = {}
    for message in catalog:
        if message.id:
            many = isinstance(message.id, list | tuple)
            forms = tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)
            key = (message.context or "", message.id[0] if many else message.id)
            places = frozenset[str]().union(*map(_places, message.id if many else (message.id,)))
            entries[key] = _Entry(forms, many, places, not message.fuzzy, folder, path, message.lineno or 0)
    rule = next((number for number, line in enumerate(data.split(b"\n"), 1) if line.startswith(b'"Plural-Forms:')), 0)
    return _Catalog(data, entries, catalog.num_plurals, gettext.c2py(catalog.plural_expr), catalog.plural_expr, path, rule)  # type: ignore[attr-defined]

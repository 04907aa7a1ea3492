"""Interface words from the theme's `.po` files, one per language, through Babel."""

from __future__ import annotations

import gettext
import io
import os
from collections.abc import Iterable

from pressroom.ground import digests
from pressroom.ground.problems import Problem
from pressroom.model.words import Words


def read_words(folder: str, shown: str, languages: Iterable[str]) -> tuple[dict[str, Words], list[Problem]]:
    """The words of each language. Every file must have every word of every other, with all its plural forms."""
    from babel.messages.pofile import PoFileError, read_po

    found: dict[str, Words] = {}
    places: dict[str, dict[tuple[str, str], int]] = {}
    problems: list[Problem] = []
    for lang in languages:
        path, name = os.path.join(folder, f"{lang}.po"), f"{shown}/{lang}.po"
        try:
            with open(path, "rb") as file:
                data = file.read()
            catalog = read_po(io.BytesIO(data), locale=lang.replace("-", "_"), abort_invalid=True)
            plural = gettext.c2py(catalog.plural_expr)  # type: ignore[attr-defined]
        except FileNotFoundError:
            problems.append(Problem("FT003", f"{lang} has no interface words", name, hint="copy en.po and translate it"))
            continue
        except (PoFileError, UnicodeDecodeError, ValueError, OSError) as error:
            problems.append(Problem("FT003", f"the file cannot be read: {error}", name, hint="check it with msgfmt -c"))
            continue
        messages: dict[tuple[str, str], tuple[str, ...]] = {}
        lines: dict[tuple[str, str], int] = {}
        for message in catalog:
            if not message.id:
                continue
            many = isinstance(message.id, list | tuple)
            key = (message.context or "", message.id[0] if many else message.id)
            forms = tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)
            lines[key] = message.lineno or 0
            wanted = catalog.num_plurals if many else 1
            if len(forms) < wanted or not all(forms[:wanted]) or message.fuzzy:
                problems.append(Problem("FT003", f'"{key[1]}" has no finished translation', name, lines[key], 1, "write msgstr, and take fuzzy out"))
            messages[key] = forms
        found[lang], places[lang] = Words(lang, digests.of_bytes(data), messages, plural), lines
    everything = {key for words in found.values() for key in words.messages}
    for lang, words in found.items():
        for key in sorted(everything - set(words.messages)):
            problems.append(Problem("FT003", f'"{key[1]}" is missing', f"{shown}/{lang}.po", hint="another language has it; add it here"))
    return found, problems

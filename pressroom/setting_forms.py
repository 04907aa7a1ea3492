"""How the values of settings are written, and how to tell that one is not, before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

_AUTHORITY = re.compile(r"[A-Za-z0-9.-]+(@[A-Za-z0-9.-]+)?,(?P<day>\d{4}(-\d\d(-\d\d)?)?)", re.ASCII)
_SITE = re.compile(r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:\d+)?(?P<path>(/[\w.~!$&'()*+,;=:@%-]+)*)", re.ASCII | re.IGNORECASE)
_NOT_OF_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_name(value: Any) -> bool:
    """It stands in feeds and data, which hold no control characters, and in files of lines."""
    return _is_text(value) and not _NOT_OF_A_NAME.search(value)


def _is_path(value: Any) -> bool:
    return _is_text(value) and "\0" not in value


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(map(_is_text, value))


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) and all(map(_is_text, value))


def _is_table_of_names(value: Any) -> bool:
    return _is_table(value) and all(map(_is_name, value.values()))


def _is_table_of_texts(value: Any) -> bool:
    return _is_table(value) and all(map(_is_text, value.values()))


def _is_for_markdown(value: Any) -> bool:
    chosen = value.get("extension_configs", {}) if isinstance(value, Mapping) else None
    return _is_table(chosen) and all(isinstance(options, Mapping) for options in chosen.values())


def _are_plugins(value: Any) -> bool:
    return value is None or isinstance(value, list | tuple) and all(_is_text(plugin) or hasattr(plugin, "register") for plugin in value)


FORMS: Mapping[str, tuple[Callable[[Any], bool], str, str]] = {
    "SITENAME": (_is_name, "name of one line", 'as in "Rivers and Harbours Observatory"'),
    "SITENAMES": (_is_table_of_names, "table of names", 'as in {"fr": "Observatoire des fleuves et des ports"}'),
    "TYPOGRAPHY": (_is_table_of_texts, "table of styles", 'as in {"en": "gb"}'),
    "TRANSCRIPT_TAGS": (_is_table, "table of tags", 'as in {"Pool": "narration"}'),
    "TRANSCRIPT_CREDIT_LABELS": (lambda value: value is None or _is_list(value), "list of texts", 'as in ["Mixing"]'),
    "HELD_PATH": (lambda value: value in (None, "") or _is_path(value), "name of a folder", 'as in "../held"'),
    "OVERRIDES": (lambda value: value in (None, "") or _is_path(value), "name of a folder", 'as in "house"'),
    "OUTPUT_PATH": (_is_path, "name of a folder", 'as in "output"'),
    "MARKDOWN": (_is_for_markdown, "table of extensions", 'as in {"extension_configs": {"markdown.extensions.tables": {}}}'),
    "PLUGINS": (_are_plugins, "list of names", 'as in ["pressroom.plugin"]'),
}
"""Settings that are used as they stand: how to tell that a value is of its form, what it is else not, and how it is written."""

FOUNDATIONS: Mapping[str, tuple[Callable[[Any], bool], str, str]] = {
    "SITEURL": (lambda value: isinstance(value, str), "web address", 'as in "https://press.example.org"'),
    "DEFAULT_LANG": (_is_text, "language", 'as in "en"'),
    "PATH": (_is_path, "name of a folder", 'as in "content"'),
    "OUTPUT_PATH": FORMS["OUTPUT_PATH"],
    "THEME": (_is_path, "name of a folder", 'as in "theme"'),
}
"""The same of those that Pelican itself makes something of, before we see any."""


def is_site(url: str) -> bool:
    """Whether a web address can stand before every path of the site, in links and sitemaps alike."""
    found = _SITE.fullmatch(url)
    try:
        return bool(found) and urlsplit(url).port != 0 and not {".", ".."}.intersection(found["path"].split("/"))  # type: ignore[index]
    except ValueError:
        return False


def is_authority(text: str) -> bool:
    """Whether a text is the authority of a tag URI, with a day that there is."""
    found = _AUTHORITY.fullmatch(text)
    try:
        return bool(found) and bool(date.fromisoformat(f"{found['day']}-01-01"[:10]))  # type: ignore[index]
    except ValueError:
        return False

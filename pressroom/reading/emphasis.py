"""Names as they are typed: without the signs that only say how they look, or where they lead."""

from __future__ import annotations

import re

_STARS = re.compile(r"(?<!\\)(?P<mark>\*{1,3})(?=[^\s*])(?P<words>[^*\n]*[^\s*])(?P=mark)")
_LINES = re.compile(r"(?<![\\\w])(?P<mark>_{1,3})(?=[^\s_])(?P<words>[^\n]{0,200}?[^\s_])(?P=mark)(?!\w)")
_LINK = re.compile(r"(?<![\\!])\[(?P<words>[^\[\]^][^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])")
_FOOTNOTE = re.compile(r"(?<!\\)\[\^[^\[\]\s]+\]")


def without_stars(text: str) -> str:
    """The text without `*`, `**` and `***` round words."""
    return _STARS.sub(r"\g<words>", text) if "*" in text else text


def without_emphasis(text: str) -> str:
    """The text without `*` and `_` round words."""
    return without_stars(_LINES.sub(r"\g<words>", text))


def without_markup(text: str) -> str:
    """The text without emphasis, links and marks of footnotes; the words stay."""
    return without_emphasis(_LINK.sub(r"\g<words>", _FOOTNOTE.sub("", text))).strip()

"""Typography per language. English is set by typogrify; every other language is set as typed until its own rules come."""

from __future__ import annotations

import html
import re

from typogrify.filters import smartypants, widont

# Where smartypants is not stable or drops a character: backslashes, backticks as quotes, runs of quotes, an apostrophe before a digit.
_LEFT_AS_TYPED = re.compile(r"[\\`]|['\"]{2}|'\d")
_REFERENCE = re.compile(r"&#(?:82\d\d|8230);")


def typeset_html(text: str, lang: str) -> str:
    """A block of HTML with its quotes, dashes and spaces set; tags, attributes, code and preformatted text stay as they are."""
    if lang.split("-")[0] != "en":
        return text
    if not _LEFT_AS_TYPED.search(text):
        text = _REFERENCE.sub(lambda found: html.unescape(found[0]), smartypants(text))
    return widont(text).replace("&nbsp;", "\u00a0")


def typeset_text(text: str, lang: str) -> str:
    """The same for plain text, which stays plain text."""
    if not text or lang.split("-")[0] != "en":
        return text
    return html.unescape(typeset_html(html.escape(text, quote=False), lang))

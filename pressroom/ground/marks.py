"""The mark by which the engine tells its own places in a text from anybody else's."""

from __future__ import annotations

import re
from collections.abc import Callable

OWN = "\ufdd0"
"""A noncharacter that no source text may hold: it marks what the engine writes, and is gone from what it publishes."""

_LINK = re.compile(f'"{OWN}(\\d+){OWN}"')


def link_mark(number: int) -> str:
    """What stands in HTML, between the quotation marks of an attribute, for the address of link `number`."""
    return f"{OWN}{number}{OWN}"


def place_links(html: str, place: Callable[[int], str]) -> str:
    """The HTML with `place(n)`, a quoted attribute value and what follows it, where link n is marked."""
    return _LINK.sub(lambda found: place(int(found[1])), html)

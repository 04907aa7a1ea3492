"""The mark by which the engine tells its own places in a text from anybody else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape

OWN = "\ufdd0"
"""A noncharacter that no source text may hold: it marks what the engine writes, and is gone from what it publishes."""

_ATTRIBUTES = r'(?: [a-z]+="[^"]*")*'
_IMAGE = re.compile(rf'<img({_ATTRIBUTES}) src="{OWN}(\d+){OWN}"({_ATTRIBUTES})>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_LINK = re.compile(f'"{OWN}(\\d+){OWN}"')


def link_mark(number: int) -> str:
    """What stands in HTML, between the quotation marks of an attribute, for the address of link `number`."""
    return f"{OWN}{number}{OWN}"


def numbers(html: str) -> list[int]:
    """The links that are marked in an HTML text, in its order."""
    return [int(number) for number in _LINK.findall(html)]


def place_links(html: str, place: Callable[[int], str]) -> str:
    """The HTML with `place(n)`, a quoted attribute value and what follows it, where link n is marked."""
    return _LINK.sub(lambda found: place(int(found[1])), html)


def place_images(html: str, place: Callable[[int, Mapping[str, str]], str]) -> str:
    """The HTML with `place(n, attributes)` for each picture whose address is marked as link n; where it gives nothing, the picture stays."""

    def placed(found: re.Match[str]) -> str:
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[1] + found[3])}
        return place(int(found[2]), attributes) or found[0]

    return _IMAGE.sub(placed, html)

"""The size that a drawing (SVG) is shown in, so that a page can leave its room before it has come."""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError, XMLPullParser

HEAD = 64 * 1024
"""Of how many bytes its size is read."""
_LENGTH = re.compile(r"\s*([\d.]{1,12})(px|pt|pc|in|cm|mm|)\s*")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
# One that says its shape alone takes all the room there is, on any page.
_WIDEST = 2000


def size_of(head: bytes) -> tuple[int, int]:
    """Width and height in pixels by the head of its file; 0 and 0 where the drawing does not say them, or not so that they can be read."""
    parser = XMLPullParser(["start"])
    try:
        parser.feed(head)
        said = next(iter(parser.read_events()))[1].attrib
    # Of an encoding that is not known.
    except (ParseError, LookupError, ValueError, StopIteration):
        return 0, 0
    width, height = _length(said.get("width", "")), _length(said.get("height", ""))
    box = [_length(text) for text in said.get("viewBox", "").replace(",", " ").split()[2:]]
    ratio = box[1] / box[0] if len(box) == 2 and box[0] else 0
    width = width or (height / ratio if height and ratio else _WIDEST)
    height = height or width * ratio
    return (max(1, round(width)), max(1, round(height))) if height and max(width, height) < 100 * _WIDEST else (0, 0)


def _length(text: str) -> float:
    """In pixels; 0 for what is none, or depends upon the page as 100% does."""
    found = _LENGTH.fullmatch(text)
    try:
        return float(found[1]) * _PIXELS[found[2]] if found else 0.0
    except ValueError:
        return 0.0

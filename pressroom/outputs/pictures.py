"""Pictures on pages: each in several widths, as AVIF and WebP, with the file itself for all others; and where the widths lie.

They have a folder of their own beside the files of a document, which has none, so that no editor's file can take their names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from pressroom.ground.addresses import relative
from pressroom.ground.marks import numbers, place_images
from pressroom.model.document import Attachment, Document, Edition
from pressroom.model.kinds import SIZES
from pressroom.outputs.scaling import AVIF, WEBP

WIDTHS = (480, 800, 1200, 1600, 2400)
_DRAWING = ".svg"
_CARD = 1200
_HEAVY = 1_000_000
# WebP has no picture that is higher.
_HIGHEST = 16383
# How wide a text and the side column stand, as theme/static/press.css sets them.
_IN_TEXT, _BESIDE = "(min-width: 46rem) 39rem, 100vw", "(min-width: 46rem) 17rem, 100vw"

_ALONE = re.compile(r'<figure>(<img(?: [a-z]+="[^"]*")*>)(?:<figcaption>.*</figcaption>)?</figure>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that pages show, and whose it is."""

    file: Attachment
    credit: str = ""
    licence: str = ""

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths it is offered in: never more than it has, and none in which it would be too high to be made."""
        width = self.file.width
        if not self.file.still or width <= WIDTHS[0]:
            return ()
        own = (width,) if width <= WIDTHS[-1] else ()
        return tuple(found for found in (*(fixed for fixed in WIDTHS if fixed < width), *own) if self.height(found) <= _HIGHEST)

    def height(self, width: int) -> int:
        return max(1, round(self.file.height * width / self.file.width))

    def address(self, width: int, form: str) -> str:
        folder, _, name = self.file.address.rpartition("/")
        return f"{folder}/{SIZES}/{name}.{width}.{form}"


def picture_of(document: Document, file: Attachment) -> Picture:
    return Picture(file, document.fields.credits.get(file.name, ""), document.fields.licences.get(file.name, ""))


def pictures_of(document: Document) -> Mapping[str, Picture]:
    """The pictures among a document's files, by address. A drawing has no points."""
    return {file.address: picture_of(document, file) for file in document.attachments if file.width or file.name.lower().endswith(_DRAWING)}


def placed_pictures(html: str, edition: Edition, pictures: Mapping[str, Picture]) -> str:
    """The HTML of a text with its pictures in place; what is no picture of this site stays marked."""
    first = next((href for href in edition.images if href in pictures), "")

    def place(number: int, attributes: Mapping[str, str]) -> str:
        picture = pictures.get(edition.hrefs[number])
        return _html(picture, edition.address, attributes, _IN_TEXT, picture.file.address == first) if picture else ""

    return place_images(html, place)


def small(picture: Picture, edition: Edition, alt: str) -> str:
    """The HTML of a picture in the side column."""
    return _html(picture, edition.address, {"alt": alt}, _BESIDE)


def alone(html: str) -> tuple[str, int] | None:
    """The picture of a figure that has nothing else but a caption, still marked, and the number of its link."""
    found = _ALONE.fullmatch(html)
    marked = numbers(found[1]) if found else []
    return (found[1], marked[0]) if found and marked else None


def _html(picture: Picture, page: str, attributes: Mapping[str, str], sizes: str, eager: bool = False) -> str:
    """The picture as HTML. The first of a page is fetched at once, others when a reader comes near."""
    file = picture.file
    whole = Element("picture")
    for form in (AVIF, WEBP) if picture.widths else ():
        candidates = ", ".join(f"{relative(page, picture.address(width, form))} {width}w" for width in picture.widths)
        SubElement(whole, "source", {"type": f"image/{form}", "srcset": candidates, "sizes": sizes})
    width, height = (file.width, file.height) if file.width else file.drawn
    size = {"width": str(width), "height": str(height)} if width else {}
    SubElement(whole, "img", {"alt": "", **attributes, "src": relative(page, file.address), **size, "loading": "eager" if eager else "lazy"})
    return tostring(whole if picture.widths else whole[0], encoding="unicode", method="html")


def is_made(document: Document, file: Attachment, shown: Collection[str]) -> bool:
    """Whether a picture is made in its widths: a text shows it, by its address, or its document's fields name it."""
    return file.address in shown or file.name in (*document.fields.attachments, *document.fields.media)


def card(picture: Picture, made: bool = True) -> tuple[str, int, int]:
    """What others show of a page that they link to: the file itself, or where that is heavy a width that is not and is made; with its size."""
    file = picture.file
    if made and file.size > _HEAVY and _CARD in picture.widths:
        return picture.address(_CARD, WEBP), _CARD, picture.height(_CARD)
    return file.address, file.width, file.height

"""The files that are published beside a document: their content's digest, a picture's or drawing's size, nothing that could run in a browser."""

from __future__ import annotations

import hashlib
import os
import re
import warnings
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from pressroom.ground.problems import Problem
from pressroom.model.document import Attachment
from pressroom.model.media import CAPTIONS, FORMATS, PICTURES
from pressroom.reading.bundles import SUMS
from pressroom.reading.captions import check_captions
from pressroom.reading.drawings import HEAD, size_of
from pressroom.reading.files import File, open_file, read_bytes
from pressroom.reading.texts import LARGEST_TEXT

# What a browser would run, with this site's rights, when a reader follows the link.
_RUNS = (
    ".atom", ".css", ".htm", ".html", ".js", ".mathml", ".mht", ".mhtml", ".mjs", ".mml", ".rdf", ".rss", ".shtml", ".swf", ".wasm", ".xht", ".xhtml", ".xml",
    ".xsl", ".xslt",
)  # fmt: skip
_DRAWINGS = (".svg", ".svgz")
_PASSIVE_DRAWING = 4 * 1024 * 1024
# Read as bytes of ASCII and more: what is in another encoding could say anything else than it seems to.
_ACTIVE = re.compile(
    rb"<(?:[^\s<>/:=\"'&]++:)?(?:script|foreignobject|iframe|embed|object|handler|listener|set|animate\w{0,20})\b|[\s\"'/]on[a-z]++\s*+="
    rb"|(?:java|vb)script\s*+:|data\s*+:\s*+text|<!(?:entity|attlist)|<\?xml-stylesheet|href\s*+=\s*+[\"'](?:[^\"'#&]++|&amp;)*+&"
    rb"|\0|<\?xml\s[^>?]*?\sencoding\s*+=\s*+[\"'](?!(?:utf-8|us-ascii|iso-8859-1|windows-1252)[\"'])",
    re.IGNORECASE,
)
_MOST_PIXELS = 100_000_000
_ORIENTATION, _TURNED, _PLACE = 0x0112, (5, 6, 7, 8), 0x8825
# A latitude and a longitude, of the camera and of what it was pointed at. That there could be one, many cameras write into every picture.
_PLACES = {2, 4, 20, 22}
_SUM = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")
_CHUNK = 1024 * 1024


class _NoPicture(Exception):
    """Says why a file that is named like a picture is none that can be shown."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


@dataclass(frozen=True, slots=True)
class _Picture:
    width: int
    height: int
    orientation: int
    still: bool
    tells_place: bool = False


def read_attachment(file: File, address: str) -> tuple[Attachment, list[Problem]]:
    """A file that is published beside its document; a picture with its size. Files of any size are read piece by piece."""
    name = os.path.basename(file.path)
    with open_file(file) as opened:
        digest, size = _digest(opened)
        attachment = Attachment(name, address, file.path, digest, size)
        problems = _faults(opened, name, size, file.shown)
        if name.lower().endswith(_DRAWINGS) and not problems:
            opened.seek(0)
            attachment = replace(attachment, drawn=size_of(opened.read(HEAD)))
        if name.lower().endswith(CAPTIONS):
            opened.seek(0)
            problems += check_captions(opened.read(LARGEST_TEXT + 1), file.shown)
        if name.lower().endswith(PICTURES):
            try:
                found = _picture(opened)
                attachment = replace(attachment, width=found.width, height=found.height, orientation=found.orientation, still=found.still)
                if found.tells_place:
                    hint = "take that out of it, or leave it if everybody may know: the file is published as it is"
                    problems.append(Problem("TX019", f"{name} says where it was taken", file.shown, hint=hint))
            except _NoPicture as error:
                problems.append(Problem(error.code, f"{name} {error}", file.shown, hint=error.hint))
    return attachment, problems


def _digest(opened: BinaryIO) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    while chunk := opened.read(_CHUNK):
        found.update(chunk)
        size += len(chunk)
    return found.hexdigest(), size


def _picture(opened: BinaryIO) -> _Picture:
    """What the head of a picture says of it; its points are not read."""
    from PIL import Image

    opened.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(opened, formats=FORMATS) as image:
                width, height = image.size
                orientation, tells_place = _notes(image)
                # The second picture in a file of several (MPO) is no second moment of the first.
                still = image.format == "MPO" or not getattr(image, "is_animated", False)
    except Image.DecompressionBombError:
        raise _too_large() from None
    # Its readers raise what their formats make them trip over.
    except Exception:  # noqa: BLE001
        raise _NoPicture("FT011", "is no picture that can be read", "save it again as JPEG, PNG or WebP") from None
    if width * height > _MOST_PIXELS:
        raise _too_large()
    if orientation in _TURNED:
        width, height = height, width
    return _Picture(width, height, orientation, still, tells_place)


def _too_large() -> _NoPicture:
    return _NoPicture("FT016", f"has more than {_MOST_PIXELS // 1_000_000} million points", "save it smaller; the large one may be attached inside a .zip")


def _notes(image: Any) -> tuple[int, bool]:
    """What the camera wrote into a picture: how browsers turn it, and whether it tells the place.

    Browsers turn a WebP never. What a PNG says behind its points is not looked for: to find it, all of them would be read.
    """
    from PIL import Image

    try:
        place = not _PLACES.isdisjoint(Image.Image.getexif(image).get_ifd(_PLACE))
        # Pillow would take it from XMP too, by which no browser turns a picture.
        own = Image.Exif()
        own.load(image.info.get("exif", b""))
        orientation = own.get(_ORIENTATION, 1)
    # It may be anything.
    except Exception:  # noqa: BLE001
        return 1, False
    turned = isinstance(orientation, int) and 1 <= orientation <= 8 and image.format != "WEBP"
    return orientation if turned else 1, place


def _faults(opened: BinaryIO, name: str, size: int, shown: str) -> list[Problem]:
    if name.lower().endswith(_RUNS):
        return [Problem("TX014", f"a browser would run {name} as a part of this site", shown, hint="attach it inside a .zip")]
    if not name.lower().endswith(_DRAWINGS):
        return []
    opened.seek(0)
    if name.lower().endswith(".svgz") or size > _PASSIVE_DRAWING or _ACTIVE.search(opened.read()):
        hint = "save it as plain SVG, in UTF-8, without scripts, animations and embedded pages, or as PNG"
        return [Problem("TX014", f"{name} is no drawing that is sure to stand still", shown, hint=hint)]
    return []


def read_sums(file: File) -> tuple[dict[str, str], list[Problem]]:
    """The digests of what was attached to an earlier version, by name: lines as `sha256sum` writes them."""
    found = {}
    problems = []
    for number, line in enumerate(read_bytes(file).decode("utf-8", "replace").splitlines(), 1):
        if match := _SUM.fullmatch(line):
            found[match[2]] = match[1]
        elif line.strip():
            problems.append(Problem("FM008", f"this line of {SUMS} is no digest and name", file.shown, number, 1, "it is written by inv correct: leave it", line))
    return found, problems

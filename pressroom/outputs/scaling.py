"""A picture in another size and form: the same bytes for the same picture, and nothing but the picture in them.

What it is made with is a part of its artifact's key instead of the whole engine, so that a new engine does not make an archive's pictures anew.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from pressroom.ground import digests
from pressroom.ground.problems import Fault, Problem
from pressroom.model.media import FORMATS
from pressroom.outputs import originals
from pressroom.outputs.originals import Original

AVIF, WEBP = "avif", "webp"
_AVIF = {"quality": 58, "speed": 8, "subsampling": "4:2:0", "codec": "aom", "max_threads": 1}
_WEBP = {"quality": 78, "method": 4}
_TURNED = (5, 6, 7, 8)
_LARGEST_PROFILE = 4 * 1024 * 1024


@lru_cache(maxsize=1)
def engine() -> str:
    """The digest of what makes the bytes: this module, and the library."""
    return digests.of((digests.of_bytes(Path(__file__).read_bytes()), metadata.version("pillow")))


def scaled(original: Original, orientation: int, form: str, width: int, height: int) -> bytes:
    """The picture in this size, as AVIF or WebP: upright, in sRGB, without what the camera or its owner wrote into it."""
    from PIL import Image

    size = (height, width) if orientation in _TURNED else (width, height)
    with _opened(original) as opened:
        # A JPEG can be read at half its size and less.
        opened.draft(None, (2 * size[0], 2 * size[1]))
        image = _in_colour(opened).resize(size, Image.Resampling.BICUBIC)
        image = _upright(image, orientation)
        image.info.clear()
        made = io.BytesIO()
        image.save(made, form, **(_AVIF if form == AVIF else _WEBP))
    return made.getvalue()


def fault_of(original: Original) -> Problem | None:
    """What keeps a picture from being read to its end, or nothing."""
    try:
        with _opened(original) as opened:
            # Of a JPEG all is read, and a 64th of its points worked out.
            opened.draft(None, (1, 1))
            opened.load()
    except Fault as fault:
        return fault.problems[0]
    return None


@contextmanager
def _opened(original: Original) -> Iterator[Any]:
    """The picture as Pillow opens it. What goes wrong with it is a fault that names it."""
    from PIL import Image

    data = originals.read(original)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                yield opened
    # Its readers raise what their formats make them trip over; the head of this file was read, its points were not.
    except Exception as error:  # noqa: BLE001
        hint = "save it again as JPEG, PNG or WebP"
        raise Fault(Problem("FT011", f"the picture cannot be read to its end ({type(error).__name__})", original.shown, hint=hint)) from None


def _in_colour(image: Any) -> Any:
    """Red, green and blue of eight bits each as sRGB means them, and how transparent, where any of it is."""
    profile = image.info.get("icc_profile", b"")
    if image.mode.startswith(("I", "F")):
        deep = image if image.mode in ("I", "I;16", "F") else image.convert("I")
        image = deep.point(lambda value: value * (1 / 256)).convert("L")
        image.info.pop("transparency", None)
    if image.mode not in ("RGB", "RGBA", "CMYK") or image.has_transparency_data:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if profile and len(profile) <= _LARGEST_PROFILE:
        image = _in_srgb(image, profile)
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")


def _in_srgb(image: Any, profile: bytes) -> Any:
    """The picture's colours by its own profile; as they are where that is of another kind of picture, or broken."""
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGBA" if image.mode == "RGBA" else "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _upright(image: Any, orientation: int) -> Any:
    from PIL import Image

    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
    }.get(orientation)  # fmt: skip
    return image if turn is None else image.transpose(turn)

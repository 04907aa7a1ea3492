"""The widths of every picture that some page shows: in a text, among what `attachments` names, before a recording."""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.model.artifact import Artifact
from pressroom.outputs import scaling
from pressroom.outputs.originals import original_of
from pressroom.outputs.parts import Part
from pressroom.outputs.pictures import is_made, pictures_of
from pressroom.outputs.scaling import AVIF, WEBP


def artifacts(part: Part) -> Iterator[Artifact]:
    document = part.document
    for picture in pictures_of(document).values():
        file = picture.file
        if not is_made(document, file, part.shown):
            continue
        original = original_of(document, file)
        for width in picture.widths:
            for form in (AVIF, WEBP):
                path = picture.address(width, form).lstrip("/")
                yield Artifact(path, scaling.scaled, (original, file.orientation, form, width, picture.height(width)), engine=scaling.engine())

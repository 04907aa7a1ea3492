"""Files that are published as they are: those beside a document, the theme's, those of `root/`."""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.model.artifact import Artifact
from pressroom.model.site import Copy, Site
from pressroom.outputs.parts import Part


def artifacts(site: Site) -> Iterator[Artifact]:
    for copy in site.copies:
        yield Artifact(copy.address, copied, (copy,))


def of_part(part: Part) -> Iterator[Artifact]:
    for file in part.document.attachments:
        copy = Copy(file.address.lstrip("/"), file.path, file.digest)
        yield Artifact(copy.address, copied, (copy,))


def copied(copy: Copy) -> Copy:
    """The file itself: the press copies it."""
    return copy

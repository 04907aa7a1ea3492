"""The bytes of a document's own files, for what is made from them: still those that the build has seen, or a fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pressroom.ground import digests
from pressroom.ground.problems import Fault, Problem
from pressroom.model.document import Attachment, Document


@dataclass(frozen=True, slots=True)
class Original:
    """A file that something is made from. Where it lies changes nothing of what is made."""

    name: str
    digest: str
    path: str = field(compare=False)
    shown: str = field(compare=False)


def original_of(document: Document, file: Attachment) -> Original:
    folder = next(iter(document.editions.values())).path.rpartition("/")[0]
    return Original(file.name, file.digest, file.path, f"{folder}/{file.name}")


def read(original: Original) -> bytes:
    try:
        data = Path(original.path).read_bytes()
    except OSError as error:
        raise _changed(original, f"cannot be read any more: {error.strerror}") from None
    if digests.of_bytes(data) != original.digest:
        raise _changed(original, "changed while it was being built")
    return data


def _changed(original: Original, what: str) -> Fault:
    return Fault(Problem("FT012", f"the file {what}", original.shown, hint="build again"))

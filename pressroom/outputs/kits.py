"""The press kit of a document: its text in all languages, its pictures and files, captions and credits, and a list to check them by.

The bytes hang on nothing but what is in it: files lie one after the other uncompressed, so no other library's next version packs them otherwise.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pressroom.ground import digests
from pressroom.ground.addresses import absolute
from pressroom.model.artifact import Artifact
from pressroom.model.document import Attachment, Document, Edition
from pressroom.model.media import is_played
from pressroom.model.people import Organisation
from pressroom.model.site import Chrome
from pressroom.model.text import Body
from pressroom.outputs import numerals, originals, plain_text
from pressroom.outputs.originals import Original
from pressroom.outputs.parts import Part

SUMS = "SHA256SUMS"
_LARGEST = 50_000_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16
_DIGITS = 2
# What a kit, a file in it, the address and labels in a text of it, and what is said of a file take, in bytes.
_OF_A_KIT, _OF_A_MEMBER, _OF_A_TEXT, _OF_A_FILE = 200, 280, 250, 100


def artifacts(part: Part) -> Iterator[Artifact]:
    document, house = part.document, part.house
    if document.kit:
        editions = tuple(document.editions.values())
        packed = tuple(originals.original_of(document, file) for file in document.attachments if is_packed(file))
        organisation = house.registry.organisations.get(document.fields.organisation)
        chromes = tuple(house.chrome[edition.lang] for edition in editions)
        inputs = (replace(document, editions={}), packed, organisation, chromes, editions, *(edition.body for edition in editions))
        yield Artifact(document.kit.lstrip("/"), kit, inputs)


def is_packed(file: Attachment) -> bool:
    """Recordings are linked, and so is what would make a kit too large to be sent on."""
    return not is_played(file.name) and file.size <= _LARGEST


def size(document: Document, organisation: Organisation | None) -> int:
    """About how many bytes the kit has. A page that said it to the byte would have to be made again with every word of another edition."""
    packed = [file for file in document.attachments if is_packed(file)]
    whole = _OF_A_KIT + sum(file.size + _OF_A_MEMBER for file in packed)
    for edition in document.editions.values():
        fields, voices = edition.fields, [segment.voice for segment in edition.facts.segments if segment.voice]
        texts = [fields.title, fields.subtitle, organisation.about.get(edition.lang, "") if organisation else ""]
        texts += [text for voice in voices for text in (voice.name, voice.role, voice.organisation)]
        whole += edition.facts.length + len("".join(texts).encode()) + _OF_A_MEMBER + _OF_A_TEXT
        if document.attachments:
            said = "".join((fields.title, *fields.captions.values(), *fields.alts.values(), *document.fields.credits.values()))
            whole += len(said.encode()) + _OF_A_MEMBER + sum(_OF_A_FILE + 2 * len(file.name) for file in document.attachments)
    return round(whole, _DIGITS - len(str(whole)))


def kit(
    document: Document, packed: tuple[Original, ...], organisation: Organisation | None, chromes: tuple[Chrome, ...], editions: tuple[Edition, ...], *bodies: Body
) -> bytes:
    members = {f"files/{file.name}": originals.read(file) for file in packed}
    for chrome, edition, body in zip(chromes, editions, bodies, strict=True):
        members[f"text/{document.slug}.{edition.lang}.md"] = plain_text.view(chrome, document, edition, organisation, body).encode()
        if document.attachments:
            members[f"captions/{document.slug}.{edition.lang}.txt"] = _captions(chrome, document, edition).encode()
    members[SUMS] = "".join(f"{digests.of_bytes(data)}  {name}\n" for name, data in sorted(members.items())).encode()
    return _zipped(members)


def _captions(chrome: Chrome, document: Document, edition: Edition) -> str:
    """What is to be said of each file, in the words of an edition."""
    parts = [[edition.fields.title, absolute(chrome.site_url, edition.address)]]
    for file in document.attachments:
        said = [
            ("", edition.fields.captions.get(file.name, "")),
            (chrome.words.gettext("Shows:"), edition.fields.alts.get(file.name, "")),
            (chrome.words.gettext("Credit:"), document.fields.credits.get(file.name, "")),
            (chrome.words.gettext("Licence:"), document.fields.licences.get(file.name, "")),
            ("", "" if is_packed(file) else chrome.words.gettext("Not in this kit: to be had at the address above.")),
        ]
        pixels = f" · {file.width} × {file.height}" if file.width else ""
        head = [file.name, absolute(chrome.site_url, file.address), f"{numerals.size(file.size, chrome.typography)}{pixels}"]
        parts.append([*head, *(f"{label} {text}".strip() for label, text in said if text)])
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _zipped(members: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(members.items()):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = _UNIX, _READABLE
            archive.writestr(info, data)
    return made.getvalue()

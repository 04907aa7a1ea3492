"""Recordings on the pages of a document: the browser's own player, with captions in every language that has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pressroom.ground import timecodes
from pressroom.ground.addresses import relative
from pressroom.model import media
from pressroom.model.document import Attachment, Document, Edition
from pressroom.model.media import VIDEO, Recording
from pressroom.model.typography import Typography
from pressroom.outputs import downloads, pictures
from pressroom.outputs.head import own_name


def players(typography: Typography, document: Document, edition: Edition) -> list[Mapping[str, Any]]:
    """The recordings of a document as its page in a language plays them."""
    files = {file.name: file for file in document.attachments}
    return [_player(typography, recording, files, document, edition) for recording in _recordings(document)]


def seek(document: Document, edition: Edition, timecode: str) -> str:
    """Where a time of the transcript leads: into the first recording, which every browser opens there."""
    found = _recordings(document)
    if not found or not timecode:
        return ""
    file = next(file for file in document.attachments if file.name == found[0].files[0])
    return f"{relative(edition.address, file.address)}#{timecodes.fragment(timecode)}"


def captions_of_others(document: Document, edition: Edition) -> set[str]:
    """The captions in other languages than the edition's: its page plays them, and does not offer them by themselves."""
    return {name for recording in _recordings(document) for lang, name in recording.captions.items() if lang != edition.lang}


def _recordings(document: Document) -> tuple[Recording, ...]:
    there = {file.name for file in document.attachments}
    return media.recordings([name for name in document.fields.media if name in there])[0]


def _player(
    typography: Typography, recording: Recording, files: Mapping[str, Attachment], document: Document, edition: Edition
) -> Mapping[str, Any]:
    first = files[recording.files[0]]
    whole = downloads.described(pictures.picture_of(document, first), edition.address, typography)
    caption = edition.fields.captions.get(first.name, "")
    return {
        # What is heard has no line to break: the spaces of setting stay out of it.
        "kind": recording.kind, "label": " ".join(caption.split()) or first.name, "caption": caption, "file": whole,
        "sources": [(relative(edition.address, files[name].address), media.form(name)[1]) for name in recording.files],
        "poster": _poster(recording, document, edition), "tracks": [_track(lang, files[name], document, edition) for lang, name in recording.captions.items()],
    }  # fmt: skip


def _track(lang: str, file: Attachment, document: Document, edition: Edition) -> Mapping[str, Any]:
    """Captions are shown at once to who reads a translation, and whenever a reader wants them."""
    shown = lang == edition.lang and lang != document.original
    return {"href": relative(edition.address, file.address), "lang": lang, "label": own_name(lang), "default": shown}


def _poster(recording: Recording, document: Document, edition: Edition) -> str:
    """The picture that has the name of a video."""
    found = [picture for picture in pictures.pictures_of(document).values() if picture.file.width and media.stem(picture.file.name) == recording.stem]
    if not found or recording.kind != VIDEO:
        return ""
    return relative(edition.address, pictures.card(found[0], pictures.is_made(document, found[0].file, edition.images))[0])

"""Recordings, their captions and pictures: which file is which, and which belong together, by their names alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pressroom.ground.languages import canonical, is_tag

VIDEO, AUDIO = "video", "audio"
FORMS = {
    "mp4": (VIDEO, "video/mp4"), "webm": (VIDEO, "video/webm"), "m4a": (AUDIO, "audio/mp4"), "mp3": (AUDIO, "audio/mpeg"), "oga": (AUDIO, "audio/ogg"),
    "ogg": (AUDIO, "audio/ogg"), "opus": (AUDIO, "audio/ogg; codecs=opus"), "wav": (AUDIO, "audio/wav"),
}  # fmt: skip
"""What browsers play: the element that plays it, and its media type, by the ending of the file."""

POSTERS = (".avif", ".jpeg", ".jpg", ".png", ".webp")
PICTURES = (*POSTERS, ".gif")
FORMATS = ("GIF", "JPEG", "PNG", "AVIF", "WEBP")
"""What a picture may be, whatever its name says, in Pillow's words: those first that it knows without loading all others."""
_SHOWN = (*PICTURES, ".svg")
CAPTIONS = ".vtt"
_OF_THE_ONLY_ONE = "captions"


@dataclass(frozen=True, slots=True)
class Recording:
    """Files of one name that are played as one, and the files of their captions by language."""

    kind: str
    stem: str
    files: tuple[str, ...]
    captions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Misnamed:
    """A file that cannot be what `media` says it is: the code of the fault, what is wrong, how to mend it."""

    code: str
    message: str
    hint: str


def is_played(name: str) -> bool:
    return _ending(name) in FORMS


def is_shown(name: str) -> bool:
    """Whether browsers show a file as a picture."""
    return name.lower().endswith(_SHOWN)


def form(name: str) -> tuple[str, str]:
    """The element that plays a recording, and its media type."""
    return FORMS[_ending(name)]


def recordings(names: Sequence[str]) -> tuple[tuple[Recording, ...], tuple[Misnamed, ...]]:
    """What `media` names, put together, and what of it belongs to nothing."""
    files: dict[tuple[str, str], list[str]] = {}
    for name in names:
        if is_played(name):
            files.setdefault((stem(name), form(name)[0]), []).append(name)
    stems = list(dict.fromkeys(of for of, _ in files))
    captions: dict[str, dict[str, str]] = {of: {} for of in stems}
    misnamed = []
    for name in names:
        if name.lower().endswith(CAPTIONS):
            misnamed += _take_captions(name, stems, captions)
        elif not is_played(name) and not name.lower().endswith(POSTERS):
            misnamed.append(Misnamed("TX018", f"browsers do not play {name}", f"save it as {', '.join(FORMS)}; or name it in attachments"))
    return tuple(Recording(kind, of, tuple(found), captions[of]) for (of, kind), found in files.items()), tuple(misnamed)


def _take_captions(name: str, stems: Sequence[str], captions: Mapping[str, dict[str, str]]) -> list[Misnamed]:
    of, _, tag = stem(name).rpartition(".")
    named = f"name it {stems[0] if stems else _OF_THE_ONLY_ONE}.<language>.vtt"
    if not of or not is_tag(tag):
        return [Misnamed("TX016", f"{name} does not say the language of the captions", f"{named}, as in talk.en.vtt")]
    if tag != canonical(tag):
        return [Misnamed("TX016", f"{tag} is not in canonical case", f"name it {of}.{canonical(tag)}.vtt")]
    owner = of if of in captions else stems[0] if of == _OF_THE_ONLY_ONE and len(stems) == 1 else ""
    if not owner:
        return [Misnamed("TX017", f"{name} belongs to no recording in media", named)]
    if tag in captions[owner]:
        return [Misnamed("TX017", f"{name} and {captions[owner][tag]} are captions of one recording in one language", "keep one of the two")]
    captions[owner][tag] = name
    return []


def stem(name: str) -> str:
    """A file's name without its last ending."""
    return name.rpartition(".")[0]


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    return ending.lower() if dot else ""

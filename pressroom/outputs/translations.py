"""What a reader is told of a text that is not the original: of what kind it is, and what nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.model.document import DERIVED, MACHINE, Document, Edition, EditionFields
from pressroom.model.site import Chrome
from pressroom.model.transcript import VOICE_KINDS, Segment
from pressroom.outputs import dates
from pressroom.outputs.texts import TRANSLATION_WORDS

_TRAINED, _COMPOSED, _COMPUTED = (
    f"https://schema.org/{name}DigitalSource" for name in ("TrainedAlgorithmicMedia", "CompositeWithTrainedAlgorithmicMedia", "AlgorithmicMedia")
)


def kind(chrome: Chrome, fields: EditionFields) -> str:
    """Of what kind a text is, the original too."""
    return _converted(chrome, fields) if fields.translation == DERIVED else chrome.words.gettext(TRANSLATION_WORDS[fields.translation])


def cautions(chrome: Chrome, fields: EditionFields) -> Iterator[str]:
    """What is to be said besides the kind: that nobody has checked what a machine has translated, that software has converted the text."""
    if fields.translation == MACHINE and not fields.translator:
        yield chrome.words.gettext("Translated by machine; no person has checked it")
    if fields.derived_from and fields.translation != DERIVED:
        yield _converted(chrome, fields)


def _converted(chrome: Chrome, fields: EditionFields) -> str:
    return chrome.words.gettext("Converted from %(language)s by software") % {"language": dates.language_name(fields.derived_from, chrome.lang)}


def by(chrome: Chrome, fields: EditionFields) -> str:
    """What the one who is named as translator did: of a machine's translation, check it."""
    return chrome.words.gettext("Checked by") if fields.translation == MACHINE else chrome.words.gettext("Translated by")


def line(chrome: Chrome, fields: EditionFields) -> str:
    """The kind of a translation with what is to be said besides, for a line of text; nothing for an original."""
    if not fields.translation:
        return ""
    checked = f"{by(chrome, fields)} {fields.translator}" if fields.translation == MACHINE and fields.translator else ""
    return " · ".join(part for part in (kind(chrome, fields), *cautions(chrome, fields), checked) if part)


def of_machine(chrome: Chrome, translation: str) -> str:
    """The word beside a headline, where there is room for one: only a machine's translation has it."""
    return chrome.words.gettext(TRANSLATION_WORDS[MACHINE]) if translation == MACHINE else ""


def original(document: Document, fields: EditionFields) -> str:
    """The language of what a translation translates, wherever that is."""
    return document.original or fields.source_language


def source_type(fields: EditionFields) -> str:
    """IPTC's word for how a text came about, by the name that schema.org gives it; nothing where people wrote it."""
    if fields.translation == MACHINE:
        return _COMPOSED if fields.translator else _TRAINED
    return _COMPUTED if fields.derived_from else ""


def is_verbatim(edition: Edition, segment: Segment | None = None) -> bool:
    """Whether what is said there stands in the words in which it was said: in no translation, and not where the text names another language for it."""
    if edition.fields.translation:
        return False
    spoken = segment.spoken.casefold() if segment else ""
    primary = edition.lang.split("-")[0]
    return not spoken or dates.language_name(primary, primary).casefold() in spoken or primary in (tag.split("-")[0] for tag in spoken.split(", "))


def is_said(segment: Segment) -> bool:
    """Whether a segment is somebody's speech, and not the office's text."""
    return segment.kind in VOICE_KINDS

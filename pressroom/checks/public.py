"""What of a held document everybody may know: of one that is withdrawn its addresses and what readers are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pressroom.checks.headers import RawHeader, read_raw_header
from pressroom.checks.held import WITHDRAWN, HeldSource
from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import FIXED, Needle
from pressroom.checks.scripts import Conversions, converted


def without_public(source: HeldSource, texts: Mapping[str, str], needles: Sequence[Needle], conversions: Conversions) -> list[Needle]:
    """The needles of a held source less those. What another source holds as well is looked for as that one's."""
    public = Matcher(enumerate(needles)).find_anywhere(*_told(source, texts, conversions)) if source.why == WITHDRAWN else ()
    return [needle for number, needle in enumerate(needles) if number not in public]


def _told(source: HeldSource, texts: Mapping[str, str], conversions: Conversions) -> Iterator[str]:
    """What every address of a withdrawn document says, and the addresses."""
    yield source.folder
    for file in source.files:
        if file.edition and "/" not in file.name:
            header = read_raw_header(texts[file.name])
            yield from header.texts("aliases")
            notes = _notes(header)
            yield from (*notes, *converted(file, notes, conversions))


def _notes(header: RawHeader) -> list[str]:
    """The note of the withdrawal itself: what earlier entries said of the words goes with them."""
    said = [value for value in header.values if value.field == "corrections"]
    begins = max((number for number, value in enumerate(said) if (value.name, value.text) == ("type", WITHDRAWN)), default=len(said))
    return [value.text for value in said[begins:] if value.name not in (*FIXED, "languages")]

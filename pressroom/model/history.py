"""What became of a document after it was out: the entries that own its changes, and what each edition tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pressroom.model.moments import Moment

CORRECTED, CLARIFIED, UPDATED, REFILED, WITHDRAWN = "corrected", "clarified", "updated", "refiled", "withdrawn"
TYPES = (CORRECTED, CLARIFIED, UPDATED, REFILED, WITHDRAWN)
NOTED = (CORRECTED, CLARIFIED, WITHDRAWN)
"""What readers are told of with a note, and on the page of corrections. An update adds words or files, a refiling changes no meaning."""


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry that owns a change, oldest first among a document's: entry n made version n + 1.

    `notes` are by language, under the empty tag that of the original. `languages` are those concerned (empty: all), `passages` those that
    are marked (empty: what the comparison finds).
    """

    type: str
    at: Moment
    notes: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)

    def concerns(self, lang: str) -> bool:
        return not self.languages or lang in self.languages


@dataclass(frozen=True, slots=True)
class Retired:
    """The fingerprint of a passage that the text of now does not have, and the last version that had it, as passage `number`."""

    id: str
    version: int
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """A correction as one edition tells it: the version it made, its note, the passages of now that it marks, and those that it retired."""

    version: int
    type: str
    at: Moment
    note: str = ""
    passages: tuple[str, ...] = ()
    retired: tuple[Retired, ...] = ()

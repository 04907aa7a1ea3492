"""A site's own dialect. It stands apart from the reading, which is loaded where a text has to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a reading of bodies needs to know of the site: people by name, and its own tags and credit labels."""

    known: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    credit_labels: tuple[str, ...] = ()

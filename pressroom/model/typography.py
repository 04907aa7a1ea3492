"""How one language is set: the data of its typography file, with the house's choices in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Typography:
    """`tables` are those of `theme/typography/<lang>.toml`, by name; `digest` is that of all that they were read from."""

    lang: str
    digest: str
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False, compare=False)

    def table(self, name: str) -> Mapping[str, Any]:
        return self.tables.get(name, {})

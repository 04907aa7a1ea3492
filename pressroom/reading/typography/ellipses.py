"""Three dots become the one sign for them; two, four and more stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pressroom.model.typography import Table, one_of
from pressroom.reading.typography.edits import Edit, Rule

TABLE = Table("ellipses", {"three_dots": one_of("…")})

_THREE = re.compile(r"(?<!\.)\.\.\.(?!\.)")


def compile_rule(table: Mapping[str, Any]) -> Rule:
    sign = table["three_dots"]

    def rule(text: str) -> list[Edit]:
        return [(*found.span(), sign) for found in _THREE.finditer(text)] if "..." in text else []

    return rule

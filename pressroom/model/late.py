"""What is known of many editions at once is small; the rest of their facts comes late, if ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pressroom.model.document import Facts


class LateFacts:
    """Facts that are loaded where more is asked of them than who says what: it stands for Facts everywhere."""

    __slots__ = ("_facts", "_load", "said", "speakers")

    def __init__(self, load: Callable[[], Facts], speakers: tuple[tuple[str, str], ...], said: Mapping[str, tuple[int, ...]]) -> None:
        self._load, self.speakers, self.said = load, speakers, said
        self._facts: Facts | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole(), name)

    def __reduce__(self) -> tuple[Callable[[Facts], Facts], tuple[Facts]]:
        return _themselves, (self._whole(),)

    def _whole(self) -> Facts:
        if self._facts is None:
            self._facts = self._load()
        return self._facts


def _themselves(facts: Facts) -> Facts:
    return facts

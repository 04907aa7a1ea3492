"""What is known of many editions at once is small; the rest of their facts comes late, if ever, and is not kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pressroom.ground.problems import Problem
from pressroom.model.document import Facts


class LateFacts:
    """Facts that are loaded where more is asked of them than who says what: it stands for Facts everywhere."""

    __slots__ = ("_load", "problems", "said", "speakers")

    def __init__(
        self, load: Callable[[], Facts], speakers: tuple[tuple[str, str], ...], said: Mapping[str, tuple[int, ...]], problems: tuple[Problem, ...] = ()
    ) -> None:
        self._load, self.speakers, self.said, self.problems = load, speakers, said, problems

    def __getattr__(self, name: str) -> Any:
        return getattr(self._load(), name)

    def __eq__(self, other: object) -> bool:
        return self._load() == (other._load() if isinstance(other, LateFacts) else other)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Callable[[Facts], Facts], tuple[Facts]]:
        return _themselves, (self._load(),)


def _themselves(facts: Facts) -> Facts:
    return facts

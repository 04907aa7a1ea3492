"""What is known of many editions at once is small; the rest of their facts comes late, if ever, and is not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from pressroom.ground import digests
from pressroom.ground.problems import Problem
from pressroom.model.text import Facts

T = TypeVar("T")


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


class SharedFacts:
    """Makes the LateFacts of many editions. What is the same in them is had once: the texts of a document in six languages are divided alike, and few
    people speak.
    """

    def __init__(self) -> None:
        self._said: Mapping[str, tuple[int, ...]] = {}
        self._speakers: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {}

    def late(
        self, load: Callable[[], Facts], speakers: tuple[tuple[str, str], ...], said: Mapping[str, tuple[int, ...]], problems: tuple[Problem, ...] = ()
    ) -> LateFacts:
        """The LateFacts of the next edition."""
        if said != self._said:
            self._said = said
        return LateFacts(load, self._speakers.setdefault(speakers, speakers), self._said, problems)


class Late(Sequence[T]):
    """Values that are made when somebody asks for them: in a large archive nobody does for most of them.

    `key` gives the digest of them all where that can be told without making them.
    """

    def __init__(self, make: Callable[[], tuple[T, ...]], key: Callable[[], str] | None = None) -> None:
        self._make, self._key = make, key

    @cached_property
    def all(self) -> tuple[T, ...]:
        return self._make()

    @cached_property
    def digest(self) -> str:
        return self._key() if self._key else digests.of(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, at: Any) -> Any:
        return self.all[at]

    def __iter__(self) -> Iterator[T]:
        return iter(self.all)

    def __eq__(self, other: object) -> bool:
        return self.all == (other.all if isinstance(other, Late) else other)

    def __hash__(self) -> int:
        return hash(self.all)

    def __reduce__(self) -> tuple[type[tuple[T, ...]], tuple[tuple[T, ...]]]:
        return tuple, (self.all,)

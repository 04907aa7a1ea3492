"""The interface words of one language, with its plural forms. A missing one is a fault, never another language's word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import c2py


class MissingWord(KeyError):
    """An interface word that a language does not have."""

    def __init__(self, lang: str, word: str) -> None:
        super().__init__(word)
        self.lang, self.word = lang, word


@dataclass(frozen=True)
class Words:
    """`messages` are by context and English word; `plural` is gettext's rule that gives the number of the form for a count."""

    lang: str
    digest: str
    messages: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    plural: str = field(default="0", repr=False, compare=False)

    def gettext(self, word: str) -> str:
        return self._forms("", word)[0]

    def ngettext(self, one: str, many: str, count: int) -> str:
        forms = self._forms("", one)
        number = _rule(self.plural)(count)
        if number >= len(forms) or not forms[number]:
            raise MissingWord(self.lang, f"{one} / {many} for {count}")
        return forms[number]

    def _forms(self, context: str, word: str) -> tuple[str, ...]:
        forms = self.messages.get((context, word), ())
        if not forms or not forms[0]:
            raise MissingWord(self.lang, word)
        return forms


@lru_cache(maxsize=64)
def _rule(plural: str) -> Callable[[int], int]:
    return c2py(plural)  # type: ignore[attr-defined]

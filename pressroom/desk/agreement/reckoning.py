"""A text to its numbers and days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from pressroom.desk.agreement import days as calendar
from pressroom.desk.agreement.contexts import in_context
from pressroom.desk.agreement.lexicon import lexicon_of
from pressroom.desk.agreement.lexing import Item, items
from pressroom.desk.agreement.numbers import numbers
from pressroom.desk.agreement.signs import folded, plain
from pressroom.desk.agreement.tokens import FAINT, Number, Reckoning


def reckon(text: str, lang: str, when: date | None = None) -> Reckoning:
    """The numbers and days of a text. `when` is the document's date, for "this year" and "Tuesday"."""
    lexicon = lexicon_of(lang)
    text = plain(text)
    in_figures, bare = calendar.written_in_figures(text, lexicon)
    fold = folded(bare)
    found = items(bare, fold, lexicon)
    counted = in_context(numbers(found, bare, fold, lexicon), found, bare, fold, lexicon)
    in_words, counted = calendar.days(counted, found, bare, fold, lexicon)
    in_words += calendar.feasts(found, bare, lexicon)
    counted += _relative(found, bare, when)
    every = tuple(sorted((*in_figures, *in_words), key=lambda day: day.start))
    return Reckoning(
        tuple(sorted(counted, key=lambda number: number.start)), every, tuple(calendar.dated(calendar.weekdays(found, bare, when), every, bare)), lexicon.known,
    )  # fmt: skip


def together(parts: Iterable[Reckoning]) -> Reckoning:
    """Several texts as one bag."""
    every = tuple(parts)
    return Reckoning(
        tuple(number for part in every for number in part.numbers), tuple(day for part in every for day in part.days),
        tuple(day for part in every for day in part.weekdays), all(part.known for part in every),
    )  # fmt: skip


def _relative(found: Iterable[Item], text: str, when: date | None) -> Iterator[Number]:
    for item in found:
        if item.word and item.word.year is not None and when:
            yield Number(item.start, item.end, frozenset({Fraction(when.year + item.word.year)}), FAINT, text[item.start : item.end])



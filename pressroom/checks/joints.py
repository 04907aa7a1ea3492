"""Where a text may be put together of others: at the end of a line or a sentence, a dash, a bracket, a mark of quotation, and on both sides of a date.

The site writes dates by itself, and puts them beside headlines, places and words that are out. Who copies that into a held text tells nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from pressroom.checks.folding import BORDER

_BEGIN, _END = "\ue001", "\ue002"
_JOINT = re.compile(rf"([{BORDER}{_BEGIN}{_END}\n\r|·•()\[\]《》〈〉【】「」『』“”„«»\"‒–—―。]|--+| - |[.:;!?](?=\s|[\u2e80-\ua4cf]))")
_MARK = re.compile(f"([{_BEGIN}{_END}])")
_DATE = re.compile(f"{_BEGIN}[^{_BEGIN}{_END}]*{_END}")
# As a dateline has it before its day, where another language than English does.
_BEFORE = r"(?:\b(?:le|في)\s+)?"
_DAY = r"\d{1,2}(?:er|st|nd|rd|th|º|ª|\.)?"
_BETWEEN = r"(?:\s*,\s*|\s+)(?:(?:de|del|of)\s+|d['’])?"
_IN_HAN = r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号號])?[电電讯訊]?"


def with_dates(text: str, languages: Iterable[str]) -> str:
    """The text with every date marked that is written in one of these languages, but for one in numbers alone, which says nothing anyway."""
    return _dates(tuple(sorted(languages))).sub(rf"{_BEGIN}\g<0>{_END}", text)


def without_dates(text: str) -> str:
    return _DATE.sub(" ", text)


def stretches(text: str, dates_alone: bool = False) -> Iterator[tuple[str, bool]]:
    """What stands between the joints of a folded text, and whether it is a date; `dates_alone` where nothing else joins."""
    is_date = False
    for number, piece in enumerate((_MARK if dates_alone else _JOINT).split(text)):
        if not number % 2:
            yield piece, is_date
        else:
            is_date = piece == _BEGIN or is_date and piece != _END


@lru_cache(maxsize=64)
def _dates(languages: tuple[str, ...]) -> re.Pattern[str]:
    names = {name for lang in languages for month in _months(lang) for name in (month, month.lower(), month.upper(), month.capitalize())}
    if not names:
        return re.compile(_IN_HAN)
    month = rf"(?:{'|'.join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))})\b\.?"
    year = rf"{_BETWEEN}\d{{4}}\b"
    # Where none begins is seen at the first letter.
    first = "".join(sorted({re.escape(name[0]) for name in names}))
    return re.compile(rf"(?=[{first}\dlف])(?:{_IN_HAN}|{_BEFORE}\b{_DAY}{_BETWEEN}{month}(?:{year})?|\b{month}(?:{_BETWEEN}{_DAY}\b(?:{year})?|{year}))")


def _months(lang: str) -> Iterator[str]:
    """What the months are called in a language, in full and in short; a number is no name."""
    try:
        months = Locale.parse(lang, sep="-").months
    except (UnknownLocaleError, ValueError):
        return
    for form in months.values():
        yield from (name.rstrip(".") for width in ("wide", "abbreviated") for name in form[width].values() if not re.search(r"\d", name))

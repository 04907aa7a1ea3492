"""Where a text may be put together of others: at the end of a line or a sentence, a dash, a bracket, a mark of quotation, and on both sides of a date
or of the site's name.

The site writes dates and its name by itself, and puts them beside headlines, places, names and words that are out. Who copies that into a held text
tells nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from pressroom.checks.folding import BORDER, HAN

_BEGIN, _END = "\ue001", "\ue002"
_JOINT = re.compile(rf"([{BORDER}{_BEGIN}{_END}\n\r|·•()\[\]《》〈〉【】「」『』“”„«»\"‒–—―。]|--+| - |[.:;!?](?=\s|[\u2e80-\ua4cf]))")
_MARK = re.compile(f"([{_BEGIN}{_END}])")
_MARKED = re.compile(f"{_BEGIN}[^{_BEGIN}{_END}]*{_END}")
# As a dateline has it before its day, where another language than English does.
_BEFORE = r"(?:\b(?:le|في)\s+)?"
_DAY = r"\d{1,2}(?:er|st|nd|rd|th|º|ª|\.)?"
_BETWEEN = r"(?:\s*,\s*|\s+)(?:(?:de|del|of)\s+|d['’])?"
# Names that CLDR has for a region of the language alone, and that the site's own datelines and house styles have too: AP's September, the Levant's and
# the Maghreb's.
_MORE_MONTHS = {
    "en": ("Sept",),
    "ar": (
        "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
        "جانفي", "فيفري", "أفريل", "ماي", "جوان", "جويلية", "أوت",
    ),
}  # fmt: skip
_IN_HAN = r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号號])?[电電讯訊]?"


def marked(text: str, languages: Iterable[str], names: Iterable[str] = ()) -> str:
    """The text with the site's names marked, and every date that is written in one of these languages, but for one in numbers alone, which says nothing anyway."""
    return _sayings(tuple(sorted(languages)), tuple(sorted(names))).sub(rf"{_BEGIN}\g<0>{_END}", text)


def unmarked(text: str) -> str:
    """A source's text without what stands there as our marks do: it would hide words."""
    return _MARK.sub("", text)


def split(text: str, signs: re.Pattern[str]) -> list[str]:
    """The text split at some signs, but for those within what is marked."""
    return signs.split(_MARKED.sub(lambda found: signs.sub(" ", found[0]), text))


def stretches(text: str, marks_alone: bool = False) -> Iterator[tuple[str, bool]]:
    """What stands between the joints of a folded text, and whether it is marked; `marks_alone` where nothing else joins."""
    is_marked = False
    for number, piece in enumerate((_MARK if marks_alone else _JOINT).split(text)):
        if not number % 2:
            yield piece, is_marked
        else:
            is_marked = piece == _BEGIN or is_marked and piece != _END


@lru_cache(maxsize=64)
def _sayings(languages: tuple[str, ...], names: tuple[str, ...]) -> re.Pattern[str]:
    own = [name for name in map(str.strip, names) if name]
    months = {name for lang in languages for month in _months(lang) for name in (month, month.lower(), month.upper(), month.capitalize())}
    forms = [*(rf"(?<!\w){_spaced(name)}(?!\w)" if not HAN.search(name) else _spaced(name) for name in _longest_first(own)), _IN_HAN]
    if months:
        month = rf"(?:{'|'.join(map(re.escape, _longest_first(months)))})\b\.?"
        year = rf"{_BETWEEN}\d{{4}}\b"
        forms.append(rf"{_BEFORE}\b{_DAY}{_BETWEEN}{month}(?:{year})?|\b{month}(?:{_BETWEEN}{_DAY}\b(?:{year})?|{year})")
    # Where none begins is seen at the first letter.
    first = "".join(sorted({re.escape(name[0]) for name in (*own, *months)}))
    return re.compile(rf"(?=[{first}\dlف])(?:{'|'.join(forms)})")


def _spaced(name: str) -> str:
    """A name with whatever spaces it is set."""
    return r"\s+".join(map(re.escape, name.split()))


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _months(lang: str) -> Iterator[str]:
    """What the months are called in a language, in full and in short; a number is no name."""
    yield from _MORE_MONTHS.get(lang.partition("-")[0].lower(), ())
    try:
        months = Locale.parse(lang, sep="-").months
    except (UnknownLocaleError, ValueError):
        return
    for form in months.values():
        yield from (name.rstrip(".") for width in ("wide", "abbreviated") for name in form[width].values() if not re.search(r"\d", name))

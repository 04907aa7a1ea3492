"""What is known of a language's numbers and days: its file in languages/, and CLDR's names and signs. A language without a file has the latter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from pressroom.desk.agreement.signs import FIXED_SPACE, folded, plain

_FOLDER = Path(__file__).with_name("languages")
_LETTERS_AFTER = 3
"""How many letters may follow a stem: `втор*` is второй and второго."""

Key = Fraction | str
"""What a number is: its value, or a time of the day as `t` and its minutes."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a word, or words together, may mean. One word can be an ordinal and a fraction. A `factor` multiplies, a `feast` is a month and a day."""

    cardinal: Fraction | None = None
    ordinal: Fraction | None = None
    multiplier: Fraction | None = None
    soft: Fraction | None = None
    fraction: Fraction | None = None
    faint: frozenset[Key] = frozenset()
    factor: bool = False
    feast: tuple[int, int] = (0, 0)
    joint: bool = False
    month: int = 0
    weekday: int = 0
    year: int | None = None
    day: int | None = None
    never: bool = False

    @property
    def counts(self) -> bool:
        return any(value is not None for value in (self.cardinal, self.ordinal, self.multiplier, self.soft, self.fraction)) or bool(self.faint)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language. `known` says whether its number words are known: what a language without a file says in words cannot be missed."""

    lang: str
    known: bool
    words: Mapping[str, Word]
    stems: Mapping[str, Word]
    starts: frozenset[str]
    longest: int
    spaced: bool
    prefixes: tuple[str, ...]
    joint_prefixes: frozenset[str]
    endings: tuple[str, ...]
    dual_endings: tuple[str, ...]
    inverted: bool
    declines: bool
    ordinals_add: bool
    inside: str
    halves: str
    vigesimal: frozenset[int]
    capital_months: bool
    month_first: bool
    one_is_article: bool
    before_ordinals: str
    prefixed: Mapping[str, Fraction]
    figure: re.Pattern[str]
    both_signs: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]
    year: str
    month: str
    days: tuple[str, ...]
    no_days: tuple[str, ...]
    any_word: re.Pattern[str] | None = field(default=None)


@lru_cache(maxsize=64)
def lexicon_of(lang: str) -> Lexicon:
    """What is known of a language, by its tag or its first part."""
    data = _data(lang)
    words: dict[str, Word] = {}
    for kind in ("cardinals", "ordinals", "multipliers", "soft", "fractions"):
        for number, forms in data.get(kind, {}).items():
            name = {"soft": kind}.get(kind, kind[:-1])
            _enter(words, forms, **{name: Fraction(number)})
    for keys, forms in data.get("faint", {}).items():
        _enter(words, forms, faint=frozenset(map(_key, keys.split())))
    for number, forms in data.get("factors", {}).items():
        _enter(words, forms, faint=frozenset({Fraction(number)}), factor=True)
    for feast, forms in data.get("feasts", {}).items():
        month, _, day = feast.partition("-")
        _enter(words, forms, feast=(int(month), int(day)))
    _enter(words, data.get("joints", ()), joint=True)
    _enter(words, data.get("never", ()), never=True)
    _enter(words, data.get("parts", ()))
    for name in ("year", "day"):
        for shift, forms in data.get(f"relative_{name}s", {}).items():
            _enter(words, forms, **{name: int(shift)})
    for name, lists in (("month", _months(lang, data)), ("weekday", _weekdays(lang, data))):
        for number, forms in enumerate(lists, 1):
            _enter(words, forms, **{name: number})
    stems = {form.removesuffix("*"): word for form, word in words.items() if form.endswith("*")}
    whole = {form: word for form, word in words.items() if not form.endswith("*")}
    spaced = data.get("spaced", True)
    decimal, group = _signs(lang, data)
    return Lexicon(
        lang, "cardinals" in data, whole, stems, frozenset(form.split(" ")[0] for form in whole), max((form.count(" ") for form in whole), default=0) + 1,
        spaced, tuple(sorted(_forms(data.get("prefixes", ())), key=len, reverse=True)), frozenset(_forms(data.get("joint_prefixes", ()))),
        tuple(_forms(data.get("endings", ()))), tuple(_forms(data.get("dual_endings", ()))), data.get("inverted", False), data.get("declines", False), data.get("ordinals_add", False), data.get("inside", ""), data.get("halves", ""), frozenset(data.get("vigesimal", ())),
        data.get("capital_months", False), data.get("month_first", not data), data.get("one_is_article", not data), data.get("before_ordinals", ""), {form: Fraction(number) for form, number in _longest_first(data)},
        _figure(decimal, group, data), frozenset(decimal) & frozenset(group), _patterns(data), data.get("year", ""), data.get("month", ""), tuple(data.get("days", ())), tuple(data.get("no_days", ())),
        None if spaced else re.compile("|".join(map(re.escape, sorted(whole, key=len, reverse=True))) or "(?!)"),
    )  # fmt: skip


def _longest_first(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [(form, number) for number, forms in data.get("prefixed", {}).items() for form in _forms(forms)]
    return sorted(found, key=lambda item: -len(item[0]))


def _data(lang: str) -> Mapping[str, Any]:
    for name in (lang, lang.split("-")[0]):
        path = _FOLDER / f"{name}.toml"
        if path.is_file():
            return tomllib.loads(path.read_text(encoding="utf-8"))
    return {}


def _forms(forms: Iterable[str]) -> list[str]:
    """Words as they are looked up: folded, what stands between them one space."""
    return [re.sub(r"[\s\u202f'\-–]+", " ", folded(plain(form))).strip() for form in forms]


def _enter(words: dict[str, Word], forms: Iterable[str], **meaning: Any) -> None:
    for form in _forms(forms):
        words[form] = replace(words.get(form, Word()), **meaning)


def _key(text: str) -> Key:
    return text if text.startswith("t") else Fraction(text)


def _locale(lang: str) -> Locale | None:
    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _months(lang: str, data: Mapping[str, Any]) -> list[list[str]]:
    locale = _locale(lang)
    wide = [[locale.months["format"]["wide"][n]] if locale and not data.get("month") else [] for n in range(1, 13)]
    own = (data.get("abbreviated_months", ()), data.get("months", ()))
    return [[*names, *(form for lists in own if lists for form in lists[n])] for n, names in enumerate(wide)]


def _weekdays(lang: str, data: Mapping[str, Any]) -> list[list[str]]:
    """Monday first. CLDR's, where the file has none."""
    locale = _locale(lang)
    wide = [[locale.days["format"]["wide"][n]] if locale else [] for n in range(7)]
    return [[*names, *(data["weekdays"][n] if "weekdays" in data else ())] for n, names in enumerate(wide)]


def _signs(lang: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """The decimal signs, and those that group digits."""
    locale = _locale(lang)
    symbols = locale.number_symbols.get("latn", {}) if locale and "decimal" not in data else {}
    return data.get("decimal") or symbols.get("decimal", "."), data.get("group") or symbols.get("group", ",").replace("’", "'")


def _figure(decimal: str, group: str, data: Mapping[str, Any]) -> re.Pattern[str]:
    """A number in digits, grouped or not, with its decimals or not."""
    # Spaces that do not break group digits everywhere; a plain one only where the language writes so.
    groups = re.escape(group) + FIXED_SPACE + (" " if data.get("space_groups") or not data else "")
    # 2.1 is a version or a time where the comma parts decimals; with three digits behind it would be two thousand one hundred.
    foreign = r"|\.(?!\d{3}(?!\d))\d+" if "." not in decimal else ""
    return re.compile(
        r"(?P<phone>\+\d[\d\s().–-]{5,30}\d|0\d{1,4}(?:[ \u202f–-]\d{2,4}){2,5}(?!\d))"
        rf"|(?P<whole>(?!0)\d{{1,3}}(?:(?P<sign>[{groups}])\d{{3}})(?:(?P=sign)\d{{3}})*(?!\d))(?P<part>(?!(?P=sign))[{re.escape(decimal)}]\d+)?(?!\.\d)"
        rf"|(?P<dotted>\d+(?:\.\d+){{2,}})"
        rf"|(?P<bare>\d+)(?P<rest>[{re.escape(decimal)}]\d+{foreign})?"
    )


def _patterns(data: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    """What may stand after a number, before one, or between two."""

    def words(name: str) -> list[str]:
        found = [re.escape(form).replace(r"\ ", r"[\s'\-–]+").replace(r"\*", r"[^\W\d_]{0,4}") for form in _forms(data.get(name, ()))]
        return sorted(found, key=len, reverse=True)

    def after(name: str, *more: str, lead: str = r"[\s]*") -> re.Pattern[str]:
        every = [*more, *(form + (r"(?![^\W\d_])" if data.get("spaced", True) else "") for form in words(name))]
        return re.compile(rf"{lead}(?:{'|'.join(every)})" if every else "(?!)")

    # A word begins where no letter stands before it, or what its language glues to words.
    beginning = rf"(?<![^\W\d_])(?:{'|'.join(_forms(data.get('prefixes', ())))})?" if data.get("spaced", True) else ""

    def before(name: str) -> re.Pattern[str]:
        every = words(name)
        return re.compile(rf"{beginning}(?:{'|'.join(every)})[\s'\-–]*$" if every else "(?!)")

    suffixes = "|".join(sorted((re.escape(folded(plain(form))) for form in data.get("suffixes", ())), key=len, reverse=True))
    ranges = "|".join(words("ranges"))
    glued = "|".join(_forms(data.get("joint_prefixes", ())))
    edge = r"\s+" if data.get("spaced", True) else r"\s*"
    # Where nothing is known of a language, a short word may stand between day, month and year.
    of = "|".join(words("of")) if data else r"[^\W\d_]{1,3}"
    return {
        "suffix": re.compile(rf"[.\-–]?(?:{suffixes})(?![^\W\d_])" if suffixes else "(?!)"),
        "percent": after("percent", "%", "٪"),
        "hours": after("hours"),
        "hours_before": before("hours_before"),
        "half_hour": after("half_hour"),
        "about": before("about"),
        "half_to": before("half_to"),
        "half_past": before("half_past"),
        "before_day": before("before_days"),
        "and_a_half": after("and_a_half", lead=r"[\s\-–]*"),
        "tenths": after("tenths"),
        "perhaps_percent": after("perhaps_percent"),
        "growth": before("growth"),
        "times": after("times"),
        "more": re.compile(rf"[\s\-–]*(?:{'|'.join(words('more'))})\s*" if words("more") else "(?!)"),
        "clock": re.compile(rf"(\d\d?)[{re.escape(data['clock'])}]([0-5]\d)" if "clock" in data else "(?!)"),
        "decade_after": after("decade_after", lead=r"[\s'\-–]*"),
        "decade_before": before("decade_before"),
        "century": after("centuries"),
        "century_before": before("centuries"),
        "parts": after("parts"),
        "range": re.compile(rf"\s*[\-–~～—]+\s*|{edge}(?:{ranges}){edge}{rf'|{edge}(?:{glued})' if glued else str()}" if ranges else r"\s*[\-–~～—]+\s*"),
        "of": re.compile(rf"[\s.,]*(?:(?:{of})(?![^\W\d_])[\s']*)?" if of else r"[\s.,]*"),
        "approximate": re.compile("|".join(map(re.escape, data.get("approximate", ()))) or "(?!)"),
    }

"""Numbers and days: whatever is written in a language's way is read back as what it is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.desk.agreement.reckoning import reckon
from pressroom.desk.agreement.tokens import STRONG

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "fr", "es", "ru", "ar", "de", "ja")
NAMES = {lang: lang.replace("-", "_") for lang in LANGUAGES}
INSIDE = {
    "en": "There are {} of them.", "zh-Hans": "共有{}个。", "zh-Hant": "共有{}個。", "fr": "Il y en a {} ici.", "es": "Hay {} aquí.", "ru": "Здесь их {} всего.",
    "ar": "يوجد {} هنا.", "de": "Es gibt {} davon.", "ja": "全部で{}ある。",
}  # fmt: skip
HAN = "零一二三四五六七八九"


def value(text: str, lang: str) -> list[Fraction]:
    return [key for number in reckon(text, lang).numbers if number.strength == STRONG for key in number.keys if isinstance(key, Fraction)]


@given(st.sampled_from(LANGUAGES), st.integers(0, 10**12))
@settings(max_examples=200, deadline=None)
def test_any_integer_is_read_as_it_is_written_in_any_language(lang: str, number: int) -> None:
    assert number in value(INSIDE[lang].format(format_decimal(number, locale=NAMES[lang])), lang)
    assert number in value(INSIDE[lang].format(number), lang)


@given(st.sampled_from(LANGUAGES), st.integers(1, 10**9), st.integers(1, 999))
@settings(max_examples=200, deadline=None)
def test_any_decimal_is_read_as_it_is_written_in_any_language(lang: str, number: int, part: int) -> None:
    exact = Fraction(number) + Fraction(part, 1000)
    written = format_decimal(number + part / 1000, "#,##0.###", locale=NAMES[lang])
    assert exact in value(INSIDE[lang].format(written), lang)


@given(st.sampled_from(LANGUAGES), st.integers(1, 400))
@settings(max_examples=200, deadline=None)
def test_any_percentage_is_its_share(lang: str, number: int) -> None:
    assert Fraction(number, 100) in value(INSIDE[lang].format(format_percent(number / 100, locale=NAMES[lang])), lang)


@given(st.integers(0, 999))
@settings(max_examples=150, deadline=None)
def test_digits_of_any_script_have_one_value(number: int) -> None:
    for zero in ("٠", "۰", "०", "０"):
        text = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
        assert value(f"x {text} x", "ar") == value(f"x {number} x", "ar")


@given(st.sampled_from(LANGUAGES), st.dates(date(1800, 1, 1), date(2100, 1, 1)), st.sampled_from(("long", "full")))
@settings(max_examples=200, deadline=None)
def test_any_day_is_read_as_it_is_written_and_is_no_number(lang: str, day: date, form: str) -> None:
    found = reckon(INSIDE[lang].format(format_date(day, form, locale=NAMES[lang])), lang)
    assert [(one.year, one.month, one.day) for one in found.days] == [(day.year, day.month, day.day)]
    assert not [number for number in found.numbers if number.strength == STRONG]


def han(number: int) -> str:
    """A number below a hundred million in Chinese."""
    if number >= 10_000:
        rest = number % 10_000
        return f"{han(number // 10_000)}万" + ("" if not rest else ("零" if rest < 1000 else "") + han(rest))
    text, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + HAN[digit] + sign
        gap = not digit
    return text


@given(st.integers(13, 99_999_999))
@settings(max_examples=200, deadline=None)
def test_any_chinese_number_is_read(number: int) -> None:
    assert value(f"共有{han(number)}人。", "zh-Hans") == [number], han(number)


WORDS = {
    "en": {17: "seventeen", 42: "forty-two", 365: "three hundred and sixty-five", 1900: "one thousand nine hundred", 2_300_000: "two million three hundred thousand", 1200: "twelve hundred"},
    "fr": {71: "soixante et onze", 80: "quatre-vingts", 81: "quatre-vingt-un", 99: "quatre-vingt-dix-neuf", 121: "cent vingt et un", 1990: "mille neuf cent quatre-vingt-dix", 2_500_000: "deux millions cinq cent mille", 21: "vingt-et-un"},
    "es": {21: "veintiún", 31: "treinta y una", 365: "trescientas sesenta y cinco", 1990: "mil novecientos noventa", 1_200_000_000: "mil doscientos millones", 1100: "mil cien"},
    "ru": {22: "двадцати двум", 365: "триста шестьдесят пять", 1900: "тысяча девятьсот", 3_200_000: "три миллиона двести тысяч", 40: "сорока", 1100: "тысячи ста"},
    "ar": {25: "خمسة وعشرون", 125: "مائة وخمسة وعشرون", 365: "ثلاثمئة وخمسة وستين", 1100: "ألف ومئة", 2000: "ألفي", 3500: "ثلاثة آلاف وخمسمائة", 16: "ستة عشر"},
    "de": {21: "einundzwanzig", 99: "neunundneunzig", 17: "siebzehn"},
    "zh-Hans": {2020: "二〇二〇年", 21: "廿一", 12000: "一万二千", 200: "两百"},
}  # fmt: skip


@pytest.mark.parametrize(("lang", "number", "words"), [(lang, number, words) for lang, table in WORDS.items() for number, words in table.items()])
def test_numbers_in_words(lang: str, number: int, words: str) -> None:
    assert value(INSIDE[lang].format(words), lang) == [number]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh-Hans", "一些人一起同意统一安排，万一不行，千万不要再去三峡。第一时间，一方面十分重要，进一步。"),
        ("fr", "Un bateau tout neuf, une fois de plus, flambant neuf."), ("en", "No one may be second to none; once a single one of them."),
        ("es", "Una y otra vez, una sola, el medio ambiente."), ("ru", "Во вторник друг друга встретила одна семья."), ("ar", "مرة أخرى، شيء واحد، ومن ثم."),
    ],
)  # fmt: skip
def test_words_that_are_no_numbers_prove_nothing(lang: str, text: str) -> None:
    assert [number for number in reckon(text, lang).numbers if number.strength > 0] == []


def test_a_word_that_ends_like_one_before_numbers_says_nothing_of_them() -> None:
    assert value("Es gibt deshalb 5 davon.", "de") == [5]
    for text in ("يوجد نحو 5000 هنا.", "ونحو 5000 هنا."):
        assert [number.about for number in reckon(text, "ar").numbers if number.value == 5000] == [True]


def test_a_text_of_any_kind_is_read_in_time() -> None:
    for text in ("9" * 5000, "9 " * 2000, "9." * 2000, "一" * 5000, "one " * 2000, "million " * 2000, "1,234" * 1000, "2 November " * 500, "и" * 5000, "‎" * 1000):
        for lang in LANGUAGES:
            reckon(text, lang)


@given(st.sampled_from(LANGUAGES), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it(lang: str, text: str) -> None:
    reckon(text, lang)

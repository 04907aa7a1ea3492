"""Every form of every language and house style as one table, to be read by eye.

Written anew by: python -m tests.outputs.forms
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from pressroom.intake import TYPOGRAPHY_TABLES
from pressroom.model.moments import Moment, moment_at
from pressroom.model.patterns import attribution
from pressroom.model.people import Office
from pressroom.model.typography import Typography
from pressroom.model.words import Words
from pressroom.outputs import dates, numerals, people
from pressroom.reading.typographies import read_typographies
from pressroom.reading.words import read_words
from tests.sites import REPOSITORY

GOLDEN = Path(__file__).parent / "golden" / "forms.md"
SECTIONS = (
    ("en", ""), ("en", "gb"), ("zh-Hans", ""), ("zh-Hant", ""), ("fr", ""), ("fr", "press"), ("es", ""), ("ru", ""), ("ar", ""), ("ar", "arab"), ("ar", "levant"),
    ("ar", "maghreb"), ("de", ""), ("ja", ""), ("pt", ""), ("pt", "portugal"),
)  # fmt: skip
WORDED = ("en", "zh-Hans", "fr", "es", "ru", "ar")
_PLACES = {"zh-Hans": "乌镇", "zh-Hant": "烏鎮", "ru": "Учжэнь", "ar": "ووتشن", "ja": "烏鎮"}
_PEOPLE = {
    "zh-Hans": ("安娜·迪亚斯", "局长", "水务局"), "zh-Hant": ("安娜·迪亞斯", "局長", "水務局"), "fr": ("Ana Díaz", "directrice", "Agence de l’eau"),
    "es": ("Ana Díaz", "directora", "Agencia del Agua"), "ru": ("Ана Диас", "директор", "Водное агентство"), "ar": ("آنا دياث", "المديرة", "هيئة المياه"),
    "de": ("Ana Díaz", "Direktorin", "Wasserbehörde"), "ja": ("アナ・ディアス", "局長", "水道局"), "pt": ("Ana Díaz", "diretora", "Agência da Água"),
}  # fmt: skip
_ITEMS = {"zh-Hans": "水闸 港口 桥", "zh-Hant": "水閘 港口 橋", "ru": "Москва Женева Париж", "ar": "جنيف باريس تونس", "ja": "水門 港 橋"}
_DAYS = {"": date(2020, 11, 2), "first of a month": date(2026, 1, 1), "short month": date(2026, 5, 21), "end of a year": date(2026, 12, 31), "leap day": date(2024, 2, 29)}
_INDIA = datetime(2026, 3, 29, 9, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))
_EMBARGOES = (
    ("in winter", datetime(2031, 1, 1, 9, tzinfo=UTC), "Europe/Zurich"),
    ("in summer", datetime(2026, 7, 1, 9, tzinfo=UTC), "Europe/Zurich"),
    ("on another day in UTC", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Asia/Shanghai"),
    ("in UTC", datetime(2031, 1, 1, 9, 5, tzinfo=UTC), "UTC"),
    ("of a day alone", datetime(2026, 11, 1, 23, tzinfo=UTC), "Europe/Zurich"),
    ("with half an hour", datetime(2026, 3, 29, 3, 35, tzinfo=UTC), "Asia/Kolkata"),
    ("in a zone of one country", datetime(2026, 7, 1, 9, tzinfo=UTC), "Asia/Almaty"),
    ("in Ireland in winter", datetime(2026, 12, 1, 9, tzinfo=UTC), "Europe/Dublin"),
    ("in Ireland in summer", datetime(2026, 7, 1, 9, tzinfo=UTC), "Europe/Dublin"),
)


@cache
def typography(lang: str, style: str = "") -> Typography:
    found, problems = read_typographies(((str(REPOSITORY / "theme" / "typography"), "theme/typography"),), (lang,), {lang: style} if style else {}, TYPOGRAPHY_TABLES)
    assert problems == []
    return found[lang]


@cache
def words() -> dict[str, Words]:
    return read_words(((str(REPOSITORY / "theme" / "words"), "theme/words"),), WORDED)[0]


def day_of(when: date) -> Moment:
    return moment_at(datetime(when.year, when.month, when.day, tzinfo=UTC), day_only=True)


def rows(lang: str, style: str) -> Iterator[tuple[str, str]]:
    """Each form by its name, as a language sets it."""
    own, place = typography(lang, style), _PLACES.get(lang, "Wuzhen")
    for name, when in _DAYS.items():
        yield f"dateline {name}".strip(), dates.dateline(place, day_of(when), own)
    yield "dateline before words", f"{dates.opening(place, day_of(_DAYS['']), own)} …"
    for name, when in _DAYS.items():
        yield f"day {name}".strip(), dates.day(when, own)
    yield "months with the year", " · ".join(dates.month(2026, number, own) for number in range(1, 13))
    yield "months alone", " · ".join(dates.month_name(2026, number, own) for number in range(1, 13))
    yield "2020, 2020-11, 2020-11-02", " · ".join(dates.partial(text, own) for text in ("2020", "2020-11", "2020-11-02"))
    yield "clock with an offset", dates.clock(moment_at(_INDIA), own)
    yield "clock in UTC", dates.clock(moment_at(_INDIA.astimezone(UTC)), own)
    for name, instant, zone in _EMBARGOES:
        until = dates.embargo(instant, zone, own)
        yield f"embargo {name}", words()[lang].gettext("Embargoed until %(date)s") % {"date": until} if lang in WORDED else until
    items: Sequence[str] = _ITEMS.get(lang, "Paris Rome Oslo").split()
    for count in (1, 2, 3):
        yield f"list of {count}", numerals.listed(items[:count], own)
    if lang == "es":
        yield "list before an i", " · ".join(numerals.listed(["español", last], own) for last in ("inglés", "ruso", "Hierro", "Hidalgo"))
    yield "numbers", " · ".join(numerals.count(number, own) for number in (7, 1234, 12345, 1234567.8))
    yield "shares", " · ".join(numerals.per_cent(share, own) for share in (0, 0.42, 1))
    yield "sizes", " · ".join(numerals.size(count, own) for count in (7, 12_345, 1_234_567, 2_000_000_000))
    name, role, organisation = _PEOPLE.get(lang, ("Ana Díaz", "Director", "Water Agency"))
    yield "name, role, organisation", attribution(own, name, role, organisation)
    yield "name and role", attribution(own, name, role)
    yield "name and organisation", attribution(own, name, "", organisation)
    yield "role and organisation", attribution(own, "", role, organisation)
    yield "end mark", own.table("end").get("mark", "(none)")
    if lang in WORDED:
        for text in ("2020", "2020-11", "2020-11-02"):
            held = (Office(since=text), Office(until=text), Office(since="2016", until=text))
            yield f"office of {text}", " · ".join(people.held_in(office, words()[lang], own) for office in held)
        yield "labels", " · ".join(words()[lang].gettext(word) for word in ("Press release", "Notes to editors", "Under embargo", "Contacts for journalists"))
    yield "its own name", dates.language_name(lang, lang)
    yield "names of languages", numerals.listed([dates.language_name(other, lang) for other in WORDED if other != lang], own)


def table(sections: Sequence[tuple[str, str]] = SECTIONS) -> str:
    """The whole of it, as it lies in the golden file."""
    parts = ["# Every form in every language", "Read by eye. Written anew by `python -m tests.outputs.forms`."]
    for lang, style in sections:
        parts.append(f"## {lang}{f', style {style}' if style else ''}")
        parts.append("\n".join(["| form | as it is set |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows(lang, style))]))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(table(), encoding="utf-8")

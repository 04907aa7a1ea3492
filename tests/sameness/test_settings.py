"""What registries, settings, words, theme and clock say on a page is never older than they are: built after an edit as built anew."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pressroom.model.settings import Derived
from tests.sameness.rooms import FORUM, FRESH, NOW, RIVER, SECRET, SESSION, TALK, Edit, Room, chosen

UNKNOWN = frozenset({"RG001"})


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Room:
    return Room(tmp_path_factory.mktemp("settings") / "room", thorough=request.config.getoption("--slow"))


def at(hours: int, changes: bool = True) -> Edit:
    return Edit(f"the clock goes by {hours} hours", lambda room: setattr(room, "now", NOW + timedelta(hours=hours)), changes=changes)


def registered(room: Room, entry: str) -> None:
    room.put("people.yml", room.path("people.yml").read_text() + entry)


def typography(room: Room) -> str:
    return Path(room.settings.theme, "typography", "en.toml").read_text(encoding="utf-8").replace('"March"', '"Mar."')


def office_over(room: Room) -> None:
    """Since the first of her words another has been in office."""
    room.edit("people.yml", "since: 2020}]", "since: 2020, until: 2025-12-31}]")


REGISTRIES = (
    Edit("a topic is renamed", lambda room: room.edit("topics.yml", "en: Ports", "en: Harbours")),
    Edit("a topic loses its name in one language", lambda room: room.edit("topics.yml", "en: Water, zh-Hans: 水, ar: ماء", "en: Water, zh-Hans: 水"), rare=True),
    Edit("a topic that nobody has is registered", lambda room: room.put("topics.yml", room.path("topics.yml").read_text() + "wind: {names: {en: Wind, zh-Hans: 风, ar: ريح}}\n"), changes=False, rare=True),
    Edit("a topic that documents have goes", lambda room: room.edit("topics.yml", "ports: {names: {en: Ports, zh-Hans: 港口, ar: موانئ}}\n", ""), UNKNOWN),
    Edit("a speaker is registered", lambda room: registered(room, "liu-bo: {names: {en: Liu Bo, zh-Hans: 刘波, ar: ليو بو}}\n")),
    Edit("a speaker is registered by another name", lambda room: registered(room, "the-pilot: {names: {en: Omar the Pilot, zh-Hans: 方砚, ar: عمر}, aliases: [Omar Said]}\n"), rare=True),
    Edit("a speaker in one language alone is registered", lambda room: registered(room, "fang-yan: {names: {en: Fang Yan, zh-Hans: 方砚, ar: فانغ}}\n"), rare=True),
    Edit("a person is renamed, and an alias keeps the words", lambda room: room.edit("people.yml", "en: Ana Díaz, zh-Hans: 安娜·迪亚斯, ar: آنا دياث}", "en: Ana Ruiz, zh-Hans: 安娜·迪亚斯, ar: آنا دياث}\n  aliases: [Ana Díaz]")),
    Edit("a person has another name that no text has", lambda room: room.edit("people.yml", "ar: آنا دياث", "ar: آنا رويث"), rare=True),
    Edit("a person has a pronunciation", lambda room: room.edit("people.yml", "  offices:", "  pronunciation: {en: AH-na, zh-Hans: 安娜, ar: آنا}\n  offices:"), rare=True),
    Edit("an office ends before some of the words", office_over),
    Edit("an office has another name", lambda room: room.edit("people.yml", "role: {en: Director,", "role: {en: Head,"), rare=True),
    Edit("the person goes whom links lead to, and stays as a speaker", lambda room: room.put("people.yml", "")),
    Edit("a person is quoted in one language no more", lambda room: room.edit(f"{RIVER}/index.zh-Hans.md", "\n\n> 我们测过。\n> — 安娜·迪亚斯，总干事，水务局", "")),
    Edit("a speaker in one language is heard no more", lambda room: room.edit(f"{TALK}/index.zh-Hans.md", "方砚", "安娜·迪亚斯")),
    Edit("a speaker gets another spelling by an older document", lambda room: room.put("transcripts/2024/older/index.en.md", "---\ntitle: Older\ndate: 2024-01-01\n---\n[Soundbite] Liu Bó | Engineer\n\nIt was open.\n")),
    Edit("a speaker gets another spelling by a newer document", lambda room: room.add(f"{FRESH}/index.en.md", "> It ends.\n> — OMAR SAID, Pilot")),
    Edit("a speaker has another role in one document", lambda room: room.edit(f"{SESSION}/index.en.md", "Omar Said | Pilot", "Omar Said | Captain"), rare=True),
    Edit("an organisation is renamed", lambda room: room.edit("organisations.yml", "en: Water Agency", "en: River Agency")),
    Edit("an organisation says something else of itself", lambda room: room.edit("organisations.yml", "The agency measures.", "The agency counts."), rare=True),
    Edit("an organisation has another address", lambda room: room.edit("organisations.yml", "https://agency.test/", "https://water.test/"), rare=True),
    Edit("a contact has another number", lambda room: room.edit("contacts.yml", "01 01", "01 02")),
    Edit("a contact has hours", lambda room: room.edit("contacts.yml", "  phone:", "  hours: {en: Always, zh-Hans: 总是, ar: دائما}\n  phone:"), rare=True),
)  # fmt: skip

CLOCK = (
    # The news sitemap loses a release after 32 hours, the embargo is over after 24.
    at(2, changes=False), at(23, changes=False), at(24), at(32), at(72), at(9600), at(-17), at(-48),
    Edit("an embargo is lifted", lambda room: room.edit(f"{SECRET}/index.en.md", "attachments:", "lifted: {at: '2026-05-30T10:00:00Z', reason: It is known}\nattachments:")),
    Edit("an embargo is put off", lambda room: room.edit(f"{SECRET}/index.en.md", "2026-06-02T12", "2026-06-03T12"), changes=False, rare=True),
    Edit("an embargo passes while the document is edited", lambda room: (room.add(f"{SECRET}/index.en.md", "More terms."), setattr(room, "now", NOW + timedelta(days=1, hours=1)))),
    Edit("an embargo begins before its document's date", lambda room: room.edit(f"{SECRET}/index.en.md", "2026-06-02T12:00:00Z", "2026-04-30T00:00:00Z"), rare=True),
)  # fmt: skip

WORDS = 'msgid "Topics"\nmsgstr "{}"\n'
SETTINGS = (
    Edit("the site has another name", lambda room: room.set(name="Another Office"), rare=True),
    Edit("the site has another name in one language", lambda room: room.set(names={"ar": "مكتب آخر"})),
    Edit("the site has another address", lambda room: room.set(url="https://news.test"), rare=True),
    Edit("the site has another zone", lambda room: room.set(zone="Asia/Shanghai")),
    Edit("the feeds have another authority", lambda room: room.set(feed_authority="news.test,2021"), rare=True),
    Edit("another language is the default", lambda room: room.set(default_language="zh-Hans"), rare=True),
    Edit("the languages are in another order", lambda room: room.set(languages=("ar", "en", "zh-Hans"))),
    Edit("a language comes", lambda room: room.set(languages=("en", "zh-Hans", "ar", "fr"))),
    Edit("a language comes with an edition in it", lambda room: (room.set(languages=("en", "zh-Hans", "ar", "fr")), room.put(f"{FORUM}/index.fr.md", "---\ntitle: Le forum\ntranslation: official\n---\n[Narration] Bonjour.\n"))),
    Edit("a language goes with its words", lambda room: (room.set(languages=("en", "zh-Hans")), room.remove(f"{RIVER}/index.ar.md"), *(room.edit(name, before, after) for name, before, after in ARABIC)), rare=True),
    Edit("editions stand side by side", lambda room: room.set(side_by_side=(("zh-Hans", "ar"),))),
    Edit("a language is derived", lambda room: room.set(languages=("en", "zh-Hans", "ar", "zh-Hant"), derived=(Derived("zh-Hant", "zh-Hans", "s2tw"),)), rare=True),
    Edit("a tag of transcripts has another kind", lambda room: room.set(transcript_tags={"Narration": "caption"}), rare=True),
    Edit("a label of credits is known", lambda room: (room.set(credit_labels=("Rigger",)), room.add(f"{SESSION}/index.en.md", "Rigger: Bo Liu")), rare=True),
    Edit("Markdown has another extension", lambda room: (room.set(markdown_extensions={"markdown.extensions.nl2br": {}}), room.add(f"{FRESH}/index.en.md", "One\ntwo")), rare=True),
    Edit("a language has another style", lambda room: (room.set(typography={"en": "gb"}), room.add(f"{FRESH}/index.en.md", "He 'said' \"so\"."))),
    Edit("search comes", lambda room: room.set(search=True), rare=True),
    Edit("a template of the site's own comes", lambda room: room.put("house/templates/release.html", '{% extends "!theme/release.html" %}\n{% block beside %}<p>Own</p>{% endblock %}\n')),
    Edit("a component of the site's own comes", lambda room: room.put("house/templates/components/end.html", "{% macro end_mark() %}\n<p>End</p>\n{% endmacro %}\n"), rare=True),
    Edit("a style of the site's own comes", lambda room: room.put("house/static/own.css", "p { order: 1 }\n")),
    Edit("a style of the theme is another", lambda room: room.put("house/static/press.css", "p { order: 2 }\n"), rare=True),
    Edit("a word of the interface is another", lambda room: room.put("house/words/ar.po", WORDS.format("مواضيع أخرى"))),
    Edit("a language is set otherwise", lambda room: room.put("house/typography/en.toml", typography(room)), rare=True),
)  # fmt: skip
ARABIC = (
    ("topics.yml", ", ar: ماء", ""), ("topics.yml", ", ar: موانئ", ""), ("topics.yml", ", ar: مطر", ""), ("people.yml", ", ar: آنا دياث", ""), ("people.yml", ", ar: المديرة", ""),
    ("organisations.yml", ", ar: وكالة المياه", ""), ("organisations.yml", ", ar: تقيس الوكالة.", ""), ("contacts.yml", ", ar: المكتب الصحفي", ""),
    ("releases/2026/mended/index.en.md", ", ar: خمسة.", ""), ("releases/2026/gone/index.en.md", ", ar: خطأ.", ""),
)  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "edit" in metafunc.fixturenames:
        metafunc.parametrize("edit", chosen([*REGISTRIES, *CLOCK, *SETTINGS], metafunc.config), ids=str)


def test_built_after_an_edit_as_built_anew(room: Room, edit: Edit) -> None:
    room.holds(edit)

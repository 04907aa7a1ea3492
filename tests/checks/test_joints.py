"""Words that are out, put together in a held text as the site puts them together: with a date, behind a headline, under a quotation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pressroom.checks import folding
from pressroom.checks.joints import marked, stretches
from pressroom.model.moments import moment_at
from pressroom.outputs import dates
from tests.checks.rooms import gathered, held, leaks, leaks_in, write
from tests.reading.typography.typographies import LANGUAGES, typography

RISES = {
    "releases/2026/river-rises/index.en.md": (
        "---\ntitle: River rises to a record\ndate: 2026-03-04\nplace: Port Selwyn\nsummary: The gauge stood higher than ever before on this coast.\n---\n"
        "No quay is under water this morning.\n\nThe mayor thanks all who helped.\n\n> Nobody alive has seen the like of it.\n> — Ana Díaz, Director, Water Agency\n"
    ),
    "releases/2026/river-rises/index.zh-Hans.md": "---\ntitle: 河水水位创下历史新高\ntranslation: official\nplace: 塞尔温港\n---\n今天早上没有码头被淹。\n",
}


@pytest.mark.parametrize(
    ("header", "text", "page"),
    [
        ("title: Flags are changed\nsubtitle: Port Selwyn, March 4, 2026", "x", "<p>PORT SELWYN, March 4, 2026 — No quay is under water this morning.</p>"),
        ("title: Flags are changed\ncaptions: {bow.jpg: 'Port Selwyn, Mar. 4, 2026'}", "x", "<p>Port Selwyn, Mar. 4, 2026 — No quay</p>"),
        ("title: Flags are changed", "PORT SELWYN, Sept. 4, 2026 — No quay is under water this morning.", "<p>PORT SELWYN, Sept. 4, 2026 — No quay is under water this morning.</p>"),
        ("title: Flags are changed", "PORT SELWYN, 4 March 2026\n\nAll are invited.", "<p>Port Selwyn, 4 March 2026</p>"),
        ("title: Flags are changed", "PORT SELWYN, March 4, 2026 — No quay is under water this morning.", "<p>PORT SELWYN, March 4, 2026 — No quay is under water this morning.</p>"),
        ("title: Flags are changed", 'See "River rises to a record" (March 4, 2026).', "<p>River rises to a record, March 4, 2026</p>"),
        (
            "title: Flags are changed", "“Nobody alive has seen the like of it.”\n— Ana Díaz, Director, Water Agency\nRiver rises to a record, March 4, 2026",
            "<p>“Nobody alive has seen the like of it.” — Ana Díaz, Director, Water Agency, River rises to a record, March 4, 2026</p>",
        ),
        (
            "title: Flags are changed", "“Nobody alive has seen the like of it.”\n— Ana Díaz\nRiver rises to a record, March 4, 2026",
            "<p>“Nobody alive has seen the like of it.” — Ana Díaz, River rises to a record, March 4, 2026</p>",
        ),
        (
            "title: Flags are changed", "River rises to a record: The gauge stood higher than ever before on this coast.",
            "<h3>River rises to a record</h3><p>The gauge stood higher than ever before on this coast.</p>",
        ),
    ],
)  # fmt: skip
def test_what_is_put_together_of_cleared_words_and_dates_is_no_leak(tmp_path: Path, header: str, text: str, page: str) -> None:
    assert not leaks(tmp_path, {**RISES, **held(text, header)}, {"a.html": page})
    for path in RISES:
        (tmp_path / path).unlink()
    assert leaks_in(gathered(tmp_path)[0], {"a.html": page})


@pytest.mark.parametrize("text", ["March 4, 2026: all are invited", "Wednesday, March 4, 2026: all are invited", "March 4, 2026", "- 4 March 2026: guests"])
def test_a_date_is_no_leak(tmp_path: Path, text: str) -> None:
    assert not leaks(tmp_path, held(text, "title: March 4, 2026\nsubtitle: 4 March 2026"), {"a.html": "<h2>March 4, 2026</h2><p>4 March 2026</p><p>Mar. 4</p>"})


def test_chinese_that_is_put_together_of_cleared_words_and_dates_is_no_leak(tmp_path: Path) -> None:
    name = "releases/2026/quiet-merger-talks/index.zh-Hans.md"
    page = {"a.html": "<p>2026年3月4日</p><p>塞尔温港3月4日电 今天早上没有码头被淹。</p><p>河水水位创下历史新高，2026年3月4日</p>"}
    files = {**RISES, **held("塞尔温港3月4日电 今天早上没有码头被淹。\n\n见《河水水位创下历史新高》（2026年3月4日）。", "title: 更换旗帜\nsubtitle: 2026年3月4日", name)}
    assert not leaks(tmp_path, files, page)
    (tmp_path / "releases/2026/river-rises/index.zh-Hans.md").unlink()
    assert leaks_in(gathered(tmp_path)[0], page)


def test_a_french_dateline_is_put_together_too(tmp_path: Path) -> None:
    files = {**RISES, "releases/2026/river-rises/index.fr.md": "---\ntitle: Le fleuve monte\ntranslation: official\nplace: Port-Selwyn\n---\nAucun quai.\n"}
    files |= held("x", "title: Un autre drapeau\nsubtitle: Port-Selwyn, le 4 mars 2026", "releases/2026/quiet-merger-talks/index.fr.md")
    assert not leaks(tmp_path, files, {"a.html": "<p>Port-Selwyn, le 4 mars 2026 – Aucun quai.</p>"})


@pytest.mark.parametrize(
    "text",
    [
        "PORT SELWYN, March 4, 2026 — Two harbours merge this very morning.", "River rises to a flood, March 4, 2026, and falls",
        "“Nobody alive has seen the like of it.”\n— Zora Novak, Director, Water Agency\nRiver rises to a record, March 4, 2026",
    ],
)  # fmt: skip
def test_what_is_put_together_of_other_words_too_is_held(tmp_path: Path, text: str) -> None:
    assert leaks(tmp_path, {**RISES, **held(text)}, {"a.html": f"<p>{text}</p>"})


@pytest.mark.parametrize("names", ["- Ana de Díaz\n- Zora de Novak\n- Ivan de Petrov", "- Ana Díaz\n- Zora Novak\n- Ivan Petrov\n- Carla Ruiz", "| Ana Díaz | Zora Novak | Ivan Petrov |\n| Carla Ruiz | Max Weil | Li Wei |", "《安娜》《卓拉》《伊万》《卡拉》《李伟》《马克斯》"])
def test_who_is_in_a_list_is_held_though_each_is_known(tmp_path: Path, names: str) -> None:
    known = "Ana de Díaz came. Ivan de Petrov went. Zora de Novak slept. Ana Díaz met Zora Novak, and Ivan Petrov met Carla Ruiz. Max Weil met Li Wei. 安娜、卓拉与伊万。卡拉见了李伟，马克斯没有来。"
    files = {"releases/2026/all/index.en.md": f"---\ntitle: All\ndate: 2026-03-04\n---\n{known}\n", **held(names)}
    assert leaks(tmp_path, files, {"a.html": f"<ul><li>{names}</li></ul>"}) and not leaks_in(gathered(tmp_path)[0], {"a.html": f"<p>{known}</p>"})


def test_a_sign_of_private_use_in_a_held_text_hides_no_word(tmp_path: Path) -> None:
    files = {**held("\ue001Two harbours will merge under one flag before winter.\ue002", "title: \ue001Flags are changed\ue002\ntopics: [mergers]")}
    files["topics.yml"] = "mergers: {names: {en: \ue001Mergers and sales\ue002}}\n"
    needles = gathered(write(tmp_path, files))[0]
    for said in ("harbours will merge under one flag before winter", "Flags are changed", "Mergers and sales"):
        assert leaks_in(needles, {"a.html": f"<p>{said}</p>"}), said


def test_cleared_words_that_a_held_text_says_in_one_breath_are_held(tmp_path: Path) -> None:
    page = {"a.html": "<p>the quay is under water this morning and nobody alive has seen the like</p>"}
    for n, text in enumerate(("No quay is under water this morning. Nobody alive has seen the like of it.", "No quay is under water this morning nobody alive has seen the like of it.")):
        needles = gathered(write(tmp_path / str(n), {**RISES, **held(text)}))[0]
        assert bool(leaks_in(needles, {"a.html": "<p>under water this morning nobody alive has seen the like</p>"})) == bool(n) and not leaks_in(needles, page)


@pytest.mark.parametrize("credit", ["Ana Díaz, Rivers and Harbours Observatory", "Ana Díaz (Rivers and Harbours Observatory)"])
def test_a_name_that_is_out_may_stand_beside_the_name_of_the_site(tmp_path: Path, credit: str) -> None:
    room = write(tmp_path, {**RISES, **held("x", f"title: Flags are changed\ncredits: {{a.jpg: '{credit}'}}")})
    page = {"a.html": "<title>Ana Díaz · Rivers and Harbours Observatory</title>"}
    assert not leaks_in(gathered(room, names=["Rivers and Harbours Observatory"])[0], page) and leaks_in(gathered(room)[0], page)
    (tmp_path / "releases/2026/river-rises/index.en.md").unlink()
    assert leaks_in(gathered(room, names=["Rivers and Harbours Observatory"])[0], page)


def test_a_speaker_who_is_named_with_the_name_of_the_site_is_held(tmp_path: Path) -> None:
    room = write(tmp_path, {**RISES, **held("> We merge.\n> — Observatory spokeswoman Zora Novak, Basel")})
    assert leaks_in(gathered(room, names=["Observatory"])[0], {"a.html": "<p>Observatory spokeswoman Zora Novak</p>"})


STYLES = {"en": ("", "gb"), "fr": ("", "press"), "ar": ("", "arab", "levant", "maghreb"), "pt": ("", "portugal")}


@pytest.mark.parametrize(("lang", "style"), [(lang, style) for lang in LANGUAGES for style in STYLES.get(lang, ("",))])
def test_every_date_that_the_site_itself_writes_is_known_as_one(lang: str, style: str) -> None:
    for day in (date(2026, month, day) for month in range(1, 13) for day in (1, 2, 28)):
        moment = moment_at(datetime(day.year, day.month, day.day, tzinfo=UTC))
        for written in (dates.dateline("Port Selwyn", moment, typography(lang, style)), dates.day(day, typography(lang, style))):
            beside = " ".join(said for said, is_date in stretches(folding.fold(marked(written, [lang]))) if not is_date)
            assert not [word for word in folding.words(beside) if word not in ("port", "selwyn", "г")], written


@pytest.mark.parametrize(
    ("text", "lang", "dates"),
    [
        ("On November 27, 2026, 27 November 2026 and NOV. 27; May I ask? In May 2026.", "en", ["November 27, 2026", "27 November 2026", "NOV. 27", "May 2026"]),
        ("Mayor 12 and Decades 2 in 27nov.pdf", "en", []), ("Genève, le 27 novembre 2026, Le 1er mai", "fr", ["le 27 novembre 2026", "1er mai"]), ("27 de noviembre de 2026", "es", ["27 de noviembre de 2026"]),
        ("27 ноября 2026 г.", "ru", ["27 ноября 2026"]), ("塞尔温港2026年11月27日电，3月4日", "zh-Hans", ["2026年11月27日电", "3月4日"]), ("في 27 نوفمبر 2026", "ar", ["في 27 نوفمبر 2026"]),
        ("27 November 2026", "xx", []),
    ],
)  # fmt: skip
def test_a_date_is_known_in_the_language_of_its_text(text: str, lang: str, dates: list[str]) -> None:
    assert [found for found, is_date in stretches(marked(text, [lang]), marks_alone=True) if is_date] == dates

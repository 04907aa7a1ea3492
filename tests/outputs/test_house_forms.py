"""The forms of a house on its pages: a style that the settings name, a file of its own, what a preview says of an embargo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.build import build
from pressroom.outputs import numerals
from tests.outputs.forms import typography
from tests.outputs.trees import Built, build_files
from tests.sites import FILES, REPOSITORY, make_site
from tests.test_sameness import settings_of

RELEASE = "releases/2026/river-rises"
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def dateline(built: Built, lang: str) -> str:
    (found,) = built.pages[f"{lang}/{RELEASE}/index.html"].all("//span[@class='dateline']")
    return found.text_content()


def test_without_a_word_of_the_house_the_forms_are_the_theme_s(odd: Built) -> None:
    assert [dateline(odd, lang) for lang in ("en", "zh-hans", "ar")] == ["GENEVA, March 4, 2026 —", "日内瓦3月4日电", "جنيف في 4 مارس –"]


def test_a_style_that_the_settings_name_is_that_of_every_page(tmp_path: Path) -> None:
    built = build_files(tmp_path / "site", dict(FILES), typography={"en": "gb", "ar": "arab"})
    assert dateline(built, "en") == "Geneva, 4 March 2026 —" and dateline(built, "ar") == "جنيف في ٤ مارس –"
    assert [found.text_content() for found in built.pages[f"en/{RELEASE}/index.html"].all("//p[@class='end']")] == ["ENDS"]
    assert "4 March 2026" in built.pages["en/releases/index.html"].text() and "٤ مارس ٢٠٢٦" in built.pages["ar/releases/index.html"].text()
    years = [link.text_content() for link in built.pages["ar/releases/index.html"].all("//nav[contains(@class, 'periods')]//a")]
    assert "اقتباس الفقرة ١" in [found.text_content() for found in built.pages[f"ar/{RELEASE}/index.html"].all("//summary")]
    assert built.pages["ar/verify/index.html"].one("//div[@class='verify']").get("data-locale") == "ar-EG-u-ca-gregory-nu-arab"
    assert years == ["٢٠٢٦", "٢٠٢٥"] and built.pages["ar/releases/index.html"].all("//nav[contains(@class, 'periods')]//a[contains(@href, '2026/')]")


@pytest.mark.parametrize(
    ("lang", "style", "tag"),
    [
        ("en", "", "en-u-ca-gregory-nu-latn"), ("en", "gb", "en-GB-u-ca-gregory-nu-latn"), ("zh-Hans", "", "zh-Hans-u-ca-gregory-nu-latn"),
        ("ar", "", "ar-u-ca-gregory-nu-latn"), ("ar", "arab", "ar-EG-u-ca-gregory-nu-arab"), ("ar", "levant", "ar-JO-u-ca-gregory-nu-latn"),
    ],
)  # fmt: skip
def test_what_a_browser_writes_is_written_by_the_locale_and_digits_of_the_house(lang: str, style: str, tag: str) -> None:
    assert numerals.locale_tag(typography(lang, style)) == tag


def test_a_file_of_the_house_takes_the_place_of_the_theme_s(tmp_path: Path) -> None:
    own = (REPOSITORY / "theme/typography/zh-Hans.toml").read_text(encoding="utf-8").replace("[dateline]\n", '[dateline]\nhome = ["日内瓦"]\n', 1)
    (tmp_path / "house" / "typography").mkdir(parents=True)
    (tmp_path / "house" / "typography" / "zh-Hans.toml").write_text(own, encoding="utf-8")
    built = build_files(tmp_path / "site", dict(FILES), overrides=str(tmp_path / "house"))
    assert dateline(built, "zh-hans") == "日内瓦3月4日讯"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = make_site(tmp_path_factory.mktemp("house") / "site", {**FILES, "releases/2026/day-only/index.ar.md": "---\ntitle: يوم\ndate: 2026-05-01\nembargo: 2030-07-01\n---\nنص.\n"})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    settings = replace(settings_of(root), audience="preview", output=str(root / "preview"))
    build(settings, NOW)
    return Built(settings)


def test_a_preview_says_until_when_with_the_zone_s_name_and_in_utc(preview: Built) -> None:
    wanted = "Embargoed until January 1, 2030, 10:00 Central European Standard Time (Paris, UTC+01:00), which is 09:00 UTC"
    (held,) = preview.pages["en/releases/2026/secret-merger/index.html"].all("//p[@class='status held']")
    assert held.text_content() == wanted
    assert wanted in [found.text_content() for found in preview.pages["en/releases/index.html"].all("//li[@class='held']")]
    assert "禁发期至2030年1月1日10:00（中欧标准时间，巴黎，UTC+01:00），即UTC 09:00" in preview.pages["zh-hans/releases/index.html"].text()


def test_of_a_day_alone_it_says_midnight_and_of_summer_that_it_is(preview: Built) -> None:
    (held,) = preview.pages["ar/releases/2026/day-only/index.html"].all("//p[@class='status held']")
    assert held.text_content() == "محظور النشر حتى 1 يوليو 2030، الساعة 00:00، توقيت وسط أوروبا الصيفي (باريس، UTC+02:00)، أي 30 يونيو 2030، الساعة 22:00 UTC"
    (draft,) = preview.pages["en/releases/2026/half-written/index.html"].all("//p[@class='status held']")
    assert draft.text_content() == "Draft"

"""The gallery of components: in a preview alone, in every language, each component once and with something to see."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.build import build
from pressroom.outputs import samples
from tests.outputs.trees import Built, Page
from tests.sites import REPOSITORY, make_site
from tests.test_sameness import settings_of

LANGUAGES = ("en", "zh-Hans", "fr", "es", "ru", "ar")
COMPONENTS = sorted(path.stem for path in (REPOSITORY / "theme/templates/components").glob("*.html"))
SAMPLES = tomllib.loads(Path(samples.__file__).with_name("samples.toml").read_text(encoding="utf-8"))
FILES = {"pages/about/index.en.md": "---\ntitle: About\n---\nAbout the office.\n"}


def preview(root: Path, **changed: object) -> Built:
    make_site(root, FILES)
    if not (root / "theme").exists():
        (root / "theme").symlink_to(REPOSITORY / "theme")
    settings = replace(settings_of(root), audience="preview", output=str(root / "preview"), **changed)
    receipt = build(settings, datetime(2026, 6, 1, tzinfo=UTC))
    assert [problem for problem in receipt.problems if problem.code.startswith("LK")] == []
    return Built(settings)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return preview(tmp_path_factory.mktemp("gallery") / "site", languages=LANGUAGES)


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest, shown: Built) -> Page:
    return shown.pages[f"gallery/{request.param.lower()}/index.html"]


def test_a_public_site_has_no_gallery_and_none_of_its_words(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", FILES)
    (root / "theme").symlink_to(REPOSITORY / "theme")
    build(settings_of(root), datetime(2026, 6, 1, tzinfo=UTC))
    for path in (root / "output").rglob("*"):
        assert "gallery" not in path.name
        assert not path.is_file() or SAMPLES["en"]["first"].encode() not in path.read_bytes()


def test_every_component_has_something_to_see(page: Page) -> None:
    assert [found.get("id") for found in page.all("//section[@class='sample']")] == [f"sample-{name}" for name in COMPONENTS]
    # Russian newsrooms set no end mark.
    nothing = ["sample-end"] if page.lang == "ru" else []
    assert [found.get("id") for found in page.all("//section[@class='sample']") if not found.xpath("./div")[0].text_content().strip()] == nothing


def test_no_id_stands_twice_and_every_place_that_is_led_to_is_there(page: Page) -> None:
    assert [id for id, count in Counter(page.ids()).items() if count > 1] == []
    for _, href in page.links():
        path, fragment = page.resolve(href) if not href.startswith(("http", "mailto:", "tel:")) else (page.path, "")
        assert path != page.path or not fragment or fragment in page.ids(), href


def test_headings_stand_in_order(page: Page) -> None:
    levels = [int(heading.tag[1]) for heading in page.all("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_it_is_not_to_be_indexed_and_leads_to_its_other_languages(page: Page) -> None:
    assert page.one("//meta[@name='robots']").get("content") == "noindex"
    assert set(page.alternates()) == {*LANGUAGES, "x-default"}


def test_the_samples_are_in_the_page_s_language(page: Page) -> None:
    assert SAMPLES[page.lang]["first"] in page.text() and SAMPLES[page.lang]["desk"] in page.text()


def test_every_sample_is_there_in_every_language() -> None:
    assert tuple(SAMPLES) == LANGUAGES
    for lang in LANGUAGES:
        assert SAMPLES[lang].keys() == SAMPLES["en"].keys() and all(SAMPLES[lang].values())
        assert not (same := [key for key in SAMPLES["en"] if key != "person" and lang != "en" and SAMPLES[lang][key] == SAMPLES["en"][key]]), same


def test_a_language_without_samples_gets_english_ones_and_its_own_words(tmp_path: Path) -> None:
    words = (REPOSITORY / "theme/words/en.po").read_text(encoding="utf-8").replace('msgstr "Components"', 'msgstr "Componentes"')
    (tmp_path / "house/words").mkdir(parents=True)
    (tmp_path / "house/words/pt.po").write_text(words, encoding="utf-8")
    found = preview(tmp_path / "site", languages=("en", "pt"), overrides=str(tmp_path / "house"))
    page = found.pages["gallery/pt/index.html"]
    assert page.one("//h1").text == "Componentes" and SAMPLES["en"]["first"] in page.text()


def test_a_site_may_show_more_in_it(tmp_path: Path) -> None:
    (tmp_path / "house/templates/partials").mkdir(parents=True)
    (tmp_path / "house/templates/partials/gallery.html").write_text('{% include "!theme/partials/gallery.html" %}\n<p>{{ release.kind }}, mine</p>\n')
    found = preview(tmp_path / "site", overrides=str(tmp_path / "house"))
    page = found.pages["gallery/en/index.html"]
    assert "Press release, mine" in page.text() and page.one("//section[@id='sample-row']") is not None

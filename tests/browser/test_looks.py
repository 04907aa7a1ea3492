"""The gallery of components, and a look of the site's own, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pressroom.build import build
from pressroom.model.settings import PREVIEW
from tests.browser.conftest import Serve
from tests.sites import REPOSITORY, make_site
from tests.test_overrides import FILES, examples
from tests.test_sameness import settings_of

LANGUAGES = ("en", "zh-Hans", "fr", "es", "ru", "ar")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_site(tmp_path_factory.mktemp("looks") / "site", {**FILES, "root/favicon.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    return root


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []
    context.close()


def test_the_gallery_fits_every_screen_and_starts_where_its_language_does(page: Any, root: Path, serve: Serve) -> None:
    settings = replace(settings_of(root), languages=LANGUAGES, audience=PREVIEW, output=str(root / PREVIEW))
    build(settings, datetime(2026, 6, 1, tzinfo=UTC))
    address = serve(root / PREVIEW)
    for lang in LANGUAGES:
        page.goto(f"{address}/gallery/{lang.lower()}/")
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"), (lang, width)
            name = page.locator("#sample-row > h2 > bdi").bounding_box()
            assert (name["x"] > width / 2) == (lang == "ar")


def test_tokens_of_the_site_s_own_colour_the_theme_s_components(page: Any, root: Path, serve: Serve) -> None:
    sheet = root / "house/static/house.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text(examples()["static/house.css"], encoding="utf-8")
    build(replace(settings_of(root), languages=("en", "ar"), overrides=str(root / "house")), datetime(2026, 6, 1, tzinfo=UTC))
    page.emulate_media(color_scheme="light")
    address = serve(root / "output")
    page.goto(f"{address}/en/releases/2026/river-rises/")
    assert page.locator(".slug .kind").evaluate("e => getComputedStyle(e).color") == "oklch(0.45 0.12 250)"
    assert page.locator("h1").evaluate("e => getComputedStyle(e).fontFamily").startswith('"Source Serif 4"')
    page.goto(f"{address}/ar/releases/")
    assert page.locator(".headline bdi[lang='en']").evaluate("e => getComputedStyle(e).fontFamily").startswith('"Source Serif 4"')

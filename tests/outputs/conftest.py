"""Two finished sites to look at: the demo newsroom in six languages, and a small one of odd cases in three."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pressroom.build import build
from pressroom.commands import builds
from tests.outputs.trees import Built
from tests.sites import FILES, REPOSITORY, make_site
from tests.test_sameness import settings_of

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)

ODD = {
    **FILES,
    "contacts.yml": (
        "desk: {names: {en: Press desk, zh-Hans: 新闻处, ar: المكتب الصحفي}, phone: '+41 22 555 01 01', email: press@example.org}\n"
        "nobody: {names: {en: Unnamed desk, zh-Hans: 无名处, ar: مكتب}, email: unnamed@example.org}\n"
    ),
    "releases/2026/river-rises/spare.txt": "Nobody names this file.\n",
    # A page of its own in Arabic: what it leads to is there in Arabic, in another language, or is a file.
    "releases/2026/only-arabic/index.ar.md": (
        "---\ntitle: بالعربية وحدها\ndate: 2026-02-03T23:30:00Z\nplace: تونس\ntopics: [ports]\naliases: [/old/place/]\ncontacts: [desk]\n---\n"
        "[النهر](../river-rises/) و[الميناء](../../2025/harbour-opens/) و[الملف](../river-rises/data.csv).\n\n[النص](../river-rises/index.en.md)\n"
    ),
    "releases/2024/after-the-original/index.en.md": (
        "---\ntitle: After another's words\ndate: 2024-05-06\ntranslation: unofficial\ntranslator: A. Reader\n"
        "source: {language: de, url: 'https://elsewhere.example/text'}\n---\nIts words.\n"
    ),
    "transcripts/2024/street/index.zh-Hans.md": (
        "---\ntitle: 街头\ndate: 2024-12-31T23:30:00Z\n---\n【解说】记者来到街头。\n\n【同期】市民 张三\n\n水很清。\n\n【同期】安娜·迪亚斯\n\n是的。\n"
    ).replace("2024-12-31T23:30:00Z", "2024-11-30T23:30:00Z"),
    "releases/2025/half-translated/index.en.md": "---\ntitle: Half translated\ndate: 2025-02-01\n---\nOut.\n",
    "releases/2025/half-translated/index.ar.md": "---\ntitle: مسودة\ntranslation: official\nstatus: draft\n---\nمسودة.\n",
    "root/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "root/CNAME": "press.test\n",
}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("demo")
    settings = replace(builds.read(REPOSITORY), root=str(root), output=str(root / "output"))
    build(settings, NOW)
    return Built(settings)


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = make_site(tmp_path_factory.mktemp("odd") / "site", ODD)
    (root / "theme").symlink_to(REPOSITORY / "theme")
    settings = replace(settings_of(root), search=True)
    build(settings, NOW)
    return Built(settings)


@pytest.fixture(scope="session", params=["demo", "odd"])
def built(request: pytest.FixtureRequest) -> Built:
    """Each of the two in turn."""
    return request.getfixturevalue(request.param)

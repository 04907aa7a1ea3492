"""What a build knows of documents that stand: it says no more of them than it did when it looked into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from pressroom.build import build
from pressroom.ground.store import Entry, Store
from pressroom.model.settings import PREVIEW, Settings
from tests.sites import FILES, REPOSITORY, make_site, put
from tests.test_sameness import settings_of

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SHUT = "releases/2026/shut-away/index.en.md"
TEXT = "---\ntitle: Shut away\ndate: 2026-02-01\nembargo: 2026-07-01T00:00:00Z\n---\nWater <blink>rose</blink> here.\n"


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    root = make_site(tmp_path / "site", {"releases/2026/open/index.en.md": "---\ntitle: Open\ndate: 2026-01-02\n---\nThe gate is open.\n", SHUT: TEXT})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    return settings_of(root)


def dossiers(site: Settings) -> set[str]:
    with Store(f"{site.state}/store.sqlite") as store:
        return set(store.dossiers())


def test_a_held_document_that_stands_is_not_named_in_a_public_log_of_a_preview(site: Settings) -> None:
    preview = replace(site, audience=PREVIEW, output=f"{site.root}/preview")
    assert any("shut-away" in problem.path for problem in build(preview, NOW).problems)
    assert "releases/2026/shut-away" in dossiers(preview)
    for _ in range(2):
        assert not [problem for problem in build(preview, NOW, public_log=True).problems if "shut-away" in f"{problem.path}{problem.message}"]


def test_what_is_told_of_a_file_under_the_other_root_is_told_by_each_build(site: Settings) -> None:
    put(Path(site.root), "releases/2026/open/index.en.md", "---\ntitle: Open\ndate: 2026-01-02\nattachments: [photo.jpg]\n---\nThe gate is open.\n")
    photo, exif = Path(site.root, "held/releases/2026/open/photo.jpg"), Image.Exif()
    photo.parent.mkdir(parents=True)
    exif.get_ifd(0x8825)[2] = (46.0, 12.0, 3.0)
    Image.new("RGB", (12, 7)).save(photo, "JPEG", exif=exif)
    site = replace(site, held_content=f"{site.root}/held")
    for _ in range(3):
        assert [(problem.code, problem.path) for problem in build(site, NOW).problems] == [("TX019", "held/releases/2026/open/photo.jpg")]


def test_a_document_that_the_clock_holds_again_leaves_no_dossier_though_its_files_have_other_times(site: Settings) -> None:
    build(site, NOW + timedelta(days=60))
    assert "releases/2026/shut-away" in dossiers(site)
    put(Path(site.root), SHUT, TEXT)
    build(site, NOW)
    assert dossiers(site) == {"releases/2026/open"}


def test_the_texts_of_documents_that_stand_are_not_opened_for_a_change_that_no_page_of_theirs_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_site(tmp_path / "site", FILES)
    (root / "theme").symlink_to(REPOSITORY / "theme")
    site, asked = settings_of(root), list[str]()
    build(site, NOW)
    put(root, "pages/about/index.en.md", "---\ntitle: About\n---\nAbout the office, and more.\n")
    monkeypatch.setattr(Store, "entry", recording(asked, Store.entry))
    build(site, NOW)
    assert "content/pages/about/index.en.md" in asked
    assert [name for name in asked if name.startswith(tuple(f"content/{folder}/" for folder in dossiers(site) - {"pages/about"}))] == []


def recording(asked: list[str], entry: Callable[[Store, str], Entry]) -> Callable[[Store, str], Entry]:
    def told(store: Store, name: str) -> Entry:
        asked.append(name)
        return entry(store, name)

    return told

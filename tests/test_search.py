"""Search in whole builds: what is made again, what is held, what is withdrawn, and that it can be left out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom import build as spine
from pressroom.build import build, compose_now
from pressroom.commands import builds
from pressroom.ground.problems import EXIT_LEAK, Fault
from pressroom.inspection import search_standing
from pressroom.model.settings import PREVIEW, Settings
from pressroom.outputs import search
from pressroom.press.seal import read_standing
from tests.sites import REPOSITORY, make_site, put, tree_of
from tests.test_sameness import settings_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def room(tmp_path: Path) -> Settings:
    root = make_site(tmp_path / "site")
    (root / "theme").symlink_to(REPOSITORY / "theme")
    return replace(settings_of(root), search=True)


def index_of(settings: Settings) -> dict[str, str]:
    """Every text of the index, by its file."""
    found = {}
    for path in sorted((Path(settings.output) / "search").rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
            found[path.relative_to(settings.output).as_posix()] = data.decode("utf-8", "replace").replace("\u200b", "")
    return found


def says(settings: Settings, words: str) -> list[str]:
    return [path for path, text in index_of(settings).items() if words in text]


def facts(settings: Settings, tier: str, index: str) -> dict[str, dict[str, object]]:
    found = json.loads(index_of(settings)[f"search/{tier}/{index}.json"])
    return {fact["url"]: fact for fact in found.values()}


def test_every_edition_that_is_out_is_in_the_tier_of_its_time(room: Settings) -> None:
    build(room, NOW)
    assert set(facts(room, "2026-03", "en")) == {"/en/releases/2026/river-rises/"}
    assert facts(room, "2026-03", "ar")["/ar/releases/2026/river-rises/"]["title"] == "النهر\u00a0يرتفع"
    assert set(facts(room, "2025", "en")) == {"/en/transcripts/2025/forum/", "/en/releases/2025/harbour-opens/"}
    assert set(facts(room, "pages", "en")) == {"/en/about/"}
    assert says(room, "河水上涨了")


def test_an_event_is_found_in_whatever_form_it_is_given(room: Settings) -> None:
    put(Path(room.root), "releases/2026/news/index.en.md", "---\ntitle: News\ndate: 2026-05-20\nevent: World Gauge Forum\n---\nIt is new.\n")
    put(Path(room.root), "releases/2026/more/index.en.md", "---\ntitle: More\ndate: 2026-05-21\nevent: {en: World Sluice Forum}\n---\nIt is more.\n")
    build(room, NOW)
    assert says(room, "World Gauge Forum") and says(room, "World Sluice Forum")


def test_a_new_release_makes_one_tier_again(room: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build(room, NOW)
    before = tree_of(Path(room.output))
    put(Path(room.root), "releases/2026/news/index.en.md", "---\ntitle: News\ndate: 2026-05-20\n---\nIt is new.\n")
    why = build(room, NOW).why
    assert {path.split("/")[1] for path in why if path.startswith("search/")} == {"2026-05"}
    after = tree_of(Path(room.output))
    assert all(after[path] == digest for path, digest in before.items() if path.startswith("search/"))


def test_the_theme_and_a_page_in_the_footer_make_no_index_again(room: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build(room, NOW)
    put(Path(room.root), "pages/more/index.en.md", "---\ntitle: More\n---\nMore of the office.\n")
    made: list[str] = []
    make = spine.Indexes._make
    monkeypatch.setattr(spine.Indexes, "_make", lambda self, key, texts: made.append(self._bundles[key].folder) or make(self, key, texts))
    build(replace(room, name="Another name"), NOW)
    assert made == ["search/pages"]


def test_what_is_held_is_in_no_index_of_the_public_and_in_the_previews(room: Settings) -> None:
    build(room, NOW)
    assert not any(says(room, words) for words in ("Hushhush", "Unspeakable", "secret-merger", "Unfinished", "half-written"))
    preview = replace(room, audience=PREVIEW, output=f"{room.root}/preview")
    build(preview, NOW)
    assert says(preview, "Unspeakable words") and says(preview, "Not yet")
    held = [fact for path, text in index_of(preview).items() if path.endswith("/en.json") for fact in json.loads(text).values() if fact.get("held")]
    assert {fact["held"] for fact in held} == {"Under embargo", "Draft"}


def test_what_is_held_again_leaves_the_index_and_the_records(room: Settings) -> None:
    path = Path(room.root) / "content/releases/2025/harbour-opens/index.en.md"
    build(room, NOW)
    assert says(room, "The harbour opens")
    path.write_text(path.read_text().replace("---\n", "---\nstatus: draft\n", 1))
    build(room, NOW)
    assert not says(room, "The harbour opens") and not says(room, "harbour-opens")
    assert b"harbour" not in Path(room.state, "search.json").read_bytes()


def test_a_withdrawn_document_leaves_the_index(room: Settings) -> None:
    path = Path(room.root) / "content/releases/2025/harbour-opens/index.en.md"
    build(room, NOW)
    note = "{en: Taken back, zh-Hans: 已撤回, ar: سحب}"
    path.write_text(path.read_text().replace("\n---\n", f"\ncorrections: [{{type: withdrawn, at: '2026-05-30T10:00:00Z', note: {note}}}]\n---\n", 1))
    build(room, NOW)
    assert not any(says(room, words) for words in ("The harbour opens", "Twice", "harbour-opens", "Taken back"))


@pytest.mark.parametrize("words", ["Kanarivogel that nobody ever heard sing sang all night over the harbour wall", "金丝雀在无人知晓的港口唱了一整夜直到水位退去"])
def test_a_word_of_a_held_document_would_be_found_in_an_index(room: Settings, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    held = "releases/2026/secret-merger/index.en.md"
    put(Path(room.root), held, f"---\ntitle: Hushhush headline\ndate: 2026-05-01\nembargo: 2030-01-01T10:00[Europe/Paris]\n---\n{words}.\n")
    page_of = search.page_of

    def leaking(edition, said, typography, body):  # type: ignore[no-untyped-def]
        return page_of(edition, said, typography, body).replace(b"</h1>", f"</h1><h6>{words}</h6>".encode())

    monkeypatch.setattr(search, "page_of", leaking)
    with pytest.raises(Fault) as fault:
        build(room, NOW)
    assert fault.value.exit_code == EXIT_LEAK
    assert any(".pf_fragment" in f"{problem.path} {problem.message}" for problem in fault.value.problems)
    assert not Path(room.output).exists()


@pytest.mark.parametrize("title", ["Segmenter", "Worker", "Language", "Page count", "Element", "Pagefind", "Include characters"])
def test_words_that_the_search_itself_has_are_no_leak(room: Settings, title: str) -> None:
    put(Path(room.root), "releases/2026/secret-merger/index.en.md", f"---\ntitle: {title}\ndate: 2026-05-01\nstatus: draft\n---\nUnspeakable words.\n")
    build(room, NOW)
    assert search_standing(room, read_standing(room.output), NOW, public_log=False) == []


def test_an_engine_that_was_tampered_with_is_searched(room: Settings) -> None:
    words = "Kanarivogel that nobody ever heard sing sang all night over the harbour wall"
    put(Path(room.root), "releases/2026/secret-merger/index.en.md", f"---\ntitle: Hushhush headline\ndate: 2026-05-01\nstatus: draft\n---\n{words}.\n")
    build(room, NOW)
    path = Path(room.output, "search/engine/pagefind.js")
    path.write_bytes(path.read_bytes() + f"// {words}".encode())
    assert search_standing(room, read_standing(room.output), NOW, public_log=False)


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"tampered")], ids=["lost", "tampered with"])
def test_a_file_of_the_index_that_is_damaged_is_mended(room: Settings, damage: Callable[[Path], None]) -> None:
    build(room, NOW)
    before = tree_of(Path(room.output))
    damage(next(Path(room.output, "search/2025/fragment").iterdir()))
    build(room, NOW)
    assert tree_of(Path(room.output)) == before


def test_a_pagefind_that_fails_leaves_the_last_good_output(room: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build(room, NOW)
    before = tree_of(Path(room.output))
    put(Path(room.root), "releases/2026/news/index.en.md", "---\ntitle: News\ndate: 2026-05-20\n---\nIt is new.\n")
    monkeypatch.setattr("pagefind_bin_extended.get_executable", lambda: "/nowhere/pagefind")
    with pytest.raises(Fault) as fault:
        build(room, NOW)
    assert [problem.code for problem in fault.value.problems] == ["FT020"]
    assert tree_of(Path(room.output)) == before


def test_a_site_without_search_has_nothing_of_it(room: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build(room, NOW)
    monkeypatch.setattr("pressroom.press.search.start", lambda folder: pytest.fail("Pagefind was started"))
    build(replace(room, search=False), NOW)
    output = Path(room.output)
    assert not (output / "search").exists() and not (output / "en/search").exists()
    assert b'search/"' not in (output / "en/index.html").read_bytes()
    assert not json.loads(Path(room.state, "search.json").read_bytes())


def test_a_site_has_a_search_unless_its_settings_say_otherwise(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site")
    configuration = root / "pelicanconf.py"
    text = configuration.read_text()
    assert not builds.read(root).search
    configuration.write_text(text.replace("SEARCH = False\n", ""))
    assert builds.read(root).search
    configuration.write_text(text.replace("SEARCH = False", "SEARCH = 'no'"))
    with pytest.raises(Fault, match="SEARCH is 'no'"):
        builds.read(root)


def test_a_site_of_nothing_has_a_page_and_no_index(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", {})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    build(replace(settings_of(root), search=True), NOW)
    assert 'data-tiers=""' in (root / "output/en/search/index.html").read_text()
    assert not (root / "output/search/engine").exists()


def test_what_check_compares_has_the_page_and_makes_no_index(room: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressroom.press.search.start", lambda folder: pytest.fail("Pagefind was started"))
    _, _, paths = compose_now(room, NOW)
    assert "en/search/index.html" in paths and not [path for path in paths if path.startswith("search/2")]

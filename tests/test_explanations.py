"""Of every file that was made it is said why, in words that name what changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom import build as spine
from pressroom.build import build
from pressroom.ground.clock import now
from pressroom.ground.progress import CHECKING, COMPARING, HEADERS, INDEXING, MAKING, SWAPPING, TEXTS
from pressroom.model.settings import Settings
from pressroom.reports import explained
from tests.sites import FILES, NOW, REPOSITORY, make_site, put
from tests.test_sameness import settings_of

AT = now(NOW)
RISES = "releases/2026/river-rises/index.en.md"
BRIEFING = "---\ntitle: A briefing\ndate: 2026-05-02\ntopics: [water]\n---\nHello.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built press room with a look of its own, put aside."""
    root = make_site(tmp_path_factory.mktemp("explanations") / "site")
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    build(without_search(root), AT)
    return root.rename(root.with_name("aside"))


@pytest.fixture
def site(built: Path) -> Iterator[Path]:
    """It stands where it was built: a file is known by its place."""
    root = Path(shutil.copytree(built, built.with_name("site")))
    yield root
    shutil.rmtree(root)


def without_search(root: Path) -> Settings:
    return replace(settings_of(root), search=False)


def why(site: Path) -> dict[str, str]:
    return dict(build(without_search(site), AT).why)


def test_nothing_is_said_where_nothing_had_to_be_made(site: Path) -> None:
    assert why(site) == {} and explained({}, {}) == ["No file had to be made."]


def test_a_new_document_is_named_by_what_lists_it(site: Path) -> None:
    put(site, "releases/2026/spring-briefing/index.en.md", BRIEFING)
    found = why(site)
    assert found["en/releases/2026/spring-briefing/index.html"] == "new"
    for path in ("en/index.html", "ar/index.html", "en/feed.xml", "en/topics/water/index.html", "en/releases/2026/index.html", "sitemap-2026.xml"):
        assert found[path] == "spring-briefing.en is new"
    assert found[".well-known/pressroom.json"] == "it seals all the others"


def test_an_edited_text_is_said_of_its_own_files_and_named_by_others(site: Path) -> None:
    put(site, RISES, FILES[RISES].replace("rose", "fell"))
    found = why(site)
    assert found["en/releases/2026/river-rises/index.html"] == found["en/releases/2026/river-rises/index.md"] == "its text changed"
    assert found["ar/releases/2026/river-rises/index.html"] == found["releases/2026/river-rises/kit.zip"] == "river-rises.en changed"


def test_a_template_is_named_by_every_page_that_reaches_it(site: Path) -> None:
    with (site / "theme/templates/components/boilerplate.html").open("a") as file:
        file.write("<!-- -->\n")
    found = why(site)
    assert found["en/releases/2026/river-rises/index.html"] == "template changed: components/boilerplate.html" and "en/index.html" not in found


def test_words_registries_files_and_the_engine_are_named(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = site / "theme/words/ar.po"
    words.write_text(words.read_text().replace('msgid "Topics"\nmsgstr "', 'msgid "Topics"\nmsgstr "ال'))
    found = why(site)
    assert found["ar/index.html"].startswith("what every page in ar carries changed") and "en/index.html" not in found
    put(site, "topics.yml", FILES["topics.yml"].replace("Ports", "Harbours"))
    assert why(site)["en/topics/ports/index.html"] == "topics.yml changed"
    with (site / "theme/static/press.css").open("a") as file:
        file.write("\n")
    assert why(site)["theme/press.css"].endswith("theme/static/press.css changed")
    monkeypatch.setattr(spine, "engine_digest", lambda: "another")
    assert set(why(site).values()) == {"the engine changed", "it seals all the others"}


def test_a_text_that_says_what_it_said_is_never_said_to_have_changed(site: Path) -> None:
    """Names of the registry and tags of the site's own are what texts are read with."""
    page = "en/transcripts/2025/forum/index.html"
    put(site, "people.yml", FILES["people.yml"] + "liu-xian: {names: {en: Liu Xian, zh-Hans: 刘羡, ar: ليو}}\n")
    assert why(site)[page] == "people.yml changed"
    found = build(replace(without_search(site), transcript_tags={"Pool": "narration"}), AT).why
    assert found[page] == "something that it is made from changed"


def test_what_is_gone_is_named_by_what_listed_it(site: Path) -> None:
    shutil.rmtree(site / "content/releases/2025/harbour-opens")
    found = why(site)
    assert found["en/index.html"] == found["ar/index.html"] == found["sitemap-2025.xml"] == "harbour-opens.en is gone"


def test_what_somebody_did_to_the_output_is_said(site: Path) -> None:
    (site / "output/en/index.html").write_text("tampered")
    (site / "output/ar/index.html").unlink()
    assert why(site) == {"en/index.html": "changed on disk", "ar/index.html": "missing on disk"}


def test_where_the_last_receipt_is_lost_no_reason_is_made_up(site: Path) -> None:
    (site / ".pressroom/public/receipt.json").unlink()
    put(site, RISES, FILES[RISES].replace("rose", "fell"))
    assert why(site)["en/releases/2026/river-rises/index.html"] == "something that it is made from changed"


def test_very_many_are_not_all_named(site: Path) -> None:
    for number in range(8):
        put(site, f"releases/2026/briefing-{number}x/index.en.md", BRIEFING)
    names = ", ".join(f"briefing-{number}x.en" for number in range(5))
    assert why(site)["en/releases/2026/index.html"] == f"{names} and 3 more are new"


def test_no_reason_is_said_where_anybody_may_read_it() -> None:
    (line,) = explained({"en/releases/2026/secret/index.html": "new"}, {"CI": "true"})
    assert "secret" not in line


class Recorded:
    def __init__(self) -> None:
        self.phases: list[tuple[str, int]] = []
        self.steps: list[tuple[str, str]] = []

    def begin(self, phase: str, count: int = 0) -> None:
        self.phases.append((phase, count))

    def step(self, written: str = "") -> None:
        self.steps.append((self.phases[-1][0], written))


def test_a_build_tells_how_far_it_is_and_names_nothing_but_files_of_the_site(site: Path) -> None:
    shutil.rmtree(site / "output")
    shutil.rmtree(site / ".pressroom")
    told = Recorded()
    receipt = build(without_search(site), AT, told)
    assert [phase for phase, _ in told.phases] == [HEADERS, TEXTS, COMPARING, INDEXING, MAKING, CHECKING, SWAPPING]
    assert {written for _, written in told.steps if written} == set(receipt.why) == set(receipt.changed)
    counted = {phase: sum(here == phase for here, _ in told.steps) for phase, _ in told.phases}
    counts = dict(told.phases)
    # The headers of what is held are read too; the seal is written after all the others.
    assert (counted[HEADERS], counted[TEXTS]) == (counts[HEADERS], counts[TEXTS]) == (6, 4)
    assert counted[MAKING] + 1 == counts[MAKING] == len(receipt.why)

"""What is held leaves no trace: the site, and when its files were written, are what they would be if it did not exist."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pressroom.build import build
from pressroom.ground.problems import Fault, Problem
from pressroom.model.settings import PREVIEW, Settings
from pressroom.reports import told
from tests.sites import FILES, REPOSITORY, make_site, put, tree_of
from tests.test_sameness import settings_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOLDS = {"an embargo": "date: 2026-03-20\nembargo: 2030-01-01", "a later date": "date: 2026-12-01", "a draft": "date: 2026-03-20\nstatus: draft"}
QUIET = "releases/2026/quiet-one"
# As the sample has it, but for what is held there.
OPEN = {name: text for name, text in FILES.items() if "secret" not in name and "half-written" not in name}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A press room in which documents of one topic, and by one person, lie before and after the one to be held."""
    root = make_site(tmp_path / "site", dict(OPEN))
    (root / "theme").symlink_to(REPOSITORY / "theme")
    for month in (1, 3, 5):
        put(
            root, f"releases/2026/month-{month}/index.en.md",
            f"---\ntitle: Month {month}\ndate: 2026-0{month}-15\ntopics: [water]\n---\nWords.\n\n> We said.\n> — Ana Díaz, Director, Water Agency\n",
        )  # fmt: skip
    return root


def hold(root: Path, fields: str, folder: str = "content") -> None:
    """A document with all that could be counted, listed, linked to or redirected, in two languages, and a translation that is held by itself."""
    base = f"../{folder}"
    put(
        root, f"{base}/{QUIET}/index.en.md",
        f"---\ntitle: Zanzibarian overture\n{fields}\ntopics: [water, ports]\nplace: Geneva\naliases: [/once/there/]\nattachments: [data.csv]\n---\nWords.\n\n"
        "> We measured it.\n> — Ana Díaz, Director, Water Agency\n\n> So did I.\n> — Nobody Else, Clerk, Water Agency\n",
    )  # fmt: skip
    put(root, f"{base}/{QUIET}/index.ar.md", "---\ntitle: افتتاحية زنجبارية\ntranslation: official\n---\nكلمات.\n")
    put(root, f"{base}/{QUIET}/data.csv", "7,8,9\n")
    put(root, f"{base}/releases/2026/month-3/index.zh-Hans.md", "---\ntitle: 桑给巴尔序曲\ntranslation: official\nstatus: draft\n---\n词语。[x](extra.csv)\n")
    put(root, f"{base}/releases/2026/month-3/extra.csv", "the extra file of a held translation\n")


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.relative_to(folder).as_posix(): (path.lstat().st_mtime_ns, path.lstat().st_ino) for path in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("why", HOLDS)
@pytest.mark.parametrize("folder", ["content", "held"])
def test_the_site_is_byte_for_byte_the_one_without_what_is_held(site: Path, tmp_path: Path, why: str, folder: str) -> None:
    build(settings_of(site), NOW)
    without = tree_of(site / "output")
    other = tmp_path / "other"
    shutil.copytree(site, other, symlinks=True, ignore=shutil.ignore_patterns("output", ".pressroom"))
    hold(other, HOLDS[why], folder)
    settings = settings_of(other)
    build(replace(settings, held_content=str(other / "held")) if folder == "held" else settings, NOW)
    assert tree_of(other / "output") == without


@pytest.mark.parametrize("why", HOLDS)
def test_a_document_that_comes_to_be_held_touches_no_file_of_the_site(site: Path, why: str) -> None:
    build(settings_of(site), NOW)
    before = stamps(site / "output")
    hold(site, HOLDS[why])
    receipt = build(settings_of(site), NOW)
    assert (receipt.written, receipt.removed) == (0, 0)
    assert stamps(site / "output") == before
    assert not (site / ".output.standby").exists()


def test_no_file_of_the_site_bears_the_time_of_its_source(site: Path) -> None:
    hold(site, "date: 2026-03-20\nembargo: 2026-05-20")
    (site / "content" / QUIET / "film.mp4").write_bytes(b"\0" * 1_200_000)
    path = site / "content" / QUIET / "index.en.md"
    path.write_text(path.read_text().replace("[data.csv]", "[data.csv, film.mp4]"))
    long_ago = datetime(2019, 1, 1, tzinfo=UTC).timestamp()
    for path in (site / "content").rglob("*"):
        os.utime(path, (long_ago, long_ago))
    build(settings_of(site), datetime(2026, 5, 1, tzinfo=UTC))
    build(settings_of(site), NOW)
    copied = site / "output" / QUIET / "film.mp4"
    assert copied.is_file() and copied.stat().st_ino != (site / "content" / QUIET / "film.mp4").stat().st_ino
    for folder in (site / "output", site / ".output.standby"):
        assert [path for path in folder.rglob("*") if path.lstat().st_mtime < long_ago + 86_400] == []


def test_a_translation_that_is_held_may_lie_under_a_root_of_its_own_beside_its_original(site: Path) -> None:
    settings = replace(settings_of(site), held_content=str(site / "held"))
    arabic, chinese = ("releases/2026/month-3/index.ar.md", "releases/2026/month-3/index.zh-Hans.md")
    put(site, f"../held/{arabic}", "---\ntitle: زنجبار\ntranslation: official\nstatus: draft\n---\nكلمات سرية. [ملف](plan.csv)\n")
    put(site, "../held/releases/2026/month-3/plan.csv", "plan of the held translation\n")
    put(site, chinese, "---\ntitle: 三月\ntranslation: official\n---\n词语。\n")
    build(settings, NOW)
    folder, file = site / "output/ar/releases/2026/month-3", site / "output/releases/2026/month-3/plan.csv"
    assert not folder.exists() and not file.exists()
    assert (site / "output/zh-hans/releases/2026/month-3/index.html").is_file()
    build(replace(settings, audience=PREVIEW, output=str(site / "preview")), NOW)
    assert "كلمات سرية" in (site / "preview/ar/releases/2026/month-3/index.html").read_text()
    path = site / "held" / arabic
    path.write_text(path.read_text().replace("status: draft\n", ""))
    build(settings, NOW)
    assert "كلمات سرية" in (folder / "index.html").read_text() and file.read_text() == "plan of the held translation\n"
    path.write_text(path.read_text().replace("translation: official\n", "translation: official\nstatus: draft\n"))
    build(settings, NOW)
    assert not folder.exists() and not file.exists()
    assert not [path for path in (site / ".output.standby").rglob("*") if "plan" in path.name or "ar/releases/2026/month-3" in str(path)]


def test_a_translation_under_a_root_of_its_own_is_held_as_long_as_its_original(site: Path) -> None:
    settings = replace(settings_of(site), held_content=str(site / "held"))
    put(site, f"{QUIET}/index.en.md", "---\ntitle: Quiet\ndate: 2026-03-20\nembargo: 2026-07-01T10:00:00Z\n---\nWords.\n")
    put(site, f"../held/{QUIET}/index.ar.md", "---\ntitle: هادئ\ntranslation: official\n---\nكلمات.\n")
    pages = [site / "output" / lang / QUIET / "index.html" for lang in ("en", "ar")]
    build(settings, datetime(2026, 7, 1, 9, 59, 59, tzinfo=UTC))
    assert not any(page.exists() for page in pages)
    build(settings, datetime(2026, 7, 1, 10, tzinfo=UTC))
    assert all(page.exists() for page in pages)


def test_one_file_in_both_roots_is_a_fault(site: Path) -> None:
    put(site, "../held/releases/2026/month-3/index.en.md", "---\ntitle: Other\ndate: 2026-03-15\n---\nWords.\n")
    (problem,) = refused(replace(settings_of(site), held_content=str(site / "held")))
    assert problem.code == "TX011" and "held/releases/2026/month-3/index.en.md" in problem.message + problem.path


def refused(settings: Settings, public_log: bool = False) -> list[Problem]:
    with pytest.raises(Fault) as caught:
        build(settings, NOW, public_log=public_log)
    return [problem for problem in caught.value.problems if problem.severity == "error"]


NO_INSTANT = [
    ("2026-06-29T10:00", "has no time zone"), ("2027-03-28T02:30[Europe/Paris]", "does not exist in Europe/Paris"), ("2026-10-25T02:30[Europe/Paris]", "happens twice"),
    ("2026-10-04T02:15[Australia/Lord_Howe]", "does not exist"), ("2027-02-29", "does not exist in the calendar"), ("2026-07-01T10:00[Mars/Base]", "no time zone Mars/Base"),
    ("2026-07-01T10:00 CET", "guessing"), ("tomorrow", "guessing"), ("9999-12-31", "does not exist"), ("2026-07-01T24:00Z", "does not exist"), ("", "empty"),
]  # fmt: skip


@pytest.mark.parametrize(("embargo", "said"), NO_INSTANT)
def test_an_embargo_that_names_no_instant_lets_nothing_out_and_leaves_the_last_good_output(site: Path, embargo: str, said: str) -> None:
    build(settings_of(site), NOW)
    before = tree_of(site / "output")
    put(site, f"{QUIET}/index.en.md", f"---\ntitle: Zanzibarian overture\ndate: 2026-03-20\nembargo: {embargo}\n---\nWords.\n")
    (problem,) = refused(settings_of(site))
    assert (problem.code, problem.path, problem.line) == ("FM009" if embargo else "FM008", f"content/{QUIET}/index.en.md", 4) and said in problem.message
    (blind,) = refused(settings_of(site), public_log=True)
    assert blind.code == "GT002" and "quiet" not in "\n".join(told([blind], {"CI": "true"}, site))
    assert tree_of(site / "output") == before


def test_an_embargo_on_one_language_only_is_refused_and_lets_none_out(site: Path) -> None:
    put(site, f"{QUIET}/index.en.md", "---\ntitle: Quiet\ndate: 2026-03-20\n---\nWords.\n")
    put(site, f"{QUIET}/index.ar.md", "---\ntitle: هادئ\ntranslation: official\nembargo: 2030-01-01\n---\nكلمات.\n")
    (problem,) = refused(settings_of(site))
    assert (problem.code, problem.path, problem.line) == ("FM013", f"content/{QUIET}/index.ar.md", 4)
    assert not (site / "output").exists()


def test_an_embargo_that_was_over_when_the_document_came_holds_nothing(site: Path) -> None:
    put(site, f"{QUIET}/index.en.md", "---\ntitle: Quiet\ndate: 2026-03-20\nembargo: 2026-03-21\n---\nWords.\n")
    build(settings_of(site), NOW)
    assert (site / "output/en" / QUIET / "index.html").is_file()


def test_an_embargo_that_is_taken_out_after_its_end_changes_nothing(site: Path) -> None:
    put(site, f"{QUIET}/index.en.md", "---\ntitle: Quiet\ndate: 2026-03-20\nembargo: 2026-03-19\n---\nWords.\n")
    build(settings_of(site), NOW)
    before = tree_of(site / "output")
    # The line stays: facts say in which line of its source a passage stands.
    put(site, f"{QUIET}/index.en.md", "---\ntitle: Quiet\ndate: 2026-03-20\n# no embargo any more\n---\nWords.\n")
    build(settings_of(site), NOW)
    assert tree_of(site / "output") == before


@pytest.mark.parametrize("embargo", ["9998-12-31", "9998-12-31T23:59:59-12:00", "9998-12-31T23:59[Pacific/Apia]"])
def test_an_embargo_at_the_end_of_time_holds_until_then(site: Path, embargo: str) -> None:
    put(site, f"{QUIET}/index.en.md", f"---\ntitle: Quiet\ndate: 2026-03-20\nembargo: {embargo}\n---\nWords.\n")
    build(settings_of(site), NOW + timedelta(days=300 * 365))
    assert not (site / "output/en" / QUIET).exists()

"""The leak check's own judgement of what is held."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.checks.held import DRAFT, EMBARGO, UNJUDGED, WITHDRAWN, HeldSource, held_sources, judge_seen, judge_sources, still_stand
from pressroom.checks.roots import digest_below, look_below
from pressroom.desk.gate import judge
from tests.checks.rooms import NOW, write
from tests.desk.trees import header

FOLDER = "releases/2026/a-thing"


def judged(root: Path, files: dict[str, str], now: datetime = NOW) -> list[HeldSource]:
    write(root, {name if name.startswith("pages/") else f"{FOLDER}/{name}": text for name, text in files.items()})
    return held_sources([(str(root), "content")], now, "Europe/Paris")


def why(root: Path, header: str, now: datetime = NOW) -> str:
    found = judged(root, {"index.en.md": f"---\n{header}\n---\nText.\n"}, now)
    return found[0].why if found else ""


@pytest.mark.parametrize(("text", "stands"), [("One.", True), ("Two.", False)])
def test_what_was_written_a_moment_before_it_was_judged_stands_by_its_bytes(tmp_path: Path, text: str, stands: bool) -> None:
    """Within the grain of the clock a file may change and look the same."""
    write(tmp_path, {f"{FOLDER}/index.en.md": "---\ntitle: A\n---\nOne.\n"})
    seen = look_below([(str(tmp_path), "content")])
    sources = judge_seen(seen, NOW, "Europe/Paris")
    assert [file.name for file in sources.fresh] == ["index.en.md"] and still_stand(sources.seen, sources.fresh, seen.digest)
    write(tmp_path, {f"{FOLDER}/index.en.md": f"---\ntitle: A\n---\n{text}\n"})
    assert still_stand(sources.seen, sources.fresh, seen.digest) is stands


def test_sources_with_another_file_do_not_stand(tmp_path: Path) -> None:
    roots = [(str(tmp_path), "content")]
    write(tmp_path, {f"{FOLDER}/index.en.md": "---\ntitle: A\n---\nOne.\n"})
    sources = judge_sources(roots, NOW, "Europe/Paris")
    write(tmp_path, {f"{FOLDER}/photo.txt": "x"})
    assert not still_stand(sources.seen, sources.fresh, digest_below(roots))
    assert not still_stand(b"", (), b"")


@pytest.mark.parametrize(
    "header",
    [
        "title: A", "title: A\ndate: 2026-06-01", "title: A\ndate: 2026-06-01T12:00Z", "date: '2026-06-01T12:00:00+00:00' # now", "status: published\ndate: 2026-01-01",
        "date: >-\n  2026-01-01\nembargo: 2026-06-01T14:00[Europe/Paris]", "date:\n  2026-01-01", '"date": "2026-01-01"', "title: 'it''s: #1'\ndate: 2026-01-01",
        "topics:\n- a\n- b\ndate: 2026-01-01", "  title: A\n  date: 2026-01-01", "notes: |\n  status: draft\n  embargo: 2030-01-01\ndate: 2026-01-01",
        "date: 2030-01-01\nlifted: {at: '2026-06-01T12:00:00Z', reason: it is out}", "embargo: 2030-01-01\nlifted:\n  at: 2026-05-01T12:00Z\n  reason: \"x, at: y\"",
        "date: 2026-01-01\nlifted: {at: 2026-06-01T12:00:01Z, reason: too late}", "event: {en: 'status: draft', fr: x}\ndate: 2026-01-01", "date: 2026-03-29T02:30+01:00[Europe/Paris]", "title: first line\n  embargo 2030-01-01 goes on",
    ],
)  # fmt: skip
def test_a_document_whose_instant_has_come_is_cleared(tmp_path: Path, header: str) -> None:
    assert why(tmp_path, header) == ""


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("date: 2026-06-02", EMBARGO), ("date: 2026-06-01T12:00:01Z", EMBARGO), ("date: 2026-01-01\nembargo: 2026-06-01T14:01[Europe/Paris]", EMBARGO),
        ("date: 2026-01-01\nembargo: >-\n  2030-01-01", EMBARGO), ("date: 2026-01-01\n'embargo': '2030-01-01'", EMBARGO), ("date: 2026-01-01\nembargo:\n  2030-01-01 # x", EMBARGO),
        ("status: draft", DRAFT), ("status: 'draft'", DRAFT), ("status: Draft", DRAFT), ("status: embargoed", DRAFT), ("status:", DRAFT), ("status: published\nstatus: draft", DRAFT),
        ("date: 2027-01-01\nlifted: {at: 2026-06-01T12:00:01Z, reason: x}", EMBARGO), ("date: soon\nlifted: {at: 2026-01-01T10:00Z, reason: x}", UNJUDGED), ("lifted: {at: 2026-01-01, reason: x}\nstatus: draft", DRAFT),
        ("lifted: yes", UNJUDGED), ("lifted: {reason: x}", UNJUDGED), ("lifted: {at: soon, reason: x}", UNJUDGED), ("lifted:", UNJUDGED),
        ("date:", UNJUDGED), ("embargo: soon", UNJUDGED), ("embargo: 2026-05-01T10:00", UNJUDGED), ("embargo: 2026-01-01T10:00[Mars/Base]", UNJUDGED), ("date: 2026-02-30", UNJUDGED),
        ("date: &x 2026-01-01", UNJUDGED), ("<<: *x\ndate: 2026-01-01", UNJUDGED), ("{date: 2026-01-01}", UNJUDGED), ("date 2026-01-01", UNJUDGED), ("\tdate: 2026-01-01", UNJUDGED),
        ("date: 0001-01-01T00:00+14:00", UNJUDGED), ("date: [2026-01-01, 2030-01-01]", EMBARGO),
        ("date: 2026-01-01\ncorrections:\n  - type: withdrawn\n    at: 2026-05-01T10:00Z\n    note: {en: Gone}", WITHDRAWN),
        ("date: 2026-01-01\ncorrections: [{type: withdrawn, at: 2026-05-01T10:00Z, note: {en: Gone}}]", WITHDRAWN),
    ],
)  # fmt: skip
def test_a_document_that_is_not_surely_cleared_is_held(tmp_path: Path, header: str, expected: str) -> None:
    assert why(tmp_path, header) == expected


def test_a_day_begins_at_midnight_in_the_zone_of_the_site(tmp_path: Path) -> None:
    midnight = datetime(2026, 6, 1, 22, tzinfo=UTC)
    assert why(tmp_path, "date: 2026-06-02", midnight - timedelta(seconds=1)) == EMBARGO
    assert why(tmp_path, "date: 2026-06-02", midnight) == ""


def test_a_time_that_a_clock_shows_twice_is_taken_as_the_later(tmp_path: Path) -> None:
    header = "date: 2025-10-26T02:30[Europe/Paris]"
    assert why(tmp_path, header, datetime(2025, 10, 26, 1, 29, tzinfo=UTC)) == EMBARGO
    assert why(tmp_path, header, datetime(2025, 10, 26, 1, 30, tzinfo=UTC)) == ""


@pytest.mark.parametrize("text", ["no header at all", "---\ntitle: never closed\n", "", "\ufeff"])
def test_a_file_without_a_header_is_held(tmp_path: Path, text: str) -> None:
    assert [source.why for source in judged(tmp_path, {"index.en.md": text})] == [UNJUDGED]


def test_a_file_that_is_not_utf_8_is_held(tmp_path: Path) -> None:
    path = write(tmp_path, {f"{FOLDER}/index.en.md": ""}) / FOLDER / "index.en.md"
    path.write_bytes("---\ntitle: Été\n---\n".encode("latin-1"))
    assert [source.why for source in held_sources([(str(tmp_path), "content")], NOW, "UTC")] == [UNJUDGED]


def test_the_classic_header_is_judged_too(tmp_path: Path) -> None:
    assert judged(tmp_path, {"index.en.md": "Title: A\nDate: 2026-01-01\nStatus: draft\n\nText.\n"})[0].why == DRAFT
    assert not judged(tmp_path, {"index.en.md": "Title: A\nDate: 2026-01-01\n\nStatus: draft\n"})


def test_one_embargo_holds_every_language_and_every_file(tmp_path: Path) -> None:
    files = {"index.en.md": "---\ndate: 2030-01-01\n---\n", "index.fr.md": "---\ntranslation: official\n---\n", "photo.jpg": "x", "v/1/index.en.md": "former", ".index.en.md.swp": "x"}
    (found,) = judged(tmp_path, files)
    assert found.whole and {file.name for file in found.files} == set(files)


def test_a_draft_translation_holds_its_own_file_and_what_it_alone_names(tmp_path: Path) -> None:
    files = {
        "index.en.md": "---\ndate: 2026-01-01\nattachments: [open.csv]\n---\n", "index.fr.md": "---\ntranslation: official\nstatus: draft\n---\n![x](secret.png) open.csv",
        "open.csv": "x", "secret.png": "y",
    }  # fmt: skip
    (found,) = judged(tmp_path, files)
    assert not found.whole and {file.name for file in found.files} == {"index.fr.md", "secret.png"}


def test_a_lone_translation_that_is_a_draft_is_held_whole(tmp_path: Path) -> None:
    assert judged(tmp_path, {"index.fr.md": "---\ntranslation: official\nstatus: draft\n---\n"})[0].whole


def test_a_folder_without_an_edition_is_held(tmp_path: Path) -> None:
    assert [source.why for source in judged(tmp_path, {"photo.jpg": "x"})] == [UNJUDGED]


def test_two_roots_are_one_tree(tmp_path: Path) -> None:
    first = write(tmp_path / "open", {f"{FOLDER}/photo.jpg": "x"})
    second = write(tmp_path / "held", {f"{FOLDER}/index.en.md": "---\ndate: 2030-01-01\n---\n"})
    (found,) = held_sources([(str(first), "content"), (str(second), "held")], NOW, "UTC")
    assert found.why == EMBARGO and {file.shown for file in found.files} == {f"content/{FOLDER}/photo.jpg", f"held/{FOLDER}/index.en.md"}


def test_a_file_that_stands_as_it_was_is_not_read_again_and_one_that_changed_is(tmp_path: Path) -> None:
    path = write(tmp_path, {f"{FOLDER}/index.en.md": "---\ndate: 2026-01-01\n---\n"}) / FOLDER / "index.en.md"
    old = time.time() - 60
    os.utime(path, (old, old))
    first = judge_sources([(str(tmp_path), "content")], NOW, "UTC")
    (known,) = first.known.values()
    assert not first.held and known.digest == first.cleared[0].digest
    path.write_text("---\ndate: 2030-01-01\n---\n")
    assert judge_sources([(str(tmp_path), "content")], NOW, "UTC", first.known).held


def test_what_is_known_names_no_held_file(tmp_path: Path) -> None:
    write(tmp_path, {f"{FOLDER}/index.en.md": "---\ndate: 2030-01-01\n---\n", "pages/about/index.en.md": "---\ntitle: About\n---\n"})
    assert list(judge_sources([(str(tmp_path), "content")], NOW, "UTC").known) == ["content/pages/about/index.en.md"]


DAYS = st.none() | st.integers(1, 60).map(lambda day: (datetime(2026, 5, 1, 12, tzinfo=UTC) + timedelta(days=day)).isoformat())


@given(date=DAYS, embargo=DAYS, lifted=DAYS, draft=st.booleans())
def test_the_gate_and_the_leak_check_judge_alike(date: str | None, embargo: str | None, lifted: str | None, draft: bool) -> None:
    lines = ["title: A", *([f"date: {date}"] if date else []), *([f"embargo: {embargo}"] if embargo else []), *(["status: draft"] if draft else [])]
    lines += [f"lifted: {{at: '{lifted}', reason: x}}"] if lifted else []
    with TemporaryDirectory() as folder:
        assert bool(why(Path(folder), "\n".join(lines))) == bool(judge(header("\n".join([*lines, ""])).document, NOW).held)


def test_a_lift_in_the_original_lifts_the_embargo_that_a_translation_repeats(tmp_path: Path) -> None:
    lifted = "lifted: {at: 2026-05-01T10:00Z, reason: x}"
    files = {
        "index.en.md": f"---\nembargo: 2030-01-01\n{lifted}\n---\n",
        "index.fr.md": "---\ntranslation: official\nembargo: 2030-01-01\n---\n",
    }
    assert not judged(tmp_path / "a", files)
    files = {"index.en.md": "---\nembargo: 2030-01-01\n---\n", "index.fr.md": f"---\ntranslation: official\n{lifted}\n---\n"}
    assert judged(tmp_path / "b", files)


def test_the_earlier_versions_of_a_translation_that_is_a_draft_are_held_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "releases" / "2026" / "rise"
    (folder / "v" / "1").mkdir(parents=True)
    for place, status in ((folder, "status: draft\n"), (folder / "v" / "1", "")):
        (place / "index.en.md").write_text("---\ntitle: Rise\ndate: 2026-01-02\n---\nIt rose.\n")
        (place / "index.fr.md").write_text(f"---\ntitle: Crue\ntranslation: official\n{status}---\nLe fleuve a monté.\n")
    (source,) = held_sources([(str(tmp_path / "content"), "content")], datetime(2026, 6, 1, tzinfo=UTC), "Europe/Paris")
    assert [file.name for file in source.files] == ["index.fr.md", "v/1/index.fr.md"] and not source.whole

"""`inv status`, `inv next-lift`, `inv lift`: what is held, until when, and how it ends before its time."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from pressroom.commands import builds, holds
from pressroom.ground import clock
from pressroom.ground.problems import Fault
from tests.sites import FILES, make_site, put

NOW = "2026-06-01T12:00:00Z"
SECRET = "releases/2026/secret-merger/index.en.md"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780315200")
    return make_site(tmp_path / "site")


def test_status_says_why_and_until_when_in_the_site_s_zone_in_utc_and_in_each_language(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holds.status(room)
    said = capsys.readouterr().out
    assert "releases/2026/secret-merger" in said and "releases/2026/half-written\n  a draft" in said
    assert "2030-01-01T10:00:00+01:00 (Europe/Paris), 2030-01-01T09:00:00Z" in said
    assert "en: January 1, 2030, 10:00 Central European Standard Time (Paris, UTC+01:00), which is 09:00 UTC" in said and "zh-Hans: 2030年1月1日" in said and "ar: 1 يناير 2030" in said
    assert said.endswith("Next lift: 2030-01-01T09:00:00Z\n")


def test_status_names_nothing_in_a_public_log(room: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    holds.status(room)
    said = capsys.readouterr().out
    assert "secret" not in said and "half" not in said and "2030" not in said


def test_the_next_lift_is_printed_in_rfc_3339(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(room, "releases/2026/sooner/index.en.md", "---\ntitle: Sooner\ndate: 2026-06-02T10:00+02:00\n---\nText.\n")
    holds.next_lift(room)
    assert capsys.readouterr().out == "2026-06-02T08:00:00Z\n"


def test_with_nothing_to_wait_for_it_exits_with_three(room: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        holds.next_lift(room, now="2031-01-01T00:00:00Z")
    assert ended.value.code == 3


def test_in_a_public_log_the_next_lift_goes_to_a_file_only(room: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Fault) as refused:
        holds.next_lift(room)
    assert refused.value.exit_code == 2
    holds.next_lift(room, to=str(room / "next"))
    assert (room / "next").read_text() == "2030-01-01T09:00:00Z\n"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["secret-merger", "2026/secret-merger", "releases/2026/secret-merger"])
def test_a_lift_lets_out_at_once_and_is_recorded(room: Path, name: str) -> None:
    before = (room / "content" / SECRET).read_text()
    holds.lift(room, name, 'somebody "broke" it', now=NOW)
    after = (room / "content" / SECRET).read_text()
    line = "lifted: {at: '2026-06-01T12:00:00Z', reason: \"somebody \\\"broke\\\" it\"}\n"
    assert after == before.replace("\n---\n", f"\n{line}---\n", 1)
    builds.run(room, now=NOW)
    assert (room / "output/en/releases/2026/secret-merger/index.html").is_file()


def test_a_lift_is_recorded_by_the_system_s_clock_whatever_the_instant_of_builds_is(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")
    put(room, SECRET, FILES[SECRET].replace("2030", "2999"))
    before = clock.now()
    holds.lift(room, "secret-merger", "why")
    recorded = re.search(r"lifted: \{at: '(.+?)'", (room / "content" / SECRET).read_text())
    assert recorded and before <= datetime.fromisoformat(recorded[1]) <= clock.now()


def test_a_lift_keeps_the_file_s_line_ends_and_its_mark(room: Path) -> None:
    path = room / "content" / SECRET
    path.write_bytes(b"\xef\xbb\xbf" + FILES[SECRET].replace("\n", "\r\n").encode())
    holds.lift(room, "secret-merger", "why", now=NOW)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n") and b"lifted:" in data and data.count(b"\n") == data.count(b"\r\n")


def test_what_was_lifted_is_out_from_that_instant_on_and_never_before(room: Path) -> None:
    holds.lift(room, "secret-merger", "why", now=NOW)
    page = room / "output/en/releases/2026/secret-merger/index.html"
    builds.run(room, now="2026-06-01T11:59:59Z")
    assert not page.exists()
    builds.run(room, now=NOW)
    assert page.exists()


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [
        ("secret-merger", " ", "with its reason"),
        ("half-written", "why", "is a draft"),
        ("river-rises", "why", "is not held"),
        ("secret-merge", "why", "there is no document"),
        ("", "why", "which document?"),
    ],
)
def test_what_cannot_be_lifted_is_refused_and_no_byte_changes(room: Path, name: str, reason: str, said: str) -> None:
    before = {path: path.read_bytes() for path in (room / "content").rglob("*.md")}
    with pytest.raises(Fault, match=said):
        holds.lift(room, name, reason, now=NOW)
    assert {path: path.read_bytes() for path in (room / "content").rglob("*.md")} == before


def test_two_documents_of_one_name_are_a_fault_that_lists_both(room: Path) -> None:
    put(room, "releases/2025/secret-merger/index.en.md", "---\ntitle: Other\ndate: 2025-05-01\n---\nText.\n")
    with pytest.raises(Fault) as refused:
        holds.lift(room, "secret-merger", "why", now=NOW)
    hint = refused.value.problems[0].hint
    assert "releases/2025/secret-merger" in hint and "releases/2026/secret-merger" in hint


LIFTED = "lifted: {at: '2026-06-01T12:00:00Z', reason: \"why\"}"


@pytest.mark.parametrize(
    ("source", "added"),
    [
        ("---\r\ntitle: A\r\ndate: 2026-05-01\r\nembargo: 2030-01-01\r\n+---\r\nWords.\r\n", f"{LIFTED}\r\n"),
        ("\ufeff---\ntitle: A\ndate: 2026-05-01\nembargo: 2030-01-01\n+---\nWords.\n", f"{LIFTED}\n"),
        ("---\rtitle: A\rdate: 2026-05-01\rembargo: 2030-01-01\r+---\rWords.\r", f"{LIFTED}\r"),
        # The text ends its lines otherwise than the header does, round a rule that looks like the header's end.
        ("---\ntitle: A\ndate: 2026-05-01\nembargo: 2030-01-01\n+---\nWords.\r\n\r\n---\r\n\r\nMore.\n", f"{LIFTED}\n"),
        ("--- \ntitle: A # lifted: no\n# embargo: none\ndate: 2026-05-01\nembargo: 2030-01-01 # until the forum\n# lifted: {at: never}\n+--- \nWords.\n", f"{LIFTED}\n"),
        ("---\ntitle: A\ndate: 2026-05-01\nembargo: 2030-01-01\nnotes: |\n  One.\n  ---\n  Two.\n+...\nWords.\n", f"{LIFTED}\n"),
        ("---\n  title: A\n  date: 2026-05-01\n  embargo: 2030-01-01\n+---\nWords.\n", f"  {LIFTED}\n"),
        ("---\ntitle: A\ndate: 2026-05-01\nembargo: 2030-01-01\ntopics:\n- water\n+---\nWords.\n", f"{LIFTED}\n"),
        ("---\ntitle: A\ndate: 2026-06-05\n+---", f"{LIFTED}\n"),
    ],
    ids=["CRLF", "a mark", "CR", "mixed ends", "comments", "a text block", "indented", "a list", "a date, and no end of the last line"],
)  # fmt: skip
def test_a_lift_adds_one_line_in_the_form_of_the_header_and_is_out_by_it(room: Path, source: str, added: str) -> None:
    path, page = room / "content/releases/2026/a-thing/index.en.md", room / "output/en/releases/2026/a-thing/index.html"
    path.parent.mkdir(parents=True)
    path.write_bytes(source.replace("+", "", 1).encode())
    holds.lift(room, "a-thing", "why", now=NOW)
    assert path.read_bytes() == source.replace("+", added, 1).encode()
    builds.run(room, now="2026-06-01T11:59:59Z")
    assert not page.exists()
    builds.run(room, now="2026-06-01T12:00:01Z")
    assert page.exists()


def test_a_lift_leaves_the_file_as_private_as_it_was(room: Path) -> None:
    (room / "content" / SECRET).chmod(0o600)
    holds.lift(room, "secret-merger", "why", now=NOW)
    assert (room / "content" / SECRET).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (room / "content" / SECRET).parent.iterdir()] == ["index.en.md"]


@pytest.mark.parametrize(
    "header",
    ["{title: A, date: 2026-05-01, embargo: 2030-01-01}", 'title: A\ndate: 2026-05-01\nembargo: 2030-01-01\nnotes: "One\n\n  two"\nplace: >-\n  B\n{}'],
)
def test_a_header_that_cannot_take_a_line_is_left_as_it_was(room: Path, header: str) -> None:
    put(room, "releases/2026/a-thing/index.en.md", f"---\n{header}\n---\nWords.\n")
    before = (room / "content/releases/2026/a-thing/index.en.md").read_bytes()
    with pytest.raises(Fault, match="cannot be recorded|cannot be judged"):
        holds.lift(room, "a-thing", "why", now=NOW)
    assert (room / "content/releases/2026/a-thing/index.en.md").read_bytes() == before


def test_the_classic_header_of_a_document_with_a_later_date_cannot_record_a_lift(room: Path) -> None:
    put(room, "releases/2030/a-thing/index.en.md", "Title: A\nDate: 2030-05-01\n\nWords.\n\n---\n\nMore.\n")
    before = (room / "content/releases/2030/a-thing/index.en.md").read_bytes()
    with pytest.raises(Fault, match="cannot be recorded"):
        holds.lift(room, "a-thing", "why", now=NOW)
    assert (room / "content/releases/2030/a-thing/index.en.md").read_bytes() == before


def test_a_lift_that_is_recorded_already_is_shown_and_not_written_twice(room: Path) -> None:
    put(room, SECRET, FILES[SECRET].replace("\n---\n", "\nlifted: {at: '2026-07-01T12:00:00Z', reason: planned}\n---\n", 1))
    before = (room / "content" / SECRET).read_bytes()
    with pytest.raises(Fault, match="is to be lifted at 2026-07-01T12:00:00Z already") as refused:
        holds.lift(room, "secret-merger", "why", now=NOW)
    assert (refused.value.problems[0].path, refused.value.problems[0].line) == (f"content/{SECRET}", 5)
    assert (room / "content" / SECRET).read_bytes() == before


def test_a_lift_of_a_translation_that_is_held_names_its_file(room: Path) -> None:
    put(room, "releases/2026/river-rises/index.ar.md", "---\ntitle: x\ntranslation: official\nstatus: draft\n---\nx\n")
    with pytest.raises(Fault, match="is not held; the draft of its ar edition is") as refused:
        holds.lift(room, "river-rises", "why", now=NOW)
    assert refused.value.problems[0].path == "content/releases/2026/river-rises/index.ar.md"


def test_a_document_under_a_root_of_its_own_is_lifted_there(room: Path) -> None:
    with (room / "pelicanconf.py").open("a") as file:
        file.write('HELD_PATH = "../held"\n')
    (room.parent / "held" / SECRET).parent.mkdir(parents=True)
    (room / "content" / SECRET).rename(room.parent / "held" / SECRET)
    holds.lift(room, "secret-merger", "why", now=NOW)
    assert LIFTED in (room.parent / "held" / SECRET).read_text()


@pytest.mark.parametrize("name", ["half-written", "secret-merge", "merger", "river-rises", "twice"])
def test_a_public_log_is_told_of_no_document_that_cannot_be_lifted(room: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("CI", "true")
    for year in ("2025", "2026"):
        put(room, f"releases/{year}/twice/index.en.md", f"---\ntitle: Twice\ndate: {year}-01-01\nembargo: 2030-01-01\n---\nText.\n")
    with pytest.raises(Fault) as refused:
        holds.lift(room, name, "why", now=NOW)
    (problem,) = refused.value.problems
    assert (problem.message, problem.path) == ("there is nothing under embargo of this name, or more than one", "")
    assert not [word for word in ("half", "secret", "river", "twice", "2025") if word in problem.hint]


def test_status_shows_translations_that_are_held_by_themselves(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(room, "releases/2026/river-rises/index.ar.md", "---\ntitle: x\ntranslation: official\nstatus: draft\n---\nx\n")
    put(room, "releases/2026/secret-merger/index.ar.md", "---\ntitle: x\ntranslation: official\nstatus: draft\n---\nx\n")
    holds.status(room)
    said = capsys.readouterr().out
    assert "releases/2026/river-rises\n  ar: a draft, until status: draft is taken out of its edition\n" in said
    assert "ar: 1 يناير 2030" in said and said.count("\n  ar: a draft") == 2


def test_status_shows_what_cannot_be_judged_and_what_lifts_first(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(room, "releases/2026/odd-one/index.en.md", "---\ntitle: Odd\ndate: 2026-01-01\nembargo: soon\n---\nText.\n")
    put(room, "releases/2026/zz-sooner/index.en.md", "---\ntitle: Sooner\ndate: 2026-06-02T10:00+02:00\n---\nText.\n")
    holds.status(room)
    said = capsys.readouterr().out
    assert "releases/2026/odd-one\n  cannot be judged" in said
    assert said.index("zz-sooner") < said.index("secret-merger") < said.index("half-written") and said.endswith("Next lift: 2026-06-02T08:00:00Z\n")


def test_status_says_so_where_nothing_is_held(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(room, "releases/2026/half-written/index.en.md", "---\ntitle: Finished\ndate: 2026-04-01\n---\nText.\n")
    holds.status(room, now="2031-01-01T00:00:00Z")
    assert capsys.readouterr().out == "Nothing is held.\n"


def test_an_embargo_at_the_end_of_time_is_shown_and_waited_for(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(room, SECRET, "---\ntitle: Late\ndate: 2026-05-01\nembargo: 9998-12-31T23:59:59-12:00\n---\nText.\n")
    holds.status(room)
    assert "9999-01-01T11:59:59Z" in capsys.readouterr().out
    holds.next_lift(room)
    assert capsys.readouterr().out == "9999-01-01T11:59:59Z\n"


def test_the_next_lift_is_one_that_a_lift_has_brought_forward(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(room, SECRET, FILES[SECRET].replace("\n---\n", "\nlifted: {at: '2026-07-01T12:00:00Z', reason: planned}\n---\n", 1))
    holds.next_lift(room)
    assert capsys.readouterr().out == "2026-07-01T12:00:00Z\n"


def test_a_file_for_the_next_lift_that_cannot_be_written_is_a_fault(room: Path) -> None:
    with pytest.raises(Fault) as refused:
        holds.next_lift(room, to=str(room / "no" / "such" / "folder"))
    assert refused.value.problems[0].code == "FT004"


@pytest.mark.parametrize("value", ["2026-06-01T12:00:00Z", "{at: 2026-06-01, reason: x}", "{at: '2026-06-01T12:00:00Z'}", "{at: soon, reason: x}", "{at: '2026-06-01T12:00:00Z', reason: ''}"])
def test_a_lift_that_cannot_be_read_lets_nothing_out(room: Path, value: str) -> None:
    put(room, SECRET, FILES[SECRET].replace("\n---\n", f"\nlifted: {value}\n---\n", 1))
    with pytest.raises(SystemExit) as ended:
        builds.run(room, now=NOW)
    assert ended.value.code == 1

"""`inv status`, `inv next-lift`, `inv lift`: what is held, until when, and how it ends before its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.commands import builds, holds
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
    assert "en: January 1, 2030, 10:00 UTC+01:00" in said and "zh-Hans: 2030年1月1日" in said and "ar: 1 يناير 2030" in said
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


@pytest.mark.parametrize("value", ["2026-06-01T12:00:00Z", "{at: 2026-06-01, reason: x}", "{at: '2026-06-01T12:00:00Z'}", "{at: soon, reason: x}", "{at: '2026-06-01T12:00:00Z', reason: ''}"])
def test_a_lift_that_cannot_be_read_lets_nothing_out(room: Path, value: str) -> None:
    put(room, SECRET, FILES[SECRET].replace("\n---\n", f"\nlifted: {value}\n---\n", 1))
    with pytest.raises(SystemExit) as ended:
        builds.run(room, now=NOW)
    assert ended.value.code == 1

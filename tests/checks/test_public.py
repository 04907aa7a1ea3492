"""What of a held document everybody may know is no leak, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.rooms import CLEARED, HELD_FOLDER, SECRET, URL, gathered, held, leaks, leaks_in


@pytest.mark.parametrize("text", ["As [we said]({}) before.", "As {} says.", "[{}]({})", "<{}>"])
@pytest.mark.parametrize("place", ["", "#q-l6c2c2y5"])
def test_the_address_of_a_page_that_is_out_is_no_leak(tmp_path: Path, text: str, place: str) -> None:
    address = f"{URL}/en/releases/2026/river-rises/{place}"
    files = {**CLEARED, **held(text.replace("{}", address))}
    page = {"a.html": f'<link rel="canonical" href="{address}"><p>“It rose.” {address}</p>'}
    assert not leaks(tmp_path, files, page)


@pytest.mark.parametrize(
    "path",
    [
        "/en/about/", "/en/releases/2026/", "/en/releases/2026/11/", "/en/releases/feed.xml", "/en/people/ana-diaz/", "/en/topics/water/feed.json", "/en/topics/water/2026/", "/en/corrections/",
        "/en/releases/2026/river-rises/index.md", "/releases/2026/river-rises/levels.csv", "/releases/2026/river-rises/kit.zip", "/en/releases/2026/river-rises",
    ],
)  # fmt: skip
def test_the_address_of_what_leads_to_it_or_belongs_to_it_is_no_leak(tmp_path: Path, path: str) -> None:
    files = {**CLEARED, "releases/2026/river-rises/levels.csv": "1,2\n", "pages/about/index.en.md": "---\ntitle: About\n---\nAna Díaz reads the gauge.\n", **held(f"All of it is at {URL}{path}. Subscribe.")}
    assert not leaks(tmp_path, files, {"a.html": f'<a href="{URL}{path}">{URL}{path}</a>'})


@pytest.mark.parametrize("path", ["/en/people/zora-novak/", "/en/topics/mergers/", "/en/mergers/", "/releases/2026/river-rises/plan.pdf", "/en/releases/2027/"])
def test_the_address_of_what_is_not_out_yet_is_held(tmp_path: Path, path: str) -> None:
    people = CLEARED["people.yml"] + "zora-novak:\n  names: {en: Zora Novak}\n"
    files = {**CLEARED, "people.yml": people, **held(f"Zora Novak, and all of it, is at {URL}{path} from now.", "title: Flags are changed\ntopics: [mergers]")}
    assert leaks(tmp_path, files, {"a.html": f"<p>all of it is at {URL}{path} from now</p>"})


@pytest.mark.parametrize(
    "address", [f"{URL}/en/releases/2026/quiet-merger-talks/", f"{URL}/fr/releases/2026/river-rises/", f"{URL}/en/releases/2026/river-rises/quiet-merger-talks/", "https://other.example.org/en/releases/2026/river-rises/"]
)  # fmt: skip
def test_an_address_of_no_page_that_is_out_is_held(tmp_path: Path, address: str) -> None:
    assert leaks(tmp_path, {**CLEARED, **held(f"See {address} there.")}, {"a.html": f"<p>{address}</p>"})


@pytest.mark.parametrize("behind", ["#two-harbour-companies-will-merge-under-a-single-flag", "#:~:text=two%20harbour%20companies%20will%20merge%20under%20a%20single", "#quiet-merger-talks", " two harbour companies will merge"])
def test_what_stands_behind_an_address_is_held(tmp_path: Path, behind: str) -> None:
    address = f"{URL}/en/releases/2026/river-rises/"
    files = {**CLEARED, **held(f"See {address}{behind} and so on, all of it.")}
    assert leaks(tmp_path, files, {"a.html": f"<p>{address}{behind} and so on</p>"})
    assert not leaks_in(gathered(tmp_path)[0], {"b.html": f"<p>{address}</p>"})


def withdrawn(title: str, entries: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2026-01-01\n{more}corrections:\n{entries}\n---\n{SECRET}\n"


TAKEN_BACK = "  - type: withdrawn\n    at: 2026-05-01T10:00Z\n    note: {}"


@pytest.mark.parametrize(
    ("folder", "title", "more"),
    [
        ("releases/2026/river-rises", "River rises", ""), ("releases/2026/record-low-water-basel", "Record low water, Basel", ""), ("pages/accreditation", "Accreditation", ""),
        ("releases/2026/x1", "Old bridge closed", "aliases: [/en/releases/2019/old-bridge-closed/]\n"),
    ],
)  # fmt: skip
def test_the_address_of_a_withdrawn_document_may_say_its_headline(tmp_path: Path, folder: str, title: str, more: str) -> None:
    files = {f"{folder}/index.en.md": withdrawn(title, TAKEN_BACK.format("Gone"), more)}
    assert not leaks(tmp_path, files, {f"en/{folder}/index.html": f'<a href="/en/{folder}/">x</a>', "en/releases/2019/old-bridge-closed/index.html": "x"} if more else {f"en/{folder}/index.html": "x"})
    assert leaks(tmp_path, files, {"a.html": f"<p>{SECRET}</p>"})


def test_what_an_earlier_note_said_of_withdrawn_words_is_held(tmp_path: Path) -> None:
    entries = f"  - type: corrected\n    at: 2026-04-01T10:00Z\n    note: '{SECRET}'\n" + TAKEN_BACK.format("Gone")
    assert leaks(tmp_path, {f"{HELD_FOLDER}/index.en.md": withdrawn("Flags are changed", entries)}, {"a.html": f"<p>{SECRET}</p>"})


def test_what_a_withdrawal_tells_of_another_held_document_is_held(tmp_path: Path) -> None:
    files = {f"{HELD_FOLDER}/index.en.md": withdrawn("Flags are changed", TAKEN_BACK.format("Gone; see The bridge is sold")), **held("x", "title: The bridge is sold", "releases/2026/bridge/index.en.md")}
    assert leaks(tmp_path, files, {"a.html": "<p>Gone; see The bridge is sold</p>"})

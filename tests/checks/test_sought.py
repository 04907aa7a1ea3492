"""What is held is found by the hashes of its runs as it is by the runs themselves."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.checks.leak_record import LeakRecord, dumps, loads, new_record
from pressroom.checks.leaks import Leak
from pressroom.checks.sought import Looking, Needles
from tests.checks.rooms import CLEARED, HAN_SECRET, HELD, HELD_FOLDER, SECRET, URL, gathered, held, searched, write
from tests.checks.test_leak_properties import FOLDER, HELD_LETTERS, OPEN_LETTERS, PACKINGS, TIMES, WRITINGS, markdown, pages, room, words

OPEN = "releases/2026/open-one/index.en.md"


def known(root: Path) -> LeakRecord:
    """The record of a build that has searched a tree for what is held."""
    needles, record = gathered(root, b"i b p a")
    return loads(dumps(searched(needles, record, {"a.html": "<p>x</p>"})[1]), "test")


def both(root: Path, record: LeakRecord) -> tuple[Needles, Needles]:
    """What is looked for by what is remembered, and as if nothing were."""
    return gathered(root, b"i b p a", record=record)[0], gathered(root, b"i b p a", record=replace(new_record("test"), salt=record.salt))[0]


def told(leaks: list[Leak]) -> list[tuple[str, str, int]]:
    return [(leak.path, leak.folder, leak.offset) for leak in leaks]


def values(needles: Needles) -> dict[int, str]:
    return {hash: needle.value for hash, needle in zip(needles.hashes, needles.needles, strict=True)}


def test_a_run_that_is_known_is_not_made_and_found_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, {**CLEARED, **HELD})
    record = known(tmp_path)
    by_hash, made = both(tmp_path, record)
    assert not any(needle.way.endswith("run") and needle.what == "text" for needle in by_hash.needles) and by_hash.all_hashes == made.all_hashes
    for number, said in enumerate((SECRET, HAN_SECRET, "merge under a single flag before the winter comes", "nothing at all")):
        tree = {"a.html": f"<p>{said}</p>", "b/c.json": json.dumps({"said": said})}
        found = searched(by_hash, record, tree)[0]
        assert told(found) == told(searched(made, record, tree)[0]) and bool(found) == (number < 3)
    assert searched(by_hash, record, {"-".join(SECRET.split()): "x"})[0] and not searched(by_hash, record, {"a/b.html": "x"})[0]


@settings(max_examples=80, deadline=None)
@given(cleared=markdown(OPEN_LETTERS), held=words(HELD_LETTERS, 8, 30), page=pages(), packing=st.sampled_from(list(PACKINGS)), writing=st.sampled_from(list(WRITINGS)), again=TIMES, data=st.data())  # fmt: skip
def test_what_is_written_anywhere_is_found_by_its_hash(
    cleared: str, held: list[str], page: tuple[str, str], packing: str, writing: str, again: list[str], data: st.DataObject
) -> None:  # fmt: skip
    start = data.draw(st.integers(0, len(held) - 8))
    planted = WRITINGS[writing](" ".join(held[start : start + data.draw(st.integers(8, len(held) - start))]))
    for name in again:
        planted = WRITINGS[name](planted)
    path, text = page
    at = data.draw(st.integers(0, len(text)))
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), room(cleared, " ".join(held), "Shut"))
        record = known(root)
        by_hash, made = both(root, record)
        assert by_hash.unmade.runs
        for now in (text, f"{text[:at]}\n{planted}\n{text[at:]}", f"{text[:at]} {planted} {text[at:]}"):
            tree = {path + packing: PACKINGS[packing](now.encode())}
            assert told(searched(by_hash, record, tree)[0]) == told(searched(made, record, tree)[0])
        before = {path: text}
        _, after = searched(by_hash, record, before)
        tree = {path: f"{text[:at]} {planted} {text[at:]}"}
        assert told(searched(by_hash, after, tree, former=before)[0]) == told(searched(made, after, tree, former=before)[0])


@settings(max_examples=80, deadline=None)
@given(hidden=markdown(HELD_LETTERS + OPEN_LETTERS), cleared=markdown(OPEN_LETTERS), data=st.data())
def test_what_a_text_that_was_changed_holds_as_well_is_excused_by_its_hash(hidden: str, cleared: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(hidden)))
    shared = hidden[begin : data.draw(st.integers(begin, len(hidden)))]
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), room(f"{cleared} {hidden}" if data.draw(st.booleans()) else cleared, hidden, "Shut"))
        record = known(root)
        write(root, {OPEN: f"---\ntitle: Open\ndate: 2026-01-01\n---\n{cleared}\n\n{shared}\n"})
        by_hash, made = both(root, record)
        assert by_hash.all_hashes == made.all_hashes and values(by_hash.complete()) == values(made)


def test_what_nothing_excuses_any_more_is_looked_for_where_it_always_stood(tmp_path: Path) -> None:
    write(tmp_path, {**held(SECRET), OPEN: f"---\ntitle: Open\ndate: 2026-01-01\n---\n{SECRET}\n"})
    needles, record = gathered(tmp_path)
    tree = {"a.html": f"<p>{SECRET}</p>"}
    found, record = searched(needles, record, tree)
    assert not found
    write(tmp_path, {OPEN: "---\ntitle: Open\ndate: 2026-01-01\n---\nNothing.\n"})
    needles, record = gathered(tmp_path, record=record)
    assert [leak.folder for leak in searched(needles, record, tree)[0]] == [HELD_FOLDER]


def test_an_address_that_is_no_page_any_more_is_held_again(tmp_path: Path) -> None:
    address = f"{URL}/en/releases/2026/the-river-rises-by-two-metres-in-one-night/"
    page = "releases/2026/the-river-rises-by-two-metres-in-one-night/index.en.md"
    write(tmp_path, {**held(f"See {address} for more."), page: "---\ntitle: Open\ndate: 2026-01-01\n---\nx\n"})
    record = known(tmp_path)
    tree = {"a.html": f'<a href="{address}">x</a>'}
    assert not searched(gathered(tmp_path, record=record)[0], record, tree)[0]
    (tmp_path / page).unlink()
    by_hash, made = both(tmp_path, record)
    assert by_hash.all_hashes == made.all_hashes and searched(by_hash, record, tree)[0]


def test_where_much_is_looked_through_the_runs_are_made(tmp_path: Path) -> None:
    write(tmp_path, {**CLEARED, **HELD})
    record = known(tmp_path)
    by_hash, made = both(tmp_path, record)
    looking, of_made = Looking(by_hash), Looking(made)
    for number in range(40):
        text = f"The river rose {number} times in a night, {SECRET if number % 7 == 3 else 'and fell'}. " * 5
        assert looking.find(text) == of_made.find(text)
    assert not looking.needles.unmade.runs and looking.needles.all_hashes == made.all_hashes
    clean = {f"{number}.html": f"<p>The river rose {number} times in a night.</p>" for number in range(90)}
    assert not searched(by_hash, record, clean)[0]
    assert [leak.path for leak in searched(by_hash, record, {**clean, "91.html": SECRET})[0]] == ["91.html"]


def test_where_every_run_is_made_none_is_looked_for_by_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressroom.checks.sought.windows_of", None)
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    assert searched(needles, record, {"a.html": f"<p>{SECRET}</p>"})[0]


def test_of_what_is_remembered_no_word_can_be_read(tmp_path: Path) -> None:
    write(tmp_path, {**CLEARED, **HELD})
    record = known(tmp_path)
    assert len(record.runs) == 1 and all(hash in record.asked for known in record.runs.values() for hash in (*known.runs, *known.joined))
    written = dumps(record)
    assert not any(word.encode() in written for word in ("harbour", "companies", "merge under", HAN_SECRET[:4], FOLDER, HELD_FOLDER))

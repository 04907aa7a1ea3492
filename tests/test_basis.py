"""A build on the basis of the last one is over at once, and says the same; whatever else changed, the site comes out as built anew."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pressroom import basis
from pressroom import build as spine
from pressroom.ground import clock
from pressroom.ground.disk import Disk
from pressroom.ground.problems import Fault
from pressroom.model.settings import PREVIEW
from pressroom.press import scans, swap
from pressroom.press.receipt import read_receipt, write_receipt
from pressroom.press.write import open_output
from tests.commands.conftest import built, site  # noqa: F401
from tests.commands.rooms import inv
from tests.sameness.rooms import NOW, assert_same
from tests.sites import put, tree_of
from tests.standing import LIFTED, MENDED, MENDED_AT, RAIN, RIVER, SECRET, Room, edited

PAGE, SECOND = "en/index.html", timedelta(seconds=1)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Room:
    return Room(tmp_path_factory.mktemp("basis") / "room")


@pytest.fixture
def room(once: Room, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """The room, built, its files as written long ago; one test's change is not another's."""
    monkeypatch.setattr(clock, "wall_nanoseconds", lambda: time.time_ns() + 10**10)
    once.build()
    assert once.build() and not once.read
    yield once
    once.put_back()


def test_a_second_build_reads_no_source_and_says_the_same(room: Room) -> None:
    room.record.unlink()
    first, tree, receipt, began = room.build(), tree_of(room.output), read_receipt(room.settings.state), clock.now()
    assert room.read
    room.now += timedelta(minutes=5)
    second = room.build()
    assert not room.read and (second.files, second.held, second.editions, second.problems) == (first.files, 2, first.editions, first.problems)
    assert (second.written, second.removed, second.changed, second.now) == (0, 0, (), room.now)
    assert [problem.code for problem in second.problems] == ["RG001"], "the draft's, told again"
    kept = read_receipt(room.settings.state)
    assert kept == replace(receipt, now=room.now, wall=kept.wall, written=0, removed=0) and began <= kept.wall <= clock.now()
    assert_same(tree_of(room.output), tree)


OTHER: dict[str, object] = {
    "name": "Another Office", "zone": "Asia/Shanghai", "url": "https://other.test", "languages": ("en", "fr"), "overrides": "",
    "markdown_extensions": {"markdown.extensions.nl2br": {}}, "markdown_code": "another",
}  # fmt: skip
CHANGES: dict[str, Callable[[Room], object]] = {
    "a text": lambda room: edited(room.root / f"content/{RIVER}/index.en.md", "It rose", "It fell"),
    "a held text": lambda room: edited(room.root / f"content/{SECRET}/index.en.md", "Unspeakable", "Unthinkable"),
    "an earlier version": lambda room: edited(room.root / f"content/{MENDED}/v/1/index.en.md", "four", "nine"),
    "a file more": lambda room: put(room.root, f"{RIVER}/more.csv", "1\n"),
    "a file less": lambda room: (room.root / f"content/{RIVER}/data.csv").unlink(),
    "a document less": lambda room: shutil.rmtree(room.root / f"content/{MENDED}"),
    "a document's name": lambda room: (room.root / f"content/{RIVER}").rename(room.root / "content/releases/2026/flood"),
    "an empty folder": lambda room: (room.root / "content/pages/about").mkdir(parents=True),
    "a leftover beside a held document": lambda room: put(room.root, f"{SECRET}/.index.en.md.swp", "Unspeakable words.\n"),
    "a leftover whose name is no UTF-8": lambda room: Path(os.fsdecode(os.fsencode(room.root / f"content/{RIVER}") + b"/.\xff.swp")).touch(),
    "a link": lambda room: (room.root / f"content/{RIVER}/linked.csv").symlink_to("data.csv"),
    "a registry": lambda room: edited(room.root / "content/topics.yml", "en: Water", "en: Wader"),
    "a file of the root": lambda room: edited(room.root / "content/root/CNAME", "press", "fress"),
    "no content": lambda room: shutil.rmtree(room.root / "content"),
    "a template": lambda room: edited(room.root / "theme/templates/layouts/page.html", "<body", "<body "),
    "a word": lambda room: edited(room.root / "theme/words/en.po", 'msgstr "Press releases"', 'msgstr "Communiques"'),
    "the typography": lambda room: edited(room.root / "theme/typography/en.toml", '"March"', '"Mar."'),
    "an override": lambda room: edited(room.root / "house/static/own.css", "a { }", "b { }"),
    "a part of the look that nothing uses": lambda room: (room.root / "house/stray").mkdir(),
    "who may read the log": lambda room: setattr(room, "public_log", True),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_what_a_build_rests_upon_is_seen(room: Room, change: Callable[[Room], object]) -> None:
    change(room)
    room.comes_out_as_anew()


@pytest.mark.parametrize("name", OTHER)
def test_another_setting_has_another_basis(room: Room, name: str) -> None:
    room.settings = replace(room.settings, **{name: OTHER[name]})
    assert room.build() and room.read


def test_another_engine_has_another_basis(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spine, "engine_digest", lambda: "another")
    assert room.build() and room.read


def test_neither_a_room_that_was_copied_nor_an_older_record_is_believed(room: Room, tmp_path: Path) -> None:
    shutil.copytree(room.root, tmp_path / "room", symlinks=True)
    room.settings = room.settings_in(room.first, tmp_path / "room")
    assert room.build() and room.read
    room.settings, older = room.first, room.record.read_bytes()
    put(room.root, "root/CNAME", "other.test\n")
    room.build()
    room.record.write_bytes(older)
    room.comes_out_as_anew()


def copied(tree: Path) -> None:
    tree.rename(tree.with_name("moved"))
    shutil.copytree(tree.with_name("moved"), tree)
    shutil.rmtree(tree.with_name("moved"))


TAMPERING: dict[str, Callable[[Path], object]] = {
    "a page edited at its size and time": lambda tree: edited(tree / PAGE, "the", "teh"), "a page removed": lambda tree: (tree / PAGE).unlink(),
    "a page added": lambda tree: (tree / "en/stray.html").touch(), "an empty folder": lambda tree: (tree / "en/empty").mkdir(),
    "a link": lambda tree: (tree / "en/linked").symlink_to("/etc"), "nothing left": shutil.rmtree, "a copy in its place": copied,
    "the standby in its place, which the ledger knows too": lambda tree: swap.exchange(str(tree), str(tree.with_name(".output.standby"))),
}  # fmt: skip


@pytest.mark.parametrize("tampering", TAMPERING.values(), ids=TAMPERING)
def test_an_output_that_is_not_as_it_was_left_is_mended(room: Room, tampering: Callable[[Path], object]) -> None:
    put(room.root, "root/CNAME", "other.test\n")
    room.build()
    tree = tree_of(room.output)
    tampering(room.output)
    assert room.build() and room.read
    assert_same(tree_of(room.output), tree)


CUT = (Path.unlink, lambda path: os.truncate(path, path.stat().st_size // 2), lambda path: os.truncate(path, 0), lambda path: path.write_bytes(os.urandom(300)))


def of_another_tree(path: Path) -> None:
    write_receipt(str(path.parent), replace(read_receipt(str(path.parent)), tree="0" * 64))


@pytest.mark.parametrize("name", ["ledger.json", "receipt.json", "basis.msgpack"])
def test_any_of_the_records_may_be_lost_cut_emptied_or_overwritten(room: Room, name: str) -> None:
    tree = tree_of(room.output)
    for harm in (*CUT, *([of_another_tree] if name == "receipt.json" else ())):
        harm(room.state / name)
        assert room.build() and room.read
        assert room.build() and not room.read
    assert_same(tree_of(room.output), tree)


@pytest.mark.parametrize("at", [LIFTED, RAIN + timedelta(days=2)], ids=["an embargo ends", "what rained is no news any more"])
def test_an_instant_that_changes_the_site_is_not_missed(room: Room, at: datetime) -> None:
    # What is let out later would change it earlier than what is no news any more does.
    shutil.rmtree(room.root / f"content/{RIVER if at == LIFTED else SECRET}")
    assert room.build() and room.read
    before, room.now = tree_of(room.output), at - SECOND
    assert room.build() and not room.read
    room.now = at
    room.comes_out_as_anew()
    assert tree_of(room.output) != before


@pytest.mark.parametrize("at", [MENDED_AT - SECOND, RAIN - SECOND, NOW - SECOND], ids=["before a correction", "before a date", "a second before"])
def test_a_build_as_of_an_earlier_instant_looks_at_everything(room: Room, at: datetime) -> None:
    room.now = at
    room.comes_out_as_anew()


def test_what_was_written_within_the_last_two_seconds_may_change_once_more_unseen(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    put(room.root, "root/CNAME", "other.test\n")
    monkeypatch.setattr(clock, "wall_nanoseconds", time.time_ns)
    for _ in range(2):
        assert room.build() and room.read and not room.record.exists()


@pytest.mark.parametrize("name", ["static", "static/own.css"])
def test_what_a_link_in_the_look_leads_to_has_no_part_in_a_basis(room: Room, tmp_path: Path, name: str) -> None:
    linked, shared = room.root / "house" / name, tmp_path / "shared"
    linked.rename(shared)
    linked.symlink_to(shared)
    room.build()
    edited(shared / "own.css" if shared.is_dir() else shared, "a { }", "b { }")
    room.comes_out_as_anew()


def test_a_build_that_was_killed_between_two_alike_is_not_forgotten(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.settings = replace(room.first, name="Another Office")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(spine, "write_receipt", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        room.build()
    assert "Another Office" in (room.output / PAGE).read_text(encoding="utf-8")
    room.settings = room.first
    room.comes_out_as_anew()


def test_a_build_that_fails_answers_for_nothing(room: Room) -> None:
    tree, said = tree_of(room.output), room.outcome()
    put(room.root, "pages/broken/index.en.md", "---\ntitel: Broken\n---\nIt.\n")
    for _ in range(2):
        room.comes_out_as_anew()
    shutil.rmtree(room.root / "content/pages")
    assert room.outcome() == said
    assert_same(tree_of(room.output), tree)


def test_what_a_build_that_fails_as_of_the_lift_has_read_the_next_one_as_of_before_takes_out(room: Room) -> None:
    own = '{% extends "!theme/release.html" %}\n{% block beside %}{% if document.slug == "secret-merger" %}{{ nothing }}{% endif %}{% endblock %}\n'
    (room.root / "house/templates").mkdir()
    (room.root / "house/templates/release.html").write_text(own)
    tree, said = room.build() and tree_of(room.output), room.outcome()
    assert not room.read
    room.now = LIFTED
    assert room.outcome() == ("faults", "FT002")
    store = room.state / "store.sqlite"
    assert b"Unspeakable" in store.read_bytes()
    room.now = NOW
    assert room.outcome() == said and b"Unspeakable" not in store.read_bytes()
    assert_same(tree_of(room.output), tree)


def test_a_preview_is_made_each_time(room: Room) -> None:
    for _ in range(2):
        assert room.build(audience=PREVIEW, output=str(room.root / "preview")).proofs and room.read
    assert not (room.root / ".pressroom/preview/basis.msgpack").exists()


def test_what_was_said_of_the_swap_is_not_said_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "exchange", lambda *_: (_ for _ in ()).throw(OSError(min(swap.CANNOT_EXCHANGE), "this system cannot")))
    put(room.root, "root/CNAME", "other.test\n")
    assert [problem.code for problem in room.build().problems] == ["RG001", "FT009"]
    assert [problem.code for problem in room.build().problems] == ["RG001"] and not room.read


def test_nothing_of_what_is_held_can_be_read_in_the_record(room: Room) -> None:
    at = int(LIFTED.timestamp())
    words = [b"half-written", b"hushtopic", b"RG001", at.to_bytes(4, "big"), b"secret-merger", at.to_bytes(4, "little"), str(at).encode(), LIFTED.isoformat()[:16].encode()]
    known, records = basis.basis_of(room.settings, spine.engine_digest(), Disk()), [room.record.read_bytes()]
    room.record.unlink()
    room.build()
    records.append(room.record.read_bytes())
    assert not [word for word in words for record in records if word in record]
    assert len(records[0]) == len(records[1]) and records[0][:16] != records[1][:16] and records[0][16:] != records[1][16:], "a key is used once"
    # Only who has the sources as they stand can read it.
    output = open_output(room.settings.output, room.settings.state)
    found, wrong = (basis.find(room.settings, one, room.now, output.ledger) for one in (known, bytes(32)))
    assert wrong is None and found and words[:4] == [word for word in words if word in msgspec.msgpack.encode(msgspec.structs.replace(found, until=LIFTED))]


def test_a_large_output_has_its_standby_after_its_first_build_and_stands(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_LARGE", 0)
    shutil.rmtree(room.output)
    shutil.rmtree(room.root / ".output.standby", ignore_errors=True)
    room.build()
    assert_same(tree_of(room.root / ".output.standby"), tree_of(room.output))
    assert room.build().written == 0 and not room.read
    edited(room.root / "content" / RIVER / "index.en.md", "It rose.", "It fell.")
    room.comes_out_as_anew()


def test_where_anybody_may_read_the_log_nothing_is_kept(room: Room) -> None:
    room.public_log = True
    for _ in range(2):
        assert room.build() and room.read and not room.record.exists()


def test_what_is_settled_counts_from_before_the_first_look(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it takes until the sources are read."""
    looks: list[int] = []

    def settled() -> int:
        looks.append(clock.wall_nanoseconds() if looks else 1)
        return looks[-1]

    real, seen = spine.take_in, list[bool]()

    def taken_in(*given: Any, **named: Any) -> Any:
        intake, sources = real(*given, **named)
        seen.extend(sources.is_settled(file) for bundle in intake.tree.bundles for file in bundle.editions.values())
        return intake, sources

    room.record.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(clock, "settled", settled)
        patch.setattr(spine, "take_in", taken_in)
        spine.build(room.settings, room.now)
    assert seen and not any(seen)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_document_that_goes_away_while_its_build_reads_is_of_that_build_or_ends_it(room: Room, monkeypatch: pytest.MonkeyPatch, is_known: bool) -> None:
    """What was there when the build looked is read, or, where that was done before, taken as it was read."""
    folder, aside, real = room.root / "content" / RIVER, room.root / "aside", spine.take_in

    def without(*given: object, **named: object) -> object:
        folder.rename(aside)
        try:
            return real(*given, **named)
        finally:
            aside.rename(folder)

    room.record.unlink()
    before = tree_of(room.output)
    if not is_known:
        edited(folder / "index.en.md", "It rose.", "It fell.")
    with monkeypatch.context() as patch:
        patch.setattr(spine, "take_in", without)
        if is_known:
            room.build()
        else:
            with pytest.raises(Fault) as found:
                room.build()
            assert {problem.code for problem in found.value.problems} == {"FT012"}
    assert_same(tree_of(room.output), before)
    room.comes_out_as_anew()


def test_a_document_that_is_away_when_its_build_looks_comes_with_the_next(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, aside, real = room.root / "content" / RIVER, room.root / "aside", basis.basis_of

    def without(*given: Any) -> bytes:
        folder.rename(aside)
        try:
            return real(*given)
        finally:
            aside.rename(folder)

    room.record.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(basis, "basis_of", without)
        room.build()
    assert not (room.output / "en" / RIVER).exists()
    room.comes_out_as_anew()


def test_what_is_built_so_is_checked_and_published(site: Path) -> None:  # noqa: F811
    time.sleep(2.1)
    assert inv(site, "build").returncode == 0
    state = site / ".pressroom/public"
    inode, was = (state / "basis.msgpack").stat().st_ino, read_receipt(str(state))
    for words in (["build"], ["check", "--site"], ["publish"]):
        done = inv(site, *words)
        assert done.returncode == 0, done.stderr
    assert (state / "basis.msgpack").stat().st_ino == inode and read_receipt(str(state)).wall > was.wall and "Published" in done.stdout

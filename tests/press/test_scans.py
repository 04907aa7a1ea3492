"""How a tree stands beside the ledger: found out here or by a companion, it is the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.ground import clock
from pressroom.ground.executors import local_processes
from pressroom.ground.companion import Companion
from pressroom.press import folders, scans
from pressroom.press.files import LARGE
from pressroom.press.folders import Seen, keep_seen, read_seen, unseen
from pressroom.press.ledger import read_change, read_ledger
from pressroom.press.scans import Found, Looking, known_by, look, look_by
from pressroom.press.swap import exchange
from tests.press.trees import MANY, TURNS, Place, Site, read_tree


@pytest.fixture
def tampered(place: Place, tmp_path: Path) -> Place:
    """A place after two builds, with everything that can be wrong in a tree."""
    place.build(TURNS[0])
    place.build(TURNS[1])
    output = place.output
    (output / "3/7.html").write_text("tampered")
    (output / "1/9.html").unlink()
    (output / "stray.html").write_text("stray")
    (output / "strange/bare").mkdir(parents=True)
    (output / "link").symlink_to(tmp_path)
    (output / "3/11.html").unlink()
    (output / "3/11.html").mkdir()
    return place


def ledger_of(place: Place) -> str:
    return str(place.state / "ledger.json")


def test_what_is_not_as_it_was_left_is_found(tampered: Place) -> None:
    found = look(str(tampered.output), read_ledger(ledger_of(tampered)))
    assert found.inode == os.stat(tampered.output).st_ino
    assert found.changed.keys() == {"3/7.html", "stray.html"}
    assert found.missing == {"1/9.html", "3/11.html"} and found.others == {"link"}
    assert found.strange == {"strange", "strange/bare", "3/11.html"} and found.bare == {"strange/bare", "3/11.html"}


def test_of_a_tree_as_it_was_left_nothing_is_found(place: Place) -> None:
    place.build(TURNS[0])
    assert look(str(place.output), read_ledger(ledger_of(place))) == Found(os.stat(place.output).st_ino)


def test_where_no_folder_is_all_is_missing(place: Place) -> None:
    place.build(TURNS[0])
    assert look(str(place.root / "nowhere"), read_ledger(ledger_of(place))) == Found(missing=frozenset(TURNS[0]))


def near() -> Companion:
    return Companion(partial(local_processes, 1))


def test_a_companion_finds_the_same(tampered: Place) -> None:
    folders = (str(tampered.output), str(tampered.standby))
    ledger = read_ledger(ledger_of(tampered))
    with near() as companion:
        looking = Looking(ledger_of(tampered), companion)
        for folder in folders:
            looking.begin(folder)
        assert {folder: looking.found(folder) for folder in folders} == {folder: look(folder, ledger) for folder in folders}
        assert looking.found("elsewhere") is None


def test_nothing_is_known_where_no_companion_is(tampered: Place) -> None:
    looking = Looking(ledger_of(tampered), Companion())
    looking.begin(str(tampered.output))
    assert looking.found(str(tampered.output)) is None


def test_builds_with_a_companion_give_exactly_their_site(place: Place) -> None:
    for turn in (0, 1, 2, 1):
        with near() as companion:
            place.build(TURNS[turn], companion=companion)
        assert read_tree(place.output) == dict(TURNS[turn])
    with near() as companion:
        assert not any(place.build(TURNS[1], companion=companion).written)


def test_a_look_of_long_ago_is_not_relied_upon(tampered: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_LONG", 0)
    with near() as companion:
        looking = Looking(ledger_of(tampered), companion)
        looking.begin(str(tampered.output))
        assert looking.found(str(tampered.output)) is None


def by_what_was_seen(place: Place) -> Found:
    """How the output stands, by all that was seen of its folders until now."""
    return scans.Look(ledger_of(place))(str(place.output))


def listed_by(place: Place) -> int:
    known = known_of(place, place.output)
    assert known
    return look_by(str(place.output), known).fresh


def known_of(place: Place, tree: Path) -> scans.Known | None:
    inode = os.stat(tree).st_ino
    return known_by(ledger_of(place), inode, *read_change(ledger_of(place), inode))


@pytest.fixture
def known(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A place of whose folders all is known, however young they are."""
    monkeypatch.setattr(folders, "_WORTH", 0)
    monkeypatch.setattr(clock, "settled", lambda: clock.wall_nanoseconds() + 1_000_000_000)
    place.build(TURNS[0])
    by_what_was_seen(place)
    return place


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file": lambda output: (output / "1/new.html").write_text("new"),
    "a file at the top": lambda output: (output / "new.html").write_text("new"),
    "other bytes": lambda output: (output / "1/1.html").write_text("other"),
    "a file gone": lambda output: (output / "1/1.html").unlink(),
    "a file under another name": lambda output: (output / "1/1.html").rename(output / "1/one.html"),
    "another file in its place": lambda output: (output / "1/4.html").rename(output / "1/1.html"),
    "a file in a folder of folders": lambda output: (output / "deep").is_dir() and (output / "deep/new.html").write_text("new"),
    "a folder": lambda output: (output / "1/more").mkdir(),
    "folders in one another": lambda output: (output / "more/and/more").mkdir(parents=True),
    "a folder gone": lambda output: shutil.rmtree(output / "2"),
    "a folder elsewhere": lambda output: (output / "2").rename(output / "1/2"),
    "two folders exchanged": lambda output: exchange(str(output / "1"), str(output / "2")),
    "a folder copied in place": lambda output: copied_in_place(output / "1"),
    "a link to a folder": lambda output: linked(output / "1"),
    "a link to a file": lambda output: linked(output / "1/1.html"),
    "a pipe": lambda output: os.mkfifo(output / "1/pipe"),
    "a file, and the folder's time set back": lambda output: set_back(output / "1", lambda: (output / "1/new.html").write_text("new")),
    "nothing": lambda output: None,
}


def copied_in_place(folder: Path) -> None:
    shutil.copytree(folder, folder.with_name("copy"), copy_function=shutil.copy2)
    shutil.rmtree(folder)
    folder.with_name("copy").rename(folder)
    stat = os.stat(folder)
    os.utime(folder, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def set_back(folder: Path, change: Callable[[], object]) -> None:
    stat = os.stat(folder)
    change()
    os.utime(folder, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def linked(path: Path) -> None:
    path.rename(path.with_name("aside"))
    path.symlink_to("aside")


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_found_as_if_nothing_were_known(known: Place, change: str) -> None:
    CHANGES[change](known.output)
    ledger = read_ledger(ledger_of(known))
    for _ in range(2):
        assert by_what_was_seen(known) == look(str(known.output), ledger)


SITE = {**MANY, **{f"{n % 3}/{n}.html": b"%d" % n for n in range(12)}, "top.html": b"top", "deep/a/index.html": b"a", "deep/b/index.html": b"b"}
SITES: dict[str, Callable[[Site, int], Site]] = {
    "an edit": lambda site, turn: {**site, "1/1.html": b"edit %d" % turn},
    "an edit at the top": lambda site, turn: {**site, "top.html": b"edit %d" % turn},
    "a page more": lambda site, turn: {**site, f"more/{turn}/index.html": b"more"},
    "a page more in a folder": lambda site, turn: {**site, f"2/{turn}.html": b"more"},
    "a page gone": lambda site, turn: {path: data for path, data in site.items() if path != sorted(site)[turn % 5]},
    "many edits": lambda site, turn: {path: data + b"%d" % turn for path, data in site.items()},
    "a text of a search": lambda site, turn: {path: data for path, data in site.items() if not path.startswith("search")} | {f"search/2026/fragment/en_{turn:07x}.pf_fragment": b"%d" % turn},
    "a film": lambda site, turn: {**site, "many/film.mp4": b"%d" % turn * LARGE},
    "a film at the top": lambda site, turn: {**site, "film.mp4": b"%d" % turn * LARGE},
    "no change": lambda site, turn: site,
}
RECORDS = ("ledger.json", "ledger.json.changes", "folders.msgpack")


def lose(record: Path, before: dict[str, bytes]) -> None:
    """A record of the state is gone, or is what it was some time before."""
    record.unlink(missing_ok=True)
    if record.name in before:
        record.write_bytes(before[record.name])


def at_another_time(tree: Path, change: Callable[[Path], object], turn: int) -> None:
    """Changes something in a tree, later than all that was done there before, whatever the grain of the clock."""

    def names() -> dict[str, list[tuple[str, int]]]:
        return {folder: [(name, os.lstat(os.path.join(folder, name)).st_ino) for name in sorted([*folders, *files])] for folder, folders, files in os.walk(tree)}

    before = names()
    with suppress(OSError):
        change(tree)
    for folder in [folder for folder, found in names().items() if before.get(folder) != found]:
        later = clock.wall_nanoseconds() + turn * 1_000_000_000
        os.utime(folder, ns=(later, later))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from([*SITES, *CHANGES, *RECORDS]), st.booleans()), max_size=8))
def test_whatever_was_built_and_changed_since_is_found_as_if_nothing_were_known(
    tmp_path_factory: pytest.TempPathFactory, turns: list[tuple[str, bool]]
) -> None:
    place, site, before = Place(tmp_path_factory.mktemp("place")), SITE, dict[str, bytes]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folders, "_WORTH", 0)
        patch.setattr(clock, "settled", lambda: clock.wall_nanoseconds() + 3600 * 1_000_000_000)
        for turn, (what, in_output) in enumerate([("no change", True), ("an edit", True), *turns], 1):
            if what in SITES:
                site = SITES[what](site, turn)
                before |= {record: (place.state / record).read_bytes() for record in RECORDS if (place.state / record).is_file() and turn % 2}
                place.build(site)
            elif what in RECORDS:
                lose(place.state / what, before if in_output else {})
            else:
                at_another_time(place.output if in_output else place.standby, CHANGES[what], turn)
            ledger = read_ledger(ledger_of(place))
            for tree in filter(Path.is_dir, (place.output, place.standby)):
                assert scans.Look(ledger_of(place))(str(tree)) == look(str(tree), ledger), (what, tree)


def test_what_builds_have_changed_is_known_without_the_ledger(known: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    site = SITES["a text of a search"](SITE, 0)
    for turn, what in enumerate(("an edit", "an edit", "an edit", "a film", "a film at the top")):
        known.build(site := SITES[what](site, turn))
    for tree in (known.output, known.standby):
        for folder, _, _ in os.walk(tree):
            # Long ago, so that whatever is done there has another time.
            os.utime(folder, (0, 0))
        scans.Look(ledger_of(known))(str(tree))
    # What was to go out of the standby is left, as by a build that was killed; then a film is linked to from there, which gives it another stamp.
    for turn, what in enumerate(("an edit", "a page more", "a text of a search", "an edit at the top", "a text of a search", "an edit")):
        with monkeypatch.context() as patch:
            if not turn:
                patch.setattr("pressroom.press.write.forget", lambda *_: None)
            known.build(site := SITES[what](site, 10 + turn))
        if turn:
            (known.standby / "top.html").write_text("not there any more")
        ledger = read_ledger(ledger_of(known))
        with monkeypatch.context() as patch:
            patch.setattr(scans, "read_ledger", None)
            for tree in (known.output, known.standby):
                of_tree = known_of(known, tree)
                assert of_tree
                sight = look_by(str(tree), of_tree)
                assert sight.found == look(str(tree), ledger) and sight.fresh <= 7


def test_a_file_in_a_folder_of_folders_makes_none_of_them_strange(known: Place) -> None:
    known.build({"deep/a/index.html": b"a", "deep/b/index.html": b"b"})
    by_what_was_seen(known)
    at_another_time(known.output, CHANGES["a file in a folder of folders"], 1)
    assert by_what_was_seen(known) == look(str(known.output), read_ledger(ledger_of(known)))


@pytest.fixture
def told_beside(known: Place) -> Place:
    """A place with a page of which only what lies beside the ledger tells, and of whose trees all is known."""
    for turn in range(3):
        known.build(SITES["an edit"](SITE, turn))
    known.build({**SITE, "merger/index.html": b"m"})
    for tree in (known.output, known.standby):
        scans.Look(ledger_of(known))(str(tree))
    assert b"merger" in (known.state / "ledger.json.changes").read_bytes() and b"merger" not in (known.state / "ledger.json").read_bytes()
    return known


def test_without_what_lay_beside_the_ledger_a_tree_is_looked_at_whole(told_beside: Place) -> None:
    (told_beside.state / "ledger.json.changes").unlink()
    found = by_what_was_seen(told_beside)
    assert found == look(str(told_beside.output), read_ledger(ledger_of(told_beside))) and "merger/index.html" in found.changed


def test_a_page_that_is_taken_out_goes_though_what_told_of_it_is_lost(told_beside: Place) -> None:
    (told_beside.state / "ledger.json.changes").unlink()
    for turn in range(3):
        with near() as companion:
            told_beside.build(SITES["an edit at the top"](SITE, turn), companion=companion)
        assert read_tree(told_beside.output) == SITES["an edit at the top"](SITE, turn)


def test_a_folder_that_stands_is_not_listed_again(known: Place) -> None:
    assert listed_by(known) == 0
    (known.output / "1/new.html").write_text("new")
    assert listed_by(known) == 1


def test_a_folder_that_changed_lately_is_listed_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_WORTH", 0)
    place.build(TURNS[0])
    by_what_was_seen(place)
    assert listed_by(place) == 4


def test_the_folders_of_both_trees_are_kept_and_of_no_third(known: Place) -> None:
    known.build(TURNS[1])
    tool, trees = scans.Look(ledger_of(known)), [os.stat(folder).st_ino for folder in (known.output, known.standby)]
    for folder in (known.output, known.standby):
        tool(str(folder))
    kept, checksum = str(known.state / "folders.msgpack"), read_change(ledger_of(known), 0)[0]

    def are_kept() -> list[bool]:
        return [bool(read_seen(kept, tree, checksum, read_change(ledger_of(known), tree)[1].paths)) for tree in (*trees, 3)]

    assert are_kept() == [True, True, False]
    keep_seen(kept, 3, Seen(checksum, [], 0, unseen()), 1)
    assert are_kept() == [False, True, True]
    for folder in (known.output, known.standby):
        tool(str(folder))
    assert are_kept() == [True, True, False]


def test_a_name_that_no_build_has_left_there_is_not_kept(known: Place) -> None:
    (known.output / "secret-merger").mkdir()
    (known.output / "secret-merger/index.html").write_text("s")
    by_what_was_seen(known)
    assert b"secret-merger" not in (known.state / "folders.msgpack").read_bytes()


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:-1], lambda data: data[:40] + b"\0" + data[41:]], ids=["empty", "cut", "other"])
def test_a_spoiled_record_of_folders_is_none(known: Place, spoil: Callable[[bytes], bytes]) -> None:
    path = known.state / "folders.msgpack"
    path.write_bytes(spoil(path.read_bytes()))
    assert listed_by(known) == 4
    assert by_what_was_seen(known) == Found(os.stat(known.output).st_ino) and listed_by(known) == 0


def test_a_name_that_cannot_be_written_down_does_not_hinder_a_look(known: Place) -> None:
    os.mkdir(os.fsencode(known.output) + b"/\xff")
    assert by_what_was_seen(known) == look(str(known.output), read_ledger(ledger_of(known)))


def test_what_is_added_while_a_folder_is_listed_is_seen_the_next_time(known: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = scans.listed

    def listing(place: str) -> tuple[list[str], list[str], list[str]]:
        found = listed(place)
        Path(place, "late.html").write_text("late")
        return found

    # The folder stands as it was left, and has another time.
    (known.output / "1").chmod(0o750)
    with monkeypatch.context() as patch:
        patch.setattr(scans, "listed", listing)
        by_what_was_seen(known)
    assert by_what_was_seen(known) == look(str(known.output), read_ledger(ledger_of(known)))


def test_a_file_system_that_does_not_say_when_a_folder_changed_hinders_no_look(known: Place) -> None:
    path, tree = known.state / "folders.msgpack", os.stat(known.output).st_ino
    checksum, change = read_change(ledger_of(known), tree)
    seen = read_seen(str(path), tree, checksum, change.paths)
    assert seen
    seen.top.folders["1"].files["gone.html"] = (1, 2, 3, 4)
    keep_seen(str(path), tree, seen, 1)
    assert by_what_was_seen(known) == Found(tree)
    assert not path.exists()


def test_no_name_is_kept_of_what_has_gone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "settled", lambda: clock.wall_nanoseconds() + 1_000_000_000)
    with monkeypatch.context() as patch:
        patch.setattr(folders, "_WORTH", 0)
        place.build({"a/index.html": b"a", "secret-merger/index.html": b"s"})
        by_what_was_seen(place)
        assert b"secret-merger" in (place.state / "folders.msgpack").read_bytes()
    for number in range(2):
        with near() as companion:
            place.build({"a/index.html": b"a%d" % number}, companion=companion)
        assert not [path.name for path in place.state.iterdir() if b"secret-merger" in path.read_bytes()]

"""Lists that hold the newest thirty, and what `check` says over a store that knows much: as anew after any edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pressroom.build import examine
from pressroom.model.site import LISTING_LENGTH
from tests.sameness.rooms import FORUM, HARBOUR, LEVEL, RIVER, SECRET, Edit, Room, chosen, release, settings_in


def numbered(number: int, more: str = "") -> str:
    """The older, the higher: number 01 is of the last day."""
    return release(f"Number {number}", f"date: 2026-0{4 - number // 12}-{24 - number % 12 * 2:02}\ntopics: [water]\n{more}", f"It is {number}.\n\n> So it is.\n> — Ana Díaz, Director")


def folder(number: int) -> str:
    return f"releases/2026/number-{number:02}/index.en.md"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Room:
    files = {folder(number): numbered(number) for number in range(1, LISTING_LENGTH + 3)}
    registries = {"topics.yml": "water: {names: {en: Water}}\n", "people.yml": "ana-diaz:\n  names: {en: Ana Díaz}\n"}
    return Room(tmp_path_factory.mktemp("long") / "room", {**registries, **files}, languages=("en",), thorough=request.config.getoption("--slow"))


EDITS = (
    Edit("one more is the newest", lambda room: room.put("releases/2026/newest/index.en.md", release("Newest", "date: 2026-05-31\n"))),
    Edit("the newest goes", lambda room: room.remove("releases/2026/number-01")),
    Edit("the last of the list has another title", lambda room: room.edit(folder(LISTING_LENGTH), "title: Number", "title: Numero")),
    Edit("the first below the list has another title", lambda room: room.edit(folder(LISTING_LENGTH + 1), "title: Number", "title: Numero")),
    Edit("the first below the list is quoted otherwise", lambda room: room.edit(folder(LISTING_LENGTH + 1), "So it is", "So it was"), rare=True),
    Edit("the oldest goes", lambda room: room.remove(Path(folder(LISTING_LENGTH + 2)).parent.as_posix())),
    Edit("the oldest becomes the newest", lambda room: room.put(folder(LISTING_LENGTH + 2), numbered(0).replace("-04-24", "-05-24"))),
    Edit("one in the middle loses its topic", lambda room: room.edit(folder(15), "topics: [water]\n", "")),
    Edit("one in the middle is withdrawn", lambda room: room.say(folder(15), "corrections: [{type: withdrawn, at: '2026-05-20T10:00:00Z', note: {en: So it is.}}]"), rare=True),
    Edit("the last of the list and the first below are out at once", lambda room: room.put(folder(LISTING_LENGTH), numbered(LISTING_LENGTH + 1)), rare=True),
)  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "room" in metafunc.fixturenames:
        metafunc.parametrize("edit", chosen(EDITS, metafunc.config), ids=str)


def test_built_after_an_edit_as_built_anew(room: Room, edit: Edit) -> None:
    room.holds(edit)


def told(room: Room) -> list[str]:
    return sorted(map(str, examine(room.settings, room.now)))


def told_anew(room: Room, folder: Path) -> list[str]:
    """The same without a store."""
    for name in ("content", "held", "house"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(room.root / name)
    return sorted(map(str, examine(settings_in(folder, room.settings), room.now)))


FAULTY: tuple[Edit, ...] = (
    Edit("a translation says another number", lambda room: (room.edit(f"{LEVEL}/index.en.md", "high", "at 3 metres"), room.edit(f"{LEVEL}/index.zh-Hans.md", "很高", "是 4 米"))),
    Edit("a link of what is held leads nowhere", lambda room: room.add(f"{SECRET}/index.en.md", "[No](../nothing/)")),
    Edit("a link leads nowhere since its target went", lambda room: room.remove(HARBOUR)),
    Edit("a voice that nobody knows speaks", lambda room: room.edit(f"{FORUM}/index.en.md", "Omar Said", "Nobody Known")),
    Edit("a translation is divided otherwise", lambda room: room.add(f"{RIVER}/index.ar.md", "فقرة أخرى.")),
)  # fmt: skip


@pytest.fixture(scope="module")
def whole_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    yield Room(tmp_path_factory.mktemp("checked") / "room")


@pytest.mark.parametrize("edit", FAULTY, ids=str)
def test_check_says_over_a_store_what_it_says_without(whole_room: Room, tmp_path: Path, edit: Edit) -> None:
    whole_room.put_back()
    before = told(whole_room)
    edit.change(whole_room)
    found = told(whole_room)
    assert found == told_anew(whole_room, tmp_path / "anew") != before
    whole_room.put_back()
    assert told(whole_room) == before

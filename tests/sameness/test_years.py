"""Years of a kind, a topic or a person are known by what is listed in them: what another year decides of their pages is never older than that year."""

from __future__ import annotations

import pytest

from tests.sameness.rooms import Edit, Room, chosen, release

OLD, MID, NEW = (f"releases/{year}/{slug}" for year, slug in ((2020, "old"), (2022, "mid"), (2024, "new")))
KNOWN, UNKNOWN = "> So it is.\n> — Ana Díaz, Director", "> It was so.\n> — Bo Lind, Gauger"
FILES = {
    "topics.yml": "water: {names: {en: Water, fr: Eau}}\n",
    "people.yml": "ana-diaz:\n  names: {en: Ana Díaz}\n",
    f"{OLD}/index.en.md": release("Old", "date: 2020-03-01\ntopics: [water]\n", f"It rose.\n\n{KNOWN}\n\n{UNKNOWN}"),
    f"{MID}/index.en.md": release("Mid", "date: 2022-03-01\ntopics: [water]\n", f"It fell.\n\n{UNKNOWN}"),
    f"{MID}/index.fr.md": release("Milieu", "translation: official\n", f"Il tombe.\n\n{UNKNOWN}"),
    f"{NEW}/index.en.md": release("New", "date: 2024-03-01\ntopics: [water]\n", f"It stood.\n\n{KNOWN}\n\n{UNKNOWN}"),
}
EDITS = (
    Edit("an old one is translated", lambda room: room.put(f"{OLD}/index.fr.md", release("Vieux", "translation: official\n", f"Il monte.\n\n{UNKNOWN}"))),
    Edit("the only translation goes", lambda room: room.remove(f"{MID}/index.fr.md")),
    Edit("an old one names the unregistered otherwise", lambda room: room.edit(f"{OLD}/index.en.md", "Bo Lind", "BO LIND")),
    Edit("the newest names the unregistered otherwise", lambda room: room.edit(f"{NEW}/index.en.md", "Bo Lind", "BO LIND")),
    Edit("the unregistered is quoted in one year only", lambda room: (room.remove(OLD), room.remove(NEW))),
    Edit("the registered says nothing any more but in one year", lambda room: room.edit(f"{OLD}/index.en.md", KNOWN, "")),
    Edit("the registered says nothing at all any more", lambda room: (room.edit(f"{OLD}/index.en.md", KNOWN, ""), room.edit(f"{NEW}/index.en.md", KNOWN, ""))),
    Edit("one more in a closed year", lambda room: room.put("releases/2022/more/index.en.md", release("More", "date: 2022-03-02\ntopics: [water]\n", UNKNOWN))),
    Edit("one moves to another month", lambda room: room.edit(f"{MID}/index.en.md", "2022-03-01", "2022-04-01")),
    Edit("one moves to another year", lambda room: (room.edit(f"{OLD}/index.en.md", "2020-03-01", "2022-02-01"), room.move(OLD, "releases/2022/old"))),
    Edit("an old one becomes a transcript", lambda room: room.move(OLD, "transcripts/2020/old")),
    Edit("an old one loses its topic", lambda room: room.edit(f"{OLD}/index.en.md", "topics: [water]\n", "")),
    Edit("a year goes", lambda room: room.remove(OLD)),
)  # fmt: skip


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Room:
    return Room(tmp_path_factory.mktemp("years") / "room", FILES, languages=("en", "fr"), thorough=request.config.getoption("--slow"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "edit" in metafunc.fixturenames:
        metafunc.parametrize("edit", chosen(EDITS, metafunc.config), ids=str)


def test_built_after_an_edit_as_built_anew(room: Room, edit: Edit) -> None:
    room.holds(edit)

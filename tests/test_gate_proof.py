"""The proof of the gate: of random press rooms, no word of what is held comes out while it is held, and every one when it is lifted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.build import Receipt, build
from pressroom.ground.problems import Fault, Problem
from pressroom.reports import told
from tests.random_rooms import EDITS, LANGUAGES, REGISTRIES, Document, RandomRoom
from tests.sites import REPOSITORY, tree_of
from tests.test_sameness import settings_of

NOW, LATER = datetime(2026, 6, 1, 12, tzinfo=UTC), datetime(2030, 2, 1, 12, tzinfo=UTC)
FEW, MANY = 30, 500

NEVER_PUBLISHED = {
    "reason of a lift", "comment in a header", "comment in a registry", "comment in a text", "unused reference", "host of an unused reference",
    "silent speaker", "alias of a person", "id of an office", "name of an unnamed file", "content of an unnamed file", "name of a leftover",
    "content of a leftover",
    *(f"unnamed {what} in {registry}" for what in ("id", "name") for registry in REGISTRIES),
}  # fmt: skip
"""The places whose words stay in the sources when their document is out."""

LOGS = ({"CI": "true"}, {"CI": "true", "GITHUB_ACTIONS": "true"})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        count = MANY if metafunc.config.getoption("--slow") else FEW
        # A fault says much the same in any room.
        metafunc.parametrize("seed", range(count // 10 if "spoil" in metafunc.fixturenames else count))


class Press:
    """A press room on the disk, whose files are written only where they differ."""

    def __init__(self, root: Path, room: RandomRoom, searched: bool = False) -> None:
        self.root, self.room = root, room
        self.lying: dict[str, bytes] = {}
        for folder in ("content", "held"):
            (root / folder).mkdir(parents=True)
        held = str(root / "held") if room.has_held_root else ""
        self.settings = replace(settings_of(root), theme=str(REPOSITORY / "theme"), languages=LANGUAGES, held_content=held, search=searched)

    def put(self, sources: dict[str, bytes]) -> None:
        for name in self.lying.keys() - sources.keys():
            (self.root / name).unlink()
            self._remove_empty((self.root / name).parent)
        for name, data in sources.items():
            if self.lying.get(name) != data:
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                (self.root / name).write_bytes(data)
        self.lying = sources

    def _remove_empty(self, folder: Path) -> None:
        while folder.parent != self.root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def build(self, now: datetime = NOW) -> Receipt:
        return build(self.settings, now, public_log=True)

    @property
    def output(self) -> Path:
        return self.root / "output"

    def leaked(self) -> dict[str, str]:
        """What has come out, by its place: into the output, the standby beside it, a stage, the records of public builds."""
        beside = [path for path in self.root.iterdir() if path.name.startswith((".output", "output"))]
        return self.placed(self.room.canaries.seen_in(*beside, self.root / ".pressroom"))

    def said(self, problems: Iterable[Problem]) -> dict[str, str]:
        """What of the held documents a public log says."""
        return self.placed({word for log in LOGS for word in self.room.canaries.said_in("\n".join(told(problems, log, self.root)))})

    def placed(self, words: set[str]) -> dict[str, str]:
        return {word: self.room.canaries.places.get(word, "part of a word") for word in words}


@pytest.fixture
def press(tmp_path: Path, seed: int) -> Press:
    # An index takes longer than all else of a small room.
    return Press(tmp_path / "room", RandomRoom(seed), searched=seed % 5 == 0)


def test_not_a_word_is_out_while_it_is_held_and_every_word_when_it_is_lifted(press: Press, tmp_path: Path) -> None:
    room = press.room
    press.put(room.sources())
    receipt = press.build()
    assert press.leaked() == {} == press.said(receipt.problems)
    first = tree_of(press.output)

    press.put(room.sources(edit=room.chance.choice(EDITS)))
    receipt = press.build()
    assert press.leaked() == {} == press.said(receipt.problems)
    assert tree_of(press.output) != first

    lifted, at = room.sources(lifted=True), LATER if room.lifted_by_clock else NOW
    press.put(lifted)
    press.build(at)
    out = room.canaries.seen_in(press.output)
    assert {word: place for word, place in room.canaries.places.items() if (word in out) == (place in NEVER_PUBLISHED)} == {}
    anew = Press(tmp_path / "anew", room, press.settings.search)
    anew.put(lifted)
    anew.build(at)
    assert tree_of(press.output) == tree_of(anew.output)

    press.put(room.sources())
    receipt = press.build()
    assert press.leaked() == {} == press.said(receipt.problems)
    assert tree_of(press.output) == first


def _edition(room: RandomRoom, sources: dict[str, bytes], document: Document) -> str:
    """The path of the original."""
    folder = f"{document.root}/{room.folder(document)}/index."
    return min((path for path in sources if path.startswith(folder)), key=lambda path: (b"\ntranslation:" in sources[path], path))


def an_unknown_field(room: RandomRoom, sources: dict[str, bytes]) -> None:
    path = _edition(room, sources, room.documents[len(room.cleared)])
    sources[path] = sources[path].replace(b"---\n", f"---\n{room.new('unknown field')}: one\n".encode(), 1)


def a_misspelt_embargo(room: RandomRoom, sources: dict[str, bytes]) -> None:
    path = _edition(room, sources, room.cleared[1])
    sources[path] = sources[path].replace(b"---\n", f"---\nembarg: {room.new('embargo')}\n".encode(), 1)


def a_link_to_what_is_held(room: RandomRoom, sources: dict[str, bytes]) -> None:
    sources[_edition(room, sources, room.cleared[1])] += f"\n[Soon]({{filename}}/{room.folder(room.documents[len(room.cleared)])}/)\n".encode()


def a_topic_that_is_nearly_held(room: RandomRoom, sources: dict[str, bytes]) -> None:
    topic, path = room.registry["topics"][-1].partition(":")[0], _edition(room, sources, room.cleared[1])
    near = ("q" if topic[0] != "q" else "z") + topic[1:]
    sources[path] = re.sub(rb"\ndate: .*", rb"\g<0>\ntopics: [" + near.encode() + rb"]", sources[path].replace(b"topics: [water]\n", b""))


def a_name_of_two_people(room: RandomRoom, sources: dict[str, bytes]) -> None:
    name = room.new("name of two people")
    sources["content/people.yml"] += "".join(f"{room.new('one of two people')}: {{names: {{en: {name}}}}}\n" for _ in range(2)).encode()


def an_office_of_nobody(room: RandomRoom, sources: dict[str, bytes]) -> None:
    office = f"offices: [{{role: {{en: Director}}, organisation: {room.new('unknown organisation')}}}]"
    sources["content/people.yml"] += f"{room.new('person of an unknown organisation')}: {{names: {{en: Somebody}}, {office}}}\n".encode()


def a_registry_that_cannot_be_read(room: RandomRoom, sources: dict[str, bytes]) -> None:
    sources["content/topics.yml"] += f"{room.new('topic that cannot be read')}: {{names: [\n".encode()


def a_folder_that_is_no_slug(room: RandomRoom, sources: dict[str, bytes]) -> None:
    sources[f"content/releases/2026/{room.new('folder that is no slug')}_1/index.en.md"] = b"---\ntitle: Soon\ndate: 2026-05-01\n---\nSoon.\n"


def a_file_in_no_folder(room: RandomRoom, sources: dict[str, bytes]) -> None:
    sources[f"content/releases/2026/{room.new('file in no folder')}.docx"] = b"Soon."


def a_language_that_is_not_spoken(room: RandomRoom, sources: dict[str, bytes]) -> None:
    document = room.documents[len(room.cleared)]
    sources[f"{document.root}/{room.folder(document)}/index.{room.new('language')[:3]}.md"] = b"---\ntitle: Soon\ntranslation: official\n---\nSoon.\n"


FAULTS: tuple[Callable[[RandomRoom, dict[str, bytes]], None], ...] = (
    an_unknown_field, a_misspelt_embargo, a_link_to_what_is_held, a_topic_that_is_nearly_held, a_name_of_two_people, an_office_of_nobody,
    a_registry_that_cannot_be_read, a_folder_that_is_no_slug, a_file_in_no_folder, a_language_that_is_not_spoken,
)  # fmt: skip


@pytest.mark.parametrize("spoil", FAULTS)
def test_a_build_that_fails_names_nothing_that_is_held(press: Press, spoil: Callable[[RandomRoom, dict[str, bytes]], None]) -> None:
    spoilt = press.room.sources()
    spoil(press.room, spoilt)
    press.put(spoilt)
    # The faults of a draft stop nobody.
    stops = spoil is not an_unknown_field or press.room.documents[len(press.room.cleared)].hold != "draft"
    try:
        problems = press.build().problems
    except Fault as fault:
        problems = fault.problems
        assert stops
    else:
        assert not stops
    assert press.said(problems) == {} == press.leaked()

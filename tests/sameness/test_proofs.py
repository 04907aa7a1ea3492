"""A proof has the bytes that the build gives the page; where a build alone can tell, there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pressroom.build import build, look
from pressroom.model.settings import PREVIEW, Derived
from pressroom.proofs import Proofs
from tests.sameness.rooms import (
    ABOUT, FILES, FORUM, FRESH, GONE, HARBOUR, HALF, LEVEL, LONE, MENDED, NOW, OLD, RIVER, SECRET, SESSION, SPARE, TALK, Edit, Room, picture, release,
)  # fmt: skip

OWN = {"house/static/own.css": "p { color: red }\n"}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    return Room(tmp_path_factory.mktemp("proofs") / "room", {**FILES, **OWN}, PREVIEW)


def pages(folder: str, *languages: str, fronts: str = "") -> set[str]:
    """The pages of editions and, for the languages named after `fronts`, those on which the headline stands."""
    return {*(f"{lang.lower()}/{folder}/index.html" for lang in languages), *(f"{lang}/index.html" for lang in fronts.split())}


PULLED = (
    (Edit("a paragraph more", lambda room: room.add(f"{RIVER}/index.en.md", "And *more* of it.")), pages(RIVER, "en")),
    (Edit("a word of a passage", lambda room: room.edit(f"{OLD}/index.en.md", "so", "otherwise")), pages(OLD, "en")),
    (Edit("a text of nothing", lambda room: room.put(f"{SPARE}/index.en.md", str(FILES[f"{SPARE}/index.en.md"]).replace("It is so.", ""))), pages(SPARE, "en")),
    (Edit("a headline, on the fronts of all languages that it has not", lambda room: room.edit(f"{OLD}/index.en.md", "An old thing", "A thing of old")), pages(OLD, "en", fronts="en zh-hans ar")),
    (Edit("a headline, on the front of its own language", lambda room: room.edit(f"{RIVER}/index.ar.md", "النهر يرتفع", "النهر ينخفض")), pages(RIVER, "ar", fronts="ar")),
    (Edit("a summary", lambda room: room.say(f"{LEVEL}/index.en.md", "summary: In short")), pages(LEVEL, "en", fronts="en ar")),
    (Edit("the original of a translation", lambda room: room.edit(f"{HARBOUR}/index.zh-Hans.md", "已经两次", "已经三次")), pages(HARBOUR, "zh-Hans")),
    (Edit("a translation", lambda room: room.edit(f"{HARBOUR}/index.en.md", "Twice", "Once more")), pages(HARBOUR, "en")),
    (Edit("what somebody says", lambda room: room.edit(f"{TALK}/index.zh-Hans.md", "水坝满了", "水坝空了")), pages(TALK, "zh-Hans")),
    (Edit("narration, where there is a recording", lambda room: room.edit(f"{FORUM}/index.en.md", "met the press", "met reporters")), pages(FORUM, "en")),
    (Edit("the caption of a picture", lambda room: room.edit(f"{LEVEL}/index.en.md", "in April", "in May")), pages(LEVEL, "en")),
    (Edit("a translation of another sort", lambda room: room.edit(f"{LEVEL}/index.zh-Hans.md", "machine", "official")), pages(LEVEL, "zh-Hans", fronts="zh-hans")),
    (Edit("what is under embargo", lambda room: room.edit(f"{SECRET}/index.en.md", "Unspeakable", "Unthinkable")), pages(SECRET, "en")),
    (Edit("a draft", lambda room: room.edit(f"{HALF}/index.en.md", "Not yet", "Not at all")), pages(HALF, "en")),
    (Edit("a lone translation", lambda room: room.add(f"{LONE}/index.zh-Hans.md", "又一句。")), pages(LONE, "zh-Hans")),
    (Edit("what has been corrected", lambda room: room.edit(f"{MENDED}/index.en.md", "This stays.", "This does not.")), pages(MENDED, "en")),
    (Edit("a page of the office", lambda room: room.edit(f"{ABOUT}/index.en.md", "About the office", "Of the office")), pages(ABOUT.removeprefix("pages/"), "en")),
    (Edit("nothing at all", lambda room: room.put(f"{OLD}/index.en.md", FILES[f"{OLD}/index.en.md"]), changes=False), pages(OLD, "en")),
    (Edit("a style of the site's own", lambda room: room.put("house/static/own.css", "p { color: green }\n")), {"theme/own.css"}),
    (Edit("a file of the root", lambda room: room.put("root/CNAME", "news.test\n")), {"CNAME"}),
)  # fmt: skip
NOT_PULLED = (
    Edit("a date", lambda room: room.edit(f"{LEVEL}/index.en.md", "2026-04-05", "2026-04-06")),
    Edit("a topic", lambda room: room.edit(f"{RIVER}/index.en.md", "topics: [water]", "topics: [rain]")),
    Edit("a link", lambda room: room.add(f"{OLD}/index.en.md", "See [the spare](../../2025/spare/).")),
    Edit("a link that is gone", lambda room: room.edit(f"{RIVER}/index.en.md", "[the level](../level/)", "the level")),
    Edit("a text that links to a passage", lambda room: room.edit(f"{FRESH}/index.en.md", "last night", "yesterday")),
    Edit("who speaks", lambda room: room.edit(f"{TALK}/index.zh-Hans.md", "方砚", "方岩")),
    Edit("a picture", lambda room: room.put(f"{LEVEL}/photo.png", picture(30, 640))),
    Edit("an embargo", lambda room: room.edit(f"{SECRET}/index.en.md", "2026-06-02", "2026-06-03")),
    Edit("a draft that is one no longer", lambda room: room.edit(f"{HALF}/index.en.md", "status: draft\n", "")),
    Edit("a language more", lambda room: room.put(f"{OLD}/index.ar.md", release("شيء قديم", "translation: official\n", "كان كذلك."))),
    Edit("a former version", lambda room: room.edit(f"{MENDED}/v/1/index.en.md", "four", "three")),
    Edit("what is withdrawn", lambda room: room.edit(f"{GONE}/index.en.md", "Nobody", "No one")),
    Edit("the name of a page of the footer", lambda room: room.edit(f"{ABOUT}/index.en.md", "title: About", "title: About us")),
    Edit("a large file of the root", lambda room: room.put("root/CNAME", "x" * 1_000_001)),
    Edit("a registry", lambda room: room.edit("topics.yml", "Water", "Waters")),
    Edit("a header that is wrong", lambda room: room.edit(f"{SESSION}/index.en.md", "title:", "titel:"), frozenset({"FM006"})),
    Edit("a text that is wrong", lambda room: room.edit(f"{SESSION}/index.en.md", "[Soundbite] Omar", "[Soundbite Omar"), frozenset({"TR004"})),
)  # fmt: skip


def built(room: Room) -> Proofs:
    """The room as it was at first, and what proofs are pulled from."""
    room.put_back()
    proofs = build(room.settings, NOW).proofs
    assert proofs
    return proofs


def pulled(room: Room, change: Callable[[Room], object]) -> dict[str, bytes]:
    """What one edit brings before the build, which must be what the build brings."""
    proofs = built(room)
    before = room._sources()
    change(room)
    after = room._sources()
    saved = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} or {room.path(f"{OLD}/index.en.md")}
    (path,) = saved
    if found := dict(proofs.pull(str(path), NOW)):
        room.build()
    assert {path: data for path, data in found.items() if (room.output / path).read_bytes() != data} == {}
    return found


@pytest.mark.parametrize(("edit", "wanted"), PULLED, ids=[str(edit) for edit, _ in PULLED])
def test_a_proof_has_the_bytes_of_the_build(room: Room, edit: Edit, wanted: set[str]) -> None:
    assert pulled(room, edit.change).keys() == wanted


@pytest.mark.parametrize("edit", NOT_PULLED, ids=str)
def test_no_proof_is_pulled_where_more_decides_what_a_page_says(room: Room, edit: Edit) -> None:
    assert pulled(room, edit.change) == {}


def test_a_text_that_is_gone_again_gives_no_proof(room: Room) -> None:
    proofs = built(room)
    room.remove(f"{HARBOUR}/index.en.md")
    with pytest.raises(OSError):
        dict(proofs.pull(str(room.path(f"{HARBOUR}/index.en.md")), NOW))


def test_what_the_next_build_lets_out_is_not_shown_as_held(room: Room) -> None:
    proofs = built(room)
    room.edit(f"{SECRET}/index.en.md", "Unspeakable", "Unthinkable")
    source = str(room.path(f"{SECRET}/index.en.md"))
    assert dict(proofs.pull(source, NOW)) and dict(proofs.pull(source, NOW + timedelta(days=3))) == {}


def test_a_proof_leaves_nothing_behind(room: Room) -> None:
    proofs = built(room)
    state = {path: path.read_bytes() for path in room.state.rglob("*") if path.is_file()}
    room.add(f"{OLD}/index.en.md", "A word that nobody saved.")
    assert dict(proofs.pull(str(room.path(f"{OLD}/index.en.md")), NOW))
    proofs.rehearse()
    assert {path: path.read_bytes() for path in room.state.rglob("*") if path.is_file()} == state


def test_a_text_that_was_read_since_by_something_else_gives_no_proof(room: Room) -> None:
    """Of the site of the last build it is known what its links lead to, and of no later text."""
    proofs = built(room)
    room.edit(f"{RIVER}/index.en.md", "[the level](../level/)", "[the level](../../2025/spare/)")
    look(room.settings, NOW)
    room.add(f"{RIVER}/index.en.md", "More.")
    assert dict(proofs.pull(str(room.path(f"{RIVER}/index.en.md")), NOW)) == {}


def test_where_software_makes_editions_of_others_no_proof_is_pulled(tmp_path: Path) -> None:
    room = Room(tmp_path / "room", audience=PREVIEW)
    room.set(languages=("en", "zh-Hans", "ar", "zh-Hant"), derived=(Derived("zh-Hant", "zh-Hans", "s2t"),))
    room._settings = room.settings
    proofs = built(room)
    room.add(f"{LEVEL}/index.zh-Hans.md", "多一句。")
    assert dict(proofs.pull(str(room.path(f"{LEVEL}/index.zh-Hans.md")), NOW)) == {}

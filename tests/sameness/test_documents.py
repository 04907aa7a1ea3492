"""What one document shows of another is never older than the other: built after an edit as built anew."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.sameness.rooms import (
    ABOUT, FILES, FORUM, FRESH, GONE, HALF, HARBOUR, LEVEL, LONE, MENDED, OLD, RIVER, SECRET, SESSION, SPARE, TALK, Edit, Room, chosen, mark, picture, release,
)  # fmt: skip

NOTE = "{en: So it is., zh-Hans: 如此。, ar: هكذا.}"
NO_LINK, HIDDEN = frozenset({"LK001"}), frozenset({"LK002"})


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Room:
    return Room(tmp_path_factory.mktemp("documents") / "room", thorough=request.config.getoption("--slow"))


def keep(room: Room, folder: str, version: int) -> None:
    """The texts of now, kept as those of an earlier version."""
    for path in room.path(folder).glob("index.*.md"):
        room.put(f"{folder}/v/{version}/{path.name}", path.read_bytes())


def correct(room: Room, folder: str, type: str, more: str = "") -> None:
    keep(room, folder, 1)
    room.say(f"{folder}/index.en.md", f"corrections: [{{type: {type}, at: '2026-05-20T10:00:00Z', note: {NOTE}{more}}}]")


def corrected_by_passage(room: Room) -> None:
    correct(room, LEVEL, "corrected", f", passages: [{mark('It stands low.')}]")
    room.edit(f"{LEVEL}/index.en.md", "It stands high.", "It stands low.")


def corrected_twice(room: Room) -> None:
    keep(room, MENDED, 2)
    room.edit(f"{MENDED}/index.en.md", "ar: خمسة.}}\n", f"ar: خمسة.}}}}\n- {{type: clarified, at: '2026-05-20T10:00:00Z', note: {NOTE}}}\n")
    room.edit(f"{MENDED}/index.en.md", "five metres", "five metres and more")


def swapped(room: Room) -> None:
    """Every stamp goes along with its file."""
    room.move(RIVER, "releases/2026/aside")
    room.move(LEVEL, RIVER)
    room.move("releases/2026/aside", LEVEL)
    room.edit(f"{LEVEL}/index.en.md", "(../level/levels.csv)", "(../river/levels.csv)")
    room.edit(f"{LEVEL}/index.en.md", "(../level/photo.png)", "(../river/photo.png)")


def moved_to_another_year(room: Room) -> None:
    room.edit(f"{FRESH}/index.en.md", "2026-05-31T20:00Z", "2024-12-31")
    room.move(FRESH, "releases/2024/fresh")


def moved_to_another_kind(room: Room) -> None:
    room.move(FRESH, "transcripts/2026/fresh")


def original_changed(room: Room) -> None:
    """What was the translation is the original, and the other way round."""
    room.edit(f"{HARBOUR}/index.en.md", "translation: official\n", "date: 2025-05-06\ntopics: [ports]\n")
    room.edit(f"{HARBOUR}/index.zh-Hans.md", "date: 2025-05-06\ntopics: [ports]\n", "translation: official\n")


def copied(room: Room) -> None:
    shutil.copytree(room.path(LEVEL), room.path("releases/2026/other-level"))


def slug_alone_moved(room: Room) -> None:
    room.move(SPARE, "releases/2025/spared")
    room.edit("releases/2025/spared/index.en.md", "[/en/news/spare/]", "[/en/news/spare/, /en/releases/2025/spare/]")
    room.edit(f"{MENDED}/v/1/index.en.md", "../../2025/spare/", "../../2025/spared/")


def linked_file_renamed(room: Room) -> None:
    room.move(f"{LEVEL}/levels.csv", f"{LEVEL}/heights.csv")
    room.edit(f"{LEVEL}/index.en.md", "levels.csv", "heights.csv")
    room.edit(f"{RIVER}/index.en.md", "levels.csv", "heights.csv")


def link_to_a_topic_gone(room: Room) -> None:
    room.edit(f"{LEVEL}/index.en.md", "topics: [rain]\n", "topics: [water]\n")
    room.edit(f"{RIVER}/index.en.md", "[rain]({tag}rain)", "rain")


TARGETS = (
    Edit("the target of links goes", lambda room: room.remove(LEVEL), NO_LINK),
    Edit("the target of links becomes a draft", lambda room: room.say(f"{LEVEL}/index.en.md", "status: draft"), HIDDEN | NO_LINK),
    Edit("the target of links comes under embargo", lambda room: room.say(f"{HARBOUR}/index.zh-Hans.md", "embargo: 2031-01-01T00:00:00Z"), HIDDEN, rare=True),
    Edit("the target of links is withdrawn with its files", lambda room: room.say(f"{LEVEL}/index.en.md", f"corrections: [{{type: withdrawn, at: '2026-05-20T10:00:00Z', note: {NOTE}}}]"), NO_LINK, rare=True),
    Edit("the target of a link is withdrawn", lambda room: room.say(f"{HARBOUR}/index.zh-Hans.md", f"corrections: [{{type: withdrawn, at: '2026-05-20T10:00:00Z', note: {NOTE}}}]")),
    Edit("the target of a link gets the language of the page", lambda room: room.put(f"{LEVEL}/index.ar.md", release("ثلاثة أمتار", "translation: machine\n", "المستوى عال."))),
    Edit("the target of a link loses the language of the page", lambda room: room.remove(f"{LEVEL}/index.zh-Hans.md")),
    Edit("a translation of the target becomes a draft", lambda room: room.say(f"{LEVEL}/index.zh-Hans.md", "status: draft")),
    Edit("the target of a link changes its original", original_changed, rare=True),
    Edit("the target of a link has another title", lambda room: room.edit(f"{LEVEL}/index.en.md", "Three metres", "Four metres")),
    Edit("the target loses the file that is linked to", lambda room: (room.remove(f"{LEVEL}/levels.csv"), room.edit(f"{LEVEL}/index.en.md", "attachments: [levels.csv]\n", "")), NO_LINK),
    Edit("a file that is linked to has another name", linked_file_renamed),
    Edit("another document links to a file that nobody named", lambda room: (room.put(f"{OLD}/extra.csv", "e\n"), room.add(f"{FRESH}/index.en.md", "[Extra](../../2020/old/extra.csv)")), rare=True),
    Edit("no document links to a file any more", lambda room: room.edit(f"{LEVEL}/index.en.md", "attachments: [levels.csv]\n", ""), rare=True),
    Edit("the target of a link moves away and leaves an alias", slug_alone_moved),
    Edit("an alias that is linked to goes", lambda room: room.edit(f"{SPARE}/index.en.md", "aliases: [/en/news/spare/]\n", ""), NO_LINK),
    Edit("an alias goes to another document", lambda room: (room.edit(f"{SPARE}/index.en.md", "aliases: [/en/news/spare/]\n", ""), room.say(f"{OLD}/index.en.md", "aliases: [/en/news/spare/]")), rare=True),
    Edit("the only document of a year that is linked to goes", lambda room: room.remove(OLD), NO_LINK),
    Edit("a link of an earlier version loses its target", lambda room: (room.remove(SPARE), room.edit(f"{RIVER}/index.en.md", "[once](/en/news/spare/)", "once"))),
    Edit("a link of an earlier version gets its target back in another language", lambda room: (room.move(f"{SPARE}/index.en.md", f"{SPARE}/index.ar.md")), rare=True),
    Edit("a passage that is linked to is edited away", lambda room: room.edit(f"{HARBOUR}/index.en.md", "It opened.", "It was opened.")),
    Edit("a topic that is linked to loses its last document", lambda room: room.edit(f"{LEVEL}/index.en.md", "topics: [rain]\n", ""), NO_LINK),
    Edit("a topic loses its last document and the link to it", link_to_a_topic_gone),
    Edit("a topic loses a withdrawn and an old document", lambda room: (room.edit(f"{SESSION}/index.en.md", "topics: [ports]\n", ""), room.edit(f"{GONE}/index.en.md", "topics: [ports]\n", "")), rare=True),
)  # fmt: skip

EDITIONS = (
    Edit("a body is edited in a closed year", lambda room: room.add(f"{OLD}/index.en.md", "And it was not so.")),
    Edit("a title is edited in a closed year", lambda room: room.edit(f"{SESSION}/index.en.md", "The session", "The sitting")),
    Edit("a document is added to a closed year", lambda room: room.put("releases/2020/older/index.en.md", release("An older thing", "date: 2020-01-01\ntopics: [water]\n"))),
    Edit("a document is added to a year that had none", lambda room: room.put("transcripts/2019/first/index.ar.md", "---\ntitle: الأول\ndate: 2019-01-01\n---\n[Narration] بدأ.\n"), rare=True),
    Edit("the only document of a month and year goes", lambda room: room.remove(SESSION), rare=True),
    Edit("a document gets a second language", lambda room: room.put(f"{OLD}/index.ar.md", release("شيء قديم", "translation: official\n", "كان كذلك."))),
    Edit("a document loses a language", lambda room: room.remove(f"{HARBOUR}/index.en.md"), rare=True),
    Edit("the original's passages change beside a translation", lambda room: room.edit(f"{HARBOUR}/index.zh-Hans.md", "已经两次", "已经三次")),
    Edit("the original has a passage more than its translation", lambda room: room.add(f"{HARBOUR}/index.zh-Hans.md", "还会再来。"), rare=True),
    Edit("a translation says what it follows", lambda room: room.say(f"{HARBOUR}/index.en.md", "translated_from: abcdefgh"), rare=True),
    Edit("a translation is of another sort", lambda room: room.edit(f"{LEVEL}/index.zh-Hans.md", "machine", "official"), rare=True),
    Edit("the date of a document is another in the same month", lambda room: room.edit(f"{LEVEL}/index.en.md", "2026-04-05", "2026-04-25"), rare=True),
    Edit("two documents are out at the same instant", lambda room: room.edit(f"{LEVEL}/index.en.md", "2026-04-05", "2026-03-04T10:00+01:00")),
    Edit("a document moves to another year", moved_to_another_year, rare=True),
    Edit("a release becomes a transcript", moved_to_another_kind, rare=True),
    Edit("two documents change places with their files as they are", swapped),
    Edit("a document is copied byte for byte", copied, rare=True),
    Edit("a document of another root takes the place of one", lambda room: room.move(FRESH, "held/releases/2026/fresh"), changes=False, rare=True),
    Edit("a draft is published", lambda room: room.edit(f"{HALF}/index.en.md", "status: draft\n", "")),
    Edit("a document becomes a draft", lambda room: room.say(f"{OLD}/index.en.md", "status: draft"), NO_LINK),
    Edit("a lone translation gets its original", lambda room: room.put(f"{LONE}/index.en.md", release("Elsewhere", "date: 2026-03-07\n")), rare=True),
    Edit("a page of the footer has another title", lambda room: room.edit(f"{ABOUT}/index.en.md", "title: About", "title: About us")),
    Edit("a page of the footer gets a language", lambda room: room.put("pages/rules/index.ar.md", release("القواعد", "translation: official\n", "القواعد."))),
    Edit("a page of the footer goes", lambda room: room.remove("pages/rules"), rare=True),
    Edit("an edition goes while its folder and files stay", lambda room: room.remove(f"{LONE}/index.zh-Hans.md"), frozenset({"TX004"}), rare=True),
)  # fmt: skip

FILES_OF_ITS_OWN = (
    Edit("a picture that another document shows is another", lambda room: room.put(f"{LEVEL}/photo.png", picture(30, 640))),
    Edit("a picture that another document shows is another of the same size", lambda room: room.put(f"{LEVEL}/photo.png", picture(11))),
    Edit("a picture in a closed year is another", lambda room: room.put(f"{OLD}/photo.png", picture(40, 700)), rare=True),
    Edit("a picture is in the place of another's in the order of their bytes", lambda room: (room.put(f"{LEVEL}/photo.png", picture(20)), room.put(f"{OLD}/photo.png", picture(10)))),
    Edit("the caption and the credit of a picture are others", lambda room: room.edit(f"{LEVEL}/index.en.md", "The gauge in April", "The gauge in May")),
    Edit("an attachment has other bytes of the same size", lambda room: room.put(f"{RIVER}/data.csv", "a,b\n1,3\n")),
    Edit("a recording has captions in another language", lambda room: (room.put(f"{FORUM}/captions.ar.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nامتلأ السد.\n"), room.edit(f"{FORUM}/index.en.md", "captions.en.vtt]", "captions.en.vtt, captions.ar.vtt]")), rare=True),
    Edit("captions have another word of the same length", lambda room: room.edit(f"{FORUM}/captions.en.vtt", "full", "dull")),
    Edit("a file that nothing names lies beside a document", lambda room: room.put(f"{OLD}/stray.csv", "s\n"), changes=False, rare=True),
    Edit("a file of the root is another", lambda room: room.put("root/CNAME", "news.test\n"), rare=True),
    Edit("the site gets an icon", lambda room: room.put("root/favicon.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'), rare=True),
)  # fmt: skip

CORRECTIONS = (
    Edit("a correction owns a change", lambda room: (correct(room, LEVEL, "corrected"), room.edit(f"{LEVEL}/index.en.md", "high", "low"))),
    Edit("a correction names the passages that it changed", corrected_by_passage),
    Edit("a document is updated, which needs no note", lambda room: (correct(room, RIVER, "updated"), room.add(f"{RIVER}/index.en.md", "More.")), rare=True),
    Edit("a document is corrected once more", corrected_twice, rare=True),
    Edit("a former version is edited", lambda room: room.edit(f"{MENDED}/v/1/index.en.md", "four", "three")),
    Edit("a former version gets a language", lambda room: (room.put(f"{MENDED}/index.ar.md", release("مصحح", "translation: official\n", "خمسة أمتار.")), room.put(f"{MENDED}/v/1/index.ar.md", release("مصحح", "translation: official\n", "أربعة أمتار."))), rare=True),
    Edit("a former version loses its original", lambda room: room.remove(f"{MENDED}/v/1/index.en.md"), frozenset({"CO005"})),
    Edit("the note of a correction is another", lambda room: room.edit(f"{MENDED}/index.en.md", "en: Five.", "en: It is five."), rare=True),
    Edit("a former text is kept and no entry says why", lambda room: keep(room, SESSION, 1), frozenset({"CO009"})),
    Edit("a former version has sums of its files", lambda room: room.put(f"{MENDED}/v/1/SHA256SUMS", f"{'0' * 64}  data.csv\n"), rare=True),
    Edit("a document is withdrawn", lambda room: room.say(f"{FORUM}/index.en.md", f"corrections: [{{type: withdrawn, at: '2026-05-20T10:00:00Z', note: {NOTE}}}]")),
    Edit("a corrected document is withdrawn", lambda room: room.edit(f"{MENDED}/index.en.md", "ar: خمسة.}}\n", f"ar: خمسة.}}}}\n- {{type: withdrawn, at: '2026-05-20T10:00:00Z', note: {NOTE}}}\n")),
    Edit("a withdrawn document is restored", lambda room: room.put(f"{GONE}/index.en.md", release("Taken from the shelf", "date: 2026-03-11\ntopics: [ports]\n", "Everybody may read it again."))),
    Edit("a withdrawn document is withdrawn for another reason", lambda room: room.edit(f"{GONE}/index.en.md", "It was wrong.", "It was not right."), rare=True),
)  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "edit" in metafunc.fixturenames:
        metafunc.parametrize("edit", chosen([*TARGETS, *EDITIONS, *FILES_OF_ITS_OWN, *CORRECTIONS], metafunc.config), ids=str)


def test_built_after_an_edit_as_built_anew(room: Room, edit: Edit) -> None:
    room.holds(edit)


def test_a_file_that_is_replaced_by_one_of_the_same_size_and_time_is_read(room: Room) -> None:
    """By rename, in place, and with a time that lies before that of the last one."""

    def replaced(path: Path, data: bytes, back: int = 0) -> None:
        at = path.stat().st_mtime_ns - back
        beside = path.with_name("beside.tmp")
        beside.write_bytes(data)
        os.utime(beside, ns=(at, at))
        beside.replace(path)

    for back in (0, 10**12):
        room.holds(Edit("renamed", lambda room, back=back: replaced(room.path(f"{HARBOUR}/index.en.md"), str(FILES[f"{HARBOUR}/index.en.md"]).replace("Twice", "Never").encode(), back)))
        room.holds(Edit("an attachment", lambda room, back=back: replaced(room.path(f"{RIVER}/data.csv"), b"a,b\n1,9\n", back)))


def test_a_preview_is_built_after_an_edit_as_built_anew(tmp_path: Path) -> None:
    room = Room(tmp_path / "room", audience="preview")
    room.holds(Edit("what is held is edited", lambda room: room.add(f"{SECRET}/index.en.md", "One term more.")))
    room.holds(Edit("what is held is out", lambda room: room.edit(f"{SECRET}/index.en.md", "embargo: 2026-06-02T12:00:00Z\n", "")))
    room.holds(Edit("a link leads to what is held", lambda room: room.add(f"{FRESH}/index.en.md", "[Soon](../secret/)")))
    room.holds(Edit("a voice is edited", lambda room: room.edit(f"{TALK}/index.zh-Hans.md", "方砚", "方岩")))

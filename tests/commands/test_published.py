"""Published is published: real builds, the sources edited after them, compared with the folder and with the branch that readers have."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.build import build, examine
from pressroom.commands import publishing
from pressroom.commands.comparing import Comparison, comparison
from pressroom.commands.destinations import Destination
from pressroom.commands.published import Folder, read_published
from pressroom.ground.problems import Problem, in_order
from pressroom.model.settings import Settings
from pressroom.reports import told
from tests.commands.rooms import SMALL, git, inv, make_room
from tests.sites import FILES, REPOSITORY, make_site, put
from tests.test_sameness import START, settings_of

RIVER = "releases/2026/river-rises"
BRIEFING = "transcripts/2024/briefing/index.en.md"
EN, ZH, AR = (f"{RIVER}/index.{lang}.md" for lang in ("en", "zh-Hans", "ar"))
ENTRY = 'corrections: [{type: corrected, at: "2026-04-01T10:00Z", note: {en: Mended., zh-Hans: 更正。, ar: تصحيح.}'
PROSE = {
    **FILES,
    EN: FILES[EN].replace("place: Geneva\n", "place: Geneva\nsummary: It 'rose' -- again...\nsubtitle: By a metre\n"),
    "releases/2024/bridge/index.en.md": "---\ntitle: The bridge\ndate: 2024-02-03\naliases: [/en/old-bridge/]\n---\nIt stands.\n\nSo it does.\n",
    BRIEFING: (
        "---\ntitle: The briefing\ndate: 2024-03-04\n---\n[Soundbite] Bob Smith | Spokesman\n\nWe know little.\n\n[Narration] That was all.\n"
    ),
}


class Room:
    """A press room whose first build readers have."""

    def __init__(self, root: Path) -> None:
        self.root, self.content = root, root / "content"
        self.settings: Settings = settings_of(root)

    @property
    def was(self) -> Path:
        return self.root / "was"

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.content / name).read_text(encoding="utf-8")
        assert old in text
        put(self.root, name, text.replace(old, new, 1))

    def enter(self, more: str = "", first: str = ENTRY, former: tuple[str, ...] = ("en", "zh-Hans", "ar")) -> None:
        """An entry in the original, and the texts before it as they stand now."""
        for lang in former:
            put(self.root, f"{RIVER}/v/1/index.{lang}.md", (self.content / RIVER / f"index.{lang}.md").read_text(encoding="utf-8"))
        self.edit(EN, "---\n", f"---\n{first}{more}}}]\n")

    def publish(self) -> None:
        """What stands in the sources now is what readers have."""
        build(self.settings, START)
        shutil.rmtree(self.was, ignore_errors=True)
        shutil.copytree(self.root / "output", self.was)

    def problems(self, public_log: bool = False, **changed: object) -> list[Problem]:
        settings = replace(self.settings, **changed)
        found = in_order(examine(settings, START, public_log, Comparison(settings, Folder(self.was)).judge))
        return [problem for problem in found if problem.code.startswith(("CO", "GT"))]

    def one(self, **changed: object) -> Problem:
        (problem,) = self.problems(**changed)
        return problem


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_site(tmp_path_factory.mktemp("published") / "room", PROSE)
    (root / "theme").symlink_to(REPOSITORY / "theme")
    Room(root).publish()
    return root


@pytest.fixture
def room(first: Path, tmp_path: Path) -> Room:
    shutil.copytree(first, tmp_path / "room", symlinks=True)
    return Room(tmp_path / "room")


# Words


def test_what_has_not_changed_is_clean(room: Room) -> None:
    assert room.problems() == []


def test_another_setting_of_the_same_words_is_no_change(room: Room) -> None:
    room.edit(EN, "'rose' -- again...", "“rose” – again…")
    room.edit(EN, 'The "river" rose.', "The «river» rose.")
    room.edit(ZH, "河水上涨了。", "河水 上涨了。")
    assert room.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("title: The river rises", "title: The river falls", "title"),
        ("subtitle: By a metre", "subtitle: By two metres", "subtitle"),
        ("summary: It 'rose'", "summary: It 'fell'", "summary"),
        ("place: Geneva", "place: Vienna", "place"),
        ('The "river" rose.', 'The "river" fell.', "passage 1"),
        ("See [the forum]", "See [that forum]", "passage 2"),
        ('The "river" rose.\n\n', "", "passage 1 of before"),
        ("> We measured it.", "> We measured it.\n>\n> Twice.", "passage 4"),
    ],
)
def test_words_that_changed_without_an_entry_are_a_fault_at_the_edition(room: Room, old: str, new: str, what: str) -> None:
    room.edit(EN, old, new)
    problem = room.one()
    assert (problem.code, problem.path, problem.line) == ("CO010", f"content/{EN}", 2)
    assert problem.message.endswith(f"no entry says so: {what}") and problem.hint == "open the entry: inv correct river-rises"


def test_a_translation_is_compared_as_the_original_is(room: Room) -> None:
    room.edit(ZH, "河水上涨了。", "河水下降了。")
    assert (room.one().code, room.one().path) == ("CO010", f"content/{ZH}")


def test_words_of_segments_are_compared_too(room: Room) -> None:
    room.edit(BRIEFING, "We know little.", "We know nothing.")
    assert room.one().message.endswith("passage 1")


def test_words_that_would_be_somebody_else_s_or_said_in_another_office_need_an_entry(room: Room) -> None:
    voices = ("[Soundbite] Bob Smith | Spokesman", "[Soundbite] Ada Kern | Mayor")
    put(room.root, BRIEFING, f"---\ntitle: The briefing\ndate: 2024-03-04\n---\n{voices[0]}\n\nWe know little.\n\n{voices[1]}\n\nWe know less.\n")
    put(room.root, "releases/2024/quay/index.en.md", "---\ntitle: The quay\ndate: 2024-05-06\n---\n> It holds.\n> — Bob Smith, Spokesman\n\nIt does.\n")
    room.publish()
    assert room.problems() == []
    room.edit("releases/2024/quay/index.en.md", "— Bob Smith, Spokesman", "— Bob Smith | Spokesman")
    assert room.problems() == []
    room.edit("releases/2024/quay/index.en.md", "Bob Smith | Spokesman", "Ada Kern | Mayor")
    assert (room.one().code, room.one().message.rpartition(": ")[2]) == ("CO010", "who says passage 1")
    room.edit("releases/2024/quay/index.en.md", "Ada Kern | Mayor", "Bob Smith | Spokesman")
    before = (room.content / BRIEFING).read_text()
    put(room.root, BRIEFING, before.replace(voices[0], "X").replace(voices[1], voices[0]).replace("X", voices[1]))
    assert (room.one().code, room.one().message.rpartition(": ")[2]) == ("CO010", "who says passage 1, who says passage 2")
    put(room.root, BRIEFING, before.replace("| Mayor", "| Clerk"))
    assert (room.one().code, room.one().message.rpartition(": ")[2]) == ("CO010", "who says passage 2")
    room.edit(BRIEFING, "---\n", '---\ncorrections: [{type: corrected, at: "2026-04-01T10:00Z", note: {en: A clerk.}}]\n')
    put(room.root, f"{Path(BRIEFING).parent}/v/1/index.en.md", before)
    assert room.problems() == []
    room.publish()
    room.edit(f"{Path(BRIEFING).parent}/v/1/index.en.md", "| Mayor", "| Minister")
    assert room.one().message == "an earlier version that readers have was changed: who says passage 2"


def test_a_change_with_an_entry_and_the_text_of_before_is_clean_and_stays_so_when_it_is_out(room: Room) -> None:
    room.enter()
    room.edit(EN, "The river rises", "The river falls")
    room.edit(EN, 'The "river" rose.', 'The "river" fell.')
    room.edit(AR, "ارتفع", "انخفض")
    assert room.problems() == []
    room.publish()
    assert room.problems() == []


def test_an_entry_for_another_language_owns_no_change(room: Room) -> None:
    room.enter(", languages: [zh-Hans]", former=("zh-Hans",))
    room.edit(ZH, "河水上涨了。", "河水下降了。")
    assert room.problems() == []
    room.edit(EN, "The river rises", "The river falls")
    assert [(problem.code, problem.path) for problem in room.problems()] == [("CO010", f"content/{EN}")]


def test_a_former_text_that_readers_never_had_is_a_fault_at_that_text(room: Room) -> None:
    room.edit(EN, "See [the forum]", "See [that forum]")
    room.enter()
    room.edit(EN, "The river rises", "The river falls")
    problem = room.one()
    assert (problem.code, problem.path) == ("CO010", f"content/{RIVER}/v/1/index.en.md")
    assert problem.message == "the former text is not what readers had: passage 2"


def test_an_earlier_version_that_readers_have_may_not_be_rewritten(room: Room) -> None:
    room.enter()
    room.edit(EN, 'The "river" rose.', 'The "river" fell.')
    room.publish()
    room.edit(f"{RIVER}/v/1/index.en.md", 'The "river" rose.', "The «river» rose.")
    assert room.problems() == []
    room.edit(f"{RIVER}/v/1/index.en.md", "The «river» rose.", "The river stood.")
    room.edit(f"{RIVER}/v/1/index.ar.md", "النهر يرتفع", "النهر ينخفض")
    found = [(problem.code, problem.path, problem.message.rpartition(": ")[2]) for problem in room.problems()]
    assert found == [("CO010", f"content/{RIVER}/v/1/index.ar.md", "title"), ("CO010", f"content/{RIVER}/v/1/index.en.md", "passage 1")]


def test_an_earlier_version_stays_as_it_was_where_the_folder_moves(room: Room) -> None:
    room.enter()
    room.edit(EN, 'The "river" rose.', 'The "river" fell.')
    room.publish()
    (room.content / RIVER).rename(room.content / "releases/2026/river-falls")
    former = "releases/2026/river-falls/v/1/index.en.md"
    room.edit(former, 'The "river" rose.', "The river stood.")
    assert ("CO010", f"content/{former}") in {(problem.code, problem.path) for problem in room.problems()}


def test_a_translation_that_changed_with_the_entry_needs_its_former_text_too(room: Room) -> None:
    room.enter(former=("en",))
    room.edit(EN, "The river rises", "The river falls")
    assert room.problems() == []
    room.edit(AR, "ارتفع", "انخفض")
    assert (room.one().code, room.one().path) == ("CO010", f"content/{RIVER}/v/1/index.ar.md")


def test_a_new_edition_needs_no_entry_and_may_bring_a_file(room: Room) -> None:
    put(room.root, "releases/2025/harbour-opens/index.ar.md", "---\ntitle: الميناء\ntranslation: official\n---\n[ملف](plan.txt)\n")
    put(room.root, "releases/2025/harbour-opens/plan.txt", "plan")
    assert room.problems() == []


# Attachments


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_file_that_changed_needs_an_entry_and_any_will_do(room: Room, lang: str) -> None:
    data = (room.content / RIVER / "data.csv").read_bytes()
    put(room.root, f"{RIVER}/data.csv", "a,b\n1,3\n")
    assert (room.one().code, room.one().path) == ("CO010", f"content/{EN}") and "data.csv" in room.one().message
    room.enter(f", languages: [{lang}]", former=(lang,))
    put(room.root, f"{RIVER}/v/1/SHA256SUMS", f"{hashlib.sha256(data).hexdigest()}  data.csv\n")
    assert room.problems() == []
    put(room.root, f"{RIVER}/v/1/SHA256SUMS", f"{'0' * 64}  data.csv\n")
    assert (room.one().code, room.one().path) == ("CO010", f"content/{RIVER}/v/1/SHA256SUMS")


def test_the_files_of_an_earlier_version_that_readers_have_stay_what_they_were(room: Room) -> None:
    digest = hashlib.sha256((room.content / RIVER / "data.csv").read_bytes()).hexdigest()
    room.enter()
    put(room.root, f"{RIVER}/v/1/SHA256SUMS", f"{digest}  data.csv\n")
    room.edit(EN, 'The "river" rose.', 'The "river" fell.')
    room.publish()
    assert room.problems() == []
    put(room.root, f"{RIVER}/v/1/SHA256SUMS", f"{'0' * 64}  data.csv\n")
    problem = room.one()
    assert (problem.code, problem.path) == ("CO010", f"content/{RIVER}/v/1/SHA256SUMS") and f"{digest}  data.csv" in problem.hint
    (room.content / RIVER / "v/1/SHA256SUMS").unlink()
    put(room.root, f"{RIVER}/data.csv", "a,b\n1,3\n")
    assert "the files of an earlier version that readers have were changed: data.csv" in {problem.message for problem in room.problems()}


def test_a_file_that_is_new_needs_an_entry(room: Room) -> None:
    put(room.root, f"{RIVER}/more.csv", "c\n")
    room.edit(EN, "[data.csv]", "[data.csv, more.csv]")
    assert room.one().code == "CO010" and room.one().message.endswith(": more.csv")


def test_a_file_that_went_is_a_fault_until_an_entry_says_so(room: Room) -> None:
    room.edit(EN, "attachments: [data.csv]\n", "")
    assert (room.one().code, room.one().path) == ("CO011", f"content/{RIVER}/data.csv")
    room.enter()
    assert room.problems() == []


# Entries


def test_an_entry_that_readers_know_may_not_go_or_be_rewritten(room: Room) -> None:
    room.enter()
    room.edit(EN, "The river rises", "The river falls")
    room.publish()
    assert room.problems() == []
    room.edit(EN, "type: corrected", "type: clarified")
    assert room.one().code == "CO010" and "rewritten: it was corrected" in room.one().message
    (room.content / EN).write_text("\n".join(line for line in (room.content / EN).read_text().split("\n") if not line.startswith("corrections")))
    shutil.rmtree(room.content / RIVER / "v")
    gone = [problem for problem in room.problems() if "is gone" in problem.message]
    assert [(problem.code, problem.path) for problem in gone] == [("CO010", f"content/{EN}")]


@pytest.mark.parametrize("former", [("en",), ("en", "zh-Hans", "ar")])
def test_an_entry_that_readers_know_is_told_in_every_language_as_before(room: Room, former: tuple[str, ...]) -> None:
    room.enter(former=former)
    room.edit(EN, 'The "river" rose.', 'The "river" fell.')
    room.publish()
    room.edit(EN, "type: corrected", "languages: [en], type: corrected")
    problem = room.one()
    assert (problem.code, problem.path, problem.line) == ("CO010", f"content/{EN}", 2)
    assert problem.message == "an entry that readers know would no longer be told in ar, zh-Hans"
    room.edit(EN, "languages: [en], ", "")
    assert room.problems() == []


def test_the_note_of_an_entry_that_readers_know_says_what_it_said_until_a_withdrawal_takes_it_back(room: Room) -> None:
    room.enter()
    room.edit(EN, "The river rises", "The river falls")
    room.publish()
    room.edit(EN, "en: Mended.", "en: A comma.")
    problem = room.one()
    assert (problem.code, problem.path, problem.line) == ("CO010", f"content/{EN}", 2)
    assert problem.message == "the note of an entry that readers know was rewritten in en"
    room.edit(EN, "ar: تصحيح.", "ar: فاصلة.")
    assert room.one().message.endswith("rewritten in ar, en")
    room.edit(EN, "}]\n", '}, {type: withdrawn, at: "2026-04-02T10:00Z", note: {en: Gone., zh-Hans: 撤。, ar: سحب.}}]\n')
    assert room.problems() == []
    room.publish()
    assert room.problems() == []
    room.edit(EN, "en: Gone.", "en: All is well.")
    assert room.one().message.endswith("rewritten in en")


def test_an_entry_is_what_readers_know_however_finely_its_time_is_told(room: Room) -> None:
    room.enter(first=ENTRY.replace("10:00Z", "10:00:00.123456Z"))
    room.edit(EN, "The river rises", "The river falls")
    room.publish()
    assert room.problems() == []
    room.edit(EN, "00.123456Z", "00.223456Z")
    assert "rewritten" in room.one().message


def test_what_is_withdrawn_is_clean_and_its_files_may_go(room: Room) -> None:
    room.enter(first=ENTRY.replace("corrected", "withdrawn"), former=())
    (room.content / RIVER / "data.csv").unlink()
    room.edit(EN, "attachments: [data.csv]\n", "")
    assert room.problems() == []
    room.publish()
    assert room.problems() == []


@pytest.mark.parametrize("text", ["It stands.\n", "| Length |\n|---|\n| 30 m |\n"])
def test_what_was_corrected_and_then_withdrawn_stays_clean_when_it_is_out_and_another_authority_is_still_a_fault(room: Room, text: str) -> None:
    # A table has no passages: the withdrawal itself has no place on the notice then.
    name, head = "releases/2024/weir/index.en.md", "---\ntitle: The weir\ndate: 2024-02-05\n"
    put(room.root, name, f"{head}---\n{text}")
    room.publish()
    put(room.root, "releases/2024/weir/v/1/index.en.md", f"{head}---\n{text}")
    first, last = ('{type: corrected, at: "2026-04-01T10:00Z", note: {en: A digit.}}', '{type: withdrawn, at: "2026-04-02T10:00Z", note: {en: Not ours.}}')
    for entries in ([first], [first, last]):
        put(room.root, name, f"{head}corrections: [{', '.join(entries)}]\n---\n{text}")
        assert room.problems() == []
        room.publish()
        assert room.problems() == []
    assert room.one(feed_authority="other.test,2026").code == "CO013"


def test_a_withdrawal_is_not_taken_back(room: Room) -> None:
    before = (room.content / EN).read_text()
    room.enter(first=ENTRY.replace("corrected", "withdrawn"), former=())
    room.publish()
    put(room.root, EN, before)
    assert (room.one().code, room.one().path) == ("CO010", f"content/{EN}") and "is gone" in room.one().message
    room.enter()
    assert "was rewritten: it was withdrawn" in room.one().message


# Addresses


def test_an_edition_that_is_deleted_is_a_fault_at_its_file(room: Room) -> None:
    (room.content / AR).unlink()
    assert (room.one().code, room.one().path) == ("CO011", f"content/{AR}")


def test_a_folder_that_is_deleted_is_one_fault_at_the_folder(room: Room) -> None:
    # The only document of its kind in its year, and the only one with that speaker: no listing is told of besides.
    shutil.rmtree(room.content / "transcripts/2024")
    assert (room.one().code, room.one().path) == ("CO011", "content/transcripts/2024/briefing")


def test_a_folder_that_moved_is_given_its_aliases(room: Room) -> None:
    shutil.move(room.content / "releases/2024/bridge", room.content / "releases/2024/footbridge")
    problem = room.one()
    assert (problem.code, problem.path) == ("CO011", "content/releases/2024/footbridge/index.en.md")
    assert problem.hint == "add to the front matter: aliases: [/en/old-bridge/, /en/releases/2024/bridge/]"
    room.edit("releases/2024/footbridge/index.en.md", "aliases: [/en/old-bridge/]", problem.hint.partition(": ")[2])
    assert room.problems() == []
    room.edit("releases/2024/footbridge/index.en.md", "It stands.", "It fell.")
    assert (room.one().code, room.one().path) == ("CO010", "content/releases/2024/footbridge/index.en.md")


def test_a_folder_that_moved_has_an_alias_for_each_language_and_a_copy_of_each_file(room: Room) -> None:
    shutil.move(room.content / RIVER, room.content / "releases/2026/flood")
    of_file, of_pages = room.problems()
    assert (of_file.code, of_file.path) == ("CO011", "content/releases/2026/flood/data.csv")
    assert of_file.hint.endswith(f"keep a copy in content/root/{RIVER}/data.csv")
    put(room.root, f"root/{RIVER}/data.csv", "a,b\n1,2\n")
    room.edit("releases/2026/flood/index.en.md", "---\n", f"---\n{of_pages.hint.partition(': ')[2]}\n")
    assert room.problems() == []
    build(room.settings, START)
    page = (room.root / "output/ar" / RIVER / "index.html").read_text()
    assert 'url=../flood/"' in page


def test_the_copy_of_a_file_whose_folder_moved_has_its_bytes_and_stays_until_a_withdrawal(room: Room) -> None:
    copy, flood = f"root/{RIVER}/data.csv", "releases/2026/flood/index.en.md"
    shutil.move(room.content / RIVER, room.content / "releases/2026/flood")
    put(room.root, copy, "a,b\n1,3\n")
    aliases = next(problem.hint.partition(": ")[2] for problem in room.problems() if "front matter" in problem.hint)
    room.edit(flood, "---\n", f"---\n{aliases}\n")
    assert (room.one().code, room.one().path) == ("CO010", f"content/{copy}")
    put(room.root, copy, "a,b\n1,2\n")
    assert room.problems() == []
    room.publish()
    (room.content / copy).unlink()
    assert (room.one().code, room.one().path) == ("CO011", f"content/{copy}")
    entry = ENTRY.replace("corrected", "withdrawn")
    room.edit(flood, "---\n", f"---\n{entry}}}]\n")
    assert room.problems() == []


def test_a_folder_that_moved_takes_every_edition_and_every_earlier_version_along(room: Room) -> None:
    room.enter()
    room.edit(EN, 'The "river" rose.', 'The "river" fell.')
    room.publish()
    flood = room.content / "releases/2026/flood"
    shutil.move(room.content / RIVER, flood)
    put(room.root, f"root/{RIVER}/data.csv", "a,b\n1,2\n")
    taken = {name: (flood / name).read_text(encoding="utf-8") for name in ("index.ar.md", "v/1/index.zh-Hans.md")}
    for name in taken:
        (flood / name).unlink()
    aliases = next(problem.hint.partition(": ")[2] for problem in room.problems() if "front matter" in problem.hint)
    room.edit("releases/2026/flood/index.en.md", "---\n", f"---\n{aliases}\n")
    assert {(problem.code, problem.path) for problem in room.problems()} == {("CO011", f"content/releases/2026/flood/{name}") for name in taken}
    for name, text in taken.items():
        put(room.root, f"releases/2026/flood/{name}", text)
    assert room.problems() == []


def test_a_folder_that_moved_and_is_withdrawn_leaves_no_words_behind(room: Room) -> None:
    shutil.move(room.content / RIVER, room.content / "releases/2026/flood")
    (room.content / "releases/2026/flood/index.ar.md").unlink()
    aliases = next(problem.hint.partition(": ")[2] for problem in room.problems() if "front matter" in problem.hint)
    entry = ENTRY.replace("corrected", "withdrawn")
    room.edit("releases/2026/flood/index.en.md", "---\n", f"---\n{aliases}\n{entry}}}]\n")
    assert room.problems() == []


def test_a_folder_that_moved_to_another_year_takes_its_archive_along_by_the_same_line(room: Room) -> None:
    (room.content / "releases/2023").mkdir()
    shutil.move(room.content / "releases/2024/bridge", room.content / "releases/2023/bridge")
    room.edit("releases/2023/bridge/index.en.md", "2024-02-03", "2023-02-03")
    problem = room.one()
    assert (problem.code, problem.path) == ("CO011", "content/releases/2023/bridge/index.en.md")
    offered = problem.hint.rpartition("[")[2].strip("]").split(", ")
    assert {"/en/old-bridge/", "/en/releases/2024/bridge/", "/en/releases/2024/", "/ar/releases/2024/02/"} <= set(offered)
    room.edit("releases/2023/bridge/index.en.md", "aliases: [/en/old-bridge/]", problem.hint.partition("front matter: ")[2])
    assert room.problems() == []


def test_a_redirect_that_was_published_must_stay(room: Room) -> None:
    room.edit("releases/2024/bridge/index.en.md", "aliases: [/en/old-bridge/]\n", "")
    problem = room.one()
    assert (problem.code, problem.path, problem.hint) == (
        "CO011", "content/releases/2024/bridge/index.en.md", "add to the front matter: aliases: [/en/old-bridge/]",
    )  # fmt: skip


def test_the_page_of_a_topic_that_nothing_has_any_more_is_a_fault_at_what_was_listed_there(room: Room) -> None:
    room.edit("releases/2025/harbour-opens/index.en.md", "topics: [ports, water]", "topics: [water]")
    problem = room.one()
    assert (problem.code, problem.path) == ("CO011", "content/releases/2025/harbour-opens/index.en.md")
    assert "/en/topics/ports/" in problem.message and problem.hint.startswith("put back what was listed there, or add")


def test_the_page_of_a_topic_is_offered_no_alias_which_its_feed_could_not_follow(room: Room) -> None:
    name = "releases/2025/harbour-opens/index.en.md"
    before = (room.content / name).read_text(encoding="utf-8")
    room.edit(name, "topics: [ports, water]", "topics: [water]")
    assert "aliases" not in room.one().hint and room.one().hint.endswith("inv correct harbour-opens")
    room.edit(name, "topics: [water]", "aliases: [/en/topics/ports/]\ntopics: [water]")
    problem = next(problem for problem in room.problems() if "feed.xml" in problem.message)
    assert (problem.code, problem.path, problem.line) == ("CO011", f"content/{name}", 4) and "take the alias out" in problem.hint
    room.edit(name, "aliases: [/en/topics/ports/]", 'corrections: [{type: refiled, at: "2026-04-01T10:00Z"}]')
    put(room.root, "releases/2025/harbour-opens/v/1/index.en.md", before)
    assert room.problems() == []


def test_the_page_of_a_person_may_go_with_a_correction_and_not_without(room: Room) -> None:
    before = (room.content / BRIEFING).read_text()
    room.edit(BRIEFING, "Bob Smith |", "Rob Smith |")
    problem = room.one()
    assert (problem.code, problem.path) == ("CO011", "content/people.yml") and "register under bob-smith" in problem.hint
    put(room.root, f"{Path(BRIEFING).parent}/v/1/index.en.md", before)
    room.edit(BRIEFING, "---\n", '---\ncorrections: [{type: corrected, at: "2026-04-01T10:00Z", note: {en: A name.}}]\n')
    assert room.problems() == []


def test_the_page_of_a_person_may_go_with_a_withdrawal(room: Room) -> None:
    room.edit(BRIEFING, "---\n", '---\ncorrections: [{type: withdrawn, at: "2026-04-01T10:00Z", note: {en: Not ours.}}]\n')
    assert room.problems() == []
    room.publish()
    assert not (room.was / "en/people/bob-smith").exists() and room.problems() == []


def test_a_file_of_the_root_that_readers_could_open_must_stay(room: Room) -> None:
    (room.was / "google123.html").write_text("x")
    (room.was / "robots.old").write_text("x")
    assert (room.one().code, room.one().path) == ("CO011", "content/root/google123.html")


def test_a_language_that_is_spoken_no_more_is_one_fault(room: Room) -> None:
    for path in room.content.rglob("index.ar.md"):
        path.unlink()
    for name in ("topics.yml", "people.yml"):
        text = (room.content / name).read_text()
        put(room.root, name, re.sub(r", ar: [^}]+", "", text))
    problem = room.one(languages=("en", "zh-Hans"))
    assert (problem.code, problem.path) == ("CO011", "pelicanconf.py") and "LANGUAGES" in problem.hint


def test_a_pair_of_the_settings_that_goes_is_one_fault_of_the_settings(room: Room) -> None:
    put(room.root, "releases/2025/harbour-opens/index.ar.md", "---\ntitle: الميناء\ntranslation: official\n---\nفتح.\n")
    put(room.root, "releases/2025/harbour-opens/index.zh-Hans.md", "---\ntitle: 港口\ntranslation: official\n---\n开了。\n")
    room.settings = replace(room.settings, side_by_side=(("ar", "zh-Hans"),))
    room.publish()
    assert room.problems() == []
    problem = room.one(side_by_side=())
    assert (problem.code, problem.path) == ("CO011", "pelicanconf.py")
    assert problem.message.endswith("/ar/releases/2025/harbour-opens/with/zh-hans/ and 1 more")
    assert problem.hint == 'put the pair back: SIDE_BY_SIDE = [("ar", "zh-Hans")]'


def test_pages_side_by_side_go_with_their_edition_and_are_not_told_of_besides(room: Room) -> None:
    room.settings = replace(room.settings, side_by_side=(("ar", "zh-Hans"),))
    room.publish()
    (room.content / ZH).unlink()
    assert (room.one().code, room.one().path) == ("CO011", f"content/{ZH}")


def test_another_original_leaves_a_redirect_where_the_page_side_by_side_was(room: Room) -> None:
    english, arabic = (f"releases/2025/harbour-opens/index.{lang}.md" for lang in ("en", "ar"))
    put(room.root, arabic, "---\ntitle: الميناء\ntranslation: official\n---\nفتح.\n")
    room.publish()
    room.edit(arabic, "translation: official\n", "date: 2025-05-06\ntopics: [ports, water]\n")
    room.edit(english, "date: 2025-05-06\ntopics: [ports, water]\n", "translation: official\n")
    problem = room.one()
    assert (problem.code, problem.path) == ("CO011", f"content/{arabic}")
    assert problem.hint.endswith("add to the front matter: aliases: [/ar/releases/2025/harbour-opens/with/en/]")
    room.edit(arabic, "date:", f"{problem.hint.rpartition('front matter: ')[2]}\ndate:")
    assert room.problems() == []


# Held again


@pytest.mark.parametrize(("held", "line"), [("status: draft\n", 2), ("embargo: 2030-01-01\n", 2)])
def test_what_is_published_is_not_held_again(room: Room, held: str, line: int) -> None:
    room.edit(BRIEFING, "---\n", f"---\n{held}")
    problem = room.one()
    assert (problem.code, problem.path, problem.line) == ("CO012", "content/transcripts/2024/briefing/index.en.md", line)
    assert "inv correct briefing --type withdrawn" in problem.hint


def test_a_date_that_moves_into_the_future_holds_again(room: Room) -> None:
    room.edit("releases/2024/bridge/index.en.md", "date: 2024-02-03", "date: 2030-02-03")
    assert "CO012" in {problem.code for problem in room.problems()}


def test_an_edition_that_becomes_a_draft_is_held_again(room: Room) -> None:
    room.edit(AR, "---\n", "---\nstatus: draft\n")
    assert (room.one().code, room.one().path, room.one().line) == ("CO012", f"content/{AR}", 2)


def test_in_a_public_log_nothing_that_is_held_again_is_named(room: Room) -> None:
    room.edit(BRIEFING, "---\n", "---\nembargo: 2030-01-01\n")
    room.edit(AR, "---\n", "---\nstatus: draft\n")
    room.edit("releases/2024/bridge/index.en.md", "---\n", "---\nstatus: draft\n")
    said = "\n".join(told(room.problems(public_log=True), {"CI": "true"}, room.root))
    assert said.count("error") == 1 and "GT002" in said
    assert not any(word in said for word in ("briefing", "bridge", "river", "smith"))


# Ids


def test_another_authority_is_one_fault(room: Room) -> None:
    problem = room.one(feed_authority="other.test,2026")
    assert (problem.code, problem.path) == ("CO013", "pelicanconf.py") and "FEED_AUTHORITY" in problem.hint


def test_another_address_of_the_site_changes_no_id(room: Room) -> None:
    assert room.problems(url="https://example.org/press") == []
    room.settings = replace(room.settings, url="https://example.org/press")
    room.publish()
    assert room.problems(url="https://press.test") == []
    assert room.one(feed_authority="other.test,2026").code == "CO013"


# Where readers' tree is found


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def pushed(room: Room, nobody: None) -> Room:
    """The first build handed over to a remote, as publishing does it."""
    (room.root / "publishconf.py").write_text('REMOTE = "origin"\nBRANCH = "gh-pages"\n')
    git(room.root.parent, "init", "--quiet", "--bare", "remote.git")
    git(room.root, "init", "--quiet", "--initial-branch=main")
    git(room.root, "remote", "add", "origin", "../remote.git")
    publishing.hand_over(room.root, str(room.was), Destination(), True, "https://press.test")
    return room


def compared(room: Room, against: str = "") -> list[Problem]:
    found = examine(room.settings, START, judge=comparison(room.root, room.settings, against).judge)
    return [problem for problem in in_order(found) if problem.code.startswith("CO")]


def test_a_branch_is_read_as_the_folder_is(pushed: Room) -> None:
    place = comparison(pushed.root, pushed.settings).place
    assert place is not None
    branch, folder = read_published(place, ()), read_published(Folder(pushed.was), ())
    assert branch.paths - folder.paths == {".nojekyll"}
    assert (branch.editions, branch.feeds, branch.pages) == (folder.editions, folder.feeds, folder.pages)


def test_the_remote_s_branch_is_what_readers_have(pushed: Room) -> None:
    git(pushed.root, "update-ref", "-d", "refs/heads/gh-pages")
    assert compared(pushed) == []
    pushed.edit(EN, "The river rises", "The river falls")
    assert [problem.code for problem in compared(pushed)] == ["CO010"]
    git(pushed.root, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    assert [problem.code for problem in compared(pushed)] == ["CO014"]


@pytest.mark.parametrize("by_address", [False, True])
def test_a_clone_that_has_not_the_branch_is_told_how_to_fetch_it(pushed: Room, by_address: bool) -> None:
    if by_address:
        address = git(pushed.root, "remote", "get-url", "origin").strip()
        (pushed.root / "publishconf.py").write_text(f"REMOTE = {address!r}\n")
    git(pushed.root, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    pushed.edit(EN, "The river rises", "The river falls")
    (problem,) = compared(pushed)
    command = problem.message.partition("; if it is published, ")[2].removesuffix(" gets it")
    git(pushed.root, *shlex.split(command)[1:])
    assert [problem.code for problem in compared(pushed)] == ["CO010"]


def test_without_the_remote_the_branch_here_is_compared(pushed: Room) -> None:
    git(pushed.root, "update-ref", "refs/heads/gh-pages", "refs/remotes/origin/gh-pages")
    git(pushed.root, "remote", "remove", "origin")
    pushed.edit(EN, "The river rises", "The river falls")
    assert [problem.code for problem in compared(pushed)] == ["CO010"]
    assert [problem.code for problem in compared(pushed, "gh-pages")] == ["CO010"]


def test_a_branch_that_holds_another_site_is_nothing_published(pushed: Room) -> None:
    (pushed.was / ".well-known/pressroom.json").unlink()
    publishing.hand_over(pushed.root, str(pushed.was), Destination(), True, "https://press.test")
    assert [problem.code for problem in compared(pushed)] == ["CO014"]


@pytest.mark.parametrize("conf", ["", "BRANCH = 3\n", "not python"])
def test_a_destination_that_cannot_be_known_is_no_error(pushed: Room, conf: str) -> None:
    (pushed.root / "publishconf.py").write_text(conf) if conf else (pushed.root / "publishconf.py").unlink()
    (problem,) = compared(pushed)
    assert (problem.code, problem.severity) == ("CO014", "info")


# Through the program


def test_where_nothing_is_published_check_says_so_and_is_content(tmp_path: Path) -> None:
    root = make_room(tmp_path / "room", SMALL)
    done = inv(root, "check")
    assert done.returncode == 0 and done.stdout.startswith("info CO014: nothing is published yet to compare with: ")
    assert done.stdout.endswith("Nothing is wrong.\n")


def test_the_command_compares_with_what_it_is_told_and_refuses_what_is_not_there(tmp_path: Path) -> None:
    root = make_room(tmp_path / "room", SMALL)
    assert inv(root, "build").returncode == 0 and inv(root, "preview").returncode == 0
    assert inv(root, "check", "--against", "output").stdout == "Nothing is wrong.\n"
    put(root, "releases/2020/harbour-opens/index.en.md", SMALL["releases/2020/harbour-opens/index.en.md"].replace("It opened", "It shut"))
    done = inv(root, "check", "--against", "output")
    assert done.returncode == 1 and done.stderr.startswith("content/releases/2020/harbour-opens/index.en.md:2:1: error CO010: ")
    for wrong, said in (("nowhere", "there is no folder and no commit nowhere"), ("content", "no site"), ("preview", "no site"), ("--now", "")):
        done = inv(root, "check", f"--against={wrong}")
        assert done.returncode == 2 and said in done.stderr


def test_what_inv_correct_keeps_is_what_check_asks_for(tmp_path: Path, nobody: None) -> None:
    root = make_room(tmp_path / "room", SMALL)
    name = "releases/2020/harbour-opens/index.en.md"
    (root / "publishconf.py").write_text('REMOTE = "origin"\nBRANCH = "gh-pages"\n')
    (root / ".gitignore").write_text("/.pressroom/\n/output/\n/.output.*/\n__pycache__/\n")
    git(root.parent, "init", "--quiet", "--bare", "remote.git")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "remote", "add", "origin", "../remote.git")
    git(root, "add", ".")
    git(root, "-c", "user.name=x", "-c", "user.email=x@x.test", "commit", "--quiet", "-m", "Begin")
    assert inv(root, "publish").returncode == 0 and inv(root, "check").stdout == "Nothing is wrong.\n"
    put(root, name, SMALL[name].replace("It opened", "It shut"))
    assert "CO010" in inv(root, "check").stderr
    assert inv(root, "correct", "harbour-opens", "--note", "It shut.").returncode == 0
    done = inv(root, "check")
    assert (done.returncode, done.stdout) == (0, "Nothing is wrong.\n"), done.stderr

"""The gate, from outside: what is held gives zero bytes to a public build, and is out with the first build at its instant or after it."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pressroom.build import build, examine
from pressroom.ground import clock
from pressroom.ground.problems import Fault
from pressroom.ground.store import Store
from pressroom.model.settings import PREVIEW, PUBLIC, Settings
from pressroom.reading.tree import Tree, scan
from pressroom.reports import told
from tests.sites import REPOSITORY, make_site, put, tree_of
from tests.sites import build as build_apart
from tests.test_sameness import settings_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HELD, OPEN = "2030-01-01T10:00:00Z", "2026-05-02T10:00:00Z"

FILE_OF_A_HELD_TRANSLATION = "translation file name"


class Canaries:
    """Words that stand nowhere else: each names the place it was put into."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def new(self, place: str) -> str:
        return self.words.setdefault(place, "kanari" + re.sub("[^a-z]", "", place) + uuid.uuid4().hex[:12])

    def seen_in(self, *folders: Path) -> set[str]:
        """The places whose words stand in a file's name or bytes below these folders."""
        found = set()
        for folder in folders:
            for path, below, names in os.walk(folder):
                texts = [name.encode() for name in (*below, *names)]
                texts += [Path(path, name).read_bytes() for name in names if Path(path, name).is_file()]
                for text in texts:
                    lower = text.lower()
                    found |= {place for place, word in self.words.items() if word.encode() in lower}
        return found


class Room:
    """A press room in which every field of three documents, and a translation, holds a canary."""

    KINDS = ("embargoed", "drafted", "dated")

    def __init__(self, root: Path) -> None:
        self.root, self.canaries = make_site(root, {}), Canaries()
        (root / "theme").symlink_to(REPOSITORY / "theme")
        self.settings = settings_of(root)
        put(root, "releases/2026/open-one/index.en.md", "---\ntitle: Open one\ndate: 2026-03-04\ntopics: [water]\n---\nOpen words.\n")
        put(root, "pages/about/index.en.md", "---\ntitle: About\n---\nAbout.\n")
        for name in self.KINDS:
            self.slug(name)
        self.write_registries()
        self.hold()

    def slug(self, name: str) -> str:
        return self.canaries.new(f"{name} slug")

    def write_registries(self) -> None:
        topics, people, contacts, organisations = ["water: {names: {en: Water, zh-Hans: 水, ar: ماء}}"], [], [], []
        for name in self.KINDS:
            new = self.of(name)
            names = "{{en: {0} en, zh-Hans: {0} zh, ar: {0} ar}}"
            topics.append(f"{new('topic id')}: {{names: {names.format(new('topic name'))}}}")
            people.append(f"{new('person id')}: {{names: {names.format(new('person name'))}}}")
            contacts.append(f"{new('contact id')}: {{names: {names.format(new('contact name'))}, email: {new('contact mail')}@x.test}}")
            organisations.append(f"{new('office id')}: {{names: {names.format(new('office name'))}, about: {names.format(new('office about'))}}}")
        for file, lines in (("topics", topics), ("people", people), ("contacts", contacts), ("organisations", organisations)):
            put(self.root, f"{file}.yml", "\n".join(lines) + "\n")

    def of(self, name: str):  # type: ignore[no-untyped-def]
        return lambda place: self.canaries.new(f"{name} {place}")

    def hold(self) -> None:
        self.write({"embargoed": f"date: 2026-05-01\nembargo: {HELD}", "drafted": "date: 2026-05-01\nstatus: draft", "dated": f"date: {HELD}"})
        self.translate("status: draft\n")

    def lift(self) -> None:
        self.write({"embargoed": f"date: 2026-05-01\nembargo: {OPEN}", "drafted": "date: 2026-05-01", "dated": f"date: {OPEN}"})
        self.translate("")

    def folder(self, name: str) -> str:
        # A document whose date is its embargo lies in that date's year.
        for year in ("2026", "2030"):
            if (self.root / "content" / "releases" / year / self.slug(name)).is_dir():
                return f"releases/{year}/{self.slug(name)}"
        return f"releases/2026/{self.slug(name)}"

    def write(self, fields: dict[str, str]) -> None:
        picture = io.BytesIO()
        Image.new("RGB", (3, 2)).save(picture, "PNG")
        for name, said in fields.items():
            new, old = self.of(name), self.folder(name)
            folder = f"releases/{'2030' if f'date: {HELD}' in said else '2026'}/{self.slug(name)}"
            if old != folder and (self.root / "content" / old).is_dir():
                (self.root / "content" / folder).parent.mkdir(parents=True, exist_ok=True)
                (self.root / "content" / old).rename(self.root / "content" / folder)
            image, file = f"{new('picture name')}.png", f"{new('file name')}.csv"
            put(
                self.root, f"{folder}/index.en.md",
                f"---\ntitle: {new('title')}\nsubtitle: {new('subtitle')}\nsummary: {new('summary')}\nplace: {new('place')}\n{said}\n"
                f"topics: [{new('topic id')}]\ncontacts: [{new('contact id')}]\norganisation: {new('office id')}\nattachments: [{file}]\n"
                f"event: {{en: {new('event')}}}\naliases: [/{new('alias')}/]\nnotes: {new('notes')} text\n"
                f"captions: {{{image}: {new('caption')}}}\nalts: {{{image}: {new('alt')}}}\n---\n"
                f"{new('body')} words[^1]. A [link](https://{new('link')}.test/).\n\n![]({image})\n\n## {new('heading')}\n\n"
                f"> {new('quotation')}\n> — {new('person name')} en, {new('role')}, {new('office quoted')}\n\nThen:\n\n> Said too.\n> — {new('stranger')}\n\n"
                f"[^1]: {new('footnote')}\n",
            )  # fmt: skip
            put(self.root, f"{folder}/index.zh-Hans.md", f"---\ntitle: {new('title zh')}\ntranslation: official\ntranslator: {new('translator')}\n---\n{new('body zh')}\n")
            put(self.root, f"{folder}/{file}", f"{new('file content')}\n")
            (self.root / "content" / folder / image).write_bytes(picture.getvalue() + new("picture content").encode())

    def translate(self, status: str) -> None:
        new = self.of("translation")
        put(
            self.root, "releases/2026/open-one/index.ar.md",
            f"---\ntitle: {new('title')}\nsummary: {new('summary')}\ntranslation: official\ntranslator: {new('translator')}\n{status}---\n"
            f"{new('body')}. [file]({new('file name')}.csv)\n",
        )  # fmt: skip
        put(self.root, f"releases/2026/open-one/{new('file name')}.csv", new("file content"))

    def build(self, now: datetime = NOW) -> None:
        build(self.settings, now, public_log=True)

    def named_in(self, said: str) -> set[str]:
        return {place for place, word in self.canaries.words.items() if word in said.lower()}

    def leaked(self) -> set[str]:
        """What has come out: into the output, the standby beside it, a stage, the records of public builds."""
        beside = [path for path in self.root.iterdir() if path.name.startswith((".output", "output"))]
        return self.canaries.seen_in(*beside, self.root / ".pressroom" / "public")

    def published(self) -> set[str]:
        return self.canaries.seen_in(self.root / "output")




@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "room")


def test_a_fresh_build_holds_no_byte_of_what_is_held(room: Room) -> None:
    room.build()
    assert room.leaked() == set()


def test_what_was_held_appears_after_the_lift_in_every_place(room: Room) -> None:
    room.build()
    room.lift()
    room.build()
    assert set(room.canaries.words) - room.published() == set()


def test_what_becomes_held_again_leaves_output_standby_store_and_ledger_in_that_build(room: Room) -> None:
    for _ in range(2):
        room.lift()
        room.build()
        assert room.published() == set(room.canaries.words)
        room.hold()
        room.build()
        assert room.published() == set()
        assert room.leaked() == set()


def test_a_build_of_nothing_new_keeps_it_so(room: Room) -> None:
    room.lift()
    room.build()
    room.hold()
    room.build()
    room.build()
    room.build(NOW + timedelta(days=3))
    assert room.leaked() == set()


def test_a_document_that_is_deleted_leaves_nothing(room: Room) -> None:
    room.lift()
    room.build()
    for name in room.KINDS:
        shutil.rmtree(room.root / "content" / room.folder(name))
    room.translate("status: draft\n")
    room.write_registries()
    room.build()
    assert room.leaked() == set()


def test_a_preview_and_a_check_leave_nothing_where_public_builds_keep_their_records(room: Room) -> None:
    room.build()
    examine(room.settings, NOW)
    build(replace(room.settings, audience=PREVIEW, output=str(room.root / "preview")), NOW)
    assert room.canaries.seen_in(room.root / "preview") == set(room.canaries.words)
    room.build()
    assert room.leaked() == set()


def test_a_check_as_of_the_lift_leaves_nothing_where_public_builds_keep_their_records(room: Room) -> None:
    room.build()
    examine(room.settings, datetime(2030, 1, 1, 10, tzinfo=UTC))
    assert "embargoed body" in room.canaries.seen_in(room.root / ".pressroom" / "preview")
    assert room.leaked() == set()


def test_a_build_that_fails_on_held_faults_writes_nothing_of_them(room: Room) -> None:
    room.build()
    folder = room.folder("embargoed")
    path = room.root / "content" / folder / "index.en.md"
    path.write_text(path.read_text().replace("summary:", "sumary:"))
    with pytest.raises(Fault) as caught:
        room.build()
    said = "\n".join(told(caught.value.problems, {"CI": "true"}, room.root))
    assert "GT002" in said
    assert room.named_in(said) == set()
    assert room.leaked() == set()


def test_a_public_log_does_not_name_the_file_of_a_held_translation(room: Room) -> None:
    receipt = build(room.settings, NOW, public_log=True)
    assert room.named_in("\n".join(told(receipt.problems, {"CI": "true"}, room.root))) == set()


@pytest.mark.parametrize("root", ["content", "held"])
def test_a_public_log_names_nothing_of_a_held_translation_that_has_faults(room: Room, root: str) -> None:
    new, folder = room.of("translation"), room.root / root / "releases/2026/open-one"
    if root == "held":
        room.settings = replace(room.settings, held_content=str(room.root / "held"))
        folder.mkdir(parents=True)
        (room.root / "content/releases/2026/open-one/index.ar.md").unlink()
    put(room.root, "people.yml", f"{new('person id')}: {{names: {{en: {new('person name')}}}}}\n")
    (folder / f"{new('drawing name')}.svg").write_text("<svg><script/></svg>")
    faults = ("datte: 1", "subtitle: [1]", f"topics: [{new('topic')}]", f"captions: {{{new('picture name')}.png: {new('caption')}}}")
    for first in range(len(faults) + 1):
        (folder / "index.ar.md").write_text(
            "\n".join(("---", f"title: {new('title')}", "translation: official", "status: draft", *faults[first:], "---"))
            + f"\n<p onclick='{new('html')}'>x</p>\n\n[nowhere](../{new('link')}/) [a drawing]({new('drawing name')}.svg)\n\n"
            f"> Said.\n> — {new('stranger')}, {new('role')}, Office\n\nSo:\n\n> Said.\n> — {new('person name')}\n",
            encoding="utf-8",
        )
        said = "\n".join(told(examine(room.settings, NOW, public_log=True), {"CI": "true"}, room.root))
        assert room.named_in(said) == set() and "index.ar.md" not in said
    whole = "\n".join(told(examine(room.settings, NOW), {}, room.root))
    assert {"translation link", "translation stranger", "translation person name", "translation drawing name"} <= room.named_in(whole)


def test_a_public_log_of_a_preview_does_not_name_a_held_translation_that_stands(room: Room) -> None:
    put(room.root, "releases/2026/open-one/index.ar.md", "---\ntitle: Soon\ntranslation: official\nstatus: draft\n---\n<p onclick='x'>x</p>\n")
    (room.root / "content/releases/2026/open-one" / f"{room.of('translation')('file name')}.csv").unlink()
    preview = replace(room.settings, audience=PREVIEW, output=str(room.root / "preview"))
    assert "index.ar.md" in "\n".join(told(build(preview, NOW).problems, {}, room.root))
    for _ in range(2):
        assert "index.ar.md" not in "\n".join(told(build(preview, NOW, public_log=True).problems, {"CI": "true"}, room.root))


def test_a_public_log_hints_at_no_held_document_where_a_link_is_wrong(room: Room) -> None:
    put(room.root, "pages/about/index.en.md", f"---\ntitle: About\n---\nAbout [it](../{room.slug('embargoed')[:-1]}/../{room.slug('embargoed')}/).\n")
    said = examine(room.settings, NOW, public_log=True)
    assert ("LK001", "content/pages/about/index.en.md") in {(problem.code, problem.path) for problem in said}
    assert not [problem for problem in said if room.named_in(problem.hint)]


def test_a_public_log_names_an_entry_of_a_registry_only_where_a_cleared_document_does(room: Room) -> None:
    held = room.canaries.new("embargoed topic id")
    put(room.root, "topics.yml", f"water: {{names: {{en: Water}}}}\n{held}: {{names: {{en: {held}}}}}\n")
    for name in ("drafted", "dated"):
        (room.root / "content" / room.folder(name) / "index.en.md").write_text("---\ntitle: Soon\ndate: 2026-05-01\nstatus: draft\n---\nSoon.\n")
    assert ["water has no name in zh-Hans, ar"] == [problem.message for problem in build(room.settings, NOW, public_log=True).problems]
    assert len([problem for problem in build(room.settings, NOW).problems if problem.code == "RG004"]) == 2


def test_a_public_log_guesses_at_no_file_that_lies_beside_an_open_document(room: Room) -> None:
    name = room.canaries.new("file name")
    put(room.root, f"releases/2026/open-one/{name}.csv", "a\n")
    put(room.root, "releases/2026/open-one/index.en.md", f"---\ntitle: Open one\ndate: 2026-03-04\n---\n[Words](x{name[1:]}.csv)\n")
    hints = [[problem.hint for problem in examine(room.settings, NOW, public_log=public) if problem.code == "LK001"] for public in (False, True)]
    assert all(f'did you mean "{name}.csv"?' in hint for hint in hints[0]) and hints[0] and set(hints[1]) == {""}


def test_a_public_log_says_where_a_registry_holds_what_no_text_may_and_shows_nothing_of_it(room: Room) -> None:
    held = room.canaries.new("embargoed topic id")
    put(room.root, "topics.yml", f"water: {{names: {{en: Water}}}}\n{held}: {{names: {{en: {held}\x07}}}}\n")
    with pytest.raises(Fault) as caught:
        room.build()
    assert ("FM011", "content/topics.yml", 2) in {(problem.code, problem.path, problem.line) for problem in caught.value.problems}
    assert not room.named_in("\n".join(told(caught.value.problems, {"CI": "true"}, room.root)))


def test_a_public_log_guesses_at_no_name_of_a_registry(room: Room) -> None:
    near = "x" + room.canaries.new("embargoed topic id")[1:]
    put(room.root, "releases/2026/open-one/index.en.md", f"---\ntitle: Open one\ndate: 2026-03-04\ntopics: [{near}]\n---\nOpen words.\n")
    with pytest.raises(Fault) as caught:
        room.build()
    assert [(problem.code, problem.hint) for problem in caught.value.problems if problem.severity == "error"] == [("RG001", "")]


@pytest.mark.parametrize("name", ["index.en.md", "{}.csv"])
def test_a_public_log_does_not_name_a_held_file_that_goes_away_while_it_is_read(room: Room, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = room.root / "content" / room.folder("embargoed") / name.format(room.canaries.new("embargoed file name"))
    data = path.read_bytes()

    def looked(*given: Any) -> Tree:
        path.write_bytes(data)
        tree = scan(*given)
        path.unlink()
        return tree

    monkeypatch.setattr("pressroom.intake.scan", looked)
    with pytest.raises(Fault) as caught:
        examine(room.settings, NOW, public_log=True)
    for environment in ({"CI": "true"}, {"CI": "true", "GITHUB_ACTIONS": "true"}):
        (said,) = told(caught.value.problems, environment, room.root)
        assert "FT012" in said and path.name not in said and room.named_in(said) == set()
    assert path.name in "\n".join(told(caught.value.problems, {}, room.root))


def test_a_public_log_does_not_name_what_lies_where_no_document_can(room: Room) -> None:
    put(room.root, "releases/2026/Secret_Merger/index.en.md", "---\ntitle: Soon\n---\nSoon.\n")
    put(room.root, "releases/2026/secret-merger.docx", "Soon.")
    with pytest.raises(Fault) as caught:
        room.build()
    assert [problem.code for problem in caught.value.problems if problem.severity == "error"] == ["GT002"]


def test_held_documents_may_lie_under_a_root_of_their_own(room: Room) -> None:
    held = room.root / "held"
    for name in room.KINDS:
        folder = room.folder(name)
        (held / folder).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(room.root / "content" / folder, held / folder)
    room.settings = replace(room.settings, held_content=str(held))
    room.build()
    assert room.leaked() == set()
    for name in room.KINDS:
        assert (held / "releases").is_dir()
    room.build(datetime(2030, 1, 1, 10, tzinfo=UTC))
    assert {"embargoed body", "dated title"} <= room.published() and "drafted body" not in room.leaked()


@pytest.mark.parametrize("name", Room.KINDS)
@pytest.mark.parametrize(
    "form",
    [
        "[read](../{slug}/)",
        "[read](../../2026/{slug}/index.en.md)",
        "[read]({{filename}}/{folder}/)",
        "[read](../{slug}/{file}.csv)",
        "![]({{attach}}/{folder}/{file}.csv)",
    ],
)
def test_a_link_to_what_is_held_is_a_fault_that_does_not_name_it(room: Room, name: str, form: str) -> None:
    folder = room.folder(name)
    if "2030" in folder and "{folder}" not in form:
        form = form.replace("../../2026/", "../../2030/").replace("(../{slug}", "(../../2030/{slug}")
    target = form.format(slug=room.slug(name), folder=folder, file=room.canaries.new(f"{name} file name"))
    put(room.root, "releases/2026/open-one/index.en.md", f"---\ntitle: Open one\ndate: 2026-03-04\n---\nOpen words, {target}.\n")
    with pytest.raises(Fault) as caught:
        room.build()
    (problem,) = [problem for problem in caught.value.problems if problem.severity == "error"]
    assert (problem.code, problem.path, problem.line) == ("LK002", "content/releases/2026/open-one/index.en.md", 5)
    for environment in ({"CI": "true"}, {"CI": "true", "GITHUB_ACTIONS": "true"}):
        said = "\n".join(told(caught.value.problems, environment, room.root))
        assert room.named_in(said) == set()


INSTANTS = [
    # What is written, and the instant it means.
    ("2026-07-01T10:00:00Z", "2026-07-01T10:00:00Z"),
    ("2026-07-01T00:00+14:00", "2026-06-30T10:00:00Z"),
    ("2026-07-01T00:00-11:30", "2026-07-01T11:30:00Z"),
    ("2026-07-01", "2026-06-30T22:00:00Z"),
    ("2026-03-29T03:00[Europe/Paris]", "2026-03-29T01:00:00Z"),
    ("2026-10-25T02:30+02:00[Europe/Paris]", "2026-10-25T00:30:00Z"),
    ("2026-10-25T02:30+01:00[Europe/Paris]", "2026-10-25T01:30:00Z"),
    ("2028-02-29", "2028-02-28T23:00:00Z"),
    ("2028-02-29T23:59:59+14:00", "2028-02-29T09:59:59Z"),
    ("2027-03-28T01:59:59[Europe/Paris]", "2027-03-28T00:59:59Z"),
    ("2026-07-01T10:00:00.5Z", "2026-07-01T10:00:01Z"),
    ("2026-07-01T10:00[America/St_Johns]", "2026-07-01T12:30:00Z"),
    ("2026-07-01T10:00[Pacific/Kiritimati]", "2026-06-30T20:00:00Z"),
    ("2026-04-05T01:45+10:30[Australia/Lord_Howe]", "2026-04-04T15:15:00Z"),
]


def one_document(root: Path, embargo: str) -> Settings:
    make_site(root, {"releases/2026/the-thing/index.en.md": f"---\ntitle: The thing\ndate: 2026-01-02\nembargo: {embargo}\n---\nWords.\n"})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    return settings_of(root)


@pytest.mark.parametrize(("written", "meant"), INSTANTS)
def test_a_document_is_out_at_its_instant_and_never_a_second_early(tmp_path: Path, written: str, meant: str) -> None:
    settings = one_document(tmp_path / "room", written)
    instant, page = datetime.fromisoformat(meant), tmp_path / "room" / "output" / "en" / "releases" / "2026" / "the-thing" / "index.html"
    for seconds in (-3600, -1):
        build(settings, instant + timedelta(seconds=seconds))
        assert not page.exists(), seconds
    build(settings, instant)
    assert page.is_file()
    build(settings, instant - timedelta(seconds=1))
    assert not page.exists()
    build(settings, instant + timedelta(seconds=1))
    assert page.is_file()


def test_a_later_date_holds_though_the_embargo_is_over(tmp_path: Path) -> None:
    root = tmp_path / "room"
    make_site(root, {"releases/2026/the-thing/index.en.md": "---\ntitle: The thing\ndate: 2026-08-01T08:00:00Z\nembargo: 2026-07-01T08:00:00Z\n---\nWords.\n"})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    page = root / "output" / "en" / "releases" / "2026" / "the-thing" / "index.html"
    build(settings_of(root), datetime(2026, 7, 31, tzinfo=UTC))
    assert not page.exists()
    build(settings_of(root), datetime(2026, 8, 1, 8, tzinfo=UTC))
    assert page.is_file()


def test_the_tree_is_the_same_at_every_instant_between_two_steps(tmp_path: Path) -> None:
    settings = one_document(tmp_path / "room", "2026-07-01T10:00:00Z")
    before = []
    for now in (datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC), datetime(2026, 7, 1, 9, 59, 59, tzinfo=UTC)):
        build(settings, now)
        before.append(tree_of(tmp_path / "room" / "output"))
    assert before[0] == before[1] == before[2]
    after = []
    for now in (datetime(2026, 7, 1, 10, tzinfo=UTC), datetime(2026, 7, 2, tzinfo=UTC), datetime(2026, 7, 3, 9, 59, 59, tzinfo=UTC)):
        build(settings, now)
        after.append(tree_of(tmp_path / "room" / "output"))
    assert after[0] == after[1] == after[2] != before[0]


def told_in(tree: Path, words: str) -> list[str]:
    """The files of a tree that have these words."""
    return sorted(str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file() and words.encode() in path.read_bytes())


@pytest.mark.parametrize(("since", "begins"), [("2026-08-01", "2026-07-31T22:00:00Z"), ("2026-12", "2026-11-30T23:00:00Z"), ("2027", "2026-12-31T23:00:00Z")])
def test_an_office_is_told_from_the_day_that_it_begins_and_not_a_second_early(tmp_path: Path, since: str, begins: str) -> None:
    """The registries stand under no embargo: an office that begins later may be what a held document announces."""
    root, preview = tmp_path / "room", tmp_path / "room" / "preview"
    office = "    - {role: {en: Warden, ar: قيّمة}, since: 2020}\n    - {role: {en: Kanari, ar: كناري}, organisation: mills, since: %s}\n" % since
    said = "---\ntitle: The thing\ndate: {}\nstatus: {}\n---\nWords.\n\n> Yes.\n> — Ana Díaz{}\n"
    make_site(root, {
        "people.yml": f"ana-diaz:\n  names: {{en: Ana Díaz, ar: آنا دياث}}\n  offices:\n{office}", "organisations.yml": "mills:\n  names: {en: Kanarimills}\n",
        "releases/2026/the-thing/index.en.md": said.format("2026-01-02", "published", ""), "releases/2026/held/index.en.md": said.format("2026-01-03", "draft", ", Kanari, Kanarimills"),
    })  # fmt: skip
    (root / "theme").symlink_to(REPOSITORY / "theme")
    settings, instant = settings_of(root), datetime.fromisoformat(begins)
    pages = sorted(["people.json", *(f"{lang}/people/ana-diaz/{year}index.html" for lang in ("ar", "en", "zh-hans") for year in ("", "2026/"))])
    trees, seals = [], []
    for seconds in (-9_000_000, -1, 0, 5000, 9_000_000):
        build(settings, instant + timedelta(seconds=seconds))
        trees.append(tree_of(root / "output"))
        assert told_in(root / "output", "Kanari") == (pages if seconds >= 0 else []) and bool(told_in(root / "output", "كناري")) is (seconds >= 0)
        seals.append((root / "output/.well-known/pressroom.json").read_text())
    assert trees[0] == trees[1] != trees[2] == trees[4] and f'"as_of": "{begins}"' in seals[2]
    build(replace(settings, audience=PREVIEW, output=str(preview)), instant - timedelta(seconds=1))
    assert "Kanari" in (preview / "en/people/ana-diaz/index.html").read_text()


def test_a_page_of_a_person_that_stands_is_made_anew_when_an_office_begins(tmp_path: Path) -> None:
    root = tmp_path / "room"
    make_site(root, {
        "people.yml": "ana-diaz: {names: {en: Ana Díaz}, offices: [{role: {en: Warden}, since: 2026-08-01}]}\n",
        "releases/2026/the-thing/index.en.md": "---\ntitle: The thing\ndate: 2026-01-02\n---\nWords.\n\n> Yes.\n> — Ana Díaz\n",
    })  # fmt: skip
    (root / "theme").symlink_to(REPOSITORY / "theme")
    written = [build(settings_of(root), datetime(2026, 7, day, 22, tzinfo=UTC)).written for day in (20, 30, 31)]
    told = told_in(root / "output", "Warden")
    assert written[1:] == [0, len(told) + 1] and {"en/people/ana-diaz/index.html", "people.json"} <= set(told)


def test_a_draft_is_held_whatever_the_hour(tmp_path: Path) -> None:
    root = tmp_path / "room"
    make_site(root, {"releases/2026/the-thing/index.en.md": "---\ntitle: The thing\ndate: 2026-01-02\nstatus: draft\n---\nWords.\n"})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    build(settings_of(root), datetime(2999, 1, 1, tzinfo=UTC))
    assert not (root / "output" / "en" / "releases" / "2026").exists()


THING, SHOWING = "releases/2026/the-thing", "Words.\n\n![A chart](chart.png)\n\n![A plan](plan.svg)\n"


def with_faulty_files(root: Path, of_document: str, of_translation: str, text: str = "Words.\n") -> Settings:
    """A document whose translation shows what is no picture, and a drawing with a script."""
    files = {
        f"{THING}/index.en.md": f"---\ntitle: The thing\ndate: 2026-01-02\n{of_document}---\n{text}",
        f"{THING}/index.ar.md": f"---\ntitle: الشيء\ntranslation: official\n{of_translation}---\n{SHOWING}",
        f"{THING}/chart.png": "no picture", f"{THING}/plan.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    }  # fmt: skip
    make_site(root, files)
    (root / "theme").symlink_to(REPOSITORY / "theme")
    return replace(settings_of(root), audience=PREVIEW, output=str(root / "preview"))


@pytest.mark.parametrize(("of_document", "of_translation"), [("status: draft\nattachments: [plan.svg]\n", ""), ("", "status: draft\n")])
def test_the_faults_of_a_drafts_files_are_warnings_and_a_preview_shows_what_can_be_shown(tmp_path: Path, of_document: str, of_translation: str) -> None:
    settings = with_faulty_files(tmp_path / "room", of_document, of_translation)
    found = examine(settings, NOW)
    assert {"FT011", "TX014"} <= {problem.code for problem in found} and "error" not in {problem.severity for problem in found}
    for _ in range(2):
        found = build(settings, NOW).problems
        assert [(problem.code, problem.path) for problem in found] == [("FT011", f"content/{THING}/chart.png"), ("TX014", f"content/{THING}/plan.svg")]
        page, files = (tmp_path / "room/preview/ar" / THING / "index.html").read_text(), tmp_path / "room/preview" / THING
        assert "chart.png" in page and "plan.svg" not in page and "A plan" in page
        assert {path.name for path in files.iterdir()} == {"chart.png", "kit.zip"}
    said = "\n".join(told(build(settings, NOW, public_log=True).problems, {"CI": "true"}, settings.root))
    assert "chart" not in said and "plan" not in said
    build(replace(settings, audience=PUBLIC, output=str(tmp_path / "room/output")), NOW)
    assert not (tmp_path / "room/output" / THING / "chart.png").exists()


@pytest.mark.parametrize(("of_document", "of_translation", "text"), [("embargo: 2030-01-01\n", "", "Words.\n"), ("", "status: draft\n", SHOWING)])
def test_the_faults_of_files_that_go_out_by_themselves_stop_a_preview(tmp_path: Path, of_document: str, of_translation: str, text: str) -> None:
    with pytest.raises(Fault) as caught:
        build(with_faulty_files(tmp_path / "room", of_document, of_translation, text), NOW)
    assert [problem.code for problem in caught.value.problems if problem.severity == "error"] == ["FT011", "TX014"]


def test_the_given_instant_counts_before_the_epoch_of_the_sources_and_that_before_the_systems_clock(tmp_path: Path) -> None:
    root = tmp_path / "room"
    one_document(root, "2026-07-01T10:00:00Z")
    put(root, "releases/2026/long-ago/index.en.md", "---\ntitle: Long ago\ndate: 2026-01-02\n---\nWords.\n")
    before, after = (str(int(datetime(2026, 7, 1, hour, tzinfo=UTC).timestamp())) for hour in (9, 11))
    page = root / "output" / "en" / "releases" / "2026" / "the-thing" / "index.html"
    assert build_apart(root, now="2026-07-01T12:00:00+02:00", SOURCE_DATE_EPOCH=before).returncode == 0
    assert page.exists()
    assert build_apart(root, now="2026-07-01T11:59:59+02:00", SOURCE_DATE_EPOCH=after).returncode == 0
    assert not page.exists()
    assert build_apart(root, SOURCE_DATE_EPOCH=after).returncode == 0
    assert page.exists()
    assert build_apart(root, SOURCE_DATE_EPOCH=before).returncode == 0
    assert not page.exists()
    assert clock.now("", {}).tzinfo is UTC and abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5


@pytest.mark.parametrize("now", ["yesterday", "2026-07-01", "2026-07-01T10:00", "2026-13-01T10:00:00Z", "1782900000"])
def test_a_clock_that_cannot_be_read_stops_the_build(tmp_path: Path, now: str) -> None:
    root = make_site(tmp_path / "room", {})
    done = build_apart(root, now=now)
    assert done.returncode == 2 and "GT003" in done.stderr and "Traceback" not in done.stderr
    assert not (root / "output").exists()


def test_what_is_taken_out_of_the_store_stands_nowhere_in_its_file(tmp_path: Path) -> None:
    chance = random.Random(5)
    for trial in range(6):
        path, names, gone = tmp_path / str(trial) / "store.sqlite", [f"n{number:04}" for number in range(300)], set[str]()
        for turn in range(7):
            with Store(str(path)) as store:
                if turn:
                    gone |= set(chance.sample(names, 30))
                    store.keep_only([name for name in names if name not in gone])
                for name in chance.sample([name for name in names if name not in gone], 20) if turn else chance.sample(names, 300):
                    store.put(name, "stamp", "digest", "key", f"facts-{name}-".encode() * chance.choice([1, 3, 20, 100]), f"body-{name}-".encode() * chance.choice([1, 10, 200]))
        data = path.read_bytes()
        assert not [name for name in sorted(gone) if f"facts-{name}-".encode() in data or f"body-{name}-".encode() in data]


DRAFT = "---\ntitle: Soon\ndate: 2026-05-01\nstatus: draft\n---\nSoon{more}\n"
TRANSLATION = "---\ntitle: Soon\ntranslation: official\nstatus: draft\n{field}---\nSoon{more}\n"
UNFINISHED = [
    ("releases/2026/soon/index.en.md", DRAFT.format(more=" [nowhere](../nowhere/)."), "LK001"),
    ("releases/2026/soon/index.en.md", DRAFT.format(more=".\n\n![Nothing](nothing.png)"), "LK001"),
    ("releases/2026/soon/index.en.md", DRAFT.format(more=".[^1]\n\n[^1]: One.\n\n[^1]: Two."), "FM019"),
    ("releases/2026/open-one/index.ar.md", TRANSLATION.format(field="", more=" [nowhere](../nowhere/)."), "LK001"),
    ("releases/2026/open-one/index.ar.md", TRANSLATION.format(field="datte: 2026-03-04\n", more="."), "FM006"),
    ("releases/2026/open-one/index.ar.md", TRANSLATION.format(field="translated_from: yesterday\n", more="."), "AG009"),
    ("releases/2026/open-one/index.ar.md", TRANSLATION.format(field="topics: [water]\n", more="."), "FM013"),
    ("releases/2026/open-one/index.ar.md", TRANSLATION.format(field="captions: {no.png: No}\n", more="."), "TX007"),
]


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    root = make_site(tmp_path / "room", {"releases/2026/open-one/index.en.md": "---\ntitle: Open one\ndate: 2026-03-04\n---\nOpen words.\n"})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    return settings_of(root)


def errors(settings: Settings) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in examine(settings, NOW) if problem.severity == "error"]


@pytest.mark.parametrize(("name", "text", "code"), UNFINISHED)
def test_the_faults_of_a_draft_are_warnings_and_stop_nothing(small: Settings, name: str, text: str, code: str) -> None:
    put(Path(small.root), name, text)
    found = [(problem.severity, problem.path) for problem in examine(small, NOW) if problem.code == code]
    assert set(found) == {("warning", f"content/{name}")} and errors(small) == []
    assert build(small, NOW).editions["en"]["release"] == 1
    preview = replace(small, audience=PREVIEW, output=f"{small.root}/preview")
    for _ in range(2):
        receipt = build(preview, NOW)
        assert (code, "warning") in {(problem.code, problem.severity) for problem in receipt.problems} and "en" in receipt.editions


@pytest.mark.parametrize("field", ["embargo: 2030-01-01T10:00:00Z", "date: 2030-01-01", "embarggo: 2030-01-01T10:00:00Z", "date: soon"])
def test_what_a_draft_translation_says_of_when_the_document_is_out_stays_an_error(small: Settings, field: str) -> None:
    put(Path(small.root), "releases/2026/open-one/index.ar.md", TRANSLATION.format(field=f"{field}\n", more="."))
    assert errors(small)
    with pytest.raises(Fault):
        build(small, NOW)


def test_a_draft_with_the_address_of_another_document_stays_an_error(small: Settings) -> None:
    put(Path(small.root), "releases/2026/soon/index.en.md", DRAFT.format(more=".").replace("status", "aliases: [/en/releases/2026/open-one/]\nstatus"))
    assert set(errors(small)) == {("TX011", "content/releases/2026/soon/index.en.md")}


EMBARGOED = "---\ntitle: Coming\ndate: 2026-05-01\nembargo: 2026-12-01T10:00:00Z\n{field}---\nSee {link}.\n"
LATER = {
    "releases/2027/later/index.en.md": "---\ntitle: Later\ndate: 2027-01-10\n---\nLater.\n",
    "releases/2027/later/data.csv": "1\n",
    "releases/2026/soon/index.en.md": DRAFT.format(more="."),
    "releases/2026/broken/index.en.md": DRAFT.format(more=".").replace("title", "tittle"),
    "releases/2026/with-it/index.en.md": EMBARGOED.format(field="", link="nothing"),
    "releases/2026/with-it/index.ar.md": TRANSLATION.format(field="", more="."),
    "releases/2026/with-it/index.zh-Hans.md": "---\ntitle: 中\ntranslation: official\n---\n中。\n",
}


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("[later](../../2027/later/)", "LK002"),
        ("[later](../../2027/later/index.en.md)", "LK002"),
        ("[a file](../../2027/later/data.csv)", "LK002"),
        ("[a draft](../soon/)", "LK002"),
        ("[a draft with faults](../broken/)", "LK002"),
        ("[a draft translation](../with-it/index.ar.md)", "LK002"),
        ("[its page](/en/releases/2026/soon/)", "LK001"),
        ("[a month](/en/releases/2027/01/)", "LK001"),
        ("[out with it](../with-it/)", ""),
        ("[out with it](../with-it/index.zh-Hans.md)", ""),
        ("[its page](/zh-hans/releases/2026/with-it/)", ""),
        ("[out before](../open-one/)", ""),
        ("[itself](/en/releases/2026/coming/)", ""),
    ],
)
def test_a_check_says_what_would_stop_the_build_that_lifts_an_embargo(small: Settings, link: str, code: str) -> None:
    name = "releases/2026/coming/index.en.md"
    for path, text in {**LATER, name: EMBARGOED.format(field="", link=link)}.items():
        put(Path(small.root), path, text)
    assert errors(small) == ([(code, f"content/{name}")] if code else [])
    said = told(examine(small, NOW, public_log=True), {"CI": "true"}, small.root)
    assert [("GT002" in line) for line in said if "error" in line] == ([True] if code else [])
    build(small, NOW)
    lift = datetime(2026, 12, 1, 10, tzinfo=UTC)
    if not code:
        build(small, lift)
        return
    with pytest.raises(Fault) as caught:
        build(small, lift)
    assert {(problem.code, problem.path) for problem in caught.value.problems if problem.severity == "error"} == {(code, f"content/{name}")}


def test_a_document_that_is_lifted_earlier_is_checked_as_of_then(small: Settings) -> None:
    put(Path(small.root), "releases/2026/with-it/index.en.md", LATER["releases/2026/with-it/index.en.md"])
    lifted = "lifted: {at: '2026-11-01T10:00:00Z', reason: It was broken}\n"
    put(Path(small.root), "releases/2026/coming/index.en.md", EMBARGOED.format(field=lifted, link="[it](../with-it/)"))
    assert errors(small) == [("LK002", "content/releases/2026/coming/index.en.md")]

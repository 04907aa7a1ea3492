"""`inv correct` with real repositories: what readers have is kept beside the document, whenever it is run, and one entry owns the change."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from pressroom.build import build, examine
from pressroom.commands import builds, correcting, publishing
from pressroom.commands.correcting import Wanted
from pressroom.commands.destinations import Destination
from pressroom.ground import clock
from pressroom.ground.problems import EXIT_USAGE, Fault, has_errors
from tests.commands.rooms import DRAFT, HELD, git, inv, make_room
from tests.sites import put, tree_of

SLUG = "harbour-opens"
FOLDER = f"releases/2020/{SLUG}"
ORIGINAL = "---\ntitle: The harbour opens\ndate: 2020-05-06\nattachments: [plan.csv]\n---\nIt opened in May.\n"
CHINESE = "---\ntitle: 港口开放\ntranslation: official\n---\n五月开放。\n"
ARABIC = "---\ntitle: افتتاح الميناء\ntranslation: official\nstatus: draft\n---\nافتتح.\n"
PLAN = "a,b\n1,2\n"
CRLF = b"\xef\xbb\xbf---\r\ntitle: The quay\r\ndate: 2020-05-07\r\n---\r\nIt is long.\r\n"
FILES = {
    f"{FOLDER}/index.en.md": ORIGINAL,
    f"{FOLDER}/index.zh-Hans.md": CHINESE,
    f"{FOLDER}/plan.csv": PLAN,
    "releases/2020/quay/index.en.md": "",
    "releases/2020/lock/index.en.md": "---\ntitle: The lock\ndate: 2020-05-08\ncorrections: []\n---\nIt is deep.\n",
    "releases/2020/weir/index.en.md": "Title: The weir\nDate: 2020-05-09\n\nIt is old.\n",
    "transcripts/2020/forum/index.en.md": "---\ntitle: The forum\ndate: 2020-05-10\n---\n[Narration] The office met the press.\n",
    "pages/about/index.en.md": "---\ntitle: About\n---\nAbout the office.\n",
    "releases/2020/secret-merger/index.en.md": HELD,
    "releases/2020/half-written/index.en.md": DRAFT,
}
ENTRY = "  - type: corrected\n    at: 'AT'\n    note: {en: \"\", zh-Hans: \"\"}\n"


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor's machine, with git as nobody has configured it."""
    for name in ("CI", "SOURCE_DATE_EPOCH", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A press room in a repository, published once."""
    room = make_room(tmp_path_factory.mktemp("correcting") / "it" / "room", FILES)
    (room / "content/releases/2020/quay/index.en.md").write_bytes(CRLF)
    (room / "publishconf.py").write_text('REMOTE = "origin"\nBRANCH = "gh-pages"\n')
    (room / ".gitignore").write_text("/.pressroom/\n/output/\n/.output.*/\n__pycache__/\n")
    git(room.parent, "init", "--quiet", "--bare", "remote.git")
    git(room, "init", "--quiet", "--initial-branch=main")
    git(room, "config", "user.name", "Ed Itor")
    git(room, "config", "user.email", "ed@press.test")
    git(room, "remote", "add", "origin", "../remote.git")
    commit(room)
    publish(room)
    return room.parent


@pytest.fixture
def room(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "it", symlinks=True)
    return tmp_path / "it" / "room"


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A press room that no git knows of."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return make_room(tmp_path / "room", FILES | {"releases/2020/quay/index.en.md": CRLF.decode()})


def commit(room: Path) -> None:
    git(room, "add", "--all")
    git(room, "commit", "--quiet", "--message", "Write")


def publish(room: Path, push: bool = True) -> None:
    settings = builds.read(room)
    build(settings, clock.now())
    publishing.hand_over(room, settings.output, Destination(), push, "https://press.test")


def path(room: Path, name: str = f"{FOLDER}/index.en.md") -> Path:
    return room / "content" / name


def text(room: Path, name: str = f"{FOLDER}/index.en.md") -> str:
    return path(room, name).read_text(encoding="utf-8")


def edit(room: Path, old: str, new: str, name: str = f"{FOLDER}/index.en.md") -> None:
    assert old in text(room, name)
    put(room, name, text(room, name).replace(old, new))


def dated(found: str) -> str:
    """A text with its newest instants told by no clock."""
    return re.sub(r"'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d'", "'AT'", found)


def kept(room: Path, version: int = 1, folder: str = FOLDER) -> dict[str, str]:
    return {found.name: found.read_text(encoding="utf-8") for found in path(room, f"{folder}/v/{version}").iterdir()}


def refused(room: Path, name: str = SLUG, wanted: Wanted = Wanted(), code: str = "CO015", exit: int = 1) -> str:
    """What is said where nothing is done; no byte of the content changes."""
    before = tree_of(room / "content")
    with pytest.raises(Fault) as raised:
        correcting.run(room, name, wanted)
    assert tree_of(room / "content") == before
    assert {problem.code for problem in raised.value.problems} == {code} and raised.value.exit_code == exit
    return " ".join(f"{problem.message} | {problem.hint}" for problem in raised.value.problems)


def faults(room: Path) -> list[str]:
    """What `inv check` would end with."""
    return sorted(problem.code for problem in set(examine(builds.read(room), clock.now())) if has_errors([problem]))


FORMERLY = {"index.en.md": ORIGINAL, "index.zh-Hans.md": CHINESE, "SHA256SUMS": f"{hashlib.sha256(PLAN.encode()).hexdigest()}  plan.csv\n"}


# When it is run


def test_before_the_edit_what_readers_have_is_kept_and_one_entry_opened(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correcting.run(room, SLUG)
    assert kept(room) == FORMERLY
    assert dated(text(room)) == ORIGINAL.replace("\n---\nIt", f"\ncorrections:\n{ENTRY}---\nIt")
    said = capsys.readouterr().out
    assert f"content/{FOLDER}/v/1/ keeps what readers have: index.en.md, index.zh-Hans.md, SHA256SUMS.\n" in said
    assert said.endswith("Next: write its note in en, zh-Hans; edit the texts, if you have not yet; inv check.\n")


@pytest.mark.parametrize("committed", [False, True])
def test_after_the_edit_it_is_the_published_text_that_is_kept(room: Path, committed: bool) -> None:
    edit(room, "May", "June")
    edit(room, "五月", "六月", f"{FOLDER}/index.zh-Hans.md")
    path(room, f"{FOLDER}/plan.csv").write_text("a,b\n3,4\n")
    if committed:
        commit(room)
    correcting.run(room, SLUG)
    assert kept(room) == FORMERLY
    assert "It opened in June." in text(room) and dated(text(room)).count(ENTRY) == 1


def test_with_a_note_and_an_edit_the_site_builds_and_nothing_is_wrong(room: Path) -> None:
    correcting.run(room, SLUG, Wanted(note='It was "June".'))
    assert faults(room) == ["CO003"]
    edit(room, 'zh-Hans: ""', "zh-Hans: 是六月。")
    edit(room, "May", "June")
    assert 'note: {en: "It was \\"June\\".", zh-Hans: 是六月。}' in text(room)
    assert faults(room) == []
    settings = builds.read(room)
    build(settings, clock.now())
    assert "June" in (Path(settings.output) / f"en/{FOLDER}/index.md").read_text(encoding="utf-8")


def test_twice_does_what_once_does(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correcting.run(room, SLUG)
    once = tree_of(room / "content")
    capsys.readouterr()
    correcting.run(room, SLUG, Wanted("updated", note="More."))
    assert tree_of(room / "content") == once
    said = capsys.readouterr().out
    assert f"content/{FOLDER}/index.en.md:6 has the entry already: corrected, " in said and "no other was opened" in said and "--note was not written" in said


def test_it_is_one_correction_until_it_is_published(room: Path) -> None:
    correcting.run(room, SLUG)
    edit(room, "May", "June")
    commit(room)
    once = tree_of(room / "content")
    correcting.run(room, SLUG)
    assert tree_of(room / "content") == once


def test_an_entry_that_was_written_by_hand_gets_its_text_and_no_other_is_opened(room: Path) -> None:
    entry = "corrections:\n  - {type: corrected, at: 2020-06-01T10:00Z, note: {en: June., zh-Hans: 六月。}}\n"
    put(room, f"{FOLDER}/index.en.md", ORIGINAL.replace("---\nIt", f"{entry}---\nIt").replace("May", "June"))
    commit(room)
    before = text(room)
    correcting.run(room, SLUG)
    assert kept(room) == FORMERLY and text(room) == before and faults(room) == []


def test_a_second_correction_stands_upon_the_first(room: Path) -> None:
    correcting.run(room, SLUG, Wanted("updated"))
    edit(room, "May", "June")
    commit(room)
    publish(room)
    second = text(room)
    edit(room, "June", "July")
    correcting.run(room, SLUG, Wanted("clarified", "It was July.", ("en",)))
    assert kept(room) == FORMERLY and kept(room, 2) == FORMERLY | {"index.en.md": second}
    added = "    at: 'AT'\n  - type: clarified\n    at: 'AT'\n    note: {en: \"It was July.\"}\n    languages: [en]\n---\n"
    assert added in dated(text(room)) and faults(room) == []


def test_two_entries_that_nobody_had_a_text_between_are_refused(room: Path) -> None:
    one = "  - {type: updated, at: 2020-06-01T10:00Z}\n"
    put(room, f"{FOLDER}/index.en.md", ORIGINAL.replace("---\nIt", f"corrections:\n{one}{one}---\nIt"))
    assert "2 entries stand here that are not published yet" in refused(room)


def test_a_published_entry_that_was_taken_out_is_missed(room: Path) -> None:
    correcting.run(room, SLUG, Wanted("updated"))
    commit(room)
    publish(room)
    put(room, f"{FOLDER}/index.en.md", ORIGINAL)
    assert refused(room).startswith("1 entries are published, and 0 stand here | put the others back")


def test_a_text_of_before_a_published_entry_that_was_taken_away_is_missed_and_no_entry_opened(room: Path) -> None:
    correcting.run(room, SLUG, Wanted("updated"))
    edit(room, "May", "June")
    commit(room)
    publish(room)
    (room / "content" / FOLDER / "v/1/index.en.md").unlink()
    assert refused(room).startswith("v/1/index.en.md of an entry that is published is not here | put back what was kept")


def test_what_is_kept_is_never_written_over(room: Path) -> None:
    put(room, f"{FOLDER}/v/1/index.en.md", ORIGINAL.replace("May", "March"))
    assert "another text is kept here" in refused(room)


def test_what_is_committed_here_and_never_pushed_counts_where_no_remote_is_known(room: Path) -> None:
    git(room, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    edit(room, "May", "June")
    commit(room)
    publish(room, push=False)
    git(room, "remote", "remove", "origin")
    edit(room, "June", "July")
    correcting.run(room, SLUG)
    assert "June" in kept(room)["index.en.md"]


def test_a_folder_within_a_repository_is_corrected_like_one(room: Path) -> None:
    inner = room / "inner"
    inner.mkdir()
    for name in ("content", "pelicanconf.py", "publishconf.py"):
        shutil.move(room / name, inner / name)
    edit(inner, "May", "June")
    commit(room)
    publish(inner)
    june = text(inner)
    edit(inner, "June", "July")
    correcting.run(inner, SLUG)
    assert kept(inner) == FORMERLY | {"index.en.md": june}


# Which document, and what of it


def test_files_that_the_text_links_to_are_told_under_any_name(room: Path) -> None:
    put(room, f"{FOLDER}/船闸 plan.csv", PLAN)
    edit(room, "in May", "in [May](<船闸 plan.csv>)")
    commit(room)
    publish(room)
    correcting.run(room, SLUG, Wanted("updated"))
    digest = hashlib.sha256(PLAN.encode()).hexdigest()
    assert kept(room)["SHA256SUMS"] == f"{digest}  plan.csv\n{digest}  船闸 plan.csv\n" and faults(room) == []


def test_a_document_that_has_moved_is_found_by_its_aliases(room: Path) -> None:
    shutil.move(path(room, FOLDER), path(room, "releases/2020/port-opens"))
    edit(room, "date:", f"aliases: [/en/{FOLDER}/]\ndate:", "releases/2020/port-opens/index.en.md")
    commit(room)
    correcting.run(room, "port-opens")
    assert kept(room, folder="releases/2020/port-opens") == FORMERLY


@pytest.mark.parametrize("folder", ["transcripts/2020/forum", "pages/about"])
def test_a_document_of_any_kind_is_corrected(room: Path, folder: str) -> None:
    before = text(room, f"{folder}/index.en.md")
    edit(room, "office", "bureau", f"{folder}/index.en.md")
    correcting.run(room, folder, Wanted(note="The office."))
    assert kept(room, folder=folder) == {"index.en.md": before} and faults(room) == []


def test_a_translation_that_is_not_out_is_neither_kept_nor_told(room: Path) -> None:
    put(room, f"{FOLDER}/index.ar.md", ARABIC)
    commit(room)
    publish(room)
    correcting.run(room, SLUG)
    assert set(kept(room)) == set(FORMERLY) and dated(text(room)).endswith(f"{ENTRY}---\nIt opened in May.\n")
    edit(room, 'en: "", zh-Hans: ""', "en: June., zh-Hans: 六月。")
    assert faults(room) == []


def test_an_edition_that_is_derived_has_no_file_to_be_kept(room: Path) -> None:
    with (room / "pelicanconf.py").open("a") as file:
        file.write('LANGUAGES = ["en", "zh-Hans", "zh-Hant", "ar"]\nDERIVED = {"zh-Hant": "zh-Hans"}\n')
    commit(room)
    publish(room)
    assert (room / "output/zh-hant" / FOLDER / "index.json").is_file()
    edit(room, "May", "June")
    edit(room, "五月", "六月", f"{FOLDER}/index.zh-Hans.md")
    correcting.run(room, SLUG, Wanted("updated"))
    assert kept(room) == FORMERLY and faults(room) == []


def test_a_withdrawn_document_is_that_with_an_edition_that_is_derived_too(room: Path) -> None:
    with (room / "pelicanconf.py").open("a") as file:
        file.write('LANGUAGES = ["en", "zh-Hans", "zh-Hant", "ar"]\nDERIVED = {"zh-Hant": "zh-Hans"}\n')
    correcting.run(room, SLUG, Wanted("withdrawn", "Wrong."))
    edit(room, 'zh-Hans: ""', "zh-Hans: 错了。")
    commit(room)
    publish(room)
    notice = json.loads((room / "output/zh-hant" / FOLDER / "index.json").read_text())
    assert (notice["withdrawn"], notice["derived_from"]) == (True, "zh-Hans")
    assert "is withdrawn | publish what is new as a document of its own" in refused(room)
    put(room, f"{FOLDER}/index.en.md", ORIGINAL)
    assert refused(room).startswith("1 entries are published, and 0 stand here")


def test_a_new_edition_needs_no_entry(room: Path) -> None:
    put(room, f"{FOLDER}/index.ar.md", ARABIC.replace("status: draft\n", ""))
    assert "the edition in ar is not published yet" in refused(room, wanted=Wanted(languages=("ar",)))


def test_what_is_not_published_yet_may_be_edited_freely(room: Path) -> None:
    put(room, "releases/2020/fresh/index.en.md", "---\ntitle: Fresh\ndate: 2020-05-06\n---\nText.\n")
    commit(room)
    for type in ("corrected", "withdrawn"):
        assert "is not published yet: there is nothing to correct | edit it freely" in refused(room, "fresh", Wanted(type))


def test_a_document_whose_folder_was_renamed_is_told_what_finds_it(room: Path) -> None:
    (room / "content" / FOLDER).rename(room / "content" / "releases" / "2020" / "renamed")
    assert "If its folder was renamed, add its old address to aliases first" in refused(room, "renamed")


def test_a_source_commit_that_is_not_here_is_said(room: Path, tmp_path: Path) -> None:
    tree = git(room, "rev-parse", "origin/gh-pages^{tree}")
    made = git(room, "commit-tree", tree, "-m", f"Publish the press room\n\nSource-Commit: {'a' * 40}")
    git(room, "update-ref", "refs/remotes/origin/gh-pages", made)
    assert "the commit aaaaaaaaaaaa, which is not here | git fetch --unshallow" in refused(room)
    with pytest.raises(Fault) as raised:
        correcting.run(room, SLUG)
    assert [problem.path for problem in raised.value.problems] == [f"content/{FOLDER}/index.en.md"]


def test_a_source_commit_without_the_text_is_said(room: Path) -> None:
    put(room, "releases/2020/fresh/index.en.md", "---\ntitle: Fresh\ndate: 2020-05-06\n---\nText.\n")
    publish(room)
    assert "does not have content/releases/2020/fresh/index.en.md | copy the texts" in refused(room, "fresh")


def test_a_page_that_was_published_from_files_never_committed_is_told(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(room, "May", "March")
    publish(room)
    edit(room, "March", "June")
    correcting.run(room, SLUG)
    assert "Beware: in en the published page has other words than the source commit" in capsys.readouterr().out


# Without git


def test_where_nothing_is_published_the_texts_are_kept_as_they_stand_and_this_is_said_aloud(alone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correcting.run(alone, SLUG)
    assert kept(alone) == FORMERLY and dated(text(alone)).count(ENTRY) == 1
    said = capsys.readouterr().out
    assert "RUN THIS BEFORE YOU EDIT." in said and f"remove content/{FOLDER}/v/1/ and the entry, undo the edit, run it again" in said


def test_a_publish_branch_that_names_no_source_is_nothing_to_go_by(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = git(room, "commit-tree", git(room, "rev-parse", "origin/gh-pages^{tree}"), "-m", "By hand")
    git(room, "update-ref", "refs/remotes/origin/gh-pages", made)
    correcting.run(room, SLUG)
    assert kept(room) == FORMERLY and "RUN THIS BEFORE YOU EDIT." in capsys.readouterr().out


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_run_that_is_broken_off_leaves_no_version_behind_and_the_next_one_keeps_all(alone: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    replaced, replace = [], os.replace

    def interrupted(source: Path, target: Path) -> None:
        if "/v/" in str(target):
            replaced.append(target)
            if len(replaced) == at:
                raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "replace", interrupted)
        correcting.run(alone, SLUG)
    assert list(path(alone, f"{FOLDER}/v").iterdir()) == [] and text(alone) == ORIGINAL
    # One that was killed tidies nothing up.
    put(alone, f"{FOLDER}/v/.1.new/index.ar.md", "half")
    correcting.run(alone, SLUG)
    assert kept(alone) == FORMERLY and dated(text(alone)).count(ENTRY) == 1
    assert [found.name for found in path(alone, f"{FOLDER}/v").iterdir()] == ["1"]


def test_without_git_an_entry_is_open_until_its_note_is_written_and_its_text_changed(alone: Path) -> None:
    correcting.run(alone, SLUG)
    edit(alone, "May", "June")
    open_one = tree_of(alone / "content")
    correcting.run(alone, SLUG)
    assert tree_of(alone / "content") == open_one
    edit(alone, 'en: "", zh-Hans: ""', "en: June., zh-Hans: 六月。")
    correcting.run(alone, SLUG)
    assert "June" in kept(alone, 2)["index.en.md"] and dated(text(alone)).count("at: 'AT'") == 2
    noted = Wanted("updated")
    edit(alone, 'en: "", zh-Hans: ""', "en: July., zh-Hans: 七月。")
    open_one = tree_of(alone / "content")
    correcting.run(alone, SLUG, noted)
    assert tree_of(alone / "content") == open_one
    assert faults(alone) == []


def test_without_git_an_entry_without_its_text_cannot_be_helped(alone: Path) -> None:
    put(alone, f"{FOLDER}/index.en.md", ORIGINAL.replace("---\nIt", "corrections:\n  - {type: updated, at: 2020-06-01T10:00Z}\n---\nIt"))
    assert "no former text, and nothing is published here to take it from | take the entry out" in refused(alone)


def test_without_git_a_text_that_is_kept_gets_the_entry_that_it_lacks(alone: Path) -> None:
    put(alone, f"{FOLDER}/v/1/index.en.md", ORIGINAL.replace("May", "March"))
    assert faults(alone) == ["CO009"]
    correcting.run(alone, SLUG, Wanted("updated"))
    assert "March" in kept(alone)["index.en.md"] and faults(alone) == []


def test_without_git_a_text_with_faults_is_not_what_readers_have(alone: Path) -> None:
    edit(alone, "May.", "May. [See](../nowhere/).")
    edit(alone, "[plan.csv]", "[plam.csv]")
    assert "has faults, so readers do not have it as it stands" in refused(alone)


@pytest.mark.parametrize("header", ["Title: A new quay\nDate: 2020-05-04\n\n", "---\ntitle: A new quay\ndate: 2020-05-04\ncorrections: []\n---\n"], ids=["classic", "in brackets"])
def test_without_git_a_header_that_takes_no_entry_is_mended_before_one_is_opened(alone: Path, header: str) -> None:
    for name in path(alone, FOLDER).iterdir():
        name.unlink()
    put(alone, f"{FOLDER}/index.en.md", f"{header}It opens in May.\n")
    said = refused(alone)
    assert "between two lines ---, each field and each entry of corrections on lines of its own" in said and "run it again" in said and "by hand" not in said
    put(alone, f"{FOLDER}/index.en.md", "---\ntitle: A new quay\ndate: 2020-05-04\n---\nIt opens in May.\n")
    correcting.run(alone, SLUG, Wanted("updated"))
    assert "May" in kept(alone)["index.en.md"] and faults(alone) == []


# The file that the entry goes into


def test_line_ends_and_the_mark_at_the_beginning_stay(room: Path) -> None:
    correcting.run(room, "quay")
    assert path(room, "releases/2020/quay/v/1/index.en.md").read_bytes() == CRLF
    found = path(room, "releases/2020/quay/index.en.md").read_bytes()
    entry = ENTRY.replace(', zh-Hans: ""', "").replace("\n", "\r\n").encode()
    assert dated(found.decode()).encode() == CRLF.replace(b"---\r\nIt", b"corrections:\r\n" + entry + b"---\r\nIt")
    assert [name.name for name in path(room, "releases/2020/quay").iterdir() if name.name.startswith(".")] == []


@pytest.mark.parametrize(("slug", "line"), [("lock", 4), ("weir", 1)])
def test_a_list_in_brackets_and_the_classic_header_are_left_to_the_editor(room: Path, slug: str, line: int) -> None:
    said = refused(room, slug)
    assert "add it by hand to corrections" in said and "{type: corrected, at: '" in said and 'note: {en: ""}}' in said


@pytest.mark.parametrize("begun", ["", "  corrections:\n"])
def test_an_entry_is_added_as_far_from_the_left_as_the_fields_stand(alone: Path, begun: str) -> None:
    for name in path(alone, FOLDER).iterdir():
        name.unlink()
    put(alone, f"{FOLDER}/index.en.md", f"---\n  title: A new quay\n  date: 2020-05-04\n{begun}---\nIt opens in May.\n")
    correcting.run(alone, SLUG, Wanted("updated"))
    entry = "  corrections:\n    - type: updated\n      at: 'AT'\n"
    assert dated(text(alone)) == f"---\n  title: A new quay\n  date: 2020-05-04\n{entry}---\nIt opens in May.\n" and faults(alone) == []


@pytest.mark.parametrize("indent", ["", "  ", "      "])
def test_an_entry_is_added_as_the_others_are_written(room: Path, indent: str) -> None:
    listed = f"corrections:\n{indent}- type: clarified\n{indent}  at: 2020-06-01T10:00Z\n{indent}  note:\n{indent}    en: >\n{indent}      # A text\n\n{indent}    zh-Hans: 文\n"
    put(room, f"{FOLDER}/v/1/index.en.md", ORIGINAL)
    put(room, f"{FOLDER}/index.en.md", ORIGINAL.replace("attach", f"{listed}\n# The files\nattach"))
    commit(room)
    publish(room)
    before = text(room)
    correcting.run(room, SLUG, Wanted("refiled"))
    added = f"{indent}- type: refiled\n{indent}  at: 'AT'\n"
    assert dated(text(room)) == before.replace("\n\n# The files", f"\n{added}\n# The files") and faults(room) == []


def test_a_note_that_no_text_may_be_is_refused(room: Path) -> None:
    assert "cannot be added here" in refused(room, wanted=Wanted(note="x" * 2001))
    assert "cannot be added here" in refused(room, wanted=Wanted(note="a\x07b"))


def test_a_front_matter_with_faults_is_mended_first(room: Path) -> None:
    edit(room, "date:", "corrections: yes\ndate:")
    assert "has faults | mend them first" in refused(room)


# The words of the command


def test_a_withdrawal_keeps_no_text_and_asks_for_a_note_in_every_language(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correcting.run(room, SLUG, Wanted("withdrawn"))
    assert not path(room, f"{FOLDER}/v").exists()
    assert dated(text(room)) == ORIGINAL.replace("\n---\nIt", f"\ncorrections:\n{ENTRY.replace('corrected', 'withdrawn')}---\nIt")
    assert "Next: write its note in en, zh-Hans; inv check; inv publish." in capsys.readouterr().out
    edit(room, 'en: "", zh-Hans: ""', "en: Wrong., zh-Hans: 错了。")
    assert faults(room) == []
    once = tree_of(room / "content")
    correcting.run(room, SLUG, Wanted("withdrawn"))
    assert tree_of(room / "content") == once
    assert "is withdrawn | publish what is new as a document of its own" in refused(room)


def test_a_withdrawal_may_follow_an_entry_that_is_not_published_yet(room: Path) -> None:
    correcting.run(room, SLUG, Wanted("updated"))
    correcting.run(room, SLUG, Wanted("withdrawn", "Wrong."))
    edit(room, 'zh-Hans: ""', "zh-Hans: 错了。")
    assert kept(room) == FORMERLY and faults(room) == []
    shutil.rmtree(path(room, f"{FOLDER}/v"))
    correcting.run(room, SLUG)
    assert kept(room) == FORMERLY and faults(room) == []


@pytest.mark.parametrize("type", ["updated", "refiled"])
def test_what_changes_no_meaning_gets_no_note(room: Path, type: str) -> None:
    correcting.run(room, SLUG, Wanted(type))
    assert dated(text(room)).endswith(f"corrections:\n  - type: {type}\n    at: 'AT'\n---\nIt opened in May.\n")
    assert faults(room) == []


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted("corected"), 'did you mean "corrected"?'),
        (Wanted("oops"), "the types are corrected, clarified"),
        (Wanted("withdrawn", languages=("en",)), "takes back the whole document"),
        (Wanted(languages=("fr",)), "no edition in fr | its languages are en, zh-Hans"),
        (Wanted(note="June.", languages=("zh-Hans",)), "--note is the note in en"),
    ],
)
def test_a_command_used_in_a_wrong_way_ends_with_two(room: Path, wanted: Wanted, said: str) -> None:
    assert said in refused(room, wanted=wanted, exit=EXIT_USAGE)


@pytest.mark.parametrize(("slug", "said"), [("secret-merger", "is under embargo: it is not out"), ("half-written", "is a draft: it is not out")])
def test_what_is_held_is_not_corrected(room: Path, slug: str, said: str) -> None:
    assert said in refused(room, slug)


@pytest.mark.parametrize("held", ["status: draft", "embargo: 2090-01-01"])
def test_what_is_published_and_would_be_held_again_is_cleared_before_it_is_corrected(room: Path, held: str) -> None:
    put(room, f"{FOLDER}/index.en.md", ORIGINAL.replace("---\n", f"---\n{held}\n", 1))
    assert "is published, and would be held again | what readers have cannot be held: clear it first" in refused(room, wanted=Wanted("withdrawn"))


def test_what_lies_apart_is_not_corrected(room: Path) -> None:
    put(room, "../held/releases/2020/apart/index.en.md", "---\ntitle: Apart\ndate: 2020-05-06\n---\nText.\n")
    (room / "pelicanconf.py").write_text((room / "pelicanconf.py").read_text() + 'HELD_PATH = "held"\n')
    assert "lies in HELD_PATH" in refused(room, "apart")


@pytest.mark.parametrize("log", ["", "true"])
def test_a_draft_that_lies_apart_with_its_files_leaves_the_public_document_to_be_corrected(room: Path, monkeypatch: pytest.MonkeyPatch, log: str) -> None:
    put(room, f"../held/{FOLDER}/index.ar.md", ARABIC)
    put(room, f"../held/{FOLDER}/sketch.csv", PLAN)
    (room / "pelicanconf.py").write_text((room / "pelicanconf.py").read_text() + 'HELD_PATH = "held"\n')
    monkeypatch.setenv("CI", log)
    before = tree_of(room / "held")
    correcting.run(room, SLUG, Wanted("updated"))
    assert kept(room) == FORMERLY and tree_of(room / "held") == before and faults(room) == []


def test_a_public_log_does_not_say_that_something_is_held(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    said = {refused(room, slug, code="GT006", exit=EXIT_USAGE).replace(slug, "") for slug in ("secret-merger", "half-written", "never-written")}
    assert said == {"there is no document '' | a document is named by its slug, or by its folder"}


def test_the_command_takes_its_options_and_says_what_it_did(room: Path) -> None:
    done = inv(room, "correct", SLUG, "--type", "clarified", "--note", "In June.", "--languages", "en")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("Next: edit the texts, if you have not yet; inv check.\n") and 'note: {en: "In June."}\n    languages: [en]\n' in text(room)
    done = inv(room, "correct", "habour-opens")
    assert done.returncode == 2 and 'did you mean "harbour-opens"?' in done.stderr
    assert inv(room, "correct").returncode == 2

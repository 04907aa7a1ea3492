"""`inv publish` against a bare repository on this disk: what readers get is the output, whole, and nothing else is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pressroom.commands import publishing
from pressroom.commands.comparing import is_kept
from pressroom.commands.destinations import Destination
from pressroom.commands.git import Git
from pressroom.commands.published import Branch
from pressroom.ground.problems import Fault
from tests.commands.rooms import CONF, command, environment, git, inv, make_repository, remote_of, tip
from tests.sites import put, tree_of

TO = Destination()


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git as on a machine that nobody has configured."""
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A repository with a finished output, that no build has to be waited for."""
    room = tmp_path / "room"
    page(room, "index.html", "first")
    page(room, "en/index.html", "first")
    make_repository(room)
    return room


def page(room: Path, name: str, text: str) -> None:
    path = room / "output" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def publish(room: Path, to: Destination = TO, push: bool = True) -> str:
    """What the command does when the site is built."""
    publishing.check(room, to, push)
    return publishing.hand_over(room, str(room / "output"), to, push, "https://press.test")


def refused(room: Path, to: Destination = TO, push: bool = True) -> str:
    with pytest.raises(Fault) as raised:
        publish(room, to, push)
    assert {problem.code for problem in raised.value.problems} == {"FT010"} and raised.value.exit_code == 1
    return " ".join(f"{problem.message} | {problem.hint}" for problem in raised.value.problems)


def published(room: Path) -> dict[str, str]:
    """The tree that readers have, by path and digest."""
    folder = room.parent / "checked-out"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    subprocess.run(["tar", "-x"], cwd=folder, input=archive(room), check=True)
    return tree_of(folder)


def archive(room: Path) -> bytes:
    return subprocess.run(["git", "archive", "gh-pages"], cwd=remote_of(room), capture_output=True, check=True).stdout


def here(room: Path) -> list[str]:
    """Everything of the repository that publishing has no business with."""
    asked = (["status", "--porcelain"], ["symbolic-ref", "HEAD"], ["rev-parse", "HEAD"], ["ls-files", "-s"], ["branch"])
    return [git(room, *words) for words in asked]


def test_the_first_publish_is_the_output_and_a_file_that_keeps_the_host_from_meddling(room: Path) -> None:
    before = here(room)
    assert publish(room) == "Published to gh-pages of origin."
    tree = published(room)
    assert ".nojekyll" in tree and {name: digest for name, digest in tree.items() if name != ".nojekyll"} == tree_of(room / "output")
    assert here(room) == before
    said = git(remote_of(room), "log", "-1", "--format=%cn <%ce>%n%B", "gh-pages")
    assert said == f"Ed Itor <ed@press.test>\nPublish the press room\n\nSource-Commit: {git(room, 'rev-parse', 'HEAD')}"
    assert git(room, "rev-parse", "origin/gh-pages") == tip(room)


def test_a_second_publish_stands_upon_the_first_and_takes_away_what_is_gone(room: Path) -> None:
    publish(room)
    first = tip(room)
    (room / "output" / "en" / "index.html").unlink()
    page(room, "fr/index.html", "second")
    publish(room)
    assert tip(room, "gh-pages^") == first
    assert set(published(room)) == {"index.html", "fr/index.html", ".nojekyll"}


def test_an_unchanged_output_makes_no_commit(room: Path) -> None:
    publish(room)
    first = tip(room)
    assert publish(room) == "Nothing has changed: gh-pages of origin holds this site."
    assert tip(room) == first


def test_another_publisher_in_between_is_built_upon(room: Path, tmp_path: Path) -> None:
    publish(room)
    other = tmp_path / "other"
    shutil.copytree(room, other)
    page(other, "theirs.html", "x")
    publish(other)
    theirs = tip(room)
    page(room, "ours.html", "x")
    publish(room)
    assert tip(room, "gh-pages^") == theirs
    assert set(published(room)) == {"index.html", "en/index.html", "ours.html", ".nojekyll"}


def test_a_push_that_is_refused_is_a_fault_and_moves_no_branch(room: Path) -> None:
    hook = remote_of(room) / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho nobody may push >&2\nexit 1\n")
    hook.chmod(0o755)
    before = here(room)
    said = refused(room)
    assert said.startswith("git push failed: ") and "run publish again" in said
    assert here(room) == before and tip(room) == ""


def test_a_publish_that_loses_the_race_is_refused_and_what_won_stays(room: Path) -> None:
    publish(room)
    theirs = git(
        remote_of(room),
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@x.test",
        "commit-tree",
        "gh-pages^{tree}",
        "-p",
        "gh-pages",
        "-m",
        "theirs",
    )
    # What is published moves on after this publish has looked at it.
    (room / ".git" / "hooks").mkdir(exist_ok=True)
    hook = room / ".git" / "hooks" / "pre-push"
    hook.write_text(f"#!/bin/sh\ncd '{remote_of(room)}' && env -u GIT_DIR git update-ref refs/heads/gh-pages {theirs}\n")
    hook.chmod(0o755)
    page(room, "ours.html", "x")
    assert "git push failed" in refused(room)
    assert tip(room) == theirs
    hook.unlink()
    publish(room)
    assert tip(room, "gh-pages^") == theirs


def test_without_a_push_the_branch_here_takes_the_commit_and_the_remote_none(room: Path) -> None:
    assert publish(room, push=False) == "Committed to gh-pages; nothing was pushed."
    assert tip(room) == ""
    assert set(git(room, "ls-tree", "-r", "--name-only", "gh-pages").split("\n")) == {*tree_of(room / "output"), ".nojekyll"}
    assert git(room, "branch", "--format=%(refname:short)").split() == ["gh-pages", "main"]


def test_a_commit_that_was_never_pushed_does_not_come_into_the_published_history(room: Path) -> None:
    publish(room)
    first = tip(room)
    page(room, "taken-back.html", "x")
    publish(room, push=False)
    (room / "output" / "taken-back.html").unlink()
    page(room, "new.html", "x")
    publish(room)
    assert tip(room, "gh-pages^") == first


def test_without_a_remote_a_commit_is_still_made_here(room: Path) -> None:
    git(room, "remote", "remove", "origin")
    publish(room, push=False)
    first = git(room, "rev-parse", "gh-pages")
    assert publish(room, push=False) == "Nothing has changed: gh-pages holds this site; nothing was pushed."
    page(room, "new.html", "x")
    publish(room, push=False)
    assert git(room, "rev-parse", "gh-pages^") == first


def test_a_remote_that_is_away_is_no_reason_not_to_commit_here(room: Path) -> None:
    shutil.rmtree(remote_of(room))
    assert publish(room, push=False) == "Committed to gh-pages; nothing was pushed."
    assert "git ls-remote failed" in refused(room)


def test_no_remote_of_that_name_is_a_fault(room: Path) -> None:
    git(room, "remote", "rename", "origin", "upstream")
    assert refused(room).startswith("there is no remote origin | git remote add it")


def test_the_address_of_a_repository_does_as_well_as_the_name_of_a_remote(room: Path) -> None:
    to = Destination(remote=str(remote_of(room)))
    publish(room, to)
    first = tip(room)
    page(room, "new.html", "x")
    publish(room, to)
    assert tip(room, "gh-pages^") == first


def test_a_password_in_the_address_of_a_repository_is_not_told(room: Path) -> None:
    to = Destination(remote=f"file://press:s3cr3t@{remote_of(room)}")
    assert publish(room, to) == f"Published to gh-pages of file://{remote_of(room)}."
    assert publish(room, to) == f"Nothing has changed: gh-pages of file://{remote_of(room)} holds this site."


def test_a_folder_that_is_no_repository_is_a_fault(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(room.parent))
    shutil.rmtree(room / ".git")
    assert "not a git repository" in refused(room)


def test_a_publish_branch_that_is_checked_out_is_refused(room: Path) -> None:
    before = here(room)
    assert refused(room, Destination(branch="main"), push=False).startswith("the branch main is checked out here")
    assert here(room) == before


@pytest.mark.parametrize("push", [True, False])
@pytest.mark.parametrize("with_page", [True, False])
def test_a_branch_of_sources_is_not_overwritten(room: Path, push: bool, with_page: bool) -> None:
    git(room, "switch", "--quiet", "-c", "develop")
    (room / ("index.html" if with_page else "notes.txt")).write_text("mine")
    git(room, "add", "--all")
    git(room, "commit", "--quiet", "-m", "Work")
    git(room, "push", "--quiet", "origin", "develop")
    git(room, "switch", "--quiet", "main")
    before = git(room, "rev-parse", "develop")
    assert "develop holds something else than a site" in refused(room, Destination(branch="develop"), push)
    assert {git(room, "rev-parse", "develop"), git(remote_of(room), "rev-parse", "develop")} == {before}


def test_a_branch_of_sources_that_was_never_pushed_is_not_overwritten(room: Path) -> None:
    git(room, "branch", "develop")
    assert "develop holds something else than a site" in refused(room, Destination(branch="develop"), push=False)


def test_a_site_that_another_tool_has_made_is_built_upon_and_so_is_a_sealed_one_on_a_branch_of_sources(room: Path) -> None:
    blob = git(room, "hash-object", "-w", os.devnull)
    for name, branch, parents in (("index.html", "older", []), ("pressroom.json", "sealed", ["-p", "HEAD"])):
        tree = subprocess.run(["git", "mktree"], cwd=room, input=f"100644 blob {blob}\t{name}\n", text=True, capture_output=True, check=True).stdout.strip()
        if branch == "sealed":
            tree = subprocess.run(["git", "mktree"], cwd=room, input=f"040000 tree {tree}\t.well-known\n", text=True, capture_output=True, check=True).stdout.strip()
        first = git(room, "commit-tree", tree, *parents, "-m", "A site")
        git(room, "push", "--quiet", "origin", f"{first}:refs/heads/{branch}")
        publish(room, Destination(branch=branch))
        assert tip(room, f"{branch}^") == first


def test_where_no_user_is_configured_the_press_room_commits(room: Path) -> None:
    git(room, "config", "--unset", "user.name")
    git(room, "config", "--unset", "user.email")
    publish(room)
    assert git(remote_of(room), "log", "-1", "--format=%cn <%ce>", "gh-pages") == "Pressroom <noreply@press.test>"


def test_the_domain_is_written_for_the_host_and_written_once(room: Path) -> None:
    publish(room, Destination(cname="press.test"))
    assert git(remote_of(room), "show", "gh-pages:CNAME") == "press.test"
    page(room, "CNAME", "press.test\n")
    publish(room, Destination(cname="press.test"))
    page(room, "CNAME", "other.test\n")
    assert refused(room, Destination(cname="press.test")).startswith("CNAME is press.test here and other.test in content/root/CNAME")


def test_names_of_every_script_are_published_as_they_are(room: Path) -> None:
    names = ("验证 文件.txt", "ملف.txt", "it's & more's.txt", "back\\slash.txt", " leading", "trailing ", "-x", 'in"side')
    for name in names:
        page(room, name, name)
    publish(room)
    tree = published(room)
    assert tree.pop(".nojekyll") and tree == tree_of(room / "output") and set(names) <= tree.keys()


def test_what_is_no_file_is_refused_and_not_followed(room: Path) -> None:
    publish(room)
    first, folder = tip(room), room / "output"
    (folder / "link").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe")
    (folder / ".GIT").mkdir()
    (folder / ".GIT" / "config").write_text("x")
    (folder / "huge").touch()
    os.truncate(folder / "huge", 101 * 1024 * 1024)
    (folder / '"quoted').touch()
    (folder / "two\nlines").touch()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff")).touch()
    said = refused(room)
    assert (
        all(name in said for name in ("link", "pipe", ".GIT", "huge", '"quoted', "two\\nlines", "\\udcff"))
        and said.count("cannot be published") == 7
    )
    assert tip(room) == first


def test_an_output_that_is_no_site_is_refused(room: Path) -> None:
    (room / "output" / "index.html").unlink()
    assert "the output has no index.html" in refused(room)


def test_a_clone_that_knows_nothing_of_the_publish_branch_builds_upon_it(room: Path, tmp_path: Path) -> None:
    """As CI has it: shallow, and of one branch."""
    publish(room)
    first, clone = tip(room), tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--single-branch", "--branch=main", f"file://{remote_of(room)}", str(clone))
    page(clone, "index.html", "from CI")
    before = here(clone)
    publish(clone)
    assert tip(room, "gh-pages^") == first and here(clone) == before
    publish(room)
    assert git(remote_of(room), "rev-list", "--count", "gh-pages") == "3"


def test_a_working_branch_that_a_killed_publish_has_left_is_no_obstacle_and_goes_away(room: Path) -> None:
    git(room, "branch", "pressroom-publish", "main")
    publish(room)
    assert git(room, "branch", "--list", "pressroom-publish") == ""
    assert git(remote_of(room), "rev-list", "--count", "gh-pages") == "1"


def test_an_import_that_breaks_off_leaves_no_branch_behind(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda *_: True)
    # A folder that goes away between the look at it and the import: ghp-import ends in the middle of its work.
    monkeypatch.setattr(publishing, "publishable", lambda output: shutil.rmtree(output) or frozenset({"index.html"}))
    before = here(room)
    assert "ghp-import failed" in refused(room)
    assert here(room) == before and tip(room) == ""


# Which sources are newer


def commit(room: Path, text: str) -> str:
    (room / "words.txt").write_text(text)
    git(room, "add", "words.txt")
    git(room, "commit", "--quiet", "-m", text)
    return git(room, "rev-parse", "HEAD")


def behind(room: Path) -> tuple[str, str]:
    """Publishes, and goes back to sources that are older than what is published; the older commit and the newer."""
    old = git(room, "rev-parse", "HEAD")
    new = commit(room, "A correction")
    page(room, "index.html", "corrected")
    publish(room)
    git(room, "checkout", "--quiet", "--detach", old)
    page(room, "index.html", "with the slip")
    return old, new


@pytest.mark.parametrize("push", [True, False])
def test_older_sources_do_not_take_back_what_newer_ones_have_published(room: Path, push: bool) -> None:
    old, new = behind(room)
    first = tip(room)
    with pytest.raises(Fault, match=f"made from {new[:12]}, which comes after {old[:12]}") as raised:
        publish(room, push=push)
    assert [problem.code for problem in raised.value.problems] == ["FT015"] and raised.value.exit_code == 1
    assert tip(room) == first and git(room, "branch", "--list", "gh-pages", "pressroom-publish") == ""


def test_older_sources_are_published_where_that_is_said(room: Path) -> None:
    old, _ = behind(room)
    first = tip(room)
    publishing.hand_over(room, str(room / "output"), TO, True, "https://press.test", older=True)
    assert tip(room, "gh-pages^") == first and old in git(remote_of(room), "log", "-1", "--format=%B", "gh-pages")


def test_a_clone_that_was_made_before_the_newer_sources_were_pushed_asks_for_them(room: Path, tmp_path: Path) -> None:
    """A job that was slow: nothing in its clone says that it is late."""
    slow = tmp_path / "slow"
    git(tmp_path, "clone", "--quiet", "--branch=main", f"file://{remote_of(room)}", str(slow))
    page(slow, "index.html", "with the slip")
    new = commit(room, "A correction")
    git(room, "push", "--quiet", "origin", "main")
    publish(room)
    first, before = tip(room), here(slow)
    with pytest.raises(Fault, match=f"made from {new[:12]}"):
        publish(slow)
    assert tip(room) == first and here(slow) == before


def test_newer_sources_and_those_of_another_line_are_published(room: Path) -> None:
    begun = git(room, "rev-parse", "HEAD")
    for number, branch in enumerate(("main", "main", "aside")):
        git(room, "checkout", "--quiet", "-B", branch, "main" if branch == "main" else begun)
        commit(room, f"Text {number}")
        page(room, "index.html", f"{number}")
        assert publish(room) == "Published to gh-pages of origin."


@pytest.mark.parametrize("trailer", ["", f"\n\nSource-Commit: {'5' * 40}", "\n\nSource-Commit: main", "\n\nSource-Commit: --all"])
def test_where_nothing_tells_which_is_older_it_goes_on(room: Path, trailer: str) -> None:
    tree = git(remote_of(room), "hash-object", "-w", "-t", "tree", os.devnull)
    there = ["-c", "user.name=x", "-c", "user.email=x@x.test", "commit-tree", tree, "-m", f"Published by hand{trailer}"]
    git(remote_of(room), "update-ref", "refs/heads/gh-pages", git(remote_of(room), *there))
    first = tip(room)
    publish(room)
    assert tip(room, "gh-pages^") == first


def test_what_somebody_has_taken_back_while_this_was_published_stays_taken_back(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The branch goes back to an ancestor, so that the push would be a plain step forward."""
    publish(room)
    first = tip(room)
    page(room, "index.html", "second")
    publish(room)
    page(room, "index.html", "third")
    made = publishing._commit

    def made_meanwhile(*given: object) -> str:
        git(remote_of(room), "update-ref", "refs/heads/gh-pages", first)
        return made(*given)

    monkeypatch.setattr(publishing, "_commit", made_meanwhile)
    assert "git push failed" in refused(room)
    assert tip(room) == first


# Through the program


def test_the_command_builds_and_publishes_what_is_out_and_nothing_that_is_held(site: Path) -> None:
    before = here(site)
    assert inv(site, "preview").returncode == 0
    done = inv(site, "publish", cwd=site / "content", SOURCE_DATE_EPOCH="32535216000")
    assert done.returncode == 0 and done.stdout.splitlines()[-1] == "Published to gh-pages of origin.", done.stderr
    tree = published(site)
    assert tree.pop(".nojekyll") and tree == tree_of(site / "output")
    assert b"harbour-opens" in archive(site)
    for word in (b"Hushhush", b"Unspeakable", b"secret-merger", b"Unfinished", b"half-written"):
        assert word not in archive(site)
    (site / "preview").rename(site.parent / "preview")
    assert here(site) == before


def test_the_command_keeps_it_here_where_it_is_told_to(site: Path) -> None:
    (site / "publishconf.py").write_text(CONF + "PUSH = False\n")
    assert inv(site, "publish").stdout.splitlines()[-1] == "Committed to gh-pages; nothing was pushed."
    (site / "publishconf.py").write_text(CONF)
    assert inv(site, "publish", "--no-push").stdout.splitlines()[-1] == "Nothing has changed: gh-pages holds this site; nothing was pushed."
    assert tip(site) == ""


def test_what_no_build_has_sealed_for_the_public_does_not_leave(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing.builds, "run", lambda root, now, telling: None)
    (site / "output" / "index.html").write_text("tampered with")
    with pytest.raises(Fault, match="does not bear the seal"):
        publishing.run(site)
    assert inv(site, "preview").returncode == 0
    shutil.rmtree(site / "output")
    (site / "preview").rename(site / "output")
    with pytest.raises(Fault, match="does not bear the seal"):
        publishing.run(site)
    assert tip(site) == ""


def test_the_command_refuses_older_sources_until_it_is_told(site: Path) -> None:
    old = git(site, "rev-parse", "HEAD")
    commit(site, "A correction")
    put(site, "releases/2020/harbour-opens/index.en.md", "---\ntitle: The harbour opens\ndate: 2020-05-06\n---\nIt opened, mended.\n")
    assert inv(site, "publish").returncode == 0
    git(site, "checkout", "--quiet", "--detach", old)
    git(site, "checkout", "--quiet", "--", "content")
    done = inv(site, "publish")
    assert done.returncode == 1 and "FT015" in done.stderr and "--older" in done.stderr and b"mended" in archive(site)
    assert inv(site, "publish", "--no-build", "--older").returncode == 0 and b"mended" not in archive(site)


OPENED = "releases/2020/harbour-opens/index.en.md"
SAID_OTHERWISE = "---\ntitle: The harbour opens\ndate: 2020-05-06\n---\nIt never opened.\n"


def test_what_readers_have_is_not_changed_without_an_entry_nor_taken_away(site: Path) -> None:
    assert inv(site, "publish").returncode == 0
    first = tip(site)
    put(site, OPENED, SAID_OTHERWISE)
    for words in (["publish"], ["publish", "--no-build"], ["publish", "--no-push"]):
        done = inv(site, *words)
        assert done.returncode == 1 and f"content/{OPENED}:2:1: error CO010: published words were changed" in done.stderr
    shutil.rmtree(site / "content" / "releases" / "2020" / "harbour-opens")
    put(site, "releases/2020/another/index.en.md", "---\ntitle: Another\ndate: 2020-05-07\n---\nText.\n")
    done = inv(site, "publish", CI="true")
    assert done.returncode == 1 and "CO011: releases/2020/harbour-opens is published and would be gone" in done.stderr
    assert tip(site) == first and not git(site, "branch", "--list", "gh-pages")


def test_a_change_that_an_entry_owns_is_published(site: Path) -> None:
    assert inv(site, "publish").returncode == 0
    assert inv(site, "correct", "harbour-opens", "--note", "It never did.").returncode == 0
    path = site / "content" / OPENED
    path.write_text(path.read_text().replace("It opened.", "It never opened."))
    assert inv(site, "publish").stdout.splitlines()[-1] == "Published to gh-pages of origin."
    assert b"never" in archive(site)


def test_what_is_broken_of_what_readers_have_is_told_where_that_is_meant(site: Path) -> None:
    assert inv(site, "publish").returncode == 0
    put(site, OPENED, SAID_OTHERWISE)
    done = inv(site, "publish", "--breaking")
    assert done.returncode == 0 and "warning CO010: published words were changed" in done.stdout and b"never" in archive(site)
    assert inv(site, "publish").stdout.splitlines()[-1] == "Nothing has changed: gh-pages of origin holds this site."


def test_what_is_to_be_published_is_compared_with_what_the_remote_has_now(site: Path) -> None:
    other = site.parent / "other"
    shutil.copytree(site, other)
    put(other, "releases/2020/theirs/index.en.md", "---\ntitle: Theirs\ndate: 2020-05-07\n---\nText.\n")
    assert inv(other, "publish").returncode == 0
    done = inv(site, "publish")
    assert done.returncode == 1 and "CO011: releases/2020/theirs is published and would be gone" in done.stderr


def test_a_release_that_is_new_has_no_source_compared_and_a_text_that_is_not_has(site: Path) -> None:
    assert inv(site, "publish").returncode == 0
    out = Branch(Git(site), git(site, "rev-parse", "origin/gh-pages"))
    put(site, "releases/2020/another/index.en.md", "---\ntitle: Another\ndate: 2020-05-07\n---\nText.\n")
    assert inv(site, "build").returncode == 0 and is_kept(out, str(site / "output"))
    put(site, OPENED, SAID_OTHERWISE)
    assert inv(site, "build").returncode == 0 and not is_kept(out, str(site / "output"))


def test_a_build_that_fails_publishes_nothing(site: Path) -> None:
    put(site, "releases/2020/harbour-opens/index.en.md", "---\ntitel: The harbour\ndate: 2020-05-06\n---\nIt.\n")
    done = inv(site, "publish")
    assert done.returncode == 1 and "FM006" in done.stderr and tip(site) == ""


def test_what_cannot_be_published_is_said_before_anything_is_built(site: Path) -> None:
    git(site, "remote", "rename", "origin", "upstream")
    shutil.rmtree(site / "output")
    done = inv(site, "publish")
    assert done.returncode == 1 and "FT010: there is no remote origin" in done.stderr and not (site / "output").exists()


def test_a_folder_within_a_repository_is_published_like_one(site: Path) -> None:
    inner = site / "inner"
    inner.mkdir()
    for name in ("content", "pelicanconf.py", "publishconf.py", "tasks.py"):
        shutil.move(site / name, inner / name)
    done = inv(inner, "publish", cwd=site.parent)
    assert done.returncode == 0, done.stderr
    tree = published(site)
    assert tree.pop(".nojekyll") and tree == tree_of(inner / "output")


def test_without_git_there_is_a_fault(site: Path) -> None:
    nowhere = environment(PATH=str(site / "nowhere"))
    done = subprocess.run([*command(site), "publish"], cwd=site, env=nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "FT010: there is no git on this machine" in done.stderr

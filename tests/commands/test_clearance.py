"""What `inv publish` demands of the output before anything leaves: each refusal really tried, and nothing committed anywhere after it."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess

import msgspec
import pytest

from pressroom.checks.gathering import Needles
from pressroom.checks.leak_record import dumps, loads
from pressroom.checks.leaks import Files, search
from pressroom.commands import builds, clearance
from pressroom.ground import clock
from pressroom.ground.problems import EXIT_LEAK, Fault
from pressroom.press.receipt import read_receipt, write_receipt
from pressroom.press.seal import ADDRESS
from tests.commands.rooms import OUT, git, inv, remote_of, seal_anew, tip
from tests.sites import put, tree_of

OPEN = "releases/2020/harbour-opens/index.en.md"
LIFTED = "2999-02-01T00:00:00Z"
PLANTED = "<p>Hushhush headline</p>"
NAMES = ("Hushhush", "Unspeakable", "secret-merger", "harbour-opens")


def publish(site: Path, *words: str, **environment: str) -> CompletedProcess[str]:
    return inv(site, "publish", "--no-build", *words, **environment)


def refused(site: Path, *words: str, code: int = 1, **environment: str) -> str:
    """What the refusal says; nothing is committed anywhere."""
    done = publish(site, *words, **environment)
    assert done.returncode == code, done.stderr
    assert tip(site) == "" and git(site, "branch", "--format=%(refname:short)") == "main"
    return done.stderr


def plant(site: Path, text: str = PLANTED, name: str = "index.html") -> Path:
    path = site / "output" / name
    page = path.read_text(encoding="utf-8")
    assert "</main>" in page
    path.write_text(page.replace("</main>", f"{text}</main>"), encoding="utf-8")
    return path


def published(site: Path) -> dict[str, str]:
    folder = site.parent / "checked-out"
    git(site.parent, "clone", "--quiet", "--branch=gh-pages", str(remote_of(site)), str(folder))
    shutil.rmtree(folder / ".git")
    return {path: digest for path, digest in tree_of(folder).items() if path != ".nojekyll"}


def test_what_stands_is_handed_over_as_it_stands(site: Path) -> None:
    before = tree_of(site / "output")
    # The sources have gone on; what was built and looked at is what leaves.
    put(site, "releases/2020/later/index.en.md", "---\ntitle: Later\ndate: 2020-06-01\n---\nLater.\n")
    done = publish(site)
    assert (done.returncode, done.stdout) == (0, "Published to gh-pages of origin.\n"), done.stderr
    assert published(site) == before == tree_of(site / "output")


# The seal


def _unsealed(site: Path) -> None:
    (site / "output" / ADDRESS).unlink()


def _no_seal(site: Path) -> None:
    (site / "output" / ADDRESS).write_text('{"audience": "public"}')


def _previewed(site: Path) -> None:
    assert inv(site, "preview").returncode == 0
    shutil.rmtree(site / "output")
    (site / "preview").rename(site / "output")


def _sealed_for_another(site: Path) -> None:
    seal_anew(site, audience="preview")


def _without_time(site: Path) -> None:
    seal_anew(site, as_of="2020-05-06T00:00:00")


def _changed(site: Path) -> None:
    with (site / "output/index.html").open("a") as page:
        page.write(" ")


def _added(site: Path) -> None:
    (site / "output/more.txt").write_text("more")


def _taken_away(site: Path) -> None:
    (site / "output/robots.txt").unlink()


def _linked(site: Path) -> None:
    (site / "output/robots.txt").rename(site / "robots.txt")
    (site / "output/robots.txt").symlink_to(site / "robots.txt")


def _gone(site: Path) -> None:
    shutil.rmtree(site / "output")


DAMAGES = [_unsealed, _no_seal, _previewed, _sealed_for_another, _without_time, _changed, _added, _taken_away, _linked, _gone]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_what_no_whole_build_has_sealed_for_the_public_does_not_leave(site: Path, damage: Callable[[Path], None]) -> None:
    damage(site)
    said = refused(site, "--any-clock")
    assert said.startswith("output: error FT013: ") and "hint: build it again" in said


# The clock


@pytest.mark.parametrize("told", [(), ("--any-clock",)])
def test_a_seal_of_the_future_is_refused_whatever_is_said(site: Path, told: tuple[str, ...]) -> None:
    seal_anew(site, as_of=LIFTED)
    said = refused(site, *told)
    assert said.startswith("output: error GT007: ") and LIFTED in said and said.count("error") == 1
    # In a log that anybody may read, that would be the instant of a lift.
    said = refused(site, *told, CI="true")
    assert "GT007" in said and "2999" not in said


def test_a_build_as_of_next_year_does_not_leave_though_it_is_whole_and_sealed(site: Path) -> None:
    assert inv(site, "build", "--now", LIFTED).returncode == 0
    said = refused(site, "--any-clock", code=EXIT_LEAK)
    assert "GT007" in said and "GT004" in said and "secret-merger" in said
    assert "FT014" in refused(site, code=EXIT_LEAK)
    # Which instant it is now is the system's to say, and nobody else's.
    assert "GT004" in refused(site, "--any-clock", code=EXIT_LEAK, SOURCE_DATE_EPOCH="32535216000")


@pytest.mark.parametrize("wrong", ["2998-02-01T00:00:00Z", "2020-06-01T00:00:00Z"])
def test_a_build_by_a_clock_that_is_off_leaves_only_when_that_is_said(site: Path, wrong: str) -> None:
    assert inv(site, "build", "--now", wrong).returncode == 0
    said = refused(site)
    assert said.startswith("output: error FT014: the output was built as of ") and "--any-clock" in said
    assert publish(site, "--any-clock").returncode == 0
    assert tip(site)


def test_a_build_by_an_epoch_of_the_environment_leaves_only_when_that_is_said(site: Path) -> None:
    assert inv(site, "build", SOURCE_DATE_EPOCH="1600000000").returncode == 0
    assert "FT014" in refused(site, SOURCE_DATE_EPOCH="1600000000")
    assert publish(site, "--any-clock").returncode == 0


@pytest.mark.parametrize(("seconds", "leaves"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_five_minutes_are_let_pass(site: Path, seconds: int, leaves: bool) -> None:
    settings = builds.read(site)
    receipt = read_receipt(settings.state)
    write_receipt(settings.state, replace(receipt, now=receipt.wall + timedelta(seconds=seconds)))
    if leaves:
        clearance.demand(settings, clock.now(), any_clock=False, public_log=False)
        return
    with pytest.raises(Fault) as found:
        clearance.demand(settings, clock.now(), any_clock=False, public_log=False)
    assert [problem.code for problem in found.value.problems] == ["FT014"]


def test_an_output_that_was_built_days_ago_is_old_but_by_no_other_clock(site: Path) -> None:
    settings = builds.read(site)
    receipt, days = read_receipt(settings.state), timedelta(days=9)
    write_receipt(settings.state, replace(receipt, now=receipt.now - days, wall=receipt.wall - days))
    assert publish(site).returncode == 0


@pytest.mark.parametrize("other", ["gone", "damaged", "of another tree", "of a preview"])
def test_an_output_without_its_receipt_leaves_only_when_that_is_said(site: Path, other: str) -> None:
    path = site / ".pressroom/public/receipt.json"
    kept = json.loads(path.read_text())
    if other == "gone":
        path.unlink()
    elif other == "damaged":
        path.write_text("{")
    else:
        path.write_text(json.dumps(kept | ({"tree": "0" * 64} if other == "of another tree" else {"audience": "preview"})))
    assert "FT014: no receipt says by which clock" in refused(site)
    assert publish(site, "--any-clock").returncode == 0


def test_a_publish_that_builds_asks_all_this_of_its_own_build(site: Path) -> None:
    assert inv(site, "build", "--now", LIFTED).returncode == 0
    plant(site)
    (site / ".pressroom/public/receipt.json").unlink()
    done = inv(site, "publish", SOURCE_DATE_EPOCH="32535216000")
    assert done.returncode == 0, done.stderr
    assert published(site) == tree_of(site / "output")
    assert "secret" not in "".join(tree_of(site / "output")) and "Hushhush" not in (site / "output/index.html").read_text()


# The gate, asked again


@pytest.mark.parametrize("hold", ["status: draft", "embargo: 2999-01-01T10:00:00Z"])
def test_a_document_that_became_held_after_the_build_keeps_the_whole_site_in(site: Path, hold: str) -> None:
    put(site, OPEN, OUT.replace("---\nIt", f"{hold}\n---\nIt"))
    said = refused(site, code=EXIT_LEAK)
    assert "GT004" in said and "harbour-opens" in said and "hint: build again" in said
    said = refused(site, "--any-clock", code=EXIT_LEAK, CI="true")
    assert "GT004" in said and not any(name in said for name in NAMES)
    done = inv(site, "publish")
    assert done.returncode == 0, done.stderr
    assert not any("harbour-opens" in path for path in published(site))


def test_a_leak_under_a_forged_seal_is_found(site: Path) -> None:
    plant(site)
    seal_anew(site)
    said = refused(site, code=EXIT_LEAK)
    assert "output index.html: error GT004: " in said and "secret-merger" in said
    said = refused(site, code=EXIT_LEAK, CI="true")
    assert "output index.html: error GT004: words of a held document" in said and not any(name in said for name in NAMES)


def test_what_earlier_runs_have_searched_is_not_relied_upon(site: Path) -> None:
    """A record that says that these very bytes were searched for everything, and nothing was found."""
    plant(site)
    seal_anew(site)
    path = site / ".pressroom/public/leaks.json"
    record = loads(path.read_bytes(), msgspec.msgpack.decode(zlib.decompress(path.read_bytes()))[1])
    files = {inside: digest for inside, digest in tree_of(site / "output").items() if inside != ADDRESS}
    _, forged = search(Files(files, lambda path: (site / "output" / path).read_bytes()), Needles((), ()), record)
    assert forged.searched != record.searched
    path.write_bytes(dumps(replace(forged, searched_for=record.searched_for)))
    before = path.read_bytes()
    assert "output index.html: error GT004: " in refused(site, code=EXIT_LEAK)
    assert path.read_bytes() == before


def test_while_a_build_is_at_work_nothing_is_handed_over(site: Path) -> None:
    from pressroom.press.lock import hold_lock

    with hold_lock(builds.read(site).state):
        assert "FT005" in refused(site)

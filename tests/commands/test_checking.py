"""`inv check --site`: every byte of what stands in the output."""

from __future__ import annotations

import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from pressroom.ground.problems import EXIT_LEAK
from tests.commands.rooms import OUT, inv, seal_anew
from tests.sites import put, tree_of

LIFTED = "2999-02-01T00:00:00Z"


def check(site: Path, *words: str, **environment: str) -> CompletedProcess[str]:
    return inv(site, "check", "--site", *words, **environment)


def plant(site: Path, text: str) -> None:
    page = site / "output/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"{text}</main>"), encoding="utf-8")
    assert text in page.read_text(encoding="utf-8")


def test_a_site_as_it_was_built_is_in_order_and_stays_as_it_is(site: Path) -> None:
    before = tree_of(site)
    done = check(site)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing is wrong.\n", "")
    # The lock names the process that had it last.
    assert {**tree_of(site), ".pressroom/public/lock": ""} == {**before, ".pressroom/public/lock": ""}


def test_a_leak_under_a_forged_seal_ends_with_four(site: Path) -> None:
    plant(site, "<p>Hushhush headline</p>")
    seal_anew(site)
    done = check(site)
    assert done.returncode == EXIT_LEAK and "output index.html: error GT004: " in done.stderr and "secret-merger" in done.stderr
    # The sources are as good as they were.
    assert inv(site, "check").returncode == 0


def test_in_a_public_log_neither_the_document_nor_a_link_to_it_is_named(site: Path) -> None:
    plant(site, '<a href="en/releases/2020/secret-merger/">Hushhush headline</a>')
    seal_anew(site)
    done = check(site, CI="true")
    assert done.returncode == EXIT_LEAK and "GT004: words of a held document" in done.stderr
    assert "secret" not in done.stderr and "Hushhush" not in done.stderr
    done = check(site)
    assert done.returncode == EXIT_LEAK and "LK001" in done.stderr and "secret-merger" in done.stderr


def test_a_document_that_became_held_after_the_build_ends_with_four(site: Path) -> None:
    put(site, "releases/2020/harbour-opens/index.en.md", OUT.replace("---\nIt", "status: draft\n---\nIt"))
    assert check(site).returncode == EXIT_LEAK


def test_a_link_out_of_the_output_is_read_as_a_web_server_would(site: Path) -> None:
    (site / "output/robots.txt").unlink()
    (site / "output/robots.txt").symlink_to(site / "content/releases/2020/secret-merger/index.en.md")
    done = check(site)
    assert done.returncode == EXIT_LEAK and "output robots.txt: error GT004" in done.stderr and "FT013" in done.stderr


def test_a_link_that_leads_nowhere_is_a_fault_in_any_page(site: Path) -> None:
    plant(site, '<a href="gone/">gone</a>')
    seal_anew(site)
    done = check(site)
    assert done.returncode == 1 and done.stderr.startswith("output index.html:") and "LK001" in done.stderr and "FT013" not in done.stderr


@pytest.mark.parametrize("change", ["a byte", "a file", "all"])
def test_a_tree_that_is_not_what_was_sealed_is_a_fault(site: Path, change: str) -> None:
    if change == "a byte":
        plant(site, " ")
    elif change == "a file":
        (site / "output/more.txt").write_text("more")
    else:
        shutil.rmtree(site / "output")
    done = check(site)
    assert done.returncode == 1 and done.stderr.startswith("output: error FT013: ") and done.stderr.count("error") == 1


def test_a_pipe_in_the_output_is_not_waited_for(site: Path) -> None:
    import os

    os.mkfifo(site / "output/pipe.html")
    assert check(site).returncode == 1


def test_a_site_of_another_instant_is_checked_as_of_that(site: Path) -> None:
    assert inv(site, "build", "--now", LIFTED).returncode == 0
    assert check(site).returncode == EXIT_LEAK
    assert check(site, "--now", LIFTED).returncode == 0

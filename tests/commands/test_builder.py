"""The process that builds for `inv serve`: again and again, with the bytes that a process of its own would give."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from pressroom.commands import builder as builders
from pressroom.commands.builder import Builder
from pressroom.commands.news import Outcome
from pressroom.press.lock import hold_lock
from tests.commands.rooms import environment
from tests.sites import FILES, build, make_site, put, tree_of

RISES = "releases/2026/river-rises/index.en.md"


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[Builder]:
    made = Builder(make_site(tmp_path / "room", configuration='OVERRIDES = "own"\n'))
    yield made
    made.end()


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "room" / "own").mkdir(parents=True)
    return tmp_path / "room"


def test_many_builds_in_one_process_give_the_bytes_of_a_process_of_its_own(room: Path, builder: Builder, tmp_path: Path) -> None:
    process = builder._process.pid
    first = builder.build()
    assert not first.faults and "en/releases/2026/river-rises/index.html" in first.paths
    put(room, RISES, FILES[RISES].replace('The "river" rose.', "The river fell."))
    assert {"en/releases/2026/river-rises/index.html", "en/releases/2026/river-rises/index.md"} <= set(builder.build().paths)
    put(room, "topics.yml", FILES["topics.yml"].replace("Water", "Waters"))
    put(room, "releases/2026/another/index.ar.md", "---\ntitle: آخر\ndate: 2026-05-02\n---\nنص.\n")
    assert "ar/releases/2026/another/index.html" in builder.build().paths
    shutil.rmtree(room / "content/releases/2025/harbour-opens")
    (room / "own/templates/partials").mkdir(parents=True)
    (room / "own/templates/partials/preview.html").write_text("<p>Of the house</p>\n")
    (room / "own/words").mkdir()
    (room / "own/words/ar.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Preview. This copy is not for publication."\nmsgstr "معاينة"\n')
    assert "en/releases/2025/harbour-opens/index.html" in builder.build().paths
    (room / "own/templates/partials/preview.html").write_text("<p>{{ _(\"Preview. This copy is not for publication.\") }}</p>\n")
    assert builder.build().paths and builder._process.pid == process
    assert builder.build().paths == ()
    shutil.copytree(room, tmp_path / "other", ignore=shutil.ignore_patterns("preview", ".*"))
    done = build(tmp_path / "other", "preview")
    assert done.returncode == 0, done.stderr
    assert tree_of(room / "preview") == tree_of(tmp_path / "other" / "preview")


def test_what_is_saved_while_another_command_reads_the_preview_s_store_is_built_when_that_is_done(room: Path, builder: Builder) -> None:
    builder.build()
    put(room, RISES, FILES[RISES].replace('The "river" rose.', "The river fell."))
    outcomes: list[Outcome] = []
    thread = Thread(target=lambda: outcomes.append(builder.build()))
    with hold_lock(str(room / ".pressroom/preview")):
        thread.start()
        while thread.is_alive() and not waits_for_a_lock(builder._process.pid):
            thread.join(0.05)
    thread.join()
    (outcome,) = outcomes
    assert not outcome.faults and "en/releases/2026/river-rises/index.html" in outcome.paths


def waits_for_a_lock(process: int) -> bool:
    return any(words[1:3] == ["->", "FLOCK"] and words[5] == str(process) for line in Path("/proc/locks").read_text().splitlines() if (words := line.split()))


def test_a_page_is_shown_before_it_is_built_where_one_text_was_saved(room: Path, builder: Builder) -> None:
    shown: dict[str, bytes] = {}
    page = "en/releases/2026/river-rises/index.html"
    source = f"content/{RISES}"

    def built(*changed: str) -> list[str]:
        shown.clear()
        builder.build(changed, lambda path, data: shown.update({path: data}))
        return list(shown)

    assert built() == []
    for number, beside in enumerate(([], ["content/releases/2026/river-rises/.index.en.md.swp", "content/releases/2026/river-rises/index.en.md~"])):
        put(room, RISES, FILES[RISES].replace('The "river" rose.', f"The river fell {number}."))
        assert built(source, *beside) == [page] and (room / "preview" / page).read_bytes() == shown[page]
    put(room, RISES, FILES[RISES])
    put(room, "topics.yml", FILES["topics.yml"].replace("Water", "Waters"))
    assert built(source, "content/topics.yml") == []
    put(room, RISES, FILES[RISES].replace("title:", "titel:"))
    assert built(source) == []
    # Of a build that failed it is not known what it had read.
    put(room, RISES, FILES[RISES])
    assert built(source) == []
    put(room, RISES, FILES[RISES].replace("rose", "sank"))
    assert built(str(room / source)) == [page] and b"sank" in shown[page]
    # As `inv clean` does beside it.
    shutil.rmtree(room / ".pressroom")
    put(room, RISES, FILES[RISES])
    assert built(source) == [] and not (room / ".pressroom/reports").exists()


def test_a_fault_is_told_with_its_place_and_its_hint_and_the_next_build_is_good(room: Path, builder: Builder) -> None:
    put(room, RISES, FILES[RISES].replace("title:", "titel:"))
    _, fault = builder.build().faults
    assert fault == {"place": f"content/{RISES}:2:1", "what": fault["what"], "hint": 'did you mean "title"?'} and fault["what"].startswith("FM006: ")
    (room / "pelicanconf.py").rename(room / "aside")
    assert builder.build().faults[0]["what"].startswith("FT008: ")
    (room / "aside").rename(room / "pelicanconf.py")
    put(room, RISES, FILES[RISES])
    assert builder.build().faults == ()


TOLD = """\
import sys
from pathlib import Path
from pressroom.commands import building
source = Path(sys.argv[1], "content", sys.argv[2])
text, before = source.read_text(), building.Before()
for words in ("See [there](#nowhere-at-all).", "See [there](#nowhere-at-all).\\n\\nSee [here](#nowhere-either)."):
    source.write_text(f"{text}\\n{words}\\n")
    _, before = building.build(Path(sys.argv[1]), before)
    print("built")
"""


def test_a_warning_is_told_once_and_counted_afterwards(room: Path, builder: Builder) -> None:
    done = subprocess.run([sys.executable, "-c", TOLD, room, RISES], cwd=room, env=environment(), capture_output=True, text=True, check=True)
    first, second, _ = done.stdout.split("built\n")
    assert "#nowhere-at-all leads" in first and "as before" not in first
    assert "#nowhere-either leads" in second and "nowhere-at-all" not in second and "as before." in second


def test_of_very_many_faults_the_first_are_told_and_how_many_there_are(room: Path, builder: Builder) -> None:
    for number in range(40):
        put(room, f"releases/2026/r{number:02}x/index.en.md", "---\ntitel: No\n---\n")
    faults = builder.build().faults
    assert len(faults) == 21 and faults[-1]["what"].endswith("more: the terminal has them all")


def test_a_process_that_dies_is_told_and_followed_by_another(room: Path, builder: Builder) -> None:
    os.killpg(builder._process.pid, signal.SIGKILL)
    builder._process.wait()
    assert builder.build().faults[0]["what"] == "The build broke off: the terminal has more."
    assert builder.build().faults == ()


def test_a_process_that_dies_in_the_middle_of_a_proof_is_told_and_followed_by_another(room: Path, builder: Builder) -> None:
    assert not builder.build().faults
    builder._answers.close()
    builder._answers = io.StringIO('{"proof": "en/index.html", "page": "<!doct')
    assert builder.build().faults[0]["what"] == "The build broke off: the terminal has more."
    assert builder.build().faults == ()


def test_a_process_whose_answer_nobody_waits_for_any_more_ends_without_a_word_of_it(tmp_path: Path) -> None:
    room = make_site(tmp_path / "room")
    ours, theirs = os.pipe()
    command = [sys.executable, "-m", "pressroom.commands.building", str(room), str(theirs)]
    with subprocess.Popen(command, cwd=room, env=environment(), text=True, stdin=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=[theirs]) as process:
        os.close(theirs)
        os.close(ours)
        _, said = process.communicate("[]\n")
    assert (process.returncode, said) == (0, "") and (room / "preview/index.html").is_file()


def test_a_process_that_has_built_much_makes_room_for_the_next(room: Path, builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builders, "_MOST_BUILDS", 2)
    seen = []
    for _ in range(3):
        seen.append(builder._process.pid)
        assert builder.build().faults == ()
    assert seen[0] == seen[1] != seen[2]


def test_a_build_that_is_broken_off_leaves_the_site_and_its_lock(room: Path, builder: Builder) -> None:
    assert not builder.build().faults
    before = tree_of(room / "preview")
    put(room, RISES, FILES[RISES].replace("rose", "fell"))
    builder._orders.write("\n")
    builder._orders.flush()
    builder.renew()
    assert not builder.build().faults and not list(room.glob(".preview.stage"))
    assert tree_of(room / "preview").keys() == before.keys()


COUNTED = """\
import gc, sys
from pathlib import Path
from pressroom.commands import building
source = Path(sys.argv[1], "content", sys.argv[2])
text = source.read_text()
for number in range(8):
    source.write_text(f"{text}\\nParagraph {number}.\\n" if number % 3 else text.replace("title:", "titel:"))
    building.build(Path(sys.argv[1]))
    building.collect()
    print("objects", len(gc.get_objects()))
"""


def test_builds_that_went_well_and_that_failed_leave_nothing_behind_in_the_process(room: Path, builder: Builder) -> None:
    assert not builder.build().faults
    done = subprocess.run([sys.executable, "-c", COUNTED, room, RISES], cwd=room, env=environment(), capture_output=True, text=True, check=True)
    counts = [int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("objects")]
    assert len(counts) == 8 and counts[7] - counts[4] < 500, counts

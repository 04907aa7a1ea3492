"""Where the time of a run went is written down, however it ends."""

from __future__ import annotations

import pstats
from pathlib import Path

import pytest

from pressroom.ground.progress import SILENT
from pressroom.profiles import STATISTICS, TEXT, profiled
from tests.sites import make_site, pelican


def test_phases_and_functions_are_written_and_it_is_said_where(tmp_path: Path) -> None:
    told: list[str] = []
    folder = tmp_path / "state" / "public"
    with pytest.raises(ValueError), profiled(str(folder), SILENT, told.append) as progress:
        progress.begin("reading texts", 3)
        for _ in range(3):
            progress.step()
        progress.begin("making")
        progress.step("en/index.html")
        raise ValueError
    assert told == [str(folder / TEXT)] and folder.stat().st_mode & 0o777 == 0o700
    lines = [line.split() for line in (folder / TEXT).read_text().splitlines()]
    assert lines[0] == ["phase", "seconds", "steps"] and [line[-1] for line in lines[2:4]] == ["3", "1"] and lines[2][:2] == ["reading", "texts"]
    assert pstats.Stats(str(folder / STATISTICS)).total_calls > 0


def test_plain_pelican_explains_and_profiles_where_the_settings_ask_for_it(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", configuration="EXPLAIN = PROFILE = True\n")
    done = pelican(root)
    assert done.returncode == 0, done.stderr
    assert "\nen/index.html: new\n" in done.stdout and "Where the time went: .pressroom/public/profile.txt\n" in done.stdout
    assert "reading texts" in (root / ".pressroom/public/profile.txt").read_text()
    hidden = pelican(root, CI="true")
    assert "en/index.html" not in hidden.stdout and "not said in a log that anybody may read" in hidden.stdout

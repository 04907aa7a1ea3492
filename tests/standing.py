"""A small press room that is built again and again, and says of each build whether it has looked at the sources."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom import build as spine
from pressroom.build import Receipt
from pressroom.ground.problems import Fault
from pressroom.model.settings import Settings
from tests.sameness.rooms import NOW, assert_same, release, settings_in
from tests.sites import REPOSITORY, make_site, tree_of

RIVER, MENDED, SECRET, HALF = (f"releases/2026/{slug}" for slug in ("river", "mended", "secret-merger", "half-written"))
MENDED_AT, RAIN, LIFTED = (datetime(2026, *at, tzinfo=UTC) for at in ((5, 10, 10), (5, 31, 20), (6, 2, 9, 30, 1)))
FILES = {
    "topics.yml": "water: {names: {en: Water}}\n",
    f"{RIVER}/index.en.md": release("The river rises", "date: 2026-03-04\ntopics: [water]\nattachments: [data.csv]\n", "It rose."),
    f"{RIVER}/data.csv": "a,b\n",
    "releases/2026/rain/index.en.md": release("It rained", f"date: {RAIN.isoformat()}\n", "Rain."),
    f"{MENDED}/index.en.md": release("Mended", f"date: 2026-03-09\ncorrections:\n- {{type: corrected, at: '{MENDED_AT.isoformat()}', note: {{en: Five.}}}}\n", "It is five."),
    f"{MENDED}/v/1/index.en.md": release("Mended", "date: 2026-03-09\n", "It is four."),
    f"{SECRET}/index.en.md": release("Hushhush headline", f"date: 2026-05-01\nembargo: {LIFTED.isoformat()}\n", "Unspeakable words."),
    f"{HALF}/index.en.md": release("Unfinished thing", "date: 2026-04-01\nstatus: draft\ntopics: [hushtopic]\n", "Not yet."),
    "root/CNAME": "press.test\n",
}  # fmt: skip
SOURCES = ("content", "house", "theme")


class Room:
    """A press room on the disk. `read` says whether its last build has looked at the sources."""

    def __init__(self, root: Path) -> None:
        self.root, self.output, self.read = make_site(root, FILES), root / "output", False
        (root / "house/static").mkdir(parents=True)
        (root / "house/static/own.css").write_text("a { }")
        shutil.copytree(REPOSITORY / "theme", root / "theme")
        shutil.copytree(root, root.parent / "kept")
        self.first = self.settings_in(replace(settings_in(root), languages=("en",)), root)
        self.state = Path(self.first.state)
        self.record = self.state / "basis.msgpack"
        self.put_back()

    def settings_in(self, settings: Settings, root: Path) -> Settings:
        return replace(settings_in(root, settings), theme=str(root / "theme"), held_content="", overrides=settings.overrides and str(root / "house"))

    def build(self, **other: object) -> Receipt:
        def take_in(*given: object, **named: object) -> object:
            self.read = True
            return real(*given, **named)

        self.read, real = False, spine.take_in
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(spine, "take_in", take_in)
            return spine.build(replace(self.settings, **other), self.now, public_log=self.public_log)

    def outcome(self) -> tuple[object, ...]:
        """How a build ends: what it tells, or its faults."""
        try:
            found = self.build()
            return found.files, found.held, found.editions, sorted((problem.code, problem.path) for problem in found.problems)
        except Fault as fault:
            return ("faults", *sorted(problem.code for problem in fault.problems))

    def comes_out_as_anew(self) -> None:
        """The next build looks at everything, and its site is the one that is built without any past."""
        was, said, here, anew = tree_of(self.output), self.outcome(), self.settings, self.root.parent / "anew"
        assert self.read
        try:
            for name in SOURCES:
                if (self.root / name).exists():
                    shutil.copytree(self.root / name, anew / name, symlinks=True)
            self.settings = self.settings_in(here, anew)
            # What was compiled is known by its source, and has tests of its own.
            shutil.copytree(self.state / "templates", Path(self.settings.state, "templates"))
            assert said == self.outcome()
            assert_same(tree_of(self.output), was if said[0] == "faults" else tree_of(anew / "output"))
        finally:
            self.settings = here
            shutil.rmtree(anew)

    def put_back(self) -> None:
        """The sources, the settings and the clock as they were, under other stamps."""
        self.settings, self.now, self.public_log = self.first, NOW, False
        for name in SOURCES:
            if name != "theme" or tree_of(self.root / name) != tree_of(REPOSITORY / name):
                shutil.rmtree(self.root / name, ignore_errors=True)
                shutil.copytree(self.root.parent / "kept" / name, self.root / name)


def edited(path: Path, before: str, after: str) -> None:
    """Another text, at the same time."""
    was, text = path.stat(), path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))

"""Small sites for the tests of the press: a mapping from path to bytes, built as build.py does it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pressroom.ground import digests
from pressroom.ground.companion import Companion
from pressroom.press.lock import hold_lock
from pressroom.press.write import Receipt, open_output

Site = Mapping[str, bytes]

TURNS: tuple[Site, ...] = tuple(
    {f"{n % (3 + turn)}/{n}.html": b"%d %d" % (n, turn * (n % 3)) for n in range(turn * 5, 60)} for turn in range(3)
)
"""Sites that differ from one another in many files, and have many in common."""


MANY: Site = {f"many/{number:03}.html": b"%d" % number for number in range(64)}
"""So many files that of a few changes not the whole ledger is written."""


@dataclass(frozen=True)
class Place:
    """Where a site is built."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def standby(self) -> Path:
        return self.root / ".output.standby"

    @property
    def state(self) -> Path:
        return self.root / "state"

    def named(self, name: str) -> list[str]:
        """Which files of the state folder have a name in them."""
        return sorted(path.name for path in self.state.iterdir() if path.is_file() and name.encode() in path.read_bytes())

    def build(self, site: Site, edition: str = "", companion: Companion | None = None) -> Receipt:
        return self.build_and_say_why(site, edition, companion)[0]

    def build_and_say_why(self, site: Site, edition: str = "", companion: Companion | None = None) -> tuple[Receipt, Mapping[str, str]]:
        with hold_lock(str(self.state)):
            output = open_output(str(self.output), str(self.state), companion)
            output.look_ahead()
            plan = output.plan({path: edition + digests.of_bytes(data) for path, data in site.items()})
            with output.stage() as stage:
                for path in plan.dirty:
                    stage.write(path, site[path])
                return output.swap(plan, stage), plan.why


def read_tree(root: Path) -> dict[str, bytes]:
    """Everything below a folder: files with their bytes, a link or another thing as what it is, an empty folder with a slash."""
    found: dict[str, bytes] = {}
    for folder, folders, files in os.walk(root):
        inside = os.path.relpath(folder, root)
        for name in [*files, *(name for name in folders if os.path.islink(os.path.join(folder, name)))]:
            path = os.path.join(folder, name)
            is_file = os.path.isfile(path) and not os.path.islink(path)
            found[os.path.normpath(os.path.join(inside, name))] = Path(path).read_bytes() if is_file else b"no file"
        if not folders and not files and inside != ".":
            found[inside + "/"] = b""
    return found


def stamps(root: Path) -> set[tuple[int, int, int]]:
    """Which files lie below a folder, by inode and the instants when they were touched."""
    found = set()
    for folder, _, files in os.walk(root):
        for name in files:
            stat = os.lstat(os.path.join(folder, name))
            found.add((stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns))
    return found

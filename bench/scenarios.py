"""What happens between two builds: nothing, an edit, a release that must go out now."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.tools.tool import Tool

BEFORE, AFTER = "2026-11-01T08:00:00Z", "2026-11-01T20:00:00Z"
LIFT = "2026-11-01T12:00:00Z"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One change of the sources and the build after it, as of `now`. `change` is told how often it has been made, so that it differs each time."""

    name: str
    change: Callable[[Tool, int], None]
    now: str = BEFORE


def _cold(tool: Tool, time: int) -> None:
    for path in (tool.output, *(tool.folder / name for name in tool.kept), *tool.folder.glob(".output*"), tool.folder / "cache"):
        shutil.rmtree(path, ignore_errors=True)


def _nothing(tool: Tool, time: int) -> None:
    pass


def _edit(tool: Tool, time: int) -> None:
    tool.edit(tool.corpus.story(tool.corpus.count - 1), "en")


def _add_one(tool: Tool, time: int) -> None:
    tool.add(tool.corpus.story(tool.corpus.count + 2 * time, languages=1))


def _add_six(tool: Tool, time: int) -> None:
    tool.add(tool.corpus.story(tool.corpus.count + 1000 + 2 * time))


def _correct(tool: Tool, time: int) -> None:
    tool.correct(tool.corpus.story(tool.corpus.count // 2 + time))


def _rename(tool: Tool, time: int) -> None:
    tool.rename_topic(sorted(tool.corpus.topics)[time % len(tool.corpus.topics)])


def _template(tool: Tool, time: int) -> None:
    tool.touch_template()


def _clone(tool: Tool, time: int) -> None:
    """New times on every source, as a clone has them, beside a cache and an output that were kept."""
    for path, _, names in os.walk(tool.folder):
        if not path.startswith((str(tool.output), *(str(tool.folder / name) for name in tool.kept))):
            for name in names:
                os.utime(os.path.join(path, name))


SCENARIOS: Mapping[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        Scenario("cold", _cold),
        Scenario("nothing changed", _nothing),
        Scenario("one body edited", _edit),
        Scenario("a release in one language", _add_one),
        Scenario("a release in six", _add_six),
        Scenario("a correction", _correct),
        Scenario("a topic renamed", _rename),
        Scenario("a template changed", _template),
        Scenario("a clone with its cache", _clone),
        Scenario("an embargo lifted", _nothing, AFTER),
    )
}

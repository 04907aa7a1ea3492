"""Every scenario that is measured ends in the bytes of a clean build, whatever came before it, and leaves nothing to do."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bench.scenarios import BEFORE, LIFT, SCENARIOS
from bench.stories import Corpus
from bench.tools.pressroom import Pressroom
from pressroom.build import build
from pressroom.commands import builds
from pressroom.ground import clock
from pressroom.model.settings import PREVIEW, Derived, Settings
from tests.sites import tree_of

Changed = Callable[[Settings], Settings]


@dataclass(frozen=True)
class Life:
    """A growing site of stories in six languages, one of them held, and the clean trees that are known of what it is now."""

    tool: Pressroom
    settings: Settings
    known: dict[str, dict[str, str]]

    def go_through(self, name: str, time: int) -> None:
        scenario = SCENARIOS[name]
        scenario.change(self.tool, time)
        now = clock.now(scenario.now)
        build(self.settings, now)
        found = tree_of(Path(self.settings.output))
        if name not in CHANGES_NOTHING or scenario.now not in self.known:
            self.known.clear()
            self.known[scenario.now] = self.anew(scenario.now)
        anew = self.known[scenario.now]
        assert not [path for path in sorted(found.keys() | anew.keys()) if found.get(path) != anew.get(path)], name
        again = build(self.settings, now)
        assert (again.written, again.removed, dict(again.why)) == (0, 0, {}), name

    def anew(self, now: str = BEFORE) -> dict[str, str]:
        """The tree that a build without any past makes of the same sources at the same instant."""
        root, folder = self.tool.folder, self.tool.folder.parent / f"anew-{time.monotonic_ns()}"
        for name in ("content", "theme"):
            shutil.copytree(root / name, folder / name)
        moved = {name: getattr(self.settings, name).replace(str(root), str(folder), 1) for name in ("root", "content", "theme", "output")}
        # What is held is searched for in bytes that this site's builds have not searched: all of them would take most of the time.
        record = Path(self.settings.state, "leaks.json")
        settings = replace(self.settings, **moved)
        if record.exists():
            Path(settings.state).mkdir(parents=True)
            shutil.copy(record, settings.state)
        build(settings, clock.now(now))
        tree = tree_of(Path(moved["output"]))
        shutil.rmtree(folder)
        return tree


@pytest.fixture
def live(tmp_path: Path) -> Callable[..., Life]:
    def begin(changed: Changed, stories: int) -> Life:
        tool = Pressroom(tmp_path / "site", Corpus(stories), ())
        tool.write()
        held = tool.corpus.secret(5000)
        tool.add(held)
        tool.hold(held, LIFT)
        life = Life(tool, changed(builds.read(tool.folder)), {})
        build(life.settings, clock.now(BEFORE))
        return life

    return begin


def with_search(settings: Settings) -> Settings:
    return replace(settings, search=True)


def as_preview(settings: Settings) -> Settings:
    return replace(settings, audience=PREVIEW, output=str(Path(settings.root) / "preview"))


def with_derived(settings: Settings) -> Settings:
    return replace(settings, languages=(*settings.languages, "zh-Hant"), derived=(Derived("zh-Hant", "zh-Hans", "s2tw"),))


CHANGES_NOTHING = ("cold", "nothing changed", "a clone with its cache")
FORTH = tuple(SCENARIOS)
BACK = ("an embargo lifted", "a topic renamed", "a release in six", "nothing changed", "one body edited", "a correction", "a clone with its cache", "a template changed", "a release in one language", "cold", "one body edited")  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "scenarios"),
    [
        (lambda settings: settings, FORTH),
        (lambda settings: settings, BACK),
        (with_search, ("a release in one language", "an embargo lifted", "one body edited")),
        (as_preview, ("a correction", "one body edited", "an embargo lifted")),
        (with_derived, ("one body edited", "a topic renamed", "a release in six")),
    ],
    ids=["forth", "back", "with search", "as a preview", "with a derived language"],
)
def test_a_site_that_lives_through_every_scenario_is_always_a_clean_one(
    live: Callable[..., Life], changed: Changed, scenarios: Sequence[str], request: pytest.FixtureRequest
) -> None:
    whole = scenarios is FORTH or request.config.getoption("--slow")
    life, times = live(changed, 2 if whole else 1), dict.fromkeys(SCENARIOS, 0)
    for name in scenarios if whole else scenarios[:2]:
        life.go_through(name, times[name])
        times[name] += 1


def test_no_scenario_is_left_out() -> None:
    assert set(FORTH) == set(BACK) == set(SCENARIOS)

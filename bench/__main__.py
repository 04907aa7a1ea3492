"""`inv bench`: the scenarios, run by turns by every generator that is here, and a table of ratios."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench import measure, report
from bench.scenarios import BEFORE, LIFT, SCENARIOS
from bench.stories import Corpus
from bench.tools.hugo_program import Hugo
from bench.tools.pressroom import Pressroom, PressroomWithSearch
from bench.tools.stock_pelican import StockPelican
from bench.tools.tool import REPOSITORY, Tool

_HERE = Path(sys.executable).parent
_OURS = [sys.executable, "-c", "from pathlib import Path; from pressroom.commands.program import main; main(Path.cwd())"]


def programs() -> dict[type[Tool], list[str]]:
    """What runs each generator that this machine has."""
    found: dict[type[Tool], list[str]] = {Pressroom: _OURS, PressroomWithSearch: _OURS, StockPelican: [str(_HERE / "pelican")]}
    if hugo := hugo_program():
        found[Hugo] = [hugo]
    return found


def hugo_program() -> str:
    """Hugo itself: the package's own starter is a Python program that would be measured with it."""
    for folder in (_HERE.parent / "lib").glob("python*/site-packages/hugo/binaries"):
        for path in folder.iterdir():
            if path.name.startswith("hugo") and os.access(path, os.X_OK):
                return str(path)
    return shutil.which("hugo") or ""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--pages", type=int, default=1002, help="editions: six for each story")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", help="scenarios, by the beginnings of their names, with commas between")
    parser.add_argument("--tools", default="pressroom,hugo,pelican")
    parser.add_argument("--folder", default="", help="where the sites are made, and kept; else a folder that is removed")
    parser.add_argument("--json", default="", help="a file for every single figure")
    given = parser.parse_args()
    scenarios = [one for one in SCENARIOS.values() if not given.only or one.name.startswith(tuple(given.only.split(",")))]
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(given.folder or spare)
        corpus = Corpus(max(1, given.pages // 6))
        wanted = given.tools.split(",")
        tools = [kind(folder / kind.name, corpus, program) for kind, program in programs().items() if kind.name in wanted]
        for tool in tools:
            shutil.rmtree(tool.folder, ignore_errors=True)
            tool.folder.mkdir(parents=True)
            tool.write()
            held = corpus.secret(corpus.count + 5000)
            tool.add(held)
            tool.hold(held, LIFT)
        costs: dict[tuple[str, str], list[measure.Cost]] = {}
        for scenario in scenarios:
            for time in range(given.runs):
                for tool in tools:
                    if time == 0 and scenario.name != "cold" and not tool.output.exists():
                        _run(tool, BEFORE)
                    if scenario.now != BEFORE:
                        _run(tool, BEFORE)
                    scenario.change(tool, time)
                    print(f"{scenario.name}: {tool.name}, {time + 1} of {given.runs}", file=sys.stderr, flush=True)
                    costs.setdefault((scenario.name, tool.name), []).append(_run(tool, scenario.now))
        print(f"{corpus.count * len(corpus.languages):,} editions, the median of {given.runs}. {report.machine()}\n")
        first, *others = [tool.name for tool in tools]
        print("\n".join(report.table(costs, first, others)))
        if given.json:
            figures = [{"scenario": scenario, "tool": tool, **asdict(cost)} for (scenario, tool), runs in costs.items() for cost in runs]
            Path(given.json).write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _run(tool: Tool, now: str) -> measure.Cost:
    return measure.run(tool.command(now), tool.folder, tool.output, {**tool.environment(), "PYTHONPATH": str(REPOSITORY)}, apart="pagefind")


if __name__ == "__main__":
    main()

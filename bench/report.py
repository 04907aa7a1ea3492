"""The figures as a table: medians, and each as a ratio to another generator's in the same run."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from bench.measure import Cost

Costs = Mapping[tuple[str, str], Sequence[Cost]]
"""The runs of each scenario by each generator, in the order they were made."""


def table(costs: Costs, first: str, others: Sequence[str]) -> Iterator[str]:
    """Lines of Markdown. Ratios are `first` to each other, below one where it is the faster."""
    ratios = [f"wall ÷ {other}" for other in others]
    titles = ["scenario", "generator", "wall s", "CPU s", "memory MB", "files", "MB", *ratios]
    yield row(titles)
    yield row(["---", "---", *["--:"] * (len(titles) - 2)])
    for scenario in dict.fromkeys(scenario for scenario, _ in costs):
        for tool in (first, *others):
            if runs := costs.get((scenario, tool)):
                wall = median(run.wall for run in runs)
                own = [
                    f"{wall:.2f}", f"{median(run.cpu for run in runs):.2f}", f"{median(run.memory for run in runs) / 1e6:.0f}",
                    f"{median(run.files for run in runs):.0f}", f"{median(run.bytes for run in runs) / 1e6:.1f}",
                ]  # fmt: skip
                yield row([scenario, tool, *own, *([_ratio(wall, costs.get((scenario, other))) for other in others] if tool == first else [""] * len(others))])


def _ratio(wall: float, runs: Sequence[Cost] | None) -> str:
    return f"{wall / median(run.wall for run in runs):.3f}" if runs else ""


def row(cells: Sequence[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """What the figures were made on, as far as it matters to them."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"

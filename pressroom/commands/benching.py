"""`inv bench`: the measuring in bench/, which is apart from the engine and is run as a program of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pressroom.ground.problems import Fault, Problem


def run(root: Path, pages: int, runs: int, only: str, tools: str, json: str) -> None:
    """Builds the same stories with every generator that is here, by turns, and prints a table of ratios."""
    _measure(root, "bench", f"--pages={pages}", f"--runs={runs}", f"--only={only}", f"--tools={tools}", f"--json={json}")


def run_preview(root: Path, pages: int, runs: int) -> None:
    """Saves changes and waits until a browser shows them."""
    _measure(root, "bench.preview", f"--pages={pages}", f"--runs={runs}")


def _measure(root: Path, program: str, *given: str) -> None:
    if not (root / "bench").is_dir():
        raise Fault(Problem("FT008", "there is no bench/ here", hint="run it in a checkout of Pressroom itself"))
    ended = subprocess.run([sys.executable, "-m", program, *given], cwd=root, check=False)
    if ended.returncode:
        raise SystemExit(ended.returncode)

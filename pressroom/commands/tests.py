"""Running the tests."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

from invoke import Exit

from pressroom.ground.problems import EXIT_USAGE


def run(root: Path, slow: bool = False, only: str = "") -> None:
    """Hands the process over to pytest."""
    if importlib.util.find_spec("pytest") is None:
        raise Exit("What the tests need is not set up; run: make test", EXIT_USAGE)
    # A file's tests stay together, for they share what is dear to build.
    spread = ["-n", "auto", "--dist", "loadfile"] if importlib.util.find_spec("xdist") else []
    arguments = [sys.executable, "-m", "pytest", "-q", *spread, *(["--slow"] if slow else []), *(["-k", only] if only else [])]
    os.chdir(root)
    os.execv(sys.executable, arguments)

"""Running the tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def run(root: Path, slow: bool = False, only: str = "") -> None:
    """Hands the process over to pytest."""
    arguments = [sys.executable, "-m", "pytest", "-q", *(["--slow"] if slow else []), *(["-k", only] if only else [])]
    os.chdir(root)
    os.execv(sys.executable, arguments)

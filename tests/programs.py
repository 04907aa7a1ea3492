"""Programs that tests want beside Python: without one the test is skipped and says so, but for CI, where it fails."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from tests.sites import REPOSITORY


def without(what: str) -> NoReturn:
    if os.environ.get("PRESSROOM_CI"):
        pytest.fail(f"{what} is missing, and PRESSROOM_CI wants every test to run")
    pytest.skip(f"{what} is missing")


def program(*names: str) -> str:
    """The first of these that is there, beside this Python or on PATH."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return next((found for name in names if (found := shutil.which(name, path=path))), "") or without(names[0])


def from_npm(path: str) -> Path:
    """A file of a package that package-lock.json pins."""
    found = REPOSITORY / "node_modules" / path
    return found if found.is_file() else without(f"node_modules/{path}")

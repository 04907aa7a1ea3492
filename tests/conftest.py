"""Options and fixtures that all tests share."""

from __future__ import annotations

import fcntl
import os

import pytest
from hypothesis import settings

from tests import newsroom

# The same cases in every run: a suite that fails by chance is one that nobody believes.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", default=False, help="run the long tests too")


@pytest.fixture(scope="session")
def trees(tmp_path_factory: pytest.TempPathFactory) -> newsroom.Trees:
    """The finished trees of the newsroom, built once in a run, however many processes it has."""
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "newsroom"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return newsroom.trees(root)

"""Options and fixtures that all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same cases in every run: a suite that fails by chance is one that nobody believes.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", default=False, help="run the long tests too")

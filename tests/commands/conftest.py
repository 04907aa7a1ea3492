"""A real press room, built once and copied for each test that wants one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.rooms import SMALL, inv, make_repository, make_room


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = make_room(tmp_path_factory.mktemp("built") / "it" / "room", SMALL)
    make_repository(room)
    done = inv(room, "build")
    assert done.returncode == 0, done.stderr
    return room.parent


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A real press room, built, in a repository of its own, with a bare remote beside it."""
    shutil.copytree(built, tmp_path / "it", symlinks=True)
    return tmp_path / "it" / "room"

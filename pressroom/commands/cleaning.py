"""`inv clean`: the outputs and everything kept between builds go; the sources stay."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pressroom.commands import builds
from pressroom.model.settings import PREVIEW, PUBLIC
from pressroom.press.files import faults, remove_tree
from pressroom.press.lock import hold_lock, hold_output

_STATE = ".pressroom"
_ROLES = ("stage", "standby", "aside")


def run(root: Path) -> None:
    """Removes them while no build is at work. An output that is a link stays one: where it leads was somebody's choice."""
    settings = builds.read(root)
    trees = (settings.output, str(root / builds.PREVIEW_FOLDER))
    states = [replace(settings, audience=audience).state for audience in (PUBLIC, PREVIEW)]
    with hold_lock(states[0]), hold_lock(states[1]), hold_output(trees[0]), hold_output(trees[1]), faults(settings.output):
        for tree in trees:
            folder, name = os.path.split(os.path.realpath(tree))
            for path in (os.path.join(folder, name), *(os.path.join(folder, f".{name}.{role}") for role in _ROLES)):
                _remove(path)
        remove_tree(str(root / _STATE))
    print(f"Removed: {', '.join(os.path.relpath(path, root) for path in (*trees, str(root / _STATE)))}.")


def _remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.ismount(path):
        remove_tree(path)
    elif os.path.isdir(path):
        with os.scandir(path) as entries:
            for entry in entries:
                _remove(entry.path)
    elif os.path.lexists(path):
        os.unlink(path)

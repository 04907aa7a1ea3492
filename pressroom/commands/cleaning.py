"""`inv clean`: the outputs and everything kept between builds go; the sources stay."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pressroom.build import refuse_foreign
from pressroom.commands import builds
from pressroom.model.settings import PREVIEW, PUBLIC
from pressroom.press.files import faults, remove_tree
from pressroom.press.lock import hold_lock, hold_output
from pressroom.press.write import open_output

_STATE = ".pressroom"
_ROLES = ("stage", "standby", "aside")


def run(root: Path) -> None:
    """Removes them while no build is at work. An output that is a link stays one: where it leads was somebody's choice.

    Where a build would not take one of the two folders for its output, nothing is removed.
    """
    settings = builds.read(root)
    public = replace(settings, audience=PUBLIC)
    preview = replace(settings, audience=PREVIEW, output=str(root / builds.PREVIEW_FOLDER))
    trees = (public.output, preview.output)
    with hold_lock(public.state), hold_lock(preview.state), hold_output(public.output), hold_output(preview.output), faults(settings.output):
        for each in (public, preview):
            refuse_foreign(open_output(each.output, each.state), each)
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

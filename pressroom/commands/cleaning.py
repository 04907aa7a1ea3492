"""`inv clean`: the outputs and everything kept between builds go; the sources stay."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pressroom.commands import builds


def run(root: Path) -> None:
    output = builds.read(root).output
    for tree in (output, str(root / builds.PREVIEW_FOLDER)):
        folder, name = os.path.split(tree)
        for path in (tree, *(str(found) for found in Path(folder).glob(f".{name}.*"))):
            _remove(path)
    _remove(str(root / ".pressroom"))


def _remove(path: str) -> None:
    if os.path.islink(path) or os.path.isfile(path):
        os.unlink(path)
    else:
        shutil.rmtree(path, ignore_errors=True)

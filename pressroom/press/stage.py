"""The stage: where what changed lies until the whole build and its checks have passed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pressroom.ground import digests
from pressroom.ground.problems import Fault, Problem
from pressroom.press.files import copy_file, create, faults, make_folder, open_to_read, shown
from pressroom.press.tree import Tree, above, check_path


@dataclass(frozen=True, slots=True)
class Reader:
    """Gives the bytes of files, of which some are `staged`, and the others stand in the output already."""

    stage: str
    output: str
    staged: frozenset[str]

    def __call__(self, path: str) -> bytes:
        return Path(self.stage if path in self.staged else self.output, path).read_bytes()


class Stage:
    """A fresh folder beside the output. What already stands in the output with the same bytes is remembered and not written again."""

    def __init__(self, path: str, standing: Tree) -> None:
        self._path, self._standing = path, standing
        self._folders: set[str] = set()
        self._files: set[str] = set()
        self._digests: dict[str, str] = {}

    @property
    def digests(self) -> dict[str, str]:
        """What was staged: the digest of the bytes by path."""
        return self._digests

    def write(self, path: str, data: bytes) -> None:
        """Stages a file's bytes."""
        check_path(path)
        if not self._stands(path, digests.of_bytes(data)):
            with faults(os.path.join(self._path, path)), create(self._place(path)) as file:
                file.write(data)

    def copy(self, path: str, source: str, digest: str) -> None:
        """Stages a file from outside the site. Its bytes must still be those of the digest (SHA-256)."""
        check_path(path)
        if not self._stands(path, digest):
            try:
                file = open_to_read(source, through_links=True)
            except OSError as error:
                raise _changed(source, f"cannot be read any more: {error.strerror}") from None
            with faults(os.path.join(self._path, path)), file:
                found = copy_file(file, self._place(path))
            if found != digest:
                raise _changed(source, "changed while it was being built")

    def reader(self) -> Reader:
        """What gives the bytes of a path as they would be read now, here or by another process of this machine."""
        return Reader(self._path, self._standing.path, frozenset(self._files))

    def path_of(self, path: str) -> str:
        """Where an artifact's bytes can be read until the swap: in the stage, or in the output where they stand already."""
        return os.path.join(self._path, path) if path in self._files else self._standing.place(path)

    def holds(self, path: str) -> bool:
        """Whether the file's bytes lie in the stage, and not in the output."""
        return path in self._files

    def move_to(self, path: str) -> None:
        """Puts the stage, with all that lies in it, in the place of an empty folder."""
        os.rmdir(path)
        os.rename(self._path, path)
        os.chmod(path, 0o755)

    def _stands(self, path: str, digest: str) -> bool:
        self._digests[path] = digest
        stands = self._standing.digest(path) == digest
        (self._files.discard if stands else self._files.add)(path)
        return stands

    def _place(self, path: str) -> str:
        for folder in [folder for folder in above(path) if folder not in self._folders][::-1]:
            make_folder(os.path.join(self._path, folder))
            self._folders.add(folder)
        return os.path.join(self._path, path)


def _changed(source: str, what: str) -> Fault:
    return Fault(Problem("FT012", f"the file {what}", shown(source), hint="build again"))

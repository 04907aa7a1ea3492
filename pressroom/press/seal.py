"""The seal: the proof of what a build contains and for whom. It is the last file of a tree, and the only one that knows the others."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pressroom.press.files import digest_of, open_to_read

ADDRESS = ".well-known/pressroom.json"


@dataclass(frozen=True, slots=True)
class Seal:
    """`as_of` is the last instant at which the clock changed the tree, RFC 3339; `tree` is the digest of every file but the seal."""

    audience: str
    as_of: str
    engine: str
    files: int
    tree: str

    @property
    def instant(self) -> datetime:
        return datetime.fromisoformat(self.as_of)


@dataclass(frozen=True, slots=True)
class Standing:
    """A finished tree as it stands on the disk: the digest of every file by path (empty: no file that can be read), and the seal it bears."""

    folder: str
    files: Mapping[str, str]
    seal: Seal | None

    def bears_seal(self, audience: str) -> bool:
        """Whether it is, byte for byte, what a whole build has sealed for this audience."""
        seal = self.seal
        return seal is not None and seal.audience == audience and seal.files == len(self.files.keys() - {ADDRESS}) and seal.tree == tree_digest(self.files)

    def read(self, path: str) -> bytes:
        """The bytes that a web server would give for a path, through a link too; none where there is nothing to give."""
        whole = os.path.join(self.folder, path)
        try:
            return Path(whole).read_bytes() if os.path.isfile(whole) else b""
        except OSError:
            return b""


def tree_digest(files: Mapping[str, str]) -> str:
    """SHA-256 over the lines `<sha256 of the file>  <path>` in the order of the paths: what `sha256sum` writes, sorted by path."""
    lines = [f"{files[path]}  {path}\n" for path in sorted(files) if path != ADDRESS]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def make_seal(audience: str, as_of: datetime, engine: str, files: Mapping[str, str]) -> Seal:
    """The seal of a tree, given the digest of every file by path."""
    others = len(files) - (ADDRESS in files)
    return Seal(audience, as_of.isoformat().replace("+00:00", "Z"), engine, others, tree_digest(files))


def written(seal: Seal) -> bytes:
    return (json.dumps(asdict(seal), indent=1) + "\n").encode()


def read_seal(folder: str) -> Seal | None:
    """The seal of a tree on the disk, or None where there is none that can be read."""
    try:
        with open(os.path.join(folder, ADDRESS), encoding="utf-8") as file:
            found = Seal(**json.load(file))
        return found if found.instant.tzinfo else None
    except (OSError, ValueError, TypeError):
        return None


def read_standing(folder: str) -> Standing:
    """A tree on the disk with the digest of every file; a link or a special file is one that no seal can match."""
    found = {}
    for path, folders, names in os.walk(folder):
        for name in (*names, *(name for name in folders if os.path.islink(os.path.join(path, name)))):
            whole = os.path.join(path, name)
            found[os.path.relpath(whole, folder).replace(os.sep, "/")] = _digest_of(whole)
    return Standing(folder, found, read_seal(folder))


def _digest_of(path: str) -> str:
    try:
        if os.path.islink(path) or not os.path.isfile(path):
            return ""
        with open_to_read(path) as file:
            return digest_of(file)
    except OSError:
        return ""

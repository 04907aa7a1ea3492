"""The seal: the proof of what a build contains and for whom. It is the last file of a tree, and the only one that knows the others."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from pressroom.ground import digests

ADDRESS = ".well-known/pressroom.json"


@dataclass(frozen=True, slots=True)
class Seal:
    """`as_of` is the last instant at which the clock changed the tree, RFC 3339; `tree` is the digest of every file but the seal."""

    audience: str
    as_of: str
    engine: str
    files: int
    tree: str


def tree_digest(files: Mapping[str, str]) -> str:
    """SHA-256 over the lines `<sha256 of the file>  <path>` in the order of the paths: what `sha256sum` writes, sorted by path."""
    found = hashlib.sha256()
    for path in sorted(files):
        if path != ADDRESS:
            found.update(f"{files[path]}  {path}\n".encode())
    return found.hexdigest()


def make_seal(audience: str, as_of: datetime, engine: str, files: Mapping[str, str]) -> Seal:
    """The seal of a tree, given the digest of every file by path."""
    others = [path for path in files if path != ADDRESS]
    return Seal(audience, as_of.isoformat().replace("+00:00", "Z"), engine, len(others), tree_digest(files))


def written(seal: Seal) -> bytes:
    return (json.dumps(asdict(seal), indent=1) + "\n").encode()


def read_seal(folder: str) -> Seal | None:
    """The seal of a tree on the disk, or None where there is none that can be read."""
    try:
        with open(os.path.join(folder, ADDRESS), encoding="utf-8") as file:
            return Seal(**json.load(file))
    except (OSError, ValueError, TypeError):
        return None


def sealed_files(folder: str) -> dict[str, str]:
    """The digest of every file of a tree on the disk, by path; a link or special file is one that no seal can match."""
    found = {}
    for path, folders, names in os.walk(folder):
        for name in (*names, *(name for name in folders if os.path.islink(os.path.join(path, name)))):
            whole = os.path.join(path, name)
            inside = os.path.relpath(whole, folder).replace(os.sep, "/")
            if os.path.islink(whole) or not os.path.isfile(whole):
                found[inside] = "no file"
            else:
                with open(whole, "rb") as file:
                    found[inside] = digests.of_bytes(file.read())
    return found


def matches(seal: Seal, files: Mapping[str, str]) -> bool:
    """Whether a seal is that of the tree with these files."""
    return seal.files == sum(path != ADDRESS for path in files) and seal.tree == tree_digest(files)

"""What a build means to write: every path with the key of what it is made from. Of a document that stands as a whole no artifact is made to find out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from pressroom import outputs
from pressroom.ground.problems import Fault, Problem
from pressroom.model.artifact import Artifact
from pressroom.model.site import Site
from pressroom.outputs.parts import Part
from pressroom.press import seal
from pressroom.press.files import faults, replace_file
from pressroom.press.render import Renderer

_RECORD = "units.msgpack"
_Units = dict[str, tuple[str, dict[str, str]]]
"""By document the key of its part of the site, and the keys of its files by path."""


class Claims:
    """The files of a site: those of each document by its part of the site, those of the whole site one by one, and others that are not of `outputs`."""

    def __init__(self, site: Site, renderer: Renderer, state: str, others: Iterable[Artifact] = ()) -> None:
        self._record = os.path.join(state, _RECORD)
        known = _read(self._record)
        self._artifacts: dict[str, Artifact] = {}
        self._parts: dict[str, tuple[Part, Mapping[str, str]]] = {}
        self.keys: dict[str, str] = {}
        units: _Units = {}
        for artifact in (*outputs.of_the_site(site), *others):
            self._claim(artifact, renderer.key(artifact))
        for part in outputs.parts(site):
            folder, key = part.document.folder, renderer.part_key(part)
            if folder in known and known[folder][0] == key and self.keys.keys().isdisjoint(known[folder][1]):
                units[folder] = known[folder]
                self._parts[folder] = part, known[folder][1]
                self.keys.update(known[folder][1])
                continue
            before = len(self.keys)
            for artifact in outputs.of_part(part):
                self._claim(artifact, renderer.key(artifact))
            units[folder] = key, dict(list(self.keys.items())[before:])
        self._units, self._changed = units, units != known
        self.keys = dict(sorted(self.keys.items()))

    def save(self) -> None:
        """Keeps what is known of each document's files, for the next build."""
        if self._changed:
            with faults(self._record):
                replace_file(self._record, msgspec.msgpack.encode(self._units))

    def _claim(self, artifact: Artifact, key: str) -> None:
        """Two artifacts with one path are a Problem before anything is written. The seal's is taken."""
        if artifact.path in self.keys or artifact.path == seal.ADDRESS:
            first = _origin(self.artifact(artifact.path)) if artifact.path in self.keys else "the seal"
            raise Fault(Problem("TX011", f"/{artifact.path} is claimed by {first} and by {_origin(artifact)}", hint="rename one of the two"))
        self._artifacts[artifact.path] = artifact
        self.keys[artifact.path] = key

    def artifact(self, path: str) -> Artifact:
        """The artifact of a path. Those of a document that stands are made together, when the first is asked for."""
        if path not in self._artifacts:
            part, _ = next(found for found in self._parts.values() if path in found[1])
            self._artifacts |= {artifact.path: artifact for artifact in outputs.of_part(part)}
        return self._artifacts[path]

    @property
    def digest(self) -> str:
        """The digest of every path and key."""
        lines = "".join([f"{key} {path}\n" for path, key in self.keys.items()])
        return hashlib.blake2b(lines.encode(), digest_size=20).hexdigest()


def _origin(artifact: Artifact) -> str:
    for value in artifact.inputs:
        for name in ("shown", "path", "address"):
            if isinstance(found := getattr(value, name, None), str) and found:
                return found
    return artifact.view.__module__


def _read(path: str) -> _Units:
    """The record of the last build; nothing where it cannot be read, and every artifact is looked at."""
    try:
        return msgspec.msgpack.decode(Path(path).read_bytes(), type=_Units)
    except (OSError, msgspec.DecodeError):
        return {}

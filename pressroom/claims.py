"""What a build means to write: every path with the key of what it is made from. Of a unit that stands no artifact is made to find out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from pathlib import Path

import msgspec

from pressroom import outputs
from pressroom.ground import digests
from pressroom.ground.problems import Fault, Problem
from pressroom.model.artifact import Artifact, Entry
from pressroom.model.site import Site
from pressroom.outputs import Unit
from pressroom.press import seal
from pressroom.press.files import faults, replace_file
from pressroom.press.render import Renderer
from pressroom.press.tree import check_paths

_RECORD = "units.msgpack"


class Known(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a unit by its key: the keys of its files by path, and those of its entries in an index by address."""

    key: str
    files: dict[str, str]
    entries: dict[str, str]


class Claims:
    """The files of a site: those of each unit together, and the rest one by one. The artifacts of a unit are made when they are asked for, and not kept."""

    def __init__(self, site: Site, renderer: Renderer, state: str) -> None:
        self._record, self._renderer = os.path.join(state, _RECORD), renderer
        self._known = _read(self._record)
        self._rest: dict[str, Artifact] = {}
        self._units: dict[str, Unit] = {}
        self._found: dict[str, Known] = {}
        self._keys: dict[str, str] = {}
        for unit in outputs.units(site):
            key, known = renderer.unit_key(unit.made_from), self._known.get(unit.name)
            self._units[unit.name] = unit
            if known and known.key == key and self._take(known):
                self._found[unit.name] = known
            else:
                self._found[unit.name] = Known(key, {artifact.path: self._claim(artifact) for artifact in unit.artifacts()}, {})
        self.add(outputs.of_the_site(site))

    def _take(self, known: Known) -> bool:
        """Claims the files of a unit as they are known; none where another has one of them."""
        together = len(self._keys) + len(known.files)
        self._keys.update(known.files)
        if len(self._keys) < together:
            self._keys = {path: key for one in self._found.values() for path, key in one.files.items()}
            return False
        return True

    def add(self, artifacts: Iterable[Artifact]) -> None:
        """Claims the paths of artifacts that are in no unit."""
        for artifact in artifacts:
            self._claim(artifact)
            self._rest[artifact.path] = artifact

    def _claim(self, artifact: Artifact) -> str:
        """The key of an artifact. Two artifacts with one path are a Problem before anything is written. The seal's is taken."""
        if artifact.path in self._keys or artifact.path == seal.ADDRESS:
            first = _origin(self.artifact(artifact.path)) if artifact.path in self._keys else "the seal"
            raise Fault(_claimed_twice(artifact.path, first, _origin(artifact)))
        self._keys[artifact.path] = self._renderer.key(artifact)
        return self._keys[artifact.path]

    def entry_key(self, entry: Entry) -> str:
        """The digest of what an entry of an index is made from."""
        known = self._found.get(entry.document)
        if known and entry.address in known.entries:
            return known.entries[entry.address]
        pages = entry.pages()
        key = digests.of((entry.index, self._renderer.key(pages.page), self._renderer.key(pages.facts)))
        if known:
            known.entries[entry.address] = key
        return key

    def artifact(self, path: str) -> Artifact:
        """The artifact of a path."""
        every = chain.from_iterable(unit.artifacts() for name, unit in self._units.items() if name not in self._found or path in self._found[name].files)
        return self._rest.get(path) or next(artifact for artifact in every if artifact.path == path)

    def artifacts(self, paths: Iterable[str]) -> Iterator[Artifact]:
        """The artifacts of these paths: what is in no unit by path, then unit by unit."""
        wanted = set(paths)
        yield from (self._rest[path] for path in sorted(wanted & self._rest.keys()))
        for name, known in sorted(self._found.items()):
            if not wanted.isdisjoint(known.files):
                yield from sorted((artifact for artifact in self._units[name].artifacts() if artifact.path in wanted), key=attrgetter("path"))

    @property
    def keys(self) -> Mapping[str, str]:
        """The key of every path."""
        return self._keys

    @property
    def digest(self) -> str:
        """The digest of every path and key: of a unit, its own key tells them all."""
        keys = [(name, found.key) for name, found in self._found.items()], [(path, self._keys[path]) for path in self._rest]
        return hashlib.blake2b(msgspec.msgpack.encode(keys), digest_size=20).hexdigest()

    def save(self) -> None:
        """Keeps what is known of each unit, for the next build."""
        if self._found != self._known:
            with faults(self._record):
                replace_file(self._record, digests.sealed(msgspec.msgpack.encode(self._found)))


def clashes(artifacts: Iterable[Artifact]) -> tuple[frozenset[str], list[Problem]]:
    """The paths of artifacts, the seal's among them, and what a build of them would find wrong: two with one path, or paths that cannot stand together."""
    claimed = {seal.ADDRESS: "the seal"}
    problems = []
    for artifact in artifacts:
        origin = _origin(artifact)
        if artifact.path in claimed:
            problems.append(_claimed_twice(artifact.path, claimed[artifact.path], origin))
        claimed.setdefault(artifact.path, origin)
    try:
        check_paths(sorted(claimed), claimed.keys())
    except Fault as fault:
        problems += fault.problems
    return frozenset(claimed), problems


def _claimed_twice(path: str, first: str, second: str) -> Problem:
    # A check does not come by the two in the order of a build.
    first, second = sorted((first, second))
    return Problem("TX011", f"/{path} is claimed by {first} and by {second}", hint="rename one of the two")


def _origin(artifact: Artifact) -> str:
    for value in artifact.inputs:
        for name in ("shown", "path", "address"):
            # Where an attachment lies on this machine tells nobody more than its address.
            if isinstance(found := getattr(value, name, None), str) and found and not (name == "path" and os.path.isabs(found)):
                return found
    return artifact.view.__module__


def _read(path: str) -> dict[str, Known]:
    """The record of the last build; nothing where it cannot be read or is spoiled, and every artifact is looked at."""
    try:
        return msgspec.msgpack.decode(digests.unsealed(Path(path).read_bytes()), type=dict[str, Known])
    except (OSError, msgspec.DecodeError):
        return {}

"""Artifacts made one after the other: in this process, or by a pool where there are many; what comes of them comes in their order either way."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pressroom.ground.pool import JOB, Pool
from pressroom.ground.problems import Fault
from pressroom.model.artifact import Artifact
from pressroom.model.document import Body, BodyRef
from pressroom.model.site import Copy
from pressroom.press.render import Renderer

_USUAL, _DEAR = 0.003, 0.2
"""Seconds that an artifact takes; one that is dear to make has an engine of its own."""

Content = bytes | Copy
Make = Callable[[Sequence[Artifact]], Iterator[tuple[Artifact, Content | Fault]]]
"""Gives each artifact with what it is, or with the Fault that making it is."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Where bodies come from: as bytes, by path, and what makes a Body of them, a function of a module."""

    read: Callable[[str], bytes]
    decode: Callable[[bytes], Body]


@dataclass(frozen=True, slots=True)
class Job:
    """Artifacts as bytes, and the bytes of the bodies that they name."""

    artifacts: bytes
    bodies: Mapping[str, bytes]


def make_each(
    artifacts: Sequence[Artifact], renderer: Renderer, bodies: Bodies, shared: Sequence[Any], pool: Pool
) -> Iterator[tuple[Artifact, Content | Fault]]:
    """Each artifact with what it is, or with the Fault that making it is. `shared` are values that many of them have among their inputs."""
    if not pool.pays(sum(map(_seconds, artifacts))):
        yield from ((artifact, _made(renderer, artifact)) for artifact in artifacts)
        return
    runs = list(_runs(artifacts))
    keys = {id(value): number for number, value in enumerate(shared)}
    jobs = (_packed(run, keys, bodies) for run in runs)
    for run, made in zip(runs, pool.run(Maker(renderer.folders, tuple(shared), bodies.decode), jobs), strict=True):
        yield from zip(run, made, strict=True)


def _made(renderer: Renderer, artifact: Artifact) -> Content | Fault:
    try:
        return renderer.make(artifact)
    except Fault as fault:
        return fault


def _seconds(artifact: Artifact) -> float:
    return _DEAR if artifact.engine else _USUAL


def _runs(artifacts: Iterable[Artifact]) -> Iterator[list[Artifact]]:
    """Stretches of artifacts, each enough for a job. In the order of their paths those of one document in one language stand together."""
    run: list[Artifact] = []
    seconds = 0.0
    for artifact in artifacts:
        run.append(artifact)
        seconds += _seconds(artifact)
        if seconds >= JOB:
            yield run
            run, seconds = [], 0.0
    if run:
        yield run


class Maker:
    """A pool's tool: makes the artifacts of a job. A Renderer is had once."""

    def __init__(self, folders: tuple[tuple[str, str], ...], shared: tuple[Any, ...], decode: Callable[[bytes], Body]) -> None:
        self._folders, self._shared, self._decode = folders, shared, decode

    def __reduce__(self) -> tuple[Any, ...]:
        return Maker, (self._folders, self._shared, self._decode)

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self._folders, "", lambda path: Body())

    def __call__(self, job: Job) -> list[Content | Fault]:
        artifacts = _Unpacker(job, self._shared, self._decode).load()
        return [_made(self._renderer, artifact) for artifact in artifacts]


class _Packer(pickle.Pickler):
    """Writes what is shared as its number, and a body as its path."""

    def __init__(self, file: io.BytesIO, keys: Mapping[int, int]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._keys = keys
        self.paths: set[str] = set()

    def persistent_id(self, value: Any) -> int | str | None:
        if type(value) is BodyRef:
            self.paths.add(value.path)
            return value.path
        return self._keys.get(id(value))


class _Unpacker(pickle.Unpickler):
    def __init__(self, job: Job, shared: tuple[Any, ...], decode: Callable[[bytes], Body]) -> None:
        super().__init__(io.BytesIO(job.artifacts))
        self._job, self._shared, self._decode = job, shared, decode
        self._bodies: dict[str, Body] = {}

    def persistent_load(self, key: int | str) -> Any:
        if isinstance(key, int):
            return self._shared[key]
        if key not in self._bodies:
            self._bodies[key] = self._decode(self._job.bodies[key])
        return self._bodies[key]


def _packed(run: list[Artifact], keys: Mapping[int, int], bodies: Bodies) -> Job:
    file = io.BytesIO()
    packer = _Packer(file, keys)
    packer.dump(run)
    return Job(file.getvalue(), {path: bodies.read(path) for path in sorted(packer.paths)})

"""Artifacts made one after the other: in this process, or by a pool where there are many; what comes of them comes in their order either way."""

from __future__ import annotations

import io
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from typing import Any

from pressroom.ground.companion import Companion, another_process
from pressroom.ground.pool import JOB, Pool
from pressroom.ground.problems import Fault
from pressroom.model.artifact import Artifact, Worked
from pressroom.model.site import Copy
from pressroom.model.text import TextRef
from pressroom.press.render import Renderer

_TEXT, _PAGE, _DEAR, _LOADED = 0.001, 0.004, 0.2, 0.0003
"""About how many seconds an artifact takes: without a template, with one, and one that is dear to make and has an engine of its own; and what each text takes
that is loaded for it: a page may be made from hundreds.
"""

Content = bytes | Copy
Make = Callable[[Iterable[Artifact]], Iterator[tuple[Artifact, Content | Fault]]]
"""Gives each artifact with what it is, or with the Fault that making it is."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Where what is loaded of editions comes from, as bytes; and what opens it by the kind of its TextRef, a function of a module."""

    read: Callable[[TextRef], bytes]
    loaded: Callable[[type[TextRef], bytes], Any]


@dataclass(frozen=True, slots=True)
class _Stored:
    """Among an artifact's inputs on its way, what goes beside it as the store has it."""

    ref: TextRef


@dataclass(frozen=True, slots=True)
class Job:
    """Artifacts as bytes, and the bytes of what they name of texts."""

    artifacts: bytes
    stored: Mapping[_Stored, bytes]


def make_each(
    artifacts: Iterable[Artifact], renderer: Renderer, texts: Texts, shared: Sequence[Any], pool: Pool
) -> Iterator[tuple[Artifact, Content | Fault]]:
    """Each artifact with what it is, or with the Fault that making it is. `shared` are values that many of them have among their inputs.

    They are asked for as they are made, so that those of an archive are never there all together.
    """
    following, first = iter(artifacts), list[Artifact]()
    seconds = 0.0
    while pool.has_several and not pool.pays(seconds) and (artifact := next(following, None)):
        first.append(artifact)
        seconds += _seconds(artifact)
    if not pool.pays(seconds):
        yield from make_here(renderer, chain(first, following))
        return
    under_way = deque[list[Artifact]]()
    keys = {id(value): number for number, value in enumerate(shared)}

    def jobs(worked: Callable[[Worked], Any]) -> Iterator[Job]:
        for run in _runs(chain(first, following)):
            under_way.append(run)
            yield _packed(run, keys, texts, worked)

    # What works things out has loaded tens of megabytes for it, of which nobody has need any more when all is made.
    with Companion(another_process) as beside:
        worked = partial(renderer.worked, work_out=lambda value: beside.begin(Worked.work_out, value)())
        for made in pool.run(Maker(renderer.elsewhere(pool.is_here), tuple(shared), texts.loaded), jobs(worked)):
            yield from zip(under_way.popleft(), made, strict=True)


def make_here(renderer: Renderer, artifacts: Iterable[Artifact]) -> Iterator[tuple[Artifact, Content | Fault]]:
    """The same, by this process alone."""
    for artifact in artifacts:
        yield artifact, _made(renderer, artifact)


def _made(renderer: Renderer, artifact: Artifact) -> Content | Fault:
    try:
        return renderer.make(artifact)
    except Fault as fault:
        return fault


def _seconds(artifact: Artifact) -> float:
    own = _DEAR if artifact.engine else _PAGE if artifact.template else _TEXT
    return own + _LOADED * sum(isinstance(value, TextRef) for value in artifact.inputs)


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

    def __init__(self, opened: Callable[[], Renderer], shared: tuple[Any, ...], loaded: Callable[[type[TextRef], bytes], Any]) -> None:
        self._given = opened, shared, loaded

    def __reduce__(self) -> tuple[Any, ...]:
        return Maker, self._given

    @cached_property
    def _renderer(self) -> Renderer:
        return self._given[0]()

    def __call__(self, job: Job) -> list[Content | Fault]:
        _, shared, loaded = self._given
        stored = {one: loaded(type(one.ref), data) for one, data in job.stored.items()}
        return [_made(self._renderer, artifact) for artifact in _Unpacker(job.artifacts, shared, stored).load()]


class _Packer(pickle.Pickler):
    """Writes what is shared as its number, and what is stored as its name."""

    def __init__(self, file: io.BytesIO, keys: Mapping[int, int]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._keys = keys

    def persistent_id(self, value: Any) -> int | _Stored | None:
        return value if type(value) is _Stored else self._keys.get(id(value))


class _Unpacker(pickle.Unpickler):
    def __init__(self, data: bytes, shared: tuple[Any, ...], stored: Mapping[_Stored, Any]) -> None:
        super().__init__(io.BytesIO(data))
        self._shared, self._stored = shared, stored

    def persistent_load(self, key: int | _Stored) -> Any:
        return self._shared[key] if isinstance(key, int) else self._stored[key]


def _packed(run: list[Artifact], keys: Mapping[int, int], texts: Texts, worked: Callable[[Worked], Any]) -> Job:
    """A job. Only what is an input by itself is put in a name's place: a view may be handed a name in something else. What has to be worked out is so from
    here, where it is kept for the next build.
    """

    def on_its_way(value: Any) -> Any:
        return _Stored(value) if isinstance(value, TextRef) else worked(value) if isinstance(value, Worked) else value

    artifacts = [replace(artifact, inputs=tuple(map(on_its_way, artifact.inputs))) for artifact in run]
    named = dict.fromkeys(value for artifact in artifacts for value in artifact.inputs if type(value) is _Stored)
    file = io.BytesIO()
    _Packer(file, keys).dump(artifacts)
    return Job(file.getvalue(), {one: texts.read(one.ref) for one in named})

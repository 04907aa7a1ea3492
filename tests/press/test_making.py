"""Artifacts made by a pool: what goes with a job."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pressroom.ground import pool
from pressroom.ground.pool import Pool
from pressroom.model.artifact import Artifact
from pressroom.model.text import SketchRef, TextRef
from pressroom.press.making import Job, Texts, make_each
from pressroom.press.render import Renderer


class Here(Executor):
    """Does each job at once, and says how many texts went with it."""

    def __init__(self) -> None:
        self.texts: list[int] = []

    def submit(self, do: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        job = given[1]
        assert isinstance(job, Job)
        self.texts.append(len(job.stored))
        future: Future[Any] = Future()
        future.set_result(do(*given, **named))
        return future


def joined(*texts: bytes) -> bytes:
    return b"".join(texts)


def loaded(kind: type[TextRef], data: bytes) -> bytes:
    return msgspec.msgpack.decode(data)


def test_a_page_of_many_texts_does_not_go_with_others_of_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_STARTING", 0)
    executor, renderer = Here(), Renderer(((str(tmp_path), "theme/templates"),), "", lambda ref: pytest.fail("the pool makes all"))
    of_many = [Artifact(f"{page:03}", joined, tuple(SketchRef(f"{page}/{text}", "") for text in range(400))) for page in range(5)]
    of_few = [Artifact(f"{page:03}", joined, (SketchRef(f"{page}/0", ""),)) for page in range(5, 205)]
    texts = Texts(lambda ref: msgspec.msgpack.encode(ref.path.encode()), loaded)
    with Pool(2, lambda: nullcontext(executor)) as workers:
        made = list(make_each([*of_many, *of_few], renderer, texts, (), workers))
    assert executor.texts[:5] == [400] * 5 and sum(executor.texts[5:]) == 200 and len(executor.texts) < 15
    assert [(artifact.path, content) for artifact, content in made] == [
        (artifact.path, b"".join(ref.path.encode() for ref in artifact.inputs)) for artifact in (*of_many, *of_few)
    ]

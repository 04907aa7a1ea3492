"""An artifact names its inputs, and its view is handed those and nothing else: a key cannot forget one."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import pressroom.build as spine
from pressroom import outputs
from pressroom.ground import digests
from pressroom.model.artifact import Artifact
from pressroom.model.site import Site
from tests.sites import FILES, REPOSITORY, make_site
from tests.test_sameness import START, settings_of


@pytest.fixture(scope="module")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Artifact]]:
    root = make_site(tmp_path_factory.mktemp("artifacts") / "site", dict(FILES))
    (root / "theme").symlink_to(REPOSITORY / "theme")
    sites: list[Site] = []
    with pytest.MonkeyPatch.context() as patch:
        compose = spine.compose
        patch.setattr(spine, "compose", lambda *given: sites.append(compose(*given)) or sites[-1])
        spine.build(settings_of(root), START)
    yield list(outputs.artifacts(sites[0]))


def test_a_view_is_a_function_of_its_module_that_closes_over_nothing(artifacts: list[Artifact]) -> None:
    for artifact in artifacts:
        view = artifact.view
        assert inspect.isfunction(view) and view.__closure__ is None and "<" not in view.__qualname__, artifact.path


def test_a_view_reads_no_variable_of_its_module_that_can_change(artifacts: list[Artifact]) -> None:
    for view in {artifact.view for artifact in artifacts}:
        for name in inspect.getclosurevars(view).globals:
            value = view.__globals__[name]
            assert not isinstance(value, list | set | dict) or name.isupper() or name.startswith("_"), f"{view.__qualname__} reads {name}"


def test_every_input_has_a_digest_that_says_all_of_it(artifacts: list[Artifact]) -> None:
    for artifact in artifacts:
        for value in artifact.inputs:
            assert digests.of(value) == digests.of(value)


def test_no_two_artifacts_have_one_path(artifacts: list[Artifact]) -> None:
    paths = [artifact.path for artifact in artifacts]
    assert len(paths) == len(set(paths))


def test_nothing_held_is_in_any_artifact(artifacts: list[Artifact]) -> None:
    for artifact in artifacts:
        said = artifact.path + repr(artifact.inputs)
        for word in ("Hushhush", "secret-merger", "Unfinished", "half-written", "Unspeakable"):
            assert word not in said, artifact.path


def test_the_engine_has_one_digest_in_every_process() -> None:
    assert spine.engine_digest() == spine.engine_digest()
    assert Path(spine.__file__).is_file()

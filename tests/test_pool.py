"""A build by many processes: the same bytes and the same faults as by one, and by none where there is little to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image

from pressroom.build import build, engine_digest, examine
from pressroom.commands import builds
from pressroom.ground import executors, pool
from pressroom.ground.problems import Fault
from pressroom.ground.progress import Watched
from pressroom.model.settings import PREVIEW, Derived, Settings
from pressroom.workers import agree
from tests import newsroom, test_derived
from tests.programs import without
from tests.sites import FILES, REPOSITORY, make_site, put, tree_of
from tests.test_sameness import Press

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PICTURE = "releases/2026/river-rises/photo.png"


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool for whatever there is to do, each job small."""
    monkeypatch.setattr(pool, "_STARTING", 0)
    monkeypatch.setattr(pool, "_SENDING", 0)
    monkeypatch.setattr("pressroom.inspection._MANY", 0)
    for module in ("pressroom.press.making", "pressroom.reading.reader"):
        monkeypatch.setattr(f"{module}.JOB", 0.005)


def site_of(root: Path, files: dict[str, str] = FILES, **changed: object) -> Settings:
    """A press room of its own, with pictures where it has the usual files."""
    site = make_site(root, files)
    if files is FILES:
        put(site, "releases/2026/river-rises/index.en.md", FILES["releases/2026/river-rises/index.en.md"] + "\n![The river](photo.png)\n")
        Image.linear_gradient("L").resize((1300, 700)).save(site / "content" / PICTURE)
    return replace(builds.read(site), **changed)  # type: ignore[arg-type]


def faults_of(settings: Settings, public_log: bool = False) -> Fault:
    with pytest.raises(Fault) as caught:
        build(settings, NOW, public_log=public_log)
    return caught.value


@pytest.mark.parametrize(("workers", "seed", "audience"), [(2, "1", "public"), (3, "4242", "preview")])
@pytest.mark.usefixtures("eager")
def test_many_processes_write_the_bytes_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, seed: str, audience: str) -> None:
    alone = site_of(tmp_path / "alone", workers=1, search=True, audience=audience)
    order: dict[str, list[str]] = {"alone": [], "many": []}
    told = build(alone, NOW, Watched(order["alone"].append))
    monkeypatch.setenv("PYTHONHASHSEED", seed)
    many = site_of(tmp_path / "many", workers=workers, search=True, audience=audience)
    found = build(many, NOW, Watched(order["many"].append))
    assert found == told and dict(found.why) == dict(told.why)
    assert tree_of(tmp_path / "many/output") == tree_of(tmp_path / "alone/output")
    assert order["many"] == order["alone"] and len(order["many"]) == len(set(order["many"])) == found.written
    assert build(many, NOW).written == 0


@pytest.mark.usefixtures("eager")
def test_every_page_type_in_every_language_is_the_same(trees: newsroom.Trees, tmp_path: Path) -> None:
    settings = replace(builds.read(REPOSITORY), root=str(tmp_path), content=str(trees.public.parents[1] / "content"), output=str(tmp_path / "press"), workers=3)
    build(settings, newsroom.NOW)
    assert tree_of(tmp_path / "press") == tree_of(trees.public)


@pytest.mark.usefixtures("eager")
def test_editions_that_are_derived_are_the_same(tmp_path: Path) -> None:
    """They are read of a converted text, by a dialect that knows the names in both scripts, and take speakers from their source."""
    for name, workers in (("alone", 1), ("many", 2)):
        derived = (Derived("zh-Hant", "zh-Hans", "s2tw"),)
        site = make_site(tmp_path / name, test_derived.FILES, test_derived.SETTING)
        settings = replace(builds.read(site), derived=derived, workers=workers)
        build(settings, NOW)
    assert tree_of(tmp_path / "many/output") == tree_of(tmp_path / "alone/output")


@pytest.mark.usefixtures("eager")
def test_building_again_by_many_is_building_anew_by_one(tmp_path: Path) -> None:
    press = Press(tmp_path / "site", seed=20260601)
    anew = Press(tmp_path / "other", seed=0)
    for number in range(6):
        if number:
            press.edit()
        anew.settings = replace(press.settings, workers=1)
        anew.root, anew.now = press.root, press.now
        faults, wanted = anew.build_anew(tmp_path / f"anew-{number}")
        press.settings = replace(press.settings, workers=2)
        assert press.build() == faults
        if faults:
            break
        assert tree_of(press.root / "output") == wanted
    assert number > 2


@pytest.mark.usefixtures("eager")
def test_check_says_the_same(tmp_path: Path) -> None:
    files = {**FILES, "releases/2026/odd/index.en.md": '---\ntitle: Odd\ndate: 2026-04-01\n---\n<script>x</script> [nowhere](gone.pdf) and "open\n'}
    alone, many = (examine(site_of(tmp_path / str(workers), files, workers=workers), NOW) for workers in (1, 2))
    assert alone == many and {"FM018", "LK001"} <= {problem.code for problem in many}


@pytest.mark.usefixtures("eager")
def test_the_first_fault_of_a_template_is_told_as_by_one(tmp_path: Path) -> None:
    found = []
    for workers in (1, 2):
        settings = site_of(tmp_path / "site", workers=workers)
        theme = tmp_path / f"theme-{workers}"
        shutil.copytree(settings.theme, theme)
        for name in ("transcript.html", "release.html"):
            (theme / "templates" / name).write_text(f"\n\n{{{{ {name[:5]}.nothing }}}}\n")
        fault = faults_of(replace(settings, theme=str(theme), root=str(tmp_path / "site")))
        found.append([replace(problem, path=problem.path.replace(f"theme-{workers}", "theme")) for problem in fault.problems])
    assert found[0] == found[1] and found[0][0].code == "FT002" and found[0][0].line == 3


@pytest.mark.usefixtures("eager")
def test_a_broken_picture_is_told_by_its_name_and_not_in_a_public_log(tmp_path: Path) -> None:
    settings = site_of(tmp_path / "site", workers=2)
    data = (tmp_path / "site/content" / PICTURE).read_bytes()
    (tmp_path / "site/content" / PICTURE).write_bytes(data[: len(data) // 2])
    (problem,) = faults_of(settings, public_log=True).problems
    assert (problem.code, problem.path) == ("FT011", f"content/{PICTURE}")
    preview = replace(settings, audience=PREVIEW, output=str(tmp_path / "site/preview"))
    (problem,) = faults_of(preview, public_log=True).problems
    assert (problem.code, problem.path) == ("GT002", "")
    assert not (tmp_path / "site/output").exists()


def test_little_work_starts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "local_processes", None)
    settings = replace(site_of(tmp_path / "site", {**FILES}), workers=2)
    build(settings, NOW)
    put(tmp_path / "site", "releases/2025/harbour-opens/index.en.md", FILES["releases/2025/harbour-opens/index.en.md"].replace("Twice", "Thrice"))
    assert build(settings, NOW).written


@contextmanager
def own_executor(root: Path, text: str) -> Iterator[str]:
    root.mkdir(exist_ok=True)
    (root / "own_executor.py").write_text(text)
    try:
        yield "own_executor:opened"
    finally:
        sys.modules.pop("own_executor", None)


@pytest.mark.usefixtures("eager")
def test_an_executor_that_dies_leaves_the_last_good_output(tmp_path: Path) -> None:
    settings = site_of(tmp_path / "site", workers=1)
    build(settings, NOW)
    before = tree_of(tmp_path / "site/output")
    put(tmp_path / "site", "releases/2025/harbour-opens/index.en.md", FILES["releases/2025/harbour-opens/index.en.md"].replace("Twice", "Thrice"))
    text = (
        "from concurrent.futures import ThreadPoolExecutor, BrokenExecutor\n"
        "class opened(ThreadPoolExecutor):\n    count = 0\n"
        "    def submit(self, *args):\n        self.count += 1\n"
        "        if self.count > 1: raise BrokenExecutor('the machine is gone')\n        return super().submit(*args)\n"
    )
    with own_executor(tmp_path / "site", text) as executor:
        (problem,) = faults_of(replace(settings, workers=2, executor=executor)).problems
    assert problem.code == "FT030" and "the machine is gone" in problem.message
    assert tree_of(tmp_path / "site/output") == before
    assert build(settings, NOW).written


@pytest.mark.usefixtures("eager")
def test_threads_of_one_process_write_the_same_bytes(tmp_path: Path) -> None:
    """Whoever names an executor need not know what of the engine two threads may share."""
    build(site_of(tmp_path / "alone", workers=1), NOW)
    with own_executor(tmp_path / "many", "from concurrent.futures import ThreadPoolExecutor as opened\n") as executor:
        build(site_of(tmp_path / "many", workers=3, executor=executor), NOW)
    assert tree_of(tmp_path / "many/output") == tree_of(tmp_path / "alone/output")


DASK = """\
from contextlib import contextmanager

from distributed import Client, LocalCluster


@contextmanager
def opened():
    with LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client.get_executor(pure=False)
"""


@pytest.mark.usefixtures("eager")
def test_a_cluster_of_dask_writes_the_same_bytes(tmp_path: Path) -> None:
    """The example of docs/operators.md, on a real cluster."""
    if not find_spec("distributed"):
        without("distributed")
    assert DASK in (REPOSITORY / "docs/operators.md").read_text(encoding="utf-8")
    alone = site_of(tmp_path / "alone", workers=1)
    build(alone, NOW)
    with own_executor(tmp_path / "many", DASK) as executor:
        many = site_of(tmp_path / "many", workers=4, executor=executor)
        build(many, NOW)
        assert tree_of(tmp_path / "many/output") == tree_of(tmp_path / "alone/output")
        for root in (tmp_path / "alone", tmp_path / "many"):
            put(root, "releases/2025/harbour-opens/index.en.md", FILES["releases/2025/harbour-opens/index.en.md"].replace("Twice", "Thrice"))
        build(alone, NOW)
        build(many, NOW)
    assert tree_of(tmp_path / "many/output") == tree_of(tmp_path / "alone/output")


def test_workers_with_another_engine_are_refused() -> None:
    with pytest.raises(Fault, match="another engine"):
        agree(engine_digest, "that of last year")

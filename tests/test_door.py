"""The door that Pelican opens: nothing is written but by us, and a run that fails says so and leaves the last good output whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pelican
import pytest

from pressroom.plugin import SEAM
from tests.sites import REPOSITORY, build, make_site, put, tree_of
from tests.sites import pelican as run_pelican


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_site(tmp_path_factory.mktemp("door") / "site")
    done = run_pelican(root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A built press room of its own."""
    root = tmp_path / "site"
    shutil.copytree(built, root, symlinks=True)
    return root


def test_the_seams_are_those_of_the_pinned_minor_version() -> None:
    assert pelican.__version__.startswith(f"{SEAM}.")


def test_pelican_has_the_signals_and_classes_that_the_door_uses() -> None:
    from pelican import Pelican, signals
    from pelican.generators import Generator
    from pelican.log import console
    from pelican.settings import DEFAULT_CONFIG, read_settings

    assert {"initialized", "get_generators", "get_writer", "all_generators_finalized", "content_written", "finalized"} <= set(vars(signals))
    assert callable(Pelican.run) and callable(signals.get_generators.receivers_for) and callable(Generator.__init__) and callable(read_settings)
    assert hasattr(console, "quiet") and "ARTICLE_PATHS" in DEFAULT_CONFIG


def test_plain_pelican_and_our_command_write_the_same_bytes(built: Path, tmp_path: Path) -> None:
    other = make_site(tmp_path / "other")
    done = build(other)
    assert done.returncode == 0, done.stderr
    assert tree_of(other / "output") == tree_of(built / "output")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("TYPOGRIFY = True", "TYPOGRIFY"),
        ("IGNORE_FILES = ['*.draft.md']", "HELD_PATH"),
        ("DATE_FORMATS = {'en': '%d'}", "DATE_FORMATS"),
        ("LANGAUGES = ['en']", 'did you mean "LANGUAGES"?'),
        ("TIMEZONE = 'Europe/Pariss'", "TIMEZONE"),
        ("SITEURL = ''", "SITEURL"),
        ("LANGUAGES = ['en', 'zh-hans']", "zh-Hans"),
        ("DEFAULT_LANG = 'de'", "DEFAULT_LANG"),
        ("OUTPUT_PATH = 'content/out'", "OUTPUT_PATH"),
    ],
)
def test_a_setting_that_would_change_a_page_is_refused_before_anything_is_touched(site: Path, line: str, said: str) -> None:
    before = tree_of(site / "output")
    with (site / "pelicanconf.py").open("a") as file:
        file.write(f"{line}\n")
    done = run_pelican(site)
    assert done.returncode == 1, done.stdout + done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr
    assert tree_of(site / "output") == before


def test_a_fault_ends_with_one_and_leaves_the_last_good_output(site: Path) -> None:
    before = tree_of(site / "output")
    put(site, "releases/2026/river-rises/index.en.md", "---\ntitel: The river rises\ndate: 2026-03-04\n---\nText.\n")
    done = run_pelican(site)
    assert done.returncode == 1
    assert 'content/releases/2026/river-rises/index.en.md:2:1: error FM006: unknown field "titel"' in done.stderr
    assert 'did you mean "title"?' in done.stderr and "Traceback" not in done.stderr
    assert tree_of(site / "output") == before


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_changes_no_byte_and_says_so_by_its_code(site: Path, sent: signal.Signals, code: int) -> None:
    before = tree_of(site / "output")
    put(site, "pages/about/index.en.md", "---\ntitle: About us\n---\nChanged.\n")
    (site / "slow_plugin.py").write_text(
        "import time\nfrom pathlib import Path\nfrom pelican import signals\n"
        "def slow(*a, **k):\n    Path('staged').touch()\n    time.sleep(30)\n"
        "def register():\n    signals.content_written.connect(slow)\n"
    )
    configuration = site / "pelicanconf.py"
    configuration.write_text(configuration.read_text().replace('["pressroom.plugin"]', '["pressroom.plugin", "slow_plugin"]') + "sys.path.insert(0, '.')\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "pelican", "content"], cwd=site, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    for _ in range(600):
        if (site / "staged").exists():
            break
        time.sleep(0.05)
    process.send_signal(sent)
    _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert b"Traceback" not in said
    assert tree_of(site / "output") == before
    assert [path.name for path in site.iterdir() if path.name.startswith(".output") and "stage" in path.name] == []


def test_nothing_is_left_to_write_by_our_own_configuration() -> None:
    from pressroom.config import WRITES_NOTHING

    text = (REPOSITORY / "pelicanconf.py").read_text()
    names: dict[str, object] = {}
    exec(compile(text, "pelicanconf.py", "exec"), {"__file__": str(REPOSITORY / "pelicanconf.py")}, names)  # noqa: S102
    from pelican.settings import DEFAULT_CONFIG

    for name, value in WRITES_NOTHING.items():
        assert names.get(name, DEFAULT_CONFIG.get(name)) == value

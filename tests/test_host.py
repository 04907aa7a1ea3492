"""Pelican fails open, and the press room does not: where the engine does not load, where a plugin breaks, where a setting is wrong, plain
`pelican` leaves the last good output and its seal byte for byte, or none where there was none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pressroom.config import WRITES_NOTHING
from pressroom.model.settings import PUBLIC
from pressroom.press.seal import read_standing
from tests.sites import REPOSITORY, build, make_site, put, tree_of
from tests.sites import pelican as run_pelican

HOOK = "from pelican import signals\ndef hook(sender, *a, **k):\n    {does}\ndef register():\n    signals.{signal}.connect(hook)\n"
BEFORE_ANYTHING_IS_WRITTEN = (
    "readers_init", "generator_init", "article_generator_init", "article_generator_pretaxonomy", "article_generator_finalized", "page_generator_init",
    "page_generator_finalized", "static_generator_init", "static_generator_finalized", "all_generators_finalized", "article_writer_finalized",
    "page_writer_finalized", "content_written",
)  # fmt: skip
OF_MAKERS = ("get_generators", "get_writer")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_site(tmp_path_factory.mktemp("host") / "site")
    done = run_pelican(root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(params=["a good output", "no output"])
def site(request: pytest.FixtureRequest, built: Path, tmp_path: Path) -> Path:
    """A press room whose sources have changed since its last good output, or of which there never was one."""
    root = tmp_path / "site"
    shutil.copytree(built, root, symlinks=True, ignore=shutil.ignore_patterns(*([] if request.param == "a good output" else ["output", ".pressroom"])))
    put(root, "pages/about/index.en.md", "---\ntitle: About us\n---\nChanged.\n")
    return root


@pytest.fixture
def changed(built: Path, tmp_path: Path) -> Path:
    """A press room whose sources have changed since its last good output."""
    root = tmp_path / "site"
    shutil.copytree(built, root, symlinks=True)
    put(root, "pages/about/index.en.md", "---\ntitle: About us\n---\nChanged.\n")
    return root


def configure(root: Path, more: str = "", plugins: str = "") -> None:
    path = root / "pelicanconf.py"
    text = path.read_text()
    path.write_text((text.replace('["pressroom.plugin"]', plugins) if plugins else text) + more)


def plug_in(root: Path, code: str, plugins: str = '["other_plugin", "pressroom.plugin"]') -> None:
    (root / "other_plugin.py").write_text(code)
    configure(root, "sys.path.insert(0, '.')\n", plugins)


def left_alone(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs plain `pelican`, and holds that it changed no byte of the output, its seal included, and left no part of another beside it."""
    before = tree_of(root / "output")
    done = run_pelican(root, *arguments, **environment)
    assert tree_of(root / "output") == before
    assert (root / "output").exists() == bool(before)
    assert [path.name for path in root.iterdir() if path.name.startswith(".output")] == []
    if before:
        assert read_standing(str(root / "output")).bears_seal(PUBLIC)
    return done


@pytest.mark.parametrize("plugins", ["[]", '["pressroom.plugn"]', '["presroom.plugin"]', '["pressroom"]'])
def test_where_the_engine_is_not_named_nothing_is_written(site: Path, plugins: str) -> None:
    configure(site, plugins=plugins)
    left_alone(site)
    done = build(site)
    assert done.returncode != 0 and "FT007" in done.stderr


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """A copy of the engine to break."""
    shutil.copytree(REPOSITORY / "pressroom", tmp_path / "engine" / "pressroom", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "engine"


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("__init__.py", "def broken(:\n"),
        ("plugin.py", "def broken(:\n"),
        ("outputs/feeds.py", "def broken(:\n"),
        ("press/seal.py", "raise RuntimeError('broken at import')\n"),
        ("desk/gate.py", "import a_library_that_is_not_there\n"),
        ("plugin.py", "def register():\n    raise RuntimeError('broken at registration')\n"),
        ("outputs/feeds.py", None),
    ],
)
def test_an_engine_that_is_broken_writes_nothing(site: Path, engine: Path, module: str, code: str | None) -> None:
    path = engine / "pressroom" / module
    path.unlink() if code is None else path.write_text(code)
    configuration = site / "pelicanconf.py"
    configuration.write_text(configuration.read_text().replace(f"sys.path.insert(0, {str(REPOSITORY)!r})", ""))
    done = left_alone(site, PYTHONPATH=str(engine))
    assert "broken" in done.stderr or "not_there" in done.stderr or "feeds" in done.stderr


def test_an_engine_that_breaks_at_its_work_writes_nothing_and_says_so(site: Path, engine: Path) -> None:
    with (engine / "pressroom" / "outputs" / "sitemap.py").open("a") as file:
        file.write("\ndef artifacts(site):\n    raise RuntimeError('broken at work')\n")
    configuration = site / "pelicanconf.py"
    configuration.write_text(configuration.read_text().replace(f"sys.path.insert(0, {str(REPOSITORY)!r})", ""))
    done = left_alone(site, PYTHONPATH=str(engine))
    assert done.returncode == 70 and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "def broken(:\n", "raise RuntimeError('broken at import')", "import not_there_at_all", "def register():\n    raise RuntimeError('broken')",
        HOOK.format(signal="initialized", does="raise RuntimeError('broken')"), "a_plugin_without_a_register = True\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("plugins", ['["other_plugin", "pressroom.plugin"]', '["pressroom.plugin", "other_plugin"]'])
def test_another_plugin_that_does_not_load_ends_the_run_badly(changed: Path, code: str, plugins: str) -> None:
    plug_in(changed, code, plugins)
    assert left_alone(changed).returncode != 0


def test_another_plugin_that_is_not_there_is_named(site: Path) -> None:
    configure(site, plugins='["no_such_plugin", "pressroom.plugin"]')
    done = left_alone(site)
    assert done.returncode == 1 and "FT007: the plugin no_such_plugin does not load" in done.stderr


def test_a_plugin_that_does_not_load_is_named_where_the_engine_is_given_as_a_module(changed: Path) -> None:
    configure(changed, "import pressroom.plugin\nPLUGINS = ['no_such_plugin', pressroom.plugin]\n")
    done = left_alone(changed)
    assert done.returncode == 1 and "FT007: the plugin no_such_plugin does not load" in done.stderr


@pytest.mark.parametrize("signal", [*BEFORE_ANYTHING_IS_WRITTEN, *OF_MAKERS])
def test_a_hook_that_raises_ends_the_run_badly_and_shows_no_traceback(changed: Path, signal: str) -> None:
    plug_in(changed, HOOK.format(signal=signal, does="raise RuntimeError('boom')"))
    done = left_alone(changed)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize(("signal", "line"), [("generator_init", ""), ("content_written", ""), ("finalized", "STATIC_PATHS = ['']\n"), ("finalized", "raise OSError\n")])
def test_where_there_was_no_output_a_run_that_fails_leaves_none(built: Path, tmp_path: Path, signal: str, line: str) -> None:
    root = tmp_path / "site"
    shutil.copytree(built, root, symlinks=True, ignore=shutil.ignore_patterns("output", ".pressroom"))
    plug_in(root, HOOK.format(signal=signal, does="raise RuntimeError('boom')"))
    configure(root, line)
    assert left_alone(root).returncode == 1


@pytest.mark.parametrize("signal", ["all_generators_finalized", "page_writer_finalized", "content_written"])
@pytest.mark.parametrize(("does", "code"), [("raise SystemExit(0)", 1), ("raise SystemExit", 1), ("raise SystemExit(5)", 5), ("raise KeyboardInterrupt", 130)])
def test_a_hook_that_ends_the_process_does_not_end_it_well(changed: Path, signal: str, does: str, code: int) -> None:
    plug_in(changed, HOOK.format(signal=signal, does=does))
    assert left_alone(changed).returncode == code


@pytest.mark.parametrize("does", ["raise SystemExit(0)", "raise KeyboardInterrupt"])
def test_a_hook_that_ends_the_process_before_the_run_has_written_nothing(site: Path, does: str) -> None:
    plug_in(site, HOOK.format(signal="initialized", does=does))
    left_alone(site)
    assert build(site).returncode != 0


@pytest.mark.parametrize(("does", "code"), [("raise RuntimeError('boom')", 1), ("raise SystemExit(0)", 1), ("raise KeyboardInterrupt", 130)])
def test_a_hook_that_fails_once_the_site_is_built_leaves_it_whole_and_ends_the_run_badly(site: Path, does: str, code: int) -> None:
    plug_in(site, HOOK.format(signal="finalized", does=does))
    done = run_pelican(site)
    assert done.returncode == code
    assert read_standing(str(site / "output")).bears_seal(PUBLIC)
    assert "Changed." in (site / "output/en/about/index.html").read_text()


GENERATOR = (
    "from pathlib import Path\nfrom pelican import signals\nfrom pelican.generators import Generator\nfrom pelican.writers import Writer\n"
    "class Other(Generator):\n    def generate_output(self, writer):\n        (Path(self.output_path) / 'other.html').write_text('other')\n"
    "class OtherWriter(Writer):\n    def __init__(self, output_path, settings=None):\n        (Path(output_path) / 'other.html').write_text('other')\n"
    "def generators(pelican):\n    return Other\ndef writer(pelican):\n    return OtherWriter\n"
)


@pytest.mark.parametrize("line", ["signals.get_generators.connect(generators)", "signals.get_writer.connect(writer)"])
@pytest.mark.parametrize("plugins", ['["other_plugin", "pressroom.plugin"]', '["pressroom.plugin", "other_plugin"]'])
def test_a_plugin_that_would_write_beside_us_is_refused(site: Path, line: str, plugins: str) -> None:
    plug_in(site, f"{GENERATOR}def register():\n    {line}\n", plugins)
    done = left_alone(site)
    assert done.returncode == 1 and "FT007: the plugin other_plugin brings a generator or a writer of its own" in done.stderr


@pytest.mark.parametrize(
    ("signal", "does"),
    [
        ("initialized", "sender.settings['DIRECT_TEMPLATES'] = ['index']"),
        ("initialized", "sender.settings['DELETE_OUTPUT_DIRECTORY'] = True"),
        ("generator_init", "sender.settings['STATIC_PATHS'] = ['releases']"),
        ("generator_init", "sender.settings['ARTICLE_PATHS'] = ['releases']"),
        ("generator_init", "sender.settings['FEED_ALL_ATOM'] = 'all.xml'"),
        ("generator_init", "sender.context['static_links'].add('releases/2026/secret-merger/index.en.md')"),
    ],
)
def test_a_plugin_that_gives_pelican_something_to_write_is_refused_before_anything_is(site: Path, signal: str, does: str) -> None:
    plug_in(site, HOOK.format(signal=signal, does=does), '["pressroom.plugin", "other_plugin"]')
    done = left_alone(site)
    assert done.returncode == 1 and ("FT006" in done.stderr or "FT007" in done.stderr)


def test_what_a_watching_plugin_writes_into_the_tree_is_gone_with_the_next_build(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(built, root, symlinks=True)
    before = tree_of(root / "output")
    plug_in(root, HOOK.format(signal="finalized", does="open('output/other.html', 'w').write('x')"))
    assert run_pelican(root).returncode == 0 and (root / "output/other.html").exists()
    configure(root, plugins='["pressroom.plugin"]')
    (root / "pelicanconf.py").write_text((root / "pelicanconf.py").read_text().replace('"other_plugin", ', ""))
    assert run_pelican(root).returncode == 0
    assert tree_of(root / "output") == before


TURNED_ON = {
    "TEMPLATE_PAGES": {"page.html": "page.html"}, "CATEGORY_FEED_ATOM": "{slug}.xml", "TRANSLATION_FEED_ATOM": "{lang}.xml", "AUTHOR_FEED_ATOM": "{slug}.xml",
    "AUTHOR_FEED_RSS": "{slug}.rss", "FEED_ALL_ATOM": "all.xml", "OUTPUT_SOURCES": True, "DELETE_OUTPUT_DIRECTORY": True, "CACHE_CONTENT": True,
    "ARTICLE_PATHS": [""], "PAGE_PATHS": ["pages"], "STATIC_PATHS": [""], "THEME_STATIC_PATHS": ["static"], "DIRECT_TEMPLATES": ["index"],
}  # fmt: skip


def test_every_setting_that_lets_pelican_write_is_turned_on_below() -> None:
    assert TURNED_ON.keys() == WRITES_NOTHING.keys()


@pytest.mark.parametrize("name", TURNED_ON)
def test_a_setting_that_lets_pelican_write_is_refused_before_it_does(changed: Path, name: str) -> None:
    configure(changed, f"{name} = {TURNED_ON[name]!r}\n")
    done = left_alone(changed)
    assert done.returncode == 1 and f"FT006: {name}" in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("OUTPUT_PATH = 'content'", "OUTPUT_PATH and PATH"), ("OUTPUT_PATH = '.'", "OUTPUT_PATH"), ("FEED_ALL_RSS = 'all.rss'", "FEED_ALL_RSS"),
        ("NO_SUCH_SETTING = 1", "unknown setting NO_SUCH_SETTING"), ("AUDIENCE = 'everybody'", "AUDIENCE"), ("THEME = 'no-such-theme'", "no-such-theme"),
        ("TIMEZONE = 'Mars/Base'", ""), ("this is no Python", "SyntaxError"), ("raise RuntimeError('broken settings')", "broken settings"),
        ("import not_there_at_all", "not_there_at_all"), ("LANGUAGES = 7", "LANGUAGES"),
    ],
)  # fmt: skip
def test_a_wrong_setting_ends_the_run_badly(changed: Path, line: str, said: str) -> None:
    configure(changed, f"{line}\n")
    done = left_alone(changed)
    assert done.returncode == 1 and said in done.stderr


@pytest.mark.parametrize("arguments", [["-d"], ["-e", "STATIC_PATHS=[\"releases\"]"], ["-o", "content/out"], ["-t", "simple"]])
def test_an_option_of_pelicans_that_would_write_or_delete_is_refused(site: Path, arguments: list[str]) -> None:
    assert left_alone(site, *arguments).returncode == 1
    assert not (site / "content" / "out").exists()


def test_the_file_that_says_where_the_site_goes_is_not_taken_for_the_settings_of_a_build(site: Path) -> None:
    shutil.copy(REPOSITORY / "publishconf.py", site)
    done = left_alone(site, "-s", "publishconf.py")
    assert done.returncode == 1 and "pelican content" in done.stderr and "Traceback" not in done.stderr

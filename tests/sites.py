"""Small press rooms made for tests: real files, a real configuration, the real theme."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]

CONFIGURATION = """\
import sys
sys.path.insert(0, {repository!r})
SITENAME = "Test Office"
SITEURL = "https://press.test"
FEED_AUTHORITY = "press.test,2020"
TIMEZONE = "Europe/Paris"
LANGUAGES = ["en", "zh-Hans", "ar"]
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = {theme!r}
PLUGINS = ["pressroom.plugin"]
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
CACHE_CONTENT = False
# Most tests are of something else, and an index takes longer than all of their pages.
SEARCH = False
"""

NOW = "2026-06-01T12:00:00Z"

FILES = {
    "topics.yml": "water: {names: {en: Water, zh-Hans: 水, ar: ماء}}\nports: {names: {en: Ports, zh-Hans: 港口, ar: موانئ}}\n",
    "people.yml": "ana-diaz:\n  names: {en: Ana Díaz, zh-Hans: 安娜·迪亚斯, ar: آنا دياث}\n",
    "releases/2026/river-rises/index.en.md": (
        "---\ntitle: The river rises\ndate: 2026-03-04T10:00+01:00\nplace: Geneva\ntopics: [water]\nattachments: [data.csv]\n---\n"
        'The "river" rose.\n\nSee [the forum](../../../transcripts/2025/forum/).\n\n> We measured it.\n> — Ana Díaz, Director, Water Agency\n'
    ),
    "releases/2026/river-rises/index.zh-Hans.md": "---\ntitle: 河水上涨\ntranslation: official\nplace: 日内瓦\n---\n河水上涨了。\n",
    "releases/2026/river-rises/index.ar.md": "---\ntitle: النهر يرتفع\ntranslation: official\nplace: جنيف\n---\nارتفع النهر.\n",
    "releases/2026/river-rises/data.csv": "a,b\n1,2\n",
    "releases/2025/harbour-opens/index.en.md": "---\ntitle: The harbour opens\ndate: 2025-05-06\ntopics: [ports, water]\n---\nIt opened.\n\nTwice.\n",
    "transcripts/2025/forum/index.en.md": (
        "---\ntitle: The forum\ndate: 2025-11-02\n---\n[Narration] The office met the press.\n\n"
        "[Soundbite] Ana Díaz | Director | Water Agency\n\nThe dam is full.\n\nCheng Yu reports from Beijing\n\nEditor: Liu Xian\n"
    ),
    "releases/2026/secret-merger/index.en.md": "---\ntitle: Hushhush headline\ndate: 2026-05-01\nembargo: 2030-01-01T10:00[Europe/Paris]\n---\nUnspeakable words.\n",
    "releases/2026/half-written/index.en.md": "---\ntitle: Unfinished thing\ndate: 2026-04-01\nstatus: draft\n---\nNot yet.\n",
    "pages/about/index.en.md": "---\ntitle: About\n---\nAbout the office.\n",
}


def make_site(root: Path, files: dict[str, str] | None = None, configuration: str = "") -> Path:
    """A press room in `root` with `files` below its content folder (by default the sample above)."""
    root.mkdir(parents=True, exist_ok=True)
    text = CONFIGURATION.format(repository=str(REPOSITORY), theme=str(REPOSITORY / "theme"))
    (root / "pelicanconf.py").write_text(text + configuration, encoding="utf-8")
    (root / "content").mkdir(exist_ok=True)
    for name, content in (FILES if files is None else files).items():
        put(root, name, content)
    return root


def put(root: Path, name: str, content: str) -> None:
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def tree_of(folder: Path) -> dict[str, str]:
    """Every file of a tree by its path, with the digest of its bytes; a link or a special file by what it is."""
    found = {}
    for path, folders, names in os.walk(folder):
        for name in (*names, *(name for name in folders if os.path.islink(os.path.join(path, name)))):
            whole = Path(path, name)
            inside = whole.relative_to(folder).as_posix()
            found[inside] = f"link to {os.readlink(whole)}" if whole.is_symlink() else hashlib.sha256(whole.read_bytes()).hexdigest()
    return found


def build(root: Path, audience: str = "public", now: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Our own build of the press room in `root`, in a process of its own, ended as the commands end."""
    return _python(root, ["-c", _BUILD, str(root), audience, now], environment)


def pelican(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Plain `pelican` in the press room in `root`."""
    return _python(root, ["-m", "pelican", "content", "--log-handler", "plain", *arguments], environment)


_BUILD = """\
import sys
from pathlib import Path
from pressroom.commands import builds
from pressroom.ground.problems import Fault
from pressroom.reports import told
try:
    builds.run(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
except Fault as fault:
    print("\\n".join(told(fault.problems, {}, sys.argv[1])), file=sys.stderr)
    sys.exit(fault.exit_code)
"""


def _python(root: Path, arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS", "SOURCE_DATE_EPOCH")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=root, env={**kept, "PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": "1780315200", **environment},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

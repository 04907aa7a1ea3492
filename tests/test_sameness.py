"""The same inputs give the same bytes: built again after any edit as built anew, whatever the machine around it is set to."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from PIL import Image

from pressroom.build import build
from pressroom.ground.problems import Fault
from pressroom.model.settings import Settings
from tests.sites import FILES, REPOSITORY, make_site, put, tree_of
from tests.sites import build as build_apart

START = datetime(2026, 6, 1, 12, tzinfo=UTC)
WORDS = "river gauge harbour water level lock dredge chart “quoted” -- tide *stress* 水位 港口 ميناء 12 … don't".split()


def settings_of(root: Path) -> Settings:
    return Settings(
        root=str(root), content=str(root / "content"), output=str(root / "output"), theme=str(root / "theme"), name="Test Office", url="https://press.test",
        zone="Europe/Paris", default_language="en", languages=("en", "zh-Hans", "ar"), feed_authority="press.test,2020",
    )  # fmt: skip


class Press:
    """A press room that is edited at random."""

    def __init__(self, root: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.root = make_site(root, dict(FILES))
        shutil.copytree(REPOSITORY / "theme", root / "theme")
        (root / "house").mkdir()
        self.now = START
        self.settings = replace(settings_of(root), overrides=str(root / "house"))
        self.count = 0

    def build(self) -> tuple[str, ...]:
        """Builds; the codes of its faults where it fails."""
        return self._built(self.settings)

    def build_anew(self, folder: Path) -> tuple[tuple[str, ...], dict[str, str]]:
        """What a build without any past makes of the same sources."""
        shutil.copytree(self.root, folder, ignore=shutil.ignore_patterns("output", ".output*", ".pressroom"))
        places = {name: str(folder / place) for name, place in (("content", "content"), ("output", "output"), ("theme", "theme"), ("overrides", "house"))}
        faults = self._built(replace(self.settings, root=str(folder), **places))
        tree = tree_of(folder / "output")
        shutil.rmtree(folder)
        return faults, tree

    def _built(self, settings: Settings) -> tuple[str, ...]:
        try:
            build(settings, self.now)
        except Fault as fault:
            return tuple(sorted({problem.code for problem in fault.problems if problem.severity == "error"}))
        return ()

    def edit(self) -> str:
        edit = self.random.choice(EDITS)
        edit(self)
        return edit.__name__

    def text(self) -> str:
        return "\n\n".join(" ".join(self.random.choices(WORDS, k=self.random.randint(1, 12))) for _ in range(self.random.randint(1, 4)))

    def editions(self) -> list[Path]:
        return sorted((self.root / "content").rglob("index.*.md"))

    def any_edition(self) -> Path:
        return self.random.choice(self.editions())


def body_edited(press: Press) -> None:
    path = press.any_edition()
    front, _, _ = path.read_text().rpartition("---\n")
    path.write_text(f"{front}---\n{press.text()}\n")


def title_edited(press: Press) -> None:
    path = press.any_edition()
    press.count += 1
    lines = path.read_text().split("\n")
    path.write_text("\n".join(f"title: Headline {press.count}" if line.startswith("title:") else line for line in lines))


def document_added(press: Press) -> None:
    press.count += 1
    day = press.random.randint(1, 28)
    month, year = press.random.randint(1, 5), press.random.choice((2025, 2026))
    topics = press.random.sample(["water", "ports"], k=press.random.randint(0, 2))
    kind = press.random.choice(("releases", "transcripts"))
    text = press.text() if kind == "releases" else f"[Narration] {press.text()}\n\n[Soundbite] Ana Díaz | Director | Agency\n\n{press.text()}"
    front = f"---\ntitle: Document {press.count}\ndate: {year}-{month:02}-{day:02}\ntopics: [{', '.join(topics)}]\n---\n"
    put(press.root, f"{kind}/{year}/document-{press.count}/index.en.md", front + text + "\n")


def translation_added(press: Press) -> None:
    folder = press.any_edition().parent
    lang = press.random.choice(("zh-Hans", "ar"))
    path = folder / f"index.{lang}.md"
    if not path.exists():
        path.write_text(f"---\ntitle: {press.random.choice(('标题', 'عنوان'))}\ntranslation: machine\n---\n{press.text()}\n")


def document_deleted(press: Press) -> None:
    shutil.rmtree(press.any_edition().parent)


def edition_deleted(press: Press) -> None:
    press.any_edition().unlink()


def document_renamed(press: Press) -> None:
    press.count += 1
    folder = press.any_edition().parent
    folder.rename(folder.with_name(f"renamed-{press.count}"))


def topic_renamed(press: Press) -> None:
    press.count += 1
    put(press.root, "topics.yml", f"water: {{names: {{en: Water {press.count}, zh-Hans: 水, ar: ماء}}}}\nports: {{names: {{en: Ports, zh-Hans: 港口, ar: موانئ}}}}\n")


def template_edited(press: Press) -> None:
    path = press.random.choice(sorted((press.root / "theme" / "templates").glob("*.html")))
    press.count += 1
    path.write_text(re.sub(r"({% block (?:main|text) %})", rf"\1\n<p>{press.count}</p>", path.read_text(), count=1))


def style_edited(press: Press) -> None:
    press.count += 1
    (press.root / "theme" / "static" / "extra.css").write_text(f"p {{ order: {press.count} }}\n")


def look_edited(press: Press) -> None:
    """A file of the site's own takes the place of the theme's, changes, or goes."""
    press.count += 1
    name, text = press.random.choice(OWN_LOOK)
    path = press.root / "house" / name
    if path.exists() and press.random.random() < 0.5:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(press.count))


def setting_edited(press: Press) -> None:
    press.count += 1
    pairs = press.random.choice(((), (("zh-Hans", "ar"),)))
    press.settings = replace(press.settings, name=f"Office {press.count}", side_by_side=pairs)


def clock_put_on(press: Press) -> None:
    press.now += timedelta(days=press.random.choice((1, 400, 1600)))


def held_document_added(press: Press) -> None:
    press.count += 1
    at = (press.now + timedelta(days=press.random.choice((-1, 1, 300)))).strftime("%Y-%m-%dT%H:%M:%SZ")
    put(press.root, f"releases/2026/held-{press.count}/index.en.md", f"---\ntitle: Held\ndate: 2026-01-05\nembargo: {at}\ntopics: [ports]\n---\n{press.text()}\n")


def status_changed(press: Press) -> None:
    path = press.any_edition()
    text = path.read_text()
    path.write_text(text.replace("status: draft\n", "") if "status: draft\n" in text else text.replace("---\n", "---\nstatus: draft\n", 1))


def document_corrected(press: Press) -> None:
    """Keeps the text of an original that was out, opens an entry, and edits."""
    path = press.any_edition()
    text = path.read_text()
    if "translation:" in text or "corrections:" in text or "\ndate: 202" not in text or (path.parent / "v").exists():
        return
    kept = path.parent / "v" / "1"
    kept.mkdir(parents=True)
    for edition in path.parent.glob("index.*.md"):
        shutil.copy(edition, kept)
    at = press.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    type = press.random.choice(("corrected", "updated"))
    front, _, _ = text.partition("\n---\n")
    path.write_text(f"{front}\ncorrections: [{{type: {type}, at: '{at}', note: {{en: So, zh-Hans: 如此, ar: هكذا, fr: Ainsi}}}}]\n---\n{press.text()}\n")


def document_withdrawn(press: Press) -> None:
    path = press.any_edition()
    text = path.read_text()
    if "translation:" not in text and "corrections:" not in text and "\ndate: 202" in text:
        at = press.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        note = "{en: Taken back, zh-Hans: 已撤回, ar: سحب}"
        path.write_text(text.replace("\n---\n", f"\ncorrections: [{{type: withdrawn, at: '{at}', note: {note}}}]\n---\n", 1))


def attachment_edited(press: Press) -> None:
    folder = press.any_edition().parent
    press.count += 1
    (folder / "data.csv").write_text(f"{press.count}\n")


def picture_edited(press: Press) -> None:
    path = press.any_edition()
    press.count += 1
    Image.new("RGB", (481 + press.count % 40, 9), (press.count % 256, 90, 90)).save(path.parent / "photo.png")
    if "photo.png" not in (text := path.read_text()):
        path.write_text(f"{text}\n![A photo](photo.png)\n")


def link_added(press: Press) -> None:
    path, other = press.any_edition(), press.any_edition()
    target = "{filename}/" + other.parent.relative_to(press.root / "content").as_posix() + "/"
    path.write_text(f"{path.read_text()}\n[a link]({target})\n")


def output_deleted(press: Press) -> None:
    found = sorted(path for path in (press.root / "output").rglob("*") if path.is_file())
    if found:
        press.random.choice(found).unlink()


def output_tampered(press: Press) -> None:
    found = sorted(path for path in (press.root / "output").rglob("*") if path.is_file())
    if found:
        press.random.choice(found).write_text("tampered")


def stray_put_into_output(press: Press) -> None:
    (press.root / "output" / "en").mkdir(parents=True, exist_ok=True)
    (press.root / "output" / "en" / "stray.html").write_text("stray")


def nothing(press: Press) -> None:
    """An edit that is none."""


OWN_LOOK = (
    ("templates/release.html", '{{% extends "!theme/release.html" %}}\n{{% block beside %}}<p>{}</p>{{% endblock %}}\n'),
    ("templates/components/end.html", "{{% macro end_mark() %}}\n<p>{}</p>\n{{% endmacro %}}\n"),
    ("static/press.css", "p {{ order: {} }}\n"),
    ("words/ar.po", 'msgid "Topics"\nmsgstr "مواضيع {}"\n'),
)
EDITS: tuple[Callable[[Press], None], ...] = (
    body_edited, title_edited, document_added, document_added, translation_added, document_deleted, edition_deleted, document_renamed,
    topic_renamed, template_edited, style_edited, look_edited, setting_edited, clock_put_on, held_document_added, status_changed, attachment_edited, picture_edited, link_added,
    document_corrected, document_corrected, document_withdrawn,
    output_deleted, output_tampered, stray_put_into_output, nothing,
)  # fmt: skip


@pytest.mark.parametrize(("search", "few", "many"), [(False, 30, 300), (True, 10, 100)], ids=["plain", "with search"])
def test_building_again_after_any_edit_is_building_anew(tmp_path: Path, request: pytest.FixtureRequest, search: bool, few: int, many: int) -> None:
    rounds = many if request.config.getoption("--slow") else few
    press = Press(tmp_path / "site", seed=20201102)
    press.settings = replace(press.settings, search=search)
    assert press.build() == ()
    good = tree_of(press.root / "output")
    done: list[str] = []
    snapshot = tmp_path / "sound"
    for number in range(rounds):
        shutil.rmtree(snapshot, ignore_errors=True)
        shutil.copytree(press.root / "content", snapshot)
        done.append(press.edit())
        touched = done[-1] in ("output_deleted", "output_tampered", "stray_put_into_output")
        before = tree_of(press.root / "output")
        faults = press.build()
        anew, wanted = press.build_anew(tmp_path / f"anew-{number}")
        assert faults == anew, done
        if faults:
            assert tree_of(press.root / "output") == before, done
            shutil.rmtree(press.root / "content")
            shutil.copytree(snapshot, press.root / "content")
        else:
            assert tree_of(press.root / "output") == wanted, done
            assert touched or wanted != {} , done
            good = wanted
    assert good


EXTENSION = """\
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

{more}
class Words(Preprocessor):
    def run(self, lines):
        return [line.replace("rose", {word}) for line in lines]


class Own(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Words(md), "own", 40)


def makeExtension(**options):
    return Own(**options)
"""


@pytest.mark.parametrize("name", ["own", "own.words"])
def test_an_extension_of_the_site_s_own_that_is_edited_has_every_text_read_anew(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path / "site", configuration=f"MARKDOWN = {{'extension_configs': {{{name!r}: {{}}}}}}\n")
    path = site / f"{name.replace('.', '/')}.py"
    path.parent.mkdir(exist_ok=True)
    for word in ("fell", "stood"):
        if name == "own":
            path.write_text(EXTENSION.format(more="", word=repr(word)))
        else:
            path.write_text(EXTENSION.format(more="from own.word import WORD\n", word="WORD"))
            (path.parent / "word.py").write_text(f"WORD = {word!r}\n")
        assert (done := build_apart(site)).returncode == 0, done.stderr
        assert f"The “river” {word}." in (site / "output/en/releases/2026/river-rises/index.md").read_text(encoding="utf-8").replace("\u00a0", " ")


def test_nothing_is_made_where_nothing_changed(tmp_path: Path) -> None:
    press = Press(tmp_path / "site", seed=1)
    assert build(press.settings, press.now).written > 0
    again = build(press.settings, press.now)
    assert (again.written, again.removed, dict(again.why)) == (0, 0, {})


def test_one_edited_body_makes_only_its_own_pages_and_its_tier_of_the_index(tmp_path: Path) -> None:
    press = Press(tmp_path / "site", seed=1)
    build(press.settings, press.now)
    put(press.root, "releases/2025/harbour-opens/index.en.md", FILES["releases/2025/harbour-opens/index.en.md"].replace("Twice", "Three times"))
    why = build(press.settings, press.now).why
    assert set(why) == {".well-known/pressroom.json", "releases/2025/harbour-opens/kit.zip", "verify/2025/en.json", *(f"en/releases/2025/harbour-opens/index.{ending}" for ending in ("html", "json", "md"))}


@pytest.mark.parametrize(
    "around",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
        {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"},
    ],
    ids=lambda around: around["TZ"],
)
def test_the_machine_around_changes_no_byte(tmp_path: Path, around: dict[str, str]) -> None:
    plain = make_site(tmp_path / "plain", configuration="SEARCH = True\n")
    assert build_apart(plain, TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="0").returncode == 0
    other = make_site(tmp_path / "other", dict(reversed(FILES.items())), "SEARCH = True\n")
    before = os.umask(0o077)
    try:
        done = build_apart(other, **around)
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    assert tree_of(other / "output") == tree_of(plain / "output")
    assert all(path.stat().st_mode & 0o777 in (0o644, 0o755) for path in (other / "output").rglob("*"))


def test_the_zones_of_the_machine_change_no_byte(tmp_path: Path) -> None:
    """A system's own may be of another year than those that are pinned, and change under a site that stands."""
    zones, plain, other = tmp_path / "zones", make_site(tmp_path / "plain"), make_site(tmp_path / "other")
    (zones / "Europe").mkdir(parents=True)
    (zones / "Europe/Paris").write_bytes(resources.files("tzdata").joinpath("zoneinfo/Asia/Tokyo").read_bytes())
    assert build_apart(plain).returncode == build_apart(other, PYTHONTZPATH=str(zones)).returncode == 0
    assert tree_of(other / "output") == tree_of(plain / "output")

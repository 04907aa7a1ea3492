"""One small press room in which everything leans on something else, edited again and again: built after each edit as built anew."""

from __future__ import annotations

import io
import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from pressroom.build import build
from pressroom.ground.fingerprints import digest, short
from pressroom.ground.problems import Fault
from pressroom.model.settings import PREVIEW, PUBLIC, Settings
from tests.sites import REPOSITORY, tree_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
RIVER, LEVEL, FRESH = "releases/2026/river", "releases/2026/level", "releases/2026/fresh"
HARBOUR, SPARE, OLD = "releases/2025/harbour", "releases/2025/spare", "releases/2020/old"
MENDED, GONE, SECRET, HALF, LONE = (f"releases/2026/{slug}" for slug in ("mended", "gone", "secret", "half", "lone"))
FORUM, TALK, SESSION, ABOUT = "transcripts/2025/forum", "transcripts/2026/talk", "transcripts/2024/session", "pages/about"
_SOURCES = ("content", "held", "house")
Problems = tuple[tuple[str, str, int, str, str], ...]


def picture(shade: int, width: int = 500) -> bytes:
    opened = io.BytesIO()
    Image.new("RGB", (width, 9), (shade, 90, 90)).save(opened, "PNG")
    return opened.getvalue()


def mark(words: str) -> str:
    """The address of a passage on its page."""
    return f"q-{short(digest(words))}"


def release(title: str, fields: str, text: str = "It is so.") -> str:
    return f"---\ntitle: {title}\n{fields}---\n{text}\n"


FILES: Mapping[str, str | bytes] = {
    "topics.yml": (
        "water: {names: {en: Water, zh-Hans: 水, ar: ماء}}\nports: {names: {en: Ports, zh-Hans: 港口, ar: موانئ}}\nrain: {names: {en: Rain, zh-Hans: 雨, ar: مطر}}\n"
    ),
    "people.yml": (
        "ana-diaz:\n  names: {en: Ana Díaz, zh-Hans: 安娜·迪亚斯, ar: آنا دياث}\n"
        "  offices: [{role: {en: Director, zh-Hans: 总干事, ar: المديرة}, organisation: agency, since: 2020}]\n"
    ),
    "organisations.yml": (
        "agency:\n  names: {en: Water Agency, zh-Hans: 水务局, ar: وكالة المياه}\n"
        "  about: {en: The agency measures., zh-Hans: 水务局负责测量。, ar: تقيس الوكالة.}\n  url: https://agency.test/\n"
    ),
    "contacts.yml": "desk:\n  names: {en: Press desk, zh-Hans: 新闻处, ar: المكتب الصحفي}\n  phone: '+41 22 555 01 01'\n  email: desk@press.test\n",
    f"{RIVER}/index.en.md": release(
        "The river rises",
        "date: 2026-03-04T10:00+01:00\nplace: Geneva\ntopics: [water]\ncontacts: [desk]\norganisation: agency\nattachments: [data.csv]\n",
        'The "river" rose: see [the level](../level/), [the readings](../level/levels.csv) and [the harbour]({filename}/releases/2025/harbour/).\n\n'
        "![A gauge](../level/photo.png)\n\n"
        "About [rain]({tag}rain), by [Ana]({author}ana-diaz), as [in 2020](/en/releases/2020/) and [once](/en/news/spare/).\n\n"
        "> We measured it.\n> — Ana Díaz, Director, Water Agency",
    ),
    f"{RIVER}/index.zh-Hans.md": release("河水上涨", "translation: official\nplace: 日内瓦\n", "河水上涨了，见[水位](../level/)。\n\n> 我们测过。\n> — 安娜·迪亚斯，总干事，水务局"),
    f"{RIVER}/index.ar.md": release("النهر يرتفع", "translation: official\nplace: جنيف\n", "ارتفع النهر، انظر [المستوى](../level/)."),
    f"{RIVER}/data.csv": "a,b\n1,2\n",
    f"{LEVEL}/index.en.md": release(
        "Three metres", "date: 2026-04-05\ntopics: [rain]\nattachments: [levels.csv]\ncaptions: {photo.png: The gauge in April}\ncredits: {photo.png: Ana Díaz}\n",
        "It stands high.\n\n![The gauge](photo.png)\n\nAs [the forum](../../../transcripts/2025/forum/) foresaw.",
    ),
    f"{LEVEL}/index.zh-Hans.md": release("三米", "translation: machine\n", "水位很高。"),
    f"{LEVEL}/levels.csv": "c,d\n3,4\n",
    f"{LEVEL}/photo.png": picture(10),
    f"{HARBOUR}/index.zh-Hans.md": release("港口开放", "date: 2025-05-06\ntopics: [ports]\n", "港口开放了。\n\n已经两次。"),
    f"{HARBOUR}/index.en.md": release("The harbour opens", "translation: official\n", "It opened.\n\nTwice."),
    f"{FORUM}/index.en.md": (
        "---\ntitle: The forum\ndate: 2025-11-02\nmedia: [talk.mp4, captions.en.vtt]\n---\n[Narration] The office met the press about [the river](../../../releases/2026/river/).\n\n"
        "[Soundbite] Ana Díaz | Director | Water Agency\n\nThe dam is full.\n\n[Soundbite] Liu Bo | Engineer\n\nThe gate is shut.\n\n"
        "[Soundbite] Omar Said | Pilot\n\nWe wait.\n\nCheng Yu reports from Beijing\n\nEditor: Liu Xian\n"
    ),
    f"{FORUM}/talk.mp4": b"\0\0\0\x18ftypmp42 talk",
    f"{FORUM}/captions.en.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nThe dam is full.\n",
    f"{TALK}/index.zh-Hans.md": "---\ntitle: 谈话\ndate: 2026-02-03\n---\n[旁白] 办公室会见了记者。\n\n[同期声] 安娜·迪亚斯 | 总干事 | 水务局\n\n水坝满了。\n\n[同期声] 方砚 | 专家\n\n云层很厚。\n",
    f"{SESSION}/index.en.md": "---\ntitle: The session\ndate: 2024-02-03\ntopics: [ports]\n---\n[Narration] They sat.\n\n[Soundbite] Omar Said | Pilot\n\nWe sailed.\n",
    f"{FRESH}/index.en.md": release("It rained", "date: 2026-05-31T20:00Z\ntopics: [water]\n", f"It rained last night, [where]({{filename}}/releases/2025/harbour/#{mark('It opened.')}) it does.\n\n> It poured.\n> — Liu Bo, Engineer"),
    f"{SPARE}/index.en.md": release("A spare thing", "date: 2025-07-08\naliases: [/en/news/spare/]\n"),
    f"{OLD}/index.en.md": release("An old thing", "date: 2020-01-02\ntopics: [water]\n", "It was so.\n\n![The old gauge](photo.png)"),
    f"{OLD}/photo.png": picture(20),
    f"{MENDED}/index.en.md": release(
        "Mended", "date: 2026-03-09\ncorrections:\n- {type: corrected, at: '2026-03-10T10:00:00Z', note: {en: Five., zh-Hans: 五米。, ar: خمسة.}}\n", "It is five metres.\n\nThis stays."
    ),
    f"{MENDED}/index.zh-Hans.md": release("更正过的", "translation: official\n", "水位是五米。\n\n此段没变。"),
    f"{MENDED}/v/1/index.en.md": release("Mended", "date: 2026-03-09\n", "It is [four](../../2025/spare/) metres.\n\nThis stays."),
    f"{MENDED}/v/1/index.zh-Hans.md": release("更正过的", "translation: official\n", "水位是四米。\n\n此段没变。"),
    f"{GONE}/index.en.md": release(
        "Taken from the shelf", "date: 2026-03-11\ntopics: [ports]\ncorrections:\n- {type: withdrawn, at: '2026-03-12T10:00:00Z', note: {en: It was wrong., zh-Hans: 有误。, ar: خطأ.}}\n",
        "Nobody should read this conclusion about the shelf any more.",
    ),
    f"{SECRET}/index.en.md": release(
        "Hushhush merger", "date: 2026-05-01\nembargo: 2026-06-02T12:00:00Z\ntopics: [rain]\nattachments: [terms.csv]\n", "Unspeakable terms of it.\n\n> Quite so.\n> — Omar Said, Pilot"
    ),
    f"{SECRET}/index.zh-Hans.md": release("未公开的合并", "translation: official\n", "合并的条件还不能说出来给大家听。"),
    f"{SECRET}/terms.csv": "unspeakable,terms\n",
    f"{HALF}/index.en.md": release("Unfinished thing", "date: 2026-04-01\nstatus: draft\n", "Not yet."),
    f"{LONE}/index.zh-Hans.md": release("别处", "date: 2026-03-07\ntranslation: unofficial\nsource: {language: ru, url: 'https://example.org/'}\n", "别处的话。"),
    f"{ABOUT}/index.en.md": release("About", "", "About the office, and [the newest](/en/releases/)."),
    f"{ABOUT}/index.zh-Hans.md": release("关于", "translation: official\n", "关于办公室。"),
    "pages/rules/index.en.md": release("Rules", "", "The rules."),
    "root/CNAME": "press.test\n",
}  # fmt: skip


def settings_in(root: Path, settings: Settings | None = None) -> Settings:
    """The settings of a room in `root`: those of another room as they would be there."""
    settings = settings or Settings(
        root="", content="", output="", theme="", name="Test Office", url="https://press.test", zone="Europe/Paris", default_language="en",
        languages=("en", "zh-Hans", "ar"), feed_authority="press.test,2020",
    )  # fmt: skip
    output = "preview" if settings.audience == PREVIEW else "output"
    return replace(
        settings, root=str(root), content=str(root / "content"), held_content=str(root / "held"), overrides=str(root / "house"), output=str(root / output),
        theme=str(REPOSITORY / "theme"),
    )  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """One edit, in a sentence. `faults` are the errors that it ends in; what `changes` nothing leaves the tree as it was; `rare` is for slow mode."""

    says: str
    change: Callable[[Room], object]
    faults: frozenset[str] = frozenset()
    changes: bool = True
    rare: bool = False

    def __str__(self) -> str:
        return self.says


class Room:
    """A press room on the disk that is built, edited and built again, and put back by the next edit on the way.

    A `thorough` one goes each way back by itself, and its reference searches every byte for what is held: else that takes the word of the room's
    record for bytes that it has searched, which has tests of its own.
    """

    def __init__(self, root: Path, files: Mapping[str, str | bytes] = FILES, audience: str = PUBLIC, languages: tuple[str, ...] = ("en", "zh-Hans", "ar"), thorough: bool = False) -> None:
        self.root, self.now, self.thorough = root, NOW, thorough
        for name in _SOURCES:
            (root / name).mkdir(parents=True)
        for name, content in files.items():
            self.put(name, content)
        self.settings = self._settings = settings_in(root, replace(settings_in(root), audience=audience, languages=languages))
        self.snapshot = self._sources()
        said, self.base = self.anew()
        assert self.build() == said == self.build()
        assert_same(self.tree(), self.base)

    @property
    def output(self) -> Path:
        return Path(self.settings.output)

    @property
    def state(self) -> Path:
        return Path(self.settings.state)

    def tree(self) -> dict[str, str]:
        return tree_of(self.output)

    def path(self, name: str) -> Path:
        """A file of the content, or of the sources beside it."""
        return self.root / name if name.split("/")[0] in _SOURCES else self.root / "content" / name

    def put(self, name: str, content: str | bytes) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def edit(self, name: str, before: str, after: str) -> None:
        text = self.path(name).read_text(encoding="utf-8")
        assert before in text
        self.put(name, text.replace(before, after))

    def say(self, name: str, field: str) -> None:
        """One more field in a header."""
        self.edit(name, "\n---\n", f"\n{field}\n---\n")

    def add(self, name: str, text: str) -> None:
        """One more paragraph at the end of a body."""
        self.put(name, f"{self.path(name).read_text(encoding='utf-8')}\n{text}\n")

    def remove(self, name: str) -> None:
        path = self.path(name)
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    def move(self, name: str, to: str) -> None:
        self.path(to).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).rename(self.path(to))

    def set(self, **changes: object) -> None:
        self.settings = replace(self.settings, **changes)

    def build(self) -> Problems:
        """Builds as of `now`; what it says."""
        return self._built(self.settings)

    def anew(self) -> tuple[Problems, dict[str, str]]:
        """What a build without any past makes of the same sources, and says."""
        folder = self.root.parent / f"anew-{time.monotonic_ns()}"
        for name in _SOURCES:
            shutil.copytree(self.root / name, folder / name, symlinks=True)
        settings = settings_in(folder, self.settings)
        record = self.state / "leaks.json"
        if record.exists() and not self.thorough:
            Path(settings.state).mkdir(parents=True)
            shutil.copy(record, settings.state)
        try:
            return self._built(settings), tree_of(Path(settings.output))
        finally:
            shutil.rmtree(folder)

    def _built(self, settings: Settings) -> Problems:
        try:
            problems = build(settings, self.now).problems
        except Fault as fault:
            problems = fault.problems
        told = ((p.severity, p.path.replace(f"{Path(settings.root)}/", ""), p.line, p.code, f"{p.message} {p.hint}") for p in problems)
        return tuple(sorted(told))

    def _sources(self) -> dict[Path, bytes]:
        found = (Path(folder, name) for top in _SOURCES for folder, _, names in os.walk(self.root / top) for name in names)
        return {path: path.read_bytes() for path in found}

    def put_back(self) -> None:
        """Everything as it was, by as little as has to be written."""
        self.settings, self.now = self._settings, NOW
        found = self._sources()
        for path in found.keys() - self.snapshot.keys():
            path.unlink()
            folder = path.parent
            while folder.parent != self.root and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent
        for path, data in self.snapshot.items():
            if found.get(path) != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def forget(self) -> None:
        """Everything that builds have left is gone, and the room is built."""
        for path in (self.root / ".pressroom", *self.root.glob(f"*{self.output.name}*")):
            shutil.rmtree(path)
        self.build()

    def holds(self, edit: Edit) -> None:
        """Whether the room built after an edit is the room built anew, and after the way back what it was."""
        try:
            self.put_back()
            before = self.tree()
            edit.change(self)
            said, (said_anew, wanted) = self.build(), self.anew()
            assert said == said_anew
            assert {code for severity, _, _, code, _ in said if severity == "error"} == edit.faults, said
            assert_same(self.tree(), before if edit.faults else wanted)
            assert edit.faults or edit.changes == (wanted != self.base), "the edit proves nothing"
            if self.thorough:
                self.put_back()
                self.build()
                assert_same(self.tree(), self.base)
        except BaseException:
            self.put_back()
            self.forget()
            raise


def chosen(edits: Iterable[Edit], config: pytest.Config) -> list[Edit]:
    """All edits in slow mode, else those that are not rare."""
    return [edit for edit in edits if config.getoption("--slow") or not edit.rare]


def assert_same(found: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Two trees are one; else the paths that differ are told, and not the digests of all."""
    differing = sorted(path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path))
    assert not differing, differing

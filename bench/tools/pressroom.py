"""The press room itself: `pelicanconf.py`, registries, one folder a document."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import ClassVar

import yaml

from bench.stories import ATTACHMENT, HEADING, NARRATION, QUOTATION, SOUNDBITE, TRANSCRIPT, Story
from bench.tools.tool import REPOSITORY, URL, Tool, linked, put

_FRAME = """\
import sys
sys.path.insert(0, {repository!r})
SITENAME = "Gauge Office"
SITEURL = {url!r}
FEED_AUTHORITY = "press.example.org,2016"
TIMEZONE = "Europe/Zurich"
LANGUAGES = {languages!r}
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = ["pressroom.plugin"]
ARTICLE_PATHS = PAGE_PATHS = STATIC_PATHS = THEME_STATIC_PATHS = DIRECT_TEMPLATES = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
CACHE_CONTENT = False
SEARCH = {search!r}
"""


class Pressroom(Tool):
    name: ClassVar[str] = "pressroom"
    kept: ClassVar[tuple[str, ...]] = (".pressroom",)
    search: ClassVar[bool] = False

    def command(self, now: str) -> list[str]:
        return [*self.program, "build", f"--now={now}"]

    def write_frame(self) -> None:
        corpus = self.corpus
        frame = _FRAME.format(repository=str(REPOSITORY), url=URL, languages=list(corpus.languages), search=self.search)
        put(self.folder / "pelicanconf.py", frame)
        shutil.copy(REPOSITORY / "tasks.py", self.folder)
        shutil.copytree(REPOSITORY / "theme", self.folder / "theme")
        self._registry("people", {id: {"names": dict(names), "offices": [{"role": dict(corpus.role), "organisation": "office"}]} for id, names in corpus.people.items()})
        self._registry("organisations", {"office": {"names": dict(corpus.organisation)}})
        self._registry("topics", {id: {"names": dict(names)} for id, names in corpus.topics.items()})

    def _registry(self, name: str, entries: dict[str, object]) -> None:
        put(self.content / f"{name}.yml", yaml.safe_dump(entries, allow_unicode=True))

    def path(self, story: Story, lang: str) -> Path:
        return self.content / story.folder / f"index.{lang}.md"

    def attachment(self, story: Story) -> Path:
        return self.content / story.folder / ATTACHMENT

    def source(self, story: Story, lang: str, fields: str = "") -> str:
        text = story.texts[lang]
        original = lang == next(iter(story.texts))
        own = f"date: {story.date}\ntopics: [{', '.join(story.topics)}]\norganisation: office\n{fields}" if original else "translation: official\n"
        return f"---\ntitle: {text.title}\nsummary: {text.summary}\nplace: {text.place}\n{own}---\n{self._body(story, lang)}"

    def _body(self, story: Story, lang: str) -> str:
        corpus = self.corpus
        blocks = []
        for part in story.texts[lang].parts:
            words = part.words + linked(corpus, part, "../../../{folder}/")
            who = [corpus.people[part.speaker][lang], corpus.role[lang], corpus.organisation[lang]] if part.speaker else []
            blocks.append({
                HEADING: f"## {words}", NARRATION: f"[Narration] {words}", SOUNDBITE: f"[Soundbite] {' | '.join(who)}\n\n{words}",
                QUOTATION: f"> {words}\n> — {' | '.join(who)}",
            }.get(part.kind, words))  # fmt: skip
        if story.attachment:
            blocks.append(f"{'[Narration] ' if story.kind == TRANSCRIPT else ''}[{ATTACHMENT}]({ATTACHMENT})")
        return "\n\n".join(blocks) + "\n"

    def template(self) -> Path:
        return self.folder / "theme" / "templates" / "release.html"

    def rename_topic(self, topic: str) -> None:
        self._registry("topics", {id: {"names": {lang: f"{name} 2" if id == topic else name for lang, name in names.items()}} for id, names in self.corpus.topics.items()})

    def hold(self, story: Story, until: str) -> None:
        lang = next(iter(story.texts))
        put(self.path(story, lang), self.source(story, lang, f"embargo: {until}\n"))

    def correct(self, story: Story) -> None:
        first = next(iter(story.texts))
        for lang in story.texts:
            put(self.path(story, lang).parent / "v" / "1" / f"index.{lang}.md", self.source(story, lang))
        note = ", ".join(f"{lang}: {self.corpus.words[lang]['subjects'][0]}" for lang in story.texts)
        put(self.path(story, first), self.source(story, first, f"corrections:\n  - {{type: corrected, at: {story.date}T23:00:00Z, note: {{{note}}}}}\n"))
        for lang in story.texts:
            self.edit(story, lang)


class PressroomWithSearch(Pressroom):
    """The same with its search index, which the others do not make."""

    name: ClassVar[str] = "pressroom with search"
    search: ClassVar[bool] = True

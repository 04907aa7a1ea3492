"""Pelican as it comes, its cache on: articles with translations, archives, tags and authors as topics and people, one small plugin for JSON and text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import ClassVar

from bench.stories import ATTACHMENT, Story
from bench.tools.tool import STYLE, URL, Tool, plain_body, put

_OWN = Path(__file__).with_name("pelican")


class StockPelican(Tool):
    name: ClassVar[str] = "pelican"
    kept: ClassVar[tuple[str, ...]] = ("cache",)

    def command(self, now: str) -> list[str]:
        return [*self.program, "content", "-s", "pelicanconf.py", "-q"]

    def write_frame(self) -> None:
        shutil.copytree(_OWN, self.folder, dirs_exist_ok=True)
        put(self.folder / "theme" / "static" / "css" / "press.css", STYLE.read_text(encoding="utf-8"))
        self._names(self.corpus.topics)

    def _names(self, topics: object) -> None:
        names = {"SITEURL": URL, "LANGUAGES": self.corpus.languages, "TOPICS": topics, "PEOPLE": self.corpus.people}
        put(self.folder / "names.json", json.dumps(names, ensure_ascii=False))

    def path(self, story: Story, lang: str) -> Path:
        return self.content / story.folder / f"index.{lang}.md"

    def attachment(self, story: Story) -> Path:
        return self.content / story.folder / ATTACHMENT

    def source(self, story: Story, lang: str, status: str = "published") -> str:
        text = story.texts[lang]
        header = {
            "Title": text.title, "Date": story.date, "Summary": text.summary, "Category": f"{story.kind}s", "Tags": ", ".join(story.topics),
            "Authors": "; ".join(story.speakers), "Slug": story.slug, "Lang": lang, "Place": text.place, "Status": status,
            "Translation": str(lang != next(iter(story.texts))).lower(),
        }  # fmt: skip
        lines = "".join(f"{name}: {value}\n" for name, value in header.items())
        return f"{lines}\n{plain_body(self.corpus, story, lang, '{{filename}}/{folder}/index.' + lang + '.md').replace(f'({ATTACHMENT})', '({attach}' + ATTACHMENT + ')')}"

    def template(self) -> Path:
        return self.folder / "theme" / "templates" / "article.html"

    def rename_topic(self, topic: str) -> None:
        self._names({id: {lang: f"{name} 2" if id == topic else name for lang, name in names.items()} for id, names in self.corpus.topics.items()})

    def hold(self, story: Story, until: str) -> None:
        for lang in story.texts:
            put(self.path(story, lang), self.source(story, lang, "skip"))

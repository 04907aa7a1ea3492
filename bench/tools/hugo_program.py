"""Hugo: leaf bundles with a file per language, taxonomies for topics, people, years and months, three output formats a page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import ClassVar

import yaml

from bench.stories import ATTACHMENT, Story
from bench.tools.tool import STYLE, URL, Tool, plain_body, put

_OWN = Path(__file__).with_name("hugo")


class Hugo(Tool):
    name: ClassVar[str] = "hugo"

    def command(self, now: str) -> list[str]:
        return [*self.program, "--quiet", "--clock", now, "--destination", "output", "--cacheDir", str(self.folder / "cache"), "--noBuildLock"]

    def write_frame(self) -> None:
        shutil.copytree(_OWN, self.folder, dirs_exist_ok=True)
        put(self.folder / "static" / "theme" / "press.css", STYLE.read_text(encoding="utf-8"))
        languages = {lang.lower(): {"languageCode": lang, "weight": weight} for weight, lang in enumerate(self.corpus.languages, 1)}
        config = yaml.safe_load((self.folder / "hugo.yaml").read_text(encoding="utf-8"))
        put(self.folder / "hugo.yaml", yaml.safe_dump({**config, "baseURL": URL, "languages": languages}, allow_unicode=True))
        for taxonomy, terms in (("topics", self.corpus.topics), ("people", self.corpus.people)):
            for id, names in terms.items():
                self._term(taxonomy, id, dict(names))

    def _term(self, taxonomy: str, id: str, names: dict[str, str]) -> None:
        for lang, name in names.items():
            put(self.content / taxonomy / id / f"_index.{lang.lower()}.md", yaml.safe_dump({"title": name}, allow_unicode=True, explicit_start=True) + "---\n")

    def path(self, story: Story, lang: str) -> Path:
        return self.content / story.folder / f"index.{lang.lower()}.md"

    def attachment(self, story: Story) -> Path:
        return self.content / story.folder / ATTACHMENT

    def source(self, story: Story, lang: str, until: str = "") -> str:
        text = story.texts[lang]
        header = {
            "title": text.title, "date": str(story.date), "summary": text.summary, "place": text.place, "topics": list(story.topics), "people": list(story.speakers),
            "years": [str(story.year)], "months": [f"{story.date:%Y-%m}"], "original": next(iter(story.texts)), **({"publishDate": until} if until else {}),
        }  # fmt: skip
        return f"---\n{yaml.safe_dump(header, allow_unicode=True)}---\n{plain_body(self.corpus, story, lang, '/{folder}/')}"

    def template(self) -> Path:
        return self.folder / "layouts" / "releases" / "single.html"

    def rename_topic(self, topic: str) -> None:
        self._term("topics", topic, {lang: f"{name} 2" for lang, name in self.corpus.topics[topic].items()})

    def hold(self, story: Story, until: str) -> None:
        for lang in story.texts:
            put(self.path(story, lang), self.source(story, lang, until))

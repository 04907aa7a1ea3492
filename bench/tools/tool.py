"""What the measuring asks of a generator."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bench.stories import ATTACHMENT, HEADING, QUOTATION, SOUNDBITE, Corpus, Part, Story

REPOSITORY = Path(__file__).resolve().parents[2]
STYLE = REPOSITORY / "theme" / "static" / "press.css"
URL = "https://press.example.org"
READINGS = "gauge,level\n1,412\n2,398\n"


@dataclass(frozen=True)
class Tool(ABC):
    """A generator with a folder of its own. `program` is what is run."""

    name: ClassVar[str]
    kept: ClassVar[tuple[str, ...]] = ()
    """What its cache is, below its folder: what CI restores."""
    folder: Path
    corpus: Corpus
    program: Sequence[str]

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def command(self, now: str) -> list[str]:
        """What builds the site as of an instant (RFC 3339)."""
        return list(self.program)

    def environment(self) -> Mapping[str, str]:
        return {}

    def write(self) -> None:
        """The whole site's sources."""
        self.write_frame()
        for story in self.corpus:
            self.add(story)

    def add(self, story: Story) -> None:
        """The sources of one story, in the languages that it has."""
        for lang in story.texts:
            put(self.path(story, lang), self.source(story, lang))
        if story.attachment:
            put(self.attachment(story), READINGS)

    def edit(self, story: Story, lang: str) -> None:
        """One more sentence at the end of a body."""
        path = self.path(story, lang)
        put(path, f"{path.read_text(encoding='utf-8')}\n{self.corpus.words[lang]['subjects'][0]} 1911.\n")

    def correct(self, story: Story) -> None:
        """Another figure in every language of a story, and a note that says so."""
        for lang in story.texts:
            self.edit(story, lang)

    def touch_template(self) -> None:
        """Another byte in the template of a release."""
        path = self.template()
        put(path, f"{path.read_text(encoding='utf-8')}<!-- -->\n")

    @abstractmethod
    def write_frame(self) -> None: ...

    @abstractmethod
    def path(self, story: Story, lang: str) -> Path: ...

    @abstractmethod
    def attachment(self, story: Story) -> Path: ...

    @abstractmethod
    def source(self, story: Story, lang: str) -> str: ...

    @abstractmethod
    def template(self) -> Path: ...

    @abstractmethod
    def rename_topic(self, topic: str) -> None: ...

    @abstractmethod
    def hold(self, story: Story, until: str) -> None: ...


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def plain_body(corpus: Corpus, story: Story, lang: str, link: str) -> str:
    """A body in the Markdown that every generator reads. `link` is the target of a link to an earlier story, with its `{folder}` and `{slug}`."""
    blocks = []
    for part in story.texts[lang].parts:
        words = part.words + linked(corpus, part, link)
        if part.kind == HEADING:
            words = f"## {words}"
        elif part.kind in (QUOTATION, SOUNDBITE):
            words = f"> {words}\n>\n> — {corpus.people[part.speaker][lang]}, {corpus.role[lang]}, {corpus.organisation[lang]}"
        blocks.append(words)
    if story.attachment:
        blocks.append(f"[{ATTACHMENT}]({ATTACHMENT})")
    return "\n\n".join(blocks) + "\n"


def linked(corpus: Corpus, part: Part, link: str) -> str:
    if part.link < 0:
        return ""
    return f" [{corpus.slug(part.link)}]({link.format(folder=corpus.folder(part.link), slug=corpus.slug(part.link))})"

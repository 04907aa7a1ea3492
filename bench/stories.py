"""The stories that are measured: invented, in six languages, and the same for ever.

Half are transcripts of about twelve segments, half releases of 400 to 600 words; each has three topics, people, quotations and links, every fourth
an attachment. Story n does not depend on how many there are, so that a larger corpus holds the smaller one.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

RELEASE, TRANSCRIPT = "release", "transcript"
PARAGRAPH, HEADING, QUOTATION, NARRATION, SOUNDBITE = "paragraph", "heading", "quotation", "narration", "soundbite"
ATTACHMENT = "readings.csv"
NEWEST = date(2026, 10, 30)
YEARS = 10
_DAYS = YEARS * 365
_WORDS = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a text: its kind, its words with a link where one stands, and who says them (a person's id)."""

    kind: str
    words: str
    speaker: str = ""
    link: int = -1


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    summary: str
    place: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One document in its languages, the original first. `date` is its day; `links` lead to earlier stories' numbers."""

    number: int
    kind: str
    slug: str
    date: date
    topics: tuple[str, ...]
    speakers: tuple[str, ...]
    texts: Mapping[str, Text]
    attachment: bool

    @property
    def year(self) -> int:
        return self.date.year

    @property
    def folder(self) -> str:
        return f"{self.kind}s/{self.year}/{self.slug}"


class Corpus:
    """The first `count` stories, and what they name: topics, people, an organisation, each with its names per language."""

    def __init__(self, count: int) -> None:
        words = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
        self.count = count
        self.languages: tuple[str, ...] = tuple(words["language"])
        self.words: Mapping[str, Mapping[str, list[str]]] = words["language"]
        self.topics: Mapping[str, Mapping[str, str]] = words["topics"]
        self.people: Mapping[str, Mapping[str, str]] = words["people"]
        self.organisation: Mapping[str, str] = words["organisation"]
        self.role: Mapping[str, str] = words["role"]

    def __iter__(self) -> Iterator[Story]:
        """From the oldest to the newest."""
        return (self.story(number) for number in range(self.count))

    def day(self, number: int) -> date:
        return NEWEST - timedelta(days=_DAYS - 1 - (number * 379) % _DAYS)

    def kind(self, number: int) -> str:
        return TRANSCRIPT if number % 2 else RELEASE

    def folder(self, number: int) -> str:
        return f"{self.kind(number)}s/{self.day(number).year}/{self.slug(number)}"

    def slug(self, number: int) -> str:
        return f"reading-{number:06}"

    def story(self, number: int, languages: int = 0) -> Story:
        """Story n; in its first `languages` languages alone where that is given."""
        chance = random.Random(f"story {number}")
        topics = tuple(chance.sample(sorted(self.topics), 3))
        speakers = tuple(chance.sample(sorted(self.people), 2))
        shape = self._shape(number, chance, speakers)
        spoken = self.languages[number % len(self.languages) :] + self.languages[: number % len(self.languages)]
        texts = {lang: self._text(number, lang, shape) for lang in spoken[: languages or None]}
        return Story(number, self.kind(number), self.slug(number), self.day(number), topics, speakers, texts, number % 4 == 0)

    def secret(self, number: int) -> Story:
        """A story in words that no other has: what is held until an instant, and is looked for in all that goes out."""

        def own(words: str) -> str:
            return "".join(chr(ord(char) + 1) if char.isalpha() and chr(ord(char) + 1).isalpha() else char for char in words)

        story = self.story(number)
        texts = {
            lang: Text(own(text.title), own(text.summary), text.place, tuple(replace(part, words=own(part.words)) for part in text.parts))
            for lang, text in story.texts.items()
        }
        return replace(story, texts=texts)

    def _shape(self, number: int, chance: random.Random, speakers: tuple[str, ...]) -> list[Part]:
        """The pieces without words, alike in every language: kinds, speakers, links, and in place of words how many sentences."""
        links = [chance.randrange(min(number, self.count)) for _ in range(2)] if number else []
        if self.kind(number) == TRANSCRIPT:
            turns = [Part(SOUNDBITE if turn % 2 else NARRATION, "12"[turn % 2], speakers[turn // 2 % 2] if turn % 2 else "") for turn in range(12)]
            return [Part(part.kind, part.words, part.speaker, links[turn // 6]) if links and turn in (0, 6) else part for turn, part in enumerate(turns)]
        parts = [Part(PARAGRAPH, "3", link=links[0] if links else -1), Part(PARAGRAPH, "2"), Part(QUOTATION, "2", speakers[0]), Part(HEADING, "0")]
        parts += [Part(PARAGRAPH, "3", link=links[1] if links else -1), Part(PARAGRAPH, "2"), Part(QUOTATION, "2", speakers[1]), Part(HEADING, "0")]
        return [*parts, Part(PARAGRAPH, "3"), Part(PARAGRAPH, "2"), Part(PARAGRAPH, "2")]

    def _text(self, number: int, lang: str, shape: list[Part]) -> Text:
        chance = random.Random(f"text {number} {lang}")
        words = self.words[lang]
        subject, predicate = chance.choice(words["subjects"]), chance.choice(words["predicates"])
        joint = words["joint"][0]
        title = f"{subject}{joint}{predicate}{joint}{number}"

        def sentence() -> str:
            opening = ("openings",) if chance.random() < 0.1 else ()
            parts = [chance.choice(words[kind]) for kind in (*opening, "subjects", "predicates", "objects", "closings")]
            return f"{joint.join(parts)}{joint}{chance.randint(2, 9999)}{words['stop'][0]}"

        def words_of(part: Part) -> str:
            if part.kind == HEADING:
                return f"{chance.choice(words['objects'])}{joint}{chance.randint(2, 99)}"
            said = [sentence() for _ in range(int(part.words))]
            if part.kind == PARAGRAPH and chance.random() < 0.3:
                said.append(f'"{chance.choice(words["objects"])}"{words["stop"][0]}')
            return words["between"][0].join(said)

        parts = tuple(Part(part.kind, words_of(part), part.speaker, part.link) for part in shape)
        return Text(title, sentence(), chance.choice(words["places"]), parts)

"""Chinese from one script into the other, phrase by phrase, by OpenCC; of Markdown only what is text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from opencc import OpenCC

from pressroom.ground import digests, languages

CONVERSIONS = ("s2t", "s2tw", "s2twp", "s2hk")
"""OpenCC's own names: characters alone, as they are written in Taiwan, with the words that Taiwan says otherwise, as they are written in Hong Kong."""
_OF_REGION = {"HK": "s2hk", "MO": "s2hk"}

# What stands in Markdown and is no text, or is text of another language; each with an end within reach, so that no text makes the search long.
_KEPT = re.compile(
    r"""
      ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:[^\n]*\n){0,400}?[ ]{0,3}(?P=fence)[`~]*[ \t]*$
    | (?<!`)(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`)
    | <(?P<tag>[a-z][a-z0-9]*)\b[^<>]{0,200}?\blang=["']?(?!zh)[a-z][^<>]*>.{0,5000}?</(?P=tag)>
    | <[A-Za-z/!?](?:"[^"]{0,1000}"|'[^']{0,1000}'|[^"'<>]){0,500}+>
    | \[(?:[^\[\]\\]|\\.){1,1000}+\]\{[^{}\n]*\blang=(?!zh)[^{}\n]*\}
    | \]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)
    | (?<=\]):[ \t]*\S*(?:/|\.[A-Za-z0-9]{2,5}(?![^\s?\#]))\S*(?=[ \t]*(?:["'(].*)?$)
    | \{[^{}\n]*\}
    | https?://[^\s<>，。；！？、）】》」”]+
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
# Between two letters it is an apostrophe.
_QUOTATION_MARK = re.compile(r"[“”‘„«»‹›「」『』]|’(?![A-Za-z])|(?<![A-Za-z])’")


def is_convertible(source: str, lang: str) -> bool:
    """Whether OpenCC makes a text of one language from that of the other."""
    chinese = source.split("-")[0] == lang.split("-")[0] == "zh"
    return chinese and (languages.script(source), languages.script(lang)) == ("Hans", "Hant")


def usual(lang: str) -> str:
    """The conversion for a language where none is named: it changes how words are written, and never which."""
    return next((_OF_REGION[part] for part in lang.split("-")[1:] if part in _OF_REGION), "s2tw")


@lru_cache(maxsize=len(CONVERSIONS))
def _opencc(name: str) -> OpenCC:
    return OpenCC(name)


@dataclass(frozen=True)
class Conversion:
    """How texts of `source` become texts of `lang`. `names` are those that are known in both: what the office calls somebody wins.

    `marks` are the quotation marks of the one by those of the other.
    """

    lang: str
    source: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        return digests.of((self.lang, self.source, self.name, sorted(self.names.items()), sorted(self.marks.items())))

    def text(self, text: str) -> str:
        if text.isascii():
            return text
        parts = _named(tuple(self.names)).split(text) if self.names else [text]
        return "".join(self.names[part] if part in self.names else self._converted(part) for part in parts)

    def _converted(self, text: str) -> str:
        return _QUOTATION_MARK.sub(lambda mark: self.marks.get(mark[0], mark[0]), _opencc(self.name).convert(text))

    def markdown(self, text: str) -> str:
        """A text's source: code, targets, tags and what is in another language stay as they are."""
        parts, last = [], 0
        for found in _KEPT.finditer(text):
            parts += [self.text(text[last : found.start()]), found[0]]
            last = found.end()
        return "".join([*parts, self.text(text[last:])])


@lru_cache(maxsize=8)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})")

"""Tags: the table of aliases, and what a tag looks like at the beginning of a line."""

from __future__ import annotations

import difflib
import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FAMILIES = {"[": "]", "【": "】", "［": "］", "〔": "〕", "〖": "〗", "◀": "▶", "<": ">"}
"""Each opening bracket and its own closing one. `<>` encloses a known kind in a script of its own only."""

_CLOSERS = "".join(close for close in FAMILIES.values() if close != ">")
_OPENERS = "".join(open for open in FAMILIES if open != "<")
# Marks of direction and joiners: a keyboard or a text processor puts them in, and nobody sees them.
_UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_LONGEST = 80
_KIND = re.compile(r"(?P<kind>.*?)[ ]?(?P<number>\d*)[ ]?(?P<languages>(?:\([^()]{1,40}\)[ ]?)*):?")
_SHOT = re.compile(r"\s*(?P<shot>[(（]?\d{1,4}[)）]?)[.．、:：]?\s*")
_NEVER = re.compile(r"\s*|\s*[xX]\s*|\^.*|[\W\d_]*|toc", re.IGNORECASE)
_LONE_LATIN = re.compile(r"[A-Z]")
_CODE_SPAN = re.compile(r"`[^`\n]*`")
_INSIDE = re.compile(rf"[{re.escape(_OPENERS)}](?P<text>[^{re.escape(_OPENERS + _CLOSERS)}\n]{{1,{_LONGEST}}})[{re.escape(_CLOSERS)}]")
# The French put a space before the colon.
_COLON = re.compile(rf"[{_UNSEEN}]*(?:[:：]|[ \t\u00a0\u202f{_UNSEEN}]+(?::(?=\s|$)|：))")
_LANGUAGE = re.compile(r"[(（](?P<language>[^()（）]{1,40})[)）](?:[ \t\u00a0]*+[:：])?(?:\s+|$)")
_MARKS = re.compile(f"[{_UNSEEN}]")
_ROUND = re.compile(rf"\A[\s{_UNSEEN}]+|[\s{_UNSEEN}]+\Z")
_LEAD = re.compile(f"[ \\t\u3000\u00a0{_UNSEEN}]*")
_SENTENCE_END = '.!?…。！？"”’»」』)）:：;；'


def alias_key(text: str) -> str:
    """A tag as tags are compared: NFKC, case folded, single spaces, without marks that are not seen."""
    return _as_seen(text).casefold()


@functools.cache
def word_tables() -> Mapping[str, Any]:
    """The words of the dialect as tags.toml lists them."""
    return tomllib.loads(Path(__file__).with_name("tags.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the dialect on one site."""

    kinds: Mapping[str, str]
    colon_kinds: Mapping[str, str]
    questions: frozenset[str]
    answers: frozenset[str]
    credit_labels: frozenset[str]


def read_words(tags: Mapping[str, str], credit_labels: Sequence[str]) -> Words:
    """The table, with a site's own aliases and credit labels in it. A site's alias wins over ours."""
    return _words(tuple(tags.items()), tuple(credit_labels))


@functools.lru_cache(maxsize=16)
def _words(tags: tuple[tuple[str, str], ...], credit_labels: tuple[str, ...]) -> Words:
    tables = word_tables()
    kinds = {alias_key(alias): kind for kind, aliases in tables["kinds"].items() for alias in aliases}
    kinds |= {alias_key(alias): kind for alias, kind in tags}
    latin = {alias_key(alias) for alias in tables["colon"]["latin"]}
    turns = {kind: frozenset(map(alias_key, words)) for kind, words in tables["turns"].items()}
    return Words(
        kinds,
        # Before a colon a word for question or answer is a turn of nobody (rule 9), where a voice tag would look for a person.
        {key: kind for key, kind in kinds.items() if key not in turns.get(kind, ()) and (key in latin or not key.isascii() and not _has_latin(key))},
        turns["question"],
        turns["answer"],
        frozenset(alias_key(label) for label in [*tables["credits"]["labels"], *credit_labels]),
    )


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag in its line, offsets from 0: `at` is its first character, `end` the one after it, `after` where its text begins."""

    text: str
    kind: str
    at: int
    end: int
    after: int
    number: str = ""
    language: str = ""
    shot: str = ""
    open: str = ""
    close: str = ""

    @property
    def link_key(self) -> str:
        """The tag's text as labels of link definitions are compared."""
        return " ".join(self.text.casefold().split())

    @property
    def mixed(self) -> bool:
        return bool(self.open) and FAMILIES[self.open] != self.close

    @property
    def corrected(self) -> str:
        return f"{self.open}{self.text}{FAMILIES[self.open]}"


def indent_width(line: str) -> int:
    """How many characters of white space begin a line; the full-width space and a byte order mark count as such."""
    return len(line) - len(line.lstrip(" \t\u3000\u00a0\ufeff"))


def first_sign(line: str) -> int:
    """Where the first sign stands that is seen: behind the indent, and behind marks of direction."""
    return _LEAD.match(line).end()  # type: ignore[union-attr]


def read_kind(text: str, kinds: Mapping[str, str]) -> tuple[str, str, str]:
    """The kind, number and language of a tag's text; the kind is empty where the table does not know it."""
    if alias_key(text) in kinds:
        return kinds[alias_key(text)], "", ""
    found = _KIND.fullmatch(_as_seen(text))
    if not found:
        return "", "", ""
    languages = ", ".join(part.strip() for part in re.findall(r"\(([^()]*)\)", found["languages"]))
    return kinds.get(alias_key(found["kind"]), ""), found["number"], languages


def read_bracket(line: str, at: int, words: Words) -> Tag | None:
    """Text in brackets at this place, as a tag of a known kind (`kind` set) or of none; None where Markdown has another use for it."""
    open = line[at : at + 1]
    if open not in FAMILIES:
        return None
    close = at + 1
    while close < min(len(line), at + 2 + _LONGEST) and line[close] not in _CLOSERS and (open != "<" or line[close] != ">"):
        if line[close] in _OPENERS or line[close] == "\\":
            return None
        close += 1
    if close >= min(len(line), at + 2 + _LONGEST):
        return None
    inner = line[at + 1 : close]
    kind, number, language = read_kind(inner, words.kinds)
    if _NEVER.fullmatch(inner) or line[close] != FAMILIES[open] and not kind:
        return None
    if open == "<" and (not kind or inner.isascii() or _has_latin(inner)):
        return None
    rest = line[close + 1 :]
    after = close + 1
    if open == "[" and line[close] == "]":
        if rest[:1] and (rest[0] in "([{" or rest[0].isalnum() and not _may_follow(rest[0], inner, kind)):
            return None
        if rest.startswith(":") and (not kind or not rest[1:].strip()):
            return None
    colon = _COLON.match(rest)
    after += colon.end() if colon else 0
    after += len(line[after:]) - len(line[after:].lstrip())
    # The agencies write the language between the tag and the name.
    spoken = _LANGUAGE.match(line, after) if kind == "soundbite" and not language and not colon else None
    text = inner.strip().rstrip(":：").rstrip()
    if spoken:
        text, language, after = f"{text} {spoken[0].rstrip().rstrip(':：').rstrip()}", spoken["language"].strip(), spoken.end()
    return Tag(text, kind, at, close + 1, after, number, language, "", open, line[close])


def read_shot(line: str, at: int) -> tuple[str, int]:
    """The shot number before a tag, and where the tag begins; an empty one where there is none."""
    found = _SHOT.match(line, at)
    if not found or line[found.end() : found.end() + 1] not in FAMILIES:
        return "", at
    return found["shot"].strip("(（)）"), found.end()


def read_colon_tag(line: str, at: int, words: Words) -> Tag | None:
    """`VO: …`, `SOUNDBITE 2 (English): …`, `解说：…`: capitals only where the script has them."""
    label, colon = label_before_colon(line, at)
    if not label:
        return None
    kind, number, language = read_kind(label, words.colon_kinds)
    bare = re.split(r"[\d(（]", label)[0]
    if not kind or _has_latin(bare) and bare != bare.upper():
        return None
    after = colon + 1 + len(line[colon + 1 :]) - len(line[colon + 1 :].lstrip())
    return Tag(label, kind, at, colon + 1, after, number, language)


def label_before_colon(line: str, at: int) -> tuple[str, int]:
    """The text before a line's first colon, at most eighty characters, and the colon's place; empty where a colon labels nothing."""
    window = line[at : at + _LONGEST + 1]
    found = re.search(r"[:：]", window)
    if not found or not _ROUND.sub("", window[: found.start()]):
        return "", -1
    colon = at + found.start()
    follows = line[colon + 1 : colon + 2]
    if found[0] == ":" and window[: found.start()].isascii() and follows and follows.isascii() and not follows.isspace() and follows not in "\"'*_":
        return "", -1
    return _ROUND.sub("", window[: found.start()]), colon


def tags_inside(text: str, words: Words) -> list[tuple[int, int]]:
    """Where known tags stand inside a text that was not split there: start and end."""
    found = []
    if _CODE_SPAN.search(text):
        text = _CODE_SPAN.sub(lambda span: " " * len(span[0]), text)
    for match in _INSIDE.finditer(text):
        kind = read_kind(match["text"], words.kinds)[0]
        if kind and (match[0][0] != "[" or _stands_as_tag(text, match)):
            found.append(match.span())
    return found


def nearest_alias(text: str, words: Words) -> str:
    """The known alias that an unknown tag is most like, or nothing."""
    close = difflib.get_close_matches(alias_key(text), words.kinds, n=1, cutoff=0.75)
    return close[0] if close else ""


def _as_seen(text: str) -> str:
    return " ".join(_MARKS.sub("", unicodedata.normalize("NFKC", text)).split())


def _stands_as_tag(text: str, match: re.Match[str]) -> bool:
    """In running text `[total]` is an editor's insertion; after the end of a sentence or at the beginning of a line it is a tag."""
    before = text[max(0, match.start() - 200) : match.start()].rstrip(" \t\u3000\u00a0")
    escaped = match.start() > 0 and text[match.start() - 1] in "\\!"
    linked = text[match.end() : match.end() + 1] in ("(", "[", "{", ":")
    return not escaped and not linked and (not before or before[-1] in _SENTENCE_END)


def _may_follow(char: str, inner: str, kind: str) -> bool:
    """`[解说]11月…` and `[Commentary]On …` are tags whose space is missing; `[T]he` and `[Off]ice` are words."""
    if not inner.strip()[-1:].isascii():
        return True
    return bool(kind) and not char.islower()


def _has_latin(text: str) -> bool:
    return any(char.isalpha() and unicodedata.name(char, "").startswith("LATIN") for char in text)

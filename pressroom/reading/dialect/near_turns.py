"""What begins a paragraph as if somebody spoke, and opens no turn by rule 9."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pressroom.model.people import folded_name
from pressroom.reading.dialect.labels import is_name_shaped, turn_word
from pressroom.reading.dialect.tags import Words, alias_key, read_kind
from pressroom.reading.dialect.tails import label_of
from pressroom.reading.dialect.voices import has_han, is_capitalised, is_person, is_sentence

_MARKS = r"(?:[*_]|</?(?:b|strong|i|em|u)>)*+"
_ASIDE = r"(?:\[[^\[\]\n]{1,60}\]|[(（][^()（）\n]{1,60}[)）])"
_LABEL = re.compile(rf"(?P<mark>{_MARKS})(?P<name>[^\s:：*_<>\[\]()（）{{}}|`][^:：*_<>\[\]()（）{{}}|`\n]{{0,59}}?)\s*+(?P<aside>{_ASIDE})?{_MARKS}\s*+[:：](?=\s|[*_<]|[^\x00-\x7f]|$)")
_IN_BRACKETS = re.compile(r"\[(?P<name>[^\[\]\n]{1,60})\]:(?=\s)")
# `Q. When?`, `P.- ¿Y ahora?`, `Q - Est-ce fini ?`, and a Q with a gap behind it.
_WITHOUT_COLON = re.compile(r"[*_]{0,3}(?P<name>[^\W\d_]{1,12})[ ]?\d{0,3}(?P<sign>\.-|\.(?=\s)|\s*+[-–—](?=\s)|[)](?=\s)|[ \u00a0]{2}|\t)\s*+\S")
_TAG = re.compile(r"[(（](?P<name>[A-Z]{2,10})[)）](?=\s)|(?P<bare>[A-Z]{2,10})(?=[ ]?\()")
_HEADING = re.compile(r"#{1,6}[ \t]*+(?P<name>[^\s#:：*_<>\[\]|`][^:：*_<>\[\]|`\n]{0,59}?)[ \t]*+(?P<colon>[:：]?)[ \t]*+#*[ \t]*+$")
_ALONE = re.compile(r"(?P<mark>[*_]{0,3}+)(?P<name>[^\s*_<>\[\]|`][^*_<>\[\]|`\n]{0,59}?)[*_]{0,3}+[ \t]*+$")
_DASHED = re.compile(r"\.-|\s*[-–—]")


@dataclass(frozen=True, slots=True)
class NearTurn:
    """What looks like a label at a place in its line, to its `end`. `certain` says that nothing else can be meant."""

    name: str
    end: int
    hint: str
    certain: bool = False


class NearTurns:
    """The near turns of one body. `firsts` are the first lines of its paragraphs, from where what is said begins."""

    def __init__(self, firsts: Iterable[str], words: Words) -> None:
        self.words = words
        self.counts: Counter[str] = Counter()
        self.asks: set[bool] = set()
        for line in firsts:
            if found := _LABEL.match(line):
                self.counts[folded_name(found["name"])] += 1
            if (found := _WITHOUT_COLON.match(line)) and turn_word(found["name"], words) == "question":
                self.asks.add(bool(_DASHED.fullmatch(found["sign"])))

    def find(self, line: str, at: int, named: Collection[str], repeated: Collection[str], last: bool) -> NearTurn | None:
        """What at this place in a line that opens no turn looks as if it should. `last` says that the line may be a credit."""
        if found := _HEADING.match(line, at):
            return self._heading(found, named, repeated)
        if (found := _WITHOUT_COLON.match(line, at)) and self._asks(found):
            return NearTurn(found["name"], found.end("name"), f"write {found['name']}: with a colon", certain=True)
        if found := _LABEL.match(line, at):
            return self._label(found, named, repeated, last)
        if (found := _ALONE.match(line, at)) and self._is_label_alone(found, named, repeated):
            return NearTurn(found["name"], found.end(), _speaks(found["name"]))
        if (found := _IN_BRACKETS.match(line, at)) and _may_be_a_name(found["name"], named):
            return NearTurn(found["name"], found.end(), _speaks(found["name"]))
        found = _TAG.match(line, at)
        tag = found["name"] or found["bare"] if found else ""
        if found and read_kind(tag, self.words.colon_kinds)[0]:
            return NearTurn(tag, found.end(), f"write the tag in square brackets: [{tag}]", certain=True)
        return None

    def _label(self, found: re.Match[str], named: Collection[str], repeated: Collection[str], last: bool) -> NearTurn | None:
        name, key = found["name"], folded_name(found["name"])
        if turn_word(name, self.words):
            return NearTurn(name, found.end(), f"write {name}: without anything before it or before the colon", certain=True)
        if key in named or key in repeated:
            return NearTurn(name, found.end(), f"write **{name}:**", certain=True)
        if last and alias_key(name) in self.words.credit_labels:
            return NearTurn(name, found.end(), "give each credit a line of its own, with names and nothing else behind the label", certain=True)
        many = self.counts[key] > 1 or len(name.split()) > 1 or bool(found["mark"])
        # Where no capital tells a name from the beginning of a sentence, the document must have such labels.
        labelled = self.counts[key] > 1 or not all(turn_word(other, self.words) for other in repeated)
        shaped = is_name_shaped(name) and (name[0].isupper() or labelled)
        if _may_be_a_name(name, named) and (shaped or many and name[0].isupper()):
            credit = f'if it is a credit, add "{name}" to TRANSCRIPT_CREDIT_LABELS; ' if last and label_of(found.string) == name else ""
            return NearTurn(name, found.end(), f"{credit}{_speaks(name)}")
        return None

    def _heading(self, found: re.Match[str], named: Collection[str], repeated: Collection[str]) -> NearTurn | None:
        name, key = found["name"], folded_name(found["name"])
        asked, known = bool(found["colon"]) and bool(turn_word(name, self.words)), key in named or key in repeated
        if asked or known or found["colon"] and " " in name and _may_be_a_name(name, named):
            return NearTurn(name, found.end(), f"if {name} speaks here, write ### {name}:")
        return None

    def _is_label_alone(self, found: re.Match[str], named: Collection[str], repeated: Collection[str]) -> bool:
        """A name that is known, or words in bold that could be one, on a line of their own."""
        name, key = found["name"], folded_name(found["name"])
        return key in named or key in repeated or len(found["mark"]) > 1 and " " in name and not is_sentence(name) and _may_be_a_name(name, named)

    def _asks(self, found: re.Match[str]) -> bool:
        """Whether a word for question or answer is one without a colon: where questions are so written, and no name is cut short."""
        kind, dashed = turn_word(found["name"], self.words), bool(_DASHED.fullmatch(found["sign"]))
        if not kind or dashed not in self.asks:
            return False
        return dashed or len(found["name"]) > 1 or found["name"] == "Q" or kind == "answer" and found["name"] == "A"


def _may_be_a_name(text: str, named: Collection[str]) -> bool:
    """Whether a label could be a person's in its own script: all words of it with a capital, or of Han as an office or a name is."""
    return is_person(text, named) if has_han(text) else is_capitalised(text) and any(map(str.isalpha, text))


def _speaks(name: str) -> str:
    return f"if {name} speaks here, write **{name}:**, or add the name to speakers in the front matter; else nothing"

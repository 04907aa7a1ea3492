"""What two versions of an edition say differently, word by word where words are written apart, sign by sign where they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from pressroom.ground import fingerprints
from pressroom.model.document import Edition
from pressroom.model.text import Body

KEPT, REMOVED, ADDED, CHANGED = "kept", "removed", "added", "changed"
FIELDS = ("title", "subtitle", "summary", "place")

# A word with what is joined to it, one sign of Han or kana, a run of spaces, one mark.
_TOKEN = re.compile(rf"[{fingerprints.HAN_AND_KANA}]|(?:(?![{fingerprints.HAN_AND_KANA}])[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed'’.,:-](?<![.,:]$))+|\s+|.", re.DOTALL)
_EDGE = re.compile(r"^(.*?)([.,:'’-]+)$", re.DOTALL)
_ALIKE = 0.35
"""From this share of common words on, two passages are one that was rewritten."""
_NEAR = 6
_LONG = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that both versions have, or only the former, or only the later."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs: the field's name, or the passage's number in the version that has it (the former's first); and its runs."""

    field: str
    number: int
    runs: tuple[Run, ...]


def differences(former: Edition, former_body: Body, later: Edition, later_body: Body) -> list[Difference]:
    """Every place at which the words of two versions differ, in reading order."""
    found = []
    for name in FIELDS:
        before, after = getattr(former.fields, name), getattr(later.fields, name)
        if fingerprints.words(before) != fingerprints.words(after):
            found.append(Difference(name, 0, word_by_word(before, after)))
    return [*found, *_of_passages(former, former_body.passages, later, later_body.passages)]


def are_alike(former: Edition, former_body: Body, later: Edition, later_body: Body) -> bool:
    """Whether two versions say the same besides fields and passages: in headings, tables, notes and captions, and by the same voices."""
    return _besides(former, former_body) == _besides(later, later_body)


def _besides(edition: Edition, body: Body) -> tuple[object, ...]:
    facts, words = edition.facts, fingerprints.words
    return (
        [words(block.html or block.text) for block in body.blocks],
        words(body.notes),
        {name: words(caption) for name, caption in edition.fields.captions.items()},
        [replace(segment, line=0, column=0) for segment in facts.segments],
        words(facts.sign_off.text) if facts.sign_off else "",
        [words(credit.text) for credit in facts.credits],
    )


def _of_passages(former: Edition, before: Sequence[str], later: Edition, after: Sequence[str]) -> Iterator[Difference]:
    old, new = [passage.digest for passage in former.facts.passages], [passage.digest for passage in later.facts.passages]
    for what, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for m, n in _pairs(before[i:i_end], after[j:j_end]):
            if n is None:
                yield Difference("", i + m + 1, (Run(REMOVED, _spaced(before[i + m])),))  # type: ignore[operator]
            elif m is None:
                yield Difference("", j + n + 1, (Run(ADDED, _spaced(after[j + n])),))
            else:
                yield Difference("", i + m + 1, word_by_word(before[i + m], after[j + n]))


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which rewritten passage was which: in order, each with the first one left that is like it; the rest went or came."""
    taken = 0
    for m, text in enumerate(before):
        near = range(taken, min(len(after), taken + _NEAR))
        match = next((n for n in near if _is_like(text, after[n])), None)
        if match is None:
            yield m, None
            continue
        yield from ((None, n) for n in range(taken, match))
        yield m, match
        taken = match + 1
    yield from ((None, n) for n in range(taken, len(after)))


def _is_like(one: str, other: str) -> bool:
    return _compared(_words(one), _words(other)).ratio() >= _ALIKE


def _compared(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    """Long texts are compared by their rarer words: the time would grow with the square of the common ones."""
    return SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > _LONG)


def _spaced(text: str) -> str:
    """The text with one kind of space: where a line may not break is no difference."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _words(text: str) -> list[str]:
    return [token for token in tokens(_spaced(text)) if not token.isspace()]


def tokens(text: str) -> list[str]:
    """The text in the pieces that are compared; joined they are the text again."""
    found = []
    for token in _TOKEN.findall(text):
        edge = _EDGE.match(token) if len(token) > 1 else None
        found += [part for part in edge.groups() if part] if edge else [token]
    return found


def word_by_word(before: str, after: str) -> tuple[Run, ...]:
    """The runs that make the former text (kept and removed) and the later one (kept and added).

    What both have between two changes is taken as changed with them where it is less than a word: to read on is easier than to hop.
    """
    old, new = tokens(_spaced(before)), tokens(_spaced(after))
    steps: list[tuple[bool, list[str], list[str]]] = []
    for what, i, i_end, j, j_end in _compared(old, new).get_opcodes():
        same = what == "equal"
        if same and steps and (j_end < len(new) or i_end < len(old)) and _is_slight("".join(old[i:i_end])):
            same = False
        if steps and not same and not steps[-1][0]:
            steps[-1][1].extend(old[i:i_end])
            steps[-1][2].extend(new[j:j_end])
        else:
            steps.append((same, old[i:i_end], new[j:j_end]))
    runs = []
    for same, gone, come in steps:
        if same:
            runs.append(Run(KEPT, "".join(gone)))
            continue
        runs += [Run(kind, "".join(texts)) for kind, texts in ((REMOVED, gone), (ADDED, come)) if texts]
    return tuple(runs)


def _is_slight(text: str) -> bool:
    """Whether a run between two changes is too little to hold on to: spaces and marks, or a single sign."""
    return sum(char.isalnum() for char in text) <= 1


def file_differences(former: Mapping[str, str], later: Mapping[str, str]) -> list[tuple[str, str]]:
    """The attachments that came, went, or have other bytes, by name."""
    found = []
    for name in sorted({*former, *later}):
        if former.get(name) != later.get(name):
            found.append((name, ADDED if name not in former else REMOVED if name not in later else CHANGED))
    return found

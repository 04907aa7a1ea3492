"""The judge: an edition that is a translation, beside its original, to faults that name both lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pressroom.desk.agreement import mentions, targets
from pressroom.desk.agreement.digest import of_original
from pressroom.desk.agreement.matching import Words, days_apart, numbers_apart
from pressroom.desk.agreement.quotations import differing
from pressroom.desk.agreement.signs import FIXED_SPACE, plain
from pressroom.desk.agreement.units import Pair, Side, Unit, pairs
from pressroom.ground.problems import ERROR, INFO, Problem
from pressroom.model.document import Excuse
from pressroom.model.people import Registry

MEANT = ("AG002", "AG003", "AG004", "AG005", "AG006", "AG007", "AG011")
"""What a mark may excuse."""

_SHOWN = 60
_MANY = 8


@dataclass(frozen=True, slots=True)
class Bench:
    """What a judge knows beside the two editions: the registries and the site's languages."""

    registry: Registry
    languages: tuple[str, ...]


def disagreements(mine: Side, other: Side, excuses: Iterable[Excuse], bench: Bench) -> list[Problem]:
    """Where a translation says another thing than its original; what is marked as meant left out, and marks that excuse nothing told."""
    found = [*_in_words(mine, other), *_names(mine, other, bench), *_quotations(mine, other), *_targets(mine, other, bench), *_captions(mine, other)]
    return [*_unexcused(found, list(excuses), mine), *_digest(mine, other)]


def _in_words(mine: Side, other: Side) -> Iterator[Problem]:
    """Numbers, days and quotation marks; a passage that is the original's, word for word, says nothing of them."""
    theirs = {passage.digest for passage in other.edition.facts.passages} if _primary(mine) != _primary(other) else set()
    copied = {passage.line for passage in mine.edition.facts.passages if passage.digest in theirs}
    yield from _copied(mine, copied)
    for pair in pairs(mine, other):
        if pair.mine and copied and all(unit.line in copied for unit in pair.mine):
            continue
        one, two = mine.reckoned(pair.mine), other.reckoned(pair.other)
        for code, what, judged in (("AG002", "numbers", numbers_apart), ("AG003", "dates", days_apart)):
            words = judged(one, two)
            if pair.free and any(words) and not all(words):
                # A headline may leave out what the text has, and take from it.
                words = judged(one, other.reckoned(other.units))[0], judged(mine.reckoned(mine.units), two)[1]
            if any(words):
                yield _apart(code, f"the {what} are not those of the original", words, pair, mine, other)
        if speech := differing(*("\n".join(unit.text for unit in units) for units in (pair.mine, pair.other))):
            line, there = _line(pair.mine, "", mine), _line(pair.other, "", other)
            message = f"one text quotes what the other does not, beside the original, {other.where(there)}: “{_short(speech)}”"
            yield Problem("AG005", message, mine.edition.path, line, 1, _meant("AG005"))


def _primary(side: Side) -> str:
    return side.lang.split("-")[0]


def _copied(mine: Side, copied: set[int]) -> Iterator[Problem]:
    """Passages that are still in the original's words: an error where none is anything else, unless it is a draft that waits for its translator."""
    if not copied:
        return
    lines = sorted(copied)
    whole = len(mine.edition.facts.passages) == sum(passage.line in copied for passage in mine.edition.facts.passages)
    many = f"{len(lines)} passages are" if len(lines) > 1 else "a passage is"
    message = "the text is the original's, word for word: nothing is translated" if whole else f"{many} the original's, word for word"
    severity = INFO if mine.draft else ERROR if whole and len(lines) > 1 else ""
    yield Problem("AG011", message, mine.edition.path, lines[0], 1, "translate it" if whole else _meant("AG011"), severity=severity)


def _apart(code: str, message: str, words: Words, pair: Pair, mine: Side, other: Side) -> Problem:
    here, there = (_listed(side) for side in words)
    at = _line(pair.other, words[1][0] if words[1] else "", other)
    line = _line(pair.mine, words[0][0] if words[0] else "", mine)
    return Problem(code, f"{message}, {other.where(at)}: {there} there, {here} here", mine.edition.path, line, 1, _meant(code))


def _listed(words: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{_short(word)}”" for word in words[:_MANY])
    return f"{shown} and {len(words) - _MANY} more" if len(words) > _MANY else shown or "none of it"


def _short(text: str) -> str:
    text = text.replace(FIXED_SPACE, " ")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _meant(code: str) -> str:
    return f"mend it; or, if it is meant, write <!-- meant: {code} --> behind the passage (# meant: {code} behind a field)"


def _line(units: list[Unit], word: str, side: Side) -> int:
    """The line of the unit that has the word; of the first; of the title where there is none."""
    found = next((unit.line for unit in units if word and word in plain(unit.text)), 0)
    return found or (units[0].line if units else side.top)


def _names(mine: Side, other: Side, bench: Bench) -> Iterator[Problem]:
    for gone in mentions.missing(bench.registry, mine.sentences, other.sentences, frozenset(_voices(mine)), _voices(other)):
        message = f"{gone.name} is named in the original, {other.where(gone.line)}, and not here"
        yield Problem("AG004", message, mine.edition.path, _beside(mine, other, gone.line), 1, _meant("AG004"))


def _voices(side: Side) -> dict[str, int]:
    """Who speaks, and in which line first."""
    facts = side.edition.facts
    found = {segment.voice.id: segment.line for segment in reversed(facts.segments) if segment.voice}
    lines = {quotation.id: facts.passages[quotation.passages[0]].line for quotation in reversed(facts.quotations) if quotation.passages}
    return {**found, **lines}


def _beside(mine: Side, other: Side, line: int) -> int:
    """The line of the translation's passage that stands for the original's in this line; else that of its title."""
    numbers = [n for n, passage in enumerate(other.edition.facts.passages) if passage.line == line]
    found = [mine.edition.facts.passages[n].line for n, counterpart in enumerate(mine.edition.counterparts) if counterpart in numbers]
    return found[0] if found else mine.top


def _quotations(mine: Side, other: Side) -> Iterator[Problem]:
    ours, theirs = mine.edition.facts, other.edition.facts
    if len(ours.quotations) != len(theirs.quotations):
        here, there = len(ours.quotations), len(theirs.quotations)
        message = f"the attributed quotations are not as many as in the original, {other.where(_first_quoted(other))}: {there} there, {here} here"
        yield Problem("AG005", message, mine.edition.path, _first_quoted(mine), 1, _meant("AG005"))


def _first_quoted(side: Side) -> int:
    """The line of the first attributed quotation; of the title, where there is none."""
    facts = side.edition.facts
    return next((facts.passages[found.passages[0]].line for found in facts.quotations if found.passages), side.top)


def _targets(mine: Side, other: Side, bench: Bench) -> Iterator[Problem]:
    ours, theirs = (targets.targets(side.edition, bench.languages, side.offered) for side in (mine, other))
    for what, code, verb in ((targets.LINK, "AG006", "leads to"), (targets.FILE, "AG007", "shows or offers")):
        left, right = targets.apart([one for one in ours if one.what == what], [one for one in theirs if one.what == what])
        for target in right:
            message = f"the original, {other.where(target.line or other.top)}, {verb} {_short(target.written)}, and this text does not"
            yield Problem(code, message, mine.edition.path, _nearest_beside(mine, other, target.line), 1, _meant(code))
        for target in left:
            message = f"this text {verb} {_short(target.written)}, and the original, {other.where(other.top)}, does not"
            yield Problem(code, message, mine.edition.path, target.line or mine.top, max(target.column, 1), _meant(code), width=len(target.written))


def _nearest_beside(mine: Side, other: Side, line: int) -> int:
    """The translation's line beside the passage of the original that a link stands in."""
    starts = sorted(passage.line for passage in other.edition.facts.passages)
    at = bisect_right(starts, line)
    return _beside(mine, other, starts[at - 1]) if at else mine.top


def _captions(mine: Side, other: Side) -> Iterator[Problem]:
    there = other.line_of("captions")
    for file in sorted(other.edition.fields.captions.keys() - mine.edition.fields.captions.keys()):
        message = f"{file} has a caption in the original, {other.where(there)}, and none here"
        yield Problem("AG007", message, mine.edition.path, mine.line_of("captions"), 1, _meant("AG007"))


def _digest(mine: Side, other: Side) -> Iterator[Problem]:
    held = mine.edition.fields.translated_from
    if held and held != of_original(other.edition.fields, other.edition.facts, other.body):
        line, column = mine.places.get("translated_from", (1, 1))
        slug = mine.edition.address.rstrip("/").rpartition("/")[2]
        message = f"the original, {other.where(other.top)}, has changed since this translation was made"
        yield Problem("AG008", message, mine.edition.path, line, column, f"compare the two; then `inv translate {slug} {mine.lang}` renews it")


def _unexcused(found: list[Problem], excuses: list[Excuse], mine: Side) -> Iterator[Problem]:
    """A mark excuses what its passage or field is charged with: it stands there, or below and before the next."""
    facts = mine.edition.facts
    anchors = sorted({
        *(passage.line for passage in facts.passages), *(line for line, _ in mine.places.values()),
        *(block.line for block in mine.body.blocks if block.line), *(segment.line for segment in facts.segments),
    })  # fmt: skip
    used: set[tuple[Excuse, str]] = set()
    for problem in found:
        place = bisect_right(anchors, problem.line)
        excuse = next((excuse for excuse in excuses if problem.code in excuse.codes and bisect_right(anchors, excuse.line) == place), None)
        if excuse:
            used.add((excuse, problem.code))
        else:
            yield problem
    for excuse in excuses:
        if not excuse.codes:
            hint = f"name one of {', '.join(MEANT)}, as in <!-- meant: AG002 -->"
            yield Problem("AG010", "the mark does not say what is meant", mine.edition.path, excuse.line, excuse.column, hint)
        for code in excuse.codes:
            if (excuse, code) not in used:
                hint = "take it out, or put it behind the passage that it is meant for" if code in MEANT else f"only {', '.join(MEANT)} can be meant"
                yield Problem("AG010", f"the mark excuses no {code} here", mine.edition.path, excuse.line, excuse.column, hint)



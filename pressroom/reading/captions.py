"""Captions (WebVTT): read as a browser reads them, so that what it would drop without a word is a fault with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressroom.ground import timecodes
from pressroom.ground.problems import Problem
from pressroom.reading.texts import read_text

_MOST_TOLD = 20
_HEAD = re.compile(r"WEBVTT(?:[ \t][^\n]*)?")
_TIME = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
_TIMING = re.compile(rf"[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})(?:[ \t]+[^\n]*)?", re.ASCII)
_ARROW = "-->"
_NO_CUES = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_FORM = "write 00:00:01.000 --> 00:00:04.000: hours may be left out, a point stands before the thousandths"


def check_captions(data: bytes, path: str) -> tuple[Problem, ...]:
    """What is wrong with a file of captions."""
    text = read_text(data, path)
    if text.problems and not text.text:
        return text.problems
    found = [*text.problems]
    for problem in _problems(text.lines, path):
        found.append(problem)
        if len(found) == _MOST_TOLD:
            break
    return tuple(found)


def _problems(lines: list[str], path: str) -> Iterator[Problem]:
    def fault(code: str, message: str, number: int, hint: str) -> Problem:
        return Problem(code, message, path, number, 1, hint, lines[number - 1], max(1, len(lines[number - 1])))

    if not _HEAD.fullmatch(lines[0]):
        yield fault("FT017", "the captions do not begin with WEBVTT", 1, "write WEBVTT into the first line, then an empty line")
        return
    last, cues = 0.0, 0
    for first, block in _blocks(lines):
        timing = next((n for n, line in enumerate(block[:2]) if _ARROW in line), -1)
        if _NO_CUES.match(block[0]) and timing != 0:
            continue
        if timing < 0:
            yield fault("FT017", "text without a time is shown by no browser", first, f"put its time above it: {_FORM}")
            continue
        cues += 1
        number = first + timing
        found = _TIMING.fullmatch(block[timing])
        if not found:
            yield fault("FT017", "a time that browsers cannot read", number, _FORM)
            continue
        start, end = timecodes.seconds(found["start"]), timecodes.seconds(found["end"])
        if end <= start:
            yield fault("FT018", f"the cue ends at {found['end']} and begins at {found['start']}", number, "mend one of the two")
        if start < last:
            yield fault("FT018", f"the cue begins at {found['start']}, before the one above it", number, "put the cues in the order of their beginnings")
        last = max(last, start)
        if second := next((n for n, line in enumerate(block[timing + 1 :], number + 1) if _ARROW in line), 0):
            yield fault("FT017", "a second time in one cue", second, "leave an empty line before the next cue")
    if not cues:
        yield fault("FT017", "there are no cues", 1, _FORM)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The runs of lines that are not empty, behind the head, each with the number of its first line."""
    begun, block = 0, list[str]()
    head = next((n for n, line in enumerate(lines) if not line), len(lines))
    for number, line in enumerate([*lines[head:], ""], head + 1):
        if line:
            begun = begun or number
            block.append(line)
        elif block:
            yield begun, block
            begun, block = 0, []

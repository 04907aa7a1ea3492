"""Timecodes, and the cues that stand alone: `00:01:02`, `[00:01:02.000 --> 00:01:05.000]`, WebVTT and SubRip."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d\d(?:[.,:;]\d{1,3})?"
_SPAN = rf"(?P<start>{_TIME})(?:[ \t]*-->[ \t]*(?P<end>{_TIME}))?"
_BRACKETED = re.compile(rf"[\[［][ \t]*(?P<text>{_SPAN})[ \t]*[\]］](?=\s|$|[^\s\w(\[:{{])", re.ASCII)
_BEFORE_LABEL = re.compile(rf"(?P<text>{_SPAN})(?=[ \t])", re.ASCII)
_ALONE = re.compile(rf"(?P<text>{_SPAN}(?P<settings>(?:[ \t]+(?:align|line|position|region|size|vertical):[^\s]+)*))[ \t]*", re.ASCII)
_COUNTER = re.compile(r"\d{1,6}[ \t]*", re.ASCII)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Timecode:
    """A timecode as written, where it stands in its line (from 0), and where what follows begins."""

    text: str
    start: str
    end: str
    at: int
    after: int


def read_alone(line: str) -> Timecode | None:
    """A line that is a timecode and nothing else."""
    if len(line) > _LONGEST or ":" not in line:
        return None
    at = len(line) - len(line.lstrip())
    found = _ALONE.fullmatch(line.strip())
    if found:
        return Timecode(found["text"], found["start"], found["end"] or "", at, len(line))
    found = _BRACKETED.fullmatch(line.strip())
    return Timecode(found["text"], found["start"], found["end"] or "", at + found.start("text"), len(line)) if found else None


def is_counter(line: str) -> bool:
    """The number that SubRip writes above a cue."""
    return bool(_COUNTER.fullmatch(line.strip()))


def read_inline(line: str, at: int) -> Timecode | None:
    """A timecode in brackets at this place in a line."""
    found = _BRACKETED.match(line, at)
    return _placed(line, found) if found else None


def read_before_label(line: str, at: int) -> Timecode | None:
    """A bare timecode at this place: one only where a label follows, or a time of day would be a cue."""
    found = _BEFORE_LABEL.match(line, at)
    return _placed(line, found) if found else None


def _placed(line: str, found: re.Match[str]) -> Timecode:
    after = found.end()
    while after < len(line) and line[after].isspace():
        after += 1
    return Timecode(found["text"], found["start"], found["end"] or "", found.start("text"), after)

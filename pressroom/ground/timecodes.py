"""Timecodes as numbers."""

from __future__ import annotations

import re


def seconds(timecode: str) -> float:
    """A timecode as seconds, so that two can be compared; frames after the third colon count as less than a second."""
    whole = re.split(r"[.,;]", timecode)
    parts = [int(part) for part in whole[0].split(":")]
    fraction = float(f"0.{whole[1]}") if len(whole) > 1 else 0.0
    if len(parts) == 4:
        fraction = parts.pop() / 1000
    total = 0
    for part in parts:
        total = total * 60 + part
    return total + fraction


def fragment(timecode: str) -> str:
    """The place in a recording as a media fragment (W3C) writes it: `t=83.5`."""
    return f"t={round(seconds(timecode), 3):.12g}"

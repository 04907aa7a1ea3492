"""Whom a stretch of narration reports: "X said that …", where X speaks in the document. It never makes a soundbite."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pressroom.ground import fingerprints
from pressroom.model.transcript import Piece, Segment
from pressroom.reading.dialect.tags import word_tables

_BEFORE = 30


def with_reports(segments: Sequence[Segment], pieces: Sequence[Piece], known: Mapping[str, str]) -> list[Segment]:
    """The segments, each of narration with the id of the speaker of this document whom it reports. `known` maps other names to ids."""
    names = {segment.voice.name: segment.voice.id for segment in segments if segment.voice}
    ids = set(names.values())
    names |= {name: id for name, id in known.items() if id in ids}
    names = {name: id for name, id in names.items() if len(name) > 1}
    texts: dict[int, list[str]] = {}
    for piece in pieces:
        if piece.kind == "paragraph":
            texts.setdefault(piece.segment, []).append(piece.text)
    return [
        replace(each, reports=find_reported("\n\n".join(texts.get(each.n, ())), names)) if names and each.kind == "narration" else each
        for each in segments
    ]


def find_reported(text: str, names: Mapping[str, str]) -> str:
    """The id of the first person whose words the text reports, or nothing. `names` maps names as written to ids."""
    firsts = _firsts(tuple(sorted(names)))
    if not firsts:
        return ""
    spelled = tuple(sorted(names, key=len, reverse=True))
    after, before = _verbs()
    for found in firsts.finditer(text):
        at = found.start()
        if not text.startswith(spelled, at):
            continue
        name = next(name for name in spelled if text.startswith(name, at))
        end = at + len(name)
        if not _is_han(name[-1]) and text[end : end + 1].isalnum() and not _is_han(text[end]):
            continue
        if after.match(text, end) or before.search(text[max(0, at - _BEFORE) : at]):
            return names[name]
    return ""


@functools.lru_cache(maxsize=64)
def _firsts(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Where a name may begin: at its first character, and in scripts with spaces at the beginning of a word."""
    firsts = {name[0] for name in names if len(name) > 1}
    apart = "".join(re.escape(char) for char in sorted(firsts) if not _is_han(char))
    joined = "".join(re.escape(char) for char in sorted(firsts) if _is_han(char))
    patterns = [rf"(?<!\w)[{apart}]"] * bool(apart) + [f"[{joined}]"] * bool(joined)
    return re.compile("|".join(patterns)) if patterns else None


@functools.cache
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand after a name (an apposition between commas first) and before it."""
    table = word_tables()["reports"]
    spaced = "|".join(re.escape(verb).replace(r"\ ", r"\s+") for verb in table["after"] if not _is_han(verb[0]))
    joined = "|".join(re.escape(verb) for verb in table["after"] if _is_han(verb[0]))
    apposition = r"(?:\s*[,，(（][^.!?。！？]{1,300}?[,，)）])?"
    after = rf"{apposition}(?:\s*(?:(?:also|has|had|further|then|later)\s+){{0,2}}(?:{spaced})(?!\w)|[^\W\d_，。,.]{{0,12}}?(?:{joined}))"
    before = rf"(?:^|\s)(?:{'|'.join(table['before'])})\s+$"
    return re.compile(after), re.compile(before)


def _is_han(char: str) -> bool:
    return bool(re.match(f"[{fingerprints.HAN_AND_KANA}]", char))

"""The entry of the dialect reader: a transcript's body to a Script. The dialect itself stands in docs/transcripts.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pressroom.model.transcript import Script
from pressroom.reading.dialect import blocks, labels
from pressroom.reading.dialect.openings import Scene
from pressroom.reading.dialect.segments import read_segments
from pressroom.reading.dialect.tags import Words, first_sign, indent_width, read_bracket, read_colon_tag, read_words

_HEADER = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")
_FIRST_BLOCKS = 3
_ENOUGH_TAGS = 2
_UNSURE_KINDS = frozenset({"question", "answer", "other"})


def read_script(
    body: str,
    *,
    path: str,
    first_line: int,
    transcript: bool,
    known: Mapping[str, str],
    speakers: Sequence[str] = (),
    tags: Mapping[str, str] = {},
    credit_labels: Sequence[str] = (),
    order: str = "forward",
) -> Script | None:
    """The segments, pieces and tail of a body, and what is wrong with it; None where the text is no transcript.

    `first_line` is the line of the file on which the body begins. `known` maps folded names of the registry to ids, `speakers` are the
    front matter's, `tags` (alias to kind) and `credit_labels` a site's own. `order="reverse"` says that the newest turn stands first.
    """
    words = read_words(tags, credit_labels)
    lines = body.split("\n")
    if not transcript and not _switches_on(lines, words):
        return None
    return read_segments(Scene(tuple(lines), path, first_line, transcript, known, tuple(speakers), words, order))


def eaten_by_header(line: str) -> bool:
    """Whether the classic `Key: value` header syntax would take a line that begins a transcript (`VO: …`, `Q: …`, `SMITH: …`)."""
    if not _HEADER.match(line):
        return False
    words = read_words({}, ())
    at = indent_width(line)
    label = labels.read_label(line, at)
    return bool(read_colon_tag(line, at, words) or label and (labels.turn_word(label.text, words) or labels.is_name_shaped(label.text)))


def _switches_on(lines: Sequence[str], words: Words) -> bool:
    """At least two known bracket tags begin paragraphs, and one of them stands in the first three blocks."""
    found = 0
    defined = frozenset(filter(None, map(blocks.link_label, lines)))
    for n, block in enumerate(blocks.split_blocks(lines)):
        if found == 0 and n >= _FIRST_BLOCKS:
            return False
        line = lines[block.first]
        tag = read_bracket(line, first_sign(line), words) if block.kind == blocks.PARAGRAPH else None
        if tag and tag.kind and tag.kind not in _UNSURE_KINDS and not (tag.open == "[" and tag.link_key in defined):
            found += 1
            if found == _ENOUGH_TAGS:
                return True
    return False

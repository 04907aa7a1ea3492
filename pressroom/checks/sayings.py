"""All that lines of text may say, as texts whose words are looked at and nothing else: more than their readings say, and never less."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pressroom.checks import folding

_LONG = 2000
# Lines stand together here that did not in their text, so that no tag goes from one into the next.
_TAG = re.compile(r"<[A-Za-z/!?][^<>\n]*>")
_BORDER_TAG = re.compile(rf"{folding.BORDER_TAG}[A-Za-z/!?][^<>\n]*>", re.IGNORECASE)
_AHEAD = re.compile(rf"(?={folding.BORDER_TAG}[A-Za-z/!?][^<>]*>)", re.IGNORECASE)
_TAGS_BEFORE_MORE = re.compile(r"<[A-Za-z/!?][^<>\n]*>(?:<[A-Za-z/!?][^<>\n]*>)*+(?=[\w&;\\%])")
_OVER_LINES = re.compile(r"<[A-Za-z/!?][^<>\n]*\n")
_UNFINISHED = re.compile(r"<[A-Za-z/!?][^<>]*\Z")
# What decides, wherever it stands, how the whole of a text is read; and how the sign that begins a tag may be written as an escape.
_DECIDING = ('":', "%", "\\", '"')
_ESCAPED_TAGS = {"&": ("&lt", "&LT", "&amp;#", "&amp;lt", "&amp;LT"), "\\": ("\\u003c", "\\u003C", "\\u{", "\\x3c", "\\x3C"), "%": ("%3c", "%3C")}
_NUMBERED_TAG = re.compile(r"&#(?:0*60(?!\d)|[xX]0*3[cC](?![0-9a-fA-F]))")
# What a tag leaves that ends a field: no word goes over it, and no tag comes to be around it.
_GAP = "\t<\t>"
SPACES = ("\u00a0", "\u202f")
"""What typesetting puts where a common space would do."""
ESCAPED = {"&nbsp;": "nbsp", "&#39;": "39"}
"""How templates write what is no word, and the word that it would be if it stood for itself: a part of that says nothing to anybody."""
_NO_WORDS = " \t\r.,:;!?\"'“”‘’„«»()[]{}–—…"


def lines_of(text: str) -> list[str]:
    """A text in parts that are told apart in every reading: lines, and values of JSON."""
    return (text.replace('": "', '":\n"') if '": "' in text else text).split("\n")


def must_be_recut(lines: Sequence[str]) -> bool:
    """Whether a tag may go over the end of one of the lines, or one is so long that it had better be cut."""
    return max(map(len, lines)) > _LONG or has_tags_over_lines(lines)


def has_tags_over_lines(lines: Sequence[str]) -> bool:
    """Whether a tag may go over the end of one of the lines."""
    return bool(_OVER_LINES.search("\n".join((*lines, ""))))


def reads_otherwise(text: str, before: str, new: Sequence[str], gone: Sequence[str]) -> bool:
    """Whether what a text has in common with the one `before` it may say what it did not say there, for what stands elsewhere: lines that are `new`, or
    that are `gone`.

    Some signs decide how the whole of a text is read: whether it has tags at all, fields of JSON, escapes, a tag in the midst of a word; and a tag
    that goes over lines makes what stands in it no words.
    """
    if has_tags_over_lines(new) or _has_escaped_tags(text) or _has_escaped_tags("\n".join(gone)):
        return True
    if [sign in text for sign in _DECIDING] != [sign in before for sign in _DECIDING] or bool(_TAG.search(text)) != bool(_TAG.search(before)):
        return True
    return bool(_without_tags("\n".join(new))[2])


def _has_escaped_tags(text: str) -> bool:
    return any(first in text and any(sign in text for sign in signs) for first, signs in _ESCAPED_TAGS.items()) or "&#" in text and bool(_NUMBERED_TAG.search(text))


def recut(lines: Sequence[str]) -> list[str]:
    """All lines of a text, those in one that a tag may go over, and of long ones the fields."""
    return [part for line in _whole(lines) for part in (_AHEAD.split(line) if len(line) > _LONG else (line,))]


def _whole(lines: Sequence[str]) -> list[str]:
    """Lines with those in one that a tag may go over."""
    found: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on:
            found[-1] = f"{found[-1]}\n{line}"
        else:
            found.append(line)
        if "<" in line or ">" in line:
            goes_on = line.rfind("<") > line.rfind(">")
    return found


def is_unfinished(saying: str) -> bool:
    """Whether a tag may begin here that ends in what follows."""
    return "<" in saying and bool(_UNFINISHED.search(saying))


def sayings_of(lines: Sequence[str], spaces: Sequence[str] = SPACES) -> tuple[set[str], list[str], dict[int, list[str]]]:
    """The tags of some lines, without the sign that begins them; what each line says beside them; and what more some say, by number.

    The lines are read as one text, and only those one by one that may say much more. `spaces` are taken for common ones.
    """
    whole = _spaced("\n".join(lines), spaces)
    if whole.count("\n") != len(lines) - 1:
        lines = [line.replace("\n", " ") for line in lines]
        whole = _spaced("\n".join(lines), spaces)
    bare, tags, unclear = _without_tags(whole)
    decoded = _spaced(folding.decode(bare), spaces)
    if decoded.count("\n") != len(lines) - 1:
        decoded = "\n".join(folding.decode(line).replace("\n", " ") for line in bare.split("\n"))
    said = decoded.split("\n")
    others: dict[int, list[str]] = {}
    if decoded != bare:
        is_settled = folding.decode(decoded) == decoded
        others = {number: [before] for number, (before, after) in enumerate(zip(bare.split("\n"), said, strict=True)) if before != after}
        unclear.update(number for number in others if not is_settled and folding.decode(said[number]) != said[number])
    if "<" in decoded:
        unclear.update(number for number, line in enumerate(said) if "<" in line and folding.TAG.search(line))
    for number in unclear:
        others[number] = _sayings(lines[number], tags)
    return tags, [saying.strip(_NO_WORDS) for saying in said], others


def _spaced(text: str, spaces: Sequence[str]) -> str:
    for space in spaces:
        text = text.replace(space, " ")
    return text


def _without_tags(text: str) -> tuple[str, set[str], set[int]]:
    """Lines without their tags, the tags, and the numbers of those lines whose words a tag may part or join."""
    if "<" not in text or not (found := _TAG.findall(text)):
        return text, set(), set()
    parted = _BORDER_TAG.sub(_GAP, text)
    seams = (match.start() for match in _TAGS_BEFORE_MORE.finditer(parted))
    unclear = {parted.count("\n", 0, start) for start in seams if start and folding.may_be_in_a_word(parted[start - 1])}
    return _TAG.sub("", parted).replace(_GAP, "\t"), {tag[1:] for tag in found}, unclear


def _sayings(line: str, tags: set[str]) -> list[str]:
    """Everything that one line says, read as often as there is more in it."""
    found: dict[str, None] = {}
    waiting = [line]
    while waiting:
        text = waiting.pop()
        if text in found:
            continue
        bare, inside, seams = _without_tags(text)
        tags |= inside
        if inside:
            waiting += [bare, *([_TAG.sub(" ", text)] if seams else ())]
            if text is line:
                continue
        decoded = folding.decode(text).replace("\n", " ")
        found[text] = None
        if decoded != text:
            waiting.append(decoded)
    return list(found)

"""Words in quotation marks: how many stand there, as far as languages mark the same."""

from __future__ import annotations

import re

from pressroom.ground.fingerprints import HAN_AND_KANA
from pressroom.desk.agreement.signs import plain

_QUOTED = re.compile("“([^“”]+)”|«([^«»]+)»|„([^„“”]+)[“”]|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"|‹([^‹›]+)›|‘([^‘’]{20,})’")
# A Chinese title stands in marks of its own: another text may quote what it names, and need not.
_QUOTED_OR_TITLE = re.compile(f"{_QUOTED.pattern}|《([^《》]+)》")
_SIGNS = re.compile(f"[{HAN_AND_KANA}]")
_WORD = re.compile(r"\w+")
# Signs by which a text opens or closes what it quotes, whatever it is.
_ANY_MARK = re.compile(r"[“”«»„「」『』《》\"‹›‘]|[\s:][—–]\s|^[—–]", re.MULTILINE)
# Where somebody begins to speak behind a dash, with or without a space: Она сказала: — Нет. —No, dijo.
_DASHED = re.compile(r"(?:^|:\s?)[—–]\s?(?=\w|[¿¡…])", re.MULTILINE)
_LONG, _SPOKEN, _MARKED = (14, 8), (9, 6), (1, 1)
"""Han signs or words: of what is surely said and no title, of what is said where the other text quotes too, of anything in marks."""
_NEAR = 40


def differing(mine: str, other: str) -> str:
    """The longest quotation of a text that quotes more than the other can be said to; nothing where both may quote alike.

    Words that a verb parts, as in “yes,” she said, “we are”, may be one quotation in the other language.
    """
    for one, two in ((mine, other), (other, mine)):
        if (found := longest(one, _LONG)) and not _ANY_MARK.search(two):
            return found
        if _counts(one, _QUOTED, _SPOKEN)[0] > _counts(two, _QUOTED_OR_TITLE, _MARKED)[1] + len(_DASHED.findall(two)):
            return longest(one, _SPOKEN)
    return ""


def _counts(text: str, marked: re.Pattern[str], least: tuple[int, int]) -> tuple[int, int]:
    """How many quotations stand in a text at least, and at most."""
    found = [match for match in marked.finditer(text) if _is_long(_inside(match), least)]
    between = [text[earlier.end() : later.start()] for earlier, later in zip(found, found[1:], strict=False)]
    near = sum(len(words) <= _NEAR and ":" not in plain(words) for words in between)
    return len(found) - near, len(found)


def _inside(match: re.Match[str]) -> str:
    return "".join(filter(None, match.groups()))


def longest(text: str, least: tuple[int, int]) -> str:
    """The longest run of words in quotation marks, if it is long enough."""
    found = [_inside(match) for match in _QUOTED.finditer(text)]
    return max((words for words in found if _is_long(words, least)), key=len, default="")


def _is_long(words: str, least: tuple[int, int]) -> bool:
    signs = len(_SIGNS.findall(words))
    return signs >= least[0] or len(_WORD.findall(plain(_SIGNS.sub(" ", words)))) >= least[1]

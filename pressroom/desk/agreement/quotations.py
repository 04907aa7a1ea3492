"""Words in quotation marks: how many stand there, as far as languages mark the same."""

from __future__ import annotations

import re

from pressroom.ground.fingerprints import HAN_AND_KANA
from pressroom.desk.agreement.signs import plain

_QUOTED = re.compile("“([^“”]+)”|«([^«»]+)»|„([^„“”]+)[“”]|「([^「」]+)」|『([^『』]+)』|《([^《》]+)》|\"([^\"]+)\"|‹([^‹›]+)›|‘([^‘’]{20,})’")
_SIGNS = re.compile(f"[{HAN_AND_KANA}]")
_WORD = re.compile(r"\w+")
# Signs by which a text opens or closes what it quotes, whatever it is.
_ANY_MARK = re.compile("[“”«»„「」『』《》\"‹›‘]|(?:^|[\\s:])[—–]\\s")
_LONG_IN_SIGNS, _LONG_IN_WORDS = 14, 8


def is_speech_on_one_side(mine: str, other: str) -> str:
    """A long quotation that one text has where the other has no mark of any; nothing where both have, or none."""
    for one, two in ((mine, other), (other, mine)):
        if (found := longest(one)) and not _ANY_MARK.search(two):
            return found
    return ""


def longest(text: str) -> str:
    """The longest run of words in quotation marks, if it is more than a name or a title."""
    found = ["".join(filter(None, match.groups())) for match in _QUOTED.finditer(text)]
    return max((words for words in found if _is_long(words)), key=len, default="")


def _is_long(words: str) -> bool:
    signs = len(_SIGNS.findall(words))
    return signs >= _LONG_IN_SIGNS or len(_WORD.findall(plain(_SIGNS.sub(" ", words)))) >= _LONG_IN_WORDS

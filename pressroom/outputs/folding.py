"""One form for Chinese in both scripts, so that a search in either finds both: every character that OpenCC simplifies, simplified alone.

It is character by character, in the index as in the query: a phrase that is rightly written otherwise is folded alike on both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from opencc import OpenCC

# Those that one unit of a browser's strings holds, so that nothing moves in a text that is folded.
_CHARACTERS = (range(0x3400, 0xA000), range(0xF900, 0xFB00))


def is_chinese(lang: str) -> bool:
    return lang.split("-")[0] == "zh"


@lru_cache(maxsize=1)
def characters() -> Mapping[str, str]:
    """Each character that is folded, and what it becomes."""
    all_of_them = [chr(code) for codes in _CHARACTERS for code in codes]
    simplified = OpenCC("t2s").convert("\n".join(all_of_them)).split("\n")
    return {one: other for one, other in zip(all_of_them, simplified, strict=True) if one != other and len(other) == 1 and ord(other) < 0x10000}

"""Words as a search looks for them: Chinese in one script, Arabic without its article and the conjunction before that, French without what is elided before a word.

Chinese is folded character by character, and what French writes as one letter is taken for two, in the index as in the query: a phrase that is
rightly written otherwise is folded alike on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from opencc import OpenCC

# Those that one unit of a browser's strings holds, so that nothing moves in a text that is folded.
_CHARACTERS = (range(0x3400, 0xA000), range(0xF900, 0xFB00))
# The stemmer takes off the article and the prepositions before it, and these two not.
_CONJUNCTION = re.compile(r"(?<!\w)([وف])(?=ال\w{3})")
# Behind the article it takes a word otherwise than alone: وزير and فريق lose their first letter there, قانون and الصحة their last one here.
_ARTICLE = re.compile(r"(?<![\w-])ال(?=\w{2})")
# No keyboard of France has them.
_LIGATURES = {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"}
# In a Chinese text Pagefind takes 1,234.5 for three words, a browser takes it for one.
_IN_NUMBERS = {",": " ", ".": " "}
# To Pagefind a word with a typographic apostrophe is one: l’eau.
_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu)[’'](?=\w)", re.IGNORECASE)


def is_chinese(lang: str) -> bool:
    return lang.split("-")[0] == "zh"


def is_folded(lang: str) -> bool:
    return is_chinese(lang) or lang.split("-")[0] in ("ar", "fr")


def of_query(lang: str) -> Mapping[str, str]:
    """What in a query in this language is folded, and becomes."""
    if is_chinese(lang):
        return {**characters(), **_IN_NUMBERS}
    return _LIGATURES if lang.split("-")[0] == "fr" else {}


def folded(text: str, lang: str) -> str:
    """The text as it is looked for: letter for letter, a ligature as its two, and with a hyphen after what a word may be found without."""
    if is_chinese(lang):
        return text.translate(_table())
    if lang.split("-")[0] == "fr":
        return _ELISION.sub(r"\g<0>-", text).translate(str.maketrans(_LIGATURES))
    return _CONJUNCTION.sub(r"\1-", _ARTICLE.sub("ال-", text))


@lru_cache(maxsize=1)
def characters() -> Mapping[str, str]:
    """Each character of Chinese that is folded, and what it becomes."""
    all_of_them = [chr(code) for codes in _CHARACTERS for code in codes]
    simplified = OpenCC("t2s").convert("\n".join(all_of_them)).split("\n")
    return {one: other for one, other in zip(all_of_them, simplified, strict=True) if one != other and len(other) == 1 and ord(other) < 0x10000}


@lru_cache(maxsize=1)
def _table() -> Mapping[int, str]:
    return str.maketrans(dict(characters()))

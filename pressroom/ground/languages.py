"""Language tags (BCP 47): their canonical case, their form in addresses, the direction and script of their writing."""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-([A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*", re.ASCII)

_RIGHT_TO_LEFT_SCRIPTS = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"}
# The script a language is written in where its tag does not say (CLDR likely subtags).
_SCRIPTS = {
    "ar": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab", "ug": "Arab", "sd": "Arab", "ckb": "Arab", "he": "Hebr", "yi": "Hebr", "dv": "Thaa",
    "zh": "Hans", "ja": "Jpan", "ko": "Kore", "ru": "Cyrl", "uk": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "sr": "Cyrl", "mk": "Cyrl", "kk": "Cyrl",
    "el": "Grek", "hy": "Armn", "ka": "Geor", "hi": "Deva", "mr": "Deva", "ne": "Deva", "bn": "Beng", "ta": "Taml", "th": "Thai", "am": "Ethi",
}  # fmt: skip


def is_tag(text: str) -> bool:
    return bool(_TAG.fullmatch(text))


def canonical(tag: str) -> str:
    """A tag in canonical case (RFC 5646 §2.1.1): `zh-hans-cn` is `zh-Hans-CN`."""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(p.title() if len(p) == 4 and p.isalpha() else p.upper() if len(p) == 2 else p.lower() for p in rest)])


def in_address(tag: str) -> str:
    """A tag as it stands in addresses: in lower case."""
    return tag.lower()


@lru_cache(maxsize=1024)
def script(tag: str) -> str:
    """The ISO 15924 code of the script a language is written in."""
    for part in tag.split("-")[1:]:
        if len(part) == 4 and part.isalpha():
            return part.title()
    return _SCRIPTS.get(tag.split("-")[0].lower(), "Latn")


def territory(tag: str) -> str:
    """The country or region that a tag names (ISO 3166-1, UN M.49); most name none."""
    return next((part.upper() for part in tag.split("-")[1:] if len(part) in (2, 3)), "")


@lru_cache(maxsize=1024)
def direction(tag: str) -> str:
    return "rtl" if script(tag) in _RIGHT_TO_LEFT_SCRIPTS else "ltr"

"""Where a line of Han or kana may be broken: no space stands beside either, nor in their languages beside a mark, which has its own."""

from __future__ import annotations

import re

from pressroom.ground.fingerprints import HAN_AND_KANA

_WITHOUT_SPACES = ("zh", "ja")
_SIGN = f"[{HAN_AND_KANA}、。，；：？！（）「」『』《》]"
_MARK = "[、。，；：？！（）「」『』《》”]"
_LATIN, _WIDE = "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]", "[０-９Ａ-Ｚａ-ｚ％]"
# Other languages have “ and ” too: there such a sign stands on their other side, or on that of the mark beside them.
_ANYWHERE = (
    (f"(?:(?<={_SIGN})|(?<={_SIGN}”))", f"(?={_SIGN}|“)"),
    ("(?<=”)", f"(?={_SIGN}|“{_SIGN})"),
)
# A space between two letters or digits that are neither is a part of the words.
_AMONG_THEM = (
    (f"(?<={_MARK})", f"(?={_LATIN}|“)"),
    (f"(?<={_LATIN})", f"(?=(?!”){_MARK})"),
    (f"(?<=[{HAN_AND_KANA}])", f"(?={_WIDE})"),
    (f"(?<={_WIDE})", f"(?=[{HAN_AND_KANA}])"),
)


def _pattern(line_end: str, *places: tuple[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"{before}{line_end}{after}" for before, after in places))


# Two spaces before the end of a line are Markdown's mark of a line that ends there.
_SOURCE, _TEXT = r"[ \t]?\n\s*", r"(?:<br>)?\s*\n\s*"
_IN_SOURCE = (_pattern(_SOURCE, *_ANYWHERE), _pattern(_SOURCE, *_ANYWHERE, *_AMONG_THEM))
_IN_TEXT = (_pattern(_TEXT, *_ANYWHERE), _pattern(_TEXT, *_ANYWHERE, *_AMONG_THEM))


def close_source(source: str, lang: str) -> str:
    """The source of a paragraph without the ends of lines that are no space."""
    return _IN_SOURCE[_has_no_spaces(lang)].sub("", source)


def close_text(text: str, lang: str) -> str:
    """Its plain text without them; a `<br>` that says where a line ends stays."""
    return _IN_TEXT[_has_no_spaces(lang)].sub(lambda found: "<br>" if found[0].startswith("<br>") else "", text)


def _has_no_spaces(lang: str) -> bool:
    return lang.split("-")[0] in _WITHOUT_SPACES

"""Any text in the one form in which held words are looked for, so that neither typesetting nor an encoding hides a word.

The form keeps the words and nothing else: what stands between two words, their case, width and marks do not count. A text is read twice
where it has tags: the text between them, and what stands inside them. `BORDER` stands where one field ends and another begins.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote_to_bytes

BORDER = "\ue000"
_NESTED = 4
_FEW = 12
_NEAR = 11

# With the points and vowel signs of Hebrew and Arabic, and the stroke that draws a word out: a text may have them or not, and its words are the same.
_FORMAT = re.compile(
    "[\u00ad\u034f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0600-\u0605\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dd\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u070f\u08d3-\u08ff\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0001-\U000e01ef]"
)
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_MAYBE_DIGIT = re.compile("[\u0660-\u1fff\ua620-\U0010ffff]")
_ONLY_WORDS = {code: chr(code) if chr(code).isalnum() or chr(code) == "\n" else " " for code in range(128)}
# Scripts that are written without spaces between words, by whole blocks: a few wide ranges are searched many times faster than exact ones.
_UNSPACED = "\u2e80-\ua4cf\uf900-\ufaff\U0001aff0-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
HAN = re.compile(f"[{_UNSPACED}]")
NO_WORD = re.compile(r"[\W_]+")
WORD = re.compile(r"[^\W_]+")
_WORD_BESIDE_HAN = re.compile(rf"[^\W_{_UNSPACED}]+")
_FAR_FROM_HAN = re.compile(f"[^{_UNSPACED}]{{24,}}")

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|((?:u[0-9a-fA-F]{4}\\)*u[0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\"'\\/bfnrt])|([0-9][0-9a-fA-F]{2,5})[ \t]?)")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_CONTROLS = dict.fromkeys("bfnrt", " ")

TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
TAGS = re.compile(r"(?:<[A-Za-z/!?][^<>]*>)+")
BORDER_TAG = (
    r"<(?!/?(?:a|abbr|acronym|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|rb|rp|rt|ruby|s|samp|small|span|strong|sub|sup|text"
    r"|time|tspan|tt|u|var|wbr|[aw]:(?!(?:br|cr|p|tab|tbl|tc|tr)[\s/>])\w+|text:(?:a|s|span))[\s/>]|!--)"
)
"""How a tag begins that ends a field; to be read in any case. What word processors write cuts words and phrases anywhere: there a paragraph or a cell does."""
_NOT_INLINE = re.compile(BORDER_TAG, re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\s\"'/][\w:.@-]+\s*=\s*[\"']?)")
_VALUE = re.compile(r"""(?<=[\s"'/])[\w:.@-]+\s*=\s*("[^"]*"|'[^']*')""")
# What kind of file it is, what made it, how it is drawn and set: others have the same.
_OF_MACHINES = re.compile(
    r"""<\?xml\s[^<>]*>|<!DOCTYPE\s[^<>\[]*>|<!--\s*Generator:[^<>]*>|(?<=[\s"'])(?:xmlns(?::[\w.-]+)?|style|d|points|transform)\s*=\s*(?:"[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
_JSON_BORDER = re.compile(r"\"(?:(?<!\\\")(?=\s*[,:}\]])|(?<=[\[{,:]\")|(?<=[\[{,:] \"))")
_ESCAPES = "&;\\\\%"
_CELL = re.compile(r"[\n\r\t,;|\"]")


def decode(text: str) -> str:
    """The text without escapes: those of JSON, of style sheets, of HTML and XML, and per cent; each as often as it was applied."""
    for _ in range(_NESTED):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
        if "%" in text:
            text = _PERCENT.sub(lambda found: unquote_to_bytes(found[0]).decode("utf-8", "replace"), text)
        if text == before:
            break
    return text


def _unescaped(found: re.Match[str]) -> str:
    point, units, byte, char, styled = found.groups()
    if styled:
        # What is ASCII nobody writes so, but for a number behind a backslash.
        number = int(styled, 16)
        return chr(number) if 0x80 <= number < 0xD800 or 0xE000 <= number < 0x110000 else found[0]
    if units:
        code_units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in units[1:].split("\\u"))
        return code_units.decode("utf-16-be", "replace")
    if point or byte:
        number = int(point or byte, 16)
        return chr(number) if number < 0x110000 else " "
    return _CONTROLS.get(char, char)


def fold(text: str) -> str:
    """One form for every character: compatibility forms, case, invisible characters, digits by value."""
    if text.isascii():
        return text.lower()
    text = _composed(_FORMAT.sub("", _composed(text)).casefold())
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text) if _MAYBE_DIGIT.search(text) else text


def _composed(text: str) -> str:
    """The text in NFKC. To see that it is so is quick and to make it so is not, so that the few characters at fault are taken one by one."""
    if not unicodedata.is_normalized("NFKC", text):
        odd = [char for char in set(text) if not unicodedata.is_normalized("NFKC", char)]
        for char in odd if len(odd) <= _FEW else ():
            text = text.replace(char, unicodedata.normalize("NFKC", char))
    return unicodedata.normalize("NFKC", text)


def plain_words(lines: Sequence[str]) -> list[list[str]]:
    """The words of each of some lines of ASCII."""
    return [line.split() for line in "\n".join(lines).lower().translate(_ONLY_WORDS).split("\n")]


def words(folded: str) -> list[str]:
    """The words of a folded text that are not written in Han or kana."""
    return (WORD if folded.isascii() or not HAN.search(folded) else _WORD_BESIDE_HAN).findall(folded)


def characters(folded: str) -> list[str]:
    """The letters and digits of a folded text without what stands between them, wherever Han or kana is near."""
    if folded.isascii() or not HAN.search(folded):
        return []
    closed_up = NO_WORD.sub("", folded)
    return [closed_up[start:end] for start, end in near_han(closed_up)]


def near_han(closed_up: str) -> Iterator[tuple[int, int]]:
    """Where Han or kana is near in a text that has some, and nothing but letters and digits."""
    start = 0
    for far in _FAR_FROM_HAN.finditer(closed_up):
        yield start, far.start() + _NEAR
        start = far.end() - _NEAR
    yield start, len(closed_up)


def key(folded: str) -> str:
    """A whole field, to be compared with another."""
    found = WORD.findall(folded)
    return ("" if HAN.search(folded) else " ").join(found)


def tags(text: str) -> set[str]:
    """The tags of a text, as they are written, each once."""
    return set(TAG.findall(text))


def readings(text: str, without_tags: bool = False) -> Iterator[str]:
    """The folded texts in which a text may say something; where its tags are read apart, without what stands inside them."""
    yield from map(fold, spellings(text, without_tags))
    if not TAG.search(text) and '":' not in text:
        yield fold(_CELL.sub(BORDER, decode(text)))


def readings_of_each(text: str) -> Iterator[str]:
    """The same where each value of an attribute is read by itself: what tags and attributes are called, and in which order they stand, is nobody's words."""
    yield from readings(text, without_tags=True)
    for tag in sorted(tags(text)):
        said = _OF_MACHINES.sub(" ", tag)
        for part in [said] if said.startswith("<!") else _VALUE.split(said):
            yield from readings(part)


def spellings(text: str, without_tags: bool = False) -> Iterator[str]:
    """The texts in which a text may say something, not folded yet. Their words are those of all its readings."""
    if TAG.search(text) or '":' in text:
        yield from _of_markup(text, without_tags, _NESTED)
    else:
        yield from _of_part(text, _NESTED)


def readings_of_tags(found: Iterable[str]) -> Iterator[str]:
    """The folded texts inside tags: the values of attributes, comments."""
    return map(fold, _of_tags(found))


def _of_tags(found: Iterable[str]) -> Iterator[str]:
    yield from _of_part(_ATTRIBUTE.sub(rf" {BORDER} \1 {BORDER} ", f" {BORDER} ".join(found)), _NESTED)


def _of_markup(text: str, without_tags: bool, depth: int) -> Iterator[str]:
    if not TAG.search(text):
        yield from _of_part(text, depth)
        return
    bare, seams = _bare(text)
    yield from _of_part(bare, depth)
    if seams:
        yield from _of_part(TAG.sub(" ", text), depth)
    if not without_tags:
        yield from _of_tags(TAG.findall(text))


def _of_part(part: str, depth: int) -> Iterator[str]:
    if '"' in part:
        part = _JSON_BORDER.sub(BORDER, part)
    plain = decode(part)
    yield plain
    # A backslash or a per cent sign may also be meant as it stands.
    if plain != part and ("\\" in part or "%" in part):
        yield part
    if depth and plain != part and "<" in plain and TAG.search(plain):
        yield from _of_markup(plain, False, depth - 1)


def _bare(text: str) -> tuple[str, bool]:
    """The text without tags, and whether there are some inside a word: they may have ended it all the same."""
    seams = False

    def between(found: re.Match[str]) -> str:
        nonlocal seams
        if _is_border(found[0]):
            return BORDER
        start, end = found.span()
        if not start or end == len(text) or text[start - 1].isspace() or text[end].isspace():
            return " "
        seams = seams or may_be_in_a_word(text[start - 1]) and may_be_in_a_word(text[end])
        return ""

    return TAGS.sub(between, text), seams


@lru_cache(maxsize=4096)
def _is_border(tags_beside: str) -> bool:
    """Whether tags end a field; the same few stand on every page."""
    return bool(_NOT_INLINE.search(tags_beside))


def may_be_in_a_word(char: str) -> bool:
    return char.isalnum() and not HAN.match(char) or char in _ESCAPES

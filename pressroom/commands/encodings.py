"""What a text file that somebody else has written is encoded in. Only import asks: a build reads UTF-8 alone."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from pressroom.ground.problems import EXIT_USAGE, Fault, Problem

UTF_8 = "UTF-8"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"), (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"), (codecs.BOM_UTF8, "utf-8-sig", UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"), (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)  # fmt: skip
_HAN = re.compile("[\u3400-\u9fff]")
_IN_A_WORD = re.compile("(?<=[A-Za-z])[\u3400-\u9fff]|[\u3400-\u9fff](?=[A-Za-z])")
_HINT = "save the file as UTF-8, then import it again"
# How files begin that text processors write: what they hold is no text, though some of it looks like one.
_NO_TEXTS = (
    (b"PK\x03\x04", "a document of a text processor"), (b"\xd0\xcf\x11\xe0", "a document of a text processor"),
    (b"{\\rtf", "rich text (RTF)"), (b"%PDF-", "a PDF"),
)  # fmt: skip


def decoded(source: str) -> tuple[str, str]:
    """A text file's text, every character as it stands there, and the name of its encoding: UTF-8, UTF-16 by its mark, else GB18030.

    Nothing is guessed further: GB18030 that gives characters which no text has, or Chinese ones in the midst of Latin words, is refused.
    """
    try:
        data = Path(source).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Fault(Problem("TX009", f"the file cannot be read ({why})", source), code=EXIT_USAGE) from None
    if what := next((what for beginning, what in _NO_TEXTS if data.startswith(beginning)), ""):
        raise Fault(Problem("FM001", f"the file is {what}, no plain text", source, hint="save it there as plain text, in UTF-8, then import that"))
    codec, name = next(((codec, name) for mark, codec, name in _MARKS if data.startswith(mark)), ("utf-8", UTF_8))
    try:
        return data.decode(codec), name
    except UnicodeDecodeError as error:
        place = error.start + len(data) - len(error.object)
        if codec == "utf-8" and (text := _gb18030(data)):
            return text, "GB18030"
    what = "neither UTF-8 nor GB18030" if codec == "utf-8" else f"not {name}, as the file's first bytes say it is"
    raise Fault(Problem("FM001", f"byte {place} (0x{data[place]:02X}) is {what}", source, hint=_HINT))


def _gb18030(data: bytes) -> str:
    """The text, or nothing where this is another encoding for certain."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    if any(unicodedata.category(char) in ("Co", "Cn") for char in text):
        return ""
    # Of a Latin text each letter with an accent and the one behind it make a Chinese character: most of these then touch a letter.
    return "" if 2 * len(_IN_A_WORD.findall(text)) > len(_HAN.findall(text)) else text

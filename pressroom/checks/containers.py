"""What a file of the output holds inside: the members of archives, compressed data, and the texts among bytes that are no text."""

from __future__ import annotations

import binascii
import bz2
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_DEEPEST = 4
LARGEST = 512 * 1024 * 1024
"""Bytes that one member may unfold to."""

# What a spreadsheet or an editor of texts still writes, in the languages that have such.
_OLDER = ("gb18030", "big5", "cp1252", "cp1251", "cp1256")
_NO_TEXT = re.compile(rb"[\0-\x08\x0b\x0e-\x1f]")
_UTF_8_RUN = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6,}")
_UTF_16_RUN = re.compile(r"[\t\n\r\x20-\x7e\u00a0-\u1fff\u2010-\u206f\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]{6,}")
# In what is no text short runs of zeros are many, and to go through what lies between takes longer than to go through them.
_GAP = re.compile(rb"\0{256,}")
_PNG = b"\x89PNG\r\n\x1a\n"
_ADDRESS_OF_DATA = re.compile(rb";base64,((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes inside a file. `name` leads to them (empty: the file itself); `sealed` where they cannot be looked into.

    `beside` are an archive's bytes with those members blank that are parts of their own.
    """

    name: str
    data: bytes
    sealed: bool = False
    beside: bytes | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, where it begins among the bytes, and how it is encoded there; `whole` where there is nothing beside it."""

    text: str
    offset: int
    encoding: str
    whole: bool


def parts(data: bytes, is_known: Callable[[bytes], bool] = lambda data: False, name: str = "", depth: int = 0) -> Iterator[Part]:
    """The file itself and everything inside it; what is known already is left out, with all that it holds."""
    if is_known(data):
        return
    if data.startswith(b"PK\x03\x04"):
        yield from _members(data, is_known, name, depth)
        return
    yield Part(name, data)
    for mark, how, unfold, wrong in _FOLDED:
        if data.startswith(mark):
            yield from _inside(_unfolded(data, unfold, wrong), is_known, f"{name}({how})", depth)
    if data.startswith(_PNG):
        yield from _said_in_png(data, name)
    for number, found in enumerate(_ADDRESS_OF_DATA.finditer(data) if b";base64," in data else (), 1):
        with suppress(binascii.Error):
            yield from _inside(binascii.a2b_base64(found[1]), is_known, f"{name}(data {number})", depth)
    if data.startswith(b"%PDF-"):
        for number, found in enumerate(_PDF_STREAM.finditer(data), 1):
            try:
                yield Part(f"{name}(stream {number})", zlib.decompressobj().decompress(found[1], LARGEST))
            except zlib.error:
                continue


def _inside(data: bytes | None, is_known: Callable[[bytes], bool], name: str, depth: int) -> Iterator[Part]:
    if data is None or depth >= _DEEPEST:
        yield Part(name, b"", sealed=True)
    else:
        yield from parts(data, is_known, name, depth + 1)


def _unfolded(data: bytes, unfold: Callable[[], Any], wrong: type[Exception]) -> bytes | None:
    """Every member of a compressed file, or None where one cannot be unfolded."""
    found = []
    size = 0
    while data:
        unfolding = unfold()
        try:
            found.append(unfolding.decompress(data, LARGEST - size + 1))
        except wrong:
            return None if not found else b"".join(found)
        size += len(found[-1])
        if size > LARGEST or not unfolding.eof:
            return None
        data = unfolding.unused_data
    return b"".join(found)


_FOLDED: tuple[tuple[bytes, str, Callable[[], Any], type[Exception]], ...] = (
    (b"\x1f\x8b", "gzip", lambda: zlib.decompressobj(wbits=31), zlib.error),
    (b"BZh", "bzip2", bz2.BZ2Decompressor, OSError),
    (b"\xfd7zXZ\0", "xz", lambda: lzma.LZMADecompressor(memlimit=LARGEST), lzma.LZMAError),
)
"""How what is compressed begins, what it is called, and what unfolds it."""


def _said_in_png(data: bytes, name: str) -> Iterator[Part]:
    """What is written into a picture in Latin-1, or compressed (PNG 11.3.3)."""
    at = len(_PNG)
    while at + 8 <= len(data):
        kind, end = data[at + 4 : at + 8], at + 8 + int.from_bytes(data[at : at + 4], "big")
        keyword, _, rest = data[at + 8 : end].partition(b"\0")
        with suppress(zlib.error):
            if kind in (b"tEXt", b"zTXt"):
                said = zlib.decompressobj().decompress(rest[1:], LARGEST) if kind == b"zTXt" else rest
                yield Part(f"{name}({keyword.decode('latin-1')})", said.decode("latin-1").encode())
            elif kind == b"iTXt" and rest[:1] == b"\1":
                yield Part(f"{name}({keyword.decode('latin-1')})", zlib.decompressobj().decompress(rest[2:].split(b"\0", 2)[-1], LARGEST))
        at = end + 4


def _members(data: bytes, is_known: Callable[[bytes], bool], name: str, depth: int) -> Iterator[Part]:
    """A zip file and its members. One that is stored as it is stands among the file's bytes, and is looked at once."""
    beside = bytearray(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                inside = f"{name}!{member.filename}"
                try:
                    whole = archive.read(member) if member.file_size <= LARGEST else None
                # The reader raises these for a password, a spoiled member and a compression it does not know.
                except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError):
                    whole = None
                if whole and depth < _DEEPEST:
                    _blank(beside, data, member, whole)
                yield from _inside(whole, is_known, inside, depth)
    except (zipfile.BadZipFile, ValueError, OSError):
        yield Part(f"{name}(zip)", b"", sealed=True)
    yield Part(name, data, beside=bytes(beside))


def _blank(beside: bytearray, data: bytes, member: zipfile.ZipInfo, whole: bytes) -> None:
    """Blanks a member's bytes where they stand behind its own header (APPNOTE 4.3.7)."""
    header = member.header_offset
    start = header + 30 + int.from_bytes(data[header + 26 : header + 28], "little") + int.from_bytes(data[header + 28 : header + 30], "little")
    if data[start : start + len(whole)] == whole:
        beside[start : start + len(whole)] = bytes(len(whole))


def pieces(data: bytes) -> Iterator[Piece]:
    """The whole as a text where it is one, else every run of characters in UTF-8 and UTF-16 that could be words."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                yield Piece(data[len(mark) :].decode(encoding), len(mark), encoding, True)
                return
            except UnicodeDecodeError:
                break
    if b"\0" not in data[:4096]:
        try:
            yield Piece(data.decode(), 0, "utf-8", True)
            return
        except UnicodeDecodeError:
            pass
    for start, filled in _filled(data):
        for found in _UTF_8_RUN.finditer(filled):
            yield Piece(found[0].decode("utf-8", "replace"), start + found.start(), "utf-8", False)
        for encoding in ("utf-16-le", "utf-16-be"):
            for shift in (0, 1):
                text = filled[shift : len(filled) - (len(filled) - shift) % 2].decode(encoding, "replace")
                for run in _UTF_16_RUN.finditer(text):
                    yield Piece(run[0], start + shift + 2 * run.start(), encoding, False)


def in_older_encodings(data: bytes) -> Iterator[Piece]:
    """All that bytes may be which are no text of Unicode and have the signs of a text alone: in which older encoding they are nobody can tell."""
    if not _NO_TEXT.search(data):
        yield from (Piece(data.decode(encoding, "replace"), 0, encoding, True) for encoding in _OLDER)


def _filled(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The bytes between long runs of zeros, as the members of an archive leave, and where they begin. One zero on each side may be half of a character."""
    start = 0
    for gap in _GAP.finditer(data):
        if gap.start():
            yield start, data[start : gap.start() + 1]
        start = gap.end() - 1
    if start + 1 < len(data):
        yield start, data[start:]

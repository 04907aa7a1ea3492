"""No way of writing a held word hides it from the leak check."""

from __future__ import annotations

import bz2
import gzip
import html
import io
import json
import lzma
import struct
import unicodedata
import zipfile
import zlib
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from pressroom.checks.gathering import Needles
from pressroom.checks.leaks import SEALED
from tests.checks.rooms import CLEARED, HAN_SECRET, HELD, HELD_FOLDER, SECRET, gathered, held, leaks_in, write

WORDS = SECRET.rstrip(".").split()


@pytest.fixture(scope="module")
def needles(tmp_path_factory: pytest.TempPathFactory) -> Needles:
    return gathered(write(tmp_path_factory.mktemp("room"), {**CLEARED, **HELD}))[0]


def page(text: str) -> str:
    return f'<!doctype html>\n<html lang="en"><head><title>Any</title></head><body><p>before</p><p>{text}</p><p>after</p></body></html>'


def zipped(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        archive.writestr("readme.txt", "nothing")
        archive.writestr(name, data)
    return whole.getvalue()


def numbered(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


def picture(kind: bytes, said: bytes) -> bytes:
    """A picture with one chunk that says something."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (kind, said), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks)


def thirds(text: str) -> list[str]:
    """A text cut after every third character."""
    return [text[n : n + 3] for n in range(0, len(text), 3)]


WAYS = {
    "plain text": ("a.txt", f"intro {SECRET} outro"),
    "a paragraph": ("a.html", page(SECRET)),
    "numbered entities": ("a.html", page(numbered(SECRET))),
    "hexadecimal entities": ("a.html", page("".join(f"&#x{ord(char):x};" for char in SECRET))),
    "entities twice": ("feed.xml", f"<entry><content>{html.escape(html.escape(f'<p>{SECRET}</p>'))}</content></entry>"),
    "entities inside a word, beside a tag": ("a.html", page(SECRET.replace("harbour", "har<b>&#98;</b>our"))),
    "per cent": ("a.html", page(f'<a href="mailto:x?body={quote(SECRET)}">mail</a>')),
    "per cent of every letter": ("a.txt", "".join(f"%{byte:02X}" for byte in SECRET.encode())),
    "JSON escapes": ("a.json", json.dumps({"a": SECRET}).replace("h", "\\u0068").replace("e", "\\u0065")),
    "HTML inside JSON": ("feed.json", json.dumps({"content_html": f'<p class="a">{SECRET.replace(" ", "</b> <b>")}</p>'})),
    "JSON inside HTML": ("a.html", f'<script type="application/ld+json">{json.dumps({"headline": SECRET})}</script>'),
    "JSON inside JSON": ("a.json", json.dumps({"a": json.dumps({"b": json.dumps([SECRET + "“"])})})),
    "a tag between words": ("a.html", page(" ".join(f"<b>{word}</b>" for word in WORDS))),
    "tags instead of spaces": ("a.html", page("".join(f"<span>{word}</span>" for word in WORDS))),
    "a tag inside every word": ("a.html", page(" ".join(f"{word[:1]}<i class='x'>{word[1:]}</i>" for word in WORDS))),
    "line breaks": ("a.html", page("<br>".join(WORDS))),
    "cells of a table": ("a.html", "<table><tr>" + "".join(f"<td>{word}</td>" for word in WORDS) + "</tr></table>"),
    "comments between words": ("a.html", page(" <!-- and --> ".join(WORDS))),
    "soft hyphens": ("a.html", page(SECRET.replace("a", "a\u00ad").replace("i", "i&shy;"))),
    "joiners and zero-width spaces": ("a.html", page(SECRET.replace("e", "e\u200b").replace("o", "\u2060o"))),
    "no-break spaces": ("a.html", page(SECRET.replace(" ", "\u00a0", 4).replace(" ", "&nbsp;", 3).replace(" ", "&#8239;"))),
    "full width": ("a.html", page("".join(chr(ord(char) + 0xFEE0) if "!" < char < "~" else char for char in SECRET))),
    "capitals": ("a.html", page(SECRET.upper())),
    "mathematical letters": ("a.html", page("".join(chr(0x1D41A + ord(char) - 97) if "a" <= char <= "z" else char for char in SECRET))),
    "lines": ("a.txt", SECRET.replace(" ", "\n  ")),
    "an attribute": ("a.html", f'<img src="x.png" alt="{SECRET}">'),
    "an attribute in single quotes": ("a.html", f"<img alt='{SECRET}' src=x>"),
    "an attribute with tags in it": ("a.html", f'<p data-text="{html.escape(SECRET.replace(" ", "<b> </b>"))}">x</p>'),
    "the description of a page": ("a.html", f'<head><meta name="description" content="{SECRET}"></head>'),
    "a title": ("a.html", f"<title>{SECRET} · Office</title>"),
    "a comment": ("a.html", page(f"<!-- {SECRET} -->")),
    "a comment with tags in it": ("a.html", page(f"<!-- <p>{SECRET}</p> -->")),
    "CDATA": ("feed.xml", f"<entry><summary><![CDATA[{SECRET}]]></summary></entry>"),
    "a table of values": ("a.csv", f'id,text\n1,"{SECRET}"\n'),
    "values cell by cell": ("a.csv", f"id,{','.join(WORDS)}\n"),
    "drawn text": ("a.svg", "<svg><text>" + "".join(f'<tspan x="{n}">{word} </tspan>' for n, word in enumerate(WORDS)) + "</text></svg>"),
    "drawn text, line by line": ("a.svg", f"<svg><text>{' '.join(WORDS[:4])}</text><text>{' '.join(WORDS[4:])}</text></svg>"),
    "a style sheet": ("a.css", f'p::after {{ content: "{SECRET}" }}'),
    "a drawing in a style sheet": ("a.css", f"p {{ background: url(data:image/svg+xml;base64,{b64encode(f'<svg><text>{SECRET}</text></svg>'.encode()).decode()}) }}"),
    "a script": ("a.js", f"const a = '{SECRET}';"),
    "UTF-16 with a mark": ("a.txt", ("\ufeff" + SECRET).encode("utf-16-le")),
    "UTF-16 among bytes": ("a.bin", b"\x00\xff\xfe\x01" + SECRET.encode("utf-16-le") + b"\x00\x80\x81"),
    "UTF-16, other end first, at an odd place": ("a.bin", b"\x00\xff\x01" + SECRET.encode("utf-16-be") + b"\xd8\x00\x80\x81"),
    "UTF-8 among bytes": ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\xff" + SECRET.encode() + b"\x00\xfe\xff"),
    "gzip": ("a.gz", gzip.compress(page(SECRET).encode())),
    "gzip in two members": ("a.gz", gzip.compress(SECRET[:40].encode()) + gzip.compress(SECRET[40:].encode())),
    "a fragment of a search index": ("pagefind/a.pf_fragment", gzip.compress(b"pagefind_dcd" + json.dumps({"content": SECRET}).encode())),
    "bzip2": ("a.tar.bz2", bz2.compress(page(SECRET).encode())),
    "xz in two streams": ("a.tar.xz", lzma.compress(SECRET[:40].encode()) + lzma.compress(SECRET[40:].encode())),
    "a picture's compressed text": ("a.png", picture(b"zTXt", b"Description\0\0" + zlib.compress(SECRET.encode()))),
    "a picture's compressed text in Unicode": ("a.png", picture(b"iTXt", b"Description\0\1\0zh\0\0" + zlib.compress(HAN_SECRET.encode()))),
    "zip": ("kit.zip", zipped("a.html", page(SECRET).encode())),
    "zip, only stored": ("kit.zip", zipped("a.txt", SECRET.encode(), zipfile.ZIP_STORED)),
    "zip in zip": ("kit.zip", zipped("inner.zip", zipped("a.json.gz", gzip.compress(json.dumps(SECRET).encode())))),
    "a name in a zip": ("kit.zip", zipped("-".join(WORDS) + ".txt", b"")),
    "a word processor's runs": ("a.docx", zipped("word/document.xml", f"<w:p><w:r><w:t>{'</w:t></w:r><w:proofErr/><w:r><w:t>'.join(thirds(SECRET))}</w:t></w:r></w:p>".encode())),
    "a stream of a PDF": ("a.pdf", b"%PDF-1.7\n1 0 obj\nstream\n" + zlib.compress(SECRET.encode()) + b"\nendstream\n\x80\x81"),
    "the name of a file": ("/".join(WORDS) + "/index.html", "x"),
    "the escaped name of a file": (quote(SECRET) + "/index.html", "x"),
    "Chinese": ("a.html", page(HAN_SECRET)),
    "Chinese in a style sheet's escapes": ("a.css", "p::after { content: '%s' }" % "".join(f"\\{ord(char):x} " for char in HAN_SECRET)),
    "Chinese in a style sheet's escapes of six": ("a.css", "p::after { content: '%s' }" % "".join(f"\\{ord(char):06X}" for char in HAN_SECRET)),
    "Chinese with spaces": ("a.html", page(" ".join(HAN_SECRET))),
    "Chinese split by tags": ("a.html", page("".join(f"<b>{char}</b>" for char in HAN_SECRET))),
    "Chinese, escaped": ("a.json", json.dumps({"a": HAN_SECRET})),
    "Chinese in an address": ("a.html", page(f'<a href="?q={quote(HAN_SECRET)}">x</a>')),
    "Chinese among bytes": ("a.bin", b"\x00\xff" + HAN_SECRET.encode() + b"\xff"),
    "twelve characters of it": ("a.txt", f"中文{HAN_SECRET[5:17]}中文"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_held_sentence_is_found(way: str, needles: Needles) -> None:
    path, data = WAYS[way]
    found = leaks_in(needles, {"index.html": page("nothing"), path: data})
    assert [(leak.path, leak.folder) for leak in found] == [(path, HELD_FOLDER)]


@pytest.mark.parametrize("path, data", [("a.txt", "intro {}"), ("a.html", "<p>á b</p><!-- ü --><p class='y'>{}</p>"), ("a.json", '{{"a": "é ü", "b": "{}"}}')])
def test_the_place_is_the_byte_at_which_it_begins(path: str, data: str, needles: Needles) -> None:
    text = data.format(SECRET)
    (found,) = leaks_in(needles, {path: text})
    assert found.offset == text.encode().index(SECRET.encode())


def test_the_place_among_bytes_is_the_byte_at_which_it_begins(needles: Needles) -> None:
    for encoding, before in (("utf-8", b"\x00\xff\xff"), ("utf-16-le", b"\x00\xff\xff"), ("utf-16-be", b"\x00\xff\x01\x02")):
        (found,) = leaks_in(needles, {"a.bin": before + SECRET.encode(encoding) + b"\xff\x00"})
        # Latin letters in UTF-16 read alike from either end, a byte apart.
        assert found.offset - len(before) in (0, encoding == "utf-16-be")


def test_eight_words_are_enough_and_seven_are_not(needles: Needles) -> None:
    assert leaks_in(needles, {"a.txt": " ".join(WORDS[3:11])})
    assert not leaks_in(needles, {"a.txt": " ".join(WORDS[3:10])})


SHORT = {
    "a title of three words": ("a.html", "<p>they say that flags, ARE changed now</p>"),
    "a caption": ("a.html", '<img alt="The bow at dawn, in fog">'),
    "a subtitle of one word": ("a.html", "<h2>Unheard</h2>"),
    "a subtitle split by a tag": ("a.html", "<h2>Un<b>heard</b></h2>"),
    "a subtitle as an attribute": ("a.html", '<img alt="Unheard">'),
    "a subtitle as a string": ("a.json", '{"deck": "Unheard"}'),
    "a title in a word processor's runs": ("a.docx", zipped("word/document.xml", b"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Flags a</w:t></w:r><w:r><w:t>re changed</w:t></w:r></w:p>")),
    "a title in runs of an open document": ("a.odt", zipped("content.xml", b'<text:p><text:span text:style-name="T1">Flags </text:span>are<text:s/>changed</text:p>')),
    "a subtitle as a cell": ("a.csv", "a;Unheard;c"),
    "a place": ("a.xml", "<where> Atlantis </where>"),
    "a slug in a link": ("a.html", '<a href="../quiet-merger-talks/">x</a>'),
    "a slug with an extension": ("a.html", '<a href="/cards/quiet-merger-talks.html">x</a>'),
    "a slug in an identifier": ("feed.xml", "<id>tag:press.test,2020:releases/2026/quiet-merger-talks/en</id>"),
    "a slug in a plain list": ("llms.txt", "- [x](https://press.test/en/releases/2026/quiet-merger-talks/)"),
    "a slug as a string": ("a.json", '{"slug": "quiet-merger-talks"}'),
    "a slug in prose": ("a.html", "<p>the quiet merger talks went on</p>"),
    "a slug as a folder": ("en/releases/2026/quiet-merger-talks/index.html", ""),
    "the name of an attachment": ("releases/2026/other/bow.jpg", "other bytes"),
    "the name of an attachment in a page": ("a.html", '<img src="../bow.jpg">'),
    "a topic that only it has": ("en/topics/mergers/index.html", ""),
    "the name of a topic that only it has": ("a.html", "<li>Mergers and sales</li>"),
    "its name in Chinese": ("a.html", "<li>并购</li>"),
    "a person that only it has": ("a.html", "<a href='x'>Ana Díaz</a>"),
    "the person's address": ("people.json", '{"id": "ana-diaz"}'),
    "an office": ("a.html", "<p>the Chief Gauge Reader of the town</p>"),
    "a Chinese title": ("a.html", "<h1>更换旗帜</h1>"),
}


@pytest.mark.parametrize("what", SHORT)
def test_something_short_is_found_where_it_stands_by_itself(what: str, needles: Needles) -> None:
    path, data = SHORT[what]
    assert {leak.folder for leak in leaks_in(needles, {path: data})} == {HELD_FOLDER}


@pytest.mark.parametrize("text", ["<p>as yet unheard of</p>", "<p>to Atlantis by sea</p>", "<p>他们更换旗帜了</p>", "<p>an ana diaz b</p>"])
def test_something_short_is_not_found_in_the_midst_of_prose(text: str, needles: Needles) -> None:
    assert not leaks_in(needles, {"a.html": text})


def test_a_phrase_is_not_put_together_from_two_fields(needles: Needles) -> None:
    assert not leaks_in(needles, {"a.html": "<ul><li>Flags</li><li>are changed</li></ul>", "a.json": '["flags", "are changed"]', "b.html": '<a title="flags" href="are" rel="changed">'})
    assert not leaks_in(needles, {"a.docx": zipped("word/document.xml", b"<w:p><w:r><w:t>Flags</w:t></w:r></w:p><w:p><w:r><w:t>are changed</w:t></w:r></w:p>")})


def test_an_attachment_is_known_by_its_digest_wherever_it_lies(needles: Needles) -> None:
    data = HELD[f"{HELD_FOLDER}/bow.jpg"].encode()
    assert [leak.way for leak in leaks_in(needles, {"a.jpg": data})] == ["digest"]
    assert [leak.member for leak in leaks_in(needles, {"kit.zip": zipped("a.jpg", data)})] == ["!a.jpg"]
    page = f'<p>x</p><img src="data:image/jpeg;base64,{b64encode(data).decode()}" alt="">'
    assert [(leak.member, leak.way) for leak in leaks_in(needles, {"a.html": page})] == [("(data 1)", "digest")]


def test_an_archive_that_cannot_be_looked_into_is_a_fault(needles: Needles) -> None:
    spoiled = bytearray(zipped("a.txt", b"x" * 1000))
    spoiled[80:90] = b"\xff" * 10
    assert SEALED in {leak.way for leak in leaks_in(needles, {"kit.zip": bytes(spoiled)})}
    assert SEALED in {leak.way for leak in leaks_in(needles, {"a.gz": gzip.compress(b"x" * 1000)[:-20]})}


def test_a_sentence_beside_the_members_of_an_archive_is_found(needles: Needles) -> None:
    """What stands before the members, or behind the end, is no member's."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", "nothing at all")
        archive.comment = SECRET.encode()
    for data in (whole.getvalue(), zipped("a.txt", b"nothing", zipfile.ZIP_STORED) + SECRET.encode()):
        assert [leak.path for leak in leaks_in(needles, {"kit.zip": data})] == ["kit.zip"]


def test_a_stored_member_is_told_once_and_by_its_name(needles: Needles) -> None:
    data = zipped("a.txt", SECRET.encode(), zipfile.ZIP_STORED)
    assert [(leak.path, leak.member) for leak in leaks_in(needles, {"kit.zip": data})] == [("kit.zip", "!a.txt")]


BARE = "سيغلق المجلس محطة الميناء العليا نهائيا في مطلع مارس ويبيع أرضها"
VOWELLED = "سَيُغْلِقُ المَجْلِسُ مَحَطَّةَ المِينَاءِ العُلْيَا نِهَائِيًّا فِي مَطْلَعِ مَارِسَ وَيَبِيعُ أَرْضَهَا"
DRAWN = "سيغلق المجلـــس محطـة المينـــاء العليـا نهائيـا في مطلع مـارس ويبيـع أرضـها"


@pytest.mark.parametrize("held_as", [BARE, VOWELLED, DRAWN])
@pytest.mark.parametrize("written", [BARE, VOWELLED, DRAWN, unicodedata.normalize("NFD", VOWELLED)])
def test_arabic_is_found_with_its_vowel_signs_and_without(tmp_path: Path, held_as: str, written: str) -> None:
    needles = gathered(write(tmp_path, held(held_as, f"title: {' '.join(held_as.split()[:4])}", f"{HELD_FOLDER}/index.ar.md")))[0]
    assert leaks_in(needles, {"a.html": page(written)}) and leaks_in(needles, {"a.html": page(" ".join(written.split()[:4]))})


FRENCH = "La société fermée dès février cédera à l'été prochain son siège à l'étranger."
TEXTS = {
    "cp1252": FRENCH, "cp1251": "Две портовые компании объединятся под одним флагом ещё до наступления зимы.", "cp1256": BARE, "gb18030": HAN_SECRET, "big5": "兩家港口公司將在冬季到來之前合併",
}  # fmt: skip


@pytest.mark.parametrize("encoding", TEXTS)
def test_words_in_an_older_encoding_are_found_and_are_looked_for(tmp_path: Path, encoding: str) -> None:
    text, of_old = TEXTS[encoding], f"1;{TEXTS[encoding]}\r\n".encode(encoding)
    assert leaks_in(gathered(write(tmp_path / "a", held(text)))[0], {"a.csv": of_old})
    root = write(tmp_path / "b", held("x"))
    (root / HELD_FOLDER / "table.csv").write_bytes(of_old)
    assert [leak.what for leak in leaks_in(gathered(root)[0], {"a.html": page(text)})] == ["text of an attachment"]


def test_what_is_written_into_a_picture_in_latin_1_is_found(tmp_path: Path) -> None:
    needles = gathered(write(tmp_path, held(FRENCH)))[0]
    for kind, said in ((b"tEXt", FRENCH.encode("latin-1")), (b"zTXt", b"\0" + zlib.compress(FRENCH.encode("latin-1")))):
        assert [leak.member for leak in leaks_in(needles, {"a.png": picture(kind, b"Description\0" + said)})] == ["(Description)"]

"""Attachments: digests of files of any size, sizes of pictures, nothing that a browser would run."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from pressroom.ground.problems import Problem
from pressroom.model.document import Attachment
from pressroom.reading.attachments import read_attachment
from pressroom.reading.files import File


def attach(tmp_path: Path, name: str, data: bytes) -> tuple[Attachment, list[Problem]]:
    path = tmp_path / name
    path.write_bytes(data)
    return read_attachment(File(str(path), f"content/{name}", len(data), (0, 0, 0, 0)), f"/releases/2020/a/{name}")


def picture(form: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (12, 7)).save(data, form)
    return data.getvalue()


def test_an_attachment_has_the_digest_and_size_of_its_content(tmp_path: Path) -> None:
    data = bytes(range(256)) * 10_000
    found, problems = attach(tmp_path, "data.csv", data)
    assert (found.digest, found.size, found.width) == (hashlib.sha256(data).hexdigest(), len(data), 0) and not problems


@pytest.mark.parametrize(("name", "form"), [("a.png", "PNG"), ("a.JPG", "JPEG"), ("a.webp", "WEBP"), ("a.gif", "GIF")])
def test_a_picture_has_its_size(tmp_path: Path, name: str, form: str) -> None:
    found, problems = attach(tmp_path, name, picture(form))
    assert (found.width, found.height) == (12, 7) and not problems


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, picture()[:20], b"GIF89a", b"<svg/>"])
def test_a_picture_that_cannot_be_read_is_a_fault(tmp_path: Path, data: bytes) -> None:
    assert [problem.code for problem in attach(tmp_path, "a.png", data)[1]] == ["FT011"]


@pytest.mark.parametrize("form", ["BMP", "EPS", "PPM", "TIFF"])
def test_a_picture_that_browsers_do_not_show_is_a_fault_whatever_it_is_called(tmp_path: Path, form: str) -> None:
    assert [problem.code for name in ("a.jpg", "a.png") for problem in attach(tmp_path, name, picture(form))[1]] == ["FT011", "FT011"]


@pytest.mark.parametrize("name", ["a.html", "index.html", "a.HTM", "a.xhtml", "a.js", "a.xml", "a.rss", "a.MathML", "a.svgz"])
def test_what_a_browser_would_run_is_refused(tmp_path: Path, name: str) -> None:
    assert [problem.code for problem in attach(tmp_path, name, b"<p>harmless")[1]] == ["TX014"]


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('width="800" height="400"', (800, 400)), ('width="30pt" height="1.5in" viewBox="0 0 9 9"', (40, 144)), ('viewBox="0 0 9 3"', (2000, 667)), ('viewBox="-5,-5,300,600"', (2000, 4000)),
        ('width="100%" height="100%" viewBox="0 0 16 9"', (2000, 1125)), ('width="210mm" viewBox="0 0 210 297"', (794, 1123)), ('height="90" viewBox="0 0 16 9"', (160, 90)),
        ("", (0, 0)), ('width="800"', (0, 0)), ('viewBox="0 0 0 0"', (0, 0)), ('viewBox="0 0 1"', (0, 0)), ('width="." height="1.1.1"', (0, 0)), ('viewBox="0 0 1 999999"', (0, 0)),
    ],
)  # fmt: skip
def test_a_drawing_has_the_size_that_it_is_shown_in(tmp_path: Path, root: str, size: tuple[int, int]) -> None:
    data = f'\ufeff<?xml version="1.0"?>\n<!-- <svg width="1" height="1"> -->\n<svg xmlns="http://www.w3.org/2000/svg" {root}><path d="M0 0h9"/></svg>'.encode()
    found, problems = attach(tmp_path, "a.SVG", data)
    assert (found.drawn, found.width, problems) == (size, 0, [])


@pytest.mark.parametrize("data", [b"", b"no drawing", b"<?xml version='1.0' encoding='us-ascii'?><svg width='1' h\xc3", b"<!-- never closed"])
def test_a_drawing_that_cannot_be_read_has_no_size(tmp_path: Path, data: bytes) -> None:
    assert attach(tmp_path, "a.svg", data)[0].drawn == (0, 0)


def test_a_plain_drawing_is_published(tmp_path: Path) -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>On line = data</title><path d="M0 0h9"/><use href="#a"/><a xlink:href="https://x.test/?a=1&amp;b=2#c&#100;"/></svg>'
    data = b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n' + data
    assert not attach(tmp_path, "a.svg", data)[1]


@pytest.mark.parametrize(
    "inside",
    ["<script>x</script>", "<s:script>x</s:script>", "<g onload='x'/>", "<a href='javascript:x'/>", "<a href='java&#115;cript:x'/>", "<foreignObject/>", "<set attributeName='href' to='x'/>", "<animateTransform/>", "<image href='data:text/html,x'/>", "<?xml-stylesheet href='x'?>", "<!ENTITY a 'b'>",
     "<g onload          ='x'/>", "<s.v:script>x</s.v:script>", "<é:script>x</é:script>", f"<{'s' * 31}:script/>", "<!ATTLIST svg onload CDATA 'x'>",
     f"<a href='{' ' * 31}&#106;avascript:x'/>", "<a href          ='&#106;avascript:x'/>", "<a href='?a&amp;b&#106;'/>", "<a href='javascript          :x'/>"],
)
def test_a_drawing_that_could_run_is_refused(tmp_path: Path, inside: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        assert [problem.code for problem in attach(tmp_path, "a.svg", f"<svg>{inside}</svg>".encode(encoding))[1]] == ["TX014"], encoding


@pytest.mark.parametrize("data", [
    "<svg><\u0120:script/></svg>".encode("utf-16"), "<svg><title>x</title></svg>".encode("utf-16-le"),
    b"<?xml version='1.0' encoding='ISO-2022-JP'?><svg><scr\x1b(Bipt/></svg>",
])  # fmt: skip
def test_a_drawing_in_an_encoding_that_hides_what_it_says_is_refused(tmp_path: Path, data: bytes) -> None:
    assert [problem.code for problem in attach(tmp_path, "a.svg", data)[1]] == ["TX014"]


def turned(form: str) -> bytes:
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (12, 7)).save(data, form, exif=exif)
    return data.getvalue()


@pytest.mark.parametrize(("form", "size"), [("JPEG", (7, 12)), ("PNG", (7, 12)), ("AVIF", (7, 12)), ("WEBP", (12, 7))])
def test_a_picture_that_its_camera_turned_has_the_size_that_browsers_show(tmp_path: Path, form: str, size: tuple[int, int]) -> None:
    found, problems = attach(tmp_path, f"a.{form.lower()}", turned(form))
    assert (found.width, found.height) == size and found.still and not problems


@pytest.mark.parametrize("form", ["JPEG", "AVIF"])
def test_a_picture_that_only_its_xmp_turns_stands_as_browsers_show_it(tmp_path: Path, form: str) -> None:
    data = io.BytesIO()
    Image.new("RGB", (12, 7)).save(data, form, xmp=b'<x:xmpmeta xmlns:x="adobe:ns:meta/" tiff:Orientation="6"/>')
    found, problems = attach(tmp_path, f"a.{form.lower()}", data.getvalue())
    assert (found.width, found.height, found.orientation) == (12, 7, 1) and not problems


def test_what_a_camera_wrote_may_be_anything(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.new("RGB", (12, 7)).save(data, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff broken")
    found, problems = attach(tmp_path, "a.jpg", data.getvalue())
    assert (found.width, found.height, found.orientation) == (12, 7, 1) and not problems


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_a_picture_that_moves_does_not_stand_still(tmp_path: Path, form: str) -> None:
    data = io.BytesIO()
    frames = [Image.new("RGB", (12, 7), colour) for colour in ("red", "blue")]
    frames[0].save(data, form, save_all=True, append_images=frames[1:])
    found, problems = attach(tmp_path, f"a.{form.lower()}", data.getvalue())
    assert not found.still and not problems


def test_a_picture_with_a_second_beside_it_stands_still(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.new("RGB", (12, 7)).save(data, "MPO", save_all=True, append_images=[Image.new("RGB", (12, 7), "red")])
    found, problems = attach(tmp_path, "a.jpg", data.getvalue())
    assert (found.width, found.still) == (12, True) and not problems


@pytest.mark.parametrize("size", [(20_000, 20_000), (12_000, 9_000)])
def test_a_picture_too_large_to_be_shown_is_a_fault(tmp_path: Path, size: tuple[int, int]) -> None:
    import struct
    import zlib

    head = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunks = b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in ((b"IHDR", head), (b"IDAT", b""), (b"IEND", b"")))
    assert [problem.code for problem in attach(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n" + chunks)[1]] == ["FT016"]


def test_a_picture_that_says_where_it_was_taken_is_told_of(tmp_path: Path) -> None:
    data, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[2] = (46.0, 12.0, 3.0)
    Image.new("RGB", (12, 7)).save(data, "JPEG", exif=exif)
    (problem,) = attach(tmp_path, "a.jpg", data.getvalue())[1]
    assert (problem.code, problem.severity) == ("TX019", "warning")


def test_a_picture_of_a_camera_that_could_say_where_it_is_and_does_not_is_not_told_of(tmp_path: Path) -> None:
    data, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[0] = b"\2\3\0\0"
    Image.new("RGB", (12, 7)).save(data, "JPEG", exif=exif)
    with Image.open(io.BytesIO(data.getvalue())) as image:
        assert image.getexif().get_ifd(0x8825)
    assert not attach(tmp_path, "a.jpg", data.getvalue())[1]

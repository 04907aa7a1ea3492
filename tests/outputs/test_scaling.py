"""Pictures in other sizes: the same bytes everywhere, nothing in them but the picture, and no picture that brings a build down."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from pressroom.ground.problems import Fault
from pressroom.outputs.originals import Original
from pressroom.outputs.scaling import AVIF, WEBP, scaled
from tests.sites import REPOSITORY


def drawing(mode: str = "RGB", size: tuple[int, int] = (640, 400)) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (ramp, ramp.rotate(90).resize(size), Image.new("L", size, 90))).convert(mode)


def original(folder: Path, image: Image.Image, form: str = "PNG", **named: object) -> Original:
    path = folder / f"a.{form.lower()}"
    image.save(path, form, **named)
    return Original(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), str(path), "content/a")


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("form", [AVIF, WEBP])
def test_a_picture_has_the_size_it_is_made_in(tmp_path: Path, form: str) -> None:
    found = opened(scaled(original(tmp_path, drawing()), 1, form, 320, 200))
    assert (found.size, found.format) == ((320, 200), form.upper())


@pytest.mark.parametrize("form", [AVIF, WEBP])
def test_another_process_makes_the_same_bytes(tmp_path: Path, form: str) -> None:
    file = original(tmp_path, drawing())
    code = (
        "import sys, hashlib; from pressroom.outputs.originals import Original; from pressroom.outputs.scaling import scaled;"
        f"print(hashlib.sha256(scaled(Original('a', sys.argv[2], sys.argv[1], ''), 1, {form!r}, 320, 200)).hexdigest())"
    )
    found = subprocess.run([sys.executable, "-c", code, file.path, file.digest], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert found.strip() == hashlib.sha256(scaled(file, 1, form, 320, 200)).hexdigest()


@pytest.mark.parametrize("form", [AVIF, WEBP])
def test_what_the_camera_wrote_stays_out(tmp_path: Path, form: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET MAKER"
    exif.get_ifd(0x8825)[2] = (46.0, 12.0, 3.0)
    data = scaled(original(tmp_path, drawing(), "JPEG", exif=exif, comment=b"SECRET COMMENT"), 1, form, 320, 200)
    assert b"SECRET" not in data and not opened(data).getexif() and "icc_profile" not in opened(data).info


def test_a_picture_that_the_camera_turned_stands_upright(tmp_path: Path) -> None:
    image = Image.new("RGB", (40, 20), "red")
    image.paste("blue", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    found = opened(scaled(original(tmp_path, image, "JPEG", exif=exif, quality=95), 6, WEBP, 20, 40))
    assert found.size == (20, 40)
    assert found.getpixel((10, 5))[2] > 150 > found.getpixel((10, 35))[2]


def test_colours_are_those_of_the_pictures_own_profile(tmp_path: Path) -> None:
    """A profile that says what sRGB says changes next to nothing; one that nobody can read, nothing."""
    plain = opened(scaled(original(tmp_path, drawing()), 1, WEBP, 320, 200))
    for profile in (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), b"no profile", b"\0" * 200):
        found = opened(scaled(original(tmp_path, drawing(), icc_profile=profile), 1, WEBP, 320, 200))
        assert all(abs(a - b) <= 4 for a, b in zip(found.getpixel((160, 100)), plain.getpixel((160, 100)), strict=True))


def deep(folder: Path) -> Original:
    return original(folder, Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16").resize((640, 400)))


@pytest.mark.parametrize("make", [
    lambda folder: original(folder, drawing("1")), lambda folder: original(folder, drawing("L")), lambda folder: original(folder, drawing("P")),
    lambda folder: original(folder, drawing("P"), transparency=3), lambda folder: original(folder, drawing("P"), "GIF"),
    lambda folder: original(folder, drawing("LA")), lambda folder: original(folder, drawing("RGBA")), lambda folder: original(folder, drawing("L"), transparency=9),
    lambda folder: original(folder, drawing("CMYK"), "JPEG"), lambda folder: original(folder, drawing("YCbCr"), "JPEG"), deep,
    lambda folder: original(folder, drawing(), "AVIF"), lambda folder: original(folder, drawing(), "WEBP"),
    lambda folder: original(folder, drawing(size=(5000, 1))), lambda folder: original(folder, drawing(size=(1, 5000))),
])  # fmt: skip
def test_a_picture_of_any_mode_can_be_made(tmp_path: Path, make: Callable[[Path], Original]) -> None:
    for form in (AVIF, WEBP):
        found = opened(scaled(make(tmp_path), 1, form, 480, 300))
        assert found.size == (480, 300)
        assert 40 < found.convert("L").resize((1, 1)).getpixel((0, 0)) < 215, "neither black nor white"


def test_transparency_stays(tmp_path: Path) -> None:
    image = drawing("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    assert opened(scaled(original(tmp_path, image), 1, AVIF, 320, 200)).mode == "RGBA"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_picture_whose_points_cannot_be_read_is_a_fault(tmp_path: Path, form: str) -> None:
    path = Path(original(tmp_path, drawing(), form).path)
    data = path.read_bytes()[:-300]
    path.write_bytes(data)
    with pytest.raises(Fault) as fault:
        scaled(Original("a", hashlib.sha256(data).hexdigest(), str(path), "content/a"), 1, WEBP, 320, 200)
    assert [(problem.code, problem.path) for problem in fault.value.problems] == [("FT011", "content/a")]


@pytest.mark.parametrize("form", ["BMP", "EPS", "TIFF"])
def test_a_picture_of_a_form_that_browsers_do_not_show_is_not_made(tmp_path: Path, form: str) -> None:
    with pytest.raises(Fault) as fault:
        scaled(original(tmp_path, drawing(), form), 1, WEBP, 320, 200)
    assert [problem.code for problem in fault.value.problems] == ["FT011"]


def test_a_picture_that_changes_or_goes_during_the_build_is_a_fault(tmp_path: Path) -> None:
    file = original(tmp_path, drawing())
    Path(file.path).write_bytes(b"another")
    with pytest.raises(Fault) as changed:
        scaled(file, 1, WEBP, 320, 200)
    Path(file.path).unlink()
    with pytest.raises(Fault) as gone:
        scaled(file, 1, WEBP, 320, 200)
    assert {problem.code for fault in (changed, gone) for problem in fault.value.problems} == {"FT012"}

"""Takes the pictures of docs/theme.md from the gallery of the demo newsroom: `.venv/bin/python -m tests.pictures`.

Run by hand where a component was added or looks otherwise; it wants chromium, and fonts for Arabic. No test compares pixels.
"""

from __future__ import annotations

import functools
import io
import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

from pressroom.build import build
from pressroom.commands import builds
from pressroom.model.settings import PREVIEW
from tests.browser.conftest import FLAGS, Quiet
from tests.sites import REPOSITORY

FOLDER = REPOSITORY / "docs" / "images" / "components"
LANGUAGES = ("en", "ar")
LARGEST = 30_000
_WIDTH, _MARGIN = 760, 16


def gallery(root: Path) -> Path:
    """The demo's preview, built in a folder of its own."""
    settings = replace(builds.read(REPOSITORY), root=str(root), output=str(root / PREVIEW), audience=PREVIEW)
    build(settings, datetime(2026, 12, 1, 12, tzinfo=UTC))
    return root / PREVIEW


def shots(page: Any, address: str) -> Iterator[tuple[str, Image.Image]]:
    """Each component of a gallery's page by its name. One that opens is open."""
    page.goto(address)
    paper = picture(page.screenshot(clip={"x": 0, "y": 300, "width": 1, "height": 1})).getpixel((0, 0))
    for sample in page.locator(".sample").all():
        name = sample.get_attribute("id").removeprefix("sample-")
        for found in sample.locator(f"details.{name}").all():
            found.evaluate("found => { found.open = true; }")
        yield name, trimmed(picture(sample.locator("> div").screenshot()), paper)


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def trimmed(shown: Image.Image, paper: Any) -> Image.Image:
    """What is not paper, with a margin."""
    box = ImageChops.difference(shown, Image.new("RGB", shown.size, paper)).getbbox() or (0, 0, 1, 1)
    cut = shown.crop(box)
    framed = Image.new("RGB", (cut.width + 2 * _MARGIN, cut.height + 2 * _MARGIN), paper)
    framed.paste(cut, (_MARGIN, _MARGIN))
    return framed


def beside(one: Image.Image, other: Image.Image) -> Image.Image:
    both = Image.new("RGB", (one.width + other.width, max(one.height, other.height)), one.getpixel((0, 0)))
    both.paste(one, (0, 0))
    both.paste(other, (one.width, 0))
    return both


def compressed(picture: Image.Image) -> bytes:
    """As PNG with as many colours as the size allows."""
    for colours in (64, 32, 16, 8, 6):
        written = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


def take(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as root, sync_playwright() as playwright:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(gallery(Path(root)))))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(viewport={"width": _WIDTH, "height": 900}, reduced_motion="reduce").new_page()
        one, other = (dict(shots(page, f"http://127.0.0.1:{server.server_port}/gallery/{lang}/")) for lang in LANGUAGES)
        browser.close()
        server.shutdown()
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.png"):
        path.unlink()
    for name in one:
        path = folder / f"{name}.png"
        path.write_bytes(compressed(beside(one[name], other[name])))
        print(f"{path.relative_to(REPOSITORY)}  {path.stat().st_size}")


if __name__ == "__main__":
    take(FOLDER)

"""Recordings in a browser: a time of the transcript seeks in the page, and what is being said is marked; pictures keep their room."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browser.conftest import Serve
from tests.outputs.trees import build_files

FOLDER = "transcripts/2026/the-talk"
FILES = {
    f"{FOLDER}/index.en.md": (
        "---\ntitle: What was said on the rain\ndate: 2026-03-04\nmedia: [talk.wav, talk.en.vtt]\n---\n[00:00:01] [Narration] The office met the press.\n\n"
        "[00:00:02]\n\nIt rained for the whole of the night.\n\n[00:00:03] [Soundbite] Ana Díaz | Director\n\nThe dam is full.\n"
    ),
    f"{FOLDER}/talk.en.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nThe office met the press.\n",
    "root/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "releases/2026/shown/index.en.md": "---\ntitle: Shown\ndate: 2026-03-05\n---\n![A slope](slope.png)\n\nText.\n\n![Turned](turned.jpg)\n",
}  # fmt: skip
MARKED = "[...document.querySelectorAll('[aria-current=true]')].filter(e => !e.closest('nav')).map(e => e.textContent.trim().split('\\n')[0])"


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    root = tmp_path_factory.mktemp("media")
    for folder in (FOLDER, "releases/2026/shown"):
        (root / "content" / folder).mkdir(parents=True)
    _hum(root / "content" / FOLDER / "talk.wav")
    shown = root / "content/releases/2026/shown"
    Image.linear_gradient("L").resize((1600, 900)).save(shown / "slope.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.linear_gradient("L").resize((900, 600)).save(shown / "turned.jpg", exif=exif)
    return serve(build_files(root, FILES).folder)


def until(page: Any, expression: str) -> None:
    """Waits until an expression is true. Playwright's own wait evaluates it in the page, which the page's policy refuses."""
    for _ in range(160):
        if page.evaluate(f"Boolean({expression})"):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {expression}")


def _hum(path: Path) -> None:
    """Five seconds of a low tone."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"".join(struct.pack("<h", int(6000 * math.sin(n * 0.3))) for n in range(40_000)))


@pytest.fixture
def page(browser: Any) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 700}, reduced_motion="reduce")
    context.set_default_timeout(8000)
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    assert opened.said == []
    context.close()


def test_a_time_seeks_in_the_page_and_what_is_said_is_marked_as_it_goes(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{FOLDER}/")
    until(page, "document.querySelector('audio').readyState > 0")
    page.evaluate("document.querySelector('audio').muted = true")
    assert page.evaluate(MARKED) == []
    link = page.locator(".prose > .cue a")
    link.focus()
    page.keyboard.press("Enter")
    until(page, f"{MARKED}.length && document.querySelector('audio').currentTime >= 2")
    assert page.url.endswith(f"/en/{FOLDER}/") and not page.evaluate("document.querySelector('audio').paused")
    assert page.evaluate("document.querySelector('.prose > [aria-current]').textContent").startswith("It rained for")
    assert page.evaluate("document.activeElement.closest('.cue') !== null"), "the reader stays where the reader was"
    until(page, "document.querySelector('#s2').matches('[aria-current=true]')")
    assert page.evaluate(f"{MARKED}.length") == 1 and page.evaluate("scrollY") == 0
    until(page, "document.querySelector('audio').ended")
    until(page, f"!{MARKED}.length")


def test_the_mark_follows_whoever_seeks_in_the_player(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{FOLDER}/")
    until(page, "document.querySelector('audio').readyState > 0")
    for time, marked in ((1.2, "#s1"), (3.5, "#s2"), (0.2, "")):
        page.evaluate(f"document.querySelector('audio').currentTime = {time}")
        until(page, f"'{marked}' ? document.querySelector('{marked or 'main'}').matches('[aria-current=true]') : !{MARKED}.length")


def test_captions_can_be_read_in_every_language_that_has_them(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{FOLDER}/")
    found = page.evaluate(
        """() => new Promise(done => {
            const track = document.querySelector('track');
            track.addEventListener('load', () => done([track.track.language, track.track.label, track.track.cues[0].text]));
            track.track.mode = 'hidden';
        })"""
    )
    assert found == ["en", "English", "The office met the press."]


def test_without_javascript_a_time_leads_to_the_recording_itself(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{address}/en/{FOLDER}/")
    assert opened.locator("#s1 .speaker .cue a").get_attribute("href").endswith(f"{FOLDER}/talk.wav#t=1")
    context.close()


def test_a_key_that_opens_elsewhere_is_the_browsers(page: Any, address: str) -> None:
    page.goto(f"{address}/en/{FOLDER}/")
    page.evaluate("addEventListener('click', event => { window.kept = event.defaultPrevented; event.preventDefault(); })")
    page.locator("#s1 .speaker .cue a").click(modifiers=["Control"])
    assert page.evaluate("kept") is False


def test_pictures_come_in_the_width_that_is_needed_and_move_nothing(page: Any, address: str) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value })).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"{address}/en/releases/2026/shown/")
    page.evaluate("document.querySelectorAll('main img').forEach(image => image.scrollIntoView())")
    until(page, "[...document.querySelectorAll('main img')].every(image => image.complete && image.naturalWidth)")
    first, turned = page.evaluate("[...document.querySelectorAll('main img')].map(image => [image.currentSrc.split('/').pop(), image.clientWidth > image.clientHeight])")
    assert first == ["slope.png.800.avif", True] and turned[0].endswith(".avif") and turned[1] is False
    assert page.evaluate("moved") == 0

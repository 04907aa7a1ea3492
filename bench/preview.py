"""`inv bench --preview`: how long it takes from a save to the changed words on the screen of a browser, beside `inv serve`."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.report import machine, row
from bench.stories import Corpus
from bench.tools.pressroom import Pressroom
from bench.tools.tool import REPOSITORY, put

_SERVE = [sys.executable, "-c", "from pathlib import Path; from pressroom.commands.program import main; main(Path.cwd())", "serve"]
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# Asked for at every frame: what a frame finds in the page is on the screen with it.
_SHOWN = """(word) => { window.shown = new Promise((done, failed) => {
  setTimeout(failed, 60000, new Error(`${word} was never shown`));
  const look = () => document.body.textContent.includes(word) || getComputedStyle(document.body).getPropertyValue("--bench").includes(word)
    ? requestAnimationFrame(() => done()) : requestAnimationFrame(look);
  look();
}) }"""


@dataclass(frozen=True, slots=True)
class Save:
    """What is saved, and the page that is open: `change` puts a word into a source."""

    name: str
    address: str
    change: Callable[[str], None]


def saves(site: Pressroom) -> Iterator[Save]:
    story = max(site.corpus, key=lambda story: story.date)
    source, style = site.path(story, "en"), site.folder / "theme" / "static" / "press.css"
    text, look = source.read_text(encoding="utf-8"), style.read_text(encoding="utf-8")
    title = story.texts["en"].title
    yield Save("a text, its page open", f"/en/{story.folder}/", lambda word: put(source, f"{text}\n{word}.\n"))
    yield Save("a headline, the front page open", "/en/", lambda word: put(source, text.replace(title, f"{title} {word}", 1)))
    yield Save("a style sheet, a page open", f"/en/{story.folder}/", lambda word: put(style, f"{look}\nbody {{ --bench: {word}; }}\n"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.preview", description=__doc__)
    parser.add_argument("--pages", type=int, default=1002, help="editions: six for each story")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--folder", default="", help="where the site is made, and kept; else a folder that is removed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(given.folder or spare) / "preview"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        site = Pressroom(folder, Corpus(max(1, given.pages // 6)), [])
        site.write()
        with _served(site.folder) as (address, wait), _page() as page:
            lines = [_measured(page, address, save, given.runs, wait) for save in saves(site)]
    print(f"{site.corpus.count * len(site.corpus.languages):,} editions, {given.runs} saves of each. {machine()}\n")
    print("\n".join([row(["saved", "median ms", "fastest", "slowest"]), row(["---", "--:", "--:", "--:"]), *lines]))


def _measured(page: Any, address: str, save: Save, runs: int, wait: Callable[[], None]) -> str:
    page.goto(address + save.address, wait_until="networkidle")
    found = []
    for number in range(runs + 1):
        word = f"bench{number}x{len(save.name)}"
        page.evaluate(_SHOWN, word)
        begun = time.perf_counter()
        save.change(word)
        page.evaluate("shown")
        found.append((time.perf_counter() - begun) * 1000)
        # An editor types for longer than what else the change brought takes to be made.
        wait()
        time.sleep(1)
    # The first one after a start copies the standby tree.
    found = found[1:]
    print(f"{save.name}: {' '.join(f'{one:.0f}' for one in found)}", file=sys.stderr, flush=True)
    return row([save.name, *(f"{one:.0f}" for one in (median(found), min(found), max(found)))])


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The preview of a site: its address, and what waits until one more build has ended."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said = folder.with_suffix(".log")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with said.open("w") as log, subprocess.Popen([*_SERVE, f"--port={port}"], cwd=folder, env=environment, stdout=log, stderr=log) as process:
        builds = 0

        def wait() -> None:
            nonlocal builds
            while (text := said.read_text(encoding="utf-8")).count("files for the preview:") <= builds:
                if process.poll() is not None:
                    raise SystemExit(text)
                time.sleep(0.05)
            builds += 1

        try:
            wait()
            yield f"http://127.0.0.1:{port}", wait
        finally:
            process.send_signal(signal.SIGINT)


@contextmanager
def _page() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser.new_page()
        browser.close()


if __name__ == "__main__":
    main()

"""Whatever happens to the folders between builds, a build gives exactly its site."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.press.trees import MANY, Place, read_tree

PATHS = [f"{folder}{name}" for folder in ("", "en/", "en/a/", "fr/b/c/") for name in ("index.html", "feed.xml", "x", "y")]
LARGE = bytes(range(256)) * 4000


def some_site(chance: random.Random, last: dict[str, bytes]) -> dict[str, bytes]:
    site = {path: data for path, data in last.items() if chance.random() < 0.9}
    for path in chance.sample(PATHS, chance.randrange(5)):
        site[path] = chance.choice((b"", b"one", b"two", b"x" * 5000, path.encode(), LARGE))
    if chance.random() < 0.2:
        site = {path: data for path, data in site.items() if not path.startswith("en/")} | {"en": b"a file"}
    elif any(path.startswith("en/") for path in site):
        site.pop("en", None)
    return site


def tamper_with(tree: Path, chance: random.Random) -> None:
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    folders = sorted(path for path in tree.rglob("*") if path.is_dir() and not path.is_symlink())
    if not files or not folders:
        return
    file, folder = chance.choice(files), chance.choice(folders)
    actions: list[Callable[[], object]] = [
        lambda: file.write_bytes(b"tampered"),
        lambda: file.write_bytes(bytes(reversed(file.read_bytes()))),
        lambda: file.unlink(),
        lambda: (file.unlink(), file.symlink_to("/etc/passwd")),
        lambda: (file.unlink(), file.mkdir()),
        lambda: (file.unlink(), (file / "deep").mkdir(parents=True), (file / "deep" / "file").write_bytes(b"")),
        lambda: (file.unlink(), os.mkfifo(file)),
        lambda: os.utime(file, (0, 0)),
        lambda: file.chmod(0o600),
        lambda: (folder / "stray").write_bytes(b"stray"),
        lambda: shutil.rmtree(folder),
        lambda: (shutil.rmtree(folder), folder.symlink_to("/etc")),
        lambda: (shutil.rmtree(folder), folder.write_bytes(b"")),
        lambda: shutil.copytree(folder, tree / "copy", symlinks=True, dirs_exist_ok=True),
        lambda: (tree / "bare" / "folder").mkdir(parents=True, exist_ok=True),
    ]
    try:
        chance.choice(actions)()
    except OSError:
        return


def lose(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def replace_by_copy(path: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, path.with_name("copied"), symlinks=True, ignore=shutil.ignore_patterns("pipe"))
        shutil.rmtree(path)
        path.with_name("copied").rename(path)


def put_back(place: Place, kept: dict[str, bytes], chance: random.Random) -> None:
    """Files of the state as they were some builds ago: one of them, or all."""
    for name, data in kept.items() if chance.random() < 0.5 else chance.sample(sorted(kept.items()), min(len(kept), 1)):
        place.state.mkdir(mode=0o700, exist_ok=True)
        (place.state / name).write_bytes(data)


def befall(place: Place, chance: random.Random, kept: dict[str, bytes]) -> None:
    for _ in range(chance.randrange(3)):
        event = chance.random()
        if event < 0.4:
            tamper_with(place.output, chance)
        elif event < 0.7:
            tamper_with(place.standby, chance)
        elif event < 0.85:
            put_back(place, kept, chance)
        else:
            lose(chance.choice((place.output, place.standby, place.state, place.state / "ledger.json", place.state / "ledger.json.changes")))


@pytest.mark.parametrize("seed", range(12))
def test_a_random_life_of_a_site(place: Place, seed: int, request: pytest.FixtureRequest) -> None:
    chance = random.Random(seed)
    few: dict[str, bytes] = {}
    # Of a larger site only what has changed is written to the ledger.
    always, kept = MANY if seed % 3 else {}, dict[str, bytes]()
    site: dict[str, bytes] = {}
    for _ in range(400 if request.config.getoption("--slow", default=False) else 20):
        last, few = site, some_site(chance, few)
        site = {**always, **few}
        befall(place, chance, kept)
        if chance.random() < 0.3 and place.state.exists():
            kept = {path.name: path.read_bytes() for path in place.state.glob("ledger.json*")}
        before = read_tree(place.output)
        receipt = place.build(site)
        assert read_tree(place.output) == site, f"after {last}"
        assert set(receipt.written) == {path for path, data in site.items() if before.get(path) != data}
        assert {path for path in before if path not in site and path in receipt.removed} == before.keys() - site.keys() - {
            folder for folder in before if folder.endswith("/") and any(path.startswith(folder) for path in site)
        }
        assert receipt.kept == len(site) - len(receipt.written)
        assert not (place.root / ".output.stage").exists()


def test_output_and_standby_that_change_places_by_hand_or_are_copies_are_known_by_their_bytes(place: Place) -> None:
    chance = random.Random(7)
    site: dict[str, bytes] = {"index.html": b"front"}
    for turn in range(12):
        site = some_site(chance, site)
        place.build(site)
        assert read_tree(place.output) == site
        if turn % 3 == 0 and place.standby.exists():
            place.output.rename(place.root / "third")
            place.standby.rename(place.output)
            (place.root / "third").rename(place.standby)
        elif turn % 3 == 1:
            replace_by_copy(place.output)

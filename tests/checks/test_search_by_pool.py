"""Many new files are searched by a pool: what is found, what is told of it and what is remembered are the same."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pressroom.checks.gathering import Needles, gather
from pressroom.checks.held import judge_sources
from pressroom.checks.leak_record import LeakRecord, new_record
from pressroom.checks.leaks import Files, Leak, search
from pressroom.ground import pool
from pressroom.ground.pool import Pool
from tests.checks.rooms import CLEARED, HAN_SECRET, HELD, HELD_FOLDER, NOW, SECRET, gathered, write

TREE = {
    **{f"en/{number:03}/index.html": f"<p>Clean page {number}.</p>" for number in range(200)},
    "en/050/leaks.html": f"<p>{SECRET}</p>",
    "zh-hans/leaks.html": f"<p>{HAN_SECRET}</p>",
    f"{HELD_FOLDER}/index.html": "<p>Nothing.</p>",
}


def files_of(root: Path, tree: dict[str, str]) -> Files:
    write(root, tree)
    return Files({path: hashlib.sha256(text.encode()).hexdigest() for path, text in tree.items()}, partial(read, root))


def read(root: Path, path: str) -> bytes:
    return (root / path).read_bytes()


def searched(root: Path, tree: dict[str, str], record: LeakRecord | None, workers: int) -> tuple[list[Leak], LeakRecord]:
    needles, known = gathered(root / "room", record=record)
    with Pool(workers, lambda: ThreadPoolExecutor(workers)) as opened:
        return search(files_of(root / "tree", tree), needles, known, opened)


@pytest.fixture(autouse=True)
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_STARTING", 0)
    monkeypatch.setattr(pool, "_SENDING", 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "room", {**CLEARED, **HELD})
    return tmp_path


def test_it_finds_and_tells_what_one_process_does(root: Path) -> None:
    leaks, _ = searched(root, TREE, None, 2)
    assert {leak.path for leak in leaks} == {"en/050/leaks.html", "zh-hans/leaks.html", f"{HELD_FOLDER}/index.html"}
    assert leaks == searched(root, TREE, None, 1)[0]


def test_it_remembers_what_one_process_does(root: Path) -> None:
    clean = {path: text for path, text in TREE.items() if path.endswith("/index.html") and path.startswith("en/")}
    leaks, record = searched(root, clean, None, 2)
    assert not leaks and record.searched == searched(root, clean, None, 1)[1].searched


def test_what_is_remembered_is_not_searched_again_and_what_is_new_is(root: Path) -> None:
    clean = {path: text for path, text in TREE.items() if path.startswith("en/") and path.endswith("/index.html")}
    _, record = searched(root, clean, None, 2)
    leaks, _ = searched(root, {**clean, "en/201/index.html": f"<p>{SECRET}</p>"}, record, 2)
    assert [leak.path for leak in leaks] == ["en/201/index.html"]


def asked(root: Path, record: LeakRecord | None, workers: int) -> tuple[Needles, LeakRecord]:
    known = record or new_record("test")
    with Pool(workers, lambda: ThreadPoolExecutor(workers)) as opened:
        return gather(judge_sources([(str(root), "content")], NOW, "Europe/Paris", known.known), (b"common words",), known, pool=opened)


def test_sources_looked_through_by_a_pool_excuse_what_they_do_without(root: Path) -> None:
    room = root / "room"
    write(room, {f"releases/2020/said-{n}/index.en.md": f"---\ntitle: Said {n}\ndate: 2020-01-0{n % 9 + 1}\n---\n{SECRET if n % 5 == 0 else 'Nothing.'}\n" for n in range(40)})
    first, record = asked(room, new_record("test"), 2)
    alone, remembered = asked(room, replace(new_record("test"), salt=record.salt), 1)
    assert first == alone and record == remembered
    # Another document is held: of what is remembered only its needles are asked.
    write(room, {"releases/2026/another/index.en.md": "---\ntitle: Another thing\ndate: 2026-01-01\nstatus: draft\n---\nNobody should ever have heard of this other thing.\n"})
    assert asked(room, record, 2) == asked(room, record, 1)
    assert asked(room, record, 2)[0].needles != first.needles

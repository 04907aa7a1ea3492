"""Compiled templates are kept between builds, and never trusted when they are spoiled."""

from __future__ import annotations

import os
import pickle
from functools import lru_cache, partial
from pathlib import Path

import pytest

from pressroom.ground import pool
from pressroom.ground.executors import local_processes
from pressroom.model.artifact import Artifact, Worked
from pressroom.model.site import Copy
from pressroom.press import references
from pressroom.press.environment import Pages
from pressroom.press.making import Texts, make_each
from pressroom.press.render import Renderer
from pressroom.press.templates import Shelf, compiled_here


def made(folder: Path, kept: Path, engine: str = "engine") -> str:
    """A page as a process that has compiled nothing yet makes it."""
    compiled_here.cache_clear()
    references.named_in.cache_clear()
    renderer = Renderer(((str(folder), "theme"),), engine, lambda ref: None, str(kept))
    digest = renderer._template_digest("page.html")
    return f"{digest} {renderer._environment.render('page.html', {'word': '<'})}"


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / "page.html").write_text('{% include "part.html" %}{{ word }}')
    (folder / "part.html").write_text("part")
    return folder


def test_a_second_build_compiles_nothing(theme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(theme, tmp_path / "kept")
    monkeypatch.setattr(Pages, "compile", lambda *given, **more: pytest.fail("compiled again"))
    assert made(theme, tmp_path / "kept") == first


def test_a_template_that_changed_and_another_engine_are_compiled(theme: Path, tmp_path: Path) -> None:
    made(theme, tmp_path / "kept")
    (theme / "page.html").write_text("new {{ word }}")
    assert made(theme, tmp_path / "kept").endswith(" new &lt;")
    before = len(list((tmp_path / "kept").iterdir()))
    made(theme, tmp_path / "kept", "another")
    assert len(list((tmp_path / "kept").iterdir())) > before


@pytest.mark.parametrize("is_here", [True, False])
def test_what_other_processes_compile_is_kept_for_the_next_build_if_they_are_of_this_machine(
    theme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_here: bool
) -> None:
    compiled_here.cache_clear()
    opened = Renderer(((str(theme), "theme"),), "engine", lambda ref: None, str(tmp_path / "kept")).elsewhere(is_here)
    assert pickle.loads(pickle.dumps(opened))()._environment.render("page.html", {"word": "<"}) == "part&lt;"
    assert (tmp_path / "kept").exists() == is_here
    if is_here:
        monkeypatch.setattr(Pages, "compile", lambda *given, **more: pytest.fail("compiled again"))
    assert made(theme, tmp_path / "kept").endswith(" part&lt;")


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:40], lambda data: data[:-1], lambda data: b"\0" * len(data), lambda data: data[:50] + b"\xff" + data[51:]])
def test_what_is_spoiled_is_made_again(theme: Path, tmp_path: Path, spoil) -> None:
    first = made(theme, tmp_path / "kept")
    for file in (tmp_path / "kept").iterdir():
        file.write_bytes(spoil(file.read_bytes()))
    assert made(theme, tmp_path / "kept") == first
    assert made(theme, tmp_path / "kept") == first


def test_where_nothing_can_be_kept_pages_are_made_all_the_same(theme: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("no folder")
    assert made(theme, tmp_path / "kept") == made(theme, tmp_path / "other")


def test_a_shelf_that_has_grown_too_full_is_emptied(tmp_path: Path) -> None:
    shelf = Shelf(str(tmp_path), "engine")
    for number in range(1001):
        shelf.put(b"x", str(number))
    Shelf(str(tmp_path), "engine")
    assert not list(tmp_path.iterdir())


def order(names: tuple[str, ...]) -> tuple[int, ...]:
    _asked().append(names)
    return tuple(sorted(range(len(names)), key=names.__getitem__))


@lru_cache(maxsize=1)
def _asked() -> list[tuple[str, ...]]:
    return []


def listed(names: tuple[str, ...], order: tuple[int, ...]) -> str:
    return " ".join(names[place] for place in order)


def test_what_is_dear_to_work_out_is_worked_out_once(theme: Path, tmp_path: Path) -> None:
    def make(names: tuple[str, ...], engine: str = "engine") -> bytes | Copy:
        renderer = Renderer(((str(theme), "theme"),), engine, lambda ref: None, str(tmp_path / "kept"))
        return renderer.make(Artifact("list", listed, (names, Worked(order, (names,)))))

    asked = _asked()
    asked.clear()
    assert [make(("b", "a", "c")), make(("b", "a", "c")), make(("c", "b"))] == [b"a b c", b"a b c", b"b c"]
    assert asked == [("b", "a", "c"), ("c", "b")]
    assert make(("c", "b"), "another") == b"b c" and len(asked) == 3
    for file in (tmp_path / "kept").iterdir():
        file.write_bytes(file.read_bytes()[:-1] + b"0")
    assert make(("b", "a", "c")) == b"a b c" and len(asked) == 4


def no_text(kind: type, data: bytes) -> None:
    return None


def order_told(folder: str, names: tuple[str, ...]) -> tuple[int, ...]:
    with open(os.path.join(folder, "asked"), "a") as file:
        file.write(f"{os.getpid()}\n")
    return order(names)


def test_what_is_dear_is_worked_out_once_by_a_process_that_goes_and_kept_where_others_make_the_pages(
    theme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_STARTING", 0.0)
    asked, names = _asked(), ("b", "a", "c")
    asked.clear()
    folders, kept = ((str(theme), "theme"),), str(tmp_path / "kept")
    artifacts = [Artifact(f"list {number}", listed, (names, Worked(order_told, (str(tmp_path), names)))) for number in range(200)]
    with pool.Pool(2, partial(local_processes, 2), is_here=True) as several:
        made = list(make_each(artifacts, Renderer(folders, "engine", lambda ref: None, kept), Texts(lambda ref: b"", no_text), (), several))
        (process,) = map(int, (tmp_path / "asked").read_text().split())
        assert process != os.getpid() and asked == []
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    assert [content for _, content in made] == [b"a b c"] * 200
    assert Renderer(folders, "engine", lambda ref: None, kept).make(artifacts[0]) == b"a b c" and asked == []

"""The files of editions over the store: read once, known again, never beyond bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.ground.problems import Fault
from pressroom.ground.store import Store
from pressroom.model.document import DocumentFields
from pressroom.model.settings import Settings
from pressroom.model.text import Quoted, QuotedRef
from pressroom.reading import sources as reading_sources
from pressroom.reading.dialects import Dialect
from pressroom.reading.sources import Opened, Sources
from pressroom.reading.texts import LARGEST_TEXT
from pressroom.reading.tree import scan

SETTINGS = Settings("/r", "/r/content", "/r/output", "/r/theme", "Office", "https://p.test", "Europe/Paris", "en", ("en",), "p.test,2020")
TEXT = "---\ntitle: A\ndate: 2020-11-02\n---\nWords *of* it.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "content/releases/2020/a/index.en.md"
    found.parent.mkdir(parents=True)
    found.write_text(TEXT)
    return found


def sources(path: Path, store: Store, engine: str = "1", dialect: Dialect | None = None) -> tuple[Sources, Opened]:
    root = path.parents[3]
    (bundle,) = scan(((str(root), "content"),), ("en",)).bundles
    found = Sources(SETTINGS, engine, dialect or Dialect(), store, {})
    return found, found.open(bundle, "en", bundle.editions["en"])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "state/store")) as found:
        yield found


def test_what_was_read_comes_from_the_store_as_it_was(path: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "state/store")
    with Store(file) as store:
        reading, opened = sources(path, store)
        facts = reading.facts(opened, "release", "en", opened.header.document)
        body = reading.body(opened.file.shown)
    with Store(file) as store:
        reading, again = sources(path, store)
        assert again.source is None and again.header == opened.header
        assert reading.facts(again, "release", "en", again.header.document) == facts and reading.body(again.file.shown) == body


def test_a_file_is_known_by_its_stamp_only_if_it_was_old_when_it_was_looked_at(path: Path, store: Store) -> None:
    _, opened = sources(path, store)
    last = max(opened.file.stamp[1:3])
    of_look = [Sources(SETTINGS, "1", Dialect(), store, {}, settled=settled) for settled in (last, last + 1)]
    assert [one.is_settled(opened.file) for one in of_look] == [False, True]


def test_what_one_person_says_is_had_without_the_rest_of_the_text(path: Path, store: Store) -> None:
    path.write_text(f"{TEXT}\n> Twice.\n> — Ana Díaz, Director, Water Agency\n\n> Not once.\n> — Bo Li\n\n> Thrice, we *said*.\n> — Ana Díaz, Head\n")
    reading, opened = sources(path, store)
    facts = reading.facts(opened, "release", "en", opened.header.document)
    found = {id: reading.load(QuotedRef(opened.file.shown, opened.digest, id)) for id in ("ana-diaz", "bo-li", "nobody")}
    assert found["ana-diaz"] == {
        1: Quoted(facts.passages[1].id, "Twice.", "Director", "Water Agency"),
        3: Quoted(facts.passages[3].id, "Thrice, we said.", "Head", ""),
    }
    assert found["bo-li"] == {2: Quoted(facts.passages[2].id, "Not once.", "", "")} and not found["nobody"]
    assert found == {id: facts.quoted(id, reading.body(opened.file.shown).passages) for id in found}


@pytest.mark.parametrize("change", ["engine", "dialect", "speakers", "text"])
def test_what_the_facts_depend_on_makes_them_anew(path: Path, tmp_path: Path, change: str) -> None:
    file = str(tmp_path / "state/store")
    with Store(file) as store:
        reading, opened = sources(path, store)
        reading.facts(opened, "release", "en", opened.header.document)
        before = store.entry(opened.file.shown)
    if change == "text":
        path.write_text(TEXT + "\nMore.\n")
    with Store(file) as store:
        reading, opened = sources(path, store, "2" if change == "engine" else "1", Dialect({"A": "a"}) if change == "dialect" else None)
        fields = replace(opened.header.document, speakers=("A",)) if change == "speakers" else opened.header.document
        assert len(reading.facts(opened, "release", "en", fields).passages) == (2 if change == "text" else 1)
    with Store(file) as store:
        assert store.entry(opened.file.shown) != before


def test_a_file_that_is_too_large_is_not_even_read(path: Path, store: Store) -> None:
    with path.open("wb") as file:
        file.truncate(100 * LARGEST_TEXT)
    _, opened = sources(path, store)
    assert [problem.code for problem in opened.header.problems] == ["FM016"]


@pytest.mark.parametrize("data", [b"", b"\xff", TEXT.encode("utf-16"), TEXT.encode() + b"\0", b"---\n", TEXT.encode() + b"*a _b " * 3000 + b"c_ d* " * 3000, b"\xef\xbb\xbf" + TEXT.encode().replace(b"\n", b"\r\n"), TEXT.encode().replace(b"\n", b"\r")])
def test_any_file_is_read_or_has_problems(path: Path, store: Store, data: bytes) -> None:
    path.write_bytes(data)
    reading, opened = sources(path, store)
    facts = reading.facts(opened, "release", "en", DocumentFields())
    assert opened.header.problems or facts.problems or [passage.line for passage in facts.passages] == [5]


def test_a_text_that_is_not_held_is_read_once_more(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    held, opened = sources(path, store)
    expected = held.facts(opened, "release", "en", DocumentFields(), kept=False)
    monkeypatch.setattr(reading_sources, "_MOST_HELD", 0)
    again, opened = sources(path, store)
    assert opened.source is None and again.facts(opened, "release", "en", DocumentFields(), kept=False) == expected


def test_a_text_that_is_another_when_it_is_read_once_more_is_a_fault(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_sources, "_MOST_HELD", 0)
    found, opened = sources(path, store)
    path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    with pytest.raises(Fault) as fault:
        found.facts(opened, "release", "en", DocumentFields())
    assert [(problem.code, problem.path) for problem in fault.value.problems] == [("FT012", opened.file.shown)]

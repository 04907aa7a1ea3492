"""The search for leaks in whole rooms: what it remembers, what it says."""

from __future__ import annotations

import pickle
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.build import build
from pressroom.checks.gathering import gather
from pressroom.checks.held import judge_sources
from pressroom.checks.leak_record import dumps, loads, new_record
from pressroom.checks.leaks import Files, Leak, Searcher, problems_of, search
from pressroom.checks.needles import DIGEST
from pressroom.checks.runs import RUN
from pressroom.checks.sieve import Sieve
from tests.checks.rooms import CLEARED, HAN_SECRET, HELD, HELD_FOLDER, NOW, SECRET, gathered, held, leaks, searched, write
from tests.sites import REPOSITORY
from tests.test_sameness import settings_of

BOILERPLATE = "This office measures every river and harbour of the coast, and publishes what it measures."
LANGUAGES = ("en", "zh-Hans", "fr", "es", "ru", "ar")


def test_the_name_of_an_old_file_is_looked_at_for_new_needles(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    tree = {"en/releases/2026/other-thing/index.html": "x"}
    found, record = searched(needles, record, tree)
    assert not found
    write(tmp_path, held("x", name="releases/2026/other-thing/index.en.md"))
    needles, record = gathered(tmp_path, record=record)
    assert [leak.folder for leak in searched(needles, record, tree)[0]] == ["releases/2026/other-thing"]


def test_a_file_that_was_searched_is_not_read_again(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    tree = {"a.html": "<p>one</p>", "b.html": "<p>two</p>"}
    read: list[str] = []
    _, record = searched(needles, record, tree, read)
    assert read == ["a.html", "b.html"]
    _, record = searched(needles, loads(dumps(record), "test"), {**tree, "c.html": "<p>three</p>"}, read)
    assert read == ["a.html", "b.html", "c.html"]


def test_of_many_files_only_the_changed_and_the_new_ones_are_read_again(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    tree = {f"en/{number:04}/index.html": f"<p>{number}</p>" for number in range(300)}
    _, record = searched(needles, record, tree)
    read: list[str] = []
    changed = {"en/0150/index.html": "<p>other</p>", "a.html": "", "en/0150/z.html": "<p>new</p>"}
    _, record = searched(needles, loads(dumps(record), "test"), {**tree, **changed}, read)
    assert sorted(read) == sorted(changed)
    gone = {path: data for path, data in {**tree, **changed}.items() if not path.startswith("en/01")}
    assert len(gone) < 250 and searched(needles, loads(dumps(record), "test"), gone, read := [])[1].searched and not set(read) & set(changed)


def test_a_digest_that_is_not_that_of_the_bytes_is_never_relied_upon(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    for data in (b"<p>one</p>", b"<p>two</p>", f"<p>{SECRET}</p>".encode()):
        found, record = search(Files({"a.html": "0" * 64}, lambda path, data=data: data), needles, record)
    assert [leak.path for leak in found] == ["a.html"]


def test_of_a_file_that_was_searched_only_what_is_new_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    may_hold = Sieve.may_hold
    monkeypatch.setattr(Sieve, "may_hold", lambda sieve, text: looked_at.append(len(text)) or may_hold(sieve, text))
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    rows = [f"<li>This is row number {number} of the list of everything</li>" for number in range(300)]
    before = {"a.html": "\n".join(rows)}
    _, record = searched(needles, record, before)
    assert looked_at.pop() > 10_000
    for new in ("<li>One more</li>", f"<li>{SECRET}</li>"):
        found, after = searched(needles, record, {"a.html": "\n".join((*rows[:150], new, *rows[150:]))}, former=before)
        assert max(looked_at) < 500 and bool(found) == (SECRET in new)
        assert not found or found[0].offset == len("\n".join(rows[:150])) + len("\n<li>")


def test_what_stood_before_is_relied_upon_only_where_it_was_searched_for_all(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    rows = [f"<li>This is row number {number} of the list of everything</li>" for number in range(40)]
    clean, leaking = "\n".join(rows), "\n".join((*rows[:20], f"<li>{SECRET}</li>", *rows[20:]))
    _, record = searched(needles, record, {"a.html": clean, "b.html": "<p>other</p>"})
    now = {"a.html": f"{leaking}\n<li>One more</li>", "b.html": "<p>other</p>"}
    # What lies at the place now was never searched, nor anything where nothing is remembered.
    assert searched(needles, record, now, former={"a.html": leaking})[0]
    assert searched(needles, new_record("test"), now, former={"a.html": leaking})[0]
    # A file of another name was searched under that.
    _, other = searched(needles, record, {"a.html": "<p>x</p>", "b.html": clean})
    assert searched(needles, other, now, former={"a.html": leaking})[0]
    # What became held since stood there already.
    write(tmp_path, held(" ".join(rows[7].removeprefix("<li>").removesuffix("</li>").split()), name="releases/2026/quay/index.en.md"))
    needles, record = gathered(tmp_path, record=loads(dumps(record), "test"))
    found, _ = searched(needles, record, {"a.html": f"{clean}\n<li>One more</li>", "b.html": "<p>other</p>"}, former={"a.html": clean})
    assert [leak.folder for leak in found] == ["releases/2026/quay"]


def test_needles_can_be_sent_to_another_process(tmp_path: Path) -> None:
    needles = pickle.loads(pickle.dumps(gathered(write(tmp_path, {**CLEARED, **HELD}))[0]))
    searcher = Searcher(needles)
    assert [leak.offset for leak in searcher.leaks_in("a.html", f"<p>{SECRET}</p>".encode())] == [3] and not searcher.leaks_in("a.html", b"<p>x</p>")


def test_an_old_file_is_read_for_new_needles(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    tree = {"a.html": f"<p>{BOILERPLATE}</p>"}
    found, record = searched(needles, record, tree)
    assert not found
    write(tmp_path, held(BOILERPLATE, name="releases/2026/other/index.en.md"))
    needles, record = gathered(tmp_path, record=loads(dumps(record), "test"))
    found, record = searched(needles, record, tree)
    assert [leak.folder for leak in found] == ["releases/2026/other"]
    assert searched(needles, record, tree)[0] == found


def test_what_a_cleared_source_excused_is_looked_for_again_when_that_is_gone(tmp_path: Path) -> None:
    about = {"pages/about/index.en.md": f"---\ntitle: About\n---\n{BOILERPLATE}\n"}
    needles, record = gathered(write(tmp_path, {**about, **held(BOILERPLATE)}))
    tree = {"a.html": f"<p>{BOILERPLATE}</p>"}
    found, record = searched(needles, record, tree)
    assert not found
    (tmp_path / "pages/about/index.en.md").unlink()
    needles, record = gathered(tmp_path, record=loads(dumps(record), "test"))
    assert searched(needles, record, tree)[0]


def test_a_document_that_is_lifted_and_held_again_is_looked_for_again(tmp_path: Path) -> None:
    root = write(tmp_path, {**CLEARED, **HELD})
    tree = {"a.html": f"<p>{SECRET}</p>"}
    needles, record = gathered(root, now=datetime(2031, 1, 1, tzinfo=UTC))
    found, record = searched(needles, record, tree)
    assert not found and not needles.needles
    needles, record = gathered(root, record=record)
    assert searched(needles, record, tree)[0]


def test_the_record_is_bytes_that_hold_no_needle_in_clear(tmp_path: Path) -> None:
    import zlib

    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    _, record = searched(needles, record, {"a.html": "x"})
    data = dumps(record)
    clear = zlib.decompress(data)
    for word in ("merger", "Flags", "flags", "bow", "mergers", "Atlantis", HAN_SECRET[:2]):
        assert word.encode() not in clear
    assert loads(data, "test") == record
    assert hash(dumps(gathered(tmp_path)[1])) != hash(dumps(gathered(tmp_path)[1]))


@pytest.mark.parametrize("data", [b"", b"x", b"\x78\x9c", dumps(new_record("other engine"))], ids=["empty", "short", "cut", "other engine"])
def test_a_record_that_cannot_be_read_knows_nothing(data: bytes) -> None:
    record = loads(data, "test")
    assert not record.searched and not record.searched_for and record.salt


def test_a_leak_names_the_file_the_byte_and_the_document(tmp_path: Path) -> None:
    (leak,) = leaks(tmp_path, HELD, {"a.html": f"<p>{SECRET}</p>"})
    (problem,) = problems_of([leak])
    assert (problem.code, problem.path) == ("GT004", "output a.html")
    assert "at byte 3" in problem.message and HELD_FOLDER in problem.message


@pytest.mark.parametrize("standing", [False, True])
def test_a_leak_of_words_says_what_to_do_where_everybody_has_them(tmp_path: Path, standing: bool) -> None:
    found = leaks(tmp_path, HELD, {"a.html": f"<p>{SECRET}</p>", "b.jpg": HELD[f"{HELD_FOLDER}/bow.jpg"]})
    by_way = {leak.way: problem.hint for leak, problem in zip(found, problems_of(found, standing=standing), strict=True)}
    assert by_way[RUN].endswith(f"say them otherwise in {HELD_FOLDER}") and "otherwise" not in by_way[DIGEST]
    assert standing or all("a template" in hint for hint in by_way.values())
    assert not any("otherwise" in problem.hint for problem in problems_of(found, public_log=True, standing=standing))


@pytest.mark.parametrize("standing", [False, True])
@pytest.mark.parametrize("name", ["bow.jpg", "map.svg"])
def test_a_name_that_a_file_of_the_root_has_too_is_to_be_changed_in_one_of_the_two(tmp_path: Path, name: str, standing: bool) -> None:
    text = HELD[f"{HELD_FOLDER}/index.en.md"].replace("[bow.jpg]", f"[{name}]")
    files = {**HELD, f"{HELD_FOLDER}/index.en.md": text, f"{HELD_FOLDER}/{name}": "its own bytes", f"root/{name}": "other bytes"}
    found = leaks(tmp_path, files, {name: "other bytes"})
    (problem,) = problems_of(found, standing=standing)
    assert "root/" in problem.hint and f"rename that one or the one in {HELD_FOLDER}" in problem.hint
    (told,) = problems_of(found, public_log=True, standing=standing)
    assert name not in f"{told.path} {told.message} {told.hint}" and "rename" not in told.hint


def test_in_a_public_log_nothing_names_the_document(tmp_path: Path) -> None:
    tree = {"a.html": f"<p>{SECRET}</p>", f"en/{HELD_FOLDER}/index.html": "<h1>Flags are changed</h1>"}
    problems = problems_of(leaks(tmp_path, HELD, tree), public_log=True)
    assert {problem.path for problem in problems} == {"output a.html", "output"}
    for problem in problems:
        said = f"{problem.path} {problem.message} {problem.hint}"
        assert "GT004" == problem.code and not any(word in said for word in ("quiet", "merger", "Flags", "title", "slug"))


def test_the_repositorys_own_room_holds_no_leak_and_one_copied_sentence_is_found(tmp_path: Path) -> None:
    for name in ("content", "theme"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("v"))
    # At this instant most of it is held, so that nothing of it can have been corrected.
    for path in (tmp_path / "content").rglob("index.*.md"):
        path.write_text(re.sub(r"\ncorrections:\n(?: .*\n)+", "\n", path.read_text()))
    build(replace(settings_of(tmp_path), languages=LANGUAGES), NOW)
    output = tmp_path / "output"

    def found() -> list[Leak]:
        common = [path.read_bytes() for path in (tmp_path / "theme").rglob("*") if path.is_file()]
        needles, record = gather(judge_sources([(str(tmp_path / "content"), "content")], NOW, "Europe/Paris"), common, new_record("test"))
        assert len({needle.folder for needle in needles.needles}) > 5
        files = {path.relative_to(output).as_posix(): "" for path in output.rglob("*") if path.is_file()}
        return search(Files(files, lambda path: (output / path).read_bytes()), needles, record)[0]

    assert not found()
    page = output / "fr" / "index.html"
    text = page.read_text().replace("</body>", "<p>The cheapest remedy turns out to be the oldest: forty centimetres of masonry.</p></body>")
    page.write_text(text)
    (leak,) = found()
    assert (leak.path, leak.folder) == ("fr/index.html", "releases/2031/state-of-the-harbours")
    assert leak.offset == text.encode().index(b"The cheapest")

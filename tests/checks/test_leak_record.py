"""What the leak check keeps tells nobody a word who has none of the texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pressroom.checks.held import HeldSource, judge_sources, keys_of
from pressroom.checks.leak_record import dumps, hashes_of, loads, opened
from tests.checks.rooms import CLEARED, HELD, HELD_FOLDER, NOW, gathered, searched, write

DRAFT = {"releases/2026/sale/index.en.md": "---\ntitle: A sale\ndate: 2026-01-01\nstatus: draft\n---\nSold.\n"}
LONG = {"releases/2026/flood/index.en.md": f"---\ntitle: A flood\ndate: 2030-01-01\n---\n{'The lower town is under water tonight. ' * 40}\n"}


def held(root: Path) -> tuple[HeldSource, ...]:
    return judge_sources([(str(root), "content")], NOW, "Europe/Paris").held


def test_a_record_is_opened_by_who_has_one_of_the_held_texts_and_by_nobody_else(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD, **LONG}))
    _, record = searched(needles, record, {"a.html": "<p>x</p>"})
    written = dumps(record, [b"one" * 10, b"two" * 10])
    assert record.salt not in written
    locked = loads(written, "test")
    assert not locked.salt and locked.asked == record.asked
    for keys in ([b"one" * 10], [b"other" * 6, b"two" * 10]):
        assert replace(opened(locked, keys), locks={}) == record
    for keys in ([], [b"other" * 6]):
        other = opened(locked, keys)
        assert other.salt and other.salt != record.salt and not (other.asked or other.searched_for or other.runs or any(other.excused.values()))
        assert other.searched == record.searched and other.known == record.known and other.excused.keys() == record.excused.keys()
    assert dumps(record, [b"one" * 10]) != dumps(record, [b"one" * 10]), "a key that is used again opens no other salt"


def test_what_cannot_be_opened_is_asked_and_searched_anew(tmp_path: Path) -> None:
    tree = {"a.html": "<p>The lower town is under water tonight. The lower town</p>"}
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    _, record = searched(needles, record, tree)
    locked = loads(dumps(record, keys_of(held(tmp_path))), "test")
    write(tmp_path, LONG)
    needles, again = gathered(tmp_path, record=opened(locked, [b"other" * 6]))
    assert [leak.folder for leak in searched(needles, again, tree)[0]] == ["releases/2026/flood"]


def test_each_long_text_has_a_key_and_short_ones_one_together(tmp_path: Path) -> None:
    assert keys_of(held(write(tmp_path, CLEARED))) == []
    (alone,) = keys_of(held(write(tmp_path, HELD)))
    (together,) = keys_of(held(write(tmp_path, DRAFT)))
    assert together != alone
    (of_long,) = keys_of(held(write(tmp_path, LONG)))
    assert of_long not in (alone, together)
    write(tmp_path, {f"{HELD_FOLDER}/index.en.md": "---\ntitle: Flags are changed\ndate: 2030-01-01\n---\nAnother text.\n"})
    assert keys_of(held(tmp_path)) == [of_long]
    write(tmp_path, {"releases/2026/flood/levels.csv": "1,2\n"})
    assert keys_of(held(tmp_path)) != [of_long]


def test_what_stands_for_a_needle_depends_on_the_salt() -> None:
    assert hashes_of(b"1" * 16, [("run", "a b")]) != hashes_of(b"2" * 16, [("run", "a b")]) != hashes_of(b"2" * 16, [("field", "a b")])

"""The store: what was put is there again, what is spoiled is made anew, what is taken out is gone from the disk."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from pressroom.ground.problems import Fault
from pressroom.ground.store import Store


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "state" / "store.sqlite")


def fill(path: str) -> None:
    with Store(path) as store:
        store.put("a.md", "stamp", "digest", "key", b"facts", b"body of a")
        store.put("b.md", "stamp", "digest", "key", b"facts", b"Unspeakable words of b")


def test_what_was_put_is_there_again(path: str) -> None:
    fill(path)
    with Store(path) as store:
        assert store.entry("a.md") == ("stamp", "digest", "key", b"facts") and store.body("a.md") == b"body of a"


def test_its_folder_is_for_its_owner_alone(path: str) -> None:
    fill(path)
    assert os.stat(os.path.dirname(path)).st_mode & 0o777 == 0o700


def test_a_new_stamp_keeps_the_body(path: str) -> None:
    fill(path)
    with Store(path) as store:
        store.put("a.md", "another", "digest", "key", b"facts")
    with Store(path) as store:
        assert store.entry("a.md")[0] == "another" and store.body("a.md") == b"body of a"


def test_a_run_that_fails_leaves_it_as_it_was(path: str) -> None:
    fill(path)
    with pytest.raises(RuntimeError), Store(path) as store:
        store.put("c.md", "stamp", "digest", "key", b"facts", b"body")
        raise RuntimeError
    with Store(path) as store:
        assert store.names() == {"a.md", "b.md"}


def test_what_is_taken_back_is_not_kept_though_the_run_goes_well(path: str) -> None:
    fill(path)
    with Store(path) as store:
        store.put("c.md", "stamp", "digest", "key", b"facts", b"Unspeakable too")
        store.roll_back()
    with Store(path) as store:
        assert store.names() == {"a.md", "b.md"}
    assert b"Unspeakable too" not in Path(path).read_bytes()


def test_what_was_committed_stays_though_the_run_fails_later(path: str) -> None:
    with pytest.raises(RuntimeError), Store(path) as store:
        store.put("c.md", "stamp", "digest", "key", b"facts", b"body")
        store.commit()
        assert store.body("c.md") == b"body"
        raise RuntimeError
    with Store(path) as store:
        assert store.names() == {"c.md"}


def test_what_is_taken_out_is_overwritten_on_the_disk(path: str) -> None:
    fill(path)
    assert b"Unspeakable" in Path(path).read_bytes()
    with Store(path) as store:
        store.keep_only({"a.md"})
    assert b"Unspeakable" not in Path(path).read_bytes()
    with Store(path) as store:
        assert store.names() == {"a.md"}


@pytest.mark.parametrize("spoiled", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 2000])
def test_one_that_is_spoiled_is_made_anew(path: str, spoiled: bytes) -> None:
    fill(path)
    Path(path).write_bytes(spoiled)
    with Store(path) as store:
        assert store.names() == set()
    fill(path)


def test_one_that_is_cut_short_is_made_anew_or_says_what_to_do(path: str) -> None:
    with Store(path) as store:
        for n in range(300):
            store.put(f"{n}.md", "stamp", "digest", "key", b"facts" * 50, b"body" * 500)
    whole = Path(path).read_bytes()
    for length in range(0, len(whole), len(whole) // 7):
        Path(path).write_bytes(whole[:length])
        try:
            with Store(path) as store:
                for name in store.names():
                    store.body(name)
        except Fault as fault:
            assert fault.problems[0].code == "FT004" and fault.problems[0].hint


def test_of_one_in_which_a_bit_is_another_nothing_else_is_believed_than_what_was_put(path: str) -> None:
    fill(path)
    with Store(path) as store:
        store.keep_dossiers({"a": (b"key", b"what is known of a")}, {"a"})
    whole = Path(path).read_bytes()
    told = set()
    for place in range(whole.find(b"facts"), len(whole), 101):
        Path(path).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            with Store(path) as store:
                assert {facts for name in store.names() if (facts := store.entry(name)[3])} <= {b"facts"}
                assert {store.body(name) for name in store.keys()} <= {b"body of a", b"Unspeakable words of b"}
                assert {dossier for _, dossier in store.dossiers().values()} <= {b"what is known of a"}
        except Fault as fault:
            told.add(fault.problems[0].code)
    assert told <= {"FT004"}


@pytest.mark.parametrize("word", [b"facts", b"body of a"])
def test_one_whose_content_is_spoiled_says_so_once_and_is_made_anew(path: str, word: bytes) -> None:
    fill(path)
    Path(path).write_bytes(Path(path).read_bytes().replace(word, word[::-1]))
    with pytest.raises(Fault) as caught, Store(path) as store:
        store.put("c.md", "stamp", "digest", "key", b"facts of c", b"body of c")
        assert store.entry("a.md") and store.body("a.md")
    assert caught.value.problems[0].code == "FT004" and "build again" in caught.value.problems[0].hint
    fill(path)
    with Store(path) as store:
        assert store.names() == {"a.md", "b.md"} and store.body("a.md") == b"body of a"


def test_one_whose_dossier_is_spoiled_is_made_anew(path: str) -> None:
    with Store(path) as store:
        store.keep_dossiers({"a": (b"key", b"what is known of a")}, {"a"})
    Path(path).write_bytes(Path(path).read_bytes().replace(b"known", b"knowm"))
    with Store(path) as store:
        assert store.dossiers() == {}


def test_a_disk_that_takes_no_more_is_a_fault_that_asks_for_room_and_leaves_it_as_it_was(path: str) -> None:
    fill(path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(Fault) as caught, Store(path) as store:
            store.put("c.md", "stamp", "digest", "key", b"facts", b"body of c" * 9999)
            resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(path), hard))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.problems[0].code == "FT004" and "the disk has room" in caught.value.problems[0].hint
    with Store(path) as store:
        assert store.names() == {"a.md", "b.md"}


def test_a_folder_in_its_place_is_a_fault(path: str) -> None:
    os.makedirs(path)
    with pytest.raises(Fault) as fault:
        Store(path)
    assert fault.value.problems[0].code == "FT004"


def test_a_body_that_is_lost_is_a_fault(path: str) -> None:
    fill(path)
    with Store(path) as store, pytest.raises(Fault) as fault:
        store.body("nobody.md")
    assert fault.value.problems[0].code == "FT004" and fault.value.problems[0].hint


def test_it_says_which_text_each_body_is_of(path: str) -> None:
    fill(path)
    with Store(path) as store:
        store.put("a.md", "stamp", "digest", "other key", b"facts", b"another body")
        assert store.keys() == {"a.md": "other key", "b.md": "key"}

"""The real document that the product started from, imported and built, beside its complete right answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pressroom.commands.imports import Wanted, run
from pressroom.ground.problems import Fault
from tests.sites import REPOSITORY, build, make_site

SEED = REPOSITORY.parent / "shared" / "seed"
WANTED = Wanted("transcript", "internet-development-forum", "en", "A forum is introduced", "2020-11-02")

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the shared seed is not here; tests/reading has its counterpart")


@pytest.fixture(scope="module")
def expected() -> dict:
    return json.loads((SEED / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, dict, str]:
    """The file that import wrote, what the build said, its data and its page."""
    root = make_site(tmp_path_factory.mktemp("seed") / "site", files={})
    path = run(root, str(SEED / "commentary.txt"), WANTED)
    done = build(root)
    assert done.returncode == 0, done.stderr
    folder = root / "output" / "en" / "transcripts" / "2020" / "internet-development-forum"
    return path, done.stdout + done.stderr, json.loads((folder / "index.json").read_text()), (folder / "index.html").read_text()


def test_import_puts_front_matter_in_front_of_the_untouched_text(imported: tuple) -> None:
    text = imported[0].read_bytes()
    assert text.endswith((SEED / "commentary.txt").read_bytes())
    assert text.startswith(b'---\ntitle: "A forum is introduced"\ndate: 2020-11-02\n---\n')


def test_every_segment_is_as_expected(imported: tuple, expected: dict) -> None:
    path, _, data, _ = imported
    shift = path.read_text().split("---\n", 2)[1].count("\n") + 2
    assert len(data["segments"]) == expected["counts"]["segments"]
    for found, wanted in zip(data["segments"], expected["segments"], strict=True):
        for name in ("n", "kind", "tag"):
            assert found[name] == wanted[name]
        assert found["line"] - shift == wanted["line"]
        assert [passage["line"] - shift for passage in found["passages"]] == wanted["paragraphs"]
        assert found.get("speaker") == wanted.get("speaker")
        assert found.get("reports") == wanted.get("reports")


def test_every_speaker_role_and_organisation_is_as_expected(imported: tuple, expected: dict) -> None:
    for wanted in expected["speakers"]:
        voices = [segment for segment in imported[2]["segments"] if segment.get("speaker") == wanted["id"]]
        assert [segment["n"] for segment in voices] == wanted["soundbites"]
        assert {(segment["name"], segment["role"], segment["organisation"]) for segment in voices} == {(wanted["name"], wanted["role"], wanted["organisation"])}
        assert sum(len(segment["passages"]) for segment in voices) == wanted["speech_paragraphs"]


def test_sign_off_and_credit_are_as_expected(imported: tuple, expected: dict) -> None:
    path, _, data, _ = imported
    shift = path.read_text().split("---\n", 2)[1].count("\n") + 2
    assert data["sign_off"] == {"name": expected["reporter"]["name"], "place": expected["reporter"]["place"], "line": expected["reporter"]["line"] + shift}
    editor = expected["editor"]
    assert data["credits"] == [{"label": editor["label"], "names": [editor["name"]], "line": editor["line"] + shift}]


def test_paragraphs_that_were_split_are_grouped(imported: tuple, expected: dict) -> None:
    passages = [passage for segment in imported[2]["segments"] for passage in segment["passages"]]
    assert len(passages) == expected["counts"]["body_paragraphs"]
    speaker_lines, tail = expected["counts"]["speaker_lines"], 2
    assert len({passage["group"] for passage in passages}) + speaker_lines + tail == expected["counts"]["original_paragraphs"]


def test_no_diagnostic_that_must_not_appear_does(imported: tuple) -> None:
    for code in ("TR001", "TR002", "TR003", "TR004", "TR005", "TR006", "TR007", "TR014"):
        assert code not in imported[1]


def test_every_word_of_the_seed_is_on_the_page(imported: tuple) -> None:
    from html import unescape
    from re import sub

    from pressroom.ground.fingerprints import words

    page = words(unescape(sub(r"<[^>]+>", " ", imported[3])))
    for segment in imported[2]["segments"]:
        for passage in segment["passages"]:
            assert words(passage["text"]) in page


def test_import_without_date_and_title_says_what_the_text_does_not_give(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", files={})
    with pytest.raises(Fault) as raised:
        run(root, str(SEED / "commentary.txt"), Wanted("transcript", "internet-development-forum", "en", "", ""))
    said = {problem.message for problem in raised.value.problems if problem.code == "TR010"}
    assert said == {"the text gives no title", "the text gives no year, and none is guessed"}

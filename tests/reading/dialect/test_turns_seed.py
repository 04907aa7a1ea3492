"""Whole documents: the transcript the product started from, and one of our own that is built alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pressroom.model.transcript import Script
from pressroom.reading.dialect.turns import read_script

ROOT = Path(__file__).parents[3]
SEED = ROOT.parent / "shared" / "seed"
BULLETIN = Path(__file__).parent / "fixtures" / "bulletin.txt"


def read(path: Path, transcript: bool = True) -> Script:
    script = read_script(path.read_text(encoding="utf-8"), path=path.name, first_line=1, transcript=transcript, known={})
    assert script is not None
    return script


def paragraphs(script: Script, n: int) -> list[int]:
    return [piece.line for piece in script.pieces if piece.segment == n and piece.kind == "paragraph"]


@pytest.fixture(params=[True, False], ids=["as a transcript", "switched on by itself"])
def seed(request) -> tuple[Script, dict, list[str]]:
    if not (SEED / "commentary.txt").exists():
        pytest.skip(f"the shared folder with the seed is not beside this repository ({SEED.parent.name}/{SEED.name})")
    source = (SEED / "commentary.txt").read_text(encoding="utf-8")
    return (
        read(SEED / "commentary.txt", request.param),
        json.loads((SEED / "expected.json").read_text(encoding="utf-8")),
        source.split("\n"),
    )


def test_the_seed_has_the_expected_segments(seed):
    script, expected, _ = seed
    found = []
    for s in script.segments:
        each = {"n": s.n, "kind": s.kind, "tag": s.tag, "line": s.line}
        each |= {"speaker": s.voice.id} if s.voice else {}
        each |= {"reports": s.reports} if s.reports else {}
        found.append(each | {"paragraphs": paragraphs(script, s.n)})
    assert found == expected["segments"]
    counts = expected["counts"]
    assert len(script.segments) == counts["segments"]
    assert len([p for p in script.pieces if p.kind == "paragraph"]) == len(script.pieces) == counts["body_paragraphs"]
    assert {tag: [s.tag for s in script.segments].count(tag) for tag in counts["tags"]} == counts["tags"]


def test_the_seed_has_the_expected_speakers_with_the_office_held_then(seed):
    script, expected, lines = seed
    for speaker in expected["speakers"]:
        mine = [s for s in script.segments if s.voice and s.voice.id == speaker["id"]]
        assert [s.n for s in mine] == speaker["soundbites"]
        assert {(s.voice.name, s.voice.role, s.voice.organisation) for s in mine} == {
            (speaker["name"], speaker["role"], speaker["organisation"])
        }
        assert sum(len(paragraphs(script, s.n)) for s in mine) == speaker["speech_paragraphs"]
    assert len({s.voice.id for s in script.segments if s.voice}) == expected["counts"]["speakers"]
    other = next(piece for piece in script.pieces if piece.line == 27)
    assert "Minister of the Propaganda Department of the Provincial Party Committee" in other.text
    assert other.text == lines[26][15:]


def test_the_seed_has_the_expected_tail_and_groups(seed):
    script, expected, _ = seed
    assert script.sign_off and (script.sign_off.name, script.sign_off.place, script.sign_off.line) == tuple(expected["reporter"].values())
    (credit,) = script.credits
    assert (credit.names, credit.label, credit.line) == (
        (expected["editor"]["name"],),
        expected["editor"]["label"],
        expected["editor"]["line"],
    )
    tail_parts = 2
    assert max(piece.group for piece in script.pieces) + tail_parts == expected["counts"]["original_paragraphs"]


def test_the_seed_has_no_fault(seed):
    script, expected, _ = seed
    assert expected["must_not"]
    assert script.problems == ()


@pytest.mark.parametrize("transcript", [True, False])
def test_the_bulletin_is_read_whole(transcript):
    script = read(BULLETIN, transcript)
    assert [(s.n, s.kind, s.tag, s.line, paragraphs(script, s.n)) for s in script.segments] == [
        (1, "narration", "解说", 1, [1, 3]),
        (2, "soundbite", "同期", 5, [7, 9]),
        (3, "narration", "画外音", 11, [11]),
        (4, "soundbite", "同期", 13, [15, 17]),
        (5, "soundbite", "林一舟", 19, [19]),
    ]
    lin, ana, again = (s.voice for s in script.segments if s.voice)
    assert (lin.name, lin.role) == ("林一舟", "港务局副局长") and (again.name, again.role, again.id) == ("林一舟", "", lin.id)
    assert (ana.name, ana.role, ana.organisation, ana.language) == ("Ana Díaz", "Director of Works", "Harbour Company", "es")
    assert [s.reports for s in script.segments] == [lin.id, "", lin.id, "", ""]
    assert [s.turn for s in script.segments] == [False, False, False, False, True]
    assert script.sign_off and (script.sign_off.name, script.sign_off.place, script.sign_off.line) == ("陈雨", "海滨城", 21)
    assert [(c.label, c.names, c.line) for c in script.credits] == [("责任编辑", ("刘晓",), 23)]
    assert [p.group for p in script.pieces] == [1, 1, 3, 3, 4, 6, 6, 7]
    assert script.problems == ()

"""`<!-- meant: AG002 -->`: found with its place, and gone from everything else."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.build import build
from pressroom.commands import builds
from pressroom.reading.excuses import excuses, without_excuses, without_long_comments
from tests.reading.bodies import read
from tests.sites import make_site

FILE = """---
title: A name # meant: AG002
notes: |
  Some words. <!-- meant: AG003 -->
---
First words. <!-- meant: AG002, AG004: the gauge was moved -->

<!--
meant: ag005
-->

```
<!-- meant: AG006 -->
```

Write `<!-- meant: AG007 -->`, if so. <!-- MEANT：AG003 --> <!-- meant well -->
"""


def test_marks_are_found_in_header_and_text_with_their_places_and_not_in_code() -> None:
    found = [(excuse.line, excuse.column, excuse.codes) for excuse in excuses(FILE.split("\n"), 6)]
    assert found == [
        (2, 14, ("AG002",)), (4, 15, ("AG003",)), (6, 14, ("AG002", "AG004")), (8, 1, ("AG005",)), (16, 39, ("AG003",)), (16, 60, ()),
    ]  # fmt: skip


def test_without_marks_every_line_stays_the_line_it_is() -> None:
    body = "\n".join(FILE.split("\n")[5:])
    bare = without_excuses(body)
    assert bare.count("\n") == body.count("\n") and bare.startswith("First words.\n")
    assert "<!-- meant: AG006 -->\n```" in bare and "`<!-- meant: AG007 -->`, if so.\n" in bare and "AG003" not in bare


@given(st.text(alphabet="ab <!->`\n~:meantAG02", max_size=80))
@settings(max_examples=200, deadline=None)
def test_a_text_without_the_word_is_left_as_it_is(text: str) -> None:
    if "meant" not in text.lower():
        assert without_excuses(text) == text


RELEASE = (
    "---\ntitle: The river{0}\ndate: 2020-05-06\n---\nIt rose.{1} Twice.\n\n- one{1}\n- two\n\n> We saw it.{1}\n> — Ana Díaz, Director, Water Agency\n\n"
    "| a |\n|---|\n| 1{1} |\n\n## After{1}\n\n中文{1}\n"
)
TRANSCRIPT = "---\ntitle: The forum{0}\ndate: 2020-05-06\n---\n[Narration] It rose.{1}\n\n[Soundbite] Ana Díaz | Director | Water Agency\n\nWe saw it.{1}\n\nTwice.\n"
APART = "\n\n<!-- meant: AG002 CANARY -->"


def site(root: Path, in_header: str, in_text: str, apart: str = "") -> dict[str, bytes]:
    files = {
        "releases/2020/river/index.en.md": RELEASE.format(in_header, in_text).replace("\n\n- one", f"{apart}\n\n- one"),
        "transcripts/2020/forum/index.en.md": TRANSCRIPT.format(in_header, in_text).replace("\n\nTwice", f"{apart}\n\nTwice"),
    }
    make_site(root, files)
    build(builds.read(root), datetime(2026, 12, 1, 12, tzinfo=UTC))
    return {path.relative_to(root / "output").as_posix(): path.read_bytes() for path in (root / "output").rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return site(tmp_path_factory.mktemp("bare"), "", "")


def test_a_mark_in_its_line_changes_no_byte_of_any_output(tmp_path: Path, bare: dict[str, bytes]) -> None:
    marked = site(tmp_path, " # meant: AG002 CANARY", " <!-- meant: AG002 CANARY -->")
    assert marked == bare and not any(b"CANARY" in data for data in marked.values())


def test_a_mark_in_a_paragraph_of_its_own_moves_lines_and_nothing_else(tmp_path: Path, bare: dict[str, bytes]) -> None:
    marked = site(tmp_path, "", "", APART)
    without = (".well-known/pressroom.json", "kit.zip")
    lines = re.compile(rb'"line": \d+')
    assert {name: lines.sub(b"", data) for name, data in marked.items() if not name.endswith(without)} == {
        name: lines.sub(b"", data) for name, data in bare.items() if not name.endswith(without)
    }


def test_no_comment_of_any_kind_is_published(tmp_path: Path) -> None:
    every = site(tmp_path, " # CANARY", " <!-- CANARY -->", "\n\n<!-- CANARY\n\nof many lines -->")
    assert not any(b"CANARY" in data or b"many lines" in data for data in every.values())


@pytest.mark.parametrize("kind", ["transcript", "release"])
@pytest.mark.parametrize(
    "text",
    [
        "Q: Why? <!-- check with Ana\n\nbefore publishing -->\n\nA: So.",
        "Q: Why?\n<!-- check with Ana\n\nbefore publishing -->\n\nA: So.",
        "- Why? <!-- check with Ana\n\nbefore publishing -->\n\nA: So.",
        "> Why? <!-- check with Ana\n>\n> before publishing -->\n\nA: So.",
        "(Why?) <!-- check with Ana\n\nbefore publishing -->\n\nA: So.",
        "Why?\n\n<!-- check with Ana\n\nbefore publishing -->\n\nA: So.",
    ],
)
def test_a_comment_over_an_empty_line_is_not_published_wherever_it_begins(kind: str, text: str) -> None:
    facts, body = read(text, kind=kind)
    assert facts.problems == () and facts.passages[-1].line == 5 + text[: text.index("A: So.")].count("\n")
    assert not any(word in block.html + block.text for block in body.blocks for word in ("check", "before", "publishing", "--"))


@pytest.mark.parametrize(
    "text",
    [
        "Write `a <!-- b` and\nmore.\n\nThen `-->`.",
        "```\na <!-- b\n\nc -->\n```\n",
        "    a <!-- b\n\n    c -->\n",
        "- a\n\n<!-- between\n\nlists -->\n\n- b",
        "a \\<!-- b\n\nc -->",
        "a <!-- b\n\nc",
        "a <!-- b\nc --> d\n\ne",
    ],
)
def test_code_comments_that_markdown_takes_out_and_what_is_no_comment_stay(text: str) -> None:
    assert without_long_comments(text) == text


@given(st.text(alphabet="ab <!->`\n~\\", max_size=80))
@settings(max_examples=200, deadline=None)
def test_without_long_comments_every_line_stays_the_line_it_is(text: str) -> None:
    bare = without_long_comments(text)
    assert bare.count("\n") == text.count("\n") and (bare == text or "<!--" in text and "-->" in text)

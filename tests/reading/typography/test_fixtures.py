"""What is set, line by line: the fixtures of each language and style, which anybody may read and add to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.reading.markup import plain
from tests.reading.bodies import html_of, read
from tests.reading.typography.typographies import EVERY
from tests.sites import REPOSITORY

FOLDER = REPOSITORY / "tests" / "fixtures" / "typography"
CHECKED = FOLDER / "checked.txt"
VISIBLE = str.maketrans({"␣": "\u00a0", "⍽": "\u202f"})
MAIN = ("ar", "en", "es", "fr", "ru", "zh-Hans")


def lines(path: Path) -> list[tuple[int, str, str]]:
    """The pairs of a fixture, each with its line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line and not line.startswith("#"):
            typed, arrow, wanted = line.partition(" →")
            assert arrow, f"{path.name}:{number} has no arrow"
            found.append((number, typed, wanted.removeprefix(" ")))
    return found


FIXTURES = [
    pytest.param(path.stem, typed, wanted, id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.txt")) if path != CHECKED for number, typed, wanted in lines(path)
]  # fmt: skip
SLIPS = [pytest.param(*typed.split(": ", 1), wanted, id=f"{typed.partition(':')[0]}-{number}") for number, typed, wanted in lines(CHECKED)]


@pytest.mark.parametrize(("name", "typed", "wanted"), FIXTURES)
def test_a_line_is_set_as_its_fixture_says(name: str, typed: str, wanted: str) -> None:
    lang, _, style = name.partition(".")
    block = read(typed, lang=lang, style=style)[1].blocks[0]
    assert block.html == html_of(wanted.translate(VISIBLE), lang=lang, typography="keep")
    assert "[" in typed or block.text == plain(block.html)


@pytest.mark.parametrize(("lang", "typed", "wanted"), SLIPS)
def test_a_wrong_sign_is_told_where_it_stands_and_never_set(lang: str, typed: str, wanted: str) -> None:
    facts, body = read(typed, lang=lang)
    told = [problem for problem in facts.problems if problem.code in ("FM023", "FM024")]
    assert [problem.hint.partition(";")[0].removeprefix("write ") if problem.code == "FM023" else '"' for problem in told] == wanted.split()
    for problem in told:
        assert problem.line == 5 and typed[problem.column - 1 :].startswith(problem.message.split()[0] if problem.code == "FM023" else '"')


def test_every_language_and_style_has_a_fixture_and_those_of_the_house_forty_lines() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} - {CHECKED.stem} == {f"{lang}.{style}".rstrip(".") for lang, style in EVERY}
    for lang in MAIN:
        assert len(lines(FOLDER / f"{lang}.txt")) >= 40

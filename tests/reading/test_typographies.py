"""Typography files: the theme's, the site's own, styles, likenesses; and everything that is wrong with one, at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.ground.problems import Problem
from pressroom.intake import TYPOGRAPHY_TABLES
from pressroom.model.typography import Typography
from pressroom.reading.typographies import read_typographies

QUOTES = '[quotes]\nouter = "«»"\n'


def given(tmp_path: Path, chosen: dict[str, str] | None = None, own: dict[str, str] | None = None, **files: str) -> tuple[dict[str, Typography], list[Problem]]:
    for folder, texts in (("theme", files), ("house", own or {})):
        (tmp_path / folder).mkdir(exist_ok=True)
        for lang, text in texts.items():
            (tmp_path / folder / f"{lang}.toml").write_text(text, encoding="utf-8")
    folders = ((str(tmp_path / "theme"), "theme/typography"), (str(tmp_path / "house"), "house/typography"))
    return read_typographies(folders, tuple({**files, **(own or {})}), chosen or {}, TYPOGRAPHY_TABLES)


def fault(tmp_path: Path, text: str, chosen: str = "") -> tuple[str, str, str, str]:
    """The one thing that is wrong with a file: code, place, message, hint."""
    found, problems = given(tmp_path, {"it": chosen} if chosen else None, it=text)
    assert not found and len(problems) == 1, problems
    return problems[0].code, problems[0].place, problems[0].message, problems[0].hint


def test_a_file_of_the_site_takes_the_place_of_the_themes(tmp_path: Path) -> None:
    found, problems = given(tmp_path, own={"it": '[quotes]\nouter = "“”"\n'}, it=QUOTES, de=QUOTES)
    assert not problems and found["it"].table("quotes") == {"outer": "“”"} and found["de"].table("quotes") == {"outer": "«»"}


def test_a_language_is_like_another_but_for_what_it_says(tmp_path: Path) -> None:
    found, problems = given(tmp_path, it='like = "fr"\n[quotes]\ninner = "“”"\n', fr=QUOTES + "[widows]\nlongest = 9\n")
    assert not problems and found["it"].tables == {"quotes": {"outer": "«»", "inner": "“”"}, "widows": {"longest": 9}}


def test_the_house_chooses_a_style_and_its_digest_says_so(tmp_path: Path) -> None:
    styled = QUOTES + '[styles.curly.quotes]\nouter = "“”"\n'
    assert given(tmp_path, it=styled)[0]["it"].table("quotes")["outer"] == "«»"
    chosen = given(tmp_path, {"it": "curly"}, it=styled)[0]["it"]
    assert chosen.table("quotes")["outer"] == "“”" and chosen.digest != given(tmp_path, it=styled)[0]["it"].digest


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("[quots]\nouter = '«»'\n", ":1:1", "unknown table [quots]", 'did you mean "quotes"?'),
        ("# A\n\n[quotes]\nouter = '«»'\niner = '“”'\n", ":5:1", "[quotes] has no key iner", 'did you mean "inner"?'),
        ("[quotes]\nouter = '«'\n", ":2:1", "outer of [quotes] is '«'", "it takes two signs"),
        ("[widows]\nlongest = 'long'\n", ":2:1", "longest of [widows] is 'long'", "it takes a number"),
        ("[widows]\nlongest = true\n", ":2:1", "longest of [widows] is True", "it takes a number"),
        ("[dashes]\nno_break_before = 1\n", ":2:1", "no_break_before of [dashes] is 1", "it takes true or false"),
        ("[dashes]\ndialogue = 'gluey'\n", ":2:1", "dialogue of [dashes] is 'gluey'", "it takes one of spaced, glued"),
        ("[ties]\nafter = 'a'\n", ":2:1", "after of [ties] is 'a'", "it takes a list of texts"),
        ("quotes = 1\n", ":1:1", "quotes is a table", "write [quotes]"),
        ("[signs]\nbeside = 'Klingon'\n", ":2:1", "beside of [signs] is 'Klingon'", "it takes one of Han, Arabic"),
        ("[styles.a.quots]\n", ":1:1", "unknown table [styles.a.quots]", 'did you mean "quotes"?'),
        ("[quotes]\nouter='«»'\n[styles.a.quotes]\nouter = 1\n", ":4:1", "outer of [styles.a.quotes] is 1", "it takes two signs"),
        ("styles = 1\n", ":1:1", "like is the tag of a language, and styles hold tables", "docs/theme.md"),
        ("like = 1\n", ":1:1", "like is the tag of a language, and styles hold tables", "docs/theme.md"),
        ("[quotes\n", ":1:8", "the file is not TOML", "docs/theme.md"),
        ("like = 'it'\n", ":1:1", "it is like itself, by way of it", "take out one like"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_at_its_line(tmp_path: Path, text: str, place: str, message: str, hint: str) -> None:
    code, at, said, help = fault(tmp_path, text)
    assert (code, at) == ("FT027", f"theme/typography/it.toml{place}") and said.startswith(message) and help.startswith(hint)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    folders = ((str(tmp_path / "theme"), "theme/typography"),)
    assert [problem.message for problem in read_typographies(folders, ("it",), {}, TYPOGRAPHY_TABLES)[1]] == ["it has no typography file"]
    (tmp_path / "theme/it.toml").write_bytes(b"\xff")
    assert read_typographies(folders, ("it",), {}, TYPOGRAPHY_TABLES)[1][0].hint == "a typography file is UTF-8 text"
    (tmp_path / "theme/it.toml").write_text('like = "xx"')
    assert read_typographies(folders, ("it",), {}, TYPOGRAPHY_TABLES)[1][0].message == "xx, which it is like, has no typography file"


def test_a_style_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    assert fault(tmp_path, '[styles.curly.quotes]\nouter = "“”"\n', "curl") == (
        "FT028", "theme/typography/it.toml", "TYPOGRAPHY names the style curl, which this file does not have", 'did you mean "curly"?',
    )  # fmt: skip
    assert fault(tmp_path, QUOTES, "curl")[3].startswith("it has none")
    found, problems = given(tmp_path, {"fx": "eu"}, fr=QUOTES)
    assert "fr" in found and [(problem.code, problem.hint) for problem in problems] == [("FT028", 'did you mean "fr"?')]

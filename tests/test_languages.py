"""A new language is data: one file of words, one of typography, one line of settings; steps as docs/theme.md has them."""

from __future__ import annotations

import re
from pathlib import Path

from tests.sites import FILES, REPOSITORY, build, make_site, put

ITALIAN = """\
[quotes]
outer = "«»"
inner = "“”"

[ellipses]
three_dots = "…"

[ties]
after = ["il", "la", "di", "e"]
"""


def italian(root: Path) -> Path:
    site = make_site(root, FILES, 'LANGUAGES = [*LANGUAGES, "it"]\nOVERRIDES = "house"\n')
    for part, name, text in (
        ("words", "it.po", (REPOSITORY / "theme/words/en.po").read_text(encoding="utf-8")),
        ("typography", "it.toml", ITALIAN),
    ):
        (site / "house" / part).mkdir(parents=True, exist_ok=True)
        (site / "house" / part / name).write_text(text, encoding="utf-8")
    put(site, "releases/2026/river-rises/index.it.md", "---\ntitle: Il fiume \"sale\"...\ntranslation: official\n---\nIl \"fiume\" e l'*\"acqua\"* sono `\"alti\"`.\n")
    return site


def test_a_language_is_added_by_two_files_and_a_line(tmp_path: Path) -> None:
    site = italian(tmp_path / "site")
    done = build(site)
    assert done.returncode == 0, done.stderr
    page = (site / "output/it/releases/2026/river-rises/index.html").read_text(encoding="utf-8")
    assert "Il&nbsp;«fiume» e&nbsp;l’<em>«acqua»</em> sono <code>\"alti\"</code>." in page
    assert re.search("<h1[^>]*>Il\u00a0fiume «sale»…</h1>", page) and "<title>Il\u00a0fiume «sale»…" in page


def test_another_style_makes_anew_what_it_sets_and_nothing_else(tmp_path: Path) -> None:
    site = italian(tmp_path / "site")
    assert build(site).returncode == 0
    path = site / "output/it/releases/2026/river-rises/index.html"
    file = site / "house/typography/it.toml"
    file.write_text(ITALIAN.replace('outer = "«»"', 'outer = "„“"'), encoding="utf-8")
    assert build(site).returncode == 0
    assert "Il&nbsp;„fiume“" in path.read_text(encoding="utf-8")


def test_a_language_without_a_typography_file_is_a_fault_that_says_what_to_do(tmp_path: Path) -> None:
    site = italian(tmp_path / "site")
    (site / "house/typography/it.toml").unlink()
    done = build(site)
    assert done.returncode == 1 and "FT027" in done.stderr and "copy the file of a language that is set alike" in done.stderr
    assert not (site / "output").exists()

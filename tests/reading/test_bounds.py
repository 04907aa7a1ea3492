"""Texts made to be slow: each is read in good time or refused at a line. Real texts, however long, are read."""

from __future__ import annotations

import time
from random import Random

import pytest

from pressroom.reading.bounds import find_excess
from tests.reading.bodies import read

MANY = 50_000
RANDOM = Random(7)
SLOW = {
    "[": "[" * MANY,
    "[ in lines": ("[" * 100 + "\n") * 500,
    "![": "![" * MANY,
    "[a": "[a" * MANY,
    "](": "](" * MANY,
    "[a](": "[a](" * MANY,
    "[a](<": "[a](<" * MANY,
    "[a](b \"": '[a](b "' * MANY,
    "links": "[a](b) " * MANY,
    "nested links": "[" * 4000 + "a" + "](b)" * 4000,
    "*": "*" * MANY,
    "_": "_" * MANY,
    "*a": "*a " * MANY,
    "*a*": "*a*" * MANY,
    "**a *b": "**a *b " * 3000 + "c* d** " * 3000,
    "*a _b": "*a _b " * 3000 + "c_ d* " * 3000,
    "`": "`" * MANY,
    "`a": "`a" * MANY,
    "` ``": " ".join("`" * n for n in range(1, 600)),
    "\\": "\\" * MANY,
    "<": "<" * MANY,
    "<a": "<a" * MANY,
    "<a ": "<a " * MANY,
    "<a href": '<a href="' * MANY,
    "<http": "<http://a" * MANY,
    "<a@": "<a@" * MANY,
    "<!--": "<!--" * MANY,
    "<![CDATA[": "<![CDATA[" * MANY,
    "<?": "<?" * MANY,
    "<div> in lines": "<div>\n" * 20_000,
    "<div>": "<div>" * MANY,
    "<hr> in lines": "<hr>\n" * 20_000,
    "<b> nested": "<b>" * 100_000 + "x",
    "<b><i>": "<b><i>" * 4000,
    "&": "&" * MANY,
    "&#x": "&#x" * MANY,
    ">": ">" * 10_000 + "a",
    "> > >": "> " * 10_000 + "a",
    ">>> in lines": "\n".join(">" * n + " a" for n in range(1, 1500)),
    "* * *": "* " * 10_000 + "a",
    "1. 1. 1.": "1. " * 10_000 + "a",
    "lists in lists": "\n".join("    " * n + "* a" for n in range(1000)),
    "definitions in definitions": "a\n" + "\n".join("    " * n + ":   b" for n in range(1000)),
    "footnotes": "\n\n".join(f"[^{n}]: note {n}" for n in range(5000)) + "\n\n" + " ".join(f"[^{n}]" for n in range(5000)),
    "one footnote over and over": "[^1]: x\n\n" + "[^1] " * MANY,
    "abbreviations": "\n".join(f"*[A{n}]: x" for n in range(5000)) + "\n\n" + " ".join(f"A{n}" for n in range(5000)),
    "an abbreviation that swells": "*[a]: " + "y" * 5000 + "\n\n" + "a " * 100_000,
    "a link that swells": "[a]: http://example.org/" + "y" * 50_000 + "\n\n" + "[a] " * 20_000,
    "a wide table": "|" + "a|" * 5000 + "\n|" + "-|" * 5000 + "\n|" + "b|" * 5000,
    "a long table": "a|b\n-|-\n" + "c|d\n" * 100_000,
    "ticks in a table": "a|b\n-|-\n" + "`|" * MANY,
    "escapes in a table": "a|b\n-|-\n" + "\\|" * MANY,
    "# in lines": "# a\n" * 20_000,
    "headings underlined": "a\n===\n" * 20_000,
    "# a {": "# a {" * MANY,
    "# a   {": "# a " + " " * 1_000_000 + "{",
    "{:": "{:" * MANY,
    "[a]{lang=fr": "[a]{lang=fr " * MANY,
    "~~~ a": "~~~ a\n" * 20_000,
    "fences of all lengths": "\n".join("`" * n for n in range(3, 1000)),
    "list items": "* a\n" * 200_000,
    "paragraphs": "a\n\n" * 300_000,
    "empty lines": "\n" * 2_000_000,
    "line breaks": "a  \n" * 100_000,
    "spaces": " " * 2_000_000 + "a",
    "one line": "word " * 400_000,
    "one word": "a" * 2_000_000,
    "quotation marks": "\"'" * MANY,
    "any signs": "".join(RANDOM.choice("*_`[]()<>!&\\|{}:#-+>\"' \nab1.~^=") for _ in range(100_000)),
    "any tags": "".join(RANDOM.choice(["<", "/", ">", "div", "p", " ", "a", "\n", '"', "="]) for _ in range(100_000)),
}


@pytest.mark.parametrize("kind", ["release", "transcript"])
@pytest.mark.parametrize("name", SLOW)
def test_a_text_made_to_be_slow_is_read_in_good_time_or_refused(name: str, kind: str) -> None:
    begun = time.process_time()
    facts, body = read(SLOW[name], kind)
    assert time.process_time() - begun < 4
    refused = [problem for problem in facts.problems if problem.code == "FM016"]
    assert not refused or (refused[0].line >= 5 and refused[0].hint and not body.blocks)


def test_a_refusal_names_the_line() -> None:
    facts, _ = read("Words.\n\n" * 50 + "[" * MANY)
    assert [(problem.code, problem.line, problem.column) for problem in facts.problems] == [("FM016", 105, 1)]


def test_notes_to_editors_have_the_same_bounds() -> None:
    facts, _ = read("Words.", notes="[" * 20_000)
    assert [problem.code for problem in facts.problems] == ["FM016"]


def test_a_text_that_is_refused_does_not_spoil_the_next() -> None:
    before = read("* a\n    * b\n\nWords[^1].\n\n[^1]: Note.")
    read("*a _b " * 3000 + "c_ d* " * 3000)
    assert read("* a\n    * b\n\nWords[^1].\n\n[^1]: Note.") == before


HEARING = "MR. SMITH: The committee will *come* to order, and [we](http://example.org/{n}) said \"so\" (number {n}); 3 < 4 & `code`.{mark} " + "Words of a long hearing. " * 10
REAL = {
    "a hearing": "\n\n".join(HEARING.format(n=n, mark="") for n in range(1400)),
    "a hearing in Chinese": "\n\n".join(f"记者：第{n}个问题是关于互联网发展的。" + "这是一段很长的话，说明了很多事情。" * 12 for n in range(900)),
    "a study": "\n\n".join(f"Words of a study.[^{n}] " + "More words. " * 30 + f"\n\n[^{n}]: Source {n}, <https://example.org/{n}>" for n in range(600)),
    "a list": "\n".join(f"* Item {n} of a *long* list, with [a link](http://example.org/{n})" for n in range(3000)),
    "a table": "| a | b | c |\n|---|---|---|\n" + "\n".join(f"| row {n} | 12 | `x` |" for n in range(1500)),
    "references": "\n\n".join(f"See [this][{n}] and that." for n in range(1000)) + "\n\n" + "\n".join(f"[{n}]: http://example.org/{'x' * 80}/{n}" for n in range(1000)),
    "code": "\n\n".join(f"```python\nx = [[{n}], {{1: '<a>'}}]\nif x[0] < 1:\n    pass\n```" for n in range(500)),
    "sums": "When x<y and y<z, then x<z. " * 60,
    "poetry": "\n\n".join("A line of verse,  \nanother line,  \nand  \none  \nmore." for _ in range(500)),
    "no empty lines": "A line of words that goes on and on, (as) they \"do\".\n" * 5000,
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_text_is_read_however_long(name: str) -> None:
    assert find_excess(REAL[name]) is None
    if len(REAL[name]) < 200_000:
        facts, body = read(REAL[name])
        assert body.blocks and not [problem for problem in facts.problems if problem.code == "FM016"]


def test_a_hearing_of_half_a_megabyte_is_read_whole() -> None:
    assert len(REAL["a hearing"]) > 500_000
    facts, body = read(REAL["a hearing"], "transcript")
    assert len(facts.passages) == 1400 and len(facts.links) == 1400

"""What a translation must have in common with its original: every planted slip is found, and what agrees is left alone."""

from __future__ import annotations

import itertools
import random
import re
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pressroom.build import examine
from pressroom.commands import builds
from pressroom.ground.problems import as_text
from tests.desk.rooms import judged
from tests.sites import REPOSITORY

FIXTURES = REPOSITORY / "tests" / "fixtures" / "agreement"


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FIXTURES / f"{name}.toml").read_text(encoding="utf-8"))


CLEAN = [pytest.param(texts, lang, id=f"{n}-{lang}") for n, texts in enumerate(read("clean")["set"], 1) for lang in texts]


@pytest.mark.parametrize(("texts", "lang"), CLEAN)
def test_texts_that_agree_are_left_alone_whichever_is_the_original(texts: dict[str, str], lang: str) -> None:
    found = [problem for other in texts if other != lang for problem in judged((lang, texts[lang]), (other, texts[other]))]
    assert [f"{problem.code}: {problem.message}" for problem in found] == []


def only(texts: dict[str, str]) -> tuple[str, str]:
    ((lang, text),) = texts.items()
    return lang, text


PLANTED = [pytest.param(slip, id=f"{n}-{slip['code']}-{only(slip['original'])[0]}-{only(slip['translation'])[0]}") for n, slip in enumerate(read("planted")["slip"], 1)]


@pytest.mark.parametrize("slip", PLANTED)
def test_a_planted_slip_is_found_and_nothing_else(slip: dict[str, Any]) -> None:
    found = judged(only(slip["original"]), only(slip["translation"]))
    assert {problem.code for problem in found} - {"AG004"} <= {slip["code"]} and slip["code"] in {problem.code for problem in found}, found
    for problem in found:
        assert "content/releases/2026/x/index." in problem.message and problem.line or problem.code == "AG011"
    for word in slip.get("says", ()):
        assert any(word in problem.message for problem in found)


def test_any_digit_that_changes_in_a_translation_is_found() -> None:
    rng = random.Random(1)
    missed = []
    for texts in read("clean")["set"]:
        for original, (lang, text) in rng.sample(list(itertools.permutations(texts.items(), 2)), 6):
            digits = list(re.finditer(r"\d", text))
            # One and two are in many words. What is called "about" may be rounded, and one text does without a name that has a number.
            if digits and "COVID-19" not in str(texts) and "123,400" not in str(texts) and "1,236,480" not in str(texts):
                found = rng.choice(digits)
                other = rng.choice([digit for digit in "3456789" if int(digit) != int(found[0])])
                changed = text[: found.start()] + other + text[found.end() :]
                missed += [] if judged(original, (lang, changed)) else [changed]
    assert missed == []


def test_the_demo_newsroom_agrees_with_itself(tmp_path: Path) -> None:
    settings = replace(builds.read(REPOSITORY), root=str(tmp_path), output=str(tmp_path / "output"))
    found = examine(settings, datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert [as_text(problem) for problem in found if problem.code.startswith("AG") and problem.code != "AG001"] == []

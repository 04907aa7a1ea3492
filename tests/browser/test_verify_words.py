"""`theme/static/words.js` finds the words of a text as `ground/fingerprints.py` does, and its pieces as `ground/sketches.py`."""

from __future__ import annotations

import random
import sys
import unicodedata
from typing import Any

import pytest

from pressroom.ground.fingerprints import words
from pressroom.ground.sketches import pieces
from tests.browser.conftest import Serve
from tests.ground.test_fingerprints import SIGNS
from tests.sites import REPOSITORY

BATCH = 40_000
# A browser knows characters that are newer than the tables of this Python; and of private ones one is as good as another.
KNOWN = [char for code in range(sys.maxunicode + 1) if unicodedata.category(char := chr(code)) not in ("Cn", "Cs", "Co")]
# Of the long rows of signs, such as Han, every sixteenth: all of them take three minutes.
SOME = [char for char in KNOWN if ord(char) < 0x3400 or unicodedata.category(char) != "Lo" or ord(char) % 16 == 0]


@pytest.fixture(scope="module")
def page(browser: Any, serve: Serve) -> Any:
    context = browser.new_context()
    found = context.new_page()
    found.goto(f"{serve(REPOSITORY / 'theme' / 'static')}/press.css")
    yield found
    context.close()


def told(page: Any, name: str, texts: list[str]) -> list[Any]:
    """What a function of the module makes of each of the texts."""
    return page.evaluate("async ([name, texts]) => { const module = await import('/words.js'); return texts.map(module[name]); }", [name, texts])


def compared(page: Any, texts: list[str]) -> None:
    for start in range(0, len(texts), BATCH):
        some = texts[start : start + BATCH]
        for name, of_python in (("words", words), ("counted", pieces)):
            found = told(page, name, some)
            assert [(text, got) for text, got in zip(some, found, strict=True) if got != of_python(text)][:5] == [], name


def test_every_character_has_the_same_words_wherever_it_stands(page: Any) -> None:
    compared(page, [f"a{char}b{char} 水{char} 水 {char} c 7{char}7 {char}{char} -{char}—" for char in SOME])


def test_any_text_has_the_same_words(page: Any) -> None:
    chance = random.Random(20261201)
    alphabets = (SIGNS, SIGNS[:60], "ab1 ,.-—\u00ad\u2060\n\t\x1f\x85\u3000", "กิ่ง ไทย हिन्दी עִבְרִית مُدَرِّسة", "ΟΔΥΣΣΕΥΣ σς İIıi ǅ", "가각힣 ㄱㅏ ￡￢￣ﾡￂￜ ｶﾞﾊﾟ")
    compared(page, ["".join(chance.choices(chance.choice(alphabets), k=chance.randrange(1, 60))) for _ in range(4_000)])
    compared(page, ["".join(chance.choices(KNOWN, k=chance.randrange(1, 30))) for _ in range(4_000)])

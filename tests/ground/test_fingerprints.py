"""The fingerprint of a passage: made of its words, untouched by how they are set."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground.fingerprints import DASHES, HAN_AND_KANA, QUOTATION_MARKS, digest, fingerprints, short, words
from pressroom.reading.typography import typeset_html, typeset_text
from tests.reading.typography.typographies import typography

# Letters and signs of all six languages, and all that typesetting touches.
SIGNS = "abcXYZéßñ0123456789 \u00a0\u202f\u2009\n.,;:!?…\"'“”‘’«»„‚‹›-–—―&()[]/*_ \u00ad\u200b\u200f\u061c٠١٢٣٩字水リカ。，、？！「」『』（）０Ａａ＂＇－Жёйумалмدرسة"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The dam is full.", "The dam is full."),
        ("The  dam\nis\tfull.", "The dam is full."),
        ("“Full”, he said — ‘now’…", "\"Full\",he said-\"now\"..."),
        ("水 位 上升", "水位上升"),
        ("２０２０年１１月２日", "2020年11月2日"),
        ("ＷＩＣ", "WIC"),
        ("共 3 个", "共3个"),
        ("١٢٣ سدود", "123 سدود"),
        ("so\u00adlu\u00adtion", "solution"),
        ("a\u200b b\u00a0c\u202fd", "a b c d"),
        ("don't", 'don"t'),
        ("2010–2020", "2010-2020"),
        ("——他说", "-他说"),
        ("—\u2060—", "-"),
        ("cafe\u0301", "café"),
        ("ｶﾞ", "ガ"),
        ("ﬁve ½ ²", "ﬁve ½ ²"),
        ("Ⅳ ½ ℃", "Ⅳ ½℃"),
        (" \n ", ""),
    ],
)  # fmt: skip
def test_words_have_one_form(text: str, plain: str) -> None:
    assert words(text) == plain


def test_the_id_is_the_base32_of_the_sha_256_of_the_words() -> None:
    hexdigest = hashlib.sha256("The dam is full.".encode()).hexdigest()
    assert digest("The dam is full.") == hexdigest
    assert short(hexdigest) == base64.b32encode(bytes.fromhex(hexdigest)).decode().lower()[:8]
    assert fingerprints(["The dam is full."])[0].id == f"q-{short(hexdigest)}"


def test_a_fingerprint_never_moves() -> None:
    assert [mark.id for mark in fingerprints(["The river rose.", "河水上涨了。", "ارتفع النهر.", "Река поднялась."])] == [
        "q-xhanqrqy", "q-uh4bks5o", "q-grpzdmkk", "q-oysqtdey",
    ]  # fmt: skip


def test_the_same_words_again_take_the_id_before_them_into_account() -> None:
    first, between, again = fingerprints(["Yes.", "No.", "Yes."])
    assert again.id == f"q-{short(hashlib.sha256((between.id + 'Yes.').encode()).hexdigest())}"
    assert again.id != first.id and again.digest == first.digest


def test_words_said_over_and_over_have_each_its_own_id() -> None:
    assert len({mark.id for mark in fingerprints(["(Laughter.)"] * 200)}) == 200


def test_every_quotation_mark_is_one_and_every_dash_is_one() -> None:
    assert {words(mark) for mark in QUOTATION_MARKS} == {'"'}
    dashes = [char for part in DASHES.split("-") for char in part]
    assert {words(char) for char in dashes} == {"-"}


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "fr", "es", "ru", "ar"])
@given(text=st.text(alphabet=SIGNS, max_size=60))
def test_typesetting_leaves_the_fingerprint_as_it_is(lang: str, text: str) -> None:
    assert words(typeset_text(text, typography(lang))) == words(text)


@given(text=st.text(max_size=40))
def test_typesetting_leaves_any_text_at_all_its_fingerprint(text: str) -> None:
    assert words(typeset_text(text, typography("en"))) == words(text)


@given(parts=st.lists(st.text(alphabet="abc \"'.-1&;", min_size=1, max_size=12), min_size=1, max_size=6))
def test_typesetting_html_leaves_the_fingerprint_of_its_text(parts: list[str]) -> None:
    import html as escape

    from pressroom.reading.markup import plain

    html = "<p>" + "".join(f"<em>{escape.escape(part, quote=False)}</em>" if n % 2 else escape.escape(part, quote=False) for n, part in enumerate(parts)) + "</p>"
    assert words(plain(typeset_html(html, typography("en")))) == words("".join(parts))


@given(text=st.text(max_size=60))
def test_the_words_of_words_are_the_words_but_for_what_closing_up_brings_together(text: str) -> None:
    once = words(text)
    assert words(words(once)) == words(once)


@given(st.text(st.sampled_from("ab1 \t\n\x1f.'-\"(_"), max_size=30))
def test_ascii_is_closed_up_as_any_other_text_is(text: str) -> None:
    # A letter of another alphabet at the end takes the text the long way.
    assert words(f"{text}é") == words(f"{text}e")[:-1] + "é"


def by_the_letter(text: str) -> str:
    """The rule as it is written down, sign by sign."""
    def one_form(char: str) -> str:
        tag, _, mapping = unicodedata.decomposition(char).partition(" ")
        if tag in ("<wide>", "<narrow>", "<noBreak>"):
            return "".join(chr(int(code, 16)) for code in mapping.split())
        return "" if unicodedata.category(char) == "Cf" else char

    def holds_apart(char: str) -> bool:
        return unicodedata.category(char)[0] in "LN" and not re.match(f"[{HAN_AND_KANA}]", char)

    def between(match: re.Match[str]) -> str:
        start, end = match.span()
        return " " if 0 < start and end < len(folded) and holds_apart(folded[start - 1]) and holds_apart(folded[end]) else ""

    folded = unicodedata.normalize("NFC", "".join(map(one_form, unicodedata.normalize("NFC", text))))
    folded = re.sub(f"[{DASHES}]+", "-", re.sub(f"[{QUOTATION_MARKS}]", '"', folded))
    folded = "".join("..." if char == "…" else str(unicodedata.decimal(char, char)) for char in folded)
    return re.sub(r"\s+", between, folded)


@given(st.text(st.one_of(st.sampled_from(SIGNS + "\u3000\u2028五々ー１½²Ⅷ_"), st.characters(codec="utf-8"))))
def test_the_words_are_those_of_the_rule_sign_by_sign(text: str) -> None:
    assert words(text) == by_the_letter(text)

"""What holds for any text in every language: setting twice is setting once, the words stay, and markup is nobody's business."""

from __future__ import annotations

import html
import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.checks import folding
from pressroom.ground.fingerprints import words
from pressroom.reading.markup import plain
from pressroom.reading.typography import typeset_html, typeset_text
from tests.reading.typography.typographies import EVERY, LANGUAGES, every, typography

# Letters of all scripts and every sign that a rule touches or looks at.
SIGNS = (
    "abs5hMTéßвАСжеéم١٢水리カ90 \u00a0\u202f\u2009\u2028\n.,;:!?…\"'“”‘’«»„‚‹›「」『』-–—―&()[]{}<>/*_\\`|%‰°№€$@#=+¿¡،؛؟٪٫٬。，、！？（）\u00ad\u200b\u200f\ufffc"
)  # fmt: skip
PHRASES = st.sampled_from([
    "z.B.", "т. е.", "и т.д.", "EE.UU.", "p. ex.", "20 h 30", "5 000", "10 %", "A. B. C", "а б", "в ", " же", "--", "---", " - ", "...", ". . .", "'90s", "l'\"", "\"'",
    "https://e.org/?a=1;b:c", "a.b@e.org", "M. ", "№ 5", "в 5 км. ", "«", "»", "it's", "6'2\"", ":)", "?!", "Слово", "word", "قال", "水电", "1,234.5", "12%", "١٢",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PHRASES, st.text(alphabet=SIGNS, max_size=8)), max_size=12).map("".join)
TAGS = re.compile(r"<[^>]*>")


@pytest.mark.parametrize(("lang", "style"), EVERY)
@settings(max_examples=80, deadline=None)
@given(text=TEXTS)
def test_text_set_twice_is_text_set_once_and_has_the_same_words(lang: str, style: str, text: str) -> None:
    once = typeset_text(text, typography(lang, style))
    assert typeset_text(once, typography(lang, style)) == once
    assert words(once) == words(text)


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_at_all_keeps_its_words(lang: str, text: str) -> None:
    once = typeset_text(text, typography(lang))
    assert typeset_text(once, typography(lang)) == once and words(once) == words(text)


ELEMENTS = st.sampled_from([
    ("<em>", "</em>"), ('<a href="x?a=1&amp;b=&quot;2&quot;" title="\'a\' -- b...">', "</a>"), ("<code>", "</code>"), ('<span lang="fr">', "</span>"), ('<span lang="xx">', "</span>"),
    ("<p>", "</p>"), ("<li>", "</li>"), ("<br>", ""), ("<!-- \"x\" -- -->", ""), ("<b><i>", "</i></b>"), ('<span class="verbatim">', "</span>"), ("", ""),
])  # fmt: skip
MARKUP = st.lists(st.tuples(ELEMENTS, TEXTS), max_size=6).map(
    lambda parts: "".join(f"{opening}{html.escape(text, quote=False)}{closing}" for (opening, closing), text in parts)
)


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=80, deadline=None)
@given(source=MARKUP)
def test_html_set_twice_is_html_set_once_with_the_same_words_and_tags(lang: str, source: str) -> None:
    once = typeset_html(source, typography(lang), every())
    assert typeset_html(once, typography(lang), every()) == once
    assert TAGS.findall(once) == TAGS.findall(source)
    assert words(plain(once)) == words(plain(source))


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=80, deadline=None)
@given(text=TEXTS, cuts=st.lists(st.integers(0, 80), max_size=5))
def test_a_text_in_pieces_is_set_as_the_whole(lang: str, text: str, cuts: list[int]) -> None:
    text = text.replace("\n", " ").replace("\u2028", " ")
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [html.escape(text[start:end], quote=False) for start, end in zip(places, places[1:], strict=False)]
    source = "".join(f"<em>{piece}</em>" if n % 2 else piece for n, piece in enumerate(pieces))
    assert html.unescape(TAGS.sub("", typeset_html(source, typography(lang)))) == typeset_text(text, typography(lang))


@pytest.mark.parametrize(("lang", "style"), EVERY)
@settings(max_examples=80, deadline=None)
@given(text=TEXTS)
def test_setting_hides_no_word_from_the_leak_check(lang: str, style: str, text: str) -> None:
    before, after = folding.fold(text), folding.fold(typeset_text(text, typography(lang, style)))
    assert folding.words(after) == folding.words(before)
    found = folding.characters(after)
    assert all(any(run in other for other in found) for run in folding.characters(before))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("piece", ["'a ", '"a ', 'a"a', "a,", "，, ", "--a ", "1 000 ", "水,", "<em>'</em>", "a' ", "...", "«", "\"'", "a.b ", "в "])
def test_no_text_takes_more_than_time_in_proportion(lang: str, piece: str) -> None:
    def seconds(times: int, run: int) -> float:
        began = process_time()
        # What was set once is known again: each run has a text of its own.
        typeset_html(f"<p>{piece * times}x{run}</p>", typography(lang))
        return process_time() - began

    # Eight times the text: sixty-four times the time would be the square. The least of three is the text's doing, and not the machine's.
    few, many = (min(seconds(times, run) for run in range(3)) for times in (2_000, 16_000))
    assert many < 30 * max(few, 0.01)

"""What the sieve lets fall holds nothing: it is set beside the search itself, which reads every text whole."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.checks import folding
from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import SEGMENT, Needle
from pressroom.checks.runs import FIELD, HAN_PHRASE, HAN_RUN, PHRASE, RUN
from pressroom.checks.sieve import Sieve

# Few words, so that by chance as well what is held comes together again, and such as signs of markup and of escapes are made of.
WORDS = ["ana", "bow", "élan", "при", "مرسى", "2026", "nbsp", "39", "amp", "b", "li", "lt", "u0061", "x", "mark", "İs", "ﬁn", "Straße", "٣"]
HAN = "两家港口公司将在冬季到来之前合并12ab"
SIGNS = [
    " ", "  ", "\n", "\n\n", "\t", ", ", ". ", "/", "-", "_", "\"", "\": \"", "\\\"", "\\n", "\\u0062", "\\u00e9", "&nbsp;", "&#39;", "&amp;", "&amp;amp;", "&lt;b&gt;", "&lt;li\nclass=x&gt;", "&lt;", "&gt;", "&#98;", "&#10;", "&quot;",
    "%", "%20", "%62", "%C3%A9", "<b>", "</b>", "<li>", "</li>\n<li>", "<p class=\"x\">", "<a href=\"../bow/\">", "<img alt='ana mark'>", "<b\nclass=x>", "<!-- bow -->", "<", ">", "<b", "<<b>b>", "<b<p>>", "b<i>b</i>",
    "\u00ad", "\u200b", "\u00a0", "\u202f", "…", "，", "（", "。", "́", "\u2028", "\r\n", "\x00", "\ue000", "\x1f", "{\"a\": ", "[", "],\n ", "}", ",\n \"b\": ", "&#x3c;i&#x3e;", "\\\\", "::",
]  # fmt: skip


@st.composite
def needles(draw: st.DrawFn) -> list[Needle]:
    word = st.sampled_from(WORDS).map(lambda word: folding.key(folding.fold(word)))
    found = []
    for number in range(draw(st.integers(1, 4))):
        way, least, most = draw(st.sampled_from([(RUN, 8, 8), (PHRASE, 3, 5), (FIELD, 1, 3), (SEGMENT, 1, 3), (HAN_RUN, 12, 12), (HAN_PHRASE, 6, 8), (FIELD, -3, -1)]))
        if way in (HAN_RUN, HAN_PHRASE) or least < 0:
            value = draw(st.text(HAN, min_size=abs(most if least < 0 else least), max_size=abs(least if least < 0 else most)))
            if not folding.HAN.search(value):
                continue
        else:
            said = draw(st.lists(word, min_size=least, max_size=most))
            value = draw(st.sampled_from(["-", ".", "/", "_"])).join(said) if way == SEGMENT else " ".join(said)
        found.append(Needle(way, value, str(number), way))
    return found


WRITINGS = [str, str, str, str.upper, html.escape, json.dumps, quote, lambda text: "".join(f"&#{ord(char)};" for char in text), lambda text: html.escape(html.escape(text))]


@st.composite
def texts(draw: st.DrawFn, held: list[Needle]) -> str:
    """A text in which needles stand, as they are or written and parted in some way, among signs and words."""
    pieces = []
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.integers(0, 3))
        if kind == 0 and held:
            value = draw(st.sampled_from(held)).value
            sign = draw(st.sampled_from(SIGNS))
            parted = value.replace(" ", sign) if " " in value else sign.join((value[:2], value[2:]))
            pieces.append(draw(st.sampled_from(WRITINGS))(draw(st.sampled_from([value, value, parted]))))
        elif kind == 1:
            pieces.append(draw(st.sampled_from(WORDS)))
        else:
            pieces.append(draw(st.sampled_from(SIGNS)))
    return "".join(pieces)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_what_comes_into_a_clean_text_does_not_fall_through(data: st.DataObject) -> None:
    held = data.draw(needles())
    matcher, sieve = Matcher(enumerate(held)), Sieve(held)
    line = st.one_of(texts(held), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
    lines = data.draw(st.lists(line, max_size=12))
    first, last = sorted((data.draw(st.integers(0, len(lines))), data.draw(st.integers(0, len(lines)))))
    before, text = "\n".join(lines), "\n".join((*lines[:first], *data.draw(st.lists(line, max_size=3)), *lines[last:]))
    if data.draw(st.booleans(), "was seen"):
        sieve.may_hold(before)
    if not matcher.find(before):
        assert sieve.may_hold(sieve.new_in(text, before)) or not matcher.find(text), (before, text, [held[n] for n in matcher.find(text)])


@pytest.mark.parametrize(("before", "text"), [
    # Inside a tag that goes over lines it was no field of its own.
    ('<img alt="\n{far}\nana bow\n{far}\n">', '{far}\nana bow\n{far}\n">'),
    # What seems to be words enough to keep a needle away stands in a tag.
    ("one ana <b\n{far}\n>y", "one ana <b\n{far}\n>bow x"),
])  # fmt: skip
def test_a_tag_over_lines_is_not_taken_for_words_beside(before: str, text: str) -> None:
    held = [Needle(FIELD, "ana bow", "0", FIELD), Needle(PHRASE, "one ana bow", "0", PHRASE)]
    before, text = (one.format(far=" ".join(f"w{number}" for number in range(20))) for one in (before, text))
    assert not Matcher(enumerate(held)).find(before) and Matcher(enumerate(held)).find(text)
    sieve = Sieve(held)
    assert sieve.may_hold(sieve.new_in(text, before))


FIELDS = [Needle(FIELD, "ana bow", "0", FIELD), Needle(PHRASE, "one ana bow", "0", PHRASE), Needle(PHRASE, "ana amp bow", "0", PHRASE)]


@pytest.mark.parametrize(("before", "text"), [
    ("<b>x</b>\n{far}\nana bow\n{far}", "x\n{far}\nana bow\n{far}"),
    ("See <https://x.test/>.\n{far}\nana bow\n{far}", "See it.\n{far}\nana bow\n{far}"),
    ('He said "no":\n{far}\nana bow\n{far}', "He said no.\n{far}\nana bow\n{far}"),
    ("one ana &lt;b\n{far}\n&gt;y", "one ana &lt;b\n{far}\n&gt;bow x"),
    ("one ana &#060;b\n{far}\n&gt;y", "one ana &#060;b\n{far}\n&gt;bow x"),
    ("one ana \\u003cb\n{far}\n\\u003ey", "one ana \\u003cb\n{far}\n\\u003ebow x"),
    ("one q\n{far} > ana\nbow y z", "one <b\n{far} > ana\nbow y z"),
    ("<p>one ana</p>\n<p>bow x</p>\n{far}\nq", "<p>one ana</p>\n<p>bow x</p>\n{far}\n2<sup>nd</sup>"),
    ("ana &amp; bow\n{far}\nq", "ana &amp; bow\n{far}\n100%"),
], ids=["the only tag goes", "the only address goes", "no JSON", "an escaped tag", "a numbered tag", "a tag in JSON", "a new tag ends in what was there", "a word is parted", "a sign of escapes"])  # fmt: skip
def test_what_changes_how_the_rest_is_read_is_not_taken_for_itself(before: str, text: str) -> None:
    before, text = (one.format(far=" ".join(f"w{number}" for number in range(20))) for one in (before, text))
    held = [needle for needle in FIELDS if not Matcher([(0, needle)]).find(before)]
    assert Matcher(enumerate(held)).find(text)
    sieve = Sieve(held)
    assert sieve.may_hold(sieve.new_in(text, before))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_holds_a_needle_does_not_fall_through(data: st.DataObject) -> None:
    held = data.draw(needles())
    matcher, sieve = Matcher(enumerate(held)), Sieve(held)
    # What has been seen before may change nothing.
    for text in data.draw(st.lists(texts(held), min_size=1, max_size=4)):
        found = matcher.find(text)
        assert sieve.may_hold(text) or not found, (text, [held[n] for n in found])
        found = matcher.find_anywhere(text)
        assert sieve.may_hold(text) or not found, (text, [held[n] for n in found])
        found = matcher.find_in_path(text)
        assert sieve.may_hold_in_path(text) or not found, (text, [held[n] for n in found])
        found = matcher.find_long(text)
        assert sieve.may_hold_among([text, "x"]) or not found, (text, [held[n] for n in found])


@pytest.mark.parametrize("number", range(12))
def test_a_tag_that_a_text_ends_in_reaches_into_no_other_line(number: int) -> None:
    # Lines are looked at in the order of a set, which is another in each process: with twelve, some stand behind the last.
    lines = [*(f"{one} > {number}" for one in "abcdefghijkl"), f"&#10;<ana {number}"]
    assert Sieve([Needle(PHRASE, "ana bow", "0", PHRASE)]).may_hold("\n".join(lines))
    assert not Sieve([Needle(PHRASE, "ana bow", "0", PHRASE)]).may_hold("\n".join(lines[:-1]))


@pytest.mark.parametrize(
    "text",
    ["两家港口公司将\n在冬季到来之前", "两家港口公司将\n&nbsp;\n在冬季到来之前", "<p>两家港口公司将</p>\n<p>&#22312;冬季到来之前</p>", "两家港口公\n</p>\n\n司将在\n冬\n季到来之前", "a 37 %\n两家港口公司将\n&nbsp;\n在冬季到来之前"],
)
def test_characters_are_found_over_the_ends_of_lines(text: str) -> None:
    sieve = Sieve([Needle(HAN_RUN, "两家港口公司将在冬季到来", "x", "x")])
    assert not sieve.may_hold("两家港口公司\n在冬季到来之前\n两家港口公司将\n简体中文\n在冬季到来") and sieve.may_hold(text)


@pytest.mark.parametrize("text", ["one\ntwo three\n\nfour\nfive six seven\neight", "one two\n&nbsp;\nthree four five six seven eight", "<li>one</li>\n" * 3 + "<li>one two three four</li>\n<li>\n<i>five</i> six\nseven</li><li>eight"])
def test_words_are_found_over_the_ends_of_lines(text: str) -> None:
    sieve = Sieve([Needle(RUN, "one two three four five six seven eight", "x", "x")])
    assert not sieve.may_hold("one two three\nfive six seven eight\none two three four\nand\nfive six seven eight") and sieve.may_hold(text)

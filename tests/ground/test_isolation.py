"""What runs against the direction of a text is isolated, and nothing else of it changes."""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.ground import bidi
from pressroom.ground.isolation import _QUIET, isolate, slowly_isolated

SIGNS = "aZé7٣ \u00a0\u202fعخשا،؛؟,.;:!?-–−+()[]{}«»“”‘’„\"'/@#%€°ö²₂⁻中ж\u0301\u064b&<>\ufffc\u200f\u2029\n*="
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8")), max_size=60)
RUNS = st.lists(st.sampled_from(["قال", "عام", "שלום", "Google", "C++", "10–12", "+41 22", "3.5%", "5 km", "،", ",", ".", " ", " ", "(", ")", "“", "”", '"', "٣٫٥٪", "@x", "-"]), max_size=14).map("".join)
LANGUAGES = st.sampled_from(["ar", "he", "fa", "en", "zh-Hans", "ru"])


@st.composite
def pieces(draw, depth: int = 3) -> str:
    """HTML as it comes out of Markdown, clean: whatever is in whatever."""
    made = [escape(draw(st.one_of(RUNS, TEXTS)))]
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        tag = draw(st.sampled_from(["em", "strong", "a", "code", "bdi", "p", "li", "span", 'span lang="ar"', 'span lang="en"', 'span dir="rtl"', 'bdo dir="ltr"', 'sup id="x"', "br", "img alt='ع x'"]))
        name = tag.split()[0]
        made.append(f"<{tag}>" if name in ("br", "img") else f"<{tag}>{draw(pieces(depth - 1))}</{name}>")
        made.append(escape(draw(st.one_of(RUNS, TEXTS))))
    return "".join(made)


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.good = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.good = self.good and bool(self.open) and self.open.pop() == tag


def is_well_nested(html: str) -> bool:
    parser = _Nesting()
    parser.feed(html)
    parser.close()
    return parser.good and not parser.open


def text_of(html: str) -> str:
    return unescape(re.sub(r"""<(?:"[^"]*"|'[^']*'|[^"'>])*>""", "", html))


@settings(max_examples=200, deadline=None)
@given(pieces(), LANGUAGES)
def test_no_word_changes_the_nesting_holds_and_a_second_time_changes_nothing(html: str, lang: str) -> None:
    once = isolate(html, lang)
    assert text_of(once) == text_of(html)
    assert is_well_nested(once)
    assert isolate(once, lang) == once


@settings(max_examples=200, deadline=None)
@given(RUNS, LANGUAGES)
def test_runs_are_in_order_and_none_is_within_another(text: str, lang: str) -> None:
    for direction in ("ltr", "rtl"):
        found = bidi.runs(text, direction, bidi.commas_of(direction, "Arab"))
        assert all(start < end for start, end in found)
        assert all(one[1] <= other[0] for one, other in zip(found, found[1:], strict=False))


def isolated(text: str, lang: str) -> list[str]:
    return [unescape(found) for found in re.findall("<bdi>(.*?)</bdi>", isolate(escape(text, quote=False), lang))]


IN_ARABIC = {
    "قال John Smith، إن": ["John Smith"],
    "اتصلوا على +41 22 555 12 12 الآن": ["+41 22 555 12 12"],
    "رقم (+41) 22 555 و(022) 555-1212 هنا": ["(+41) 22 555", "(022) 555-1212"],
    "بين 10–12 و3.5% في 2020-11-02": ["10–12", "3.5%", "2020-11-02"],
    "درجة −4 °C هناك و5 GB و3G": ["−4 °C", "5 GB", "3G"],
    "لغة C++، وC# جيدة": ["C++", "C#"],
    "منظمة (WHO) هنا": ["WHO"],
    "منظمة World Internet Conference (WIC) قالت": ["World Internet Conference (WIC)"],
    "Google، Apple، Microsoft وغيرها": ["Google", "Apple", "Microsoft"],
    "قال: “Hello, world.” ثم": ["Hello, world."],
    "قال: «He said ‘no’!» ثم": ["He said ‘no’!"],
    "طائرة Boeing 747، حلقت": ["Boeing 747"],
    "في 2 November 2020.": ["2 November 2020"],
    "الملف report_2020.pdf و.env هنا": ["report_2020.pdf", ".env"],
    "انظر https://example.org/a/?b=c&d=e هنا": ["https://example.org/a/?b=c&d=e"],
    "اكتب إلى press@example.org.": ["press@example.org"],
    "حساب @office و#tag هنا": ["@office", "#tag"],
    "سعر $5 أو 5 € أو €1.2": ["$5", "5 €", "€1.2"],
    "Google/غوغل": ["Google"],
    "مثل U.S. هنا": ["U.S."],
    "بقيمة US$ 5 مليون وUS$5 هنا": ["US$ 5", "US$5"],
    "وفق Art. 5(2) من القرار Res. 2231 (2015) هنا": ["Art. 5(2)", "Res. 2231 (2015)"],
    "رقم No. 5 وp. 12 وpara. 12 وFig. 5 هنا": ["No. 5", "p. 12", "para. 12", "Fig. 5"],
    "قالت NATO. 5 دول": ["NATO"],
    "معادلة 5+5=10": ["5+5=10"],
    "من 9:30–11:00 غدا": ["9:30–11:00"],
    "نسخة v1.2.3-beta هنا": ["v1.2.3-beta"],
    "انبعاثات CO₂، وCH₄ وH₂O وPM₂.₅.": ["CO₂", "CH₄", "H₂O", "PM₂.₅"],
    "مساحة 5 km² وتدفق 12 m³/s و10⁻³ هنا": ["5 km²", "12 m³/s", "10⁻³"],
    "معادلة E = mc² ونظير ²³⁵U هنا": ["E = mc²", "²³⁵U"],
}


@pytest.mark.parametrize(("text", "found"), IN_ARABIC.items())
def test_in_arabic_other_letters_and_numbers_with_signs_are_isolated(text: str, found: list[str]) -> None:
    assert isolated(text, "ar") == found


@pytest.mark.parametrize("text", ["عام 2020 فقط", "1,234.5 عدد و2020/2021 و9:30", "٣٫٥٪ و١٠–١٢", "من-5", "(2020) هنا", ""])
def test_what_keeps_its_order_by_itself_is_left_as_it_is(text: str) -> None:
    assert isolate(text, "ar") == text


IN_ENGLISH = {
    "said أحمد 12 times": ["أحمد"],
    "أحمد (القاهرة), who": ["أحمد (القاهرة)"],
    "He said «مرحبا!» today": ["مرحبا!"],
    "called أحمد, حسن and more": ["أحمد", "حسن"],
    "“שלום, עולם!” he said": ["שלום, עולם!"],
    "the name (أحمد) here": ["أحمد"],
    "on #عربي today": ["#عربي"],
    "under المادة ١٢٪ here": ["المادة ١٢٪"],
    "of أحمد (Ahmad, القاهرة) here": ["أحمد", "القاهرة"],
    "مرحبا بكم.": ["مرحبا بكم."],
}


@pytest.mark.parametrize(("text", "found"), IN_ENGLISH.items())
def test_in_english_arabic_and_hebrew_are_isolated(text: str, found: list[str]) -> None:
    assert isolated(text, "en") == found


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "ru", "ja"])
def test_scripts_of_one_direction_need_nothing_among_each_other(lang: str) -> None:
    assert isolate("World 世界 Мир 10–12 +41 22 «x»", lang) == "World 世界 Мир 10–12 +41 22 «x»"


def test_in_hebrew_its_own_comma_parts_a_list() -> None:
    assert isolated("חברות Google, Apple, Microsoft ועוד", "he") == ["Google", "Apple", "Microsoft"]


def test_a_run_takes_in_the_elements_that_lie_in_it() -> None:
    html = '<p>قال <a href="#x">World <em>Internet</em></a> Conference نعم</p>'
    assert isolate(html, "ar") == '<p>قال <bdi><a href="#x">World <em>Internet</em></a> Conference</bdi> نعم</p>'


def test_a_run_that_crosses_the_border_of_an_element_is_left_in_the_order_it_has() -> None:
    html = "<p><strong>قال World</strong> Internet نعم</p>"
    assert isolate(html, "ar") == html


def test_code_is_no_text_and_belongs_to_the_run_around_it() -> None:
    assert isolate("<p>شغل Use <code>ls -l</code> now ثم <code>x 1–2</code></p>", "ar") == "<p>شغل <bdi>Use <code>ls -l</code> now</bdi> ثم <code>x 1–2</code></p>"


def test_a_line_break_and_a_block_end_a_run() -> None:
    assert isolate("<ul><li>قال x</li><li>y قال<br>z قال</li></ul>", "ar") == (
        "<ul><li>قال <bdi>x</bdi></li><li><bdi>y</bdi> قال<br><bdi>z</bdi> قال</li></ul>"
    )


def test_what_says_its_language_says_its_direction_and_is_a_text_of_that_language() -> None:
    html = '<p>Say <span lang="ar">قال John</span> and <span lang="fr">bonjour</span></p>'
    assert isolate(html, "en") == '<p>Say <span lang="ar" dir="rtl">قال <bdi>John</bdi></span> and <span lang="fr">bonjour</span></p>'
    assert isolate('<p>قال <span lang="fr">bonjour 10–12</span></p>', "ar") == '<p>قال <span lang="fr" dir="ltr">bonjour 10–12</span></p>'


def test_references_to_characters_stay_as_they_are_written() -> None:
    assert isolate("قال R&amp;D و10&#8211;12", "ar") == "قال <bdi>R&amp;D</bdi> و<bdi>10&#8211;12</bdi>"


@pytest.mark.parametrize("text", ["(" * 20_000 + "]" * 20_000, "a، " * 20_000, "(a ع" * 10_000, "ع(a" * 10_000 + ")" * 10_000, '"a' * 20_000, "1 " * 40_000, "+1" * 30_000, "a@" * 30_000 + "ع", "1-" * 30_000, "x" + ".1:" * 20_000 + "ع"])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(text: str) -> None:
    isolate(text, "ar")
    isolate(text, "en")


PIECES = st.one_of(
    st.sampled_from(list("اب5 .،؛-–%:/()«»\"'*\u00a0&aZéא8١٪+#$\u200f\u202f\ufdd0")),
    st.sampled_from(["<p>", "</p>", '<li id="q-abc">', "</li>", "<strong>", "</strong>", '<a href="x">', "</a>", " ب 12 ب", "ب 12.", "ب&nbsp;12</p>", "&amp;", "&#39;", "سدود ", '<bdi dir="ltr">', "</bdi>", '<span lang="en">', "</span>"]),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(pieces(), st.lists(PIECES, max_size=12).map("".join)), LANGUAGES)
def test_what_is_seen_at_sight_to_need_nothing_needs_nothing(html: str, lang: str) -> None:
    assert isolate(html, lang) == slowly_isolated(html, lang)


def test_no_sign_that_is_quiet_at_sight_is_a_letter_from_left_to_right() -> None:
    quiet = [char for char in map(chr, range(0x110000)) if _QUIET.fullmatch(char)]
    assert "ب" in quiet and not any(unicodedata.bidirectional(char) == "L" or char in "0123456789" for char in quiet)
    assert _QUIET.fullmatch("<p>ارتفع منسوب النهر في عام 2020.</p>")

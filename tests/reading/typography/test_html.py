"""Setting the text of HTML: its words alone, across inline elements, never what stands in a tag or is meant to the letter."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from pressroom.ground.fingerprints import digest
from pressroom.model.document import Header
from pressroom.reading.bodies import read_body
from pressroom.reading.dialects import Dialect
from pressroom.reading.fields import read_header
from pressroom.reading.forms import Place
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.markup import plain
from pressroom.reading.texts import read_text
from pressroom.reading.typography import typeset_html, typeset_text
from pressroom.reading.typography.runs import Html, words_of
from tests.reading.bodies import html_of, read, reader
from tests.reading.typography.typographies import every, typography


def en(source: str) -> str:
    return typeset_html(source, typography("en"), every())


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('<p>"<em>a</em>" b</p>', "<p>“<em>a</em>”\u00a0b</p>"),
        ('<p>"a</p><p>b" c</p>', "<p>“a</p><p>b”\u00a0c</p>"),
        ('<li>"a\n<ul>\n<li>b"</li>\n</ul>\n</li>', "<li>“a <ul>\n<li>b”</li>\n</ul>\n</li>"),
        ("<td>'a</td><td>b'</td>", "<td>’a</td><td>b’</td>"),
        ('<p><code>"a"</code> <kbd>--x</kbd> <samp>...</samp> <var>"</var></p>', '<p><code>"a"</code> <kbd>--x</kbd> <samp>...</samp> <var>"</var></p>'),
        ('<pre><code>"a" -- <b>"b"</b></code></pre>', '<pre><code>"a" -- <b>"b"</b></code></pre>'),
        ('<script>"a" -- b</script><p>"c"</p>', '<script>"a" -- b</script><p>“c”</p>'),
        ('<p><a title="it\'s &quot;x&quot; -- y">it\'s</a></p>', '<p><a title="it\'s &quot;x&quot; -- y">it’s</a></p>'),
        ('<p><!-- "x" -- -->it\'s</p>', '<p><!-- "x" -- -->it’s</p>'),
        ("<p>A&amp;B &lt;b&gt; &quot;x&quot; it&#39;s</p>", "<p>A&amp;B &lt;b&gt; “x”\u00a0it’s</p>"),
        ("<p>1 < 2 and it's</p>", "<p>1 &lt; 2 and\u00a0it’s</p>"),
        ('<p>"a<br>b"</p>', "<p>“a<br>b”</p>"),
        ('<p>"<img src="a" alt="&quot;x&quot; -- y">"</p>', '<p>“<img src="a" alt="&quot;x&quot; -- y">”</p>'),
        ('<p>a<sup id="fnref:1"><a class="footnote-ref">1</a></sup>"b"</p>', '<p>a<sup id="fnref:1"><a class="footnote-ref">1</a></sup>“b”</p>'),
        ('<p>"a"<sup id="fnref:1"><a>1</a></sup>.</p>', '<p>“a”<sup id="fnref:1"><a>1</a></sup>.</p>'),
        ('<ruby>"a"<rt>"b"</rt></ruby>', '<ruby>“a”<rt>"b"</rt></ruby>'),
        ('<p>"<span lang="fr">"a"?</span>"</p>', '<p>“<span lang="fr">«\u202fa\u202f»\u202f?</span>”</p>'),
        ('<p>"<span lang="fr-CH">"a"</span>"</p>', '<p>“<span lang="fr-CH">«\u202fa\u202f»</span>”</p>'),
        ('<p>"<span lang="tlh">"a"</span>"</p>', '<p>“<span lang="tlh">"a"</span>”</p>'),
        ('<p>"<span lang="en-GB">a"</span></p>', '<p>“<span lang="en-GB">a”</span></p>'),
        ('<blockquote lang="fr"><p>"a"</p><p>"b"</p></blockquote><p>"c"</p>', '<blockquote lang="fr"><p>«\u202fa\u202f»</p><p>«\u202fb\u202f»</p></blockquote><p>“c”</p>'),
        ('<p><span class="x verbatim">"a"</span> "b"</p>', '<p><span class="x verbatim">"a"</span> “b”</p>'),
        ('<p><code>"a"</p><p>"b"</p>', '<p><code>"a"</p><p>“b”</p>'),
        ('<p><span lang="fr"><span>"a"</span> "b"</span> "c"</p>', '<p><span lang="fr"><span>«\u202fa\u202f»</span> «\u202fb\u202f»</span> “c”</p>'),
        ("</code></p>it's<p", "</code></p>it’s&lt;p"),
        ("", ""),
    ],
)  # fmt: skip
def test_only_the_words_are_set(source: str, wanted: str) -> None:
    assert en(source) == wanted


def test_what_is_not_changed_stays_byte_for_byte() -> None:
    source = '<p id="q-a">A &copy; &#x41; <b class=x>word</b>  in\n rest…</p><p>1 > 0 &c</p>'
    assert typeset_html(source, typography("zh-Hans")) == source


def test_a_paragraph_knows_the_pieces_it_is_made_of() -> None:
    found = Html('<p>a <em>b</em><code>c</code>&amp;</p><p>d</p>', "en", lambda said: "")
    texts = [paragraph for paragraph in found.paragraphs if paragraph.text]
    assert [paragraph.text for paragraph in texts] == ["a b\ufffc&", "d"]
    assert [[found.pieces[number] for number, _, _ in paragraph.places] for paragraph in texts] == [["a ", "b", "&amp;"], ["d"]]
    assert "".join(words_of('<p title=">">a &amp; <b>b</b></p>')) == "a & b"


@pytest.mark.parametrize("lang", ["en", "fr", "zh-Hans", "ar"])
@pytest.mark.parametrize(
    "source",
    [
        'A "b" *"c"* -- d...', 'A "`d -- "e"`" f', "A[^1] \"b\"[^1].\n\n[^1]: A \"note\".", 'A <kbd>"b" --</kbd> "c"', 'A ["b" --]{lang=fr} "c" ["d"]{verbatim} e',
        'A "<b>b</b>" &amp; "c" &lt; \\*', 'A "b"  \n"c" d\ne "f"', "* \"one\"\n* 'two'\n    * \"three\"", '> "Said" -- so.\n> — Ana Díaz, "Director"', 'A <span lang="fr">"b"</span> c "d"',
        'A "b"\n{: lang=fr}', "*[WIC]: Conference\n\nThe \"WIC\" x.", "https://e.org/a--b \"x\" <https://e.org/--/>",
    ],
)  # fmt: skip
def test_a_passage_says_what_the_page_shows(lang: str, source: str) -> None:
    facts, body = read(source, lang=lang)
    for block in body.blocks:
        if block.kind in ("paragraph", "quotation") and len(block.passages) == 1 and "fnref" not in block.html and "figcaption" not in block.html:
            assert " ".join(plain(block.html).split(" ")).replace("\n", " ").strip() == block.text.replace("\n", " ")
    assert [digest(text) for text in body.passages] == [passage.digest for passage in facts.passages]


def test_raw_html_blocks_stay_as_they_are_written() -> None:
    assert '"a" -- b' in html_of('<div>"a" -- b</div>\n\n"c"') and "“c”" in html_of('<div>"a" -- b</div>\n\n"c"')
    assert "“a”" in html_of('A <b>"a"</b> word')


def test_an_edition_that_keeps_its_typography_is_left_alone_and_not_judged() -> None:
    facts, body = read('他说"你好",等等...\n\n"一', lang="zh-Hans", typography="keep")
    assert body.blocks[0].text == '他说"你好",等等...' and not facts.problems


def test_plain_text_stays_plain_text_and_each_line_is_a_paragraph() -> None:
    assert typeset_text("A & 'b' -- <c> d", typography("en")) == "A & ‘b’ — <c>\u00a0d"
    assert typeset_text('"one\ntwo" x', typography("en")) == "“one\ntwo”\u00a0x" and typeset_text("", typography("en")) == ""


def header(lang: str, yaml: str) -> Header:
    text = read_text(f"---\n{yaml}date: 2020-11-02\n---\nText.\n".encode(), "a.md")
    return read_header(read_front_matter(text, "a.md"), Place("a.md", "release", lang, "a", ZoneInfo("Europe/Paris")), text.lines, typography(lang))


def test_titles_are_set_and_judged_where_they_stand() -> None:
    assert header("fr", "title: L'eau monte!\n").edition.title == "L’eau monte\u202f!"
    assert header("fr", "title: L'eau monte!\ntypography: keep\n").edition.title == "L'eau monte!"
    found = header("zh-Hans", "title: 你好,世界\nsummary: >\n  一\n  二?\n")
    assert [(problem.code, problem.line, problem.column) for problem in found.problems] == [("FM023", 2, 10), ("FM023", 5, 4)]


def test_captions_are_set_and_judged_once_where_they_stand() -> None:
    assert header("fr", "title: A\ncaptions: {a.png: L'eau monte!}\n").edition.captions == {"a.png": "L’eau monte\u202f!"}
    assert header("fr", "title: A\ncaptions: {a.png: L'eau monte!}\ntypography: keep\n").edition.captions == {"a.png": "L'eau monte!"}
    found = header("zh-Hans", "title: 水\ncaptions:\n  a.png: 水,电\n")
    assert [(problem.code, problem.line, problem.column) for problem in found.problems] == [("FM023", 4, 11)]
    facts, body = read_body("![](a.png)", found, "a.md", "release", "zh-Hans", reader(), Dialect(), every())
    assert facts.problems == () and body.blocks[0].text == "水,电"

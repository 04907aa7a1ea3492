"""Bodies: blocks, passages, links and places of a text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from pressroom.ground.fingerprints import digest
from pressroom.model.document import Header
from pressroom.model.text import Body, Facts
from pressroom.reading.markup import plain
from pressroom.reading.shapes import figure
from tests.reading.bodies import html_of, read
from tests.reading.test_front_matter import fields


def kinds(source: str, **how: object) -> list[str]:
    return [block.kind for block in read(source, **how)[1].blocks]  # type: ignore[arg-type]


def test_each_block_has_its_kind() -> None:
    source = (
        "# Heading\n\nWords.\n\n* one\n* two\n\n1. one\n\n> Said.\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n    code\n\n---\n\n"
        "![a](b.jpg)\n\n<div>x</div>\n\n<pre>x</pre>\n\nterm\n:   meaning\n\nNoted[^1].\n\n[^1]: Note."
    )
    assert kinds(source) == [
        "heading", "paragraph", "list", "list", "quotation", "table", "code", "code", "rule", "figure", "other", "code", "list", "paragraph", "footnotes",
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["Q : : x", "[VO]\n: x", "Q: Why?\n\n: x", "[00:01:02] : x", "[Narration] a\n\nWater\n\n:   x", "[VO]\n: x <b"])
def test_a_paragraph_of_a_transcript_that_begins_with_a_colon_is_shown_as_written(source: str) -> None:
    facts, body = read(source, kind="transcript")
    assert body.passages[-1].replace("\u00a0", " ").startswith(": x") and [problem.code for problem in facts.problems] in ([], ["FM018"])


def test_each_block_knows_its_line() -> None:
    body = read("# Heading\n\nWords\nmore.\n\n* one\n* two\n\n> Said.\n\n| a |\n|---|\n| c |\n\nWords\nmore.")[1]
    assert [block.line for block in body.blocks] == [5, 7, 10, 13, 15, 19]


def test_passages_know_their_lines_in_lists_quotations_and_repetitions() -> None:
    facts, _ = read("Yes.\n\nYes.\n\n* Yes.\n* No.\n    * Deep.\n\n> Yes.\n> \n> No.\n\nYes.")
    assert [passage.line for passage in facts.passages] == [5, 7, 9, 10, 11, 13, 15, 17]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("A *b* **c** `d` [e](f) ![g](h).", ["A b c d e ."]),
        ("A<b>b</b> &amp; &lt; \\* c", ["Ab & < * c"]),
        ("A[^1].\n\n[^1]: Note.", ["A."]),
        ("A  \nb\nc", ["A b c"]),
        ("A<br>b<br/>*c*<BR class=x>d</br>`e`", ["A b c d e"]),
        ("* A<br>b", ["A b"]),
        ("> Said<br>so.\n> — Ana Díaz", ["Said so."]),
        ("水位<br>上升<br />\n了", ["水位上升了"]),
        ("[a][x] [x]\n\n[x]: http://e.org", ["a x"]),
        ("<https://e.org/>", ["https://e.org/"]),
        ("<https://e.org/?a=1&b=2>", ["https://e.org/?a=1&b=2"]),
        ("Write to <press@example.org>.", ["Write to press@example.org."]),
        ("`a < b && c` or *<o'neil&co@example.org>*", ["a < b && c or o'neil&co@example.org"]),
        ("<b>A</b> `<i>` &amp;lt; `&lt;` \\>", ["A <i> &lt; &lt; >"]),
        ("* one\n* two\n    * three", ["one", "two", "three"]),
        ("1. one\n\n    more", ["one", "more"]),
        ("# Heading\n\n| a |\n|---|\n| b |\n\n```\ncode\n```\n\n---\n\n![a](b)", []),
        ("> Said.\n> — Ana Díaz, Director", ["Said."]),
        ("…", []),
        ("水位\n上升", ["水位上升"]),
        ("* 水位\n上升", ["水位上升"]),
        ("*[WIC]: Conference\n\nThe WIC.", ["The WIC."]),
        ("[mot]{lang=fr} word", ["mot word"]),
    ],
)  # fmt: skip
def test_passages_are_the_words_of_paragraphs_and_items(source: str, words: list[str]) -> None:
    facts, body = read(source, typography="keep")
    assert [passage.digest for passage in facts.passages] == [digest(text) for text in words]
    assert [" ".join(text.split()) for text in body.passages] == words


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("One.<p>Two.", ["<p>"]), ("One.</p><p>Two.</p>", ["<p>"]), ("One</div> two", ["</div>"]), ("One *<div>two</div>* three", ["<div>"]), ("> One <hr> two", ["<hr>"]),
        ("One <table><tr><td>x</td></tr></table> two", ["<table>"]), ("One <b>two</b> three", []), ("- One <p>two</p> three", []), ("<p>One</p>", []), ("One `<p>` two", []),
    ],
)  # fmt: skip
def test_a_block_within_a_paragraph_ends_it_neither_on_the_page_nor_in_the_data(source: str, told: list[str]) -> None:
    facts, body = read(source)
    assert [problem.message for problem in facts.problems] == [f"{tag} within a paragraph is taken out" for tag in told]
    for n, text in enumerate(body.passages):
        shown = fragment_fromstring(body.blocks[0].html, create_parent=True).xpath(f"string(.//*[@id='{facts.passages[n].id}'])")
        assert " ".join(shown.split()) == " ".join(text.split())


@pytest.mark.parametrize("opening", ["<!-- later --> ", "<!-- a --><!-- b -->", "<hr> ", "<div>x</div> ", "So.\n<!-- later --> "])
@pytest.mark.parametrize("line", ["R&amp;D &mdash; 5&nbsp;m <b>so</b> &#169; on.", "A<br/>b &lt; c <!-- more --> &amp; d", "&amp; so"])
def test_words_behind_a_comment_stay_in_their_places(opening: str, line: str) -> None:
    facts, body = read(f"{opening}{line}\n\nNext.\n\n<div>last</div>", typography="keep")
    alone, _ = read(line, typography="keep")
    assert [passage.digest for passage in facts.passages][-2:] == [alone.passages[0].digest, digest("Next.")]
    assert plain(body.blocks[-1].html) == "last"


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("abAMP&<>;#1x\"' .@!/-é水"), min_size=1, max_size=14), st.sampled_from(["So `{}`.", "So *`{}`* <b>on</b>.", "[So]{{lang=fr}} `{}`."]))
def test_code_in_a_passage_is_the_words_that_the_page_shows(code: str, around: str) -> None:
    facts, body = read(around.format(code), typography="keep")
    shown = " ".join(plain(body.blocks[0].html).split())
    assert body.passages == (shown,) and facts.passages[0].digest == digest(shown)


@pytest.mark.parametrize(("source", "text"), [("# Head<br>line", "Head line"), ("# Head\u00a0line<br>more", "Head\u00a0line more"), ("# 水位<br>上升", "水位上升"), ("| a |\n|---|\n| b<br>c |", "a\nb c"), ("T\n:   a<br>b", "T\na\nb")])
def test_a_break_that_is_typed_parts_words_in_every_block(source: str, text: str) -> None:
    block = read(source, typography="keep")[1].blocks[0]
    assert block.text == text and "<br>" in block.html


@pytest.mark.parametrize("typography", ["", "keep"])
@pytest.mark.parametrize("typed", ["x\u00a0y", "20\u202fkm", "a\u2009b", "全角\u3000空格", "x\u00a0 y", "*x*\u00a0y", "[x\u202fy]{verbatim} z", "x  y\tz", "x <!-- c --> y", "*<!-- c --> x* y <!-- c -->"])
def test_the_words_of_a_passage_have_the_spaces_that_the_page_shows(typed: str, typography: str) -> None:
    for lang in ("en", "zh-Hans"):
        _, body = read(typed, lang=lang, typography=typography)
        assert body.passages == (re.sub("[ \t\n]+", " ", plain(body.blocks[0].html)).strip(),)


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ru", "ar"])
@pytest.mark.parametrize("typed", ["So?  \n--No.", "So  \nwords", "--So.<br>'90s  \n'So'", '![p](p.png)"So" -- no', 'So "![p](p.png)" no', "So ![p](p.png) on", '"So"![p](p.png)\'s'])
def test_the_words_of_a_passage_are_set_as_on_the_page_beside_the_end_of_a_line_or_a_picture(typed: str, lang: str) -> None:
    _, body = read(typed, lang=lang)
    assert body.passages == (re.sub("[ \t\n]+", " ", plain(re.sub("<br>\n?", " ", body.blocks[0].html))).strip(),)


def test_lines_of_han_are_closed_up_in_paragraphs_and_items() -> None:
    assert html_of("水位\n上升，\n“他说”。", lang="zh-Hans").count("\n") == 0
    assert "<li" in html_of("* 水位\n上升", lang="zh-Hans") and "水位上升" in html_of("* 水位\n上升", lang="zh-Hans")


@pytest.mark.parametrize(
    "source",
    ["水位，\n2026年", "他说：\nABC", "ABC\n（水位）", "（\nABC）", "水位\n２米", "第３\n届", "“AI。”\n“GDP。”", "“水位”\n2026年", "A\n，水位", "水[^1]\n\n[^1]: 水位，\n    A"],
)
@pytest.mark.parametrize("typography", ["", "keep"])
def test_a_line_of_chinese_broken_anywhere_leaves_no_space(source: str, typography: str) -> None:
    _, body = read(source, typography=typography, lang="zh-Hans")
    assert not any(re.search(r"\S\s+\S", plain(block.html).replace("↩", "")) for block in body.blocks)
    assert not any(" " in text for text in body.passages)


@pytest.mark.parametrize("source", ["水位，\n2026年", "ABC\n（水位）", "水位\n２米", "ABC\n2米", "1\n２", "Ａ\nＢ", "“A”\n“B”", "水位\nA", "A\nB，\nC"])
def test_the_end_of_a_line_is_the_same_words_as_a_space(source: str) -> None:
    assert read(source, lang="zh-Hans")[0].passages == read(source.replace("\n", " "), lang="zh-Hans")[0].passages


@pytest.mark.parametrize("source", ["She said “no.”\n“Maybe.”", "“A” and “b”\n“c”", "the daily 《人民日报》\nsaid so", "so，\nthen", "said ”\nso", "(A)\n（b)", "3\n“So”"])
def test_in_another_language_the_end_of_a_line_is_a_space(source: str) -> None:
    line = source.replace("\n", " ")
    assert read(source, lang="en")[1].passages == read(line, lang="en")[1].passages != read(source.replace("\n", ""), lang="en")[1].passages


@pytest.mark.parametrize("source", ["床前明月光，  \n疑是地上霜。", "> 床前明月光  \n> 疑是地上霜", "- “床前”  \n  “明月”", "床前。\n明月，  \n光"])
def test_a_line_of_han_that_two_spaces_end_ends_there(source: str) -> None:
    facts, body = read(source, lang="zh-Hans")
    assert body.blocks[0].html.count("<br>") == 1
    assert " " not in body.passages[0] and facts.passages[0].digest == read(re.sub(r"  \n(?:> )?", "", source), lang="zh-Hans")[0].passages[0].digest


@pytest.mark.parametrize(("source", "text"), [("# Head[^1]", "Head"), ("# Head *x*[^1] y", "Head x y"), ("T[^1]\n:   a[^1] b", "T\na b"), ("```\n    if x:\n\n  y\n```", "    if x:\n\n  y")])
def test_the_text_of_a_block_has_no_marks_of_footnotes_and_all_of_its_code(source: str, text: str) -> None:
    assert read(f"{source}\n\n[^1]: Note.", typography="keep")[1].blocks[0].text == text


def test_a_table_s_text_has_its_rows_and_cells() -> None:
    block = read("| Name | *Height* |\n|---|--:|\n| Rhine[^1] | `12` |\n| Rhône | |\n\n[^1]: Note.", typography="keep")[1].blocks[0]
    assert block.text == "Name | Height\nRhine | 12\nRhône | " and "style" not in block.html and 'class="align-end"' in block.html


def test_every_passage_of_a_block_carries_its_fingerprint_as_id() -> None:
    facts, body = read("One.\n\n* Two.\n* Three.\n\n> Four.")
    html = "".join(block.html for block in body.blocks)
    assert all(html.count(f'id="{passage.id}"') == 1 for passage in facts.passages)
    assert [block.passages for block in body.blocks] == [(0,), (1, 2), (3,)]


def test_links_have_their_places_and_repeated_ones_too() -> None:
    facts, _ = read("See [a](x/) and [b](x/).\n\n![c](y.jpg) [d][r] [e][r]\n\n[r]: http://e.org/?a=1&b=2")
    assert [(link.target, link.line, link.column, link.image) for link in facts.links] == [
        ("x/", 5, 9, False), ("x/", 5, 21, False), ("y.jpg", 7, 6, True), ("http://e.org/?a=1&b=2", 9, 6, False), ("http://e.org/?a=1&b=2", 9, 6, False),
    ]  # fmt: skip


def test_a_name_that_an_editor_gives_a_place_stays_unless_it_is_ours_or_taken() -> None:
    facts, _ = read("# A {#prices}\n\n## B {#prices}\n\n## C {#main}\n\n## D {#s12}\n\n## E {#season}\n\n## F {#citation-tools}")
    assert facts.anchors == ("prices", "season")


def test_an_attributed_quotation_is_a_figure_with_its_words() -> None:
    facts, body = read("> We measured it.\n> — Ana Díaz, Director, Water Agency")
    (quotation,) = facts.quotations
    assert (quotation.name, quotation.role, quotation.organisation, quotation.passages) == ("Ana Díaz", "Director", "Water Agency", (0,))
    assert body.blocks[0].kind == "quotation" and "<figcaption>" in body.blocks[0].html


@pytest.mark.parametrize("source", ["> Words.\n> — ", "> Words.\n> — , Director", "> Words - and more", "> > Inner.\n> > — Ana Díaz\n>\n> Outer."])
def test_of_a_quotation_that_names_nobody_no_word_is_lost(source: str) -> None:
    facts, body = read(source)
    assert not facts.quotations
    for word in ("Words", "Director", "Inner", "Ana", "Outer"):
        assert (word in source) == any(word in block.html for block in body.blocks)


def test_captions_and_alternative_texts_of_the_edition_stand_with_the_picture() -> None:
    html = html_of("![](photo.jpg)", captions={"photo.jpg": "A <b> dam"}, alts={"photo.jpg": 'The "dam"'}, typography="keep")
    assert "<figcaption>A &lt;b&gt; dam</figcaption>" in html and 'alt="The &quot;dam&quot;"' in html


@pytest.mark.parametrize("target", [
    "a photo.jpg", "a%20photo.jpg", "./a%20photo.jpg", "{attach}a%20photo.jpg", "|static|a%20photo.jpg", "../content/a%20photo.jpg", "{static}/content/a%20photo.jpg",
    "a%20photo.jpg?v=1#top",
])  # fmt: skip
def test_a_picture_has_its_words_however_its_own_document_names_it(target: str) -> None:
    html = html_of(f"![](<{target}>)", captions={"a photo.jpg": "Reservoir"}, alts={"a photo.jpg": "Masonry"})
    assert "<figcaption>Reservoir</figcaption>" in html and 'alt="Masonry"' in html


@pytest.mark.parametrize("target", ["../other/photo.jpg", "{attach}/releases/2026/other/photo.jpg", "{static}../photo.jpg", "more/photo.jpg", "https://x.test/photo.jpg"])
def test_a_picture_of_another_document_has_not_the_words_for_a_file_of_this_one(target: str) -> None:
    html = html_of(f"![Its own]({target})\n\n![]({target})", captions={"photo.jpg": "Reservoir"}, alts={"photo.jpg": "Masonry"})
    assert "Reservoir" not in html and "Masonry" not in html


def test_a_picture_of_an_earlier_text_is_one_of_its_document() -> None:
    captions = {"photo.jpg": "Reservoir"}
    for target, said in (("photo.jpg", "Reservoir"), ("{attach}/releases/2026/a/photo.jpg", "Reservoir"), ("../b/photo.jpg", None)):
        paragraph = Element("p")
        SubElement(paragraph, "img", {"src": target})
        assert figure(paragraph, "content/releases/2026/a/v/1/index.en.md", captions, {}).findtext("figcaption") == said


def test_typography_is_kept_where_an_edition_says_so() -> None:
    assert "“" in html_of('"Words" --- said') and "“" not in html_of('"Words" --- said', typography="keep")
    assert "“" in read("x", notes='"Words"')[1].notes and "“" not in read("x", notes='"Words"', typography="keep")[1].notes


def test_definitions_and_abbreviations_are_ordinary() -> None:
    html = html_of("Dam\n:   A wall.\n\n*[WIC]: Conference\n\nThe WIC.", typography="keep")
    assert "<dt>Dam</dt>" in html and '<abbr title="Conference">WIC</abbr>' in html


def test_html_that_is_not_closed_does_not_take_in_the_next_segment() -> None:
    facts, body = read("[Narration] Words <p>open\n\n[Soundbite] Ana Díaz\n\nMore words.\n\n<div>open\n\n[Narration] Last.", "transcript")
    assert [block.segment for block in body.blocks if "Last" in block.html] == [3]
    assert any("not closed" in problem.message for problem in facts.problems)


@pytest.mark.parametrize("kind", ["release", "page"])
def test_html_that_is_not_closed_does_not_take_in_the_rest_of_a_text(kind: str) -> None:
    source = "First.\n\n<div>closed</div>\n\nA word.\n\n  <div class=a>\n\n**Bold** [a](b/).\n\n> Said.\n> — Ana Díaz\n\n```\n<p>\n```\n\n<b>x</b>"
    facts, body = read(source, kind, typography="keep")
    assert [(found.code, found.line, found.column) for found in facts.problems] == [("FM018", 11, 3)]
    html = "\n".join(block.html for block in body.blocks)
    assert "<strong>Bold</strong>" in html and "&lt;div class=a&gt;" in html and "<div>closed</div>" in html and "&lt;p&gt;" in html and "<b>x</b>" in html
    assert [link.target for link in facts.links] == ["b/"] and len(facts.passages) == 6 and len(facts.quotations) == (kind == "release")


def test_each_piece_of_html_that_is_not_closed_is_told_and_shown_as_text() -> None:
    facts, body = read("<div>\n\nOne.\n\n<div>\n\n</div>\n\n<p>Two.\n\n*Three*.", "release")
    assert sorted(found.line for found in facts.problems if "not closed" in found.message) == [5, 13]
    assert "<em>Three</em>" in body.blocks[-1].html
    facts, body = read("<div>\n\n" * 40 + "*End*.", "release")
    assert len(facts.problems) == 20 and "<em>End</em>" in body.blocks[-1].html


def test_html_that_is_not_closed_does_not_take_in_the_rest_of_the_notes() -> None:
    facts, body = read("x", notes="<div>\n\n**Bold**")
    assert "<strong>Bold</strong>" in body.notes and [(found.code, found.line) for found in facts.problems] == [("FM018", 1)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["Words \"of\" it.", "* item", "> said", "> — Ana, Role", "[a](b)", "![a](b.jpg)", "[Narration] So.", "[Soundbite] Ana Díaz | Director", "# H", "`x`", "水位", "A[^1]", "[^1]: N", "VO: x", "10:00", "(Laughter.)", "Editor: Ana"]), max_size=9), st.sampled_from(["release", "transcript"]))
def test_facts_and_bodies_come_back_from_the_store_as_they_were(parts: list[str], kind: str) -> None:
    facts, body = read("\n\n".join(parts), kind)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=Facts) == facts
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(body), type=Body) == body


def test_headers_come_back_from_the_store_as_they_were() -> None:
    header = fields("title: A\ndate: 2026-03-29T10:00[Europe/Paris]\nembargo: 1900-01-01\nevent: {en: E}\ntopics: [a]\ncaptions: {a.jpg: x}\nSatus: draft\n")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(header), type=Header) == header


@pytest.mark.parametrize("kind", ["release", "transcript"])
def test_a_footnote_that_is_defined_twice_is_a_fault_at_the_second(kind: str) -> None:
    facts, _ = read("a[^1]\n\n[^1]: First note.\n\n```\n[^2]: code\n[^2]: code\n```\n\n[^1]: Second note.\n", kind=kind)
    assert [(found.code, found.line) for found in facts.problems if found.code == "FM019"] == [("FM019", 14)]


def test_a_heading_stands_below_that_of_its_page_or_section_wherever_it_is_written() -> None:
    facts, body = read("# One\n\n### Three\n\n> # Quoted\n>\n> Words.", notes="# Contact\n\nWords.\n\n## Desk\n\n#### Hours")
    assert re.findall(r"<(h\d)[^>]*>(\w+)", "".join(block.html for block in body.blocks)) == [("h2", "One"), ("h3", "Three"), ("h2", "Quoted")]
    assert re.findall(r"<(h\d)[^>]*>(\w+)", body.notes) == [("h3", "Contact"), ("h3", "Desk"), ("h4", "Hours")] and not facts.problems


def test_the_columns_of_a_table_in_the_notes_are_set_as_their_rules_say() -> None:
    notes = read("x", notes="| a | b |\n|:-:|--:|\n| 1 | 2 |")[1].notes
    assert '<td class="align-center">1</td>' in notes and '<td class="align-end">2</td>' in notes


def test_a_footnote_of_the_notes_that_is_defined_twice_is_a_fault() -> None:
    assert [(found.code, found.line) for found in read("a", notes="b[^1]\n\n[^1]: One.\n\n[^1]: Two.")[0].problems] == [("FM019", 1)]


def test_footnotes_of_the_notes_have_places_of_their_own_and_no_english_title() -> None:
    facts, body = read("a[^1]\n\n[^1]: Of the text.", notes="b[^1] c[^1] [d](e/)\n\n[^1]: Of the notes.")
    html = "".join(block.html for block in body.blocks)
    assert 'id="fn:1"' in html and 'id="fnref:1"' in html and "title=" not in html + body.notes
    assert [id for id in ("fn:notes-1", "fnref:notes-1", "fnref2:notes-1") if f'id="{id}"' in body.notes] == ["fn:notes-1", "fnref:notes-1", "fnref2:notes-1"]
    assert [link.target for link in facts.links] == ["#fn:1", "#fnref:1", "#fn:notes-1", "#fn:notes-1", "e/", "#fnref:notes-1", "#fnref2:notes-1"]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x/y"])
def test_a_link_to_a_scheme_that_is_not_published_is_taken_out_and_told(target: str) -> None:
    facts, body = read(f"[x]({target})\n")
    assert [found.code for found in facts.problems] == ["FM018"] and "https://" in facts.problems[0].hint
    assert "href" not in body.blocks[0].html


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_what_is_isolated_changes_no_word_and_no_fingerprint(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    source = "قال John Smith، إن 10–12% من *C++* و[Google](https://example.org/) (3.5%).\n\n- مرحبا [كلمة]{lang=ar} Boeing 747\n\n> She said أحمد 12.\n"
    facts, body = read(source, lang=lang)
    monkeypatch.setattr("pressroom.reading.bodies.isolate", lambda html, lang: html)
    plain_facts, plain_body = read(source, lang=lang)
    assert (facts.passages, body.passages, facts.links) == (plain_facts.passages, plain_body.passages, plain_facts.links)
    assert [block.text for block in body.blocks] == [block.text for block in plain_body.blocks]
    assert "<bdi>" in "".join(block.html for block in body.blocks) and "<bdi>" not in "".join(block.html for block in plain_body.blocks)

"""Nothing runs: whatever a text holds, its blocks are made of the elements and attributes of the allow-list, and our own marks are ours alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from pressroom.ground.marks import OWN, place_links
from pressroom.ground.problems import WARNING
from pressroom.model.text import Body, Facts
from pressroom.reading.markup import TAGS, is_safe
from pressroom.reading.texts import NO_TEXT
from tests.reading.bodies import read

ATTRIBUTES = {"id", "lang", "dir", "class", "href", "title", "src", "alt", "start", "reversed", "colspan", "rowspan", "scope", "datetime"}
CLASSES = {"footnote", "footnote-ref", "footnote-backref", "align-center", "align-end", "quotation"}


def assert_harmless(facts: Facts, body: Body) -> None:
    ids = []
    for html in (*(block.html for block in body.blocks), body.notes):
        used = [int(number) for number in re.findall(f"{OWN}([0-9]+){OWN}", html)]
        assert OWN not in re.sub(f'(?:href|src)="{OWN}[0-9]+{OWN}"', "", html)
        assert all(number < len(facts.links) for number in used)
        placed = place_links(html, lambda number: f'"https://placed.test/{number}"')
        if not placed.strip():
            continue
        for element in lxml_html.fragment_fromstring(placed, create_parent="main").iterdescendants():
            assert element.tag in TAGS, element.tag
            for name, value in element.attrib.items():
                assert name in ATTRIBUTES, (element.tag, name)
                if name in ("href", "src"):
                    assert value.startswith("https://placed.test/")
                if name == "class":
                    assert set(value.split()) <= CLASSES
                if name == "id":
                    ids.append(value)
    assert len(ids) == len(set(ids))
    assert [id for id in ids if id.startswith("q-")] == [passage.id for passage in facts.passages]
    assert not [id for id in ids if re.fullmatch("s[0-9]+|main|contacts|periods", id)]
    for link in facts.links:
        assert is_safe(link.target), link.target


SCRIPTS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.test/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<p onclick=alert(1)>a</p>",
    "<p onclick='alert(1)' ONMOUSEOVER=\"x\">a</p>",
    "a <b onclick=alert(1)>b</b> c",
    "<img src=x onerror=alert(1)>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<style>@import 'http://evil.test/x.css';</style>",
    "<p style='background:url(javascript:alert(1))'>a</p>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<base href='http://evil.test/'>",
    "<meta http-equiv=refresh content='0;url=http://evil.test/'>",
    "<form action='http://evil.test/'><input name=a><button formaction=javascript:alert(1)>x</button></form>",
    "<object data='x.swf'></object><embed src='x.swf'>",
    "<link rel=stylesheet href='http://evil.test/x.css'>",
    "<video src=x onerror=alert(1)><source src=x></video>",
    "<details ontoggle=alert(1) open><summary>x</summary></details>",
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp><plaintext>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='JaVaScRiPt:alert(1)'>a</a>",
    "<a href=' javascript:alert(1)'>a</a>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<a href='java&#10;script:alert(1)'>a</a>",
    "<a href='&#x6A;avascript&colon;alert(1)'>a</a>",
    "<a href='&#1;javascript:alert(1)'>a</a>",
    "<a href='vbscript:x'>a</a><a href='data:text/html,<script>x</script>'>a</a><a href='blob:x'>a</a><a href='file:///etc/passwd'>a</a>",
    "[a](javascript:alert(1))",
    "[a](JAVASCRIPT:alert(1))",
    "[a](<java script:alert(1)>)",
    "[a](java&#x0A;script:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](\\javascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    "![a\" onerror=\"alert(1)](x.jpg \"b\" onload=\"alert(1)\")",
    "[a][x]\n\n[x]: javascript:alert(1) \"t\"",
    "[a]\n\n[a]: data:text/html,x",
    "<javascript:alert(1)>",
    "<vbscript:x>",
    "<mailto:a@b.c?x=javascript:alert(1)>",
    "[a](x){: onclick=alert(1) style=color:red target=_blank}",
    "Words.\n{: onclick=\"alert(1)\" style=\"color:red\" id=q-aaaaaaaa}",
    "# Heading {: onclick=alert(1) #s1 }",
    "# Heading {#main}",
    "* item\n{: id=q-bbbbbbbb onmouseover=x}",
    "a[^q-aaaaaaaa]\n\n[^q-aaaaaaaa]: b",
    "a[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: b",
    "a[^' onclick='x]\n\n[^' onclick='x]: b",
    "*[HTML]: \" onmouseover=\"alert(1)\n\nHTML",
    "*[HTML]: <script>alert(1)</script>\n\nHTML",
    "[word]{lang=fr onclick=x}",
    "[word]{lang=\"><script>x</script>}",
    "[<script>alert(1)</script>]{lang=fr}",
    "| a |\n|---|\n| <script>alert(1)</script><img src=x onerror=y> |",
    "> <p onclick=x>\n> — <script>alert(1)</script>, <b onclick=x>Role</b>",
    "```html\n<script>alert(1)</script>\n```",
    "``` {onclick=alert(1) .x #q-a style=x}\na\n```",
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "<!-- --><script>alert(1)</script><!-- -->",
    "<!--><script>alert(1)</script>-->",
    "<!DOCTYPE html><html><head></head><body onload=alert(1)>a</body></html>",
    "<?php echo 1 ?><% x %>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<![foo[<script>alert(1)</script>]]>",
    "<p id='q-aaaaaaaa'>a</p><p id=s1>b</p><p id=main>c</p><p id=ok>d</p><p id=ok>e</p>",
    "<p id='&#xFDD0;q-aaaaaaaa'>a</p>",
    "<p id='&#64976;q-aaaaaaaa'>a</p>",
    "<p title='&#xFDD0;0&#xFDD0;'>a</p> \"&#xFDD0;0&#xFDD0;\" [b](c)",
    "&#xfdd0;0&#x000000000000000000000000000000000000000000000FDD0 \"&#0064976\"",
    "&amp;#xFDD0;0&amp;#xFDD0;",
    "&#xFDD0;0&#xFDD0;\n\nWords.",
    "&#2;wzxhzdk:0&#3; &#2;amp&#3; klzzwxh:0000",
    "<a href=\"x\" href=\"javascript:alert(1)\">a</a>",
    "<a/href=javascript:alert(1)//x>a</a>",
    "<p/onclick=alert(1)//>a",
    "<table><tr><td onclick=x>a</td></tr><script>x</script></table>",
    "<div><div></p></div></article></main></body></html><p>after",
    "</main></article><p class='cue hidden' hidden>x</p>",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["release", "transcript"])
@pytest.mark.parametrize("source", SCRIPTS)
def test_nothing_of_a_text_runs(source: str, kind: str) -> None:
    assert_harmless(*read(source, kind))
    assert_harmless(*read(f"Words before.\n\n{source}\n\nWords after.", kind))


@pytest.mark.parametrize("source", SCRIPTS)
def test_nothing_of_a_field_runs(source: str) -> None:
    facts, body = read("![a](x.jpg)\n\nWords.", captions={"x.jpg": source}, alts={"x.jpg": source}, notes=source, title=source, summary=source)
    assert_harmless(facts, body)


PIECES = st.one_of(
    st.sampled_from([*TAGS, "script", "svg", "math", "style", "template", "noscript", "mtext", "mglyph", "annotation-xml", "foreignobject", "iframe", "base"]).flatmap(
        lambda tag: st.sampled_from([f"<{tag}>", f"</{tag}>", f"<{tag} ", f"<{tag}\n", f"<{tag}/>"])
    ),
    st.sampled_from(
        [" onclick=x", " href='javascript:x'", ' href="x"', " id=q-aaaaaaaa", " id='&#xFDD0;q-a'", " style=x", " title='", ' title="', "'>", '">', ">", "<", "&lt;", "&#60;", "--", "<!--", "-->", "<![CDATA[", "]]>"]
    ),
    st.sampled_from(["[a](", "](", ")", "[", "]", "![", "{: #s1 onclick=x }", "{lang=fr}", "[x]: javascript:y\n", "[^1]", "\n\n[^1]: ", "*", "**", "_", "`", "```\n", "\n", "\n\n", "> ", "* ", "| a |\n|--|\n| ", "    ", "\\", "a", "word ", "— ", "&#xFDD0;0&#xFDD0;", "javascript:", "VO: ", "[Soundbite] A | B\n\n"]),
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(["release", "transcript"]))
def test_no_soup_of_html_and_markdown_runs(source: str, kind: str) -> None:
    assert_harmless(*read(source, kind))


@pytest.mark.parametrize("name", ["STX", "ETX", OWN])
def test_our_marks_in_the_bytes_of_a_file_are_refused_before_anything_is_read(name: str) -> None:
    from pressroom.reading.texts import read_text

    char = {"STX": "\x02", "ETX": "\x03"}.get(name, name)
    assert [problem.code for problem in read_text(f"a{char}b".encode(), "a.md").problems] == ["FM011"]


@pytest.mark.parametrize("reference", ["&#2;", "&#x1F;", "&#x7f", "&#129;", "&#xFFFE;", "&#0065535", "&#xfdd0;", "&#x2028;", "&#0000000000000000000000000000002;"])
@pytest.mark.parametrize(("source", "place"), [("Words.\n\nA {} b.", (7, 3)), ("Words.\n\n<abbr\ntitle='{}'>a</abbr>", (8, 8)), ("* a\n* *{}*", (6, 4)), ("| a |\n|---|\n| {} |", (7, 3))])
def test_a_reference_brings_in_no_character_that_a_file_may_not_hold(reference: str, source: str, place: tuple[int, int]) -> None:
    # Markdown reads references that end with their sign, HTML others too.
    reference = reference if "<" in source or reference.endswith(";") else f"{reference};"
    facts, body = read(source.format(reference), typography="keep")
    assert [(problem.code, problem.line, problem.column, problem.width) for problem in facts.problems] == [("FM011", *place, len(reference))] and facts.problems[0].hint
    html = "".join(block.html for block in body.blocks)
    assert "\ufffd" in html and "&#" not in html and not NO_TEXT.search(html.replace(OWN, ""))


@pytest.mark.parametrize("reference", ["&#8238;", "&#x2066;", "&#x202A;"])
def test_a_reference_to_a_mark_of_direction_is_told_as_the_mark_is(reference: str) -> None:
    found = [(problem.code, problem.severity, problem.line, problem.column) for problem in read(f"A {reference} b.")[0].problems]
    assert found == [("FM015", WARNING, 5, 3)]


@pytest.mark.parametrize("source", ["`&#2;`", "    &#2;", "```\n&#2;\n```", "&amp;#2;", "It&#146;s &#9; &#10; &#133; &#160; &#8239; &#x200E; &#173; &#65; <a@b.test>", "&#x110000; &#99999999999; &#xD800; &#0;"])
def test_a_reference_that_is_shown_or_read_as_another_character_is_none(source: str) -> None:
    assert not read(source)[0].problems


def test_of_very_many_references_to_control_characters_some_are_told() -> None:
    assert [problem.code for problem in read("&#8238;\n\n" * 500 + "&#2;\n\n" * 500)[0].problems] == ["FM015"] * 20 + ["FM011"] * 20


@pytest.mark.parametrize(
    ("source", "said", "place"),
    [
        ("Words.\n\n<script>x</script>", "<script> is taken out", (7, 1)),
        ("Words.\n\nMore <iframe src=x></iframe>.", "<iframe> is taken out", (7, 6)),
        ("Words.\n\n<p\nonclick=x>a</p>", "onclick on <p> is taken out", (8, 1)),
        ("Words.\n\nMore.\n\n[a](javascript:x)", "href on <a> is taken out", (9, 1)),
        ("<b>a</b>\n\n<b>b</b> <p id=q-aaaaaaaa>c</p>", "id on <p> is taken out", (7, 13)),
    ],
)
def test_what_is_taken_out_is_said_with_its_line(source: str, said: str, place: tuple[int, int]) -> None:
    found = [problem for problem in read(source)[0].problems if problem.code == "FM018"]
    assert said in [problem.message for problem in found] and (found[0].line, found[0].column) == place and found[0].hint


def test_of_very_many_things_taken_out_some_are_said() -> None:
    assert len(read("<font>a</font>\n\n" * 500)[0].problems) == 20


@pytest.mark.parametrize("source", ["Plain *words* & `code`, [a](b \"t\") ![c](d)[^1].\n\n[^1]: Note.", "<div lang=fr>Mots</div>", "a <b>b</b>", "[mot]{lang=fr}", "# A {#anchor}"])
def test_of_what_may_stand_nothing_is_said(source: str) -> None:
    assert not read(source)[0].problems


def test_the_schemes_of_links_are_those_a_browser_would_see() -> None:
    assert is_safe("https://a") and is_safe("a/b:c") and is_safe("#a:b") and is_safe("mailto:a@b.c") and is_safe("TEL:1")
    assert not is_safe("java\nscript:x") and not is_safe("\x01javascript:x") and not is_safe("DATA:x")

"""Lines are read by the signs that stand in them as Python-Markdown reads them by every pattern."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from pressroom.reading.markdown import DEFAULT_EXTENSIONS, CannotRead, Markdown

SIGNS = (
    "`", "``", "\\", "[", "]", "(", ")", "!", "![", "<", ">", "&", "&amp;", "&#39;", "*", "**", "***", "_", "__", "  \n", "\n", "\n\n", "^", "[^1]", "[^1]: x",
    "http://a.b", "<http://a.b>", "<a@b.c>", "{lang=fr}", "{verbatim}", "]: ", "[a]: b\n", "a", "b c", " ", "é", "# ", "- ", "> ", "1. ", "|", "~~~\n", "\x02", "\x03",
    "*[HTML]: y", "HTML", "<b>", "</b>", "<!-- c -->", '"t"', ":", "\n: def", "\x02klzzwxh:0000\x03", "中", "ع",
)  # fmt: skip
QUICK, WHOLE = Markdown(DEFAULT_EXTENSIONS), Markdown(DEFAULT_EXTENSIONS)
WHOLE._md.treeprocessors.register(InlineProcessor(WHOLE._md), "inline", 20)


def read(markdown: Markdown, source: str) -> object:
    try:
        root = markdown.parse(source, lambda root: None)
        return [(markdown.html_of(element), markdown.text_of(element, lambda part: False)) for element in root]
    except (CannotRead, RecursionError):
        return None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=25).map("".join))
def test_a_text_rich_in_signs_is_read_the_same(source: str) -> None:
    assert read(QUICK, source) == read(WHOLE, source)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_read_the_same(source: str) -> None:
    assert read(QUICK, source) == read(WHOLE, source)


def test_all_that_we_read_with_is_known_by_its_signs() -> None:
    """Another version of Python-Markdown may have other expressions: they would be tried everywhere, and cost time."""
    inlines = QUICK._md.treeprocessors["inline"]
    assert [pattern for pattern in QUICK._md.inlinePatterns if inlines._signs_of(pattern) is None] == []

"""Python-Markdown's reading of HTML blocks, without the words that it tears out of a line which begins with one."""

from __future__ import annotations

from collections.abc import Sequence

from markdown import Markdown
from markdown.htmlparser import HTMLExtractor
from markdown.preprocessors import HtmlBlockPreprocessor


class _Extractor(HTMLExtractor):
    """What stands in a line behind `<!-- … -->`, `<hr>` or `</div>` are words; the original puts their references, `&amp;` and `&nbsp;`, at the end of the text."""

    def handle_empty_tag(self, data: str, is_block: bool) -> None:
        if self.intail and not self.inraw and not is_block:
            self.cleandoc.append(data)
        else:
            super().handle_empty_tag(data, is_block)


class _HtmlBlocks(HtmlBlockPreprocessor):
    def run(self, lines: Sequence[str]) -> list[str]:
        parser = _Extractor(self.md)
        parser.feed("\n".join(lines))
        parser.close()
        return "".join(parser.cleandoc).split("\n")


def keep_words_behind_blocks(md: Markdown) -> None:
    """Has an object of Python-Markdown read HTML blocks so, where no extension reads them in its own way."""
    if "html_block" in md.preprocessors and type(md.preprocessors["html_block"]) is HtmlBlockPreprocessor:
        md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)

"""Python-Markdown's reading of a line, which tries a pattern only where a sign of it stands."""

from __future__ import annotations

from collections.abc import Mapping

from markdown import Markdown, util
from markdown.inlinepatterns import (
    AUTOLINK_RE, AUTOMAIL_RE, BACKTICK_RE, ENTITY_RE, ESCAPE_RE, HTML_RE, IMAGE_LINK_RE, LINE_BREAK_RE, LINK_RE, DelimiterProcessor, Pattern,
)  # fmt: skip
from markdown.treeprocessors import InlineProcessor

_SIGNS = {
    AUTOLINK_RE: ("<",), AUTOMAIL_RE: ("<",), BACKTICK_RE: ("`",), ENTITY_RE: ("&",), ESCAPE_RE: ("\\",), HTML_RE: ("<",), IMAGE_LINK_RE: ("![",),
    LINE_BREAK_RE: ("  \n",), LINK_RE: ("[",), r"\[\^([^\]]*)\]": ("[^",),
}  # fmt: skip


class Inlines(InlineProcessor):
    """In place of Python-Markdown's own, with the same result. `own` are the signs of patterns of ours, by their expressions."""

    def __init__(self, md: Markdown, own: Mapping[str, tuple[str, ...]] = {}) -> None:
        super().__init__(md)
        self._signs = {**_SIGNS, **own}

    def run(self, tree, ancestors=None):  # type: ignore[no-untyped-def]
        self._tried = [(pattern, self._signs_of(pattern)) for pattern in self.inlinePatterns]
        return super().run(tree, ancestors)

    def _signs_of(self, pattern: Pattern) -> tuple[str, ...] | None:
        """Texts of which one stands in whatever a pattern can match; nothing where it is not known by its expression."""
        return tuple(pattern.tokens) if type(pattern) is DelimiterProcessor else self._signs.get(pattern.pattern)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, util.AtomicString):
            return data
        start = 0
        while patternIndex < len(self._tried):
            pattern, signs = self._tried[patternIndex]
            matched = False
            if signs is None or any(sign in data for sign in signs):
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, patternIndex, start)
            if not matched:
                patternIndex, start = patternIndex + 1, 0
        return data

"""Python-Markdown behind one door: source text in, a tree of elements out, and HTML text for each element."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString, get_installed_extensions

from pressroom.ground import digests
from pressroom.ground.marks import OWN
from pressroom.reading.inlines import Inlines
from pressroom.reading.line_ends import close_source
from pressroom.reading.raw_html import keep_words_behind_blocks
from pressroom.reading.typography.runs import TAG, VERBATIM

DEFAULT_EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "markdown.extensions.abbr": {},
    "markdown.extensions.attr_list": {},
    "markdown.extensions.def_list": {},
    "markdown.extensions.fenced_code": {},
    "markdown.extensions.footnotes": {"UNIQUE_IDS": False},
    "markdown.extensions.sane_lists": {},
    "markdown.extensions.tables": {},
}
_STASHED = re.compile(f"{STX}wzxhzdk:([0-9]+){ETX}")
_ESCAPED = re.compile(f"{STX}([0-9]+){ETX}")
_AMP = f"{STX}amp{ETX}"
# What the serializer leaves to be read by a browser: references that code and addresses are written with, all others being stashed.
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9a-zA-Z]+);")
# A browser reads an end of it as one more.
_BREAK = re.compile(r"</?br(?=[\s/>])[^<>]*>", re.IGNORECASE)
_MARKED_BREAK = "<br>\n"
# A browser ends a paragraph at each of them.
_ENDS_PARAGRAPH = re.compile(r"</?(?:p|div|ul|ol|li|dl|dt|dd|table|blockquote|pre|figure|figcaption|h[1-6]|hr)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_BEFORE_INLINE_AND_FOOTNOTES, _BEFORE_INLINE, _INLINE = 60, 40, 20
_SAID = r"(?:(?:lang|dir)=[A-Za-z0-9-]+|verbatim)"
_SPAN = rf"\[((?:[^\[\]\\]|\\.)+)\]\{{(?P<attributes>\s*{_SAID}(?:\s+{_SAID})*\s*)\}}"


class CannotRead(Exception):
    """Python-Markdown, or one of its extensions, has tripped over a text."""


def unusable(extensions: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The extensions that Python-Markdown cannot load with these options, each with what it says."""
    for name, options in extensions.items():
        try:
            markdown.Markdown(extensions=[name], extension_configs={name: dict(options)})
        # An extension is a stranger's code.
        except Exception as error:
            yield name, f"{type(error).__name__}: {error}"


def code_of(extensions: Iterable[str]) -> str:
    """The digest of the code of these extensions, in their order, which decides what comes first where two of them want the same."""
    return digests.of([(name, _files_of(_package_of(name))) for name in extensions])


def _package_of(extension: str) -> str:
    """Where Python-Markdown finds an extension: by the name that a library has given it, else by that of its module."""
    registered = next((found.value for found in get_installed_extensions() if found.name == extension), extension)
    return registered.partition(":")[0].partition(".")[0]


@lru_cache(maxsize=None)
def _files_of(package: str) -> tuple[tuple[str, str], ...]:
    """The digests of the modules of a package, or of the one that it is; none of Python-Markdown's own, which the engine knows by its version.

    A process keeps what it has loaded, and so what that was.
    """
    spec = find_spec(package) if package != markdown.__name__ else None
    if spec is None:
        return ()
    if spec.submodule_search_locations is None:
        files = {package: Path(spec.origin or "")}
    else:
        files = {path.relative_to(folder).as_posix(): path for folder in spec.submodule_search_locations for path in Path(folder).rglob("*.py")}
    return tuple((name, digests.of_bytes(path.read_bytes())) for name, path in sorted(files.items()) if path.is_file())


class _Span(InlineProcessor):
    """`[word]{lang=fr}` says what language a run is in, `[word]{verbatim}` that it stays as it is typed."""

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        span = Element("span")
        span.text = match[1]
        for pair in match["attributes"].split():
            name, _, value = pair.partition("=")
            span.set(*((name, value) if value else ("class", name)))
        return span, match.start(0), match.end(0)


class _Before(Treeprocessor):
    """Hands the tree over while paragraphs still hold their source text."""

    def __init__(self) -> None:
        super().__init__()
        self.visit: Callable[[Element], None] = lambda root: None

    def run(self, root: Element) -> None:
        self.visit(root)


class _LineEnds(Treeprocessor):
    """Closes up lines of Han in whatever holds text, footnotes too, while it is still source."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and "\n" in element.text and not isinstance(element.text, AtomicString):
                element.text = close_source(element.text, self.lang)


class Markdown:
    """One Python-Markdown object, used again for every text of a process."""

    def __init__(self, extensions: Mapping[str, Mapping[str, Any]]) -> None:
        self._md = markdown.Markdown(extensions=list(extensions), extension_configs={k: dict(v) for k, v in extensions.items()}, output_format="html")
        keep_words_behind_blocks(self._md)
        self._before = _Before()
        self._md.treeprocessors.register(self._before, "pressroom", _BEFORE_INLINE_AND_FOOTNOTES)
        self._line_ends = _LineEnds()
        self._md.treeprocessors.register(self._line_ends, "pressroom-line-ends", _BEFORE_INLINE)
        self._md.inlinePatterns.register(_Span(_SPAN, self._md), "pressroom-language", 165)
        self._md.treeprocessors.register(Inlines(self._md, {_SPAN: ("[",)}), "inline", _INLINE)

    def parse(self, source: str, before: Callable[[Element], None], lang: str = "") -> Element:
        """The tree of a text in a language. `before` sees it while the text of each element is still source. Valid until the next parse."""
        md = self._md.reset()
        # A text that could not be read leaves its state behind.
        md.parser.state.clear()
        self._before.visit, self._line_ends.lang = before, lang
        lines: Sequence[str] = source.split("\n")
        try:
            for preprocessor in md.preprocessors:
                lines = preprocessor.run(lines)
            root = md.parser.parseDocument(lines).getroot()
            for treeprocessor in md.treeprocessors:
                root = treeprocessor.run(root) or root
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise CannotRead(str(error)) from error
        return root

    def unclosed(self, source: str) -> int:
        """The last line of a text, counted from 0, that opens HTML which is not closed, so that it takes in what follows it; -1 where there is none."""
        lines = source.split("\n")
        tagged = [number for number, line in enumerate(lines) if "<" in line]
        if not tagged or not self._swallows(lines):
            return -1
        return tagged[bisect_left(tagged[1:], True, key=lambda at: not self._swallows([*(line.replace("<", "") for line in lines[:at]), *lines[at:]]))]

    def _swallows(self, lines: Sequence[str]) -> bool:
        md = self._md.reset()
        lines = [*lines, "", OWN]
        for preprocessor in md.preprocessors:
            lines = preprocessor.run(lines)
        return OWN not in lines

    def html_of(self, element: Element) -> str:
        """The element as HTML, not yet safe to publish."""
        text = self._md.serializer(element)
        for postprocessor in self._md.postprocessors:
            text = postprocessor.run(text)
        return text

    def take_out_blocks(self, paragraph: Element) -> list[str]:
        """Takes the tags of blocks that were typed within a paragraph out of it, which they would end; returns them."""
        found: list[str] = []

        def taken(stashed: re.Match[str]) -> str:
            raw = self._stashed(stashed)
            if not _ENDS_PARAGRAPH.fullmatch(raw):
                return stashed[0]
            found.append(raw)
            return ""

        for part in paragraph.iter():
            if part.text and STX in part.text:
                part.text = _STASHED.sub(taken, part.text)
            if part is not paragraph and part.tail and STX in part.tail:
                part.tail = _STASHED.sub(taken, part.tail)
        return found

    def text_of(self, element: Element, without: Callable[[Element], bool]) -> str:
        """The plain text of an element: markup and the elements that `without` names left out, references resolved."""
        return self._plain("".join(_runs(element, without)))

    def marked_text_of(self, element: Element, without: Callable[[Element], bool]) -> str:
        """The same as HTML, with the tags that say how words are to be set; nothing where there are none and `text_of` says it all."""
        if not any(_says_how(part) for part in element.iter()):
            return ""
        text = _STASHED.sub(self._raw_tag, "".join(_marked_runs(element, without)))
        return _ESCAPED.sub(lambda found: html.escape(chr(int(found[1])), quote=False), text)

    def _raw_tag(self, found: re.Match[str]) -> str:
        raw = self._stashed(found)
        return _MARKED_BREAK if _BREAK.fullmatch(raw) else raw if TAG.fullmatch(raw) or raw.startswith("&") else ""

    def _plain(self, text: str) -> str:
        text = _STASHED.sub(self._unstashed, text)
        return _ESCAPED.sub(lambda found: chr(int(found[1])), text)

    def _unstashed(self, found: re.Match[str]) -> str:
        raw = self._stashed(found)
        return "\n" if _BREAK.fullmatch(raw) else html.unescape(raw) if raw.startswith("&") else ""

    def _stashed(self, found: re.Match[str]) -> str:
        number = int(found[1])
        raw = self._md.htmlStash.rawHtmlBlocks[number] if number < self._md.htmlStash.html_counter else ""
        return raw if isinstance(raw, str) else ""


def is_stashed(element: Element) -> bool:
    """Whether an element stands for a block that was written as HTML, or as fenced code."""
    return not len(element) and bool(_STASHED.fullmatch((element.text or "").strip()))


def _says_how(element: Element) -> bool:
    """Whether an element says how words are to be set, as what ends a line or stands between them does, or has HTML in its text that may."""
    if element.tag in ("br", "img") or element.tag in VERBATIM or element.get("lang") or element.get("class") == "verbatim":
        return True
    return any(text and STX in text and _STASHED.search(text) for text in (element.text, element.tail))


def _read(text: str) -> str:
    """A text of the tree as it will be read, without the references that it holds where Python-Markdown has escaped it."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text.replace(_AMP, "&"))


def _marked_runs(element: Element, without: Callable[[Element], bool]) -> Iterator[str]:
    lang = element.get("lang")
    opening, closing = ("<code>", "</code>") if element.tag in VERBATIM or element.get("class") == "verbatim" else ("", "")
    if lang and not opening:
        opening, closing = f'<span lang="{html.escape(lang)}">', "</span>"
    if opening:
        yield opening
    if element.text:
        yield html.escape(_read(element.text), quote=False)
    for child in element:
        if child.tag == "br":
            yield _MARKED_BREAK
        elif child.tag == "img":
            yield "<img>"
        elif not without(child):
            yield from _marked_runs(child, without)
        if child.tail:
            yield html.escape(_read(child.tail), quote=False)
    if closing:
        yield closing


def _runs(element: Element, without: Callable[[Element], bool]) -> Iterator[str]:
    if element.text:
        yield _read(element.text)
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif not without(child):
            yield from _runs(child, without)
        if child.tail:
            yield _read(child.tail)

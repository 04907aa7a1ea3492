"""From the body of a source file to its facts and its blocks: the dialect, Markdown, fingerprints, typography, clean HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from pressroom.ground import fingerprints
from pressroom.ground.isolation import isolate
from pressroom.ground.marks import OWN
from pressroom.ground.problems import Problem
from pressroom.ground.sketches import grain_of, packed, sketch
from pressroom.model.document import APART, Header
from pressroom.model.kinds import RELEASE, TRANSCRIPT
from pressroom.model.text import Block, Body, Facts, Link, Passage, Quotation
from pressroom.model.transcript import Piece, Script
from pressroom.model.typography import Typography
from pressroom.reading import markup, shapes
from pressroom.reading.attributions import Attribution, set_apart, split_attribution
from pressroom.reading.bounds import find_excess
from pressroom.reading.dialects import Dialect
from pressroom.reading.footnotes import defined_twice, first_definition
from pressroom.reading.excuses import without_excuses, without_long_comments
from pressroom.reading.line_ends import close_text
from pressroom.reading.markdown import CannotRead, Markdown, is_stashed
from pressroom.reading.places import Finder, Lines
from pressroom.reading.dialect.turns import read_script
from pressroom.reading.texts import odd_character
from pressroom.reading.typesetter import Typesetter

_MARK = re.compile(f"{OWN}(\\d+){OWN}")
_ANCHOR = re.compile(r'<[^>]* id="([^"]+)"')
# It has been set by now: no-break spaces stay.
_LINE_END = re.compile(r" *\n *")
# What a browser shows as one space: the others are signs of the text.
_SPACE = re.compile("[ \\t\\n]+")
_OF_WORDS = ("p", "li")
_OF_LINES = (*_OF_WORDS, "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "code", "tr")
# A paragraph that begins so would make a definition list of the mark before it.
_MEANING = re.compile(r"\A {0,3}:(?=[ \t])")
_LINKING = ("href on", "src on")
_MOST_DROPPED = 20
_OUTSIDE = {"p": shapes.is_reference, "li": shapes.is_outside_item}
_TOO_DEEP = "the text is nested too deep, or too tangled, to be read"


def read_body(
    source: str, header: Header, path: str, kind: str, lang: str, markdown: Markdown, dialect: Dialect, typographies: Mapping[str, Typography]
) -> tuple[Facts, Body]:
    """The facts and the blocks of one edition. `source` is the text after the front matter, with `\\n` line ends.

    A text that could not be read within bounds of time and memory is not read: it has no blocks, and a problem.
    """
    source = without_long_comments(without_excuses(source))
    for text, line in ((source, header.body_line), (header.edition.notes, header.places.get("notes", (1, 1))[0])):
        if excess := find_excess(text):
            at = line + excess.line - 1 if text is source else line
            return Facts(problems=(Problem("FM016", excess.message, path, at, 1, excess.hint),)), Body()
    try:
        script = None
        if header.document.transcript != "false":
            script = read_script(
                source, path=path, first_line=header.body_line, transcript=kind == TRANSCRIPT or header.document.transcript == "true",
                known=dialect.known, speakers=header.document.speakers, tags=dialect.tags, credit_labels=dialect.credit_labels,
                order=header.document.order or "forward",
            )  # fmt: skip
        return _Reading(source, header, path, kind, lang, markdown, dialect, typographies, script).result()
    except (RecursionError, CannotRead):
        return Facts(problems=(Problem("FM016", _TOO_DEEP, path, header.body_line, 1, "write it as plain paragraphs"),)), Body()


class _Reading:
    """One body on its way through Markdown."""

    def __init__(
        self, source: str, header: Header, path: str, kind: str, lang: str, markdown: Markdown, dialect: Dialect,
        typographies: Mapping[str, Typography], script: Script | None,
    ) -> None:  # fmt: skip
        self.source, self.header, self.path, self.kind, self.lang = source, header, path, kind, lang
        self.markdown, self.dialect, self.script = markdown, dialect, script
        whole = Piece("markdown", source, header.body_line)
        self.pieces: tuple[Piece, ...] = script.pieces if script else (whole,)
        self.attributions: dict[Element, Attribution] = {}
        self.lines: dict[Element, int] = {}
        self.links: list[Link] = []
        self.finder = Finder(source, header.body_line)
        self.typesetter = Typesetter(None if header.edition.typography else typographies.get(lang), typographies, path, self.finder)
        self.ids: set[str] = set()
        self.told = self.seen = 0
        self.unseen: Counter[str] = Counter()
        self.problems: list[Problem] = [*(script.problems if script else ()), *self._footnotes()]

    def result(self) -> tuple[Facts, Body]:
        root = self.markdown.parse(self._marked(), self._before, self.lang)
        marked: list[tuple[Piece, Element]] = []
        piece = self.pieces[0] if self.pieces else Piece("markdown", "", self.header.body_line)
        for element in list(root):
            mark = _MARK.fullmatch((element.text or "").strip()) if element.tag == "p" and not len(element) else None
            if mark:
                piece = self.pieces[int(mark[1])]
                self.seen += 1
                if piece.kind == "cue":
                    marked.append((piece, element))
            elif element.text != OWN:
                marked.append((self._of_footnotes() if shapes.is_footnotes(element) else piece, element))
        if self.script and self.seen < len(self.pieces):
            raise CannotRead
        self._take_out_blocks(marked)
        passages, texts, numbers = self._passages(marked)
        blocks = tuple(self._block(element, piece, texts, numbers) for piece, element in marked)
        quotations = tuple(self._quotations(marked, numbers))
        script = self.script or Script()
        body = Body(blocks, tuple(texts), self._notes(), packed(sketch(tuple(texts), grain_of(self.lang))))
        facts = Facts(
            passages, tuple(self.links), self._anchors(blocks), script.segments, quotations, script.sign_off, script.credits, (*self.problems, *self.typesetter.problems),
            sum(len(block.text.encode()) for block in blocks),
        )  # fmt: skip
        return facts, body

    def _of_footnotes(self) -> Piece:
        """They stand at the end of the page, and in the file where the first of them is written."""
        return Piece("markdown", "", self.header.body_line + max(first_definition(self.source), 1) - 1)

    def _marked(self) -> str:
        """The pieces as one Markdown text, so that references and footnotes reach over all of them; a mark stands before each."""
        if not self.script:
            return set_apart(self._closed(self.source, lambda line, column: (self.header.body_line + line, column)), OWN)
        return "\n\n".join(f"{OWN}{n}{OWN}\n\n{_MEANING.sub('&#58;', self._alone(piece))}" for n, piece in enumerate(self.pieces))

    def _alone(self, piece: Piece) -> str:
        """A piece as it stands by itself, so that it takes in nothing of the next segments."""
        if piece.kind == "cue":
            return ""
        return self._closed(piece.text, lambda line, column: (piece.line + line, column if line else piece.column + column - 1))

    def _closed(self, text: str, place: Callable[[int, int], tuple[int, int]]) -> str:
        """A text in which HTML that is opened and not closed, which would take in the rest, is shown as text. `place` says where a line, from 0, and a column are in the file."""
        for _ in range(_MOST_DROPPED):
            at = self.markdown.unclosed(text)
            if at < 0:
                return text
            lines = text.split("\n")
            where = place(at, lines[at].index("<") + 1)
            self.problems.append(Problem("FM018", "HTML that is not closed is shown as text", self.path, *where, "close it, or write &lt; for the sign <"))
            lines[at] = lines[at].replace("<", "&lt;")
            text = "\n".join(lines)
        return text.replace("<", "&lt;")

    def _before(self, root: Element) -> None:
        """While texts are source: where each stands in the file, who is quoted."""
        lines = Lines(self.pieces[0].text, self.pieces[0].line) if self.pieces else Lines("", self.header.body_line)
        for element in root.iter():
            text = (element[0] if element.tag == "tr" and len(element) else element).text or ""
            if mark := _MARK.fullmatch(text.strip()):
                piece = self.pieces[int(mark[1])]
                lines = Lines(piece.text, piece.line)
            elif element.tag in _OF_LINES and text.strip():
                self.lines[element] = lines.line_of(text)
        for quotation in root.findall("blockquote"):
            last = shapes.last_words(quotation)
            if last is not None and last.text:
                last.text, who = split_attribution(last.text, self.dialect.known, last not in quotation)
                if who:
                    self.attributions[quotation] = who
                    if not last.text.strip():
                        quotation.remove(last)

    def _take_out_blocks(self, marked: list[tuple[Piece, Element]]) -> None:
        """What the page would show outside of a paragraph would be words of its passage all the same."""
        hint = "an empty line parts two paragraphs; a block of HTML begins its line"
        for piece, element in marked:
            for paragraph in element.iter("p"):
                tags = self.markdown.take_out_blocks(paragraph) if not is_stashed(paragraph) else []
                line = self.lines.get(paragraph, piece.line)
                for tag in [tag for tag in tags if not tag.startswith("</")] or tags[:1]:
                    self._say_what_is_dropped(tag, line)
                    if self.told < _MOST_DROPPED:
                        place = self.finder.markup(tag, line)
                        self.problems.append(Problem("FM018", f"{tag} within a paragraph is taken out", self.path, *place, hint, width=len(tag)))
                    self.told += 1

    def _passages(self, marked: list[tuple[Piece, Element]]) -> tuple[tuple[Passage, ...], list[str], dict[Element, int]]:
        found: list[tuple[Piece, Element, str, tuple[int, str]]] = []
        section = 0
        for piece, element in marked:
            kind = shapes.kind_of(element)
            if piece.kind in ("note", "cue") or kind == "footnotes":
                continue
            section += kind == "heading"
            for part in element.iter():
                if part.tag in _OF_WORDS:
                    text = self.markdown.text_of(part, _OUTSIDE[part.tag])
                    if any(char.isalnum() for char in text):
                        found.append((piece, part, text, (section, kind)))
        prints = fingerprints.fingerprints([text for _, _, text, _ in found])
        numbers: dict[Element, int] = {}
        passages = []
        for number, ((piece, part, _, place), mark) in enumerate(zip(found, prints, strict=True)):
            part.set("id", f"{OWN}{mark.id}")
            numbers[part] = number
            passages.append(Passage(mark.id, mark.digest, self.lines.get(part, piece.line), piece.segment, piece.group, *place))
        texts = [self._passage(part, text) for _, part, text, _ in found]
        return tuple(passages), texts, numbers

    def _passage(self, part: Element, text: str) -> str:
        """The words of a passage as they are set on the page."""
        marked = self.markdown.marked_text_of(part, _OUTSIDE[part.tag])
        if not marked:
            return self.typesetter.text(self._on_one_line(text))
        # A tag that says nothing of the words leaves the spaces on both of its sides.
        return _SPACE.sub(" ", self.typesetter.words(self._on_one_line(marked))).strip()

    def _block(self, element: Element, piece: Piece, texts: list[str], numbers: dict[Element, int]) -> Block:
        if piece.kind == "cue":
            return Block("cue", "", piece.text.strip(), segment=piece.segment, line=piece.line)
        mine = tuple(numbers[part] for part in element.iter() if part in numbers)
        line = next((self.lines[part] for part in element.iter() if part in self.lines), piece.line)
        element.tail = None
        kind = "note" if piece.kind == "note" else shapes.kind_of(element)
        shapes.lower_headings(element, 2)
        level = int(element.tag[1]) if kind == "heading" else 0
        rows = self._rows(element) if kind == "table" else ""
        shapes.align_cells(element)
        shapes.name_no_way_back(element)
        is_judged = False
        if kind == "figure":
            element = shapes.figure(element, self.path, self.header.edition.captions, self.header.edition.alts)
            is_judged = element.findtext("figcaption") in self.header.edition.captions.values()
        elif kind == "quotation" and element in self.attributions:
            element = shapes.attributed(element, self.attributions[element].text)
        html = self._html(element, line, is_judged)
        if kind == "paragraph" and is_stashed(element):
            kind = shapes.kind_of_html(html)
        text = rows or ("\n".join(texts[n] for n in mine) if mine else markup.plain(html).strip("\n" if kind == "code" else None))
        if kind == "heading":
            text = _LINE_END.sub(" ", close_text(text, self.lang))
        return Block(kind, html, text, mine, piece.segment, level, line)

    def _html(self, element: Element, line: int, is_judged: bool = False) -> str:
        raw = self.markdown.html_of(element)
        self._say_what_is_unseen(raw, line)
        if not is_stashed(element):
            raw = self.typesetter.html(raw, line, is_judged)
        self._say_what_is_dropped(raw, line)
        return isolate(markup.clean(raw, self._link, self.ids).strip(), self.lang)

    def _rows(self, table: Element) -> str:
        """A table as plain text: a line for each row."""
        rows = (" | ".join(self._on_one_line(self.markdown.text_of(cell, shapes.is_reference)) for cell in row) for row in table.iter("tr"))
        return self.typesetter.text("\n".join(rows))

    def _quotations(self, marked: list[tuple[Piece, Element]], numbers: dict[Element, int]) -> list[Quotation]:
        if self.kind != RELEASE:
            return []
        found = []
        for _, element in marked:
            who = self.attributions.get(element)
            if who:
                mine = tuple(numbers[part] for part in element.iter() if part in numbers)
                typed = "" if APART in who.text else self.typesetter.text(who.text)
                found.append(Quotation(who.id, who.name, who.role, who.organisation, mine, typed))
        return found

    def _link(self, target: str, image: bool) -> int:
        self.links.append(Link(target, *self.finder.target(target), image))
        return len(self.links) - 1

    def _footnotes(self) -> Iterator[Problem]:
        hint = "give one of the two another name"
        for name, number, first in defined_twice(self.source):
            line = self.header.body_line + number - 1
            message = f"the footnote {name} is defined twice; the first is in line {self.header.body_line + first - 1}"
            yield Problem("FM019", message, self.path, line, 1, hint)
        for name, _, _ in defined_twice(self.header.edition.notes):
            yield Problem("FM019", f"the footnote {name} of the notes is defined twice", self.path, *self.header.places.get("notes", (1, 1)), hint)

    def _say_what_is_dropped(self, raw: str, line: int) -> None:
        for what, words in dict.fromkeys(markup.dropped(raw)):
            if self.told < _MOST_DROPPED:
                place = self.finder.markup(words, line)
                hint = "a link begins with https://, mailto: or tel:" if what.startswith(_LINKING) else "write it in Markdown, or leave it out"
                self.problems.append(Problem("FM018", f"{what} is taken out", self.path, *place, hint, width=len(words)))
            self.told += 1

    def _say_what_is_unseen(self, raw: str, line: int) -> None:
        """What the file itself would be told of, were it not written by its number."""
        for written, char in markup.unseen_references(raw).items():
            problem = odd_character(char, self.path, *self.finder.markup(written, line), len(written))
            if self.unseen[problem.code] < _MOST_DROPPED:
                self.problems.append(problem)
            self.unseen[problem.code] += 1

    def _notes(self) -> str:
        """The notes to editors as HTML: small Markdown of their own."""
        place = self.header.places.get("notes", (1, 1))
        notes, line = self._closed(self.header.edition.notes, lambda line, column: place), place[0]
        html = []
        for element in self.markdown.parse(notes, lambda root: None, self.lang) if notes else ():
            shapes.lower_headings(element, 3)
            shapes.align_cells(element)
            shapes.name_no_way_back(element)
            shapes.name_footnotes_apart(element, "notes")
            html.append(self._html(element, line))
        return "".join(html)

    def _anchors(self, blocks: tuple[Block, ...]) -> tuple[str, ...]:
        return tuple(found for block in blocks for found in _ANCHOR.findall(block.html))

    def _on_one_line(self, text: str) -> str:
        return _SPACE.sub(" ", close_text(text, self.lang)).strip()

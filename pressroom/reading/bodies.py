"""From the body of a source file to its facts and its blocks: the dialect, Markdown, fingerprints, typography, clean HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from pressroom.ground import fingerprints
from pressroom.ground.marks import OWN
from pressroom.ground.problems import Problem
from pressroom.model.document import Block, Body, Facts, Header, Link, Passage, Quotation
from pressroom.model.kinds import RELEASE, TRANSCRIPT
from pressroom.model.transcript import Piece, Script
from pressroom.reading import markup
from pressroom.reading.attributions import Attribution, split_attribution
from pressroom.reading.markdown import Markdown
from pressroom.reading.texts import place_of
from pressroom.reading.turns import read_script
from pressroom.reading.typography import typeset_html, typeset_text

_MARK = re.compile(f"{OWN}(\\d+){OWN}")
_HAN_LINES = re.compile(f"(?<=[{fingerprints.HAN_AND_KANA}、。，；：？！”』」》）])\\s*\\n\\s*(?=[{fingerprints.HAN_AND_KANA}“『「《（])")
_KINDS = {"p": "paragraph", "ul": "list", "ol": "list", "dl": "list", "blockquote": "quotation", "table": "table", "pre": "code", "hr": "rule", "figure": "figure"}
_NESTED = ("ul", "ol", "p", "blockquote", "pre", "table", "dl", "div")
_CENTRE, _END = re.compile(r"text-align:\s*center"), re.compile(r"text-align:\s*right")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a reading of bodies needs to know of the site: people by name, and its own tags and credit labels."""

    known: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    credit_labels: tuple[str, ...] = ()


def read_body(source: str, header: Header, path: str, kind: str, lang: str, markdown: Markdown, dialect: Dialect) -> tuple[Facts, Body]:
    """The facts and the blocks of one edition. `source` is the text after the front matter, with `\\n` line ends."""
    script = None
    if header.document.transcript != "false":
        script = read_script(
            source, path=path, first_line=header.body_line, transcript=kind == TRANSCRIPT or header.document.transcript == "true",
            known=dialect.known, speakers=header.document.speakers, tags=dialect.tags, credit_labels=dialect.credit_labels,
            order=header.document.order or "forward",
        )  # fmt: skip
    return _Reading(source, header, path, kind, lang, markdown, dialect, script).result()


class _Reading:
    """One body on its way through Markdown."""

    def __init__(
        self, source: str, header: Header, path: str, kind: str, lang: str, markdown: Markdown, dialect: Dialect, script: Script | None
    ) -> None:
        self.source, self.header, self.path, self.kind, self.lang = source, header, path, kind, lang
        self.markdown, self.dialect, self.script = markdown, dialect, script
        whole = Piece("markdown", source, header.body_line)
        self.pieces: tuple[Piece, ...] = script.pieces if script else (whole,)
        self.attributions: dict[Element, Attribution] = {}
        self.lines: dict[Element, int] = {}
        self.links: list[Link] = []
        self.cursors: dict[str, int] = {}
        self.problems: list[Problem] = list(script.problems) if script else []

    def result(self) -> tuple[Facts, Body]:
        root = self.markdown.parse(self._marked(), self._before)
        marked: list[tuple[Piece, Element]] = []
        piece = self.pieces[0] if self.pieces else Piece("markdown", "", self.header.body_line)
        for element in list(root):
            mark = _MARK.fullmatch((element.text or "").strip()) if element.tag == "p" and not len(element) else None
            if mark:
                piece = self.pieces[int(mark[1])]
                if piece.kind == "cue":
                    marked.append((piece, element))
            else:
                marked.append((Piece("markdown", "", piece.line) if _is_footnotes(element) else piece, element))
        passages, texts, numbers = self._passages(marked)
        blocks = tuple(self._block(element, piece, texts, numbers) for piece, element in marked)
        quotations = tuple(self._quotations(marked, numbers))
        script = self.script or Script()
        body = Body(blocks, tuple(texts), self._notes())
        facts = Facts(
            passages, tuple(self.links), self._anchors(blocks), script.segments, quotations, script.sign_off, script.credits, tuple(self.problems)
        )
        return facts, body

    def _marked(self) -> str:
        """The pieces as one Markdown text, so that references and footnotes reach over all of them; a mark stands before each."""
        if not self.script:
            return self.source
        return "\n\n".join(f"{OWN}{n}{OWN}\n\n{'' if p.kind == 'cue' else p.text}" for n, p in enumerate(self.pieces))

    def _before(self, root: Element) -> None:
        """While texts are source: where each stands in the file, who is quoted, lines of Han closed up."""
        piece, cursor = self.pieces[0] if self.pieces else None, 0
        for element in root.iter():
            text = element.text or ""
            mark = _MARK.fullmatch(text.strip())
            if mark:
                piece, cursor = self.pieces[int(mark[1])], 0
            elif piece and element.tag in ("p", "li") and text.strip():
                first = text.strip().split("\n", 1)[0].strip()
                found = piece.text.find(first, cursor)
                cursor = found + len(first) if found >= 0 else cursor
                self.lines[element] = piece.line + piece.text.count("\n", 0, max(found, 0))
        for quotation in root.iter("blockquote"):
            last = quotation[-1] if len(quotation) else None
            if last is not None and last.tag == "p" and last.text:
                last.text, who = split_attribution(last.text, self.dialect.known)
                if who:
                    self.attributions[quotation] = who
                    if not last.text.strip():
                        quotation.remove(last)
        for element in root.iter("p"):
            element.text = _HAN_LINES.sub("", element.text or "")

    def _passages(self, marked: list[tuple[Piece, Element]]) -> tuple[tuple[Passage, ...], list[str], dict[Element, int]]:
        found: list[tuple[Piece, Element, str]] = []
        for piece, element in marked:
            if piece.kind in ("note", "cue") or _is_footnotes(element):
                continue
            for part in element.iter():
                if part.tag in ("p", "li"):
                    text = self.markdown.text_of(part, _outside_p if part.tag == "p" else _outside_item)
                    if any(char.isalnum() for char in text):
                        found.append((piece, part, text))
        prints = fingerprints.fingerprints([text for *_, text in found])
        numbers: dict[Element, int] = {}
        passages = []
        for number, ((piece, part, _), mark) in enumerate(zip(found, prints, strict=True)):
            part.set("id", f"{OWN}{mark.id}")
            numbers[part] = number
            passages.append(Passage(mark.id, mark.digest, self.lines.get(part, piece.line), piece.segment, piece.group))
        texts = [self._typeset(" ".join(_HAN_LINES.sub("", text).split())) for *_, text in found]
        return tuple(passages), texts, numbers

    def _typeset(self, text: str) -> str:
        return text if self.header.edition.typography else typeset_text(text, self.lang)

    def _block(self, element: Element, piece: Piece, texts: list[str], numbers: dict[Element, int]) -> Block:
        if piece.kind == "cue":
            return Block("cue", "", piece.text.strip(), segment=piece.segment, line=piece.line)
        mine = tuple(numbers[part] for part in element.iter() if part in numbers)
        element.tail = None
        kind = self._kind(element, piece)
        level = 0
        if kind == "heading":
            level = max(2, int(element.tag[1]))
            element.tag = f"h{level}"
        _align_cells(element)
        if kind == "figure":
            element = self._figure(element)
        elif kind == "quotation" and element in self.attributions:
            element = self._attributed(element, self.attributions[element])
        for part in element.iter("a"):
            if part.get("class") == "footnote-backref":
                # Python-Markdown's title is English on every page.
                part.attrib.pop("title", None)
        raw = self.markdown.html_of(element)
        if kind != "code" and not self.header.edition.typography:
            raw = typeset_html(raw, self.lang)
        self._say_what_is_dropped(raw)
        html = markup.clean(raw, self._link).strip()
        text = "\n".join(texts[n] for n in mine) if mine and kind != "table" else markup.plain(html).strip()
        return Block(kind, html, text, mine, piece.segment, level, self.lines.get(element, piece.line))

    def _kind(self, element: Element, piece: Piece) -> str:
        if piece.kind == "note":
            return "note"
        if _is_footnotes(element):
            return "footnotes"
        if re.fullmatch("h[1-6]", element.tag):
            return "heading"
        if element.tag == "p" and len(element) == 1 and element[0].tag == "img" and not (element.text or "").strip() and not (element[0].tail or "").strip():
            return "figure"
        return _KINDS.get(element.tag, "other")

    def _figure(self, element: Element) -> Element:
        image = element[0]
        figure = Element("figure")
        figure.append(image)
        name = (image.get("src") or "").rpartition("/")[2].rpartition("}")[2]
        image.set("alt", image.get("alt") or self.header.edition.alts.get(name, ""))
        caption = self.header.edition.captions.get(name) or image.attrib.pop("title", "")
        if caption:
            SubElement(figure, "figcaption").text = caption
        return figure

    def _attributed(self, element: Element, who: Attribution) -> Element:
        figure = Element("figure", {"class": "quotation"})
        figure.append(element)
        SubElement(figure, "figcaption").text = who.text
        return figure

    def _quotations(self, marked: list[tuple[Piece, Element]], numbers: dict[Element, int]) -> list[Quotation]:
        if self.kind != RELEASE:
            return []
        found = []
        for _, element in marked:
            who = self.attributions.get(element)
            if who:
                mine = tuple(numbers[part] for part in element.iter() if part in numbers)
                found.append(Quotation(who.id, who.name, who.role, who.organisation, mine))
        return found

    def _link(self, target: str, image: bool) -> int:
        number = len(self.links)
        start = self.source.find(target, self.cursors.get(target, 0)) if target else -1
        line, column = 0, 0
        if start >= 0:
            self.cursors[target] = start + len(target)
            line, column = place_of(self.source, start)
            line += self.header.body_line - 1
        self.links.append(Link(target, line, column, image))
        return number

    def _say_what_is_dropped(self, raw: str) -> None:
        if "<" not in self.source and "](" not in self.source and "]:" not in self.source:
            return
        for what in dict.fromkeys(markup.dropped(raw)):
            self.problems.append(Problem("FM018", f"{what} is taken out", self.path, self.header.body_line, hint="write it in Markdown, or leave it out"))

    def _notes(self) -> str:
        """The notes to editors as HTML: small Markdown of their own, whose links are outside ones."""
        notes = self.header.edition.notes
        if not notes:
            return ""
        root = self.markdown.parse(notes, lambda root: None)
        return "".join(markup.clean(typeset_html(self.markdown.html_of(e), self.lang), self._link).strip() for e in root)

    def _anchors(self, blocks: tuple[Block, ...]) -> tuple[str, ...]:
        return tuple(found for block in blocks for found in re.findall(r'<[^>]* id="([^"]+)"', block.html))


def _is_reference(element: Element) -> bool:
    return element.tag == "sup" and (element.get("id") or "").startswith("fnref")


def _outside_p(element: Element) -> bool:
    return _is_reference(element)


def _outside_item(element: Element) -> bool:
    return element.tag in _NESTED or _is_reference(element)


def _is_footnotes(element: Element) -> bool:
    return element.tag == "div" and element.get("class") == "footnote"


def _align_cells(element: Element) -> None:
    for cell in element.iter():
        style = cell.attrib.pop("style", "") if cell.tag in ("td", "th") else ""
        if _CENTRE.search(style):
            cell.set("class", "align-center")
        elif _END.search(style):
            cell.set("class", "align-end")

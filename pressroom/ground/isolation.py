"""HTML in which runs of another direction are isolated by `<bdi>`, and what is in a language of another direction says so."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from pressroom.ground import bidi
from pressroom.ground.bidi import OBJECT
from pressroom.ground.languages import direction, script
from pressroom.ground.marks import OWN

_TOKEN = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^"'>])*>|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);|[^<&]+|[<&]""")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_ATTRIBUTE = re.compile(r"""\s(dir|lang|id)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
# Elements that stand within a line of text and do not end it.
_INLINE = frozenset("a abbr b cite data del dfn em i ins label mark q rp rt ruby s small span strong sub sup time u var wbr".split())
_BEGIN, _END = "<bdi>", "</bdi>"
_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What is isolated already, or is no text of a language.
_WHOLE = frozenset("audio bdi bdo button canvas code iframe kbd math meter object output picture pre progress samp script select style svg template textarea video".split())

# Text from right to left in which nothing runs the other way, seen at sight: Arabic and Hebrew, marks, a number alone between two words or at the
# end of a block, and tags that say nothing of language or direction.
_LETTER = "[\u0620-\u064a]"
_QUIET = re.compile(
    f"""(?:[\t\n !"'()*,./:;?\u00a0\u00ab\u00bb\u0590-\u08ff\u2010-\u201e\u2026\u202f\ufb50-\ufdcf\ufe70-\ufefc]"""
    rf"|&nbsp;|(?:(?<={_LETTER} )|(?<={_LETTER}\u00a0)|(?<={_LETTER}&nbsp;))[0-9]++(?=[.،؛]?(?:(?:[ \u00a0]|&nbsp;){_LETTER}|</(?:p|li|h[2-6])>|\Z))"
    r"""|</?(?:blockquote|em|figcaption|figure|h[2-6]|li|ol|p|strong|ul)(?: id="[^"<>]*+")?>|<a href="[^"<>]*+">|</a>)*+"""
)


@lru_cache(maxsize=2048)
def isolate(html: str, lang: str) -> str:
    """Well-formed HTML of a language with its runs of another direction isolated. Its text stays as it is; what is isolated stays so."""
    base = direction(lang)
    if base == "ltr" and " lang=" not in html:
        # Our own mark is no letter, though it stands among those of Arabic.
        seen = html.replace(OWN, "") if "&#" not in html else unescape(html)
        if seen.isascii() or not bidi.has_right_to_left(seen):
            return html
    if base == "rtl" and _QUIET.fullmatch(html):
        return html
    return slowly_isolated(html, lang)


def slowly_isolated(html: str, lang: str) -> str:
    """The same without any look ahead, by which `isolate` is held to be right."""
    base = direction(lang)
    return _Isolation(base, bidi.commas_of(base, script(lang))).of(html)


@dataclass(slots=True)
class _Line:
    """What reads as one text: pieces of the output with what they say, and the tags between them (`+`, `-`)."""

    direction: str
    commas: str
    items: list[tuple[str, int, int, str]] = field(default_factory=list)

    def add(self, kind: str, first: int, last: int, text: str = "") -> None:
        self.items.append((kind, first, last, text))


class _Isolation:
    """One piece of HTML on its way. `out` are its pieces in order; `marks` what is put into each of them, and where."""

    def __init__(self, base: str, commas: str) -> None:
        self.out: list[str] = []
        self.marks: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.lines = [_Line(base, commas)]
        # Elements that are open: the name, and whether it began a text of its own, or is left alone as a whole, and its place in the output.
        self.open: list[tuple[str, str, int]] = []

    def of(self, html: str) -> str:
        for token in _TOKEN.findall(html):
            tag = _TAG.match(token)
            if not tag:
                self._text(token)
            elif tag[1]:
                self._end(token, tag[2].lower())
            else:
                self._start(token, tag[2].lower())
        while len(self.lines) > 1:
            self._isolate(self.lines.pop())
        self._isolate(self.lines.pop())
        return "".join(self._marked(number, piece) for number, piece in enumerate(self.out))

    def _marked(self, number: int, piece: str) -> str:
        """A piece of the output with its marks; where two meet, one run ends before the next begins."""
        parts, last = [], 0
        for at, mark in sorted(self.marks.get(number, ()), key=lambda found: (found[0], found[1] == _BEGIN)):
            parts += [piece[last:at], mark]
            last = at
        return "".join([*parts, piece[last:]])

    def _text(self, token: str) -> None:
        self.out.append(token)
        if not self._is_left_alone():
            self.lines[-1].add("", len(self.out) - 1, len(self.out) - 1, unescape(token) if token[0] == "&" else token)

    def _is_left_alone(self) -> bool:
        return bool(self.open) and self.open[-1][1] == "whole"

    def _start(self, token: str, name: str) -> None:
        said = {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(token)}
        if self._is_left_alone():
            self.out.append(token)
            if name == self.open[-1][0] and name not in _EMPTY:
                self.open.append((name, "whole", -1))
            return
        own = said.get("dir", "").lower()
        if not own and name not in _WHOLE and said.get("lang") and direction(said["lang"]) != self.lines[-1].direction:
            own = direction(said["lang"])
            token = f'{token[:-1].rstrip("/ ")} dir="{own}">'
        self.out.append(token)
        here = len(self.out) - 1
        if name in _EMPTY:
            if name in _INLINE or name == "img":
                self.lines[-1].add("", here, here, OBJECT if name == "img" else "")
            else:
                self._cut()
        elif name in _WHOLE or own == "auto" or name == "sup" and "id" in said:
            self.open.append((name, "whole", here))
        elif own in ("ltr", "rtl"):
            self.open.append((name, "text", here))
            self.lines.append(_Line(own, bidi.commas_of(own, script(said.get("lang", "")))))
        elif name in _INLINE:
            self.open.append((name, "inline", here))
            self.lines[-1].add("+", here, here)
        else:
            self._cut()
            self.open.append((name, "block", here))

    def _end(self, token: str, name: str) -> None:
        self.out.append(token)
        here = len(self.out) - 1
        if not self.open or self.open[-1][0] != name:
            return
        _, what, began = self.open.pop()
        if what == "text":
            self._isolate(self.lines.pop())
        if what in ("text", "whole") and began >= 0:
            if name in _INLINE or name in ("bdi", "bdo", "code", "kbd", "samp"):
                self.lines[-1].add("", began, here, OBJECT)
            else:
                self._cut()
        elif what == "inline":
            self.lines[-1].add("-", here, here)
        elif what == "block":
            self._cut()

    def _cut(self) -> None:
        """A text ends here, and another begins."""
        self._isolate(self.lines[-1])
        self.lines[-1] = _Line(self.lines[-1].direction, self.lines[-1].commas)

    def _isolate(self, line: _Line) -> None:
        text = "".join(text for *_, text in line.items)
        if not text or text.isspace():
            return
        ends, at = [], 0
        for *_, said in line.items:
            at += len(said)
            ends.append(at)
        number = 0
        for start, end in bidi.runs(text, line.direction, line.commas):
            while ends[number] <= start:
                number += 1
            last = number
            while ends[last] < end:
                last += 1
            self._enclose(line, number, start - (ends[number] - len(line.items[number][3])), last, end - (ends[last] - len(line.items[last][3])))

    def _enclose(self, line: _Line, first: int, start: int, last: int, end: int) -> None:
        """Isolates from a place in one piece to a place in another, with the tags around that belong to those between; not where they cross."""
        unopened = unclosed = 0
        for kind, *_ in line.items[first:last]:
            if kind == "+":
                unclosed += 1
            elif kind == "-":
                unopened, unclosed = (unopened, unclosed - 1) if unclosed else (unopened + 1, 0)
        earlier, later = first - unopened, last + unclosed
        if unopened and (start or earlier < 0 or any(kind != "+" for kind, *_ in line.items[earlier:first])):
            return
        if unclosed and (end < len(line.items[last][3]) or any(kind != "-" for kind, *_ in line.items[last + 1 : later + 1]) or later >= len(line.items)):
            return
        piece, said = line.items[earlier][1], line.items[first][3]
        self.marks[piece].append((start if not unopened and said == self.out[piece] else 0, _BEGIN))
        piece, said = line.items[later][2], line.items[last][3]
        self.marks[piece].append((end if not unclosed and said == self.out[piece] else len(self.out[piece]), _END))

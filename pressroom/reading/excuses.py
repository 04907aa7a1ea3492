"""Comments of editors. `<!-- meant: AG002 -->` in a text, `# meant: AG002` in a header: what an editor says is no slip."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressroom.model.document import Excuse

_IN_TEXT = re.compile(r"[ \t]*(?<!`)<!--\s*meant\b\s*[:：]?(?P<what>.*?)-->", re.DOTALL | re.IGNORECASE)
_IN_HEADER = re.compile(r"(?:^|\s)#\s*meant\b\s*[:：]?(?P<what>.*)|<!--\s*meant\b\s*[:：]?(?P<too>.*?)-->", re.IGNORECASE)
_CODE = re.compile(r"\b[A-Z]{2}\d{3}\b", re.IGNORECASE | re.ASCII)
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)", re.MULTILINE)
_SIGN = re.compile(r"(?m:^ {0,3}(?P<fence>```+|~~~+))|(?P<tick>`+)|(?P<open>(?<!\\)<!--)|\n[ \t>]*(?=\n)")
_EMPTY_LINE = re.compile(r"\n[ \t>]*\n")


def excuses(lines: list[str], body_line: int) -> tuple[Excuse, ...]:
    """The excuses of a file, its header's and its text's."""
    found = []
    for n, line in enumerate(lines[: body_line - 1], 1):
        found += [_excuse(match["what"] or match["too"] or "", n, match.start() + 1) for match in _IN_HEADER.finditer(line)]
    text = "\n".join(lines[body_line - 1 :])
    for match in _outside_code(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \t"))
        at = text.rfind("\n", 0, start) + 1
        found.append(_excuse(match["what"], body_line + text.count("\n", 0, start), start - at + 1))
    return tuple(found)


def without_excuses(text: str) -> str:
    """The text as it would be had no excuse ever stood in it; every line stays the line it is."""
    if "<!--" not in text:
        return text
    for match in reversed(list(_outside_code(text))):
        text = text[: match.start()] + "\n" * match[0].count("\n") + text[match.end() :]
    return text


def without_long_comments(text: str) -> str:
    """The text without comments that go on over an empty line below other words, which Markdown would print; every line stays the line it is."""
    kept: list[str] = []
    done, fenced, quoted = 0, False, False
    for sign in _SIGN.finditer(text) if "<!--" in text else ():
        start = sign.start()
        if start < done:
            continue
        if sign["fence"]:
            fenced = not fenced
        elif sign["tick"]:
            quoted = not quoted
        elif not sign["open"]:
            quoted = False
        elif not fenced and not quoted:
            end = text.find("-->", sign.end()) + 3
            if end < 3:
                break
            comment = text[start:end]
            if _EMPTY_LINE.search(comment) and not _stands_alone(text, start):
                kept += [text[done:start].rstrip(" \t"), "\n" * comment.count("\n")]
            else:
                kept.append(text[done:end])
            done = end
    return "".join([*kept, text[done:]])


def _stands_alone(text: str, at: int) -> bool:
    """Whether a comment is a block of its own, which Markdown takes out, or stands in what may be code."""
    begin = text.rfind("\n", 0, at) + 1
    before = text.rfind("\n", 0, max(0, begin - 1)) + 1
    return text.startswith(("    ", "\t"), begin) or not text[before:at].strip()


def _outside_code(text: str) -> Iterator[re.Match[str]]:
    fences = [match.start() for match in _FENCE.finditer(text)] if "```" in text or "~~~" in text else []
    for match in _IN_TEXT.finditer(text):
        if sum(at < match.start() for at in fences) % 2 == 0:
            yield match


def _excuse(what: str, line: int, column: int) -> Excuse:
    return Excuse(line, column, tuple(dict.fromkeys(code.upper() for code in _CODE.findall(what))))

"""Faults, said to the person who can mend them: what is wrong, where, and how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

ERROR, WARNING, INFO = "error", "warning", "info"

EXIT_GOOD, EXIT_FAULTS, EXIT_USAGE, EXIT_NOTHING, EXIT_LEAK = 0, 1, 2, 3, 4
EXIT_OUR_BUG, EXIT_INTERRUPTED, EXIT_TERMINATED = 70, 130, 143

CODES: dict[str, tuple[str, str]] = {
    # front matter
    "FM001": (ERROR, "the file is not UTF-8 text"),
    "FM002": (ERROR, "no front matter"),
    "FM003": (ERROR, "the front matter is not closed"),
    "FM004": (ERROR, "the front matter is not YAML that we read"),
    "FM005": (ERROR, "a field stands twice"),
    "FM006": (ERROR, "unknown field"),
    "FM007": (ERROR, "a required field is missing"),
    "FM008": (ERROR, "a value of the wrong type or form"),
    "FM009": (ERROR, "a date or time that cannot be read"),
    "FM010": (ERROR, "a value that is too long"),
    "FM011": (ERROR, "a control character that no text needs"),
    "FM012": (ERROR, "a field of the document that a translation contradicts"),
    "FM013": (ERROR, "a field that stands in the original only"),
    "FM014": (ERROR, "a field that this kind does not have"),
    "FM015": (WARNING, "an invisible character that turns the reading direction"),
    "FM016": (ERROR, "a body that is too large or nested too deep to be read within bounds"),
    "FM017": (ERROR, "a field that this version does not honour yet"),
    "FM018": (WARNING, "HTML that is taken out before it is published"),
    "FM019": (ERROR, "a footnote that is defined twice"),
    "FM023": (WARNING, "a punctuation mark of another script than the words beside it"),
    "FM024": (WARNING, "a straight quotation mark without its other"),
    "FM025": (WARNING, "a value that ends at a #"),
    # the tree
    "TX001": (ERROR, "a name that is no address"),
    "TX002": (ERROR, "a file or folder where none belongs"),
    "TX003": (ERROR, "an unknown language tag, or one not in canonical case"),
    "TX004": (ERROR, "no original, or two"),
    "TX005": (ERROR, "the folder's year is not the date's"),
    "TX006": (WARNING, "a file of a bundle that nothing names"),
    "TX007": (ERROR, "a file that is named and is not there"),
    "TX008": (ERROR, "a link, socket, pipe or device among the content"),
    "TX009": (ERROR, "a file or folder that cannot be read"),
    "TX010": (ERROR, "two names that differ by case or form only"),
    "TX011": (ERROR, "two documents or files with one address"),
    "TX012": (INFO, "an editor's leftover, not published"),
    "TX013": (ERROR, "the content folder is not there"),
    "TX014": (ERROR, "an attachment that could run in a reader's browser"),
    "TX015": (ERROR, "a file with a name that the site gives to one of its own"),
    "TX016": (ERROR, "captions that do not name their language"),
    "TX017": (ERROR, "captions that belong to no recording, or a second in one language"),
    "TX018": (ERROR, "a recording that browsers do not play"),
    "TX019": (WARNING, "a picture that says where it was taken"),
    # registries
    "RG001": (ERROR, "an unknown topic, contact, person or organisation"),
    "RG002": (ERROR, "a registry entry of the wrong form"),
    "RG003": (ERROR, "two registry entries that claim one name"),
    "RG004": (WARNING, "a registry entry without a name in one of the languages"),
    "RG005": (INFO, "a speaker who is not in the registry"),
    # transcripts: see docs/transcripts.md
    "TR001": (WARNING, "unknown tag in a transcript"),
    "TR002": (WARNING, "a soundbite names no speaker"),
    "TR003": (WARNING, "a speaker line with no speech"),
    "TR004": (ERROR, "a bracket not closed on its line"),
    "TR005": (WARNING, "widths mixed in one tag"),
    "TR006": (WARNING, "an empty segment"),
    "TR007": (WARNING, "a known tag inside a paragraph"),
    "TR008": (WARNING, "a tag whose text is also a link definition"),
    "TR009": (ERROR, "a first body line that the classic header syntax would eat"),
    "TR010": (ERROR, "no title, or a date without a year"),
    "TR011": (INFO, "the same name with another role"),
    "TR012": (WARNING, "a second sign-off or credit, or text after the tail"),
    "TR014": (WARNING, "a tab or four spaces before a tag or a label"),
    "TR015": (INFO, "name and title cannot be told apart"),
    "TR016": (WARNING, "timecodes run backwards"),
    "TR017": (INFO, "what looks like a label and opens no turn"),
    # links
    "LK001": (ERROR, "a link that resolves to nothing"),
    "LK002": (ERROR, "a link to a document that is not cleared"),
    "LK003": (ERROR, "a link that leaves the content or is not allowed"),
    "LK004": (WARNING, "a link to a fragment that is not there"),
    # corrections
    "CO001": (ERROR, "corrections that are not in the order of time"),
    "CO002": (ERROR, "a correction in the future"),
    "CO003": (ERROR, "a correction without a note in one of the languages"),
    "CO004": (ERROR, "a correction of a passage that is not there"),
    "CO005": (ERROR, "a correction whose former text is not kept"),
    "CO006": (ERROR, "a correction of a document that was not out"),
    "CO007": (ERROR, "a withdrawal of a part, or one that is not the last entry"),
    "CO008": (ERROR, "a correction in a language that the document does not have"),
    "CO009": (ERROR, "a former text without an entry"),
    "CO010": (ERROR, "published words that were changed without an entry"),
    "CO011": (ERROR, "a published address that would not answer any more"),
    "CO012": (ERROR, "a published document that is held again"),
    "CO013": (ERROR, "a published id that would change"),
    "CO014": (INFO, "nothing is published yet to compare with"),
    "CO015": (ERROR, "a document that cannot be corrected"),
    "CO016": (ERROR, "the note of a withdrawal that says what is withdrawn"),
    "CO017": (ERROR, "a file of what is withdrawn that stands in the root"),
    # agreement of a translation with its original
    "AG001": (INFO, "a translation whose passages do not stand where the original's do"),
    "AG002": (WARNING, "numbers that are not the original's"),
    "AG003": (WARNING, "dates that are not the original's"),
    "AG004": (WARNING, "a person or organisation that the original names and the translation does not"),
    "AG005": (WARNING, "quotations that are not the original's"),
    "AG006": (WARNING, "links that are not the original's"),
    "AG007": (WARNING, "pictures, files or captions that are not the original's"),
    "AG008": (WARNING, "an original that has changed since it was translated"),
    "AG009": (ERROR, "a digest of an original that is none, or stands where no original is"),
    "AG010": (INFO, "a mark that excuses nothing"),
    "AG011": (WARNING, "a passage that is not translated"),
    "AG012": (ERROR, "a translation that cannot be begun"),
    # the gate
    "GT002": (ERROR, "held documents have faults"),
    "GT003": (ERROR, "a clock that cannot be read"),
    "GT004": (ERROR, "words of a held document in the output"),
    "GT005": (ERROR, "a file of the output that cannot be searched for words of held documents"),
    "GT006": (ERROR, "a document that cannot be found, or not be lifted"),
    "GT007": (ERROR, "an output that is ahead of the system's clock"),
    "GT008": (WARNING, "a held document in a public repository"),
    # output and the door
    "FT001": (ERROR, "a path of the output that is both a file and a folder, or two that differ by case only"),
    "FT002": (ERROR, "a template that fails"),
    "FT003": (ERROR, "an interface word that is missing in a language, or not written as it can be used"),
    "FT004": (ERROR, "output that cannot be written"),
    "FT005": (ERROR, "another build is at work on this output"),
    "FT006": (ERROR, "a setting that would change a page and is not honoured"),
    "FT007": (ERROR, "a plugin that does not load, fails, or does more than watch"),
    "FT008": (ERROR, "a setting of the wrong type or value"),
    "FT009": (WARNING, "the output was updated file by file"),
    "FT010": (ERROR, "a publish that cannot be done"),
    "FT011": (ERROR, "an image that cannot be read, or that browsers do not show"),
    "FT012": (ERROR, "a source that changed or went away while it was being built"),
    "FT013": (ERROR, "an output that does not bear the seal of a whole build for the public"),
    "FT014": (ERROR, "an output that was built by another clock than the system's, or by nobody knows which"),
    "FT015": (ERROR, "sources older than what is published"),
    "FT016": (ERROR, "a picture too large to be shown"),
    "FT017": (ERROR, "captions that browsers cannot read"),
    "FT018": (ERROR, "captions whose times run backwards"),
    "FT020": (ERROR, "a site that cannot be indexed for search"),
    "FT025": (WARNING, "a file of the site's own look, or a block of a template there, that nothing uses"),
    "FT026": (ERROR, "interface words of the site's own with other plural forms than the theme's"),
    "FT027": (ERROR, "a typography file that is not there, cannot be read, or holds what nothing uses"),
    "FT028": (ERROR, "a style of typography that is not there"),
    "FT030": (ERROR, "a process that works for a build and cannot be started, or has ended"),
}
"""Every code there is: its usual severity and what it means. A code is never reused for another meaning."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `path` is shown as given; `line` and `column` count from 1 in the file (0: unknown); a column is a code point."""

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""
    source: str = ""
    width: int = 1
    severity: str = ""

    def __post_init__(self) -> None:
        if not self.severity:
            object.__setattr__(self, "severity", CODES[self.code][0])

    @property
    def place(self) -> str:
        parts = [self.path] if self.path else []
        if self.path and self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Fault(Exception):
    """Stops a run: carries every Problem that was found."""

    def __init__(self, *problems: Problem, code: int = EXIT_FAULTS) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
        self.exit_code = code

    def __reduce__(self) -> tuple[Callable[..., Fault], tuple[Problem, ...]]:
        """A fault may come from another process."""
        return partial(Fault, code=self.exit_code), self.problems


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == ERROR for problem in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a run in a stable order, each once: by path, place and code."""
    return sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message))


def lowered(problem: Problem, severity: str = WARNING) -> Problem:
    return replace(problem, severity=severity)


def columns(text: str) -> int:
    """How many terminal columns a text takes (UAX #11: W and F take two, marks none)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(char) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def visible(text: str) -> str:
    """A text that can be printed on a terminal: controls, line separators and invisible characters as \\u escapes."""
    if text.isprintable():
        return text
    return "".join(
        " " if char == "\t" else f"\\u{ord(char):04x}" if unicodedata.category(char) in _UNSEEN else char
        for char in text
    )


_EXCERPT = 100
_LONGEST = 1000


def _said(text: str) -> str:
    """A message that can be printed: what it quotes of a source may be of any length."""
    return visible(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _excerpt(problem: Problem) -> tuple[str, str]:
    """The source line round the place, and the caret line under it."""
    start = max(0, problem.column - 1 - _EXCERPT // 2)
    end = start + _EXCERPT
    before = visible(problem.source[start : max(problem.column - 1, 0)])
    marked = problem.source[problem.column - 1 : min(problem.column - 1 + problem.width, end)] if problem.column else ""
    lead = "…" if start else ""
    tail = "…" if len(problem.source) > end else ""
    line = lead + visible(problem.source[start:end]) + tail
    caret = " " * (columns(lead) + columns(before)) + "^" * max(1, columns(visible(marked)))
    return line, caret


def as_text(problem: Problem) -> str:
    """`path:line:col: severity CODE: message`, the source line, a caret, and `hint:`; without a trailing newline."""
    head = f"{problem.place}: " if problem.place else ""
    lines = [visible(f"{head}{problem.severity} {problem.code}: ") + _said(problem.message)]
    if problem.source and problem.line:
        line, caret = _excerpt(problem)
        lines.append(f"    {line}")
        if problem.column:
            lines.append(f"    {caret}")
    if problem.hint:
        lines.append(f"    hint: {_said(problem.hint)}")
    return "\n".join(lines)


def as_annotation(problem: Problem) -> str:
    """The same fault as a workflow command, by the escaping rules of GitHub Actions."""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def attribute(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    command = {ERROR: "error", WARNING: "warning"}.get(problem.severity, "notice")
    where = [f"file={attribute(problem.path)}"] if problem.path else []
    where += [f"line={problem.line}"] if problem.line else []
    where += [f"col={problem.column}"] if problem.column else []
    message = _said(problem.message) + (f" (hint: {_said(problem.hint)})" if problem.hint else "")
    return f"::{command} {','.join([*where, f'title={problem.code}'])}::{data(message)}"

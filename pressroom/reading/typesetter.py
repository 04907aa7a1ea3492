"""The text of one edition as it is set, and the signs in it that are told because they cannot be."""

from __future__ import annotations

from collections.abc import Mapping

from pressroom.ground.problems import Problem
from pressroom.model.typography import Typography
from pressroom.reading.places import Finder
from pressroom.reading.typography import Slip, slips, typeset_html, typeset_text
from pressroom.reading.typography.runs import words_of

_MOST_TOLD = 20


class Typesetter:
    """Sets by one typography, words in other languages by theirs; without one it leaves everything as it is typed."""

    def __init__(self, typography: Typography | None, others: Mapping[str, Typography], path: str, finder: Finder) -> None:
        self._typography, self._others, self._path, self._finder = typography, others, path, finder
        self.problems: list[Problem] = []

    def html(self, source: str, line: int, is_judged: bool = False) -> str:
        """A block of HTML that was written in this line of the file, or below it. Of one that is judged already nothing is told."""
        if not self._typography:
            return source
        if is_judged:
            return typeset_html(source, self._typography, self._others)
        return typeset_html(source, self._typography, self._others, lambda text, slip: self._tell(text, slip, line))

    def words(self, source: str) -> str:
        """The words of a piece of HTML as they are set in it."""
        return "".join(words_of(typeset_html(source, self._typography, self._others) if self._typography else source))

    def text(self, text: str) -> str:
        return typeset_text(text, self._typography) if self._typography else text

    def field(self, text: str, line: int) -> str:
        """A text of the header, whose value begins in this line."""
        for slip in slips(text, self._typography) if self._typography else ():
            self._tell(text, slip, line)
        return self.text(text)

    def _tell(self, text: str, slip: Slip, line: int) -> None:
        if len(self.problems) == _MOST_TOLD:
            return
        place = self._finder.sign(text, slip.at, len(slip.sign), line)
        if slip.meant:
            message, hint = f"{slip.sign} is not a sign of the words beside it", f"write {slip.meant}; or typography: keep, where all is meant as it is typed"
            self.problems.append(Problem("FM023", message, self._path, *place, hint, width=len(slip.sign)))
        else:
            hint = "write both, or the marks themselves, as in “ and ”"
            self.problems.append(Problem("FM024", "a quotation mark without its other", self._path, *place, hint))

"""Setting text by the rules of its language: one module for each rule, what it does in the language's typography file.

A rule is a function from a text to the edits that set it. It knows no language and no HTML; `setting.py` puts the rules of a language in their
order, `runs.py` finds the texts of a piece of HTML. Setting leaves the words as they are: the fingerprint of a text is that of it set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from pressroom.model.typography import Typography
from pressroom.reading.typography.runs import Html
from pressroom.reading.typography.setting import TABLES, setting_of
from pressroom.reading.typography.signs import Slip

# Most blocks are one text and nothing else.
_PLAIN = re.compile(r'(<(?:p|li|h[1-6]|figcaption)(?: id="[^"]*")?>)([^<&]*)(</[a-z1-6]+>\n?)')

__all__ = ["TABLES", "Slip", "slips", "typeset_html", "typeset_text"]


def typeset_html(
    source: str, typography: Typography, others: Mapping[str, Typography] = {}, told: Callable[[str, Slip], None] = lambda text, slip: None
) -> str:
    """A piece of HTML with its text set. Words that an element says to be in another language are set as one of `others`, or stay as they are.

    `told` hears of every sign that is another script's, with the paragraph that it stands in.
    """
    if plain := _PLAIN.fullmatch(source):
        opening, words, closing = plain.groups()
        setting, typed = setting_of(typography), words.replace("\n", " ")
        for slip in setting.slips(typed):
            told(words, slip)
        return opening + setting.set(typed)[0] + closing
    found = _read(source, typography, others)
    known = {**others, typography.lang: typography}
    for paragraph in found.paragraphs:
        if words := paragraph.text:
            setting, typed = setting_of(known[paragraph.lang]), words.replace("\n", " ")
            for slip in setting.slips(typed):
                told(words, slip)
            text, origin = setting.set(typed)
            if origin is not None:
                found.put(paragraph, text, origin)
    return str(found)


def typeset_text(text: str, typography: Typography) -> str:
    """The same for plain text, which stays plain text; each line of it is a paragraph."""
    return "\n".join(setting_of(typography).set(line)[0] for line in text.split("\n")) if text else text


def slips(text: str, typography: Typography) -> Iterator[Slip]:
    """The signs of a plain text that are another script's."""
    return setting_of(typography).slips(text)


def _read(source: str, typography: Typography, others: Mapping[str, Typography]) -> Html:
    def sets(said: str) -> str:
        """The language by whose rules words are set: the tag's own, or that of its language alone."""
        for lang in (typography.lang, *others):
            if lang.lower() == said.lower():
                return lang
        wanted = said.split("-")[0].lower()
        return next((lang for lang in (typography.lang, *others) if lang.lower() == wanted), "")

    return Html(source, typography.lang, sets)

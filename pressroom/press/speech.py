"""What templates speak with: the words of their language, with values filled in by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pressroom.model.forms import with_digits
from pressroom.model.typography import Typography
from pressroom.model.words import Words


def speech(words: Words, typography: Typography) -> dict[str, Any]:
    """The functions of the words. Values are filled in by name: `_("%(count)s files", count=n)`; a number with the digits of the house."""
    digits = typography.table("numbers").get("digits", "")

    def written(values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: with_digits(str(value), digits) if isinstance(value, int) else value for name, value in values.items()}

    def gettext(word: str, **values: Any) -> str:
        return _filled(words.gettext(word), word, written(values))

    def ngettext(one: str, many: str, number: int, /, **values: Any) -> str:
        return _filled(words.ngettext(one, many, number), one, written({"count": number, **values}))

    return {"_": gettext, "ngettext": ngettext}


def _filled(text: str, word: str, values: Mapping[str, Any]) -> str:
    try:
        return text % values
    except KeyError as error:
        raise LookupError(f'the word "{word}" is given no value for %({error.args[0]})s') from None

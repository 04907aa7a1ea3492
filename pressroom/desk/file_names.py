"""Names of files as they are typed, beside those that lie in a document's folder."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection


def nearest_file(name: str, files: Collection[str]) -> str:
    """The hint for a name that none of the files has: which one is meant; nothing where none is near."""
    forms = {_composed(file): file for file in sorted(files)}
    meant = forms.get(_composed(name))
    if meant:
        # The two look alike: to name one for the other would say nothing.
        return f"{'type the name again' if meant == _composed(meant) else 'rename the file'}: its letters and their accents are written apart"
    folded = {form.casefold(): file for form, file in forms.items()}
    near = difflib.get_close_matches(_composed(name).casefold(), folded, n=1, cutoff=0.6)
    return f'did you mean "{folded[near[0]]}"?' if near else ""


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)

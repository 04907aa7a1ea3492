"""The index of words, in which a browser finds where a quotation may stand: of each edition a sketch of what it says and of what it said.

It holds no words. A tier of the archive in one language is one file, so that a new document makes one file anew in each of its languages.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from pressroom.ground.languages import in_address, script
from pressroom.ground.sketches import Grain, grain_of, written
from pressroom.model.artifact import Artifact
from pressroom.model.site import Site
from pressroom.model.text import SketchRef
from pressroom.outputs.families import WORDS, Family, tiers

ADDRESS = "/verify/index.json"
# Unicode's names of the scripts in which a language is written, where its own name is not one of them.
_SCRIPTS = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Hira", "Kana"), "Kore": ("Hang",)}


def artifacts(site: Site) -> Iterator[Artifact]:
    languages = {tier: tuple(dict.fromkeys(in_address(lang) for document in listed for lang in document.editions)) for tier, listed in tiers(site).items()}
    letters = tuple((in_address(lang), _letters(lang)) for lang in site.languages)
    yield Artifact(ADDRESS.lstrip("/"), index_view, (letters, tuple(languages.items())))


def of_family(family: Family) -> Iterator[Artifact]:
    """The files of a tier, one for each language."""
    if family.what != WORDS:
        return
    of_lang: dict[str, dict[str, list[SketchRef]]] = defaultdict(dict)
    for document in family.listed:
        for lang, edition in document.editions.items():
            texts = (edition, *(former.edition for former in family.formers.get(edition.address, ())))
            of_lang[lang][edition.address] = [text.sketch for text in texts]
    for lang, sketches in of_lang.items():
        counts = tuple((address.lstrip("/"), len(found)) for address, found in sketches.items())
        inputs = (grain_of(lang), counts, *(sketch for found in sketches.values() for sketch in found))
        yield Artifact(f"verify/{family.id}/{in_address(lang)}.json", tier_view, inputs, lang=lang)


def _letters(lang: str) -> str:
    """A regular expression for a letter of the scripts in which a language is written."""
    names = _SCRIPTS.get(script(lang), (script(lang),))
    return "[" + "".join(rf"\p{{sc={name}}}" for name in names) + "]"


def index_view(letters: tuple[tuple[str, str], ...], tiers: tuple[tuple[str, tuple[str, ...]], ...]) -> bytes:
    return _written({"letters": dict(letters), "tiers": tiers}, None)


def tier_view(grain: Grain, counts: tuple[tuple[str, int], ...], *sketches: bytes) -> bytes:
    """`counts` says for each address how many of the sketches are its own."""
    documents, following = {}, iter(sketches)
    for address, count in counts:
        documents[address] = written(*(next(following) for _ in range(count)))
    # A line for each, so that a new document is one line more for whoever keeps the output in a repository.
    return _written({"gram": grain.gram, "window": grain.window, "documents": documents}, 0)


def _written(data: Mapping[str, object], indent: int | None) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=indent, separators=(",", ":")) + "\n").encode()

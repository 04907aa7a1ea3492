"""The index of words, in which a browser finds where a quotation may stand: of each edition a sketch of what it says and of what it said.

It holds no words. A tier of the archive in one language is one file, so that a new document makes one file anew in each of its languages.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pressroom.ground.languages import in_address, script
from pressroom.ground.sketches import Grain, grain_of, written
from pressroom.model.artifact import Artifact
from pressroom.model.document import Body, BodyRef, Document
from pressroom.model.site import Site
from pressroom.model.tiers import ARCHIVE, tier_of

ADDRESS = "/verify/index.json"
PAGES = "pages"
# Unicode's names of the scripts in which a language is written, where its own name is not one of them.
_SCRIPTS = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Hira", "Kana"), "Kore": ("Hang",)}
_Texts = Mapping[str, list[BodyRef]]
"""The bodies of each edition by its address: that of now, then those of its earlier versions."""


def artifacts(site: Site) -> Iterator[Artifact]:
    tiers = _tiers(site)
    languages = {tier: tuple(in_address(lang) for lang in of_lang) for tier, of_lang in tiers.items()}
    letters = tuple((in_address(lang), _letters(lang)) for lang in site.languages)
    yield Artifact(ADDRESS.lstrip("/"), index_view, (letters, tuple(languages.items())))
    for tier, of_lang in tiers.items():
        for lang, texts in of_lang.items():
            counts = tuple((address.lstrip("/"), len(bodies)) for address, bodies in texts.items())
            bodies = (body for of_edition in texts.values() for body in of_edition)
            yield Artifact(f"verify/{tier}/{in_address(lang)}.json", tier_view, (grain_of(lang), counts, *bodies), lang=lang)


def _letters(lang: str) -> str:
    """A regular expression for a letter of the scripts in which a language is written."""
    names = _SCRIPTS.get(script(lang), (script(lang),))
    return "[" + "".join(rf"\p{{sc={name}}}" for name in names) + "]"


def _tiers(site: Site) -> Mapping[str, Mapping[str, _Texts]]:
    """What is looked through together, newest first, by tier, language and address. Nothing of what is withdrawn is there."""
    newest = max((document.published for document in site.documents if document.year), default=datetime.max)
    formers = defaultdict(list)
    for former in site.formers:
        formers[former.current].append(former.edition.body)
    found: dict[str, dict[str, _Texts]] = {}
    for document in sorted(site.documents, key=lambda document: not document.year):
        if document.fields.withdrawn:
            continue
        of_tier = found.setdefault(_tier(document, newest, ZoneInfo(site.zone)), {})
        for lang, edition in document.editions.items():
            of_tier.setdefault(lang, {})[edition.address] = [edition.body, *formers[edition.address]]  # type: ignore[index]
    return found


def _tier(document: Document, newest: datetime, zone: ZoneInfo) -> str:
    """The tier of a document; of the old archive its year, so that no file is ever too large to be asked for, or made again once its year is closed."""
    if not document.year:
        return PAGES
    tier = tier_of(document.published, newest, zone)
    return f"{document.published.astimezone(zone).year:04}" if tier == ARCHIVE else tier


def index_view(letters: tuple[tuple[str, str], ...], tiers: tuple[tuple[str, tuple[str, ...]], ...]) -> bytes:
    return _written({"letters": dict(letters), "tiers": tiers}, None)


def tier_view(grain: Grain, counts: tuple[tuple[str, int], ...], *bodies: Body) -> bytes:
    """`counts` says for each address how many of the bodies are its own."""
    documents, following = {}, iter(bodies)
    for address, count in counts:
        documents[address] = written(*(next(following).sketch for _ in range(count)))
    # A line for each, so that a new document is one line more for whoever keeps the output in a repository.
    return _written({"gram": grain.gram, "window": grain.window, "documents": documents}, 0)


def _written(data: Mapping[str, object], indent: int | None) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=indent, separators=(",", ":")) + "\n").encode()

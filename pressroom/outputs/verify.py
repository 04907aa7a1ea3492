"""The page on which a reporter verifies a quotation: `theme/static/verify.js` looks for it in the index of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pressroom.ground.addresses import relative
from pressroom.ground.languages import in_address
from pressroom.model.artifact import Artifact
from pressroom.model.site import Chrome, Site
from pressroom.outputs import numerals, word_index
from pressroom.outputs.head import page
from pressroom.outputs.linked_data import web_page
from pressroom.outputs.texts import CORRECTION_WORDS, KIND_WORDS, OF_TRANSLATION_WORDS, VERIFY_WORDS

_TAIL = r"\n—[^]*?#q-\w+"
"""What “copy quote” puts below the words, from whose they are to their address, as a pattern of the script's: it is no part of them."""


def address_in(lang: str) -> str:
    return f"/{in_address(lang)}/verify/"


def artifacts(site: Site) -> Iterator[Artifact]:
    alternates = {lang: address_in(lang) for lang in site.languages}
    for lang, address in alternates.items():
        yield Artifact(f"{address.lstrip('/')}index.html", view, (site.chrome[lang], alternates), "verify.html", lang)


def view(chrome: Chrome, alternates: Mapping[str, str]) -> Mapping[str, Any]:
    address, words = alternates[chrome.lang], chrome.words
    title = words.gettext("Verify a quote")
    return {
        "page": page(
            chrome, address, title, alternates, linked_data=web_page(chrome, address, title),
            description=words.gettext("Whether these words stand in a document of this office, and whether they still do."),
        ),
        "site": chrome,
        "title": title,
        "trail": (),
        "index": relative(address, word_index.ADDRESS),
        "said": [
            *((name, words.gettext(word)) for name, word in (VERIFY_WORDS | KIND_WORDS | OF_TRANSLATION_WORDS | CORRECTION_WORDS).items()),
            ("locale", numerals.locale_tag(chrome.typography)),
            ("tail", _TAIL),
            # A language's name is known in the browser only.
            ("tongue", words.gettext("in %(language)s") % {"language": "%(value)s"}),
            ("original", words.gettext("Original: %(language)s") % {"language": "%(value)s"}),
        ],
    }  # fmt: skip

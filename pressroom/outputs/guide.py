"""`/llms.txt` (llmstxt.org), for programs that read and quote: what the site is, where its data are, how a passage is quoted. As long as it is in any archive."""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.ground.addresses import absolute
from pressroom.ground.languages import in_address
from pressroom.model.artifact import Artifact
from pressroom.model.kinds import BY_NAME, DATED
from pressroom.model.site import Chrome, Site
from pressroom.outputs import corrections, popolo, verify
from pressroom.outputs.head import own_name
from pressroom.outputs.texts import GUIDE_WORDS, INDEX_WORDS, KINDS_WORDS

_Link = tuple[str, str, str]
"""What a link says, its address, what stands behind it."""


def artifacts(site: Site) -> Iterator[Artifact]:
    yield Artifact("llms.txt", view, (site.chrome[site.default_language],), lang=site.default_language)


def view(chrome: Chrome) -> str:
    """Markdown in the form that the proposal asks for: a headline, a summary, notes, and lists of links under headings."""
    word, front = chrome.words.gettext, f"/{in_address(chrome.lang)}/"
    folders = {BY_NAME[kind].folder: KINDS_WORDS[kind] for kind in DATED} | INDEX_WORDS
    data = (
        ("people.json", popolo.ADDRESS, word(GUIDE_WORDS["people"])),
        ("sitemap.xml", "/sitemap.xml", word(GUIDE_WORDS["sitemap"])),
        ("news-sitemap.xml", "/news-sitemap.xml", word(GUIDE_WORDS["news"])),
        (word("Corrections"), corrections.address_in(chrome.lang), word(GUIDE_WORDS["corrections"])),
        (word("Verify a quote"), verify.address_in(chrome.lang), word("Whether these words stand in a document of this office, and whether they still do.")),
    )
    parts = [
        f"# {chrome.site_name}",
        f"> {word('%(office)s. Press releases and transcripts; every quotation has an address of its own.') % {'office': chrome.site_name}}",
        *(word(GUIDE_WORDS[name]) for name in ("files", "feeds", "quote", "verbatim", "corrected")),
        _section(chrome, word("Documents"), [(word(name), f"{front}{folder}/", "") for folder, name in folders.items()]),
        _section(chrome, word("Data"), data),
        _section(chrome, word("Languages"), [(own_name(lang), f"/{in_address(lang)}/", "") for lang in chrome.languages]),
    ]
    return "\n\n".join(parts) + "\n"


def _section(chrome: Chrome, head: str, links: tuple[_Link, ...] | list[_Link]) -> str:
    return "\n".join([f"## {head}", "", *(f"- [{text}]({absolute(chrome.site_url, at)}){f': {what}' if what else ''}" for text, at, what in links)])

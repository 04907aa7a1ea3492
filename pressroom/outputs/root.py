"""What stands at the root: the language chooser, the page for what is not there, robots.txt, redirects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pressroom.ground.addresses import absolute, file_of, relative
from pressroom.ground.languages import direction, in_address
from pressroom.model.artifact import Artifact
from pressroom.model.site import Chrome, Redirect, Site
from pressroom.outputs.head import own_name, page
from pressroom.outputs.linked_data import web_site


def artifacts(site: Site) -> Iterator[Artifact]:
    chromes = tuple(site.chrome[lang] for lang in site.languages)
    chrome = site.chrome[site.default_language]
    yield Artifact("index.html", chooser_view, (chrome, chromes), "chooser.html", site.default_language)
    yield Artifact("404.html", missing_view, (chrome, chromes), "missing.html", site.default_language)
    yield Artifact("robots.txt", robots_view, (site.url, site.preview))
    for redirect in site.redirects:
        yield Artifact(file_of(redirect.address), redirect_view, (site.chrome[redirect.lang], redirect), "redirect.html", redirect.lang)


def _fronts(chromes: tuple[Chrome, ...], page_address: str) -> list[Mapping[str, Any]]:
    return [
        {
            "lang": chrome.lang, "dir": direction(chrome.lang), "name": own_name(chrome.lang), "site_name": chrome.site_name,
            "href": relative(page_address, f"/{in_address(chrome.lang)}/"), "url": absolute(chrome.site_url, f"/{in_address(chrome.lang)}/"),
            "words": chrome.words,
        }
        for chrome in chromes
    ]  # fmt: skip


def chooser_view(chrome: Chrome, chromes: tuple[Chrome, ...]) -> Mapping[str, Any]:
    fronts = {each.lang: f"/{in_address(each.lang)}/" for each in chromes}
    head = page(chrome, "/", chrome.site_name, fronts, linked_data=web_site(chrome, "/", list(fronts)), default="/")
    return {"page": head, "site": chrome, "title": chrome.site_name, "fronts": _fronts(chromes, "/")}


def missing_view(chrome: Chrome, chromes: tuple[Chrome, ...]) -> Mapping[str, Any]:
    """One page in all languages; it answers at any depth, so its links are absolute."""
    title = chrome.words.gettext("Page not found")
    head = replace(page(chrome, "/404.html", title, {}, noindex=True), absolute=True)
    return {"page": head, "site": chrome, "title": title, "fronts": _fronts(chromes, "/404.html")}


def redirect_view(chrome: Chrome, redirect: Redirect) -> Mapping[str, Any]:
    head = page(chrome, redirect.address, chrome.words.gettext("This page has moved"), {}, current=redirect.target)
    return {"page": head, "site": chrome, "title": head.title, "target": relative(redirect.address, redirect.target)}


def robots_view(site_url: str, preview: bool) -> str:
    """No path is ever listed: a list of what is not to be found would be a list."""
    if preview:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {absolute(site_url, '/sitemap.xml')}\n"

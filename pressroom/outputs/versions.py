"""Earlier versions: the text as readers had it, for programs too, and word by word what took its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pressroom.ground.addresses import absolute, relative
from pressroom.model.artifact import Artifact
from pressroom.model.document import Former
from pressroom.model.people import Organisation
from pressroom.model.site import Chrome
from pressroom.model.text import Body
from pressroom.outputs import changes, differences, editions, facts
from pressroom.outputs.blocks import Surroundings
from pressroom.outputs.citations import Sources, sources_of
from pressroom.outputs.editions import Beside
from pressroom.outputs.feeds import tag_uri
from pressroom.outputs.linked_data import reference, web_page
from pressroom.outputs.parts import House, Part
from pressroom.outputs.pictures import pictures_of
from pressroom.outputs.texts import FIELD_WORDS, FILE_WORDS


def artifacts(part: Part) -> Iterator[Artifact]:
    house = part.house
    for former in part.formers:
        organisation = house.registry.organisations.get(former.document.fields.organisation)
        lang = former.edition.lang
        chrome = house.chrome[lang]
        sources, path = _sources(house, chrome, former), former.edition.address.lstrip("/")
        inputs = (chrome, former, organisation, sources, former.edition.body, former.later.body)
        yield Artifact(f"{path}index.html", view, inputs, editions.template_of(former.document, former.edition), lang)
        around = facts.Around(tag_uri(house.feed_authority, f"{former.document.folder}/{lang}"), offices=sources.offices)
        yield Artifact(f"{path}index.json", facts_view, (chrome, former, around, former.edition.body), lang=lang)


def _sources(house: House, chrome: Chrome, former: Former) -> Sources:
    number, until = chrome.words.gettext("Version %(number)s"), chrome.words.gettext("Replaced on %(date)s")
    version = f"{number % {'number': former.version}} · {until % {'date': changes.when(chrome, former.at)}}"
    return sources_of(house, former.document, former.edition, version)


def view(chrome: Chrome, former: Former, organisation: Organisation | None, sources: Sources, body: Body, later: Body) -> Mapping[str, Any]:
    """The page of an edition, as it was: not to be indexed, and canonical to the one of now."""
    edition = former.edition
    pictures = pictures_of(former.document)
    shown_pictures = {href: pictures[href] for href in edition.hrefs if href in pictures}
    around = Surroundings(shown_pictures, chrome.site_url)
    beside = Beside({}, "", organisation=organisation, around=around, sources=sources, current=former.current)
    shown = editions.view(chrome, former.document, edition, beside, body, None)
    files = {found.name: relative(edition.address, found.address) for found in former.document.attachments}
    found, files_found = differences.differences(edition, body, former.later, later), _file_differences(former)
    told = web_page(chrome, edition.address, edition.fields.title, version=former.version, about=reference(chrome, former.current))
    return {
        **shown,
        "page": replace(shown["page"], linked_data=told),
        "downloads": [],
        "version": {
            "number": former.version,
            "until": changes.when(chrome, former.at),
            "current": relative(edition.address, former.current),
            "differences": [_difference(chrome, one) for one in found],
            "file_differences": [(name, chrome.words.gettext(FILE_WORDS[what])) for name, what in files_found],
            "unchanged": former.same_document and not found and not files_found and differences.are_alike(edition, body, former.later, later),
            "files": [{"name": name, "digest": digest, "href": files.get(name, "")} for name, digest in sorted((former.files or {}).items())],
        },
    }


def facts_view(chrome: Chrome, former: Former, around: facts.Around, body: Body) -> bytes:
    """`index.json` of an earlier version: what it said, until when, and where the edition of now is. The kit has the texts of now."""
    data = facts.data(chrome, former.document, former.edition, around, body)
    return facts.written({**data, "kit": "", "version": former.version, "until": former.at.written, "current": absolute(chrome.site_url, former.current)})


def _file_differences(former: Former) -> list[tuple[str, str]]:
    then = {} if former.bare else former.files
    if then is None or former.later_files is None:
        return []
    return differences.file_differences(then, former.later_files)


def _difference(chrome: Chrome, found: differences.Difference) -> Mapping[str, Any]:
    return {"label": chrome.words.gettext(FIELD_WORDS[found.field]) if found.field else "", "number": found.number, "runs": found.runs}

"""The gallery of a preview: every component of the theme, in every language, with samples that the real views have made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from pressroom.ground.languages import in_address
from pressroom.model.artifact import Artifact, Worked
from pressroom.model.site import Chrome, Site
from pressroom.model.text import BodyRef, QuotedRef
from pressroom.outputs import editions, listings, people, search, side_by_side, verify, versions
from pressroom.outputs.families import families
from pressroom.outputs.head import page
from pressroom.outputs.parts import house_of, parts
from pressroom.outputs.samples import Sample, sample

_ADDRESSES = ("href", "before", "current", "seek")


def address_in(lang: str) -> str:
    return f"/gallery/{in_address(lang)}/"


def artifacts(site: Site) -> Iterator[Artifact]:
    if not site.preview:
        return
    alternates = {lang: address_in(lang) for lang in site.languages}
    for lang, address in alternates.items():
        yield Artifact(f"{address.lstrip('/')}index.html", view, (site.chrome[lang], alternates), "gallery.html", lang)


def view(chrome: Chrome, alternates: Mapping[str, str]) -> Mapping[str, Any]:
    """What the pages of the sample see, each under the name of its template, an earlier version's under `version`."""
    address, title = alternates[chrome.lang], chrome.words.gettext("Components")
    head = page(chrome, address, title, alternates, noindex=True)
    return {**_views(sample(replace(chrome, search=True), address)), "page": head, "site": chrome, "title": title}


def _views(made: Sample) -> dict[str, Any]:
    found = {}
    house = house_of(made.site)
    of_families = ((output, chain.from_iterable(map(output.of_family, families(made.site, house)))) for output in (listings, people))
    of_site = ((output, output.artifacts(made.site)) for output in (verify, search))
    of_documents = ((output, chain.from_iterable(map(output.artifacts, parts(made.site, house, made.site.documents)))) for output in (editions, versions, side_by_side))
    for output, artifacts in chain(of_families, of_site, of_documents):
        for artifact in artifacts:
            name = "version" if output is versions else artifact.template.removesuffix(".html")
            found.setdefault(name, _leading_here(artifact.view(*(_loaded(made, value) for value in artifact.inputs))))
    return found


def _loaded(made: Sample, value: Any) -> Any:
    if isinstance(value, BodyRef):
        return made.bodies[value.path]
    if isinstance(value, QuotedRef):
        return made.facts[value.path].quoted(value.person, made.bodies[value.path].passages)
    return value.by(*value.given) if isinstance(value, Worked) else value


def _leading_here(value: Any) -> Any:
    """A view whose links to other pages lead to its own: those of a sample are not there."""
    if isinstance(value, Mapping):
        return {key: _here(part) if key in _ADDRESSES else _leading_here(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_leading_here(part) for part in value]
    return value


def _here(href: Any) -> Any:
    is_page = isinstance(href, str) and href and not href.startswith(("#", "https:"))
    return "./" if is_page else href

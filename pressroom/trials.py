"""Pages that are made on trial, for `check`: one by each template in each language, and those with links to places. What is wrong with them, a build would tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pressroom import outputs
from pressroom.checks.links import check_links
from pressroom.ground.problems import Fault, Problem
from pressroom.model.artifact import Artifact
from pressroom.model.site import Copy, Site
from pressroom.press.render import Renderer


def try_pages(site: Site, paths: frozenset[str], renderer: Renderer) -> list[Problem]:
    """What templates and links of a site are charged with, nothing of it written; `paths` are all that it would have."""
    made = _Made({artifact.path: artifact for artifact in outputs.artifacts(site) if artifact.path.endswith(".html")}, renderer)
    firsts = {(artifact.template, artifact.lang): path for path, artifact in reversed(made.artifacts.items()) if artifact.template}
    problems: dict[tuple[str, int, str], Problem] = {}
    for path in sorted(firsts.values()):
        try:
            made(path)
        except Fault as fault:
            # Many pages fail over one line, each in its own words.
            for problem in fault.problems:
                problems.setdefault((problem.path, problem.line, problem.code), problem)
    if problems:
        return list(problems.values())
    try:
        return check_links({path: made(path) for path in _leading(site, made.artifacts)}, paths, made)
    except Fault as fault:
        return list(fault.problems)


def _leading(site: Site, artifacts: Mapping[str, Artifact]) -> Iterator[str]:
    """Pages that nobody has looked at yet: those that no template makes, and those of texts with a link to a place."""
    yield from (path for path, artifact in artifacts.items() if not artifact.template)
    for document in site.documents:
        for edition in document.editions.values():
            path = f"{edition.address.lstrip('/')}index.html"
            if path in artifacts and any("#" in href for href in edition.hrefs):
                yield path


class _Made:
    """The bytes of pages by their paths, each made when it is asked for."""

    def __init__(self, artifacts: Mapping[str, Artifact], renderer: Renderer) -> None:
        self.artifacts, self._renderer = artifacts, renderer

    def __call__(self, path: str) -> bytes:
        found = self._renderer.make(self.artifacts[path])
        return Path(found.path).read_bytes() if isinstance(found, Copy) else found

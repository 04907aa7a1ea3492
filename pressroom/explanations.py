"""Why each file of a build was made, in people's words: which of the things that it is made from changed.

What many files are made from is known by the digests that the receipt of the last build keeps: the engine, templates, what every page of a
language carries, registries. What few are made from is known from this build itself: which editions are new, and which texts were read anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pressroom.claims import Claims
from pressroom.ground import digests
from pressroom.ground.languages import in_address
from pressroom.intake import Intake
from pressroom.model.artifact import Artifact
from pressroom.model.kinds import BY_FOLDER
from pressroom.model.late import Late
from pressroom.model.settings import Settings
from pressroom.model.site import Copy, Site
from pressroom.press.receipt import KeptReceipt, MadeFrom
from pressroom.press.render import Renderer
from pressroom.press.write import INPUTS, Plan
from pressroom.reading import themes
from pressroom.reading.files import read_bytes

_MOST_NAMES = 5
_SOMETHING, _SEAL = "something that it is made from changed", "it seals all the others"


class _Edition(NamedTuple):
    """An edition that is new or whose text was read anew, as it is named: `spring-briefing.en`."""

    name: str
    address: str
    path: str
    is_new: bool


def made_from(settings: Settings, intake: Intake, site: Site) -> MadeFrom:
    """The digests of what many files are made from, by its name."""
    templates: dict[str, str] = {}
    for folder in settings.theme_folders("templates"):
        for name, (path, _) in themes.files((folder,)).items():
            templates[name] = templates.get(name, "") + digests.of_bytes(Path(path).read_bytes())
    return {
        "templates": templates,
        "languages": {lang: digests.of(chrome) for lang, chrome in site.chrome.items()},
        "registries": {name: digests.of_bytes(read_bytes(file)) for name, file in intake.tree.registries.items()},
    }


@dataclass(frozen=True)
class Explanations(Mapping[str, str]):
    """The reason for each file that was made, by its path; it is looked for when it is asked for. `read` are the sources that were read anew."""

    plan: Plan
    claims: Claims
    site: Site
    renderer: Renderer
    read: Set[str]
    engine: str
    now: MadeFrom
    before: KeptReceipt | None

    def __iter__(self) -> Iterator[str]:
        return iter(self.plan.why)

    def __len__(self) -> int:
        return len(self.plan.why)

    def __getitem__(self, path: str) -> str:
        why = self.plan.why[path]
        if why != INPUTS:
            return why
        return "; ".join(self._reasons(self.claims.artifact(path))) or _SOMETHING if path in self.claims.keys else _SEAL

    def _reasons(self, artifact: Artifact) -> Iterator[str]:
        if not self.before:
            return
        if self.before.engine != self.engine and not artifact.engine:
            yield "the engine changed"
            return
        if artifact.lang in self._changed("languages"):
            yield f"what every page in {artifact.lang} carries changed: its words, the look, the settings or the list of pages"
            return
        if templates := self._changed("templates") & self.renderer.reached(artifact.template):
            yield f"template changed: {_listed(templates)}"
        yield from (f"{value.shown} changed" for value in artifact.inputs if isinstance(value, Copy) and value.shown)
        named = self._named(artifact)
        if any(artifact.path.startswith(edition.address.lstrip("/")) for edition in named):
            yield "its text changed"
            return
        if new := [edition.name for edition in named if edition.is_new]:
            yield f"{_listed(new)} {'is' if len(new) == 1 else 'are'} new"
        if changed := [edition.name for edition in named if not edition.is_new]:
            yield f"{_listed(changed)} changed"
        gone = [name for lang, name in self._gone if artifact.lang in ("", lang)] or [name for _, name in self._gone]
        if gone and not named:
            yield f"{_listed(gone)} {'is' if len(gone) == 1 else 'are'} gone"
        if not named and (registries := self._changed("registries")):
            yield f"{_listed(registries)} changed"

    def _changed(self, what: str) -> set[str]:
        before, now = self.before.made_from.get(what, {}) if self.before else {}, self.now[what]
        return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}

    def _named(self, artifact: Artifact) -> list[_Edition]:
        """The editions that changed and that an artifact has in its inputs."""
        if not self._editions:
            return []
        places = set(_places(artifact.inputs))
        return [edition for edition in self._editions if edition.address in places or edition.path in places]

    @cached_property
    def _editions(self) -> tuple[_Edition, ...]:
        """Those that are new or were read anew."""
        found = (
            _Edition(f"{document.slug}.{lang}", edition.address, edition.path, self.plan.why.get(f"{edition.address.lstrip('/')}index.html") == "new")
            for document in self.site.documents
            for lang, edition in document.editions.items()
        )
        return tuple(edition for edition in found if edition.is_new or edition.path in self.read)

    @cached_property
    def _gone(self) -> tuple[tuple[str, str], ...]:
        """Editions whose pages are taken away: their language, and their name."""
        languages = {in_address(lang): lang for lang in self.site.languages}
        pages = (path.split("/") for path in self.plan.stale if path.endswith("/index.html"))
        return tuple(
            (languages[parts[0]], f"{parts[3]}.{languages[parts[0]]}")
            for parts in pages
            if len(parts) == 5 and parts[0] in languages and parts[1] in BY_FOLDER and parts[2].isdecimal() and not parts[3].isdecimal()
        )


def _listed(names: Iterable[str]) -> str:
    found = sorted(names)
    more = len(found) - _MOST_NAMES
    return ", ".join(found) if more < 1 else f"{', '.join(found[:_MOST_NAMES])} and {more} more"


def _places(value: Any) -> Iterator[str]:
    """Every address and path that a value is made of."""
    if is_dataclass(value):
        for field in (field for field in fields(value) if field.compare):
            found = getattr(value, field.name)
            if isinstance(found, str):
                if field.name in ("address", "path"):
                    yield found
            else:
                yield from _places(found)
    elif isinstance(value, Mapping):
        yield from _places(tuple(value.values()))
    elif isinstance(value, tuple | list | Late):
        for item in value:
            if isinstance(item, str) and item.startswith("/"):
                yield item
            elif not isinstance(item, str):
                yield from _places(item)

"""The one spine of a build, from the disk to the disk: read, ask the gate, compose, press, check, swap."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

import pressroom
from pressroom import checks, outputs
from pressroom.desk import urls
from pressroom.desk.editions import Assembled, Source, assemble, check
from pressroom.desk.gate import DRAFT, Verdict, judge
from pressroom.desk.site import Cleared, Plan, compose, plan
from pressroom.ground import digests
from pressroom.ground.problems import ERROR, EXIT_FAULTS, Fault, Problem, has_errors, lowered
from pressroom.ground.store import Store
from pressroom.model.artifact import Artifact
from pressroom.model.document import Attachment
from pressroom.model.people import Registry
from pressroom.model.settings import PREVIEW, Settings
from pressroom.model.site import Copy, Site
from pressroom.press.lock import hold_lock
from pressroom.press.render import Renderer
from pressroom.press.write import open_output
from pressroom.reading.bodies import Dialect
from pressroom.reading.registry import read_registry
from pressroom.reading.sources import Opened, Sources, read_attachment
from pressroom.reading.tree import Bundle, File, Tree, read_bytes, scan
from pressroom.reading.words import read_words

STATIC = "theme"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a build did. It is told, and kept outside the tree."""

    audience: str
    now: datetime
    files: int
    written: int
    removed: int
    editions: Mapping[str, Counter]
    held: int
    problems: tuple[Problem, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)


def build(settings: Settings, now: datetime, written: Callable[[str], None] = lambda path: None, public_log: bool = False) -> Receipt:
    """Builds the site for the settings' audience, all or nothing. Faults leave the last good output as it was.

    `written` is told of each file as it is staged. In a public log nothing that is held is named.
    """
    with hold_lock(settings.state), Store(os.path.join(settings.state, "store.sqlite")) as store:
        engine = engine_digest()
        tree = scan(_roots(settings), settings.languages)
        registry, found = read_registry(tree.registries, settings.languages)
        words, missing = read_words(os.path.join(settings.theme, "words"), _shown(settings, settings.theme, "words"), settings.languages)
        problems = [*tree.problems, *found, *missing]
        sources = Sources(settings, engine, Dialect(registry.known, settings.transcript_tags, settings.credit_labels), store)
        desk = _judge(settings, tree, registry, sources, now)
        stop_at_errors([*problems, *desk.told(public_log)])
        cleared = tuple(_read_cleared(desk, sources))
        planned = plan(settings, registry, cleared, desk.held_folders())
        attachments, pictures = _attachments(planned, tree)
        problems += [*desk.told(public_log), *(p for item in cleared for facts in item.facts.values() for p in facts.problems), *planned.problems, *pictures]
        problems += _unnamed(tree, cleared, attachments)
        stop_at_errors(problems)
        copies, styles = _theme_files(settings)
        site = compose(settings, registry, planned, attachments, words, (*copies, *_root_files(tree)), styles)
        sources.forget_all_but({edition.path for document in site.documents for edition in document.editions.values()})
        store.commit()
        receipt = _press(settings, site, Renderer(os.path.join(settings.theme, "templates"), _shown(settings, settings.theme, "templates"), engine, sources.body), now, written)
        return Receipt(**{**receipt, "held": desk.held, "problems": (*problems, *receipt["problems"])})


def stop_at_errors(problems: list[Problem]) -> None:
    if has_errors(problems):
        raise Fault(*problems, code=EXIT_FAULTS)


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """The digest of the engine: its own files, and the versions of the libraries that make what it writes."""
    found = hashlib.sha256(pressroom.__version__.encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml"):
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for library in ("markdown", "typogrify", "smartypants", "jinja2", "markupsafe", "nh3", "babel", "feedgenerator", "pillow", "pyyaml"):
        found.update(f"{library} {metadata.version(library)}\n".encode())
    return found.hexdigest()


def _roots(settings: Settings) -> tuple[tuple[str, str], ...]:
    paths = [settings.content, *([settings.held_content] if settings.held_content else [])]
    return tuple((path, _shown(settings, path)) for path in paths)


def _shown(settings: Settings, path: str, *parts: str) -> str:
    """A path as it is shown to people: from the project's folder where it lies there."""
    whole = os.path.join(path, *parts)
    inside = os.path.relpath(whole, settings.root)
    return (whole if inside.startswith("..") else inside).replace(os.sep, "/")


@dataclass(frozen=True, slots=True)
class Desk:
    """All documents before the gate, what it says of each, and their faults apart: those of held documents may not be told everywhere."""

    documents: tuple[tuple[Bundle, Assembled, Verdict, Mapping[str, Opened]], ...]
    open_problems: tuple[Problem, ...]
    held_problems: tuple[Problem, ...]
    show_held: bool

    def through(self) -> Iterator[tuple[Bundle, Assembled, Verdict, Mapping[str, Opened]]]:
        return (item for item in self.documents if item[1].judged and (self.show_held or item[2].cleared))

    @property
    def held(self) -> int:
        return sum(1 for item in self.documents if item[2].held)

    def held_folders(self) -> dict[str, tuple[str, int, str]]:
        through = {item[1].folder for item in self.through()}
        return {d.folder: (d.kind, d.year, d.slug) for _, d, _, _ in self.documents if d.folder not in through}

    def told(self, public_log: bool) -> list[Problem]:
        if not public_log or not has_errors(self.held_problems):
            return [*self.open_problems, *([] if public_log else self.held_problems)]
        hint = "run `inv check` where the sources are: it shows them"
        return [*self.open_problems, Problem("GT002", "documents that are held have faults", hint=hint)]


def _judge(settings: Settings, tree: Tree, registry: Registry, sources: Sources, now: datetime) -> Desk:
    """Every header, and the gate's word on each document. A held document's header and place are checked; its body is not read."""
    documents, open_problems, held_problems = [], [], []
    for bundle in tree.bundles:
        opened = {lang: sources.open(bundle, lang, bundle.editions[lang]) for lang in settings.languages if lang in bundle.editions}
        folder = bundle.shown.split("/", 1)[1] if "/" in bundle.shown else bundle.shown
        folder = "/".join(_folder_parts(bundle))
        document = assemble(
            bundle.kind, bundle.year, bundle.slug, folder, {lang: Source(found.file.shown, found.header) for lang, found in opened.items()}
        )
        verdict = judge(document.fields, now)
        faults = [problem for found in opened.values() for problem in found.header.problems]
        faults += [*document.problems, *check(document, bundle.files, registry, ZoneInfo(settings.zone))]
        if verdict.held == DRAFT:
            faults = [lowered(problem) if problem.severity == ERROR and document.judged else problem for problem in faults]
        (held_problems if verdict.held else open_problems).extend(faults)
        documents.append((bundle, document if settings.audience == PREVIEW else document.without_drafts(), verdict, opened))
    return Desk(tuple(documents), tuple(open_problems), tuple(held_problems), settings.audience == PREVIEW)


def _folder_parts(bundle: Bundle) -> list[str]:
    address = urls.attachment(bundle.kind, bundle.year, bundle.slug, "")
    return address.strip("/").split("/")


def _read_cleared(desk: Desk, sources: Sources) -> Iterator[Cleared]:
    for bundle, document, verdict, opened in desk.through():
        facts = {lang: sources.facts(opened[lang], bundle.kind, lang, document.fields) for lang in document.sources}
        yield Cleared(document, verdict, facts, {lang: opened[lang].digest for lang in facts}, frozenset(bundle.files))


def _attachments(planned: Plan, tree: Tree) -> tuple[dict[tuple[str, str], Attachment], list[Problem]]:
    bundles = {"/".join(_folder_parts(bundle)): bundle for bundle in tree.bundles}
    attachments: dict[tuple[str, str], Attachment] = {}
    problems: list[Problem] = []
    for folder, name in sorted(planned.files):
        bundle = bundles[folder]
        if name in bundle.files:
            address = urls.attachment(bundle.kind, bundle.year, bundle.slug, name)
            attachments[folder, name], found = read_attachment(bundle.files[name], address)
            problems += found
    return attachments, problems


def _unnamed(tree: Tree, cleared: tuple[Cleared, ...], attachments: Mapping[tuple[str, str], Attachment]) -> list[Problem]:
    """Files of cleared documents that nothing names: they stay in."""
    folders = {item.document.folder for item in cleared}
    return [
        Problem("TX006", f"{name} is not published: no text links to it, and attachments does not name it", file.shown)
        for bundle in tree.bundles
        if (folder := "/".join(_folder_parts(bundle))) in folders
        for name, file in sorted(bundle.files.items())
        if (folder, name) not in attachments
    ]


def _theme_files(settings: Settings) -> tuple[tuple[Copy, ...], tuple[str, ...]]:
    """The theme's static files under an address that changes with their content, and its style sheets in order."""
    folder = os.path.join(settings.theme, "static")
    copies = []
    for path, _, names in os.walk(folder):
        for name in names:
            whole = os.path.join(path, name)
            inside = os.path.relpath(whole, folder).replace(os.sep, "/")
            data = Path(whole).read_bytes()
            copies.append(Copy(f"{STATIC}/{inside}", whole, digests.of_bytes(data), _shown(settings, whole)))
    copies.sort(key=lambda copy: copy.address)
    return tuple(copies), tuple(f"/{copy.address}" for copy in copies if copy.address.endswith(".css"))


def _root_files(tree: Tree) -> list[Copy]:
    return [Copy(name, file.path, digests.of_bytes(read_bytes(file)), file.shown) for name, file in tree.root_files.items()]


def _press(settings: Settings, site: Site, renderer: Renderer, now: datetime, written: Callable[[str], None]) -> dict:
    """Artifacts to files: only what changed is made, staged, checked and swapped in."""
    artifacts = _claimed(outputs.artifacts(site))
    keys = {path: renderer.key(artifact) for path, artifact in artifacts.items()}
    output = open_output(settings.output, settings.state)
    planned = output.plan(keys)
    with output.stage() as stage:
        for path in planned.dirty:
            made = renderer.make(artifacts[path])
            if isinstance(made, Copy):
                stage.copy(path, made.path, made.digest)
            else:
                stage.write(path, made)
            written(path)
        receipt = output.swap(planned, stage)
    editions = {lang: Counter(document.kind for document in site.documents if lang in document.editions) for lang in site.languages}
    return {
        "audience": settings.audience, "now": now, "files": len(artifacts), "written": len(receipt.written), "removed": len(receipt.removed),
        "editions": editions, "why": planned.why, "problems": tuple(receipt.notes),
    }  # fmt: skip


def _claimed(found: Iterator[Artifact]) -> dict[str, Artifact]:
    """Artifacts by path; two with one path are a Problem before anything is written."""
    artifacts: dict[str, Artifact] = {}
    problems = []
    for artifact in found:
        if artifact.path in artifacts:
            first, second = (_origin(item) for item in (artifacts[artifact.path], artifact))
            problems.append(Problem("FT001", f"/{artifact.path} is claimed by {first} and by {second}", hint="rename one of the two"))
        artifacts[artifact.path] = artifact
    stop_at_errors(problems)
    return artifacts


def _origin(artifact: Artifact) -> str:
    for value in artifact.inputs:
        for name in ("shown", "path", "address"):
            if isinstance(found := getattr(value, name, None), str) and found:
                return found
    return artifact.view.__module__

"""The one spine of a build, from the disk to the disk: read, ask the gate, compose, press, check, swap."""

from __future__ import annotations

import gc
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial
from importlib import metadata
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pressroom
from pressroom import basis, outputs
from pressroom.claims import Claims, clashes
from pressroom.desk.site import compose
from pressroom.explanations import Explanations, made_from
from pressroom.ground import clock, digests
from pressroom.ground.companion import Companion
from pressroom.ground.disk import Disk
from pressroom.ground.pool import Pool
from pressroom.ground.problems import ERROR, INFO, Fault, Problem, has_errors
from pressroom.ground.progress import AGREEMENT, CHECKING, COMPARING, INDEXING, MAKING, PREPARING, SILENT, SWAPPING, Progress
from pressroom.ground.store import Store
from pressroom.inspection import begin_leak_check, inspect, keep_leading, search_early
from pressroom.intake import Intake, take_in
from pressroom.leak_check import LeakCheck
from pressroom.model.artifact import Artifact
from pressroom.model.settings import PREVIEW, PUBLIC, Settings
from pressroom.model.site import Copy, Site
from pressroom.pictures import read_to_their_ends
from pressroom.press import seal
from pressroom.press.lock import hold_lock, hold_output
from pressroom.press.making import Make, Texts, make_each
from pressroom.press.receipt import KeptReceipt, MadeFrom, read_receipt, write_receipt
from pressroom.press.render import Renderer
from pressroom.press.search import Indexes, open_indexes
from pressroom.press.write import Output, had_large_output, open_output
from pressroom.proofs import Proofs
from pressroom.reading import themes
from pressroom.reading.files import read_bytes
from pressroom.reading.sources import Sources, loaded
from pressroom.reading.tree import Tree
from pressroom.trials import try_pages
from pressroom.upkeep import keep_dossiers
from pressroom.workers import open_companion, open_pool

T = TypeVar("T")
STATIC = "theme"
_STORE = "store.sqlite"
_TEMPLATES = "templates"
_LIBRARIES = (
    "babel", "feedgenerator", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "opencc", "pagefind", "pillow", "pypinyin", "pyuca", "pyyaml", "smartypants",
    "typogrify", "tzdata",
)  # fmt: skip


Judge = Callable[[Intake, Site | None, frozenset[str]], Intake]
"""Adds what it finds in a public site that is not written: the intake, the site if it can be made, and every path that it would have."""


Trial = Callable[[Site, frozenset[str], Renderer], list[Problem]]
"""Makes pages of a site that is not written: the site, every path that it would have, and the templates."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a build did: `why` each file was made, by path; `changed` are the paths of files with other bytes, and of what is gone. `proofs` are what
    may be pulled after a preview.

    It is told, and never part of the tree.
    """

    audience: str
    now: datetime
    files: int
    written: int
    removed: int
    editions: Mapping[str, Counter[str]]
    held: int
    problems: tuple[Problem, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    changed: tuple[str, ...] = ()
    proofs: Proofs | None = field(default=None, repr=False, compare=False)


def build(settings: Settings, now: datetime, progress: Progress = SILENT, public_log: bool = False) -> Receipt:
    """Builds the site for the settings' audience, all or nothing. Faults leave the last good output as it was.

    `progress` is told how far it is, and of each file as it is staged. In a public log nothing that is held is named.
    """
    with hold_lock(settings.state), hold_output(settings.output), open_companion(settings, had_large_output(settings.state)) as companion:
        output = open_output(settings.output, settings.state, companion)
        # Read at the beginning, as `now` was: a build may take longer than the two may be apart.
        wall, engine = clock.now(), engine_digest()
        # What a preview leaves, proofs are pulled from: it is made each time.
        disk = Disk()
        of_now = basis.basis_of(settings, engine, disk) if settings.audience == PUBLIC and not public_log else b""
        if before := basis.find(settings, of_now, now, output.ledger):
            progress.begin(COMPARING)
        if before and output.stands and basis.renew_receipt(settings, before, now, wall):
            return Receipt(settings.audience, now, before.files, 0, 0, before.counts, before.held, before.problems)
        with Store(os.path.join(settings.state, _STORE)) as store, open_pool(settings, engine_digest) as pool:
            receipt, until = _build(settings, engine, now, wall, disk, output, store, pool, companion, progress, public_log)
        if output.is_unprepared:
            progress.begin(PREPARING)
            output.prepare()
        editions = {lang: dict(counts) for lang, counts in receipt.editions.items()}
        tree = seal.read_seal(output.path)
        basis.keep(settings, of_now, basis.Outcome(now, until, output.ledger, tree.tree if tree else "", receipt.files, receipt.held, editions, receipt.problems))
        return receipt


def _build(
    settings: Settings, engine: str, now: datetime, wall: datetime, disk: Disk, output: Output, store: Store, pool: Pool, companion: Companion,
    progress: Progress, public_log: bool,
) -> tuple[Receipt, datetime]:
    """Builds what has to be built, and says until when the clock changes nothing of it."""
    # Both are for a companion that is near, while the sources are read: and what it knows of the sources is much to hold while it looks at a tree.
    output.look_ahead()
    leak_check = begin_leak_check(settings, engine, now, pool, companion)
    with _without_collections():
        intake, sources = take_in(settings, engine, now, store, pool, progress, whole=False, disk=disk)
    # What is merely worth knowing is `check`'s to say.
    problems = tuple(problem for problem in intake.problems(public_log) if problem.severity != INFO)
    _stop_at_errors(problems)
    if settings.audience == PUBLIC and not companion.is_near:
        leak_check.begin_judging()
    site = _compose(settings, intake, now)
    store.keep_only(_read_for(site))
    keep_dossiers(settings, intake, site)
    # Should this build fail from here on, what it has read stays in the store, and the next one has to take out what it holds.
    basis.forget(settings)
    store.commit()
    renderer = Renderer(settings.theme_folders("templates"), engine, sources.load, os.path.join(settings.state, _TEMPLATES))
    problems += renderer.strays()
    chromes = site.chrome.values()
    shared = (*chromes, *(chrome.typography for chrome in chromes))
    make = partial(make_each, renderer=renderer, texts=Texts(sources.encoded, loaded), shared=shared, pool=pool)
    with open_indexes(settings.state, renderer, make) as indexes:
        run = _Run(settings, engine, now, wall, progress, public_log, made_from(settings, intake, site), sources.read, leak_check, pool, companion)
        # Nobody pulls proofs of what is public, and they would hold the whole tree.
        is_preview = settings.audience == PREVIEW
        proofs = Proofs(settings, engine, now, store.path, intake.tree, intake.registry, intake.typographies, site, renderer) if is_preview else None
        held, until = intake.held, basis.until(intake, ZoneInfo(settings.zone), now)
        # What it has of every document has served.
        del intake
        receipt = _press(run, output, site, renderer, indexes, make)
    gc.unfreeze()
    return replace(receipt, held=held, problems=(*problems, *receipt.problems), proofs=proofs), until


def examine(
    settings: Settings, now: datetime, public_log: bool = False, judge: Judge | None = None, progress: Progress = SILENT
) -> tuple[Problem, ...]:
    """Every fault of the sources, held documents and drafts included, and nothing written but the preview's store.

    `judge` may add what it finds in the public site that they would make.
    """
    intake, site, paths = compose_now(settings, now, progress, try_pages)
    of_public = judge(intake, site, paths) if judge else intake
    preview, of_anybody = replace(settings, audience=PREVIEW), frozenset(of_public.open_problems)

    def find(intake: Intake, sources: Sources) -> Intake:
        # Only a check compares, and what knows numbers and dates in six languages is long to load.
        from pressroom.translations import compared

        progress.begin(AGREEMENT)
        # Beside what is held an open document has faults that it does not have without, and a hint may name what is held.
        found = compared(preview, intake.with_open(of_anybody).with_lifts(preview), sources)
        return read_to_their_ends(preview, found, progress)

    of_preview = look_into(preview, now, find, progress)
    return (*of_public.problems(public_log), *of_preview.problems(public_log), *_unused_templates(settings))


def _unused_templates(settings: Settings) -> tuple[Problem, ...]:
    """Templates of the site's own that no page needs, or what is wrong with those that one does."""
    try:
        return Renderer(settings.theme_folders("templates"), "", lambda ref: None).strays()
    except Fault as fault:
        return fault.problems


def compose_now(
    settings: Settings, now: datetime, progress: Progress = SILENT, trial: Trial | None = None
) -> tuple[Intake, Site | None, frozenset[str]]:
    """What a public build would make and every path that it would write, nothing of it written; `trial` adds what it finds in its pages.

    There is no site where something is wrong beside the documents: in the registries, in the theme's words, in the names of the tree.
    """
    settings = replace(settings, audience=PUBLIC)
    return look_into(settings, now, partial(_compose_without_writing, settings, now, trial), progress)


def _compose_without_writing(
    settings: Settings, now: datetime, trial: Trial | None, intake: Intake, sources: Sources
) -> tuple[Intake, Site | None, frozenset[str]]:
    folders = tuple(f"{judged.bundle.shown}/" for judged in intake.documents)
    everything = (*intake.open_problems, *intake.held_problems)
    if any(problem.severity == ERROR and not f"{problem.path}/".startswith(folders) for problem in everything):
        return intake, None, frozenset()
    site = _compose(settings, intake, now)
    paths, clashing = clashes(outputs.artifacts(site))
    # A build comes so far only without other errors; and one of those may be of the same address.
    if not has_errors(intake.open_problems):
        intake = replace(intake, open_problems=(*intake.open_problems, *clashing))
    if trial and not has_errors(_unused_templates(settings)):
        kept = os.path.join(replace(settings, audience=PREVIEW).state, _TEMPLATES)
        found = trial(site, paths, Renderer(settings.theme_folders("templates"), engine_digest(), sources.load, kept))
        intake = replace(intake, open_problems=(*intake.open_problems, *found))
    return intake, site, paths


def look(settings: Settings, now: datetime, progress: Progress = SILENT) -> Intake:
    """Everything on the disk, read and judged, and nothing done about it."""
    return look_into(settings, now, lambda intake, sources: intake, progress)


def look_into(settings: Settings, now: datetime, find: Callable[[Intake, Sources], T], progress: Progress = SILENT) -> T:
    """What is found in everything on the disk while the words of its texts can be had. The store of public builds stays as they have left it."""
    with hold_lock(settings.state), Store(os.path.join(settings.state, _STORE)) as store, open_pool(settings, engine_digest) as pool:
        found = find(*take_in(settings, engine_digest(), now, store, pool, progress))
        if settings.audience == PUBLIC:
            # What is cleared at this `now` may be held at that of the next build, which may have nothing to do and look at no store.
            store.roll_back()
        return found


@contextmanager
def _without_collections() -> Iterator[None]:
    """What is made here is much, and all of it stays: to look through it again and again for garbage takes a quarter of the time and finds none."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def _stop_at_errors(problems: tuple[Problem, ...]) -> None:
    if has_errors(problems):
        raise Fault(*problems)


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """The digest of the engine: its own files, and the versions of the libraries that make what it writes."""
    found = hashlib.sha256(pressroom.__version__.encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml"):
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for library in _LIBRARIES:
        found.update(f"{library} {metadata.version(library)}\n".encode())
    return found.hexdigest()


def _compose(settings: Settings, intake: Intake, now: datetime) -> Site:
    static, styles = _theme_files(settings)
    copies = (*static, *_root_files(intake.tree))
    return compose(settings, intake.registry, intake.planned, intake.attachments, intake.words, intake.typographies, copies, styles, now)


def _read_for(site: Site) -> set[str]:
    """The files whose words the site has: of what is withdrawn nothing is kept."""
    now = {edition.path for document in site.documents if not document.fields.withdrawn for edition in document.editions.values()}
    return now | {former.edition.path for former in site.formers}


def _theme_files(settings: Settings) -> tuple[tuple[Copy, ...], tuple[str, ...]]:
    """The static files of the look, and the addresses of its style sheets: the theme's by their names, then the site's own."""
    found = themes.files(settings.theme_folders("static"))
    copies = {inside: Copy(f"{STATIC}/{inside}", path, digests.of_bytes(Path(path).read_bytes()), shown) for inside, (path, shown) in found.items()}
    return tuple(copies[inside] for inside in sorted(copies)), tuple(f"/{STATIC}/{inside}" for inside in copies if inside.endswith(".css"))


def _root_files(tree: Tree) -> list[Copy]:
    return [Copy(name, file.path, digests.of_bytes(read_bytes(file)), file.shown) for name, file in tree.root_files.items()]


@dataclass(frozen=True, slots=True)
class _Run:
    """What one build was asked for."""

    settings: Settings
    engine: str
    now: datetime
    wall: datetime
    progress: Progress
    public_log: bool
    made_from: MadeFrom
    read: Set[str]
    leak_check: LeakCheck
    pool: Pool
    companion: Companion


def _press(run: _Run, output: Output, site: Site, renderer: Renderer, indexes: Indexes, make: Make) -> Receipt:
    """Artifacts to files: only what changed is made, staged, inspected, sealed and swapped in."""
    settings, progress = run.settings, run.progress
    progress.begin(COMPARING)
    with _without_collections():
        claims = Claims(site, renderer, settings.state)
        progress.begin(INDEXING)
        claims.add(indexes.artifacts(outputs.bundles(site), claims.entry_key))
    refuse_foreign(output, settings)
    sealed_by = digests.of((settings.audience, site.as_of, pressroom.__version__, claims.digest))
    planned = output.plan({**claims.keys, seal.ADDRESS: sealed_by})
    indexes.provide(planned.dirty)
    progress.begin(MAKING, len(planned.dirty))
    with output.stage() as stage:
        staged = search_early(settings, run.leak_check, output, planned, stage, run.companion)
        for artifact, made in make(claims.artifacts(path for path in planned.dirty if path != seal.ADDRESS)):
            if isinstance(made, Fault):
                raise _unnaming(run, artifact, made)
            if isinstance(made, Copy):
                stage.copy(artifact.path, made.path, made.digest)
            else:
                stage.write(artifact.path, made)
            staged()
            progress.step(artifact.path)
        progress.begin(CHECKING, len(stage.digests))
        digests_of_tree = output.digests(planned, stage)
        inspected = inspect(settings, run.leak_check, output, planned, stage, digests_of_tree, run.public_log, indexes.engine, run.pool, run.companion)
        run.companion.dismiss()
        progress.begin(SWAPPING)
        found = seal.make_seal(settings.audience, site.as_of, pressroom.__version__, digests_of_tree)
        if seal.ADDRESS in planned.dirty:
            stage.write(seal.ADDRESS, seal.written(found))
            progress.step(seal.ADDRESS)
        receipt = output.swap(planned, stage)
    claims.save()
    if receipt.written or receipt.removed:
        keep_leading(settings, inspected, found.tree)
    written, removed = len(receipt.written), len(receipt.removed)
    before = read_receipt(settings.state)
    write_receipt(settings.state, KeptReceipt(settings.audience, run.now, run.wall, run.engine, found.tree, len(planned.keys), written, removed, run.made_from))
    editions = {lang: Counter(document.kind for document in site.documents if lang in document.editions) for lang in site.languages}
    return Receipt(
        settings.audience, run.now, len(planned.keys), written, removed, editions, 0, (*inspected.problems, *receipt.notes),
        Explanations(planned, claims, site, renderer, run.read, run.engine, run.made_from, before), (*receipt.written, *receipt.removed),
    )  # fmt: skip


def _unnaming(run: _Run, artifact: Artifact, fault: Fault) -> Fault:
    """What is made of documents' files fails over one of them, and in a preview that may be a held document's."""
    if artifact.template or not run.public_log or run.settings.audience != PREVIEW:
        return fault
    return Fault(Problem("GT002", "a file of the preview cannot be made", hint="run it where the sources are: it names the file"))


def refuse_foreign(output: Output, settings: Settings) -> None:
    """What no artifact claims is removed, and `inv clean` removes all, so a folder that no build of ours has made is not taken for the output."""
    if output.is_foreign and seal.read_seal(settings.output) is None:
        hint = "empty the folder, or set OUTPUT_PATH to one of its own"
        raise Fault(Problem("FT004", "the output folder holds files that no build of ours has made", settings.shown(settings.output), hint=hint))

"""Everything that is on the disk, read and judged: what the gate let through, and every fault, those of held documents apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pressroom.desk import urls
from pressroom.desk.editions import Source
from pressroom.desk.gate import DRAFT, Verdict, judge
from pressroom.desk.cleared import Cleared, FormerText, Standing
from pressroom.desk.plans import Plan, at_lifts, plan
from pressroom.dossiers import Dossiers
from pressroom.ground import digests
from pressroom.ground.disk import Disk
from pressroom.ground.pool import Pool
from pressroom.ground.problems import ERROR, Problem, has_errors, lowered
from pressroom.ground.progress import HEADERS, SILENT, TEXTS, Progress
from pressroom.ground.store import Store
from pressroom.model import forms
from pressroom.model.document import Attachment, DocumentFields
from pressroom.model.kinds import BY_NAME, PAGE
from pressroom.model.people import Registry
from pressroom.model.settings import PREVIEW, Settings
from pressroom.model.text import Facts
from pressroom.model.typography import Typography
from pressroom.model.words import Words
from pressroom.reading import typography
from pressroom.reading.attachments import read_attachment, read_sums
from pressroom.reading.dialects import Dialect
from pressroom.reading.bundles import Bundle
from pressroom.reading.derived import Derivation, derivations
from pressroom.reading.registry import read_registry
from pressroom.reading.sources import Opened, Sources
from pressroom.reading.themes import closed, strays
from pressroom.reading.tree import REGISTRIES, Tree, scan
from pressroom.reading.typographies import read_typographies
from pressroom.reading.words import read_words
from pressroom.verdicts import Judged, folder_of, judge_bundles, paths

TYPOGRAPHY_TABLES = (*typography.TABLES, *forms.TABLES)
"""All that a typography file may hold: how text is set, and what outputs say by parts."""
# Faults whose hints guess at a name that is near: it may be that of what is held.
_GUESSING = ("LK001", "RG001", "TX007")
# Another document has the address, or has been out: that is not a draft's alone.
_NOT_OF_A_DRAFT = ("TX011", "CO")
# Faults that name neither a document nor an entry: a registry that is no YAML or holds what no text may, a content folder that is not there.
_OF_NOTHING_HELD = ("FM004", "FM011", "TX013")


@dataclass(frozen=True, slots=True)
class Intake:
    """What one look at the disk has brought in. `planned` is made of the sound documents that are through the gate.

    `documents` are those that were looked into; `standing`, by folder, those that a dossier knows.
    """

    tree: Tree
    registry: Registry
    words: Mapping[str, Words]
    typographies: Mapping[str, Typography]
    documents: tuple[Judged, ...]
    planned: Plan
    attachments: Mapping[tuple[str, str], Attachment]
    open_problems: tuple[Problem, ...]
    held_problems: tuple[Problem, ...]
    standing: Mapping[str, Standing]
    dossiers: Dossiers
    of_files: tuple[Problem, ...]

    @property
    def held(self) -> int:
        known = sum(1 for one in self.standing.values() if one.dossier.document.held)
        return known + sum(1 for judged in self.documents if judged.verdict.held)

    def with_lifts(self, settings: Settings) -> Intake:
        """The intake of a preview, and what will be wrong with the links of documents under embargo when they come out."""
        drafts = {path for judged in self.documents for path in judged.drafts}
        documents = []
        for document in self.planned.documents:
            editions = {lang: edition for lang, edition in document.editions.items() if edition.path not in drafts or document.held == DRAFT}
            editions = {lang: edition for lang, edition in editions.items() if not edition.derived or edition.fields.derived_from in editions}
            documents.append(replace(document, editions=editions) if len(editions) < len(document.editions) else document)
        files = {judged.document.folder: frozenset(judged.bundle.files) for judged in self.documents}
        unsound = tuple(judged.document for judged in self.documents if not judged.sound)
        told = {(problem.code, problem.place) for problem in self.planned.problems}
        found = at_lifts(settings, self.registry, tuple(documents), files, unsound)
        return replace(self, held_problems=(*self.held_problems, *(problem for problem in found if (problem.code, problem.place) not in told)))

    def with_open(self, known: Collection[Problem]) -> Intake:
        """The intake with nothing among its open problems but what is `known`: all else is told like those of held documents."""
        found = tuple(problem for problem in self.open_problems if problem not in known)
        return replace(self, open_problems=tuple(filter(known.__contains__, self.open_problems)), held_problems=(*self.held_problems, *found))

    def problems(self, public_log: bool = False) -> tuple[Problem, ...]:
        """Every fault; in a public log those of held documents as one line that names none of them."""
        if not public_log:
            return (*self.open_problems, *self.held_problems)
        told = tuple(map(_unnaming, self.open_problems))
        if not has_errors(self.held_problems):
            return told
        hint = "run `inv check` where the sources are: it shows them"
        return (*told, Problem("GT002", "documents that are held have faults", hint=hint))


def take_in(
    settings: Settings, engine: str, now: datetime, store: Store, pool: Pool, progress: Progress = SILENT, whole: bool = True, disk: Disk | None = None
) -> tuple[Intake, Sources]:
    """Reads every header, asks the gate, then reads the bodies of what is through: for the public what is cleared, for a preview all.

    Where not the `whole` of it is wanted, a document that stands as the last build left it is taken as its dossier knows it.
    """
    disk = disk or Disk()
    tree = scan(settings.roots, settings.languages, disk)
    disk.forget()
    registry, of_registries, of_entries = read_registry(tree.registries, settings.languages, tuple(one.lang for one in settings.derived))
    words, of_words = read_words(settings.theme_folders("words"), settings.languages)
    typographies, of_typographies = read_typographies(settings.theme_folders("typography"), settings.languages, settings.typography, TYPOGRAPHY_TABLES)
    of_words += of_typographies
    looks = tuple((path, settings.shown(path)) for path in (settings.theme, settings.overrides) if path)
    of_look = closed(looks)
    of_words += of_look or (strays(settings.overrides, settings.shown(settings.overrides), settings.languages) if settings.overrides else [])
    dialect = Dialect(registry.known, settings.transcript_tags, settings.credit_labels)
    sources = Sources(settings, engine, dialect, store, typographies, not whole, disk.settled)
    dossiers = Dossiers(store, sources, digests.of((settings, sources.engine, registry)))
    standing = {} if whole else _standing(tree, dossiers, now)
    progress.begin(HEADERS, len(tree.bundles) - len(standing))
    documents, of_headers, held_problems = judge_bundles(settings, tree, standing.keys(), registry, sources, now, progress)
    of_headers += [problem for one in standing.values() for problem in one.dossier.of_headers]
    through = [judged for judged in documents if settings.audience == PREVIEW or judged.verdict.cleared]
    behind = tuple(judged.document for judged in documents if settings.audience != PREVIEW and judged.verdict.held)
    derived = derivations(settings.derived, registry, typographies)
    sources.read_ahead(_unread(through, sources, derived), pool)
    sound = [judged for judged in through if judged.sound]
    progress.begin(TEXTS, len(sound))
    read = [read_texts(judged, sources, derived, progress) for judged in sound]
    for one in derived:
        registry = one.registry(registry)
    cleared = tuple(item for item, _ in read)
    planned = plan(settings, registry, cleared, tuple(judged.document for judged in through if not judged.sound), behind, standing)
    attachments, of_files = _attachments(planned, tree, standing)
    of_bodies = [problem for item in cleared for facts in item.facts.values() for problem in facts.problems]
    of_bodies += [problem for _, problems in read for problem in problems]
    drafts = {path for judged in documents for path in judged.drafts}
    drafts |= {edition.path for one in standing.values() if one.dossier.document.held == DRAFT for edition in one.dossier.document.editions.values()}
    of_texts = [lowered(problem) if _is_a_drafts(problem, drafts) else problem for problem in (*of_bodies, *planned.problems)]
    files_of_drafts = planned.files_of(drafts) & of_files.keys() if of_files else set()
    of_attachments = [_of_file(problem, place in files_of_drafts) for place, found in of_files.items() for problem in found]
    # A draft's faults are warnings, but what a browser would run is not shown to an editor either.
    active = {place for place in files_of_drafts if any(problem.code == "TX014" for problem in of_files[place])}
    if active:
        planned, attachments = planned.without(active), {place: file for place, file in attachments.items() if place not in active}
    everything = (*of_words, *of_headers, *of_texts, *of_attachments, *_left_behind(planned, tree))
    held = tuple(start for judged in documents for start in judged.held)
    held += tuple(problem.path for place in files_of_drafts for problem in of_files[place])
    held += tuple(start for bundle in tree.bundles if (one := standing.get(folder_of(bundle))) and one.dossier.document.held for start in paths(bundle))
    open_problems = [problem for problem in everything if not problem.path.startswith(held)]
    held_problems += [problem for problem in everything if problem.path.startswith(held)]
    public = _public_entries([judged.document.fields for judged in documents if judged.verdict.cleared], planned, registry)
    for problem in (*tree.problems, *of_registries):
        # What is no document cannot be judged, and an entry that nothing cleared names may be held with what will name it.
        told = problem.code in _OF_NOTHING_HELD or of_entries.get(problem) in public
        (open_problems if told else held_problems).append(problem)
    # A file that is not published is not named where anybody may read, whatever document it lies beside.
    out = {judged.document.folder for judged in through if judged.sound and not judged.document.fields.withdrawn} | standing.keys()
    held_problems += _unnamed((bundle for bundle in tree.bundles if folder_of(bundle) in out), planned.files)
    documents = tuple(map(_without_texts, documents))
    intake = Intake(tree, registry, words, typographies, documents, planned, attachments, tuple(open_problems), tuple(held_problems), standing, dossiers, tuple(of_attachments))
    return intake, sources


def _is_a_drafts(problem: Problem, drafts: Collection[str]) -> bool:
    """Whether something is an error for readers only, who have not got it yet."""
    return problem.severity == ERROR and problem.path in drafts and not problem.code.startswith(_NOT_OF_A_DRAFT)


def _of_file(problem: Problem, of_draft: bool) -> Problem:
    return lowered(problem) if of_draft and problem.severity == ERROR else problem


def _without_texts(judged: Judged) -> Judged:
    """A document whose texts were read, and need not be held any longer."""
    return replace(judged, opened={lang: replace(found, source=None) for lang, found in judged.opened.items()})


def _unnaming(problem: Problem) -> Problem:
    """A fault without what may name another thing than its own: a guess at a name, the line of a registry."""
    hint = "" if problem.code in _GUESSING else problem.hint
    return replace(problem, hint=hint, source="" if problem.path.endswith(REGISTRIES) else problem.source)


def _public_entries(cleared: list[DocumentFields], planned: Plan, registry: Registry) -> set[tuple[str, str]]:
    """The entries of the registries that cleared documents name, as (`topics`, id)."""
    people = {id for document in planned.documents if not document.held for edition in document.editions.values() for id, _ in edition.facts.speakers}
    cleared += [document.fields for document in planned.documents if not document.held]
    offices = {office.organisation for id in people & registry.people.keys() for office in registry.people[id].offices}
    return {
        *(("topics", id) for fields in cleared for id in fields.topics),
        *(("contacts", id) for fields in cleared for id in fields.contacts),
        *(("organisations", id) for id in offices.union(fields.organisation for fields in cleared)),
        *(("people", id) for id in people),
    }


def _standing(tree: Tree, dossiers: Dossiers, now: datetime) -> dict[str, Standing]:
    """The documents that stand as the last build left them, and of which the gate says what it said then."""
    found = {}
    for bundle in tree.bundles:
        folder = folder_of(bundle)
        dossier = dossiers.find(folder, bundle)
        if dossier and judge(dossier.document.fields, now) == Verdict(dossier.document.held, dossier.document.published):
            found[folder] = Standing(dossier, frozenset(bundle.files))
    return found


def _unread(through: list[Judged], sources: Sources, derived: tuple[Derivation, ...]) -> Iterator[tuple[Opened, str, str, DocumentFields]]:
    """The editions whose files the store does not know, and whose bodies will be asked for and kept; in that order."""
    for judged in through:
        document, opened = judged.readable, judged.opened
        if not judged.sound or document.fields.withdrawn:
            continue
        unread = [lang for lang in document.sources if not opened[lang].kept_key]
        for lang in unread:
            yield opened[lang], document.kind, lang, document.fields
        for one in derived:
            if one.source in unread and one.lang not in opened:
                yield sources.derive(opened[one.source], one), document.kind, one.lang, document.fields


def read_texts(judged: Judged, sources: Sources, derived: tuple[Derivation, ...], progress: Progress) -> tuple[Cleared, list[Problem]]:
    """The texts of a document that is through the gate, and what is wrong with those of its earlier versions."""
    document, opened = judged.readable, dict(judged.opened)
    derived = tuple(one for one in derived if one.source in document.sources and one.lang not in opened)
    kept = not document.fields.withdrawn
    facts = {lang: sources.facts(opened[lang], document.kind, lang, document.fields, kept) for lang in document.sources}
    for one in derived:
        opened[one.lang] = sources.derive(opened[one.source], one)
        facts[one.lang] = sources.facts(opened[one.lang], document.kind, one.lang, document.fields, kept, facts[one.source])
    digests = {lang: sources.key(opened[lang], document.kind, lang, document.fields) for lang in facts}
    former, problems = _former(judged, sources, derived)
    for one in derived:
        made = Source(opened[one.lang].file.shown, opened[one.lang].header)
        document = replace(document, sources={**document.sources, one.lang: made}, fields=one.fields(document.fields, document.first))
    progress.step()
    return Cleared(document, judged.verdict, facts, digests, frozenset(judged.bundle.files), *former), problems


def _former(judged: Judged, sources: Sources, derived: tuple[Derivation, ...]) -> tuple[tuple[tuple[FormerText, ...], Mapping[int, Mapping[str, str]]], list[Problem]]:
    """The texts of a document's earlier versions and the digests of their files. What was right when it was out need not be right today."""
    document, problems = judged.readable, list[Problem]()
    texts: list[FormerText] = []
    files: dict[int, Mapping[str, str]] = {}
    languages = {*document.sources, *(one.lang for one in derived)}
    # A classic header says the slug that the folder had then.
    unnamed = replace(judged.bundle, slug="")
    for version, kept in sorted(judged.bundle.former.items()):
        opened = {lang: sources.open(unnamed, lang, file) for lang, file in kept.editions.items() if lang in languages}
        fields = opened[document.first].header.document if document.first in opened else document.fields
        opened |= {one.lang: sources.derive(opened[one.source], one) for one in derived if one.source in opened and one.lang not in opened}
        said = fields
        for one in derived:
            said = one.fields(said, document.first)
        of: dict[str, Facts] = {}
        for lang, found in opened.items():
            faults = [problem for problem in found.header.problems if problem.severity == ERROR]
            problems += faults
            if not faults:
                source = of.get(found.derivation.source) if found.derivation else None
                facts = of[lang] = sources.facts(found, document.kind, lang, fields, not document.fields.withdrawn, source)
                digest = sources.key(found, document.kind, lang, fields)
                texts.append(FormerText(version, lang, found.file.shown, digest, found.header.edition, said, facts))
        if kept.sums:
            files[version], faults = read_sums(kept.sums)
            problems += faults
    return (tuple(texts), files), problems


def _attachments(
    planned: Plan, tree: Tree, standing: Mapping[str, Standing]
) -> tuple[dict[tuple[str, str], Attachment], dict[tuple[str, str], list[Problem]]]:
    """The files that the site needs, and what is wrong with each, by folder and name."""
    bundles = {folder_of(bundle): bundle for bundle in tree.bundles}
    attachments: dict[tuple[str, str], Attachment] = {}
    problems: dict[tuple[str, str], list[Problem]] = {}
    for folder, name in sorted(planned.files):
        bundle = bundles[folder]
        if folder in standing and name in standing[folder].dossier.files:
            attachments[folder, name] = standing[folder].dossier.files[name]
        elif name in bundle.files:
            address = urls.attachment(bundle.kind, bundle.year, bundle.slug, name)
            attachments[folder, name], found = read_attachment(bundle.files[name], address)
            if found:
                problems[folder, name] = found
    return attachments, problems


def _left_behind(planned: Plan, tree: Tree) -> Iterator[Problem]:
    """Files of the root at the addresses of what is withdrawn: the copies that answered where its folder was before it was renamed."""
    for document in planned.documents if tree.root_files else ():
        if document.fields.withdrawn:
            above = f"{BY_NAME[PAGE].folder}/" if document.kind == PAGE else ""
            former = (above + alias.strip("/").partition("/")[2] for alias in document.fields.aliases)
            places = tuple(f"{folder}/" for folder in (document.folder, *former))
            for name, file in tree.root_files.items():
                if name.startswith(places):
                    message = f"a file of {document.folder}, which is withdrawn, would still be published"
                    yield Problem("CO017", message, file.shown, hint="take it out: a withdrawal takes back the files too, at every address that they had")


def _unnamed(bundles: Iterable[Bundle], needed: Collection[tuple[str, str]]) -> Iterator[Problem]:
    """Files of published documents that nothing names: they stay in."""
    for bundle in bundles:
        for name, file in sorted(bundle.files.items()):
            if (folder_of(bundle), name) not in needed:
                yield Problem("TX006", f"{name} is not published: no text links to it, and attachments does not name it", file.shown)

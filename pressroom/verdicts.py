"""The gate's word on each document, by the headers of its editions, and every fault of these."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pressroom.desk import corrections, urls
from pressroom.desk.editions import Assembled, Source, assemble, check
from pressroom.desk.gate import DRAFT, Verdict, judge
from pressroom.ground.problems import ERROR, Problem, has_errors, lowered
from pressroom.ground.progress import Progress
from pressroom.model.people import Registry
from pressroom.model.settings import PREVIEW, Settings
from pressroom.reading.bundles import Bundle
from pressroom.reading.files import File
from pressroom.reading.sources import Opened, Sources
from pressroom.reading.tree import Tree

# By what an edition says of these the leak check holds the whole document, whatever the edition's own status.
_OF_THE_GATE = ("date", "embargo", "lifted")


@dataclass(frozen=True, slots=True)
class Judged:
    """A document's folder, its editions' headers, and what the gate says of it.

    `held` is how the paths begin of what is held of it, `faulty` are the translations that are drafts and have errors of their own.
    """

    bundle: Bundle
    document: Assembled
    verdict: Verdict
    opened: Mapping[str, Opened]
    sound: bool
    faults: tuple[Problem, ...] = ()
    held: tuple[str, ...] = ()
    faulty: frozenset[str] = frozenset()

    @property
    def readable(self) -> Assembled:
        return self.document.without(self.faulty)

    @property
    def drafts(self) -> Iterator[str]:
        """The paths of the texts that nobody is to have read yet."""
        languages = self.document.sources if self.verdict.held == DRAFT and self.document.judged else self.document.drafts
        return (self.document.sources[lang].path for lang in languages)


def folder_of(bundle: Bundle) -> str:
    """A bundle's folder under the content root, which is its document's name."""
    return urls.attachment(bundle.kind, bundle.year, bundle.slug, "").strip("/")


def judge_bundles(
    settings: Settings, tree: Tree, standing: Collection[str], registry: Registry, sources: Sources, now: datetime, progress: Progress
) -> tuple[tuple[Judged, ...], list[Problem], list[Problem]]:
    """Every header, and the gate's word on each document. A held document's header and place are checked; its body is not read.

    What cannot be judged may be under embargo: its faults are told like those of what is.
    """
    documents: list[Judged] = []
    open_problems: list[Problem] = []
    held_problems: list[Problem] = []
    for bundle in tree.bundles:
        if standing and folder_of(bundle) in standing:
            continue
        progress.step()
        opened = {lang: sources.open(bundle, lang, bundle.editions[lang]) for lang in settings.languages if lang in bundle.editions}
        files = {lang: Source(found.file.shown, found.header) for lang, found in opened.items()}
        document = assemble(bundle.kind, bundle.year, bundle.slug, folder_of(bundle), files, bundle.shown)
        verdict = judge(document.fields, now)
        faults = [problem for found in opened.values() for problem in found.header.problems]
        faults += [*document.problems, *check(document, bundle.files, registry, ZoneInfo(settings.zone))]
        entries = corrections.check(document.without_drafts(), verdict, {n: files.editions for n, files in bundle.former.items()}, now) if document.judged else []
        of_drafts = [problem for problem in faults if _is_of_a_draft(problem, document)] if document.drafts and document.judged else []
        faulty = frozenset(lang for lang in document.drafts if any(p.severity == ERROR and p.path == document.sources[lang].path for p in of_drafts))
        sound = document.judged and not has_errors((*(problem for problem in faults if problem not in of_drafts), *entries))
        if document.judged:
            faults = [lowered(p) if p.severity == ERROR and (verdict.held == DRAFT or p in of_drafts) else p for p in faults]
        # A draft may have faults, but it may not have been out.
        faults += entries
        is_held = bool(verdict.held) or not document.judged
        held = paths(bundle) if is_held else _paths_of(bundle, document.drafts)
        for problem in faults:
            (held_problems if is_held or problem.path.startswith(held) else open_problems).append(problem)
        document = document if settings.audience == PREVIEW else document.without_drafts()
        documents.append(Judged(bundle, document, verdict, opened, sound, tuple(faults), held, faulty))
    return tuple(documents), open_problems, held_problems


def _is_of_a_draft(problem: Problem, document: Assembled) -> bool:
    """Whether a fault is one of a translation that is held by itself, and says nothing of when the whole document may be out."""
    header = next((document.sources[lang].header for lang in document.drafts if document.sources[lang].path == problem.path), None)
    return header is not None and (problem.line, problem.column) not in (header.places.get(name) for name in _OF_THE_GATE)


def paths(bundle: Bundle) -> tuple[str, ...]:
    """How the paths of a document begin: its folder, and its files, which may lie under another root."""
    files = (*_texts(bundle), bundle.files)
    return (f"{bundle.shown}/", *(file.shown for found in files for file in found.values()))


def _paths_of(bundle: Bundle, languages: Collection[str]) -> tuple[str, ...]:
    """The paths of editions and of their earlier texts."""
    return tuple(files[lang].shown for files in _texts(bundle) for lang in languages if lang in files)


def _texts(bundle: Bundle) -> tuple[Mapping[str, File], ...]:
    return (bundle.editions, *(kept.editions for kept in bundle.former.values()))

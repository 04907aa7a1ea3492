"""The pictures that pages show, read to their last point: for `check`, so that none stops the build of the day on which its document comes out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from pressroom.ground.problems import Problem, lowered
from pressroom.ground.progress import PICTURES, Progress
from pressroom.ground.store import Store
from pressroom.intake import Intake
from pressroom.model.settings import Settings
from pressroom.outputs import scaling
from pressroom.outputs.originals import Original, original_of
from pressroom.outputs.pictures import is_made, picture_of

_STORE = "pictures.sqlite"


def read_to_their_ends(settings: Settings, intake: Intake, progress: Progress) -> Intake:
    """The intake, and which of its pictures cannot be read to their ends. One that was is not read again."""
    drafts = {path for judged in intake.documents for path in judged.drafts}
    of_drafts = intake.planned.files_of(drafts)
    made = dict(_made(intake))
    progress.begin(PICTURES, len(made))
    open_problems, held_problems = list(intake.open_problems), list(intake.held_problems)
    with Store(os.path.join(settings.state, _STORE)) as store:
        for place, (original, held) in made.items():
            if problem := _fault_of(original, store):
                told = held_problems if held or place in of_drafts else open_problems
                told.append(lowered(problem) if place in of_drafts else problem)
            progress.step()
        store.keep_only(original.digest for original, _ in made.values())
    return replace(intake, open_problems=tuple(open_problems), held_problems=tuple(held_problems))


def _made(intake: Intake) -> Iterator[tuple[tuple[str, str], tuple[Original, bool]]]:
    """Each picture that a build makes in its widths, by folder and name, and whether its document is held."""
    planned = intake.planned
    documents = {document.folder: document for document in planned.documents}
    editions = [edition for document in planned.documents for edition in document.editions.values()]
    shown = {href for edition in (*editions, *(former.edition for former in planned.formers)) for href in edition.images}
    for (folder, name), file in intake.attachments.items():
        document = documents.get(folder)
        if document and is_made(document, file, shown) and picture_of(document, file).widths:
            yield (folder, name), (original_of(document, file), bool(document.held))


def _fault_of(original: Original, store: Store) -> Problem | None:
    *_, engine, _ = store.entry(original.digest)
    if engine == scaling.engine():
        return None
    problem = scaling.fault_of(original)
    if not problem:
        store.put(original.digest, "", "", scaling.engine(), b"")
    return problem

"""What a build leaves for the next one: the dossiers of the documents that it has looked into."""

from __future__ import annotations

from collections.abc import Set

from pressroom.desk.dossiers import Dossier
from pressroom.desk.listings import row
from pressroom.desk.plans import of_places
from pressroom.intake import Intake
from pressroom.model.document import Document
from pressroom.model.kinds import DATED
from pressroom.model.settings import Settings
from pressroom.model.site import Site
from pressroom.reading.bundles import Bundle
from pressroom.verdicts import Judged, folder_of


def keep_dossiers(settings: Settings, intake: Intake, site: Site) -> None:
    """Keeps, for the next build, the dossiers of what was looked into, and of what stands; no other is left.

    What has a history, an alias or a converted edition is looked into each time, and so is that of which a part is not published: of a translation
    that is held nothing may be kept, its name neither.
    """
    judged = {found.document.folder: found for found in intake.documents}
    documents = {document.folder: document for document in site.documents if not document.fields.withdrawn}
    warned = {problem.path for problem in intake.of_files}
    for bundle in intake.tree.bundles if not settings.derived else ():
        document, found = documents.get(folder_of(bundle)), judged.get(folder_of(bundle))
        has_drafts = bool(found and found.document.drafts)
        if document and not has_drafts and _is_simple(bundle, document) and (dossier := _dossier(intake, bundle, document, found, warned)):
            intake.dossiers.put(bundle, dossier)
    intake.dossiers.save(intake.standing)


def _is_simple(bundle: Bundle, document: Document) -> bool:
    whole = bundle.editions.keys() == document.editions.keys() and bundle.files.keys() == {file.name for file in document.attachments}
    return whole and not (bundle.former or document.fields.corrections or document.fields.aliases)


def _dossier(intake: Intake, bundle: Bundle, document: Document, judged: Judged | None, warned: Set[str]) -> Dossier | None:
    """What is to be known of a document by the next build; nothing where that is known already, or where a fault hangs on other documents or on its files.

    `warned` are the files of which something is told, whatever root they lie under.
    """
    before = intake.standing[document.folder].dossier if document.folder in intake.standing else None
    followed = intake.planned.followed.get(document.folder)
    if before and before.document is document or followed and followed.problems or any(file.shown in warned for file in bundle.files.values()):
        return None
    read = {file.shown: "" for files in (bundle.editions, bundle.files) for file in files.values()}
    read |= {bundle.files[file.name].shown: file.digest for file in document.attachments}
    read |= {found.file.shown: found.digest for found in judged.opened.values()} if judged else before.read if before else {}
    rows = {lang: row(document, lang).digest for lang in intake.words} if document.kind in DATED else {}
    of_headers, of_texts = (before.of_headers, before.of_texts) if before else ((), ())
    if judged:
        of_facts = (problem for edition in document.editions.values() for problem in edition.facts.problems)
        of_headers, of_texts = judged.faults, (*of_facts, *of_places(document))
    asked, needs = (followed.asked, followed.needs) if followed else (before.asked, before.needs) if before else ({}, frozenset())
    return Dossier(document, asked, needs, rows, of_headers, of_texts, read)

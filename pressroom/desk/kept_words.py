"""Words and files that were published: what differs now needs an entry, and the entry the text that readers had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from pressroom.desk import urls
from pressroom.desk.fates import MOVED, STANDS, Fate, Known, Present
from pressroom.ground.fingerprints import words
from pressroom.ground.languages import in_address
from pressroom.ground.problems import Problem
from pressroom.model.document import Document, Edition, EditionFields, Former
from pressroom.model.history import Correction
from pressroom.model.published import NOBODY, KnownEntry, PublishedEdition, Wording
from pressroom.model.site import PEOPLE
from pressroom.model.text import Facts

_FIELDS = ("title", "subtitle", "summary", "place")
_NAMED = 6
"""So many passages are named; more are counted."""


def changed_without_entry(fate: Fate, present: Present) -> list[Problem]:
    """What is wrong with the words, files and entries of a document that is still there."""
    if fate.what not in (STANDS, MOVED) or fate.document is None or fate.known is None:
        return []
    problems = _entries(fate, fate.document, fate.known)
    for edition in fate.editions:
        now = fate.document.editions.get(edition.lang)
        # Of what software has made the source is compared, and a newer software may write it otherwise.
        if now and not edition.withdrawn and not (now.derived and edition.derived):
            problems += _words(edition, now, fate.document, fate.known, present)
            problems += _rewritten(edition, present.formers.get((fate.document.folder, edition.lang), {}), present)
    return problems + _files(fate, fate.document, fate.known, present) + _other_files(fate, fate.document, fate.known, present)


def said(fields: EditionFields, facts: Facts) -> Wording:
    """What is compared of an edition; its passages in the order of `index.json`: those of each segment, then those outside."""
    order = {segment.n: number for number, segment in enumerate(facts.segments)}
    numbers = sorted(range(len(facts.passages)), key=lambda number: order.get(facts.passages[number].segment, len(order)))
    spoken = {segment.n: (segment.voice.id, segment.voice.role, segment.voice.organisation) for segment in facts.segments if segment.voice}
    quoted = {number: (found.id, found.role, found.organisation) for found in facts.quotations for number in found.passages}
    voices = {number: spoken.get(facts.passages[number].segment, NOBODY) for number in numbers}
    return Wording(
        fields.title, fields.subtitle, fields.summary, fields.place, tuple(facts.passages[number].digest for number in numbers),
        tuple(voice if any(voice) else quoted.get(number, NOBODY) for number, voice in voices.items()),
    )  # fmt: skip


def differences(then: Wording, now: Wording, has_page: Callable[[str], bool] = lambda id: True) -> list[str]:
    """What one wording says otherwise than another, by name. Fields are compared by their words: how they are set may change.

    Who has no page any more is told as an address, and not as one whose words are another's: who is registered under that id has them again.
    """
    if then == now:
        return []
    found = [name for name in _FIELDS if getattr(then, name) != getattr(now, name) and words(getattr(then, name)) != words(getattr(now, name))]
    passages = _passages(then.passages, now.passages) + _voices(then, now, has_page)
    return found + passages[:_NAMED] + ([f"{len(passages) - _NAMED} more"] if len(passages) > _NAMED else [])


def _passages(then: tuple[str, ...], now: tuple[str, ...]) -> list[str]:
    found = []
    for what, first, last, start, end in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if what != "equal":
            found += [f"passage {number + 1}" for number in range(start, end)]
            found += [f"passage {number + 1} of before" for number in range(first + end - start, last)]
    return found


def _voices(then: Wording, now: Wording, has_page: Callable[[str], bool]) -> list[str]:
    """Passages that are there still and are said by somebody else, or in another office."""
    found = []
    if then.voices and then.voices != now.voices:
        for what, first, _, start, end in SequenceMatcher(None, then.passages, now.passages, autojunk=False).get_opcodes():
            for number in range(start, end) if what == "equal" else ():
                (was, *office), (by, *other) = then.voices[first + number - start], now.voices[number]
                if (not was or has_page(was)) if was != by else [words(text) for text in office] != [words(text) for text in other]:
                    found.append(f"who says passage {number + 1}")
    return found


def _people(lang: str, present: Present) -> Callable[[str], bool]:
    """Whether somebody has a page in a language."""
    return lambda id: f"{in_address(lang)}/{PEOPLE}/{id}/index.html" in present.paths


def _words(edition: PublishedEdition, now: Edition, document: Document, known: Known, present: Present) -> list[Problem]:
    lang, slug = edition.lang, document.slug
    changed = [] if document.fields.withdrawn else differences(edition.wording, said(now.fields, now.facts), _people(lang, present))
    owning = _owning(document, edition)
    if not owning:
        if not changed and not document.fields.withdrawn:
            return []
        what = ", ".join(changed) or "everything"
        line, column = known.document.sources[lang].header.places.get("title", (1, 1)) if lang in known.document.sources else (0, 0)
        return [Problem("CO010", f"published words were changed and no entry says so: {what}", now.path, line, column, f"open the entry: inv correct {slug}")]
    if document.fields.withdrawn:
        return []
    return _former(edition, known, present, document, owning, bool(changed))


def _owning(document: Document, edition: PublishedEdition) -> list[int]:
    """The numbers of the entries that were added since and concern an edition."""
    entries = document.fields.corrections
    return [number for number in range(edition.version, len(entries) + 1) if entries[number - 1].concerns(edition.lang)]


def _former(edition: PublishedEdition, known: Known, present: Present, document: Document, owning: list[int], is_changed: bool) -> list[Problem]:
    """The text that is kept as the one before the entries must be the one that readers have."""
    formers = present.formers.get((document.folder, edition.lang), {})
    kept = min((version for version in formers if version >= edition.version), default=0)
    path = f"{known.shown}/v/{kept or owning[0]}/index.{edition.lang}.md"
    hint = f"inv correct {known.document.slug} takes it from what was published"
    if not kept:
        return [Problem("CO010", "the text that readers have is not kept as the one before the entry", path, hint=hint)] if is_changed else []
    former = formers[kept].edition
    unlike = differences(edition.wording, said(former.fields, former.facts), _people(edition.lang, present))
    return [Problem("CO010", f"the former text is not what readers had: {', '.join(unlike)}", path, hint=hint)] if unlike else []


def _rewritten(edition: PublishedEdition, formers: Mapping[int, Former], present: Present) -> Iterator[Problem]:
    """Earlier versions that readers have must say what they said; one that is gone is told as an address."""
    hint = "put it back as it was (git log -- finds it): an earlier version says what readers had, its mistakes too"
    for version, then in sorted(edition.formers.items()):
        if version in formers:
            former = formers[version].edition
            if unlike := differences(then, said(former.fields, former.facts), _people(edition.lang, present)):
                yield Problem("CO010", f"an earlier version that readers have was changed: {', '.join(unlike)}", former.path, hint=hint)


def _changed_files(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))


def _files(fate: Fate, document: Document, known: Known, present: Present) -> list[Problem]:
    """The attachments are the document's, in all its languages: any entry covers them. What is gone is told as an address."""
    if document.fields.withdrawn or any(edition.withdrawn for edition in fate.editions):
        return []
    then = {name: digest for edition in fate.editions for name, digest in edition.files.items()}
    if fate.is_corrected:
        return _former_files(fate, document, known, then, present)
    now = {found.name: found.digest for found in document.attachments}
    brought = _brought_by_new_editions(fate, document)
    changed = [name for name in _changed_files(then, now) if name in now and not (name not in then and name in brought)]
    if not changed:
        return []
    message = f"published files were changed and no entry says so: {', '.join(changed)}"
    return [Problem("CO010", message, *known.place("attachments", "media", "title"), f"open the entry: inv correct {document.slug}")]


def _former_files(fate: Fate, document: Document, known: Known, then: Mapping[str, str], present: Present) -> list[Problem]:
    """The digests that are kept as those before the entries must be of the files that readers have; where none are kept, nothing is said."""
    kept = (former.files for lang in document.editions if (former := present.formers.get((document.folder, lang), {}).get(fate.version)))
    recorded = next((files for files in kept if files is not None), None)
    if recorded is None or not (unlike := _changed_files(then, recorded)):
        return []
    path, hint = f"{known.shown}/v/{fate.version}/SHA256SUMS", f"inv correct {document.slug} takes it from what was published"
    return [Problem("CO010", f"the former files are not what readers had: {', '.join(unlike)}", path, hint=hint)]


def _other_files(fate: Fate, document: Document, known: Known, present: Present) -> list[Problem]:
    """The files that readers were told an earlier version had must be those that are told of it now; where nothing is recorded, those of now are."""
    if document.fields.withdrawn:
        return []
    unlike: dict[int, dict[str, str]] = defaultdict(dict)
    for edition in fate.editions:
        for version, then in edition.former_files.items():
            if former := present.formers.get((document.folder, edition.lang), {}).get(version):
                shown = {found.name: found.digest for found in former.document.attachments}
                told = {name: shown.get(name, digest) for name, digest in then.items()} if former.files is None else former.files
                unlike[version] |= {name: digest for name, digest in then.items() if told.get(name) != digest}
    return [
        Problem(
            "CO010", f"the files of an earlier version that readers have were changed: {', '.join(sorted(names))}", f"{known.shown}/v/{version}/SHA256SUMS",
            hint=f"put it back as it was (git log -- finds it): it says {', '.join(f'{digest}  {name}' for name, digest in sorted(names.items()))}",
        )
        for version, names in sorted(unlike.items())
        if names
    ]  # fmt: skip


def _brought_by_new_editions(fate: Fate, document: Document) -> set[str]:
    """Files that nothing but editions which readers do not have yet lead to: a new edition needs no entry, and may bring its own."""
    old = {edition.lang for edition in fate.editions}
    hrefs = {is_old: {href for lang, edition in document.editions.items() if (lang in old) == is_old for href in edition.hrefs} for is_old in (True, False)}
    named = {*document.fields.attachments, *document.fields.media}
    addresses = {found.name: urls.attachment(document.kind, document.year, document.slug, found.name) for found in document.attachments}
    return {name for name, address in addresses.items() if address in hrefs[False] - hrefs[True] and name not in named}


def _entries(fate: Fate, document: Document, known: Known) -> list[Problem]:
    """Entries that readers know must stand as they were."""
    entries = document.fields.corrections
    problems = []
    if document.version < fate.version:
        path, line, column = known.place("corrections", "title")
        message = f"an entry that readers know is gone: they have version {fate.version}, this would be {document.version}"
        problems.append(Problem("CO010", message, path, line, column, "put the entry back; what it said is mended by another entry"))
    for told in sorted({entry for edition in fate.editions for entry in edition.entries}, key=lambda entry: entry.version):
        if told.version - 1 > len(entries):
            continue
        entry = entries[told.version - 2]
        if _is_rewritten(entry, told.type, told.at):
            message = f"an entry that readers know was rewritten: it was {told.type} at {told.at.isoformat()}"
            problems.append(Problem("CO010", message, known.place()[0], entry.line, entry.column, "write it as it was; add another entry for what is new"))
        elif silent := ", ".join(_silent(fate, document, told, entry)):
            message = f"an entry that readers know would no longer be told in {silent}"
            problems.append(Problem("CO010", message, known.place()[0], entry.line, entry.column, f"take its languages out, or add {silent} to them"))
        elif renoted := ", ".join(_renoted(fate, document, told)):
            message = f"the note of an entry that readers know was rewritten in {renoted}"
            problems.append(Problem("CO010", message, known.place()[0], entry.line, entry.column, "write it as it was; add another entry for what is new"))
    if not problems and not document.fields.withdrawn and any(edition.withdrawn for edition in fate.editions):
        hint = "publish it as a document of its own"
        problems.append(Problem("CO010", "the document was withdrawn and would be back", *known.place("corrections", "title"), hint))
    return problems


def _silent(fate: Fate, document: Document, told: KnownEntry, entry: Correction) -> list[str]:
    """The languages in which readers were told of an entry that does not concern them any more; one that is derived is concerned with its source."""
    still = [document.editions[edition.lang] for edition in fate.editions if told in edition.entries and edition.lang in document.editions]
    return list(dict.fromkeys(edition.fields.derived_from or edition.lang for edition in still if not entry.concerns(edition.lang)))


def _renoted(fate: Fate, document: Document, told: KnownEntry) -> Iterator[str]:
    """The languages in which an entry that readers were told of would say other words. A withdrawal takes back what the notes before it said."""
    if document.fields.withdrawn and told.version < document.version:
        return
    for edition in fate.editions:
        now = document.editions.get(edition.lang)
        if now is None or now.derived or told.version not in edition.notes:
            continue
        note = next((change.note for change in now.changes if change.version == told.version), "")
        if words(note) != words(edition.notes[told.version]):
            yield edition.lang


def _is_rewritten(entry: Correction, type: str, at: datetime) -> bool:
    # What readers have is cut to the thousandth of a second.
    return entry.type != type or abs(entry.at.instant - at) >= timedelta(milliseconds=1)

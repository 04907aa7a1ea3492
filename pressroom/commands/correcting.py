"""`inv correct`: keeps the texts that readers have under `v/<n>/`, and opens the entry that owns the change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from pressroom.build import look
from pressroom.commands import builds, former
from pressroom.commands.front_matters import quoted, with_item, without, write_whole
from pressroom.commands.holds import named
from pressroom.desk import corrections
from pressroom.desk.gate import DRAFT
from pressroom.ground import clock
from pressroom.ground.problems import EXIT_FAULTS, EXIT_USAGE, Fault, Problem, has_errors
from pressroom.intake import Intake
from pressroom.model.history import CORRECTED, NOTED, TYPES, WITHDRAWN
from pressroom.model.settings import Settings
from pressroom.press.files import faults, remove_tree
from pressroom.reading.bundles import FORMER, SUMS, FormerFiles
from pressroom.reading.fields import read_header
from pressroom.reading.files import read_bytes
from pressroom.reading.forms import Place, nearest
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.texts import read_text
from pressroom.reports import is_public_log
from pressroom.verdicts import Judged

_FIELD = "corrections"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command was told of the entry. `note` is in the original's language; no `languages` are all of them."""

    type: str = CORRECTED
    note: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: the files to keep of a version by name, whether an entry is to be opened, and what is to be said of it.

    `now_only` where what is kept can be taken from the texts as they stand alone: nothing would be kept of them with an entry of somebody else's.
    """

    version: int = 0
    kept: Mapping[str, bytes] = field(default_factory=dict)
    opens: bool = True
    says: tuple[str, ...] = ()
    now_only: bool = False


def run(root: Path, name: str, wanted: Wanted = Wanted()) -> None:
    """Keeps what readers have of a document, opens an entry where none is open, and says what is next. Twice does what once does."""
    settings, now = builds.read(root), clock.now()
    intake = look(settings, now)
    judged = _correctable(root, settings, intake, name)
    _check_wanted(judged, wanted)
    work = _work(root, settings, intake, judged, wanted)
    path = Path(judged.opened[judged.document.first].file.path)
    at = now.astimezone(ZoneInfo(settings.zone)).isoformat()
    entry = _entry(judged, wanted, at)
    data = _with_entry(settings, intake, judged, entry, work.now_only) if work.opens else b""
    said = _keep(path.parent, judged, work)
    if data:
        write_whole(path, data)
        said += [f"{_shown(judged)} has the entry: {wanted.type}, {at}."]
    print("\n".join([*said, *work.says, *(_next(judged, wanted) if work.opens else _unused(wanted))]))


def _shown(judged: Judged) -> str:
    return judged.document.sources[judged.document.first].path


def _refusal(judged: Judged, message: str, hint: str, code: int = EXIT_FAULTS) -> Fault:
    at = judged.document.sources.get(judged.document.first)
    return Fault(Problem("CO015", message, at.path if at else judged.bundle.shown, hint=hint), code=code)


def _correctable(root: Path, settings: Settings, intake: Intake, name: str) -> Judged:
    """The document with this name, where it may have been out. In a public log one that is held is not there."""
    public = is_public_log(os.environ)
    judged = named(tuple(found for found in intake.documents if not public or _is_open(settings, found)), name)
    document = judged.document
    if judged.verdict.held and (published := former.find_published(root)) and former.find_out(root, settings, published, document):
        raise _refusal(judged, f"{document.folder} is published, and would be held again", "what readers have cannot be held: clear it first")
    if judged.verdict.held == DRAFT:
        raise _refusal(judged, f"{document.folder} is a draft: it is not out", "edit it freely, and take out status: draft when it is ready")
    if judged.verdict.held:
        raise _refusal(judged, f"{document.folder} is under embargo: it is not out", "edit it freely; a correction is for what readers have")
    if _lies_apart(settings, judged):
        raise _refusal(judged, f"{document.folder} lies in HELD_PATH", "move its folder over to PATH first: what readers had lies beside it, and is as public")
    if not document.judged or has_errors(judged.opened[document.first].header.problems):
        raise _refusal(judged, f"the front matter of {document.folder} has faults", "mend them first: inv check says them all")
    return judged


def _is_open(settings: Settings, judged: Judged) -> bool:
    return judged.verdict.cleared and judged.document.judged and not _lies_apart(settings, judged)


def _lies_apart(settings: Settings, judged: Judged) -> bool:
    """Whether a text of it that may be out lies in the content root of what is held. Of other files nothing is kept but the digests of what is out."""
    apart = os.path.join(settings.held_content, "")
    return bool(settings.held_content) and any(judged.bundle.editions[lang].path.startswith(apart) for lang in judged.document.sources)


def _check_wanted(judged: Judged, wanted: Wanted) -> None:
    document = judged.document
    if wanted.type not in TYPES:
        hint = nearest(wanted.type, TYPES) or f"the types are {', '.join(TYPES)}"
        raise _refusal(judged, f"--type {wanted.type} is no type of correction", hint, EXIT_USAGE)
    if wanted.type == WITHDRAWN and wanted.languages:
        raise _refusal(judged, "a withdrawal takes back the whole document", "leave --languages out", EXIT_USAGE)
    if unknown := [lang for lang in wanted.languages if lang not in document.sources]:
        raise _refusal(judged, f"the document has no edition in {', '.join(unknown)}", f"its languages are {', '.join(document.sources)}", EXIT_USAGE)
    if wanted.note and wanted.languages and document.first not in wanted.languages:
        hint = f"leave --note out, and write the note in {', '.join(wanted.languages)} into the entry"
        raise _refusal(judged, f"--note is the note in {document.first}, which the entry does not concern", hint, EXIT_USAGE)


def _work(root: Path, settings: Settings, intake: Intake, judged: Judged, wanted: Wanted) -> Work:
    """What is to be done, from what is published as far as that is known here, else from the texts as they stand."""
    document = judged.document
    if wanted.type == WITHDRAWN and document.fields.withdrawn:
        return Work(opens=False, says=("It is withdrawn already.",))
    published = former.find_published(root)
    out = former.find_out(root, settings, published, document) if published else None
    if published and not out:
        _refuse_withdrawn(judged)
        hint = "edit it freely; `inv publish` brings it out. If its folder was renamed, add its old address to aliases first: inv check has the line"
        raise _refusal(judged, f"{document.folder} is not published yet: there is nothing to correct", hint)
    if wanted.type == WITHDRAWN:
        return Work()
    if published and out:
        return _from_published(judged, out, former.read_texts(root, settings, intake.registry, published, out, document), wanted)
    return _as_it_stands(judged, intake)


def _from_published(judged: Judged, out: former.Out, texts: former.Texts, wanted: Wanted) -> Work:
    """Readers have the version that the source commit's entries make: what the file has beyond them is not out yet."""
    entries = judged.document.fields.corrections
    fresh = [entry for entry in entries[texts.entries :] if entry.type != WITHDRAWN]
    if len(entries) < texts.entries:
        raise _refusal(judged, f"{texts.entries} entries are published, and {len(entries)} stand here", "put the others back: an entry stays for ever")
    if gone := _gone_texts(judged, texts.entries):
        hint = "put back what was kept (git log -- finds it), then run it again: only what readers have now is taken from what was published"
        raise _refusal(judged, f"{', '.join(gone)} of an entry that is published is not here", hint)
    if len(fresh) > 1:
        hint = "make one of them: between two of them nothing was published, so nobody had the text in between"
        raise _refusal(judged, f"{len(fresh)} entries stand here that are not published yet", hint)
    if not fresh:
        _refuse_withdrawn(judged)
    if not fresh and (lost := [lang for lang in wanted.languages if lang not in texts.files]):
        raise _refusal(judged, f"the edition in {', '.join(lost)} is not published yet", "leave it out of --languages: a new edition needs no entry")
    says = tuple(
        f"Beware: in {lang} the published page has other words than the source commit: it was published from files that were not committed. "
        f"Compare index.{lang}.md there with the page."
        for lang in texts.other
    )
    return Work(texts.entries + 1, _files(texts.files, out.files), not fresh, (*says, *(_open_already(judged) if fresh else ())))


def _gone_texts(judged: Judged, published: int) -> list[str]:
    """The former texts that entries which are published cannot be without, and that are not kept here any more."""
    entries, former = judged.document.fields.corrections[:published], judged.bundle.former
    needed = [(number, lang) for number, entry in enumerate(entries, 1) if entry.type != WITHDRAWN for lang in entry.languages or (judged.document.first,)]
    return [f"{FORMER}/{number}/index.{lang}.md" for number, lang in needed if number not in former or lang not in former[number].editions]


def _as_it_stands(judged: Judged, intake: Intake) -> Work:
    """Nothing that is published is known here, so what stands now is taken for what readers have."""
    document, entries = judged.document, judged.document.fields.corrections
    _refuse_withdrawn(judged)
    files = {name: found.digest for (folder, name), found in intake.attachments.items() if folder == document.folder}
    kept = _files({lang: read_bytes(judged.opened[lang].file) for lang in document.sources}, files)
    newest = judged.bundle.former.get(len(entries))
    if entries and (newest is None or document.first not in newest.editions):
        hint = "take the entry out, undo the edit, and run it again before you edit: it opens the entry itself"
        raise _refusal(judged, "the newest entry has no former text, and nothing is published here to take it from", hint)
    if newest and (_lacks_a_note(judged) or _is_as_kept(newest, kept)):
        return Work(opens=False, says=_open_already(judged))
    folder = f"{judged.bundle.shown}/{FORMER}/{len(entries) + 1}"
    coming = judged.bundle.former.get(len(entries) + 1)
    if coming and document.first in coming.editions:
        return Work(says=(f"{folder}/ keeps the former texts already.",))
    if not judged.sound:
        raise _refusal(judged, f"{document.folder} has faults, so readers do not have it as it stands", "mend them first: inv check says them all")
    says = (
        "Nothing that `inv publish` has published is known here, so the texts as they stand now were taken for what readers have.",
        f"RUN THIS BEFORE YOU EDIT. If you have edited already: remove {folder}/ and the entry, undo the edit, run it again.",
    )
    return Work(len(entries) + 1, kept, True, says, now_only=True)


def _refuse_withdrawn(judged: Judged) -> None:
    if judged.document.fields.withdrawn:
        raise _refusal(judged, f"{judged.document.folder} is withdrawn", "publish what is new as a document of its own")


def _files(texts: Mapping[str, bytes], digests: Mapping[str, str]) -> dict[str, bytes]:
    """The files of an earlier version by name: its editions, and the sums of what was attached."""
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    return {f"index.{lang}.md": data for lang, data in texts.items()} | ({SUMS: sums.encode()} if sums else {})


def _lacks_a_note(judged: Judged) -> bool:
    """Whether the newest entry is still to be written, and so still open."""
    document, entry = judged.document, judged.document.fields.corrections[-1]
    concerned = [lang for lang in document.sources if entry.concerns(lang)]
    return entry.type in NOTED and not all(corrections.note(entry, lang, document.first) for lang in concerned)


def _is_as_kept(version: FormerFiles, present: Mapping[str, bytes]) -> bool:
    """Whether nothing but the entries has changed since the newest was opened."""
    kept = {f"index.{lang}.md": read_bytes(file) for lang, file in version.editions.items()}
    kept |= {SUMS: read_bytes(version.sums)} if version.sums else {}
    return {name: without(data, _FIELD) for name, data in kept.items()} == {name: without(data, _FIELD) for name, data in present.items()}


def _entry(judged: Judged, wanted: Wanted, at: str) -> list[str]:
    """The lines of the entry. A note that is still to be written stands there empty."""
    document = judged.document
    notes = {document.first: wanted.note} if wanted.note else {}
    if wanted.type in NOTED:
        notes = {lang: notes.get(lang, "") for lang in _concerned(judged, wanted)}
    lines = [f"type: {wanted.type}", f"at: '{at}'"]
    lines += [f"note: {{{', '.join(f'{lang}: {quoted(note)}' for lang, note in notes.items())}}}"] if notes else []
    return lines + ([f"languages: [{', '.join(wanted.languages)}]"] if wanted.languages else [])


def _concerned(judged: Judged, wanted: Wanted) -> list[str]:
    """The languages that the entry concerns, the original's first."""
    languages = wanted.languages or tuple(judged.document.sources)
    return sorted(languages, key=lambda lang: lang != judged.document.first)


def _with_entry(settings: Settings, intake: Intake, judged: Judged, entry: list[str], now_only: bool) -> bytes:
    """The original's file with one more entry. It is read again, and one that does not say the same but for the entry is a Fault.

    An entry that was added by hand gets its former text afterwards, but where that can be taken `now_only`.
    """
    document, opened = judged.document, judged.opened[judged.document.first]
    data = with_item(read_bytes(opened.file), _FIELD, entry)
    why = "its header is the classic one, or its corrections stand in brackets"
    if data is not None:
        text = read_text(data, opened.file.shown)
        place = Place(opened.file.shown, document.kind, document.first, document.slug, ZoneInfo(settings.zone))
        typography, before = intake.typographies.get(document.first), opened.header
        header = read_header(read_front_matter(text, opened.file.shown), place, text.lines, typography)
        *others, _ = header.document.corrections or (None,)
        same = replace(header.document, corrections=()) == replace(before.document, corrections=()) and header.edition == before.edition
        if same and tuple(others) == before.document.corrections and not has_errors(header.problems):
            return data
        why = next((problem.message for problem in header.problems if problem not in before.problems), "the front matter would say another thing")
    at = judged.document.sources[document.first].header.places.get(_FIELD, (1, 1))
    hint = f"add it by hand to {_FIELD} between two lines ---, at the end of the list: {{{', '.join(entry)}}}"
    if now_only and data is None:
        hint = f"put the header between two lines ---, each field and each entry of {_FIELD} on lines of its own, an empty list [] left out, and run it again"
    raise Fault(Problem("CO015", f"the entry cannot be added here: {why}", opened.file.shown, *at, hint))


def _keep(bundle: Path, judged: Judged, work: Work) -> list[str]:
    """Writes what is kept of a version. What is kept already is never written over."""
    folder, shown = bundle / FORMER / str(work.version), f"{judged.bundle.shown}/{FORMER}/{work.version}/"
    there = {name: (folder / name).read_bytes() for name in work.kept if (folder / name).is_file()}
    if differing := [f"{shown}{name}" for name in there if there[name] != work.kept[name]]:
        hint = "what readers had is never written over; if it is wrong there, remove it and run this again"
        raise Fault(*(Problem("CO015", "another text is kept here already", path, hint=hint) for path in differing))
    fresh = [name for name in work.kept if name not in there]
    if not fresh:
        return []
    with _coming_whole(folder) as place:
        for name in fresh:
            write_whole(place / name, work.kept[name])
    return [f"{shown} keeps what readers have: {', '.join(fresh)}."]


@contextmanager
def _coming_whole(folder: Path) -> Iterator[Path]:
    """Where to write the files of a version: they come into its folder together, for one that is there is taken for all that readers had."""
    if folder.is_dir():
        yield folder
        return
    beside = folder.with_name(f".{folder.name}.new")
    try:
        with faults(str(folder)):
            remove_tree(str(beside))
            beside.mkdir(parents=True)
        yield beside
        with faults(str(folder)):
            beside.rename(folder)
    finally:
        remove_tree(str(beside))


def _open_already(judged: Judged) -> tuple[str, ...]:
    entries = judged.document.fields.corrections
    return (
        f"{_shown(judged)}:{entries[-1].line} has the entry already: {entries[-1].type}, {entries[-1].at.text}; no other was opened.",
        f"What you change before it is published belongs to it, and makes version {len(entries) + 1}.",
    )


def _next(judged: Judged, wanted: Wanted) -> list[str]:
    silent = [lang for lang in _concerned(judged, wanted) if wanted.type in NOTED and not (wanted.note and lang == judged.document.first)]
    write = f"write its note in {', '.join(silent)}; " if silent else ""
    if wanted.type == WITHDRAWN:
        return [f"Next: {write}inv check; inv publish. The site loses every word of it; the files here stay, and are searched for as what is held is."]
    return [f"Next: {write}edit the texts, if you have not yet; inv check."]


def _unused(wanted: Wanted) -> list[str]:
    return ["--note was not written: write it into the entry."] if wanted.note else []

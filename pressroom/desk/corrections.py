"""Corrections: which entries may stand, what each of them changed in an edition, and which fingerprints it retired."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pressroom.desk.editions import Assembled
from pressroom.desk.gate import Verdict
from pressroom.ground.fingerprints import HAN_AND_KANA
from pressroom.ground.problems import Problem, has_errors
from pressroom.model.document import DocumentFields, EditionFields
from pressroom.model.history import NOTED, WITHDRAWN, Change, Correction, Retired
from pressroom.model.text import Facts

_HAN = re.compile(f"[{HAN_AND_KANA}]")
_WORD = re.compile(r"[^\W_]+")
# From so many on the leak check looks for a headline wherever it stands in a text.
_PHRASE_WORDS, _PHRASE_CHARACTERS = 3, 6
_RUN = "`inv correct SLUG` takes it from what was published; of an entry that is published itself, put it back (git log -- finds it)"


def check(document: Assembled, verdict: Verdict, former: Mapping[int, Collection[str]], now: datetime) -> list[Problem]:
    """What is wrong with a document's entries, beside each other, the gate and the clock. `former` are the languages kept of each version."""
    problems: list[Problem] = []
    entries = document.fields.corrections
    path = document.sources[document.first].path if document.first in document.sources else document.folder
    folder = posixpath.dirname(path) if document.first in document.sources else document.folder

    def fault(code: str, entry: Correction, message: str, hint: str) -> None:
        problems.append(Problem(code, message, path, entry.line, entry.column, hint))

    for number, entry in enumerate(entries, 1):
        if number > 1 and entry.at.instant < entries[number - 2].at.instant:
            fault("CO001", entry, f"{entry.at.text} is earlier than the entry before it", "write the entries oldest first")
        if entry.at.instant > now:
            fault("CO002", entry, f"{entry.at.text} lies in the future", "write when the change is made; nothing is corrected in advance")
        elif verdict.held:
            why = f"{verdict.held}: what was published cannot be held again"
            fault("CO006", entry, f"a correction of a document that is held ({why})", "clear the document, which can be withdrawn then; or take the entry out if it never was published")
        elif entry.at.instant < verdict.published:
            fault("CO006", entry, f"{entry.at.text} is from before the document came out", "what changes before that needs no entry: take it out")
        if entry.type == WITHDRAWN and number < len(entries):
            fault("CO007", entry, "an entry follows the withdrawal", "a withdrawal is the last entry; publish what is new as a document of its own")
        if entry.type == WITHDRAWN and entry.languages:
            fault("CO007", entry, "a withdrawal of some of the languages", "it takes back the whole document: take languages out")
        if entry.type == WITHDRAWN and _says_title(entry, document):
            # Not which: it stands in a log too.
            fault("CO016", entry, "the note says a headline of what is withdrawn", "write it without the headline: every word of the document goes")
        if unknown := [lang for lang in entry.languages if lang not in document.sources]:
            fault("CO008", entry, f"the document has no edition in {', '.join(unknown)}", f"its languages are {', '.join(document.sources)}")
        if entry.type in NOTED and (silent := _without_note(entry, document)):
            fault("CO003", entry, f"no note in {', '.join(silent)}", "write note: {language: text} for every language concerned, or name those with languages:")
        if entry.type != WITHDRAWN and (lost := [lang for lang in entry.languages or (document.first,) if lang not in former.get(number, ())]):
            files = ", ".join(f"v/{number}/index.{lang}.md" for lang in lost)
            fault("CO005", entry, f"the text that readers had before this entry is not kept: {files}", _RUN)
    problems += [
        Problem("CO009", f"v/{number} is kept and no entry says what was changed", f"{folder}/v/{number}", hint=f"open the entry: inv correct {document.slug}")
        for number in former
        if number > len(entries) and not _is_unread(document)
    ]
    return problems


def _is_unread(document: Assembled) -> bool:
    """Whether the entries could not be read, which is told where they stand."""
    source = document.sources.get(document.first)
    return bool(source and "corrections" in source.header.places and not document.fields.corrections and has_errors(source.header.problems))


def _without_note(entry: Correction, document: Assembled) -> list[str]:
    concerned = [lang for lang in document.sources if entry.concerns(lang)]
    return [lang for lang in concerned if not note(entry, lang, document.first)]


def _says_title(entry: Correction, document: Assembled) -> bool:
    """Whether the note of a withdrawal says a headline, but for one that the address says too: that stays."""
    notes = [_spoken(text) for text in entry.notes.values()]
    addresses = [_spoken(text) for text in (document.folder, *document.fields.aliases)]
    for source in document.sources.values():
        title = _spoken(source.header.edition.title)
        # A word or two among others are no headline.
        is_short = len(title) < _PHRASE_CHARACTERS if _HAN.search(title) else title.count(" ") <= _PHRASE_WORDS
        if title.strip() and any(title == note if is_short else title in note for note in notes) and not any(title in address for address in addresses):
            return True
    return False


def _spoken(text: str) -> str:
    """The words of a text, whatever stands between them; where there is Han or kana closed up, else with a space beside each."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return "".join(found) if _HAN.search(text) else " ".join(("", *found, ""))


def note(entry: Correction, lang: str, original: str) -> str:
    """What an entry says in a language; a text without a language is the original's."""
    return entry.notes.get(lang) or (entry.notes.get("", "") if lang == original else "")


def check_passages(document: Assembled, texts: Mapping[str, Mapping[int, Facts]]) -> list[Problem]:
    """Passages that an entry names and no text has that it made. `texts` are by language and version, the newest among them."""
    problems = []
    source = document.sources[document.first]
    for number, entry in enumerate(document.fields.corrections, 1):
        known = {passage.id for lang, of in texts.items() if entry.concerns(lang) for passage in _at(number + 1, of).passages}
        problems += [
            Problem("CO004", f"no text of this version has the passage {id}", source.path, entry.line, entry.column, "its address is on the page; or leave passages out")
            for id in entry.passages
            if entry.type != WITHDRAWN and id not in known
        ]
    return problems


def _at(version: int, texts: Mapping[int, Facts]) -> Facts:
    """The text of a version: its own where one is kept, else the next, for nothing changed in between."""
    return texts[min((number for number in texts if number >= version), default=max(texts))]


def changes(fields: DocumentFields, lang: str, original: str, texts: Mapping[int, Facts]) -> tuple[Change, ...]:
    """The corrections as the edition in a language tells them. `texts` are its facts by version, the newest last."""
    now = {passage.id for passage in texts[max(texts)].passages}
    found = []
    for number, entry in enumerate(fields.corrections, 1):
        if entry.type == WITHDRAWN:
            found.append(Change(number + 1, entry.type, entry.at, note(entry, lang, original), (), _all(texts)))
        elif entry.concerns(lang):
            before, after = _at(number, texts), _at(number + 1, texts)
            kept, stay = {passage.digest for passage in before.passages}, {passage.id for passage in after.passages}
            fresh = [passage.id for passage in after.passages if passage.digest not in kept]
            gone = [Retired(passage.id, number, at) for at, passage in enumerate(before.passages, 1) if passage.id not in stay | now]
            # Each language has fingerprints of its own: where none is named of this one, it is as if none were named.
            named = [id for id in entry.passages if id in stay]
            marked = tuple(id for id in (named or fresh) if id in now)
            # What a note said of words that are withdrawn goes with them.
            told = "" if fields.withdrawn else note(entry, lang, original)
            found.append(Change(number + 1, entry.type, entry.at, told, marked, tuple(gone)))
    return tuple(_each_once(found))


def of_derived(fields: DocumentFields, texts: Mapping[int, Facts], source: Mapping[int, Facts]) -> DocumentFields:
    """The fields with the passages that entries name as they are in an edition derived from the one that they are named of."""
    same: dict[str, str] = {}
    for version in texts.keys() & source.keys():
        same |= same_passages(texts[version], source[version])
    return replace(fields, corrections=tuple(replace(entry, passages=tuple(same.get(id, id) for id in entry.passages)) for entry in fields.corrections))


def same_passages(facts: Facts, source: Facts) -> Mapping[str, str]:
    """By the id of each passage of a source that of the one derived from it; none where the two texts are not divided alike."""
    if len(facts.passages) != len(source.passages):
        return {}
    return {theirs.id: mine.id for mine, theirs in zip(facts.passages, source.passages, strict=True)}


def _all(texts: Mapping[int, Facts]) -> tuple[Retired, ...]:
    """Every fingerprint that any version ever had: all of them lead to the notice of a withdrawal."""
    ids = dict.fromkeys(passage.id for _, facts in sorted(texts.items(), reverse=True) for passage in facts.passages)
    return tuple(Retired(id, 0, number) for number, id in enumerate(ids, 1))


def _each_once(found: Sequence[Change]) -> list[Change]:
    """A passage that went, came back and went again was last in the last version that had it; a withdrawal has them all."""
    seen: set[str] = set()
    kept = []
    for change in reversed(found):
        kept.append(replace(change, retired=tuple(retired for retired in change.retired if retired.id not in seen)))
        seen |= {retired.id for retired in change.retired}
    return kept[::-1]


def without_words(fields: DocumentFields) -> DocumentFields:
    """The fields of a withdrawn document that its notice may still show: when it was dated, its topics, its addresses."""
    return DocumentFields(date=fields.date, topics=fields.topics, aliases=fields.aliases, corrections=fields.corrections)


def edition_without_words(fields: EditionFields) -> EditionFields:
    return EditionFields(translation=fields.translation, source_language=fields.source_language, derived_from=fields.derived_from)

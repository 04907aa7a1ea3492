"""`inv translate`: begins a translation beside its original, or says of one that it follows the original as it now stands."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from pressroom.build import look_into
from pressroom.commands import builds
from pressroom.commands.front_matters import quoted, with_value, write_whole
from pressroom.commands.holds import named
from pressroom.commands.wanted import write
from pressroom.ground import clock
from pressroom.ground.languages import canonical
from pressroom.ground.problems import EXIT_FAULTS, EXIT_USAGE, Fault, Problem, has_errors
from pressroom.intake import Intake
from pressroom.model.document import TRANSLATIONS, Header
from pressroom.model.settings import PREVIEW, Settings
from pressroom.reading.fields import read_header
from pressroom.reading.files import read_bytes
from pressroom.reading.forms import Place, nearest
from pressroom.reading.front_matter import FrontMatter, read_front_matter
from pressroom.reading.nodes import Node
from pressroom.reading.sources import Sources
from pressroom.reading.texts import read_text
from pressroom.reports import is_public_log
from pressroom.translations import digest_of_original
from pressroom.verdicts import Judged

_FIELD = "translated_from"
_TO_TRANSLATE = ("title", "subtitle", "summary", "place", "notes", "captions", "alts")
_DRAFT = "status: draft # take this line out when the text is translated"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command was told of the translation."""

    kind: str = ""
    translator: str = ""


def run(root: Path, name: str, lang: str, wanted: Wanted = Wanted()) -> None:
    """Writes a draft in the original's words, to be overwritten; where there is an edition, renews its mark of the original and nothing else."""
    settings = builds.read(root)
    _check_wanted(settings, lang, wanted)
    judged, digest = look_into(replace(settings, audience=PREVIEW), clock.now(), partial(_original, name, lang))
    original = judged.opened[judged.document.original].file
    if lang in judged.document.sources:
        if wanted != Wanted():
            hint = "change translation: and translator: in its front matter"
            raise _refusal(f"there is an edition in {lang} already", hint, judged.document.sources[lang].path, EXIT_USAGE)
        print(_renewed(settings, judged, lang, digest))
        return
    path = Path(original.path).with_name(f"index.{lang}.md")
    shown = f"{judged.bundle.shown}/{path.name}"
    data = read_bytes(original)
    write(path, shown, _begun(settings, judged, lang, data, _lines(data, digest, wanted)))
    print(f"{shown} is written: a draft, in the original's words.\nTranslate them, then take out its last field, status: draft. `inv check` compares the two.")


def _refusal(message: str, hint: str, path: str = "", code: int = EXIT_FAULTS) -> Fault:
    return Fault(Problem("AG012", message, path, hint=hint), code=code)


def _check_wanted(settings: Settings, lang: str, wanted: Wanted) -> None:
    if lang not in settings.languages:
        right = canonical(lang) if lang else ""
        hint = f"write {right}" if right in settings.languages else f"its languages are {', '.join(settings.languages)}"
        raise _refusal(f"{lang} is no language of this site" if lang else "into which language?", hint, code=EXIT_USAGE)
    if wanted.kind and wanted.kind not in TRANSLATIONS:
        hint = nearest(wanted.kind, TRANSLATIONS) or f"the kinds are {', '.join(TRANSLATIONS)}"
        raise _refusal(f"--kind {wanted.kind} is no kind of translation", hint, code=EXIT_USAGE)


def _original(name: str, lang: str, intake: Intake, sources: Sources) -> tuple[Judged, str]:
    """The document with this name, and the digest of its original. In a public log one that is held is not there."""
    public = is_public_log(os.environ)
    judged = named(tuple(found for found in intake.documents if not public or (found.verdict.cleared and found.document.judged)), name)
    document = judged.document
    path = document.sources[document.first].path if document.first in document.sources else judged.bundle.shown
    if document.fields.withdrawn:
        raise _refusal(f"{document.folder} is withdrawn", "what is taken back is not translated", path)
    if not document.original or not judged.sound:
        lone = document.judged and not document.original
        message = f"the original of {document.folder} is not here" if lone else f"{document.folder} has faults"
        raise _refusal(message, "put it beside the translation" if lone else "mend them first: inv check says them all", path)
    if lang == document.original:
        raise _refusal(f"{lang} is the original's language", "name another", path, EXIT_USAGE)
    planned = next(found for found in intake.planned.documents if found.folder == document.folder)
    return judged, digest_of_original(planned, sources)


def _renewed(settings: Settings, judged: Judged, lang: str, digest: str) -> str:
    """The file of an edition with the digest of the original as it stands; what is done is said."""
    opened, path = judged.opened[lang], judged.document.sources[lang].path
    before = opened.header.edition.translated_from
    if before == digest:
        return f"{path} follows the original as it stands: there is nothing to do."
    there = read_bytes(opened.file)
    data = with_value(there, _FIELD, before, digest)
    one, other = (_header(settings, judged, lang, found or b"") for found in (there, data))
    if not data or has_errors(other.problems) or other.edition != replace(one.edition, translated_from=digest):
        raise _refusal("the mark of the original cannot be put into this header", f"put the header between two lines ---, and write there {_FIELD}: {digest}", path)
    write_whole(Path(opened.file.path), data)
    return f"{path} is said to follow the original as it now stands ({_FIELD}: {digest}); nothing else in it was changed."


def _header(settings: Settings, judged: Judged, lang: str, data: bytes) -> Header:
    """The header of an edition's file, whose bytes these are."""
    path = f"{judged.bundle.shown}/index.{lang}.md"
    text = read_text(data, path)
    place = Place(path, judged.document.kind, lang, judged.document.slug, ZoneInfo(settings.zone))
    return read_header(read_front_matter(text, path), place, text.lines)


def _lines(data: bytes, digest: str, wanted: Wanted) -> list[str]:
    """The front matter of a translation: the original's words in the fields of an edition, and what the translation is."""
    front = read_front_matter(read_text(data, ""), "")
    lines = [line for name in _TO_TRANSLATE if name in front.fields for line in _field(name, front.fields[name])]
    lines += [f"translation: {wanted.kind or TRANSLATIONS[0]}"]
    lines += [f"translator: {quoted(wanted.translator.strip())}"] if wanted.translator.strip() else []
    lines += ["typography: keep"] if "typography" in front.fields else []
    return ["---", *lines, f"{_FIELD}: {digest}", _DRAFT, "---"]


def _field(name: str, node: Node) -> list[str]:
    if isinstance(node.value, Mapping):
        return [f"{name}:", *(f"  {file}: {quoted(str(item.value).strip())}" for file, item in node.value.items())]
    text = str(node.value).strip()
    lines = text.split("\n")
    if len(lines) > 1 and all(line.isprintable() and line == line.rstrip() and not line.startswith((" ", "#")) for line in lines):
        return [f"{name}: |", *(f"  {line}".rstrip() for line in lines)]
    return [f"{name}: {quoted(text)}"] if text else []


def _begun(settings: Settings, judged: Judged, lang: str, data: bytes, lines: list[str]) -> bytes:
    """The new file: it has the line ends of the original, and its text byte for byte. It is read before it is written."""
    front: FrontMatter = read_front_matter(read_text(data, ""), "")
    whole = data.splitlines(keepends=True)
    ending = whole[0].removeprefix(whole[0].rstrip(b"\r\n"))
    made = b"".join([*(line.encode() + ending for line in lines), *whole[front.body_line - 1 :]])
    if faults := [problem for problem in _header(settings, judged, lang, made).problems if has_errors([problem])]:
        raise Fault(*faults)
    return made

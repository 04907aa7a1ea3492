"""What readers have of a document: its texts in the source commit that the published commit names, and the files beside them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pressroom.commands.destinations import FILE as DESTINATION
from pressroom.commands.destinations import read_destination
from pressroom.commands.git import Git
from pressroom.desk import urls
from pressroom.desk.editions import Assembled, Source, assemble
from pressroom.ground.fingerprints import words
from pressroom.ground.languages import in_address
from pressroom.ground.problems import Fault, Problem
from pressroom.model.document import Header
from pressroom.model.kinds import BY_NAME
from pressroom.model.people import Registry
from pressroom.model.settings import Settings
from pressroom.reading.bodies import read_body
from pressroom.reading.dialects import Dialect
from pressroom.reading.fields import read_header
from pressroom.reading.forms import Place
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.markdown import DEFAULT_EXTENSIONS, Markdown
from pressroom.reading.texts import read_text

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Published:
    """The commit that readers have, as it is known here, and the commit of the sources that it was made from."""

    commit: str
    source: str


@dataclass(frozen=True, slots=True)
class Out:
    """Where a document is out: its path below each language's folder, and the data of its editions by language, but for those that are derived."""

    path: str
    facts: Mapping[str, Mapping[str, Any]]

    @property
    def files(self) -> dict[str, str]:
        """The digests of its attachments by name."""
        return {found["name"]: found["sha256"] for facts in self.facts.values() for found in facts.get("attachments", ())}


@dataclass(frozen=True, slots=True)
class Texts:
    """The source files of a published document by language, how many entries of corrections they have, and which are not what is out."""

    files: Mapping[str, bytes]
    entries: int
    other: tuple[str, ...] = ()


def find_published(root: Path) -> Published | None:
    """What `inv publish` has published last, without asking the remote; None where that is not known here."""
    git = Git(root)
    if not (root / DESTINATION).is_file() or not git.is_here():
        return None
    to = read_destination(root)
    for reference in (to.fetched, f"refs/heads/{to.branch}"):
        if commit := git.say("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}"):
            source = git.say("log", "-1", "--format=%(trailers:key=Source-Commit,valueonly)", commit)
            return Published(commit, source) if _COMMIT.fullmatch(source) else None
    return None


def find_out(root: Path, settings: Settings, published: Published, document: Assembled) -> Out | None:
    """The document in the published tree, under its present path or one that its aliases name."""
    git = Git(root)
    own = urls.edition(document.kind, document.year, document.slug, settings.default_language)
    for path in dict.fromkeys(address.strip("/").partition("/")[2] for address in (own, *document.fields.aliases)):
        pages = {lang: git.content(f"{published.commit}:{in_address(lang)}/{path}/index.json") for lang in settings.languages if path}
        data = {lang: json.loads(page) for lang, page in pages.items() if page is not None}
        # One that is converted from another has no file, and is corrected with it.
        if facts := {lang: found for lang, found in data.items() if not found.get("derived_from")}:
            return Out(path, facts)
    return None


def read_texts(root: Path, settings: Settings, registry: Registry, published: Published, out: Out, document: Assembled) -> Texts:
    """The sources of what is out. A source commit that is not here, or does not have them, is a Fault."""
    git, shown = Git(root), document.sources[document.first].path
    if git.say("cat-file", "-t", published.source) != "commit":
        hint = "git fetch --unshallow brings the history; or fetch the branch that it was made on"
        raise Fault(Problem("CO015", f"what is published was made from the commit {published.source[:12]}, which is not here", shown, hint=hint))
    folder = out.path if BY_NAME[document.kind].dated else f"{BY_NAME[document.kind].folder}/{out.path}"
    inside = os.path.relpath(settings.content, root).replace(os.sep, "/")
    found = {lang: git.content(f"{published.source}:./{inside}/{folder}/index.{lang}.md") for lang in out.facts}
    files = {lang: data for lang, data in found.items() if data is not None}
    read = {lang: _read(settings, data, document, lang) for lang, data in files.items()}
    then = assemble(document.kind, document.year, document.slug, document.folder, {lang: Source(document.folder, header) for lang, (header, _) in read.items()})
    if len(files) < len(found) or not then.judged:
        lost = ", ".join(f"{inside}/{folder}/index.{lang}.md" for lang in found if lang not in files) or "its original"
        hint = "copy the texts that readers have into v/<n>/ beside the document, and write the entry by hand"
        raise Fault(Problem("CO015", f"the commit {published.source[:12]} that was published does not have {lost}", shown, hint=hint))
    return Texts(files, len(then.fields.corrections), _other(settings, registry, out, then, read))


def _read(settings: Settings, data: bytes, document: Assembled, lang: str) -> tuple[Header, str]:
    text = read_text(data, document.folder)
    front = read_front_matter(text, document.folder)
    place = Place(document.folder, document.kind, lang, document.slug, ZoneInfo(settings.zone))
    return read_header(front, place, text.lines), front.body


def _other(settings: Settings, registry: Registry, out: Out, then: Assembled, read: Mapping[str, tuple[Header, str]]) -> tuple[str, ...]:
    """The languages in which other words are out than the commit has: somebody published what was not committed."""
    dialect = Dialect(registry.known, settings.transcript_tags, settings.credit_labels)
    markdown = Markdown(settings.markdown_extensions or DEFAULT_EXTENSIONS)
    found = []
    for lang, (header, body) in read.items():
        facts, _ = read_body(body, replace(header, document=then.fields), then.folder, then.kind, lang, markdown, dialect, {})
        data = out.facts[lang]
        passages = [*data.get("passages", ()), *(passage for segment in data.get("segments", ()) for passage in segment["passages"])]
        if words(data.get("title", "")) != words(header.edition.title) or {passage["digest"] for passage in passages} != {passage.digest for passage in facts.passages}:
            found.append(lang)
    return tuple(found)

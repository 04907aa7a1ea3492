"""Which sources are held at an instant, by the leak check's own judgement of the raw files. What it cannot judge is held."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pressroom.checks.headers import RawHeader, read_raw_header
from pressroom.checks.roots import File, Seen, Stamp, look_below, unreadable

DRAFT, EMBARGO, WITHDRAWN, UNJUDGED = "draft", "embargo", "withdrawn", "unjudged"
REGISTRIES = ("people.yml", "organisations.yml", "topics.yml", "contacts.yml")

_EDITION = re.compile(r"index(?:\.[^.]+)?\.md", re.IGNORECASE)
_LEFTOVER = re.compile(r"\..*|#.*#|.*~|.*\.(?:swp|swo|tmp|bak|orig)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)([Zz]|[+-]\d\d:\d\d)?(?:\[([^\[\]]+)\])?", re.ASCII)
_CHUNK = 1024 * 1024
# As `inv new` begins one, a text is shorter.
_LONG = 1000
_ALWAYS = datetime(1, 1, 1, tzinfo=UTC)


class SourceFile(NamedTuple):
    """A file among the sources: its name in its document's folder, how it is shown to people, where it lies, and its SHA-256.

    `edition` where it is the text of one, of now or of a former version.
    """

    name: str
    shown: str
    path: str
    digest: str
    edition: bool = False


@dataclass(frozen=True, slots=True)
class HeldSource:
    """A document that is held, or, where not `whole`, those of its files that are. `why` is one of the words above."""

    folder: str
    why: str
    files: tuple[SourceFile, ...]
    whole: bool = True


_UNSETTLED_STAMP = (0, 0, 0, 0)


class Known(NamedTuple):
    """What is known of a file that has this stamp, so that it need not be read again."""

    stamp: Stamp
    digest: str
    translation: bool = False
    draft: bool = False
    withdrawn: bool = False
    lifted: bool = False
    until: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources, judged. `cleared` are the files of cleared documents, `root` those of `root/`; `known` is of these alone, by shown path. `seen` is
    the digest of the look at them, and `fresh` are the files that could change once more and look the same: they were written a moment before.
    """

    held: tuple[HeldSource, ...]
    cleared: tuple[SourceFile, ...]
    root: tuple[SourceFile, ...]
    registries: tuple[SourceFile, ...]
    known: Mapping[str, Known]
    seen: bytes
    fresh: tuple[SourceFile, ...]


@dataclass(slots=True)
class _Document:
    """A document's folder with everything below it, from all roots."""

    files: list[SourceFile] = field(default_factory=list)
    editions: dict[str, Known] = field(default_factory=dict)


def judge_sources(roots: Sequence[tuple[str, str]], now: datetime, zone: str, known: Mapping[str, Known] | None = None) -> Sources:
    """Every source under the content roots, each a path and the name shown for it; the roots are merged by path."""
    return judge_seen(look_below(roots), now, zone, known)


def judge_seen(seen: Seen, now: datetime, zone: str, known: Mapping[str, Known] | None = None) -> Sources:
    """The same of what one look has seen."""
    reader = _Reader(seen, known or {}, ZoneInfo(zone))
    documents: dict[str, _Document] = {}
    registries: list[SourceFile] = []
    for root, inside, files in seen.folders:
        document = _document_of(inside) if inside else ""
        prefix = f"{inside[len(document) + 1 :]}/" if len(inside) > len(document) else ""
        for file in files:
            if document:
                reader.take(documents.setdefault(document, _Document()), file, f"{prefix}{file.name}", f"{root}/{inside}/{file.name}")
            elif file.name in REGISTRIES:
                registries.append(reader.source(file, file.name, f"{root}/{file.name}"))
    held: list[HeldSource] = []
    cleared: list[SourceFile] = []
    root_files = documents.pop("root", _Document()).files
    for name in sorted(documents):
        found = documents[name]
        judged = _judge(name, found, now)
        hidden = {file.shown for source in judged for file in source.files} if judged else ()
        held += judged
        cleared += [file for file in found.files if file.shown not in hidden and not _LEFTOVER.fullmatch(file.name)]
    open_paths = {file.shown for file in (*cleared, *root_files)}
    known = {path: value for path, value in reader.found.items() if path in open_paths}
    return Sources(tuple(held), tuple(cleared), tuple(root_files), tuple(registries), known, seen.digest, tuple(reader.fresh))


def still_stand(seen: bytes, fresh: Sequence[SourceFile], now: bytes) -> bool:
    """Whether the sources are, by the digest of another look, as they were judged: by what was `seen` of them then, and by the bytes of those that were `fresh`."""
    return bool(seen) and seen == now and all(_digest_of(file) == file.digest for file in fresh)


def _digest_of(file: SourceFile) -> str:
    try:
        with open(file.path, "rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(error, file.shown) from None


def held_sources(roots: Sequence[tuple[str, str]], now: datetime, zone: str) -> list[HeldSource]:
    """The documents, and editions, that are held at `now`."""
    return list(judge_sources(roots, now, zone).held)


def keys_of(held: Sequence[HeldSource]) -> list[bytes]:
    """What only those know who have a held document: of each the digest of its files; where all are so short that they may be guessed, of all together."""
    long = [source for source in held if any(file.edition and _size_of(file) >= _LONG for file in source.files)]
    keyed = [[source] for source in long] or [list(held)][: len(held)]
    return [hashlib.sha256("\n".join(sorted(file.digest for source in sources for file in source.files)).encode()).digest() for sources in keyed]


def _size_of(file: SourceFile) -> int:
    try:
        return os.stat(file.path).st_size
    except OSError as error:
        raise unreadable(error, file.shown) from None


def read_bytes(file: SourceFile, most: int = -1) -> bytes:
    """The bytes of a source, or as many of them as are wanted."""
    try:
        with open(file.path, "rb") as opened:
            return opened.read(most)
    except OSError as error:
        raise unreadable(error, file.shown) from None


def _document_of(inside: str) -> str:
    """The document's folder that a folder is or lies in: `<kind>/<year>/<slug>`, or `<kind>/<slug>` where there is no year."""
    parts = inside.split("/")
    if parts[0] == "root":
        return "root"
    depth = 3 if len(parts) > 1 and re.fullmatch(r"\d{4}", parts[1]) else 2
    return "/".join(parts[:depth])


class _Reader:
    def __init__(self, seen: Seen, known: Mapping[str, Known], zone: ZoneInfo) -> None:
        self.seen, self.known, self.zone = seen, known, zone
        self.found: dict[str, Known] = {}
        self.fresh: list[SourceFile] = []

    def source(self, file: File, name: str, shown: str) -> SourceFile:
        """A file with its digest, by its stamp where that stands. An edition's header is read on the way."""
        edition = bool(_EDITION.fullmatch(file.name))
        found = self.known.get(shown)
        if found is None or found.stamp != file.stamp:
            try:
                found = self._read(file.path, file.stamp if self.seen.is_settled(file) else _UNSETTLED_STAMP, edition)
            except OSError as error:
                raise unreadable(error, shown) from None
        self.found[shown] = found
        source = SourceFile(name, shown, file.path, found.digest, edition)
        if not self.seen.is_settled(file):
            self.fresh.append(source)
        return source

    def _read(self, place: str, stamp: Stamp, edition: bool) -> Known:
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(0, "it is no regular file")
            if edition:
                data = opened.read()
                return _known(data, stamp, self.zone)
            digest = hashlib.sha256()
            while chunk := opened.read(_CHUNK):
                digest.update(chunk)
        return Known(stamp, digest.hexdigest())

    def take(self, document: _Document, file: File, name: str, shown: str) -> None:
        source = self.source(file, name, shown)
        document.files.append(source)
        if source.edition and "/" not in name:
            document.editions[shown] = self.found[shown]


def _known(data: bytes, stamp: Stamp, zone: ZoneInfo) -> Known:
    """What an edition's file says of whether it is held. `until` is an instant, or `?` where there is no telling."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        header = read_raw_header(data.decode())
    except UnicodeDecodeError:
        return Known(stamp, digest, until="?")
    statuses = header.texts("status")
    draft = any(text.strip().lower() != "published" for text in statuses) or header.has("status") and not statuses
    withdrawn = any(value.field == "corrections" and value.name == "type" and value.text == WITHDRAWN for value in header.values)
    lifted = header.has("lifted")
    try:
        until = max((_instant(text, zone) for name in ("date", "embargo") for text in _texts(header, name)), default=_ALWAYS)
        if lifted:
            # Without an instant there is no telling, which is a ValueError here. A lift ends an embargo earlier, and never later.
            until = min(until, max(_instant(text, zone) for text in header.texts("lifted", "at")))
    except (ValueError, OverflowError, ZoneInfoNotFoundError, OSError):
        return Known(stamp, digest, header.has("translation"), draft, withdrawn, lifted, "?")
    return Known(stamp, digest, header.has("translation"), draft, withdrawn, lifted, until.isoformat() if header.sure else "?")


def _texts(header: RawHeader, name: str) -> list[str]:
    texts = header.texts(name)
    if header.has(name) and not texts:
        raise ValueError(name)
    return texts


def _instant(text: str, zone: ZoneInfo) -> datetime:
    """The instant of a date or time; where a clock shows a time twice or never, the later reading of it."""
    if _DAY.fullmatch(text):
        return datetime.fromisoformat(f"{text}T00:00").replace(tzinfo=zone).astimezone(UTC)
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError(text)
    day, time, offset, named = found.groups()
    if offset:
        return datetime.fromisoformat(f"{day}T{time}{offset.upper()}").astimezone(UTC)
    if not named:
        raise ValueError(text)
    local = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(named))
    return max(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


# Most translations leave the instant to their original, and are all alike in it.
@lru_cache(maxsize=4096)
def _read_instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _judge(name: str, document: _Document, now: datetime) -> list[HeldSource]:
    """What of a document is held: all of it, or translations that are drafts with the files that they alone name, or nothing."""
    editions = document.editions
    files = tuple(document.files)
    if not editions or any(known.until == "?" for known in editions.values()):
        return [HeldSource(name, UNJUDGED, files)]
    whole_draft = any(known.draft and not known.translation for known in editions.values())
    if whole_draft or all(known.draft for known in editions.values()):
        return [HeldSource(name, DRAFT, files)]
    # What lifts a document is said in its original, and lifts what a translation repeats.
    lifting = [known for known in editions.values() if known.lifted and (not known.translation or len(editions) == 1)]
    if any(now < _read_instant(known.until) for known in lifting or editions.values()):
        return [HeldSource(name, EMBARGO, files)]
    if any(known.withdrawn for known in editions.values()):
        return [HeldSource(name, WITHDRAWN, files)]
    drafts = {path for path, known in editions.items() if known.draft}
    if not drafts:
        return []
    texts = {path: read_bytes(file).decode("utf-8", "replace") for file in files if (path := file.shown) in editions}
    spoken = "".join(text for path, text in texts.items() if path not in drafts)
    hidden = "".join(text for path, text in texts.items() if path in drafts)
    # A draft's earlier versions are held with it.
    names = {path.rpartition("/")[2] for path in drafts}
    alone = [file for file in files if (file.name.rpartition("/")[2] in names if file.edition else file.name in hidden and file.name not in spoken)]
    return [HeldSource(name, DRAFT, tuple(alone), whole=False)]

"""What a tree must pass: every link leads somewhere, and no word of a held document goes out.

A build asks this of what is new before it is swapped in; whoever hands over or checks a finished tree asks it of every byte.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import quote

from pressroom import outputs
from pressroom.checks.gathering import gather
from pressroom.checks.held import judge_sources
from pressroom.checks.leak_record import LeakRecord, dumps, loads, new_record
from pressroom.checks.leaks import Files, Leak, problems_of, search
from pressroom.checks.link_record import Leading, LinkRecord, Place, leading_to
from pressroom.checks.link_record import dumps as dumps_links, loads as loads_links
from pressroom.checks.links import check_links, scouted
from pressroom.ground import clock, digests
from pressroom.ground.addresses import IN_FRAGMENT
from pressroom.ground.languages import in_address
from pressroom.ground.pool import Pool
from pressroom.ground.problems import ERROR, EXIT_LEAK, WARNING, Fault, Problem, has_errors
from pressroom.intake import roots_of, theme_folders
from pressroom.model.settings import PREVIEW, PUBLIC, Settings
from pressroom.press.files import faults, remove_file, replace_file
from pressroom.press.seal import Standing, read_seal
from pressroom.press.search import ENGINE, SAID, engine_digests
from pressroom.press.stage import Stage
from pressroom.press.write import Output, Plan

_RECORD, _LINKS = "leaks.json", "links.msgpack"
_MANY = 500
_ID = re.compile(rb' id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is to be told of a tree that may go out, and which of its pages lead to places on others (none where that is not known of all)."""

    problems: tuple[Problem, ...]
    leading: Leading | None


def inspect(
    settings: Settings, engine: str, now: datetime, output: Output, planned: Plan, stage: Stage, tree: Mapping[str, str], public_log: bool,
    foreign: frozenset[str], pool: Pool,
) -> Inspected:  # fmt: skip
    """What is wrong with the tree to be. A leak or a dead link is a Fault; warnings come back.

    `tree` has the digest of each of its files; `foreign` are the digests of files that were made without any document: their words are nobody's here.
    """
    read, dirty = stage.reader(), frozenset(planned.dirty)
    record = _link_record(settings, output) if dirty or planned.stale else None
    leading = Leading(record, (path for path in planned.keys if path not in dirty), dirty)
    is_known = record is not None or all(path in dirty for path in planned.keys if path.endswith(".html"))
    # Another machine may not reach the stage; and a few files are sooner looked at than told from the others.
    here = None if settings.executor else pool
    helping = here if len(stage.digests) > _MANY else None
    pages = _Pages(read, (*planned.dirty, *_leading_to_lost(output, planned, stage, read, record)))
    problems = tuple(check_links(pages, planned.keys, read, scouted(sorted(pages), frozenset(planned.keys), read, helping), leading))
    if problems and public_log and settings.audience == PREVIEW:
        # The pages of a preview are those of held documents too, and their names would tell.
        worst = ERROR if has_errors(problems) else WARNING
        problems = (Problem("GT002", "pages of the preview have links that lead nowhere", hint="run it where the sources are: it names them", severity=worst),)
    if has_errors(problems):
        raise Fault(*problems)
    if settings.audience == PUBLIC:
        _refuse_leaks(settings, engine, now, Files(tree, read, output.read), public_log, foreign, here, helping)
    return Inspected(problems, leading if is_known else None)


def keep_leading(settings: Settings, inspected: Inspected, tree: str) -> None:
    """Keeps, for the next build, which pages of a tree lead to places on others."""
    path = os.path.join(settings.state, _LINKS)
    with faults(path):
        if inspected.leading is None:
            remove_file(path)
        else:
            replace_file(path, dumps_links(inspected.leading.record(tree)))


def _link_record(settings: Settings, output: Output) -> LinkRecord | None:
    """What the last build has seen of the links of the tree that stands, if it is that tree."""
    try:
        record = loads_links(Path(settings.state, _LINKS).read_bytes())
    except OSError:
        return None
    seal = read_seal(output.path)
    return record if record and seal and seal.tree == record.tree else None


def _leading_to_lost(output: Output, planned: Plan, stage: Stage, read: Callable[[str], bytes], record: LinkRecord | None) -> set[str]:
    """The unchanged pages that may lead to what this build takes away: a file, or a place on a page.

    Where a file goes, which is rare, or where nobody knows which pages lead to a place, all pages are read to find them. Which of them lead there in
    truth, the check of links says.
    """
    unchanged = {path for path in planned.keys.keys() - set(planned.dirty) if path.endswith(".html")}
    gone = _gone_places(output, planned, stage, read)
    found = leading_to(record, gone) & unchanged if record and gone else set()
    needles = {_name_in_links(path).encode() for path in planned.stale if not path.endswith("/")}
    if not record:
        needles |= {b"#" + quote(id, safe=IN_FRAGMENT).encode() for _, id in gone}
    if needles:
        found |= {path for path in sorted(unchanged) if any(needle in read(path) for needle in needles)}
    return found


def _gone_places(output: Output, planned: Plan, stage: Stage, read: Callable[[str], bytes]) -> set[Place]:
    """The ids that pages had and have no longer."""
    gone = set()
    for path in planned.dirty:
        if path.endswith(".html") and stage.holds(path) and (before := output.read(path)):
            lost = set(_ID.findall(before)) - set(_ID.findall(read(path)))
            gone |= {(path, unescape(id.decode("utf-8", "replace"))) for id in lost}
    return gone


def _name_in_links(path: str) -> str:
    """How every link to a file ends, from wherever it leads there."""
    folder, _, name = path.rpartition("/")
    return f"{folder.rpartition('/')[2]}/" if name == "index.html" else name


def inspect_standing(standing: Standing) -> list[Problem]:
    """What is wrong with the links of a finished tree, those of every page."""
    return check_links(_Pages(standing.read, standing.files), standing.files.keys(), standing.read)


def search_standing(settings: Settings, standing: Standing, now: datetime, public_log: bool) -> list[Problem]:
    """Every byte of a finished tree, searched for everything that is held at `now`. Nothing that a build has found out is relied upon."""
    files = Files(standing.files, standing.read)
    # Of the search's engine is believed what is made here and now, and only that.
    has_engine = any(path.startswith(f"{ENGINE}/") for path in standing.files)
    foreign = engine_digests(map(in_address, settings.languages)) if has_engine else frozenset[str]()
    return problems_of(search_tree(settings, now, files, new_record(""), foreign)[0], public_log, standing=True)


def search_tree(
    settings: Settings, now: datetime, files: Files, record: LeakRecord, foreign: frozenset[str], of_sources: Pool | None = None, of_files: Pool | None = None
) -> tuple[list[Leak], LeakRecord]:
    """Searches new bytes for everything that is held at `now`, and bytes that the record knows for what it does not know.

    What was seen half written may be held for that alone: where something leaks, and the sources are not any more as they were judged, that is the Fault.
    """
    conversions = tuple((one.source, one.conversion) for one in settings.derived)
    sources = judge_sources(roots_of(settings), now, settings.zone, record.known)
    needles, asked = gather(sources, _common(settings), record, conversions=conversions, common_digest=_common_digest(settings, record), pool=of_sources)
    leaks, searched = search(files, replace(needles, cleared=needles.cleared | foreign), asked, of_files)
    if leaks and judge_sources(roots_of(settings), now, settings.zone).held != sources.held:
        raise Fault(Problem("FT012", "sources changed while they were searched for what is held", hint="build again"))
    return leaks, searched


def _refuse_leaks(
    settings: Settings, engine: str, now: datetime, files: Files, public_log: bool, foreign: frozenset[str], of_sources: Pool | None,
    of_files: Pool | None,
) -> None:
    """The record is kept only where nothing leaks."""
    path = os.path.join(settings.state, _RECORD)
    record = _record(path, digests.of((engine, settings.zone, *([settings.derived] if settings.derived else ()))))
    leaks, searched = search_tree(settings, now, files, record, foreign, of_sources, of_files)
    if leaks:
        raise Fault(*problems_of(leaks, public_log), code=EXIT_LEAK)
    if searched != record:
        with faults(path):
            replace_file(path, dumps(searched))


def _record(path: str, engine: str) -> LeakRecord:
    try:
        return loads(Path(path).read_bytes(), engine)
    except OSError:
        return new_record(engine)


def _common(settings: Settings) -> Iterator[bytes]:
    """What every site of this kind says by itself: the theme, the interface words, the engine's own, the office's names.

    Templates of the site's own are not among it: what they say of something that is held was written for this site.
    """
    for folder in _common_folders(settings):
        yield from (Path(path).read_bytes() for path in _files_below(folder))
    yield from (path.read_bytes() for path in sorted(Path(outputs.__file__).parent.rglob("*.py")))
    yield SAID
    yield _names(settings)


def _common_digest(settings: Settings, record: LeakRecord) -> str:
    """A name for all that is common while its files stand as they are; the engine's own are named by the record's. Empty where there is no telling yet."""
    if not record.engine:
        return ""
    found = [(path, os.stat(path)) for folder in _common_folders(settings) for path in _files_below(folder)]
    stamps = [(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino) for path, stat in found]
    is_settled = max((max(stat.st_mtime_ns, stat.st_ctime_ns) for _, stat in found), default=0) < clock.settled()
    return digests.of((stamps, SAID.decode(), _names(settings).decode())) if is_settled else ""


def _common_folders(settings: Settings) -> list[str]:
    return [settings.theme, *(folder for folder, _ in theme_folders(settings, "words")[1:])]


def _files_below(folder: str) -> list[str]:
    return sorted(path for at, _, names in os.walk(folder) for name in names if os.path.isfile(path := os.path.join(at, name)))


def _names(settings: Settings) -> bytes:
    return "\n".join([settings.name, settings.url, *settings.names.values(), *settings.languages]).encode()


class _Pages(Mapping[str, bytes]):
    """The pages among these paths, each read when it is asked for: a cold build has more than memory should hold."""

    def __init__(self, read: Callable[[str], bytes], paths: Iterable[str]) -> None:
        self._read = read
        self._paths = frozenset(path for path in paths if path.endswith(".html"))

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        return self._read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

"""What a tree must pass: every link leads somewhere, and no word of a held document goes out.

A build asks this of what is new before it is swapped in; whoever hands over or checks a finished tree asks it of every byte.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import unescape
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from pressroom.checks.leaks import Files, problems_of
from pressroom.checks.link_record import Leading, LinkRecord, Place, leading_to
from pressroom.checks.link_record import dumps as dumps_links, loads as loads_links
from pressroom.checks.links import check_links, scouted
from pressroom.ground.addresses import IN_FRAGMENT
from pressroom.ground.companion import Companion
from pressroom.ground.languages import in_address
from pressroom.ground.pool import Pool
from pressroom.ground.problems import ERROR, EXIT_LEAK, WARNING, Fault, Problem, has_errors
from pressroom.leak_check import LeakCheck, Searched, Staged
from pressroom.model.settings import PREVIEW, PUBLIC, Settings
from pressroom.press.files import faults, remove_file, replace_file
from pressroom.press.seal import Standing, read_seal
from pressroom.press.search import ENGINE, engine_digests
from pressroom.press.stage import Stage
from pressroom.press.write import Output, Plan

_LINKS = "links.msgpack"
_MANY, _SEVERAL, _SOME = 500, 50, 8
"""So many files that a pool searches them, that this process has enough to do with their links, that a companion is given them."""
_ID = re.compile(rb' id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is to be told of a tree that may go out, and which of its pages lead to places on others (none where that is not known of all)."""

    problems: tuple[Problem, ...]
    leading: Leading | None


def inspect(
    settings: Settings, leak_check: LeakCheck, output: Output, planned: Plan, stage: Stage, tree: Mapping[str, str], public_log: bool,
    foreign: frozenset[str], pool: Pool, companion: Companion,
) -> Inspected:  # fmt: skip
    """What is wrong with the tree to be. A leak or a dead link is a Fault; warnings come back.

    `tree` has the digest of each of its files; `foreign` are the digests of files that were made without any document: their words are nobody's here.
    """
    read, dirty = stage.reader(), frozenset(planned.dirty)
    record = _link_record(settings, output)
    leading = Leading(record, planned.keys, dirty)
    is_known = record is not None or all(path in dirty for path in planned.keys if path.endswith(".html"))
    # Another machine may not reach the stage; and a few files are sooner looked at than told from the others.
    here = None if settings.executor else pool
    helping = here if len(stage.digests) > _MANY else None
    files = Files(tree, read, output.reader(dirty), foreign)
    is_public = settings.audience == PUBLIC
    searched = leak_check.begin(files, companion, alone=len(dirty) > _SEVERAL) if is_public and not helping else partial(leak_check.search, files, here)
    # What was wrong on a page that stays is wrong still, or is not any more.
    wrong = frozenset(record.wrong if record else ()) & planned.keys.keys()
    pages = _Pages(read, (*planned.dirty, *wrong, *_leading_to_lost(output, planned, stage, read, record)))
    problems = tuple(check_links(pages, planned.keys, read, scouted(sorted(pages), frozenset(planned.keys), read, helping), leading))
    if problems and public_log and settings.audience == PREVIEW:
        # The pages of a preview are those of held documents too, and their names would tell.
        worst = ERROR if has_errors(problems) else WARNING
        problems = (Problem("GT002", "pages of the preview have links that lead nowhere", hint="run it where the sources are: it names them", severity=worst),)
    if is_public:
        _refuse(leak_check, searched(), problems, public_log)
    elif has_errors(problems):
        raise Fault(*problems)
    return Inspected(problems, leading if is_known else None)


def search_early(settings: Settings, leak_check: LeakCheck, output: Output, planned: Plan, stage: Stage, companion: Companion) -> Callable[[], None]:
    """What is to be called as files are staged: has a companion that is near search some while others are made."""
    if not companion.is_near or settings.audience != PUBLIC or len(planned.dirty) > _MANY:
        return lambda: None
    begun, former = 0, output.reader(planned.dirty)

    def staged() -> None:
        nonlocal begun
        if len(stage.digests) - begun >= _SOME:
            companion.begin(leak_check, Staged(tuple(islice(stage.digests.items(), begun, None)), stage.reader(), former))
            begun = len(stage.digests)

    return staged


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
    gone = _gone_places(output, planned, stage, read)
    # What others put there may have any name.
    needles = {_name_in_links(path).encode("utf-8", "surrogateescape") for path in planned.stale if not path.endswith("/")}
    if not record:
        needles |= {b"#" + quote(id, safe=IN_FRAGMENT).encode() for _, id in gone}
    if not (gone or needles):
        return set()
    unchanged = {path for path in planned.keys.keys() - set(planned.dirty) if path.endswith(".html")}
    found = leading_to(record, gone) & unchanged if record else set()
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
    # Of the search's engine is believed what is made here and now, and only that.
    has_engine = any(path.startswith(f"{ENGINE}/") for path in standing.files)
    foreign = engine_digests(map(in_address, settings.languages)) if has_engine else frozenset[str]()
    return problems_of(LeakCheck(settings, now).search(Files(standing.files, standing.read, foreign=foreign)).leaks, public_log, standing=True)


def begin_leak_check(settings: Settings, engine: str, now: datetime, pool: Pool, companion: Companion) -> LeakCheck:
    """The leak check of a build: a companion that is near finds out from now on what is held."""
    leak_check = LeakCheck(settings, now, engine, None if settings.executor else pool)
    if settings.audience == PUBLIC:
        companion.begin(leak_check, None)
    return leak_check


def _refuse(leak_check: LeakCheck, searched: Searched, of_links: Sequence[Problem], public_log: bool) -> None:
    """The record is kept only where nothing leaks and no link is wrong. Where words of a held document are in the pages, a link of theirs may name it."""
    if searched.leaks:
        raise Fault(*problems_of(searched.leaks, public_log), *(() if public_log else of_links), code=EXIT_LEAK)
    if has_errors(of_links):
        raise Fault(*of_links)
    leak_check.keep(searched)


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

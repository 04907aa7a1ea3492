"""The basis of a build: all that it rests upon, as one digest. While that stands, and the clock has not reached an instant that changes the site, and
the output is as the build left it, there is nothing to build, and what was told then is told again.

What is kept of the last build that came through is of what is held too: faults, and when an embargo ends. It is sealed with the basis, which is hard to
work out without the sources as they stand on this disk; and where anybody may read the log, and so perhaps a cache, nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from pressroom.ground import digests
from pressroom.ground.disk import Disk
from pressroom.ground.problems import Problem
from pressroom.intake import Intake
from pressroom.model.settings import Settings
from pressroom.model.site import NEWS_AGE
from pressroom.press.entries import Stamp, stamp_of
from pressroom.press.files import faults, remove_file, replace_file
from pressroom.press.receipt import KeptReceipt, read_receipt, write_receipt
from pressroom.press.scans import Scan, scan

_RECORD = "basis.msgpack"
_SALT, _CHECK = 16, 16
_OF_THE_SWAP = "FT009"
_NEVER = datetime.max.replace(tzinfo=UTC)


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """How a build came out that was made as of `since`, and has nothing to add before `until`. `ledger` says which one it left, and for which folder; `tree` is
    the seal's.
    """

    since: datetime
    until: datetime
    ledger: bytes
    tree: str
    files: int
    held: int
    editions: dict[str, dict[str, int]]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> Mapping[str, Counter[str]]:
        """How many documents there are, by language and kind."""
        return {lang: Counter(counts) for lang, counts in self.editions.items()}


def basis_of(settings: Settings, engine: str, disk: Disk) -> bytes:
    """The basis as the disk has it: every file and folder below the content roots and in the look, by its stamp. Empty where one changed so lately that it
    could change once more under the same stamp, and where a link in the look leads to what has no stamp here: of the content no link is followed.

    What the `disk` lists of the content will be asked for once more.
    """
    roots, look = [path for path, _ in settings.roots], [path for path in (settings.theme, settings.overrides) if path]
    try:
        found = [(path, scan(path, disk)) for path in roots if os.path.isdir(path)]
        of_look = [(path, scan(path)) for path in look if os.path.isdir(path)]
        listed = [(path, sorted(one.files.items()), sorted(one.others), _folders(path, one)) for path, one in (*found, *of_look)]
        data = msgspec.msgpack.encode((engine, digests.of(settings), listed))
    # A name that is no UTF-8 cannot be written down.
    except (OSError, UnicodeEncodeError):
        return b""
    is_settled = all(max(written, changed) < disk.settled for _, files, _, folders in listed for _, (_, written, changed, _) in (*files, *folders))
    return hashlib.sha256(data).digest() if is_settled and not any(one.others for _, one in of_look) else b""


def _folders(path: str, found: Scan) -> list[tuple[str, Stamp]]:
    """Folders by their stamps: one that was away while the last build read, and is there again, has another."""
    return [(inside, stamp_of(os.lstat(os.path.join(path, inside)))) for inside in ("", *sorted(found.folders))]


def find(settings: Settings, basis: bytes, now: datetime, ledger: bytes) -> Outcome | None:
    """How the last build came out, if a build on this basis and at this instant must come out so, beside an output that stands."""
    if not basis:
        return None
    try:
        data = Path(settings.state, _RECORD).read_bytes()
        salt, text = data[:_SALT], _sealed(data[_SALT:], data[:_SALT] + basis)
        if len(salt) < _SALT or text[:_CHECK] != _check(text[_CHECK:]):
            return None
        found = msgspec.msgpack.decode(text[_CHECK:], type=Outcome)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.since <= now < found.until and found.ledger == ledger else None


def keep(settings: Settings, basis: bytes, outcome: Outcome) -> None:
    """Keeps how a build came out, for the next one on the same basis; nothing where there is none. What was to be said of the swap was said."""
    if not basis:
        return
    path = os.path.join(settings.state, _RECORD)
    kept = msgspec.structs.replace(outcome, problems=tuple(problem for problem in outcome.problems if problem.code != _OF_THE_SWAP))
    text, salt = msgspec.msgpack.encode(kept), secrets.token_bytes(_SALT)
    with faults(path):
        replace_file(path, salt + _sealed(_check(text) + text, salt + basis))


def forget(settings: Settings) -> None:
    """Lets go of how the last build came out: what is kept beside it is not as that build has left it any more."""
    path = os.path.join(settings.state, _RECORD)
    with faults(path):
        remove_file(path)


def renew_receipt(settings: Settings, outcome: Outcome, now: datetime, wall: datetime) -> KeptReceipt | None:
    """Says that a build has found nothing to do; nothing where the receipt of the one before is not there."""
    before = read_receipt(settings.state)
    if before is None or before.tree != outcome.tree:
        return None
    receipt = replace(before, now=now, wall=wall, written=0, removed=0)
    write_receipt(settings.state, receipt)
    return receipt


def until(intake: Intake, zone: ZoneInfo, now: datetime) -> datetime:
    """The first instant after `now` at which the clock may change what is made or told. What it lets out later than that, it lets out all the same."""
    return min((instant for instant in _instants(intake, zone) if instant > now), default=_NEVER)


def _instants(intake: Intake, zone: ZoneInfo) -> Iterator[datetime]:
    """All that the gate, the news sitemap, the rules of corrections and the pages of people compare the clock with."""
    yield from (begins for person in intake.registry.people.values() for office in person.offices if (begins := office.begins(zone)))
    known = [one.dossier.document.fields for one in intake.standing.values()]
    for fields in (*known, *(judged.document.fields for judged in intake.documents)):
        for moment in (fields.date, fields.embargo, fields.lifted):
            if moment:
                yield from (moment.instant + age for age in (timedelta(0), NEWS_AGE) if moment.instant < _NEVER - age)
        yield from (entry.at.instant for entry in fields.corrections)


def _sealed(data: bytes, key: bytes) -> bytes:
    """Data that is read with its key alone, by the same step: each key is used once."""
    stream = hashlib.shake_256(key).digest(len(data))
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")


def _check(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=_CHECK).digest()

"""The press room of now beside what readers have: where that is found, and what a build would break of it."""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import dataclass, replace
from pathlib import Path

from pressroom.commands.destinations import read_destination
from pressroom.commands.git import Git
from pressroom.commands.published import Branch, Folder, Place, read_published
from pressroom.desk.editions import Source
from pressroom.desk.fates import Known, Present
from pressroom.desk.permanence import compare
from pressroom.ground.problems import ERROR, EXIT_USAGE, Fault, Problem
from pressroom.intake import Intake
from pressroom.model.settings import PUBLIC, Settings
from pressroom.model.site import Site
from pressroom.outputs.feeds import tag_uri
from pressroom.press import seal
from pressroom.verdicts import Judged, folder_of

_SERVING = ("search/", "theme/", "verify/")
"""Folders of files that serve pages and are no addresses: they change with all that is out."""
_OF_THE_HOST = frozenset((".nojekyll", "CNAME"))
_HINT = "--against takes the folder of a site that was published, or a git reference, as in gh-pages"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared with: where readers' tree stands, or why there is none."""

    settings: Settings
    place: Place | None
    why: str = ""

    def judge(self, intake: Intake, site: Site | None, paths: frozenset[str]) -> Intake:
        """The intake with everything that a build of it would break. A site that cannot be made for other faults is not compared."""
        if self.place is None:
            return replace(intake, open_problems=(*intake.open_problems, Problem("CO014", f"nothing is published yet to compare with: {self.why}")))
        if site is None:
            return intake
        broken, held = compare(read_published(self.place, paths), _present(self.settings, intake, site, paths))
        return replace(intake, open_problems=(*intake.open_problems, *broken), held_problems=(*intake.held_problems, *held))


def comparison(root: Path, settings: Settings, against: str = "") -> Comparison:
    """What to compare with: what was named, else what is known of the publish branch. What was named must be there."""
    if not against:
        place, why = _destination(root)
        return Comparison(settings, place, why)
    place = Folder(Path(against)) if os.path.isdir(against) else _branch(root, against)
    if place is None:
        raise Fault(Problem("CO014", f"there is no folder and no commit {against}", hint=_HINT, severity=ERROR), code=EXIT_USAGE)
    if not _is_published(place):
        raise Fault(Problem("CO014", f"{against} is no site that Pressroom has built for the public", hint=_HINT, severity=ERROR), code=EXIT_USAGE)
    return Comparison(settings, place)


def is_kept(place: Place, output: str) -> bool:
    """Whether a finished output surely breaks nothing of a published tree: it has all its addresses, and the same facts of its editions, byte for byte.

    So it is where a release is new, and then no source has to be read. Of a tree that no build of ours has made for the public there is nothing to keep.
    """
    if not _is_published(place):
        return True
    here = Folder(Path(output))
    paths = {path for path in place.paths - _OF_THE_HOST if not path.startswith(_SERVING)}
    if not paths <= here.paths:
        return False
    facts = sorted(path for path in paths if path.endswith("/index.json"))
    return all(ours == theirs for (_, ours), (_, theirs) in zip(here.read(facts), place.read(facts), strict=True))


def _destination(root: Path) -> tuple[Place | None, str]:
    """The publish branch as the remote had it when git looked last; where there is no remote of that name, the branch here."""
    try:
        to = read_destination(root)
        remotes = Git(root).say("remote").split("\n")
    except Fault as fault:
        return None, fault.problems[0].message
    reference = to.fetched if to.is_address or to.remote in remotes else f"refs/heads/{to.branch}"
    place = _branch(root, reference)
    if place is None:
        # A clone of one branch alone, or of a remote that is known by its address, fetches no other by itself.
        command = shlex.join(["git", "fetch", to.shown, f"+refs/heads/{to.branch}:{reference}"])
        where = f"; if it is published, {command} gets it" if reference == to.fetched else ""
        return None, f"git knows of no {reference.removeprefix('refs/heads/').removeprefix('refs/remotes/')}{where}"
    return (place, "") if _is_published(place) else (None, f"{to.branch} holds no site that Pressroom has built")


def _branch(root: Path, reference: str) -> Branch | None:
    git = Git(root)
    commit = "" if reference.startswith("-") else git.say("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}")
    return Branch(git, commit) if commit else None


def _is_published(place: Place) -> bool:
    if seal.ADDRESS not in place.paths:
        return False
    try:
        return bool(json.loads(next(data for _, data in place.read([seal.ADDRESS])))["audience"] == PUBLIC)
    except (ValueError, LookupError, TypeError):
        return False


def _present(settings: Settings, intake: Intake, site: Site, paths: frozenset[str]) -> Present:
    faulty = _faulty(intake)
    known = {folder_of(judged.bundle): _known(judged, judged.bundle.shown in faulty) for judged in intake.documents}
    ids = {listing.address: tag_uri(site.feed_authority, listing.address.strip("/")) for listing in site.listings if listing.feed}
    for document in site.documents:
        ids |= {edition.address: tag_uri(site.feed_authority, f"{document.folder}/{lang}") for lang, edition in document.editions.items()}
    return Present(site, paths, ids, known, settings.roots[0][1])


def _faulty(intake: Intake) -> set[str]:
    """The folders, as they are shown, in which something is an error: what they would publish is not known yet."""
    shown = {judged.bundle.shown for judged in intake.documents}
    errors = [problem.path for problem in (*intake.open_problems, *intake.held_problems) if problem.severity == ERROR]
    return shown & {parent.as_posix() for path in errors for parent in (Path(path), *Path(path).parents)}


def _known(judged: Judged, is_faulty: bool) -> Known:
    """A document's sources with the editions that are drafts, which the intake leaves out."""
    sources = {lang: Source(found.file.shown, found.header) for lang, found in judged.opened.items()}
    return Known(replace(judged.document, sources=sources), judged.bundle.shown, judged.verdict.held, judged.sound and not is_faulty)

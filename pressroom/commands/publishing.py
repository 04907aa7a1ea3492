"""`inv publish`: builds, asks the gate again, and hands the output to ghp-import as publishconf.py says.

ghp-import makes the commit on a branch of its own. That branch is read back and goes away again: what ghp-import leaves behind when it is
broken off is a part of a site, and must not lie on the branch that somebody pushes next. Nothing here touches the index or the work tree.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from pressroom.build import compose_now
from pressroom.commands import builds
from pressroom.commands.clearance import demand
from pressroom.commands.comparing import Comparison, is_kept
from pressroom.commands.destinations import FILE as DESTINATION
from pressroom.commands.destinations import Destination, read_destination
from pressroom.commands.display import displayed
from pressroom.commands.git import Git
from pressroom.commands.published import Branch
from pressroom.ground import clock
from pressroom.ground.problems import ERROR, Fault, Problem, in_order, lowered
from pressroom.ground.progress import CLEARANCE
from pressroom.model.settings import Settings
from pressroom.press.lock import hold_lock
from pressroom.press.seal import ADDRESS as SEAL
from pressroom.reports import is_public_log, told

_WORKING_BRANCH = "pressroom-publish"
_SOURCE = "Source-Commit"
_COMMIT_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_HOOK_LIMIT = 100 * 1024 * 1024


def run(
    root: Path, push: bool | None = None, build: bool = True, any_clock: bool = False, older: bool = False,
    telling: builds.Telling = builds.Telling(), breaking: bool = False,
) -> None:  # fmt: skip
    """Builds the public site, or takes the one that stands, and commits it to the publish branch; pushes it where the destination says so."""
    to = read_destination(root)
    push = to.push if push is None else push
    check(root, to, push)
    # What is out is judged by the system's clock alone: another instant must not open what is held.
    if build:
        builds.run(root, now=clock.now().isoformat(), telling=telling)
    settings = builds.read(root)
    stands = _looked_at(Git(root), to, push, older)
    if stands:
        _keep_what_is_out(root, settings, stands, older or breaking)
    with hold_lock(settings.state):
        with displayed() as progress:
            progress.begin(CLEARANCE)
            demand(settings, clock.now(), any_clock, is_public_log(os.environ))
        print(hand_over(root, settings.output, to, push, settings.url, older, stands))


def check(root: Path, to: Destination, push: bool) -> None:
    """What can be known to fail before anything is built."""
    git = Git(root)
    git.ask("rev-parse", "--git-dir")
    if f"branch refs/heads/{to.branch}" in git.ask("worktree", "list", "--porcelain").split("\n"):
        raise Fault(
            Problem(
                "FT010", f"the branch {to.branch} is checked out here", hint="BRANCH names a branch that holds the site and nothing else"
            )
        )
    if push and not to.is_address and to.remote not in git.ask("remote").split("\n"):
        raise Fault(
            Problem(
                "FT010",
                f"there is no remote {to.remote}",
                hint="git remote add it, or name another in publishconf.py; --no-push keeps it here",
            )
        )


def hand_over(root: Path, output: str, to: Destination, push: bool, site: str, older: bool = False, stands: str | None = None) -> str:
    """Commits a finished tree to the publish branch, and pushes it; says what came of it. `site` is the address that readers use.

    With `older` it may be made from older sources than what is published. `stands` is the commit that was looked at, if one was, and is built upon.
    """
    git = Git(root)
    files = publishable(output)
    _check_domain(output, to, files)
    stands = _looked_at(git, to, push, older) if stands is None else stands
    try:
        commit = _commit(git, to, output, files, stands, site)
    finally:
        git.say("update-ref", "-d", f"refs/heads/{_WORKING_BRANCH}")
    return _push(git, to, commit, stands) if push else _keep(git, to, commit, stands)


def _looked_at(git: Git, to: Destination, push: bool, older: bool) -> str:
    """The commit that is published now, or nothing. What this may not take the place of is a Fault."""
    stands = _standing(git, to, push)
    here = "" if push else git.say("rev-parse", "--verify", "--quiet", f"refs/heads/{to.branch}")
    for commit in filter(None, {stands, here}):
        _refuse_sources(git, to, commit)
    if not older:
        _refuse_older(git, to, stands)
    return stands


def _keep_what_is_out(root: Path, settings: Settings, stands: str, may_break: bool) -> None:
    """What the site would break of the published commit is a Fault, as `check` tells it; or is told, where that is meant."""
    place = Branch(Git(root), stands)
    if is_kept(place, settings.output):
        return
    with displayed() as progress:
        intake = Comparison(settings, place).judge(*compose_now(settings, clock.now(), progress))
    broken = [problem for problem in intake.problems(is_public_log(os.environ)) if problem.severity == ERROR]
    if broken and not may_break:
        raise Fault(*in_order(broken))
    for line in told(map(lowered, broken), os.environ, root):
        print(line)


def publishable(output: str) -> frozenset[str]:
    """The paths of the output; what ghp-import would publish as something else, or break off at, is a Fault."""
    found: set[str] = set()
    problems: list[Problem] = []

    def look(folder: str, prefix: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: os.fsencode(entry.name)):
                path = prefix + entry.name
                why = _unpublishable(entry)
                if why:
                    problems.append(Problem("FT010", f"{ascii(path)[1:-1]} cannot be published: {why}", hint="take it out of the content"))
                elif entry.is_dir(follow_symlinks=False):
                    look(entry.path, f"{path}/")
                else:
                    found.add(path)

    look(output, "")
    if "index.html" not in found:
        problems.append(Problem("FT010", "the output has no index.html, so it is no site", os.path.basename(output)))
    if problems:
        raise Fault(*problems)
    return frozenset(found)


def _check_domain(output: str, to: Destination, files: frozenset[str]) -> None:
    """A domain that is written in two places is the same in both; ghp-import would silently take one of them."""
    if to.cname and "CNAME" in files and (own := Path(output, "CNAME").read_text(encoding="utf-8", errors="replace").strip()) != to.cname:
        raise Fault(Problem("FT010", f"CNAME is {to.cname} here and {own} in content/root/CNAME", DESTINATION, hint="keep one of the two"))


def _unpublishable(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink() or not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
        return "it is no regular file"
    if entry.name.lower() == ".git":
        return "git keeps this name for itself"
    if not entry.name.isprintable() or entry.name.startswith('"'):
        return "its name begins with a quotation mark, or is not printable UTF-8"
    if entry.is_file(follow_symlinks=False):
        if entry.stat(follow_symlinks=False).st_size > _HOOK_LIMIT:
            return "it is larger than 100 MiB, which hosts refuse"
        if not os.access(entry.path, os.R_OK):
            return "it cannot be read"
    return ""


def _standing(git: Git, to: Destination, push: bool) -> str:
    """The commit that is published now, or nothing: what the remote has, and only where there is no remote what is here.

    A branch here that the remote does not know may hold what has been taken back since; it must not come back by way of the history.
    """
    reference = f"refs/heads/{to.branch}"
    if not to.is_address and to.remote not in git.ask("remote").split("\n"):
        return git.say("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}")
    if not push and not git.succeeds("ls-remote", to.remote, "HEAD"):
        return git.say("rev-parse", "--verify", "--quiet", f"{to.fetched}^{{commit}}")
    if not git.ask("ls-remote", to.remote, reference):
        return ""
    git.ask(
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", to.remote, f"+{reference}:{to.fetched}"
    )
    return git.ask("rev-parse", to.fetched)


def _refuse_sources(git: Git, to: Destination, commit: str) -> None:
    """A site takes the place of everything on its branch. What no build has sealed may be a site of another tool's, with a history of its own; or nothing yet."""
    names = git.ask("ls-tree", "--name-only", "--full-tree", commit).split("\n")
    if names == [""] or git.succeeds("cat-file", "-e", f"{commit}:{SEAL}"):
        return
    if "index.html" not in names or git.say("merge-base", "HEAD", commit):
        hint = "BRANCH names a branch that holds the site and nothing else; if nobody needs what is on this one, delete it first"
        raise Fault(Problem("FT010", f"the branch {to.branch} holds something else than a site", DESTINATION, hint=hint))


def _refuse_older(git: Git, to: Destination, stands: str) -> None:
    """A job that was slow, or is run again, must not take a correction back; where there is no telling which is older, it goes on."""
    trailer = git.say("log", "-1", f"--format=%(trailers:key={_SOURCE},valueonly)", stands) if stands else ""
    published = trailer.split("\n")[-1]
    if not _COMMIT_NAME.fullmatch(published):
        return
    # What was pushed after this clone was made is fetched; in a shallow one, that would fetch the history instead.
    if not git.succeeds("cat-file", "-e", published) and git.say("rev-parse", "--is-shallow-repository") == "false":
        git.say("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", to.remote, published)
    ours = git.say("rev-parse", "HEAD")
    if ours != published and git.succeeds("merge-base", "--is-ancestor", ours, published):
        said = f"what is published was made from {published[:12]}, which comes after {ours[:12]} here"
        raise Fault(Problem("FT015", said, hint="get the newest sources and publish those, or roll back with --older"))


def _commit(git: Git, to: Destination, output: str, files: frozenset[str], stands: str, site: str) -> str:
    """The commit with the output as its tree, upon the one that stands; that one itself where its tree is the same."""
    working = f"refs/heads/{_WORKING_BRANCH}"
    git.say("update-ref", "-d", working)
    if stands:
        git.ask("update-ref", working, stands)
    source = git.say("rev-parse", "HEAD")
    message = "Publish the press room" + (f"\n\n{_SOURCE}: {source}" if source else "")
    words = ["--no-jekyll", f"--remote={to.remote}", f"--branch={_WORKING_BRANCH}", f"--message={message}"]
    words += [f"--cname={to.cname}"] if to.cname else []
    git.run([sys.executable, "-P", "-m", "ghp_import", *words, output], "ghp-import", {**git.committer(site), "PYTHONUTF8": "1"})
    made = git.ask("rev-parse", working)
    wanted = {*files, ".nojekyll", *(["CNAME"] if to.cname else [])}
    if set(git.run(["git", "ls-tree", "-r", "-z", "--name-only", "--full-tree", made], "git ls-tree").strip("\0").split("\0")) != wanted:
        raise Fault(
            Problem("FT010", "the commit does not hold what the output holds", hint="was another publish at work? run publish again")
        )
    if stands and _tree(git, stands) == _tree(git, made):
        return stands
    return made


def _push(git: Git, to: Destination, commit: str, stands: str) -> str:
    if commit == stands:
        return f"Nothing has changed: {to.branch} of {to.shown} holds this site."
    hint = "somebody else has published meanwhile, or you may not push there; run publish again"
    reference = f"refs/heads/{to.branch}"
    # Only upon the very commit that was looked at; where there was none, only if there still is none.
    git.ask("push", "--quiet", f"--force-with-lease={reference}:{stands}", to.remote, f"{commit}:{reference}", hint=hint)
    git.say("update-ref", to.fetched, commit)
    return f"Published to {to.branch} of {to.shown}."


def _keep(git: Git, to: Destination, commit: str, stands: str) -> str:
    reference = f"refs/heads/{to.branch}"
    before = git.say("rev-parse", "--verify", "--quiet", reference)
    # The same site upon the same history: only the hour of the commit would be another.
    if before and (
        before == commit or (_tree(git, before), git.say("rev-parse", "--verify", "--quiet", f"{before}^")) == (_tree(git, commit), stands)
    ):
        return f"Nothing has changed: {to.branch} holds this site; nothing was pushed."
    git.ask("update-ref", "-m", "publish", reference, commit)
    return f"Committed to {to.branch}; nothing was pushed."


def _tree(git: Git, commit: str) -> str:
    return git.ask("rev-parse", f"{commit}^{{tree}}")

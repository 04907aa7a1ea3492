"""`inv publish`: builds, and hands the output to ghp-import as publishconf.py says."""

from __future__ import annotations

import io
import os
import runpy
import subprocess
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

from pressroom.commands import builds
from pressroom.ground.problems import Fault, Problem

FILE = "publishconf.py"
_KNOWN = ("REMOTE", "BRANCH", "CNAME", "PUSH")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the site goes."""

    remote: str = "origin"
    branch: str = "gh-pages"
    cname: str = ""
    push: bool = True


def destination(root: Path) -> Destination:
    try:
        given = {name: value for name, value in runpy.run_path(str(root / FILE)).items() if name.isupper()}
    except FileNotFoundError:
        raise Fault(Problem("FT010", f"there is no {FILE}", hint="it says where the site goes: REMOTE, BRANCH, CNAME, PUSH")) from None
    except Exception as error:
        raise Fault(Problem("FT010", f"{FILE} cannot be read: {error}", FILE)) from None
    unknown = sorted(set(given) - set(_KNOWN))
    if unknown:
        raise Fault(*(Problem("FT006", f"unknown setting {name}", FILE, hint=f"it has {', '.join(_KNOWN)}") for name in unknown))
    return Destination(**{name.lower(): value for name, value in given.items()})


def run(root: Path, push: bool | None = None) -> None:
    """Builds the public site and commits it to the publish branch; pushes it where the destination says so."""
    to = destination(root)
    builds.run(root)
    output = builds.read(root).output
    _refuse_nothing(output)
    _git(root, "rev-parse", "--git-dir")
    push = to.push if push is None else push
    if push or _has_remote(root, to.remote):
        _fetch(root, to)
    _import(root, output, to, push)
    print(f"Published to {to.branch}" + (f", pushed to {to.remote}." if push else "."))


def _refuse_nothing(output: str) -> None:
    """ghp-import publishes an empty folder as an empty site."""
    if not os.path.isfile(os.path.join(output, "index.html")):
        raise Fault(Problem("FT010", "the output has no index.html", os.path.relpath(output), hint="build first"))


def _has_remote(root: Path, remote: str) -> bool:
    return remote in _git(root, "remote").split()


def _fetch(root: Path, to: Destination) -> None:
    """The branch as the remote has it: ghp-import builds upon what is known here, and knows only what was fetched."""
    reference = f"refs/heads/{to.branch}"
    if _git(root, "ls-remote", to.remote, reference).strip():
        _git(root, "fetch", "--quiet", "--no-tags", to.remote, f"+{reference}:refs/remotes/{to.remote}/{to.branch}")


def _import(root: Path, output: str, to: Destination, push: bool) -> None:
    from ghp_import import GhpError, ghp_import

    source = _git(root, "rev-parse", "HEAD", optional=True).strip()
    message = f"Publish the press room\n\nSource-Commit: {source}" if source else "Publish the press room"
    before, said = os.getcwd(), io.StringIO()
    os.chdir(root)
    try:
        with redirect_stderr(said):
            ghp_import(output, remote=to.remote, branch=to.branch, mesg=message, cname=to.cname or None, nojekyll=True, push=push)
    except GhpError as error:
        raise Fault(Problem("FT010", str(error.message))) from None
    except (subprocess.CalledProcessError, OSError, TypeError, ValueError) as error:
        hint = "somebody else has published meanwhile, or may not be pushed to: git's message above says which; run publish again"
        raise Fault(Problem("FT010", f"the site could not be published ({error})", hint=hint)) from None
    finally:
        os.chdir(before)


def _git(root: Path, *arguments: str, optional: bool = False) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode and not optional:
        said = done.stderr.strip().split("\n")[-1]
        raise Fault(Problem("FT010", f"git {arguments[0]} failed: {said}", hint="publish works in a git repository with the remote of publishconf.py"))
    return done.stdout if not done.returncode else ""

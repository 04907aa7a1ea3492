"""Where the site goes: publishconf.py, read and judged."""

from __future__ import annotations

import difflib
import re
import runpy
from dataclasses import dataclass
from pathlib import Path

from pressroom.ground.problems import Fault, Problem

FILE = "publishconf.py"
_KNOWN = {"REMOTE": str, "BRANCH": str, "CNAME": str, "PUSH": bool}
_BRANCH = re.compile(r"(?![./-]|HEAD$|refs/)(?!.*(?:\.\.|@\{|//|/\.|\.lock(?:/|$)))[^\x00-\x20\x7f~^:?*\[\\]+(?<![./])")
_WHO = re.compile(r"(?<=://)[^/]*@")
_DOMAIN = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the site goes: a remote by its name or address, a branch of it, and the domain that the host answers to."""

    remote: str = "origin"
    branch: str = "gh-pages"
    cname: str = ""
    push: bool = True

    @property
    def is_address(self) -> bool:
        return "/" in self.remote or ":" in self.remote

    @property
    def shown(self) -> str:
        """The remote as it is told: who is named in its address, and with what password, stands in no log."""
        return _WHO.sub("", self.remote)

    @property
    def fetched(self) -> str:
        """Where git keeps what it knows of the branch there: a remote's own place, or one of ours for an address, which has none."""
        return f"refs/pressroom/{self.branch}" if self.is_address else f"refs/remotes/{self.remote}/{self.branch}"


def read_destination(root: Path) -> Destination:
    """The destination that publishconf.py names, or a Fault that says everything that is wrong with it."""
    given = _given(root / FILE)
    problems = [_unknown(name) for name in sorted(given) if name not in _KNOWN]
    for name, kind in _KNOWN.items():
        if name in given and not isinstance(given[name], kind):
            problems.append(
                Problem(
                    "FT008",
                    f"{name} is {given[name]!r}",
                    FILE,
                    hint="write True or False" if kind is bool else "write it in quotation marks",
                )
            )
    if problems:
        raise Fault(*problems)
    to = Destination(**{name.lower(): value for name, value in given.items()})
    if not to.remote or to.remote.startswith("-"):
        problems.append(
            Problem("FT008", f"REMOTE is {to.remote!r}", FILE, hint="the name of a remote, as git remote shows it, or its address")
        )
    if not _BRANCH.fullmatch(to.branch):
        problems.append(Problem("FT008", f"BRANCH is {to.branch!r}, no name of a branch", FILE, hint="as in gh-pages"))
    if to.cname and not _DOMAIN.fullmatch(to.cname):
        problems.append(Problem("FT008", f"CNAME is {to.cname!r}, no domain", FILE, hint="the bare domain, as in press.example.org"))
    if problems:
        raise Fault(*problems)
    return to


def _given(path: Path) -> dict[str, object]:
    try:
        return {name: value for name, value in runpy.run_path(str(path)).items() if name.isupper()}
    except FileNotFoundError:
        raise Fault(Problem("FT010", f"there is no {FILE}", hint=f"it says where the site goes: {', '.join(_KNOWN)}")) from None
    except SyntaxError as error:
        raise Fault(Problem("FT010", f"this is no Python: {error.msg}", FILE, error.lineno or 0, error.offset or 0)) from None
    except (Exception, SystemExit) as error:
        raise Fault(Problem("FT010", f"the settings cannot be read: {type(error).__name__}: {error}", FILE)) from None


def _unknown(name: str) -> Problem:
    near = difflib.get_close_matches(name, _KNOWN, n=1, cutoff=0.6)
    return Problem(
        "FT006", f"unknown setting {name}", FILE, hint=f'did you mean "{near[0]}"?' if near else f"the settings are {', '.join(_KNOWN)}"
    )

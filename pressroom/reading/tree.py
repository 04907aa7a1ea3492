"""The content tree: which bundles, files and registries there are. The path is the address; nothing is opened here but by `read_bytes`."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from pressroom.ground.languages import canonical, is_tag
from pressroom.ground.problems import Fault, Problem
from pressroom.model.kinds import BY_FOLDER, Kind

REGISTRIES = ("people.yml", "organisations.yml", "topics.yml", "contacts.yml")
RESERVED_SLUGS = ("v", "with")
RESERVED_PAGES = ("releases", "transcripts", "topics", "people", "corrections", "search", "verify", "feed")
LONGEST_SLUG = 100
FORMER = "v"
SUMS = "SHA256SUMS"
"""In the folder of an earlier version: the digests of what was attached to it, as `sha256sum` writes them."""

_DEEPEST_ROOT = 20

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDITION = re.compile(r"index\.(?P<lang>[^.]+)\.md")
_LEFTOVER = re.compile(r"\.(?!well-known$).*|#.*#|.*~|.*\.(?:swp|swo|tmp|bak|orig)|Thumbs\.db|desktop\.ini", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_ROOT_FOLDER = "root"
_NOT_CONTENT = ("LICENSE", "README.md")


@dataclass(frozen=True, slots=True)
class File:
    """A regular file of the content. `path` opens it, `shown` names it to people; `stamp` changes when the file may have changed."""

    path: str
    shown: str
    size: int
    stamp: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class FormerFiles:
    """What is kept of an earlier version: its editions by language tag, and the list of its attachments' digests."""

    editions: Mapping[str, File]
    sums: File | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """A document's folder: its editions by language tag, its other files by name, its earlier versions by number."""

    kind: str
    year: int
    slug: str
    shown: str
    editions: Mapping[str, File]
    files: Mapping[str, File]
    former: Mapping[int, FormerFiles] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    bundles: tuple[Bundle, ...] = ()
    registries: Mapping[str, File] = field(default_factory=dict)
    root_files: Mapping[str, File] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@contextmanager
def open_file(file: File) -> Iterator[BinaryIO]:
    """A file of the tree, opened. One that went away or turned into something else since the scan is a Fault."""
    try:
        handle = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
        with os.fdopen(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Fault(Problem("FT012", "the file turned into something else during the build", file.shown))
            yield opened
    except PermissionError:
        raise Fault(Problem("TX009", "the file cannot be read", file.shown, hint="give the build permission to read it")) from None
    except OSError as error:
        message = f"the file went away during the build ({error.strerror})"
        raise Fault(Problem("FT012", message, file.shown, hint="build again")) from None


def is_leftover(name: str) -> bool:
    """Whether a file is what an editor or a desktop leaves behind, never meant to be published."""
    return bool(_LEFTOVER.fullmatch(name))


def read_bytes(file: File) -> bytes:
    """The content of a file that is small enough to be held in memory."""
    with open_file(file) as opened:
        return opened.read()


def scan(roots: tuple[tuple[str, str], ...], languages: tuple[str, ...]) -> Tree:
    """The tree under one or more content roots, each a path and the name shown for it; later roots are merged by path."""
    problems: list[Problem] = []
    bundles: dict[tuple[str, int, str], Bundle] = {}
    registries: dict[str, File] = {}
    root_files: dict[str, File] = {}
    for path, shown in roots:
        if not os.path.isdir(path):
            problems.append(Problem("TX013", "the content folder is not there", shown, hint="PATH and HELD_PATH in pelicanconf.py name them"))
            continue
        for entry in _entries(path, shown, problems):
            name, here = entry.name, f"{shown}/{entry.name}"
            if _is_folder(entry):
                if name in BY_FOLDER:
                    for bundle in _bundles(BY_FOLDER[name], entry.path, here, languages, problems):
                        _merge(bundles, bundle, problems)
                elif name == _ROOT_FOLDER:
                    _collect(entry.path, here, "", root_files, problems)
                else:
                    known = ", ".join([*BY_FOLDER, _ROOT_FOLDER])
                    problems.append(Problem("TX002", f"{name} is no folder of the content", here, hint=f"the folders are {known}"))
            elif name in REGISTRIES:
                _add(registries, name, _file(entry, here, problems), problems)
            elif name not in _NOT_CONTENT:
                known = ", ".join(REGISTRIES)
                problems.append(Problem("TX002", f"{name} does not belong here", here, hint=f"beside the folders stand {known}"))
    ordered = tuple(bundles[key] for key in sorted(bundles))
    return Tree(ordered, registries, dict(sorted(root_files.items())), tuple(problems))


def _entries(path: str, shown: str, problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder in sorted order that can be content; what cannot is a problem."""
    try:
        with os.scandir(path) as opened:
            found = sorted(opened, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        problems.append(Problem("TX009", f"the folder cannot be read ({error.strerror})", shown))
        return
    folded: dict[str, str] = {}
    for entry in found:
        name = entry.name
        here = f"{shown}/{name}"
        if is_leftover(name):
            if not name.startswith(".git"):
                problems.append(Problem("TX012", f"{name} is left out", here))
            continue
        if not name.isprintable() or not _encodes(name):
            problems.append(Problem("TX001", f"the name {ascii(name)} is not printable UTF-8", shown, hint="rename it"))
            continue
        key = unicodedata.normalize("NFC", name).casefold()
        if key in folded:
            problems.append(Problem("TX010", f"{name} and {folded[key]} differ by case or form only", here, hint="rename one of the two"))
            continue
        folded[key] = name
        if entry.is_symlink() or not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
            what = "a symbolic link" if entry.is_symlink() else "no regular file"
            problems.append(Problem("TX008", f"{name} is {what}", here, hint="put the file itself here"))
            continue
        yield entry


def _encodes(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _file(entry: os.DirEntry[str], shown: str, problems: list[Problem]) -> File | None:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError as error:
        problems.append(Problem("TX009", f"the file cannot be read ({error.strerror})", shown))
        return None
    return File(entry.path, shown, found.st_size, (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))


def _add(files: dict[str, File], name: str, file: File | None, problems: list[Problem]) -> None:
    if file is None:
        return
    if name in files:
        problems.append(Problem("TX011", f"{file.shown} stands in {files[name].shown} too", file.shown, hint="keep one of the two"))
        return
    files[name] = file


def _collect(path: str, shown: str, prefix: str, files: dict[str, File], problems: list[Problem]) -> None:
    """The files of `root/`, copied to `/` as they are; `.well-known` and other dotted names are the site's own business."""
    for entry in _entries(path, shown, problems):
        name = f"{prefix}{entry.name}"
        if _is_folder(entry) and prefix.count("/") >= _DEEPEST_ROOT:
            problems.append(Problem("TX002", f"{entry.name} lies too deep", f"{shown}/{entry.name}", hint=f"at most {_DEEPEST_ROOT} folders in one another"))
        elif _is_folder(entry):
            _collect(entry.path, f"{shown}/{entry.name}", f"{name}/", files, problems)
        else:
            _add(files, name, _file(entry, f"{shown}/{entry.name}", problems), problems)


def _bundles(kind: Kind, path: str, shown: str, languages: tuple[str, ...], problems: list[Problem]) -> Iterator[Bundle]:
    if not kind.dated:
        yield from _of_folder(kind, 0, path, shown, languages, problems)
        return
    for entry in _entries(path, shown, problems):
        here = f"{shown}/{entry.name}"
        if not (_is_folder(entry) and re.fullmatch(r"[12]\d{3}", entry.name, re.ASCII)):
            hint = f"documents stand in {shown}/<year>/<slug>/index.<language>.md"
            problems.append(Problem("TX002", f"{entry.name} is no year", here, hint=hint))
            continue
        yield from _of_folder(kind, int(entry.name), entry.path, here, languages, problems)


def _of_folder(kind: Kind, year: int, path: str, shown: str, languages: tuple[str, ...], problems: list[Problem]) -> Iterator[Bundle]:
    for entry in _entries(path, shown, problems):
        here = f"{shown}/{entry.name}"
        if not _is_folder(entry):
            hint = f"a document is a folder: {shown}/<slug>/index.<language>.md"
            problems.append(Problem("TX002", f"{entry.name} stands in no document's folder", here, hint=hint))
            continue
        fault = slug_fault(entry.name, kind)
        if fault:
            problems.append(Problem("TX001", f"{ascii(entry.name)} is no slug: {fault}", here, hint="a slug has a-z, 0-9 and single hyphens"))
            continue
        yield _bundle(kind, year, entry.name, entry.path, here, languages, problems)


def slug_fault(slug: str, kind: Kind) -> str:
    if not _SLUG.fullmatch(slug):
        return "it has other characters, or a hyphen out of place"
    if len(slug) > LONGEST_SLUG:
        return f"it is longer than {LONGEST_SLUG} characters"
    if slug in RESERVED_SLUGS or re.fullmatch(r"\d\d", slug):
        return "the site uses this name itself"
    if not kind.dated and slug in RESERVED_PAGES:
        return "a folder of the site has this name"
    return ""


def _bundle(kind: Kind, year: int, slug: str, path: str, shown: str, languages: tuple[str, ...], problems: list[Problem]) -> Bundle:
    editions: dict[str, File] = {}
    files: dict[str, File] = {}
    former: dict[int, FormerFiles] = {}
    for entry in _entries(path, shown, problems):
        name, here = entry.name, f"{shown}/{entry.name}"
        if _is_folder(entry):
            if name == FORMER:
                former = _former(entry.path, here, languages, problems)
            else:
                problems.append(Problem("TX002", f"{name} is a folder inside a document", here, hint="attachments lie beside the text"))
            continue
        file = _file(entry, here, problems)
        edition = _EDITION.fullmatch(name)
        if name == "index.md":
            hint = f"name it index.{languages[0]}.md"
            problems.append(Problem("TX003", "index.md has no language", here, hint=hint))
        elif not edition:
            _add(files, name, file, problems)
        elif fault := _language_fault(edition["lang"], languages):
            problems.append(Problem("TX003", fault[0], here, hint=fault[1]))
        else:
            _add(editions, edition["lang"], file, problems)
    return Bundle(kind.name, year, slug, shown, editions, files, former)


def _former(path: str, shown: str, languages: tuple[str, ...], problems: list[Problem]) -> dict[int, FormerFiles]:
    """The earlier versions of a document, as `inv correct` keeps them: `v/<n>/index.<language>.md`."""
    found: dict[int, FormerFiles] = {}
    for folder in _entries(path, shown, problems):
        if not _is_folder(folder) or not _NUMBER.fullmatch(folder.name):
            problems.append(Problem("TX002", f"{folder.name} is no earlier version", f"{shown}/{folder.name}", hint=f"they lie in {shown}/1/, {shown}/2/ …"))
            continue
        editions: dict[str, File] = {}
        sums = None
        for entry in _entries(folder.path, f"{shown}/{folder.name}", problems):
            here = f"{shown}/{folder.name}/{entry.name}"
            edition = None if _is_folder(entry) else _EDITION.fullmatch(entry.name)
            if entry.name == SUMS and not _is_folder(entry):
                sums = _file(entry, here, problems)
            elif edition is None:
                problems.append(Problem("TX002", f"{entry.name} does not belong to an earlier version", here, hint=f"it has its editions, and {SUMS}"))
            elif fault := _language_fault(edition["lang"], languages):
                problems.append(Problem("TX003", fault[0], here, hint=fault[1]))
            else:
                _add(editions, edition["lang"], _file(entry, here, problems), problems)
        found[int(folder.name)] = FormerFiles(editions, sums)
    return found


def _language_fault(tag: str, languages: tuple[str, ...]) -> tuple[str, str] | None:
    if tag in languages:
        return None
    if is_tag(tag) and canonical(tag) in languages:
        return f"{tag} is not in canonical case", f"name it index.{canonical(tag)}.md"
    return f"this site does not speak {ascii(tag)[1:-1]}", f"its languages are {', '.join(languages)}; LANGUAGES in pelicanconf.py names them"


def _merge(bundles: dict[tuple[str, int, str], Bundle], bundle: Bundle, problems: list[Problem]) -> None:
    key = (bundle.kind, bundle.year, bundle.slug)
    if key not in bundles:
        bundles[key] = bundle
        return
    editions, files = dict(bundles[key].editions), dict(bundles[key].files)
    for name, file in bundle.editions.items():
        _add(editions, name, file, problems)
    for name, file in bundle.files.items():
        _add(files, name, file, problems)
    former = dict(bundles[key].former)
    for number, version in bundle.former.items():
        if number not in former:
            former[number] = version
            continue
        of_version = dict(former[number].editions)
        for name, file in version.editions.items():
            _add(of_version, name, file, problems)
        former[number] = FormerFiles(of_version, former[number].sums or version.sums)
    bundles[key] = replace(bundles[key], editions=editions, files=files, former=former)

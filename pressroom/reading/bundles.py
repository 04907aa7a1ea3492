"""The folders of documents: their editions, their other files, and the earlier versions that are kept beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pressroom.ground.languages import canonical, is_tag
from pressroom.ground.problems import Problem
from pressroom.model.kinds import KIT, SIZES, Kind
from pressroom.reading.files import File, Survey, is_folder

RESERVED_SLUGS = ("v", "with")
RESERVED_PAGES = ("releases", "transcripts", "topics", "people", "corrections", "search", "verify", "feed")
LONGEST_SLUG = 100
FORMER = "v"
SUMS = "SHA256SUMS"
"""In the folder of an earlier version: the digests of what was attached to it, as `sha256sum` writes them."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDITION = re.compile(r"index\.(?P<lang>[^.]+)\.md")
# What was meant for one: another case, another sign before the tag, an ending that an editor's program has put behind.
_MEANT_FOR_ONE = re.compile(r"index[._ -](?P<lang>[a-z]{2,3}(?:[_-][a-z0-9]+)*) ?\.(?:md|markdown)(?:\.txt)?", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
Bundles = dict[tuple[str, int, str], "Bundle"]


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


def bundles_of(kind: Kind, path: str, shown: str, survey: Survey) -> Iterator[Bundle]:
    if not kind.dated:
        yield from _of_folder(kind, 0, path, shown, survey)
        return
    for entry in survey.entries(path, shown):
        here = f"{shown}/{entry.name}"
        if not (is_folder(entry) and re.fullmatch(r"[12]\d{3}", entry.name, re.ASCII)):
            hint = f"documents stand in {shown}/<year>/<slug>/index.<language>.md"
            survey.problems.append(Problem("TX002", f"{entry.name} is no year", here, hint=hint))
            continue
        yield from _of_folder(kind, int(entry.name), entry.path, here, survey)


def _of_folder(kind: Kind, year: int, path: str, shown: str, survey: Survey) -> Iterator[Bundle]:
    for entry in survey.entries(path, shown):
        here = f"{shown}/{entry.name}"
        if not is_folder(entry):
            hint = f"a document is a folder: {shown}/<slug>/index.<language>.md"
            survey.problems.append(Problem("TX002", f"{entry.name} stands in no document's folder", here, hint=hint))
            continue
        fault = slug_fault(entry.name, kind)
        if fault:
            survey.problems.append(Problem("TX001", f"{ascii(entry.name)} is no slug: {fault}", here, hint="a slug has a-z, 0-9 and single hyphens"))
            continue
        yield _bundle(kind, year, entry.name, entry.path, here, survey)


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


def _bundle(kind: Kind, year: int, slug: str, path: str, shown: str, survey: Survey) -> Bundle:
    editions: dict[str, File] = {}
    files: dict[str, File] = {}
    former: dict[int, FormerFiles] = {}
    for entry in survey.entries(path, shown):
        name, here = entry.name, f"{shown}/{entry.name}"
        if is_folder(entry):
            if name == FORMER:
                former = _former(entry.path, here, survey)
            else:
                survey.problems.append(Problem("TX002", f"{name} is a folder inside a document", here, hint="attachments lie beside the text"))
            continue
        file = survey.file(entry, here)
        edition = _EDITION.fullmatch(name)
        if name == "index.md":
            hint = f"name it index.{survey.languages[0]}.md"
            survey.problems.append(Problem("TX003", "index.md has no language", here, hint=hint))
        elif name.casefold() in (KIT, SIZES):
            survey.problems.append(Problem("TX015", f"the site puts a {name} of its own beside the files of a document", here, hint="rename it"))
        elif not edition and (tag := _meant(name, survey.languages)):
            survey.problems.append(Problem("TX003", f"{ascii(name)[1:-1]} is not named as an edition is, and not read", here, hint=f"name it index.{tag}.md"))
        elif not edition:
            survey.add(files, name, file)
        elif fault := _language_fault(edition["lang"], survey.languages):
            survey.problems.append(Problem("TX003", fault[0], here, hint=fault[1]))
        else:
            survey.add(editions, edition["lang"], file)
    return Bundle(kind.name, year, slug, shown, editions, files, former)


def _former(path: str, shown: str, survey: Survey) -> dict[int, FormerFiles]:
    """The earlier versions of a document, as `inv correct` keeps them: `v/<n>/index.<language>.md`."""
    found: dict[int, FormerFiles] = {}
    for folder in survey.entries(path, shown):
        if not is_folder(folder) or not _NUMBER.fullmatch(folder.name):
            survey.problems.append(Problem("TX002", f"{folder.name} is no earlier version", f"{shown}/{folder.name}", hint=f"they lie in {shown}/1/, {shown}/2/ …"))
            continue
        editions: dict[str, File] = {}
        sums = None
        for entry in survey.entries(folder.path, f"{shown}/{folder.name}"):
            here = f"{shown}/{folder.name}/{entry.name}"
            edition = None if is_folder(entry) else _EDITION.fullmatch(entry.name)
            if entry.name == SUMS and not is_folder(entry):
                sums = survey.file(entry, here)
            elif edition is None:
                survey.problems.append(Problem("TX002", f"{entry.name} does not belong to an earlier version", here, hint=f"it has its editions, and {SUMS}"))
            elif fault := _language_fault(edition["lang"], survey.languages):
                survey.problems.append(Problem("TX003", fault[0], here, hint=fault[1]))
            else:
                survey.add(editions, edition["lang"], survey.file(entry, here))
        found[int(folder.name)] = FormerFiles(editions, sums)
    return found


def _meant(name: str, languages: tuple[str, ...]) -> str:
    """The language that a file was meant to be the edition of, by a name that is nearly an edition's; or nothing."""
    found = _MEANT_FOR_ONE.fullmatch(name)
    tag = canonical(found["lang"].replace("_", "-")) if found else ""
    return tag if tag in languages else ""


def _language_fault(tag: str, languages: tuple[str, ...]) -> tuple[str, str] | None:
    if tag in languages:
        return None
    meant = tag.replace("_", "-")
    if is_tag(meant) and canonical(meant) in languages:
        return f"{tag} is not in canonical case", f"name it index.{canonical(meant)}.md"
    return f"this site does not speak {ascii(tag)[1:-1]}", f"its languages are {', '.join(languages)}; LANGUAGES in pelicanconf.py names them"


def merge(bundles: Bundles, bundle: Bundle, survey: Survey) -> None:
    key = (bundle.kind, bundle.year, bundle.slug)
    if key not in bundles:
        bundles[key] = bundle
        return
    editions, files = dict(bundles[key].editions), dict(bundles[key].files)
    for name, file in bundle.editions.items():
        survey.add(editions, name, file)
    for name, file in bundle.files.items():
        survey.add(files, name, file)
    former = dict(bundles[key].former)
    for number, version in bundle.former.items():
        if number not in former:
            former[number] = version
            continue
        of_version = dict(former[number].editions)
        for name, file in version.editions.items():
            survey.add(of_version, name, file)
        former[number] = FormerFiles(of_version, former[number].sums or version.sums)
    bundles[key] = replace(bundles[key], editions=editions, files=files, former=former)

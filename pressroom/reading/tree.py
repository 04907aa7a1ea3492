"""The content tree: which bundles, files and registries there are. The path is the address; nothing is opened here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from pressroom.ground.disk import Disk
from pressroom.ground.problems import Problem
from pressroom.model.kinds import BY_FOLDER
from pressroom.reading.bundles import Bundle, Bundles, bundles_of, merge
from pressroom.reading.files import File, Survey, is_folder

REGISTRIES = ("people.yml", "organisations.yml", "topics.yml", "contacts.yml")
_DEEPEST_ROOT = 20
_ROOT_FOLDER = "root"
_NOT_CONTENT = ("LICENSE", "README.md")


@dataclass(frozen=True, slots=True)
class Tree:
    bundles: tuple[Bundle, ...] = ()
    registries: Mapping[str, File] = field(default_factory=dict)
    root_files: Mapping[str, File] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def scan(roots: tuple[tuple[str, str], ...], languages: tuple[str, ...], disk: Disk | None = None) -> Tree:
    """The tree under one or more content roots, each a path and the name shown for it; later roots are merged by path."""
    survey = Survey(languages, disk or Disk())
    bundles: Bundles = {}
    registries: dict[str, File] = {}
    root_files: dict[str, File] = {}
    for path, shown in roots:
        if not os.path.isdir(path):
            survey.problems.append(Problem("TX013", "the content folder is not there", shown, hint="PATH and HELD_PATH in pelicanconf.py name them"))
            continue
        for entry in survey.entries(path, shown):
            name, here = entry.name, f"{shown}/{entry.name}"
            if is_folder(entry):
                if name in BY_FOLDER:
                    for bundle in bundles_of(BY_FOLDER[name], entry.path, here, survey):
                        merge(bundles, bundle, survey)
                elif name == _ROOT_FOLDER:
                    _collect(entry.path, here, "", root_files, survey)
                else:
                    known = ", ".join([*BY_FOLDER, _ROOT_FOLDER])
                    survey.problems.append(Problem("TX002", f"{name} is no folder of the content", here, hint=f"the folders are {known}"))
            elif name in REGISTRIES:
                survey.add(registries, name, survey.file(entry, here))
            elif name not in _NOT_CONTENT:
                known = ", ".join(REGISTRIES)
                survey.problems.append(Problem("TX002", f"{name} does not belong here", here, hint=f"beside the folders stand {known}"))
    ordered = tuple(bundles[key] for key in sorted(bundles))
    return Tree(ordered, registries, dict(sorted(root_files.items())), tuple(survey.problems))


def _collect(path: str, shown: str, prefix: str, files: dict[str, File], survey: Survey) -> None:
    """The files of `root/`, copied to `/` as they are; `.well-known` and other dotted names are the site's own business."""
    for entry in survey.entries(path, shown):
        name = f"{prefix}{entry.name}"
        if is_folder(entry) and prefix.count("/") >= _DEEPEST_ROOT:
            survey.problems.append(Problem("TX002", f"{entry.name} lies too deep", f"{shown}/{entry.name}", hint=f"at most {_DEEPEST_ROOT} folders in one another"))
        elif is_folder(entry):
            _collect(entry.path, f"{shown}/{entry.name}", f"{name}/", files, survey)
        else:
            survey.add(files, name, survey.file(entry, f"{shown}/{entry.name}"))

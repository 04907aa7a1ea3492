"""The arrows of the house: who may import whom, and who may know what."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from pressroom import build

PACKAGE = Path(__file__).resolve().parents[1] / "pressroom"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A floor imports itself and what is named here; what is above it is unknown to it.
_ROOMS = {"reading", "desk", "outputs", "press", "checks"}
_SPINE = {"build", "inspection", "translations", "pictures", "trials", "intake", "verdicts", "dossiers", "upkeep", "claims", "workers", "explanations", "proofs", "profiles", "reports", "config", "setting_forms"}
ALLOWED = {
    "ground": set(),
    "model": {"ground"},
    **{room: {"model", "ground"} for room in _ROOMS},
    "dossiers": {"desk", "reading", "model", "ground"},
    "verdicts": {"desk", "reading", "model", "ground"},
    "intake": {"verdicts", "dossiers", *_ROOMS, "model", "ground"},
    "translations": {"intake", "verdicts", "desk", "reading", "model", "ground"},
    "trials": {"outputs", "checks", "press", "model", "ground"},
    "pictures": {"intake", "outputs", "model", "ground"},
    "leak_check": {"intake", *_ROOMS, "model", "ground"},
    "inspection": {"intake", "leak_check", *_ROOMS, "model", "ground"},
    "upkeep": {"intake", "verdicts", "desk", "reading", "model", "ground"},
    "claims": {"outputs", "press", "model", "ground"},
    "workers": {"model", "ground"},
    "explanations": {"claims", "intake", *_ROOMS, "model", "ground"},
    "proofs": {"intake", "verdicts", *_ROOMS, "model", "ground"},
    "basis": {"intake", "press", "model", "ground"},
    "profiles": {"ground"},
    "build": {"intake", "basis", "upkeep", "claims", "workers", "explanations", "proofs", "inspection", "leak_check", "translations", "pictures", "trials", *_ROOMS, "model", "ground"},
    "config": {"setting_forms", "reading", "model", "ground"},
    "setting_forms": set(),
    "reports": {"ground"},
    "plugin": {*_SPINE, *_ROOMS, "model", "ground"},
    "commands": {*_SPINE, *_ROOMS, "model", "ground"},
    "__init__": set(),
}
LIBRARIES = {
    "markdown": {"reading"},
    "yaml": {"reading"},
    "nh3": {"reading"},
    "jinja2": {"press/environment.py", "press/references.py", "press/render.py", "press/templates.py"},
    "pelican": {"plugin.py", "commands"},
    "invoke": {"commands"},
}


def floor(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found += [f"{node.module}.{alias.name}" if node.module == "pressroom" else str(node.module) for alias in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    here = floor(path)
    for name in imports(path):
        if name.startswith("pressroom."):
            there = name.split(".")[1]
            if (PACKAGE / f"{there}.py").exists() or (PACKAGE / there).is_dir():
                assert there == here or there in ALLOWED[here], f"{here} may not import {there}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_library_is_known_in_its_room_only(path: Path) -> None:
    inside = path.relative_to(PACKAGE).as_posix()
    for name in imports(path):
        rooms = LIBRARIES.get(name.split(".")[0])
        assert rooms is None or any(inside == room or inside.startswith(f"{room}/") for room in rooms), f"{inside} imports {name}"


def test_every_library_that_makes_what_is_written_is_part_of_the_engine() -> None:
    rooms = [path for path in MODULES if floor(path) in {"reading", "desk", "outputs", "press", "model"}]
    used = {name.split(".")[0] for path in rooms for name in imports(path)} - {*sys.stdlib_module_names, "pressroom"}
    # The program of a library is released with it.
    names = {found.lower().replace("_", "-").partition("-bin-")[0] for name in used for found in packages_distributions()[name]}
    assert names <= {*build._LIBRARIES}


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) == "ground"], ids=lambda path: path.name)
def test_the_ground_is_standard_library_only(path: Path) -> None:
    for name in imports(path):
        assert name.split(".")[0] in {*sys.stdlib_module_names, "pressroom"}, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_clock_is_read_in_one_place(path: Path) -> None:
    if path == PACKAGE / "ground" / "clock.py":
        return
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)}
    assert not calls & {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.monotonic", "time.perf_counter"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "core", "base", "manager", "misc", "common"}


def test_every_fault_code_that_is_used_is_in_the_table_and_every_one_in_the_table_is_used() -> None:
    import re

    from pressroom.ground.problems import CODES

    table = (PACKAGE / "ground" / "problems.py").read_text(encoding="utf-8")
    used = {code for path in MODULES if path.name != "problems.py" for code in re.findall(r'"((?:FM|TX|RG|TR|LK|GT|CO|AG|FT)\d{3})"', path.read_text(encoding="utf-8"))}
    assert used <= set(CODES)
    assert set(CODES) <= used, f"never used: {sorted(set(CODES) - used)}"
    assert len(re.findall(r'^    "[A-Z]{2}\d{3}":', table, re.MULTILINE)) == len(CODES)

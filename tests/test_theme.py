"""The theme: no physical property, no dynamic include, one name for a component in template and style."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

THEME = Path(__file__).resolve().parents[1] / "theme"
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
STYLES = sorted((THEME / "static").rglob("*.css"))
SCRIPTS = sorted((THEME / "static").rglob("*.js"))
KINDS = sorted((THEME / "templates").glob("*.html"))
COMPONENTS = sorted((THEME / "templates" / "components").glob("*.html"))

# No logical form of these is known to browsers: the emphasis mark's side, and the margin boxes of a printed page.
_EXEMPT = re.compile(r"text-emphasis-position:[^;]+;|@(?:top|bottom)-(?:left|center|right)(?:-corner)?\b|vertical-align:\s*(?:bottom|top|text-bottom|text-top)")
_PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border|inset)?-?(?:left|right)(?![\w-]*\()\b(?=\s*:)"
    r"|(?<![\w-])(?:margin|padding|border)-(?:top|bottom|left|right)\b"
    r"|(?<![\w-])(?:top|bottom|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
)


def css(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_property_is_physical(path: Path) -> None:
    found = _PHYSICAL.findall(_EXEMPT.sub("", css(path)))
    assert not found


@pytest.mark.parametrize("bad", ["margin-left: 1em", "text-align: right", "left: 0", "border-top: 1px", "padding-bottom:2px", "float: left", "border-top-left-radius: 1px"])
def test_the_test_above_would_see_a_physical_property(bad: str) -> None:
    assert _PHYSICAL.search(f"p {{ {bad} }}")


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_asks_no_other_host_and_imports_nothing(path: Path) -> None:
    assert not re.search(r"@import|https?:|url\(\s*[\"']?//", css(path))


def test_the_styles_are_small_on_the_wire() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in STYLES) <= 14_000


def test_the_scripts_are_small_on_the_wire() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in SCRIPTS) <= 8_000


def test_the_layers_stand_in_the_order_of_the_design() -> None:
    layers = "@layer reset, tokens, base, scripts, prose, compositions, components, utilities, print;"
    assert layers in "\n".join(css(path) for path in STYLES)


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path.name)
def test_a_page_template_is_at_most_forty_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 40


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(THEME).as_posix())
def test_a_template_has_no_style_attribute_no_handler_and_no_inline_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|<style", text)
    assert all("application/ld+json" in found or ' type="module" src="{{ to("/theme/' in found for found in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(THEME).as_posix())
def test_a_template_sorts_nothing_and_names_what_it_includes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*(?:sort|groupby|dictsort|batch|random|unique)\b", text)
    for tag in re.findall(r"{%-?\s*(?:include|extends|import|from)\s+([^\s%]+)", text):
        assert tag.startswith(('"', "'")), f"{tag} is computed"


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_has_one_name(path: Path) -> None:
    if path.stem in ("foreign", "notes"):
        # An element with its language and nothing to look at; one that the appendix composition sets whole.
        return
    assert f'"{path.stem}' in path.read_text(encoding="utf-8") or f" {path.stem}" in path.read_text(encoding="utf-8")
    assert any(re.search(rf"\.{path.stem}\b", css(style)) for style in STYLES)


DOC = (THEME.parent / "docs" / "theme.md").read_text(encoding="utf-8")
SECTIONS = {name: text for name, text in re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", DOC, re.MULTILINE | re.DOTALL)}
PICTURES = THEME.parent / "docs" / "images" / "components"
GALLERY = (THEME / "templates" / "partials" / "gallery.html").read_text(encoding="utf-8")
NAMES = {path.stem for path in COMPONENTS}


def lacking(found: set[str]) -> dict[str, list[str]]:
    return {"missing": sorted(NAMES - found), "of nothing": sorted(found - NAMES)}


NONE_LACKING = {"missing": [], "of nothing": []}


def test_every_component_has_its_heading_in_the_docs_and_no_other() -> None:
    assert lacking(set(SECTIONS)) == NONE_LACKING


def test_every_component_is_shown_in_the_gallery_and_no_other() -> None:
    shown = re.findall(r'call sample\("(\w+)"', GALLERY)
    assert lacking(set(shown)) == NONE_LACKING and len(shown) == len(NAMES)
    assert lacking({name for name in NAMES if f'from "components/{name}.html"' in GALLERY}) == NONE_LACKING


def test_every_component_has_its_picture_and_no_other() -> None:
    """`.venv/bin/python -m tests.pictures` takes them."""
    assert lacking({path.stem for path in PICTURES.glob("*")}) == NONE_LACKING
    assert {path.name: path.stat().st_size for path in PICTURES.glob("*") if not 300 < path.stat().st_size <= 30_000} == {}
    assert [name for name in NAMES & set(SECTIONS) if f"](images/components/{name}.png)" not in SECTIONS[name]] == []


def test_the_docs_call_every_macro_that_a_template_imports_as_it_is() -> None:
    wanted = set()
    for text in (path.read_text(encoding="utf-8") for path in TEMPLATES):
        for name, imported in re.findall(r'{% from "components/(\w+)\.html" import ([\w, ]+?)(?: with context)? %}', text):
            wanted |= {(name, macro) for macro in imported.split(", ")}
    for name, macro in sorted(wanted):
        signature = re.search(rf"{{% macro ({macro}\(.*?\)) %}}", (THEME / f"templates/components/{name}.html").read_text(encoding="utf-8"))[1]
        assert f"`{signature}`" in SECTIONS.get(name, ""), f"docs/theme.md, {name}"


def test_every_token_stands_in_the_docs_and_no_other() -> None:
    tokens = re.search(r"@layer tokens \{.*?^\}", css(THEME / "static" / "press.css"), re.MULTILINE | re.DOTALL)[0]
    table = DOC[DOC.index("| token | what |") : DOC.index("Logical properties only")]
    assert set(re.findall(r"`(--\w+)`", table)) == set(re.findall(r"^\s+(--\w+):", tokens, re.MULTILINE))

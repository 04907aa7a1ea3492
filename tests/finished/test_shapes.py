"""The pages that stand for all others in the tests of a real browser: they show what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from tests import shapes
from tests.newsroom import LANGUAGES, Trees
from tests.sites import REPOSITORY

TEMPLATES = sorted((REPOSITORY / "theme/templates").glob("*.html"))
FORMS = (
    "", "releases/", "releases/Y/", "releases/Y/M/", "releases/Y/*/", "releases/Y/*/v/*/", "releases/Y/*/with/*/", "transcripts/", "transcripts/Y/", "transcripts/Y/M/", "transcripts/Y/*/", "transcripts/Y/*/with/*/",
    "topics/", "topics/*/", "topics/*/Y/", "people/", "people/*/", "people/*/Y/", "corrections/", "search/", "about/",
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("index.html", ""), ("404.html", "404.html"), ("en/index.html", "en/"), ("en/about/index.html", "en/about/"), ("en/releases/2026/index.html", "en/releases/Y/"),
        ("en/releases/2026/11/index.html", "en/releases/Y/M/"), ("en/releases/2026/a-b/index.html", "en/releases/Y/*/"), ("ar/people/x/2026/index.html", "ar/people/*/Y/"),
        ("en/releases/2026/a/v/10/index.html", "en/releases/Y/*/v/*/"), ("en/releases/2026/a/with/fr/index.html", "en/releases/Y/*/with/*/"),
    ],
)  # fmt: skip
def test_the_form_of_an_address_names_no_document(path: str, form: str) -> None:
    assert shapes.form(path) == form


def test_there_is_a_page_for_every_form_of_address_in_every_language(trees: Trees) -> None:
    there = {shapes.form(path) for path in shapes.representatives(trees.public)}
    assert there >= {"", "404.html", *(f"{lang}/{form}" for lang in LANGUAGES.values() for form in FORMS)}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_there_is_a_page_of_every_template_in_every_language(chosen: list[html.HtmlElement], template: Path) -> None:
    name = re.search(r"{% block name %}([\w-]+){% endblock %}", template.read_text(encoding="utf-8"))[1]
    there = {page.get("lang") for page in chosen if page.find("body").get("class") == f"on-{name}"}
    assert there == ({"en"} if name in ("chooser", "missing") else set(LANGUAGES))


@pytest.fixture(scope="module")
def chosen(trees: Trees) -> list[html.HtmlElement]:
    """The pages that stand for all others, of the public tree and of what only a preview shows."""
    public, preview = shapes.representatives(trees.public), shapes.representatives(trees.preview, shapes.features(trees.public))
    files = [*(trees.public / path for path in public), *(trees.preview / path for path in preview)]
    return [html.document_fromstring(file.read_bytes()) for file in files]


def test_what_only_a_preview_shows_is_there_in_every_language(chosen: list[html.HtmlElement]) -> None:
    for mark in ("preview", "held"):
        assert {page.get("lang") for page in chosen if page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {mark} ')]")} >= set(LANGUAGES), mark

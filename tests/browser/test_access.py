"""axe-core finds nothing to say of any kind of page: in every language, light and dark, on a narrow screen and a wide one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import shapes
from tests.browser.conftest import Visit, stand_in
from tests.newsroom import LANGUAGES, Trees, folder_of
from tests.programs import from_npm

# From one to the next only one thing changes, for each change costs the page a new layout.
LOOKS = (("light", 320), ("light", 1280), ("dark", 1280), ("dark", 320))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"], "preload": False}
RUN = f"axe.run(document, {json.dumps(RULES)}).then(found => found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.target.join(' '), node.failureSummary])))"
# What a page shows only when it is asked.
OPEN = "document.querySelectorAll('details').forEach(details => details.open = true)"

NOWHERE = "none"
Chosen = dict[str, list[tuple[Path, str]]]


@pytest.fixture(scope="module")
def chosen(trees: Trees) -> Chosen:
    """The pages that stand for all others, and those that show what only a preview has, by the folder of their language."""
    found: Chosen = {}
    for tree, shown in ((trees.public, frozenset[str]()), (trees.preview, shapes.features(trees.public))):
        for path in shapes.representatives(tree, shown):
            found.setdefault(folder_of(path) or NOWHERE, []).append((tree, path))
    return found


@pytest.fixture(scope="module")
def page(browser: Any, trees: Trees) -> Any:
    # A page's policy would refuse the checker.
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.add_init_script(path=from_npm("axe-core/axe.min.js"))
    page = context.new_page()
    stand_in(page, trees.public, trees.url)
    yield page
    context.close()


@pytest.mark.parametrize("place", (*LANGUAGES.values(), NOWHERE))
def test_nothing_keeps_anybody_from_reading(page: Any, visit: Visit, chosen: Chosen, place: str) -> None:
    found = []
    for tree, path in chosen[place]:
        visit(page, path, tree)
        page.evaluate(OPEN)
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            found += [(path, scheme, width, *said) for said in page.evaluate(RUN)]
    assert found == []


def test_the_checker_would_see_what_is_wrong_in_the_dark_and_on_a_narrow_screen(page: Any) -> None:
    page.goto("about:blank")
    page.set_content(
        '<!doctype html><html lang="en"><title>x</title><meta name="viewport" content="width=device-width"><style>@media (prefers-color-scheme: dark) { p { color: #eee } }'
        "@media (width > 400px) { img { display: none } }</style><main><h1>x</h1><p>Pale words</p><img src=x></main>"
    )
    seen = {}
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        seen[scheme, width] = {rule for rule, *_ in page.evaluate(RUN)}
    assert seen == {("light", 320): {"image-alt"}, ("light", 1280): set(), ("dark", 1280): {"color-contrast"}, ("dark", 320): {"image-alt", "color-contrast"}}

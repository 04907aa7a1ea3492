"""A check makes pages on trial: what it tells of templates and links is what the build tells, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.build import build, examine
from pressroom.ground.problems import Fault, Problem
from pressroom.model.settings import Settings
from tests.test_overrides import NOW, Put, put, site

__all__ = ["put", "site"]
RELEASE = '{% extends "!theme/release.html" %}\n{% block beside %}'
RISES = "---\ntitle: The river rises\ndate: 2026-03-04\nplace: Geneva\n---\n"


def of_looks(problems: tuple[Problem, ...]) -> set[tuple[str, str, int, str]]:
    return {(problem.code, problem.path, problem.line, problem.severity) for problem in problems if problem.code[:2] in ("FT", "LK")}


def of_build(site: Settings) -> set[tuple[str, str, int, str]]:
    try:
        return of_looks(build(site, NOW).problems)
    except Fault as fault:
        return of_looks(fault.problems)


@pytest.mark.parametrize(
    ("name", "text", "code", "line"),
    [
        ("release.html", RELEASE + "{{ page.title|shouted }}{% endblock %}", "FT002", 2),
        ("release.html", RELEASE + "\n{% if page is weird %}x{% endif %}{% endblock %}", "FT002", 3),
        ("release.html", RELEASE + "{{ nothing.at.all }}{% endblock %}", "FT002", 2),
        ("release.html", RELEASE + '{{ _("Seen from here") }}{% endblock %}', "FT003", 2),
        ("components/row.html", '\n{% from "!theme/components/river.html" import river with context %}', "FT002", 2),
    ],
)
def test_what_a_template_names_and_is_not_there_is_told_by_a_check_as_by_a_build(site: Settings, put: Put, name: str, text: str, code: str, line: int) -> None:
    put(f"templates/{name}", text)
    found = of_looks(examine(site, NOW))
    assert found == {(code, f"house/templates/{name}", line, "error")} and not Path(site.output).exists()
    assert found == of_build(site)


def test_links_that_a_build_would_find_to_lead_nowhere_are_told_by_a_check(site: Settings) -> None:
    root = Path(site.content, "root")
    root.mkdir()
    (root / "old.html").write_text('<p><a href="en/">there</a>\n<a href="nowhere/">not</a>\n<a href="/en/">host</a>\n<a href="en/#nowhere">place</a></p>')
    Path(site.content, "releases/2026/river-rises/index.en.md").write_text(RISES + "It [rose](#nowhere), as [said](../../../transcripts/2025/forum/#s1).\n")
    found = of_looks(examine(site, NOW))
    assert {seen for seen in found if seen[1] == "output old.html"} == {
        ("LK001", "output old.html", 2, "error"), ("LK001", "output old.html", 3, "error"), ("LK004", "output old.html", 4, "warning"),
    }  # fmt: skip
    assert [path for code, path, _, _ in found if path != "output old.html"] == ["output en/releases/2026/river-rises/index.html"]
    assert found == of_build(site)
    (root / "old.html").write_text("")
    assert of_looks(examine(site, NOW)) == of_build(site) == {seen for seen in found if seen[1] != "output old.html"}


def test_a_template_that_builds_is_not_charged_with_what_it_never_says(site: Settings, put: Put) -> None:
    put("templates/release.html", RELEASE + '{% if false %}{{ _("Seen from here") }}{{ page.title|shouted }}{% endif %}{% endblock %}')
    assert not of_looks(examine(site, NOW)) and not of_build(site)

"""A look of the site's own: what stands in its folder takes the place of the theme's file, word or style, and nothing else is copied."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import pressroom
from pressroom.build import build, examine
from pressroom.ground.problems import EXIT_LEAK, Fault, Problem
from pressroom.ground.progress import Watched
from pressroom.model.settings import Settings
from pressroom.reading.words import read_words
from tests.sites import REPOSITORY, make_site, tree_of
from tests.sites import build as build_apart
from tests.test_sameness import settings_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FILES = {
    "releases/2026/river-rises/index.en.md": "---\ntitle: The river rises\ndate: 2026-03-04\nplace: Geneva\n---\nIt rose.\n",
    "transcripts/2025/forum/index.en.md": "---\ntitle: The forum\ndate: 2025-11-02\n---\n[Soundbite] Ana Díaz | Director\n\nThe dam is full.\n",
}
RELEASE, FORUM, FRONT = "en/releases/2026/river-rises/index.html", "en/transcripts/2025/forum/index.html", "en/index.html"

Put = Callable[[str, str], Path]


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    root = make_site(tmp_path / "site", FILES)
    (root / "theme").symlink_to(REPOSITORY / "theme")
    (root / "house").mkdir()
    return replace(settings_of(root), overrides=str(root / "house"), languages=("en", "ar"))


@pytest.fixture
def put(site: Settings) -> Put:
    def write(name: str, text: str) -> Path:
        path = Path(site.overrides, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def page(site: Settings, path: str) -> str:
    return Path(site.output, path).read_text(encoding="utf-8").replace("\u00a0", " ")


def built(site: Settings) -> list[str]:
    """Builds; the files that it made anew."""
    made: list[str] = []
    build(site, NOW, Watched(made.append))
    return made


def faults(site: Settings) -> tuple[Problem, ...]:
    with pytest.raises(Fault) as caught:
        build(site, NOW)
    return caught.value.problems


def fault(site: Settings) -> Problem:
    (problem,) = [found for found in faults(site) if found.severity == "error"]
    return problem


def warnings(site: Settings) -> list[tuple[str, str]]:
    problems = build(site, NOW).problems
    assert {problem.code for problem in problems} <= {"FT025"}
    assert {problem for problem in examine(site, NOW) if problem.code == "FT025"} == set(problems)
    return [(problem.path, problem.hint) for problem in problems]


# templates


def test_a_component_takes_the_place_of_the_theme_s_wherever_it_is_used(site: Settings, put: Put) -> None:
    put("templates/components/row.html", '{% macro row(found, level, dated=false) %}\n<p class="row">Mine: {{ found.title }}</p>\n{% endmacro %}\n')
    built(site)
    assert "Mine: The river rises" in page(site, FRONT) and "Mine: The forum" in page(site, FRONT)
    assert "Mine: The river rises" in page(site, "en/releases/index.html")
    assert "Mine:" not in page(site, RELEASE)


def test_a_template_may_build_upon_the_one_whose_place_it_takes(site: Settings, put: Put) -> None:
    put("templates/release.html", '{% extends "!theme/release.html" %}\n{% block beside %}\n<p class="mine">Beside</p>\n{% endblock %}\n')
    own = '{% from "!theme/components/end.html" import end_mark as theirs with context %}\n{% macro end_mark() %}\n<hr class="mine">{{ theirs() }}\n{% endmacro %}\n'
    put("templates/components/end.html", own)
    built(site)
    assert '<p class="mine">Beside</p>' in page(site, RELEASE) and "The river rises</h1>" in page(site, RELEASE)
    assert '<hr class="mine">' in page(site, RELEASE) and page(site, RELEASE).count('class="end"') == 1


def test_what_the_theme_s_template_includes_is_the_site_s_own_where_there_is_one(site: Settings, put: Put) -> None:
    put("templates/release.html", '{% extends "!theme/release.html" %}\n')
    put("templates/layouts/page.html", '{% extends "!theme/layouts/page.html" %}\n{% block footer %}<p>My footer</p>{% endblock %}\n')
    built(site)
    assert all("<p>My footer</p>" in page(site, path) for path in (RELEASE, FORUM, FRONT))


def test_a_change_makes_anew_just_what_uses_it_and_taking_it_away_brings_the_theme_s_back(site: Settings, put: Put) -> None:
    built(site)
    before = tree_of(Path(site.output))
    path = put("templates/components/speakers.html", "{% macro speaker_index(speakers) %}\n<p>{{ speakers|length }}</p>\n{% endmacro %}\n")
    assert [made for made in built(site) if made.endswith(".html")] == [FORUM]
    path.write_text(path.read_text().replace("<p>", "<p hidden>"))
    assert [made for made in built(site) if made.endswith(".html")] == [FORUM]
    assert built(site) == []
    path.unlink()
    assert [made for made in built(site) if made.endswith(".html")] == [FORUM]
    assert tree_of(Path(site.output)) == before


def test_a_change_behind_the_prefix_is_seen(site: Settings, put: Put, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "theme", tmp_path / "theme")
    site = replace(site, theme=str(tmp_path / "theme"))
    put("templates/release.html", '{% extends "!theme/release.html" %}\n')
    built(site)
    theirs = tmp_path / "theme/templates/release.html"
    theirs.write_text(theirs.read_text().replace("{{ end_mark() }}", ""))
    assert RELEASE in built(site) and 'class="end"' not in page(site, RELEASE)


@pytest.mark.parametrize("own", [False, True])
def test_a_change_in_a_folder_of_templates_that_is_a_link_is_seen(site: Settings, put: Put, tmp_path: Path, own: bool) -> None:
    shutil.copytree(REPOSITORY / "theme", tmp_path / "theme")
    site = replace(site, theme=str(tmp_path / "theme"))
    if own:
        put("templates/components/end.html", "{% macro end_mark() %}\n<hr>\n{% endmacro %}\n")
    linked = Path(site.overrides if own else site.theme, "templates/components")
    linked.rename(tmp_path / "shared")
    linked.symlink_to(tmp_path / "shared")
    built(site)
    end = tmp_path / "shared/end.html"
    end.write_text(end.read_text(encoding="utf-8").replace("{% endmacro %}", "<p>Over</p>\n{% endmacro %}"), encoding="utf-8")
    assert RELEASE in built(site) and "<p>Over</p>" in page(site, RELEASE)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
@pytest.mark.parametrize("name", ["house", "house/static", "house/static/fonts", "house/static/house.css", "house/templates/components", "house/typography"])
def test_what_the_build_may_not_read_of_a_look_is_a_fault_and_not_as_if_it_were_not_there(site: Settings, put: Put, name: str) -> None:
    for own, text in {"static/house.css": "a { }\n", "static/fonts/one.woff2": "one\n", "templates/components/mine.html": "", "typography/fr.toml": ""}.items():
        put(own, text)
    closed = Path(site.overrides).parent / name
    closed.chmod(0)
    try:
        for problems in (faults(site), examine(site, NOW)):
            assert {problem.path for problem in problems if problem.code == "TX009"} == {name}
    finally:
        closed.chmod(0o755)


def test_built_again_it_is_what_it_is_when_built_anew(site: Settings, put: Put, tmp_path: Path) -> None:
    built(site)
    put("templates/components/end.html", "{% macro end_mark() %}\n<hr>\n{% endmacro %}\n")
    put("static/house.css", "@layer tokens { :root { --accent: teal; } }\n")
    put("words/en.po", 'msgid "Press releases"\nmsgstr "News"\n')
    built(site)
    anew = replace(site, output=str(tmp_path / "anew" / "output"), root=str(tmp_path / "anew"))
    built(anew)
    assert tree_of(Path(anew.output)) == tree_of(Path(site.output))


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("release.html", '{% extends "!theme/release.html" %}\n{% block beside %}\n{{ nothing }}{% endblock %}', 3, "nothing"),
        ("release.html", "\n{% block %}", 2, ""),
        ("release.html", '\n{% extends "release.html" %}', 2, "upon itself"),
        ("components/row.html", '{% from "components/row.html" import row with context %}', 1, "upon itself"),
        ("release.html", '{% extends "!theme/release.html" %}\n{% include page.address %}', 2, "works out"),
        ("components/row.html", '\n{% from "!theme/components/river.html" import river with context %}', 2, "recursion"),
    ],
)
def test_a_fault_names_the_file_of_the_site_s_own_and_its_line(site: Settings, put: Put, name: str, text: str, line: int, said: str) -> None:
    put(f"templates/{name}", text)
    problem = fault(site)
    assert (problem.code, problem.path, problem.line) == ("FT002", f"house/templates/{name}", line)
    assert said in problem.message


def test_a_fault_in_the_theme_s_template_names_that_one(site: Settings, put: Put) -> None:
    put("templates/release.html", '{% extends "!theme/release.html" %}\n{% set blocks = 1 %}\n')
    assert fault(site).path.startswith("theme/templates/")


@pytest.mark.parametrize("macro", ["row(found)", "rows(found, level, dated=false)"])
def test_a_fault_of_the_theme_s_template_names_the_site_s_own_that_it_takes(site: Settings, put: Put, macro: str) -> None:
    put("templates/components/row.html", f"{{% macro {macro} %}}{{{{ found.title }}}}{{% endmacro %}}\n")
    put("templates/components/voice.html", "{% macro voice(part) %}{% endmacro %}\n")
    problem = fault(site)
    assert problem.path.startswith("theme/templates/") and "row" in problem.message
    assert "house/templates/components/row.html" in problem.hint and "voice" not in problem.hint


def test_a_template_that_is_built_upon_itself_is_told_of_the_prefix(site: Settings, put: Put) -> None:
    put("templates/release.html", '{% extends "release.html" %}')
    assert '"!theme/release.html"' in fault(site).hint


@pytest.mark.parametrize("named", ["components/rows.html", "!theme/components/rows.html"])
def test_a_template_that_is_named_and_not_there_is_a_fault_with_the_nearest_name(site: Settings, put: Put, named: str) -> None:
    put("templates/release.html", f'{{% extends "!theme/release.html" %}}\n{{% from "{named}" import row %}}')
    problem = fault(site)
    assert problem.code == "FT002" and '"components/row.html"' in problem.hint
    assert (problem.path, problem.line) == ("house/templates/release.html", 2) and f'"{named}"' in problem.message


def test_a_template_of_the_site_s_own_that_is_named_wrongly_is_told_where_and_how_it_is_called(site: Settings, put: Put) -> None:
    put("templates/release.html", '{% extends "!theme/release.html" %}\n{% block beside %}{% include "mine/studio.html" %}{% endblock %}')
    put("templates/mine/studio.html", '<p>Mine</p>\n\n{% if false %}{% include "mine/fee.html" %}{% endif %}')
    put("templates/mine/fees.html", "<p>Fees</p>")
    problem = fault(site)
    assert (problem.path, problem.line, problem.hint) == ("house/templates/mine/studio.html", 3, 'did you mean "mine/fees.html"?')


def test_a_template_that_nothing_uses_is_a_warning_with_the_nearest_name(site: Settings, put: Put) -> None:
    put("templates/componets/row.html", "{% macro row(found) %}{% endmacro %}")
    assert warnings(site) == [("house/templates/componets/row.html", 'did you mean "components/row.html"?')]


def test_a_template_that_the_site_s_own_name_is_used(site: Settings, put: Put) -> None:
    put("templates/release.html", '{% extends "!theme/release.html" %}\n{% block beside %}{% include "mine/a.html" %}{% endblock %}')
    put("templates/mine/a.html", '{% include "mine/b.html" %}')
    put("templates/mine/b.html", "<p>Mine</p>")
    put("templates/mine/.b.html.swp", "")
    assert warnings(site) == []
    Path(site.overrides, "templates/release.html").unlink()
    assert [path for path, _ in warnings(site)] == ["house/templates/mine/a.html", "house/templates/mine/b.html"]


def test_a_block_that_no_template_above_has_is_a_warning_with_the_nearest_name(site: Settings, put: Put) -> None:
    put("templates/release.html", '{% extends "!theme/release.html" %}\n\n{% block besides %}<p>Mine</p>{% endblock %}\n{% block footer %}{% endblock %}\n')
    own = '{% extends "!theme/layouts/page.html" %}\n{% block main %}{% block mine %}{{ self.other() }}{% endblock %}{% endblock %}\n{% block other %}x{% endblock %}\n'
    put("templates/layouts/page.html", own)
    found = [problem for problem in build(site, NOW).problems if problem.code == "FT025"]
    assert [(problem.path, problem.line, problem.hint) for problem in found] == [("house/templates/release.html", 3, 'did you mean "beside"?')]
    assert set(found) == {problem for problem in examine(site, NOW) if problem.code == "FT025"}
    put("templates/release.html", '{% extends "mine.html" %}\n{% block a %}{% endblock %}')
    put("templates/mine.html", '{% extends "release.html" %}')
    assert "recursion" in fault(site).message


def test_what_an_editor_leaves_beside_templates_is_none_and_ends_no_build(site: Settings, put: Put, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "theme", tmp_path / "theme")
    site = replace(site, theme=str(tmp_path / "theme"))
    put("templates/release.html", '{% extends "!theme/release.html" %}\n')
    built(site)
    for templates in (Path(site.theme, "templates"), Path(site.overrides, "templates")):
        (templates / ".#release.html").symlink_to("editor@desk.1234:1700000000")
        for name in (".release.html.swp", "release.html~", ".DS_Store", ".git/index"):
            path = templates / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"\xff\xfe{% block %}")
    assert built(site) == [] and warnings(site) == []


def test_a_template_that_names_what_an_editor_leaves_is_told_that_there_is_none(site: Settings, put: Put) -> None:
    put("templates/release.html", '{% extends "!theme/release.html" %}\n{% block beside %}{% include ".part.html" %}{% endblock %}')
    put("templates/.part.html", "<p>Mine</p>")
    assert (found := fault(site)).code == "FT002" and "no such template" in found.message


def test_what_lies_where_nothing_looks_is_a_warning(site: Settings, put: Put) -> None:
    for name in ("template/row.html", "press.css", "README.md", "LICENSE", "words/zh-hans.po", "words/AR.po", "words/.ar.po.swp"):
        put(name, "")
    found = dict(warnings(site))
    assert list(found) == ["house/press.css", "house/template", "house/words/AR.po", "house/words/zh-hans.po"]
    assert found["house/template"] == 'did you mean "templates"?'


def test_a_template_of_the_site_s_own_that_names_what_is_held_stops_the_build(site: Settings, put: Put) -> None:
    held = "---\ntitle: Hushhush headline\ndate: 2026-05-01\nembargo: 2030-01-01\n---\nThe harbour is sold to the highest bidder in a sealed vote.\n"
    path = Path(site.content, "releases/2026/secret-merger/index.en.md")
    path.parent.mkdir(parents=True)
    path.write_text(held)
    put("templates/components/end.html", "{% macro end_mark() %}\n<p>The harbour is sold to the highest bidder in a sealed vote.</p>\n{% endmacro %}\n")
    with pytest.raises(Fault) as caught:
        build(site, NOW)
    assert caught.value.exit_code == EXIT_LEAK


def hold(site: Settings, name: str, content: str | bytes, attachments: str = "") -> None:
    """A held document with a file beside it, or with that text."""
    folder = Path(site.content, "releases/2026/secret-merger")
    folder.mkdir(parents=True)
    (folder / "index.en.md").write_text(f"---\ntitle: Hushhush headline\ndate: 2026-05-01\nembargo: 2030-01-01\n{attachments}---\nThe harbour is sold to the highest bidder in a sealed vote.\n")
    if name:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("own", [False, True])
def test_a_held_document_may_have_a_file_that_the_theme_has(site: Settings, put: Put, own: bool) -> None:
    name = "logo.bin" if own else "press.css"
    content = b"\x00\x01 own" if own else (REPOSITORY / "theme/static/press.css").read_bytes()
    if own:
        put("static/logo.bin", content.decode())
    hold(site, name, content, f"attachments: [{name}]\n")
    built(site)
    assert Path(site.output, "theme", name).read_bytes() == content


def test_a_static_file_of_the_site_s_own_that_says_what_is_held_stops_the_build(site: Settings, put: Put) -> None:
    hold(site, "", "")
    put("static/teaser.txt", "The harbour is sold to the highest bidder in a sealed vote.")
    with pytest.raises(Fault) as caught:
        build(site, NOW)
    assert caught.value.exit_code == EXIT_LEAK


@pytest.mark.parametrize("words", ["Hushhush headline", "The harbour is sold to the highest bidder in a sealed vote."])
def test_words_of_the_site_s_own_that_say_what_is_held_stop_the_build(site: Settings, put: Put, words: str) -> None:
    hold(site, "", "")
    put("words/en.po", f'msgid "Press releases"\nmsgstr "{words}"\n')
    with pytest.raises(Fault) as caught:
        build(site, NOW)
    assert caught.value.exit_code == EXIT_LEAK


def test_a_file_of_the_root_that_says_what_is_held_stops_the_build(site: Settings) -> None:
    hold(site, "", "")
    path = Path(site.content, "root/x/teaser.txt")
    path.parent.mkdir(parents=True)
    path.write_text("The harbour is sold to the highest bidder in a sealed vote.")
    with pytest.raises(Fault) as caught:
        build(site, NOW)
    assert caught.value.exit_code == EXIT_LEAK


def test_checking_says_what_is_wrong_with_a_template_without_building(site: Settings, put: Put) -> None:
    put("templates/release.html", "\n{% block %}")
    assert ("FT002", "house/templates/release.html", 2) in {(problem.code, problem.path, problem.line) for problem in examine(site, NOW)}
    assert not Path(site.output).exists()


# styles and other static files


def test_a_style_of_the_site_s_own_is_linked_after_the_theme_s(site: Settings, put: Put) -> None:
    put("static/a.css", "@layer tokens { :root { --accent: teal; } }\n")
    put("static/fonts/own.woff2", "font")
    built(site)
    assert re.findall(r'rel="stylesheet" href="[./]*([^"]+)"', page(site, FRONT))[-1] == "theme/a.css"
    assert "theme/press.css" in page(site, FRONT)
    assert Path(site.output, "theme/fonts/own.woff2").read_text() == "font"


def test_a_static_file_takes_the_place_of_the_theme_s(site: Settings, put: Put) -> None:
    path = put("static/press.css", "p { order: 1 }\n")
    built(site)
    assert Path(site.output, "theme/press.css").read_text() == "p { order: 1 }\n"
    assert page(site, FRONT).count("theme/press.css") == 1
    path.unlink()
    assert built(site)[0] == "theme/press.css"
    assert Path(site.output, "theme/press.css").read_bytes() == (REPOSITORY / "theme/static/press.css").read_bytes()


def test_a_link_among_static_files_is_a_warning(site: Settings, put: Put, tmp_path: Path) -> None:
    put("static/own.css", "p { order: 1 }\n")
    (tmp_path / "fonts").mkdir()
    Path(site.overrides, "static/fonts").symlink_to(tmp_path / "fonts")
    Path(site.overrides, "static/logo.svg").symlink_to(tmp_path / "logo.svg")
    Path(site.overrides, "static/.#own.css").symlink_to("editor@desk.1234:1700000000")
    hint = "put the file or folder itself there"
    assert warnings(site) == [("house/static/fonts", hint), ("house/static/logo.svg", hint)]
    assert not Path(site.output, "theme/fonts").exists()


# words


def test_a_word_takes_the_place_of_the_theme_s_in_its_language_alone(site: Settings, put: Put) -> None:
    built(site)
    before = tree_of(Path(site.output))
    path = put("words/en.po", 'msgid "Press releases"\nmsgstr "News"\n')
    made = built(site)
    assert ">News</a>" in page(site, FRONT) and ">Press releases<" not in page(site, FRONT)
    assert made and not any(name.startswith("ar/") for name in made)
    path.unlink()
    built(site)
    assert tree_of(Path(site.output)) == before


def test_a_counted_word_may_be_replaced_without_saying_the_plural_forms_again(site: Settings, put: Put) -> None:
    forms = "".join(f'msgstr[{n}] "%(count)s ملف {n}"\n' for n in range(6))
    put("words/ar.po", f'msgid "%(count)s document"\nmsgid_plural "%(count)s documents"\n{forms}')
    built(site)
    assert "ملف 1" in page(site, "ar/releases/index.html")


def test_a_new_template_brings_its_words_and_each_language_must_have_them(site: Settings, put: Put) -> None:
    put("templates/release.html", '{% extends "!theme/release.html" %}\n{% block beside %}<p>{{ _("Seen from here") }}</p>{% endblock %}')
    assert (found := fault(site)).code == "FT003" and (found.path, found.line) == ("house/templates/release.html", 2)
    put("words/en.po", 'msgid "Seen from here"\nmsgstr "Seen from here"\n')
    assert (found := fault(site)).code == "FT003" and found.path == "house/words/ar.po"
    put("words/ar.po", 'msgid "Seen from here"\nmsgstr "من هنا"\n')
    built(site)
    assert "<p>Seen from here</p>" in page(site, RELEASE)


def test_a_word_that_a_template_gives_no_value_is_a_fault_at_its_line(site: Settings, put: Put) -> None:
    for lang in ("en", "ar"):
        put(f"words/{lang}.po", 'msgid "Studio %(number)s"\nmsgstr "%(number)s"\n\nmsgid "Fee"\nmsgstr "5 %%"\n')
    own = '{% extends "!theme/release.html" %}\n{% block beside %}\n<p>{{ _("Studio %(number)s"VALUES) }}, {{ _("Fee") }}</p>{% endblock %}'
    for values in ("", ", numbr=2"):
        path = put("templates/release.html", own.replace("VALUES", values))
        found = fault(site)
        assert (found.code, found.path, found.line) == ("FT002", "house/templates/release.html", 3)
        assert '"Studio %(number)s" is given no value for %(number)s' in found.message
    path.write_text(own.replace("VALUES", ", number=2"))
    built(site)
    assert "<p>2, 5 %</p>" in page(site, RELEASE)


def test_a_word_that_is_misspelt_is_told_the_theme_s(site: Settings, put: Put) -> None:
    put("words/en.po", 'msgid "Press release s"\nmsgstr "News"\n')
    problem = fault(site)
    assert problem.code == "FT003" and "Press releases" in problem.hint and "house/words/en.po:1" in problem.hint


def test_a_word_that_one_language_alone_has_is_told_with_where_it_stands(site: Settings, put: Put) -> None:
    put("words/ar.po", '# Ours\n\nmsgid "Nonsense"\nmsgstr "هراء"\n')
    problem = fault(site)
    assert (problem.code, problem.path) == ("FT003", "house/words/en.po") and "house/words/ar.po:3 has it" in problem.hint and "take it out there" in problem.hint


def test_words_that_an_editor_saved_with_a_mark_of_its_encoding_are_read(site: Settings, put: Put) -> None:
    put("words/en.po", '\ufeffmsgid "Press releases"\r\nmsgstr "News"\r\n')
    built(site)
    assert ">News</a>" in page(site, FRONT)


def test_a_language_that_the_theme_lacks_may_be_brought(site: Settings, put: Put) -> None:
    site = replace(site, languages=("en", "pt"))
    assert fault(site).path == "theme/words/pt.po"
    english = (REPOSITORY / "theme/words/en.po").read_text(encoding="utf-8")
    put("words/pt.po", english.replace('"Language: en\\n"', '"Language: pt\\n"'))
    assert build(site, NOW).files
    put("words/pt.po", english.replace('msgid "Topics"', 'msgid "Topics too"'))
    with pytest.raises(Fault) as caught:
        build(site, NOW)
    assert ("theme/words/pt.po", '"Topics" is missing') in {(problem.path, problem.message) for problem in caught.value.problems}


def test_a_word_that_the_theme_has_not_finished_may_be_finished(site: Settings, put: Put, tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "theme", tmp_path / "theme")
    path = tmp_path / "theme/words/ar.po"
    path.write_text(re.sub(r'(msgid "Topics"\n)msgstr ".*"', r'\1msgstr ""', path.read_text(encoding="utf-8")), encoding="utf-8")
    site = replace(site, theme=str(tmp_path / "theme"))
    assert fault(site).code == "FT003"
    put("words/ar.po", 'msgid "Topics"\nmsgstr "مواضيع"\n')
    built(site)
    assert "مواضيع" in page(site, "ar/index.html")


def test_other_plural_forms_than_the_theme_s_are_a_fault_with_their_line(site: Settings, put: Put) -> None:
    head = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Plural-Forms: nplurals={}; plural={};\\n"\n'
    put("words/ar.po", head.format(2, "(n != 1)"))
    problem = fault(site)
    assert (problem.code, problem.path, problem.line) == ("FT026", "house/words/ar.po", 4) and "nplurals=6" in problem.hint
    theirs = re.search(r"Plural-Forms: nplurals=6; plural=(.+?);", (REPOSITORY / "theme/words/ar.po").read_text(encoding="utf-8"))[1]
    put("words/ar.po", head.format(6, theirs.replace(" ", "")))
    built(site)


@pytest.mark.parametrize(("text", "line"), [('msgid "Topics"\nmsgstr ""\n', 1), ('#, fuzzy\nmsgid "Topics"\nmsgstr "x"\n', 2)])
def test_a_word_of_the_site_s_own_without_a_translation_is_a_fault_with_its_line(site: Settings, put: Put, text: str, line: int) -> None:
    put("words/en.po", text)
    assert (found := fault(site)).code == "FT003" and (found.path, found.line) == ("house/words/en.po", line)


def test_a_file_of_words_that_cannot_be_read_is_a_fault(site: Settings, put: Put) -> None:
    put("words/en.po", "what is this\n")
    assert (found := fault(site)).code == "FT003" and found.path == "house/words/en.po"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "Topics"\nmsgstr "Subjects\n', 2), ('msgid "Topics"\nmsgstr "Sub" jects\n', 2), ('msgid "Topics"\nmsgstr "Sub" "jects"\n', 2), ('msgid "Topics"\nmsgstr Subjects"\n', 2),
        ('msgid "Topics"\nmsgstr "A \"subject\""\n', 2), ('msgid "Topics"\nmsgstr ""\n"Sub\n"jects"\n', 3),
        ('msgid "Topics"\nmsgstr "Subjects"\n\n# again\nmsgid ""\n"Top"\n"ics"\nmsgstr "Themes"\n', 5),
        ('msgid "Topics"\n\nmsgstr "Sub\x0bjects"\n', 3),
        ('msgid "since %(date)s"\nmsgstr "since %(day)s"\n', 1), ('msgid "since %(date)s"\nmsgstr "since %s"\n', 1), ('msgid "since %(date)s"\nmsgstr "since then"\n', 1),
        ('msgid "since %(date)s"\nmsgstr "since %(date)d"\n', 1), ('msgid "Topics"\nmsgstr "100 % topics"\n', 1), ('msgid "Topics"\nmsgstr "%(count)s topics"\n', 1),
        ('msgid "%(count)s document"\nmsgid_plural "%(count)s documents"\nmsgstr[0] "one"\nmsgstr[1] "%(number)s documents"\n', 1),
    ],
)  # fmt: skip
def test_a_word_that_is_not_written_as_it_would_be_read_is_a_fault_with_its_line(site: Settings, put: Put, text: str, line: int) -> None:
    put("words/en.po", text)
    found = fault(site)
    assert (found.code, found.path, found.line) == ("FT003", "house/words/en.po", line) and found.hint


def test_a_counted_word_that_is_replaced_by_one_form_is_a_fault_with_its_line(site: Settings, put: Put) -> None:
    put("words/en.po", '# Ours\nmsgid "%(count)s document"\nmsgstr "%(count)s papers"\n')
    found = fault(site)
    assert (found.code, found.path, found.line) == ("FT003", "house/words/en.po", 2)
    assert "is a counted word" in found.message and "msgid_plural" in found.hint and "theme/words/en.po:" in found.hint


def test_a_word_may_be_written_over_lines_with_marks_and_percent_signs_and_in_contexts(site: Settings, put: Put) -> None:
    text = '#~ msgid "Topics"\n#~ msgstr "Old\n\nmsgctxt "x"\nmsgid "Topics"\nmsgstr "X"\n\nmsgid ""\n"Top"\n"ics"\nmsgstr ""\n"100 %% "\n"\\"topics\\""\n'
    for lang in ("en", "ar"):
        put(f"words/{lang}.po", text)
    words, problems = read_words(site.theme_folders("words"), site.languages)
    assert not problems and {words[lang].gettext("Topics") for lang in ("en", "ar")} == {'100 %% "topics"'}


# the examples of the docs


def examples() -> dict[str, str]:
    """The files that docs/theme.md tells to write, each with the block that stands after its name."""
    doc = (REPOSITORY / "docs/theme.md").read_text(encoding="utf-8")
    return dict(re.findall(r"`house/([\w./]+)`[^`]*\n\n```\w+\n(.*?)```", doc[doc.index("## A look of your own") : doc.index("### Rules")], re.DOTALL))


def test_the_examples_of_the_docs_are_tried_as_they_stand(site: Settings, put: Put) -> None:
    found = examples()
    names = {"static/house.css", "static/studio.txt", "templates/components/row.html", "templates/release.html", "words/en.po", "words/ar.po"}
    assert set(found) == names
    for name, text in found.items():
        put(name, text)
    assert warnings(site) == []
    assert "theme/house.css" in page(site, FRONT) and Path(site.output, "theme/house.css").read_text() == found["static/house.css"]
    assert "The river rises" in page(site, FRONT) and 'class="summary"' not in page(site, FRONT)
    assert '<h2>For broadcasters</h2>\n<p><a href="../../../../theme/studio.txt">Book the studio</a></p>' in page(site, RELEASE)
    assert "For broadcasters" not in page(site, FORUM)


# the setting


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('OVERRIDES = "nowhere"', "there is no such folder"),
        ('OVERRIDES = "output/house"', "lie in one another"),
        ("OVERRIDES = THEME", "is the theme itself"),
        ("OVERRIDES = ['house']", "no name of a folder"),
    ],
)
def test_a_folder_that_cannot_be_one_is_a_fault(tmp_path: Path, setting: str, said: str) -> None:
    root = make_site(tmp_path / "site", FILES, f"{setting}\n")
    (root / "output/house").mkdir(parents=True)
    done = build_apart(root)
    assert done.returncode == 1 and said in done.stderr and "FT008" in done.stderr


def test_the_folder_is_counted_from_the_project_and_may_be_empty(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", FILES, 'OVERRIDES = "house"\nLANGUAGES = ["en"]\n')
    path = root / "house/templates/components/end.html"
    path.parent.mkdir(parents=True)
    assert build_apart(root).returncode == 0
    path.write_text("{% macro end_mark() %}\n<hr>\n{% endmacro %}\n")
    assert build_apart(root).returncode == 0
    assert "<hr>" in (root / "output" / RELEASE).read_text()


def test_serving_watches_a_folder_outside_the_project(tmp_path: Path) -> None:
    from pressroom.commands.watching import elsewhere

    engine = Path(pressroom.__file__).parent
    root, own = tmp_path / "site", tmp_path / "house"
    (root / "house").mkdir(parents=True)
    own.mkdir()
    assert elsewhere(root, {"OVERRIDES": "../house"}) == [own, engine]
    assert [elsewhere(root, given) for given in ({}, {"OVERRIDES": "house"}, {"OVERRIDES": str(root / "house")}, {"OVERRIDES": "../none"})] == [[engine]] * 4
    assert os.path.isabs(elsewhere(root, {"OVERRIDES": "../house"})[0])

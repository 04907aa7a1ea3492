"""What a build must pass before the swap: a leak or a dead link leaves the last good output as it was."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from pressroom import build as spine
from pressroom import leak_check
from pressroom.build import build, examine
from pressroom.checks import held, roots
from pressroom.checks.link_record import LinkRecord, dumps
from pressroom.commands.comparing import comparison
from pressroom.ground.problems import ERROR, EXIT_LEAK, Fault, Problem, in_order
from pressroom.outputs import plain_text
from pressroom.press.stage import Reader
from pressroom.reports import told
from tests.sites import FILES, REPOSITORY, make_site, put, tree_of
from tests.test_sameness import START, settings_of

HELD_WORDS = "These eight words are under embargo until January comes."


@pytest.fixture
def room(tmp_path: Path) -> Path:
    files = dict(FILES)
    files["releases/2026/secret-merger/index.en.md"] = FILES["releases/2026/secret-merger/index.en.md"].replace("Unspeakable words.", HELD_WORDS)
    root = make_site(tmp_path / "site", files)
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    build(settings_of(root), START)
    return root


def leak(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the engine's own: clean texts that say what they should not know."""
    honest = plain_text.view

    def view(*inputs: object) -> str:
        return f"{honest(*inputs)}\n{text}\n"

    view.__module__, view.__qualname__ = "faulty", "view"
    monkeypatch.setattr(plain_text, "view", view)
    # An engine with other code has another digest.
    monkeypatch.setattr(spine, "engine_digest", lambda: "faulty")


@pytest.mark.parametrize("text", [HELD_WORDS, HELD_WORDS.upper(), "Hushhush headline", "see secret-merger/photo"])
def test_a_leak_ends_with_four_and_changes_no_byte(room: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    before = tree_of(room / "output")
    leak(text, monkeypatch)
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert found.value.exit_code == EXIT_LEAK
    assert {problem.code for problem in found.value.problems} == {"GT004"}
    assert tree_of(room / "output") == before


@pytest.mark.parametrize("is_written", [True, False])
def test_a_document_that_was_seen_half_written_is_no_leak_once_it_is_whole(room: Path, monkeypatch: pytest.MonkeyPatch, is_written: bool) -> None:
    """A file without its text cannot be judged, so that the very name of its folder counts as held."""
    before, file = tree_of(room / "output"), room / "content/releases/2025/harbour-opens/index.en.md"
    put(room, "releases/2026/river-rises/index.en.md", FILES["releases/2026/river-rises/index.en.md"] + "\nMore.\n")
    text, looks = file.read_bytes(), list[int]()

    def look_below(given: Sequence[tuple[str, str]]) -> roots.Seen:
        looks.append(1)
        if len(looks) == 1 or not is_written:
            file.write_bytes(b"")
        return roots.look_below(given)

    def judge_seen(*given: Any) -> held.Sources:
        try:
            return held.judge_seen(*given)
        finally:
            file.write_bytes(text)

    monkeypatch.setattr(leak_check, "look_below", look_below)
    monkeypatch.setattr(leak_check, "judge_seen", judge_seen)
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert {problem.code for problem in found.value.problems} == {"FT012" if is_written else "GT004"}
    assert tree_of(room / "output") == before


def test_a_leak_is_not_named_in_a_public_log(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(HELD_WORDS, monkeypatch)
    with pytest.raises(Fault) as found:
        build(settings_of(room), START, public_log=True)
    said = repr(found.value.problems)
    assert "secret" not in said and "Hushhush" not in said and "eight words" not in said


@pytest.mark.parametrize("href", ["en/releases/2026/secret-merger/", "/en/releases/2026/secret-merger/"])
def test_a_wrong_link_to_a_held_document_is_a_leak_and_is_not_named_in_a_public_log(room: Path, href: str) -> None:
    before = tree_of(room / "output")
    put(room, "root/teaser.html", f'<!DOCTYPE html><title>Soon</title><a href="{href}">soon</a>')
    for public_log, codes in ((True, {"GT004"}), (False, {"GT004", "LK001"})):
        with pytest.raises(Fault) as found:
            build(settings_of(room), START, public_log=public_log)
        assert found.value.exit_code == EXIT_LEAK and {problem.code for problem in found.value.problems} == codes
        assert ("secret" in repr(found.value.problems)) is not public_log
    assert tree_of(room / "output") == before


@pytest.mark.parametrize("said", [HELD_WORDS, "Hushhush headline of some length"])
@pytest.mark.parametrize(("file", "put_in"), [("templates/partials/footer.html", "{}"), ("static/press.css", "/* {} */\n")])
def test_what_is_written_into_the_theme_itself_of_something_held_is_a_leak(room: Path, file: str, put_in: str, said: str) -> None:
    held = room / "content/releases/2026/secret-merger/index.en.md"
    held.write_text(held.read_text().replace("Hushhush headline", "Hushhush headline of some length"))
    build(settings_of(room), START)
    path = room / "theme" / file
    path.write_text(f"{put_in.format(said)}{path.read_text()}")
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert found.value.exit_code == EXIT_LEAK and {problem.code for problem in found.value.problems} == {"GT004"}


def test_a_headline_that_things_in_the_theme_are_called_by_is_no_leak(room: Path) -> None:
    put(room, "pages/press/index.en.md", "---\ntitle: Colophon\nsubtitle: Max-width\nstatus: draft\n---\nWords.\n")
    assert "press.css" in tree_of(room / "theme/static")
    assert build(settings_of(room), START).held == 3


@pytest.mark.parametrize("kind", ["official", "machine"])
@pytest.mark.parametrize(("lang", "words"), [("ar", "ارتفع منسوب النهر مترين في ليلة واحدة."), ("zh-Hans", "河水在一夜之间上涨了两米，码头仍未被淹。")])
def test_a_held_text_may_quote_a_translation_as_it_is_copied(room: Path, lang: str, words: str, kind: str) -> None:
    put(room, "releases/2026/open/index.en.md", "---\ntitle: The river rises again\ndate: 2026-02-01\n---\nThe river rose by two metres in a single night.\n")
    put(room, f"releases/2026/open/index.{lang}.md", f"---\ntitle: {words[:9]}\ntranslation: {kind}\n---\n{words}\n")
    build(settings_of(room), START)
    page = (room / f"output/{lang.lower()}/releases/2026/open/index.html").read_text()
    (cited,) = re.findall(r'<div class="lines">(.*?)</div>', page, re.DOTALL)
    lines = [unescape(re.sub("<[^>]*>", "", line)) for line in re.findall(r"<p.*?</p>", cited)]
    assert "The river rose" in lines[-2] and len(lines) == 6
    for break_ in ("\n\n", "\n"):
        put(room, f"releases/2026/later/index.{lang}.md", f"---\ntitle: {words[:3]} {words[5:9]}\ndate: 2026-02-02\nstatus: draft\n---\n{break_.join(lines)}\n")
        assert build(settings_of(room), START).held == 3


def test_what_a_cleared_document_says_too_is_no_leak(room: Path) -> None:
    put(room, "releases/2026/open/index.en.md", f"---\ntitle: Open\ndate: 2026-02-01\n---\n{HELD_WORDS}\n")
    assert build(settings_of(room), START).written > 0


def test_the_leak_check_looks_again_at_old_files_when_something_becomes_held(room: Path) -> None:
    settings = settings_of(room)
    put(room, "releases/2026/open/index.en.md", f"---\ntitle: Open\ndate: 2026-02-01\n---\nFirst.\n\n{HELD_WORDS} Nobody else says it.\n")
    build(settings, START)
    text = (room / "content/releases/2026/open/index.en.md").read_text()
    put(room, "releases/2026/open/index.en.md", text.replace("---\ntitle", "---\nstatus: draft\ntitle", 1))
    build(settings, START)
    assert not any("Nobody else says it" in path.read_text(errors="ignore") for path in (room / "output").rglob("*") if path.is_file())


def test_a_preview_holds_everything_and_is_searched_for_nothing(room: Path) -> None:
    from dataclasses import replace

    settings = replace(settings_of(room), audience="preview", output=str(room / "preview"))
    build(settings, START)
    assert "Hushhush" in (room / "preview/en/releases/2026/secret-merger/index.html").read_text()


def test_a_template_with_a_dead_link_is_refused_before_the_swap(room: Path) -> None:
    before = tree_of(room / "output")
    page = room / "theme/templates/page.html"
    page.write_text(page.read_text().replace("{% block text %}", '{% block text %}<a href="gone.html">gone</a>', 1))
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert {problem.code for problem in found.value.problems} == {"LK001"}
    assert tree_of(room / "output") == before


def test_what_somebody_puts_into_the_output_goes_though_its_name_is_no_utf_8(room: Path) -> None:
    before = tree_of(room / "output")
    with open(os.fsencode(room / "output") + b"/en/r\xe9sum\xe9.html", "wb"):
        pass
    build(settings_of(room), START)
    assert tree_of(room / "output") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_a_page_that_somebody_has_closed_to_us_is_made_anew(room: Path) -> None:
    page = room / "output/en/index.html"
    before = page.read_bytes()
    page.chmod(0)
    build(settings_of(room), START)
    assert page.read_bytes() == before


def test_what_an_editor_leaves_in_the_theme_and_links_out_of_it_are_not_published(room: Path, tmp_path: Path) -> None:
    static = room / "theme/static"
    (static / ".press.css.swp").write_text("left over")
    (static / "press.css~").write_text("left over")
    (tmp_path / "elsewhere.txt").write_text("not ours")
    (static / "linked.txt").symlink_to(tmp_path / "elsewhere.txt")
    build(settings_of(room), START)
    assert sorted(path.name for path in (room / "output/theme").iterdir()) == sorted(path.name for path in (REPOSITORY / "theme/static").iterdir())


@pytest.mark.parametrize("alias", ["/en/releases/2026/secret-merger/", "/en/releases/2025/harbour-opens/", "/ar/releases/2025/harbour-opens/"])
def test_an_alias_takes_no_document_s_address_not_even_a_held_one_s(room: Path, alias: str) -> None:
    put(room, "releases/2026/open/index.en.md", f"---\ntitle: Open\ndate: 2026-02-01\naliases: [{alias}]\n---\nText.\n")
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    problem = found.value.problems[0]
    assert (problem.code, problem.path, problem.line) == ("TX011", "content/releases/2026/open/index.en.md", 4)


@pytest.mark.parametrize("alias", ["/en/", "/en/releases/", "/ar/releases/2025/05/", "/en/topics/water/", "/zh-hans/people/", "/en/corrections/"])
def test_an_alias_takes_no_address_that_the_site_gives_to_a_page_of_its_own(room: Path, alias: str) -> None:
    put(room, "releases/2026/open/index.en.md", f"---\ntitle: Open\ndate: 2026-02-01\naliases: [/en/once/, {alias}]\n---\nText.\n")
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    (problem,) = found.value.problems
    assert (problem.code, problem.path, problem.line) == ("TX011", "content/releases/2026/open/index.en.md", 4) and f"the alias {alias} " in problem.message


def test_a_fault_of_a_whole_folder_names_it_from_the_project_on(room: Path) -> None:
    for lang in ("en", "ar"):
        put(room, f"releases/2026/open/index.{lang}.md", "---\ntitle: Open\ndate: 2026-02-01\n---\nText.\n")
    put(room, "releases/2026/shut/v/1/index.en.md", "---\ntitle: Shut\ndate: 2026-02-01\n---\nText.\n")
    put(room, "releases/2026/shut/index.en.md", "---\ntitle: Shut\ndate: 2026-02-01\n---\nText.\n")
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert {(problem.code, problem.path) for problem in found.value.problems} == {("TX004", "content/releases/2026/open"), ("CO009", "content/releases/2026/shut/v/1")}


@pytest.mark.parametrize("alias", ["/en/releases/2026/", "/ar/people/ana-diaz/", "/en/verify/"])
def test_an_alias_that_is_the_address_of_a_list_is_told_by_a_check_as_by_a_build(room: Path, alias: str) -> None:
    put(room, "releases/2026/open/index.en.md", f"---\ntitle: Open\ndate: 2026-02-01\naliases: [{alias}]\n---\nText.\n")
    for problems in (faults(room), checked(room)):
        assert [(problem.code, problem.path, problem.line) for problem in problems] == [("TX011", "content/releases/2026/open/index.en.md", 4)]


@pytest.mark.parametrize("name", ["en/index.html", "EN/index.html", "en", ".well-known/pressroom.json", "releases/2026/river-rises/data.csv"])
def test_a_file_of_the_root_that_cannot_stand_beside_the_site_is_told_by_a_check_too(room: Path, name: str) -> None:
    put(room, f"root/{name}", "text")
    assert [problem.code for problem in faults(room)] in (["TX011"], ["FT001"])
    assert faults(room) == checked(room) and str(room) not in repr(checked(room))


def faults(room: Path) -> list[Problem]:
    """The errors that a build ends in."""
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    return list(found.value.problems)


def checked(room: Path) -> list[Problem]:
    """Those that a check tells of the same sources."""
    found = examine(settings_of(room), START, judge=comparison(room, settings_of(room)).judge)
    return [problem for problem in in_order(found) if problem.severity == ERROR]


def test_two_documents_cannot_have_one_alias(room: Path) -> None:
    for name in ("one", "two"):
        put(room, f"releases/2026/{name}/index.en.md", f"---\ntitle: {name}\ndate: 2026-02-01\naliases: [/en/old/]\n---\nText.\n")
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert {problem.code for problem in found.value.problems} == {"TX011"}


@pytest.mark.parametrize("hold", ["embargo: 2030-01-01\n", "status: draft\n"])
def test_who_speaks_in_a_held_document_and_in_a_cleared_one_is_no_leak(room: Path, hold: str) -> None:
    quotation = "> — Bob Smith, Director, Water Agency\n"
    put(room, "releases/2026/open/index.en.md", f"---\ntitle: Open\ndate: 2026-02-01\n---\n> Hi there.\n{quotation}")
    put(room, "releases/2026/shut/index.en.md", f"---\ntitle: Shut for now\ndate: 2026-02-01\n{hold}---\n> Bye there.\n{quotation}")
    build(settings_of(room), START)
    assert (room / "output/en/people/bob-smith/index.html").is_file()


def test_who_speaks_in_a_held_document_only_is_a_leak_by_the_id_too(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(room, "releases/2026/shut/index.en.md", "---\ntitle: Shut for now\ndate: 2026-02-01\nstatus: draft\n---\n> Bye.\n> — Bob Smith, Director\n")
    leak("see people/bob-smith/ there", monkeypatch)
    with pytest.raises(Fault) as found:
        build(settings_of(room), START)
    assert found.value.exit_code == EXIT_LEAK


def test_an_alias_that_is_a_held_document_s_address_is_not_named_in_a_public_log(room: Path) -> None:
    put(room, "releases/2026/open/index.en.md", "---\ntitle: Open\ndate: 2026-02-01\naliases: [/en/releases/2026/secret-merger/]\n---\nText.\n")
    with pytest.raises(Fault) as found:
        build(settings_of(room), START, public_log=True)
    assert "secret" not in "\n".join(told(found.value.problems, {"CI": "true"}, room))
    assert "secret-merger" in "\n".join(told(found.value.problems, {}, room))


@pytest.mark.parametrize("record", ["kept", "lost", "spoiled", "of another tree"])
def test_a_link_of_an_unchanged_page_to_a_place_that_a_build_takes_away_is_told(room: Path, record: str) -> None:
    settings = settings_of(room)
    put(room, "releases/2026/levels/index.en.md", "---\ntitle: Levels\ndate: 2026-02-01\n---\n## Table {#level-table}\n\nNumbers.\n")
    put(room, "releases/2026/reader/index.en.md", "---\ntitle: Reader\ndate: 2026-02-02\n---\n[The table](../levels/#level-table).\n")
    assert not [problem for problem in build(settings, START).problems if problem.code == "LK004"]
    path = Path(settings.state, "links.msgpack")
    assert path.exists()
    if record == "lost":
        path.unlink()
    elif record != "kept":
        path.write_bytes(b"\x01" if record == "spoiled" else dumps(LinkRecord("other", {})))
    put(room, "releases/2026/levels/index.en.md", "---\ntitle: Levels\ndate: 2026-02-01\n---\n## Table {#other-table}\n\nNumbers.\n")
    receipt = build(settings, START)
    assert [(problem.code, problem.path) for problem in receipt.problems if problem.code == "LK004"] == [("LK004", "output en/releases/2026/reader/index.html")]
    assert "en/releases/2026/reader/index.html" not in receipt.why
    # What is not known of all pages is not kept as if it were.
    assert path.exists() == (record == "kept")


def test_a_link_to_a_place_that_is_not_there_is_told_by_every_build_until_it_is_mended(room: Path) -> None:
    settings = settings_of(room)
    put(room, "releases/2026/levels/index.en.md", "---\ntitle: Levels\ndate: 2026-02-01\n---\nNumbers.\n")
    put(room, "releases/2026/reader/index.en.md", "---\ntitle: Reader\ndate: 2026-02-02\n---\n[The table](../levels/#level-table).\n")
    put(room, "releases/2026/own/index.en.md", "---\ntitle: Own\ndate: 2026-02-02\n---\n[Below](#below).\n")
    both = ["output en/releases/2026/own/index.html", "output en/releases/2026/reader/index.html"]

    def told() -> list[str]:
        return [problem.path for problem in build(settings, START).problems if problem.code == "LK004"]

    assert told() == both
    (room / "content/releases/2025/harbour-opens/index.en.md").touch()
    assert told() == both, "nothing is made"
    put(room, "releases/2025/harbour-opens/index.en.md", FILES["releases/2025/harbour-opens/index.en.md"].replace("Twice", "Three times"))
    assert told() == both, "another page is made"
    put(room, "releases/2026/levels/index.en.md", "---\ntitle: Levels\ndate: 2026-02-01\n---\n## Table {#level-table}\n\nNumbers.\n")
    assert told() == both[:1], "what it leads to is made"
    shutil.rmtree(room / "content/releases/2026/own")
    assert told() == []


def test_only_pages_that_lead_there_are_read_for_a_place_that_goes(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(room)
    put(room, "releases/2026/levels/index.en.md", "---\ntitle: Levels\ndate: 2026-02-01\n---\nOne.\n\nTwo.\n")
    build(settings, START)
    read: list[str] = []
    monkeypatch.setattr(Reader, "__call__", lambda self, path: (read.append(path), Path(self.stage if path in self.staged else self.output, path).read_bytes())[1])
    put(room, "releases/2026/levels/index.en.md", "---\ntitle: Levels\ndate: 2026-02-01\n---\nOne.\n\nThree.\n")
    receipt = build(settings, START)
    assert "en/releases/2026/levels/index.html" in read and {path for path in read if path.endswith(".html")} <= receipt.why.keys()


def test_a_dead_link_of_a_held_page_is_not_named_in_a_public_log(room: Path) -> None:
    from dataclasses import replace

    put(room, "releases/2026/secret-merger/index.en.md", FILES["releases/2026/secret-merger/index.en.md"] + "\n[there](#hushhush-place)\n")
    settings = replace(settings_of(room), audience="preview", output=str(room / "preview"))
    assert "hushhush-place" in repr(build(settings, START).problems)
    put(room, "releases/2026/secret-merger/index.en.md", FILES["releases/2026/secret-merger/index.en.md"] + "\n[elsewhere](#hushhush-place)\n")
    said = [problem for problem in build(settings, START, public_log=True).problems if problem.code == "GT002"]
    assert [problem.severity for problem in said] == ["warning"]
    assert "hushhush" not in repr(said).lower() and "secret" not in repr(said)

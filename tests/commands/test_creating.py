"""`inv new`: a document begun, its folder's name offered and never guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.commands.creating import run
from pressroom.commands.slugs import offered
from pressroom.commands.wanted import Wanted
from pressroom.ground.problems import Fault
from tests.commands.rooms import inv, make_room, typed
from tests.outputs.forms import typography
from tests.sites import put

WANTED = Wanted("release", "river-rises", "en", "The river rises", "2020-11-02")
TARGET = "content/releases/2020/river-rises/index.en.md"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return make_room(tmp_path / "room", {}, 'LANGUAGES = ["en", "zh-Hans", "ru", "ar"]\n')


def said(fault: Fault) -> str:
    return "\n".join(f"{problem.code} {problem.message} | {problem.hint}" for problem in fault.problems)


def test_a_document_is_begun_as_a_draft_that_check_finds_nothing_wrong_with(room: Path) -> None:
    done = inv(room, "new", "The river rises", "--lang", "en", "--slug", "river-rises", "--date", "2020-11-02", "--place", "Geneva")
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.startswith(f"{TARGET} is written, a draft")
    lines = (room / TARGET).read_text(encoding="utf-8").splitlines()
    assert lines[:5] == ["---", 'title: "The river rises"', "date: 2020-11-02", 'place: "Geneva"', "status: draft"]
    assert lines[5].startswith("# There are also: embargo, topics, contacts, organisation") and lines[6:] == ["---", ""]
    assert inv(room, "check").returncode == 0
    built = inv(room, "build")
    assert built.returncode == 0 and not (room / "output/en/releases/2020").exists()


@pytest.mark.parametrize(("kind", "path"), [("transcript", "content/transcripts/2020/river-rises/index.en.md"), ("page", "content/pages/river-rises/index.en.md")])
def test_every_kind_has_its_own_fields(room: Path, kind: str, path: str) -> None:
    run(room, replace(WANTED, kind=kind, place=""))
    text = (room / path).read_text(encoding="utf-8")
    assert ("date: 2020-11-02" in text) == (kind != "page") == ("topics" in text)


def test_a_file_or_a_document_that_is_there_is_never_written_over(room: Path) -> None:
    run(room, WANTED)
    before = (room / TARGET).read_bytes()
    with pytest.raises(Fault, match="there already"):
        run(room, WANTED)
    with pytest.raises(Fault) as fault:
        run(room, replace(WANTED, lang="ar", title="النهر"))
    assert "TX011 there is a document of this name already: index.en.md" in said(fault.value)
    assert (room / TARGET).read_bytes() == before and len(list((room / TARGET).parent.iterdir())) == 1


@pytest.mark.parametrize(("log", "told"), [("", "there is a document of this name already: index.en.md"), ("true", "the name is taken")])
def test_the_name_of_a_document_that_lies_apart_is_taken_and_a_public_log_is_told_no_more(room: Path, monkeypatch: pytest.MonkeyPatch, log: str, told: str) -> None:
    put(room, "../held/releases/2020/river-rises/index.en.md", "---\ntitle: The river\ndate: 2020-11-02\nembargo: 2999-01-01\n---\nIt rises.\n")
    with (room / "pelicanconf.py").open("a") as file:
        file.write('HELD_PATH = "held"\n')
    monkeypatch.setenv("CI", log)
    with pytest.raises(Fault) as fault:
        run(room, replace(WANTED, lang="ar", title="النهر"))
    (problem,) = fault.value.problems
    assert (problem.code, problem.message, problem.path) == ("TX011", told, "" if log else "held/releases/2020/river-rises")
    assert not any((room / "content").iterdir()) and len(list((room / "held/releases/2020/river-rises").iterdir())) == 1


def test_everything_that_is_missing_is_told_at_once_with_what_is_offered(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780351200")
    with pytest.raises(Fault) as fault:
        run(room, Wanted("release", "", "zh-Hans", "重庆银行行长", ""))
    assert fault.value.exit_code == 2 and said(fault.value).splitlines() == [
        "TX001 --slug is missing | write --slug chongqing-yinhang-hangzhang, or another: the document's folder name: a-z, 0-9 and single hyphens",
        "TR010 --date is missing | write --date 2026-06-02",
    ]
    with pytest.raises(Fault) as fault:
        run(room, Wanted("page", "", "", "", ""))
    assert [problem.code for problem in fault.value.problems] == ["TX001", "TX003", "TR010"]
    assert not any((room / "content").iterdir())


def test_a_folder_name_that_only_waits_for_the_language_is_not_called_a_guess(room: Path) -> None:
    for missing in ({"lang": ""}, {"title": ""}, {"lang": "xx"}):
        with pytest.raises(Fault) as fault:
            run(room, replace(WANTED, slug="", **missing))
        assert "one is offered where the headline and its language are given" in said(fault.value) and "guess" not in said(fault.value)


@pytest.mark.parametrize(("lang", "title"), [("ru", "Река поднялась"), ("ar", "النهر يرتفع")])
def test_where_a_romanisation_would_be_a_guess_nothing_is_offered_and_it_is_said_why(room: Path, lang: str, title: str) -> None:
    with pytest.raises(Fault) as fault:
        run(room, replace(WANTED, slug="", lang=lang, title=title))
    assert "none is offered, for one made of this headline would be a guess" in said(fault.value)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ({"kind": "relaese"}, "FM008"), ({"slug": "Big Slug"}, "TX001 --slug Big Slug"), ({"slug": "../up"}, "TX001"), ({"lang": "de"}, "TX003 --lang de"),
        ({"lang": "zh-hans"}, "write zh-Hans"), ({"date": "02/11/2020"}, "TR010 --date"), ({"title": "x" * 5000}, "FM010 title"), ({"title": "a\u202eb"}, "FM011"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_told_and_nothing_is_written(room: Path, words: dict[str, str], what: str) -> None:
    with pytest.raises(Fault) as fault:
        run(room, replace(WANTED, **words))
    assert what in said(fault.value) and fault.value.exit_code == 2 and not any((room / "content").iterdir())


def test_on_a_terminal_the_offer_is_shown_and_taken_only_by_an_answer(room: Path) -> None:
    code, shown = typed(room, ["new", "The gauges of the river", "--date", "2020-11-02"], [b"\n", b"\n"])
    assert code == 0 and "The language (en, zh-Hans, ru, ar) [en]: " in shown and "hyphens) [gauges-river]: " in shown, shown
    assert (room / "content/releases/2020/gauges-river/index.en.md").is_file()
    code, shown = typed(room, ["new", "--lang", "ru", "--date", "2020-11-02"], ["Река\n".encode(), b"reka\n"])
    assert code == 0 and "A folder name: none is offered" in shown, shown
    assert (room / "content/releases/2020/reka/index.ru.md").is_file()
    code, shown = typed(room, ["new", "The other river", "--lang", "en", "--date", "2020-11-02"], [b"\x04"])
    assert code == 2 and "--slug is missing" in shown and not (room / "content/releases/2020/other-river").exists()


def test_an_answer_that_is_not_utf_8_is_wrong_use_and_nothing_is_written(room: Path) -> None:
    code, shown = typed(room, ["new", "--lang", "en", "--date", "2020-11-02", "--slug", "cafe"], [b"Caf\xe9\n"])
    assert code == 2 and "error FM001: the answer is not UTF-8" in shown and "Traceback" not in shown, shown
    assert not any((room / "content").iterdir())


@pytest.mark.parametrize(
    ("lang", "title", "slug"),
    [
        ("zh-Hans", "重庆银行行长", "chongqing-yinhang-hangzhang"),
        ("zh-Hant", "重慶銀行行長的報告", "chongqing-yinhang-hangzhang-bao-gao"),
        ("zh-Hans", "WMO在乌镇开会", "wmo-wu-zhen-kaihui"),
        ("en", "The Observatory's new gauges: how the river is measured at the old bridge", "observatory-new-gauges-how-river-measured"),
        ("fr", "L’Observatoire ouvre ses données d’été", "observatoire-ouvre-donnees-ete"),
        ("es", "¿Qué pasa en el río Ñuble?", "que-pasa-rio-nuble"),
        ("de", "Größere Häfen für Köln", "groessere-haefen-koeln"),
        ("en", "Łódź opens", ""), ("ja", "東京の水", ""), ("ru", "Река", ""), ("ar", "النهر", ""), ("en", "???", ""), ("en", "x" * 200, ""), ("en", "", ""), ("zh-Hans", "𠮷", ""),
    ],
)  # fmt: skip
def test_a_slug_is_offered_of_the_words_that_say_something(lang: str, title: str, slug: str) -> None:
    assert offered(title, typography(lang)) == slug
